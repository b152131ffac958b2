//! Descriptions of states and organisations: "the kingdom", "the world body", "its neighbour".

use crate::lexicon::{Epithet, Office};
use crate::mention::actor::{Entity, MentionedActor};
use crate::mention::memory::EntityIndex;
use crate::mention::mention::{Basis, Usage};
use crate::mention::reader::{FAIR, GOOD, Reader, Reading, WEAK};
use crate::mention::scene::Function;
use crate::model::{ActorId, ActorKind, CountryCode, Sector};

impl Reader<'_, '_> {
    /// Reads "the kingdom", "the world body", "the Jewish state".
    pub(crate) fn epithet(&mut self, at: usize, end: usize, number: usize) -> Option<Reading> {
        let epithet = self.lexicon.epithets.get(number)?;
        let before = self.scene.before(at);
        let is_definite =
            matches!(
                before,
                "the" | "this" | "that" | "its" | "their" | "his" | "her"
            ) || at >= 2 && self.scene.before(at - 1) == "the" && !self.scene.is_capital(at - 1);
        if !is_definite
            || self.scene.is_glued(end)
            || self.scene.is(end, "of") && !epithet.stands_alone
        {
            return None;
        }
        let owner = self.owner_of_epithet(at);
        let is_home = matches!(
            epithet.phrase.as_ref(),
            "country" | "nation" | "homeland" | "government"
        );
        let home = match before {
            "his" | "her" | "my" | "our" if is_home => Some((owner?, GOOD)),
            _ if is_home && epithet.answers.is_empty() && owner.is_none() => {
                Some((self.memory.country_at_hand(self.scene.number)?, WEAK))
            }
            _ => None,
        };
        if let Some((country, confidence)) = home {
            let entity = self.add_state(country, Sector::Gov);
            return Some(Reading::new(at, end, entity, Basis::Description).nominal(confidence));
        }
        self.epithet_mentioned(at, end, epithet, owner).or_else(|| {
            let answer = epithet.answers.first().filter(|_| epithet.stands_alone)?;
            self.epithet_alone(at, end, answer)
        })
    }

    /// Reads a description as someone whom the article names, before or later.
    fn epithet_mentioned(
        &mut self,
        at: usize,
        end: usize,
        epithet: &Epithet,
        owner: Option<CountryCode>,
    ) -> Option<Reading> {
        let lexicon = self.lexicon;
        let is_kind = |country: Option<CountryCode>| {
            let state = country.and_then(|country| lexicon.state(country));
            epithet.is_kingdom && state.is_some_and(|state| state.is_kingdom)
                || epithet.kinds.contains(&ActorKind::State)
        };
        let fits = |entity: &Entity| {
            let id = &entity.actor.id;
            let is_state = id.kind() == ActorKind::State;
            let is_fit = is_state && is_kind(entity.actor.country)
                || epithet.answers.contains(id)
                || !is_state && epithet.kinds.contains(&id.kind());
            is_fit && entity.is_actor && (owner.is_none() || entity.actor.country != owner)
        };
        if let Some((entity, number)) = self.best_described(&fits) {
            let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
            reading.antecedent = Some(number);
            return Some(reading);
        }
        // The country of a person spoken of: "Abdullah … the kingdom".
        let of_person = self.memory.latest(|entity, _| {
            let country = entity.actor.country;
            let state = country.map(|country| ActorId::of_country(ActorKind::State, country));
            let is_answer = state.is_some_and(|id| epithet.answers.contains(&id));
            country.is_some()
                && country != owner
                && entity.is_actor
                && (is_kind(country) || is_answer)
        });
        if let Some((entity, _)) = of_person
            && let Some(country) = self.memory.entity(entity).actor.country
        {
            let entity = self.add_state(country, Sector::Gov);
            return Some(Reading::new(at, end, entity, Basis::Description).nominal(FAIR));
        }
        if let Some(number) = self.organisation_of_person(&epithet.answers) {
            let actor = MentionedActor::organisation(self.lexicon, number)?;
            let entity = self.memory.add(Entity::new(actor));
            return Some(Reading::new(at, end, entity, Basis::Description).nominal(FAIR));
        }
        let entity = self.named_later(&fits)?;
        Some(Reading::new(at, end, entity, Basis::Coreference).nominal(WEAK))
    }

    /// Reads a description that means one actor by itself: "the Jewish state", "the pope".
    fn epithet_alone(&mut self, at: usize, end: usize, answer: &ActorId) -> Option<Reading> {
        if answer.kind() == ActorKind::Office {
            return self.office_meant(at, end, answer);
        }
        let country = CountryCode::parse(answer.rest());
        let actor = if let (ActorKind::State, Ok(country)) = (answer.kind(), country) {
            MentionedActor::state(self.lexicon, country, Sector::Gov)
        } else {
            let mut organisations = self.lexicon.organisations.iter();
            let number = organisations.position(|organisation| organisation.id == *answer)?;
            MentionedActor::organisation(self.lexicon, number)?
        };
        let entity = self.memory.add(Entity::new(actor));
        Some(Reading::new(at, end, entity, Basis::Description).nominal(FAIR))
    }

    /// "Its neighbour", "their ally": another's than the owner's, whose country this returns.
    fn owner_of_epithet(&self, at: usize) -> Option<CountryCode> {
        let last = self.memory.seen.last()?;
        let is_owned = matches!(self.scene.before(at), "its" | "their" | "his" | "her")
            || self.scene.before(at) == "'s";
        let near = last.sentence == self.scene.number && last.end + 1 >= at;
        let owner = last.entities.first().filter(|_| is_owned && near)?;
        self.memory.entity(*owner).actor.country
    }

    /// Returns the actor that a description fits best: spoken of lately, often, and as one who acts;
    /// one of many named together less.
    fn best_described(&self, fits: &impl Fn(&Entity) -> bool) -> Option<(EntityIndex, usize)> {
        let mut best: Option<(i32, EntityIndex, usize)> = None;
        let seen = &self.memory.seen;
        for (place, mention) in seen.iter().enumerate() {
            if mention.usage == Usage::PartOfName {
                continue;
            }
            let distance = i32::try_from(self.scene.number.saturating_sub(mention.sentence).min(8))
                .unwrap_or(8);
            let joined =
                mention.joins_last || seen.get(place + 1).is_some_and(|next| next.joins_last);
            let acts = i32::from(mention.usage == Usage::Actor) * 8
                + i32::from(mention.function == Function::Subject) * 3;
            for index in mention
                .entities
                .iter()
                .filter(|index| fits(self.memory.entity(**index)))
            {
                let count = i32::try_from(self.memory.entity(*index).count.min(4)).unwrap_or(4);
                let same = i32::from(mention.sentence == self.scene.number) * 2;
                let score = acts - distance * 5 + count * 3 - i32::from(joined) * 7 + same;
                if best.is_none_or(|(known, ..)| score >= known) {
                    best = Some((score, *index, mention.number));
                }
            }
        }
        best.map(|(_, index, number)| (index, number))
    }

    /// Returns the organisation that a person spoken of heads or works for, if it is one of those.
    fn organisation_of_person(&self, answers: &[ActorId]) -> Option<usize> {
        let lexicon = self.lexicon;
        let id = self
            .memory
            .back()
            .flat_map(|seen| seen.entities.iter())
            .find_map(|index| {
                let person = lexicon.persons.get(self.memory.entity(*index).person?)?;
                let held = person
                    .tenures
                    .iter()
                    .filter(|tenure| self.day.is_none_or(|day| tenure.holds_on(day)));
                held.filter_map(|tenure| ActorId::parse(&tenure.organisation).ok())
                    .find(|id| answers.contains(id))
            })?;
        lexicon
            .organisations
            .iter()
            .position(|organisation| organisation.id == id)
    }

    /// Returns an actor that the article names only later.
    pub(crate) fn named_later(&mut self, fits: &impl Fn(&Entity) -> bool) -> Option<EntityIndex> {
        self.memory.looks_ahead = true;
        let entity = self
            .memory
            .later
            .iter()
            .find(|entity| fits(entity))
            .cloned()?;
        Some(self.memory.add(entity))
    }

    /// "The pope": an office that needs no country.
    fn office_meant(&mut self, at: usize, end: usize, id: &ActorId) -> Option<Reading> {
        let (country, slug) = id.rest().split_once('-')?;
        let country = CountryCode::parse(country).ok()?;
        let office = Office::ALL
            .iter()
            .copied()
            .find(|office| office.slug() == slug)?;
        let held = self.office(country, office);
        let entity = self.memory.add(held.entity);
        Some(Reading::new(at, end, entity, held.basis).nominal(GOOD))
    }
}
