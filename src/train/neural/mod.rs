//! Fits the network from treebanks.
//!
//! Cross-entropy of tags, heads and labels together, by stochastic gradient descent with adaptive
//! moments; dropped units and forgotten words keep it from learning the treebank by heart. The same
//! treebank and options give the same bytes.

mod adam;
mod backward;
mod batch;
mod fit;
mod inventory;
mod recurrent;

pub use fit::{NeuralOptions, NeuralProgress, Snapshot, train_neural};
