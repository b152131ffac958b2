//! A baseline: what a linear model on bags of words learns from the corpus.
//!
//! It measures the corpus, not the coder: rows that teach such a model little teach nothing much.

mod features;
mod linear;
mod score;

pub use features::{FeatureNames, PairFeatures, PairReader};
pub use linear::LinearModel;
pub use score::{ClassScore, ClassTable, quad_of_root, root_of};
