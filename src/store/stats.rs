//! How much a store holds.

use crate::store::articles::{bad_key, decode_event};
use crate::store::folder::{self, FORMAT};
use crate::store::key::{self, Key};
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
    /// The values of articles.
    pub article_bytes: u64,
    /// The values of events.
    pub event_bytes: u64,
    /// The values of runs.
    pub run_bytes: u64,
    /// The value of the user's dictionary; 0 where there is none.
    pub dictionary_bytes: u64,
    /// All files of the folder; nothing for a store in memory.
    pub disk_bytes: Option<u64>,
}

impl Store {
    /// Counts what the store holds.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first record that is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A full scan of the store, in constant memory.
    pub fn stats(&self) -> Result<StoreStats, StoreError> {
        let mut stats = StoreStats {
            format: FORMAT,
            disk_bytes: self.backend.path().map(folder::bytes_on_disk).transpose()?,
            ..StoreStats::default()
        };
        for entry in self.backend.scan(key::everything()) {
            let (key, value) = entry?;
            let bytes = value.len() as u64;
            match Key::decode(&key) {
                Some(Key::Article(_)) => {
                    stats.articles += 1;
                    stats.article_bytes += bytes;
                }
                Some(Key::Event(id)) => {
                    stats.events += 1;
                    stats.event_bytes += bytes;
                    stats.mentions += decode_event(id, &value)?.mentions.len() as u64;
                }
                Some(Key::Run(_)) => {
                    stats.runs += 1;
                    stats.run_bytes += bytes;
                }
                Some(Key::Dictionary) => stats.dictionary_bytes = bytes,
                Some(Key::Format) => {}
                None => return Err(bad_key(&key)),
            }
        }
        Ok(stats)
    }
}
