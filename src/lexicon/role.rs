//! Words for roles: titles, ranks, and nouns that stand for a part of a state or society.

use crate::lexicon::table;
use crate::lexicon::{LexiconError, Office, Text};
use crate::model::Sector;

/// What a role word makes of the country before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// One person holds it; resolved by date.
    Title(Office),
    /// Many persons hold it at a time; it stands before a name, or for the state.
    Rank(Option<Office>),
    /// A body or group: it stands for the state, or for a part of society.
    Agent,
    /// It stands for the country's opposition.
    Opposition,
    /// It stands for the country's protesters.
    Protesters,
    /// It stands for the country's rebels.
    Rebels,
}

/// A role word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleWord {
    /// The phrase, folded, words divided by spaces.
    pub phrase: Text,
    /// What it makes of the country before it.
    pub kind: RoleKind,
    /// The sector it puts its actor in.
    pub sector: Sector,
    /// Whether it means several.
    pub is_plural: bool,
    /// The line of its file, from 1; 0 for one of the user's.
    pub line: usize,
}

impl RoleWord {
    /// Returns the office that the word names, if it names one.
    #[must_use]
    pub const fn office(&self) -> Option<Office> {
        match self.kind {
            RoleKind::Title(office) => Some(office),
            RoleKind::Rank(office) => office,
            _ => None,
        }
    }

    /// Says whether the word may stand right before a person's name.
    #[must_use]
    pub const fn is_of_person(&self) -> bool {
        matches!(self.kind, RoleKind::Title(_) | RoleKind::Rank(_))
    }
}

/// Loads the table of role words: phrase, kind, office, sector, number.
pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Vec<RoleWord>, LexiconError> {
    let mut words = Vec::new();
    for row in table::rows(file, text, 5) {
        let row = row?;
        let office = || Some(row.field(2)).filter(|name| !name.is_empty());
        let kind = match row.field(1) {
            "title" => RoleKind::Title(office().map_or(Office::Other, Office::parse)),
            "rank" => RoleKind::Rank(office().map(Office::parse)),
            "agent" => RoleKind::Agent,
            "opposition" => RoleKind::Opposition,
            "protesters" => RoleKind::Protesters,
            "rebels" => RoleKind::Rebels,
            other => return Err(row.error(format!("unknown kind of role `{other}`"))),
        };
        words.push(RoleWord {
            phrase: row.field(0).into(),
            kind,
            sector: row.parse(3)?,
            is_plural: row.field(4) == "plural",
            line: row.line,
        });
    }
    Ok(words)
}
