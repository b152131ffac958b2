//! States and territories.

use crate::lexicon::table;
use crate::lexicon::{LexiconError, Text};
use crate::model::{CountryCode, Day};

/// A state or territory with the names it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its code.
    pub country: CountryCode,
    /// Its ISO 3166 code of two letters; empty if it has none.
    pub iso2: Text,
    /// Its numbers in the list of states of the Correlates of War project; the latest last.
    pub cow: Vec<u16>,
    /// Its numbers in the list of states of Gleditsch and Ward; the latest last.
    pub gleditsch_ward: Vec<u16>,
    /// Its usual name.
    pub name: Text,
    /// Its official and other names.
    pub other_names: Vec<Text>,
    /// Its adjectives ("Russian").
    pub adjectives: Vec<Text>,
    /// One of its people, and several ("Russian", "Russians").
    pub people: Vec<Text>,
    /// Its capital, with other names of it.
    pub capitals: Vec<Text>,
    /// The part of the world it lies in.
    pub region: Text,
    /// Whether it is a kingdom by its official name.
    pub is_kingdom: bool,
    /// Its first day as a state of its own, where that lies after 1900.
    pub start: Option<Day>,
    /// The first day after its end.
    pub end: Option<Day>,
    /// The day of its admission to the United Nations.
    pub un_start: Option<Day>,
    /// The first day after it left the United Nations.
    pub un_end: Option<Day>,
    /// The line of its file, from 1.
    pub line: usize,
}

impl State {
    /// A state of which only code and name are known.
    pub(crate) fn named(country: CountryCode, name: &str) -> Self {
        Self {
            country,
            iso2: Text::default(),
            cow: Vec::new(),
            gleditsch_ward: Vec::new(),
            name: name.to_owned().into(),
            other_names: Vec::new(),
            adjectives: Vec::new(),
            people: Vec::new(),
            capitals: Vec::new(),
            region: Text::default(),
            is_kingdom: false,
            start: None,
            end: None,
            un_start: None,
            un_end: None,
            line: 0,
        }
    }

    /// Says whether it existed on `day`.
    #[must_use]
    pub fn exists_on(&self, day: Day) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day < end)
    }
}

/// Loads the table of states.
pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Vec<State>, LexiconError> {
    let mut states = Vec::new();
    for row in table::rows(file, text, 17) {
        let row = row?;
        let texts = |index: usize| row.list(index).map(Text::from);
        states.push(State {
            country: row.parse(0)?,
            iso2: row.field(1).into(),
            cow: row.numbers(2)?,
            gleditsch_ward: row.numbers(3)?,
            name: row.field(4).into(),
            is_kingdom: row.field(5).contains("Kingdom"),
            other_names: texts(5).chain(texts(6)).collect(),
            adjectives: texts(7).collect(),
            people: texts(8).chain(texts(9)).collect(),
            capitals: texts(10).chain(texts(11)).collect(),
            region: row.field(12).into(),
            start: row.first_day(13)?,
            end: row.day_after(14)?,
            un_start: row.first_day(15)?,
            un_end: row.day_after(16)?,
            line: row.line,
        });
    }
    Ok(states)
}
