//! Roles with and without names: "Iran's foreign minister", "President Vladimir Putin",
//! "the prime minister of Israel", "Syrian government warplanes", "the president".

use crate::lexicon::{RoleKind, RoleWord, WordList};
use crate::mention::mention::Basis;
use crate::mention::reader::{GOOD, Owner, Reader, Reading, WEAK};
use crate::model::{ActorKind, Sector};
use crate::text::Upos;

/// Most words between an owner and its role.
const BETWEEN_MAX: usize = 5;

impl Reader<'_, '_> {
    /// Returns the role that begins at `from` or behind modifiers, with all agents that follow.
    pub(crate) fn role_after(&self, from: usize) -> Option<(usize, usize)> {
        self.role_behind(from).map(|(end, role, _)| (end, role))
    }

    fn role_behind(&self, from: usize) -> Option<(usize, usize, bool)> {
        let mut is_former = false;
        for at in from..from + BETWEEN_MAX {
            if at > from && !self.scene.is_joined(at - 1) {
                return None;
            }
            if let Some((end, role)) = self.role_at(at) {
                let (end, role) = self.last_role(end, role);
                return Some((end, role, is_former));
            }
            if self.is_word(at, WordList::Former) {
                is_former = true;
            } else if at == from && self.is_attitude(at)
                || !self.is_modifier(at)
                || at + 1 >= self.scene.units.len()
            {
                return None;
            }
        }
        None
    }

    /// Says whether a word may stand between an owner and its role.
    fn is_modifier(&self, unit: usize) -> bool {
        self.is_word(unit, WordList::Modifier)
            || self.scene.is_one_of(unit, &["pro", "anti"])
            || self.scene.is_glued(unit) && matches!(self.scene.before(unit), "pro" | "anti")
            || !self.scene.is_capital(unit)
                && matches!(self.scene.upos(unit), Upos::Adj | Upos::Adv | Upos::Num)
            || !self.scene.is_capital(unit) && self.scene.is_participle(unit)
    }

    /// "Turkish-backed rebels", "the U.S.-led coalition": not the state's own.
    fn is_attitude(&self, unit: usize) -> bool {
        self.scene.is_glued(unit) && self.is_word(unit, WordList::Attitude)
    }

    /// Roles follow each other: "foreign ministry | spokeswoman", "government | warplanes",
    /// "army chief | general". The last one says what is meant; titles before it stay in force
    /// before a name.
    fn last_role(&self, mut end: usize, mut role: usize) -> (usize, usize) {
        while end > 0 && self.scene.is_joined(end - 1) {
            let skip = usize::from(
                self.scene.is_one_of(end, &["chief", "deputy", "senior"])
                    && self.role_at(end).is_none(),
            );
            let Some((next_end, next)) = self.role_at(end + skip) else {
                break;
            };
            let (word, first) = (self.lexicon.roles.get(next), self.lexicon.roles.get(role));
            let (Some(word), Some(first)) = (word, first) else {
                break;
            };
            end = next_end;
            // "President General X" is a president; "ministry spokesman" a spokesman.
            let keeps = matches!(first.kind, RoleKind::Title(_)) && word.is_of_person();
            // "army officials", "police officers": the sector is the first word's.
            let generic = matches!(
                word.phrase.as_ref(),
                "officer"
                    | "officers"
                    | "official"
                    | "officials"
                    | "source"
                    | "sources"
                    | "units"
                    | "chief"
                    | "agents"
            );
            let weak = (word.sector == Sector::Gov || generic)
                && first.sector != Sector::Gov
                && first.kind == RoleKind::Agent;
            if !keeps && !weak {
                role = next;
            }
        }
        (end, role)
    }

    /// Reads what an owner that ends at `end` owns: a role with or without a name, a person.
    pub(crate) fn owned(&mut self, at: usize, end: usize, owner: Owner) -> Option<Reading> {
        let has_s = self.scene.is(end, "'s");
        let from = end + usize::from(has_s);
        if !has_s && !self.scene.is_joined(end - 1) {
            return None;
        }
        if let Some((role_end, role, is_former)) = self.role_behind(from) {
            let is_former = is_former || self.is_former_before(at);
            return self.role_of(at, role_end, owner, role, is_former);
        }
        // "South Korea's Moon Jae-in", "Turkey's Erdogan".
        if has_s && self.scene.is_capital(from) {
            let reading = self.known_person(from, Some(owner), None)?;
            let Owner::Country(country) = owner else {
                return None;
            };
            let fits = reading
                .entities
                .iter()
                .all(|index| self.memory.entity(*index).actor.country == Some(country));
            return fits.then_some(Reading {
                start: at,
                ..reading
            });
        }
        None
    }

    /// Reads a role of an owner that ends at `end`, with the name that may follow.
    pub(crate) fn role_of(
        &mut self,
        at: usize,
        end: usize,
        owner: Owner,
        role: usize,
        is_former: bool,
    ) -> Option<Reading> {
        let word = self.lexicon.roles.get(role)?.clone();
        if word.is_of_person() && !word.is_plural {
            let comma = self.scene.mark_between(end - 1, ',');
            if let Some(reading) = self.name_after(end, owner, &word, comma) {
                return Some(Reading {
                    start: at,
                    ..reading
                });
            }
        }
        if is_former {
            return self.former(at, end, owner, &word);
        }
        if let Some(reading) = self.apposition_of(at, end, owner, &word) {
            return Some(reading);
        }
        self.is_acting = (at..end).any(|unit| {
            self.scene
                .is_one_of(unit, &["acting", "interim", "caretaker"])
        });
        let (entities, basis, confidence) = self.holders(owner, role)?;
        let mut reading = Reading::new(at, end, *entities.first()?, basis).nominal(confidence);
        reading.entities = entities;
        Some(reading)
    }

    /// "Yang Jiechi, Beijing's top diplomat": the person named right before.
    fn apposition_of(
        &mut self,
        at: usize,
        end: usize,
        owner: Owner,
        word: &RoleWord,
    ) -> Option<Reading> {
        let Owner::Country(country) = owner else {
            return None;
        };
        let last = self.memory.seen.last()?;
        let behind = at.saturating_sub(last.end);
        let between = (last.end..at)
            .all(|unit| self.scene.is_one_of(unit, &["the", "a", "an"]) || self.is_modifier(unit));
        let follows = last.sentence == self.scene.number
            && at >= last.end
            && behind <= 3
            && between
            && self.scene.mark_between(last.end.saturating_sub(1), ',');
        let [entity] = last.entities.as_slice() else {
            return None;
        };
        let (entity, number) = (*entity, last.number);
        let person = self.memory.entity(entity);
        let fits =
            person.actor.id.kind() == ActorKind::Person && person.actor.country == Some(country);
        let closes = self.scene.verb_behind(at, end).is_none();
        if !follows || !closes || !fits || !word.is_of_person() || word.is_plural {
            return None;
        }
        self.memory
            .entity_mut(entity)
            .titles
            .push(word.phrase.to_string());
        let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(GOOD);
        reading.antecedent = Some(number);
        Some(reading)
    }

    /// Reads a role without an owner before it: "President Vladimir Putin", "the prime minister of
    /// Israel", "the president".
    pub(crate) fn role(&mut self, at: usize, end: usize, number: usize) -> Option<Reading> {
        let (end, number) = self.last_role(end, number);
        let word = self.lexicon.roles.get(number)?.clone();
        if let Some((owner, owner_end)) = self.owner_behind(end, &word) {
            // "the president of Iran, Masoud Pezeshkian, said"
            if word.is_of_person()
                && !word.is_plural
                && self.scene.mark_between(owner_end - 1, ',')
                && let Some(reading) = self.name_after(owner_end, owner, &word, true)
            {
                return Some(Reading {
                    start: at,
                    ..reading
                });
            }
            let reading = self.role_of(at, end, owner, number, self.is_former_before(at))?;
            let end = reading.end.max(owner_end);
            return Some(Reading { end, ..reading });
        }
        if word.is_of_person()
            && !word.is_plural
            && !self.scene.mark_between(end - 1, ',')
            && let Some(reading) = self.titled(at, end, &word)
        {
            return Some(reading);
        }
        self.bare_role(at, end, &word)
    }

    /// "President Vladimir Putin", "General Sisi", "Ambassador Maria Silva of Brazil".
    pub(crate) fn titled(&mut self, at: usize, end: usize, word: &RoleWord) -> Option<Reading> {
        if !self.scene.is_capital(end) || !self.scene.is_joined(end - 1) {
            return None;
        }
        if let Some(reading) = self.known_person(end, None, word.office()) {
            self.call_by(&reading, word);
            return Some(Reading {
                start: at,
                ..reading
            });
        }
        let name_end = self.name_end(end);
        if name_end == end {
            return None;
        }
        let owner = self.owner_of_name(name_end);
        let is_told = owner.is_some();
        let owner = owner.map(|(owner, _)| owner).or_else(|| {
            let country = self.memory.country_at_hand(self.scene.number);
            country
                .filter(|_| word.sector != Sector::Rel)
                .map(Owner::Country)
        });
        if name_end < end + 2 && !is_told && !word.is_of_person() {
            return None;
        }
        let reading = self.new_person(end, name_end, owner, Some(word))?;
        let confidence = if is_told { GOOD } else { WEAK };
        Some(Reading {
            start: at,
            confidence,
            ..reading
        })
    }
}
