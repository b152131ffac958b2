//! Grammar, slower and more often right: a network of long short-term memories tags and parses.
//!
//! The parser of Dozat and Manning (2017, "Deep biaffine attention for neural dependency parsing")
//! without vectors from elsewhere: words, pieces of words and shapes go through recurrent layers;
//! each token scores every other as its head, and the best tree with one root is taken. All
//! arithmetic has a fixed order, so that every machine gives the same analysis.

mod features;
mod file;
mod forward;
mod layout;
mod maths;
mod matrix;
mod model;
mod network;
mod parse;
mod tree;
mod word;

pub use model::NeuralModel;

// For training.
pub(crate) use features::{FIELDS, TokenRows};
pub(crate) use forward::{
    LstmTrace, Masks, Trace, arc_scores, drop_units, gather, label_scores, run, share, with_root,
};
pub(crate) use layout::Layout;
pub(crate) use maths::softmax;
pub(crate) use matrix::{Matrix, Panels, add_scaled};
pub(crate) use model::{Content, Precision};
pub(crate) use network::{LEAK, Linear, Lstm, Network, NetworkShape, Weights};
pub(crate) use word::word_hash;
