//! Who holds a role of a country or organisation on a day.

use crate::lexicon::{Office, OfficeTenure, PersonIndex, RoleKind, RoleWord};
use crate::mention::actor::{Entity, MentionedActor};
use crate::mention::memory::EntityIndex;
use crate::mention::mention::Basis;
use crate::mention::reader::{FAIR, GOOD, Owner, Reader, Reading, SURE, WEAK};
use crate::model::{ActorId, ActorKind, CountryCode, Day, Sector};

impl Reader<'_, '_> {
    /// "the former U.S. president": whom the article named, if one fits.
    pub(crate) fn former(
        &mut self,
        at: usize,
        end: usize,
        owner: Owner,
        word: &RoleWord,
    ) -> Option<Reading> {
        let Owner::Country(country) = owner else {
            return None;
        };
        let office = word.office();
        let lexicon = self.lexicon;
        let held = |entity: &Entity| {
            let person = entity.person.and_then(|index| lexicon.persons.get(index));
            let leads = entity
                .actor
                .office
                .as_ref()
                .is_some_and(|(_, office)| office.leads_state());
            !leads
                && person.is_some_and(|person| {
                    person.tenures.iter().any(|tenure| {
                        tenure.country == country
                            && (office.is_none() || Some(tenure.office) == office)
                    })
                })
        };
        let now = self.day;
        let in_office = |entity: &Entity| {
            let person = entity.person.and_then(|index| lexicon.persons.get(index));
            person.is_some_and(|person| {
                now.is_some_and(|day| {
                    person
                        .tenures
                        .iter()
                        .any(|tenure| Some(tenure.office) == office && tenure.holds_on(day))
                })
            })
        };
        if let Some((entity, number)) = self
            .memory
            .latest(|entity, _| held(entity) && !in_office(entity))
        {
            let mut reading = Reading::new(at, end, entity, Basis::Coreference).nominal(FAIR);
            reading.antecedent = Some(number);
            return Some(reading);
        }
        if let Some(index) = self.lately(country, office) {
            let entity = self.add_person(index)?;
            let id = ActorId::office(country, office.unwrap_or(Office::Other).slug());
            let basis = Basis::RoleByDate {
                office: id,
                day: self.day,
            };
            return Some(Reading::new(at, end, entity, basis).nominal(WEAK));
        }
        let actor = MentionedActor::of_sector(lexicon, country, Sector::Eli);
        let entity = self.memory.add(Entity::new(actor));
        Some(Reading::new(at, end, entity, Basis::Role).nominal(WEAK))
    }

    /// Returns who held an office until shortly before the day.
    pub(crate) fn lately(
        &self,
        country: CountryCode,
        office: Option<Office>,
    ) -> Option<PersonIndex> {
        const LATELY_DAYS: i32 = 120;
        let (office, day) = (office?, self.day?);
        let persons = &self.lexicon.persons;
        let holders = persons.holders(country, office).iter().copied();
        let ended = holders.filter_map(|index| {
            let tenures = persons.get(index)?.tenures.iter();
            let is_acting = |tenure: &&OfficeTenure| tenure.title.to_lowercase().contains("acting");
            let own = tenures.filter(|tenure| tenure.office == office && tenure.country == country);
            let own = own.filter(|tenure| !is_acting(tenure));
            // Who is sacked may stay for some days.
            let ends = own
                .filter_map(|tenure| tenure.end)
                .map(|end| (end.number() - day.number()).abs());
            let near = ends.filter(|days| *days < LATELY_DAYS).min()?;
            Some((near, index))
        });
        ended.min().map(|(_, index)| index)
    }

    /// Returns who holds the role of an owner on the day: a person, an office, a part of the state
    /// or of society.
    pub(crate) fn holders(
        &mut self,
        owner: Owner,
        role: usize,
    ) -> Option<(Vec<EntityIndex>, Basis, u16)> {
        let word = self.lexicon.roles.get(role)?.clone();
        match owner {
            Owner::Country(country) => Some(self.holders_of_country(country, &word)),
            Owner::Organisation(number) => self.holders_of_organisation(number, &word),
        }
    }

    pub(crate) fn holders_of_country(
        &mut self,
        country: CountryCode,
        word: &RoleWord,
    ) -> (Vec<EntityIndex>, Basis, u16) {
        let is_chief = matches!(word.phrase.as_ref(), "chief" | "boss" | "head");
        let held = match word.kind {
            RoleKind::Title(Office::IoHead) if is_chief => {
                Some(self.office(country, Office::Leader))
            }
            RoleKind::Title(
                Office::IoHead | Office::Other | Office::Minister | Office::Spokesperson,
            ) => None,
            RoleKind::Title(office) if !word.is_plural => {
                let acting = self.is_acting.then(|| self.acting(country, office));
                Some(
                    acting
                        .flatten()
                        .unwrap_or_else(|| self.office(country, office)),
                )
            }
            // "Russia's envoy" among those at the United Nations.
            RoleKind::Rank(_) if is_envoy(&word.phrase) && self.is_at_united_nations() => {
                Some(self.office(country, Office::AmbassadorUn))
            }
            _ => None,
        };
        let (entity, basis, confidence) = match held {
            Some(held) => (held.entity, held.basis, held.confidence),
            None => (self.part_of(country, word), Basis::Role, GOOD),
        };
        let entity = self.memory.add(entity);
        let titles = &mut self.memory.entity_mut(entity).titles;
        titles.push(word.phrase.to_string());
        (vec![entity], basis, confidence)
    }

    /// Says whether the article speaks of an ambassador to the United Nations.
    fn is_at_united_nations(&self) -> bool {
        let is_ambassador = |entity: &Entity| {
            let office = entity.actor.office.as_ref();
            office.is_some_and(|(_, office)| *office == Office::AmbassadorUn)
        };
        self.memory
            .latest(|entity, _| is_ambassador(entity))
            .is_some()
    }

    /// Returns the part of a state or society that a word names.
    fn part_of(&self, country: CountryCode, word: &RoleWord) -> Entity {
        let protests = word.phrase.contains("protest") || word.phrase.contains("demonstrat");
        let kind = match word.kind {
            RoleKind::Protesters => Some(ActorKind::Protesters),
            RoleKind::Opposition => Some(ActorKind::Opposition),
            _ if word.sector == Sector::Opp && protests => Some(ActorKind::Protesters),
            _ if word.sector == Sector::Opp => Some(ActorKind::Opposition),
            _ => None,
        };
        let actor = match kind {
            Some(kind) => MentionedActor::movement(self.lexicon, country, kind),
            None => MentionedActor::of_sector(self.lexicon, country, word.sector),
        };
        Entity {
            is_plural: word.is_plural || is_many(&word.phrase),
            ..Entity::new(actor)
        }
    }

    fn holders_of_organisation(
        &mut self,
        number: usize,
        word: &RoleWord,
    ) -> Option<(Vec<EntityIndex>, Basis, u16)> {
        let id = self.lexicon.organisations.get(number)?.id.clone();
        let mut actor = MentionedActor::organisation(self.lexicon, number)?;
        if let Some((entity, basis)) = self.head(&id, word) {
            return Some((vec![entity], basis, SURE));
        }
        let last = word.phrase.rsplit(' ').next();
        let is_chief = matches!(
            last,
            Some("leader" | "chief" | "chairman" | "head" | "president" | "commander")
        );
        let is_one = word.is_of_person() && !word.is_plural;
        if let Some(country) = actor.country.filter(|_| is_one && is_chief) {
            let of_country = |entity: &Entity| {
                entity.actor.id.kind() == ActorKind::Person && entity.actor.country == Some(country)
            };
            if let Some((entity, _)) = self.memory.latest(|entity, _| of_country(entity)) {
                return Some((vec![entity], Basis::Coreference, WEAK));
            }
        }
        let is_force = word.kind == RoleKind::Agent && word.sector == Sector::Mil;
        if is_force && actor.sector.is_none() {
            actor.sector = Some(Sector::Mil);
        }
        let entity = self.memory.add(Entity::new(actor));
        Some((vec![entity], Basis::Role, GOOD))
    }

    /// Returns the head of an organisation on the day, if the word names its head.
    pub(crate) fn head(&mut self, id: &ActorId, word: &RoleWord) -> Option<(EntityIndex, Basis)> {
        let offices: &[Office] = match word.kind {
            RoleKind::Title(Office::ForeignMinister | Office::ForeignPolicyChief) => {
                &[Office::ForeignPolicyChief]
            }
            RoleKind::Title(Office::President | Office::IoHead | Office::Leader)
            | RoleKind::Rank(None)
                if !word.is_plural
                    && (matches!(word.kind, RoleKind::Title(_))
                        || matches!(word.phrase.as_ref(), "chief" | "head" | "leader")) =>
            {
                &[
                    Office::IoHead,
                    Office::ArmedGroupLeader,
                    Office::PartyLeader,
                ]
            }
            RoleKind::Title(Office::ArmedGroupLeader | Office::PartyLeader) if !word.is_plural => {
                &[Office::ArmedGroupLeader, Office::PartyLeader]
            }
            _ => return None,
        };
        let (day, persons) = (self.day, &self.lexicon.persons);
        let heads = |entity: &Entity| {
            let person = entity.person.and_then(|index| persons.get(index));
            person.is_some_and(|person| {
                person.tenures.iter().any(|tenure| {
                    tenure.organisation == id.as_str()
                        && offices.contains(&tenure.office)
                        && day.is_none_or(|day| tenure.holds_on(day))
                })
            })
        };
        // Whom the article already introduced as its head.
        if let Some((entity, _)) = self.memory.latest(|entity, _| heads(entity)) {
            return Some((entity, Basis::Coreference));
        }
        let day = day?;
        let index = self.titled_head(id, word, offices, day)?;
        let entity = self
            .memory
            .add(Entity::person(self.lexicon, index, Some(day))?);
        let slug = ActorId::from_name(ActorKind::Office, &format!("{}-head", id.rest()));
        Some((
            entity,
            Basis::RoleByDate {
                office: slug,
                day: Some(day),
            },
        ))
    }

    /// Returns of those who lead an organisation on a day the one whose title fits the word best:
    /// the "chief" of the UN is its secretary-general, not the president of its assembly.
    fn titled_head(
        &self,
        id: &ActorId,
        word: &RoleWord,
        offices: &[Office],
        day: Day,
    ) -> Option<PersonIndex> {
        let last = word.phrase.rsplit([' ', '-']).next().unwrap_or_default();
        let fit = |tenure: &OfficeTenure| {
            let title = tenure.title.to_lowercase();
            let generic = [
                "secretary",
                "director",
                "commission",
                "high commissioner",
                "managing",
            ];
            let is_first =
                title.contains("secretary-general") || title.contains("secretary general");
            2 * i32::from(!last.is_empty() && title.contains(last))
                + 2 * i32::from(is_first)
                + i32::from(generic.iter().any(|part| title.contains(part)))
                - 4 * i32::from(
                    title.contains("under")
                        || title.contains("assistant")
                        || title.contains("special"),
                )
                - 2 * i32::from(
                    title.contains("assembly")
                        || title.contains("deputy")
                        || title.contains("judge"),
                )
        };
        let persons = &self.lexicon.persons;
        let heads = persons
            .of_organisation(id.as_str())
            .iter()
            .filter_map(|index| {
                let tenures = persons.get(*index)?.tenures.iter();
                let held = tenures.filter(|tenure| {
                    tenure.organisation == id.as_str()
                        && offices.contains(&tenure.office)
                        && tenure.holds_on(day)
                });
                held.map(|tenure| (fit(tenure), tenure.start, *index)).max()
            });
        heads.max().map(|(_, _, index)| index)
    }
}

/// "Police" and "military" take plural verbs and pronouns.
fn is_many(phrase: &str) -> bool {
    matches!(phrase, "police" | "authorities" | "forces" | "military")
}

fn is_envoy(phrase: &str) -> bool {
    matches!(phrase, "envoy" | "ambassador" | "representative")
}
