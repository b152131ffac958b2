//! Bringing a store of an earlier format to that of now.

use std::collections::BTreeSet;
use std::path::Path;

use crate::store::folder::{self, FORMAT, Found};
use crate::store::holder::HolderFile;
use crate::store::key::Key;
use crate::store::legacy::{self, ArticleRow, Record};
use crate::store::replace::{self, Replacement};
use crate::store::sled_backend::SledBackend;
use crate::store::{Holder, Loader, OpenMode, Store, StoreError, envelope};

/// What a migration has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MigrateReport {
    /// The format that the store had.
    pub from: u32,
    /// The format that it has.
    pub to: u32,
    /// How many articles it holds.
    pub articles: u64,
    /// How many events.
    pub events: u64,
    /// How many runs.
    pub runs: u64,
}

impl Store {
    /// Brings the store in a folder to the format of now; one that has it is left as it is. `holder`
    /// is told to others as by [`Store::open_as`].
    ///
    /// The new store is written beside the old one, compared with it, and put in its place; whenever
    /// that is cut off, one whole store is left, and opening it or migrating again goes on. Needs as
    /// much room on disk again.
    ///
    /// # Errors
    /// - [`StoreError::Missing`], [`StoreError::NotAStore`], [`StoreError::NewerFormat`],
    ///   [`StoreError::Locked`], [`StoreError::Unreadable`] as for [`Store::open`].
    /// - [`StoreError::Damaged`]: a record of the old store is damaged; nothing has changed.
    /// - [`StoreError::Io`]: the disk is full, say; nothing has changed.
    ///
    /// # Complexity
    /// A scan of the store and a sort of its ids.
    pub fn migrate(path: &Path, holder: Option<&Holder>) -> Result<MigrateReport, StoreError> {
        replace::finish(path)?;
        let found = match folder::look(path)? {
            Found::Store(found) if found == legacy::FORMAT => found,
            // Opening says what else may be the matter.
            _ => return Self::open(path, OpenMode::Existing).map(|store| store.unchanged()),
        };
        folder::check_files(path, "open")?;
        let old = SledBackend::open(path)?;
        let _holder = HolderFile::write(path, holder);
        let replacement = Replacement::begin(path)?;
        let copied = Self::open(&replacement.next(), OpenMode::Create).and_then(|new| {
            let report = copy(&old, &new)?;
            new.close()?;
            Ok(report)
        });
        let report = match copied {
            Ok(report) => report,
            Err(error) => {
                replacement.abandon();
                return Err(error);
            }
        };
        replacement.declare()?;
        // The old store stays open, so that nobody writes to it while it goes.
        replace::finish(path)?;
        drop(old);
        Ok(MigrateReport {
            from: found,
            ..report
        })
    }

    /// Reports that there was nothing to migrate.
    fn unchanged(&self) -> MigrateReport {
        let manifest = self.state().manifest.clone();
        MigrateReport {
            from: FORMAT,
            to: FORMAT,
            articles: manifest.articles,
            events: manifest.events,
            runs: manifest.runs,
        }
    }
}

/// Copies an old store into a new one, and compares what came out.
fn copy(old: &SledBackend, new: &Store) -> Result<MigrateReport, StoreError> {
    let mut report = MigrateReport {
        from: legacy::FORMAT,
        to: FORMAT,
        articles: 0,
        events: 0,
        runs: 0,
    };
    let mut events = 0;
    let mut loader = new.loader();
    for entry in old.scan(vec![0]..vec![u8::MAX; 2]) {
        let (key, value) = entry?;
        match legacy::decode(&key, &value)? {
            Record::Article(row) => {
                report.articles += 1;
                report.events += row.1.len() as u64;
                copy_article(old, &mut loader, *row)?;
            }
            Record::Event(_) => events += 1,
            Record::Run(run) => {
                report.runs += 1;
                new.put_run(&run)?;
            }
            Record::Dictionary(text) => new.set_dictionary(&text)?,
            Record::Format => {}
        }
    }
    loader.finish()?;
    let checked = new.check()?;
    let counts = [checked.articles, checked.events, checked.runs, events];
    let expected = [report.articles, report.events, report.runs, report.events];
    if counts != expected || !checked.is_sound() {
        let first = checked.problems.first();
        let reason = first.map_or_else(
            || {
                format!(
                    "{} articles, {} events and {} runs are to be copied, {} events lie there; \
                     {} articles, {} events and {} runs came out",
                    report.articles,
                    report.events,
                    report.runs,
                    events,
                    checked.articles,
                    checked.events,
                    checked.runs
                )
            },
            ToString::to_string,
        );
        return Err(envelope::damaged(Key::Manifest, reason));
    }
    Ok(report)
}

fn copy_article(
    old: &SledBackend,
    loader: &mut Loader<'_>,
    (article, ids, run, added): ArticleRow,
) -> Result<(), StoreError> {
    let mut events = Vec::with_capacity(ids.len());
    let mut seen = BTreeSet::new();
    for id in ids {
        let key = legacy::event_key(id);
        let value = old.get(&key)?.filter(|_| seen.insert(id));
        let missing = || {
            let reason = format!("its event {id} is missing, or listed twice");
            envelope::damaged(Key::Article(article.id), reason)
        };
        if let Record::Event(event) = legacy::decode(&key, &value.ok_or_else(missing)?)? {
            events.push(*event);
        }
    }
    loader.put(article, events, run, added)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Copies the store of format 1 that the tests of the program have.
    fn copy_of_v1(to: &Path) {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store_v1");
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(fixture).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }

    #[test]
    fn a_damaged_record_is_named_and_nothing_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        copy_of_v1(&path);
        let old = SledBackend::open(&path).unwrap();
        let (key, value) = old.scan(vec![b'e']..vec![b'f']).next().unwrap().unwrap();
        let mut damaged = value.clone();
        *damaged.last_mut().unwrap() ^= 1;
        old.rewrite(Vec::new(), vec![(key.clone(), damaged)])
            .unwrap();
        old.flush().unwrap();
        drop(old);
        let error = Store::migrate(&path, None).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains("checksum"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let old = SledBackend::open(&path).unwrap();
        old.rewrite(Vec::new(), vec![(key, value)]).unwrap();
        old.flush().unwrap();
        drop(old);
        assert_eq!(Store::migrate(&path, None).unwrap().events, 5);
    }

    /// However far a migration came before it was cut off, one store is left and is the same.
    #[test]
    fn a_migration_that_was_cut_off_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let whole = folder.path().join("whole.db");
        copy_of_v1(&whole);
        Store::migrate(&whole, None).unwrap();
        let expected = Store::open(&whole, OpenMode::Existing)
            .unwrap()
            .content_hash()
            .unwrap();
        for step in 0..4 {
            let path = folder.path().join(format!("{step}.db"));
            copy_of_v1(&path);
            let old = SledBackend::open(&path).unwrap();
            let replacement = Replacement::begin(&path).unwrap();
            let new = Store::open(&replacement.next(), OpenMode::Create).unwrap();
            copy(&old, &new).unwrap();
            new.close().unwrap();
            drop(old);
            if step > 0 {
                replacement.declare().unwrap();
            }
            let moved = folder.path().join(format!("{step}.db.demarche-old"));
            if step > 1 {
                fs::rename(&path, &moved).unwrap();
            }
            if step > 2 {
                fs::rename(replacement.next(), &path).unwrap();
            }
            Store::migrate(&path, None).unwrap();
            let store = Store::open(&path, OpenMode::Existing).unwrap();
            assert_eq!(store.content_hash().unwrap(), expected, "{step}");
            assert!(!replacement.next().exists() && !moved.exists(), "{step}");
        }
    }
}
