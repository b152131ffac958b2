//! JSON Lines: one object a line.

use std::io::{self, BufRead, Read};

use crate::ingest::draft::Outcome;
use crate::ingest::stream::{self, Stream};
use crate::ingest::{BadReason, ReadOptions, field};

/// Reads the articles of a stream of lines; blank lines are passed over.
pub(super) struct JsonLines {
    stream: Stream,
    options: ReadOptions,
    line: Vec<u8>,
    /// The number of the last line read, from 1.
    number: u64,
    done: bool,
}

impl JsonLines {
    pub(super) fn new(stream: Stream, options: ReadOptions) -> Self {
        Self {
            stream,
            options,
            line: Vec::new(),
            number: 0,
            done: false,
        }
    }

    /// Returns the next article or fault.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        while !self.done {
            self.number += 1;
            let number = self.number;
            match self.read_line() {
                Ok(true) => {
                    let bytes_max = self.options.record_bytes_max;
                    return Some(Outcome::bad(number, BadReason::TooLarge { bytes_max }));
                }
                Ok(false) => {}
                Err(error) => {
                    self.done = true;
                    return Some(Outcome::bad(number, stream::reason(&error)));
                }
            }
            let line = self
                .line
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&self.line);
            let line = line.trim_ascii_end();
            if !line.is_empty() {
                let result = field::parse(line, &self.options).map_err(|(_, reason)| reason);
                return Some(Outcome {
                    line: number,
                    result,
                });
            }
        }
        None
    }

    /// Reads one line; says whether it is too large, in which case it was passed over.
    fn read_line(&mut self) -> io::Result<bool> {
        let bytes_max = self.options.record_bytes_max;
        self.line.clear();
        let mut bounded = (&mut self.stream).take((bytes_max as u64).saturating_add(1));
        self.done = bounded.read_until(b'\n', &mut self.line)? == 0;
        let is_too_large = self.line.len() > bytes_max && self.line.last() != Some(&b'\n');
        if is_too_large {
            self.stream.skip_until(b'\n')?;
        }
        Ok(is_too_large)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Every outcome as `line text` or `line! reason`.
    fn check(text: &[u8], expected: &[&str]) {
        let options = ReadOptions {
            record_bytes_max: 30,
            ..ReadOptions::default()
        };
        let mut articles = JsonLines::new(Box::new(Cursor::new(text.to_vec())), options);
        let outcomes = std::iter::from_fn(|| articles.next());
        let found: Vec<String> = outcomes
            .map(|outcome| match outcome.result {
                Ok(read) => format!("{} {}", outcome.line, read.draft.text),
                Err(reason) => format!("{}! {reason}", outcome.line),
            })
            .collect();
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn a_bad_line_leaves_the_others() {
        check(b"", &[]);
        check(
            b"\xef\xbb\xbf{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\"}",
            &["1 a", "3 b"],
        );
        check(
            b"{\"text\":\"a\n{\"text\":\"b\"}\n7\n",
            &[
                "1! not JSON: EOF while parsing a string (column 10)",
                "2 b",
                "3! expected a JSON object, found a number",
            ],
        );
        let long = format!("{{\"text\":\"a\"}}\n{}\n{{\"text\":\"b\"}}", "x".repeat(99));
        check(
            long.as_bytes(),
            &[
                "1 a",
                "2! the record is longer than 30 bytes; split the file into articles",
                "3 b",
            ],
        );
    }
}
