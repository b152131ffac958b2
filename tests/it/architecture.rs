//! Checks the shape of `src/`: who may import whom, how long a file may be, and which names are banned.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// For each room of the library, the rooms it may import. Listed from the ground up.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("lexicon", &["model"]),
    ("mention", &["model", "text", "lexicon"]),
    ("predicate", &["model", "text", "lexicon"]),
    (
        "relation",
        &["model", "text", "lexicon", "mention", "predicate"],
    ),
    (
        "coder",
        &[
            "model",
            "text",
            "lexicon",
            "mention",
            "predicate",
            "relation",
        ],
    ),
    ("corpus", &["model"]),
    ("ingest", &["model"]),
    ("store", &["model"]),
    ("backup", &["model", "store"]),
    ("graph", &["model"]),
    ("export", &["model", "graph"]),
    ("bench", &["model"]),
    (
        "train",
        &[
            "model", "text", "lexicon", "mention", "relation", "coder", "corpus",
        ],
    ),
    (
        "evaluate",
        &[
            "model",
            "text",
            "lexicon",
            "mention",
            "predicate",
            "relation",
            "coder",
            "corpus",
        ],
    ),
    (
        "pipeline",
        &[
            "model", "ingest", "text", "lexicon", "mention", "coder", "store",
        ],
    ),
];
/// Rooms of the program. They are another crate, so the compiler keeps them out of the library.
const FACE: &[&str] = &["cli", "web"];
const LINES_MAX: usize = 600;
const BANNED_NAMES: &[&str] = &["utils.rs", "util.rs", "helpers.rs", "common.rs", "misc.rs"];

#[test]
fn every_folder_is_a_known_room() {
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let known = MAY_IMPORT.iter().any(|(room, _)| *room == name);
            assert!(
                known || FACE.contains(&name.as_str()),
                "add `{name}` to the table"
            );
        }
    }
}

#[test]
fn rooms_only_import_the_doors_below_them() {
    let table: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for path in rust_files(Path::new("src")) {
        let Some((room, below)) = room_of(&path).and_then(|room| table.get_key_value(&*room))
        else {
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        let is_door = path.ends_with("mod.rs");
        for (index, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            let mut report = |what: &str| {
                wrong.push(format!("{}:{}: {what}", path.display(), index + 1));
            };
            // Grouped and climbing paths would hide from this check which room they name.
            let climbs =
                line.contains("super::super") || (is_door && line.starts_with("use super::"));
            if line.contains("crate::{") || climbs {
                report("write crate::room::Item in full");
            }
            for path_in_line in line.split("crate::").skip(1) {
                let (target, rest) = first_segment(path_in_line);
                if target == *room || !table.contains_key(target) {
                    continue;
                }
                if !below.contains(&target) {
                    report(&format!("{room} must not import {target}"));
                }
                let (inner, after) = first_segment(rest.trim_start_matches("::"));
                let is_module = inner.starts_with(|c: char| c.is_ascii_lowercase());
                if is_module && after.starts_with("::") {
                    report(&format!(
                        "import {target} through its door, not {target}::{inner}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_well_named() {
    let mut wrong = Vec::new();
    for path in ["src", "tests", "examples"]
        .iter()
        .flat_map(|folder| rust_files(Path::new(folder)))
    {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > LINES_MAX {
            wrong.push(format!(
                "{}: {lines} lines, at most {LINES_MAX}",
                path.display()
            ));
        }
        if BANNED_NAMES.iter().any(|name| path.ends_with(name)) {
            wrong.push(format!("{}: the name says nothing", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn room_of(path: &Path) -> Option<String> {
    let room = path.components().nth(1)?;
    Some(room.as_os_str().to_string_lossy().into_owned())
}

fn first_segment(path: &str) -> (&str, &str) {
    let end = path
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(path.len());
    path.split_at(end)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn doors_hold_no_logic() {
    for path in rust_files(Path::new("src")) {
        if path.ends_with("mod.rs") && room_of(&path).is_some_and(|room| !FACE.contains(&&*room)) {
            let text = fs::read_to_string(&path).unwrap();
            let has_logic = text
                .lines()
                .any(|line| line.contains("fn ") && !line.starts_with("//"));
            assert!(
                !has_logic,
                "{}: a door is documentation and re-exports",
                path.display()
            );
        }
    }
}

#[test]
fn only_one_file_names_sled() {
    let naming: Vec<_> = rust_files(Path::new("src"))
        .into_iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains("sled::"))
        })
        .collect();
    assert_eq!(naming, [PathBuf::from("src/store/sled_backend.rs")]);
}

#[test]
fn every_test_file_is_named_in_main() {
    let main = fs::read_to_string("tests/it/main.rs").unwrap();
    for entry in fs::read_dir("tests/it").unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            name == "main" || main.contains(&format!("mod {name};")),
            "{name} is forgotten"
        );
    }
}
