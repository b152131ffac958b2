//! What an article has said so far: who was named, where and as what.

use std::collections::{BTreeMap, HashSet};

use crate::lexicon::PersonIndex;
use crate::mention::actor::Entity;
use crate::mention::mention::{MentionForm, Usage};
use crate::mention::scene::Function;
use crate::model::{ActorId, ActorKind, CountryCode, Day};

/// The number of an entity of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityIndex(pub(crate) usize);

/// One mention, as later words look back to it.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the place of a mention in its sentence"
)]
pub(crate) struct Seen {
    pub(crate) entities: Vec<EntityIndex>,
    /// Its number among the mentions of the article.
    pub(crate) number: usize,
    pub(crate) sentence: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The token that the others of the mention hang on.
    pub(crate) head: usize,
    pub(crate) function: Function,
    /// The word that its phrase hangs on.
    pub(crate) governor: Option<usize>,
    /// Whether it is the subject of a main clause.
    pub(crate) is_main: bool,
    /// Whether it is a relative pronoun, which stands for the mention before it.
    pub(crate) is_relative: bool,
    /// Whether it is subject of a verb of speech.
    pub(crate) speaks: bool,
    /// Whether a verb of speech has it as object or other dependent.
    pub(crate) is_spoken_to: bool,
    /// Whether it is coordinated with the mention before.
    pub(crate) joins_last: bool,
    pub(crate) form: MentionForm,
    pub(crate) usage: Usage,
}

/// The memory of one article.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The day on which the article was published.
    pub(crate) published: Option<Day>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) seen: Vec<Seen>,
    /// How often each country was mentioned.
    pub(crate) countries: BTreeMap<CountryCode, usize>,
    /// The country of the place that the article is written from.
    pub(crate) place: Option<CountryCode>,
    /// Whom the article names, as far as a first reading found; empty in the first reading.
    pub(crate) later: Vec<Entity>,
    /// Whether a description was found that only later names explain.
    pub(crate) looks_ahead: bool,
    /// Cues of ambiguous names that the article holds anywhere, by the hash of the word.
    pub(crate) cues: HashSet<u64>,
    /// Stretches of days in which the leaders named held their offices, for articles without a
    /// date.
    pub(crate) eras: Vec<Vec<(i32, i32)>>,
}

impl Memory {
    pub(crate) fn new(published: Option<Day>) -> Self {
        Self {
            published,
            ..Self::default()
        }
    }

    pub(crate) fn entity(&self, index: EntityIndex) -> &Entity {
        // INVARIANT: indices come from `add` alone, and entities are never removed.
        &self.entities[index.0]
    }

    pub(crate) fn entity_mut(&mut self, index: EntityIndex) -> &mut Entity {
        &mut self.entities[index.0]
    }

    /// Returns the entity of the same actor, sector and number, or adds it.
    pub(crate) fn add(&mut self, entity: Entity) -> EntityIndex {
        let is_same = |known: &Entity| {
            known.actor.id == entity.actor.id
                && (known.actor.is_person()
                    || known.actor.sector == entity.actor.sector
                        && known.is_plural == entity.is_plural)
        };
        if let Some(known) = self.entities.iter().position(is_same) {
            return EntityIndex(known);
        }
        self.entities.push(entity);
        EntityIndex(self.entities.len() - 1)
    }

    /// Returns the first entity that fits.
    pub(crate) fn find(&self, fits: impl Fn(&Entity) -> bool) -> Option<EntityIndex> {
        self.entities.iter().position(fits).map(EntityIndex)
    }

    /// Returns the entities that fit.
    pub(crate) fn all(&self, fits: impl Fn(&Entity) -> bool) -> Vec<EntityIndex> {
        let entities = self.entities.iter().enumerate();
        entities
            .filter(|(_, entity)| fits(entity))
            .map(|(number, _)| EntityIndex(number))
            .collect()
    }

    /// Remembers a mention.
    pub(crate) fn remember(&mut self, seen: Seen) {
        for index in seen.entities.clone() {
            let country = self.entity(index).actor.country;
            self.entity_mut(index).count += 1;
            if let Some(country) = country {
                *self.countries.entry(country).or_default() += 1;
            }
        }
        self.seen.push(seen);
    }

    pub(crate) fn country_count(&self, country: CountryCode) -> usize {
        self.countries.get(&country).copied().unwrap_or_default()
    }

    /// Returns mentions of actors, the latest first.
    pub(crate) fn back(&self) -> impl Iterator<Item = &Seen> + Clone {
        self.seen.iter().rev()
    }

    /// Returns the latest entity that fits, with the number of the mention.
    pub(crate) fn latest(
        &self,
        fits: impl Fn(&Entity, &Seen) -> bool,
    ) -> Option<(EntityIndex, usize)> {
        self.back().find_map(|seen| {
            let entities = seen.entities.iter().rev();
            let found = entities
                .copied()
                .find(|index| fits(self.entity(*index), seen));
            found.map(|index| (index, seen.number))
        })
    }

    /// Returns the latest person of a surname, folded, units with spaces between, or of a
    /// dictionary's persons who are called so.
    pub(crate) fn with_surname(
        &self,
        surname: &str,
        persons: &[PersonIndex],
    ) -> Option<(EntityIndex, usize)> {
        self.latest(|entity, _| {
            let is_known = entity
                .person
                .is_some_and(|person| persons.contains(&person));
            entity.actor.is_person() && (entity.surname == surname || is_known)
        })
    }

    /// Returns the country that an unowned word such as "the army" or "the government" belongs to:
    /// the one that the last sentences speak of most, and as of one who acts. A place that opens
    /// the sentence decides: "In London the foreign secretary …".
    pub(crate) fn country_at_hand(&self, sentence: usize) -> Option<CountryCode> {
        let opens = |seen: &Seen| {
            seen.sentence == sentence && seen.usage == Usage::Place && seen.start <= 2
        };
        if let Some(country) =
            self.latest(|entity, seen| opens(seen) && entity.actor.country.is_some())
        {
            return self.entity(country.0).actor.country;
        }
        let mut weights: BTreeMap<CountryCode, usize> = BTreeMap::new();
        for seen in &self.seen {
            let distance = sentence.saturating_sub(seen.sentence).min(6);
            let weight = match (seen.usage, seen.function) {
                (Usage::Actor, Function::Subject) => 6,
                (Usage::Actor, Function::Modifier) | (Usage::Place, _) => 2,
                (Usage::Actor, _) => 4,
                (Usage::PartOfName, _) => 1,
                _ => 0,
            };
            for index in &seen.entities {
                if let Some(country) = self.entity(*index).actor.country {
                    *weights.entry(country).or_default() += (weight << 8) >> distance;
                }
            }
        }
        let best = weights
            .iter()
            .max_by_key(|(country, weight)| (**weight, std::cmp::Reverse(**country)));
        best.filter(|(_, weight)| **weight > 0)
            .map(|(country, _)| *country)
    }

    /// Returns the ids of all actors of a kind that were mentioned, the latest first.
    pub(crate) fn latest_of(&self, kind: ActorKind) -> Option<(EntityIndex, usize)> {
        self.latest(|entity, _| entity.actor.id.kind() == kind && entity.is_actor)
    }

    /// Returns the latest mention of an actor.
    pub(crate) fn latest_id(&self, id: &ActorId) -> Option<(EntityIndex, usize)> {
        self.latest(|entity, _| entity.actor.id == *id)
    }
}
