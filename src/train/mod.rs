//! Fits the models of the analyser from treebanks, and that of relations from the corpus.
//!
//! [`train`] makes a [`crate::text::SyntaxModel`] of a treebank: averaged perceptrons over hashed
//! features, each stage on what the one before makes of sentences it did not learn from (five-fold
//! jackknifing), a dynamic oracle with exploration. [`train_neural`] makes a
//! [`crate::text::NeuralModel`]. The same treebank and options give the same bytes.
//!
//! [`train_relations`] makes a [`crate::relation::RelationModel`] of labelled pairs: multinomial
//! logistic regression with features left out by chance, averaged over several orders.

mod act_judge;
mod boundary;
mod corpus;
mod fit;
mod neural;
mod oracle;
mod parser_fit;
mod perceptron;
mod relation_example;
mod relation_fit;
mod relations;
mod tagger_fit;

pub use act_judge::{JudgeCourse, JudgedAct};
pub use fit::{TrainOptions, train};
pub use neural::{NeuralOptions, NeuralProgress, Snapshot, train_neural};
pub use relation_example::{RelationTeacher, balance};
pub use relation_fit::{RelationExample, RelationFit};
pub use relations::train_relations;
