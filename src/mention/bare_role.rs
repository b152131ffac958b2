//! Roles without a name or an owner before them, and owners behind them.

use crate::lexicon::{RoleKind, RoleWord, WordList};
use crate::mention::mention::{Basis, Usage};
use crate::mention::phrase::Sense;
use crate::mention::reader::{FAIR, Owner, Reader, Reading, WEAK};
use crate::mention::scene::Function;
use crate::model::{ActorKind, Sector};

impl Reader<'_, '_> {
    pub(crate) fn is_former_before(&self, at: usize) -> bool {
        at > 0 && self.is_word(at - 1, WordList::Former)
    }

    /// Reads "of Israel", "of the European Union", "in Honiara" behind a role.
    pub(crate) fn owner_behind(&self, end: usize, word: &RoleWord) -> Option<(Owner, usize)> {
        let is_in = self.scene.is(end, "in");
        let is_seat = is_in
            && self
                .lexicon
                .words
                .has(WordList::SeatedRole, word.phrase.as_ref());
        if is_in && matches!(word.kind, RoleKind::Title(_)) {
            // "the prime minister in Warsaw"
            let (owner, behind) = self.owner_at(end + 1, true)?;
            let Owner::Country(country) = owner else {
                return None;
            };
            return (self.memory.country_count(country) > 0).then_some((owner, behind));
        }
        let is_for = word.phrase.starts_with("spokes") && self.scene.is(end, "for");
        if !self.scene.is(end, "of") && !is_seat && !is_for {
            return None;
        }
        let at = end + 1 + usize::from(self.scene.is(end + 1, "the"));
        self.owner_at(at, is_seat)
    }

    /// Reads an owner at a unit: a state, an organisation, for a seat also a capital.
    pub(crate) fn owner_at(&self, at: usize, is_seat: bool) -> Option<(Owner, usize)> {
        let found = self.matches(at).iter().next()?;
        let senses: Vec<Sense> = found.senses().collect();
        let senses = self
            .told_apart(at, at + found.units, &senses)
            .unwrap_or(senses);
        let owner = senses.into_iter().find_map(|sense| match sense {
            Sense::State(country) => Some(Owner::Country(country)),
            Sense::Capital(country) if is_seat => Some(Owner::Country(country)),
            Sense::Organisation(number) => {
                let organisation = self.lexicon.organisations.get(number)?;
                match (organisation.id.kind(), organisation.country) {
                    (ActorKind::State, Some(country)) => Some(Owner::Country(country)),
                    _ => Some(Owner::Organisation(number)),
                }
            }
            _ => None,
        })?;
        Some((owner, at + found.units))
    }

    /// "The army", "police", "the president" without a country: those of whom the article speaks.
    pub(crate) fn bare_role(&mut self, at: usize, end: usize, word: &RoleWord) -> Option<Reading> {
        let before = self.scene.before(at);
        let is_definite =
            matches!(
                before,
                "the" | "this" | "that" | "its" | "their" | "his" | "her"
            ) || at > 0 && self.is_word(at - 1, WordList::Modifier) && self.has_article(at);
        let is_indefinite = matches!(before, "a" | "an" | "any" | "no" | "every");
        if is_indefinite || self.scene.is_glued(end) {
            return None;
        }
        match word.kind {
            RoleKind::Title(_) | RoleKind::Rank(_) if word.is_plural => {
                self.several(at, end).filter(|_| is_definite)
            }
            RoleKind::Title(_) | RoleKind::Rank(_) => {
                // "The suspended president": of the country at hand.
                let country = self.memory.country_at_hand(self.scene.number);
                if self.is_former_before(at)
                    && let Some(country) = country.filter(|_| word.office().is_some())
                {
                    return self.former(at, end, Owner::Country(country), word);
                }
                if !is_definite {
                    return None;
                }
                self.bare_title(at, end, word)
            }
            _ => self.bare_agent(at, end, word, is_definite),
        }
    }

    /// Says whether "the" stands before the modifiers before a unit.
    pub(crate) fn has_article(&self, at: usize) -> bool {
        let mut before = at;
        while before > 0 && self.is_word(before - 1, WordList::Modifier) {
            before -= 1;
        }
        matches!(
            self.scene.before(before),
            "the" | "this" | "that" | "his" | "her" | "its"
        )
    }

    /// "The government", "police", "rebels": of the country at hand.
    fn bare_agent(
        &mut self,
        at: usize,
        end: usize,
        word: &RoleWord,
        is_definite: bool,
    ) -> Option<Reading> {
        let acts_alone = word.is_plural
            && matches!(
                word.sector,
                Sector::Mil | Sector::Cop | Sector::Leg | Sector::Opp | Sector::Reb | Sector::Uaf
            )
            && self.scene.verb_behind(at, end).is_some();
        if !acts_alone
            && !self
                .lexicon
                .words
                .has(WordList::LocalRole, word.phrase.as_ref())
        {
            return None;
        }
        let is_subject = self.scene.function(self.scene.head_of(at, end)) != Function::Modifier;
        let stands_free = is_definite || word.is_plural && is_subject || self.scene.is_capital(at);
        if !stands_free {
            return None;
        }
        // "In Moscow the Foreign Ministry"
        let place = self.memory.seen.last().filter(|last| {
            last.usage == Usage::Place && last.sentence == self.scene.number && last.end + 2 >= at
        });
        let place =
            place.and_then(|last| self.memory.entity(*last.entities.first()?).actor.country);
        // What the article named before by this word.
        let phrase = word.phrase.to_string();
        if place.is_none()
            && let Some((entity, number)) = self
                .memory
                .latest(|entity, _| !entity.actor.is_person() && entity.titles.contains(&phrase))
        {
            let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
            reading.antecedent = Some(number);
            return Some(reading);
        }
        if (matches!(word.kind, RoleKind::Rebels) || word.sector == Sector::Uaf)
            && let Some((entity, number)) = self.memory.latest_of(ActorKind::Group)
        {
            let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(WEAK);
            reading.antecedent = Some(number);
            return Some(reading);
        }
        let country = place.or_else(|| self.memory.country_at_hand(self.scene.number))?;
        let (entities, basis, _) = self.holders_of_country(country, word);
        let mut reading = Reading::new(at, end, *entities.first()?, basis).nominal(WEAK);
        reading.entities = entities;
        Some(reading)
    }

    /// Experts speak for themselves: "an analyst at Chatham House".
    pub(crate) fn is_expert_word(&self, unit: usize) -> bool {
        self.is_word(unit, WordList::Expert)
    }
}

pub(crate) fn usage_of_title(word: &RoleWord) -> Option<Usage> {
    match word.sector {
        Sector::Edu | Sector::Med => Some(Usage::Expert),
        // Actresses and bakers act in no politics.
        Sector::Cvl | Sector::Hlh | Sector::Agr | Sector::Crm | Sector::Ref => {
            Some(Usage::Stranger)
        }
        _ => None,
    }
}
