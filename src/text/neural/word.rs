//! Words as the network sees them, and hashes of them.
//!
//! A file holds for as long as these functions stay as they are: they are its own, whatever the
//! other analyser does.

/// The start of every hash.
const SEED: u64 = 0x243f_6a88_85a3_08d3;
/// An odd number without pattern, as in the hash `FxHash`.
const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

/// Adds a value to a hash.
const fn mix(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(5) ^ value as u64).wrapping_mul(FACTOR)
}

/// Returns the row of some characters in a table of `2^bits` rows.
pub(super) fn row_of(table: u32, characters: &[char], bits: u32) -> u32 {
    let hash = characters
        .iter()
        .fold(mix(SEED, table), |hash, c| mix(hash, u32::from(*c)));
    u32::try_from(hash >> (64 - bits)).unwrap_or(0)
}

/// Hashes a form; capitals, digits and the kind of quotation marks do not matter.
pub(crate) fn word_hash(form: &str) -> u32 {
    let bytes = normal(form);
    let hash = bytes
        .bytes()
        .fold(SEED, |hash, byte| mix(hash, u32::from(byte)));
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// A checksum against damage, not against malice; four bytes at a time.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<4>();
    let hash = chunks.iter().fold(mix(SEED, 0), |hash, chunk| {
        mix(hash, u32::from_be_bytes(*chunk))
    });
    rest.iter()
        .fold(hash, |hash, byte| mix(hash, u32::from(*byte)))
}

/// Lower case, digits as zeros, quotation marks and dashes plain.
pub(super) fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => normal.push('0'),
            '’' | '‘' | '`' => normal.push('\''),
            '“' | '”' | '«' | '»' => normal.push('"'),
            '–' | '—' => normal.push('-'),
            c => normal.extend(c.to_lowercase()),
        }
    }
    normal
}

/// Runs of capitals, small letters, digits and others, each cut to two.
pub(super) fn shape(text: &str) -> Vec<char> {
    let mut shape = Vec::new();
    let (mut last, mut run, mut bytes) = (' ', 0, 0);
    for c in text.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        // Two of a kind say as much as many.
        if run <= 2 && bytes < 16 {
            shape.push(kind);
            bytes += kind.len_utf8();
        }
    }
    shape
}
