//! The index: who takes part in which events. Made from the blocks, kept in a file so that it need
//! not be made again at each opening, and never believed over the blocks.
//!
//! FORMAT: The file `index` is `"dmINDEX2"`, then segments, each its length u64, CRC-32C u32, and
//! bytes. A segment is about some blocks, named by number and sequence; one that is damaged, or is
//! about a block that is there no more, is left out and made again.
//!
//! ```text
//! segment   length of the head u32, head (bincode: the blocks); strings as in a block; length of the
//!           columns u32, columns (`packed.rs`, named in `segment.rs`); postings: for each actor the
//!           events, as LEB128 of the differences
//! ```

mod build;
mod file;
mod segment;

pub(super) use build::Builder;
pub(super) use file::{FILE, read_file, write_file};
pub(super) use segment::Segment;
