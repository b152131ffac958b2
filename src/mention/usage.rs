//! As what a name is used: who acts, where something happens, or a part of another name.

use crate::lexicon::WordList;
use crate::mention::mention::{Basis, MentionForm, Usage};
use crate::mention::reader::{Reader, Reading};
use crate::mention::scene::Function;
use crate::model::{ActorKind, Weekday};
use crate::text::Upos;

impl Reader<'_, '_> {
    /// Decides as what a mention is used.
    pub(crate) fn usage(&self, reading: &Reading) -> Usage {
        if let Some(usage) = reading.usage {
            return usage;
        }
        let strangers = reading
            .entities
            .iter()
            .all(|index| !self.memory.entity(*index).is_actor);
        if strangers && !reading.entities.is_empty() {
            return Usage::Stranger;
        }
        if self.is_hyphenated(reading) {
            return Usage::PartOfName;
        }
        let is_seat = reading.entities.iter().all(|index| {
            let id = &self.memory.entity(*index).actor.id;
            matches!(
                id.kind(),
                ActorKind::State | ActorKind::Igo | ActorKind::Agency | ActorKind::Sector
            )
        });
        let by_name = matches!(&reading.basis, Basis::Dictionary { .. });
        if !is_seat || !by_name || reading.form == MentionForm::Pronoun {
            return Usage::Actor;
        }
        if self.is_sport() {
            return Usage::PartOfName;
        }
        self.place_or_actor(reading)
    }

    /// "Cairo-based", "US-made", "Iran-backed": says something of another.
    fn is_hyphenated(&self, reading: &Reading) -> bool {
        reading.form != MentionForm::Pronoun
            && self.scene.is_glued(reading.end)
            && !self.scene.is(reading.end, "'s")
            && !self.scene.is_capital(reading.end)
    }

    /// Says whether the sentence tells of a match.
    fn is_sport(&self) -> bool {
        let found = (0..self.scene.units.len())
            .filter(|unit| self.is_word(*unit, WordList::Sport))
            .count();
        found >= 2
    }

    fn place_or_actor(&self, reading: &Reading) -> Usage {
        if self.acts(reading) {
            return Usage::Actor;
        }
        let head = self.scene.head_of(reading.start, reading.end);
        let preposition = self.scene.preposition(head).unwrap_or_default();
        let governor = self.scene.governor(head);
        let over = governor
            .map(|governor| self.scene.form(governor))
            .unwrap_or_default();
        let over = over.as_str();
        let is_capital = reading.form == MentionForm::Nominal
            && matches!(&reading.basis, Basis::Dictionary { .. });
        let moves = self.lexicon.words.has(WordList::Motion, over)
            || self
                .verb_above(governor)
                .is_some_and(|verb| self.lexicon.words.has(WordList::Motion, verb.as_str()));
        // The word right before decides where the tree has lost it.
        let before = self.before_article(reading.start);
        let preposition = if preposition.is_empty()
            && matches!(before, "in" | "near" | "at" | "across" | "inside")
        {
            before
        } else {
            preposition.as_str()
        };
        match preposition {
            p if self.lexicon.words.has(WordList::PlacePreposition, p) => Usage::Place,
            "to" | "for" | "toward" | "towards" if moves => Usage::Place,
            "from"
                if is_capital && governor.is_some_and(|governor| self.scene.is_verb(governor)) =>
            {
                Usage::Place
            }
            "from" if moves || self.lexicon.words.has(WordList::ThingOfPlace, over) => Usage::Place,
            "of" if self.lexicon.words.has(WordList::ThingOfPlace, over)
                || is_capital && !self.is_deed_noun(over) =>
            {
                Usage::Place
            }
            "with" | "between" | "on" | "over" | "along" | "and"
                if self.lexicon.words.has(WordList::ThingOfPlace, over) || moves && is_capital =>
            {
                Usage::Place
            }
            "" => self.bare_place(reading, head, over, is_capital),
            _ => Usage::Actor,
        }
    }

    /// Says whether a verb follows whose subject the name is, alone or with another joined by "and".
    fn acts(&self, reading: &Reading) -> bool {
        let (start, end) = (reading.start, reading.end);
        let joined = self.scene.is(end, "and") && self.scene.is_capital(end + 1);
        let ends = [end, end + 2, end + 3];
        let ends = ends.iter().take(if joined { 3 } else { 1 });
        let mut ends = ends.filter(|end| **end == reading.end || self.scene.is_capital(**end - 1));
        ends.any(|end| self.scene.verb_behind(start, *end).is_some())
    }

    /// A name without a preposition before it.
    fn bare_place(&self, reading: &Reading, head: usize, over: &str, is_capital: bool) -> Usage {
        let label = self.scene.label(head);
        let is_owner = self.scene.is(reading.end, "'s");
        if is_owner {
            let owned = (reading.end + 1..reading.end + 4)
                .find(|unit| self.scene.upos(*unit) == Upos::Noun);
            let of_place = owned.is_some_and(|unit| {
                self.lexicon
                    .words
                    .has(WordList::ThingOfPlace, self.scene.word(unit))
            });
            return if of_place { Usage::Place } else { Usage::Actor };
        }
        if matches!(label, "compound" | "amod" | "nmod" | "nmod:unmarked")
            && !self.scene.is_headline
        {
            let behind = self.scene.is_joined(reading.end.saturating_sub(1))
                && !self.scene.is_verb(self.scene.token_of(reading.end));
            let noun = self
                .scene
                .head(head)
                .map(|noun| self.scene.form(noun))
                .unwrap_or_default();
            if behind
                && !self.is_deed_noun(&noun)
                && self.scene.head(head).is_some_and(|noun| noun > head)
            {
                return Usage::PartOfName;
            }
        }
        if is_capital
            && self.scene.function(head) == Function::Object
            && self.lexicon.words.has(WordList::LeavingVerb, over)
        {
            return Usage::Place;
        }
        Usage::Actor
    }

    fn is_deed_noun(&self, form: &str) -> bool {
        self.lexicon.words.has(WordList::NounOfDeed, form)
    }

    fn verb_above(&self, governor: Option<usize>) -> Option<String> {
        let governor = governor?;
        if self.scene.is_verb(governor) {
            return None;
        }
        let above = self.scene.governor(governor)?;
        self.scene
            .is_verb(above)
            .then(|| self.scene.form(above))
            .filter(|_| self.scene.function(governor) == Function::Oblique)
    }

    fn before_article(&self, start: usize) -> &str {
        match self.scene.before(start) {
            "the" if start > 0 => self.scene.before(start - 1),
            other => other,
        }
    }

    /// Says whether names stand right before or behind a name: it is a part of another one.
    pub(crate) fn is_part_of_name(&self, at: usize, end: usize) -> bool {
        if self.scene.is_headline {
            return false;
        }
        let of_name = at >= 2
            && self.scene.before(at) == "of"
            && self.is_word(at - 2, WordList::NameHead)
            && self.scene.is_capital(at - 2);
        let is_name = |unit: usize| {
            self.scene.is_capital(unit) && self.scene.is_proper(unit) && !self.is_calendar(unit)
        };
        let behind = self.scene.is_joined(end - 1)
            && is_name(end)
            && !self.scene.is(end, "'s")
            && !self.begins_known(end);
        let before = at > 0
            && self.scene.is_joined(at - 1)
            && is_name(at - 1)
            && !self.ends_known(at - 1)
            && !self.scene.is_glued(at);
        of_name || behind || before
    }

    pub(crate) fn is_calendar(&self, unit: usize) -> bool {
        let word = self.scene.word(unit);
        self.lexicon.words.has(WordList::Month, word)
            || Weekday::ALL
                .iter()
                .any(|day| day.name().eq_ignore_ascii_case(word))
    }

    fn begins_known(&self, unit: usize) -> bool {
        !self.matches(unit).is_empty()
    }

    fn ends_known(&self, unit: usize) -> bool {
        self.is_word(unit, WordList::Side)
            || (unit.saturating_sub(3)..=unit).any(|start| {
                let matches = self.matches(start);
                matches.iter().any(|found| start + found.units == unit + 1)
            })
    }
}
