//! Words as the network sees them, and hashes of them.

use crate::text::syntax::{begin, hash_text, mix, normal};

/// Returns the row of some characters in a table of `2^bits` rows.
pub(super) fn row_of(table: u32, characters: &[char], bits: u32) -> u32 {
    let hash = characters
        .iter()
        .fold(begin(table), |hash, c| mix(hash, u32::from(*c)));
    u32::try_from(hash >> (64 - bits)).unwrap_or(0)
}

/// Hashes a form; capitals, digits and the kind of quotation marks do not matter.
pub(crate) fn word_hash(form: &str) -> u32 {
    hash_text(&normal(form))
}
