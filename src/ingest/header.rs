//! Header lines at the top of a plain text.

use crate::ingest::ReadOptions;
use crate::ingest::draft::{Draft, clean_text, is_url, language, value};
use crate::model::ArticleDraft;

/// Most words of a first line such as `Source HT`, the word `Source` included.
const BARE_SOURCE_WORDS_MAX: usize = 6;

/// Reads one article from a text, with header lines if it begins with some.
///
/// Line breaks are made `\n` and blank ends are dropped; dividers are not looked for. The draft of
/// an empty text has an empty text. A date that cannot be read leaves the draft undated.
#[must_use]
pub fn read_text(text: &str, options: &ReadOptions) -> ArticleDraft {
    parse(&clean_text(text), options).draft
}

/// Reads one article from a cleaned text.
pub(super) fn parse(text: &str, options: &ReadOptions) -> Draft {
    let mut header = Header::default();
    let mut rest = text;
    if let Some((line, after)) = split_line(rest)
        // A text of one line is a sentence about a source, not a header without a text.
        && !after.trim().is_empty()
        && let Some(outlet) = bare_source(line)
    {
        header.draft.outlet = Some(outlet);
        rest = after;
    }
    while let Some((line, after)) = split_line(rest)
        && header.take(line)
    {
        rest = after;
    }
    let mut read = Draft {
        draft: header.draft,
        notes: Vec::new(),
    };
    read.date(header.date.as_deref(), options);
    read.draft.text = clean_text(rest);
    read
}

/// The values of the header lines so far.
#[derive(Default)]
struct Header {
    draft: ArticleDraft,
    date: Option<String>,
}

impl Header {
    /// Takes the value of a header line; says whether the line is one.
    fn take(&mut self, line: &str) -> bool {
        let Some((name, written)) = line.split_once(':') else {
            return false;
        };
        let written = value(written);
        let draft = &mut self.draft;
        let (field, value) = match name.trim().to_ascii_lowercase().as_str() {
            "source" if written.as_deref().is_some_and(is_url) => (&mut draft.url, written),
            "source" | "outlet" | "publisher" => (&mut draft.outlet, written),
            "title" | "headline" => (&mut draft.title, written),
            "date" | "published" => (&mut self.date, written),
            "url" | "link" => (&mut draft.url, written),
            "language" => (&mut draft.language, written.as_deref().and_then(language)),
            "id" => (&mut draft.doc_id, written),
            _ => return false,
        };
        if field.is_none() {
            *field = value;
        }
        true
    }
}

/// The outlet of a first line such as `Source HT`.
fn bare_source(line: &str) -> Option<String> {
    let outlet = line.strip_prefix("Source")?;
    let is_short = line.split_whitespace().count() <= BARE_SOURCE_WORDS_MAX;
    let is_name = outlet.starts_with([' ', '\t'])
        && !outlet.contains(':')
        && !outlet.trim_end().ends_with(['.', '!', '?']);
    (is_short && is_name).then(|| value(outlet))?
}

fn split_line(text: &str) -> Option<(&str, &str)> {
    (!text.is_empty()).then(|| text.split_once('\n').unwrap_or((text, "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateBasis, EventDate, Published};

    fn read(text: &str) -> ArticleDraft {
        read_text(text, &ReadOptions::default())
    }

    fn published(text: &str) -> Option<Published> {
        Published::from_date(&EventDate::parse(text, DateBasis::Stated).unwrap())
    }

    /// `expected` is outlet, title and text.
    fn check(text: &str, expected: (Option<&str>, Option<&str>, &str)) {
        let draft = read(text);
        let found = (
            draft.outlet.as_deref(),
            draft.title.as_deref(),
            draft.text.as_str(),
        );
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn header_lines_are_taken_in_any_case_and_order() {
        let draft = read(
            "DATE: January 16, 2026\r\nid: 7\r\nLanguage: en-GB\r\nlink: https://a.org/1\r\n\
             outlet : A B\r\nHeadline:  Two: parts \r\n\r\n\r\n  Body.\r\nTitle: still body\r\n\r\n",
        );
        let expected = ArticleDraft {
            doc_id: Some("7".to_owned()),
            outlet: Some("A B".to_owned()),
            url: Some("https://a.org/1".to_owned()),
            title: Some("Two: parts".to_owned()),
            published: published("2026-01-16"),
            language: Some("en".to_owned()),
            text: "  Body.\nTitle: still body".to_owned(),
        };
        assert_eq!(draft, expected);
    }

    #[test]
    fn the_header_ends_at_the_first_other_line() {
        check(
            "Title: T\nBody.\nSource: X",
            (None, Some("T"), "Body.\nSource: X"),
        );
        check("Title: T\n\nSource: X", (None, Some("T"), "Source: X"));
        check("Body.\nTitle: T", (None, None, "Body.\nTitle: T"));
        check("MOSCOW: Body.", (None, None, "MOSCOW: Body."));
        check("Title: T", (None, Some("T"), ""));
        check("", (None, None, ""));
    }

    #[test]
    fn the_first_value_of_a_field_counts() {
        check("Source: A\nOutlet: B\n\nBody.", (Some("A"), None, "Body."));
        check(
            "Source:\nOutlet: None\nPublisher: C\nBody.",
            (Some("C"), None, "Body."),
        );
        let draft = read("Source: https://a.org/1\nSource: A\n\nBody.");
        assert_eq!(draft.url.as_deref(), Some("https://a.org/1"));
        assert_eq!(draft.outlet.as_deref(), Some("A"));
    }

    #[test]
    fn a_bare_source_is_a_short_first_line_above_a_text() {
        check("Source HT\nBody.", (Some("HT"), None, "Body."));
        check(
            "\n\nSource HT\nTitle: T\n\nBody.",
            (Some("HT"), Some("T"), "Body."),
        );
        check(
            "Source The Sample Wire of London\nBody.",
            (Some("The Sample Wire of London"), None, "Body."),
        );
        for body in [
            "Source says Putin called Netanyahu",
            "Source said no.\nMore.",
            "Source one two three four five six\nMore.",
            "Sources HT\nMore.",
            "Source\nMore.",
            "Body.\nSource HT\nMore.",
        ] {
            check(body, (None, None, body));
        }
    }

    #[test]
    fn dates_are_read_defaulted_or_noted() {
        let options = ReadOptions {
            date_default: published("2026-02"),
            ..ReadOptions::default()
        };
        let undated = parse("Body.", &options);
        assert_eq!(undated.draft.published, published("2026-02"));
        let dated = parse("Date: 2026-01-16\nBody.", &options);
        assert_eq!(dated.draft.published, published("2026-01-16"));
        let unreadable = parse("Date: 1/2/2026\nBody.", &options);
        assert_eq!(unreadable.draft.published, None);
        let note = unreadable.notes.first().unwrap().to_string();
        assert!(note.contains("`1/2/2026`"), "{note}");
    }
}
