//! Which folders are a store, and how one is made.
//!
//! sled would take any folder and write into it, so a file of ours, `demarche-store`, says that a
//! folder is a store and in which format, and it is read before sled touches anything. It is first
//! written as "unfinished" and gets its final words when the first record is safe on disk; a making
//! that is cut off can thus be told from a store that was damaged, and taken up again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::{StoreError, folder_files};

/// The newest format, which new stores get.
pub(super) const FORMAT: u32 = 2;

const MARKER: &str = "demarche-store";
const MARKER_BYTES_MAX: u64 = 100;
const FINISHED: &str = "demarche store, format ";
const UNFINISHED: &str = "demarche store, unfinished\n";
const REPLACED: &str = "demarche store, replaced\n";
const KEPT: &str = "demarche store, replaced and kept\n";

/// Files of sled without which there is no store, each with the size up to which it holds nothing.
const FILES: [(&str, u64); 2] = [("conf", 8), ("db", 0)];

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or an empty folder.
    Nothing,
    /// A store whose making was cut off.
    Unfinished,
    /// A store of some format.
    Store(u32),
    /// A store in the place of which another is being put; see `replace.rs`.
    Replaced,
    /// The same, but that it is to be kept beside the other.
    Kept,
    /// Something else.
    Foreign,
}

/// Looks at a path without changing anything.
///
/// # Errors
/// [`StoreError::Io`] where the path cannot be looked at, [`StoreError::Unreadable`] where the
/// marker is damaged.
pub(super) fn look(path: &Path) -> Result<Found, StoreError> {
    let mut entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Found::Foreign),
        Err(error) => return Err(failed(path, "open", error)),
    };
    let marker = path.join(MARKER);
    match fs::metadata(&marker) {
        Ok(metadata) if metadata.len() > MARKER_BYTES_MAX => Err(bad_marker(path)),
        Ok(_) => {
            let bytes = fs::read(&marker).map_err(|error| failed(&marker, "open", error))?;
            parse_marker(&bytes).ok_or_else(|| bad_marker(path))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(match entries.next() {
            None => Found::Nothing,
            Some(_) => Found::Foreign,
        }),
        Err(error) => Err(failed(&marker, "open", error)),
    }
}

fn parse_marker(bytes: &[u8]) -> Option<Found> {
    let text = std::str::from_utf8(bytes).ok()?;
    // Empty is what a full disk or a power cut leaves of the first of our files.
    if text == UNFINISHED || text.is_empty() {
        return Some(Found::Unfinished);
    }
    match text {
        REPLACED => return Some(Found::Replaced),
        KEPT => return Some(Found::Kept),
        _ => {}
    }
    let format = text.strip_prefix(FINISHED)?.trim_end().parse().ok()?;
    (format > 0).then_some(Found::Store(format))
}

/// Declares that another store takes the place of this one, which is removed or kept.
///
/// # Errors
/// [`StoreError::Io`].
pub(super) fn declare_replaced(path: &Path, is_kept: bool) -> Result<(), StoreError> {
    let text = if is_kept { KEPT } else { REPLACED };
    folder_files::write(path, MARKER, text.as_bytes())
}

fn bad_marker(path: &Path) -> StoreError {
    StoreError::Unreadable {
        path: path.to_owned(),
        reason: format!("the file `{MARKER}` in it is damaged"),
    }
}

/// Checks that sled's files are there and hold something; sled would take missing and empty ones
/// for a new store.
///
/// # Errors
/// [`StoreError::Io`] where a file is missing, [`StoreError::Unreadable`] where it is empty.
pub(super) fn check_files(path: &Path, action: &'static str) -> Result<(), StoreError> {
    for (name, bytes_empty) in FILES {
        let file = path.join(name);
        let metadata = fs::metadata(&file).map_err(|error| failed(&file, action, error))?;
        if metadata.len() <= bytes_empty {
            return Err(StoreError::Unreadable {
                path: path.to_owned(),
                reason: format!("the file `{name}` in it is empty"),
            });
        }
    }
    Ok(())
}

/// Returns the size of all files of the store, in bytes.
///
/// # Errors
/// [`StoreError::Io`] where the folder cannot be listed.
pub(super) fn bytes_on_disk(path: &Path) -> Result<u64, StoreError> {
    let mut bytes = 0;
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| failed(&folder, "read", error))?;
        for entry in entries {
            let entry = entry.map_err(|error| failed(&folder, "read", error))?;
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => folders.push(entry.path()),
                Ok(metadata) => bytes += metadata.len(),
                // sled removes files of its own while we count.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(&entry.path(), "read", error)),
            }
        }
    }
    Ok(bytes)
}

/// A store that is being made.
#[derive(Debug)]
pub(super) struct Making {
    path: PathBuf,
    /// Folders that were not there before, outermost first.
    folders: Vec<PathBuf>,
    /// Whether this making began the store, so that nothing of another is cleared away.
    began: bool,
}

impl Making {
    /// Makes the folder with an unfinished marker, or takes up a making that was cut off.
    ///
    /// # Errors
    /// [`StoreError::Io`]; then nothing is left behind.
    pub(super) fn begin(path: &Path) -> Result<Self, StoreError> {
        let mut folders: Vec<PathBuf> = path
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(Path::to_owned)
            .collect();
        folders.reverse();
        let mut making = Self {
            path: path.to_owned(),
            folders,
            began: false,
        };
        match making.write_first_marker() {
            Ok(()) => Ok(making),
            Err(error) => {
                making.clear();
                Err(failed(path, "create", error))
            }
        }
    }

    fn write_first_marker(&mut self) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        let marker = self.path.join(MARKER);
        match fs::File::create_new(&marker) {
            Ok(mut file) => {
                self.began = true;
                io::Write::write_all(&mut file, UNFINISHED.as_bytes())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Declares the folder a store.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(super) fn finish(&self) -> Result<(), StoreError> {
        let text = format!("{FINISHED}{FORMAT}\n");
        folder_files::write(&self.path, MARKER, text.as_bytes())
    }

    /// Clears away what this making has written, after it failed. Other files stay, and then so
    /// does the folder.
    pub(super) fn clear(self) {
        // Whatever cannot be removed is left: the error that brought us here matters more.
        if self.began {
            for name in [MARKER, "manifest", "conf", "db"] {
                drop(fs::remove_file(self.path.join(name)));
            }
            for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
                if entry.file_name().to_string_lossy().starts_with("snap.") {
                    drop(fs::remove_file(entry.path()));
                }
            }
            drop(fs::remove_dir(self.path.join("blobs")));
        }
        for folder in self.folders.iter().rev() {
            drop(fs::remove_dir(folder));
        }
    }
}

/// Builds the error of what the file system refused.
pub(super) fn failed(path: &Path, action: &'static str, source: io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        action,
        source,
    }
}
