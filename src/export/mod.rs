//! Formats that graph people open.
//!
//! [`write_dot`] writes an aggregated graph for Graphviz. Writers take what the `graph` room made,
//! write bytes, and give the same bytes for the same graph.

mod dot;
mod error;
mod escape;

pub use dot::{DotOptions, write_dot};
pub use error::ExportError;
