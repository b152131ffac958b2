//! Pronouns: who "he", "it" and "they" are, by number, gender, function, recency, and never
//! another participant of the same predicate.

use crate::lexicon::{Gender, Office, RoleKind};
use crate::mention::antecedent::{Case, Wanted, is_wanted};
use crate::mention::memory::Seen;
use crate::mention::mention::{Basis, MentionForm, Usage};
use crate::mention::reader::{FAIR, Owner, Reader, Reading};
use crate::mention::scene::Function;
use crate::model::ActorKind;
use crate::text::Upos;

impl Reader<'_, '_> {
    /// Reads a pronoun at a unit, with the noun that a possessive one owns where that is a role.
    pub(crate) fn pronoun(&mut self, at: usize) -> Option<Reading> {
        let (wanted, case) = match self.scene.word(at) {
            "he" | "him" => (Wanted::Person(Gender::Male), Case::Plain),
            "his" => (Wanted::Person(Gender::Male), Case::Possessive),
            "himself" => (Wanted::Person(Gender::Male), Case::Reflexive),
            "her" if self.is_possessive_her(at) => {
                (Wanted::Person(Gender::Female), Case::Possessive)
            }
            "she" | "her" | "hers" => (Wanted::Person(Gender::Female), Case::Plain),
            "herself" => (Wanted::Person(Gender::Female), Case::Reflexive),
            "it" => (Wanted::Thing, Case::Plain),
            "its" => (Wanted::Thing, Case::Possessive),
            "itself" => (Wanted::Thing, Case::Reflexive),
            "they" | "them" => (Wanted::Several, Case::Plain),
            "their" | "theirs" => (Wanted::Several, Case::Possessive),
            "themselves" => (Wanted::Several, Case::Reflexive),
            "who" | "whom" | "whose" | "which" => return self.relative(at),
            "other" | "another" => return self.reciprocal(at),
            _ => return None,
        };
        if self.scene.upos(at) == Upos::Propn
            && self.scene.word(at) != "its"
            && !self.scene.is_headline
        {
            return None;
        }
        let found = self.antecedent(at, wanted, case);
        let (entities, number, confidence) = found.or_else(|| {
            (wanted == Wanted::Several)
                .then(|| self.two_at_hand(at))
                .flatten()
        })?;
        let mut reading = Reading::new(at, at + 1, *entities.first()?, Basis::Coreference);
        reading.entities = entities;
        reading.form = MentionForm::Pronoun;
        reading.antecedent = Some(number);
        reading.confidence = confidence;
        Some(reading)
    }

    fn is_possessive_her(&self, at: usize) -> bool {
        let token = self.scene.token_of(at);
        self.scene.label(token) == "nmod:poss"
            || self
                .scene
                .token(token)
                .is_some_and(|token| token.tag.xpos == "PRP$")
    }

    /// "His Iranian counterpart", "its foreign minister", "their spokesman": whom the possessive
    /// pronoun right before owns.
    pub(crate) fn owned_by_pronoun(&mut self, unit: usize) -> Option<Reading> {
        let last = self.memory.seen.last()?;
        let is_owner = last.form == MentionForm::Pronoun
            && last.end == unit
            && last.sentence == self.scene.number;
        let owns = matches!(self.scene.before(unit), "his" | "her" | "its" | "their");
        let [owner] = last.entities.as_slice() else {
            return None;
        };
        if !is_owner || !owns {
            return None;
        }
        let (owner, at) = (*owner, unit - 1);
        if let Some(reading) = self.counterpart(at, owner) {
            return Some(Reading {
                start: unit,
                ..reading
            });
        }
        let entity = self.memory.entity(owner);
        let is_leader = entity.actor.is_person();
        let country = entity
            .actor
            .country
            .filter(|_| is_leader || entity.actor.id.kind() == ActorKind::State)?;
        let (end, role) = self.role_after(at + 1)?;
        // What belongs to the state is the state again: the pronoun says as much.
        let word = self.lexicon.roles.get(role)?;
        let is_office = matches!(word.kind, RoleKind::Title(office) if !matches!(office, Office::Leader | Office::IoHead | Office::Other | Office::PartyLeader));
        // "His army", "its troops": of the state.
        let is_force = word.kind == RoleKind::Agent && word.sector.is_of_state();
        let is_holder = !word.is_plural && (is_office || !is_leader && word.is_of_person());
        if !is_force && !is_holder {
            return None;
        }
        let is_former = (at + 1..end).any(|unit| self.is_former_before(unit + 1));
        self.role_of(unit, end, Owner::Country(country), role, is_former)
    }

    /// "The president's Chinese counterpart": whom the person right before owns.
    pub(crate) fn owned_by_person(&mut self, unit: usize) -> Option<Reading> {
        let last = self.memory.seen.last()?;
        let [owner] = last.entities.as_slice() else {
            return None;
        };
        let owns = last.sentence == self.scene.number
            && last.end + 1 == unit
            && self.scene.is(last.end, "'s");
        let (owner, is_person) = (*owner, self.memory.entity(*owner).actor.is_person());
        if !owns || !is_person {
            return None;
        }
        let reading = self.counterpart(unit - 1, owner)?;
        Some(Reading {
            start: unit,
            ..reading
        })
    }

    /// Says whether a pronoun stands before the subject of its sentence, in a phrase or clause that
    /// opens it: "Before his departure, Macron …".
    pub(crate) fn points_ahead(&self, at: usize) -> bool {
        if !self.scene.is_one_of(
            at,
            &[
                "his", "her", "its", "their", "he", "she", "it", "they", "him", "them",
            ],
        ) {
            return false;
        }
        let opens = matches!(
            self.scene.upos(0),
            Upos::Adp | Upos::Sconj | Upos::Verb | Upos::Adv
        );
        let comma = (at..at + 12).find(|unit| self.scene.mark_between(*unit, ','));
        let Some(comma) = comma.filter(|_| opens && at > 0) else {
            return false;
        };
        // No one else acts before the pronoun or the comma.
        let acts =
            |seen: &&Seen| seen.sentence == self.scene.number && seen.function == Function::Subject;
        !self.memory.back().take(6).any(|seen| acts(&seen)) && comma + 1 < self.scene.units.len()
    }

    /// Reads a pronoun as the subject of its sentence that follows.
    pub(crate) fn cataphor(&mut self, at: usize) -> Option<Reading> {
        let wanted = match self.scene.word(at) {
            "his" | "he" | "him" => Wanted::Person(Gender::Male),
            "her" | "she" => Wanted::Person(Gender::Female),
            "its" | "it" => Wanted::Thing,
            _ => Wanted::Several,
        };
        let here = self
            .memory
            .back()
            .take_while(|seen| seen.sentence == self.scene.number);
        let comma = (at..at + 12).find(|unit| self.scene.mark_between(*unit, ','))?;
        let acts = |seen: &&Seen| {
            seen.start > comma
                && seen.function == Function::Subject
                && seen.form != MentionForm::Pronoun
        };
        let found = here.filter(|seen| acts(seen)).last()?;
        let fits = found.usage == Usage::Actor
            && found.entities.len() == 1
            && found
                .entities
                .iter()
                .all(|index| is_wanted(self.memory.entity(*index), wanted));
        if !fits {
            return None;
        }
        let (entity, number) = (*found.entities.first()?, found.number);
        let mut reading = Reading::new(at, at + 1, entity, Basis::Coreference);
        reading.form = MentionForm::Pronoun;
        reading.antecedent = Some(number);
        reading.confidence = FAIR;
        Some(reading)
    }

    /// "Who", "whom", "whose": what the relative clause hangs on.
    pub(crate) fn relative(&mut self, at: usize) -> Option<Reading> {
        let is_which = self.scene.is(at, "which");
        let seen = &self.memory.seen;
        // Mentions of this sentence before the pronoun, with their places, the latest first.
        let here = || {
            let latest = seen.iter().enumerate().rev();
            latest
                .take_while(|(_, seen)| seen.sentence == self.scene.number)
                .filter(|(_, seen)| seen.end <= at)
        };
        // The mention right before the pronoun, else the one that its clause hangs on.
        let right_before = here().find(|(_, seen)| seen.end == at);
        let noun = self
            .clause_head(self.scene.token_of(at))
            .map(|noun| self.scene.unit_at(noun));
        let covers = |seen: &Seen| noun.is_some_and(|unit| (seen.start..seen.end).contains(&unit));
        let (place, found) = right_before.or_else(|| here().find(|(_, seen)| covers(seen)))?;
        if found.usage != Usage::Actor
            || is_which
                && found
                    .entities
                    .iter()
                    .any(|index| self.memory.entity(*index).actor.is_person())
        {
            return None;
        }
        let group = self
            .whom(seen, place, Wanted::Several)
            .filter(|group| group.len() > 1 && self.is_plural_clause(at));
        let (entities, number) = (
            group.unwrap_or_else(|| found.entities.clone()),
            found.number,
        );
        let mut reading = Reading::new(at, at + 1, *entities.first()?, Basis::Coreference);
        reading.entities = entities;
        reading.form = MentionForm::Pronoun;
        reading.antecedent = Some(number);
        reading.confidence = FAIR;
        Some(reading)
    }

    /// Returns the noun that a relative pronoun's clause hangs on.
    fn clause_head(&self, token: usize) -> Option<usize> {
        let mut verb = self.scene.head(token)?;
        for _ in 0..4 {
            if self.scene.label(verb).starts_with("acl") {
                return self.scene.head(verb);
            }
            verb = self.scene.head(verb)?;
        }
        None
    }

    /// Says whether the verb behind a relative pronoun is in the plural.
    fn is_plural_clause(&self, at: usize) -> bool {
        (at + 1..at + 5).any(|unit| self.scene.is_one_of(unit, &["were", "are", "have"]))
            || self.scene.is_one_of(at + 1, &["meet", "met", "share"])
    }

    /// "Each other", "one another": those who do so.
    fn reciprocal(&mut self, at: usize) -> Option<Reading> {
        let is_reciprocal = self.scene.is(at, "other") && self.scene.before(at) == "each"
            || self.scene.is(at, "another") && self.scene.before(at) == "one";
        if !is_reciprocal {
            return None;
        }
        let seen = &self.memory.seen;
        let (entities, number) = (0..seen.len()).rev().find_map(|place| {
            let group = self
                .whom(seen, place, Wanted::Several)
                .filter(|group| group.len() > 1)?;
            Some((group, seen.get(place)?.number))
        })?;
        let mut reading = Reading::new(at - 1, at + 1, *entities.first()?, Basis::Coreference);
        reading.entities = entities;
        reading.form = MentionForm::Pronoun;
        reading.antecedent = Some(number);
        reading.confidence = FAIR;
        Some(reading)
    }
}
