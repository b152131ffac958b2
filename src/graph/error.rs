//! What can go wrong in a question.

/// A question that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// A kind of act that does not exist.
    #[error(
        "`{text}` is no event type (CONSULT), mode (phone) or CAMEO code (04, 041){}; `demarche codes` lists them",
        nearest.as_ref().map(|name| format!("; did you mean {name}?")).unwrap_or_default()
    )]
    UnknownAct {
        /// What was given.
        text: String,
        /// The name most like it, if one is near.
        nearest: Option<String>,
    },
}
