//! Reads articles from files, folders and standard input.
//!
//! [`expand`] turns what a user typed into [`Source`]s and stops at a path that does not exist;
//! a [`Reader`] then hands out one [`Record`] after the other: an article, or a note on something
//! that could not be read. Nothing in a file stops a batch. Memory is bounded by one record, never
//! by the file, and one file is open at a time.
//!
//! What this room does not do: it does not fetch anything, does not extract text from HTML, XML or
//! PDF, and does not judge whether an article is news (`coder`) or is already known (`store`).
//! Event data of others is no article either (`dataset`).
//!
//! # What is read
//!
//! | Input | Recognised by | Records |
//! |---|---|---|
//! | plain text | `.txt`, `.text`, `.md`, `.markdown`; else UTF-8 without NUL | articles between dividers |
//! | JSON Lines | `.jsonl`, `.ndjson`; else a first line that is one whole object | one object a line |
//! | JSON | `.json`; else a first byte `{` or `[` | one object, several, or an array of them |
//! | folder | being one | every file below it, by name; no hidden files; links are followed once |
//! | pattern | `*`, `?` or `[` in a path that does not exist | the files that match, by name |
//! | `-` | the argument | standard input, recognised by its content |
//!
//! gzip and zstd (with any number of members or frames) are recognised by their first bytes,
//! never by name, and may be nested once (`gz` in `zst`). The ending in front of `.gz` or `.zst`
//! still says what is inside. A file with another ending that is neither JSON nor text, or that
//! looks like HTML or XML, is skipped with a note. Tables, settings, `README*` and `LICENSE*` files
//! beside articles are skipped without one, unless they were named one by one.
//!
//! # Plain text
//!
//! ```text
//! Source: Sample Wire
//! Title: Leaders speak by telephone
//! Date: 2026-01-16
//! URL: https://example.org/1
//!
//! The first paragraph …
//! ---
//! Source HT
//! The text of the second article …
//! ```
//!
//! An article may begin with header lines, in any order and case: `Source`, `Outlet`, `Publisher`
//! (who published it; an address there counts as the URL), `Title` or `Headline`, `Date` or
//! `Published`, `URL` or `Link`, `Language`, `Id`. The header ends at the first line that is none
//! of these; blank lines after it are dropped. The very first line may also be the word `Source` and
//! an outlet without a colon, six words at most and without a final stop. A text that begins with
//! no header is body from the start, and headers further down are body. Of two values of one
//! field the first counts.
//!
//! A line of three or more hyphens and nothing else, or a form feed, divides two articles. Lines
//! may end in LF, CRLF or CR. Markdown is read as it stands.
//!
//! # JSON
//!
//! Names of fields are matched in any case; the first one that has a value counts.
//!
//! | Field | Names |
//! |---|---|
//! | text | `text`, `maintext`, `plaintext`, `body`, `content`, `article`, `event_text`, `raw_text`, `articleBody`; else `LP` and `TD` joined |
//! | title | `title`, `headline`, `heading`, `title_page`, `title_rss`, `HD`, `hl1` |
//! | date | `date`, `date_publish`, `publishing_date`, `publish_date`, `pub_date`, `published`, `pubDate`, `datePublished`, `publishedAt`, `published_at`, `publication_date`, `PD`, `versionCreated` |
//! | URL | `url`, `canonical_link`, `link`, `DocumentIdentifier`, `WARC-Target-URI`; else `source` if it is an address |
//! | outlet | `outlet`, `source-hostname`, `sitename`, `hostname`, `source_domain`, `publisher`, `publication`, `meta_site_name`, `SN`, `provider`; else `source` if it is none |
//! | language | `language`, `lang`, `LA`, `meta_lang`, `inLanguage` |
//! | id | `doc_id`, `id`, `story_id`, `article_id`, `guid`, `AN`, `WARC-Record-ID` (numbers too) |
//!
//! These are the fields of trafilatura, news-please, fundus, newspaper4k, NGEC, Factiva and others.
//! A text may be a list of paragraphs, or fundus' object of `summary` and `sections`; an outlet
//! may be an object with a `name`. Empty values and the text `None` are missing.
//!
//! # Dates
//!
//! `2026-01-16` with or without a time and an offset, `20260116`, `20260116100000`,
//! `Fri, 16 Jan 2026 10:00:00 +0300`, `January 16, 2026`, `16 January 2026`, `Jan. 16, 2026`,
//! `2026-01`, `January 2026`, `2026`, and seconds (or thirteen digits of milliseconds) since 1970.
//! **The day is taken as written**: no time zone is converted, so that `2026-01-16T01:00:00+03:00`
//! is the 16th. Seconds since 1970 give the day in UTC. `1/2/2026` is refused, since nobody can
//! tell which is the month. A date that cannot be read leaves the article undated, with a note;
//! [`ReadOptions::date_default`] fills in only where there is none.
//!
//! # Text
//!
//! Line breaks become `\n`; a byte order mark, blank lines before the text and white space after it
//! are dropped; all else stays as read. Titles lose their line breaks. Bytes that are not UTF-8
//! make a bad record; the other articles of the file are still read.

#![warn(clippy::indexing_slicing)]

mod date;
mod draft;
mod error;
mod expand;
mod field;
mod format;
mod header;
mod json_document;
mod json_lines;
mod line;
mod options;
mod plain;
mod reader;
mod record;
mod source;
mod stream;
#[cfg(test)]
mod tests;
mod zstd;

pub use error::IngestError;
pub use expand::expand;
pub use header::read_text;
pub use options::{
    COMPRESSION_FREE_BYTES, COMPRESSION_LAYERS_MAX, COMPRESSION_RATIO_MAX, RECORD_BYTES_MAX,
    ReadOptions,
};
pub use reader::Reader;
pub use record::{ArticleNote, BadReason, BadRecord, Origin, Record, SkipReason, SkippedFile};
pub use source::Source;
