//! Cuts the bytes of a backup into pieces that can be read apart from each other: the members of a
//! compressed one, some lines of a plain one.
//!
//! Where bytes are damaged, it goes on with the next member or line that can be found.

use std::io::{self, Read};

use crate::backup::line::LINE_BYTES_MAX;
use crate::backup::member::{self, HEADER_BYTES, MEMBER_LINES_BYTES};

/// Bytes that are asked for at once.
const READ_BYTES: usize = 256 * 1024;

/// How a line begins that is not compressed.
const PLAIN: &[u8] = b"{\"line\":";

/// A part of a backup.
#[derive(Debug)]
pub(super) enum Piece {
    /// A compressed member.
    Member(Vec<u8>),
    /// Some lines; all but the very last are whole.
    Lines(Vec<u8>),
    /// Bytes that are neither.
    Damaged(String),
    /// The source is not a backup.
    Foreign(String),
    /// The source failed; nothing follows.
    Failed(io::Error),
}

/// How the lines lie in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unknown,
    Packed,
    Plain,
    /// Nothing more comes.
    Over,
}

/// The pieces of a backup, in their order.
pub(super) struct Pieces<R> {
    source: R,
    /// Bytes that were read and not given out yet.
    pending: Vec<u8>,
    /// How many bytes were given out or passed over before them.
    offset: u64,
    is_at_end: bool,
    kind: Kind,
    /// Whether members are looked for where the first bytes are none.
    looks_further: bool,
    /// The largest size of a line that is not compressed.
    line_bytes_max: usize,
}

impl<R: Read> Pieces<R> {
    /// `looks_further`: a file that does not begin as a backup may be one with a damaged beginning.
    pub(super) fn new(source: R, looks_further: bool) -> Self {
        Self {
            source,
            pending: Vec::new(),
            offset: 0,
            is_at_end: false,
            kind: Kind::Unknown,
            looks_further,
            line_bytes_max: LINE_BYTES_MAX,
        }
    }

    /// Reads until so many bytes are pending, or the source ends.
    fn fill(&mut self, bytes: usize) -> io::Result<()> {
        while self.pending.len() < bytes && !self.is_at_end {
            let wanted = READ_BYTES.max(bytes - self.pending.len());
            let limit = u64::try_from(wanted).unwrap_or(u64::MAX);
            let read = self.source.by_ref().take(limit);
            self.is_at_end = { read }.read_to_end(&mut self.pending)? < wanted;
        }
        Ok(())
    }

    /// Takes the first pending bytes.
    fn take(&mut self, bytes: usize) -> Vec<u8> {
        let rest = self.pending.split_off(bytes.min(self.pending.len()));
        let taken = std::mem::replace(&mut self.pending, rest);
        self.offset += taken.len() as u64;
        taken
    }

    fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        self.fill(HEADER_BYTES)?;
        if self.kind == Kind::Unknown {
            self.kind = match what_begins(&self.pending) {
                Ok(kind) => kind,
                Err(_) if self.looks_further && !self.pending.is_empty() => Kind::Packed,
                Err(reason) => {
                    self.kind = Kind::Over;
                    return Ok(Some(Piece::Foreign(reason)));
                }
            };
        }
        if self.pending.is_empty() {
            self.kind = Kind::Over;
        }
        match self.kind {
            Kind::Packed => self.member().map(Some),
            Kind::Plain => self.lines().map(Some),
            Kind::Unknown | Kind::Over => Ok(None),
        }
    }

    fn member(&mut self) -> io::Result<Piece> {
        let length = member::length(&self.pending).filter(|_| member::begins(&self.pending));
        let Some(mut length) = length else {
            return self.pass_over();
        };
        self.fill(length + HEADER_BYTES)?;
        let next = self.pending.get(length..);
        if !next.is_some_and(|next| next.is_empty() || member::begins(next)) {
            // Either this length is damaged or the next beginning, or the file is cut off here. Only
            // in the first case does another member begin before.
            let before = self.pending.get(..length).unwrap_or(&self.pending);
            length = member::find(before, HEADER_BYTES).unwrap_or(length);
        }
        Ok(Piece::Member(self.take(length)))
    }

    /// Goes on to the next member.
    fn pass_over(&mut self) -> io::Result<Piece> {
        let from = self.offset;
        loop {
            if let Some(at) = member::find(&self.pending, 1) {
                drop(self.take(at));
                break;
            }
            // A beginning may lie across what is read next.
            let passed = self.pending.len().saturating_sub(HEADER_BYTES);
            drop(self.take(passed));
            self.fill(READ_BYTES)?;
            if self.is_at_end && member::find(&self.pending, 1).is_none() {
                drop(self.take(usize::MAX));
                break;
            }
        }
        let to = self.offset;
        Ok(Piece::Damaged(format!(
            "bytes {from} to {to} of the file are no part of a backup"
        )))
    }

    fn lines(&mut self) -> io::Result<Piece> {
        let mut wanted = MEMBER_LINES_BYTES;
        loop {
            self.fill(wanted)?;
            let end = self.pending.iter().rposition(|byte| *byte == b'\n');
            if let Some(end) = end {
                return Ok(Piece::Lines(self.take(end + 1)));
            }
            if self.is_at_end {
                return Ok(Piece::Lines(self.take(usize::MAX)));
            }
            if wanted > self.line_bytes_max {
                return self.pass_over_line();
            }
            wanted = wanted.saturating_mul(2);
        }
    }

    /// Passes over the rest of a line that is too long.
    fn pass_over_line(&mut self) -> io::Result<Piece> {
        let from = self.offset;
        loop {
            let end = self.pending.iter().position(|byte| *byte == b'\n');
            let passed = end.map_or(usize::MAX, |end| end + 1);
            drop(self.take(passed));
            if end.is_some() || self.is_at_end {
                break;
            }
            self.fill(READ_BYTES)?;
        }
        let to = self.offset;
        Ok(Piece::Damaged(format!(
            "bytes {from} to {to} of the file are longer than a line may be"
        )))
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        self.next_piece().unwrap_or_else(|error| {
            self.kind = Kind::Over;
            self.pending.clear();
            Some(Piece::Failed(error))
        })
    }
}

/// Says how a backup lies in a file that begins with some bytes, or what the file is instead.
fn what_begins(bytes: &[u8]) -> Result<Kind, String> {
    if member::begins(bytes) {
        return Ok(Kind::Packed);
    }
    let zcat = |program: &str| {
        format!(
            "it was compressed by another program; decompress it first, as in \
             `{program} FILE | demarche db restore -`"
        )
    };
    match bytes {
        [] => Err("it is empty".to_owned()),
        _ if bytes.starts_with(PLAIN) => Ok(Kind::Plain),
        [0x1f, 0x8b, ..] => Err(zcat("gzip -dc")),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Err(zcat("zstd -dc")),
        [0xff, 0xd8, 0xff, ..] | [0x89, b'P', b'N', b'G', ..] => Err("it is a picture".to_owned()),
        _ => Err("it begins with other bytes".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What becomes of the bytes, in order: lengths of members and of lines, faults.
    fn pieces(bytes: &[u8], looks_further: bool) -> Vec<String> {
        let pieces = Pieces::new(bytes, looks_further);
        let told = |piece| match piece {
            Piece::Member(member) => format!("member of {}", member.len()),
            Piece::Lines(lines) => format!("{} bytes of lines", lines.len()),
            Piece::Damaged(reason) | Piece::Foreign(reason) => reason,
            Piece::Failed(error) => error.to_string(),
        };
        pieces.map(told).collect()
    }

    fn members() -> (Vec<u8>, [usize; 3]) {
        let packed = [b"one\n".as_slice(), b"two and three\n", b"four\n"];
        let packed = packed.map(|lines| member::pack(lines).unwrap());
        (packed.concat(), packed.map(|member| member.len()))
    }

    #[test]
    fn members_are_cut_apart() {
        let (bytes, lengths) = members();
        let whole = lengths.map(|length| format!("member of {length}"));
        assert_eq!(pieces(&bytes, false), whole);
        let cut = &bytes[..bytes.len() - 5];
        let last = format!("member of {}", lengths[2] - 5);
        // A member that is cut off is shorter than it says.
        assert_eq!(pieces(cut, false), [&*whole[0], &whole[1], &last]);
    }

    #[test]
    fn a_damaged_member_hides_no_other() {
        let (bytes, [first, second, third]) = members();
        let check = |at: usize, byte: u8, expected: &[String]| {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            assert_eq!(pieces(&bytes, true), expected, "byte {at}");
        };
        let member = |length: usize| format!("member of {length}");
        let passed = |from: usize, to: usize| {
            format!("bytes {from} to {to} of the file are no part of a backup")
        };
        let all = [member(first), member(second), member(third)];
        // In the compressed bytes: seen when they are decompressed.
        check(first + 30, 0xff, &all);
        // In the length.
        check(first + 17, 0xff, &all);
        check(first + 18, 0xff, &all);
        // In the beginning, of the second and of the first.
        check(
            first,
            0,
            &[member(first), passed(first, first + second), member(third)],
        );
        check(2, 0, &[passed(0, first), member(second), member(third)]);
    }

    #[test]
    fn lines_are_cut_at_their_ends() {
        let line = "{\"line\":1}\n";
        assert_eq!(pieces(line.as_bytes(), false), ["11 bytes of lines"]);
        let many = line.repeat(100_000);
        let pieces: Vec<_> = Pieces::new(many.as_bytes(), false).collect();
        assert!(pieces.len() > 2);
        for piece in pieces {
            assert!(matches!(piece, Piece::Lines(lines) if lines.ends_with(b"}\n")));
        }
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over() {
        let long = format!("{{\"line\":1,\"x\":\"{}\"}}\n", "x".repeat(3 << 20));
        let bytes = format!("{long}{{\"line\":2}}\n");
        let mut pieces = Pieces::new(bytes.as_bytes(), false);
        pieces.line_bytes_max = 1 << 20;
        let first = pieces.next();
        assert!(matches!(first, Some(Piece::Damaged(reason)) if reason.contains("longer")));
        // What is held at once is bounded by the limit, not by the line.
        assert!(pieces.pending.capacity() < 3 << 20);
        assert!(matches!(pieces.next(), Some(Piece::Lines(lines)) if lines == b"{\"line\":2}\n"));
        assert!(pieces.next().is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(
            start in 0..3_usize,
            bytes in prop::collection::vec(any::<u8>(), 0..2000),
        ) {
            let (packed, _) = members();
            let starts: [&[u8]; 3] = [b"", PLAIN, &packed];
            let bytes = [starts[start], &bytes].concat();
            for looks_further in [false, true] {
                let count = Pieces::new(bytes.as_slice(), looks_further).count();
                prop_assert!(count <= bytes.len() + 1);
            }
        }
    }
}
