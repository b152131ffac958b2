//! What matters of the pieces between white space to the ends of sentences.

use crate::text::syntax::shortened::Shortened;
use crate::text::syntax::weights::{begin, mix};

/// Stands for a comma beside quotation marks.
pub(crate) const QUOTED_COMMA: char = ',';

/// What a piece begins with, behind its opening marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// Outside of the text, or marks alone.
    #[default]
    Marks,
    /// Small letters.
    Small,
    /// A capital, then others.
    Capital,
    /// One capital letter.
    Single,
    /// Capitals.
    Upper,
    /// Digits.
    Digits,
    /// Digits and letters.
    Mixed,
}

/// What matters of a piece.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct View {
    /// Hash of the marks in front.
    pub(crate) lead: u32,
    /// Hash of what is left without marks around, in small letters.
    pub(crate) word: u32,
    /// Hash of the marks behind; of all for marks alone.
    pub(crate) tail: u32,
    /// Class of the marks behind.
    pub(crate) end: u32,
    pub(crate) shape: Shape,
    /// Length of the word, and whether it has vowels and inner stops.
    pub(crate) form: u32,
    /// Whether it is an abbreviation, and which kind of.
    pub(crate) short: Shortened,
    /// The mark behind, where it is a single one, with a comma beside quotation marks standing for
    /// both.
    pub(crate) mark: Option<char>,
    /// Whether marks other than a comma stand behind.
    pub(crate) is_marked: bool,
    /// Straight quotation marks.
    pub(crate) quotes: u8,
    /// Brackets and quotation marks opened less those closed.
    pub(crate) opened: i8,
}

impl View {
    /// Looks at a piece. Time: linear in its length.
    pub(crate) fn of(piece: &str) -> Self {
        let is_core = |c: char| c.is_alphanumeric();
        let Some(first) = piece.find(is_core) else {
            let tail = hash(piece.chars().take(6));
            return Self {
                lead: 1,
                tail,
                end: 1 + end_class(piece),
                is_marked: true,
                ..Self::default()
            }
            .with_pairs(piece);
        };
        let last = piece.rfind(is_core).unwrap_or(first);
        let last = last
            + piece
                .get(last..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8);
        let lead = piece.get(..first).unwrap_or_default();
        let word = piece.get(first..last).unwrap_or_default();
        let tail = piece.get(last..).unwrap_or_default();
        Self {
            lead: hash(lead.chars().take(3)),
            word: piece_hash(word),
            tail: hash(tail.chars().take(5)),
            end: end_class(tail),
            shape: shape(word),
            form: form(word),
            short: if tail.starts_with('.') {
                Shortened::of(word)
            } else {
                Shortened::No
            },
            mark: single(tail).or_else(|| quoted_comma(tail)),
            is_marked: !matches!(tail, "" | ","),
            ..Self::default()
        }
        .with_pairs(piece)
    }

    fn with_pairs(mut self, piece: &str) -> Self {
        if piece.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return self;
        }
        for c in piece.chars() {
            match c {
                '"' => self.quotes = self.quotes.wrapping_add(1),
                '(' | '[' | '“' | '«' => self.opened = self.opened.saturating_add(1),
                ')' | ']' | '”' | '»' => self.opened = self.opened.saturating_sub(1),
                _ => {}
            }
        }
        self
    }
}

/// Returns the character of a text of one that is no comma.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| *c != QUOTED_COMMA)?;
    chars.next().is_none().then_some(first)
}

/// Returns a comma where there is one, and else quotation marks alone: `,"` and `”,`.
fn quoted_comma(tail: &str) -> Option<char> {
    let is_one = |c| matches!(c, ',' | '"' | '”' | '’' | '\'' | '»');
    (tail.len() > 1 && tail.contains(',') && tail.chars().all(is_one)).then_some(QUOTED_COMMA)
}

/// Hashes a word without marks around, for the list of common words.
pub(crate) fn piece_hash(word: &str) -> u32 {
    hash(word.chars().take(16))
}

/// Hashes characters without regard to case, digits as zeros.
fn hash(chars: impl Iterator<Item = char>) -> u32 {
    let mut hash = begin(0);
    for c in chars {
        let plain = match c {
            '0'..='9' => '0',
            '’' | '‘' => '\'',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            c => c.to_lowercase().next().unwrap_or(c),
        };
        hash = mix(hash, u32::from(plain));
    }
    (hash >> 32) as u32
}

/// Sorts marks behind a word by the strongest of them.
fn end_class(tail: &str) -> u32 {
    let mut class = 0;
    for c in tail.chars().take(8) {
        class = class.max(match c {
            '.' => 8,
            '!' | '?' | '。' | '！' | '？' => 9,
            '…' => 7,
            ':' => 6,
            ';' => 5,
            '-' | '–' | '—' => 4,
            '"' | '”' | '’' | '\'' | '»' => 3,
            ')' | ']' => 2,
            ',' => 1,
            _ => 0,
        });
    }
    // An ellipsis is no stop.
    if class == 8 && tail.starts_with("..") {
        7
    } else {
        class
    }
}

fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next();
    if first.is_numeric() {
        let is_plain = word.chars().all(|c| !c.is_alphabetic());
        if is_plain {
            Shape::Digits
        } else {
            Shape::Mixed
        }
    } else if !first.is_uppercase() {
        if second.is_some_and(char::is_uppercase) {
            Shape::Mixed
        } else {
            Shape::Small
        }
    } else if second.is_none() {
        Shape::Single
    } else if word.chars().take(16).all(|c| !c.is_lowercase()) {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

/// Describes length, vowels and inner stops: an abbreviation is short and has few vowels.
fn form(word: &str) -> u32 {
    let start = || word.chars().take(8);
    let length = u32::try_from(start().count()).unwrap_or(8);
    let has_vowel =
        start().any(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let has_stop = start().any(|c| c == '.');
    length * 4 + u32::from(has_vowel) * 2 + u32::from(has_stop)
}
