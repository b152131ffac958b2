//! Every data file has its provenance and licence.
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

const LICENCES: &[&str] = &["CC-BY-4.0", "CC-BY-SA-4.0"];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn manifest() -> BTreeMap<String, toml::Table> {
    let text = fs::read_to_string("data/MANIFEST.toml").unwrap();
    let table: toml::Table = text.parse().unwrap();
    let entries = table["file"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| {
            let entry = entry.as_table().unwrap().clone();
            (entry["path"].as_str().unwrap().to_owned(), entry)
        })
        .collect()
}

/// An entry may stand for all files of a folder with one ending: `articles/*.txt`.
fn covers(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((head, tail)) => path.starts_with(head) && path.ends_with(tail),
        None => pattern == path,
    }
}

fn hash(paths: &[&PathBuf]) -> String {
    let mut state = Sha256::new();
    for path in paths {
        state.update(fs::read(path).unwrap());
    }
    let mut text = String::new();
    for byte in state.finalize() {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

#[test]
fn every_data_file_is_in_the_manifest() {
    let manifest = manifest();
    let all = files(Path::new("data"));
    let mut wrong = Vec::new();
    for path in &all {
        let name = path
            .strip_prefix("data")
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let free = name == "MANIFEST.toml" || name == "README.md" || name.ends_with("/CARD.md");
        if !free && !manifest.keys().any(|pattern| covers(pattern, &name)) {
            wrong.push(format!("data/{name} has no entry"));
        }
    }
    for (pattern, entry) in &manifest {
        let covered: Vec<&PathBuf> = all
            .iter()
            .filter(|path| {
                covers(
                    pattern,
                    &path.strip_prefix("data").unwrap().to_string_lossy(),
                )
            })
            .collect();
        if covered.is_empty() {
            wrong.push(format!("{pattern} covers no file"));
        }
        for key in ["title", "sources", "made", "licence", "machine_written"] {
            if !entry.contains_key(key) {
                wrong.push(format!("{pattern} does not say its {key}"));
            }
        }
        let licence = entry
            .get("licence")
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        if !LICENCES.contains(&licence) {
            wrong.push(format!(
                "{pattern}: licence `{licence}` is not one of {LICENCES:?}"
            ));
        }
        let expected = entry
            .get("sha256")
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        let found = hash(&covered);
        if expected != found {
            wrong.push(format!("{pattern}: sha256 is {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rows_on_share_alike_sources_lie_in_files_of_their_own() {
    for (pattern, entry) in manifest() {
        let is_share_alike = entry["licence"].as_str() == Some("CC-BY-SA-4.0");
        assert_eq!(is_share_alike, pattern.contains("by-sa"), "{pattern}");
    }
}

#[test]
fn tables_are_sorted_and_have_no_row_twice() {
    for path in files(Path::new("data")) {
        let is_table = path.extension().is_some_and(|extension| extension == "tsv");
        // Readings stand in the order in which they were taken.
        let is_log = path.ends_with("outside.tsv");
        if !is_table || is_log || path.starts_with("data/articles") || path.ends_with("plover.tsv")
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .skip(1)
            .collect();
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert!(
            rows == sorted,
            "{} is not sorted, or has a row twice",
            path.display()
        );
    }
}

#[test]
fn every_article_names_the_source_of_its_facts() {
    let sources: String = files(Path::new("data/articles"))
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for path in files(Path::new("data/articles")) {
        if path.extension().is_some_and(|extension| extension == "txt") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let row = sources
                .lines()
                .find(|line| line.starts_with(&format!("{name}\t")));
            let fields = row.map(|row| row.split('\t').filter(|field| !field.is_empty()).count());
            assert_eq!(fields, Some(4), "{name} has no full row in a SOURCES file");
        }
    }
}
