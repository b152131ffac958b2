//! Sentences of a text.

use crate::model::{Byte, SentenceIndex, Span};
use crate::text::abbreviation::{Stop, stop_after};
use crate::text::dateline::find_dateline;
use crate::text::token::{Word, tokenize};

/// A text taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// The dateline, which belongs to no sentence.
    pub dateline: Option<Span<Byte>>,
    /// The sentences, in order; their spans do not overlap.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its number, from 0.
    pub index: SentenceIndex,
    /// Where it stands, without white space around.
    pub span: Span<Byte>,
    /// Its tokens, in order; never empty.
    pub words: Vec<Word>,
}

/// Longest sentence, in bytes; a longer one is cut at white space, so that one line of ten
/// megabytes costs no more than many lines.
const SENTENCE_BYTES_MAX: usize = 4_000;

/// Takes a text apart into dateline, sentences and tokens.
///
/// A line break ends a sentence where a blank line follows, or where the line ended with a mark
/// of a sentence's end; other line breaks are white space.
///
/// # Complexity
/// Linear in the length of the text.
#[must_use]
pub fn analyse(text: &str) -> Analysis {
    let dateline = find_dateline(text);
    let mut sentences = Vec::new();
    let mut position = dateline.map_or(0, Span::end);
    while position < text.len() {
        let end = sentence_end(text, position);
        let part = &text[position..end];
        let start = position + (part.len() - part.trim_start().len());
        let span = Span::new(start, start + part.trim().len());
        let words = tokenize(text, span);
        if !words.is_empty() {
            sentences.push(Sentence {
                index: SentenceIndex::new(sentences.len()),
                span,
                words,
            });
        }
        position = end;
    }
    Analysis {
        dateline,
        sentences,
    }
}

/// Returns where the sentence that begins at `start` ends (after `start`).
fn sentence_end(text: &str, start: usize) -> usize {
    let mut word_start = start;
    let mut last_space = None;
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        let after = at + c.len_utf8();
        if offset > SENTENCE_BYTES_MAX {
            return last_space.filter(|space| *space > start).unwrap_or(at);
        }
        let ends = match c {
            '\n' => is_paragraph_end(text, at, after),
            '.' => {
                let word = text[word_start..at].trim_matches(|c: char| !c.is_alphanumeric());
                is_end_after_stop(word, &text[after..])
            }
            '!' | '?' | '…' | '。' | '！' | '？' => starts_sentence(&text[after..]),
            _ => false,
        };
        if ends {
            return after + closing_marks(&text[after..]);
        }
        if c.is_whitespace() {
            word_start = after;
            last_space = Some(after);
        }
    }
    text.len()
}

/// Says whether the line break at `at` ends a paragraph: a blank line follows, or the next line
/// looks like a new beginning after a line that ended without a comma.
fn is_paragraph_end(text: &str, at: usize, after: usize) -> bool {
    let next_line = text[after..].lines().next().unwrap_or_default();
    let before = text[..at].trim_end().chars().next_back();
    let begins_anew = next_line
        .trim_start()
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || matches!(c, '-' | '*' | '•' | '"' | '“'));
    // WHY NOT at any capital: wrapped lines break before names. A short line is a heading.
    let line_start = text[..at].rfind('\n').map_or(0, |index| index + 1);
    let is_short = at - line_start < 60;
    next_line.trim().is_empty() || (begins_anew && is_short && before != Some(','))
}

/// Says whether the stop after `word` ends the sentence, given what follows.
fn is_end_after_stop(word: &str, rest: &str) -> bool {
    match stop_after(word) {
        Stop::OfWord => false,
        Stop::Either => starts_sentence(rest) && begins_with_starter(rest),
        Stop::OfSentence => starts_sentence(rest),
    }
}

/// Says whether what follows a mark can begin a sentence: closing marks, white space, then a
/// capital letter, a digit or an opening quotation mark.
fn starts_sentence(rest: &str) -> bool {
    let rest = &rest[closing_marks(rest)..];
    let trimmed = rest.trim_start();
    if trimmed.is_empty() {
        return true;
    }
    let spaced = trimmed.len() < rest.len();
    spaced
        && trimmed
            .chars()
            .next()
            .is_some_and(|c| !c.is_lowercase() && c != ',')
}

/// After an abbreviation only a common first word makes a new sentence likely ("U.S. The").
pub(crate) fn begins_with_starter(rest: &str) -> bool {
    const STARTERS: &[&str] = &[
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "He",
        "She",
        "It",
        "They",
        "But",
        "And",
        "This",
        "That",
        "These",
        "His",
        "Her",
        "Their",
        "Both",
        "After",
        "Before",
        "While",
        "When",
        "If",
        "For",
        "As",
        "There",
        "Earlier",
        "Later",
        "Officials",
        "Neither",
    ];
    let word: String = rest
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    STARTERS.contains(&word.as_str())
}

/// Returns the bytes of closing quotation marks and brackets at the start of `rest`.
fn closing_marks(rest: &str) -> usize {
    rest.chars()
        .take_while(|c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '.'))
        .take(8)
        .map(char::len_utf8)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let analysis = analyse(text);
        let found: Vec<&str> = analysis
            .sentences
            .iter()
            .map(|sentence| sentence.span.of(text).unwrap())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        check(
            "He met Mr. Smith. They spoke.",
            &["He met Mr. Smith.", "They spoke."],
        );
        check("The U.S. President spoke.", &["The U.S. President spoke."]);
        check(
            "He left the U.S. The talks failed.",
            &["He left the U.S.", "The talks failed."],
        );
        check("“We agree.” He left.", &["“We agree.”", "He left."]);
        check(
            "Talks, on Jan. 16, went on at 3.5 degrees.",
            &["Talks, on Jan. 16, went on at 3.5 degrees."],
        );
        check(
            "A headline without a stop\n\nThe text.",
            &["A headline without a stop", "The text."],
        );
        check(
            "A line that was wrapped in the middle of the sentence as mail programs do, before\nVladimir Putin spoke.",
            &[
                "A line that was wrapped in the middle of the sentence as mail programs do, before\nVladimir Putin spoke.",
            ],
        );
        check("PARIS (AP) — He spoke.", &["He spoke."]);
        check("no punctuation at all", &["no punctuation at all"]);
        check("", &[]);
        check(" \n \n", &[]);
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "word ".repeat(20_000);
        let analysis = analyse(&text);
        assert!(
            analysis.sentences.len() > 20,
            "{}",
            analysis.sentences.len()
        );
        let unbroken = "x".repeat(20_000);
        assert!(!analyse(&unbroken).sentences.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_ordered_spans(text in "(\\PC|\n|\\. |[A-Z]){0,120}") {
            let mut position = 0;
            for sentence in analyse(&text).sentences {
                proptest::prop_assert!(sentence.span.start() >= position);
                proptest::prop_assert!(sentence.span.of(&text).is_some());
                position = sentence.span.end();
            }
        }
    }
}
