//! Packing bytes: how the payload of a value or a part of a block lies on disk.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// The most that unpacking gives; more is a claim that nobody keeps.
pub(super) const UNPACKED_BYTES_MAX: usize = 64 * 1024 * 1024;

/// No codec packs tighter than so many bytes into one.
const RATIO_MAX: usize = 1200;

/// What is shorter is not worth packing.
const WORTH_PACKING_MIN: usize = 64;

/// A way of packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    /// As it is.
    Stored,
    /// LZ4, which unpacks at the speed of memory.
    Lz4,
    /// Deflate, which packs texts to a third.
    Deflate,
}

impl Codec {
    /// Returns the byte that stands for the codec.
    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Stored => 0,
            Self::Lz4 => 1,
            Self::Deflate => 2,
        }
    }

    /// Returns the codec that a byte stands for.
    pub(super) const fn of_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Stored),
            1 => Some(Self::Lz4),
            2 => Some(Self::Deflate),
            _ => None,
        }
    }

    /// Packs bytes, or leaves them as they are where that is no longer.
    pub(super) fn pack(self, bytes: &[u8]) -> (Self, Vec<u8>) {
        let packed = match self {
            _ if bytes.len() < WORTH_PACKING_MIN => None,
            Self::Stored => None,
            Self::Lz4 => Some(lz4_flex::block::compress(bytes)),
            Self::Deflate => deflate(bytes),
        };
        match packed.filter(|packed| packed.len() < bytes.len()) {
            Some(packed) => (self, packed),
            None => (Self::Stored, bytes.to_vec()),
        }
    }

    /// Unpacks bytes whose length is known; nothing where they are not what was packed.
    ///
    /// Memory is bounded by a multiple of the bytes that are there, whatever length is claimed.
    pub(super) fn unpack(self, bytes: &[u8], length: usize) -> Option<Vec<u8>> {
        if length > UNPACKED_BYTES_MAX || length > bytes.len().saturating_mul(RATIO_MAX) {
            return None;
        }
        let unpacked = match self {
            Self::Stored => bytes.to_vec(),
            Self::Lz4 => lz4_flex::block::decompress(bytes, length).ok()?,
            Self::Deflate => {
                let mut unpacked = Vec::with_capacity(length);
                let limit = u64::try_from(length).ok()?.checked_add(1)?;
                let mut decoder = DeflateDecoder::new(bytes).take(limit);
                decoder.read_to_end(&mut unpacked).ok()?;
                unpacked
            }
        };
        (unpacked.len() == length).then_some(unpacked)
    }
}

fn deflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Codec; 3] = [Codec::Stored, Codec::Lz4, Codec::Deflate];

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(words in prop::collection::vec("[a-c]{0,9}", 0..200)) {
            let bytes = words.concat().into_bytes();
            for codec in ALL {
                let (used, packed) = codec.pack(&bytes);
                prop_assert!(packed.len() <= bytes.len());
                prop_assert_eq!(used.unpack(&packed, bytes.len()), Some(bytes.clone()));
                prop_assert_eq!(used.unpack(&packed, bytes.len() + 1), None);
            }
        }

        #[test]
        fn any_bytes_unpack_or_fail(bytes in prop::collection::vec(any::<u8>(), 0..300), length in 0_usize..100_000) {
            for codec in ALL {
                let unpacked = codec.unpack(&bytes, length);
                prop_assert!(unpacked.is_none_or(|unpacked| unpacked.len() == length));
            }
        }
    }

    #[test]
    fn a_claimed_length_is_not_believed() {
        for codec in ALL {
            assert_eq!(codec.unpack(&[1, 2, 3], usize::MAX), None);
            assert_eq!(codec.unpack(&[1, 2, 3], 60_000_000), None);
        }
    }

    #[test]
    fn codecs_are_their_bytes() {
        for codec in ALL {
            assert_eq!(Codec::of_byte(codec.byte()), Some(codec));
        }
        assert_eq!(Codec::of_byte(3), None);
    }
}
