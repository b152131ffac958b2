//! Sealed blocks: many articles with their events in columns, written once and never changed.
//!
//! FORMAT: A block is two files in frames (`frame.rs`): `00000001.block` with everything but the
//! texts, and `00000001.texts`. Articles stand in the order of their ids, so that one is found by
//! halving; their events follow in the same order, and the participants and mentions of these. The
//! order of the columns is that of `Columns` in `layout.rs`.
//!
//! ```text
//! block   length of the head u32, head (bincode: `Head`), length of the strings u32, their unpacked
//!         length u32, codec u8, the strings (`strings.rs`), then the columns (`packed.rs`)
//! texts   chunks of deflate, each of 64 KiB of unpacked documents or one larger document
//! document  doc_id, url, title, each its length plus one (0 for none) and its bytes; then the text
//! ```
//!
//! What this folder does not do: it neither reads nor writes files, and knows of one block only.

mod layout;
mod read;
mod strings;
#[cfg(test)]
mod tests;
mod texts;
mod write;

pub(super) use layout::{BlockNumber, Head};
pub use read::EventRow;
pub(super) use read::{ArticleHead, Block};
pub(super) use strings::{Interner, Strings, put_number, take_number};
pub(super) use write::{Encoded, Row, encode};
