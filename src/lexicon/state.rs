//! States and territories.

use crate::lexicon::LexiconError;
use crate::lexicon::table;
use crate::model::CountryCode;

/// A state or territory with the names it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its code.
    pub country: CountryCode,
    /// Its usual name.
    pub name: String,
    /// Its official and other names.
    pub other_names: Vec<String>,
    /// Its adjectives ("Russian").
    pub adjectives: Vec<String>,
    /// Its people, in the plural ("Russians").
    pub people: Vec<String>,
    /// Its capital, with other names of it.
    pub capitals: Vec<String>,
}

/// Loads the table of states.
pub(crate) fn load(file: &str, text: &str) -> Result<Vec<State>, LexiconError> {
    let mut states = Vec::new();
    for row in table::rows(file, text, 10)? {
        let owned = |index: usize| row.list(index).map(str::to_owned);
        states.push(State {
            country: row.parse(0)?,
            name: row.field(1).to_owned(),
            other_names: owned(2).chain(owned(3)).collect(),
            adjectives: owned(4).collect(),
            people: owned(6).collect(),
            capitals: owned(7).chain(owned(8)).collect(),
        });
    }
    Ok(states)
}
