//! Scores coding against gold events.
//!
//! A gold file lists the events that a careful reader finds in one article; [`score_documents`]
//! compares them with what the coder found, at several levels, one to one. [`score_passage`] says of
//! marked passages whether the right actors are found, [`score_syntax`] of treebanks how right the
//! grammar is.

mod document;
mod error;
mod frames;
mod gold;
mod marked;
mod mention;
mod syntax;

pub use document::{Count, DocumentScores, Level, score_documents};
pub use error::EvaluateError;
pub use frames::{FrameFault, check_frames, frames_of_pair, words_in};
pub use gold::{GoldEvent, parse_gold};
pub use marked::MarkedPair;
pub use mention::{
    GoldActor, GoldMark, GoldPassage, MarkCounts, MarkTable, parse_passages, score_passage,
};
pub use syntax::{RawScores, SyntaxScores, raw_text, score_raw, score_syntax};
