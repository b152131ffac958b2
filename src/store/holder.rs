//! Who has a store open, for the message that others get.
//!
//! sled's lock says that a store is in use, and not by whom. So whoever opens it says so in a file,
//! `holder`, beside it: the number of the process on the first line, the command on the second. A file
//! that a killed process left says nothing, for the lock is free then, and the next holder replaces
//! it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the file.
const FILE: &str = "holder";

/// More of a command is not shown.
const COMMAND_CHARACTERS_MAX: usize = 200;

/// A process that has a store open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its number.
    pub process: u32,
    /// What it was called with, for people.
    pub command: String,
}

impl fmt::Display for Holder {
    /// Writes ``process 4711 (`demarche ingest news/`)``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} (`{}`)", self.process, self.command)
    }
}

/// The file of a holder, which goes with it.
#[derive(Debug)]
pub(super) struct HolderFile {
    path: PathBuf,
}

impl HolderFile {
    /// Says who holds a store; the caller has its lock.
    ///
    /// A file that cannot be written is no reason to fail: others learn less, that is all.
    pub(super) fn write(folder: &Path, holder: Option<&Holder>) -> Self {
        let path = folder.join(FILE);
        if let Some(holder) = holder {
            let text = format!("{}\n{}\n", holder.process, one_line(&holder.command));
            drop(fs::write(&path, text));
        } else {
            // One that was left by a process that was killed would name the wrong one.
            drop(fs::remove_file(&path));
        }
        Self { path }
    }
}

impl Drop for HolderFile {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Returns who holds a store, if it says so.
pub(super) fn read(folder: &Path) -> Option<Holder> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let (process, command) = text.split_once('\n')?;
    Some(Holder {
        process: process.parse().ok()?,
        command: one_line(command),
    })
}

fn one_line(command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    let shown = words.join(" ");
    shown
        .chars()
        .filter(|character| !character.is_control())
        .take(COMMAND_CHARACTERS_MAX)
        .collect()
}
