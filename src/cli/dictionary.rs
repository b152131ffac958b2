//! Where the user's dictionary lies: in the store, or in a file that the user names.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use demarche::lexicon::{Entry, UserDictionary};
use demarche::store::{OpenMode, Store};

use crate::cli::session::Session;

/// What errors call the dictionary of a store.
const OF_STORE: &str = "dictionary of the store";

/// A dictionary that can be added to.
#[derive(Debug)]
pub(crate) struct OpenDictionary {
    place: Place,
    entries: UserDictionary,
}

#[derive(Debug)]
enum Place {
    /// The store, once it is there, and its folder.
    Store(Option<Box<Store>>, PathBuf),
    File(PathBuf),
}

impl OpenDictionary {
    /// Opens the dictionary that the user writes to: the file, else the store. Either is made only
    /// when something is added.
    pub(crate) fn open(session: &Session) -> Result<Self> {
        let Some(path) = session.dictionary.as_deref() else {
            let store = session.open_if_there()?.map(Box::new);
            return Ok(Self {
                entries: read(store.as_deref(), None)?,
                place: Place::Store(store, session.store.clone()),
            });
        };
        let entries = if path.exists() {
            of_file(path)?
        } else {
            UserDictionary::default()
        };
        Ok(Self {
            place: Place::File(path.to_owned()),
            entries,
        })
    }

    /// Returns what it says.
    pub(crate) const fn entries(&self) -> &UserDictionary {
        &self.entries
    }

    /// Returns the store that it lies in, if it does.
    pub(crate) fn store(&self) -> Option<&Store> {
        match &self.place {
            Place::Store(store, _) => store.as_deref(),
            Place::File(_) => None,
        }
    }

    /// Adds entries, says where on standard error, and returns when they are safe.
    ///
    /// A file keeps its comments: lines are added at its end. The text of a store is written anew.
    pub(crate) fn add(mut self, entries: Vec<Entry>) -> Result<()> {
        let mut err = io::stderr().lock();
        match &mut self.place {
            Place::Store(store, path) => {
                self.entries.extend(entries);
                let text = self.entries.to_text();
                match store {
                    Some(store) => store.set_dictionary(&text)?,
                    None => Store::open(path, OpenMode::Create)?.set_dictionary(&text)?,
                }
                writeln!(err, "written to the store at {}", path.display())?;
            }
            Place::File(path) => {
                append(path, &entries).with_context(|| path.display().to_string())?;
                self.entries.extend(entries);
                writeln!(err, "written to {}", path.display())?;
            }
        }
        Ok(())
    }
}

/// Adds lines at the end of a file, made with its first line if it is new or empty.
fn append(path: &Path, entries: &[Entry]) -> io::Result<()> {
    let before = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    let mut text = String::new();
    if before.is_empty() {
        text.push_str(&UserDictionary::default().to_text());
    } else if !before.ends_with('\n') {
        text.push('\n');
    }
    for entry in entries {
        text.push_str(&entry.to_string());
        text.push('\n');
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Returns what the user says: the dictionary of the store, if there is one, then that of the file.
pub(crate) fn read(store: Option<&Store>, file: Option<&Path>) -> Result<UserDictionary> {
    let mut entries = match store {
        Some(store) => of_store(store)?,
        None => UserDictionary::default(),
    };
    if let Some(path) = file {
        entries.extend(of_file(path)?.entries().iter().cloned());
    }
    Ok(entries)
}

fn of_store(store: &Store) -> Result<UserDictionary> {
    let text = store.dictionary()?.unwrap_or_default();
    Ok(UserDictionary::parse(OF_STORE, &text)?)
}

fn of_file(path: &Path) -> Result<UserDictionary> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| name.clone())?;
    Ok(UserDictionary::parse(&name, &text)?)
}
