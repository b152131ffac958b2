//! The actors that bundled dictionaries and user know, by id and by name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use demarche::lexicon::{
    Entry, Lexicon, NameIndex, Office, OfficeTenure, Phrase, UserDictionary, UserMeaning,
    suggest_actors,
};
use demarche::model::{ActorId, ActorKind, CountryCode, Sector, fold};
use demarche::store::Store;

use crate::cli::actor_name::{Candidate, NoActor, told_distance, words};
use crate::cli::session::applied;

/// What is known of an actor.
#[derive(Debug, Clone)]
pub(crate) struct KnownActor {
    pub(crate) id: ActorId,
    pub(crate) name: String,
    pub(crate) country: Option<CountryCode>,
    pub(crate) sector: Option<Sector>,
    /// Whether the user added or corrected it.
    pub(crate) is_of_user: bool,
}

/// All actors of the bundled dictionaries, as the user's dictionary changes them.
pub(crate) struct Directory {
    lexicon: Cow<'static, Lexicon>,
    by_id: BTreeMap<ActorId, KnownActor>,
    by_name: NameIndex,
}

impl Directory {
    pub(crate) fn new(user: &UserDictionary) -> Result<Self> {
        let lexicon = applied(user)?;
        let mut by_id: BTreeMap<ActorId, KnownActor> = actors_of(&lexicon)
            .map(|actor| (actor.id.clone(), actor))
            .collect();
        for entry in user.entries() {
            match entry {
                Entry::Actor {
                    id,
                    country,
                    sector,
                    ..
                } => {
                    if let Some(actor) = by_id.get_mut(id) {
                        actor.is_of_user = true;
                        actor.country = country.or(actor.country);
                        actor.sector = sector.or(actor.sector);
                    }
                }
                Entry::Split { new, .. } => {
                    if let Some(actor) = by_id.get_mut(new) {
                        actor.is_of_user = true;
                    }
                }
                _ => {}
            }
        }
        Ok(Self {
            by_name: NameIndex::new(&lexicon),
            by_id,
            lexicon,
        })
    }

    /// Returns the dictionaries as they hold.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Returns the actors by id, without those that were merged into others.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &KnownActor> {
        let is_there = |actor: &&KnownActor| self.merged_into(&actor.id).is_none();
        self.by_id.values().filter(is_there)
    }

    pub(crate) fn get(&self, id: &ActorId) -> Option<&KnownActor> {
        self.by_id.get(id)
    }

    /// Returns the actor that another one was merged into.
    pub(crate) fn merged_into(&self, id: &ActorId) -> Option<&ActorId> {
        self.lexicon.user_names().merged_into(id)
    }

    /// Returns those who were merged into an actor.
    pub(crate) fn merged_with(&self, into: &ActorId) -> impl Iterator<Item = &ActorId> {
        self.lexicon.user_names().merged_with(into)
    }

    /// Returns whom a whole name means; what the user says comes first.
    pub(crate) fn bearer(&self, name: &str) -> Option<ActorId> {
        let user = self.lexicon.user_names();
        let known = || {
            let id = self.by_name.get(name)?;
            (!user.is_taken(name, id)).then_some(id)
        };
        let id = user.actor(name).or_else(known)?;
        Some(self.merged_into(id).unwrap_or(id).clone())
    }

    /// Says on standard error when a text is no name of an actor from whom it is to be taken.
    pub(crate) fn note_if_no_name(&self, id: &ActorId, text: &Phrase) -> io::Result<()> {
        if self.bearer(text.as_str()).as_ref() == Some(id) {
            return Ok(());
        }
        writeln!(
            io::stderr(),
            "note: `{text}` is no name of {id} that is known"
        )
    }

    /// Returns the id that the user typed, if anyone has it: in the dictionaries, or in the store.
    pub(crate) fn require(&self, text: &str, store: Option<&Store>) -> Result<ActorId> {
        if let Ok(id) = ActorId::parse(text.trim()) {
            let is_known = self.by_id.contains_key(&id)
                || self.merged_into(&id).is_some()
                || stands_for_country(&id, &self.lexicon);
            if is_known || acts_in(&id, store)? {
                return Ok(id);
            }
        }
        Err(NoActor::new(text, self.nearest(text)).into())
    }

    /// Returns a few actors whose name or id is like a text, for people.
    pub(crate) fn nearest(&self, text: &str) -> Vec<String> {
        const NEAREST_MAX: usize = 3;
        let name = text.split_once(':').map_or(text, |(_, rest)| rest);
        let folded = fold(&name.replace(['-', '_'], " "));
        let found = suggest_actors(&self.lexicon, &folded, NEAREST_MAX);
        let best = found.first().map(|first| first.distance);
        found
            .into_iter()
            .filter(|known| Some(known.distance) == best)
            .map(|known| format!("{} ({})", known.name, known.id))
            .collect()
    }

    /// Returns the actors of the user whose names hold all words of a text.
    pub(crate) fn named_like(&self, text: &str) -> Vec<Candidate> {
        let wanted = words(text);
        let mut found: BTreeMap<&ActorId, Candidate> = BTreeMap::new();
        for name in self.lexicon.user_names().decided() {
            let (name, id) = match &name.meaning {
                UserMeaning::Actor(id) => (&name.text, id),
                UserMeaning::Role | UserMeaning::NotActor => continue,
            };
            let Some(distance) = told_distance(&wanted, name, id) else {
                continue;
            };
            let known = self.by_id.get(id).map(|actor| actor.name.clone());
            let candidate = found.entry(id).or_insert_with(|| Candidate {
                id: id.clone(),
                name: known.unwrap_or_else(|| name.to_string()),
                distance,
                events: 0,
            });
            candidate.distance = candidate.distance.min(distance);
        }
        found.into_values().collect()
    }
}

/// Returns the actors of dictionaries; a person's country and sector are the latest.
fn actors_of(lexicon: &Lexicon) -> impl Iterator<Item = KnownActor> {
    let states = lexicon.states.iter().map(|state| KnownActor {
        id: ActorId::of_country(ActorKind::State, state.country),
        name: state.name.clone().into_owned(),
        country: Some(state.country),
        sector: None,
        is_of_user: false,
    });
    let own_ids = |id: &ActorId| id.kind() != ActorKind::State;
    let organisations = lexicon.organisations.iter();
    let organisations = organisations
        .filter(move |organisation| own_ids(&organisation.id))
        .map(|organisation| KnownActor {
            id: organisation.id.clone(),
            name: organisation.name.clone().into_owned(),
            country: organisation.country,
            sector: organisation.sector,
            is_of_user: false,
        });
    let persons = lexicon.persons.iter().map(|(_, person)| {
        let last = person.tenures.last();
        KnownActor {
            id: person.id.clone(),
            name: person.name.clone().into_owned(),
            country: last
                .map(|tenure| tenure.country)
                .filter(|country| *country != CountryCode::INTERNATIONAL),
            sector: last.and_then(OfficeTenure::known_sector),
            is_of_user: false,
        }
    });
    states.chain(organisations).chain(persons)
}

/// Says whether an id is made from the code of a country that there is.
fn stands_for_country(id: &ActorId, lexicon: &Lexicon) -> bool {
    let code = match id.kind() {
        ActorKind::Country | ActorKind::Opposition | ActorKind::Protesters => id.rest(),
        ActorKind::Office => match id.rest().split_once('-') {
            Some((code, slug)) if Office::ALL.iter().any(|office| office.slug() == slug) => code,
            _ => return false,
        },
        _ => return false,
    };
    let country = CountryCode::parse(code).ok();
    country.is_some_and(|country| lexicon.state(country).is_some())
}

/// Says whether an actor takes part in an event of the store.
fn acts_in(id: &ActorId, store: Option<&Store>) -> Result<bool> {
    for event in store.into_iter().flat_map(Store::events) {
        let participants = event?.participants;
        if participants
            .iter()
            .any(|participant| participant.actor == *id)
        {
            return Ok(true);
        }
    }
    Ok(false)
}
