//! Precision and recall on the sample articles, as a committed table.
use std::fmt::Write;
use std::{env, fs};

use demarche::evaluate::{Count, GoldEvent, Level, parse_gold, score_documents};
use demarche::model::Event;

use crate::support::{code, sample_articles};

const TABLE: &str = "tests/results/articles.md";

struct Sample {
    name: String,
    text: String,
    gold: Vec<GoldEvent>,
    events: Vec<Event>,
}

fn samples() -> Vec<Sample> {
    sample_articles()
        .into_iter()
        .map(|(name, article)| {
            let path = format!("tests/cases/articles/{name}.tsv");
            let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path} is missing"));
            let gold = parse_gold(&path, &text).unwrap();
            for event in &gold {
                let shown = article.text.contains(&event.evidence);
                assert!(shown, "{path}: not in the article: {}", event.evidence);
            }
            let events = code(&article);
            Sample {
                name,
                text: article.text,
                gold,
                events,
            }
        })
        .collect()
}

/// The table changes with the coder: `UPDATE_RESULTS=1 cargo test` writes it, and the change is
/// read like code.
#[test]
fn precision_and_recall_are_as_the_table_says() {
    let table = table(&samples());
    if env::var_os("UPDATE_RESULTS").is_some() {
        fs::write(TABLE, &table).unwrap();
    }
    let committed = fs::read_to_string(TABLE).unwrap_or_default();
    assert_eq!(
        committed, table,
        "run with UPDATE_RESULTS=1 and read the change"
    );
}

fn table(samples: &[Sample]) -> String {
    let pairs = || {
        samples
            .iter()
            .map(|s| (s.text.as_str(), s.gold.as_slice(), s.events.as_slice()))
    };
    let scores = score_documents(pairs());
    let (count, empty) = (samples.len(), scores.empty_articles);
    let mut table = format!(
        "# Accuracy on `data/articles`\n\n\
         {count} articles, {empty} of them without any event. The coder was developed with these articles in\n\
         view: the figures are those of a development set, not of unseen text. Gold events and\n\
         articles are machine-written (see `data/MANIFEST.toml`).\n\n\
         | level | expected | found | right | precision | recall | F1 |\n|---|---|---|---|---|---|---|\n"
    );
    for (
        level,
        Count {
            expected,
            found,
            right,
        },
    ) in Level::ALL.iter().zip(scores.levels)
    {
        let count = Count {
            expected,
            found,
            right,
        };
        let (precision, recall, f1) = (count.precision(), count.recall(), count.f1());
        let name = level.name();
        writeln!(
            table,
            "| {name} | {expected} | {found} | {right} | {precision:.3} | {recall:.3} | {f1:.3} |"
        )
        .unwrap();
    }
    let (right, status) = (scores.levels[1].right, scores.status_right);
    let (dates, of_dates, false_events) = (scores.date_right, scores.dated, scores.false_in_empty);
    write!(
        table,
        "\nOf the {right} events right by country dyad and type:\n\
         - status right: {status} of {right}\n\
         - date right (same start and precision): {dates} of {of_dates}\n\
         - same day, of those dated to the day and told in the sentence of the gold: {} of {}\n\n\
         Events found in the {empty} articles without any: {false_events}.\n\n\
         | article | expected | found | right (dyad + type) |\n|---|---|---|---|\n",
        scores.day_right, scores.day_dated
    )
    .unwrap();
    for (Sample { name, .. }, pair) in samples.iter().zip(pairs()) {
        let one = score_documents([pair]).levels[1];
        writeln!(
            table,
            "| {name} | {} | {} | {} |",
            one.expected, one.found, one.right
        )
        .unwrap();
    }
    table
}

#[test]
fn articles_without_events_give_none() {
    for sample in samples().iter().filter(|sample| sample.gold.is_empty()) {
        assert!(
            sample.events.is_empty(),
            "{}: {:?}",
            sample.name,
            sample.events
        );
    }
}

/// The samples cover what the first version promises to read.
#[test]
fn the_samples_cover_types_and_statuses() {
    let samples = samples();
    assert!(
        samples
            .iter()
            .filter(|sample| !sample.gold.is_empty())
            .count()
            >= 60
    );
    assert!(
        samples
            .iter()
            .filter(|sample| sample.gold.is_empty())
            .count()
            >= 12
    );
    let all: Vec<&GoldEvent> = samples.iter().flat_map(|sample| &sample.gold).collect();
    for plover in demarche::model::PloverType::ALL {
        assert!(all.iter().any(|gold| gold.plover == *plover), "{plover}");
    }
    for status in demarche::model::Status::ALL {
        assert!(all.iter().any(|gold| gold.status == *status), "{status}");
    }
    let iran = samples
        .iter()
        .filter(|sample| sample.name.starts_with("2026-01"))
        .count();
    assert!(iran >= 10, "{iran} articles of January 2026");
}
