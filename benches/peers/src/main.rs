//! Keeps the events of a backup of demarche in plain sled with secondary keys, or in redb, and
//! answers the questions that `compare.py` asks of all.
//!
//! ```text
//! peers sled|redb load FILE DIR [--no-text]
//! peers sled|redb contacts DIR ACTOR
//! peers sled|redb warm DIR ONE OTHER YEAR
//! ```

mod key;
mod line;
mod question;
mod record;
mod redb_store;
mod sled_store;

use std::error::Error;
use std::path::Path;

use crate::redb_store::RedbStore;
use crate::sled_store::SledStore;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What both engines can do: ordered keys, and values.
trait Store: Sized {
    fn open(folder: &Path) -> Outcome<Self>;
    /// Puts some articles, all or nothing as far as the engine can.
    fn put(&mut self, entries: Vec<(Vec<u8>, Vec<u8>)>) -> Outcome<()>;
    /// Returns when everything put is safe on disk.
    fn flush(&mut self) -> Outcome<()>;
    /// Calls with each key and value from `start` to before `end`.
    fn scan(
        &self,
        start: &[u8],
        end: &[u8],
        see: &mut dyn FnMut(&[u8], &[u8]) -> Outcome<()>,
    ) -> Outcome<()>;
    fn get(&self, key: &[u8]) -> Outcome<Option<Vec<u8>>>;
    /// How many articles go into one batch.
    const ARTICLES_PER_BATCH: usize;
}

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.split_first() {
        Some((&"sled", rest)) => call::<SledStore>(rest),
        Some((&"redb", rest)) => call::<RedbStore>(rest),
        _ => Err("expected sled or redb".into()),
    }
}

fn call<S: Store>(words: &[&str]) -> Outcome<()> {
    match words {
        ["load", file, folder] => question::load::<S>(Path::new(file), Path::new(folder), true),
        ["load", file, folder, "--no-text"] => {
            question::load::<S>(Path::new(file), Path::new(folder), false)
        }
        ["contacts", folder, actor] => question::contacts::<S>(Path::new(folder), actor),
        ["warm", folder, one, other, year] => {
            question::warm::<S>(Path::new(folder), (one, other), year.parse()?)
        }
        _ => Err("expected load, contacts or warm".into()),
    }
}
