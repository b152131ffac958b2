//! `code`, `explain`, `eval` and `schema` as a user runs them.
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, thread};

use serde_json::Value;

use crate::support::{demarche, program, stderr, stdout};

const TEXT: &str =
    "Vladimir Putin called Benjamin Netanyahu on Thursday and urged him to show restraint.";

#[test]
fn code_gives_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: &str| {
        demarche(
            Path::new("none"),
            &["code", "data/articles", "--threads", threads],
        )
    };
    let (one, three) = (run("1"), run("3"));
    assert!(one.status.success() && one.stdout == three.stdout);
    assert!(stdout(&one).lines().count() > 500);
}

#[test]
fn code_is_a_filter() {
    let mut child = Command::new(program())
        .args(["code", "--date", "2026-01-16"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = thread::spawn(move || input.write_all(TEXT.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let lines: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let codes: Vec<&str> = lines
        .iter()
        .map(|line| line["cameo"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["041", "0256"]);
}

/// Every record has the fields of the schema, in its order, and no others.
#[test]
fn records_are_as_the_schema_says() {
    let schema: Value =
        serde_json::from_str(&stdout(&demarche(Path::new("none"), &["schema"]))).unwrap();
    let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let output = demarche(Path::new("none"), &["code", "data/articles"]);
    for line in stdout(&output).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let fields: Vec<&String> = record.as_object().unwrap().keys().collect();
        assert_eq!(fields, names);
    }
}

#[test]
fn explain_says_why_and_why_not() {
    let words = |text: &str| {
        let output = demarche(
            Path::new("none"),
            &["explain", "--text", text, "--date", "2026-01-16"],
        );
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let told = words(TEXT);
    for part in [
        "told: Vladimir Putin CONSULT 041 Benjamin Netanyahu",
        "consult-contact.txt",
        "dated by \"Thursday\"",
        "signs:",
    ] {
        assert!(told.contains(part), "no `{part}` in\n{told}");
    }
    assert!(words("The weather was fine.").contains("no event: it names no two actors"));
}

#[test]
fn marked_pairs_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (table, out) = (folder.path().join("in.tsv"), folder.path().join("out.tsv"));
    let rows = "uid\tmarked_sentence\n\
        1\t<s>Chad</s> condemned <t>Sudan</t> for the raid.\n\
        2\t<s>The army</s> shelled the town.\n\
        3\t<s>Peru</s> will send relief supplies to <t>Haiti</t> next week.\n";
    fs::write(&table, rows).unwrap();
    let words = [
        "eval",
        "relations",
        table.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let output = demarche(Path::new("none"), &words);
    assert!(output.status.success(), "{}", stderr(&output));
    let answers = fs::read_to_string(&out).unwrap();
    let roots: Vec<&str> = answers
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(1).unwrap())
        .collect();
    assert_eq!(roots, ["ACCUSE", "ASSAULT", "AGREE"]);
    fs::write(&table, "id\ttext\n1\tx\n").unwrap();
    let output = demarche(Path::new("none"), &words);
    assert!(
        stderr(&output).contains("there is no column `uid`"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn whole_articles_are_scored() {
    let folder = tempfile::tempdir().unwrap();
    let gold = folder.path().join("gold.jsonl");
    let line = format!(
        "{{\"doc_id\":\"a\",\"published\":\"2026-01-16\",\"text\":{TEXT:?},\"events\":[{{\"source_id\":\
         \"person:vladimir-putin\",\"source_country\":\"RUS\",\"target_id\":\"person:benjamin-netanyahu\",\
         \"target_country\":\"ISR\",\"type\":\"CONSULT\",\"cameo\":\"041\",\"status\":\"actual\",\"date\":\
         \"2026-01-15\"}}]}}\n"
    );
    fs::write(&gold, line).unwrap();
    let output = demarche(
        Path::new("none"),
        &["eval", "documents", gold.to_str().unwrap()],
    );
    let table = stdout(&output);
    assert!(
        table.contains("country dyad + type\t1\t2\t1\t0.5000\t1.0000"),
        "{table}"
    );
    fs::write(&gold, "{\"text\": 1}\n").unwrap();
    let output = demarche(
        Path::new("none"),
        &["eval", "documents", gold.to_str().unwrap()],
    );
    assert!(
        stderr(&output).contains("gold.jsonl:1:"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn recode_changes_what_the_dictionary_changes_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let run = |words: &[&str]| {
        let output = demarche(&store, words);
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    run(&["ingest", "data/articles", "--progress", "none"]);
    let before = run(&["events", "--format", "jsonl"]);
    assert!(run(&["recode"]).contains("79 articles coded again, 0 changed"));
    assert_eq!(run(&["events", "--format", "jsonl"]), before);
    run(&["actors", "add", "Council of Ruritania", "--kind", "group"]);
    // Every mention names the version of the dictionaries, which is another now.
    let told = run(&["recode", "--threads", "2"]);
    assert!(
        told.contains("64 changed") && told.contains("before,"),
        "{told}"
    );
    assert_eq!(
        run(&["events", "--format", "jsonl"]).lines().count(),
        before.lines().count()
    );
    assert!(run(&["recode"]).contains(", 0 changed"));
    run(&["db", "check"]);
}
