//! What one actor of a sentence does to another: features of a pair, and the model that weighs them.
//!
//! A [`RelationScene`] is a sentence with its grammar, the frames found in it and the actors it
//! mentions. [`RelationScene::pair`] gives the features of two of them; a [`RelationModel`] gives
//! the probability of every [`Relation`] between them: a type in one direction or the other, or
//! none.
//!
//! What this room does not do: it decides on no event; which pairs are asked for, when the act was
//! and whether it took place is the work of the `coder`.

mod feature;
mod file;
mod model;
mod operator;
mod pair;
mod reader;
mod scene;

pub use feature::{FeatureName, PairFeatures};
pub(crate) use model::{COLUMNS, Sums, relation_scores, status_scores};
pub use model::{FeatureWeights, Relation, RelationModel, Scores};
pub use reader::{SceneReader, words_within};
pub use scene::{RelationScene, SceneActor};
