//! The files of a store, as mere files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Returns all files below a folder, relative to it, sorted.
pub(super) fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let path = folder.join(&inner);
        for entry in fs::read_dir(&path).with_context(|| path.display().to_string())? {
            let entry = entry?;
            let name = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(name);
            } else {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Copies a folder; what stands at the goal is removed first. Files that vanish meanwhile are left
/// out, as they are when a process is caught between two steps.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    clear(to)?;
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for file in files_of(from)? {
        let goal = to.join(&file);
        if let Some(folder) = goal.parent() {
            fs::create_dir_all(folder)?;
        }
        match fs::copy(from.join(&file), &goal) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            copied => {
                copied.with_context(|| goal.display().to_string())?;
            }
        }
    }
    Ok(())
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// Returns the name of a file with its numbers left out, so that files of one kind go together.
pub(super) fn kind_of(file: &Path) -> String {
    let name = file.display().to_string();
    let mut kind = String::new();
    for c in name.chars() {
        let is_number = c.is_ascii_digit();
        if !(is_number && kind.ends_with('#')) {
            kind.push(if is_number { '#' } else { c });
        }
    }
    // sled names its snapshots in hexadecimal.
    match kind.split_once("snap.") {
        Some((before, _)) => format!("{before}snap.#"),
        None => kind,
    }
}
