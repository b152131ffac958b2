//! Actors as they are meant at one place, on one day.

use crate::lexicon::{Gender, Lexicon, Office, OfficeTenure, PersonIndex};
use crate::model::{ActorId, ActorKind, CountryCode, Day, Sector, fold};

/// An actor as it is meant at one place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionedActor {
    /// Who it is.
    pub id: ActorId,
    /// The name for people.
    pub name: String,
    /// The country it acts for on the day, if one.
    pub country: Option<CountryCode>,
    /// Its sector on the day.
    pub sector: Option<Sector>,
    /// The office that it holds on the day, or by which the text calls it.
    pub office: Option<(ActorId, Office)>,
}

impl MentionedActor {
    /// A person of the dictionary with the office held on the day.
    pub(crate) fn person(lexicon: &Lexicon, index: PersonIndex, day: Option<Day>) -> Option<Self> {
        let person = lexicon.persons.get(index)?;
        let held = day.and_then(|day| person.tenure_on(day));
        let near = person.tenure_near(day);
        let office = held.filter(|tenure| tenure.is_office());
        let office = office.and_then(|tenure| {
            let country = real_country(Some(tenure.country))?;
            let id = ActorId::office(country, tenure.office.slug());
            Some((id, tenure.office))
        });
        let is_of_organisation = |tenure: &OfficeTenure| {
            !tenure.organisation.is_empty() && tenure.office == Office::IoHead
        };
        let country = real_country(person.country_on(day));
        let sector = match (held, day) {
            (Some(tenure), _) => tenure.known_sector(),
            // Out of office: no longer of the government.
            (None, Some(day)) if ended_before(near, day) => Some(Sector::Eli),
            _ => near.and_then(OfficeTenure::known_sector),
        };
        Some(Self {
            id: person.id.clone(),
            name: person.name.clone().into_owned(),
            country: country.filter(|_| !held.is_some_and(is_of_organisation)),
            sector,
            office,
        })
    }

    /// The state itself, or what stands for it; another actor if the user merged the state into one.
    pub(crate) fn state(lexicon: &Lexicon, country: CountryCode, sector: Sector) -> Self {
        let own = ActorId::of_country(ActorKind::State, country);
        let into = lexicon.user_names().merged_into(&own);
        if let Some(into) = into.filter(|into| into.kind() == ActorKind::State)
            && let Ok(other) = CountryCode::parse(into.rest())
        {
            return Self::state(lexicon, other, sector);
        }
        Self {
            name: into.map_or_else(
                || state_name(lexicon, country),
                |into| name_of(lexicon, into),
            ),
            id: into.unwrap_or(&own).clone(),
            country: real_country(Some(country)),
            sector: Some(sector),
            office: None,
        }
    }

    /// What belongs to a sector of a country: the state for sectors of government, else a part of
    /// society.
    pub(crate) fn of_sector(lexicon: &Lexicon, country: CountryCode, sector: Sector) -> Self {
        if sector.is_of_state() {
            return Self::state(lexicon, country, sector);
        }
        Self {
            id: ActorId::of_sector(country, sector),
            name: format!("{} ({sector})", state_name(lexicon, country)),
            country: Some(country),
            sector: Some(sector),
            office: None,
        }
    }

    /// The opposition or the protesters of a country.
    pub(crate) fn movement(lexicon: &Lexicon, country: CountryCode, kind: ActorKind) -> Self {
        let state = state_name(lexicon, country);
        let name = match kind {
            ActorKind::Opposition => format!("Opposition of {state}"),
            _ => format!("Protesters of {state}"),
        };
        Self {
            id: ActorId::of_country(kind, country),
            name,
            country: Some(country),
            sector: Some(Sector::Opp),
            office: None,
        }
    }

    /// An office whose holder is not known.
    pub(crate) fn office(lexicon: &Lexicon, country: CountryCode, office: Office) -> Self {
        let id = ActorId::office(country, office.slug());
        let title = office.slug().replace('-', " ");
        Self {
            id: id.clone(),
            name: format!("{title} of {}", state_name(lexicon, country)),
            country: Some(country),
            sector: Some(office.sector()),
            office: Some((id, office)),
        }
    }

    /// An organisation, or the state that a ministry or building stands for.
    pub(crate) fn organisation(lexicon: &Lexicon, index: usize) -> Option<Self> {
        let organisation = lexicon.organisations.get(index)?;
        match (organisation.id.kind(), organisation.country) {
            (ActorKind::State, Some(country)) => {
                let sector = organisation.sector.unwrap_or(Sector::Gov);
                Some(Self::state(lexicon, country, sector))
            }
            (ActorKind::Sector, Some(country)) => {
                let sector = organisation.sector.unwrap_or(Sector::Cvl);
                Some(Self {
                    name: organisation.name.clone().into_owned(),
                    ..Self::of_sector(lexicon, country, sector)
                })
            }
            _ => {
                // Rows of one id name one actor, and stand together: its name is that of the first.
                let before = lexicon.organisations.get(..=index)?.iter().rev();
                let own = before.take_while(|other| other.id == organisation.id);
                let named = own.last().unwrap_or(organisation);
                Some(Self {
                    id: organisation.id.clone(),
                    name: named.name.clone().into_owned(),
                    country: real_country(organisation.country),
                    sector: organisation.sector,
                    office: None,
                })
            }
        }
    }

    /// A person whom no dictionary knows.
    pub(crate) fn new_person(name: &str) -> Self {
        Self {
            id: ActorId::from_name(ActorKind::Person, name),
            name: name.to_owned(),
            country: None,
            sector: None,
            office: None,
        }
    }

    /// Says whether two actors belong to one government, whose inner dealings are no events.
    pub(crate) fn is_of_one_government(&self, other: &Self) -> bool {
        let is_of_state = |actor: &Self| {
            actor.id.kind() == ActorKind::State
                || actor
                    .sector
                    .is_none_or(|s| s.is_of_state() || s == Sector::Leg)
        };
        self.country.is_some()
            && self.country == other.country
            && is_of_state(self)
            && is_of_state(other)
    }

    /// Says whether it is a human being, or the office of one.
    pub(crate) fn is_person(&self) -> bool {
        matches!(self.id.kind(), ActorKind::Person | ActorKind::Office)
    }
}

fn ended_before(tenure: Option<&OfficeTenure>, day: Day) -> bool {
    tenure.is_some_and(|tenure| tenure.end.is_some_and(|end| end <= day))
}

fn state_name(lexicon: &Lexicon, country: CountryCode) -> String {
    let state = lexicon.state(country);
    state
        .map_or(country.as_str(), |state| &state.name)
        .to_owned()
}

/// Returns the name of a person or an organisation; of others what their ids say.
fn name_of(lexicon: &Lexicon, id: &ActorId) -> String {
    let person = lexicon.persons.find(id);
    if let Some(person) = person.and_then(|index| lexicon.persons.get(index)) {
        return person.name.clone().into_owned();
    }
    let mut organisations = lexicon.organisations.iter();
    let organisation = organisations.find(|organisation| organisation.id == *id);
    organisation.map_or(id.rest(), |row| &row.name).to_owned()
}

/// `INT` and `EUE` stand for no country.
pub(crate) fn real_country(country: Option<CountryCode>) -> Option<CountryCode> {
    country.filter(|country| !matches!(country.as_str(), "INT" | "EUE"))
}

/// An actor of an article with what later words can call it by.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) actor: MentionedActor,
    pub(crate) person: Option<PersonIndex>,
    pub(crate) gender: Option<Gender>,
    /// Whether it is several ("warplanes", "rebels").
    pub(crate) is_plural: bool,
    /// Folded units of names by which it is called again: surname, given name.
    pub(crate) surname: String,
    pub(crate) given: String,
    /// The units of its full name with single spaces between.
    pub(crate) full: String,
    /// Folded role words that the article gave it.
    pub(crate) titles: Vec<String>,
    /// Whether it is an actor: experts and strangers are remembered, so that "he" is not taken for
    /// another.
    pub(crate) is_actor: bool,
    pub(crate) count: usize,
}

impl Entity {
    pub(crate) fn new(actor: MentionedActor) -> Self {
        Self {
            actor,
            person: None,
            gender: None,
            is_plural: false,
            surname: String::new(),
            given: String::new(),
            full: String::new(),
            titles: Vec::new(),
            is_actor: true,
            count: 0,
        }
    }

    /// A person of the dictionary.
    pub(crate) fn person(lexicon: &Lexicon, index: PersonIndex, day: Option<Day>) -> Option<Self> {
        let person = lexicon.persons.get(index)?;
        let name = fold(&person.name).replace('-', " ");
        let given = name.split(' ').next().unwrap_or_default().to_owned();
        Some(Self {
            person: Some(index),
            gender: person.gender.or_else(|| lexicon.given_names.gender(&given)),
            surname: crate::mention::unit::spaced(&person.surname),
            full: crate::mention::unit::spaced(&person.name),
            given,
            ..Self::new(MentionedActor::person(lexicon, index, day)?)
        })
    }
}
