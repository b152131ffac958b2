//! Offices and role words of the user's dictionary.

use crate::lexicon::with_user::{Applied, USER_FILE};
use crate::lexicon::{
    AgentEntry, OfficeTenure, Organisation, Phrase, RoleEntry, RoleKind, RoleWord, Text,
    UserMeaning,
};
use crate::lexicon::{Office, PersonIndex};
use crate::model::{ActorId, ActorKind, CountryCode, Day, Sector, fold};

impl Applied {
    /// Gives an actor a stretch of time in an office, or of standing for a country.
    pub(super) fn role(&mut self, role: &RoleEntry) {
        let id = self.meant(&role.id);
        if id.kind() != ActorKind::Person {
            self.set_standing_if_new(&id, role);
            return;
        }
        let name = id.rest().replace('-', " ");
        let index = self.person(&id, &name);
        let origin = self.origin();
        let Some(person) = self.lexicon.persons.get_mut(index) else {
            return;
        };
        let last = person.tenures.last().map(|tenure| tenure.country);
        let mut tenure = OfficeTenure {
            country: role.country.or(last).unwrap_or(CountryCode::INTERNATIONAL),
            office: role.office.unwrap_or(Office::Other),
            title: role
                .title
                .as_ref()
                .map_or_else(Text::default, |title| title.as_str().to_owned().into()),
            start: role.start,
            end: role.end,
            organisation: Text::default(),
            sector: role.sector,
            origin,
        };
        // What the user says of the same office at the same time stands in the place of what was
        // known.
        if tenure.office != Office::Other {
            person.tenures.retain(|known| {
                let is_replaced = is_bundled(known)
                    && known.country == tenure.country
                    && known.office == tenure.office
                    && overlap(known, &tenure);
                if is_replaced {
                    tenure.organisation.clone_from(&known.organisation);
                    tenure.start = tenure.start.or(known.start);
                    if tenure.title.is_empty() {
                        tenure.title.clone_from(&known.title);
                    }
                }
                !is_replaced
            });
        }
        person.tenures.push(tenure.clone());
        self.end_others(index, &tenure);
    }

    /// Ends what the bundled dictionaries say of others in an office that one person holds.
    fn end_others(&mut self, index: PersonIndex, tenure: &OfficeTenure) {
        if !tenure.office.is_held_by_one() || tenure.country == CountryCode::INTERNATIONAL {
            return;
        }
        let holders = self.lexicon.persons.holders(tenure.country, tenure.office);
        let others = holders.iter().copied().filter(|other| *other != index);
        for other in others.collect::<Vec<_>>() {
            if let Some(person) = self.lexicon.persons.get_mut(other) {
                let known = std::mem::take(&mut person.tenures);
                person.tenures = known
                    .into_iter()
                    .flat_map(|known| without(known, tenure))
                    .collect();
            }
        }
    }

    /// An organisation has no tenures: its role tells country and sector where these are missing.
    fn set_standing_if_new(&mut self, id: &ActorId, role: &RoleEntry) {
        let row = self.row_mut(id);
        if let Some(row) = row {
            row.country = row.country.or(role.country);
            row.sector = row.sector.or(role.sector);
        }
    }

    /// Adds a role word and its plural.
    pub(super) fn agent(&mut self, agent: &AgentEntry) {
        if let Some(country) = agent.country {
            self.agent_of_country(agent, country);
            return;
        }
        self.role_word(agent.phrase.as_str(), agent.sector, false);
        if let Some(plural) = &agent.plural {
            self.role_word(plural.as_str(), agent.sector, true);
        }
    }

    fn role_word(&mut self, phrase: &str, sector: Sector, is_plural: bool) {
        let folded = fold(phrase).replace('-', " ");
        let known = self.roles.get(&folded).copied();
        let last = folded.rsplit(' ').next().unwrap_or_default();
        let is_of_person = |number: &usize| {
            let word = self.lexicon.roles.get(*number);
            word.is_some_and(RoleWord::is_of_person)
        };
        // "harbour minister" stands before a name, as "minister" does.
        let like = known.or_else(|| self.roles.get(last).copied());
        let kind = if !is_plural && like.as_ref().is_some_and(is_of_person) {
            RoleKind::Rank(None)
        } else {
            RoleKind::Agent
        };
        let word = RoleWord {
            phrase: folded.clone().into(),
            kind,
            sector,
            is_plural,
            line: 0,
        };
        match known.and_then(|number| self.lexicon.roles.get_mut(number)) {
            // An office stays one.
            Some(known) if known.sector == sector => {}
            Some(known) => *known = word,
            None => {
                self.roles.insert(folded, self.lexicon.roles.len());
                self.lexicon.roles.push(word);
            }
        }
        self.decide(phrase, UserMeaning::Role);
    }

    /// "Carabinieri": the phrase brings its country with it.
    fn agent_of_country(&mut self, agent: &AgentEntry, country: CountryCode) {
        let id = if agent.sector.is_of_state() {
            ActorId::of_country(ActorKind::State, country)
        } else {
            ActorId::of_sector(country, agent.sector)
        };
        let plural = agent.plural.iter();
        let plural: Vec<&str> = plural.map(Phrase::as_str).collect();
        self.add_row(Organisation {
            id: id.clone(),
            name: agent.phrase.as_str().to_owned().into(),
            aliases: plural
                .iter()
                .map(|text| (*text).to_owned().into())
                .collect(),
            sector: Some(agent.sector),
            country: Some(country),
            line: 0,
        });
        for text in plural.into_iter().chain([agent.phrase.as_str()]) {
            self.decide(text, UserMeaning::Actor(id.clone()));
        }
    }
}

fn is_bundled(tenure: &OfficeTenure) -> bool {
    tenure.origin.file != USER_FILE
}

fn overlap(one: &OfficeTenure, other: &OfficeTenure) -> bool {
    let begins_before = |start: Option<Day>, end: Option<Day>| match (start, end) {
        (Some(start), Some(end)) => start < end,
        _ => true,
    };
    begins_before(one.start, other.end) && begins_before(other.start, one.end)
}

/// Returns what is left of a bundled tenure outside of the user's.
fn without(known: OfficeTenure, user: &OfficeTenure) -> Vec<OfficeTenure> {
    let is_other = !is_bundled(&known)
        || known.country != user.country
        || known.office != user.office
        || !overlap(&known, user);
    if is_other {
        return vec![known];
    }
    let mut left = Vec::new();
    if let Some(start) = user.start
        && known.start.is_none_or(|known| known < start)
    {
        left.push(OfficeTenure {
            end: Some(start),
            ..known.clone()
        });
    }
    if let Some(end) = user.end
        && known.end.is_none_or(|known| end < known)
    {
        left.push(OfficeTenure {
            start: Some(end),
            ..known
        });
    }
    left
}
