//! What several tests need.
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use demarche::coder::Coder;
use demarche::ingest::{ReadOptions, read_text};
use demarche::lexicon::Lexicon;
use demarche::model::{Article, Event};
use demarche::text::Analyser;

/// Returns the built program.
pub(crate) fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_demarche"))
}

/// Runs the program on a store with some words.
pub(crate) fn demarche(store: &Path, words: &[&str]) -> Output {
    Command::new(program())
        .args(words)
        .env("DEMARCHE_STORE", store)
        .env_remove("COLUMNS")
        .output()
        .unwrap()
}

/// Runs a call and checks how it ended and what it said.
pub(crate) fn check(store: &Path, words: &[&str], code: i32, out: &str, err: &str) {
    let output = demarche(store, words);
    let (told, warned) = (stdout(&output), stderr(&output));
    assert_eq!(
        output.status.code(),
        Some(code),
        "{words:?}\n{told}\n{warned}"
    );
    assert!(told.contains(out), "{words:?}: no `{out}` in\n{told}");
    assert!(warned.contains(err), "{words:?}: no `{err}` in\n{warned}");
    assert!(!warned.contains("panicked"), "{words:?}\n{warned}");
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns the sample articles with the stems of their files, sorted.
pub(crate) fn sample_articles() -> Vec<(String, Article)> {
    articles_of("data/articles")
}

/// Compares a table with the committed one; `UPDATE_RESULTS=1` writes it.
pub(crate) fn check_table(path: &str, table: &str) {
    if env::var_os("UPDATE_RESULTS").is_some() {
        fs::write(path, table).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        committed, table,
        "run with UPDATE_RESULTS=1 and read the change"
    );
}

/// Returns the articles of a folder with the stems of their files, sorted.
pub(crate) fn articles_of(folder: &str) -> Vec<(String, Article)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let article = read_text(&text, &ReadOptions::default()).into_article();
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                article,
            )
        })
        .collect()
}

/// Codes an article with the bundled dictionaries.
pub(crate) fn code(article: &Article) -> Vec<Event> {
    Coder::new(Lexicon::bundled().unwrap(), Analyser::bundled().unwrap())
        .unwrap()
        .code(article)
        .events
}

/// Returns the folder of outside material, where the environment names one.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = env::var_os("DEMARCHE_SHARED").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("notice: DEMARCHE_SHARED is not set; tests on outside material are skipped");
    }
    folder
}
