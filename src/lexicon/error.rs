//! What can be wrong with a dictionary.

/// A fault in a dictionary file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// A line that is not a valid entry.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what was expected.
        reason: String,
    },
    /// An entry by itself that is not valid.
    #[error("{reason}")]
    Entry {
        /// What is wrong and what was expected.
        reason: String,
    },
}
