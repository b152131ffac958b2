//! Options and limits of reading.

use crate::model::Published;

/// Most bytes that one record may have: a line of JSON, an element of an array, an article of a
/// text file.
pub const RECORD_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Most layers of compression around a file.
pub const COMPRESSION_LAYERS_MAX: usize = 2;

/// Most bytes that one compressed byte may become, beyond [`COMPRESSION_FREE_BYTES`].
pub const COMPRESSION_RATIO_MAX: u64 = 1000;

/// Bytes that a compressed file may always become, whatever the ratio.
pub const COMPRESSION_FREE_BYTES: u64 = 64 * 1024 * 1024;

/// Largest window of a zstd frame, in bytes: as much memory as one decoder may take.
pub(super) const ZSTD_WINDOW_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Bytes at the beginning of a file by which its format is recognised.
pub(super) const SNIFF_BYTES: usize = 8 * 1024;

/// Bytes that are read from a file at once.
pub(super) const BUFFER_BYTES: usize = 64 * 1024;

/// How to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The date of publication of articles that bear none; an article whose date cannot be read
    /// stays undated.
    pub date_default: Option<Published>,
    /// Most bytes that one record may have; longer ones are bad records.
    pub record_bytes_max: usize,
}

impl Default for ReadOptions {
    /// No date is filled in; a record has at most [`RECORD_BYTES_MAX`] bytes.
    fn default() -> Self {
        Self {
            date_default: None,
            record_bytes_max: RECORD_BYTES_MAX,
        }
    }
}
