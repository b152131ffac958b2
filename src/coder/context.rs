//! What an article has said so far: who was named, so that "he" and "the two leaders" are found.

use std::collections::BTreeMap;

use crate::coder::mention::{Found, Kind, Resolved};
use crate::lexicon::Office;
use crate::model::{ActorId, ActorKind, CountryCode, Day};

/// How many actors are remembered.
const REMEMBERED_MAX: usize = 40;

/// The memory of one article.
#[derive(Debug, Default)]
pub(crate) struct Context {
    pub(crate) published: Option<Day>,
    /// The day that the article's opening reports on.
    pub(crate) scene_day: Option<Day>,
    /// The last day that the text named.
    pub(crate) told_day: Option<Day>,
    /// Actors, the latest last, with the number of the sentence and whether they opened it.
    seen: Vec<Seen>,
    /// The last group of several, with the number of the sentence: whom "they" means.
    together: Option<(Vec<Resolved>, usize)>,
    /// Who was mentioned first in the last sentence that mentions anyone, with its number.
    opener: Option<(ActorId, usize)>,
    /// How often each actor was mentioned by name.
    named: BTreeMap<ActorId, usize>,
    /// How often each country was mentioned.
    countries: BTreeMap<CountryCode, usize>,
}

#[derive(Debug)]
struct Seen {
    actor: Resolved,
    sentence: usize,
    is_first: bool,
}

impl Context {
    pub(crate) fn new(published: Option<Day>) -> Self {
        Self {
            published,
            ..Self::default()
        }
    }

    /// Remembers a mention.
    pub(crate) fn remember(&mut self, found: &Found, sentence: usize) {
        if found.actors.len() > 1 {
            return;
        }
        for actor in &found.actors {
            if !found.is_place && self.opener.as_ref().is_none_or(|(_, of)| *of != sentence) {
                self.opener = Some((actor.id.clone(), sentence));
            }
            if found.kind != Kind::Pronoun {
                *self.named.entry(actor.id.clone()).or_default() += 1;
            }
            if let Some(country) = actor.country {
                *self.countries.entry(country).or_default() += 1;
            }
            let is_first = !found.is_place
                && found.kind != Kind::Pronoun
                && !self
                    .seen
                    .iter()
                    .any(|seen| seen.sentence == sentence && seen.is_first);
            self.seen
                .retain(|seen| seen.actor.id != actor.id || seen.is_first);
            self.seen.push(Seen {
                actor: actor.clone(),
                sentence,
                is_first,
            });
            if self.seen.len() > REMEMBERED_MAX {
                self.seen.remove(0);
            }
        }
    }

    /// Remembers a group of several.
    pub(crate) fn remember_together(&mut self, actors: &[Resolved], sentence: usize) {
        if actors.len() > 1 {
            self.together = Some((actors.to_vec(), sentence));
        }
    }

    /// Returns whom "they" means: the last group of several, of this or the last sentence.
    pub(crate) fn they(&self, sentence: usize) -> Option<&[Resolved]> {
        let (actors, said) = self.together.as_ref()?;
        (said + 2 > sentence).then_some(actors.as_slice())
    }

    /// Returns the country that the article is about so far: one mentioned at least twice, and
    /// more often than any other.
    pub(crate) fn main_country(&self) -> Option<CountryCode> {
        let (country, count) = self.countries.iter().max_by_key(|(_, count)| **count)?;
        let is_alone = self
            .countries
            .values()
            .filter(|other| *other == count)
            .count()
            == 1;
        (*count > 1 && is_alone).then_some(*country)
    }

    /// Returns the person of a surname who was named before.
    pub(crate) fn with_surname(&self, folded: &str) -> Option<&Resolved> {
        self.seen
            .iter()
            .rev()
            .map(|seen| &seen.actor)
            .find(|actor| actor.id.kind() == ActorKind::Person && actor.surname == folded)
    }

    /// Returns the state that "its" means: the one that opened this sentence or the one before, else
    /// the last one named.
    pub(crate) fn state_before(&self, sentence: usize) -> Option<CountryCode> {
        let states = || {
            self.seen.iter().rev().filter(|seen| {
                matches!(seen.actor.id.kind(), ActorKind::State | ActorKind::Agency)
                    && seen.sentence + 2 > sentence
            })
        };
        states()
            .find(|seen| seen.is_first)
            .or_else(|| states().next())?
            .actor
            .country
    }

    /// Returns the last organisation of states, or the last group, that was named.
    pub(crate) fn organisation_before(&self, is_group: bool) -> Option<&Resolved> {
        let kind = if is_group {
            ActorKind::Group
        } else {
            ActorKind::Igo
        };
        self.seen
            .iter()
            .rev()
            .map(|seen| &seen.actor)
            .find(|actor| actor.id.kind() == kind)
    }

    /// Returns whom "he" or "she" means: the person who opened this sentence or the one before,
    /// else the last person named.
    pub(crate) fn person_before(&self, sentence: usize) -> Option<&Resolved> {
        let persons = || {
            self.seen
                .iter()
                .rev()
                .filter(|seen| seen.actor.id.kind() == ActorKind::Person)
        };
        persons()
            .find(|seen| seen.is_first && seen.sentence + 2 > sentence)
            .or_else(|| persons().find(|seen| seen.sentence + 2 > sentence))
            .map(|seen| &seen.actor)
    }

    /// Returns whom "him" means: the last person named who does not open the sentence.
    pub(crate) fn other_person_before(&self, sentence: usize) -> Option<&Resolved> {
        let opens = |id: &ActorId| {
            self.opener
                .as_ref()
                .is_some_and(|(opener, of)| *of == sentence && opener == id)
        };
        let fits = |seen: &&Seen| {
            let is_person = seen.actor.id.kind() == ActorKind::Person;
            is_person && seen.sentence + 2 > sentence && !opens(&seen.actor.id)
        };
        self.seen.iter().rev().find(fits).map(|seen| &seen.actor)
    }

    /// Returns the last person of a country who was named, with this office if one is asked for.
    pub(crate) fn person_of(
        &self,
        country: Option<CountryCode>,
        office: Option<Office>,
    ) -> Option<&Resolved> {
        let is_fit = |actor: &Resolved| {
            let held = actor.office.as_ref().map(|(_, office)| *office);
            let leads = matches!(
                held,
                Some(
                    Office::President
                        | Office::PrimeMinister
                        | Office::Leader
                        | Office::SupremeLeader
                )
            );
            let office_fits = match office {
                None => true,
                Some(Office::Leader) => leads,
                Some(office) => held == Some(office),
            };
            actor.id.kind() == ActorKind::Person
                && (country.is_none() || actor.country == country)
                && office_fits
        };
        let fits = self
            .seen
            .iter()
            .map(|seen| &seen.actor)
            .filter(|actor| is_fit(actor));
        // "The president" without a country is whom the article names most; of equals the last.
        let count = |actor: &&Resolved| {
            let is_open = country.is_none();
            if is_open {
                self.named.get(&actor.id).copied()
            } else {
                None
            }
        };
        fits.max_by_key(count)
    }

    /// Returns the last two distinct actors whom "the two …" can mean: two persons, or two states.
    pub(crate) fn last_two(&self, persons: bool) -> Option<[Resolved; 2]> {
        let mut found: Vec<&Resolved> = Vec::new();
        for seen in self.seen.iter().rev() {
            let actor = &seen.actor;
            let is_person = actor.id.kind() == ActorKind::Person;
            let is_fit = if persons {
                is_person
            } else {
                is_person || is_state(&actor.id)
            };
            let is_new = found.iter().all(|known| {
                known.id != actor.id && (known.country.is_none() || known.country != actor.country)
            });
            if is_fit && is_new {
                found.push(actor);
            }
            if let [second, first] = found.as_slice() {
                return Some([(*first).clone(), (*second).clone()]);
            }
        }
        None
    }
}

fn is_state(id: &ActorId) -> bool {
    matches!(
        id.kind(),
        ActorKind::State | ActorKind::Igo | ActorKind::Group
    )
}
