//! Fast hashing for tables that live in memory only.
//!
//! Ids are cut from SHA-256 already, so their own bytes are as good a hash as any; for strings a
//! multiplication a word does. Neither is meant to withstand somebody who makes keys collide on
//! purpose: that would cost time, and nothing else.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map with fast hashing.
pub(super) type FastMap<Key, Value> = HashMap<Key, Value, BuildHasherDefault<FastHasher>>;

/// A set with fast hashing.
pub(super) type FastSet<Key> = HashSet<Key, BuildHasherDefault<FastHasher>>;

/// Odd, with about as many ones as zeros: the golden ratio in 64 bits.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a word at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FastHasher {
    state: u64,
}

impl FastHasher {
    const fn mix(&mut self, word: u64) {
        let mixed = (self.state.rotate_left(23) ^ word).wrapping_mul(FACTOR);
        self.state = mixed ^ (mixed >> 29);
    }
}

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in words.by_ref() {
            self.mix(word.try_into().map_or(0, u64::from_be_bytes));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            let rest = rest
                .iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.mix(rest ^ (bytes.len() as u64) << 56);
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    /// Tables take the place of a key from the low bits and a tag from the high ones.
    #[test]
    fn hashes_of_like_keys_are_spread() {
        let build = BuildHasherDefault::<FastHasher>::default();
        for bits in [0, 57] {
            let words = (0..1000).map(|number| format!("person:name-{number}"));
            let places: HashSet<u64> = words
                .map(|word| build.hash_one(word).rotate_right(bits) & 0x3ff)
                .collect();
            assert!(places.len() > 550, "{bits}: {}", places.len());
        }
        assert_ne!(build.hash_one("ab"), build.hash_one("ba"));
        assert_ne!(build.hash_one(("a", "bc")), build.hash_one(("ab", "c")));
    }
}
