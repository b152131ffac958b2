//! Reads the mention that begins at a word, if one does.

use crate::lexicon::{Lexicon, PersonIndex, WordList};
use crate::mention::actor::{Entity, MentionedActor};
use crate::mention::memory::{EntityIndex, Memory};
use crate::mention::mention::{Basis, MentionForm, Usage};
use crate::mention::phrase::{PhraseMatch, Sense};
use crate::mention::scene::Scene;
use crate::model::{ActorId, ActorKind, CountryCode, Day, Sector};
use crate::text::Upos;

/// Confidences, in thousandths.
pub(crate) const SURE: u16 = 970;
pub(crate) const GOOD: u16 = 900;
pub(crate) const FAIR: u16 = 800;
pub(crate) const WEAK: u16 = 650;

/// Whom the units up to `end` mean, and why.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entities: Vec<EntityIndex>,
    pub(crate) form: MentionForm,
    pub(crate) basis: Basis,
    /// The earlier mention taken up, by number.
    pub(crate) antecedent: Option<usize>,
    pub(crate) confidence: u16,
    pub(crate) alternatives: Vec<ActorId>,
    /// As what, where the words themselves say it.
    pub(crate) usage: Option<Usage>,
}

impl Reading {
    pub(crate) fn new(start: usize, end: usize, entity: EntityIndex, basis: Basis) -> Self {
        Self {
            start,
            end,
            entities: vec![entity],
            form: MentionForm::Name,
            basis,
            antecedent: None,
            confidence: SURE,
            alternatives: Vec::new(),
            usage: None,
        }
    }

    pub(crate) fn nominal(mut self, confidence: u16) -> Self {
        self.form = MentionForm::Nominal;
        self.confidence = confidence;
        self
    }

    /// What is not an actor, such as a newspaper.
    pub(crate) fn other(start: usize, end: usize, usage: Usage) -> Self {
        Self {
            start,
            end,
            entities: Vec::new(),
            form: MentionForm::Name,
            basis: Basis::Description,
            antecedent: None,
            confidence: GOOD,
            alternatives: Vec::new(),
            usage: Some(usage),
        }
    }
}

/// Whose role a role word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Country(CountryCode),
    /// An organisation, by its number in the lexicon.
    Organisation(usize),
}

/// What is needed to read a sentence.
pub(crate) struct Reader<'a, 'm> {
    pub(crate) lexicon: &'a Lexicon,
    /// The phrases that begin at each unit, longest first.
    pub(crate) phrases: &'a [Vec<PhraseMatch<'a>>],
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) memory: &'m mut Memory,
    /// The day that decides who held an office: that of publication, or one that the sentence
    /// names.
    pub(crate) day: Option<Day>,
    /// Whether the role being read is "acting".
    pub(crate) is_acting: bool,
}

impl<'a> Reader<'a, '_> {
    /// Reads the mention that begins at unit `at`.
    pub(crate) fn read(&mut self, at: usize) -> Option<Reading> {
        let owned = self
            .owned_by_pronoun(at)
            .or_else(|| self.owned_by_person(at));
        if let Some(reading) = owned.or_else(|| self.pronoun(at)).or_else(|| self.pair(at)) {
            return Some(reading);
        }
        if self.is_compound_of_hyphen(at) {
            return None;
        }
        if let Some(reading) = self.named_again(at) {
            return Some(reading);
        }
        if let Some(reading) = self.known_for(at) {
            return Some(reading);
        }
        let matches = self.matches(at);
        for found in matches {
            if let Some(reading) = self.phrase(at, *found) {
                return Some(reading.by_user(at, *found));
            }
        }
        let is_known = matches.iter().any(|found| found.units > 1);
        if is_known {
            None
        } else {
            self.stranger(at).or_else(|| self.described_person(at))
        }
    }

    /// "pro-Russian", "anti-China", "non-EU": an attitude, no actor.
    fn is_compound_of_hyphen(&self, at: usize) -> bool {
        self.scene.is_glued(at)
            && matches!(
                self.scene.before(at),
                "pro" | "anti" | "non" | "ex" | "post" | "pre" | "trans" | "intra" | "un"
            )
    }

    /// Reads a phrase of the dictionaries by what it means here.
    fn phrase(&mut self, at: usize, found: PhraseMatch<'a>) -> Option<Reading> {
        let end = at + found.units;
        let senses: Vec<Sense> = found.senses().collect();
        if let Some(Sense::NotActor(number)) = senses.first() {
            return self.not_actor(at, end, *number);
        }
        if let Some(senses) = self.told_apart(at, end, &senses) {
            return senses
                .first()
                .and_then(|sense| self.sense(at, end, *sense, &senses));
        }
        if senses.iter().any(|sense| matches!(sense, Sense::Person(_))) {
            return self.person_named(at, end, &senses);
        }
        let mut order = senses.clone();
        order.sort_by_key(|sense| matches!(sense, Sense::Surname(_)));
        order
            .iter()
            .find_map(|sense| self.sense(at, end, *sense, &senses))
    }

    fn sense(&mut self, at: usize, end: usize, sense: Sense, all: &[Sense]) -> Option<Reading> {
        match sense {
            Sense::NotActor(number) => self.not_actor(at, end, number),
            Sense::Person(_) => self.person_named(at, end, all),
            Sense::Surname(_) => self.surname(at, end, all),
            Sense::Organisation(number) => self.organisation(at, end, number),
            Sense::State(country) => Some(self.state(at, end, country)),
            Sense::Capital(country) => Some(self.capital(at, end, self.seated(country, all))),
            Sense::Adjective(country) => self.adjective(at, end, country),
            Sense::People(country) => self.people(at, end, country),
            Sense::Role(number) => self.role(at, end, number),
            Sense::Epithet(number) => {
                let reading = self.epithet(at, end, number)?;
                // "the country's prime minister"
                let actor = &self.memory.entity(*reading.entities.first()?).actor;
                let is_owner = actor.id.kind() == ActorKind::State && self.scene.is(end, "'s");
                let country = actor.country.filter(|_| is_owner);
                let role = country.and_then(|country| self.owned(at, end, Owner::Country(country)));
                role.or(Some(reading))
            }
        }
    }

    fn not_actor(&self, at: usize, end: usize, number: usize) -> Option<Reading> {
        use crate::lexicon::NotActorKind as Kind;
        let phrase = self.lexicon.not_actors.get(number)?;
        let usage = match phrase.kind {
            Kind::Outlet => Usage::Outlet,
            Kind::Place => Usage::Place,
            Kind::Sport | Kind::Thing | Kind::Other => Usage::PartOfName,
            Kind::Namesake => Usage::Stranger,
        };
        Some(Reading::other(at, end, usage))
    }

    /// Of states that share a capital, the one that existed on the day.
    fn seated(&self, country: CountryCode, senses: &[Sense]) -> CountryCode {
        let exists = |country: CountryCode| {
            let state = self.lexicon.state(country);
            state.is_none_or(|state| self.day.is_none_or(|day| state.exists_on(day)))
                && (self.day.is_some() || state.is_none_or(|state| state.end.is_none()))
        };
        let seated = senses.iter().filter_map(|sense| match sense {
            Sense::Capital(country) => Some(*country),
            _ => None,
        });
        // The one that began last is the narrowest answer: the Soviet Union of 1968, not Russia.
        let start =
            |country: &CountryCode| self.lexicon.state(*country).and_then(|state| state.start);
        let alive = seated.filter(|country| exists(*country));
        alive.max_by_key(start).unwrap_or(country)
    }

    pub(crate) fn add_state(&mut self, country: CountryCode, sector: Sector) -> EntityIndex {
        let is_known = |entity: &Entity| {
            let actor = &entity.actor;
            let is_of = actor.country == Some(country) && actor.sector == Some(sector);
            is_of && actor.id.kind() == ActorKind::State && !entity.is_plural
        };
        if sector.is_of_state()
            && let Some(known) = self.memory.find(is_known)
        {
            return known;
        }
        let actor = MentionedActor::of_sector(self.lexicon, country, sector);
        self.memory.add(Entity::new(actor))
    }

    /// Returns the entity of a person of the dictionary, made if the article had none.
    pub(crate) fn add_person(&mut self, index: PersonIndex) -> Option<EntityIndex> {
        let known = self.memory.find(|entity| entity.person == Some(index));
        known.or_else(|| {
            let entity = Entity::person(self.lexicon, index, self.memory.published)?;
            Some(self.memory.add(entity))
        })
    }

    /// A state by name: with a role after it ("Iran's foreign minister"), or itself.
    fn state(&mut self, at: usize, end: usize, country: CountryCode) -> Reading {
        let owner = Owner::Country(country);
        if let Some(reading) = self.owned(at, end, owner) {
            return reading;
        }
        let is_part = self.is_part_of_name(at, end) || self.takes_no_article(at, end);
        let usage = is_part.then_some(Usage::PartOfName);
        let entity = self.add_state(country, Sector::Gov);
        let basis = self.state_line(country);
        Reading {
            usage,
            ..Reading::new(at, end, entity, basis)
        }
    }

    /// "The Jordan", "the Niger" are rivers; "the Gambia", "the U.S." are states.
    fn takes_no_article(&self, at: usize, end: usize) -> bool {
        self.scene.before(at) == "the"
            && end == at + 1
            && !self
                .lexicon
                .words
                .has(WordList::StateWithArticle, self.scene.word(at))
            && !self.scene.is(end, "'s")
            && !self.scene.is_capital(end)
    }

    /// Returns the phrases of the dictionaries that begin at a unit, longest first.
    pub(crate) fn matches(&self, unit: usize) -> &'a [PhraseMatch<'a>] {
        self.phrases.get(unit).map_or(&[], Vec::as_slice)
    }

    /// Says whether a unit is in a list of words.
    pub(crate) fn is_word(&self, unit: usize, list: WordList) -> bool {
        self.lexicon.words.has(list, self.scene.word(unit))
    }

    fn state_line(&self, country: CountryCode) -> Basis {
        Basis::Dictionary {
            file: "data/actors/states.tsv",
            line: self.lexicon.state(country).map_or(0, |state| state.line),
        }
    }

    /// A capital: with a role after it, or for its government.
    fn capital(&mut self, at: usize, end: usize, country: CountryCode) -> Reading {
        if let Some(reading) = self.owned(at, end, Owner::Country(country)) {
            return reading;
        }
        let usage = self.is_part_of_name(at, end).then_some(Usage::PartOfName);
        let entity = self.add_state(country, Sector::Gov);
        let basis = self.state_line(country);
        let reading = Reading::new(at, end, entity, basis).nominal(FAIR);
        Reading { usage, ..reading }
    }

    /// An adjective means a state with a role word, a deed or another adjective after it.
    fn adjective(&mut self, at: usize, end: usize, country: CountryCode) -> Option<Reading> {
        self.two_owners(at, end, country)
            .or_else(|| self.owned(at, end, Owner::Country(country)))
            .or_else(|| self.deed(at, end, country))
            .or_else(|| self.compatriot(at, end, country))
    }

    /// "The Iranians": the state, or its people where they live or flee.
    fn people(&mut self, at: usize, end: usize, country: CountryCode) -> Option<Reading> {
        if let Some(reading) = self.compatriot(at, end, country) {
            return Some(reading);
        }
        let after_the = matches!(self.scene.before(at), "the" | "with" | "and");
        let token = self.scene.token_of(at);
        if !after_the
            || !self.scene.is_plural(token)
            || self.scene.is_joined(end - 1) && self.scene.is_capital(end)
        {
            return None;
        }
        let entity = self.add_state(country, Sector::Gov);
        Some(Reading::new(at, end, entity, self.state_line(country)).nominal(WEAK))
    }

    /// "The Israeli", "the Frenchman": the person of that country who was named last.
    fn compatriot(&self, at: usize, end: usize, country: CountryCode) -> Option<Reading> {
        let starts = self.scene.before(at) == "the"
            || self.scene.before(at.saturating_sub(1)) == "the" && !self.scene.is_capital(at - 1);
        let token = self.scene.token_of(end - 1);
        let noun_follows = self.scene.is_joined(end - 1)
            && matches!(self.scene.upos(end), Upos::Noun | Upos::Adj | Upos::Propn);
        let is_several = self.scene.word(end - 1).ends_with('s');
        if is_several
            || !starts
            || noun_follows
            || self.scene.is_plural(token)
            || self.scene.is_glued(end)
        {
            return None;
        }
        let of_country = |entity: &Entity| {
            entity.actor.id.kind() == ActorKind::Person
                && entity.actor.country == Some(country)
                && entity.is_actor
        };
        let (entity, number) = self.memory.latest(|entity, _| of_country(entity))?;
        let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
        reading.antecedent = Some(number);
        Some(reading)
    }

    fn organisation(&mut self, at: usize, end: usize, number: usize) -> Option<Reading> {
        let actor = MentionedActor::organisation(self.lexicon, number)?;
        let entry = self.lexicon.organisations.get(number)?;
        let owner = match (actor.id.kind(), entry.country) {
            (ActorKind::State, Some(country)) => Owner::Country(country),
            _ => Owner::Organisation(number),
        };
        if let Some(reading) = self.owned(at, end, owner) {
            return Some(reading);
        }
        let is_brand = entry.id.kind() == ActorKind::Company && self.is_brand(at, end);
        let is_part = is_brand || self.is_part_of_name(at, end);
        let is_outlet = entry.sector == Some(Sector::Med);
        let usage = match (is_outlet, is_part) {
            (true, _) => Some(Usage::Outlet),
            (false, true) => Some(Usage::PartOfName),
            (false, false) => None,
        };
        let line = entry.line;
        let entity = self.memory.add(Entity::new(actor));
        let basis = Basis::Dictionary {
            file: "data/actors/organisations.tsv",
            line,
        };
        Some(Reading {
            usage,
            ..Reading::new(at, end, entity, basis)
        })
    }

    /// "A Tesla", "the Pfizer plant", "Boeing 737": what a company makes.
    fn is_brand(&self, at: usize, end: usize) -> bool {
        let owned = matches!(
            self.scene.before(at),
            "a" | "an" | "his" | "her" | "their" | "whose" | "my" | "two"
        );
        let thing = self.scene.is_joined(end - 1)
            && matches!(self.scene.upos(end), Upos::Noun | Upos::Num)
            && end < self.scene.units.len();
        owned || thing
    }

    /// "the Israeli attack", "Chinese sanctions": the state owns the deed.
    fn deed(&mut self, at: usize, end: usize, country: CountryCode) -> Option<Reading> {
        let is_deed = (end..end + 3).any(|unit| self.is_word(unit, WordList::Deed));
        let joined = (end..end + 2).all(|unit| !self.scene.is_capital(unit));
        if !is_deed || !joined || !self.scene.is_joined(end - 1) {
            return None;
        }
        let entity = self.add_state(country, Sector::Gov);
        Some(Reading::new(at, end, entity, self.state_line(country)).nominal(FAIR))
    }

    /// "Indian and Chinese army commanders": one role for two countries.
    fn two_owners(&mut self, at: usize, end: usize, first: CountryCode) -> Option<Reading> {
        let next = end + usize::from(self.scene.is(end, "and"));
        let is_pair = next > end || self.scene.is_glued(end);
        let second = self.adjective_at(next).filter(|_| is_pair)?;
        let (second, second_end) = second;
        let (role_end, role) = self.role_after(second_end)?;
        let word = self.lexicon.roles.get(role)?;
        let plural = word.is_plural || next > end;
        if !plural || self.scene.is_capital(role_end) && self.scene.is_joined(role_end - 1) {
            return None;
        }
        let mut entities = Vec::new();
        for country in [first, second] {
            entities.extend(self.holders(Owner::Country(country), role)?.0);
        }
        let mut reading = Reading::new(at, role_end, *entities.first()?, Basis::Role).nominal(GOOD);
        reading.entities = entities;
        Some(reading)
    }

    /// Returns the country of an adjective or state at a unit, and where it ends.
    pub(crate) fn adjective_at(&self, at: usize) -> Option<(CountryCode, usize)> {
        let found = self.matches(at).iter().next()?;
        let country = found.senses().find_map(|sense| match sense {
            Sense::Adjective(country) | Sense::State(country) => Some(country),
            _ => None,
        })?;
        Some((country, at + found.units))
    }

    /// Returns the role word at a unit, as where it ends and its number.
    pub(crate) fn role_at(&self, at: usize) -> Option<(usize, usize)> {
        let matches = self.matches(at);
        matches.iter().find_map(|found| {
            let role = found.senses().find_map(|sense| match sense {
                Sense::Role(number) => Some(number),
                _ => None,
            })?;
            Some((at + found.units, role))
        })
    }
}
