//! Scores coding against gold events.
//!
//! A gold file lists the events that a careful reader finds in one article; [`score_documents`]
//! compares them with what the coder found, at several levels, one to one.

mod document;
mod error;
mod gold;
mod syntax;

pub use document::{Count, DocumentScores, Level, score_documents};
pub use error::EvaluateError;
pub use gold::{GoldEvent, parse_gold};
pub use syntax::{RawScores, SyntaxScores, raw_text, score_raw, score_syntax};
