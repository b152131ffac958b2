//! What the tagger and the parser see of a token.

use crate::text::syntax::weights::hash_text;

/// The properties of a token's form, as hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Form {
    /// The form as it stands.
    pub(crate) exact: u32,
    /// In lower case, digits as zeros.
    pub(crate) lower: u32,
    /// The last one to five characters of that.
    pub(crate) suffix: [u32; 5],
    /// The first one to four.
    pub(crate) prefix: [u32; 4],
    /// Runs of capitals, small letters, digits and others.
    pub(crate) shape: u32,
    /// A coarse class of case and ending, below [`FORM_KINDS`].
    pub(crate) kind: u8,
}

/// How many classes of case and ending there are.
pub(crate) const FORM_KINDS: usize = 25;

/// Stands for what lies outside of the sentence.
pub(crate) const OUTSIDE: Form = Form {
    exact: 1,
    lower: 1,
    suffix: [1; 5],
    prefix: [1; 4],
    shape: 1,
    kind: 0,
};

impl Form {
    /// Takes a form apart. Linear in its length.
    pub(crate) fn of(text: &str) -> Self {
        let lower = normal(text);
        let mut form = Self {
            exact: hash_text(text),
            lower: hash_text(&lower),
            shape: hash_text(&word_shape(text)),
            kind: kind(text),
            ..Self::default()
        };
        let ends = lower.char_indices().rev().map(|(index, _)| index);
        for (slot, start) in form.suffix.iter_mut().zip(ends) {
            *slot = hash_text(&lower[start..]);
        }
        let ends = lower.char_indices().map(|(index, c)| index + c.len_utf8());
        for (slot, end) in form.prefix.iter_mut().zip(ends) {
            *slot = hash_text(&lower[..end]);
        }
        form
    }
}

/// Lower case, digits as zeros, quotation marks straight: all that matters of a form to grammar.
pub(crate) fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => normal.push('0'),
            'A'..='Z' => normal.push(c.to_ascii_lowercase()),
            '’' | '‘' | '`' => normal.push('\''),
            '“' | '”' | '«' | '»' => normal.push('"'),
            '–' | '—' => normal.push('-'),
            c if c.is_ascii() => normal.push(c),
            c => normal.extend(c.to_lowercase()),
        }
    }
    normal
}

/// Sorts a form by its case (small, capital, all capitals, with digits, without letters) and by
/// its ending (as of plurals, past forms, participles, adverbs, others).
fn kind(text: &str) -> u8 {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let case = if text.contains(|c: char| c.is_numeric()) {
        3
    } else if !text.contains(char::is_alphabetic) {
        4
    } else if !text.starts_with(char::is_uppercase) {
        0
    } else if text.len() > 1 && letters.all(char::is_uppercase) {
        2
    } else {
        1
    };
    let ending = match text.as_bytes().last().map(u8::to_ascii_lowercase) {
        Some(b's') => 0,
        Some(b'd') => 1,
        Some(b'g') => 2,
        Some(b'y') => 3,
        _ => 4,
    };
    case * 5 + ending
}

/// Runs of capitals, small letters, digits and others, each cut to two.
pub(crate) fn word_shape(text: &str) -> String {
    let mut shape = String::new();
    let mut last = ' ';
    let mut run = 0;
    for c in text.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        // Two of a kind say as much as many.
        if run <= 2 && shape.len() < 16 {
            shape.push(kind);
        }
    }
    shape
}
