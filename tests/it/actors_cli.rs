//! `demarche actors`: the user's dictionary, in the store and in a file.
use std::fs;
use std::path::{Path, PathBuf};

use demarche::store::{OpenMode, Store};
use tempfile::TempDir;

use crate::support::{demarche, stderr, stdout};

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn file(&self) -> String {
        let path = self.folder.path().join("mine.tsv");
        path.to_string_lossy().into_owned()
    }

    /// Runs `actors …`, checks how it ended and what it said, and returns standard output.
    #[track_caller]
    fn check(&self, words: &[&str], code: i32, err: &str) -> String {
        let words: Vec<&str> = std::iter::once("actors")
            .chain(words.iter().copied())
            .collect();
        let output = demarche(&self.store(), &words);
        let (told, warned) = (stdout(&output), stderr(&output));
        assert_eq!(
            output.status.code(),
            Some(code),
            "{words:?}\n{told}\n{warned}"
        );
        assert!(warned.contains(err), "{words:?}: no `{err}` in\n{warned}");
        assert!(!warned.contains("panicked"), "{words:?}\n{warned}");
        told
    }

    /// The same with a dictionary in a file.
    #[track_caller]
    fn check_on(&self, file: &str, words: &[&str], code: i32, err: &str) -> String {
        self.check(&[words, &["--dictionary", file]].concat(), code, err)
    }

    /// Runs a call that adds to the store.
    #[track_caller]
    fn add(&self, words: &[&str]) -> String {
        self.check(words, 0, "written to the store")
    }

    #[track_caller]
    fn export(&self) -> String {
        self.check(&["export"], 0, "")
    }
}

const DOVRIN: &str = "person:mara-dovrin";

#[test]
fn a_dictionary_grows_in_the_store() {
    let place = Place::new();
    let added = place.add(&[
        "add",
        "Mara Dovrin",
        "--country",
        "Norway",
        "--sector",
        "gov",
    ]);
    assert_eq!(added, "person:mara-dovrin\n");
    let added = place.add(&[
        "add",
        "Sand River Front",
        "--kind",
        "group",
        "--country",
        "MLI",
    ]);
    assert_eq!(added, "group:sand-river-front\n");
    place.add(&["add", "M. Dovrin", "--id", "person:m-dovrin"]);
    place.add(&["alias", DOVRIN, "Madame Dovrin"]);
    place.add(&["alias", DOVRIN, "Dovrin of Bergsund"]);
    place.add(&["unalias", "state:USA", "Washington"]);
    let dates = [
        "--from",
        "2020-02",
        "--to",
        "2024",
        "--title",
        "Minister of Tides",
    ];
    place.add(&[&["role", DOVRIN, "foreign-minister"], &dates[..]].concat());
    place.add(&["merge", "person:m-dovrin", DOVRIN]);
    let new = place.add(&[
        "split",
        DOVRIN,
        "Dovrin of Bergsund",
        "--into",
        "person:b-dovrin",
    ]);
    assert_eq!(new, "person:b-dovrin\n");
    // A correction leaves what it does not name.
    place.add(&["add", "Mara Dovrin-Holm", "--id", DOVRIN]);

    insta::assert_snapshot!("actors_export", place.export());
    insta::assert_snapshot!("actors_list_own", place.check(&["list", "--own"], 0, ""));
    let found = place.check(&["search", "dovrin", "--format", "jsonl"], 0, "");
    assert!(
        found.contains("\"id\":\"person:mara-dovrin\",\"name\":\"Mara Dovrin-Holm\""),
        "{found}"
    );
    let output = demarche(&place.store(), &["db", "check"]);
    assert!(stdout(&output).contains("sound"), "{}", stdout(&output));
}

#[test]
fn a_file_needs_no_store() {
    let place = Place::new();
    let file = place.file();
    fs::write(
        &file,
        "# demarche dictionary 1\n# mine\ndiscard\tharbour regatta",
    )
    .unwrap();
    let added = place.check_on(&file, &["add", "Mara Dovrin"], 0, "written to ");
    assert_eq!(added, "person:mara-dovrin\n");
    place.check_on(&file, &["alias", DOVRIN, "Madame Dovrin"], 0, "written to ");
    assert!(!place.store().exists());
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(
        text,
        "# demarche dictionary 1\n# mine\ndiscard\tharbour regatta\n\
         actor\tperson:mara-dovrin\tMara Dovrin\nalias\tperson:mara-dovrin\tMadame Dovrin\n"
    );
    let found = place.check_on(&file, &["search", "madame"], 0, "");
    assert!(
        found.contains("person:mara-dovrin\tMara Dovrin\tperson"),
        "{found}"
    );
    assert!(
        place
            .check_on(&file, &["export"], 0, "")
            .contains("Madame Dovrin")
    );

    // A store and a file are read one after the other; only the file is written.
    place.add(&["add", "Joris Haal"]);
    let both = place.check_on(&file, &["list", "--own"], 0, "");
    assert!(
        both.contains("Mara Dovrin") && both.contains("Joris Haal"),
        "{both}"
    );
    assert!(!place.export().contains("Mara"));

    let other = place.folder.path().join("new.tsv");
    let other = other.to_string_lossy();
    place.check(
        &["add", "Ada Brun", "--dictionary", &other],
        0,
        "written to ",
    );
    assert!(
        fs::read_to_string(&*other)
            .unwrap()
            .starts_with("# demarche dictionary 1\nactor\t")
    );
}

/// Wrong calls with `|` between their words, the exit code, and what is said.
const WRONG: &[(&str, i32, &str)] = &[
    (
        "alias|person:vladimir-putn|VP",
        1,
        "did you mean Vladimir Putin (person:vladimir-putin)?",
    ),
    ("alias|putin|VP", 1, "person:vladimir-putin"),
    ("alias|state:RUS|", 2, "expected at least one word"),
    ("role|state:RUS|tsar", 2, "expected one of head_of_state"),
    (
        "role|state:RUS|leader|--from|2021|--to|2020",
        2,
        "the role ends (2020) before it begins (2021)",
    ),
    (
        "role|state:RUS|leader|--from|soon",
        2,
        "`soon` is not a date",
    ),
    (
        "merge|state:RUS|state:RUS",
        2,
        "cannot be merged into itself",
    ),
    (
        "split|igo:UN|UN|--into|igo:UN",
        2,
        "give another id with --into",
    ),
    (
        "add|Vladimir Putin",
        2,
        "person:vladimir-putin is known already",
    ),
    ("add|X|--kind|planet", 2, "possible values: person, igo"),
    ("add|X|--id|planet:mars", 2, "planet:mars"),
    ("add|X|--id|igo:x|--kind|ngo", 2, "not of --kind ngo"),
    ("add|X|--country|Norwy", 1, "did you mean Norway (NOR)"),
    ("add|X|--sector|king", 2, "possible values: AGR"),
    ("import|no-such-file", 2, "no-such-file"),
    ("export", 4, "there is no store"),
    ("list|--kind|company|--country|VAT", 1, "nothing found"),
];

#[test]
fn wrong_words_are_explained() {
    let place = Place::new();
    for (call, code, err) in WRONG {
        let words: Vec<&str> = call.split('|').collect();
        place.check(&words, *code, err);
    }
    assert!(!place.store().exists(), "what fails makes no store");
}

#[test]
fn names_and_merges_are_looked_up() {
    let place = Place::new();
    let check = |words: &[&str], code, err| {
        place.check(words, code, err);
    };
    place.add(&["add", "Mara Dovrin"]);
    check(
        &["alias", "person:mara-dovrn", "M"],
        1,
        "Mara Dovrin (person:mara-dovrin)",
    );
    check(
        &["alias", DOVRIN, "Vladimir Putin"],
        0,
        "note: `Vladimir Putin` is also a name of",
    );
    check(
        &["alias", DOVRIN, "mara dovrin"],
        0,
        "is a name of person:mara-dovrin already",
    );
    place.add(&["add", "Ada Brun"]);
    place.add(&["add", "Ida Brun"]);
    place.add(&["merge", "person:ada-brun", "person:ida-brun"]);
    check(
        &["merge", "person:ida-brun", "person:ada-brun"],
        2,
        "merged into person:ida-brun: merge into that",
    );
    place.add(&["merge", "person:ida-brun", DOVRIN]);
    assert!(
        place
            .export()
            .contains("merge\tperson:ada-brun\tperson:mara-dovrin\n")
    );
}

#[test]
fn a_damaged_dictionary_is_named_and_not_touched() {
    let place = Place::new();
    let file = place.file();
    let text = "# demarche dictionary 1\nactor\tperson:x\nactor\tperson:y\tY\n";
    fs::write(&file, text).unwrap();
    let words = ["add", "Mara Dovrin", "--dictionary", &file];
    place.check(&words, 3, "mine.tsv:2: `actor` lacks its field NAME");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);

    let store = Store::open(&place.store(), OpenMode::Create).unwrap();
    store.set_dictionary("# demarche dictionary 7\n").unwrap();
    drop(store);
    place.check(
        &["list"],
        3,
        "dictionary of the store:1: the dictionary has version 7",
    );
}

#[test]
fn dictionaries_of_the_field_are_imported() {
    const ACTORS: &str = "tests/fixtures/petrarch/actors.txt";
    let place = Place::new();
    let dry = place.check(
        &["import", ACTORS, "--dry-run"],
        0,
        "entries: 180 new, 0 there before",
    );
    assert_eq!(dry.lines().count(), 180);
    assert!(!place.store().exists());

    place.check(
        &["import", ACTORS],
        0,
        "note: 4 phrases will be found only as written",
    );
    let export = place.export();
    assert_eq!(export, format!("# demarche dictionary 1\n{dry}"));
    place.check(&["import", ACTORS], 0, "entries: 0 new");
    assert_eq!(place.export(), export);
    for (file, err) in [
        ("agents.txt", "entries: 88 new"),
        ("discard.txt", "entries: 31 new"),
    ] {
        place.check(
            &["import", &format!("tests/fixtures/petrarch/{file}")],
            0,
            err,
        );
    }
    let found = place.check(&["search", "tawil"], 0, "");
    assert!(
        found.contains("person:karim-al-tawil\tKarim al-Tawil\tperson\t0"),
        "{found}"
    );
    let found = place.check(&["list", "--kind", "group", "--country", "Mali"], 0, "");
    assert!(
        found.contains("Sand River Front\tgroup\tMLI\tREB\town"),
        "{found}"
    );

    // What was exported can be imported elsewhere.
    let (other, file) = (Place::new(), place.file());
    fs::write(&file, place.export()).unwrap();
    other.add(&["import", &file]);
    assert_eq!(other.export(), place.export());
}

#[test]
fn faulty_lines_are_told_and_the_others_kept() {
    const WRONG: &str = "tests/fixtures/petrarch/actors-wrong.txt";
    let place = Place::new();
    let told = format!("not read: {WRONG}:6: the code `NORGO` is not made of three-letter parts");
    place.check(&["import", WRONG, "--strict"], 3, &told);
    assert!(!place.store().exists());
    place.check(&["import", WRONG], 0, &told);
    assert!(place.export().contains("group:good-name-one"));

    let agents = "tests/fixtures/petrarch/agents.txt";
    let as_discards = ["import", agents, "--input-format", "petrarch-discard"];
    place.check(&as_discards, 0, "not read: ");
    let verbs = place.folder.path().join("verbs.txt");
    fs::write(&verbs, "--- APPROVE [050] ---\nAPPROVE\n").unwrap();
    place.check(
        &["import", &verbs.to_string_lossy()],
        2,
        "--input-format says what it is",
    );
    let latin = place.folder.path().join("latin.txt");
    fs::write(&latin, b"JOS\xc9_DE_LA_MAR_\n\t[PERGOV >010101]\n").unwrap();
    place.check(&["import", &latin.to_string_lossy()], 0, "entries: 2 new");
    assert!(
        place
            .export()
            .contains("person:jose-de-la-mar\tJosé de la Mar\tPER")
    );
}

#[test]
fn help_tells_of_every_command() {
    let output = demarche(Path::new("unused"), &["actors", "--help"]);
    let help = stdout(&output);
    for command in [
        "search", "show", "list", "add", "alias", "unalias", "role", "merge", "split", "import",
        "export",
    ] {
        assert!(help.contains(&format!("\n  {command}")), "{help}");
        let output = demarche(Path::new("unused"), &["actors", command, "--help"]);
        assert!(output.status.success(), "{command}");
        assert!(stdout(&output).contains("--dictionary <FILE>"), "{command}");
    }
}
