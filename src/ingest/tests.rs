//! Whole files and folders, read as users have them.

use std::fs;
use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::ingest::{ReadOptions, Reader, Record, Source, expand};
use crate::model::{DateBasis, EventDate, Published};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Every record as `path:line text`, `! bad record` or `- skipped file`.
fn shown(records: impl Iterator<Item = Record>) -> Vec<String> {
    records
        .map(|record| match record {
            Record::Article {
                article, origin, ..
            } => format!("{origin} {}", article.text),
            Record::Bad(bad) => format!("! {bad}"),
            Record::Skipped(file) => format!("- {file}"),
        })
        .collect()
}

/// Reads a folder with the given files; names of records are relative to it.
fn check_files(files: &[(&str, &[u8])], expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let sources = expand(&[folder.path().display().to_string()]).unwrap();
    let count = sources.len();
    let mut reader = Reader::new(sources, ReadOptions::default());
    let prefix = format!("{}/", folder.path().display());
    let found: Vec<String> = shown(reader.by_ref())
        .iter()
        .map(|line| line.replace(&prefix, ""))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(reader.sources_done(), count);
}

fn input(bytes: &[u8]) -> Reader {
    Reader::new(vec![Source::from_argument("-")], ReadOptions::default())
        .with_standard_input(Box::new(Cursor::new(bytes.to_vec())))
}

fn check_input(bytes: &[u8], expected: &[&str]) {
    assert_eq!(
        shown(input(bytes)),
        expected,
        "{}",
        String::from_utf8_lossy(bytes)
    );
}

/// The texts of the articles of a file with this name and content.
fn texts_of(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let source = Source::from_argument(&path.display().to_string());
    texts(Reader::new(vec![source], ReadOptions::default()))
}

fn texts(reader: Reader) -> Vec<String> {
    reader
        .filter_map(|record| match record {
            Record::Article { article, .. } => Some(article.text),
            Record::Bad(_) | Record::Skipped(_) => None,
        })
        .collect()
}

#[test]
fn a_folder_of_many_formats_is_read_in_order() {
    check_files(
        &[
            ("README.md", b"About"),
            ("a.txt", b"Title: T\n\na\n---\nb"),
            ("b.jsonl", b"{\"text\":\"c\"}\n{\n{\"text\":\"d\"}"),
            ("c.json.gz", &gzip(b"[{\"text\":\"e\"},\n{\"text\":\"f\"}]")),
            ("d.txt", &gzip(&gzip(b"g"))),
            ("e", b"h"),
            ("f.html", b"<html>"),
            ("g.bin", b"\0\x01"),
            ("h.txt", &gzip(&gzip(&gzip(b"i")))),
            ("i.tsv", b"a\tb"),
            ("j.txt", b""),
            ("k.txt", b"k"),
        ],
        &[
            "- README.md: no article, found beside articles",
            "a.txt:1 a",
            "a.txt:5 b",
            "b.jsonl:1 c",
            "! b.jsonl:2: not JSON: EOF while parsing an object (column 1)",
            "b.jsonl:3 d",
            "c.json.gz:1 e",
            "c.json.gz:2 f",
            "d.txt:1 g",
            "e:1 h",
            "- f.html: not a known article format",
            "- g.bin: not a known article format",
            "! h.txt: compressed more than 2 times over; decompress it first",
            "- i.tsv: no article, found beside articles",
            "! j.txt:1: no text",
            "k.txt:1 k",
        ],
    );
}

#[test]
fn a_named_file_that_is_no_article_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("a.tsv");
    fs::write(&table, "a\tb").unwrap();
    let missing = folder.path().join("b.txt");
    let names = [&table, &missing].map(|path| path.display().to_string());
    let sources = names
        .iter()
        .map(|name| Source::from_argument(name))
        .collect();
    let found = shown(Reader::new(sources, ReadOptions::default()));
    let expected = [
        format!("- {}: not a known article format", table.display()),
        format!(
            "! {}: cannot be opened: No such file or directory (os error 2)",
            missing.display()
        ),
    ];
    assert_eq!(found, expected);
}

#[test]
fn standard_input_is_recognised_by_its_content() {
    check_input(b"Source HT\na\n\x0cb", &["-:1 a", "-:3 b"]);
    check_input(b"\n{\"text\":\"a\"}\n{\"text\":\"b\"}", &["-:2 a", "-:3 b"]);
    check_input(b"[{\"text\":\"a\"}]", &["-:1 a"]);
    check_input(&gzip(b"{\n\"text\":\"a\"\n}"), &["-:1 a"]);
    check_input(b"", &["! -:1: no text"]);
    let none = Reader::new(vec![Source::from_argument("-")], ReadOptions::default());
    assert_eq!(shown(none), ["! -: standard input is not available here"]);
}

#[test]
fn a_truncated_file_keeps_what_came_before() {
    let lines: Vec<String> = (0..400)
        .map(|n| format!("{{\"text\":\"Text {n}.\"}}"))
        .collect();
    let lines = lines.join("\n");
    let mut bytes = gzip(lines.as_bytes());
    bytes.truncate(bytes.len() - 60);
    let found = shown(input(&bytes));
    let (last, before) = found.split_last().unwrap();
    assert!(before.len() > 100, "{}", before.len());
    for (index, line) in before.iter().enumerate() {
        assert_eq!(line, &format!("-:{} Text {index}.", index + 1));
    }
    let expected = format!(
        "! -:{}: cannot be read further: it ends too early",
        found.len()
    );
    assert_eq!(last, &expected);
}

#[test]
fn the_default_date_fills_in_where_there_is_none() {
    let date = EventDate::parse("2026-02-03", DateBasis::Stated).unwrap();
    let options = ReadOptions {
        date_default: Published::from_date(&date),
        ..ReadOptions::default()
    };
    let lines =
        "{\"text\":\"a\"}\n{\"text\":\"b\",\"date\":\"2026\"}\n{\"text\":\"c\",\"date\":\"?\"}";
    let reader = Reader::new(vec![Source::from_argument("-")], options.clone())
        .with_standard_input(Box::new(lines.as_bytes()));
    let found: Vec<_> = reader
        .map(|record| match record {
            Record::Article { article, notes, .. } => (
                article.published.map(|published| published.day.to_string()),
                notes.len(),
            ),
            other => panic!("{other:?}"),
        })
        .collect();
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [(day("2026-02-03"), 0), (day("2026-01-01"), 0), (None, 1)]
    );
}

proptest! {
    #[test]
    fn any_bytes_are_survived(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        alike in "[-\\[\\]{}\",:\\\\ \n\r\u{c}a0]{0,80}",
        name in prop::sample::select(vec!["a.txt", "a.jsonl", "a.json", "a.dat", "-"]),
    ) {
        let packed = gzip(&bytes);
        let magic = [&[0x1f, 0x8b, 8, 0], bytes.as_slice()].concat();
        let frame = [&[0x28, 0xb5, 0x2f, 0xfd], bytes.as_slice()].concat();
        for content in [bytes, packed, magic, frame, alike.into_bytes()] {
            if name == "-" {
                let count = input(&content).count();
                prop_assert!(count <= content.len() + 2, "{}", count);
            } else {
                texts_of(name, &content);
            }
        }
    }

    #[test]
    fn good_records_around_a_bad_one_survive(
        bad in proptest::collection::vec(any::<u8>(), 1..60),
    ) {
        let in_line: Vec<u8> = bad.iter().copied().filter(|byte| *byte != b'\n').collect();
        let lines = [b"{\"text\":\"first\"}\n", in_line.as_slice(), b"\n{\"text\":\"last\"}"].concat();
        let found = texts_of("a.jsonl", &lines);
        prop_assert_eq!(found.first().map(String::as_str), Some("first"));
        prop_assert_eq!(found.last().map(String::as_str), Some("last"));

        let text = [b"first\n---\n", bad.as_slice(), b"\n---\nlast"].concat();
        let found = texts_of("a.txt", &text);
        prop_assert_eq!(found.first().map(String::as_str), Some("first"));
        prop_assert_eq!(found.last().map(String::as_str), Some("last"));
    }

    #[test]
    fn articles_in_are_articles_out(
        articles in proptest::collection::vec(("[^\\s]\\PC{0,30}", "\\PC{0,20}"), 0..20),
        layout in 0..4,
    ) {
        let records: Vec<String> = articles
            .iter()
            .map(|(text, title)| serde_json::json!({"text": text, "title": title}).to_string())
            .collect();
        let expected: Vec<String> = articles
            .iter()
            .map(|(text, _)| text.trim_start_matches('\u{feff}').trim_end().to_owned())
            .filter(|text| !text.is_empty() && text != "None")
            .collect();
        let found = match layout {
            0 => texts_of("a.jsonl", records.join("\n").as_bytes()),
            1 => texts_of("a.jsonl", &gzip(records.join("\r\n").as_bytes())),
            2 => texts_of("a.json", format!("[{}]", records.join(",\n")).as_bytes()),
            _ => texts(input(records.join("\n").as_bytes())),
        };
        prop_assert_eq!(found, expected);
    }
}
