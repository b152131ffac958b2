//! One hash over all lines, by which missing and exchanged ones are seen.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// SHA-256 of lines, each with its line feed.
#[derive(Debug, Clone, Default)]
pub(super) struct LinesHash(Sha256);

impl LinesHash {
    pub(super) fn add(&mut self, lines: &[u8]) {
        self.0.update(lines);
    }

    /// Returns 64 hexadecimal digits.
    pub(super) fn finish(self) -> String {
        let digits = self.0.finalize().into_iter();
        digits.fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _written = write!(text, "{byte:02x}");
            text
        })
    }
}
