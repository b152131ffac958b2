//! What can be wrong with a word of the vocabulary.

/// A text that is not a valid value of the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A name that its closed set does not have.
    #[error("unknown {what} `{text}`")]
    UnknownName {
        /// The set, for people ("event type").
        what: &'static str,
        /// What was given.
        text: String,
    },
    /// A text that does not have the form of its kind.
    #[error("`{text}` is not a valid {what}: {reason}")]
    Malformed {
        /// The kind of value, for people ("actor id").
        what: &'static str,
        /// What was given.
        text: String,
        /// What a valid one looks like.
        reason: &'static str,
    },
    /// A date that the calendar does not have.
    #[error(
        "`{text}` is not a date: expected a day, month or year such as 2026-01-16, 2026-01 or 2026"
    )]
    Date {
        /// What was given.
        text: String,
    },
    /// A window that ends before it begins.
    #[error("the window ends ({end}) before it begins ({start})")]
    EmptyWindow {
        /// First day, as typed.
        start: String,
        /// Last day, as typed.
        end: String,
    },
}
