//! What must hold of damaged stores: nothing wrong comes out in silence, and repairing brings back
//! everything that the damage did not hit.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::model::{ArticleId, EventId};
use crate::store::sample::{TODAY, coded_article, event, run_start};
use crate::store::suite::{EARLY, problems};
use crate::store::{ContentHash, OpenMode, Store, StoreError};

/// How many articles are sealed; as many again are not.
const SEALED: u32 = 40;

/// Makes a store of sealed and open articles, of which some were removed and coded anew, and closes
/// it.
fn make(path: &Path) -> ContentHash {
    let mut store = Store::open(path, OpenMode::Create).unwrap();
    let mut run = store.begin_run(run_start()).unwrap();
    let limits = std::mem::replace(&mut store.limits, EARLY);
    store.limits.open_events_max = 30;
    for number in 0..2 * SEALED {
        if number == SEALED {
            store.finish_run(&run).unwrap();
            store.limits = limits;
        }
        let (article, events) = coded_article(number);
        store
            .put_article(&article, &events, run.run, TODAY)
            .unwrap();
        run.articles_new += 1;
    }
    store.set_dictionary("# demarche dictionary 1\n").unwrap();
    store.flush().unwrap();
    for number in [3, SEALED + 3] {
        store.remove_article(coded_article(number).0.id).unwrap();
        let (article, mut events) = coded_article(number + 1);
        events[1] = event(&article, "112", ["Putin", "rejected", "Ankara"]);
        assert!(store.recode_article(article.id, &events).unwrap());
    }
    store.flush().unwrap();
    let stats = store.stats().unwrap();
    assert_eq!((stats.articles, stats.open_articles), (78, 40));
    assert!(stats.blocks > 1);
    store.content_hash().unwrap()
}

fn content(path: &Path) -> Result<ContentHash, StoreError> {
    Store::open(path, OpenMode::Existing)?.content_hash()
}

/// Returns a fresh copy of a store.
fn copy(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).unwrap();
    }
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn files_of(path: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

fn invert(file: &Path, start: usize, length: usize) {
    let mut bytes = fs::read(file).unwrap();
    for byte in bytes.iter_mut().skip(start).take(length) {
        *byte = !*byte;
    }
    fs::write(file, bytes).unwrap();
}

/// Asserts that a damaged store gives the right answer or an error, and that repairing it loses at
/// most some articles and says so.
fn check_damaged(path: &Path, expected: ContentHash, what: &str) {
    let before = content(path);
    if let Ok(found) = &before {
        assert_eq!(*found, expected, "{what}: a wrong answer in silence");
    }
    let report = match Store::repair(path, None) {
        Ok(report) => report,
        Err(error) => panic!("{what}: {error}"),
    };
    let store = Store::open(path, OpenMode::Existing).unwrap();
    let sound = store.check_deep().unwrap();
    assert!(sound.is_sound(), "{what}: {:#?}", sound.problems);
    let articles = store.stats().unwrap().articles;
    assert_eq!(articles, report.articles, "{what}");
    if store.content_hash().unwrap() != expected {
        assert!(
            report.lost_total > 0 || report.expected.is_none_or(|(all, _)| all > articles),
            "{what}: lost in silence: {report:#?}"
        );
    }
    drop(store);
    assert!(report.kept.exists(), "{what}");
    fs::remove_dir_all(report.kept).unwrap();
}

#[test]
fn a_damaged_stretch_of_any_sealed_file_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, path) = (folder.path().join("whole"), folder.path().join("news.db"));
    let expected = make(&whole);
    let sealed = |file: &PathBuf| {
        let ending = file
            .extension()
            .map(|ending| ending.to_string_lossy().into_owned());
        matches!(ending.as_deref(), Some("block" | "texts"))
    };
    for file in files_of(&whole).iter().filter(|file| sealed(file)) {
        let length = fs::read(file).unwrap().len();
        copy(&whole, &path);
        let damaged = path.join(file.file_name().unwrap());
        invert(&damaged, length / 2, 64);
        assert_eq!(content(&path).unwrap(), expected);
        let store = Store::open(&path, OpenMode::Existing).unwrap();
        let told = problems(&store);
        assert!(
            matches!(&*told, [one] if one.contains("can be made again")),
            "{told:?}"
        );
        drop(store);
        Store::compact(&path, None).unwrap();
        assert_eq!(content(&path).unwrap(), expected);
        let store = Store::open(&path, OpenMode::Existing).unwrap();
        assert_eq!(
            problems(&store),
            ["run 1: it added 40 articles, 78 are there"]
        );
    }
}

#[test]
fn a_tree_that_is_gone_is_found_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, path) = (folder.path().join("whole"), folder.path().join("news.db"));
    let expected = make(&whole);
    // The configuration of sled, without which it opens nothing.
    for damage in ["conf", "snap", "demarche-store"] {
        copy(&whole, &path);
        for file in files_of(&path) {
            if file
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(damage)
            {
                fs::write(file, "no such thing").unwrap();
            }
        }
        if damage != "snap" {
            assert!(content(&path).is_err(), "{damage}");
        }
        let report = Store::repair(&path, None).unwrap();
        assert_eq!(report.articles, 78, "{report:#?}");
        assert_eq!(report.expected, Some((78, 156)));
        assert_eq!(content(&path).unwrap(), expected, "{damage}: {report:#?}");
        let store = Store::open(&path, OpenMode::Existing).unwrap();
        assert_eq!(store.runs().count(), 1);
        assert!(store.dictionary().unwrap().is_some());
    }
}

#[test]
fn without_the_tree_all_that_is_sealed_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    make(&path);
    let store = Store::open(&path, OpenMode::Existing).unwrap();
    let sealed: BTreeSet<ArticleId> = (0..SEALED)
        .map(|number| coded_article(number).0.id)
        .collect();
    let gone = coded_article(3).0.id;
    drop(store);
    fs::remove_file(path.join("db")).unwrap();
    assert!(content(&path).is_err());
    let report = Store::repair(&path, None).unwrap();
    assert!(report.lost_total > 0);
    let store = Store::open(&path, OpenMode::Existing).unwrap();
    let found: BTreeSet<ArticleId> = store
        .articles()
        .map(|stored| stored.unwrap().article.id)
        .collect();
    let missing: Vec<_> = sealed.difference(&found).copied().collect();
    // What was removed, and nothing else; the tree that said so is gone.
    assert!(missing.is_empty() || missing == [gone], "{missing:?}");
}

#[test]
fn a_shortened_store_is_told_and_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    make(&path);
    let length = fs::metadata(path.join("db")).unwrap().len();
    let db = fs::File::options()
        .write(true)
        .open(path.join("db"))
        .unwrap();
    db.set_len(length / 2).unwrap();
    drop(db);
    let error = content(&path).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Shortened { .. } | StoreError::Unreadable { .. }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("repair"), "{error}");
    let report = Store::repair(&path, None).unwrap();
    assert_eq!(report.expected, Some((78, 156)));
    assert!(report.articles >= u64::from(SEALED) - 1, "{report:#?}");
    assert!(content(&path).is_ok());
}

#[test]
fn a_lost_block_loses_its_own_articles_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    make(&path);
    let store = Store::open(&path, OpenMode::Existing).unwrap();
    let lost = store.state().blocks.values().next().unwrap().entry.clone();
    drop(store);
    fs::remove_file(path.join(lost.number.block_file())).unwrap();
    assert!(matches!(content(&path), Err(StoreError::Damaged { .. })));
    let report = Store::repair(&path, None).unwrap();
    let there = lost.articles - lost.gone_articles;
    assert_eq!(report.articles, 78 - u64::from(there));
    assert_eq!(report.lost_total, 1, "{report:#?}");
    let told = report.lost[0].to_string();
    assert!(told.contains(&format!("{there} articles")), "{told}");
}

#[test]
fn what_is_no_store_is_not_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Store::repair(&folder.path().join("none"), None);
    assert!(matches!(missing, Err(StoreError::Missing { .. })));
    fs::write(folder.path().join("letter.txt"), "Dear Sir").unwrap();
    let other = Store::repair(folder.path(), None);
    assert!(matches!(other, Err(StoreError::NotAStore { .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_goes_unnoticed(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        let expected = make(&path);
        let files = files_of(&path);
        let file = file.get(&files);
        let length = fs::metadata(file).unwrap().len();
        let at = at.index(usize::try_from(length).unwrap().max(1));
        if is_cut {
            let open = fs::File::options().write(true).open(file).unwrap();
            open.set_len(at as u64).unwrap();
        } else {
            invert(file, at, 64);
        }
        check_damaged(&path, expected, &format!("{}, {at}, cut {is_cut}", file.display()));
    }
}

#[test]
fn compacting_makes_one_of_many_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    let expected = make(&path);
    let events =
        |store: &Store| -> Vec<EventId> { store.events().map(|event| event.unwrap().id).collect() };
    let before = events(&Store::open(&path, OpenMode::Existing).unwrap());
    let report = Store::compact(&path, None).unwrap();
    assert_eq!((report.articles, report.events), (78, 156));
    let store = Store::open(&path, OpenMode::Existing).unwrap();
    assert_eq!(store.content_hash().unwrap(), expected);
    assert_eq!(events(&store), before);
    let stats = store.stats().unwrap();
    assert_eq!(
        (stats.blocks, stats.open_articles, stats.gone_articles),
        (1, 0, 0)
    );
    assert!(store.dictionary().unwrap().is_some());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn compacting_that_was_cut_off_leaves_one_whole_store() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let expected = make(&whole);
    for step in 0..5 {
        let path = folder.path().join(format!("{step}"));
        let beside = |ending: &str| folder.path().join(format!("{step}.demarche-{ending}"));
        copy(&whole, &path);
        copy(&whole, &beside("next"));
        if step == 0 {
            // The new one is not whole yet.
            fs::write(
                beside("next").join("demarche-store"),
                "demarche store, unfinished\n",
            )
            .unwrap();
        }
        if step > 1 {
            fs::write(path.join("demarche-store"), "demarche store, replaced\n").unwrap();
        }
        if step > 2 {
            fs::rename(&path, beside("old")).unwrap();
        }
        if step > 3 {
            fs::rename(beside("next"), &path).unwrap();
        }
        assert_eq!(content(&path).unwrap(), expected, "{step}");
        assert!(
            !beside("next").exists() && !beside("old").exists(),
            "{step}"
        );
    }
}

#[test]
fn a_compaction_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    make(&path);
    let block = files_of(&path)
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "block"))
        .unwrap();
    fs::write(&block, "no block").unwrap();
    assert!(matches!(
        Store::compact(&path, None),
        Err(StoreError::Damaged { .. })
    ));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(fs::read(&block).unwrap(), b"no block");
}
