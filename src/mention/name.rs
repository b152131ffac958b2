//! Persons by name: in full, by surname, and strangers whom the text introduces.

use crate::lexicon::{Office, OfficeTenure, PersonIndex, WordList};
use crate::mention::actor::real_country;
use crate::mention::mention::{Basis, Usage};
use crate::mention::phrase::Sense;
use crate::mention::reader::{GOOD, Owner, Reader, Reading, SURE};
use crate::model::{ActorId, CountryCode};
use crate::text::Upos;

/// Longest name of an unknown person, in units.
pub(crate) const NAME_UNITS_MAX: usize = 6;

impl Reader<'_, '_> {
    /// Reads a full name of the dictionaries; of namesakes the likeliest.
    pub(crate) fn person_named(
        &mut self,
        at: usize,
        end: usize,
        senses: &[Sense],
    ) -> Option<Reading> {
        let persons: Vec<PersonIndex> = senses
            .iter()
            .filter_map(|sense| match sense {
                Sense::Person(index) => Some(*index),
                _ => None,
            })
            .collect();
        // One word may also be another's surname, or a given name before an unknown surname.
        if end == at + 1 {
            if self.is_word(at, WordList::CommonSurname) || self.is_in_longer_name(at, end) {
                return None;
            }
            if let Some(found) = self.memory.with_surname(self.scene.word(at), &persons) {
                return Some(self.named_before(at, end, found));
            }
        }
        // "The Charles de Gaulle" is a ship.
        if self.scene.before(at) == "the" && !self.scene.is(end, "'s") && !self.is_lower_noun(end) {
            return Some(Reading::other(at, end, Usage::PartOfName));
        }
        if self.names_a_place(end) {
            return Some(Reading::other(at, end + 1, Usage::PartOfName));
        }
        let (index, alternatives) = self.likeliest(&persons, None, None)?;
        let entity = self.add_person(index)?;
        let confidence = if alternatives.is_empty() { SURE } else { GOOD };
        let basis = self.person_line(index);
        let reading = Reading::new(at, end, entity, basis);
        let reading = Reading {
            confidence,
            alternatives,
            ..reading
        };
        Some(self.with_country_behind(reading))
    }

    /// "Gamal Abdel Nasser Street", "the Ben Gurion Airport".
    pub(crate) fn names_a_place(&self, unit: usize) -> bool {
        self.scene.is_capital(unit) && self.is_word(unit, WordList::PlaceNoun)
    }

    fn is_lower_noun(&self, unit: usize) -> bool {
        !self.scene.is_capital(unit)
            && self.scene.upos(unit) == Upos::Noun
            && unit < self.scene.units.len()
    }

    /// "Xi Jinping of China": the country behind a person's name is a part of the mention.
    pub(crate) fn with_country_behind(&self, reading: Reading) -> Reading {
        if !self.scene.is(reading.end, "of") {
            return reading;
        }
        match self.owner_at(reading.end + 1, false) {
            Some((Owner::Country(country), end))
                if reading
                    .entities
                    .iter()
                    .all(|index| self.memory.entity(*index).actor.country == Some(country)) =>
            {
                Reading { end, ..reading }
            }
            _ => reading,
        }
    }

    pub(crate) fn person_line(&self, index: PersonIndex) -> Basis {
        let person = self.lexicon.persons.get(index);
        let near = person.and_then(|person| person.tenure_near(self.day));
        match near {
            Some(tenure) => Basis::Dictionary {
                file: tenure.origin.file,
                line: tenure.origin.line,
            },
            None => Basis::Dictionary {
                file: "user",
                line: 0,
            },
        }
    }

    /// Of namesakes the likeliest, and the others as ids. A name that fits nobody's country or
    /// office is not read as theirs where one is asked for.
    pub(crate) fn likeliest(
        &self,
        persons: &[PersonIndex],
        owner: Option<Owner>,
        office: Option<Office>,
    ) -> Option<(PersonIndex, Vec<ActorId>)> {
        let mut scored: Vec<(i32, PersonIndex)> = persons
            .iter()
            .map(|index| (self.weight(*index, owner, office), *index))
            .collect();
        scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.dedup_by_key(|(_, index)| *index);
        let best = scored.first()?.1;
        let id = |index: &PersonIndex| {
            self.lexicon
                .persons
                .get(*index)
                .map(|person| person.id.clone())
        };
        let own = id(&best)?;
        let others = scored.iter().skip(1).take(3);
        let others = others
            .filter_map(|(_, index)| id(index))
            .filter(|id| *id != own);
        Some((best, others.collect()))
    }

    /// Weighs how likely a person of the dictionary is meant here: office, day, country, title.
    pub(crate) fn weight(
        &self,
        index: PersonIndex,
        owner: Option<Owner>,
        office: Option<Office>,
    ) -> i32 {
        const NEVER_NAMED: i32 = 0;
        let Some(person) = self.lexicon.persons.get(index) else {
            return NEVER_NAMED;
        };
        let best = person
            .tenures
            .iter()
            .map(|tenure| self.tenure_weight(tenure))
            .max();
        let country = real_country(person.country_on(self.day));
        let mut weight = best.unwrap_or(NEVER_NAMED);
        if self.memory.seen.iter().any(|seen| {
            seen.entities
                .iter()
                .any(|entity| self.memory.entity(*entity).person == Some(index))
        }) {
            weight += 60;
        }
        if let Some(Owner::Country(owner)) = owner {
            let ever = person.tenures.iter().any(|tenure| tenure.country == owner);
            weight += if country == Some(owner) {
                60
            } else if ever {
                30
            } else {
                -90
            };
        }
        if let Some(office) = office {
            let fits = |tenure: &OfficeTenure| {
                tenure.office == office || office == Office::Leader && tenure.office.leads_state()
            };
            let now = self.day.is_none_or(|day| {
                person
                    .tenures
                    .iter()
                    .any(|tenure| fits(tenure) && tenure.days_from(day) < 30)
            });
            let ever = person.tenures.iter().any(fits);
            weight += if ever && now {
                60
            } else if ever {
                25
            } else {
                -10
            };
        }
        let mentions = country.map_or(0, |country| self.memory.country_count(country));
        weight + i32::try_from(mentions.min(3)).unwrap_or(0) * 12
    }

    fn tenure_weight(&self, tenure: &OfficeTenure) -> i32 {
        let rank = match tenure.office {
            Office::President
            | Office::PrimeMinister
            | Office::SupremeLeader
            | Office::DeFactoLeader => 60,
            Office::ForeignMinister
            | Office::IoHead
            | Office::ForeignPolicyChief
            | Office::CrownPrince => 50,
            Office::DefenceMinister
            | Office::VicePresident
            | Office::PartyLeader
            | Office::ArmedGroupLeader
            | Office::OppositionLeader
            | Office::NationalSecurityAdviser => 40,
            _ => 20,
        };
        let leads = self
            .lexicon
            .leading_offices
            .office(tenure.country, self.day)
            == tenure.office;
        let rank = rank + major(tenure.country) + if leads { 15 } else { 0 };
        let Some(day) = self.day else { return rank };
        let years = tenure.days_from(day) / 365;
        let is_ahead = tenure.start.is_some_and(|start| day < start.plus(-400));
        match (tenure.holds_on(day), is_ahead) {
            (true, _) => rank + 30,
            (false, true) => rank - 40 - years * 3,
            (false, false) => rank - (years * 3).min(60),
        }
    }
}

/// How much more often news speaks of a state than of others.
fn major(country: CountryCode) -> i32 {
    match country.as_str() {
        "USA" => 30,
        "RUS" | "SUN" | "CHN" | "GBR" | "FRA" | "DEU" | "ISR" | "IRN" | "UKR" => 20,
        "IND" | "PAK" | "JPN" | "KOR" | "PRK" | "TUR" | "SAU" | "EGY" | "ITA" | "SYR" | "IRQ"
        | "INT" => 12,
        "BRA" | "CAN" | "AUS" | "MEX" | "ZAF" | "ESP" | "POL" | "AFG" | "LBN" | "PSE" | "VEN"
        | "CUB" | "QAT" | "ARE" | "JOR" | "TWN" | "YUG" | "SRB" => 6,
        _ => 0,
    }
}
