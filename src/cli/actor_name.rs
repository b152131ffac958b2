//! From what a user calls an actor to the actor meant.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use demarche::graph::{ActorCount, Graph};
use demarche::lexicon::{Lexicon, suggest_actors};
use demarche::model::{ActorId, ActorKind, CountryCode, fold};
use demarche::store::StoredActor;

/// Nobody goes by a name.
#[derive(Debug, thiserror::Error)]
#[error("nobody here goes by the name of `{name}`{}", nearest_told(nearest))]
pub(crate) struct NoActor {
    name: String,
    nearest: Vec<String>,
}

impl NoActor {
    /// Says that nobody has an id or a name; `nearest` are those who have one like it.
    pub(crate) fn new(name: &str, nearest: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            nearest,
        }
    }
}

fn nearest_told(nearest: &[String]) -> String {
    if nearest.is_empty() {
        "; try `demarche actors search` with a part of the name".to_owned()
    } else {
        format!("; did you mean {}?", nearest.join(", "))
    }
}

/// An actor that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) id: ActorId,
    pub(crate) name: String,
    /// 0 the name itself, 1 or 2 a part of it, more: letters apart.
    pub(crate) distance: usize,
    /// Happenings in the store.
    pub(crate) events: usize,
}

/// Who is in the store, and how often.
pub(crate) trait Known {
    /// Returns in how many events an actor takes part.
    fn events_of(&self, actor: &ActorId) -> usize;
    /// Returns every actor with its name, by id.
    fn all(&self) -> Vec<ActorCount>;
}

impl Known for Graph {
    fn events_of(&self, actor: &ActorId) -> usize {
        Self::events_of(self, actor)
    }

    fn all(&self) -> Vec<ActorCount> {
        self.actors().collect()
    }
}

impl Known for Vec<StoredActor> {
    fn events_of(&self, actor: &ActorId) -> usize {
        let place = self.binary_search_by(|known| known.actor.cmp(actor));
        let found = place.ok().and_then(|place| self.get(place));
        found.map_or(0, |found| found.events)
    }

    fn all(&self) -> Vec<ActorCount> {
        let named = |known: &StoredActor| ActorCount {
            name: known
                .name
                .clone()
                .unwrap_or_else(|| known.actor.rest().to_owned()),
            actor: known.actor.clone(),
            events: known.events,
        };
        self.iter().map(named).collect()
    }
}

/// How many candidates a search looks at.
const CANDIDATES_MAX: usize = 200;
/// How many names an error suggests.
const NEAREST_MAX: usize = 3;
/// Up to this distance a name holds what was asked for; beyond, it is only spelt like it.
const DISTANCE_HOLDS: usize = 2;

/// Returns the actor that the user means, and says on standard error whom it took.
///
/// An id means itself. Of several actors whose name holds the text, the one with the most events
/// is taken, and the others are named.
pub(crate) fn resolve(text: &str, known: &dyn Known, lexicon: &Lexicon) -> Result<ActorId> {
    if let Ok(id) = ActorId::parse(text.trim()) {
        return Ok(id);
    }
    resolve_name(text, Some(known), lexicon)
}

/// Returns the actor that a name means, with or without a store, and says on standard error whom it
/// took.
pub(crate) fn resolve_name(
    text: &str,
    store: Option<&dyn Known>,
    lexicon: &Lexicon,
) -> Result<ActorId> {
    let found = candidates(text, store, lexicon);
    let (fits, nearest): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|found| found.distance <= DISTANCE_HOLDS);
    let Some((chosen, others)) = fits.split_first() else {
        let nearest = nearest.iter().take(NEAREST_MAX).map(shown).collect();
        return Err(NoActor {
            name: text.to_owned(),
            nearest,
        }
        .into());
    };
    let mut err = io::stderr().lock();
    write!(err, "{text}: {}", shown(chosen))?;
    let rivals: Vec<String> = others
        .iter()
        .filter(|other| store.is_none() || other.events > 0)
        .filter(|other| other.distance == chosen.distance)
        .take(NEAREST_MAX)
        .map(shown)
        .collect();
    if !rivals.is_empty() {
        write!(err, "; others: {}", rivals.join(", "))?;
    }
    writeln!(err)?;
    Ok(chosen.id.clone())
}

fn shown(candidate: &Candidate) -> String {
    format!("{} ({})", candidate.name, candidate.id)
}

/// Returns the actors of store and dictionaries that a text may mean, the likeliest first: the name
/// itself, then those with the most events, then those spelt most like it.
pub(crate) fn candidates(
    text: &str,
    store: Option<&dyn Known>,
    lexicon: &Lexicon,
) -> Vec<Candidate> {
    let mut found: BTreeMap<ActorId, Candidate> = BTreeMap::new();
    for known in suggest_actors(lexicon, text, CANDIDATES_MAX) {
        let events = store.map_or(0, |store| store.events_of(&known.id));
        let candidate = Candidate {
            id: known.id,
            name: known.name,
            distance: known.distance,
            events,
        };
        found.insert(candidate.id.clone(), candidate);
    }
    let wanted = words(text);
    for actor in store.into_iter().flat_map(Known::all) {
        // Countries go by the names of their states; they are asked for by id.
        if actor.actor.kind() == ActorKind::Country {
            continue;
        }
        let Some(distance) = told_distance(&wanted, &actor.name, &actor.actor) else {
            continue;
        };
        let candidate = Candidate {
            id: actor.actor.clone(),
            name: actor.name,
            distance,
            events: actor.events,
        };
        let known = found
            .entry(actor.actor)
            .or_insert_with(|| candidate.clone());
        known.distance = known.distance.min(distance);
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|found| {
        // A whole word of a name and a part of one are about as good; then events decide.
        let tier = match found.distance {
            0 => 0,
            1..=DISTANCE_HOLDS => 1,
            far => far,
        };
        (
            tier,
            Reverse(found.events),
            found.distance,
            found.id.clone(),
        )
    });
    if found
        .first()
        .is_some_and(|first| first.distance <= DISTANCE_HOLDS)
    {
        found.retain(|found| found.distance <= DISTANCE_HOLDS);
    }
    found
}

/// Returns the folded words of a name that tell.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .filter(|word| !matches!(*word, "of" | "the"))
        .map(str::to_owned)
        .collect()
}

/// 0 if name or id are the wanted words, 1 if they hold all of them, nothing else.
pub(crate) fn told_distance(wanted: &[String], name: &str, id: &ActorId) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    let (name, rest) = (words(name), words(id.rest()));
    if name == wanted || rest == wanted {
        return Some(0);
    }
    wanted
        .iter()
        .all(|word| name.contains(word) || rest.contains(word))
        .then_some(1)
}

/// Returns the country that a user means: a code, or a state's name.
pub(crate) fn resolve_country(text: &str, lexicon: &Lexicon) -> Result<CountryCode> {
    let by_code = CountryCode::parse(text)
        .ok()
        .filter(|code| lexicon.state(*code).is_some());
    let found = || {
        suggest_actors(lexicon, text, CANDIDATES_MAX)
            .into_iter()
            .filter(|a| a.id.kind() == ActorKind::State)
    };
    let by_name = || {
        let fits = found().find(|actor| actor.distance <= DISTANCE_HOLDS)?;
        CountryCode::parse(fits.id.rest()).ok()
    };
    by_code.or_else(by_name).ok_or_else(|| {
        let nearest = found()
            .take(NEAREST_MAX)
            .map(|actor| format!("{} ({})", actor.name, actor.id.rest()))
            .collect();
        NoActor {
            name: text.to_owned(),
            nearest,
        }
        .into()
    })
}

/// Returns the name that the dictionaries give an actor.
pub(crate) fn dictionary_name(lexicon: &Lexicon, actor: &ActorId) -> Option<String> {
    let state = |code: &str| {
        lexicon
            .state(CountryCode::parse(code).ok()?)
            .map(|state| state.name.clone().into_owned())
    };
    match actor.kind() {
        ActorKind::State | ActorKind::Country => state(actor.rest()),
        ActorKind::Office => {
            let (code, title) = actor.rest().split_once('-')?;
            Some(format!("{} of {}", title.replace('-', " "), state(code)?))
        }
        _ => None,
    }
}
