//! Finds the actors that a sentence mentions, from left to right.

use crate::coder::context::Context;
use crate::coder::gazetteer::{Gazetteer, Sense};
use crate::coder::mention::{Found, Kind, Resolved};
use crate::coder::{lifetime, naming};
use crate::lexicon::{Lexicon, Office, RoleKind};
use crate::model::{ActorKind, CountryCode, Sector, Span};
use crate::text::{TokenKind, Word};

/// What the finder needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Finder<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) words: &'a [Word],
    pub(crate) sentence: usize,
}

/// Prepositions after which a name is a place.
const PLACE_PREPOSITIONS: &[&str] = &[
    "in",
    "near",
    "across",
    "inside",
    "within",
    "outside",
    "around",
    "throughout",
    "at",
    "via",
];

/// Surnames of few letters that are no words.
const SHORT_SURNAMES: &[&str] = &["xi", "abe", "kim", "lee"];

/// What a state does, as a noun after its adjective: "the Israeli attack" is Israel's.
const DEEDS: &[&str] = &[
    "action",
    "actions",
    "aggression",
    "airstrike",
    "airstrikes",
    "allegations",
    "annexation",
    "attack",
    "attacks",
    "blockade",
    "bombing",
    "claim",
    "claims",
    "decision",
    "demand",
    "demands",
    "embargo",
    "incursion",
    "initiative",
    "intervention",
    "invasion",
    "launch",
    "measure",
    "measures",
    "move",
    "moves",
    "occupation",
    "offensive",
    "offer",
    "operation",
    "plan",
    "policy",
    "position",
    "proposal",
    "proposals",
    "provocation",
    "raid",
    "raids",
    "sanctions",
    "stance",
    "step",
    "steps",
    "strike",
    "strikes",
    "test",
    "tests",
    "threat",
    "threats",
    "ultimatum",
    "violation",
    "violations",
    "accusation",
    "accusations",
    "charge",
    "charges",
    "request",
];

/// Words that may stand between an adjective and its role.
const MODIFIERS: &[&str] = &[
    "senior",
    "top",
    "new",
    "interim",
    "caretaker",
    "transitional",
    "chief",
    "visiting",
    "outgoing",
    "newly",
    "elected",
    "then",
    "-",
    "acting",
    "main",
    "military",
    "federal",
    "central",
    "regular",
    "ruling",
    "special",
    "permanent",
    "de",
    "facto",
    "communist",
    "Islamist",
    "rebel",
    "backed",
    "ground",
    "naval",
    "embattled",
    "long",
    "serving",
    "first",
    "presidential",
];

/// Who is meant from `start` to `end` (exclusive), and how.
pub(crate) struct Reading {
    pub(crate) end: usize,
    pub(crate) actors: Vec<Resolved>,
    pub(crate) kind: Kind,
}

impl Reading {
    #[expect(clippy::unnecessary_wraps, reason = "every caller returns it as it is")]
    pub(crate) fn one(end: usize, actor: Resolved, kind: Kind) -> Option<Self> {
        Some(Self {
            end,
            actors: vec![actor],
            kind,
        })
    }
}

impl Finder<'_> {
    /// Finds all mentions of the sentence and remembers them in the context.
    pub(crate) fn find(&self, context: &mut Context) -> Vec<Found> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let Some(reading) = self.read(at, context) else {
                at += 1;
                continue;
            };
            let end = self.with_country_after(reading.end.max(at + 1), &reading.actors);
            let found = Found {
                words: Span::new(at, end),
                is_possessive: self.is_possessive(at, end, reading.kind),
                is_place: self.is_place(at, reading.kind, &reading.actors),
                actors: reading.actors,
                kind: reading.kind,
            };
            context.remember(&found, self.sentence);
            mentions.push(found);
            at = end;
        }
        mentions
    }

    /// "Xi Jinping of China": the country after a person's name is part of the mention.
    fn with_country_after(&self, end: usize, actors: &[Resolved]) -> usize {
        let [person] = actors else { return end };
        if person.id.kind() != ActorKind::Person || !self.is_mark_at(end, "of") {
            return end;
        }
        match self.gazetteer.longest(self.words, end + 1) {
            Some((length, senses))
                if person
                    .country
                    .is_some_and(|c| senses.contains(&Sense::State(c))) =>
            {
                end + 1 + length
            }
            _ => end,
        }
    }

    /// Reads the mention that begins at `at`, if one does.
    fn read(&self, at: usize, context: &Context) -> Option<Reading> {
        let word = self.words.get(at)?;
        self.pronoun(at, context)
            .or_else(|| self.the_two(at, context))
            .or_else(|| {
                let (length, senses) = self.gazetteer.longest(self.words, at)?;
                senses
                    .iter()
                    .find_map(|sense| self.of_sense(at, at + length, *sense, context))
            })
            .or_else(|| {
                let is_name = word.capital && word.folded.len() > 1;
                let read = || {
                    self.surname(at, context)
                        .or_else(|| naming::name_with_apposition(self, at, context))
                };
                is_name.then(read).flatten()
            })
    }

    fn of_sense(&self, at: usize, end: usize, sense: Sense, context: &Context) -> Option<Reading> {
        match sense {
            Sense::Person(index) => {
                let actor = Resolved::person(self.lexicon, index, context.published)?;
                Reading::one(end, actor, Kind::Name)
            }
            Sense::Organisation(index) => {
                let actor = Resolved::organisation(self.lexicon, index)?;
                self.with_role_of_organisation(end, &actor, context)
                    .or_else(|| Reading::one(end, actor, Kind::Name))
            }
            Sense::State(country) => self.state(at, end, country, context),
            Sense::Capital(country) if lifetime::is_gone(country, context.published) => None,
            Sense::Capital(country) => self.capital(at, end, country, context),
            Sense::Adjective(country) => self
                .with_role(end, country, context)
                .or_else(|| self.two_adjectives(end, country, context))
                .or_else(|| self.deed(end, country)),
            Sense::People(country) => {
                let after_the = at > 0 && self.words[at - 1].is("the");
                let actor = Resolved::state(self.lexicon, country, Sector::Gov);
                after_the
                    .then(|| Reading::one(end, actor, Kind::Nominal))
                    .flatten()
            }
            Sense::Role(index) => naming::bare_role(self, at, end, index, context),
        }
    }

    /// "the Israeli attack": the state owns the deed.
    fn deed(&self, end: usize, country: CountryCode) -> Option<Reading> {
        let noun = (end..end + 3).find_map(|at| {
            let word = self.words.get(at).filter(|word| !word.capital)?;
            DEEDS.contains(&word.folded.as_str()).then_some(at)
        })?;
        let are_words = self.words[end..noun]
            .iter()
            .all(|word| word.kind == TokenKind::Word && !word.capital);
        let actor = Resolved::state(self.lexicon, country, Sector::Gov);
        are_words
            .then(|| Reading::one(end, actor, Kind::Nominal))
            .flatten()
    }

    /// "Indian and Chinese army commanders": one role for two countries.
    fn two_adjectives(&self, end: usize, first: CountryCode, context: &Context) -> Option<Reading> {
        if !self.is_mark_at(end, "and") && !self.is_mark_at(end, "-") {
            return None;
        }
        let (length, senses) = self.gazetteer.longest(self.words, end + 1)?;
        let second = senses.iter().find_map(|sense| match sense {
            Sense::Adjective(country) => Some(*country),
            _ => None,
        })?;
        let after = end + 1 + length;
        let is_named = self.words.get(after + 1).is_some_and(|word| word.capital);
        let one = self
            .with_role(after, first, context)
            .filter(|_| !is_named)?;
        let other = self.with_role(after, second, context)?;
        let actors: Vec<Resolved> = one.actors.into_iter().chain(other.actors).collect();
        Some(Reading {
            end: other.end,
            actors,
            kind: Kind::Nominal,
        })
    }

    /// A state by name: with a role after it ("Iran's foreign minister"), or itself.
    fn state(
        &self,
        at: usize,
        end: usize,
        country: CountryCode,
        context: &Context,
    ) -> Option<Reading> {
        let owner = end + usize::from(self.is_mark_at(end, "'s"));
        let named = || {
            // "South Korea's Moon Jae-in"
            let reading = naming::known_name(self, owner, context)?;
            let fits = reading
                .actors
                .iter()
                .all(|actor| actor.country == Some(country));
            (owner > end && fits).then_some(reading)
        };
        self.with_role(owner, country, context)
            .or_else(named)
            .or_else(|| {
                let is_hyphenated = self.is_mark_at(end, "-") && !self.is_space_before(end + 1);
                let is_in_name = at > 0 && self.words[at - 1].is("of") && self.is_part_of_name(at);
                let actor = Resolved::state(self.lexicon, country, Sector::Gov);
                (!is_hyphenated && !is_in_name)
                    .then(|| Reading::one(end, actor, Kind::Name))
                    .flatten()
            })
    }

    /// "University of Iran", "Bank of Israel": the state is part of another name.
    fn is_part_of_name(&self, at: usize) -> bool {
        const HEADS: &[&str] = &[
            "university",
            "bank",
            "gulf",
            "battle",
            "museum",
            "cup",
            "coast",
            "sea",
            "tour",
            "port",
            "city",
            "south",
            "north",
            "east",
            "west",
            "coasts",
            "map",
            "history",
            "people",
        ];
        at >= 2 && HEADS.contains(&self.words[at - 2].folded.as_str())
    }

    fn capital(
        &self,
        at: usize,
        end: usize,
        country: CountryCode,
        context: &Context,
    ) -> Option<Reading> {
        let owner = end + usize::from(self.is_mark_at(end, "'s"));
        let noun_follows = owner == end
            && self
                .words
                .get(end)
                .is_some_and(|next| next.capital && !next.upper);
        // "Washington Post", "London Bridge", "Tehran University".
        if noun_follows {
            return None;
        }
        let _ = at;
        self.with_role(owner, country, context).or_else(|| {
            let actor = Resolved::state(self.lexicon, country, Sector::Gov);
            Reading::one(end, actor, Kind::Nominal)
        })
    }

    /// Reads a role after a country: "Russian | President Vladimir Putin", "Israeli | warplanes".
    pub(crate) fn with_role(
        &self,
        from: usize,
        country: CountryCode,
        context: &Context,
    ) -> Option<Reading> {
        let mut is_former = false;
        for at in from..from + 4 {
            if let Some((length, index)) = self.gazetteer.role_at(self.words, at) {
                let role = self.lexicon.roles.get(index)?;
                let end = self.while_roles(at + length);
                return naming::role_of_country(self, end, role, country, is_former, context);
            }
            let word = self.words.get(at)?;
            if matches!(
                word.folded.as_str(),
                "former" | "ex" | "late" | "deposed" | "ousted"
            ) {
                is_former = true;
            } else if !MODIFIERS.contains(&word.folded.as_str()) {
                return None;
            }
        }
        None
    }

    /// Roles may follow each other: "foreign ministry | spokesman", "army | chief".
    fn while_roles(&self, mut end: usize) -> usize {
        while let Some((length, index)) = self.gazetteer.role_at(self.words, end) {
            let is_agent = |index: usize| {
                self.lexicon
                    .roles
                    .get(index)
                    .is_some_and(|role| role.kind == RoleKind::Agent)
            };
            if !is_agent(index) {
                break;
            }
            end += length;
        }
        end
    }

    /// Reads "NATO Secretary-General Jens Stoltenberg", "Hamas leader", "UN officials".
    fn with_role_of_organisation(
        &self,
        end: usize,
        organisation: &Resolved,
        context: &Context,
    ) -> Option<Reading> {
        let from = end + usize::from(self.is_mark_at(end, "'s"));
        let (length, index) = self.gazetteer.role_at(self.words, from)?;
        let role = self.lexicon.roles.get(index)?;
        let role_end = self.while_roles(from + length);
        if organisation.id.kind() == ActorKind::State {
            let country = organisation.country?;
            return naming::role_of_country(self, role_end, role, country, false, context);
        }
        naming::name_after(self, role_end, organisation, role, context)
            .or_else(|| {
                let is_head = matches!(
                    role.kind,
                    RoleKind::Title(Office::IoHead | Office::ForeignPolicyChief)
                );
                let day = context.published?;
                let head = self
                    .lexicon
                    .persons
                    .head_of(organisation.id.as_str(), day)?;
                let actor = Resolved::person(self.lexicon, head, Some(day))?;
                is_head
                    .then(|| Reading::one(role_end, actor, Kind::Nominal))
                    .flatten()
            })
            .or_else(|| Reading::one(role_end, organisation.clone(), Kind::Nominal))
    }

    fn pronoun(&self, at: usize, context: &Context) -> Option<Reading> {
        let word = self.words.get(at)?;
        match word.folded.as_str() {
            "him" => {
                let person = context.other_person_before(self.sentence)?.clone();
                Reading::one(at + 1, person, Kind::Pronoun)
            }
            "he" | "she" | "himself" | "herself" => {
                let person = context.person_before(self.sentence)?.clone();
                Reading::one(at + 1, person, Kind::Pronoun)
            }
            "they" | "them" => {
                let actors = context.they(self.sentence)?.to_vec();
                Some(Reading {
                    end: at + 1,
                    actors,
                    kind: Kind::Pronoun,
                })
            }
            "his" | "her" | "their" => naming::counterpart(self, at, context).or_else(|| {
                let person = context.person_before(self.sentence)?.clone();
                (word.folded != "their")
                    .then(|| Reading::one(at + 1, person, Kind::Pronoun))
                    .flatten()
            }),
            "its" => {
                let country = context.state_before(self.sentence)?;
                self.with_role(at + 1, country, context)
            }
            "agency" | "bloc" | "alliance" | "organisation" | "organization" | "union"
            | "movement" | "militia"
                if at > 0 && self.words[at - 1].is("the") =>
            {
                let is_group = matches!(word.folded.as_str(), "movement" | "militia");
                let actor = context.organisation_before(is_group)?.clone();
                Reading::one(at + 1, actor, Kind::Nominal)
            }
            _ => None,
        }
    }

    /// Reads "the two presidents", "both sides", "the two countries".
    fn the_two(&self, at: usize, context: &Context) -> Option<Reading> {
        let is =
            |offset: usize, text: &str| self.words.get(at + offset).is_some_and(|w| w.is(text));
        let skip = if is(0, "both") || is(0, "two") && at > 0 && self.words[at - 1].is("the") {
            1
        } else {
            return None;
        };
        let skip = skip + usize::from(is(skip, "foreign") || is(skip, "neighbouring"));
        let noun = self.words.get(at + skip)?;
        let persons = match noun.folded.as_str() {
            "presidents" | "leaders" | "ministers" | "men" | "premiers" | "statesmen"
            | "diplomats" => true,
            "sides" | "countries" | "nations" | "states" | "governments" | "parties"
            | "neighbours" | "neighbors" | "capitals" | "rivals" | "allies" => false,
            _ => return None,
        };
        let actors = context.last_two(persons)?.to_vec();
        Some(Reading {
            end: at + skip + 1,
            actors,
            kind: Kind::Nominal,
        })
    }

    /// A surname alone: of someone named before, or of the one prominent holder of an office.
    fn surname(&self, at: usize, context: &Context) -> Option<Reading> {
        let word = self.words.get(at)?;
        let mut end = at + 1;
        let mut folded = word.folded.clone();
        // "al-Assad", "Abdel-Rahman": the parts around a hyphen are one surname.
        while self.is_mark_at(end, "-") && !self.is_space_before(end) {
            let Some(next) = self.words.get(end + 1) else {
                break;
            };
            folded = format!("{folded}-{}", next.folded);
            end += 2;
        }
        let last = self.words.get(end - 1)?;
        if let Some(known) = context
            .with_surname(&folded)
            .or_else(|| context.with_surname(&last.folded))
        {
            return Reading::one(end, known.clone(), Kind::Name);
        }
        let next_is_name = self.words.get(end).is_some_and(|next| next.capital);
        let after_name = at > 0 && self.words[at - 1].capital && at > 1;
        let is_too_short = folded.len() < 4 && !SHORT_SURNAMES.contains(&folded.as_str());
        if next_is_name || after_name || is_too_short {
            return None;
        }
        let index = naming::prominent(self.lexicon, &folded, context.published)?;
        let actor = Resolved::person(self.lexicon, index, context.published)?;
        Reading::one(end, actor, Kind::Name)
    }

    /// Says whether the mention owns what follows.
    fn is_possessive(&self, at: usize, end: usize, kind: Kind) -> bool {
        let own_pronoun = kind == Kind::Pronoun
            && matches!(self.words[at].folded.as_str(), "his" | "her")
            && end == at + 1;
        let owns_deed = kind == Kind::Nominal
            && end == at + 1
            && matches!(self.gazetteer.longest(self.words, at), Some((1, senses)) if senses.iter().all(|s| matches!(s, Sense::Adjective(_))));
        own_pronoun || owns_deed || self.is_mark_at(end, "'s") || self.is_mark_at(end, "'")
    }

    /// Says whether the mention tells where.
    fn is_place(&self, at: usize, kind: Kind, actors: &[Resolved]) -> bool {
        let is_state = actors
            .iter()
            .all(|actor| actor.id.kind() == ActorKind::State);
        let mut before = at;
        while before > 0 && (self.words[before - 1].is("the") || self.words[before - 1].capital) {
            before -= 1;
            if self.words[before].is("the") {
                break;
            }
        }
        let preposition = before
            .checked_sub(1)
            .and_then(|index| self.words.get(index));
        kind != Kind::Pronoun
            && is_state
            && preposition.is_some_and(|w| PLACE_PREPOSITIONS.contains(&w.folded.as_str()))
    }

    pub(crate) fn is_mark_at(&self, at: usize, folded: &str) -> bool {
        self.words.get(at).is_some_and(|word| word.is(folded))
    }

    /// Says whether white space stands before the word at `at`.
    pub(crate) fn is_space_before(&self, at: usize) -> bool {
        match (
            at.checked_sub(1).and_then(|before| self.words.get(before)),
            self.words.get(at),
        ) {
            (Some(before), Some(word)) => before.span.end() < word.span.start(),
            _ => true,
        }
    }
}
