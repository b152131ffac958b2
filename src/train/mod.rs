//! Fits the models of the analyser from treebanks.
//!
//! [`train`] makes a [`crate::text::SyntaxModel`] of a treebank: averaged perceptrons over hashed
//! features, each stage on what the one before makes of sentences it did not learn from (five-fold
//! jackknifing), a dynamic oracle with exploration. [`train_neural`] makes a
//! [`crate::text::NeuralModel`]. The same treebank and options give the same bytes.

mod boundary;
mod corpus;
mod fit;
mod neural;
mod oracle;
mod parser_fit;
mod perceptron;
mod tagger_fit;

pub use fit::{TrainOptions, train};
pub use neural::{NeuralOptions, NeuralProgress, Snapshot, train_neural};
