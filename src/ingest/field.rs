//! Fields of JSON objects, by the names that scrapers give them.

use serde_json::{Map, Value};

use crate::ingest::draft::{Draft, clean_text, decode, is_url, language, value};
use crate::ingest::{BadReason, ReadOptions, date};
use crate::model::ArticleDraft;

type Object = Map<String, Value>;

// The names are those of trafilatura 2.3, news-please 1.6, fundus 0.5, newspaper4k 0.9, NGEC,
// Factiva, NewsML-G2, WARC and schema.org. In each list the first name that has a value counts.
const TEXT: &[&str] = &[
    "text",
    "maintext",
    "plaintext",
    "body",
    "content",
    "article",
    "event_text",
    "raw_text",
    "articleBody",
];
/// Factiva's leading paragraph and the rest, which only together are the text.
const TEXT_PARTS: &[&str] = &["LP", "TD"];
const TITLE: &[&str] = &[
    "title",
    "headline",
    "heading",
    "title_page",
    "title_rss",
    "HD",
    "hl1",
];
/// WHY NOT `date_download` and `date_modify`: neither says when the article appeared.
const DATE: &[&str] = &[
    "date",
    "date_publish",
    "publishing_date",
    "publish_date",
    "pub_date",
    "published",
    "pubDate",
    "datePublished",
    "publishedAt",
    "published_at",
    "publication_date",
    "PD",
    "versionCreated",
];
const URL: &[&str] = &[
    "url",
    "canonical_link",
    "link",
    "DocumentIdentifier",
    "WARC-Target-URI",
];
const OUTLET: &[&str] = &[
    "outlet",
    "source-hostname",
    "sitename",
    "hostname",
    "source_domain",
    "publisher",
    "publication",
    "meta_site_name",
    "SN",
    "provider",
];
/// An address in trafilatura's records, an outlet in others.
const SOURCE: &str = "source";
const LANGUAGE: &[&str] = &["language", "lang", "LA", "meta_lang", "inLanguage"];
const ID: &[&str] = &[
    "doc_id",
    "id",
    "story_id",
    "article_id",
    "guid",
    "AN",
    "WARC-Record-ID",
];
/// The parts of fundus' `body`, in the order of reading.
const BODY_PARTS: &[&str] = &["summary", "sections", "headline", "paragraphs"];

/// Parses one record. The fault comes with the number of line breaks before it.
pub(super) fn parse(bytes: &[u8], options: &ReadOptions) -> Result<Draft, (u64, BadReason)> {
    let text = decode(bytes)?;
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let shown = error.to_string();
        let message = shown.split(" at line ").next().unwrap_or(&shown).to_owned();
        let breaks = error.line().saturating_sub(1) as u64;
        let column = error.column();
        (breaks, BadReason::NotJson { message, column })
    })?;
    let found = match &value {
        Value::Object(object) => return draft(object, options).checked().map_err(|bad| (0, bad)),
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
    };
    Err((0, BadReason::NotAnObject { found }))
}

fn draft(object: &Object, options: &ReadOptions) -> Draft {
    let (source_url, source_outlet) = match first(object, &[SOURCE], name) {
        Some(source) if is_url(&source) => (Some(source), None),
        other => (None, other),
    };
    let mut read = Draft {
        draft: ArticleDraft {
            doc_id: first(object, ID, scalar),
            outlet: first(object, OUTLET, name).or(source_outlet),
            url: first(object, URL, scalar).or(source_url),
            title: first(object, TITLE, scalar),
            published: None,
            language: first(object, LANGUAGE, scalar).and_then(|text| language(&text)),
            text: first(object, TEXT, text)
                .or_else(|| joined_text(object))
                .unwrap_or_default(),
        },
        notes: Vec::new(),
    };
    let dates = values(object, DATE).filter_map(shown);
    let written: Vec<String> = dates.collect();
    let readable = written.iter().find(|text| date::parse(text).is_some());
    read.date(readable.or(written.first()).map(String::as_str), options);
    read
}

/// The values of all fields of these names, in the order of the names.
fn values<'a>(object: &'a Object, names: &'a [&str]) -> impl Iterator<Item = &'a Value> {
    names.iter().flat_map(|name| {
        let fields = object.iter();
        let alike = fields.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        alike.map(|(_, value)| value)
    })
}

fn first<T>(object: &Object, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
    values(object, names).find_map(read)
}

/// A text or a number.
fn scalar(field: &Value) -> Option<String> {
    match field {
        Value::String(text) => value(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text, or the `name` of an object.
fn name(field: &Value) -> Option<String> {
    match field {
        Value::Object(object) => first(object, &["name"], scalar),
        other => scalar(other),
    }
}

/// Any value but a missing one, as a note would show it.
fn shown(field: &Value) -> Option<String> {
    match field {
        Value::Null => None,
        Value::String(_) | Value::Number(_) => scalar(field),
        other => Some(other.to_string()),
    }
}

/// A text, a list of paragraphs, or fundus' object of paragraphs.
fn text(field: &Value) -> Option<String> {
    let mut paragraphs = Vec::new();
    collect_paragraphs(field, &mut paragraphs);
    let text = clean_text(&paragraphs.join("\n\n"));
    (!text.is_empty() && text != "None").then_some(text)
}

fn joined_text(object: &Object) -> Option<String> {
    let parts = TEXT_PARTS
        .iter()
        .filter_map(|part| first(object, &[part], text));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn collect_paragraphs<'a>(field: &'a Value, paragraphs: &mut Vec<&'a str>) {
    match field {
        Value::String(text) if !text.trim().is_empty() => paragraphs.push(text),
        Value::Array(fields) => {
            for field in fields {
                collect_paragraphs(field, paragraphs);
            }
        }
        Value::Object(object) => {
            for field in values(object, BODY_PARTS) {
                collect_paragraphs(field, paragraphs);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ingest::ArticleNote;
    use crate::model::{DateBasis, EventDate, Published};

    fn read(record: &Value) -> Draft {
        parse(record.to_string().as_bytes(), &ReadOptions::default()).unwrap()
    }

    /// `expected` is outlet, url and title.
    fn check(record: &Value, expected: (Option<&str>, Option<&str>, Option<&str>)) {
        let draft = read(record).draft;
        let found = (
            draft.outlet.as_deref(),
            draft.url.as_deref(),
            draft.title.as_deref(),
        );
        assert_eq!(found, expected, "{record}");
        assert_eq!(draft.text, "Body.");
    }

    fn check_text(record: &Value, expected: &str) {
        assert_eq!(read(record).draft.text, expected, "{record}");
    }

    fn check_date(record: &Value, expected: Option<&str>, notes: usize) {
        let read = read(record);
        let date = expected.map(|text| EventDate::parse(text, DateBasis::Stated).unwrap());
        let expected = date.and_then(|date| Published::from_date(&date));
        assert_eq!(read.draft.published, expected, "{record}");
        assert_eq!(read.notes.len(), notes, "{record}");
    }

    #[test]
    fn names_match_in_any_case_and_the_first_with_a_value_counts() {
        check(
            &json!({"TEXT": "Body.", "Title": "None", "HeadLine": "T\nU", "URL": "", "Link": "u"}),
            (None, Some("u"), Some("T U")),
        );
        check(
            &json!({"text": null, "maintext": "Body.", "sitename": "S", "publisher": "P"}),
            (Some("S"), None, None),
        );
    }

    #[test]
    fn a_source_is_an_address_or_an_outlet() {
        let url = "https://a.org/1";
        check(
            &json!({"text": "Body.", "source": url}),
            (None, Some(url), None),
        );
        check(
            &json!({"text": "Body.", "source": "HT"}),
            (Some("HT"), None, None),
        );
        check(
            &json!({"text": "Body.", "source": url, "url": "u", "hostname": "h"}),
            (Some("h"), Some("u"), None),
        );
        check(
            &json!({"text": "Body.", "source": {"id": null, "name": "HT"}}),
            (Some("HT"), None, None),
        );
    }

    #[test]
    fn texts_come_whole() {
        check_text(&json!({"text": "\r\na\r\nb \n"}), "a\nb");
        check_text(&json!({"content": ["a", "", "b"]}), "a\n\nb");
        check_text(&json!({"LP": "a", "TD": ["b", "c"]}), "a\n\nb\n\nc");
        check_text(&json!({"TD": "b", "body": {}, "article": 3}), "b");
        let body = json!({"body": {
            "sections": [
                {"paragraphs": ["b", "c"], "headline": []},
                {"headline": ["D"], "paragraphs": ["e"]},
            ],
            "summary": ["a"],
        }});
        check_text(&body, "a\n\nb\n\nc\n\nD\n\ne");
    }

    #[test]
    fn dates_may_be_numbers_and_are_never_invented() {
        check_date(
            &json!({"text": "a", "date": 1_768_557_600}),
            Some("2026-01-16"),
            0,
        );
        check_date(
            &json!({"text": "a", "date": 20_260_116}),
            Some("2026-01-16"),
            0,
        );
        check_date(
            &json!({"text": "a", "date": 1_768_557_600.25}),
            Some("2026-01-16"),
            0,
        );
        check_date(
            &json!({"text": "a", "date": "soon", "PD": "2026"}),
            Some("2026"),
            0,
        );
        check_date(&json!({"text": "a", "date": "soon"}), None, 1);
        check_date(&json!({"text": "a", "date": {"y": 2026}}), None, 1);
        check_date(
            &json!({"text": "a", "date_download": "2026-01-16"}),
            None,
            0,
        );
        check_date(
            &json!({"text": "a", "date": "None", "pub_date": null}),
            None,
            0,
        );
        let note = read(&json!({"text": "a", "date": "é".repeat(200)})).notes;
        let text = "é".repeat(60);
        assert_eq!(note, [ArticleNote::UnreadableDate { text }]);
    }

    #[test]
    fn ids_may_be_numbers() {
        let id = |record: Value| read(&record).draft.doc_id;
        assert_eq!(id(json!({"text": "a", "id": 7})), Some("7".to_owned()));
        assert_eq!(
            id(json!({"text": "a", "id": null, "guid": "g"})),
            Some("g".to_owned())
        );
    }

    #[test]
    fn bad_records_say_why() {
        let check = |record: &[u8], breaks: u64, expected: &str| {
            let (found, reason) = parse(record, &ReadOptions::default()).unwrap_err();
            assert_eq!((found, reason.to_string().as_str()), (breaks, expected));
        };
        check(b"{\"text\": \" \"}", 0, "no text");
        check(b"{}", 0, "no text");
        check(b"[1]", 0, "expected a JSON object, found an array");
        check(
            b"{\"text\":\n\"a\" 3}",
            1,
            "not JSON: expected `,` or `}` (column 5)",
        );
        check(
            b"{\n\n\"\xff\"}",
            2,
            "byte 0xff is not UTF-8; convert the file to UTF-8",
        );
        let deep = format!("{{\"text\":{}", "[".repeat(500));
        check(
            deep.as_bytes(),
            0,
            "not JSON: recursion limit exceeded (column 135)",
        );
    }
}
