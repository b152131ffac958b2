//! Which office leads a state: "the Israeli leader" is the prime minister.

use std::collections::HashMap;

use crate::lexicon::{LexiconError, Office, table};
use crate::model::{CountryCode, Day};

/// The leading office of states where it is not the head of state.
#[derive(Debug, Clone, Default)]
pub struct LeadingOffices {
    by_country: HashMap<CountryCode, Vec<Leading>>,
}

#[derive(Debug, Clone, Copy)]
struct Leading {
    office: Office,
    start: Option<Day>,
    end: Option<Day>,
}

impl LeadingOffices {
    /// Loads the table: country, office, first and last day (inclusive there).
    pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Self, LexiconError> {
        let mut offices = Self::default();
        for row in table::rows(file, text, 4) {
            let row = row?;
            let leading = Leading {
                office: Office::parse(row.field(1)),
                start: row.first_day(2)?,
                end: row.day_after(3)?,
            };
            offices
                .by_country
                .entry(row.parse(0)?)
                .or_default()
                .push(leading);
        }
        Ok(offices)
    }

    /// Returns the office that leads a state on `day`, or, without a day, lately.
    #[must_use]
    pub fn office(&self, country: CountryCode, day: Option<Day>) -> Office {
        let holds = |leading: &&Leading| match day {
            Some(day) => {
                leading.start.is_none_or(|start| start <= day)
                    && leading.end.is_none_or(|end| day < end)
            }
            None => leading.end.is_none(),
        };
        let leading = self.by_country.get(&country).into_iter().flatten();
        leading
            .filter(holds)
            .map(|leading| leading.office)
            .next()
            .unwrap_or(Office::President)
    }
}
