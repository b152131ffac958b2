//! What prominent persons are called by besides name and office.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::table;
use crate::model::{ActorId, fold};

/// Years of birth, and descriptions such as "former KGB officer" without the "former".
#[derive(Debug, Clone, Default)]
pub struct PersonFacts {
    born: FastMap<ActorId, i16>,
    by_description: FastMap<String, Vec<ActorId>>,
}

impl PersonFacts {
    /// Loads a table: id, year of birth, descriptions.
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut facts = Self::default();
        for row in table::rows(file, text, 3) {
            let row = row?;
            let id: ActorId = row.parse(0)?;
            facts.born.insert(id.clone(), row.parse(1)?);
            for description in row.list(2) {
                let folded = fold(description).replace('-', " ");
                facts
                    .by_description
                    .entry(folded)
                    .or_default()
                    .push(id.clone());
            }
        }
        Ok(facts)
    }

    /// Returns the year in which a person was born.
    #[must_use]
    pub fn born(&self, id: &ActorId) -> Option<i16> {
        self.born.get(id).copied()
    }

    /// Returns the persons who are described so: folded words with single spaces between.
    #[must_use]
    pub fn described_as(&self, folded: &str) -> &[ActorId] {
        self.by_description.get(folded).map_or(&[], Vec::as_slice)
    }
}
