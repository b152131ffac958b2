//! The dictionaries as the user's dictionary changes them.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::lexicon::{
    Entry, Lexicon, NotActor, Office, OfficeTenure, Organisation, Origin, Person, PersonIndex,
    State, Text, UserDictionary, UserMeaning, UserNames,
};
use crate::model::{ActorId, ActorKind, CountryCode, Sector, fold};

/// The name by which tenures and names of the user say where they stand.
pub(crate) const USER_FILE: &str = "user";

impl Lexicon {
    /// Returns these dictionaries with the user's entries applied, one after the other.
    ///
    /// A name that the user gives an actor means that one alone; an office that the user says
    /// someone held is no longer held by others at that time. The version changes with the text of
    /// the user's dictionary; an empty one changes nothing.
    ///
    /// # Complexity
    /// A copy of the dictionaries, a few milliseconds, and little for each entry; the first time also
    /// the ways to find the bundled persons, some ten milliseconds.
    ///
    /// # Examples
    /// ```
    /// use demarche::lexicon::{Lexicon, UserDictionary};
    /// use demarche::model::ActorId;
    ///
    /// let text = "# demarche dictionary 1\nactor\tperson:mara-dovrin\tMara Dovrin\tNOR\tGOV\n";
    /// let user = UserDictionary::parse("mine.tsv", text)?;
    /// let lexicon = Lexicon::bundled()?.with_user(&user);
    /// let id = ActorId::parse("person:mara-dovrin").unwrap();
    /// assert!(lexicon.persons.find(&id).is_some());
    /// # Ok::<(), demarche::lexicon::LexiconError>(())
    /// ```
    #[must_use]
    pub fn with_user(&self, user: &UserDictionary) -> Self {
        if user.is_empty() {
            return self.clone();
        }
        // What the entries say of offices changes what was bundled, not what they said before.
        self.persons.settle();
        let mut applied = Applied::new(self.clone());
        // The first line of the text is its header.
        for (line, entry) in (2..).zip(user.entries()) {
            applied.line = line;
            applied.apply(entry);
        }
        let mut lexicon = applied.finish();
        lexicon.version = OnceLock::from(self.version().with(&user.to_text()));
        lexicon
    }

    /// Returns what the user decided of names.
    #[must_use]
    pub const fn user_names(&self) -> &UserNames {
        &self.user_names
    }
}

/// A lexicon to which entries are being applied.
pub(super) struct Applied {
    pub(super) lexicon: Lexicon,
    /// The first row of each organisation.
    rows: HashMap<ActorId, usize>,
    /// Role words by folded phrase.
    pub(super) roles: HashMap<String, usize>,
    /// Those who were merged into others.
    gone: BTreeSet<ActorId>,
    /// The line of the entry at hand.
    pub(super) line: usize,
}

impl Applied {
    fn new(lexicon: Lexicon) -> Self {
        let mut rows = HashMap::new();
        for (number, row) in lexicon.organisations.iter().enumerate() {
            rows.entry(row.id.clone()).or_insert(number);
        }
        let roles = lexicon.roles.iter().enumerate();
        Self {
            roles: roles
                .map(|(number, word)| (word.phrase.to_string(), number))
                .collect(),
            rows,
            lexicon,
            gone: BTreeSet::new(),
            line: 0,
        }
    }

    fn finish(self) -> Lexicon {
        let mut lexicon = self.lexicon;
        let gone = self.gone;
        lexicon.organisations.retain(|row| !gone.contains(&row.id));
        lexicon.persons.remove(&gone);
        lexicon.persons.index();
        lexicon
    }

    fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::Actor {
                id,
                name,
                country,
                sector,
            } => {
                let name = name.to_string();
                if self.gone.contains(id) {
                    return self.give(&name, &self.meant(id));
                }
                self.ensure(id, &name);
                self.rename(id, &name);
                self.give(&name, id);
                self.set_standing(id, *country, *sector);
            }
            Entry::Alias { id, text } => {
                let id = self.meant(id);
                self.ensure(&id, text.as_str());
                self.give(text.as_str(), &id);
            }
            Entry::Unalias { id, text } => self.take(text.as_str(), &self.meant(id)),
            Entry::Role(role) => self.role(role),
            Entry::Agent(agent) => self.agent(agent),
            Entry::Discard { phrase } => self.discard(phrase.as_str(), false),
            Entry::DiscardStory { phrase } => self.discard(phrase.as_str(), true),
            Entry::Merge { id, into } => self.merge(id, &self.meant(into)),
            Entry::Split { id, text, new } => {
                self.take(text.as_str(), &self.meant(id));
                let new = self.meant(new);
                self.ensure(&new, text.as_str());
                self.give(text.as_str(), &new);
            }
        }
    }

    /// Returns the actor that an id means after the merges so far.
    pub(super) fn meant(&self, id: &ActorId) -> ActorId {
        let into = self.lexicon.user_names.merged_into(id);
        into.unwrap_or(id).clone()
    }

    /// Makes sure that an actor is known; a new one gets a name.
    fn ensure(&mut self, id: &ActorId, name: &str) {
        match id.kind() {
            ActorKind::Person => {
                self.person(id, name);
            }
            ActorKind::State => {
                if let Ok(country) = CountryCode::parse(id.rest())
                    && self.lexicon.state(country).is_none()
                {
                    self.lexicon.states.push(State::named(country, name));
                }
            }
            _ => {
                if !self.rows.contains_key(id) {
                    let code = id.rest().split('-').next().unwrap_or_default();
                    let country = CountryCode::parse(code).ok();
                    self.add_row(Organisation {
                        id: id.clone(),
                        name: name.to_owned().into(),
                        aliases: Vec::new(),
                        sector: sector_of_id(id),
                        country: country.filter(|_| is_of_country(id.kind())),
                        line: 0,
                    });
                }
            }
        }
    }

    pub(super) fn person(&mut self, id: &ActorId, name: &str) -> PersonIndex {
        let known = self.lexicon.persons.find(id);
        known.unwrap_or_else(|| {
            self.lexicon.persons.push(Person {
                id: id.clone(),
                name: name.to_owned().into(),
                surname: surname_of(name).into(),
                spellings: Vec::new(),
                gender: None,
                tenures: Vec::new(),
            })
        })
    }

    pub(super) fn add_row(&mut self, row: Organisation) {
        let number = self.lexicon.organisations.len();
        self.rows.entry(row.id.clone()).or_insert(number);
        self.lexicon.organisations.push(row);
    }

    /// Returns the usual name of an actor and its other names.
    fn names_of(&mut self, id: &ActorId) -> Option<(&mut Text, &mut Vec<Text>)> {
        let lexicon = &mut self.lexicon;
        match id.kind() {
            ActorKind::Person => {
                let index = lexicon.persons.find(id)?;
                let person = lexicon.persons.get_mut(index)?;
                Some((&mut person.name, &mut person.spellings))
            }
            ActorKind::State => {
                let mut states = lexicon.states.iter_mut();
                let state = states.find(|state| state.country.as_str() == id.rest())?;
                Some((&mut state.name, &mut state.other_names))
            }
            _ => {
                let row = self.rows.get(id)?;
                let row = lexicon.organisations.get_mut(*row)?;
                Some((&mut row.name, &mut row.aliases))
            }
        }
    }

    /// Gives an actor another usual name; the one before stays as one of its names.
    fn rename(&mut self, id: &ActorId, name: &str) {
        let Some((usual, others)) = self.names_of(id) else {
            return;
        };
        if usual != name {
            let before = std::mem::replace(usual, name.to_owned().into());
            others.retain(|other| other != name);
            others.push(before);
        }
        if let Some(index) = self.lexicon.persons.find(id)
            && let Some(person) = self.lexicon.persons.get_mut(index)
            && !fold(name).contains(&fold(&person.surname))
        {
            person.surname = surname_of(name).into();
        }
    }

    /// Makes a text mean an actor and nobody else.
    fn give(&mut self, text: &str, id: &ActorId) {
        if let Some((usual, others)) = self.names_of(id)
            && usual != text
            && !others.iter().any(|other| other == text)
        {
            others.push(text.to_owned().into());
        }
        self.decide(text, UserMeaning::Actor(id.clone()));
    }

    pub(super) fn decide(&mut self, text: &str, meaning: UserMeaning) {
        self.lexicon.ambiguities.forget(text, None);
        let text = text.to_owned().into();
        self.lexicon.user_names.decide(text, meaning, self.line);
    }

    /// Makes a text no longer mean an actor.
    fn take(&mut self, text: &str, id: &ActorId) {
        let folded = fold(text);
        if let Some((_, others)) = self.names_of(id) {
            others.retain(|other| fold(other) != folded);
        }
        self.lexicon.ambiguities.forget(text, Some(id));
        self.lexicon.user_names.take(text, id);
    }

    /// Says which country and sector an actor stands for where no office says it.
    fn set_standing(&mut self, id: &ActorId, country: Option<CountryCode>, sector: Option<Sector>) {
        if country.is_none() && sector.is_none() {
            return;
        }
        if let Some(index) = self.lexicon.persons.find(id) {
            let origin = self.origin();
            if let Some(person) = self.lexicon.persons.get_mut(index) {
                let last = person.tenures.last().map(|tenure| tenure.country);
                person.tenures.push(OfficeTenure {
                    country: country.or(last).unwrap_or(CountryCode::INTERNATIONAL),
                    office: Office::Other,
                    title: Text::default(),
                    start: None,
                    end: None,
                    organisation: Text::default(),
                    sector,
                    origin,
                });
            }
        } else if let Some(row) = self.row_mut(id) {
            row.country = country.or(row.country);
            row.sector = sector.or(row.sector);
        }
    }

    /// Returns the first row of an organisation.
    pub(super) fn row_mut(&mut self, id: &ActorId) -> Option<&mut Organisation> {
        self.lexicon.organisations.get_mut(*self.rows.get(id)?)
    }

    /// Returns where the entry at hand stands.
    pub(super) const fn origin(&self) -> Origin {
        Origin {
            file: USER_FILE,
            line: self.line,
        }
    }

    fn discard(&mut self, phrase: &str, discards_story: bool) {
        self.lexicon
            .not_actors
            .push(NotActor::of_user(phrase, discards_story));
        self.decide(phrase, UserMeaning::NotActor);
    }

    /// Makes an actor another one: its names and tenures move.
    fn merge(&mut self, id: &ActorId, into: &ActorId) {
        if id == into || self.gone.contains(id) {
            return;
        }
        let names = match self.names_of(id) {
            Some((usual, others)) => {
                let mut names = vec![usual.clone()];
                names.append(others);
                names
            }
            // Whom no dictionary knows has an id made from the name.
            None => vec![id.rest().replace('-', " ").into()],
        };
        let (mut country, mut sector) = (None, None);
        let mut tenures = Vec::new();
        if let Some(person) = self.lexicon.persons.find(id)
            && let Some(person) = self.lexicon.persons.get_mut(person)
        {
            tenures = std::mem::take(&mut person.tenures);
        } else if let Some(row) = self
            .rows
            .remove(id)
            .and_then(|row| self.lexicon.organisations.get(row))
        {
            (country, sector) = (row.country, row.sector);
        }
        let is_new = self.names_of(into).is_none();
        self.ensure(into, names.first().map_or(into.rest(), |name| name));
        if is_new {
            self.set_standing(into, country, sector);
        }
        for name in &names {
            if let Some((usual, others)) = self.names_of(into)
                && usual != name
                && !others.contains(name)
            {
                others.push(name.clone());
            }
        }
        if let Some(person) = self.lexicon.persons.find(into)
            && let Some(person) = self.lexicon.persons.get_mut(person)
        {
            person.tenures.append(&mut tenures);
        }
        self.lexicon.persons.rename_organisation(id, into);
        if id.kind() == ActorKind::State {
            self.merge_states(id, into, &names);
        } else {
            self.gone.insert(id.clone());
        }
        self.lexicon.user_names.merge(id, into);
    }

    /// A state stays in the table, without adjectives and capital; all its names mean the other.
    fn merge_states(&mut self, id: &ActorId, into: &ActorId, names: &[Text]) {
        let states = &mut self.lexicon.states;
        let found = states
            .iter_mut()
            .find(|state| state.country.as_str() == id.rest());
        if let Some(state) = found {
            let (adjectives, people, capitals) = (
                std::mem::take(&mut state.adjectives),
                std::mem::take(&mut state.people),
                std::mem::take(&mut state.capitals),
            );
            let other = states
                .iter_mut()
                .find(|state| ActorId::of_country(ActorKind::State, state.country) == *into);
            if let Some(other) = other {
                other.adjectives.extend(adjectives);
                other.people.extend(people);
                other.capitals.extend(capitals);
            }
        }
        for name in names {
            self.decide(name, UserMeaning::Actor(into.clone()));
        }
    }
}

/// Says whether ids of a kind are made from the code of a country.
const fn is_of_country(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::Country
            | ActorKind::Opposition
            | ActorKind::Protesters
            | ActorKind::Sector
            | ActorKind::Office
    )
}

/// Returns the sector that an id such as `sector:SYR-REF` or `opposition:VEN` tells.
fn sector_of_id(id: &ActorId) -> Option<Sector> {
    match id.kind() {
        ActorKind::Sector => id.rest().split('-').nth(1)?.parse().ok(),
        ActorKind::Opposition | ActorKind::Protesters => Some(Sector::Opp),
        _ => None,
    }
}

/// Guesses the family name: the last word, with what belongs before it.
fn surname_of(name: &str) -> String {
    const PARTICLES: &[&str] = &[
        "von", "van", "der", "den", "de", "da", "dos", "du", "la", "le", "di", "del", "bin", "ibn",
        "ten", "ter",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    let mut first = words.len().saturating_sub(1);
    while first > 1 && PARTICLES.contains(&fold(words.get(first - 1).unwrap_or(&"")).as_str()) {
        first -= 1;
    }
    let surname = words.get(first..).unwrap_or_default().join(" ");
    let without = surname
        .strip_prefix("al-")
        .or_else(|| surname.strip_prefix("Al-"));
    without.unwrap_or(&surname).to_owned()
}
