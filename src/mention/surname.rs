//! Persons by surname, by a part of the name, or with a title: of those named before, else the best known.

use crate::lexicon::{Gender, Office, PersonIndex, RoleWord, WordList};
use crate::mention::actor::Entity;
use crate::mention::memory::EntityIndex;
use crate::mention::mention::{Basis, Usage};
use crate::mention::name::NAME_UNITS_MAX;
use crate::mention::phrase::Sense;
use crate::mention::reader::{GOOD, Owner, Reader, Reading, WEAK};
use crate::mention::scene::Function;
use crate::model::{ActorKind, Sector, Weekday};

impl Reader<'_, '_> {
    /// Someone named before, by a part of the name: "Xi", "Lopez Obrador", "Mr. Kamel", "Evo". Of
    /// several of one surname the one spoken of most.
    pub(crate) fn named_again(&mut self, whole: usize) -> Option<Reading> {
        let at = self.behind_honorifics(whole);
        let begins = self.scene.is_capital(at)
            || self.is_word(at, WordList::Particle) && self.scene.is_capital(at + 1);
        if !begins || whole == at && self.scene.is_headline && at > 0 {
            return None;
        }
        let follows = |unit: usize| {
            self.scene.is_joined(unit - 1)
                && !self.scene.is(unit, "'s")
                && (self.scene.is_capital(unit)
                    || self.scene.is_glued(unit)
                    || self.is_word(unit, WordList::Particle) && self.scene.is_capital(unit + 1))
        };
        let mut end = at + 1;
        while end < at + NAME_UNITS_MAX && end < self.scene.units.len() && follows(end) {
            end += 1;
        }
        if self.is_behind_name(whole) && !self.scene.is_headline {
            return None;
        }
        let honorific = (whole < at).then(|| self.scene.word(whole).to_owned());
        let gender = match honorific.as_deref() {
            Some("mr" | "sir" | "lord" | "herr") => Some(Gender::Male),
            Some("mrs" | "ms" | "miss" | "lady" | "madame" | "mme" | "dame" | "frau") => {
                Some(Gender::Female)
            }
            _ => None,
        };
        let words: Vec<&str> = (at..end).map(|unit| self.scene.word(unit)).collect();
        let called = words.join(" ");
        let means_other = honorific.is_none() && self.means_no_person(at, end);
        // Few actors or none are called so, while an article may have thousands of mentions.
        let bearers = self.memory.all(|entity| {
            entity.actor.id.kind() == ActorKind::Person
                && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
                && is_called(entity, &called, means_other)
        });
        if bearers.is_empty() {
            return None;
        }
        let mut best: Option<(i32, EntityIndex, usize)> = None;
        for seen in self.memory.back() {
            for index in seen.entities.iter().filter(|index| bearers.contains(index)) {
                if best.is_some_and(|(_, other, _)| other == *index) {
                    continue;
                }
                let entity = self.memory.entity(*index);
                let distance = self.scene.number.saturating_sub(seen.sentence).min(9);
                let office = entity.actor.office.as_ref();
                let leads = office.is_some_and(|(_, office)| office.leads_state());
                let score = i32::from(leads) * 6
                    + i32::from(seen.is_main) * 2
                    + i32::from(seen.usage == Usage::Actor) * 10
                    - i32::try_from(distance).unwrap_or(9)
                    + i32::try_from(entity.count.min(4)).unwrap_or(4);
                if best.is_none_or(|(known, ..)| score > known) {
                    best = Some((score, *index, seen.number));
                }
            }
        }
        let (_, entity, number) = best?;
        let reading = self.named_before(whole, end, (entity, number));
        Some(reading)
    }

    /// Says whether the word before belongs to the same name.
    fn is_behind_name(&self, unit: usize) -> bool {
        const PLACE: &[&str] = &["in", "at", "from", "near", "to"];
        unit > 0
            && self.scene.is_capital(unit - 1)
            && self.scene.is_joined(unit - 1)
            && self.scene.is_proper(unit - 1)
            && !self.is_calendar(unit - 1)
            && !PLACE.contains(&self.scene.before(unit - 1))
            && !self.is_title_or_owner(unit - 1)
    }

    /// Says whether the dictionaries have units as the name of something else than a person.
    fn means_no_person(&self, at: usize, end: usize) -> bool {
        let matches = self.matches(at);
        let mut whole = matches.iter().filter(|found| found.units == end - at);
        let is_other = |sense| {
            !matches!(
                sense,
                Sense::Person(_) | Sense::Surname(_) | Sense::People(_) | Sense::Epithet(_)
            )
        };
        whole.any(|found| found.senses().any(is_other))
    }

    pub(crate) fn named_before(
        &self,
        at: usize,
        end: usize,
        (entity, number): (EntityIndex, usize),
    ) -> Reading {
        let mut reading = Reading::new(at, end, entity, Basis::Coreference);
        reading.antecedent = Some(number);
        reading.usage = (!self.memory.entity(entity).is_actor).then_some(Usage::Stranger);
        reading
    }

    /// A surname alone: of someone named before, or of the one who is best known by it on the day.
    pub(crate) fn surname(&mut self, at: usize, end: usize, senses: &[Sense]) -> Option<Reading> {
        let folded: Vec<&str> = (at..end).map(|unit| self.scene.word(unit)).collect();
        let folded = folded.join(" ");
        let is_common = self
            .lexicon
            .words
            .has(WordList::CommonSurname, folded.as_str());
        let is_written = self.scene.is_capital(end - 1) || self.scene.is_capital(at);
        let is_name = is_written
            && (self.scene.is_proper(at)
                || self.scene.is_proper(end - 1)
                || self.scene.is_headline
                || !is_common && folded.len() > 3);
        if !is_name || self.is_in_longer_name(at, end) || is_weekday(&folded) {
            return None;
        }
        let persons: Vec<PersonIndex> = senses
            .iter()
            .filter_map(|sense| match sense {
                Sense::Surname(index) => Some(*index),
                _ => None,
            })
            .collect();
        if let Some(found) = self.memory.with_surname(&folded, &persons) {
            return Some(self.named_before(at, end, found));
        }
        if self.names_a_place(end) && self.scene.is_joined(end - 1) && !self.scene.is_headline {
            return Some(Reading::other(at, end + 1, Usage::PartOfName));
        }
        if folded.len() < 2 || is_common && (!self.scene.is_proper(at) || self.scene.is_headline) {
            return None;
        }
        let (index, alternatives) = self.likeliest(&persons, None, None)?;
        let weight = self.weight(index, None, None);
        let person = self.lexicon.persons.get(index)?;
        let is_prominent = person
            .tenures
            .iter()
            .any(|tenure| tenure.office.is_prominent() || tenure.office == Office::DefenceMinister);
        let least = self.least_weight(&folded)
            + if is_prominent { 0 } else { 12 }
            + if is_common { 28 } else { 0 };
        if weight < least || is_common && !self.stands_as_person(at, end) {
            return None;
        }
        let entity = self.add_person(index)?;
        let mut reading = Reading::new(at, end, entity, Basis::Prominence);
        reading.confidence = if alternatives.is_empty() { GOOD } else { WEAK };
        reading.alternatives = alternatives;
        Some(reading)
    }

    /// Says whether a name that is also a word stands as a person's would: subject or object of a
    /// verb, without an article, not as a date.
    fn stands_as_person(&self, at: usize, end: usize) -> bool {
        let head = self.scene.head_of(at, end);
        let is_participant = matches!(
            self.scene.function(head),
            Function::Subject | Function::Object
        );
        let before = self.scene.before(at);
        is_participant
            && !matches!(
                before,
                "the"
                    | "a"
                    | "in"
                    | "by"
                    | "since"
                    | "until"
                    | "of"
                    | "last"
                    | "next"
                    | "early"
                    | "late"
            )
    }

    /// How well known someone must be to be meant by a surname alone.
    fn least_weight(&self, folded: &str) -> i32 {
        if self.day.is_none() {
            return 60;
        }
        if folded.len() < 4 { 95 } else { 72 }
    }

    /// Says whether names stand right before or behind: the words are a part of another name.
    pub(crate) fn is_in_longer_name(&self, at: usize, end: usize) -> bool {
        if self.scene.is_headline {
            return false;
        }
        let is_name = |unit: usize| {
            self.scene.is_capital(unit)
                && self.scene.is_proper(unit)
                && !self.is_calendar(unit)
                && !self.is_title_or_owner(unit)
        };
        let behind = self.scene.is_joined(end - 1) && is_name(end) && !self.scene.is(end, "'s");
        let before = at > 0 && self.scene.is_joined(at - 1) && is_name(at - 1);
        behind || before
    }

    /// Says whether a unit ends a title, an owner or another known phrase, after which a name may
    /// begin.
    pub(crate) fn is_title_or_owner(&self, unit: usize) -> bool {
        self.is_word(unit, WordList::Honorific)
            || self.is_word(unit, WordList::TitleBeforeName)
            || (unit.saturating_sub(3)..=unit).any(|start| {
                let matches = self.matches(start);
                matches.iter().any(|found| {
                    start + found.units == unit + 1
                        && found.senses().any(|sense| {
                            matches!(
                                sense,
                                Sense::Role(_)
                                    | Sense::Adjective(_)
                                    | Sense::State(_)
                                    | Sense::Capital(_)
                            )
                        })
                })
            })
    }

    /// Reads the name of a person of the dictionary or of the article at a unit.
    pub(crate) fn known_person(
        &mut self,
        whole: usize,
        owner: Option<Owner>,
        office: Option<Office>,
    ) -> Option<Reading> {
        let at = self.behind_honorifics(whole);
        let reading = self.known_name(at, owner, office)?;
        Some(Reading {
            start: whole,
            ..reading
        })
    }

    fn known_name(
        &mut self,
        at: usize,
        owner: Option<Owner>,
        office: Option<Office>,
    ) -> Option<Reading> {
        if !self.scene.is_capital(at)
            && !matches!(
                self.scene.word(at),
                "al" | "el" | "bin" | "von" | "van" | "de"
            )
        {
            return None;
        }
        for found in self.matches(at) {
            let end = at + found.units;
            let pick = |is_full: bool| -> Vec<PersonIndex> {
                found
                    .senses()
                    .filter_map(|sense| match sense {
                        Sense::Person(index) if is_full => Some(index),
                        Sense::Surname(index) if !is_full => Some(index),
                        _ => None,
                    })
                    .collect()
            };
            let full = pick(true);
            if !full.is_empty() && found.units > 1 {
                let (index, alternatives) = self.likeliest(&full, owner, office)?;
                if self.is_another(index, owner) {
                    return None;
                }
                let entity = self.add_person(index)?;
                let basis = self.person_line(index);
                let reading = Reading::new(at, end, entity, basis);
                return Some(self.with_country_behind(Reading {
                    alternatives,
                    ..reading
                }));
            }
            let surnames = pick(false);
            let behind = self.scene.is_joined(end - 1)
                && self.scene.is_capital(end)
                && self.scene.is_proper(end)
                && !self.scene.is_headline;
            if surnames.is_empty() && full.is_empty() || behind && !self.is_title_or_owner(end) {
                continue;
            }
            let folded: Vec<&str> = (at..end).map(|unit| self.scene.word(unit)).collect();
            if let Some(known) = self.memory.with_surname(&folded.join(" "), &surnames)
                && self.fits_owner(known.0, owner)
            {
                return Some(self.named_before(at, end, known));
            }
            let all: Vec<PersonIndex> = full.into_iter().chain(surnames).collect();
            let (index, alternatives) = self.likeliest(&all, owner, office)?;
            if self.weight(index, owner, office) < 75 {
                continue;
            }
            let entity = self.add_person(index)?;
            let mut reading = Reading::new(at, end, entity, Basis::Prominence);
            reading.confidence = GOOD;
            reading.alternatives = alternatives;
            return Some(reading);
        }
        self.known_stranger(at)
    }

    /// Remembers by what title someone is called; it tells the sector where the dictionary knows of
    /// no office on the day.
    pub(crate) fn call_by(&mut self, reading: &Reading, word: &RoleWord) {
        for index in &reading.entities {
            let entity = self.memory.entity_mut(*index);
            entity.titles.push(word.phrase.to_string());
            if entity.actor.is_person()
                && matches!(entity.actor.sector, None | Some(Sector::Eli))
                && !word.phrase.starts_with("former")
            {
                entity.actor.sector = Some(word.sector);
            }
        }
    }

    pub(crate) fn fits_owner(&self, entity: EntityIndex, owner: Option<Owner>) -> bool {
        match (owner, self.memory.entity(entity).actor.country) {
            (Some(Owner::Country(country)), Some(own)) => country == own,
            _ => true,
        }
    }

    /// Says whether a person of the dictionary never stood for the country that the text gives, nor is
    /// well known: it speaks of a namesake.
    fn is_another(&self, index: PersonIndex, owner: Option<Owner>) -> bool {
        let Some(Owner::Country(country)) = owner else {
            return false;
        };
        let person = self.lexicon.persons.get(index);
        let ever = person.is_some_and(|person| {
            person
                .tenures
                .iter()
                .any(|tenure| tenure.country == country)
        });
        !ever && self.weight(index, None, None) < 85
    }
}

/// Says whether a person may be called by some units: the surname, the end of the full name, or,
/// unless these mean something else too, the given name.
fn is_called(entity: &Entity, called: &str, means_other: bool) -> bool {
    let is_end = |of: &str| {
        of.len() > called.len()
            && of.ends_with(called)
            && of.as_bytes().get(of.len() - called.len() - 1) == Some(&b' ')
    };
    let is_start = |of: &str| {
        of.len() > called.len()
            && of.starts_with(called)
            && of.as_bytes().get(called.len()) == Some(&b' ')
    };
    if entity.surname == called {
        return !means_other || called.len() > 3;
    }
    !means_other
        && called.len() > 2
        && (is_end(&entity.full)
            || is_end(&entity.surname)
            || called.len() > 2 && (entity.given == called || is_start(&entity.full)))
}

fn is_weekday(folded: &str) -> bool {
    Weekday::ALL
        .iter()
        .any(|day| day.name().eq_ignore_ascii_case(folded))
}
