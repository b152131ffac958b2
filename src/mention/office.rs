//! Who held an office: by what the article said, by the day, or, without a day, by the tenures of
//! the others whom the article names.

use crate::lexicon::{Office, OfficeTenure, PersonIndex};
use crate::mention::actor::{Entity, MentionedActor};
use crate::mention::mention::Basis;
use crate::mention::reader::{FAIR, GOOD, Reader, SURE};
use crate::model::{ActorId, ActorKind, CountryCode, Day};

/// Who holds an office, and why.
pub(crate) struct Held {
    pub(crate) entity: Entity,
    pub(crate) basis: Basis,
    pub(crate) confidence: u16,
}

impl Reader<'_, '_> {
    /// Returns who holds an office of a country: a person, else the office itself.
    pub(crate) fn office(&self, country: CountryCode, office: Office) -> Held {
        let asked = self.offices_meant(country, office);
        let id = ActorId::office(country, office.slug());
        if let Some(entity) = self.holder_named(country, &asked) {
            return Held {
                entity,
                basis: Basis::RoleByDate {
                    office: id,
                    day: self.day,
                },
                confidence: SURE,
            };
        }
        if let Some(day) = self.day {
            let persons = &self.lexicon.persons;
            let held = asked
                .iter()
                .find_map(|office| persons.holder(country, *office, day));
            let entity = held.and_then(|index| Entity::person(self.lexicon, index, Some(day)));
            if let Some(entity) = entity {
                return Held {
                    entity,
                    basis: Basis::RoleByDate {
                        office: id,
                        day: Some(day),
                    },
                    confidence: GOOD,
                };
            }
        } else if let Some(entity) = self.only_holder(country, &asked) {
            return Held {
                entity,
                basis: Basis::RoleByDate {
                    office: id,
                    day: None,
                },
                confidence: FAIR,
            };
        }
        Held {
            entity: Entity::new(MentionedActor::office(self.lexicon, country, office)),
            basis: Basis::Office,
            confidence: FAIR,
        }
    }

    /// Returns who acts in an office on the day without holding it.
    pub(crate) fn acting(&self, country: CountryCode, office: Office) -> Option<Held> {
        let (day, persons) = (self.day?, &self.lexicon.persons);
        let acts = |tenure: &OfficeTenure| {
            let title = tenure.title.to_lowercase();
            let is_acting = ["acting", "interim", "caretaker", "transition"]
                .iter()
                .any(|word| title.contains(word));
            tenure.country == country
                && tenure.office == office
                && tenure.holds_on(day)
                && is_acting
        };
        let mut holders = persons.holders(country, office).iter();
        let index = *holders.find(|index| {
            persons
                .get(**index)
                .is_some_and(|person| person.tenures.iter().any(acts))
        })?;
        Some(Held {
            entity: Entity::person(self.lexicon, index, Some(day))?,
            basis: Basis::RoleByDate {
                office: ActorId::office(country, office.slug()),
                day: Some(day),
            },
            confidence: GOOD,
        })
    }

    /// Returns the offices that a title can mean in a country, the likeliest first.
    fn offices_meant(&self, country: CountryCode, office: Office) -> Vec<Office> {
        match office {
            Office::Leader => {
                let leading = self.lexicon.leading_offices.office(country, self.day);
                let mut offices = vec![
                    leading,
                    Office::DeFactoLeader,
                    Office::SupremeLeader,
                    Office::President,
                    Office::PrimeMinister,
                    Office::PartyLeader,
                ];
                let mut seen = Vec::new();
                offices.retain(|office| {
                    let is_new = !seen.contains(office);
                    seen.push(*office);
                    is_new
                });
                offices
            }
            Office::President | Office::PrimeMinister => vec![office, Office::DeFactoLeader],
            Office::SupremeLeader => vec![Office::SupremeLeader, Office::DeFactoLeader],
            _ => vec![office],
        }
    }

    /// Returns the person whom the article named and who held the office.
    fn holder_named(&self, country: CountryCode, offices: &[Office]) -> Option<Entity> {
        let fits = |entity: &Entity| {
            if entity.actor.id.kind() != ActorKind::Person || entity.actor.country != Some(country)
            {
                return false;
            }
            let Some(person) = entity
                .person
                .and_then(|index| self.lexicon.persons.get(index))
            else {
                let held = entity.actor.office.as_ref().map(|(_, office)| *office);
                return held.is_some_and(|office| offices.contains(&office));
            };
            let holds = |tenure: &OfficeTenure| {
                tenure.country == country
                    && offices.contains(&tenure.office)
                    && self.day.is_none_or(|day| tenure.holds_on(day))
            };
            person.tenures.iter().any(holds)
        };
        let (index, _) = self.memory.latest(|entity, _| fits(entity))?;
        Some(self.memory.entity(index).clone())
    }

    /// Returns the one who alone held the office while all the leaders whom the article names held
    /// theirs.
    fn only_holder(&self, country: CountryCode, offices: &[Office]) -> Option<Entity> {
        let mut era: Vec<(i32, i32)> = vec![(i32::MIN, i32::MAX)];
        if self.memory.eras.is_empty() {
            return None;
        }
        for held in &self.memory.eras {
            let common = intersection(&era, held);
            // Leaders of different times: the article speaks of history.
            if common.is_empty() {
                return None;
            }
            era = common;
        }
        let persons = &self.lexicon.persons;
        let holders = offices
            .iter()
            .flat_map(|office| persons.holders(country, *office));
        let mut fitting: Vec<PersonIndex> = Vec::new();
        for index in holders {
            let tenures = persons
                .get(*index)
                .map_or(&[][..], |person| person.tenures.as_slice());
            let held: Vec<(i32, i32)> = tenures
                .iter()
                .filter(|tenure| tenure.country == country && offices.contains(&tenure.office))
                .map(days_of)
                .collect();
            if !intersection(&era, &held).is_empty() && !fitting.contains(index) {
                fitting.push(*index);
            }
        }
        match fitting.as_slice() {
            [one] => Entity::person(self.lexicon, *one, None),
            _ => None,
        }
    }
}

/// Returns the days of a tenure, half-open.
pub(crate) fn days_of(tenure: &OfficeTenure) -> (i32, i32) {
    let number = |day: Option<Day>, open: i32| day.map_or(open, Day::number);
    (number(tenure.start, i32::MIN), number(tenure.end, i32::MAX))
}

/// Returns what two lists of half-open stretches share.
fn intersection(one: &[(i32, i32)], other: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut common = Vec::new();
    for (start, end) in one {
        for (other_start, other_end) in other {
            let (start, end) = (*start.max(other_start), *end.min(other_end));
            if start < end {
                common.push((start, end));
            }
        }
    }
    common
}
