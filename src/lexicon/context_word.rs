//! Words that show the context of an act.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::table;
use crate::model::Context;

/// Words with the context that each shows.
#[derive(Debug, Clone, Default)]
pub struct ContextWords {
    by_lemma: FastMap<String, Vec<Context>>,
}

impl ContextWords {
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for row in table::rows(file, text, 2) {
            let row = row?;
            let contexts = words.by_lemma.entry(row.field(0).to_owned());
            contexts.or_default().push(row.parse(1)?);
        }
        Ok(words)
    }

    /// Returns the contexts that a folded lemma shows, in the order of their names.
    #[must_use]
    pub fn of(&self, lemma: &str) -> &[Context] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }
}
