//! What does a whole store say, in one file that outlives it?
//!
//! A backup is a stream of lines: it says everything that a store knows, ids included, and nothing
//! of how the store keeps it. It stands on the public face of the store alone, so that it can be
//! restored into any backend and any later format.
//!
//! FORMAT: Version 1 is JSON Lines, in UTF-8, compressed in members of gzip (`member.rs`), so that
//! `zcat FILE` shows it. A stream that is not compressed is read too. Every line has its number and
//! its own checksum (`line.rs`). They come in this order:
//!
//! ```text
//! backup      name and version of the format, version of the program, totals to be expected
//! run         one ingest; by number
//! dictionary  the user's dictionary, as text; at most one
//! article     an article with its text, its events and their mentions; by id
//! end         totals, records that were left out as damaged, SHA-256 of all lines before
//! ```
//!
//! Fields have the names of the event record where they mean the same; what is at its default is
//! left out (`event.rs`). A backup without its last line was cut off. The same content gives the same
//! bytes: restored and backed up again, a store gives the same file.
//!
//! What this room does not do: it opens no files and makes no store; the face does.

#![cfg_attr(not(test), warn(clippy::indexing_slicing))]

mod article;
#[cfg(test)]
mod damage_suite;
mod error;
mod event;
mod hash;
mod line;
mod member;
mod named;
mod piece;
mod plain;
mod read;
mod restore;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod suite;
mod write;

pub use error::BackupError;
pub use line::Totals;
pub use plain::PlainBackup;
pub use restore::{Loss, OnDamage, RestoreOptions, RestoreReport, restore};
pub use write::{BackupOptions, BackupReport, write_backup};
