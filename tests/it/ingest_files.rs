//! Reads a folder of files as scrapers write them.

use demarche::ingest::{ReadOptions, Reader, Record, SkipReason, expand};
use demarche::model::Article;

const FOLDER: &str = "tests/fixtures/ingest";

fn read(path: &str) -> Vec<Record> {
    let sources = expand(&[path.to_owned()]).unwrap();
    Reader::new(sources, ReadOptions::default()).collect()
}

/// The articles of one fixture, which has nothing else.
fn articles(file: &str) -> Vec<Article> {
    read(&format!("{FOLDER}/{file}"))
        .into_iter()
        .map(|record| match record {
            Record::Article { article, notes, .. } if notes.is_empty() => article,
            other => panic!("{file}: {other:?}"),
        })
        .collect()
}

/// What is known of an article; `-` where nothing is. `text` is how the text begins.
struct Expected {
    title: &'static str,
    date: &'static str,
    outlet: &'static str,
    url: &'static str,
    id: &'static str,
    language: &'static str,
    text: &'static str,
}

const NOTHING: Expected = Expected {
    title: "-",
    date: "-",
    outlet: "-",
    url: "-",
    id: "-",
    language: "-",
    text: "",
};

fn check(file: &str, expected: &[Expected]) {
    let articles = articles(file);
    assert_eq!(articles.len(), expected.len(), "{file}");
    for (article, expected) in articles.iter().zip(expected) {
        let date = article
            .published
            .map(|published| format!("{} {}", published.day, published.precision));
        let shown = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
        assert_eq!(shown(&article.title), expected.title, "{file}");
        assert_eq!(shown(&date), expected.date, "{file}");
        assert_eq!(shown(&article.outlet), expected.outlet, "{file}");
        assert_eq!(shown(&article.url), expected.url, "{file}");
        assert_eq!(shown(&article.doc_id), expected.id, "{file}");
        assert_eq!(shown(&article.language), expected.language, "{file}");
        let begins = article.text.starts_with(expected.text);
        assert!(
            begins && !expected.text.is_empty(),
            "{file}: {}",
            article.text
        );
    }
}

#[test]
fn trafilatura() {
    check(
        "trafilatura.jsonl",
        &[
            Expected {
                title: "Leaders of Norland and Estria speak by telephone",
                date: "2026-01-16 day",
                outlet: "Sample Wire",
                url: "https://example.org/sample/norland-estria-call",
                language: "en",
                text: "The president of Norland telephoned the prime minister of Estria on Friday.\n\
                   They spoke",
                ..NOTHING
            },
            Expected {
                title: "Untitled page",
                outlet: "example.net",
                url: "https://example.net/sample/2",
                text: "Estria's envoy",
                ..NOTHING
            },
        ],
    );
}

#[test]
fn news_please() {
    check(
        "news-please.jsonl",
        &[
            Expected {
                title: "Norland's foreign minister in Estria",
                date: "2026-01-16 day",
                outlet: "herald.example.org",
                url: "https://herald.example.org/sample/visit",
                language: "en",
                text: "The foreign minister of Norland visited Estria on Thursday.\n\nShe met",
                ..NOTHING
            },
            Expected {
                title: "Estria recalls ambassador",
                outlet: "herald.example.org",
                url: "https://herald.example.org/sample/recall",
                text: "Estria recalled",
                ..NOTHING
            },
        ],
    );
}

#[test]
fn fundus() {
    check(
        "fundus.jsonl",
        &[
            Expected {
                title: "Norland and Estria sign border treaty",
                date: "2026-02-03 day",
                text: "The two neighbours end an old dispute.\n\nThe presidents of Norland and Estria \
                   signed a border treaty on Tuesday.\n\nIt takes effect in June.\n\nA long \
                   quarrel\n\nThe line",
                ..NOTHING
            },
            Expected {
                title: "Talks fail",
                date: "2026-02-04 day",
                outlet: "Sample Tribune",
                language: "en",
                text: "Norland and Estria broke off",
                ..NOTHING
            },
        ],
    );
}

#[test]
fn newspaper4k() {
    check(
        "newspaper4k.jsonl",
        &[
            Expected {
                title: "Estria sends aid to Sudmark",
                date: "2026-03-01 day",
                outlet: "Sample Monitor",
                url: "https://monitor.example.org/sample/aid",
                language: "en",
                text: "Estria sent two ships with grain to Sudmark.\n\nSudmark thanked",
                ..NOTHING
            },
            Expected {
                title: "A dump of the older version",
                url: "https://monitor.example.org/sample/border",
                text: "Sudmark closed",
                ..NOTHING
            },
        ],
    );
}

#[test]
fn ngec_and_factiva() {
    check(
        "ngec.jsonl",
        &[
            Expected {
                date: "2026-03-05 day",
                id: "20260305-1",
                text: "Norland threatened",
                ..NOTHING
            },
            Expected {
                title: "Sudmark rejects ultimatum",
                date: "2026-03-06 day",
                outlet: "Sample Gazette",
                id: "12345",
                text: "Sudmark rejected",
                ..NOTHING
            },
        ],
    );
    check(
        "factiva.jsonl",
        &[Expected {
            title: "Mediator meets both sides",
            date: "2026-03-07 day",
            outlet: "Sample Broadcasting",
            id: "SMPL000020260307",
            language: "en",
            text: "The mediator met the leaders of Norland and Sudmark on Saturday.\n\nHe saw them",
            ..NOTHING
        }],
    );
}

#[test]
fn arrays_texts_and_frames() {
    check(
        "array.json",
        &[
            Expected {
                title: "Ceasefire agreed",
                date: "2026-03-09 day",
                outlet: "Sample Wire",
                url: "https://example.org/sample/ceasefire",
                language: "en",
                text: "Norland and Sudmark agreed",
                ..NOTHING
            },
            Expected {
                date: "2026-03-10 day",
                outlet: "Sample Herald",
                text: "First paragraph.\n\nSecond paragraph.",
                ..NOTHING
            },
        ],
    );
    check(
        "several.txt",
        &[
            Expected {
                outlet: "HT",
                text: "The president of Norland spoke with the prime minister of Estria.\nThey",
                ..NOTHING
            },
            Expected {
                title: "Norland: a second call",
                date: "2026-01-16 day",
                outlet: "Sample Wire",
                url: "https://example.org/sample/second-call",
                text: "NORDHAVN - Norland's president telephoned Estria's prime minister again.\n\n\
                   Title: is no header here.",
                ..NOTHING
            },
            Expected {
                text: "No header at all; only a text.",
                ..NOTHING
            },
        ],
    );
    check(
        "frames.zst",
        &[
            Expected {
                title: "First frame",
                date: "2026-03-10 day",
                outlet: "Sample Wire",
                text: "Norland withdrew",
                ..NOTHING
            },
            Expected {
                title: "Second frame",
                date: "2026-03-01 month",
                outlet: "Sample Wire",
                text: "Sudmark released",
                ..NOTHING
            },
        ],
    );
}

#[test]
fn the_whole_folder_is_read_in_order() {
    let records = read(FOLDER);
    let mut origins = Vec::new();
    for record in &records {
        match record {
            Record::Article { origin, .. } => origins.push(origin.path.clone()),
            Record::Skipped(file) => assert_eq!(file.reason, SkipReason::BesideArticles),
            Record::Bad(bad) => panic!("{bad}"),
        }
    }
    // `alpha.zst` and `blocks.zst` are one text each.
    assert_eq!(origins.len(), 20);
    assert!(origins.is_sorted());
    assert_eq!(
        records.len() - origins.len(),
        1,
        "only the README is skipped"
    );
}

#[test]
fn the_same_article_has_the_same_id_from_any_format() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Source: HT\r\nTitle: T\r\nDate: 2026-01-16\r\n\r\nOne.\r\n\r\nTwo.\r\n";
    let json = r#"{"source":"HT","title":"T","date":"20260116","text":"One.\n\nTwo."}"#;
    std::fs::write(folder.path().join("a.txt"), text).unwrap();
    std::fs::write(folder.path().join("b.json"), json).unwrap();
    let ids: Vec<_> = read(&folder.path().display().to_string())
        .into_iter()
        .map(|record| match record {
            Record::Article { article, .. } => article.id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids.first(), ids.last());
}
