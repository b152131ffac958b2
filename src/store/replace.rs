//! Putting a store that was written anew in the place of the one that it was made from.
//!
//! The new one grows in a folder beside the old, `NAME.demarche-next`. When it is whole and safe on
//! disk, the marker of the old one is changed to "replaced": from then on the new one holds. The old
//! one is moved to `NAME.demarche-old`, the new one to `NAME`, and the old one removed; after a repair
//! it is not removed but moved to `NAME.damaged`. Wherever this is cut off, one whole store is left,
//! and whoever opens `NAME` next finishes it or clears it up.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::folder::{self, Found, failed};
use crate::store::{StoreError, folder_files};

const NEXT: &str = ".demarche-next";
const OLD: &str = ".demarche-old";
const DAMAGED: &str = ".damaged";

/// A store that is to take the place of another.
#[derive(Debug)]
pub(super) struct Replacement {
    target: PathBuf,
}

impl Replacement {
    /// Begins a replacement: clears away what an earlier one left that was cut off.
    ///
    /// The caller has the store that is replaced open, so that nobody else is at it.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(super) fn begin(target: &Path) -> Result<Self, StoreError> {
        let replacement = Self {
            target: target.to_owned(),
        };
        let next = replacement.next();
        if is_ours(&next) {
            fs::remove_dir_all(&next).map_err(|error| failed(&next, "clear", error))?;
        }
        Ok(replacement)
    }

    /// Returns the folder in which the new store grows.
    pub(super) fn next(&self) -> PathBuf {
        beside(&self.target, NEXT)
    }

    /// Declares that the new store holds; both are closed then, and [`finish`] does the rest.
    ///
    /// # Errors
    /// [`StoreError::Io`]; then the old one still holds.
    pub(super) fn declare(&self) -> Result<(), StoreError> {
        let next = self.next();
        folder_files::sync_folder(&next).map_err(|error| failed(&next, "write to", error))?;
        folder::declare_replaced(&self.target, false)
    }

    /// The same, but that the old one is kept; returns where.
    ///
    /// # Errors
    /// [`StoreError::Io`]; then the old one still holds.
    pub(super) fn declare_kept(&self) -> Result<PathBuf, StoreError> {
        let next = self.next();
        folder_files::sync_folder(&next).map_err(|error| failed(&next, "write to", error))?;
        folder::declare_replaced(&self.target, true)?;
        Ok(damaged(&self.target))
    }

    /// Clears the new store away, after its making failed.
    pub(super) fn abandon(self) {
        // Whatever cannot be removed is left: the error that brought us here matters more.
        drop(fs::remove_dir_all(self.next()));
    }
}

/// Finishes a replacement that was declared; does nothing where there is none.
///
/// # Errors
/// [`StoreError::Io`].
pub(super) fn finish(path: &Path) -> Result<(), StoreError> {
    let (next, old) = (beside(path, NEXT), beside(path, OLD));
    if is_replaced(path) && is_ours(&next) {
        put_away(path, &old)?;
        moved(path, &old)?;
    }
    if !path.exists() && is_replaced(&old) && is_ours(&next) {
        moved(&next, path)?;
    }
    if !is_replaced(path) && is_ours(path) {
        put_away(path, &old)?;
    }
    Ok(())
}

fn is_replaced(folder: &Path) -> bool {
    matches!(folder::look(folder), Ok(Found::Replaced | Found::Kept))
}

/// Removes an old store, or moves it to where it is kept.
fn put_away(path: &Path, old: &Path) -> Result<(), StoreError> {
    match folder::look(old) {
        Ok(Found::Replaced) => {
            // What cannot be removed does no harm.
            drop(fs::remove_dir_all(old));
            Ok(())
        }
        Ok(Found::Kept) => moved(old, &damaged(path)),
        _ => Ok(()),
    }
}

/// Returns the first name of a damaged store that nothing has.
fn damaged(path: &Path) -> PathBuf {
    let first = beside(path, DAMAGED);
    let others = (2_u32..).map(|number| beside(path, &format!("{DAMAGED}-{number}")));
    let mut names = std::iter::once(first.clone()).chain(others);
    names.find(|name| !name.exists()).unwrap_or(first)
}

/// Clears away a replacement that was cut off before it was declared. The caller has the store open,
/// so that nobody is just making one.
pub(super) fn clear(path: &Path) {
    let next = beside(path, NEXT);
    if is_ours(&next) {
        // What cannot be removed does no harm.
        drop(fs::remove_dir_all(next));
    }
}

/// Moves a folder; another process may do the same at the same time.
fn moved(from: &Path, to: &Path) -> Result<(), StoreError> {
    match fs::rename(from, to) {
        Ok(()) => {
            let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = parent.unwrap_or_else(|| Path::new("."));
            folder_files::sync_folder(parent).map_err(|error| failed(parent, "write to", error))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(from, "move", error)),
    }
}

/// Says whether a folder is a store of ours, finished or not.
fn is_ours(path: &Path) -> bool {
    matches!(
        folder::look(path),
        Ok(Found::Store(_) | Found::Unfinished | Found::Replaced | Found::Kept)
    ) && path.is_dir()
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path
        .file_name()
        .map_or_else(|| OsString::from("store"), OsString::from);
    name.push(ending);
    path.with_file_name(name)
}
