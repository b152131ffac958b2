//! Which earlier mention a pronoun takes up, by number, gender, function and recency.

use crate::lexicon::{Gender, Office, WordList};
use crate::mention::actor::Entity;
use crate::mention::finder::is_speech;
use crate::mention::memory::{EntityIndex, Seen};
use crate::mention::mention::{MentionForm, Usage};
use crate::mention::reader::{FAIR, Reader, WEAK};
use crate::mention::scene::Function;
use crate::model::ActorKind;
use crate::text::Upos;

/// What a pronoun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Person(Gender),
    Thing,
    Several,
}

/// How a pronoun stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Plain,
    Possessive,
    Reflexive,
}

/// Mentions of more sentences ago are not looked at.
const SENTENCES_MAX: usize = 4;

impl Reader<'_, '_> {
    /// "They" after two persons who deal with each other in one sentence.
    pub(crate) fn two_at_hand(&self, at: usize) -> Option<(Vec<EntityIndex>, usize, u16)> {
        let mut sentence = None;
        let mut persons: Vec<EntityIndex> = Vec::new();
        let mut number = 0;
        for seen in self
            .memory
            .back()
            .filter(|seen| seen.sentence < self.scene.number || seen.end <= at)
        {
            let one = match seen.entities.as_slice() {
                [one]
                    if self.memory.entity(*one).actor.is_person() && seen.usage == Usage::Actor =>
                {
                    *one
                }
                _ => continue,
            };
            if seen.sentence + 1 < self.scene.number
                || sentence.is_some_and(|known| known != seen.sentence)
            {
                break;
            }
            if !self.memory.entity(one).is_actor {
                return None;
            }
            if sentence.is_none() {
                number = seen.number;
            }
            sentence = Some(seen.sentence);
            if !persons.contains(&one) {
                persons.insert(0, one);
            }
        }
        (persons.len() == 2).then_some((persons, number, WEAK))
    }

    /// Returns whom a pronoun means, with the number of the mention that it takes up.
    pub(crate) fn antecedent(
        &self,
        at: usize,
        wanted: Wanted,
        case: Case,
    ) -> Option<(Vec<EntityIndex>, usize, u16)> {
        let token = self.scene.token_of(at);
        let own = Place {
            function: if case == Case::Possessive {
                Function::Possessive
            } else {
                self.scene.function(token)
            },
            verb: self.verb_over(token, case),
        };
        if wanted == Wanted::Thing && (self.is_idle(at) || self.is_pleonastic(token)) {
            return None;
        }
        // "Washington, for its part, …"
        if self.scene.before(at) == "for" && self.scene.is(at + 1, "part") {
            let last =
                self.memory.seen.last().filter(|seen| {
                    seen.sentence == self.scene.number && seen.usage == Usage::Actor
                })?;
            return Some((last.entities.clone(), last.number, FAIR));
        }
        let found = self.best_candidate(&own, wanted, case, at)?;
        // Far back and in the shadow is still somebody, for a person.
        let least = if matches!(wanted, Wanted::Person(_)) {
            -30
        } else {
            0
        };
        let is_several = wanted == Wanted::Several;
        let seen = self.memory.seen.get(found.number);
        let is_far = seen.is_some_and(|seen| seen.sentence + 2 <= self.scene.number);
        let is_other = if is_several {
            is_far && found.score < 40 || self.other_plural_wins(token, found.score)
        } else {
            self.other_noun_wins(token, wanted, found.score, case)
        };
        if found.score < least || is_other {
            return None;
        }
        let is_clear = found.score - found.second.max(0) > 25;
        let confidence = if is_clear { FAIR } else { WEAK };
        let mut all = found.entities.iter();
        let are_actors = all.all(|index| self.memory.entity(*index).is_actor);
        are_actors.then_some((found.entities, found.number, confidence))
    }

    /// Returns the mention that scores best, with the score of the next best of another actor.
    fn best_candidate(
        &self,
        own: &Place,
        wanted: Wanted,
        case: Case,
        at: usize,
    ) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        let mut second = i32::MIN;
        let seen = &self.memory.seen;
        let barred = self.barred(seen, own, case, at);
        for (place, candidate) in seen.iter().enumerate().rev() {
            if self.scene.number.saturating_sub(candidate.sentence) > SENTENCES_MAX {
                break;
            }
            let Some(entities) = self.whom(seen, place, wanted) else {
                continue;
            };
            if entities.iter().any(|index| barred.contains(index)) {
                continue;
            }
            let Some(score) = self.score(candidate, own, wanted, case, at) else {
                continue;
            };
            let plural = i32::from(wanted == Wanted::Several && entities.len() > 1) * 25;
            // One of two named together is seldom taken up alone.
            let next = seen.get(place + 1);
            let joined = candidate.joins_last
                || next.is_some_and(|next| next.joins_last && next.sentence == candidate.sentence);
            let alone = i32::from(joined && entities.len() == 1) * 22;
            let score = score + plural + self.salience(&entities) - alone;
            let known = best
                .as_ref()
                .map(|known| (known.score, known.entities == entities));
            let is_best = known.is_none_or(|(best, _)| score > best);
            if let Some((known, false)) = known {
                second = second.max(if is_best { known } else { score });
            }
            if is_best {
                best = Some(Candidate {
                    score,
                    second,
                    entities,
                    number: candidate.number,
                });
            }
        }
        best.map(|best| Candidate { second, ..best })
    }

    /// Returns the entities of a mention that a pronoun can take up: a group joined by "and" for
    /// "they".
    pub(crate) fn whom(
        &self,
        seen: &[Seen],
        place: usize,
        wanted: Wanted,
    ) -> Option<Vec<EntityIndex>> {
        let candidate = seen.get(place)?;
        if candidate.is_relative
            || candidate.usage == Usage::PartOfName
            || candidate.usage == Usage::Outlet && wanted != Wanted::Thing
        {
            return None;
        }
        let fits = |index: &EntityIndex| is_wanted(self.memory.entity(*index), wanted);
        if wanted != Wanted::Several {
            let [one] = candidate.entities.as_slice() else {
                return None;
            };
            let in_place = candidate.usage == Usage::Place && wanted == Wanted::Thing;
            return (fits(one) && !in_place).then(|| vec![*one]);
        }
        if candidate.entities.len() > 1 {
            return Some(candidate.entities.clone());
        }
        let mut group = candidate.entities.clone();
        let mut first = place;
        while seen.get(first).is_some_and(|seen| seen.joins_last) && first > 0 {
            first -= 1;
            let before = seen.get(first)?;
            group.splice(0..0, before.entities.iter().copied());
        }
        if group.len() > 1 {
            let mut unique: Vec<EntityIndex> = Vec::new();
            group.retain(|index| {
                let is_new = !unique.contains(index);
                unique.push(*index);
                is_new
            });
        }
        if group.len() > 1 && candidate.usage == Usage::Actor {
            // The last of a group stands for all of it; the others are parts.
            let is_last = seen.get(place + 1).is_none_or(|next| !next.joins_last);
            return is_last.then_some(group);
        }
        let one = group.first()?;
        (fits(one) && candidate.usage == Usage::Actor).then(|| vec![*one])
    }

    /// Returns the other participants of the pronoun's own predicate: it cannot mean them, however
    /// far back they were named too.
    fn barred(&self, seen: &[Seen], own: &Place, case: Case, at: usize) -> Vec<EntityIndex> {
        let mut barred = Vec::new();
        if case != Case::Plain {
            return barred;
        }
        for candidate in seen
            .iter()
            .rev()
            .take_while(|seen| seen.sentence == self.scene.number)
        {
            let same_verb = own.verb.is_some()
                && candidate.governor == own.verb
                && candidate.function != Function::Possessive;
            let over = own.function != Function::Subject && self.is_subject_over(candidate, own);
            if candidate.end <= at && (same_verb || over) {
                barred.extend(candidate.entities.iter().copied());
            }
        }
        barred
    }

    /// What a mention of the same sentence gains by where it stands to the pronoun.
    fn within_sentence(&self, candidate: &Seen, own: &Place, case: Case) -> i32 {
        let same_verb = own.verb.is_some() && candidate.governor == own.verb;
        let is_subject = same_verb && candidate.function == Function::Subject;
        match case {
            Case::Reflexive if is_subject => 80,
            Case::Reflexive => -20,
            Case::Possessive if self.is_subject_over(candidate, own) => {
                // "Urged him to empower his negotiators": his own.
                let is_told = |verb| self.scene.label(verb) == "xcomp";
                if own.verb.is_some_and(is_told) {
                    44
                } else {
                    26
                }
            }
            Case::Possessive if is_subject => 18,
            _ => 0,
        }
    }

    /// Scores a mention as the antecedent of a pronoun; nothing if it cannot be.
    pub(crate) fn score(
        &self,
        candidate: &Seen,
        own: &Place,
        wanted: Wanted,
        case: Case,
        at: usize,
    ) -> Option<i32> {
        let distance = i32::try_from(self.scene.number - candidate.sentence).unwrap_or(9);
        let mut score = match candidate.function {
            Function::Subject => 60,
            Function::Object => 38,
            Function::Oblique => 32,
            Function::Possessive => 30,
            Function::Modifier => 15,
            Function::Other => 25,
        };
        score -= distance * 26;
        if distance == 0 && matches!(own.function, Function::Object | Function::Oblique) {
            score += 12;
        }
        if distance == 0 {
            if candidate.end > at || self.owns_phrase_of(candidate, at) {
                return None;
            }
            score += self.within_sentence(candidate, own, case);
        }
        if own.function == candidate.function && own.function == Function::Subject {
            score += if distance == 1 { 8 } else { 12 };
        }
        if candidate.is_main {
            score += 12;
        }
        // "X said that he …": the speaker.
        if distance == 0 && own.function == Function::Subject && self.speaks_over(candidate, own) {
            score += 26;
        }
        if own.function == Function::Object
            && candidate.function == Function::Object
            && distance > 0
        {
            score += 8;
        }
        if candidate.form == MentionForm::Pronoun {
            score += 8;
        }
        score += self.in_dialogue(candidate, own);
        if candidate.usage == Usage::Outlet {
            score -= 30;
        }
        // Who speaks for another speaks about them.
        let speaks_for = candidate
            .entities
            .iter()
            .any(|index| is_spokesperson(self.memory.entity(*index)));
        if speaks_for && matches!(wanted, Wanted::Person(_)) && case != Case::Reflexive {
            score -= 34;
        }
        if wanted == Wanted::Thing
            && candidate.usage == Usage::Actor
            && own.function == Function::Subject
            && self.is_agentive(own)
        {
            score += 20;
        }
        Some(score)
    }

    fn salience(&self, entities: &[EntityIndex]) -> i32 {
        let count = entities
            .iter()
            .map(|index| self.memory.entity(*index).count)
            .max()
            .unwrap_or(0);
        let known = entities
            .iter()
            .filter(|index| self.memory.entity(**index).gender.is_some())
            .count();
        i32::try_from(count.min(4)).unwrap_or(0) * 4 + i32::from(known > 0) * 4
    }

    /// Returns the verb whose participant a token is.
    fn verb_over(&self, token: usize, case: Case) -> Option<usize> {
        let governor = self.scene.governor(token)?;
        if case != Case::Possessive {
            return Some(governor);
        }
        self.scene.governor(governor).or(Some(governor))
    }

    /// Says whether a mention is the subject, perhaps by way of another verb, of the pronoun's verb.
    fn is_subject_over(&self, candidate: &Seen, own: &Place) -> bool {
        let Some(verb) = own.verb else { return false };
        let Some(subject) = self.scene.subject_of(verb) else {
            return false;
        };
        candidate.sentence == self.scene.number
            && self.scene.top_of_phrase(candidate.head) == self.scene.top_of_phrase(subject)
    }

    /// Says whether a mention stands inside the phrase that the pronoun itself heads.
    fn owns_phrase_of(&self, candidate: &Seen, at: usize) -> bool {
        let token = self.scene.token_of(at);
        self.scene.head(candidate.head) == Some(token)
    }

    /// Says whether a mention is the subject of the verb whose content the pronoun's clause is.
    fn speaks_over(&self, candidate: &Seen, own: &Place) -> bool {
        let Some(verb) = own.verb else { return false };
        let mut clause = verb;
        for _ in 0..3 {
            match (self.scene.label(clause), self.scene.head(clause)) {
                ("ccomp", Some(head)) => {
                    return candidate.function == Function::Subject
                        && candidate.governor == Some(head);
                }
                ("conj", Some(head)) => clause = head,
                _ => return false,
            }
        }
        false
    }

    /// "… told reporters. '…', he said": who spoke speaks on; who is spoken to replies.
    fn in_dialogue(&self, candidate: &Seen, own: &Place) -> i32 {
        let Some(verb) = own.verb.filter(|_| own.function == Function::Subject) else {
            return 0;
        };
        let form = self.scene.form(verb);
        let replies = matches!(
            form.as_str(),
            "replied" | "replies" | "answered" | "retorted" | "responded"
        );
        match (is_speech(&form), replies) {
            (_, true) if candidate.is_spoken_to => 34,
            (_, true) if candidate.speaks => -20,
            (true, false) if candidate.speaks => 18,
            _ => 0,
        }
    }

    fn is_agentive(&self, own: &Place) -> bool {
        own.verb.is_some_and(|verb| {
            self.lexicon
                .words
                .has(WordList::AgentiveVerb, self.scene.form(verb).as_str())
        })
    }

    /// "See to it that", "it was for the judges to decide", "it may be days before".
    fn is_idle(&self, at: usize) -> bool {
        const TIMES: &[&str] = &[
            "hours", "days", "weeks", "months", "years", "decades", "long", "time", "midnight",
        ];
        let sees_to = self.scene.before(at) == "to" && self.scene.is(at + 1, "that");
        let is_be = |unit: usize| self.scene.is_one_of(unit, &["is", "was", "be"]);
        let is_for = is_be(at + 1) && self.scene.is(at + 2, "for");
        let is_time = (at + 1..at + 4).any(is_be)
            && (at + 2..at + 6).any(|unit| self.scene.is_one_of(unit, TIMES));
        sees_to || is_for || is_time
    }

    /// "It is clear that", "it seems", "it rained".
    fn is_pleonastic(&self, token: usize) -> bool {
        if self.scene.label(token) == "expl" {
            return true;
        }
        let Some(head) = self.scene.head(token) else {
            return false;
        };
        let form = self.scene.form(head);
        if self.lexicon.words.has(WordList::Weather, form.as_str()) {
            return true;
        }
        let has_clause = self
            .scene
            .dependents(head, &["csubj", "csubj:pass", "ccomp", "xcomp", "advcl"])
            .any(|clause| {
                self.scene.dependents(clause, &["mark"]).any(|mark| {
                    matches!(
                        self.scene.form(mark).as_str(),
                        "that" | "to" | "for" | "whether"
                    )
                })
            });
        let passive = self
            .scene
            .dependents(head, &["aux:pass", "cop"])
            .next()
            .is_some();
        let intransitive = matches!(
            form.as_str(),
            "seems" | "seemed" | "appears" | "appeared" | "turned" | "emerged" | "transpired"
        );
        (passive || intransitive)
            && self.lexicon.words.has(WordList::Impersonal, form.as_str())
            && has_clause
    }

    /// Says whether a common noun nearer than the actor is meant by "it" or "he": a thing for "it";
    /// a person without a name for "he".
    fn other_noun_wins(&self, token: usize, wanted: Wanted, score: i32, case: Case) -> bool {
        if wanted != Wanted::Thing || case == Case::Reflexive {
            return false;
        }
        let own_verb = self.verb_over(token, case);
        if self.scene.function(token) == Function::Subject
            && own_verb.is_some_and(|verb| {
                self.lexicon
                    .words
                    .has(WordList::AgentiveVerb, self.scene.form(verb).as_str())
            })
        {
            return false;
        }
        let mut best = i32::MIN;
        for noun in 0..token {
            let Some(parsed) = self.scene.token(noun) else {
                continue;
            };
            if parsed.tag.upos != Upos::Noun
                || self.scene.is_plural(noun)
                || self.is_mentioned(noun)
            {
                continue;
            }
            let value = match self.scene.function(noun) {
                Function::Subject => 58,
                Function::Object => 50,
                Function::Oblique => 20,
                _ => 5,
            };
            let governs =
                own_verb.is_some() && self.scene.governor(noun) == own_verb && case == Case::Plain;
            if !governs {
                best = best.max(value);
            }
        }
        best > score
    }

    /// Says whether a plural common noun of the sentence is meant by "they".
    fn other_plural_wins(&self, token: usize, score: i32) -> bool {
        let own_verb = self.scene.governor(token);
        let mut best = i32::MIN;
        for noun in 0..token {
            let Some(parsed) = self.scene.token(noun) else {
                continue;
            };
            if !matches!(parsed.tag.upos, Upos::Noun)
                || !self.scene.is_plural(noun)
                || self.is_mentioned(noun)
            {
                continue;
            }
            let value = match self.scene.function(noun) {
                Function::Subject => 62,
                Function::Object => 45,
                _ => 10,
            };
            if self.scene.governor(noun) != own_verb {
                best = best.max(value);
            }
        }
        best > score
    }

    /// Says whether a token of the sentence belongs to a mention already found.
    fn is_mentioned(&self, token: usize) -> bool {
        let unit = self.scene.unit_at(token);
        self.memory
            .back()
            .take_while(|seen| seen.sentence == self.scene.number)
            .any(|seen| (seen.start..seen.end).contains(&unit))
    }
}

/// The mention that a pronoun takes up most likely.
struct Candidate {
    score: i32,
    second: i32,
    entities: Vec<EntityIndex>,
    number: usize,
}

/// Where a pronoun stands.
pub(crate) struct Place {
    function: Function,
    verb: Option<usize>,
}

pub(crate) fn is_wanted(entity: &Entity, wanted: Wanted) -> bool {
    match wanted {
        Wanted::Person(gender) => {
            entity.actor.is_person() && entity.gender.is_none_or(|own| own == gender)
        }
        Wanted::Thing => !entity.actor.is_person() && !entity.is_plural,
        Wanted::Several => {
            !entity.actor.is_person()
                && (entity.is_plural
                    || matches!(
                        entity.actor.id.kind(),
                        ActorKind::Group
                            | ActorKind::Protesters
                            | ActorKind::Opposition
                            | ActorKind::Sector
                            | ActorKind::Party
                    ))
        }
    }
}

fn is_spokesperson(entity: &Entity) -> bool {
    entity
        .titles
        .iter()
        .any(|title| title.contains("spokes") || title.contains("press secretary"))
        || entity
            .actor
            .office
            .as_ref()
            .is_some_and(|(_, office)| *office == Office::Spokesperson)
}
