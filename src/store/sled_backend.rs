//! Bytes in a folder, kept by sled 0.34; the only file that names sled.
//!
//! sled locks the folder for one process. It writes in the background and promises nothing until
//! [`SledBackend::flush`] returns; a process that dies before loses whole batches, never parts of
//! one.

use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::store::StoreError;
use crate::store::backend::Entry;
use crate::store::folder;
use crate::store::holder;

/// Measured with 100,000 articles of 300 bytes and two events each: a quarter of this halves the
/// speed of writing, four times this is no faster and takes 70 MB more.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// sled gives its lock back a moment after the last handle is dropped, when its threads have ended;
/// a store that was just closed in this process is waited for this often and this long.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(25);

/// An ordered map in a folder.
pub(super) struct SledBackend {
    #[expect(
        clippy::disallowed_types,
        reason = "this is the one file that may know sled"
    )]
    db: sled::Db,
    path: PathBuf,
}

impl SledBackend {
    /// Opens the folder and takes its lock; makes the files that are missing.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Io`] or [`StoreError::Unreadable`].
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut attempt = 1;
        loop {
            match Self::try_open(path) {
                Err(StoreError::Locked { .. }) if attempt < LOCK_ATTEMPTS => {
                    attempt += 1;
                    thread::sleep(LOCK_PAUSE);
                }
                result => return result,
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, StoreError> {
        let config = sled::Config::new()
            .path(path)
            .cache_capacity(CACHE_BYTES)
            // The caller flushes; a clock would make the files depend on the speed of the machine.
            .flush_every_ms(None);
        let db = guarded(path, "open", || config.open())?;
        Ok(Self {
            db,
            path: path.to_owned(),
        })
    }

    /// Closes the folder and returns when sled has given its lock back, so that the folder can be
    /// moved.
    ///
    /// # Errors
    /// As [`SledBackend::open`].
    pub(super) fn close(self) -> Result<(), StoreError> {
        let path = self.path.clone();
        drop(self);
        Self::open(&path).map(drop)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = guarded(&self.path, "read", || self.db.get(key))?;
        Ok(value.map(|bytes| bytes.to_vec()))
    }

    pub(super) fn has(&self, key: &[u8]) -> Result<bool, StoreError> {
        guarded(&self.path, "read", || self.db.contains_key(key))
    }

    pub(super) fn rewrite(
        &self,
        removed: Vec<Vec<u8>>,
        entries: Vec<Entry>,
    ) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for key in removed {
            batch.remove(key);
        }
        for (key, value) in entries {
            batch.insert(key, value);
        }
        guarded(&self.path, "write to", || self.db.apply_batch(batch))
    }

    pub(super) fn scan(&self, range: Range<Vec<u8>>) -> SledScan<'_> {
        SledScan {
            path: &self.path,
            entries: Some(Box::new(self.db.range(range))),
        }
    }

    pub(super) fn flush(&self) -> Result<(), StoreError> {
        guarded(&self.path, "write to", || self.db.flush())?;
        // sled would go on writing to files that somebody has removed, and nobody would know.
        folder::check_files(&self.path, "write to")
    }
}

impl std::fmt::Debug for SledBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // sled's own form prints every record.
        write!(f, "SledBackend({})", self.path.display())
    }
}

/// A range of the folder's entries; ends after the first error.
pub(super) struct SledScan<'store> {
    path: &'store Path,
    entries: Option<Box<sled::Iter>>,
}

impl Iterator for SledScan<'_> {
    type Item = Result<Entry, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let entries = self.entries.as_mut()?;
        match guarded(self.path, "read", || entries.next().transpose()) {
            Ok(entry) => entry.map(|(key, value)| Ok((key.to_vec(), value.to_vec()))),
            Err(error) => {
                self.entries = None;
                Some(Err(error))
            }
        }
    }
}

/// Runs one call of sled and puts its failures into our words.
///
/// WHY NOT trust its `Result` alone: sled 0.34 asserts where its pages are damaged, both at opening
/// and when a page is first read. A panic there is a fact about the file, so it becomes an error.
/// (The panic's message may still reach stderr, through the hook of the process.)
fn guarded<T>(
    path: &Path,
    action: &'static str,
    call: impl FnOnce() -> sled::Result<T>,
) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| in_our_words(path, action, error)),
        Err(_) => Err(unreadable(path, "its pages contradict each other")),
    }
}

fn in_our_words(path: &Path, action: &'static str, error: sled::Error) -> StoreError {
    let path_owned = path.to_owned();
    match error {
        sled::Error::Io(source) if is_lock(&source) => StoreError::Locked {
            holder: holder::read(path),
            path: path_owned,
        },
        sled::Error::Io(source)
            if matches!(
                source.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            ) =>
        {
            unreadable(path, &source.to_string())
        }
        sled::Error::Io(source) => StoreError::Io {
            path: path_owned,
            action,
            source: plain(source),
        },
        sled::Error::Corruption { .. } => unreadable(path, "its files are corrupt"),
        sled::Error::CollectionNotFound(_) => unreadable(path, "its records are missing"),
        sled::Error::Unsupported(reason) | sled::Error::ReportableBug(reason) => {
            unreadable(path, &reason)
        }
    }
}

/// sled has no variant for a folder that is locked; only its words tell.
fn is_lock(error: &io::Error) -> bool {
    error.to_string().starts_with("could not acquire lock")
}

/// sled hands errors of its threads on as the debug form of the first; the kind says the same in
/// words for people ("no storage space").
fn plain(error: io::Error) -> io::Error {
    match (error.raw_os_error(), error.kind()) {
        (None, kind) if kind != io::ErrorKind::Other => kind.into(),
        _ => error,
    }
}

fn unreadable(path: &Path, reason: &str) -> StoreError {
    StoreError::Unreadable {
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}
