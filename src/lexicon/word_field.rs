//! Fields of meaning: words that could stand for one another, or that name things of one kind.

use std::sync::LazyLock;

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;

const FILE: &str = "data/predicates/fields.txt";
static TEXT: &str = include_str!("../../data/predicates/fields.txt");

static BUNDLED: LazyLock<Result<WordFields, LexiconError>> =
    LazyLock::new(|| WordFields::load(FILE, TEXT));

/// The number of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(u16);

/// The fields, found by their words.
#[derive(Debug, Clone, Default)]
pub struct WordFields {
    names: Vec<&'static str>,
    words: FastMap<&'static str, Vec<FieldIndex>>,
    /// Expressions of several words, by their first: the others, and the field.
    expressions: FastMap<&'static str, Vec<(Vec<&'static str>, FieldIndex)>>,
}

impl WordFields {
    /// Returns the fields that come with the program, loaded once, when first asked for.
    ///
    /// # Errors
    /// A fault in the file, named by line; a test makes sure that there is none.
    pub fn bundled() -> Result<&'static Self, LexiconError> {
        BUNDLED.as_ref().map_err(Clone::clone)
    }

    /// Loads lines `name: word word …`; an expression has `_` between its words. Lines that begin
    /// with `#` say something for people.
    ///
    /// # Errors
    /// A line without a name, or a name that was there before.
    pub fn load(file: &str, text: &'static str) -> Result<Self, LexiconError> {
        let mut fields = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fault = |reason: &str| LexiconError::Line {
                file: file.to_owned(),
                line: number,
                reason: reason.to_owned(),
            };
            let (name, words) = line
                .split_once(':')
                .ok_or_else(|| fault("expected `field: word word …`"))?;
            if fields.names.contains(&name) {
                return Err(fault("a field of this name was there before"));
            }
            let next = u16::try_from(fields.names.len()).map_err(|_| fault("too many fields"))?;
            fields.names.push(name);
            for word in words.split_whitespace() {
                fields.add(word, FieldIndex(next));
            }
        }
        Ok(fields)
    }

    fn add(&mut self, word: &'static str, field: FieldIndex) {
        let mut parts = word.split('_');
        let first = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        if rest.is_empty() {
            let list = self.words.entry(first).or_default();
            if !list.contains(&field) {
                list.push(field);
            }
        } else {
            self.expressions
                .entry(first)
                .or_default()
                .push((rest, field));
        }
    }

    /// Returns the name of a field.
    #[must_use]
    pub fn name(&self, field: FieldIndex) -> &'static str {
        self.names.get(usize::from(field.0)).copied().unwrap_or("")
    }

    /// Returns how many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Says whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Returns the fields of a word.
    #[must_use]
    pub fn of_word(&self, word: &str) -> &[FieldIndex] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns the fields of the expressions that begin with a word and go on with those that
    /// `is_next` finds at 1, 2 … behind it.
    pub fn of_expressions<'a>(
        &'a self,
        first: &str,
        is_next: impl Fn(usize, &str) -> bool + 'a,
    ) -> impl Iterator<Item = FieldIndex> + 'a {
        let known = self.expressions.get(first).map_or(&[][..], Vec::as_slice);
        known
            .iter()
            .filter(move |(rest, _)| (1..).zip(rest).all(|(step, word)| is_next(step, word)))
            .map(|(_, field)| *field)
    }
}
