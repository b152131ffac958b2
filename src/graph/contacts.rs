//! Who contacted whom: the partners of an actor.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::filter::{Filter, Selected};
use crate::graph::graph::Graph;
use crate::graph::level::Level;
use crate::model::{ActorId, ArticleId, EventDate, Initiator, Participant};

/// A question about the partners of an actor.
#[derive(Debug, Clone)]
pub struct ContactsQuestion {
    /// Whose partners; found at the level of its kind.
    pub actor: ActorId,
    /// The only partner of interest.
    pub with: Option<ActorId>,
    /// The level at which partners are shown.
    pub level: Level,
    /// Which events count.
    pub filter: Filter,
}

/// One partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// Who.
    pub partner: ActorId,
    /// The name for people.
    pub name: String,
    /// Happenings.
    pub events: usize,
    /// Articles that tell them.
    pub reports: usize,
    /// Date of the earliest happening whose date is known.
    pub first: Option<EventDate>,
    /// Date of the latest happening whose date is known.
    pub last: Option<EventDate>,
    /// What was done, most frequent first, then by verb; one happening counts once for each verb.
    pub kinds: Vec<(String, usize)>,
    /// Happenings that the actor began.
    pub initiated: usize,
    /// Happenings that the partner began.
    pub received: usize,
}

/// The partners of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    /// Most happenings first, then most reports, then by id.
    pub rows: Vec<ContactRow>,
    /// Happenings in all rows, each once.
    pub events: usize,
    /// Happenings left out because their date may lie outside of the window.
    pub uncertain_left_out: usize,
}

/// Who began a happening, as seen from the actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Began {
    Actor,
    Partner,
    Unknown,
}

/// What is known of one partner so far.
#[derive(Debug, Default)]
struct Tally {
    events: usize,
    articles: BTreeSet<ArticleId>,
    dates: Vec<EventDate>,
    kinds: BTreeMap<String, usize>,
    initiated: usize,
    received: usize,
}

impl Graph {
    /// Returns the partners of an actor. Time: linear in the happenings of the actor.
    #[must_use]
    pub fn contacts(&self, question: &ContactsQuestion) -> Contacts {
        let selection = question
            .filter
            .select(self.of_actor(&question.actor).filter(|happening| {
                // What is left out as uncertain must concern the question as well.
                !question
                    .partners(&happening.event.dyads(), happening.event.initiator)
                    .is_empty()
            }));
        let mut tallies: BTreeMap<ActorId, Tally> = BTreeMap::new();
        for selected in &selection.happenings {
            let event = selected.event();
            for (partner, began) in question.partners(&event.dyads(), event.initiator) {
                tallies.entry(partner).or_default().add(selected, began);
            }
        }
        let mut rows: Vec<_> = tallies
            .into_iter()
            .map(|(partner, tally)| tally.into_row(self, partner))
            .collect();
        // Stable, so that equals stay in the order of their ids.
        rows.sort_by_key(|row| std::cmp::Reverse((row.events, row.reports)));
        Contacts {
            rows,
            events: selection.happenings.len(),
            uncertain_left_out: selection.uncertain_left_out,
        }
    }

    /// Returns the happenings in which `one` and `other` are source and target, in either
    /// direction, in the order of the graph. Time: linear in the happenings of `one`.
    pub fn between<'a>(
        &'a self,
        one: &'a ActorId,
        other: &'a ActorId,
    ) -> impl Iterator<Item = &'a crate::graph::Happening> {
        self.of_actor(one).filter(move |happening| {
            let is_pair =
                |source, target| Level::is_actor(source, one) && Level::is_actor(target, other);
            happening
                .event
                .dyads()
                .into_iter()
                .any(|(source, target)| is_pair(source, target) || is_pair(target, source))
        })
    }
}

impl ContactsQuestion {
    /// Returns the partners in one event, each once.
    fn partners(
        &self,
        dyads: &[(&Participant, &Participant)],
        initiator: Initiator,
    ) -> BTreeMap<ActorId, Began> {
        let mut partners = BTreeMap::new();
        for (source, target) in dyads {
            let (is_source, is_target) = (
                Level::is_actor(source, &self.actor),
                Level::is_actor(target, &self.actor),
            );
            let partner = match (is_source, is_target) {
                (true, false) => *target,
                (false, true) => *source,
                // Nobody is his own partner.
                _ => continue,
            };
            if self
                .with
                .as_ref()
                .is_some_and(|with| !Level::is_actor(partner, with))
            {
                continue;
            }
            let began = match initiator {
                Initiator::Unknown => Began::Unknown,
                Initiator::Source if is_source => Began::Actor,
                Initiator::Target if is_target => Began::Actor,
                Initiator::Source | Initiator::Target => Began::Partner,
            };
            // Several persons of one partner: of a first and a second way to see it, the first.
            partners.entry(self.level.of(partner)).or_insert(began);
        }
        partners
    }
}

impl Tally {
    fn add(&mut self, selected: &Selected<'_>, began: Began) {
        let event = selected.event();
        self.events += 1;
        self.articles.extend(selected.articles());
        self.dates.extend(event.date.start.map(|_| event.date));
        *self.kinds.entry(event.act.label.clone()).or_default() += 1;
        match began {
            Began::Actor => self.initiated += 1,
            Began::Partner => self.received += 1,
            Began::Unknown => {}
        }
    }

    fn into_row(self, graph: &Graph, partner: ActorId) -> ContactRow {
        let mut kinds: Vec<_> = self.kinds.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        ContactRow {
            name: graph.name(&partner),
            partner,
            events: self.events,
            reports: self.articles.len(),
            first: self
                .dates
                .iter()
                .copied()
                .min_by_key(|date| (date.start, date.end)),
            last: self
                .dates
                .iter()
                .copied()
                .max_by_key(|date| (date.end, date.start)),
            kinds,
            initiated: self.initiated,
            received: self.received,
        }
    }
}
