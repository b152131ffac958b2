//! A store and how it is opened.

use std::path::Path;
use std::sync::{Mutex, PoisonError, RwLock};

use crate::store::backend::Backend;
use crate::store::folder::{self, FORMAT, Found, Making};
use crate::store::holder::{Holder, HolderFile};
use crate::store::key::Key;
use crate::store::manifest::{self, Manifest};
use crate::store::memory_backend::MemoryBackend;
use crate::store::seal::Limits;
use crate::store::sealed::BlockEntry;
use crate::store::sled_backend::SledBackend;
use crate::store::state::{self, State};
use crate::store::{StoreError, envelope, replace};

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
    pub(super) state: RwLock<State>,
    /// Held while the file of the manifest is written.
    filing: Mutex<()>,
    pub(super) limits: Limits,
    /// Says who has the store open; nothing for a store in memory.
    holder: Option<HolderFile>,
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
    /// - [`StoreError::OlderFormat`]: an earlier demarche wrote it; it is not touched.
    /// - [`StoreError::Locked`]: another process uses it.
    /// - [`StoreError::Shortened`]: what was safe on disk once is there no more.
    /// - [`StoreError::Unreadable`], [`StoreError::Damaged`]: its files are damaged.
    /// - [`StoreError::Io`]: the file system refuses, for one because the folder is read-only.
    ///
    /// # Complexity
    /// sled reads what was written since its last snapshot: at worst the whole file.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        Self::open_as(path, mode, None)
    }

    /// Does what [`Store::open`] does, and lets other processes know who has the store open.
    ///
    /// # Errors
    /// As [`Store::open`].
    ///
    /// # Complexity
    /// As [`Store::open`].
    pub fn open_as(
        path: &Path,
        mode: OpenMode,
        holder: Option<&Holder>,
    ) -> Result<Self, StoreError> {
        let mut store = Self::opened(path, mode)?;
        store.holder = Some(HolderFile::write(path, holder));
        Ok(store)
    }

    fn opened(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        replace::finish(path)?;
        match (folder::look(path)?, mode) {
            (Found::Foreign | Found::Replaced | Found::Kept, _) => Err(StoreError::NotAStore {
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
            (Found::Store(found), _) if found < FORMAT => Err(StoreError::OlderFormat {
                path: path.to_owned(),
                found,
                known: FORMAT,
            }),
            (Found::Store(_), _) => {
                folder::check_files(path, "open")?;
                let store = Self::over(Backend::Sled(SledBackend::open(path)?));
                store.read_state()?;
                store.check_filed(path)?;
                replace::clear(path);
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
            state: RwLock::default(),
            filing: Mutex::new(()),
            limits: Limits::default(),
            holder: None,
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
        // What an unfinished making left is nothing, but what is there is kept.
        if store.backend.has(&Key::Manifest.encode())? {
            store.read_state()?;
        } else {
            store.backend.write(vec![Manifest::default().entry()?])?;
        }
        store.flush()?;
        making.finish()?;
        Ok(store)
    }

    /// Flushes the store and closes it for good, so that its folder can be moved.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub(super) fn close(self) -> Result<(), StoreError> {
        self.flush()?;
        drop(self.holder);
        match self.backend {
            Backend::Sled(sled) => sled.close(),
            Backend::Memory(_) | Backend::Files(_) => Ok(()),
        }
    }

    /// Reads the manifest and the records of the blocks.
    fn read_state(&self) -> Result<(), StoreError> {
        let Some(bytes) = self.backend.get(&Key::Manifest.encode())? else {
            return Err(envelope::damaged(Key::Manifest, "the record is missing"));
        };
        let manifest: Manifest = envelope::decode(Key::Manifest, &bytes)?;
        if manifest.format != FORMAT {
            let reason = format!(
                "the record says format {}, the marker in the folder says {FORMAT}",
                manifest.format
            );
            return Err(envelope::damaged(Key::Manifest, reason));
        }
        let blocks = state::read_blocks(&self.backend)?;
        let mut state = self.state_mut();
        state.manifest = manifest;
        state.blocks = blocks;
        Ok(())
    }

    /// Compares the tree with the file of the manifest; one that is missing or damaged proves nothing.
    fn check_filed(&self, path: &Path) -> Result<(), StoreError> {
        let Some(filed) = self.filed_manifest()? else {
            return Ok(());
        };
        let mut state = self.state_mut();
        state.filed = filed.sequence;
        let found = &state.manifest;
        if filed.sequence <= found.sequence {
            return Ok(());
        }
        Err(StoreError::Shortened {
            path: path.to_owned(),
            writes: filed.sequence - found.sequence,
            articles: (filed.articles, found.articles),
            events: (filed.events, found.events),
        })
    }

    /// Returns what the file of the manifest says, if there is one that is whole.
    pub(super) fn filed_manifest(&self) -> Result<Option<Manifest>, StoreError> {
        let file = self.backend.read_file(manifest::FILE)?;
        Ok(file.and_then(|file| Some(manifest::decode_file(&file).ok()?.0)))
    }

    /// Returns when everything written so far is safe on disk.
    ///
    /// Until then the end of the process may lose what was put last, by whole articles. Dropping
    /// the store writes too, but cannot say when it fails.
    ///
    /// # Errors
    /// [`StoreError::Io`] where the disk is full or the folder is gone.
    pub fn flush(&self) -> Result<(), StoreError> {
        let filing = self.filing.lock();
        let _filing = filing.unwrap_or_else(PoisonError::into_inner);
        let (manifest, blocks) = {
            let state = self.state();
            let blocks: Vec<_> = state.blocks.values().cloned().collect();
            (state.manifest.clone(), blocks)
        };
        self.backend.flush()?;
        if self.state().filed == manifest.sequence && manifest.sequence > 0 {
            return Ok(());
        }
        // Only now that it is in the tree for good: a file that knows more proves a loss.
        let entries: Vec<&BlockEntry> = blocks.iter().map(|sealed| &*sealed.entry).collect();
        let file = manifest::encode_file(&manifest, &entries)?;
        self.backend.write_file(manifest::FILE, file)?;
        self.state_mut().filed = manifest.sequence;
        Ok(())
    }
}
