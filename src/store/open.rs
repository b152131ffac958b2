//! A store and how it is opened.

use std::path::Path;
use std::sync::Mutex;

use crate::store::StoreError;
use crate::store::backend::Backend;
use crate::store::folder::{self, FORMAT, Found, Making};
use crate::store::key::Key;
use crate::store::memory_backend::MemoryBackend;
use crate::store::sled_backend::SledBackend;
use crate::store::value;

/// Keeps articles, their events and the runs that brought them.
///
/// Several threads can share a store. A folder can be open in one process at a time.
///
/// # Examples
/// ```
/// use demarche::model::{ArticleDraft, Day};
/// use demarche::store::{PutOutcome, RunStart, Store, StoreError};
///
/// # fn main() -> Result<(), StoreError> {
/// let store = Store::in_memory();
/// let today = Day::from_number(20_469);
/// let mut run = store.begin_run(RunStart {
///     started: today,
///     label: "ingest news/".to_owned(),
///     coder_version: "1".to_owned(),
///     dictionary_version: "1".to_owned(),
/// })?;
///
/// let draft = ArticleDraft { text: "Nothing happened.".to_owned(), ..ArticleDraft::default() };
/// let article = draft.into_article();
/// assert_eq!(store.put_article(&article, &[], run.run, today)?, PutOutcome::Added);
/// assert_eq!(store.put_article(&article, &[], run.run, today)?, PutOutcome::AlreadyThere);
///
/// run.articles_new = 1;
/// store.finish_run(&run)?;
/// assert!(store.check()?.is_sound());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Store {
    pub(super) backend: Backend,
    /// Held from looking to writing, so that two threads do not both find a record missing.
    pub(super) writing: Mutex<()>,
}

/// Whether a store that is not there is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// Opens the store, or makes it where there is nothing or an empty folder.
    Create,
    /// Opens a store that is there.
    Existing,
}

impl Store {
    /// Opens the store in a folder.
    ///
    /// A failure leaves nothing behind that was not there before. Where another process uses the
    /// store, it is waited for, but for half a second only.
    ///
    /// # Errors
    /// - [`StoreError::Missing`]: there is none, and `mode` is [`OpenMode::Existing`].
    /// - [`StoreError::NotAStore`]: something else is there; it is not touched.
    /// - [`StoreError::NewerFormat`]: a later demarche wrote it; it is not touched.
    /// - [`StoreError::Locked`]: another process uses it.
    /// - [`StoreError::Unreadable`], [`StoreError::Damaged`]: its files are damaged.
    /// - [`StoreError::Io`]: the file system refuses, for one because the folder is read-only.
    ///
    /// # Complexity
    /// sled reads what was written since its last snapshot: at worst the whole file.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        match (folder::look(path)?, mode) {
            (Found::Foreign, _) => Err(StoreError::NotAStore {
                path: path.to_owned(),
            }),
            (Found::Nothing | Found::Unfinished, OpenMode::Existing) => Err(StoreError::Missing {
                path: path.to_owned(),
            }),
            (Found::Nothing | Found::Unfinished, OpenMode::Create) => Self::create(path),
            (Found::Store(found), _) if found > FORMAT => Err(StoreError::NewerFormat {
                path: path.to_owned(),
                found,
                known: FORMAT,
            }),
            (Found::Store(format), _) => {
                folder::check_files(path, "open")?;
                let store = Self::over(Backend::Sled(SledBackend::open(path)?));
                store.check_format(format)?;
                Ok(store)
            }
        }
    }

    /// Makes an empty store in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::over(Backend::Memory(MemoryBackend::default()))
    }

    fn over(backend: Backend) -> Self {
        Self {
            backend,
            writing: Mutex::new(()),
        }
    }

    fn create(path: &Path) -> Result<Self, StoreError> {
        let making = Making::begin(path)?;
        match Self::fill(path, &making) {
            Ok(store) => Ok(store),
            // Another process is just making the same store: what lies there is its work.
            Err(error @ StoreError::Locked { .. }) => Err(error),
            Err(error) => {
                making.clear();
                Err(error)
            }
        }
    }

    fn fill(path: &Path, making: &Making) -> Result<Self, StoreError> {
        let store = Self::over(Backend::Sled(SledBackend::open(path)?));
        let value = value::encode(Key::Format, &FORMAT)?;
        store.backend.write(vec![(Key::Format.encode(), value)])?;
        store.backend.flush()?;
        making.finish()?;
        Ok(store)
    }

    /// Checks that the record of the format says what the marker says.
    fn check_format(&self, marked: u32) -> Result<(), StoreError> {
        let Some(bytes) = self.backend.get(&Key::Format.encode())? else {
            return Err(value::damaged(Key::Format, "the record is missing"));
        };
        let found: u32 = value::decode(Key::Format, &bytes)?;
        if found == marked {
            return Ok(());
        }
        let reason = format!("the record says {found}, the marker in the folder says {marked}");
        Err(value::damaged(Key::Format, reason))
    }

    /// Returns when everything written so far is safe on disk.
    ///
    /// Until then the end of the process may lose what was put last, by whole articles. Dropping
    /// the store writes too, but cannot say when it fails.
    ///
    /// # Errors
    /// [`StoreError::Io`] where the disk is full or the folder is gone.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.backend.flush()
    }
}
