//! Breaks stores on purpose and compares what is left with what was acknowledged.
//!
//! Everything goes through the command line and the file system, so that nothing here knows how a
//! store is laid out.

mod damage;
mod disk;
mod files;
mod ground;
mod kill;
mod power;
mod report;
mod run;

pub(crate) use run::{Plan, stress};
