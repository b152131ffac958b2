//! What stops reading before it begins.

/// An argument that cannot be turned into sources.
///
/// Faults inside files are no errors but [`BadRecord`](crate::ingest::BadRecord)s.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// A path that does not exist, or a pattern that nothing matches.
    #[error("`{path}` does not exist{}", shown_hint(.hint.as_deref()))]
    NotFound {
        /// The path as typed.
        path: String,
        /// What may have been meant.
        hint: Option<String>,
    },
    /// A pattern that is not well formed, in place of a path that does not exist.
    #[error(
        "`{pattern}` does not exist and is no valid pattern: {message} at character {position}"
    )]
    Pattern {
        /// The pattern as typed.
        pattern: String,
        /// What is wrong with it.
        message: String,
        /// Where, in characters from 0.
        position: usize,
    },
    /// A folder or file that exists but may not be looked at.
    #[error("`{path}` cannot be read: {message}")]
    Unreadable {
        /// The path as typed.
        path: String,
        /// What the system says.
        message: String,
    },
    /// Standard input named twice; it can be read once.
    #[error("`-` (standard input) is named twice; name it once")]
    StandardInputTwice,
}

fn shown_hint(hint: Option<&str>) -> String {
    hint.map(|hint| format!("; {hint}")).unwrap_or_default()
}
