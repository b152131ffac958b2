//! Mentions: places in a sentence where an actor is meant.

use crate::lexicon::{Lexicon, Office, OfficeTenure, PersonIndex};
use crate::model::{
    ActorId, ActorKind, CountryCode, Day, Participant, Role, Sector, Span, Token, fold,
};

/// An actor as it is meant at one place, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) id: ActorId,
    pub(crate) name: String,
    pub(crate) country: Option<CountryCode>,
    pub(crate) sector: Option<Sector>,
    pub(crate) office: Option<(ActorId, Office)>,
    /// The folded surname of a person, by which the article may call them again.
    pub(crate) surname: String,
}

impl Resolved {
    /// A person of the dictionary with the office held on the day.
    pub(crate) fn person(lexicon: &Lexicon, index: PersonIndex, day: Option<Day>) -> Option<Self> {
        let person = lexicon.persons.get(index)?;
        let held = day.and_then(|day| person.tenure_on(day));
        let country = real_country(person.country_on(day));
        let office = held.and_then(|tenure| {
            let country = real_country(Some(tenure.country))?;
            Some((
                ActorId::office(country, tenure.office.slug()),
                tenure.office,
            ))
        });
        let sector = held
            .or(person.tenures.last())
            .map(|tenure| tenure.office.sector());
        let is_of_organisation = |tenure: &OfficeTenure| !tenure.organisation.is_empty();
        let country = if held.is_some_and(is_of_organisation) {
            None
        } else {
            country
        };
        Some(Self {
            id: person.id.clone(),
            name: person.name.clone(),
            country,
            sector,
            office,
            surname: fold(&person.surname),
        })
    }

    /// The state itself, or what stands for it.
    pub(crate) fn state(lexicon: &Lexicon, country: CountryCode, sector: Sector) -> Self {
        let id = ActorId::of_country(ActorKind::State, country);
        let name = lexicon
            .state(country)
            .map_or(country.as_str(), |state| &state.name)
            .to_owned();
        Self {
            id,
            name,
            country: Some(country),
            sector: Some(sector),
            office: None,
            surname: String::new(),
        }
    }

    /// The opposition, the protesters or the rebels of a country.
    pub(crate) fn of_country(
        lexicon: &Lexicon,
        country: CountryCode,
        kind: ActorKind,
        sector: Sector,
    ) -> Self {
        let state = lexicon
            .state(country)
            .map_or(country.as_str(), |state| &state.name);
        let (id, name) = match kind {
            ActorKind::Group => {
                let id = ActorId::from_name(kind, &format!("{country}-rebels"));
                (id, format!("Rebels of {state}"))
            }
            ActorKind::Opposition => (
                ActorId::of_country(kind, country),
                format!("Opposition of {state}"),
            ),
            _ => (
                ActorId::of_country(kind, country),
                format!("Protesters of {state}"),
            ),
        };
        Self {
            id,
            name,
            country: Some(country),
            sector: Some(sector),
            office: None,
            surname: String::new(),
        }
    }

    /// An office whose holder is not known.
    pub(crate) fn office(lexicon: &Lexicon, country: CountryCode, office: Office) -> Self {
        let id = ActorId::office(country, office.slug());
        let state = lexicon
            .state(country)
            .map_or(country.as_str(), |state| &state.name);
        let title = office.slug().replace('-', " ");
        Self {
            id: id.clone(),
            name: format!("{title} of {state}"),
            country: Some(country),
            sector: Some(office.sector()),
            office: Some((id, office)),
            surname: String::new(),
        }
    }

    /// An organisation, or the state that a ministry or building stands for.
    pub(crate) fn organisation(lexicon: &Lexicon, index: usize) -> Option<Self> {
        let organisation = lexicon.organisations.get(index)?;
        if organisation.id.kind() == ActorKind::State {
            let sector = organisation.sector.unwrap_or(Sector::Gov);
            return organisation
                .country
                .map(|country| Self::state(lexicon, country, sector));
        }
        let main = lexicon
            .organisations
            .iter()
            .find(|other| other.id == organisation.id);
        let is_union = organisation.id.as_str() == "igo:EU";
        let name = if is_union {
            "European Union"
        } else {
            &main.unwrap_or(organisation).name
        };
        Some(Self {
            id: organisation.id.clone(),
            name: name.to_owned(),
            country: real_country(organisation.country),
            sector: organisation.sector,
            office: None,
            surname: String::new(),
        })
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

    pub(crate) fn participant(&self, role: Role) -> Participant {
        Participant {
            actor: self.id.clone(),
            role,
            name: self.name.clone(),
            country: self.country,
            sector: self.sector,
            office: self.office.as_ref().map(|(id, _)| id.clone()),
        }
    }
}

/// `INT` and `EUE` stand for no country.
pub(crate) fn real_country(country: Option<CountryCode>) -> Option<CountryCode> {
    country.filter(|country| !matches!(country.as_str(), "INT" | "EUE"))
}

/// How an actor is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By name.
    Name,
    /// By what it is ("the Russian leader").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The words that name it.
    pub(crate) words: Span<Token>,
    /// Who is meant; several for "the two presidents".
    pub(crate) actors: Vec<Resolved>,
    pub(crate) kind: Kind,
    /// Whether it names where something takes place ("in Moscow").
    pub(crate) is_place: bool,
    /// Whether it owns what follows ("Putin's envoy", "his envoy").
    pub(crate) is_possessive: bool,
}

impl Found {
    /// Says whether it names a state as a whole.
    pub(crate) fn is_state(&self) -> bool {
        self.actors
            .iter()
            .all(|actor| actor.id.kind() == ActorKind::State)
    }
}
