//! News agencies and broadcasters on which reports rest.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::table;
use crate::model::CountryCode;

/// A news agency or broadcaster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// The key of what rests on it, such as `tass`.
    pub key: String,
    /// Where it is at home.
    pub country: CountryCode,
}

/// News agencies by their names.
#[derive(Debug, Clone, Default)]
pub struct Agencies {
    by_name: FastMap<String, Agency>,
}

impl Agencies {
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut agencies = Self::default();
        for row in table::rows(file, text, 3) {
            let row = row?;
            let agency = Agency {
                key: row.field(1).to_owned(),
                country: row.parse(2)?,
            };
            agencies.by_name.insert(row.field(0).to_owned(), agency);
        }
        Ok(agencies)
    }

    /// Returns the agency of a folded name.
    #[must_use]
    pub fn of(&self, folded: &str) -> Option<&Agency> {
        self.by_name.get(folded)
    }

    /// Returns the country of the agency with a key.
    ///
    /// # Complexity
    /// Linear in the number of names.
    #[must_use]
    pub fn country_of(&self, key: &str) -> Option<CountryCode> {
        let mut agencies = self.by_name.values();
        agencies
            .find(|agency| agency.key == key)
            .map(|agency| agency.country)
    }
}
