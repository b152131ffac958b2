//! Names that mean several things, and the words that tell which.

use std::collections::BTreeMap;

use crate::lexicon::{LexiconError, table};
use crate::model::{ActorId, fold};

/// One thing that a name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReading {
    /// The actor; nothing for what is no actor.
    pub actor: Option<ActorId>,
    /// How likely it is without any hint, in hundredths.
    pub prior: i32,
    /// Folded words that speak for it anywhere in the article.
    pub cues: Vec<&'static str>,
}

/// The ambiguous names, folded, with what they can mean.
#[derive(Debug, Clone, Default)]
pub struct Ambiguities {
    by_name: BTreeMap<&'static str, Vec<NameReading>>,
}

impl Ambiguities {
    /// Loads the table: name, actor id or `-`, prior, cues.
    pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Self, LexiconError> {
        let mut ambiguities = Self::default();
        for row in table::rows(file, text, 4) {
            let row = row?;
            let actor = match row.field(1) {
                "-" => None,
                _ => Some(row.parse(1)?),
            };
            let readings = ambiguities.by_name.entry(row.field(0)).or_default();
            readings.push(NameReading {
                actor,
                prior: row.parse(2)?,
                cues: row.list(3).collect(),
            });
        }
        Ok(ambiguities)
    }

    /// Returns what a folded name can mean; empty for a name that is not ambiguous.
    #[must_use]
    pub fn readings(&self, folded: &str) -> &[NameReading] {
        self.by_name.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Forgets one meaning of a name, or, without an actor, that the name is ambiguous at all.
    pub(crate) fn forget(&mut self, name: &str, actor: Option<&ActorId>) {
        let folded = fold(name).replace('-', " ");
        match actor {
            None => {
                self.by_name.remove(folded.as_str());
            }
            Some(_) => {
                if let Some(readings) = self.by_name.get_mut(folded.as_str()) {
                    readings.retain(|reading| reading.actor.as_ref() != actor);
                }
            }
        }
    }

    /// Returns the ambiguous names with what they can mean, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[NameReading])> {
        self.by_name
            .iter()
            .map(|(name, readings)| (*name, readings.as_slice()))
    }

    /// Returns all cues, folded, with repetitions.
    pub fn cues(&self) -> impl Iterator<Item = &'static str> {
        let readings = self.by_name.values().flatten();
        readings.flat_map(|reading| reading.cues.iter().copied())
    }
}
