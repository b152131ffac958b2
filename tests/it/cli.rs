//! The command line as a user meets it: words, outputs and exit codes.
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, thread};

use demarche::store::{OpenMode, Store};
use tempfile::TempDir;

use crate::support::{check, demarche, program, stderr, stdout};

const ARTICLES: &str = "tests/fixtures/cli/calls.txt";

struct Fixture {
    _folder: TempDir,
    store: PathBuf,
}

/// A store of three small articles. Sled lets one process in at a time, so each test that runs
/// at the same time needs its own.
fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let output = demarche(&store, &["ingest", ARTICLES]);
    assert!(output.status.success(), "{}", stderr(&output));
    Fixture {
        _folder: folder,
        store,
    }
}

/// Calls, each with what must be on standard output and on standard error.
const QUESTIONS: &[(&str, &str, &str)] = &[
    (
        "contacts putin",
        "Benjamin Netanyahu\tperson:benjamin-netanyahu\t1\t2\t",
        "1 event with 1 partner",
    ),
    (
        "contacts Russia",
        "Israel\tstate:ISR\t1\t2\t",
        "Russia: Russia (state:RUS)",
    ),
    ("contacts RUS --with Iran", "Iran\tstate:IRN\t1\t1\t", ""),
    ("contacts putin --level state", "state:ISR", ""),
    (
        "contacts office:RUS-president --level person",
        "Benjamin Netanyahu",
        "",
    ),
    ("contacts Israel --type accuse", "state:IRN", ""),
    ("contacts Israel --type 11", "state:IRN", ""),
    ("contacts putin --outlet post", "\t1\t1\t", ""),
    (
        "contacts putin --known-by 2026-01-16",
        "\t1\t1\t",
        "known by: 2026-01-16",
    ),
    ("contacts putin --min-texts 2", "\t1\t2\t", ""),
    (
        "events --from 2026-01 --to 2026-01",
        "041",
        "dates: 2026-01-01 to 2026-01-31",
    ),
    ("events --status planned", "planned", ""),
    (
        "events --from 2026-02-10 --status planned --include-uncertain",
        "042",
        "",
    ),
    ("events --country Germany", "state:DEU", ""),
    ("events --limit 1", "", "shown: 1 of"),
    ("between putin netanyahu", "urged restraint on", ""),
    (
        "actors search putin",
        "person:vladimir-putin\tVladimir Putin\tperson\t2",
        "",
    ),
    ("export dot", "digraph", "actors"),
    ("codes 041", "Discuss by telephone", ""),
    ("db check", "sound", ""),
    ("db stats", "articles\t3", ""),
];

#[test]
fn questions_are_answered() {
    let fixture = fixture();
    for (call, out, err) in QUESTIONS {
        let words: Vec<&str> = call.split(' ').collect();
        check(&fixture.store, &words, 0, out, err);
    }
    let office = &["contacts", "president of Russia"];
    check(
        &fixture.store,
        office,
        0,
        "office:ISR-prime-minister",
        "office:RUS-president",
    );
    let uncertain = &["events", "--from", "2026-02-10", "--status", "planned"];
    check(&fixture.store, uncertain, 1, "", "left out: 1 event");
}

#[test]
fn wrong_words_get_a_hint() {
    let fixture = fixture();
    let check = |words: &[&str], code, err| check(&fixture.store, words, code, "", err);
    check(
        &["contacts", "putinn"],
        1,
        "did you mean Vladimir Putin (person:vladimir-putin)",
    );
    check(&["contacts", "qqqqqqqqqq"], 1, "demarche actors search");
    check(&["contacts", ""], 1, "nobody");
    check(
        &["contacts", "Chile"],
        1,
        "nothing found: no contacts of state:CHL",
    );
    check(&["events", "--country", "Germny"], 1, "Germany (DEU)");
    check(&["events", "--type", "consul"], 2, "did you mean CONSULT?");
    check(&["events", "--from", "soon"], 2, "soon");
    check(
        &["events", "--from", "2026-02", "--to", "2026-01"],
        2,
        "2026",
    );
    check(&["events", "--min-confidence", "7"], 2, "from 0 to 1");
    check(&["events", "--status", "perhaps"], 2, "possible values");
    check(&["show", "ffffffffffffffff"], 1, "demarche events");
    check(&["show", "not-an-id"], 1, "no event");
    check(&["frobnicate"], 2, "unrecognized subcommand");
    check(&[], 2, "Usage");
    check(&["codes", "ZZZ"], 1, "demarche codes");
    check(&["ingest", "no/such/file.txt"], 2, "no/such/file.txt");
    check(&["ingest"], 2, "required");
    check(&["--store", "/nonexistent/nothing", "events"], 4, "nothing");
    check(
        &["export", "dot", "--out", "/nonexistent/folder/x.dot"],
        2,
        "/nonexistent/folder/x.dot",
    );
}

#[test]
fn every_command_explains_itself() {
    let commands = [
        "ingest", "extract", "contacts", "between", "events", "show", "actors", "export", "codes",
        "db", "undo", "demo",
    ];
    for command in commands {
        let output = demarche(Path::new("unused"), &[command, "--help"]);
        assert!(output.status.success(), "{command}");
        assert!(stdout(&output).contains("Usage: demarche"), "{command}");
    }
    assert!(!Path::new("unused").exists(), "help makes no store");
}

#[test]
fn every_format_is_whole() {
    let fixture = fixture();
    for words in [
        vec!["events"],
        vec!["contacts", "putin"],
        vec!["between", "putin", "netanyahu"],
        vec!["db", "stats"],
    ] {
        let run = |format: &str| {
            let mut words = words.clone();
            words.extend(["--format", format]);
            let output = demarche(&fixture.store, &words);
            assert!(output.status.success(), "{words:?}: {}", stderr(&output));
            stdout(&output)
        };
        let array: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
        let count = array.as_array().unwrap().len();
        assert!(count > 0);
        for line in run("jsonl").lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(record.is_object());
        }
        assert_eq!(run("jsonl").lines().count(), count, "{words:?}");
        assert_eq!(run("tsv").lines().count(), count + 1, "{words:?}");
        assert_eq!(run("csv").lines().count(), count + 1, "{words:?}");
        assert!(run("md").starts_with('|'), "{words:?}");
        assert!(run("table").contains('─'), "{words:?}");
    }
}

/// The record keeps to the contract with users' programs, field by field.
#[test]
fn event_records_have_every_field() {
    let fixture = fixture();
    let output = demarche(
        &fixture.store,
        &[
            "between",
            "putin",
            "netanyahu",
            "--type",
            "041",
            "--format",
            "jsonl",
        ],
    );
    let record: serde_json::Value =
        serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    let fields: Vec<&String> = record.as_object().unwrap().keys().collect();
    insta::assert_snapshot!(
        "event_record_fields",
        fields
            .iter()
            .map(|f| f.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert_eq!(record["source_id"], "person:vladimir-putin");
    assert_eq!(record["reports"], 2);
    assert_eq!(record["mentions"].as_array().unwrap().len(), 2);
    assert_eq!(record["cameo"], "041");
    assert_eq!(record["date"], "2026-01-16");
    assert!(
        record["mentions"][0]["url"]
            .as_str()
            .unwrap()
            .starts_with("https://example.org/calls/")
    );
}

#[test]
fn people_read_this() {
    let fixture = fixture();
    let shown = |words: &[&str]| {
        let output = demarche(&fixture.store, words);
        format!(
            "$ demarche {}\n{}{}",
            words.join(" "),
            stdout(&output),
            stderr(&output)
        )
    };
    insta::assert_snapshot!(
        "contacts",
        shown(&["contacts", "Russia", "--format", "table"])
    );
    insta::assert_snapshot!(
        "events",
        shown(&["events", "--status", "all", "--format", "table"])
    );
    insta::assert_snapshot!(
        "between",
        shown(&["between", "putin", "netanyahu", "--format", "md"])
    );
    insta::assert_snapshot!("dot", shown(&["export", "dot", "--clusters"]));
    let ids = stdout(&demarche(
        &fixture.store,
        &["between", "putin", "netanyahu", "--type", "phone"],
    ));
    let id = ids.lines().nth(1).unwrap().split('\t').next().unwrap();
    insta::assert_snapshot!("show", shown(&["show", id]));
}

#[test]
fn extract_needs_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("none");
    let text = "Source: Wire\nDate: 2026-01-16\n\nPutin called Netanyahu on Thursday.";
    check(&store, &["extract", text], 0, "2026-01-15", "");
    check(
        &store,
        &["extract", ARTICLES],
        0,
        "person:vladimir-putin",
        "",
    );
    check(
        &store,
        &["extract", "The weather is fine.", "--date", "2026-01-16"],
        1,
        "",
        "no event",
    );
    check(
        &store,
        &["extract", "", "--date", "2026-01-16"],
        1,
        "",
        "no event",
    );
    check(
        &store,
        &["extract", "x", "--date", "someday"],
        2,
        "",
        "--date",
    );
    check(
        &store,
        &["actors", "search", "erdogan"],
        0,
        "person:recep-tayyip-erdogan",
        "",
    );
    assert!(!store.exists());
}

#[test]
fn standard_input_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(program())
        .args(["ingest", "-"])
        .env("DEMARCHE_STORE", folder.path().join("store"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&fs::read(ARTICLES).unwrap())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        stdout(&output).contains("3 articles added"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn broken_input_is_named_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let input = folder.path().join("mixed.jsonl");
    fs::write(
        &input,
        "{\"text\":\"Putin called Xi on Monday.\",\"date\":\"2024-05-06\"}\n{broken\n\u{0}\n",
    )
    .unwrap();
    let path = input.to_str().unwrap();
    check(
        &store,
        &["ingest", path],
        0,
        "1 articles added",
        "mixed.jsonl:2",
    );
    check(
        &store,
        &["ingest", path],
        0,
        "0 articles added, 1 known",
        "mixed.jsonl:2",
    );
    check(
        &store,
        &["ingest", path, "--strict"],
        3,
        "",
        "mixed.jsonl:2",
    );
    let empty = folder.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    check(
        &store,
        &["ingest", empty.to_str().unwrap()],
        1,
        "0 articles added",
        "",
    );
    fs::write(folder.path().join("not-a-store"), "x").unwrap();
    let file = folder.path().join("not-a-store");
    check(&file, &["events"], 4, "", "not-a-store");
}

#[test]
fn a_second_process_is_told_to_wait() {
    let fixture = fixture();
    let _open = Store::open(&fixture.store, OpenMode::Existing).unwrap();
    check(&fixture.store, &["events"], 4, "", "another");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let fixture = fixture();
    let input = fixture.store.with_file_name("many.jsonl");
    let mut lines = String::new();
    for number in 0..1_200 {
        let day = number % 28 + 1;
        let text = format!("Putin called Netanyahu. Number {number}.");
        writeln!(
            lines,
            "{{\"text\":\"{text}\",\"date\":\"2024-05-{day:02}\"}}"
        )
        .unwrap();
    }
    fs::write(&input, lines).unwrap();
    check(
        &fixture.store,
        &["ingest", input.to_str().unwrap()],
        0,
        "1200 articles added",
        "",
    );
    let mut child = Command::new(program())
        .args(["events", "--format", "jsonl"])
        .env("DEMARCHE_STORE", &fixture.store)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    assert!(first.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn an_interrupted_ingest_can_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let input = folder.path().join("many.jsonl");
    let mut lines = String::new();
    for number in 0..30_000 {
        let text = format!("Putin called Netanyahu on Monday. Report {number}.");
        writeln!(lines, "{{\"text\":\"{text}\",\"date\":\"2024-05-06\"}}").unwrap();
    }
    fs::write(&input, lines).unwrap();
    let mut child = Command::new(program())
        .args(["ingest", "--progress", "lines"])
        .arg(&input)
        .env("DEMARCHE_STORE", &store)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    told.read_line(&mut line).unwrap();
    assert!(line.starts_with("stored 5"), "{line}");
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let rest = thread::spawn(move || {
        told.lines()
            .map_while(Result::ok)
            .collect::<Vec<_>>()
            .join("\n")
    });
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert!(rest.join().unwrap().contains("make the same call again"));
    check(&store, &["db", "check"], 0, "sound", "");
    check(
        &store,
        &["ingest", input.to_str().unwrap()],
        0,
        "known before",
        "",
    );
    check(&store, &["db", "stats"], 0, "articles\t30000", "");
}

#[test]
fn the_demo_runs_and_runs_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("demo");
    let words = ["demo", "--out", out.to_str().unwrap()];
    check(Path::new("unused"), &words, 0, "contacts putin", "");
    check(Path::new("unused"), &words, 0, "Benjamin Netanyahu", "");
    assert!(out.join("contacts.dot").is_file());
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("mine.txt"), "mine").unwrap();
    check(
        Path::new("unused"),
        &["demo", "--out", other.to_str().unwrap()],
        2,
        "",
        "--out",
    );
    assert!(other.join("mine.txt").is_file());
}
