//! The two places where bytes can lie: a folder (sled) and memory.
//!
//! A closed enum rather than a trait object: both are known, and both pass the same tests. Beside
//! the ordered map of small values each has files: named bytes that are written whole, once, and
//! read in parts.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::store::StoreError;
use crate::store::folder::failed;
use crate::store::folder_files;
use crate::store::memory_backend::{MemoryBackend, MemoryScan};
use crate::store::sled_backend::{SledBackend, SledScan};

/// A key and its value, as bytes.
pub(super) type Entry = (Vec<u8>, Vec<u8>);

/// An ordered map from keys to values.
#[derive(Debug)]
pub(super) enum Backend {
    /// In a folder.
    Sled(SledBackend),
    /// In memory; gone with the process.
    Memory(MemoryBackend),
    /// Files of a folder whose map cannot be read: an empty map that nobody can write to.
    Files(PathBuf),
}

impl Backend {
    /// Returns the folder, if there is one.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Sled(sled) => Some(sled.path()),
            Self::Memory(_) => None,
            Self::Files(path) => Some(path),
        }
    }

    /// Returns the value of a key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Sled(sled) => sled.get(key),
            Self::Memory(memory) => Ok(memory.get(key)),
            Self::Files(_) => Ok(None),
        }
    }

    /// Says whether a key has a value.
    pub(super) fn has(&self, key: &[u8]) -> Result<bool, StoreError> {
        match self {
            Self::Sled(sled) => sled.has(key),
            Self::Memory(memory) => Ok(memory.has(key)),
            Self::Files(_) => Ok(false),
        }
    }

    /// Writes all entries or none.
    pub(super) fn write(&self, entries: Vec<Entry>) -> Result<(), StoreError> {
        self.rewrite(Vec::new(), entries)
    }

    /// Removes keys and writes entries: all of it or nothing.
    pub(super) fn rewrite(
        &self,
        removed: Vec<Vec<u8>>,
        entries: Vec<Entry>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sled(sled) => sled.rewrite(removed, entries),
            Self::Memory(memory) => {
                memory.rewrite(&removed, entries);
                Ok(())
            }
            Self::Files(path) => Err(read_only(path)),
        }
    }

    /// Returns the entries of a range of keys, by key.
    pub(super) fn scan(&self, range: Range<Vec<u8>>) -> Scan<'_> {
        match self {
            Self::Sled(sled) => Scan::Sled(sled.scan(range)),
            Self::Memory(memory) => Scan::Memory(memory.scan(range)),
            Self::Files(_) => Scan::Nothing,
        }
    }

    /// Returns the bytes of a file, or nothing if it is not there.
    pub(super) fn read_file(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Sled(sled) => folder_files::read(sled.path(), name),
            Self::Files(path) => folder_files::read(path, name),
            Self::Memory(memory) => Ok(memory.read_file(name)),
        }
    }

    /// Returns some bytes of a file: fewer where it ends before, nothing if it is not there.
    pub(super) fn read_file_part(
        &self,
        name: &str,
        range: Range<u64>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Sled(sled) => folder_files::read_part(sled.path(), name, range),
            Self::Files(path) => folder_files::read_part(path, name, range),
            Self::Memory(memory) => Ok(memory.read_file(name).map(|bytes| {
                let [start, end] = [range.start, range.end]
                    .map(|at| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len()));
                bytes.get(start..end).unwrap_or_default().to_vec()
            })),
        }
    }

    /// Writes a file in place of an earlier one; it is safe on disk when this returns.
    pub(super) fn write_file(&self, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        match self {
            Self::Sled(sled) => folder_files::write(sled.path(), name, &bytes),
            Self::Memory(memory) => {
                memory.write_file(name, bytes);
                Ok(())
            }
            Self::Files(path) => Err(read_only(path)),
        }
    }

    /// Returns when everything written is safe on disk.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        match self {
            Self::Sled(sled) => sled.flush(),
            Self::Memory(_) => Ok(()),
            Self::Files(path) => Err(read_only(path)),
        }
    }
}

fn read_only(path: &Path) -> StoreError {
    failed(path, "write to", io::ErrorKind::ReadOnlyFilesystem.into())
}

/// The entries of a range of keys, by key.
pub(super) enum Scan<'store> {
    /// Of a folder.
    Sled(SledScan<'store>),
    /// Of memory.
    Memory(MemoryScan<'store>),
    /// Of an empty map.
    Nothing,
}

impl Iterator for Scan<'_> {
    type Item = Result<Entry, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Sled(scan) => scan.next(),
            Self::Memory(scan) => scan.next().map(Ok),
            Self::Nothing => None,
        }
    }
}
