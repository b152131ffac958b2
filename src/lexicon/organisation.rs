//! Organisations, and the buildings and ministries that stand for a state.

use crate::lexicon::table;
use crate::lexicon::{LexiconError, Text};
use crate::model::{ActorId, CountryCode, Sector};

/// An organisation, armed group, party or agency with the names it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The actor that its names mean; a state, for ministries and seats of government.
    pub id: ActorId,
    /// Its usual name.
    pub name: Text,
    /// Its other names.
    pub aliases: Vec<Text>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its country, if it belongs to one.
    pub country: Option<CountryCode>,
    /// The line of its file, from 1; 0 for one of the user's.
    pub line: usize,
}

/// Loads the table of organisations.
pub(crate) fn load(
    file: &'static str,
    text: &'static str,
) -> Result<Vec<Organisation>, LexiconError> {
    let mut organisations = Vec::new();
    for row in table::rows(file, text, 5) {
        let row = row?;
        organisations.push(Organisation {
            id: row.actor_id(0)?,
            name: row.field(1).into(),
            aliases: row.list(2).map(Text::from).collect(),
            sector: row.parse_given(3)?,
            country: row.parse_given(4)?,
            line: row.line,
        });
    }
    Ok(organisations)
}
