//! Measures the store from outside: as processes of this program, and by the files that they leave.

mod ask;
mod child;
mod dump;
mod fault_kind;
mod generate;
mod machine;
mod scratch;
mod speed;
#[cfg(unix)]
mod stress;

pub(crate) use ask::{Asked, ask};
pub(crate) use dump::dump;
pub(crate) use fault_kind::FaultKind;
pub(crate) use generate::generate;
pub(crate) use speed::speed;
#[cfg(unix)]
pub(crate) use stress::{Plan, stress};
