//! Questions to a store that is damaged: named, and with --skip-damaged answered from the rest.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use crate::support::{check, demarche, stderr, stdout};

const CALLS: &str = "tests/fixtures/cli/calls.txt";

struct Fixture {
    _folder: TempDir,
    store: PathBuf,
    /// A store of the calls alone.
    sound: PathBuf,
}

/// A store whose first articles are sealed in a block, and the calls, which are not.
fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (first, store, sound) = (at("first"), at("store"), at("sound"));
    let articles = "data/articles/2025*";
    check(&first, &["ingest", articles], 0, "articles added", "");
    let backup = at("backup.gz");
    check(
        &first,
        &["db", "backup", backup.to_str().unwrap()],
        0,
        "",
        "",
    );
    check(
        &store,
        &["db", "restore", backup.to_str().unwrap()],
        0,
        "restored",
        "",
    );
    check(&store, &["ingest", CALLS], 0, "3 articles added", "");
    check(&sound, &["ingest", CALLS], 0, "3 articles added", "");
    Fixture {
        _folder: folder,
        store,
        sound,
    }
}

/// Makes the block of a store unreadable.
fn damage_block(store: &Path) {
    let block = store.join("00000001.block");
    let mut bytes = fs::read(&block).unwrap();
    for byte in bytes.iter_mut().skip(100) {
        *byte ^= 0xff;
    }
    fs::write(block, bytes).unwrap();
}

/// Makes an article unreadable that is not sealed.
fn damage_article(store: &Path) {
    #[expect(clippy::disallowed_methods, reason = "this writes past the store")]
    let db = sled::open(store).unwrap();
    let (key, value) = db
        .iter()
        .map(Result::unwrap)
        .find(|(key, _)| key.starts_with(b"a"))
        .unwrap();
    let mut value = value.to_vec();
    *value.last_mut().unwrap() ^= 1;
    db.insert(key, value).unwrap();
    db.flush().unwrap();
}

const QUESTIONS: [&str; 11] = [
    "events",
    "events putin --format jsonl",
    "contacts putin",
    "contacts Russia --with Iran",
    "contacts putin --outlet post",
    "between putin netanyahu",
    "export dot",
    "actors show person:vladimir-putin",
    "actors search putin",
    "show 266c9be5",
    "explain 266c9be5",
];

#[test]
fn what_a_damaged_block_does_not_hold_is_answered() {
    let fixture = fixture();
    let (store, sound) = (&fixture.store, &fixture.sound);
    let whole: Vec<String> = QUESTIONS
        .iter()
        .map(|question| stdout(&ask(store, question, None)))
        .collect();
    damage_block(store);
    check_answers(&fixture, &whole, 7);
    // The index is made again from what can be read, and knows no longer what is not.
    fs::remove_file(store.join("index")).unwrap();
    check_answers(&fixture, &whole, QUESTIONS.len());
    // Nothing is left out where nothing is damaged.
    let all = ask(sound, "events", Some("--skip-damaged"));
    assert!(!stderr(&all).contains("left out"));
}

/// Asks everything of the damaged store of a fixture; so many questions at least must be stopped.
fn check_answers(fixture: &Fixture, whole: &[String], stopped_min: usize) {
    let (store, sound) = (&fixture.store, &fixture.sound);
    let (mut stopped, mut answered) = (0, 0);
    for (question, whole) in QUESTIONS.iter().zip(whole) {
        let stops = ask(store, question, None);
        if stops.status.success() {
            // The block has nothing to do with it, and that is known.
            assert_eq!(&stdout(&stops), whole, "{question}");
            continue;
        }
        stopped += 1;
        assert_eq!(stops.status.code(), Some(4), "{question}");
        let told = stderr(&stops);
        assert!(told.contains("block 1"), "{question}: {told}");
        assert_eq!(stdout(&stops), "", "{question}");

        let rest = ask(store, question, Some("--skip-damaged"));
        let expected = ask(sound, question, None);
        let told = stderr(&rest);
        assert_eq!(
            rest.status.code(),
            expected.status.code(),
            "{question}: {told}"
        );
        assert_eq!(stdout(&rest), stdout(&expected), "{question}");
        assert!(
            told.contains("left out: record `block 1`"),
            "{question}: {told}"
        );
        answered += usize::from(expected.status.success());
    }
    assert!(
        stopped >= stopped_min && answered >= 5,
        "{stopped} stopped, {answered} answered"
    );
}

fn ask(store: &Path, question: &str, more: Option<&str>) -> Output {
    let words: Vec<&str> = question.split(' ').chain(more).collect();
    demarche(store, &words)
}

#[test]
fn a_damaged_article_hides_no_other() {
    let fixture = fixture();
    let store = &fixture.sound;
    let all = stdout(&demarche(store, &["events"])).lines().count();
    damage_article(store);
    check(store, &["events"], 4, "", "record `article ");
    let rest = demarche(store, &["events", "--skip-damaged"]);
    assert_eq!(rest.status.code(), Some(0), "{}", stderr(&rest));
    assert!(
        stderr(&rest).contains("left out: record `article "),
        "{}",
        stderr(&rest)
    );
    let count = stdout(&rest).lines().count();
    assert!(count > 1 && count < all, "{count} of {all}");
}

#[test]
fn a_backup_of_the_rest_says_what_it_lacks() {
    let fixture = fixture();
    let (store, sound) = (&fixture.store, &fixture.sound);
    damage_block(store);
    let (file, again) = (store.with_extension("gz"), store.with_file_name("again"));
    let words = ["db", "backup", file.to_str().unwrap()];
    check(store, &words, 4, "", "block 1");
    assert!(!file.exists());
    let words = ["db", "backup", file.to_str().unwrap(), "--skip-damaged"];
    check(
        store,
        &words,
        1,
        "2 runs, 3 articles",
        "left out: record `block 1`",
    );
    let words = ["db", "restore", file.to_str().unwrap()];
    let told = "1 records were damaged when the backup was made";
    check(&again, &words, 0, "3 articles", told);
    let answers = [sound, &again].map(|store| stdout(&demarche(store, &["events"])));
    assert_eq!(answers[0], answers[1]);
}
