//! Descriptions that take up what was named before: "the president", "his counterpart", "both
//! sides", "the kingdom", "the latter".

use crate::lexicon::{Gender, Office, OfficeTenure, RoleKind, RoleWord, WordList};
use crate::mention::actor::Entity;
use crate::mention::memory::EntityIndex;
use crate::mention::mention::{Basis, Usage};
use crate::mention::reader::{FAIR, GOOD, Reader, Reading, WEAK};
use crate::mention::scene::Function;
use crate::model::{ActorKind, CountryCode};
use crate::text::Upos;

impl Reader<'_, '_> {
    /// "The president", "the minister", "the general": whom the article called so, else who holds
    /// the office in the country at hand.
    pub(crate) fn bare_title(&mut self, at: usize, end: usize, word: &RoleWord) -> Option<Reading> {
        if let Some(reading) = self.person_before_comma(at, end) {
            return Some(reading);
        }
        // "In London the foreign secretary" is of no other country.
        let opening = self.opening_place();
        // "General" and "envoy" may be a person's; of those who fit, the one most spoken of.
        let best = self
            .memory
            .back()
            .flat_map(|seen| seen.entities.iter().map(move |index| (seen, *index)));
        let mut scored: Vec<(i32, EntityIndex, usize)> = Vec::new();
        for (seen, index) in best {
            let entity = self.memory.entity(index);
            let fit = self.fit_of_title(entity, word);
            let elsewhere = opening.is_some() && entity.actor.country != opening;
            if fit == 0 || elsewhere || scored.iter().any(|(_, known, _)| *known == index) {
                continue;
            }
            let distance = self.scene.number.saturating_sub(seen.sentence);
            let distance = i32::try_from(distance).unwrap_or(9);
            let subject = i32::from(seen.function == Function::Subject) * 3;
            let count = i32::try_from(entity.count.min(3)).unwrap_or(0);
            let score = fit * 10 - distance * 4 + subject + count;
            scored.push((score, index, seen.number));
        }
        let best = scored.into_iter();
        let best = best.max_by_key(|(score, index, _)| (*score, index.0));
        if let Some((_, entity, number)) = best {
            let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
            reading.antecedent = Some(number);
            return Some(reading);
        }
        let country = self.memory.country_at_hand(self.scene.number)?;
        let RoleKind::Title(office) = word.kind else {
            return None;
        };
        if matches!(
            office,
            Office::IoHead | Office::Other | Office::Minister | Office::Leader | Office::Speaker
        ) {
            return None;
        }
        let held = self.office(country, office);
        let entity = self.memory.add(held.entity);
        self.memory
            .entity_mut(entity)
            .titles
            .push(word.phrase.to_string());
        Some(Reading::new(at, end, entity, held.basis).nominal(WEAK))
    }

    /// Says how well a title fits someone: 3 for what the article called them, 0 for not at all.
    fn fit_of_title(&self, entity: &Entity, word: &RoleWord) -> i32 {
        let phrase = word.phrase.as_ref();
        let last = phrase.rsplit(' ').next().unwrap_or(phrase);
        if !entity.actor.is_person() || !entity.is_actor {
            return 0;
        }
        if entity.titles.iter().any(|title| title == phrase) {
            return 3;
        }
        let mut titles = entity.titles.iter();
        if titles.any(|title| title.rsplit(' ').next() == Some(last)) {
            return 2;
        }
        let person = entity
            .person
            .and_then(|index| self.lexicon.persons.get(index));
        let tenures = person.map_or(&[][..], |person| person.tenures.as_slice());
        if is_military(last) && !phrase.contains("secretary") {
            let mut offices = tenures.iter().map(|tenure| tenure.office);
            let leads = |office| matches!(office, Office::MilitaryChief | Office::ArmedGroupLeader);
            return i32::from(offices.any(leads));
        }
        let of_word = offices_of(last);
        if !of_word.is_empty() {
            let near =
                |tenure: &OfficeTenure| self.day.is_none_or(|day| tenure.days_from(day) < 60);
            let mut tenures = tenures.iter();
            return 2 * i32::from(
                tenures.any(|tenure| of_word.contains(&tenure.office) && near(tenure)),
            );
        }
        let Some(office) = word.office() else {
            return 0;
        };
        let held = entity.actor.office.as_ref().map(|(_, office)| *office);
        let holds = |tenure: &&OfficeTenure| {
            let same =
                tenure.office == office || office == Office::Leader && tenure.office.leads_state();
            let minister = office == Office::Minister
                && tenure.office.slug().ends_with("minister")
                && tenure.office != Office::PrimeMinister;
            (same || minister) && self.day.is_none_or(|day| tenure.holds_on(day))
        };
        let mut held_by_data = tenures.iter().filter(holds).peekable();
        let by_data = held_by_data.peek().is_some();
        // "Chancellor" is a title of few heads of government.
        if held_by_data.any(|tenure| tenure.title.to_lowercase().ends_with(last)) {
            return 3;
        }
        2 * i32::from(held == Some(office) || by_data)
    }

    /// "Aung San Suu Kyi, the ousted leader": the person named right before.
    fn person_before_comma(&self, at: usize, end: usize) -> Option<Reading> {
        let last = self.memory.seen.last()?;
        let [entity] = last.entities.as_slice() else {
            return None;
        };
        let follows = last.sentence == self.scene.number
            && at >= last.end
            && at <= last.end + 4
            && self.scene.mark_between(last.end.saturating_sub(1), ',');
        let articles = (last.end..at)
            .filter(|unit| self.scene.is_one_of(*unit, &["the", "a", "an"]))
            .count();
        let between = (last.end..at)
            .all(|unit| self.scene.is_one_of(unit, &["the", "a", "an"]) || self.describes(unit));
        let is_person = self.memory.entity(*entity).actor.id.kind() == ActorKind::Person;
        // A verb behind shows that the words begin a clause.
        let closes = self.scene.verb_behind(at, end).is_none();
        if !follows || articles != 1 || !between || !is_person || !closes {
            return None;
        }
        let mut reading = Reading::new(at, end, *entity, Basis::Coreference).nominal(GOOD);
        reading.antecedent = Some(last.number);
        Some(reading)
    }

    /// Returns the country of a place that opens the sentence.
    fn opening_place(&self) -> Option<CountryCode> {
        let here = self
            .memory
            .back()
            .take_while(|seen| seen.sentence == self.scene.number);
        let first = here
            .filter(|seen| seen.usage == Usage::Place && seen.start <= 2)
            .last()?;
        self.memory.entity(*first.entities.first()?).actor.country
    }

    /// Says whether a word may stand between "the" and a noun.
    pub(crate) fn describes(&self, unit: usize) -> bool {
        let word = self.scene.word(unit);
        matches!(self.scene.upos(unit), Upos::Adj | Upos::Num | Upos::Adv)
            || self
                .scene
                .token(self.scene.token_of(unit))
                .is_some_and(|token| matches!(token.tag.xpos.as_str(), "VBN" | "VBG"))
            || self.scene.is_glued(unit)
            || self.scene.is_glued(unit + 1)
            || matches!(
                word,
                "kgb" | "communist" | "party" | "army" | "opposition" | "intelligence" | "veteran"
            )
    }

    /// "The 71-year-old", "the former KGB officer", "the veteran diplomat", "the man": the person
    /// spoken of.
    pub(crate) fn described_person(&mut self, at: usize) -> Option<Reading> {
        if self.scene.before(at) != "the" {
            return None;
        }
        let mut unit = at;
        while unit < at + 6
            && self.scene.is_joined(unit)
            && !self.is_word(unit, WordList::PersonNoun)
            && !self.scene.is_one_of(unit, &["old"])
            && self.describes(unit)
        {
            unit += 1;
        }
        let is_age = self.scene.is(unit, "old") && self.scene.is_glued(unit);
        let noun = if is_age && self.is_word(unit + 1, WordList::PersonNoun) {
            unit + 1
        } else {
            unit
        };
        if !is_age && !self.is_word(unit, WordList::PersonNoun) {
            return None;
        }
        if (at..noun).any(|unit| self.adjective_at(unit).is_some()) {
            return None;
        }
        if self.scene.is_one_of(noun, &["host", "guest", "visitor"])
            && let Some(reading) =
                self.host_or_guest(at, noun + 1, self.scene.is(noun, "host"), None)
        {
            return Some(reading);
        }
        if let Some(reading) = self.person_before_comma(at, noun + 1) {
            return Some(reading);
        }
        let gender = match self.scene.word(noun) {
            "woman" => Some(Gender::Female),
            "man" | "statesman" | "businessman" | "strongman" => Some(Gender::Male),
            _ => None,
        };
        let (entity, number) = self
            .memory
            .latest(|entity, seen| {
                entity.actor.is_person()
                    && seen.usage == Usage::Actor
                    && seen.function == Function::Subject
                    && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
            })
            .or_else(|| {
                self.memory
                    .latest(|entity, seen| entity.actor.is_person() && seen.usage == Usage::Actor)
            })?;
        let mut reading = Reading::new(at, noun + 1, entity, Basis::Coreference).nominal(WEAK);
        reading.antecedent = Some(number);
        Some(reading)
    }
}

fn is_military(word: &str) -> bool {
    matches!(
        word,
        "general" | "marshal" | "admiral" | "colonel" | "commander" | "soldier" | "warlord"
    )
}

/// The offices that a word of many holders can mean.
fn offices_of(word: &str) -> &'static [Office] {
    match word {
        "envoy" | "mediator" | "negotiator" | "emissary" => {
            &[Office::Envoy, Office::AmbassadorUn, Office::Ambassador]
        }
        "ambassador" => &[Office::Ambassador, Office::AmbassadorUn],
        "spokesman" | "spokeswoman" | "spokesperson" => &[Office::Spokesperson],
        "diplomat" => &[
            Office::ForeignMinister,
            Office::Envoy,
            Office::Ambassador,
            Office::AmbassadorUn,
        ],
        _ => &[],
    }
}
