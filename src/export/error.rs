//! What can go wrong in an export.

use std::io;

/// An export that did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The place to write to failed; what was written before is not whole.
    #[error("the export could not be written")]
    Write(#[from] io::Error),
}
