//! What can stop a batch.

use crate::ingest::BadRecord;
use crate::store::StoreError;

/// A fault that ends a batch; what was committed before it stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// A record could not be read, and the batch is strict.
    #[error("a record cannot be read, and the batch is strict: {0}")]
    BadRecord(BadRecord),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
