//! Frames of the lexicon found in the grammar of a sentence, with who fills their slots.
//!
//! [`Grammar`] is a parsed sentence with lemmas; [`find_frames`] gives every frame that fits, with
//! the tokens that may be its source and its target. Voices, relative clauses, infinitives,
//! coordination and nouns of action are seen through; where the tree is wrong, prepositions are
//! also looked for by their order.
//!
//! What this room does not do: it decides nothing. Which of several frames is meant, and whether
//! the act happened, is the work of the `coder`.

mod find;
mod grammar;
mod slot;

pub use find::{FrameMatch, Words, find_frames, governing_words};
pub use grammar::Grammar;
