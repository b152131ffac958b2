//! The graph of a store: its happenings, found by id and by actor.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::happening::{Happening, happenings};
use crate::graph::level::Level;
use crate::model::{ActorId, ActorKind, Event, EventId, Participant};

/// All happenings of a store with the ways to find them.
///
/// Built in memory from the events of a store: some 2 KiB for each event.
#[derive(Debug)]
pub struct Graph {
    happenings: Vec<Happening>,
    by_actor: BTreeMap<ActorId, Vec<usize>>,
    by_id: BTreeMap<EventId, usize>,
    names: BTreeMap<ActorId, String>,
}

/// An actor of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorCount {
    /// Who.
    pub actor: ActorId,
    /// The name for people.
    pub name: String,
    /// Happenings that the actor takes part in.
    pub events: usize,
}

/// What a name of an event led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// One happening.
    One(&'a Happening),
    /// The beginning of an id fits this many happenings.
    Many(usize),
    /// None.
    None,
}

impl Graph {
    /// Joins events into happenings (see [`happenings`]) and indexes them.
    ///
    /// `name_of` gives the names of actors, such as of states that no text names as a whole; where
    /// it knows none, the name that most events give holds. Order of `events`: any. Time:
    /// O(n log n).
    #[must_use]
    pub fn build(events: Vec<Event>, name_of: impl Fn(&ActorId) -> Option<String>) -> Self {
        let happenings = happenings(events);
        let mut by_actor: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
        let mut by_id = BTreeMap::new();
        for (index, happening) in happenings.iter().enumerate() {
            for actor in actors_of(&happening.event) {
                by_actor.entry(actor).or_default().push(index);
            }
            by_id.extend(happening.members.iter().map(|id| (*id, index)));
            by_id.extend(
                happening
                    .event
                    .mentions
                    .iter()
                    .map(|mention| (EventId::from(mention.id), index)),
            );
        }
        let told = told_names(&happenings);
        let names = by_actor
            .keys()
            .map(|actor| {
                let name = name_of(actor).or_else(|| told.get(actor).cloned());
                (
                    actor.clone(),
                    name.unwrap_or_else(|| actor.rest().to_owned()),
                )
            })
            .collect();
        Self {
            happenings,
            by_actor,
            by_id,
            names,
        }
    }

    /// Returns all happenings by date, unknown dates last, then by id.
    #[must_use]
    pub fn happenings(&self) -> &[Happening] {
        &self.happenings
    }

    /// Returns the happenings that `actor` takes part in, at the level of its kind, in the order of
    /// [`Graph::happenings`]. Time: O(log n) and their number.
    pub fn of_actor<'a>(
        &'a self,
        actor: &ActorId,
    ) -> impl Iterator<Item = &'a Happening> + use<'a> {
        let indexes = self.by_actor.get(actor).map_or(&[][..], Vec::as_slice);
        indexes
            .iter()
            .filter_map(|index| self.happenings.get(*index))
    }

    /// Returns the name of an actor for people.
    #[must_use]
    pub fn name(&self, actor: &ActorId) -> String {
        self.names
            .get(actor)
            .cloned()
            .unwrap_or_else(|| actor.rest().to_owned())
    }

    /// Returns every actor that takes part in an event, at every level, by id.
    pub fn actors(&self) -> impl Iterator<Item = ActorCount> {
        self.by_actor.iter().map(|(actor, indexes)| ActorCount {
            actor: actor.clone(),
            name: self.name(actor),
            events: indexes.len(),
        })
    }

    /// Returns in how many happenings an actor takes part.
    #[must_use]
    pub fn events_of(&self, actor: &ActorId) -> usize {
        self.by_actor.get(actor).map_or(0, Vec::len)
    }

    /// Finds a happening by the id of its event, of a member, or of a mention, or by the first
    /// digits of one. Letters may be of either case. Time: O(log n) and the number that fit.
    #[must_use]
    pub fn find(&self, id: &str) -> Found<'_> {
        let prefix = id.trim().to_ascii_lowercase();
        if prefix.is_empty()
            || prefix.len() > ID_DIGITS
            || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            return Found::None;
        }
        let first = format!("{prefix:0<ID_DIGITS$}").parse::<EventId>();
        let last = format!("{prefix:f<ID_DIGITS$}").parse::<EventId>();
        let (Ok(first), Ok(last)) = (first, last) else {
            return Found::None;
        };
        let found: BTreeSet<usize> = self
            .by_id
            .range(first..=last)
            .map(|(_, index)| *index)
            .collect();
        match (
            found.len(),
            found.first().and_then(|index| self.happenings.get(*index)),
        ) {
            (0, _) | (_, None) => Found::None,
            (1, Some(happening)) => Found::One(happening),
            (many, Some(_)) => Found::Many(many),
        }
    }
}

/// Hexadecimal digits of an event id.
const ID_DIGITS: usize = 16;

/// Returns every actor of an event, at every level, each once.
fn actors_of(event: &Event) -> BTreeSet<ActorId> {
    let at_levels = |participant| Level::ALL.iter().map(move |level| level.of(participant));
    event.participants.iter().flat_map(at_levels).collect()
}

/// Returns for each actor that a text names the name that most events give, the least of equals.
fn told_names(happenings: &[Happening]) -> BTreeMap<ActorId, String> {
    let mut told: BTreeMap<&ActorId, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut names = BTreeMap::new();
    for participant in happenings
        .iter()
        .flat_map(|happening| &happening.event.participants)
    {
        *told
            .entry(&participant.actor)
            .or_default()
            .entry(&participant.name)
            .or_default() += 1;
        if let Some(office) = &participant.office {
            names
                .entry(office.clone())
                .or_insert_with(|| title_of(office, participant));
        }
    }
    for (actor, counts) in told {
        let most = counts
            .iter()
            .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
        if let Some((name, _)) = most {
            names.insert(actor.clone(), (*name).to_owned());
        }
    }
    names
}

/// `office:IRN-president` reads `president (IRN)`.
fn title_of(office: &ActorId, participant: &Participant) -> String {
    let rest = office.rest();
    debug_assert!(office.kind() == ActorKind::Office, "{office}");
    match (rest.split_once('-'), participant.country) {
        (Some((country, title)), Some(_)) => format!("{} ({country})", title.replace('-', " ")),
        _ => rest.to_owned(),
    }
}
