//! Grammar, fast: sentences, tokens, parts of speech, lemmas, morphology and dependencies.
//!
//! A classifier finds the ends of sentences, rules the tokens. An averaged perceptron tags, an
//! arc-hybrid parser makes a tree of the tags with one root, a labeller names each arc as it is made;
//! tagger and parser go through each sentence twice, from its end and from its start. Weights have no
//! keys: features are hashed into tables of one-byte codes, and sums are whole numbers, so that every
//! machine gives the same analysis.

mod boundary;
mod conllu;
mod contraction;
mod fast;
mod features;
mod lemma;
mod model;
mod morphology;
mod parser;
mod piece;
mod shape;
mod shortened;
mod state;
mod tagger;
mod tags;
mod template;
mod token;
mod tokenise;
mod weights;

pub use conllu::{ConlluSentence, ConlluToken, read_conllu, write_conllu};
pub use fast::TreeToken;
pub use model::SyntaxModel;
pub use morphology::{Mood, Morphology, Number, Person, Tense, VerbForm, Voice};
pub use tags::{Tag, Upos};
pub use tokenise::syntactic_words;

// For the analyser and for training.
pub(crate) use boundary::{BOTH, BOUNDARY_BITS, BoundaryModel, ENDS, GOES_ON, Pieces};
pub(crate) use fast::FastParser;
pub(crate) use features::ParseScene;
pub(crate) use lemma::{ENDING_MAX, Edit, Lemmas, keeps_case};
pub(crate) use morphology::{TreeWord, morphology};
pub(crate) use parser::{LabelDictionary, ParsePass, ParseWeights, Tree, best_move, score_moves};
pub(crate) use piece::piece_hash;
pub(crate) use state::{LabelIndex, Move, NONE, State};
pub(crate) use tagger::{TagDictionary, TagScene, tag_once};
pub(crate) use tags::TagIndex;
pub(crate) use template::{FIRST_PASS, PassTemplates, SECOND_PASS};
pub(crate) use token::{FORM_KINDS, Form, normal, word_shape};
pub(crate) use weights::{
    BLOCK, CellTable, Cells, PairTable, Pairs, begin, best_class, block_of, code_of, hash_text,
    mix, score_class, within_block,
};
