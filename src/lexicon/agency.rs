//! News agencies and broadcasters on which reports rest.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::table;

/// News agencies by their names.
#[derive(Debug, Clone, Default)]
pub struct Agencies {
    by_name: FastMap<String, String>,
}

impl Agencies {
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut agencies = Self::default();
        for row in table::rows(file, text, 2) {
            let row = row?;
            let (name, key) = (row.field(0).to_owned(), row.field(1).to_owned());
            agencies.by_name.insert(name, key);
        }
        Ok(agencies)
    }

    /// Returns the key of the agency with a folded name, such as `tass`.
    #[must_use]
    pub fn key_of(&self, folded: &str) -> Option<&str> {
        self.by_name.get(folded).map(String::as_str)
    }
}
