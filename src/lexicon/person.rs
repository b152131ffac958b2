//! Persons and the offices they held.

use std::collections::HashMap;

use crate::lexicon::LexiconError;
use crate::lexicon::role::Office;
use crate::lexicon::table;
use crate::model::{ActorId, CountryCode, Day, fold};

/// The number of a person in the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIndex(u32);

/// A stretch of time in an office, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTenure {
    /// The country, or `INT` for an organisation of states.
    pub country: CountryCode,
    /// The office.
    pub office: Office,
    /// Its title ("President").
    pub title: String,
    /// First day, if known.
    pub start: Option<Day>,
    /// First day after; nothing if still held.
    pub end: Option<Day>,
    /// The organisation, for the head of one.
    pub organisation: String,
}

impl OfficeTenure {
    /// Says whether the office was held on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day < end)
    }
}

/// A person of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The actor id.
    pub id: ActorId,
    /// The name for people.
    pub name: String,
    /// The family name, or what stands for it.
    pub surname: String,
    /// Other spellings of the name.
    pub spellings: Vec<String>,
    /// Offices held, by start.
    pub tenures: Vec<OfficeTenure>,
}

impl Person {
    /// Returns the office held on `day`: a head of state's before any other.
    #[must_use]
    pub fn tenure_on(&self, day: Day) -> Option<&OfficeTenure> {
        self.tenures
            .iter()
            .filter(|tenure| tenure.holds_on(day))
            .min_by_key(|tenure| tenure.office)
    }

    /// Returns the country the person stands for on `day`: that of the office held, else that of
    /// the latest office before, else of the first.
    #[must_use]
    pub fn country_on(&self, day: Option<Day>) -> Option<CountryCode> {
        let held = day.and_then(|day| self.tenure_on(day));
        let before = || {
            let begun = |tenure: &&OfficeTenure| tenure.start <= day;
            self.tenures.iter().rfind(begun)
        };
        held.or_else(before)
            .or_else(|| self.tenures.first())
            .map(|tenure| tenure.country)
    }
}

/// All persons, with the ways to find them.
#[derive(Debug, Default)]
pub struct Persons {
    all: Vec<Person>,
    by_office: HashMap<(CountryCode, Office), Vec<PersonIndex>>,
    by_surname: HashMap<String, Vec<PersonIndex>>,
}

impl Persons {
    /// Loads persons from tables of tenures; rows of one id become one person.
    pub(crate) fn load(tables: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let mut persons = Self::default();
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for (file, text) in tables {
            for row in table::rows(file, text, 11)? {
                let index = if let Some(index) = by_id.get(row.field(0)) {
                    *index
                } else {
                    by_id.insert(row.field(0), persons.all.len());
                    persons.all.push(Person {
                        id: row.parse(0)?,
                        name: row.field(1).to_owned(),
                        surname: row.field(2).to_owned(),
                        spellings: Vec::new(),
                        tenures: Vec::new(),
                    });
                    persons.all.len() - 1
                };
                let tenure = OfficeTenure {
                    country: row.parse(4)?,
                    office: Office::parse(row.field(5)),
                    title: row.field(6).to_owned(),
                    start: row.parse_given(7)?,
                    end: row.parse_given::<Day>(8)?.map(|last| last.plus(1)),
                    organisation: row.field(10).to_owned(),
                };
                if let Some(person) = persons.all.get_mut(index) {
                    person.tenures.push(tenure);
                    for spelling in row.list(3) {
                        if !person.spellings.iter().any(|known| known == spelling) {
                            person.spellings.push(spelling.to_owned());
                        }
                    }
                }
            }
        }
        persons.index();
        Ok(persons)
    }

    fn index(&mut self) {
        for (number, person) in self.all.iter_mut().enumerate() {
            let index = PersonIndex(u32::try_from(number).unwrap_or(u32::MAX));
            person.tenures.sort_by_key(|tenure| tenure.start);
            for tenure in &person.tenures {
                let holders = self
                    .by_office
                    .entry((tenure.country, tenure.office))
                    .or_default();
                if holders.last() != Some(&index) {
                    holders.push(index);
                }
            }
            let surname = fold(&person.surname);
            self.by_surname.entry(surname).or_default().push(index);
        }
    }

    /// Returns a person.
    #[must_use]
    pub fn get(&self, index: PersonIndex) -> Option<&Person> {
        self.all.get(index.0 as usize)
    }

    /// Returns every person with its number, in the order of the tables.
    pub fn iter(&self) -> impl Iterator<Item = (PersonIndex, &Person)> {
        let number = |index| PersonIndex(u32::try_from(index).unwrap_or(u32::MAX));
        self.all
            .iter()
            .enumerate()
            .map(move |(index, person)| (number(index), person))
    }

    /// Returns those who bear a folded surname.
    #[must_use]
    pub fn with_surname(&self, folded: &str) -> &[PersonIndex] {
        self.by_surname.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Returns who held an office of a country on `day`; with several, the one who came last.
    #[must_use]
    pub fn holder(&self, country: CountryCode, office: Office, day: Day) -> Option<PersonIndex> {
        let holders = self.by_office.get(&(country, office))?;
        holders
            .iter()
            .filter_map(|index| {
                let tenures = &self.get(*index)?.tenures;
                let held = tenures.iter().filter(|tenure| {
                    tenure.country == country && tenure.office == office && tenure.holds_on(day)
                });
                held.map(|tenure| tenure.start)
                    .max()
                    .map(|start| (start, *index))
            })
            .max()
            .map(|(_, index)| index)
    }

    /// Returns who headed an organisation on `day`.
    #[must_use]
    pub fn head_of(&self, organisation: &str, day: Day) -> Option<PersonIndex> {
        let heads = |person: &Person| {
            person.tenures.iter().any(|tenure| {
                tenure.office == Office::IoHead
                    && tenure.organisation.eq_ignore_ascii_case(organisation)
                    && tenure.holds_on(day)
            })
        };
        self.iter()
            .find(|(_, person)| heads(person))
            .map(|(index, _)| index)
    }
}
