//! Parts of speech.

use std::fmt;
use std::str::FromStr;

use crate::model::ModelError;

/// Defines the universal parts of speech with their names.
macro_rules! upos {
    ($( $(#[$meta:meta])* $variant:ident = $name:literal ),+ $(,)?) => {
        /// A universal part of speech (Universal Dependencies 2).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Upos { $( $(#[$meta])* $variant ),+ }

        impl Upos {
            /// Every part of speech, by name.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// Returns the name (`NOUN`).
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name ),+ }
            }
        }
    };
}

upos! {
    /// Adjective.
    Adj = "ADJ",
    /// Preposition.
    Adp = "ADP",
    /// Adverb.
    Adv = "ADV",
    /// Auxiliary.
    Aux = "AUX",
    /// Coordinating conjunction.
    Cconj = "CCONJ",
    /// Determiner.
    Det = "DET",
    /// Interjection.
    Intj = "INTJ",
    /// Noun.
    Noun = "NOUN",
    /// Numeral.
    Num = "NUM",
    /// Particle.
    Part = "PART",
    /// Pronoun.
    Pron = "PRON",
    /// Proper noun.
    Propn = "PROPN",
    /// Punctuation.
    Punct = "PUNCT",
    /// Subordinating conjunction.
    Sconj = "SCONJ",
    /// Symbol.
    Sym = "SYM",
    /// Verb.
    Verb = "VERB",
    /// Anything else.
    X = "X",
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Upos {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        Self::ALL
            .iter()
            .copied()
            .find(|tag| tag.name() == text)
            .ok_or_else(|| ModelError::UnknownName {
                what: "part of speech",
                text: text.to_owned(),
            })
    }
}

/// A tag as the tagger gives it: the universal part of speech with the finer one of English (Penn
/// Treebank style).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    /// The universal part of speech.
    pub upos: Upos,
    /// The finer tag (`VBD`).
    pub xpos: String,
}

/// The number of a tag in the tag set of a model.
pub(crate) type TagIndex = u8;

/// Stands for no tag: before the first token, after the last.
pub(crate) const NO_TAG: TagIndex = u8::MAX;
