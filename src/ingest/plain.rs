//! Plain text: articles between dividers.

use std::io;

use crate::ingest::draft::{Draft, Outcome, clean_text, decode};
use crate::ingest::line::{Ending, TextLines};
use crate::ingest::stream::{self, Stream};
use crate::ingest::{BadReason, ReadOptions, header};

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Reads the articles of a text.
pub(super) struct PlainArticles {
    lines: TextLines,
    options: ReadOptions,
    line: Vec<u8>,
    article: Vec<u8>,
    found_any: bool,
    done: bool,
}

/// The lines between two dividers, which are in `article` unless it is too large.
struct Piece {
    /// The first line that is not blank.
    line: u64,
    is_too_large: bool,
}

impl PlainArticles {
    pub(super) fn new(stream: Stream, options: ReadOptions) -> Self {
        Self {
            lines: TextLines::new(stream),
            options,
            line: Vec::new(),
            article: Vec::new(),
            found_any: false,
            done: false,
        }
    }

    /// Returns the next article or fault.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        while !self.done {
            match self.read_piece() {
                Ok(None) => {}
                Ok(Some(piece)) => {
                    self.found_any = true;
                    return Some(self.parse(&piece));
                }
                Err(error) => {
                    self.done = true;
                    return Some(Outcome::bad(self.lines.number(), stream::reason(&error)));
                }
            }
        }
        let was_empty = !std::mem::replace(&mut self.found_any, true);
        was_empty.then(|| Outcome::bad(1, BadReason::NoText))
    }

    /// Reads up to the next divider; `None` if there are only blank lines before it.
    fn read_piece(&mut self) -> io::Result<Option<Piece>> {
        let bytes_max = self.options.record_bytes_max;
        self.article.clear();
        let mut piece = None;
        loop {
            let number = self.lines.number();
            let ending = self.lines.read(&mut self.line, bytes_max)?;
            let line = self.line.strip_prefix(BYTE_ORDER_MARK);
            let line = line.filter(|_| piece.is_none()).unwrap_or(&self.line);
            let is_divider = line.len() <= bytes_max && is_divider(line);
            if !is_divider && (piece.is_some() || !line.trim_ascii().is_empty()) {
                let piece = piece.get_or_insert(Piece {
                    line: number,
                    is_too_large: false,
                });
                piece.is_too_large |= self.article.len() + line.len() > bytes_max;
                if piece.is_too_large {
                    self.article.clear();
                } else {
                    self.article.extend_from_slice(line);
                    self.article.push(b'\n');
                }
            }
            self.done = ending == Ending::End;
            if is_divider || ending != Ending::Break {
                return Ok(piece);
            }
        }
    }

    fn parse(&self, piece: &Piece) -> Outcome {
        if piece.is_too_large {
            let bytes_max = self.options.record_bytes_max;
            return Outcome::bad(piece.line, BadReason::TooLarge { bytes_max });
        }
        if matches!(self.article.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            return Outcome::bad(piece.line, BadReason::Utf16);
        }
        match decode(&self.article) {
            Ok(text) => Outcome {
                line: piece.line,
                result: parse_text(text, &self.options),
            },
            Err((breaks, reason)) => Outcome::bad(piece.line + breaks, reason),
        }
    }
}

fn parse_text(text: &str, options: &ReadOptions) -> Result<Draft, BadReason> {
    if text.contains('\0') {
        return Err(BadReason::NotText);
    }
    header::parse(&clean_text(text), options).checked()
}

/// Three or more hyphens and nothing else.
fn is_divider(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() >= 3 && line.iter().all(|byte| *byte == b'-')
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Every outcome as `line text` or `line! reason`.
    fn read(bytes: &[u8], record_bytes_max: usize) -> Vec<String> {
        let options = ReadOptions {
            record_bytes_max,
            ..ReadOptions::default()
        };
        let mut articles = PlainArticles::new(Box::new(Cursor::new(bytes.to_vec())), options);
        std::iter::from_fn(|| articles.next())
            .map(|outcome| match outcome.result {
                Ok(read) => format!("{} {}", outcome.line, read.draft.text),
                Err(reason) => format!("{}! {reason}", outcome.line),
            })
            .collect()
    }

    fn check(text: &[u8], expected: &[&str]) {
        assert_eq!(
            read(text, 40),
            expected,
            "{}",
            String::from_utf8_lossy(text)
        );
    }

    #[test]
    fn dividers_part_articles() {
        check(b"a\nb\n---\nc\n", &["1 a\nb", "4 c"]);
        check(b"\n\na\r\n -----\t\r\n\r\nc", &["3 a", "6 c"]);
        check(b"a\x0cb\r\x0c\x0cc", &["1 a", "1 b", "2 c"]);
        check(b"---\n\n---\na\n---\n", &["4 a"]);
        check(b"a\n--\n--- b\n- - -", &["1 a\n--\n--- b\n- - -"]);
        check(
            b"\xef\xbb\xbfTitle: T\na\n---\n\xef\xbb\xbf\nb",
            &["1 a", "5 b"],
        );
    }

    #[test]
    fn bad_articles_leave_the_others() {
        check(
            b"a\n---\nb\nc \xff\n---\nd",
            &[
                "1 a",
                "4! byte 0xff is not UTF-8; convert the file to UTF-8",
                "6 d",
            ],
        );
        check(b"a\n---\nTitle: T\n\n---\nd", &["1 a", "3! no text", "6 d"]);
        check(
            b"a\0b\n---\nd",
            &["1! not text: it has a NUL character", "3 d"],
        );
        check(
            b"\xff\xfea\0",
            &["1! the file is UTF-16; convert it to UTF-8"],
        );
        for empty in [b"".as_slice(), b"\n \n", b"---\n---\n", b"\xef\xbb\xbf"] {
            check(empty, &["1! no text"]);
        }
    }

    #[test]
    fn articles_have_a_limit() {
        let reason = "the record is longer than 40 bytes; split the file into articles";
        let (long, lines) = ("x".repeat(41), "x\n".repeat(30));
        for large in [&long, &lines] {
            let text = format!("a\n---\n{large}\n---\nb");
            let outcomes = read(text.as_bytes(), 40);
            assert_eq!(outcomes.len(), 3);
            assert_eq!(outcomes.first().unwrap(), "1 a");
            assert_eq!(outcomes.get(1).unwrap(), &format!("3! {reason}"));
            assert!(outcomes.last().unwrap().ends_with(" b"));
        }
        check("-".repeat(50).as_bytes(), &[&format!("1! {reason}")]);
    }
}
