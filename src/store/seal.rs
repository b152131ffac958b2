//! Sealing: articles that lie under their own keys go into a block.
//!
//! The files of a block are safe on disk before the tree speaks of it. It is first spoken of with all
//! of its articles gone; then each batch takes some hundred keys out of the tree and calls the same
//! articles of the block back. So every article is there exactly once after each batch, and files
//! of which the tree does not speak are nothing.

use crate::store::articles::tally_of;
use crate::store::block::{self, BlockNumber, Encoded, Row};
use crate::store::key::Key;
use crate::store::record::Whole;
use crate::store::sealed::{BlockEntry, Sealed};
use crate::store::state::Change;
use crate::store::{Store, StoreError};

/// A block takes articles until it has so many events.
pub(super) const BLOCK_EVENTS: usize = 16 * 1024;

/// A block takes articles until it has so many bytes of text, or so many articles.
pub(super) const BLOCK_TEXT_BYTES: usize = 32 * 1024 * 1024;
pub(super) const BLOCK_ARTICLES: usize = 32 * 1024;

/// When what is not sealed is sealed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// So many events that are not sealed are sealed at once, when the next article comes.
    pub(super) open_events_max: u64,
    /// So many are sealed at the end of a run; fewer are not worth a block of their own.
    pub(super) worth_sealing_min: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            open_events_max: BLOCK_EVENTS as u64,
            worth_sealing_min: BLOCK_EVENTS as u64 / 8,
        }
    }
}

/// Keys in one batch; sled's memory grows beyond a few hundred.
const BATCH_KEYS: usize = 400;

impl Store {
    /// Seals what is not sealed, if it is worth it.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`]; what was not sealed before is whole then.
    pub(super) fn seal_if_worth_it(&self) -> Result<(), StoreError> {
        let _guard = self.lock();
        if self.state().manifest.open_events >= self.limits.worth_sealing_min {
            self.seal_open()?;
        }
        Ok(())
    }

    /// Seals everything that lies under keys of its own; records that are damaged stay where they
    /// are. The caller has the lock.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub(super) fn seal_open(&self) -> Result<(), StoreError> {
        loop {
            let (wholes, _) = self.open_articles(BLOCK_EVENTS)?;
            if wholes.is_empty() {
                return Ok(());
            }
            let mut wholes = wholes.as_slice();
            while !wholes.is_empty() {
                let (now, later) = wholes.split_at(block_length(wholes));
                self.seal(now)?;
                wholes = later;
            }
        }
    }

    /// Seals articles that lie under keys of their own.
    fn seal(&self, wholes: &[Whole]) -> Result<(), StoreError> {
        let number = self.next_block();
        let sequence = self.state().manifest.sequence + 1;
        let rows: Vec<Row<'_>> = wholes.iter().map(Whole::row).collect();
        let encoded = block::encode(number, sequence, rows)?;
        let mut entry = self.write_block(encoded)?;
        entry.mark_all();
        // The rows of a block are in the order of ids, as are the keys that were read.
        for (batch, numbered) in wholes.chunks(BATCH_KEYS).enumerate() {
            let mut change = Change {
                manifest: self.state().manifest.next(),
                ..Change::default()
            };
            for (place, whole) in numbered.iter().enumerate() {
                let id = whole.article.id;
                let tally = tally_of(id, &whole.events, (whole.run, whole.added));
                entry.mark(batch * BATCH_KEYS + place, &tally, false);
                let manifest = &mut change.manifest;
                manifest.open_articles = manifest.open_articles.saturating_sub(1);
                manifest.open_events = manifest.open_events.saturating_sub(tally.events);
                change.removed.push(Key::Article(id).encode());
                change.articles.push((id, number));
                let events = whole.events.iter().map(|event| (event.id, number));
                change.events.extend(events);
            }
            if entry.gone_articles == 0 {
                entry.gone = Vec::new();
            }
            change.manifest.block = change.manifest.block.max(number);
            let known = self.state().blocks.get(&number).cloned();
            change.blocks = vec![match known {
                Some(sealed) => sealed.with(entry.clone()),
                None => Sealed::new(entry.clone()),
            }];
            self.commit(change)?;
        }
        Ok(())
    }

    /// Returns a number that no block has had.
    pub(super) fn next_block(&self) -> BlockNumber {
        let mut state = self.state_mut();
        state.block_taken = BlockNumber(state.manifest.block.max(state.block_taken).0 + 1);
        state.block_taken
    }

    /// Writes the files of a block.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(super) fn write_block(&self, encoded: Encoded) -> Result<BlockEntry, StoreError> {
        let entry = BlockEntry::new(&encoded);
        let number = entry.number;
        self.backend
            .write_file(&number.texts_file(), encoded.texts)?;
        self.backend
            .write_file(&number.block_file(), encoded.block)?;
        Ok(entry)
    }

    /// Makes a block of which nothing lies in the tree part of the store. The caller has the lock.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub(super) fn add_block(
        &self,
        entry: BlockEntry,
        mut change: Change,
    ) -> Result<(), StoreError> {
        change.manifest.block = change.manifest.block.max(entry.number);
        change.blocks = vec![Sealed::new(entry)];
        self.commit(change)
    }
}

/// Returns how many articles of a list fill a block; one at least.
pub(super) fn block_length(wholes: &[Whole]) -> usize {
    let (mut events, mut bytes) = (0, 0);
    let mut length = 0;
    for whole in wholes {
        length += 1;
        events += whole.events.len();
        bytes += whole.article.text.len();
        if events >= BLOCK_EVENTS || bytes >= BLOCK_TEXT_BYTES || length >= BLOCK_ARTICLES {
            break;
        }
    }
    length
}
