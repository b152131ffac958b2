//! How much a store holds.

use crate::store::folder;
use crate::store::index;
use crate::store::key::{self, Key};
use crate::store::state::bad_key;
use crate::store::{Store, StoreError};

/// How much a store holds; sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreStats {
    /// The format version.
    pub format: u32,
    /// How many articles.
    pub articles: u64,
    /// How many events.
    pub events: u64,
    /// How many mentions of events.
    pub mentions: u64,
    /// How many runs, finished or not.
    pub runs: u64,
    /// How many sealed blocks.
    pub blocks: u64,
    /// Of the articles, how many are not sealed yet.
    pub open_articles: u64,
    /// Of the events, how many are not sealed yet.
    pub open_events: u64,
    /// Articles in sealed blocks that are gone; compacting makes room of them.
    pub gone_articles: u64,
    /// The files of sealed blocks without texts.
    pub block_bytes: u64,
    /// The files of texts of sealed blocks, with titles and addresses.
    pub text_bytes: u64,
    /// The values of articles that are not sealed, with their events and texts.
    pub open_bytes: u64,
    /// The values of runs.
    pub run_bytes: u64,
    /// The value of the user's dictionary; 0 where there is none.
    pub dictionary_bytes: u64,
    /// The file of the index, which can be made again.
    pub index_bytes: u64,
    /// All files of the folder; nothing for a store in memory.
    pub disk_bytes: Option<u64>,
}

impl StoreStats {
    /// Returns how many bytes of the folder each event takes, without texts; nothing for a store in
    /// memory or without events.
    #[must_use]
    pub fn bytes_per_event(&self) -> Option<u64> {
        let disk = self.disk_bytes?;
        disk.saturating_sub(self.text_bytes)
            .checked_div(self.events)
    }
}

impl Store {
    /// Says whether nothing was ever put: no article, no run, no dictionary.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let holds_records = {
            let manifest = &self.state().manifest;
            manifest.articles > 0 || manifest.runs > 0
        };
        Ok(!holds_records && !self.backend.has(&Key::Dictionary.encode())?)
    }

    /// Counts what the store holds.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a key is none; [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A scan of what is not sealed.
    pub fn stats(&self) -> Result<StoreStats, StoreError> {
        let mut stats = self.counted();
        stats.disk_bytes = self.backend.path().map(folder::bytes_on_disk).transpose()?;
        let index = self.backend.read_file(index::FILE)?;
        stats.index_bytes = index.map_or(0, |file| file.len() as u64);
        for entry in self.backend.scan(key::everything()) {
            let (key, value) = entry?;
            let bytes = value.len() as u64;
            match Key::decode(&key) {
                Some(Key::Article(_)) => stats.open_bytes += bytes,
                Some(Key::Run(_)) => stats.run_bytes += bytes,
                Some(Key::Dictionary) => stats.dictionary_bytes = bytes,
                Some(Key::Manifest | Key::Block(_) | Key::Removed(_)) => {}
                None => return Err(bad_key(&key)),
            }
        }
        Ok(stats)
    }

    /// Returns what manifest and records of blocks say.
    fn counted(&self) -> StoreStats {
        let state = self.state();
        let manifest = &state.manifest;
        let mut counted = StoreStats {
            format: manifest.format,
            articles: manifest.articles,
            events: manifest.events,
            mentions: manifest.mentions,
            runs: manifest.runs,
            blocks: state.blocks.len() as u64,
            open_articles: manifest.open_articles,
            open_events: manifest.open_events,
            ..StoreStats::default()
        };
        for sealed in state.blocks.values() {
            counted.block_bytes += sealed.entry.block_bytes;
            counted.text_bytes += sealed.entry.texts_bytes;
            counted.gone_articles += u64::from(sealed.entry.gone_articles);
        }
        counted
    }
}
