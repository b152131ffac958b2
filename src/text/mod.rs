//! Text to sentences, tokens and dates, with byte spans.
//!
//! Total functions: any UTF-8 text gives a result. Every span lies on character boundaries of the
//! text that was given, so that evidence can be shown as it stands.
//!
//! What this room does not do: it knows no grammar beyond sentence and word boundaries, and no
//! names; those are found by the `coder` with the dictionaries of the `lexicon`.

mod abbreviation;
mod date_expression;
mod dateline;

mod sentence;
mod token;

pub use date_expression::{DateExpression, find_dates};

pub use sentence::{Analysis, Sentence, analyse};
pub use token::{TokenKind, Word, tokenize};
