//! `demarche mentions`, `demarche actors show`, and `--dictionary` wherever it holds.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use crate::support::{demarche, stderr, stdout};

const TEXT: &str = "data/articles/2026-01-16-putin-two-calls-in-brief.txt";
const DICTIONARY: &str = "# demarche dictionary 1\n\
    actor\tperson:mara-dovrin\tMara Dovrin\tNOR\tGOV\n\
    alias\tperson:mara-dovrin\tMadame Dovrin\n\
    role\tperson:mara-dovrin\tNOR\t\tforeign_minister\tMinister of Tides\t2020-02\t2024\n";

/// A folder with a dictionary; a store can be made in it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.file(), DICTIONARY).unwrap();
        place
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("mine.tsv")
    }

    fn run(&self, words: &[&str]) -> Output {
        demarche(&self.0.path().join("store"), words)
    }

    /// Runs a call that finds something.
    #[track_caller]
    fn found(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}\n{}", stderr(&output));
        stdout(&output)
    }

    /// The same with the dictionary.
    #[track_caller]
    fn found_with(&self, words: &[&str]) -> String {
        let file = self.file();
        self.found(&[words, &["--dictionary", &file.to_string_lossy()]].concat())
    }
}

/// Lines of dictionaries change with every name that is added: they are not part of snapshots.
fn without_lines(text: &str) -> String {
    let lines = regex::Regex::new(r"\.tsv:\d+").unwrap();
    lines.replace_all(text, ".tsv:N").into_owned()
}

#[test]
fn people_read_mentions() {
    let place = Place::new();
    let text = "Title: Putin speaks with Netanyahu\nDate: 2026-01-16\n\n\
        Vladimir Putin called Benjamin Netanyahu on Friday, the Kremlin said. He also met the \
        Iranian president in Riyadh. Nothing else is known.";
    let shown = place.found(&["mentions", text]);
    insta::assert_snapshot!("mentions", without_lines(&shown));
    let undated = "The Iranian president called Mara Dovrin. She declined.";
    insta::assert_snapshot!(
        "mentions_with_dictionary",
        without_lines(&place.found_with(&["mentions", undated]))
    );
}

#[test]
fn programs_read_mentions() {
    let place = Place::new();
    let text = "Madame Dovrin called Hamas in Oslo.";
    let words = ["mentions", text, "--date", "2026-01-16", "--format"];
    let lines = place.found_with(&[&words[..], &["jsonl"]].concat());
    assert_eq!(
        lines.lines().next().unwrap(),
        "{\"mention\":1,\"sentence\":1,\"start\":0,\"end\":13,\"text\":\"Madame Dovrin\",\
         \"form\":\"name\",\"usage\":\"actor\",\"actors\":[{\"id\":\"person:mara-dovrin\",\
         \"name\":\"Mara Dovrin\",\"country\":\"NOR\",\"sector\":\"GOV\",\"office\":null}],\
         \"basis\":{\"kind\":\"dictionary\",\"file\":\"user\",\"line\":3},\"antecedent\":null,\
         \"confidence\":0.97,\"alternatives\":[]}"
    );
    assert!(lines.contains("\"usage\":\"place\""), "{lines}");
    let json = place.found(&["mentions", TEXT, "--format", "json"]);
    let records: serde_json::Value = serde_json::from_str(&json).unwrap();
    let article = fs::read_to_string(TEXT).unwrap();
    let text = article.split_once("\n\n").unwrap().1;
    for record in records.as_array().unwrap() {
        if record["sentence"] != 0 {
            let at = |name: &str| usize::try_from(record[name].as_u64().unwrap()).unwrap();
            assert_eq!(text.get(at("start")..at("end")), record["text"].as_str());
        }
    }
    for format in ["csv", "tsv", "md"] {
        let shown = place.found_with(&[&words[..], &[format]].concat());
        assert!(shown.contains("user's dictionary, line 3"), "{shown}");
        assert!(
            shown.lines().next().unwrap().contains("antecedent"),
            "{shown}"
        );
    }
}

#[test]
fn what_is_not_found_is_said() {
    let place = Place::new();
    let check = |words: &[&str], code: i32, err: &str| {
        let output = place.run(words);
        let warned = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{words:?}\n{warned}");
        assert!(warned.contains(err), "{words:?}\n{warned}");
    };
    check(
        &["mentions", "It rained."],
        1,
        "no actor is mentioned in 1 sentence",
    );
    check(&["mentions", "x", "--date", "soon"], 2, "--date");
    check(&["mentions", "x", "--dictionary", "no-such"], 2, "no-such");
    check(
        &["actors", "show", "person:vladimir-putn"],
        1,
        "did you mean Vladimir Putin (person:vladimir-putin)?",
    );
    check(
        &["actors", "show", "office:IRN-tsar"],
        1,
        "nobody here goes by",
    );
    let story = place.0.path().join("story.tsv");
    fs::write(&story, "# demarche dictionary 1\ndiscard-story\tregatta\n").unwrap();
    let story = story.to_string_lossy();
    let words = ["mentions", "Hamas won a regatta.", "--dictionary", &story];
    check(&words, 1, "the user's dictionary discards this text");
    fs::write(&*story, "# demarche dictionary 1\nfoo\tbar\n").unwrap();
    check(&words, 3, "story.tsv:2: unknown entry foo");
}

#[test]
fn actors_are_shown() {
    let place = Place::new();
    let shown = place.found_with(&["actors", "show", "madame dovrin"]);
    insta::assert_snapshot!("actors_show_person", shown);
    let shown = place.found(&["actors", "show", "Andorra"]);
    insta::assert_snapshot!("actors_show_state", without_lines(&shown));

    let json = place.found_with(&["actors", "show", "person:mara-dovrin", "--format", "json"]);
    let card: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(card["roles"][1]["office"], "foreign_minister");
    assert_eq!(card["roles"][1]["to"], "2024-12-31");
    assert_eq!(card["events"], serde_json::Value::Null);
    let office = place.found(&["actors", "show", "office:RUS-president", "--format", "tsv"]);
    assert!(
        office.contains("Boris Yeltsin") && office.contains("Vladimir Putin"),
        "{office}"
    );
    let group = place.found(&["actors", "show", "igo:EU"]);
    assert!(
        group.contains("1973-01-01 to 2020-01-31 United Kingdom (GBR)"),
        "{group}"
    );
}

#[test]
fn the_store_tells_partners() {
    let place = Place::new();
    place.found(&["ingest", TEXT, "--progress", "none"]);
    let shown = place.found(&["actors", "show", "Putin"]);
    assert!(shown.contains("\nevents     "), "{shown}");
    assert!(
        shown.contains("\npartner    Benjamin Netanyahu (person:benjamin-netanyahu): 1 contact,"),
        "{shown}"
    );
    place.found(&[
        "actors",
        "merge",
        "person:benjamin-netanyahu",
        "person:vladimir-putin",
    ]);
    let output = place.run(&["actors", "show", "person:benjamin-netanyahu"]);
    assert!(stdout(&output).contains("merged     person:benjamin-netanyahu"));
    assert!(stderr(&output).contains("was merged into person:vladimir-putin"));
}

#[test]
fn the_file_holds_over_the_store_and_that_over_the_bundled() {
    let place = Place::new();
    let text = "Hamas called Mara Dovrin on Thursday.";
    let extract = ["extract", text, "--date", "2026-01-16", "--format", "tsv"];
    let sources = |found: String| found.lines().nth(1).unwrap_or_default().to_owned();
    let bundled = sources(place.found_with(&extract));
    assert!(bundled.contains("\tgroup:hamas\t"), "{bundled}");
    assert!(bundled.contains("\tperson:mara-dovrin\t"), "{bundled}");

    place.found(&["actors", "add", "Sand Front", "--kind", "group"]);
    place.found(&["actors", "alias", "group:sand-front", "Hamas"]);
    let of_store = sources(place.found_with(&extract));
    assert!(of_store.contains("\tgroup:sand-front\t"), "{of_store}");

    let file = fs::read_to_string(place.file()).unwrap();
    fs::write(place.file(), file + "alias\tgroup:hezbollah\tHamas\n").unwrap();
    let of_file = sources(place.found_with(&extract));
    assert!(of_file.contains("\tgroup:hezbollah\t"), "{of_file}");

    // Before or after the command; and into the store.
    let article = place.0.path().join("a.txt");
    fs::write(&article, format!("Date: 2026-01-16\n\n{text}")).unwrap();
    let file = place.file();
    let words: [&str; 6] = [
        "--dictionary",
        &file.to_string_lossy(),
        "ingest",
        &article.to_string_lossy(),
        "--progress",
        "none",
    ];
    place.found(&words);
    let events = place.found_with(&["events", "madame dovrin", "--format", "tsv"]);
    assert!(events.contains("\tgroup:hezbollah\t"), "{events}");
}

#[test]
fn the_help_tells_the_order() {
    let output = demarche(Path::new("unused"), &["mentions", "--help"]);
    let help = stdout(&output);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        help.contains("over that of the store, which is over the bundled one"),
        "{help}"
    );
}
