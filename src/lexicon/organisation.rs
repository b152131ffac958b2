//! Organisations, and the buildings and ministries that stand for a state.

use crate::lexicon::LexiconError;
use crate::lexicon::table;
use crate::model::{ActorId, CountryCode, Sector};

/// An organisation, armed group, party or agency with the names it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The actor that its names mean; a state, for ministries and seats of government.
    pub id: ActorId,
    /// Its usual name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its country, if it belongs to one.
    pub country: Option<CountryCode>,
}

/// Loads the table of organisations.
pub(crate) fn load(file: &str, text: &str) -> Result<Vec<Organisation>, LexiconError> {
    let mut organisations = Vec::new();
    for row in table::rows(file, text, 5)? {
        organisations.push(Organisation {
            id: row.parse(0)?,
            name: row.field(1).to_owned(),
            aliases: row.list(2).map(str::to_owned).collect(),
            sector: row.parse_given(3)?,
            country: row.parse_given(4)?,
        });
    }
    Ok(organisations)
}
