//! What must hold of backups, whichever backend they come from or go to.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use crate::backup::sample::{Coded, any_article, coded_article, put};
use crate::backup::{
    BackupError, BackupOptions, BackupReport, OnDamage, RestoreOptions, RestoreReport, restore,
    write_backup,
};
use crate::store::{OpenMode, RunRecord, Store};

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

/// Writes a backup of a sound store.
pub(super) fn backup(store: &Store, count: usize) -> (Vec<u8>, BackupReport) {
    let mut bytes = Vec::new();
    let options = BackupOptions {
        on_damage: OnDamage::Stop,
        threads: threads(count),
    };
    let report = write_backup(store, options, &AtomicBool::new(false), &mut bytes).unwrap();
    assert_eq!(report.bytes, bytes.len() as u64);
    (bytes, report)
}

/// Restores a backup into memory.
pub(super) fn restored(
    bytes: &[u8],
    on_damage: OnDamage,
) -> Result<(Store, RestoreReport), BackupError> {
    let store = Store::in_memory();
    let report = restore_into(&store, bytes, on_damage, 2)?;
    Ok((store, report))
}

fn restore_into(
    store: &Store,
    bytes: &[u8],
    on_damage: OnDamage,
    count: usize,
) -> Result<RestoreReport, BackupError> {
    let options = RestoreOptions {
        on_damage,
        threads: threads(count),
    };
    restore(bytes, store, options, &AtomicBool::new(false), &mut |_| {})
}

/// Fills a store with three runs, one of which is undone and one not finished, and a dictionary.
pub(super) fn fill(store: &Store, articles: Vec<Coded>) {
    put(store, articles);
    let undone = put(store, (100..103).map(coded_article));
    store.undo_run(undone.run, &AtomicBool::new(false)).unwrap();
    let open = put(store, [coded_article(200)]);
    let open = RunRecord {
        finished: false,
        records_bad: 3,
        ..open
    };
    store.save_run(&open).unwrap();
    store
        .set_dictionary("# demarche dictionary 1\ndiscard\tétoile\n")
        .unwrap();
}

/// Asserts that two stores say the same.
fn assert_same(one: &Store, other: &Store) {
    let articles = |store: &Store| -> Vec<_> { store.articles().map(Result::unwrap).collect() };
    assert_eq!(articles(one), articles(other));
    let events = |store: &Store| -> Vec<_> { store.events().map(Result::unwrap).collect() };
    assert_eq!(events(one), events(other));
    let runs = |store: &Store| -> Vec<_> { store.runs().map(Result::unwrap).collect() };
    assert_eq!(runs(one), runs(other));
    assert_eq!(one.dictionary().unwrap(), other.dictionary().unwrap());
    assert_eq!(one.content_hash().unwrap(), other.content_hash().unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everything_comes_back(articles in prop::collection::vec(any_article(), 0..6)) {
        let store = Store::in_memory();
        fill(&store, articles);
        let (bytes, report) = backup(&store, 1);
        let (again, restored) = restored(&bytes, OnDamage::Stop).unwrap();
        assert_same(&store, &again);
        prop_assert_eq!(report.totals, restored.restored);
        prop_assert_eq!(restored.expected, Some(report.totals));
        prop_assert!(restored.is_whole() && restored.left_out == 0);
        prop_assert_eq!(backup(&again, 2).0, bytes);
    }
}

#[test]
fn a_store_is_not_its_backend() {
    let folders = tempfile::tempdir().unwrap();
    let folder = Store::open(&folders.path().join("one"), OpenMode::Create).unwrap();
    fill(&folder, (0..60).map(coded_article).collect());
    let (bytes, _) = backup(&folder, 2);

    let (memory, _) = restored(&bytes, OnDamage::Stop).unwrap();
    assert_same(&folder, &memory);
    assert_eq!(memory.check().unwrap(), folder.check().unwrap());
    assert!(memory.check().unwrap().is_sound());
    assert_eq!(backup(&memory, 1).0, bytes);

    let second = Store::open(&folders.path().join("two"), OpenMode::Create).unwrap();
    restore_into(&second, &backup(&memory, 1).0, OnDamage::Stop, 1).unwrap();
    assert_same(&folder, &second);
    // Both go on alike from there.
    for store in [&folder, &memory, &second] {
        let next = put(store, (50..70).map(coded_article));
        assert_eq!((next.run.get(), next.articles_new), (4, 10));
        let (article, mut events) = coded_article(55);
        events.pop();
        assert!(store.recode_article(article.id, &events).unwrap());
        let last = store.last_run().unwrap().unwrap();
        store.undo_run(last.run, &AtomicBool::new(false)).unwrap();
        assert!(store.check().unwrap().is_sound());
    }
    assert_same(&folder, &memory);
    assert_same(&folder, &second);
}

#[test]
fn threads_change_nothing() {
    let store = Store::in_memory();
    fill(&store, (0..4000).map(coded_article).collect());
    let (bytes, _) = backup(&store, 1);
    assert!(
        bytes
            .windows(4)
            .filter(|four| *four == b"DM\x08\x00")
            .count()
            > 8
    );
    for count in 2..5 {
        assert_eq!(backup(&store, count).0, bytes);
        let again = Store::in_memory();
        restore_into(&again, &bytes, OnDamage::Stop, count).unwrap();
        assert_same(&store, &again);
    }
}

#[test]
fn an_empty_store_comes_back_empty() {
    let (bytes, _) = backup(&Store::in_memory(), 1);
    let (store, report) = restored(&bytes, OnDamage::Stop).unwrap();
    assert!(report.is_whole() && store.is_empty().unwrap());
}

#[test]
fn only_an_empty_store_is_restored_into() {
    let store = Store::in_memory();
    let (empty, _) = backup(&store, 1);
    store.set_dictionary("# demarche dictionary 1\n").unwrap();
    let refused = restore_into(&store, &empty, OnDamage::Skip, 1);
    assert!(matches!(refused, Err(BackupError::NotEmpty)));
    let store = Store::in_memory();
    put(&store, []);
    let refused = restore_into(&store, &empty, OnDamage::Skip, 1);
    assert!(matches!(refused, Err(BackupError::NotEmpty)));
}

/// Decompresses a backup.
pub(super) fn plain(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
    std::io::Read::read_to_string(&mut decoder, &mut text).unwrap();
    text
}

/// A backup that version 1 of the format wrote stays readable, and is still what is written; made
/// once, with `UPDATE_FIXTURES=1`, and never again.
#[test]
fn version_1_stays_as_it_is() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/backup/version-1.jsonl"
    );
    let store = Store::in_memory();
    fill(&store, vec![coded_article(7)]);
    let (bytes, _) = backup(&store, 1);
    let text = plain(&bytes);
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let fixture = std::fs::read_to_string(path).unwrap();
    let (again, _) = restored(fixture.as_bytes(), OnDamage::Stop).unwrap();
    assert_same(&store, &again);
    // The first line names the program, and the last has a hash over the first.
    let inner = |text: &str| -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        lines[1..lines.len() - 1]
            .iter()
            .map(|line| (*line).to_owned())
            .collect()
    };
    assert_eq!(inner(&text), inner(&fixture));
}
