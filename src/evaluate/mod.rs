//! Scores coding against gold events.
//!
//! A gold file lists the events that a careful reader finds in one article; [`score_documents`]
//! compares them with what the coder found, at several levels, one to one. [`score_passage`] says of
//! marked passages whether the right actors are found, [`score_syntax`] of treebanks how right the
//! grammar is.

mod baseline;
mod bootstrap;
mod document;
mod error;
mod frames;
mod gold;
mod gold_article;
mod mention;
mod relation;
mod syntax;

pub use baseline::{
    ClassScore, ClassTable, FeatureNames, LinearModel, PairFeatures, PairReader, quad_of_root,
    root_of,
};
pub use bootstrap::{Interval, intervals};
pub use document::{Count, DocumentScores, Level, score_documents};
pub use error::EvaluateError;
pub use frames::{
    FrameFault, PairFrames, check_frames, frames_of_pair, frames_of_sentences, words_in,
};
pub use gold::{GoldEvent, parse_gold};
pub use gold_article::GoldArticle;
pub use mention::{
    GoldActor, GoldMark, GoldPassage, MarkCounts, MarkTable, parse_passages, score_passage,
};
pub use relation::{RelationAnswer, RelationReader, read_marked};
pub use syntax::{RawScores, SyntaxScores, raw_text, score_raw, score_syntax};
