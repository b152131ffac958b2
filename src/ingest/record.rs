//! What a reader hands out: articles, and notes on what could not be read.

use std::fmt;

use crate::ingest::{COMPRESSION_LAYERS_MAX, COMPRESSION_RATIO_MAX};
use crate::model::Article;

/// One thing that a reader came upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// An article.
    Article {
        /// The article.
        article: Article,
        /// Where it was read.
        origin: Origin,
        /// What was odd about it.
        notes: Vec<ArticleNote>,
    },
    /// Something that should be an article and cannot be read as one.
    Bad(BadRecord),
    /// A file that was not read at all.
    Skipped(SkippedFile),
}

/// The place of an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file as named or found; `-` for standard input.
    pub path: String,
    /// The line on which the article begins, from 1.
    pub line: u64,
}

impl fmt::Display for Origin {
    /// Writes `path:line`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

/// Something odd about an article that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleNote {
    /// A date of publication in no known form; the article is undated.
    #[error("the date `{text}` cannot be read; the article is kept undated")]
    UnreadableDate {
        /// The date as written, cut to a line's length.
        text: String,
    },
}

/// A record that cannot be read; reading goes on with the next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", shown_place(.path, *.line))]
pub struct BadRecord {
    /// The file as named or found; `-` for standard input.
    pub path: String,
    /// The line of the fault where it is known, else the one on which the record begins; from 1.
    /// 0 if the fault is the whole file's.
    pub line: u64,
    /// What is wrong.
    pub reason: BadReason,
}

fn shown_place(path: &str, line: u64) -> String {
    match line {
        0 => path.to_owned(),
        line => format!("{path}:{line}"),
    }
}

/// What is wrong with a record, or with the rest of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadReason {
    /// The record has no text, or only white space.
    #[error("no text")]
    NoText,
    /// The record has bytes that are not UTF-8.
    #[error("byte 0x{byte:02x} is not UTF-8; convert the file to UTF-8")]
    NotUtf8 {
        /// The first such byte.
        byte: u8,
    },
    /// The file begins as UTF-16 does.
    #[error("the file is UTF-16; convert it to UTF-8")]
    Utf16,
    /// The text has a NUL character, as binary files have.
    #[error("not text: it has a NUL character")]
    NotText,
    /// The record is not well-formed JSON.
    #[error("not JSON: {message} (column {column})")]
    NotJson {
        /// What is wrong with it.
        message: String,
        /// The byte of the line, from 1.
        column: usize,
    },
    /// The record is JSON but no object.
    #[error("expected a JSON object, found {found}")]
    NotAnObject {
        /// What stands there.
        found: &'static str,
    },
    /// A JSON file goes on with something that is neither object nor array; the rest is lost.
    #[error("expected a JSON object or an array of objects, found byte 0x{byte:02x}")]
    Stray {
        /// The byte that stands there.
        byte: u8,
    },
    /// The file ends inside an object or array.
    #[error("the file ends before the JSON object or array is closed")]
    Unclosed,
    /// The record is longer than the limit; it was passed over.
    #[error("the record is longer than {bytes_max} bytes; split the file into articles")]
    TooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// The file cannot be opened.
    #[error("cannot be opened: {message}")]
    CannotOpen {
        /// What the system says.
        message: String,
    },
    /// Reading failed at this point; the rest of the file is lost.
    #[error("cannot be read further: {message}")]
    CannotRead {
        /// What the system or the decompressor says.
        message: String,
    },
    /// The file is compressed more than twice over.
    #[error("compressed more than {COMPRESSION_LAYERS_MAX} times over; decompress it first")]
    TooManyLayers,
    /// The file grows beyond measure when decompressed; the rest of it is not read.
    #[error("decompresses to more than {COMPRESSION_RATIO_MAX} times its size")]
    Inflated,
    /// Standard input was asked for but not handed to the reader.
    #[error("standard input is not available here")]
    NoStandardInput,
}

/// A file that was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct SkippedFile {
    /// The file as named or found; `-` for standard input.
    pub path: String,
    /// Why it was not read.
    pub reason: SkipReason,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SkipReason {
    /// Its content, or its name where it was named by the user, is that of no article.
    #[error("not a known article format")]
    UnknownFormat,
    /// It was found beside articles and is none by its name, such as a table or a `README`.
    #[error("no article, found beside articles")]
    BesideArticles,
}

impl SkipReason {
    /// Says whether it is worth no line of its own: count such files and say no more.
    #[must_use]
    pub const fn is_silent(self) -> bool {
        matches!(self, Self::BesideArticles)
    }
}
