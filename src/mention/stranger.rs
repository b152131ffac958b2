//! Persons whom no dictionary knows, as the text introduces them.

use crate::lexicon::{Gender, Office, RoleKind, RoleWord, WordList};
use crate::mention::actor::{Entity, MentionedActor, real_country};
use crate::mention::bare_role::usage_of_title;
use crate::mention::mention::{Basis, MentionForm, Usage};
use crate::mention::name::NAME_UNITS_MAX;
use crate::mention::phrase::Sense;
use crate::mention::reader::{GOOD, Owner, Reader, Reading};
use crate::model::{ActorId, Sector};
use crate::text::Upos;

impl Reader<'_, '_> {
    /// A surname of someone whom the article introduced and no dictionary knows.
    pub(crate) fn known_stranger(&mut self, at: usize) -> Option<Reading> {
        let end = self.name_end(at);
        if end == at {
            return None;
        }
        let words: Vec<&str> = (at..end).map(|unit| self.scene.word(unit)).collect();
        let found = self
            .memory
            .with_surname(&words.join(" "), &[])
            .or_else(|| {
                let full = words.join(" ");
                self.memory.latest(|entity, _| {
                    entity.actor.is_person()
                        && format!("{} {}", entity.given, entity.surname) == full
                })
            })?;
        Some(self.named_before(at, end, found))
    }

    /// Reads the name after a role of an owner: a known person, or a new one.
    pub(crate) fn name_after(
        &mut self,
        end: usize,
        owner: Owner,
        word: &RoleWord,
        is_apposition: bool,
    ) -> Option<Reading> {
        if !self.scene.is_capital(end) || (!is_apposition && !self.scene.is_joined(end - 1)) {
            return None;
        }
        // "the U.S. and Russian presidents, Macron said": an apposition is a full name.
        if is_apposition && self.name_end_any(end) < end + 2 && self.name_end(end) < end + 2 {
            return None;
        }
        if let Some(reading) = self.known_person(end, Some(owner), word.office()) {
            let fits = reading
                .entities
                .iter()
                .all(|index| self.fits_owner(*index, Some(owner)) || !is_apposition);
            if fits {
                self.call_by(&reading, word);
                return Some(reading);
            }
            return None;
        }
        let name_end = self.name_end(end);
        if name_end < end + 2 && (is_apposition || name_end == end || !self.scene.is_proper(end)) {
            return None;
        }
        if is_apposition && !self.looks_like_person(end, name_end) {
            return None;
        }
        self.new_person(end, name_end, Some(owner), Some(word))
    }

    /// Returns where a full name of the dictionaries ends, or the same unit.
    fn name_end_any(&self, at: usize) -> usize {
        let matches = self.matches(at);
        let full = matches.iter().find(|found| {
            found.units > 1
                && found
                    .senses()
                    .any(|sense| matches!(sense, Sense::Person(_)))
        });
        full.map_or(at, |found| at + found.units)
    }

    /// Makes a person whom no dictionary knows, with the country and sector that the text gives.
    pub(crate) fn new_person(
        &mut self,
        at: usize,
        end: usize,
        owner: Option<Owner>,
        word: Option<&RoleWord>,
    ) -> Option<Reading> {
        if self.scene.is_headline {
            return None;
        }
        let whole = at;
        let at = self.behind_honorifics(at);
        let name: Vec<&str> = self.scene.written(at, end).split_whitespace().collect();
        let mut actor = MentionedActor::new_person(&name.join(" "));
        let sector = word.map(|word| match word.kind {
            RoleKind::Title(office) if office != Office::Other => office.sector(),
            _ => word.sector,
        });
        actor.sector = sector;
        match owner {
            Some(Owner::Country(country)) => {
                actor.country = Some(country);
                actor.office = word
                    .and_then(RoleWord::office)
                    .map(|office| (ActorId::office(country, office.slug()), office));
            }
            Some(Owner::Organisation(number)) => {
                let organisation = self.lexicon.organisations.get(number)?;
                actor.country = real_country(organisation.country);
                actor.sector = organisation.sector.or(Some(Sector::Igo));
            }
            None => {}
        }
        let mut entity = Entity::new(actor);
        self.scene.word(at).clone_into(&mut entity.given);
        let surname_at = if at + 1 < end {
            self.surname_start(at, end)
        } else {
            at
        };
        let units: Vec<&str> = (surname_at..end)
            .map(|unit| self.scene.word(unit))
            .collect();
        entity.surname = units.join(" ");
        let units: Vec<&str> = (at..end).map(|unit| self.scene.word(unit)).collect();
        entity.full = units.join(" ");
        entity.gender =
            self.lexicon
                .given_names
                .gender(&entity.given)
                .or(match self.scene.before(at) {
                    "mrs" | "ms" | "madame" | "queen" | "princess" | "spokeswoman" => {
                        Some(Gender::Female)
                    }
                    "mr" | "sir" | "king" | "prince" | "sheikh" | "spokesman" => Some(Gender::Male),
                    _ => None,
                });
        let usage = word.and_then(usage_of_title);
        entity.is_actor = (owner.is_some() || word.is_some()) && usage.is_none();
        entity
            .titles
            .extend(word.map(|word| word.phrase.to_string()));
        let is_actor = entity.is_actor;
        let entity = self.memory.add(entity);
        let mut reading = Reading::new(whole, end, entity, Basis::Introduced);
        reading.confidence = GOOD;
        reading.form = MentionForm::Name;
        reading.usage = usage.or((!is_actor).then_some(Usage::Stranger));
        Some(reading)
    }

    /// Returns where the surname of an unknown full name begins: particles belong to it.
    fn surname_start(&self, at: usize, end: usize) -> usize {
        let mut start = end - 1;
        while start > at + 1
            && (self.scene.is_glued(start)
                || self.scene.is_one_of(
                    start - 1,
                    &["de", "van", "von", "der", "bin", "la", "di", "del"],
                ))
        {
            start -= 1;
        }
        start
    }

    /// Returns where the capitalised words from `at` end, particles between them included.
    pub(crate) fn name_end(&self, at: usize) -> usize {
        let mut end = at;
        let at = self.behind_honorifics(at);
        for unit in at..(at + NAME_UNITS_MAX).min(self.scene.units.len()) {
            if unit > at && !self.scene.is_joined(unit - 1) {
                break;
            }
            let is_name = self.scene.is_capital(unit)
                && !self.scene.is(unit, "'s")
                && matches!(
                    self.scene.upos(unit),
                    Upos::Propn | Upos::Noun | Upos::X | Upos::Adj | Upos::Verb
                );
            let is_glued = self.scene.is_glued(unit) && unit > at;
            if is_name && !self.is_role_or_state(unit) || is_glued {
                end = unit + 1;
            } else if !(self.is_word(unit, WordList::Particle)
                && self.scene.is_capital(unit + 1)
                && unit > at)
            {
                break;
            }
        }
        end
    }

    /// Returns the unit behind "Mr.", "Gen.", "the Rev." and the like.
    pub(crate) fn behind_honorifics(&self, mut at: usize) -> usize {
        while self.is_word(at, WordList::Honorific)
            && self.scene.is_capital(at + 1)
            && self.scene.is_joined(at)
        {
            at += 1;
        }
        at
    }

    fn is_role_or_state(&self, unit: usize) -> bool {
        let matches = self.matches(unit);
        matches.iter().any(|found| {
            found.senses().any(|sense| {
                matches!(
                    sense,
                    Sense::State(_) | Sense::Adjective(_) | Sense::Organisation(_)
                ) || matches!(sense, Sense::Role(_)) && found.units > 1
            })
        })
    }

    /// Returns the owner that stands behind a new name: "Maria Silva of Brazil", "Jane Doe, the
    /// American envoy".
    pub(crate) fn owner_of_name(&self, end: usize) -> Option<(Owner, usize)> {
        if self.scene.is(end, "of") || self.scene.is(end, "from") {
            let at = end + 1 + usize::from(self.scene.is(end + 1, "the"));
            return self.owner_at(at, false);
        }
        // "Colonel Diop, the Senegalese commander"
        if self.scene.mark_between(end - 1, ',') {
            let from = end + usize::from(self.scene.is_one_of(end, &["the", "a", "an"]));
            let (owner, _) = self
                .owner_and_role(from)
                .filter(|_| from > end || self.adjective_at(from).is_some())?;
            return Some((owner, end));
        }
        None
    }

    /// A capitalised name that no dictionary has: a person, if an apposition or a given name shows
    /// one. Such persons are remembered, so that "he" is not taken for another.
    pub(crate) fn stranger(&mut self, at: usize) -> Option<Reading> {
        let is_start = at == 0 || !self.scene.is_capital(at - 1) || !self.scene.is_joined(at - 1);
        if !self.scene.is_capital(at)
            || self.scene.is_headline
            || !is_start && !self.is_title_or_owner(at - 1)
            || !matches!(self.scene.upos(at), Upos::Propn | Upos::X | Upos::Noun)
        {
            return None;
        }
        if self.behind_honorifics(at) > at
            && let Some(reading) = self.known_person(at, None, None)
        {
            return Some(reading);
        }
        let end = self.name_end(at);
        let has_title = at > 0
            && self
                .scene
                .is_one_of(at - 1, &["mr", "mrs", "ms", "dr", "miss", "professor"]);
        if end < at + 2 && !has_title {
            return None;
        }
        if let Some(reading) = self.with_apposition(at, end) {
            return Some(reading);
        }
        if !self.looks_like_person(at, end) && !has_title {
            return None;
        }
        let expert = self.is_expert_near(end);
        let reading = self.new_person(at, end, None, None)?;
        Some(Reading {
            usage: Some(if expert {
                Usage::Expert
            } else {
                Usage::Stranger
            }),
            ..reading
        })
    }

    fn is_expert_near(&self, end: usize) -> bool {
        (end..end + 9).any(|unit| self.is_expert_word(unit))
    }

    /// Says whether units look like the name of a human being: a known given name first.
    fn looks_like_person(&self, at: usize, end: usize) -> bool {
        let given = self
            .lexicon
            .given_names
            .gender(self.scene.word(at))
            .is_some();
        let initial = self.scene.word(at).len() == 1 && end > at + 1;
        let speaks = {
            let head = self.scene.head_of(at, end);
            let governor = self.scene.governor(head);
            governor.is_some_and(|verb| {
                matches!(
                    self.scene.form(verb).as_str(),
                    "said" | "says" | "told" | "added"
                )
            })
        };
        (given || initial || speaks) && end <= at + 5
    }

    /// "Zalmay Khalilzad, the American envoy", "Maria Silva, Brazil's ambassador": the apposition
    /// says whose a new name is.
    fn with_apposition(&mut self, at: usize, end: usize) -> Option<Reading> {
        if !self.scene.mark_between(end - 1, ',') {
            return None;
        }
        let from = end + usize::from(self.scene.is_one_of(end, &["the", "a", "an"]));
        let (country, role) = self.owner_and_role(from)?;
        let word = self.lexicon.roles.get(role)?.clone();
        if word.is_plural || word.kind == RoleKind::Agent {
            return None;
        }
        let reading = self.new_person(at, end, Some(country), Some(&word))?;
        Some(reading)
    }

    /// Reads "American envoy", "Brazil's ambassador", "head of the Iranian parliament" as owner
    /// and role.
    fn owner_and_role(&self, from: usize) -> Option<(Owner, usize)> {
        let mut at = from;
        // "a senior Iranian official", "then U.S. ambassador".
        for _ in 0..3 {
            if self.adjective_at(at).is_some()
                || self.owner_at(at, true).is_some()
                || self.role_at(at).is_some()
            {
                break;
            }
            at += 1;
        }
        if let Some((end, role)) = self.role_at(at) {
            let at = end + 1 + usize::from(self.scene.is(end + 1, "the"));
            if self.scene.is(end, "of") || self.scene.is(end, "for") {
                return self.owner_at(at, false).map(|(owner, _)| (owner, role));
            }
        }
        let (owner, end) = self
            .adjective_at(at)
            .map(|(country, end)| (Owner::Country(country), end))
            .or_else(|| self.owner_at(at, true))?;
        let end = end + usize::from(self.scene.is(end, "'s"));
        self.role_after(end).map(|(_, role)| (owner, role))
    }
}
