//! What must hold of the folder of a store: made whole, opened again, refused by name.

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::folder::Making;
use crate::store::manifest::Manifest;
use crate::store::sample::{TODAY, coded_article, run_start};
use crate::store::{Holder, OpenMode, RunNumber, Store, StoreError};

const MARKER: &str = "demarche-store";

/// Makes a store of some articles in a folder and closes it.
fn make(path: &Path) {
    let store = Store::open(path, OpenMode::Create).unwrap();
    let run = store.begin_run(run_start()).unwrap();
    for number in 0..50 {
        let (article, events) = coded_article(number);
        store
            .put_article(&article, &events, run.run, TODAY)
            .unwrap();
    }
    store.flush().unwrap();
}

/// Returns the names and bytes of all files below a folder.
fn contents(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_store_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").join("news.db");
    make(&path);
    let before = Store::open(&path, OpenMode::Existing)
        .unwrap()
        .content_hash()
        .unwrap();
    let store = Store::open(&path, OpenMode::Create).unwrap();
    assert_eq!(store.content_hash().unwrap(), before);
    assert_eq!(store.check().unwrap().events, 100);
    let (article, events) = coded_article(50);
    store
        .put_article(&article, &events, RunNumber::new(1), TODAY)
        .unwrap();
    drop(store);
    let store = Store::open(&path, OpenMode::Existing).unwrap();
    assert!(store.check().unwrap().is_sound());
    assert_eq!(store.stats().unwrap().articles, 51);
}

#[test]
fn a_missing_store_is_not_made_by_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    let error = Store::open(&path, OpenMode::Existing).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    assert!(error.to_string().contains("demarche ingest"), "{error}");
    assert!(!path.exists());
    let empty = Store::open(folder.path(), OpenMode::Existing).unwrap_err();
    assert!(matches!(empty, StoreError::Missing { .. }), "{empty}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear Sir").unwrap();
    // Another program's sled looks like ours but for the marker.
    let other = folder.path().join("other");
    make(&other);
    fs::remove_file(other.join(MARKER)).unwrap();
    let before = contents(folder.path());
    for path in [folder.path(), &folder.path().join("letter.txt"), &other] {
        for mode in [OpenMode::Create, OpenMode::Existing] {
            let error = Store::open(path, mode).unwrap_err();
            assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
        }
    }
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_newer_format_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    fs::write(folder.path().join(MARKER), "demarche store, format 12\n").unwrap();
    let before = contents(folder.path());
    let error = Store::open(folder.path(), OpenMode::Create).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::NewerFormat {
                found: 12,
                known: 2,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn an_older_format_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    fs::write(folder.path().join(MARKER), "demarche store, format 1\n").unwrap();
    let before = contents(folder.path());
    for mode in [OpenMode::Create, OpenMode::Existing] {
        let error = Store::open(folder.path(), mode).unwrap_err();
        assert!(
            matches!(error, StoreError::OlderFormat { found: 1, .. }),
            "{error}"
        );
        assert!(error.to_string().contains("demarche db migrate"), "{error}");
    }
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn marker_and_record_must_agree_on_the_format() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let store = Store::open(folder.path(), OpenMode::Existing).unwrap();
    let manifest = Manifest {
        format: 3,
        ..Manifest::default()
    };
    store
        .backend
        .write(vec![manifest.entry().unwrap()])
        .unwrap();
    drop(store);
    let error = Store::open(folder.path(), OpenMode::Existing).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("format"), "{error}");
}

#[test]
fn a_store_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let _held = Store::open(folder.path(), OpenMode::Create).unwrap();
    for mode in [OpenMode::Create, OpenMode::Existing] {
        let error = Store::open(folder.path(), mode).unwrap_err();
        assert!(matches!(error, StoreError::Locked { .. }), "{error}");
        assert!(error.to_string().contains("another demarche process"));
    }
}

#[test]
fn the_holder_of_a_store_is_named() {
    let folder = tempfile::tempdir().unwrap();
    // As a process that was killed leaves it.
    make(folder.path());
    fs::write(folder.path().join("holder"), "1\nsomebody else\n").unwrap();
    let holder = Holder {
        process: 4711,
        command: "demarche ingest\tnews/\nand more".to_owned(),
    };
    let held = Store::open_as(folder.path(), OpenMode::Existing, Some(&holder)).unwrap();
    let error = Store::open(folder.path(), OpenMode::Existing).unwrap_err();
    let expected = "in use by process 4711 (`demarche ingest news/ and more`): wait";
    assert!(error.to_string().contains(expected), "{error}");
    drop(held);
    assert!(!folder.path().join("holder").exists());
    fs::write(folder.path().join("holder"), "1\nsomebody else\n").unwrap();
    let _held = Store::open(folder.path(), OpenMode::Existing).unwrap();
    let error = Store::open(folder.path(), OpenMode::Existing).unwrap_err();
    assert!(
        error.to_string().contains("another demarche process"),
        "{error}"
    );
}

#[test]
fn a_making_that_was_cut_off_is_taken_up() {
    for marker in ["demarche store, unfinished\n", ""] {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        fs::write(folder.path().join(MARKER), marker).unwrap();
        let error = Store::open(folder.path(), OpenMode::Existing).unwrap_err();
        assert!(matches!(error, StoreError::Missing { .. }), "{error}");
        Store::open(folder.path(), OpenMode::Create).unwrap();
        let store = Store::open(folder.path(), OpenMode::Existing).unwrap();
        assert!(store.check().unwrap().is_sound());
    }
}

#[test]
fn a_failed_making_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep").join("news.db");
    let making = Making::begin(&path).unwrap();
    for name in ["conf", "db", "snap.0"] {
        fs::write(path.join(name), "x").unwrap();
    }
    fs::create_dir(path.join("blobs")).unwrap();
    making.clear();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    // A file stands where a folder should be.
    fs::write(folder.path().join("file"), "").unwrap();
    let below = folder.path().join("file").join("news.db");
    let error = Store::open(&below, OpenMode::Create).unwrap_err();
    assert!(
        matches!(error, StoreError::Io { .. } | StoreError::NotAStore { .. }),
        "{error}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn files_of_others_survive_a_failed_making() {
    let folder = tempfile::tempdir().unwrap();
    let making = Making::begin(folder.path()).unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear Sir").unwrap();
    making.clear();
    let names: Vec<PathBuf> = contents(folder.path())
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(names, [folder.path().join("letter.txt")]);
}

#[test]
fn damaged_files_are_named() {
    fn check(file: &str, change: impl Fn(&Path), expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        change(&folder.path().join(file));
        let error = Store::open(folder.path(), OpenMode::Existing)
            .and_then(|store| store.check())
            .unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    let empty = |path: &Path| fs::write(path, "").unwrap();
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    let garbage = |path: &Path| fs::write(path, [7; 2000]).unwrap();
    check("db", empty, "the file `db` in it is empty");
    check("conf", empty, "the file `conf` in it is empty");
    check("db", remove, "db: ");
    check("conf", garbage, "cannot be read");
    check(
        MARKER,
        garbage,
        "the file `demarche-store` in it is damaged",
    );
    check(
        MARKER,
        |path| fs::write(path, "Dear Sir").unwrap(),
        "is damaged",
    );
    check(
        MARKER,
        |path| fs::write(path, "demarche store, format 0").unwrap(),
        "is damaged",
    );
}

#[test]
fn a_folder_that_is_gone_is_noticed_at_the_next_flush() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    let store = Store::open(&path, OpenMode::Create).unwrap();
    let (article, events) = coded_article(1);
    store
        .put_article(&article, &events, RunNumber::new(1), TODAY)
        .unwrap();
    fs::remove_dir_all(&path).unwrap();
    let error = store.flush().unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
}

/// sled asserts on some cut files, and takes others for the work of a process that was killed. Both
/// must come out as errors, for what is missing was safe on disk.
#[test]
fn a_cut_file_never_loses_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    make(&whole);
    let length = fs::metadata(whole.join("db")).unwrap().len();
    for with_snapshot in [true, false] {
        for tenth in 1..10 {
            let cut = folder.path().join(format!("{with_snapshot}-{tenth}"));
            fs::create_dir(&cut).unwrap();
            for (path, bytes) in contents(&whole) {
                let name = path.file_name().unwrap();
                if with_snapshot || !name.to_string_lossy().starts_with("snap.") {
                    fs::write(cut.join(name), bytes).unwrap();
                }
            }
            let db = fs::File::options().write(true).open(cut.join("db"));
            db.unwrap().set_len(length * tenth / 10).unwrap();

            match Store::open(&cut, OpenMode::Existing).and_then(|store| store.check()) {
                Ok(report) => {
                    assert!(report.is_sound(), "{tenth}: {:#?}", report.problems);
                    assert_eq!(report.articles, 50, "{tenth}");
                }
                Err(error) => assert!(
                    matches!(
                        error,
                        StoreError::Unreadable { .. }
                            | StoreError::Damaged { .. }
                            | StoreError::Shortened { .. }
                    ),
                    "{tenth}: {error}"
                ),
            }
        }
    }
}
