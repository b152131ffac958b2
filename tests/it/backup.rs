//! A backup is written, restored and refused as a user meets it.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use demarche::store::{ContentHash, OpenMode, Store};
use tempfile::TempDir;

use crate::support::{check, demarche, program, stderr, stdout};

const ARTICLES: &str = "tests/fixtures/cli/calls.txt";

struct Fixture {
    folder: TempDir,
    store: PathBuf,
    file: PathBuf,
}

/// A store of three small articles, and its backup.
fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let file = folder.path().join("backup.gz");
    let add = ["actors", "add", "Mara Dovrin", "--country", "Norway"];
    check(&store, &add, 0, "person:mara-dovrin", "");
    check(&store, &["ingest", ARTICLES], 0, "run 1: 3 articles", "");
    let told = "1 run, 3 articles, 8 events, 8 mentions, ";
    check(&store, &["db", "backup", text(&file)], 0, told, "");
    Fixture {
        folder,
        store,
        file,
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn content(store: &Path) -> ContentHash {
    let store = Store::open(store, OpenMode::Existing).unwrap();
    store.content_hash().unwrap()
}

/// Returns the names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Runs a call of the shell with the program as `$1` and further words as `$2` and on.
#[cfg(unix)]
fn shell(script: &str, words: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(program())
        .args(words)
        .output()
        .unwrap()
}

#[test]
fn a_backup_comes_back() {
    let Fixture {
        folder,
        store,
        file,
    } = fixture();
    let again = folder.path().join("again");
    let told = "1 run, 3 articles, 8 events, 8 mentions restored";
    check(&again, &["db", "restore", text(&file)], 0, told, "");
    assert_eq!(content(&again), content(&store));
    check(&again, &["db", "check"], 0, "1 runs: sound", "");
    check(&again, &["actors", "list", "--own"], 0, "mara-dovrin", "");
    for question in ["events --format jsonl", "contacts putin", "export dot"] {
        let words: Vec<&str> = question.split(' ').collect();
        let answers = [&store, &again].map(|store| stdout(&demarche(store, &words)));
        assert_eq!(answers[0], answers[1], "{question}");
    }
    let second = folder.path().join("second.gz");
    let words = ["db", "backup", text(&second), "--threads", "1"];
    check(&again, &words, 0, "", "");
    assert_eq!(fs::read(&second).unwrap(), fs::read(&file).unwrap());
    // Each takes the other's articles for its own.
    check(
        &again,
        &["ingest", ARTICLES],
        0,
        "run 2: 0 articles added, 3 known",
        "",
    );
    check(&again, &["undo"], 0, "run 2 of ", "");
    check(&again, &["undo"], 0, "8 events taken out", "");
    check(
        &again,
        &["ingest", ARTICLES],
        0,
        "run 3: 3 articles added",
        "",
    );
    assert_eq!(content(&again), content(&store));
    assert_eq!(
        names(folder.path()),
        ["again", "backup.gz", "second.gz", "store"]
    );
}

#[cfg(unix)]
#[test]
fn backups_go_through_pipes() {
    let Fixture {
        folder,
        store,
        file,
    } = fixture();
    let again = folder.path().join("again");
    let piped = "\"$1\" --store \"$2\" db backup - | \"$1\" --store \"$3\" db restore -";
    let output = shell(piped, &[text(&store), text(&again)]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(content(&again), content(&store));
    assert!(
        stderr(&output).contains("3 articles"),
        "{}",
        stderr(&output)
    );
    // Whatever shows gzip shows what is in it, and what it shows is read too.
    let plain = folder.path().join("plain");
    let shown = "gzip -dc \"$2\" | \"$1\" --store \"$3\" db restore -";
    let output = shell(shown, &[text(&file), text(&plain)]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(content(&plain), content(&store));
    // Whoever compresses it again is told how to go on.
    let other = "gzip -dc \"$2\" | gzip -c | \"$1\" --store \"$3\" db restore -";
    let third = folder.path().join("third");
    let output = shell(other, &[text(&file), text(&third)]);
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert!(
        told.contains("gzip -dc FILE | demarche db restore -"),
        "{told}"
    );
}

#[test]
fn a_file_is_replaced_only_when_asked() {
    let Fixture {
        folder,
        store,
        file,
    } = fixture();
    let before = fs::read(&file).unwrap();
    fs::write(&file, "precious").unwrap();
    let words = ["db", "backup", text(&file)];
    check(&store, &words, 2, "", "backup.gz is there already");
    assert_eq!(fs::read(&file).unwrap(), b"precious");
    // What a killed process left is of no use and in nobody's way.
    fs::write(folder.path().join("backup.gz.part"), "half").unwrap();
    check(
        &store,
        &["db", "backup", text(&file), "--force"],
        0,
        "3 articles",
        "",
    );
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(names(folder.path()), ["backup.gz", "store"]);
    let here = ["db", "backup", text(folder.path())];
    check(&store, &here, 2, "", "is a folder: name a file");
    let nowhere = ["db", "backup", "/nonexistent/folder/backup.gz"];
    check(&store, &nowhere, 2, "", "/nonexistent/folder/backup.gz");
    let none = folder.path().join("none");
    check(
        &none,
        &["db", "backup", text(&none)],
        4,
        "",
        "there is no store",
    );
}

#[test]
fn only_a_new_store_is_restored_into() {
    let Fixture {
        folder,
        store,
        file,
    } = fixture();
    let before = content(&store);
    let words = ["db", "restore", text(&file)];
    check(&store, &words, 4, "", "is not empty: name a new folder");
    check(
        &store,
        &["db", "restore", text(&file), "--skip-damaged"],
        4,
        "",
        "not empty",
    );
    assert_eq!(content(&store), before);
    let open = Store::open(&store, OpenMode::Existing).unwrap();
    check(&store, &words, 4, "", "in use");
    drop(open);
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    check(&other, &words, 0, "3 articles", "");
    let letters = folder.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("letter.txt"), "Dear Sir").unwrap();
    check(&letters, &words, 4, "", "is not a demarche store");
    assert_eq!(names(&letters), ["letter.txt"]);
    assert_eq!(
        names(folder.path()),
        ["backup.gz", "letters", "other", "store"]
    );
}

#[test]
fn wrong_files_are_named_and_nothing_is_left() {
    let Fixture { folder, file, .. } = fixture();
    let whole = fs::read(&file).unwrap();
    let mut inverted = whole.clone();
    for byte in &mut inverted[100..164] {
        *byte ^= 0xff;
    }
    let newer = "{\"line\":1,\"backup\":{\"format\":\"demarche backup\",\"version\":9}}\n";
    let cases: [(&str, &[u8], &str); 7] = [
        ("empty", b"", "it is empty"),
        (
            "photo.jpg",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0H",
            "it is a picture",
        ),
        (
            "articles.jsonl",
            b"{\"text\":\"An article.\"}\n",
            "no backup",
        ),
        (
            "cut.gz",
            &whole[..whole.len() / 2],
            "--skip-damaged restores",
        ),
        (
            "endless.gz",
            &whole[..whole.len() - 40],
            "--skip-damaged restores",
        ),
        ("inverted.gz", &inverted, "is damaged"),
        (
            "newer.gz",
            newer.as_bytes(),
            "has version 9, this demarche reads versions up to 1",
        ),
    ];
    let again = folder.path().join("again");
    for (name, bytes, expected) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        check(&again, &["db", "restore", text(&path)], 3, "", expected);
        check(&again, &["db", "restore", text(&path)], 3, "", name);
        fs::remove_file(&path).unwrap();
    }
    check(
        &again,
        &["db", "restore", "/no/such/file"],
        2,
        "",
        "/no/such/file",
    );
    check(
        &again,
        &["db", "restore", text(folder.path())],
        2,
        "",
        "is a folder",
    );
    assert_eq!(names(folder.path()), ["backup.gz", "store"]);
}

#[test]
fn damage_costs_only_what_it_hit() {
    let Fixture {
        folder,
        store,
        file,
    } = fixture();
    let zipped = fs::File::open(&file).unwrap();
    let mut decoder = flate2::read::MultiGzDecoder::new(zipped);
    let mut lines = String::new();
    std::io::Read::read_to_string(&mut decoder, &mut lines).unwrap();
    // Lines: 1 backup, 2 run, 3 dictionary, 4 to 6 articles, 7 end.
    let damaged = folder.path().join("damaged.jsonl");
    fs::write(
        &damaged,
        lines.replacen(
            "\"outlet\":\"Sample Wire\"",
            "\"outlet\":\"Simple Wire\"",
            1,
        ),
    )
    .unwrap();
    let again = folder.path().join("again");
    let words = ["db", "restore", text(&damaged)];
    check(
        &again,
        &words,
        3,
        "",
        "of the backup is damaged: the checksum does not match",
    );
    let words = ["--skip-damaged", "db", "restore", text(&damaged)];
    let told = "1 run, 2 articles";
    check(&again, &words, 1, told, ": the checksum does not match");
    check(&again, &["db", "check"], 0, "2 articles", "");
    // The same ingest brings back what is missing.
    check(
        &again,
        &["ingest", ARTICLES],
        0,
        "run 2: 1 articles added, 2 known",
        "",
    );
    assert_eq!(content(&again), content(&store));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, file) = (folder.path().join("store"), folder.path().join("backup.gz"));
    check(&store, &["ingest", "data/articles"], 0, "", "");
    let full = shell(
        "\"$1\" --store \"$2\" db backup - > /dev/full",
        &[text(&store)],
    );
    assert_eq!(full.status.code(), Some(2));
    assert!(
        stderr(&full).contains("cannot write the backup: No space left"),
        "{}",
        stderr(&full)
    );
    // A limit on the size of files; in blocks of 512 bytes, or 1024 with some shells.
    let limited = "trap '' XFSZ; ulimit -f 20; \"$1\" --store \"$2\" db backup \"$3\"";
    let output = shell(limited, &[text(&store), text(&file)]);
    assert_ne!(output.status.code(), Some(0));
    assert!(
        stderr(&output).contains("File too large"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names(folder.path()), ["store"]);

    check(&store, &["db", "backup", text(&file)], 0, "79 articles", "");
    let again = folder.path().join("again");
    let limited = "trap '' XFSZ; ulimit -f 100; \"$1\" --store \"$3\" db restore \"$2\"";
    let output = shell(limited, &[text(&file), text(&again)]);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("nothing was restored"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names(folder.path()), ["backup.gz", "store"]);
}

#[cfg(unix)]
#[test]
fn a_stopped_restore_leaves_nothing() {
    let Fixture { folder, file, .. } = fixture();
    let again = folder.path().join("again");
    // The end of the backup never comes.
    let mut child = Command::new(program())
        .args(["db", "restore", "-"])
        .env("DEMARCHE_STORE", &again)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let bytes = fs::read(&file).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, &bytes[..bytes.len() - 40]).unwrap();
    while !names(folder.path()).contains(&"again.demarche-new".to_owned()) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    check(&again, &["events"], 4, "", "there is no store");
    check(&again, &["db", "restore", text(&file)], 0, "3 articles", "");
    assert_eq!(names(folder.path()), ["again", "backup.gz", "store"]);
}

#[test]
fn threads_and_order_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let backup = |name: &str, words: &[&str]| {
        let store = folder.path().join(name);
        let output = demarche(&store, words);
        assert!(output.status.success(), "{}", stderr(&output));
        let file = folder.path().join(format!("{name}.gz"));
        check(&store, &["db", "backup", text(&file)], 0, "", "");
        (content(&store), fs::read(file).unwrap())
    };
    let one = backup("one", &["ingest", "data/articles", "--threads", "1"]);
    let two = backup("two", &["ingest", "data/articles", "--threads", "2"]);
    assert!(
        one == two,
        "one thread and two give the same store and the same backup"
    );
}
