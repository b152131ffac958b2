//! Lines of plain text, whatever they end in.

use std::io;

use crate::ingest::stream::{Stream, fill};

/// What ended a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// LF, CRLF or CR.
    Break,
    /// A form feed; the next line bears the same number.
    FormFeed,
    /// The end of the stream.
    End,
}

/// Reads lines that end in LF, CRLF, CR or a form feed.
pub(super) struct TextLines {
    stream: Stream,
    number: u64,
    /// The last line ended in CR, so that an LF right behind belongs to its ending.
    after_return: bool,
}

impl TextLines {
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            number: 1,
            after_return: false,
        }
    }

    /// The number of the next line, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Replaces `line` with the next line, without its ending. Of a line longer than `bytes_max`
    /// no more than that and one byte are kept.
    pub(super) fn read(&mut self, line: &mut Vec<u8>, bytes_max: usize) -> io::Result<Ending> {
        line.clear();
        loop {
            let chunk = fill(&mut self.stream)?;
            let Some(first) = chunk.first() else {
                return Ok(Ending::End);
            };
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                self.stream.consume(1);
                continue;
            }
            let end = chunk
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r' | 0x0c));
            let ended_by = end.and_then(|end| chunk.get(end)).copied();
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
            let room = bytes_max.saturating_add(1).saturating_sub(line.len());
            line.extend_from_slice(part.get(..room).unwrap_or(part));
            let taken = part.len() + usize::from(end.is_some());
            self.stream.consume(taken);
            match ended_by {
                None => {}
                Some(0x0c) => return Ok(Ending::FormFeed),
                Some(byte) => {
                    self.number += 1;
                    self.after_return = byte == b'\r';
                    return Ok(Ending::Break);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    /// The lines of `text`, joined by `|`, read through a buffer of `buffer_bytes`.
    fn lines(text: &'static str, buffer_bytes: usize) -> String {
        let reader = BufReader::with_capacity(buffer_bytes, Cursor::new(text));
        let mut lines = TextLines::new(Box::new(reader));
        let (mut line, mut found) = (Vec::new(), Vec::new());
        loop {
            let ending = lines.read(&mut line, 4).unwrap();
            found.push(String::from_utf8_lossy(&line).into_owned());
            if ending == Ending::End {
                return format!("{} {}", found.join("|"), lines.number());
            }
        }
    }

    #[test]
    fn every_ending_is_one_break() {
        for buffer_bytes in 1..6 {
            let check = |text, expected| assert_eq!(lines(text, buffer_bytes), expected);
            check("a\nb\r\nc\rd", "a|b|c|d 4");
            check("\r\r\n\n", "||| 4");
            check("a\x0cb\n", "a|b| 2");
            check("\r\x0c\n", "||| 3");
            check("", " 1");
            check("longest\nb", "longe|b 2");
        }
    }
}
