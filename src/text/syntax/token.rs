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
}

/// Stands for what lies outside of the sentence.
pub(crate) const OUTSIDE: Form = Form {
    exact: 1,
    lower: 1,
    suffix: [1; 5],
    prefix: [1; 4],
    shape: 1,
};

impl Form {
    /// Takes a form apart. Linear in its length.
    pub(crate) fn of(text: &str) -> Self {
        let lower = normal(text);
        let mut form = Self {
            exact: hash_text(text),
            lower: hash_text(&lower),
            shape: hash_text(&shape(text)),
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

fn shape(text: &str) -> String {
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
