//! What can be wrong with the corpus.

/// A fault in a file of the corpus.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file that cannot be read.
    #[error("cannot read {file}: {source}; is this the folder of the corpus?")]
    File {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A line that is not a valid row.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what was expected.
        reason: String,
    },
}
