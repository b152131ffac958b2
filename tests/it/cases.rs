//! The coder, case by case: `tests/cases/coder/*.md`.
//!
//! A case is a quoted text and the events that it tells. Under `## Codes` exactly these must be
//! found, under `## Does not code` none, and under `## Known gaps` stands what a careful reader
//! finds and the coder does not yet: a gap that is closed must move up.
use std::fs;
use std::path::Path;

use demarche::ingest::{ReadOptions, read_text};
use demarche::model::{DateBasis, Event, EventDate, Published, Role};
use proptest::prelude::*;

use crate::support::code;

/// The day on which all cases were published, a Friday.
const PUBLISHED: &str = "2026-01-16";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Codes,
    DoesNotCode,
    KnownGaps,
}

struct Case {
    file: String,
    line: usize,
    section: Section,
    text: String,
    expected: Vec<String>,
}

fn events_of(text: &str) -> Vec<Event> {
    let date = EventDate::parse(PUBLISHED, DateBasis::Stated).unwrap();
    let date_default = Published::from_date(&date);
    let article = read_text(
        text,
        &ReadOptions {
            date_default,
            ..ReadOptions::default()
        },
    );
    code(&article.into_article())
}

/// `person:a 041 person:b actual 2026-01-16`.
fn shown(events: &[Event]) -> Vec<String> {
    let mut lines = Vec::new();
    for event in events {
        for (source, target) in event.dyads() {
            let (act, status, date) = (event.act.cameo, event.status(), event.date);
            lines.push(format!(
                "{} {act} {} {status} {date}",
                source.actor, target.actor
            ));
        }
        assert!(event.in_role(Role::Source).next().is_some());
    }
    lines.sort();
    lines
}

fn cases(path: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = None;
    let file = path.display().to_string();
    for (index, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            section = Some(match title {
                "Codes" => Section::Codes,
                "Does not code" => Section::DoesNotCode,
                "Known gaps" => Section::KnownGaps,
                other => panic!("{file}:{}: unknown section {other}", index + 1),
            });
        } else if let Some(text) = line.strip_prefix("> ") {
            let section = section.unwrap();
            let (file, text) = (file.clone(), text.to_owned());
            cases.push(Case {
                file,
                line: index + 1,
                section,
                text,
                expected: Vec::new(),
            });
        } else if let Some(expected) = line.strip_prefix("- ") {
            cases.last_mut().unwrap().expected.push(expected.to_owned());
        }
    }
    cases
}

#[test]
fn every_case_is_coded_as_it_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir("tests/cases/coder")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for mut case in paths.iter().flat_map(|path| cases(path)) {
        count += 1;
        case.expected.sort();
        let found = shown(&events_of(&case.text));
        let is_right = match case.section {
            Section::Codes => !case.expected.is_empty() && found == case.expected,
            Section::DoesNotCode => case.expected.is_empty() && found.is_empty(),
            Section::KnownGaps => !case.expected.is_empty() && found != case.expected,
        };
        if !is_right {
            let Case {
                file,
                line,
                section,
                text,
                expected,
            } = case;
            wrong.push(format!(
                "{file}:{line} {section:?}\n  {text}\n  expected {expected:#?}\n  found {found:#?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count > 60, "{count} cases");
}

/// Pieces from which odd texts are made: names, verbs, marks and what breaks naive readers.
const PIECES: &[&str] = &[
    "Putin",
    "Vladimir Putin",
    "Xi",
    "the Russian president",
    "he",
    "they",
    "Iran",
    "Iranian",
    "U.S.",
    "the U.N.",
    "called",
    "met",
    "held talks with",
    "was accused by",
    "will visit",
    "denied",
    "if",
    "between",
    "and",
    ",",
    ".",
    "“",
    "”",
    "'s",
    "on Friday",
    "in 2015",
    "two days earlier",
    "\n\n",
    "\u{0}",
    "\u{202e}",
    "é",
    "日本",
    "🕊",
    "-",
    "(",
    ")",
    "Mr.",
    "No.",
    "1,000",
    "of the",
    "to",
    "said that",
    "who",
    "\t",
    "—",
    "the two leaders",
    "Feb. 30",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any text is coded without a fault, the same way twice, and every span lies in it.
    #[test]
    fn any_text_is_taken(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60), noise in ".{0,40}") {
        let text = format!("{} {noise}", pieces.join(" "));
        let date = EventDate::parse(PUBLISHED, DateBasis::Stated).unwrap();
        let options = ReadOptions { date_default: Published::from_date(&date), ..ReadOptions::default() };
        let article = read_text(&text, &options).into_article();
        let events = code(&article);
        prop_assert_eq!(&events, &code(&article));
        for event in &events {
            prop_assert!(!event.mentions.is_empty());
            for mention in &event.mentions {
                let spans = [Some(mention.spans.sentence), mention.spans.source, Some(mention.spans.predicate), mention.spans.target];
                for span in spans.into_iter().flatten() {
                    prop_assert!(span.of(&article.text).is_some(), "{span:?}");
                }
            }
        }
    }
}
