//! "His Egyptian counterpart", "her host", "his predecessor": found from another.

use crate::lexicon::{Office, OfficeTenure};
use crate::mention::actor::Entity;
use crate::mention::memory::EntityIndex;
use crate::mention::mention::Basis;
use crate::mention::reader::{FAIR, GOOD, Owner, Reader, Reading, WEAK};
use crate::model::{ActorId, ActorKind, CountryCode};

impl Reader<'_, '_> {
    /// Reads "his Egyptian counterpart", "her counterpart Sergei Lavrov" from the possessive on.
    pub(crate) fn counterpart(&mut self, at: usize, possessor: EntityIndex) -> Option<Reading> {
        let mut unit = at + 1;
        let mut country = None;
        for _ in 0..5 {
            if self.scene.is_one_of(
                unit,
                &[
                    "counterpart",
                    "counterparts",
                    "colleague",
                    "opposite",
                    "namesake",
                    "homologue",
                    "interlocutor",
                    "host",
                    "guest",
                    "visitor",
                    "rival",
                    "predecessor",
                    "successor",
                ],
            ) {
                return self.counterpart_at(at, unit, country, possessor);
            }
            if let Some((found, end)) = self.adjective_at(unit) {
                country = Some(found);
                unit = end;
            } else if self.scene.is_capital(unit) || !self.scene.is_joined(unit) {
                return None;
            } else {
                unit += 1;
            }
        }
        None
    }

    fn counterpart_at(
        &mut self,
        at: usize,
        unit: usize,
        country: Option<CountryCode>,
        possessor: EntityIndex,
    ) -> Option<Reading> {
        let word = self.scene.word(unit).to_owned();
        let end = unit + 1 + usize::from(word == "opposite" && self.scene.is(unit + 1, "number"));
        if self.scene.is_capital(end) && (word.starts_with("counterpart") || word == "colleague")
            || self.scene.is_capital(end) && self.scene.is_joined(end - 1)
        {
            let owner = country.map(Owner::Country);
            if let Some(reading) = self.known_person(end, owner, None) {
                return Some(Reading {
                    start: at,
                    ..reading
                });
            }
            let name_end = self.name_end(end);
            if owner.is_some() && name_end >= end + 2 {
                let reading = self.new_person(end, name_end, owner, None)?;
                return Some(Reading {
                    start: at,
                    ..reading
                });
            }
        }
        let office = self
            .memory
            .entity(possessor)
            .actor
            .office
            .clone()
            .map(|(_, office)| office);
        if matches!(word.as_str(), "predecessor" | "successor") {
            return self.before_or_after(at, end, possessor, office, word == "successor");
        }
        if let Some(country) = country {
            if let Some(found) = self.peer_named(country, office) {
                return Some(Reading::new(at, end, found, Basis::Coreference).nominal(GOOD));
            }
            let office = match office {
                Some(office) if !office.leads_state() => office,
                // A president's counterpart is whoever leads there.
                _ => Office::Leader,
            };
            let held = self.office(country, office);
            let entity = self.memory.add(held.entity);
            return Some(Reading::new(at, end, entity, held.basis).nominal(GOOD));
        }
        // Without a country: another person, of the same office if one was named.
        let own = self.memory.entity(possessor).actor.clone();
        if matches!(word.as_str(), "host" | "guest" | "visitor")
            && let Some(reading) = self.host_or_guest(at, end, word == "host", Some(possessor))
        {
            return Some(reading);
        }
        let same = |entity: &Entity| {
            let held = entity.actor.office.as_ref().map(|(_, office)| *office);
            entity.actor.is_person()
                && entity.is_actor
                && entity.actor.id != own.id
                && entity.actor.country != own.country
                && (office.is_none() || held == office)
        };
        let other = |entity: &Entity| {
            entity.actor.is_person()
                && entity.is_actor
                && entity.actor.id != own.id
                && entity.actor.country != own.country
        };
        let (entity, number) = self
            .memory
            .latest(|entity, _| same(entity))
            .or_else(|| self.memory.latest(|entity, _| other(entity)))?;
        let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
        reading.antecedent = Some(number);
        Some(reading)
    }

    /// Returns the person of a country whom the article named and who holds an office like another:
    /// leaders are counterparts of leaders.
    fn peer_named(&self, country: CountryCode, office: Option<Office>) -> Option<EntityIndex> {
        let of_country = |entity: &Entity| {
            entity.actor.id.kind() == ActorKind::Person
                && entity.actor.country == Some(country)
                && entity.is_actor
        };
        let held = |entity: &Entity| entity.actor.office.as_ref().map(|(_, office)| *office);
        let leads = office.is_some_and(Office::leads_state);
        let same = |entity: &Entity| {
            of_country(entity) && held(entity).is_some() && held(entity) == office
        };
        let similar = |entity: &Entity| {
            of_country(entity) && leads && held(entity).is_some_and(Office::leads_state)
        };
        let any = |entity: &Entity| of_country(entity) && office.is_none();
        self.memory
            .latest(|entity, _| same(entity))
            .or_else(|| self.memory.latest(|entity, _| similar(entity)))
            .or_else(|| self.memory.latest(|entity, _| any(entity)))
            .map(|(index, _)| index)
    }

    /// "His predecessor", "her successor" in the office.
    fn before_or_after(
        &mut self,
        at: usize,
        end: usize,
        possessor: EntityIndex,
        office: Option<Office>,
        is_after: bool,
    ) -> Option<Reading> {
        let person = self.memory.entity(possessor).person?;
        let persons = &self.lexicon.persons;
        let tenures = &persons.get(person)?.tenures;
        let fits = |tenure: &&OfficeTenure| office.is_none_or(|office| tenure.office == office);
        let begun = |tenure: &&OfficeTenure| {
            self.day
                .is_none_or(|day| tenure.start.is_none_or(|start| start <= day))
        };
        let own = tenures
            .iter()
            .filter(fits)
            .filter(begun)
            .max_by_key(|tenure| (tenure.start, std::cmp::Reverse(tenure.office)))?
            .clone();
        let (office, country) = (own.office, own.country);
        let day = if is_after {
            own.end?
        } else {
            own.start?.plus(-1)
        };
        let other = (0..6).find_map(|step| {
            let day = if is_after {
                day.plus(step * 20)
            } else {
                day.plus(-step * 20)
            };
            let held = if own.organisation.is_empty() {
                persons.holder(country, office, day)
            } else {
                persons.head_of(&own.organisation, office, day)
            };
            held.filter(|index| *index != person)
        })?;
        let entity = Entity::person(self.lexicon, other, self.memory.published)?;
        let entity = self.memory.add(entity);
        let id = ActorId::office(country, office.slug());
        Some(
            Reading::new(
                at,
                end,
                entity,
                Basis::RoleByDate {
                    office: id,
                    day: Some(day),
                },
            )
            .nominal(FAIR),
        )
    }

    /// "The host", "his guest", "the visitor": who belongs to the place of the meeting, or not.
    pub(crate) fn host_or_guest(
        &mut self,
        at: usize,
        end: usize,
        is_host: bool,
        other: Option<EntityIndex>,
    ) -> Option<Reading> {
        let place = self.memory.place?;
        let fits = |entity: &Entity| {
            let is_home = entity.actor.country == Some(place);
            let same =
                other.is_some_and(|other| self.memory.entity(other).actor.id == entity.actor.id);
            entity.actor.is_person() && entity.is_actor && !same && is_home == is_host
        };
        let (entity, number) = self.memory.latest(|entity, _| fits(entity))?;
        let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(WEAK);
        reading.antecedent = Some(number);
        Some(reading)
    }
}
