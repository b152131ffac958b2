//! What one line of the user's dictionary says.

use crate::lexicon::LexiconError;
use crate::lexicon::Office;
use crate::lexicon::user::{Phrase, line, span};
use crate::model::{ActorId, CountryCode, Day, Sector};

/// One entry of the user's dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A new actor, or a correction of one; country and sector of a bundled one stay as they are where
    /// this gives none.
    Actor {
        /// Its id.
        id: ActorId,
        /// Its name for people, which is also found in text.
        name: Phrase,
        /// Its country, if it belongs to one.
        country: Option<CountryCode>,
        /// Its sector, where that does not depend on a role held.
        sector: Option<Sector>,
    },
    /// A text that means an actor.
    Alias {
        /// The actor.
        id: ActorId,
        /// The text.
        text: Phrase,
    },
    /// A text that no longer means an actor.
    Unalias {
        /// The actor.
        id: ActorId,
        /// The text.
        text: Phrase,
    },
    /// A stretch of time in which an actor stood for a country or held an office.
    Role(RoleEntry),
    /// A word for whoever acts in a role.
    Agent(AgentEntry),
    /// A phrase whose sentences are passed over.
    Discard {
        /// The phrase.
        phrase: Phrase,
    },
    /// A phrase whose articles are passed over whole.
    DiscardStory {
        /// The phrase.
        phrase: Phrase,
    },
    /// Two actors that are one.
    Merge {
        /// The actor that goes.
        id: ActorId,
        /// The actor that takes its names and roles; never the same.
        into: ActorId,
    },
    /// A name of an actor that means another one.
    Split {
        /// The actor that loses the name.
        id: ActorId,
        /// The name.
        text: Phrase,
        /// The actor that the name means from now on; never the same.
        new: ActorId,
    },
}

/// A stretch of time in which an actor stood for a country or held an office; half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleEntry {
    /// The actor.
    pub id: ActorId,
    /// The country that the role belongs to.
    pub country: Option<CountryCode>,
    /// The sector; where there is none, the office has one.
    pub sector: Option<Sector>,
    /// The office, if it is one.
    pub office: Option<Office>,
    /// Its title for people ("President").
    pub title: Option<Phrase>,
    /// First day; nothing if unknown.
    pub start: Option<Day>,
    /// First day after; nothing if still held or unknown.
    pub end: Option<Day>,
}

impl RoleEntry {
    /// Builds a role without dates from the name of its office, as in `data/actors/persons.tsv`;
    /// small and capital letters, blanks and hyphens do not matter.
    ///
    /// # Errors
    /// [`LexiconError::Entry`] for an unknown office, with the names there are.
    pub fn in_office(id: ActorId, office: &str) -> Result<Self, LexiconError> {
        let name = office.trim().to_lowercase().replace([' ', '-'], "_");
        let office = line::office(&name).map_err(|reason| LexiconError::Entry { reason })?;
        Ok(Self {
            id,
            country: None,
            sector: None,
            office: Some(office),
            title: None,
            start: None,
            end: None,
        })
    }

    /// Sets both dates: days, months or years, inclusive as typed; an empty one is open.
    ///
    /// # Errors
    /// [`LexiconError::Entry`] where one is no date, or the end lies before the start.
    pub fn between(self, from: &str, to: &str) -> Result<Self, LexiconError> {
        let (start, end) =
            span::parse(from, to).map_err(|reason| LexiconError::Entry { reason })?;
        Ok(Self { start, end, ..self })
    }
}

/// A word or phrase for whoever acts in a role, such as "harbour guard".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentEntry {
    /// The phrase, in the singular.
    pub phrase: Phrase,
    /// Its plural, if it has one.
    pub plural: Option<Phrase>,
    /// The sector that it puts its actor in.
    pub sector: Sector,
    /// The country that the phrase brings with it; else the text names one beside it.
    pub country: Option<CountryCode>,
}

/// What an entry decides. Of two entries that decide the same, the later holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Matter {
    Actor(ActorId),
    Name(ActorId, String),
    Role(Box<RoleMatter>),
    Agent(String),
    Discard(String),
    Merge(ActorId),
    Split(ActorId, String),
}

/// What tells one role from another: all but where it ends, and the title where an office says more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RoleMatter {
    id: ActorId,
    country: Option<CountryCode>,
    sector: Option<Sector>,
    office: Option<Office>,
    title: Option<Phrase>,
    start: Option<Day>,
}

impl Entry {
    /// Returns the keyword that its line begins with.
    #[must_use]
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::Actor { .. } => "actor",
            Self::Alias { .. } => "alias",
            Self::Unalias { .. } => "unalias",
            Self::Role(_) => "role",
            Self::Agent(_) => "agent",
            Self::Discard { .. } => "discard",
            Self::DiscardStory { .. } => "discard-story",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
        }
    }

    pub(super) fn matter(&self) -> Matter {
        match self {
            Self::Actor { id, .. } => Matter::Actor(id.clone()),
            Self::Alias { id, text } | Self::Unalias { id, text } => {
                Matter::Name(id.clone(), text.folded())
            }
            Self::Role(role) => Matter::Role(Box::new(RoleMatter {
                id: role.id.clone(),
                country: role.country,
                sector: role.sector,
                office: role.office,
                title: role.title.clone().filter(|_| role.office.is_none()),
                start: role.start,
            })),
            Self::Agent(agent) => Matter::Agent(agent.phrase.folded()),
            Self::Discard { phrase } | Self::DiscardStory { phrase } => {
                Matter::Discard(phrase.folded())
            }
            Self::Merge { id, .. } => Matter::Merge(id.clone()),
            Self::Split { id, text, .. } => Matter::Split(id.clone(), text.folded()),
        }
    }
}
