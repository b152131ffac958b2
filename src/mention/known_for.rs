//! "The 82-year-old", "the former KGB officer", "the Texan": persons by what is known of them.

use crate::mention::actor::Entity;
use crate::mention::mention::{Basis, Usage};
use crate::mention::reader::{FAIR, Reader, Reading, WEAK};
use crate::model::ActorKind;
use crate::text::Upos;

/// Words that may stand before a description without changing whom it means.
const BEFORE: &[&str] = &[
    "former",
    "ex",
    "one",
    "time",
    "onetime",
    "erstwhile",
    "old",
    "then",
    "veteran",
    "exiled",
    "ageing",
    "aging",
    "retired",
    "wily",
    "burly",
    "tough",
    "soft",
    "spoken",
    "self",
    "styled",
    "made",
    "ousted",
    "deposed",
    "embattled",
    "long",
    "serving",
    "fiery",
    "outspoken",
    "jailed",
    "once",
    "young",
    "populist",
    "conservative",
    "leftist",
    "moderate",
    "reformist",
    "hardline",
    "bearded",
];

/// The longest description, in words.
const WORDS_MAX: usize = 4;

impl Reader<'_, '_> {
    /// Reads what begins behind "the" as a person whose age or past the dictionaries know, if the
    /// article names that person.
    pub(crate) fn known_for(&mut self, at: usize) -> Option<Reading> {
        if self.scene.before(at) != "the" {
            return None;
        }
        self.of_age(at).or_else(|| self.of_past(at))
    }

    /// "The 82-year-old", "the octogenarian".
    fn of_age(&mut self, at: usize) -> Option<Reading> {
        let decade = match self.scene.word(at) {
            "sexagenarian" => Some(60),
            "septuagenarian" => Some(70),
            "octogenarian" => Some(80),
            "nonagenarian" => Some(90),
            _ => None,
        };
        let (ages, end) = if let Some(decade) = decade {
            (decade..decade + 10, at + 1)
        } else {
            let is_age = self.scene.is(at + 1, "year") && self.scene.is(at + 2, "old");
            let age: i32 = self.scene.word(at).parse().ok().filter(|_| is_age)?;
            (age..age + 1, at + 3)
        };
        if self.scene.is_joined(end - 1) && self.scene.is_capital(end) {
            return None;
        }
        let year = i32::from(self.memory.published?.ymd().0);
        let facts = &self.lexicon.person_facts;
        // Who has not had the birthday of the year is one younger.
        let fits = |entity: &Entity| {
            let born = facts.born(&entity.actor.id).map(i32::from);
            born.is_some_and(|born| {
                ages.contains(&(year - born)) || ages.contains(&(year - born - 1))
            })
        };
        self.person_who(at, end, &fits)
    }

    /// "The former KGB officer", "the Texan".
    fn of_past(&mut self, at: usize) -> Option<Reading> {
        let mut start = at;
        while start < at + 3 && self.scene.is_one_of(start, BEFORE) {
            start += 1;
        }
        let facts = &self.lexicon.person_facts;
        let mut phrase = String::new();
        let mut longest = None;
        for unit in start..(start + WORDS_MAX).min(self.scene.units.len()) {
            if unit > start {
                if !self.scene.is_joined(unit - 1) {
                    break;
                }
                phrase.push(' ');
            }
            phrase.push_str(self.scene.word(unit));
            let described = facts.described_as(&phrase);
            if !described.is_empty() {
                longest = Some((unit + 1, described));
            }
        }
        let (end, described) = longest?;
        // "the Texan billionaire", "the general secretary": the words describe what follows.
        let goes_on = self.scene.is_joined(end - 1)
            && (self.scene.is_capital(end)
                || matches!(self.scene.upos(end), Upos::Noun | Upos::Propn))
            || self.scene.is(end, "of");
        if goes_on {
            return None;
        }
        let fits = |entity: &Entity| described.contains(&entity.actor.id);
        self.person_who(at, end, &fits)
    }

    /// Returns the person that fits: the one spoken of last, else one named later.
    fn person_who(
        &mut self,
        at: usize,
        end: usize,
        fits: &impl Fn(&Entity) -> bool,
    ) -> Option<Reading> {
        let is_person =
            |entity: &Entity| entity.actor.id.kind() == ActorKind::Person && fits(entity);
        let named = self
            .memory
            .latest(|entity, seen| is_person(entity) && seen.usage == Usage::Actor);
        if let Some((entity, number)) = named {
            let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
            reading.antecedent = Some(number);
            return Some(reading);
        }
        let entity = self.named_later(&is_person)?;
        Some(Reading::new(at, end, entity, Basis::Coreference).nominal(WEAK))
    }
}
