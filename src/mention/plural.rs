//! Several at once: "the two presidents", "both sides", "the trio", "the latter".

use crate::lexicon::Office;
use crate::mention::memory::{EntityIndex, Seen};
use crate::mention::mention::{Basis, MentionForm, Usage};
use crate::mention::reader::{FAIR, Reader, Reading, WEAK};
use crate::mention::scene::Function;
use crate::model::{ActorKind, CountryCode, Sector};
use crate::text::Upos;

/// What "the two …" and "both …" can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plural {
    /// Persons by name, not as holders of an office of a state.
    Named,
    Persons,
    States,
    Any,
}

impl Reader<'_, '_> {
    /// "The presidents", "the ministers": those named last who fit.
    pub(crate) fn several(&mut self, at: usize, end: usize) -> Option<Reading> {
        // "The presidents, A, B and C": named right behind.
        if self.scene.mark_between(end - 1, ',') && self.scene.is_capital(end) {
            return None;
        }
        let reading = self.together(at, end, 2, Plural::Persons)?;
        Some(reading.nominal(WEAK))
    }

    /// Reads "both", "the two presidents", "both sides", "the pair", "the trio", "the former".
    pub(crate) fn pair(&mut self, at: usize) -> Option<Reading> {
        let after_the = self.scene.before(at) == "the";
        let word = self.scene.word(at);
        match word {
            "former" | "latter" if after_the => {
                let next = self.scene.word(at + 1);
                let stands_alone = next.is_empty()
                    || !self.scene.is_capital(at + 1)
                        && self.role_behind_former(at).is_none()
                        && self.adjective_at(at + 1).is_none();
                let entities = self.last_several(2, Plural::Any).filter(|_| stands_alone)?;
                let entity = if word == "former" {
                    *entities.first()?
                } else {
                    *entities.last()?
                };
                Some(Reading::new(at, at + 1, entity, Basis::Coreference).nominal(FAIR))
            }
            "pair" | "duo" | "two" | "trio" | "three" | "four" | "five" | "six" | "quartet"
            | "both" => self.number_of(at, word, after_the),
            "belligerents" | "combatants" | "adversaries" | "signatories" if after_the => {
                self.together(at, at + 1, 2, Plural::Any)
            }
            "sides" | "neighbours" | "neighbors" | "rivals" | "foes" | "allies"
                if matches!(
                    self.scene.before(at),
                    "the" | "all" | "opposing" | "warring"
                ) =>
            {
                self.together(at, at + 1, 2, Plural::Any)
            }
            _ => None,
        }
    }

    fn role_behind_former(&self, at: usize) -> Option<usize> {
        self.role_after(at + 1).map(|(_, role)| role)
    }

    pub(crate) fn number_of(&mut self, at: usize, word: &str, after_the: bool) -> Option<Reading> {
        let count = match word {
            "trio" | "three" => 3,
            "four" | "quartet" => 4,
            "five" => 5,
            "six" => 6,
            _ => 2,
        };
        if matches!(word, "pair" | "duo" | "trio" | "quartet") {
            let takes = after_the && !self.scene.is(at + 1, "of");
            return takes
                .then(|| self.together(at, at + 1, count, Plural::Persons))
                .flatten();
        }
        let before = self.scene.before(at);
        if word != "both" && !matches!(before, "the" | "these" | "those" | "their" | "all") {
            return None;
        }
        for noun in at + 1..at + 5 {
            let kind = match self.scene.word(noun) {
                "presidents" | "leaders" | "ministers" | "men" | "women" | "premiers"
                | "statesmen" | "diplomats" | "officials" | "envoys" | "generals"
                | "negotiators" | "heads" | "kings" | "chancellors" | "politicians"
                | "counterparts" | "commanders" => Plural::Persons,
                "countries" | "nations" | "states" | "governments" | "capitals" | "powers"
                | "koreas" | "republics" | "members" | "economies" | "ministries" | "armies"
                | "delegations" | "militaries" | "peoples" | "embassies" | "signatories" => {
                    Plural::States
                }
                "sides" | "parties" | "neighbours" | "neighbors" | "rivals" | "allies" | "foes"
                | "groups" | "factions" | "camps" | "movements" | "organisations"
                | "organizations" | "bodies" | "teams" | "belligerents" | "adversaries"
                | "partners" | "enemies" => Plural::Any,
                _ => continue,
            };
            if (at + 1..noun)
                .any(|unit| self.scene.is_capital(unit) || self.adjective_at(unit).is_some())
            {
                return None;
            }
            return self.together(at, noun + 1, count, kind);
        }
        let next_is_noun = !self.scene.is(at + 1, "of")
            && matches!(
                self.scene.upos(at + 1),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det
            )
            && self.scene.is_joined(at);
        let is_adverb = word == "both"
            && (at + 2..at + 14).any(|unit| self.scene.is(unit, "and"))
            && next_is_noun;
        let alone = word == "both" && !next_is_noun && !is_adverb
            || word == "two" && before == "the" && !next_is_noun;
        alone
            .then(|| self.together(at, at + 1, count, Plural::Any))
            .flatten()
    }

    pub(crate) fn together(
        &mut self,
        at: usize,
        end: usize,
        count: usize,
        kind: Plural,
    ) -> Option<Reading> {
        let entities = self.last_several(count, kind)?;
        let mut reading =
            Reading::new(at, end, *entities.first()?, Basis::Coreference).nominal(FAIR);
        reading.entities = entities;
        Some(reading)
    }

    /// Returns the last `count` actors that fit, in the order of the text: those joined by "and"
    /// or named in one clause before others; for "the two countries" the states of persons too.
    fn last_several(&mut self, count: usize, kind: Plural) -> Option<Vec<EntityIndex>> {
        let mut found: Vec<EntityIndex> = Vec::new();
        let mut countries: Vec<Option<CountryCode>> = Vec::new();
        // A group taken up before stays a group.
        let grouped = self
            .memory
            .back()
            .find(|seen| seen.entities.len() == count && self.scene.number <= seen.sentence + 3);
        if let Some(seen) = grouped {
            let fits = seen
                .entities
                .iter()
                .all(|index| self.fits_plural(*index, kind));
            if fits {
                return Some(self.as_plural(&seen.entities.clone(), kind));
            }
        }
        // Ministers are persons before they are those of states named.
        let kinds = if kind == Plural::Persons {
            &[Plural::Named, kind][..]
        } else {
            &[kind][..]
        };
        for wanted in kinds {
            if let Some(group) = self.coordinated(count, *wanted) {
                return Some(self.as_plural(&group, kind));
            }
        }
        let seen: Vec<Seen> = self.memory.back().take(24).cloned().collect();
        for strict in [true, false] {
            found.clear();
            countries.clear();
            for seen in &seen {
                if seen.usage != Usage::Actor || self.scene.number > seen.sentence + 4 {
                    continue;
                }
                for index in seen.entities.iter().rev() {
                    let entity = self.memory.entity(*index);
                    let is_weightless = strict && seen.function == Function::Modifier;
                    let is_new = !found.contains(index)
                        && (entity.actor.country.is_none()
                            || !countries.contains(&entity.actor.country));
                    if is_new && self.fits_plural(*index, kind) && !is_weightless {
                        countries.push(entity.actor.country);
                        found.push(*index);
                    }
                    if found.len() == count {
                        found.reverse();
                        return Some(self.as_plural(&found, kind));
                    }
                }
            }
        }
        None
    }

    /// Returns the last `count` actors joined by commas and "and", and no more of them.
    pub(crate) fn coordinated(&self, count: usize, kind: Plural) -> Option<Vec<EntityIndex>> {
        let mut group: Vec<EntityIndex> = Vec::new();
        let mut closed = false;
        for seen in self.memory.back() {
            if self.scene.number > seen.sentence + 2 {
                return None;
            }
            if seen.usage != Usage::Actor {
                closed = true;
                group.clear();
                continue;
            }
            if seen.form != MentionForm::Pronoun {
                for index in seen.entities.iter().rev() {
                    if self.fits_plural(*index, kind) && !group.contains(index) {
                        group.insert(0, *index);
                    }
                }
                closed = !seen.joins_last;
                if closed && group.len() == count {
                    return Some(group);
                }
                if closed {
                    group.clear();
                }
            }
        }
        (closed && group.len() == count).then_some(group)
    }

    fn fits_plural(&self, index: EntityIndex, kind: Plural) -> bool {
        let entity = self.memory.entity(index);
        let id = entity.actor.id.kind();
        match kind {
            Plural::Named => entity.actor.is_person() && entity.is_actor,
            Plural::Persons => {
                entity.actor.is_person() && entity.is_actor || id == ActorKind::State
            }
            Plural::States => {
                id == ActorKind::State
                    || entity.actor.is_person() && entity.actor.country.is_some() && entity.is_actor
            }
            Plural::Any => entity.is_actor,
        }
    }

    /// "The two countries" after two presidents are theirs; "the two presidents" after two states
    /// hold office there.
    fn as_plural(&mut self, entities: &[EntityIndex], kind: Plural) -> Vec<EntityIndex> {
        let mut result = Vec::new();
        for index in entities {
            let actor = self.memory.entity(*index).actor.clone();
            match (kind, actor.id.kind(), actor.country) {
                (Plural::States, kind, Some(country))
                    if kind != ActorKind::State || actor.sector != Some(Sector::Gov) =>
                {
                    result.push(self.add_state(country, Sector::Gov));
                }
                (Plural::Persons, ActorKind::State, Some(country)) => {
                    let held = self.office(country, Office::Leader);
                    result.push(self.memory.add(held.entity));
                }
                _ => result.push(*index),
            }
        }
        result
    }
}
