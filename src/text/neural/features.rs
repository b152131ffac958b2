//! What the network sees of a token: rows of tables.

use crate::text::neural::word::{row_of, word_hash};
use crate::text::syntax::{normal, word_shape};

/// The tables: words, pieces of words, endings of three and of two characters, beginnings, shapes.
pub(crate) const FIELDS: usize = 6;
/// Two to these powers are the rows of the tables of hashed features (all but the words).
const BITS: [u32; FIELDS - 1] = [13, 12, 10, 11, 9];
/// Only so many characters of a word are looked at for pieces.
const CHARACTERS_MAX: usize = 24;
/// Pieces have so many characters.
const PIECE: std::ops::RangeInclusive<usize> = 2..=5;

/// The rows of a token, table by table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TokenRows {
    rows: Vec<u32>,
    /// Where the rows of each table end.
    ends: [u16; FIELDS],
}

impl TokenRows {
    /// Takes a form apart; `words` are the hashes of the known words, sorted. Linear in the form's
    /// length.
    pub(crate) fn of(form: &str, words: &[u32]) -> Self {
        let lower = normal(form);
        let mut token = Self::default();
        let word = words
            .binary_search(&word_hash(form))
            .map_or(0, |index| index + 1);
        token.rows.push(u32::try_from(word).unwrap_or(0));
        token.close(0);
        let framed: Vec<char> = std::iter::once('<')
            .chain(lower.chars().take(CHARACTERS_MAX))
            .chain(['>'])
            .collect();
        for length in PIECE {
            for piece in framed.windows(length) {
                token.push(0, piece);
            }
        }
        token.close(1);
        let last = |count: usize| &framed[framed.len().saturating_sub(count)..];
        token.push(1, last(4));
        token.close(2);
        token.push(2, last(3));
        token.close(3);
        token.push(3, &framed[..framed.len().min(4)]);
        token.close(4);
        let shape: Vec<char> = word_shape(form).chars().collect();
        token.push(4, &shape);
        token.close(5);
        token
    }

    fn push(&mut self, table: usize, characters: &[char]) {
        let number = u32::try_from(table).unwrap_or(0);
        self.rows.push(row_of(number, characters, BITS[table]));
    }

    fn close(&mut self, field: usize) {
        self.ends[field] = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
    }

    /// Returns the rows in a table; never none.
    pub(crate) fn of_field(&self, field: usize) -> &[u32] {
        let start = field.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[usize::from(start)..usize::from(self.ends[field])]
    }

    /// Makes the word an unknown one.
    pub(crate) fn forget_word(&mut self) {
        if let Some(word) = self.rows.first_mut() {
            *word = 0;
        }
    }
}

/// Returns the number of rows of each table for so many words.
pub(crate) fn table_rows(words: usize) -> [usize; FIELDS] {
    let mut rows = [words + 1; FIELDS];
    for (rows, bits) in rows.iter_mut().skip(1).zip(BITS) {
        *rows = 1 << bits;
    }
    rows
}
