//! Given names with the gender that they show.

use crate::lexicon::hash::FastMap;
use crate::lexicon::{Gender, LexiconError, table};

/// Given names, folded.
#[derive(Debug, Clone, Default)]
pub struct GivenNames {
    by_name: FastMap<&'static str, Gender>,
}

impl GivenNames {
    /// Loads the table: name, `m` or `f`.
    pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Self, LexiconError> {
        /// A row has about so many bytes.
        const ROW_BYTES: usize = 9;
        let mut names = Self::default();
        names.by_name.reserve(text.len() / ROW_BYTES);
        for row in table::rows(file, text, 2) {
            let row = row?;
            let gender = match row.field(1) {
                "m" => Gender::Male,
                "f" => Gender::Female,
                other => return Err(row.error(format!("expected m or f, found `{other}`"))),
            };
            names.by_name.insert(row.field(0), gender);
        }
        Ok(names)
    }

    /// Returns the gender that a folded given name shows.
    #[must_use]
    pub fn gender(&self, folded: &str) -> Option<Gender> {
        self.by_name.get(folded).copied()
    }
}
