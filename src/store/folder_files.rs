//! Files of our own in the folder of a store, beside those of sled: each is there whole or not at
//! all, whenever the machine stops.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use crate::store::StoreError;
use crate::store::folder::failed;

/// What is being written has this at the end of its name.
const UNFINISHED: &str = ".part";

/// Returns the bytes of a file, or nothing if it is not there.
///
/// # Errors
/// [`StoreError::Io`].
pub(super) fn read(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let path = folder.join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&path, "read", error)),
    }
}

/// Returns some bytes of a file: fewer where it ends before, nothing if it is not there.
///
/// # Errors
/// [`StoreError::Io`].
pub(super) fn read_part(
    folder: &Path,
    name: &str,
    range: Range<u64>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let path = folder.join(name);
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(&path)?;
        file.seek(SeekFrom::Start(range.start))?;
        let mut bytes = Vec::new();
        file.take(range.end.saturating_sub(range.start))
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    match read() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&path, "read", error)),
    }
}

/// Writes a file in place of an earlier one of its name, and returns when it is safe on disk.
///
/// # Errors
/// [`StoreError::Io`]; then the earlier one is still there.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = folder.join(name);
    let unfinished = folder.join(format!("{name}{UNFINISHED}"));
    let write = || -> io::Result<()> {
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        sync_folder(folder)
    };
    write().map_err(|error| {
        // Whatever cannot be removed is left: the error that brought us here matters more.
        drop(fs::remove_file(&unfinished));
        failed(&path, "write to", error)
    })
}

/// Makes the names in a folder safe on disk, where the system knows how.
///
/// # Errors
/// What the file system said.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Returns the names of all files of a folder, sorted.
///
/// # Errors
/// [`StoreError::Io`].
pub(super) fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let list = || -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.extend(entry?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    };
    list().map_err(|error| failed(folder, "read", error))
}
