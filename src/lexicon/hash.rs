//! A hash for the tables of the dictionaries, many times as fast as that of the standard library.
//!
//! Whoever writes the dictionaries could make keys that collide, and would only wait longer for his
//! own program.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map that is filled at the start of the program.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

/// Mixes eight bytes at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FastHasher(u64);

/// Any odd number whose bits look random.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl FastHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        // The high bits are the best mixed, and the map takes the low ones too.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_be_bytes(*word));
        }
        let last = rest
            .iter()
            .fold(0, |last, byte| last << 8 | u64::from(*byte));
        self.mix(last << 8 | (bytes.len() as u64 & 0xff));
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }
}
