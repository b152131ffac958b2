//! Keeps articles and their events in a folder on disk: whole articles or nothing, every value
//! guarded by a checksum.
//!
//! A [`Store`] holds articles with their events, runs (one ingest each), and beside them the user's
//! dictionary, as a text that it does not read. What one article brings is written in one batch. Small
//! values lie in a tree (`envelope.rs`, `key.rs`); when there are enough events, they are sealed into
//! blocks of columns in files of their own (`seal.rs`, `block/`), which are read much faster and take
//! a tenth of the room. A manifest shows what is missing (`manifest.rs`), an index finds the events of
//! actors (`asking.rs`, `index/`), and `check.rs`, `repair.rs`, `compact.rs` and `migrate.rs` look after
//! it all. Blocks stay in memory once they were asked for: some 70 bytes an event. Which folders are
//! taken for a store is told in `folder.rs`.
//!
//! What this room does not do: it neither finds events nor answers questions about them (`graph`),
//! never merges reports to one happening, and reads no clock: days are arguments.

#![cfg_attr(not(test), warn(clippy::indexing_slicing))]

mod articles;
mod asking;
#[cfg(test)]
mod asking_suite;
mod backend;
mod block;
mod check;
mod codec;
mod columns;
mod compact;
mod content;
mod dictionary;
mod envelope;
mod error;
mod folder;
mod folder_files;
#[cfg(test)]
mod folder_suite;
mod frame;
mod hashing;
mod holder;
mod index;
mod key;
mod legacy;
mod load;
mod manifest;
mod memory_backend;
mod migrate;
mod new_store;
mod open;
mod packed;
mod reading;
mod record;
mod repair;
#[cfg(test)]
mod repair_suite;
mod replace;
mod runs;
mod salvage;
#[cfg(test)]
mod sample;
mod seal;
mod sealed;
#[cfg(test)]
mod sealing_suite;
mod sled_backend;
mod soundness;
mod state;
mod stats;
#[cfg(test)]
mod suite;
mod undo;
#[cfg(test)]
mod undo_suite;

pub use articles::PutOutcome;
pub use asking::StoredActor;
pub use block::EventRow;
pub use check::{CheckReport, Problem};
pub use columns::EventColumns;
pub use compact::CompactReport;
pub use content::ContentHash;
pub use error::StoreError;
pub use holder::Holder;
pub use load::Loader;
pub use migrate::MigrateReport;
pub use new_store::NewStore;
pub use open::{OpenMode, Store};
pub use record::{RunNumber, RunRecord, RunStart, StoredArticle};
pub use repair::RepairReport;
pub use stats::StoreStats;
pub use undo::UndoReport;
