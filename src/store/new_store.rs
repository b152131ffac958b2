//! A store that is made whole or not at all.
//!
//! It grows in a folder beside the one that it is meant for, `NAME.demarche-new`, and is moved there
//! when it is whole and safe on disk. What a process leaves that was killed is no store to anybody,
//! and the next one that makes a store for the same place clears it away.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::folder::{self, Found};
use crate::store::{OpenMode, Store, StoreError};

const ENDING: &str = ".demarche-new";

/// A store that is being filled. Dropped before [`NewStore::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct NewStore {
    /// Nothing only while the value is taken apart.
    store: Option<Store>,
    target: PathBuf,
    folder: PathBuf,
}

impl NewStore {
    /// Begins a store that is to lie at a path where there is nothing, an empty folder, or an empty
    /// store.
    ///
    /// # Errors
    /// - [`StoreError::NotEmpty`]: the store at the path holds something.
    /// - [`StoreError::Locked`]: another process uses the store at the path, or makes one for it.
    /// - The others as for [`Store::open`].
    pub fn begin(target: &Path) -> Result<Self, StoreError> {
        if let Found::Store(_) | Found::Foreign = folder::look(target)?
            && !Store::open(target, OpenMode::Existing)?.is_empty()?
        {
            return Err(StoreError::NotEmpty {
                path: target.to_owned(),
            });
        }
        let mut name = target
            .file_name()
            .map_or_else(|| OsString::from("store"), OsString::from);
        name.push(ENDING);
        let folder = target.with_file_name(name);
        if let Found::Store(_) = folder::look(&folder)?
            && let Err(error @ StoreError::Locked { .. }) = Store::open(&folder, OpenMode::Existing)
        {
            return Err(error);
        }
        remove_ours(&folder)?;
        Ok(Self {
            store: Some(Store::open(&folder, OpenMode::Create)?),
            target: target.to_owned(),
            folder,
        })
    }

    /// Returns the store, to be filled.
    ///
    /// # Errors
    /// Never, as long as the value lives.
    pub fn store(&self) -> Result<&Store, StoreError> {
        self.store.as_ref().ok_or_else(|| StoreError::Missing {
            path: self.target.clone(),
        })
    }

    /// Declares the store whole: flushes and closes it and moves it to its place.
    ///
    /// # Errors
    /// [`StoreError::Io`]; then nothing is left behind.
    pub fn finish(mut self) -> Result<(), StoreError> {
        if let Some(store) = self.store.take() {
            store.flush()?;
        }
        let failed = |error| failed(&self.target, "create", error);
        // An empty folder or an empty store may lie there: `begin` has looked.
        remove_ours(&self.target)?;
        match fs::remove_dir(&self.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        fs::rename(&self.folder, &self.target).map_err(failed)?;
        let parent = self.target.parent();
        let parent = parent.filter(|parent| !parent.as_os_str().is_empty());
        sync(parent.unwrap_or_else(|| Path::new("."))).map_err(failed)
    }
}

impl Drop for NewStore {
    fn drop(&mut self) {
        drop(self.store.take());
        // After `finish` it is not there; what cannot be removed is cleared by the next one.
        drop(remove_ours(&self.folder));
    }
}

/// Makes sure that the names in a folder are on disk; where a folder cannot be opened, as on some
/// systems, they are on their way there.
fn sync(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(_) => Ok(()),
    }
}

/// Removes a folder if it is a store of ours, finished or not.
fn remove_ours(folder: &Path) -> Result<(), StoreError> {
    match folder::look(folder)? {
        Found::Store(_) | Found::Unfinished | Found::Replaced | Found::Kept => {
            fs::remove_dir_all(folder).map_err(|error| failed(folder, "clear", error))
        }
        Found::Nothing | Found::Foreign => Ok(()),
    }
}

fn failed(path: &Path, action: &'static str, source: io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        action,
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{TODAY, coded_article};
    use crate::store::{RunNumber, StoreError};

    fn put(store: &Store, number: u32) {
        let (article, events) = coded_article(number);
        let put = store.put_article(&article, &events, RunNumber::new(1), TODAY);
        put.unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn it_is_there_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("news.db");
        let new = NewStore::begin(&target).unwrap();
        put(new.store().unwrap(), 1);
        assert!(!target.exists());
        new.finish().unwrap();
        assert_eq!(names(folder.path()), ["news.db"]);
        let store = Store::open(&target, OpenMode::Existing).unwrap();
        assert_eq!(store.articles().count(), 1);
        // It holds something now, or is in use.
        assert!(matches!(
            NewStore::begin(&target),
            Err(StoreError::Locked { .. })
        ));
        drop(store);
        assert!(matches!(
            NewStore::begin(&target),
            Err(StoreError::NotEmpty { .. })
        ));
    }

    #[test]
    fn an_empty_store_or_folder_gives_way() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("news.db");
        fs::create_dir(&target).unwrap();
        NewStore::begin(&target).unwrap().finish().unwrap();
        let new = NewStore::begin(&target).unwrap();
        put(new.store().unwrap(), 1);
        new.finish().unwrap();
        let store = Store::open(&target, OpenMode::Existing).unwrap();
        assert_eq!(store.articles().count(), 1);
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("news.db");
        let new = NewStore::begin(&target).unwrap();
        put(new.store().unwrap(), 1);
        let locked = NewStore::begin(&target).unwrap_err();
        assert!(matches!(locked, StoreError::Locked { .. }), "{locked}");
        drop(new);
        assert_eq!(names(folder.path()), [""; 0]);
        // As a kill would leave it.
        let left = folder.path().join("news.db.demarche-new");
        put(&Store::open(&left, OpenMode::Create).unwrap(), 2);
        NewStore::begin(&target).unwrap().finish().unwrap();
        assert_eq!(names(folder.path()), ["news.db"]);
        let store = Store::open(&target, OpenMode::Existing).unwrap();
        assert!(store.is_empty().unwrap());
    }

    #[test]
    fn what_is_no_store_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("news.db");
        for place in [&target, &folder.path().join("news.db.demarche-new")] {
            fs::create_dir(place).unwrap();
            fs::write(place.join("letter.txt"), "Dear Sir").unwrap();
            let error = NewStore::begin(&target).unwrap_err();
            assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
            assert_eq!(names(place), ["letter.txt"]);
            fs::remove_dir_all(place).unwrap();
        }
    }
}
