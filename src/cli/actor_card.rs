//! All that is known of one actor.

use demarche::graph::{ContactsQuestion, Filter, Graph, Scope, default_level};
use demarche::lexicon::{Lexicon, OfficeTenure, Organisation, Person, State};
use demarche::model::{ActorId, ActorKind, CountryCode, Day};
use serde::Serialize;

use crate::cli::actor_name::dictionary_name;
use crate::cli::directory::Directory;
use crate::cli::output::counted;

/// How many partners are shown.
const PARTNERS_MAX: usize = 10;

/// An actor of the dictionaries, and of the store if there is one.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ActorCard {
    id: String,
    name: String,
    kind: &'static str,
    country: Option<String>,
    sector: Option<String>,
    aliases: Vec<String>,
    /// Ministries, agencies and buildings that stand for a state.
    stand_ins: Vec<String>,
    state: Option<StateCard>,
    /// Offices that a person held; those who held an office, or headed an organisation.
    roles: Vec<RoleCard>,
    /// Groups of a state, members of a group.
    memberships: Vec<MembershipCard>,
    merged: Vec<String>,
    /// `own` for what the user added or corrected, `bundled`, or nothing for the store alone.
    dictionary: Option<&'static str>,
    source: Option<String>,
    events: Option<usize>,
    partners: Vec<PartnerCard>,
}

/// What only states have.
#[derive(Debug, Serialize)]
struct StateCard {
    iso2: String,
    iso3: String,
    cow: Vec<u16>,
    gleditsch_ward: Vec<u16>,
    region: String,
    adjectives: Vec<String>,
    capital: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    un_from: Option<String>,
    un_to: Option<String>,
}

#[derive(Debug, Serialize)]
struct RoleCard {
    /// Who holds it, where the card is that of an office or organisation.
    holder: Option<String>,
    /// Nothing where the user says no more than whom it stands for.
    office: Option<&'static str>,
    title: String,
    country: Option<String>,
    organisation: Option<String>,
    sector: Option<String>,
    from: Option<String>,
    to: Option<String>,
    source: String,
}

#[derive(Debug, Serialize)]
struct MembershipCard {
    group: String,
    member: String,
    /// The name of the other: the group for a state, the member for a group.
    name: String,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct PartnerCard {
    id: String,
    name: String,
    contacts: usize,
    first: Option<String>,
    last: Option<String>,
}

impl ActorCard {
    pub(crate) fn new(id: &ActorId, directory: &Directory, graph: Option<&Graph>) -> Self {
        let lexicon = directory.lexicon();
        let known = directory.get(id);
        let name = known.map(|known| known.name.clone());
        let mut card = Self {
            id: id.to_string(),
            name: name
                .or_else(|| dictionary_name(lexicon, id))
                .or_else(|| graph.map(|graph| graph.name(id)))
                .unwrap_or_default(),
            kind: id.kind().name(),
            country: known.and_then(|known| Some(known.country?.to_string())),
            sector: known.and_then(|known| Some(known.sector?.to_string())),
            merged: directory.merged_with(id).map(ActorId::to_string).collect(),
            dictionary: known.map(|known| if known.is_of_user { "own" } else { "bundled" }),
            ..Self::default()
        };
        match id.kind() {
            ActorKind::Person => card.learn_person(id, lexicon),
            ActorKind::State | ActorKind::Country => card.learn_state(id, directory),
            ActorKind::Office => card.learn_office(id, lexicon),
            _ => card.learn_organisation(id, lexicon),
        }
        card.aliases.dedup();
        if let Some(graph) = graph {
            card.events = Some(graph.events_of(id));
            card.partners = partners(id, graph);
        }
        card
    }

    fn learn_person(&mut self, id: &ActorId, lexicon: &Lexicon) {
        let index = lexicon.persons.find(id);
        let Some(person) = index.and_then(|index| lexicon.persons.get(index)) else {
            return;
        };
        self.aliases.extend(texts(&person.spellings));
        let tenures = person.tenures.iter();
        self.roles.extend(tenures.map(|tenure| role(tenure, None)));
    }

    fn learn_state(&mut self, id: &ActorId, directory: &Directory) {
        let lexicon = directory.lexicon();
        let country = CountryCode::parse(id.rest()).ok();
        let Some(state) = country.and_then(|country| lexicon.state(country)) else {
            return;
        };
        self.aliases.extend(texts(&state.other_names));
        let stand_ins = rows(lexicon, id).map(|row| row.name.to_string());
        self.stand_ins.extend(stand_ins);
        self.source = Some(source("data/actors/states.tsv", state.line));
        self.state = Some(StateCard::new(state));
        for group in lexicon.memberships.groups() {
            let stretches = lexicon.memberships.of_group(group).iter();
            for member in stretches.filter(|member| member.country == state.country) {
                self.memberships.push(MembershipCard {
                    group: group.to_string(),
                    member: state.country.to_string(),
                    name: directory
                        .get(group)
                        .map_or_else(String::new, |known| known.name.clone()),
                    from: shown(member.start),
                    to: last_day(member.end),
                });
            }
        }
    }

    /// Those who held an office, by its id such as `office:IRN-president`.
    fn learn_office(&mut self, id: &ActorId, lexicon: &Lexicon) {
        let Some((country, slug)) = id.rest().split_once('-') else {
            return;
        };
        self.country = Some(country.to_owned());
        let fits = |tenure: &OfficeTenure| {
            tenure.country.as_str() == country && tenure.office.slug() == slug
        };
        self.learn_holders(lexicon, fits);
    }

    fn learn_organisation(&mut self, id: &ActorId, lexicon: &Lexicon) {
        for row in rows(lexicon, id) {
            self.aliases.extend(names(row));
            if self.source.is_none() {
                self.source = Some(source("data/actors/organisations.tsv", row.line));
            }
        }
        let name = std::mem::take(&mut self.name);
        self.aliases.retain(|alias| *alias != name);
        self.name = name;
        for member in lexicon.memberships.of_group(id) {
            self.memberships.push(MembershipCard {
                group: id.to_string(),
                member: member.country.to_string(),
                name: lexicon
                    .state(member.country)
                    .map_or_else(String::new, |state| state.name.to_string()),
                from: shown(member.start),
                to: last_day(member.end),
            });
        }
        self.learn_holders(lexicon, |tenure| tenure.organisation == id.as_str());
    }

    fn learn_holders(&mut self, lexicon: &Lexicon, fits: impl Fn(&OfficeTenure) -> bool) {
        for (_, person) in lexicon.persons.iter() {
            let tenures = person.tenures.iter().filter(|tenure| fits(tenure));
            self.roles
                .extend(tenures.map(|tenure| role(tenure, Some(person))));
        }
        self.roles.sort_by(|a, b| a.from.cmp(&b.from));
    }

    /// Returns what is known as pairs of a label and a text.
    pub(crate) fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![
            ("name", self.name.clone()),
            ("id", self.id.clone()),
            ("kind", self.kind.to_owned()),
        ];
        let mut add = |what, value: Option<String>| {
            lines.extend(
                value
                    .filter(|value| !value.is_empty())
                    .map(|value| (what, value)),
            );
        };
        add(
            "country",
            self.country.clone().filter(|_| self.state.is_none()),
        );
        add("sector", self.sector.clone());
        if let Some(state) = &self.state {
            for (what, value) in state.lines() {
                add(what, Some(value));
            }
        }
        add("aliases", Some(self.aliases.join("; ")));
        add("stand-ins", Some(self.stand_ins.join("; ")));
        for role in &self.roles {
            add("role", Some(role.line()));
        }
        for membership in &self.memberships {
            let other = if membership.group == self.id {
                &membership.member
            } else {
                &membership.group
            };
            let span = span(membership.from.as_deref(), membership.to.as_deref());
            let name = &membership.name;
            add("member", Some(format!("{span} {name} ({other})")));
        }
        add("merged", Some(self.merged.join("; ")));
        add("dictionary", self.dictionary.map(str::to_owned));
        add("source", self.source.clone());
        add("events", self.events.map(|events| events.to_string()));
        for partner in &self.partners {
            add("partner", Some(partner.line()));
        }
        lines
    }
}

impl StateCard {
    fn new(state: &State) -> Self {
        Self {
            iso2: state.iso2.to_string(),
            iso3: state.country.to_string(),
            cow: state.cow.clone(),
            gleditsch_ward: state.gleditsch_ward.clone(),
            region: state.region.to_string(),
            adjectives: texts(&state.adjectives).collect(),
            capital: texts(&state.capitals).collect(),
            from: shown(state.start),
            to: last_day(state.end),
            un_from: shown(state.un_start),
            un_to: last_day(state.un_end),
        }
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let numbers = |numbers: &[u16]| {
            let numbers: Vec<String> = numbers.iter().map(u16::to_string).collect();
            numbers.join("; ")
        };
        let given = |what, from: Option<&str>, to: Option<&str>| match (from, to) {
            (None, None) => (what, String::new()),
            _ => (what, span(from, to)),
        };
        vec![
            ("iso", format!("{} {}", self.iso3, self.iso2)),
            ("cow", numbers(&self.cow)),
            ("gw", numbers(&self.gleditsch_ward)),
            ("region", self.region.clone()),
            ("adjective", self.adjectives.join("; ")),
            ("capital", self.capital.join("; ")),
            given("existed", self.from.as_deref(), self.to.as_deref()),
            given("in the UN", self.un_from.as_deref(), self.un_to.as_deref()),
        ]
    }
}

impl RoleCard {
    fn line(&self) -> String {
        let of = self.organisation.as_ref().or(self.country.as_ref());
        let what = match (self.office, self.title.as_str()) {
            (None, _) => self.sector.clone().unwrap_or_else(|| "citizen".to_owned()),
            (Some(office), "") => office.replace('_', " "),
            (Some(office), title) => format!("{title} ({office})"),
        };
        let told = [
            Some(span(self.from.as_deref(), self.to.as_deref())),
            self.holder.as_ref().map(|holder| format!("{holder},")),
            Some(what),
            of.map(|of| format!("of {of}")),
            Some(format!("· {}", self.source)),
        ];
        told.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl PartnerCard {
    fn line(&self) -> String {
        let dates = match (&self.first, &self.last) {
            (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
            (Some(day), _) | (_, Some(day)) => format!(", {day}"),
            (None, None) => String::new(),
        };
        let contacts = counted(self.contacts, "contact");
        format!("{} ({}): {contacts}{dates}", self.name, self.id)
    }
}

fn partners(id: &ActorId, graph: &Graph) -> Vec<PartnerCard> {
    let question = ContactsQuestion {
        actor: id.clone(),
        with: None,
        level: default_level(&[id]),
        filter: Filter {
            scope: Scope::Contacts,
            ..Filter::default()
        },
    };
    let rows = graph.contacts(&question).rows.into_iter();
    rows.take(PARTNERS_MAX)
        .map(|row| PartnerCard {
            id: row.partner.to_string(),
            name: row.name,
            contacts: row.events,
            first: row.first.map(|date| date.to_string()),
            last: row.last.map(|date| date.to_string()),
        })
        .collect()
}

fn role(tenure: &OfficeTenure, holder: Option<&Person>) -> RoleCard {
    let organisation = Some(tenure.organisation.to_string());
    RoleCard {
        holder: holder.map(|person| person.name.to_string()),
        office: tenure.is_office().then(|| tenure.office.name()),
        title: tenure.title.to_string(),
        country: Some(tenure.country)
            .filter(|country| *country != CountryCode::INTERNATIONAL)
            .map(|country| country.to_string()),
        organisation: organisation.filter(|organisation| !organisation.is_empty()),
        sector: tenure.known_sector().map(|sector| sector.to_string()),
        from: shown(tenure.start),
        to: last_day(tenure.end),
        source: source(tenure.origin.file, tenure.origin.line),
    }
}

/// Returns the rows of an organisation, or of what stands for a state.
fn rows<'a>(lexicon: &'a Lexicon, id: &'a ActorId) -> impl Iterator<Item = &'a Organisation> {
    lexicon
        .organisations
        .iter()
        .filter(move |row| row.id == *id)
}

fn names(row: &Organisation) -> impl Iterator<Item = String> {
    std::iter::once(&row.name)
        .chain(&row.aliases)
        .map(ToString::to_string)
}

fn texts<'a>(
    texts: impl IntoIterator<Item = &'a demarche::lexicon::Text>,
) -> impl Iterator<Item = String> {
    texts.into_iter().map(ToString::to_string)
}

/// Returns the last day before an end.
fn last_day(end: Option<Day>) -> Option<String> {
    shown(end.map(|end| end.plus(-1)))
}

fn shown(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// `2024-07-28 to 2026-01-31`, `from 2024-07-28`, `until 2026-01-31`.
fn span(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "at any time".to_owned(),
    }
}

/// Where a dictionary says it.
fn source(file: &str, line: usize) -> String {
    match (file, line) {
        (_, 0) => "user's dictionary".to_owned(),
        ("user", line) => format!("user's dictionary, line {line}"),
        (file, line) => format!("{file}:{line}"),
    }
}
