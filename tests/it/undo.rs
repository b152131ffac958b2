//! The last ingest is taken back and comes again, with the same ids.
use std::fs;
use std::path::Path;

use demarche::store::{ContentHash, OpenMode, RunNumber, RunStart, Store};

use crate::support::{check, demarche, stdout};

const ARTICLES: &str = "tests/fixtures/cli/calls.txt";

fn content(store: &Path) -> ContentHash {
    let store = Store::open(store, OpenMode::Existing).unwrap();
    store.content_hash().unwrap()
}

#[test]
fn the_last_ingest_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let more = folder.path().join("more.txt");
    fs::write(&more, "Date: 2026-02-01\n\nMacron met Merz in Berlin.").unwrap();
    let more = more.to_str().unwrap();
    check(&store, &["ingest", ARTICLES], 0, "run 1: 3 articles", "");
    let first = content(&store);
    check(
        &store,
        &["ingest", ARTICLES, more],
        0,
        "1 articles added, 3 known",
        "",
    );
    let both = content(&store);
    assert_ne!(first, both);
    let events = stdout(&demarche(&store, &["events", "--format", "jsonl"]));

    check(
        &store,
        &["undo"],
        0,
        "undone: 1 article and 1 event taken out",
        "",
    );
    assert_eq!(content(&store), first);
    check(&store, &["db", "check"], 0, "2 runs: sound", "");
    check(
        &store,
        &["ingest", ARTICLES, more],
        0,
        "run 3: 1 articles added",
        "",
    );
    assert_eq!(content(&store), both);
    let again = stdout(&demarche(&store, &["events", "--format", "jsonl"]));
    assert_eq!(again, events);

    check(&store, &["undo"], 0, "run 3 of ", "");
    check(&store, &["undo"], 0, "run 1 of ", "");
    check(&store, &["events"], 1, "", "nothing found");
    check(&store, &["undo"], 1, "", "nothing to undo");
    check(
        &store,
        &["db", "check"],
        0,
        "0 articles, 0 events, 0 mentions, 3 runs: sound",
        "",
    );
    let nowhere = folder.path().join("nowhere");
    check(&nowhere, &["undo"], 4, "", "there is no store");
}

#[test]
fn a_run_that_was_cut_short_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    check(&store, &["ingest", ARTICLES], 0, "", "");
    let first = content(&store);
    let cut_short = Store::open(&store, OpenMode::Existing).unwrap();
    let today = "2026-02-02".parse().unwrap();
    let start = RunStart {
        started: today,
        label: "ingest more/".to_owned(),
        coder_version: "1".to_owned(),
        dictionary_version: "1".to_owned(),
    };
    let run = cut_short.begin_run(start).unwrap().run;
    assert_eq!(run, RunNumber::new(2));
    let draft = demarche::model::ArticleDraft {
        text: "Nothing happened.".to_owned(),
        ..Default::default()
    };
    cut_short
        .put_article(&draft.into_article(), &[], run, today)
        .unwrap();
    cut_short.flush().unwrap();
    drop(cut_short);
    check(
        &store,
        &["undo"],
        0,
        "run 2 of 2026-02-02 (ingest more/) undone: 1 article and 0 events taken out",
        "",
    );
    assert_eq!(content(&store), first);
}

#[test]
fn coding_again_and_merging_actors_change_no_ids() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    check(&store, &["ingest", ARTICLES], 0, "", "");
    let before = content(&store);
    check(
        &store,
        &["recode"],
        0,
        "3 articles coded again, 0 changed",
        "",
    );
    assert_eq!(content(&store), before);

    let ids = |store: &Path| {
        let store = Store::open(store, OpenMode::Existing).unwrap();
        let ids: Vec<_> = store.events().map(|event| event.unwrap().id).collect();
        ids
    };
    let before_ids = ids(&store);
    let other = ["actors", "add", "Mara Dovrin", "--country", "Israel"];
    check(&store, &other, 0, "person:mara-dovrin", "");
    let merge = [
        "actors",
        "merge",
        "person:benjamin-netanyahu",
        "person:mara-dovrin",
    ];
    check(&store, &merge, 0, "", "");
    assert_eq!((content(&store), ids(&store)), (before, before_ids));
    check(&store, &["db", "check"], 0, "8 events", "");
}
