//! The labelled corpus of `data/corpus/`: that it is what its report says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use demarche::corpus::{Corpus, CorpusCounts, Outcome, Split, parse_labels, parse_readings};

fn corpus() -> Corpus {
    Corpus::read(Path::new("data/corpus")).unwrap()
}

#[test]
fn the_corpus_is_as_large_as_it_should_be() {
    let corpus = corpus();
    let counts = CorpusCounts::new(corpus.rows.iter());
    assert!(counts.rows >= 12_000, "{} rows", counts.rows);
    assert_eq!(counts.types_below(450), Vec::<&str>::new());
    assert!(counts.types["CONSULT"] >= 1_500);
    assert!(counts.types["none"] >= 4_200);
    assert!(counts.source_after_target >= 1_500);
    assert!(counts.not_actual >= 1_500);
    let median = counts.length_at(50);
    assert!((22..=28).contains(&median), "median {median}");
}

#[test]
fn ids_and_texts_are_there_once() {
    let corpus = corpus();
    let ids: BTreeSet<_> = corpus.rows.iter().map(|row| &row.id).collect();
    let texts: BTreeSet<_> = corpus
        .rows
        .iter()
        .map(|row| (&row.pair.text, row.pair.source, row.pair.target))
        .collect();
    assert_eq!(ids.len(), corpus.rows.len());
    assert_eq!(texts.len(), corpus.rows.len());
}

#[test]
fn what_one_author_wrote_on_one_theme_is_in_one_part() {
    let corpus = corpus();
    let mut parts: BTreeMap<_, BTreeSet<Split>> = BTreeMap::new();
    for row in &corpus.rows {
        parts
            .entry((row.id.batch(), row.theme))
            .or_default()
            .insert(row.split);
    }
    assert!(parts.values().all(|splits| splits.len() == 1));
}

#[test]
fn every_row_was_labelled_twice_and_agreed_on() {
    let text = fs::read_to_string("data/corpus/labels.tsv").unwrap();
    let labels = parse_labels("labels.tsv", &text).unwrap();
    let kept: BTreeMap<_, _> = labels
        .iter()
        .filter(|row| row.outcome != Outcome::Dropped)
        .map(|row| (&row.id, row))
        .collect();
    let corpus = corpus();
    assert_eq!(kept.len(), corpus.rows.len());
    for row in &corpus.rows {
        let labelled = kept[&row.id];
        let said = [labelled.first, labelled.second];
        assert!(
            said.contains(&row.label),
            "{}: neither label is that of the row",
            row.id
        );
        if labelled.outcome == Outcome::Agreed {
            assert!(said.iter().all(|label| *label == row.label), "{}", row.id);
        }
    }
}

#[test]
fn rows_were_read_one_by_one() {
    let text = fs::read_to_string("data/corpus/read.tsv").unwrap();
    let read = parse_readings("read.tsv", &text).unwrap();
    assert!(read.len() >= 200);
}

#[test]
fn the_report_counts_the_rows_there_are() {
    let report = fs::read_to_string("data/corpus/REPORT.md").unwrap();
    let counts = CorpusCounts::new(corpus().rows.iter());
    let line = format!("{} rows of {} batches", counts.rows, counts.batches);
    assert!(
        report.contains(&line),
        "run examples/report_on_the_corpus: expected `{line}`"
    );
}

#[test]
fn faults_of_a_row_name_file_and_line() {
    let row = "m01-001\tAGREE\t030\tactual\tagree\twire\tus\tdiplomacy\t2020-01-01\t-\t<s>A</s> agreed with <t>B</t>.";
    let cases = [
        (
            "AGREE\t030",
            "AGREE\t111",
            "t.tsv:2: 111 is not of type AGREE",
        ),
        (
            "AGREE\t030",
            "none\t030",
            "t.tsv:2: 030 is an event, and the row has none",
        ),
        ("\tactual\t", "\treal\t", "t.tsv:2: unknown status `real`"),
        (
            "</t>",
            "",
            "t.tsv:2: expected each of <s>, </s>, <t>, </t> once, not within one another",
        ),
        ("m01-001", "m01", "t.tsv:2: `m01` is no id such as m01-001"),
    ];
    for (old, new, message) in cases {
        let text = format!("id\n{}\n", row.replacen(old, new, 1));
        let error = Corpus::default()
            .add("t.tsv", &text, Split::Train)
            .unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    assert!(
        Corpus::default()
            .add("t.tsv", &format!("id\n{row}\n"), Split::Train)
            .is_ok()
    );
}
