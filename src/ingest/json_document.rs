//! JSON documents: one object, several behind each other, or arrays of objects.
//!
//! Elements are cut out of the stream one by one and parsed each for itself, so that an array may
//! be as long as it likes and a bad element leaves the others.

use std::io;

use crate::ingest::draft::{Outcome, line_breaks};
use crate::ingest::stream::{self, Stream, fill};
use crate::ingest::{BadReason, ReadOptions, field};

/// Reads the articles of a document.
pub(super) struct JsonDocument {
    stream: Stream,
    options: ReadOptions,
    element: Vec<u8>,
    /// The line of the next byte, from 1.
    line: u64,
    in_array: bool,
    found_any: bool,
    done: bool,
}

/// What comes next in a document.
enum Next {
    Element,
    /// A byte that begins no object or array, nor any value inside an array.
    Stray(u8),
    End,
}

impl JsonDocument {
    pub(super) fn new(stream: Stream, options: ReadOptions) -> Self {
        Self {
            stream,
            options,
            element: Vec::new(),
            line: 1,
            in_array: false,
            found_any: false,
            done: false,
        }
    }

    /// Returns the next article or fault.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        if self.done {
            return None;
        }
        let outcome = self.advance().unwrap_or_else(|error| {
            self.done = true;
            Some(Outcome::bad(self.line, stream::reason(&error)))
        });
        self.found_any = true;
        outcome
    }

    fn advance(&mut self) -> io::Result<Option<Outcome>> {
        let next = self.find()?;
        let line = self.line;
        if let Next::Element = next
            && self.cut()?
        {
            return Ok(Some(self.parse(line)));
        }
        self.done = true;
        let reason = match next {
            Next::Stray(byte) => BadReason::Stray { byte },
            Next::Element => BadReason::Unclosed,
            Next::End if self.in_array => BadReason::Unclosed,
            Next::End if self.found_any => return Ok(None),
            Next::End => BadReason::NoText,
        };
        Ok(Some(Outcome::bad(line, reason)))
    }

    /// Parses the element that was cut out, which begins on `line`.
    fn parse(&self, line: u64) -> Outcome {
        let bytes_max = self.options.record_bytes_max;
        if self.element.len() > bytes_max {
            return Outcome::bad(line, BadReason::TooLarge { bytes_max });
        }
        match field::parse(&self.element, &self.options) {
            Ok(read) => Outcome {
                line,
                result: Ok(read),
            },
            Err((breaks, reason)) => Outcome::bad(line + breaks, reason),
        }
    }

    /// Goes to the first byte of the next element; enters and leaves arrays on the way.
    fn find(&mut self) -> io::Result<Next> {
        loop {
            let Some(byte) = fill(&mut self.stream)?.first().copied() else {
                return Ok(Next::End);
            };
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' | b',' => {}
                b'[' if !self.in_array => {
                    self.in_array = true;
                    self.found_any = true;
                }
                b']' if self.in_array => self.in_array = false,
                b'{' => return Ok(Next::Element),
                b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' if self.in_array => {
                    return Ok(Next::Element);
                }
                0xef | 0xbb | 0xbf if !self.found_any => {}
                _ => return Ok(Next::Stray(byte)),
            }
            self.stream.consume(1);
        }
    }

    /// Cuts the next element out; of one that is too large no more than the limit and one byte are
    /// kept. Says whether it ended before the stream did.
    fn cut(&mut self) -> io::Result<bool> {
        self.element.clear();
        let kept_max = self.options.record_bytes_max.saturating_add(1);
        let mut nesting = Nesting::default();
        loop {
            let chunk = fill(&mut self.stream)?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let end = nesting.end(chunk);
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
            let room = kept_max.saturating_sub(self.element.len());
            self.element
                .extend_from_slice(part.get(..room).unwrap_or(part));
            self.line += line_breaks(part);
            let taken = part.len();
            self.stream.consume(taken);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

/// How deep inside a value the next byte is.
#[derive(Default)]
struct Nesting {
    depth: u64,
    in_string: bool,
    after_backslash: bool,
}

impl Nesting {
    /// Finds the end of the value in its next bytes. The value may not be well formed; brackets
    /// are only counted.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (index, byte) in bytes.iter().enumerate() {
            if self.in_string {
                if self.after_backslash {
                    self.after_backslash = false;
                } else if *byte == b'\\' {
                    self.after_backslash = true;
                } else if *byte == b'"' {
                    self.in_string = false;
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b']' | b'}' if self.depth > 1 => self.depth -= 1,
                b']' | b'}' if self.depth == 1 => return Some(index + 1),
                // A number or a word ends where something else begins.
                b']' | b'}' | b',' | b'\n' if self.depth == 0 => return Some(index),
                _ => {}
            }
        }
        None
    }
}

/// Says whether a line is one whole object and nothing else.
pub(super) fn is_one_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.first() == Some(&b'{') && Nesting::default().end(line) == Some(line.len())
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    /// Every outcome as `line text` or `line! reason`, read through small buffers too.
    fn check(text: &str, expected: &[&str]) {
        for buffer_bytes in [1, 7, 100] {
            let reader = BufReader::with_capacity(buffer_bytes, Cursor::new(text.to_owned()));
            let options = ReadOptions {
                record_bytes_max: 40,
                ..ReadOptions::default()
            };
            let mut articles = JsonDocument::new(Box::new(reader), options);
            let found: Vec<String> = std::iter::from_fn(|| articles.next())
                .map(|outcome| match outcome.result {
                    Ok(read) => format!("{} {}", outcome.line, read.draft.text),
                    Err(reason) => format!("{}! {reason}", outcome.line),
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn objects_and_arrays_are_read() {
        check("\u{feff}\n{\n\"text\": \"a\"\n}\n", &["2 a"]);
        check(
            r#"[{"text":"]}\"\\"}, {"text":"b","x":{"y":[1]}}]"#,
            &["1 ]}\"\\", "1 b"],
        );
        check(
            "{\"text\":\"a\"}\n{\"text\":\"b\"}[{\"text\":\"c\"}]",
            &["1 a", "2 b", "2 c"],
        );
        check("[]", &[]);
        check(" \n", &["2! no text"]);
    }

    #[test]
    fn a_bad_element_leaves_the_others() {
        check(
            "[{\"text\":\"a\"},\n{\"text\":\n3 4},\n7, \"x\", null, [1],\n{\"text\":\"b\"}]",
            &[
                "1 a",
                "3! not JSON: expected `,` or `}` (column 3)",
                "4! expected a JSON object, found a number",
                "4! expected a JSON object, found a string",
                "4! expected a JSON object, found null",
                "4! expected a JSON object, found an array",
                "5 b",
            ],
        );
        let long = format!("[{{\"x\":\"{}\"}},{{\"text\":\"b\"}}]", "y".repeat(99));
        check(
            &long,
            &[
                "1! the record is longer than 40 bytes; split the file into articles",
                "1 b",
            ],
        );
    }

    #[test]
    fn a_broken_document_keeps_what_came_before() {
        let unclosed = "the file ends before the JSON object or array is closed";
        check(
            "[{\"text\":\"a\"},\n{\"text\":",
            &["1 a", &format!("2! {unclosed}")],
        );
        check("[{\"text\":\"a\"},\n", &["1 a", &format!("2! {unclosed}")]);
        let stray = |byte| BadReason::Stray { byte };
        check(
            "{\"text\":\"a\"}\n}{\"text\":\"b\"}",
            &["1 a", &format!("2! {}", stray(b'}'))],
        );
        check("hello", &[&format!("1! {}", stray(b'h'))]);
        check("[hello]", &[&format!("1! {}", stray(b'h'))]);
    }

    #[test]
    fn whole_objects_are_told_from_beginnings() {
        for line in ["{}", " {\"a\":\"}\"} \r\n"] {
            assert!(is_one_object(line.as_bytes()), "{line}");
        }
        for line in ["{", "{\"a\":{}", "{}{}", "{},", "[]", "", "{\"a\":\"}"] {
            assert!(!is_one_object(line.as_bytes()), "{line}");
        }
    }
}
