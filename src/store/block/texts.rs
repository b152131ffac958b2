//! Documents: the texts of articles with what else of them is not asked for by itself.

use crate::store::block::layout::Chunk;
use crate::store::block::strings::{put_number, take_number};
use crate::store::codec::Codec;

/// A chunk is closed when it is at least as long as this.
const CHUNK_BYTES: usize = 64 * 1024;

/// The parts of an article that lie with its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Document<'a> {
    pub(super) doc_id: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) text: &'a str,
}

impl<'a> Document<'a> {
    fn write(&self, bytes: &mut Vec<u8>) {
        for part in [self.doc_id, self.url, self.title] {
            put_number(bytes, part.map_or(0, |part| part.len() + 1));
            bytes.extend(part.unwrap_or_default().as_bytes());
        }
        bytes.extend(self.text.as_bytes());
    }

    /// Reads a document; nothing where the bytes are none.
    pub(super) fn read(mut bytes: &'a [u8]) -> Option<Self> {
        let mut part = || {
            let Some(length) = take_number(&mut bytes)?.checked_sub(1) else {
                return Some(None);
            };
            let (part, rest) = bytes.split_at_checked(length)?;
            bytes = rest;
            std::str::from_utf8(part).ok().map(Some)
        };
        let (doc_id, url, title) = (part()?, part()?, part()?);
        Some(Self {
            doc_id,
            url,
            title,
            text: std::str::from_utf8(bytes).ok()?,
        })
    }
}

/// Where a document lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lies {
    pub(super) chunk: u64,
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// The file of texts in the making.
#[derive(Debug, Default)]
pub(super) struct TextsWriter {
    open: Vec<u8>,
    packed: Vec<u8>,
    chunks: Vec<Chunk>,
}

impl TextsWriter {
    /// Adds a document and returns where it lies.
    pub(super) fn push(&mut self, document: &Document<'_>) -> Lies {
        let offset = self.open.len();
        document.write(&mut self.open);
        let lies = Lies {
            chunk: self.chunks.len() as u64,
            offset: offset as u64,
            length: (self.open.len() - offset) as u64,
        };
        if self.open.len() >= CHUNK_BYTES {
            self.close();
        }
        lies
    }

    fn close(&mut self) {
        let (codec, packed) = Codec::Deflate.pack(&self.open);
        let limited = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        self.chunks.push(Chunk {
            start: self.packed.len() as u64,
            packed: limited(packed.len()),
            unpacked: limited(self.open.len()),
            check: crc32c::crc32c(&packed),
            codec: codec.byte(),
        });
        self.packed.extend(packed);
        self.open.clear();
    }

    /// Returns the bytes of all chunks and what there is to know of each.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<Chunk>) {
        if !self.open.is_empty() {
            self.close();
        }
        (self.packed, self.chunks)
    }
}
