//! Words, numbers and marks of a text.

use crate::model::{Byte, Span};
use crate::text::abbreviation::{Stop, is_dotted_initials, stop_after};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes or the stops of initials.
    Word,
    /// Begins with a digit.
    Number,
    /// One mark, or the possessive `'s`.
    Mark,
}

/// One token of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text that was analysed.
    pub span: Span<Byte>,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its text, folded for comparison (see [`crate::model::fold`]).
    pub folded: String,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether all its letters are capitals, and it has at least two.
    pub upper: bool,
}

impl Word {
    /// Says whether the token is this mark or folded word.
    #[must_use]
    pub fn is(&self, folded: &str) -> bool {
        self.folded == folded
    }
}

/// Splits `text[range]` into tokens; spans count from the start of `text`.
///
/// White space lies between tokens and belongs to none; every other character belongs to exactly
/// one. Hyphens are tokens of their own, a possessive `'s` is cut off its word, initials such as
/// `U.S.` keep their stops.
///
/// # Complexity
/// Linear in the length of the text.
#[must_use]
pub fn tokenize(text: &str, range: Span<Byte>) -> Vec<Word> {
    let Some(part) = range.of(text) else {
        return Vec::new();
    };
    let mut words = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let start = range.start() + (part.len() - rest.len());
        let length = if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        } else if first.is_alphabetic() {
            word_length(rest)
        } else if first.is_numeric() {
            number_length(rest)
        } else {
            first.len_utf8()
        };
        let kind = match first {
            c if c.is_alphabetic() => TokenKind::Word,
            c if c.is_numeric() => TokenKind::Number,
            _ => TokenKind::Mark,
        };
        let (head, tail) = rest.split_at(length);
        rest = tail;
        push(&mut words, head, start, kind);
    }
    words
}

/// Adds a token, with a possessive `'s` (or a bare `'` after s) cut off.
fn push(words: &mut Vec<Word>, token: &str, start: usize, kind: TokenKind) {
    let mut add = |text: &str, start: usize, kind| {
        words.push(Word {
            span: Span::new(start, start + text.len()),
            kind,
            folded: crate::model::fold(text),
            capital: text.chars().next().is_some_and(char::is_uppercase),
            upper: is_upper(text),
        });
    };
    let possessive = ["'s", "’s", "'S", "’S"]
        .iter()
        .find(|ending| kind == TokenKind::Word && token.ends_with(**ending));
    if let Some(ending) = possessive {
        let cut = token.len() - ending.len();
        if cut > 0 {
            add(&token[..cut], start, kind);
        }
        add(&token[cut..], start + cut, TokenKind::Mark);
    } else {
        add(token, start, kind);
    }
}

fn is_upper(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.clone().all(char::is_uppercase) && letters.count() > 1
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Returns the bytes of the word at the start of `text`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inner = next.is_some_and(char::is_alphabetic);
        let joins = (is_apostrophe(c) && inner)
            || (c == '.'
                && is_initial(&text[..index])
                && (inner || next.is_none_or(|c| !c.is_numeric())));
        if !(c.is_alphanumeric() || is_mark_of_letter(c) || joins) {
            break;
        }
        end = index + c.len_utf8();
    }
    end
}

/// Combining marks and joiners belong to the letter before.
fn is_mark_of_letter(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || c == '\u{200d}' || c == '\u{200c}'
}

/// Says whether a stop after `head` belongs to it: initials (`U`, `U.S`) and abbreviated titles.
fn is_initial(head: &str) -> bool {
    let mut chars = head.chars();
    let one_letter = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    one_letter || is_dotted_initials(head) || stop_after(head) == Stop::OfWord
}

/// Returns the bytes of the number at the start of `text`: digits, letters (`16th`), and stops,
/// commas or colons between digits.
fn number_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !(c.is_alphanumeric() || (matches!(c, '.' | ',' | ':') && next_is_digit)) {
            break;
        }
        end = index + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let words = tokenize(text, Span::new(0, text.len()));
        words
            .iter()
            .map(|word| word.span.of(text).unwrap())
            .collect()
    }

    #[test]
    fn words_marks_and_clitics() {
        let check = |text: &str, expected: &[&str]| assert_eq!(tokens(text), expected, "{text}");
        check("Iran’s leader", &["Iran", "’s", "leader"]);
        check("U.S. Secretary", &["U.S.", "Secretary"]);
        check("Gideon Sa'ar's visit", &["Gideon", "Sa'ar", "'s", "visit"]);
        check(
            "Russian-Iranian talks.",
            &["Russian", "-", "Iranian", "talks", "."],
        );
        check(
            "on 16th January, 3.5 per cent",
            &["on", "16th", "January", ",", "3.5", "per", "cent"],
        );
        check("don't", &["don't"]);
        check("Gen. Sisi met", &["Gen.", "Sisi", "met"]);
        check("\u{1f600}“Yes”", &["\u{1f600}", "“", "Yes", "”"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn tokens_and_white_space_make_the_text(text in "\\PC{0,80}") {
            let words = tokenize(&text, Span::new(0, text.len()));
            let mut position = 0;
            for word in &words {
                let gap = text.get(position..word.span.start()).unwrap();
                proptest::prop_assert!(gap.chars().all(char::is_whitespace), "{gap:?}");
                proptest::prop_assert!(!word.span.is_empty());
                position = word.span.end();
            }
            proptest::prop_assert!(text[position..].chars().all(char::is_whitespace));
        }
    }
}
