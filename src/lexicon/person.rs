//! Persons and the offices they held.

use crate::lexicon::table::Row;
use crate::lexicon::{LexiconError, Office, Text};
use crate::model::{ActorId, CountryCode, Day, Sector};

/// The columns of the tables.
pub(super) const COLUMNS: usize = 12;
pub(super) const ID: usize = 0;
pub(super) const NAME: usize = 1;
pub(super) const SURNAME: usize = 2;
pub(super) const SPELLINGS: usize = 3;
const GENDER: usize = 4;
pub(super) const COUNTRY: usize = 5;
pub(super) const OFFICE: usize = 6;
pub(super) const TITLE: usize = 7;
const START: usize = 8;
const END: usize = 9;
pub(super) const ORGANISATION: usize = 11;

/// The number of a person in the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIndex(pub(super) u32);

/// What a person is called back by: "he" or "she".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// A stretch of time in an office, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTenure {
    /// The country, or `INT` for an organisation of states.
    pub country: CountryCode,
    /// The office.
    pub office: Office,
    /// Its title ("President").
    pub title: Text,
    /// First day, if known.
    pub start: Option<Day>,
    /// First day after; nothing if still held.
    pub end: Option<Day>,
    /// The organisation, for the head of one; else empty.
    pub organisation: Text,
    /// The sector where it is not that of the office.
    pub sector: Option<Sector>,
    /// Which file and line say so.
    pub origin: Origin,
}

/// A line of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
}

impl OfficeTenure {
    fn of_row(row: &Row<'static>) -> Result<Self, LexiconError> {
        Ok(Self {
            country: row.parse(COUNTRY)?,
            office: Office::parse(row.field(OFFICE)),
            title: row.field(TITLE).into(),
            start: row.first_day(START)?,
            end: row.day_after(END)?,
            organisation: row.field(ORGANISATION).into(),
            sector: None,
            origin: Origin {
                file: row.file,
                line: row.line,
            },
        })
    }

    /// Says whether the office was held on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day < end)
    }

    /// Returns the sector of whoever held it; nothing where only a country is known.
    #[must_use]
    pub fn known_sector(&self) -> Option<Sector> {
        self.sector
            .or_else(|| self.is_office().then(|| self.office.sector()))
    }

    /// Says whether it is an office: what stands for a country alone has no title.
    #[must_use]
    pub fn is_office(&self) -> bool {
        self.office.names_office(&self.title)
    }

    /// Returns the sector of whoever held it.
    #[must_use]
    pub fn sector(&self) -> Sector {
        self.sector.unwrap_or(self.office.sector())
    }

    /// Returns how many days lie between `day` and the tenure; 0 inside it.
    #[must_use]
    pub fn days_from(&self, day: Day) -> i32 {
        let before = self.start.map_or(0, |start| start.number() - day.number());
        let after = self.end.map_or(0, |end| day.number() + 1 - end.number());
        before.max(after).max(0)
    }
}

/// A person of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The actor id.
    pub id: ActorId,
    /// The name for people.
    pub name: Text,
    /// The family name, or what stands for it.
    pub surname: Text,
    /// Other spellings of the name.
    pub spellings: Vec<Text>,
    /// Man or woman, where known.
    pub gender: Option<Gender>,
    /// Offices held, by start.
    pub tenures: Vec<OfficeTenure>,
}

impl Person {
    /// Returns the office held on `day`: of several the weightiest.
    #[must_use]
    pub fn tenure_on(&self, day: Day) -> Option<&OfficeTenure> {
        self.tenures
            .iter()
            .filter(|tenure| tenure.holds_on(day))
            .min_by_key(|tenure| tenure.office)
    }

    /// Returns the office that the person is best known by on `day`: the one held, else the last
    /// one held before, else the first.
    #[must_use]
    pub fn tenure_near(&self, day: Option<Day>) -> Option<&OfficeTenure> {
        let held = day.and_then(|day| self.tenure_on(day));
        let before = || {
            let begun = |tenure: &&OfficeTenure| day.is_some() && tenure.start <= day;
            self.tenures.iter().rfind(begun)
        };
        held.or_else(before).or_else(|| self.tenures.first())
    }

    /// Returns the country the person stands for on `day`: that of the office that
    /// [`Self::tenure_near`] gives.
    #[must_use]
    pub fn country_on(&self, day: Option<Day>) -> Option<CountryCode> {
        self.tenure_near(day).map(|tenure| tenure.country)
    }

    /// Reads what one row says of a person.
    pub(super) fn of_row(row: &Row<'static>) -> Result<Self, LexiconError> {
        Ok(Self {
            id: row.actor_id(ID)?,
            name: row.field(NAME).into(),
            surname: row.field(SURNAME).into(),
            spellings: Vec::new(),
            gender: match row.field(GENDER) {
                "m" => Some(Gender::Male),
                "f" => Some(Gender::Female),
                "" => None,
                other => {
                    return Err(row.error(format!("expected m, f or nothing, found `{other}`")));
                }
            },
            tenures: Vec::new(),
        })
    }

    /// Adds the tenure of a row, and the spellings that are not known yet.
    pub(super) fn add_row(&mut self, row: &Row<'static>) -> Result<(), LexiconError> {
        self.tenures.push(OfficeTenure::of_row(row)?);
        for spelling in row.list(SPELLINGS) {
            if !self.spellings.iter().any(|known| known == spelling) {
                self.spellings.push(spelling.into());
            }
        }
        Ok(())
    }

    /// Puts the tenures in order.
    pub(super) fn sort(&mut self) {
        self.tenures.sort_by_key(|tenure| tenure.start);
    }

    /// Returns the weightiest office ever held.
    #[must_use]
    pub fn best_office(&self) -> Office {
        let offices = self.tenures.iter().map(|tenure| tenure.office);
        offices.min().unwrap_or(Office::Other)
    }
}
