//! Bytes in memory, for tests and for work that leaves nothing behind.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use crate::store::backend::Entry;

type Map = BTreeMap<Vec<u8>, Vec<u8>>;

/// An ordered map that several threads can use.
#[derive(Debug, Default)]
pub(super) struct MemoryBackend {
    map: RwLock<Map>,
    files: RwLock<BTreeMap<String, Vec<u8>>>,
}

impl MemoryBackend {
    /// Waits for the map. A thread that panicked while it held the lock has left the map whole.
    fn read(&self) -> RwLockReadGuard<'_, Map> {
        self.map.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.read().get(key).cloned()
    }

    pub(super) fn has(&self, key: &[u8]) -> bool {
        self.read().contains_key(key)
    }

    pub(super) fn rewrite(&self, removed: &[Vec<u8>], entries: Vec<Entry>) {
        let mut map = self.map.write().unwrap_or_else(PoisonError::into_inner);
        for key in removed {
            map.remove(key);
        }
        map.extend(entries);
    }

    pub(super) fn read_file(&self, name: &str) -> Option<Vec<u8>> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        files.get(name).cloned()
    }

    pub(super) fn write_file(&self, name: &str, bytes: Vec<u8>) {
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.insert(name.to_owned(), bytes);
    }

    pub(super) fn scan(&self, range: Range<Vec<u8>>) -> MemoryScan<'_> {
        MemoryScan {
            backend: self,
            start: Bound::Included(range.start),
            end: range.end,
        }
    }
}

/// A range of the map. It takes the lock anew for each entry, so that the map can be written to
/// while a scan is under way, as with sled.
pub(super) struct MemoryScan<'store> {
    backend: &'store MemoryBackend,
    start: Bound<Vec<u8>>,
    end: Vec<u8>,
}

impl Iterator for MemoryScan<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let map = self.backend.read();
        let end = Bound::Excluded(&self.end);
        let mut range = map.range::<Vec<u8>, _>((self.start.as_ref(), end));
        let (key, value) = range.next()?;
        let entry = (key.clone(), value.clone());
        self.start = Bound::Excluded(entry.0.clone());
        Some(entry)
    }
}
