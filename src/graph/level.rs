//! How far actors are rolled up.

use crate::model::{ActorId, ActorKind, Participant};

/// A level of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// As the text names them.
    Person,
    /// Persons as the office that they held on the event's date.
    Office,
    /// Persons, offices and agencies of a state as the state; all others as themselves.
    State,
    /// Everything that has a country as that country.
    Country,
}

impl Level {
    /// Every level, from the finest.
    pub const ALL: [Self; 4] = [Self::Person, Self::Office, Self::State, Self::Country];

    /// Returns who a participant is at this level.
    #[must_use]
    pub fn of(self, participant: &Participant) -> ActorId {
        match self {
            Self::Person => participant.actor.clone(),
            Self::Office => participant
                .office
                .clone()
                .unwrap_or_else(|| participant.actor.clone()),
            Self::State => participant.at_state(),
            Self::Country => participant.at_country(),
        }
    }

    /// Returns the level at which an actor of this kind is found.
    #[must_use]
    pub const fn of_kind(kind: ActorKind) -> Self {
        match kind {
            ActorKind::Office => Self::Office,
            ActorKind::State => Self::State,
            ActorKind::Country => Self::Country,
            _ => Self::Person,
        }
    }

    /// Says whether `participant` is `actor` at the level that the actor's kind has.
    #[must_use]
    pub fn is_actor(participant: &Participant, actor: &ActorId) -> bool {
        Self::of_kind(actor.kind()).of(participant) == *actor
    }
}
