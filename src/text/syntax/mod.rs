//! Grammar: parts of speech, lemmas and dependencies.
//!
//! An averaged perceptron tags from left to right; an arc-hybrid parser makes a tree of the tags
//! with one root; a labeller names each arc as it is made. Weights have no keys: features are
//! hashed into tables of 16-bit numbers, and sums are whole numbers, so that every machine gives
//! the same analysis.

mod analyser;
mod conllu;
mod error;
mod features;
mod lemma;
mod model;
mod parser;
mod state;
mod tagger;
mod tags;
mod template;
mod token;
mod tokenise;
mod weights;

pub use analyser::{Analyser, ParsedToken};
pub use conllu::{ConlluSentence, ConlluToken, read_conllu, write_conllu};
pub use error::ModelFileError;
pub use model::SyntaxModel;
pub use tags::{Tag, Upos};
pub use tokenise::syntactic_words;

// For training.
pub(crate) use features::ParseScene;
pub(crate) use lemma::{ENDING_MAX, Edit, Lemmas, keeps_case};
pub(crate) use parser::{LabelDictionary, best_move, score_moves};
pub(crate) use state::{Move, NONE, State};
pub(crate) use tagger::{TAG_TEMPLATES, TagDictionary, TagScene, tag};
pub(crate) use tags::TagIndex;
pub(crate) use template::{LABELS, MOVES};
pub(crate) use token::Form;
pub(crate) use weights::{CellTable, Cells, PairTable, Pairs, best_class, mix, place, score_class};
