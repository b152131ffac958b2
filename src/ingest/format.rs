//! Formats, recognised by name and by content.

use std::io::{BufRead, Read};
use std::path::Path;

use crate::ingest::ReadOptions;
use crate::ingest::draft::Outcome;
use crate::ingest::json_document::{JsonDocument, is_one_object};
use crate::ingest::json_lines::JsonLines;
use crate::ingest::options::SNIFF_BYTES;
use crate::ingest::plain::PlainArticles;
use crate::ingest::stream::{Stream, fill, look_ahead, peek};

/// What the name of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedFormat {
    Plain,
    JsonLines,
    Json,
    /// It is no article, such as a table.
    NoArticle,
    /// Nothing.
    Unknown,
}

/// Says what the name of a file tells; an ending of compression is looked through.
pub(super) fn by_name(path: &Path) -> NamedFormat {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // An article on licence plates may be called `license-plates.txt`; the files that lie
    // beside articles shout, or bear the bare word.
    let shouts = ["README", "LICENSE", "LICENCE"]
        .iter()
        .any(|word| name.starts_with(word));
    let lower = name.to_ascii_lowercase();
    let inner = [".gz", ".gzip", ".zst", ".zstd"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))
        .unwrap_or(&lower);
    let (stem, ending) = inner.rsplit_once('.').unwrap_or((inner, ""));
    if shouts || matches!(stem, "readme" | "license" | "licence") {
        return NamedFormat::NoArticle;
    }
    match ending {
        "txt" | "text" | "md" | "markdown" => NamedFormat::Plain,
        "jsonl" | "ndjson" => NamedFormat::JsonLines,
        "json" => NamedFormat::Json,
        "tsv" | "tab" | "csv" | "toml" | "yaml" | "yml" => NamedFormat::NoArticle,
        _ => NamedFormat::Unknown,
    }
}

/// The articles of one stream.
pub(super) enum Articles {
    Plain(PlainArticles),
    Lines(JsonLines),
    Document(JsonDocument),
}

impl Articles {
    /// Opens a stream whose name says `named`; a name that says nothing leaves it to the content.
    /// `None` if that is no known format.
    pub(super) fn open(named: NamedFormat, stream: Stream, options: ReadOptions) -> Option<Self> {
        if named == NamedFormat::Plain {
            return Some(Self::plain(stream, options));
        }
        let (head, stream) = peek(stream, SNIFF_BYTES);
        match (named, without_mark(&head).trim_ascii_start()) {
            (NamedFormat::JsonLines, [first, ..]) if *first != b'[' => {
                Some(Self::Lines(JsonLines::new(stream, options)))
            }
            (NamedFormat::JsonLines, []) => Some(Self::Lines(JsonLines::new(stream, options))),
            (NamedFormat::JsonLines | NamedFormat::Json, _) => Some(Self::json(stream, options)),
            (_, text) if looks_like_json(text) => Some(Self::json(stream, options)),
            _ => looks_like_text(&head).then(|| Self::plain(stream, options)),
        }
    }

    /// Opens standard input: JSON if it begins so, else text. No more is waited for than the
    /// first two bytes that are not blank, since someone may be typing.
    pub(super) fn open_input(stream: Stream, options: ReadOptions) -> Self {
        let (head, stream) = look_ahead(stream, |stream, head| {
            while head.len() < SNIFF_BYTES && without_mark(head).trim_ascii_start().len() < 2 {
                let chunk = fill(stream)?;
                if chunk.is_empty() {
                    break;
                }
                head.extend_from_slice(chunk);
                let taken = chunk.len();
                stream.consume(taken);
            }
            Ok(())
        });
        if looks_like_json(without_mark(&head).trim_ascii_start()) {
            Self::json(stream, options)
        } else {
            Self::plain(stream, options)
        }
    }

    /// Returns the next article or fault.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        match self {
            Self::Plain(articles) => articles.next(),
            Self::Lines(articles) => articles.next(),
            Self::Document(articles) => articles.next(),
        }
    }

    fn plain(stream: Stream, options: ReadOptions) -> Self {
        Self::Plain(PlainArticles::new(stream, options))
    }

    /// JSON Lines if the first line is a whole object, else a document.
    fn json(stream: Stream, options: ReadOptions) -> Self {
        let bytes_max = options.record_bytes_max;
        let (head, stream) = look_ahead(stream, |stream, head| {
            loop {
                let room = bytes_max.saturating_sub(head.len()) as u64;
                let bytes = stream.take(room).read_until(b'\n', head)?;
                let begins = without_mark(head).trim_ascii_start();
                if bytes == 0 || !begins.is_empty() {
                    return Ok(());
                }
            }
        });
        if is_one_object(without_mark(&head)) {
            Self::Lines(JsonLines::new(stream, options))
        } else {
            Self::Document(JsonDocument::new(stream, options))
        }
    }
}

fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
}

/// Says whether a text begins as JSON does. `[Updated]` begins a text: an array of articles goes
/// on with an object.
fn looks_like_json(text: &[u8]) -> bool {
    match text {
        [b'{', ..] => true,
        [b'[', rest @ ..] => {
            matches!(
                rest.trim_ascii_start().first(),
                None | Some(b'{' | b'[' | b']')
            )
        }
        _ => false,
    }
}

/// Says whether the beginning of a file is text, and not markup.
fn looks_like_text(head: &[u8]) -> bool {
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be cut in two where the beginning ends.
        Err(error) => error.error_len().is_none() && head.len() >= SNIFF_BYTES,
    };
    let is_markup = without_mark(head).trim_ascii_start().first() == Some(&b'<');
    is_utf8 && !is_markup && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn names_tell_formats() {
        let check = |expected, names: &[&str]| {
            for name in names {
                assert_eq!(by_name(&Path::new("x.json").join(name)), expected, "{name}");
            }
        };
        check(
            NamedFormat::Plain,
            &[
                "a.txt",
                "A.TXT",
                "a.b.text.gz",
                "a.md",
                "license-plates.txt",
            ],
        );
        check(NamedFormat::JsonLines, &["a.jsonl", "a.ndjson.zst"]);
        check(NamedFormat::Json, &["a.json", "a.JSON.GZ"]);
        check(
            NamedFormat::NoArticle,
            &[
                "a.tsv",
                "a.toml",
                "a.csv.gz",
                "README",
                "README.md",
                "readme.md",
                "LICENSE-MIT",
            ],
        );
        check(NamedFormat::Unknown, &["a", "a.gz", "a.html", "txt", ".."]);
    }

    fn check(named: NamedFormat, text: &[u8], expected: &str) {
        let stream = Box::new(Cursor::new(text.to_vec()));
        let found = match Articles::open(named, stream, ReadOptions::default()) {
            Some(Articles::Plain(_)) => "plain",
            Some(Articles::Lines(_)) => "lines",
            Some(Articles::Document(_)) => "document",
            None => "unknown",
        };
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn content_tells_the_rest() {
        let sniffed = |text: &[u8], expected| check(NamedFormat::Unknown, text, expected);
        sniffed(b" \n{\"text\": \"a\"}\n{", "lines");
        sniffed(b"\xef\xbb\xbf{\"text\": \"a\"}", "lines");
        sniffed(b"{\n\"text\": \"a\"}", "document");
        sniffed(b"[\n {\"text\": \"a\"}]", "document");
        sniffed(b"[Updated] Talks began.", "plain");
        sniffed(b"Talks began.", "plain");
        sniffed(b"", "plain");
        sniffed(b"<!DOCTYPE html>", "unknown");
        sniffed(b"a\0b", "unknown");
        sniffed(b"\xff\xfea", "unknown");
        sniffed("é".repeat(SNIFF_BYTES).as_bytes(), "plain");
        sniffed(format!("a{}", "é".repeat(SNIFF_BYTES)).as_bytes(), "plain");
        check(NamedFormat::JsonLines, b"{\n", "lines");
        check(NamedFormat::JsonLines, b"", "lines");
        check(NamedFormat::JsonLines, b"[{}]", "document");
        check(NamedFormat::Json, b"{}\n{}", "lines");
        check(NamedFormat::Json, b"Text", "document");
        check(NamedFormat::Plain, b"{}", "plain");
    }
}
