//! Measures the store from outside: as processes of this program, and by the files that they leave.

mod child;
mod dump;
mod fault_kind;
mod machine;
#[cfg(unix)]
mod stress;

pub(crate) use dump::dump;
pub(crate) use fault_kind::FaultKind;
#[cfg(unix)]
pub(crate) use stress::{Plan, stress};
