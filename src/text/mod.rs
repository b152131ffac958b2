//! Text to sentences, tokens and dates, with byte spans.
//!
//! Total functions: any UTF-8 text gives a result. Every span lies on character boundaries of the
//! text that was given, so that evidence can be shown as it stands.
//!
//! [`analyse`] gives sentences, words and datelines, [`find_dates`] the dates of a sentence. An
//! [`Analyser`] gives sentences, tokens, parts of speech, lemmas, morphological facts and dependency
//! trees, fast or accurately ([`Effort`]).
//!
//! What this room does not do: it knows no names; those are found by the `coder` with the
//! dictionaries of the `lexicon`.

mod abbreviation;
mod analyser;
mod date_expression;
mod dateline;
mod model_file;
mod neural;
mod sentence;
mod syntax;
mod token;

pub use analyser::{Analyser, Effort, ParsedSentence, ParsedToken};
pub use date_expression::{DateContext, DateExpression, find_dates};
pub use dateline::find_dateline;
pub use model_file::ModelFileError;
pub(crate) use model_file::{Reader as ModelReader, Writer as ModelWriter, seal, unseal};
pub use neural::*;
pub use sentence::{Analysis, Sentence, analyse};
pub use syntax::*;
pub use token::{TokenKind, Word, tokenize};
