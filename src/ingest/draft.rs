//! What all formats do alike with the values of an article.

use std::borrow::Cow;

use crate::ingest::{ArticleNote, BadReason, ReadOptions, date};
use crate::model::ArticleDraft;

/// Most characters of an unreadable date that a note repeats.
const SHOWN_CHARACTERS_MAX: usize = 60;

/// What a format made of one record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The line that an article begins on, or the line of the fault; from 1.
    pub(super) line: u64,
    /// The article, or what is wrong.
    pub(super) result: Result<Draft, BadReason>,
}

impl Outcome {
    pub(super) const fn bad(line: u64, reason: BadReason) -> Self {
        Self {
            line,
            result: Err(reason),
        }
    }
}

/// A draft and what was odd about it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) draft: ArticleDraft,
    pub(super) notes: Vec<ArticleNote>,
}

impl Draft {
    /// Sets the date of publication from one as written, or from the default where there is none.
    pub(super) fn date(&mut self, written: Option<&str>, options: &ReadOptions) {
        let Some(written) = written else {
            self.draft.published = options.date_default;
            return;
        };
        self.draft.published = date::parse(written);
        if self.draft.published.is_none() {
            self.notes.push(ArticleNote::UnreadableDate {
                text: written.chars().take(SHOWN_CHARACTERS_MAX).collect(),
            });
        }
    }

    /// Refuses a draft without text.
    pub(super) fn checked(self) -> Result<Self, BadReason> {
        if self.draft.text.is_empty() {
            Err(BadReason::NoText)
        } else {
            Ok(self)
        }
    }
}

/// Decodes a record; the fault comes with the number of line breaks before it.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, (u64, BadReason)> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (good, rest) = bytes
            .split_at_checked(error.valid_up_to())
            .unwrap_or_default();
        let byte = rest.first().copied().unwrap_or_default();
        (line_breaks(good), BadReason::NotUtf8 { byte })
    })
}

#[expect(
    clippy::naive_bytecount,
    reason = "fast enough, and one dependency less"
)]
pub(super) fn line_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Drops a byte order mark, makes every line break `\n`, and drops blank lines before the text and
/// white space after it.
pub(super) fn clean_text(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end();
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let blank_bytes = text.len() - text.trim_start().len();
    let start = text
        .get(..blank_bytes)
        .and_then(|blank| blank.rfind('\n'))
        .map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default().to_owned()
}

/// Returns a value on one line, unless it is missing: empty, or the text `None`, which Python
/// programs write.
pub(super) fn value(text: &str) -> Option<String> {
    let text = text.trim();
    let missing = text.is_empty() || text == "None";
    (!missing).then(|| {
        if text.contains(['\n', '\r', '\t']) {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text.to_owned()
        }
    })
}

/// Says whether a value that may name an outlet or an address is an address.
pub(super) fn is_url(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let prefixed = ["http://", "https://", "www."]
        .iter()
        .any(|prefix| lower.starts_with(prefix));
    prefixed && !text.contains(char::is_whitespace)
}

/// Makes a language a lower-case code without its region: `en-GB` and `English` become `en`.
pub(super) fn language(text: &str) -> Option<String> {
    let lower = value(text)?.to_ascii_lowercase();
    let primary = lower.split(['-', '_']).next().unwrap_or(&lower);
    Some(match primary {
        "english" | "eng" => "en".to_owned(),
        other => other.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned_but_kept() {
        let check = |text: &str, expected: &str| assert_eq!(clean_text(text), expected);
        check("\u{feff}a\r\nb\rc\n\n", "a\nb\nc");
        check("\n \n\t\n  indented\n\nend \n \n", "  indented\n\nend");
        check(" \r\n ", "");
        check("e\u{301}", "e\u{301}");
    }

    #[test]
    fn values_are_one_line_or_missing() {
        assert_eq!(value(" two\r\n words "), Some("two words".to_owned()));
        assert_eq!(value("a  b"), Some("a  b".to_owned()));
        assert_eq!(value("None"), None);
        assert_eq!(value(" \n"), None);
    }

    #[test]
    fn addresses_are_told_from_outlets() {
        for url in ["https://a.org/x", "HTTP://A", "www.a.org"] {
            assert!(is_url(url), "{url}");
        }
        for outlet in ["Reuters", "example.org", "", "www. is a name", "ééééééé"] {
            assert!(!is_url(outlet), "{outlet}");
        }
    }

    #[test]
    fn languages_lose_their_region() {
        for text in ["en", "EN-gb", "en_US", "English", "eng"] {
            assert_eq!(language(text).as_deref(), Some("en"), "{text}");
        }
        assert_eq!(language("ru").as_deref(), Some("ru"));
        assert_eq!(language("None"), None);
    }
}
