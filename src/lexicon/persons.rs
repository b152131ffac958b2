//! All persons, read from their tables when they are asked for.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::lexicon::group::Groups;
use crate::lexicon::hash::FastMap;
use crate::lexicon::person::{
    COLUMNS, COUNTRY, ID, NAME, OFFICE, ORGANISATION, SPELLINGS, SURNAME, TITLE,
};
use crate::lexicon::table::{self, Row, Table};
use crate::lexicon::{LexiconError, Office, OfficeTenure, Person, PersonIndex, Text};
use crate::model::{ActorId, CountryCode, Day};

/// All persons, with the ways to find them.
///
/// There are some twenty thousand, and a run of the program meets a few hundred: at its start only
/// the place of their rows is found, and a person is read when it is first asked for.
#[derive(Debug, Clone, Default)]
pub struct Persons {
    tables: Vec<Table>,
    all: Vec<Slot>,
    /// The further stretches of rows of those who have more than one.
    more: Vec<Stretch>,
    // Made when they are first asked for.
    by_id: OnceLock<Vec<PersonIndex>>,
    holders: OnceLock<Holders>,
}

/// A person, read or not.
#[derive(Debug, Clone)]
struct Slot {
    rows: Stretch,
    /// The last of the further stretches; [`NONE`] if there is none.
    last: u32,
    names: Names,
    /// Nothing within if a row has a fault; a test makes sure that none of the bundled ones has.
    person: OnceLock<Option<Box<Person>>>,
}

/// Rows of one person that follow each other in a table.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    table: u32,
    /// The line of the first row, from 1.
    line: u32,
    start: u32,
    end: u32,
    /// The next stretch of the person.
    next: u32,
}

/// What was seen of the names of a person when the rows were found, so that the rows need not be
/// looked at again for them.
#[derive(Debug, Clone, Copy, Default)]
struct Names {
    /// Where id, name, surname and spellings end in the first row; nothing if later rows have other
    /// spellings.
    ends: Option<[u16; 4]>,
    /// As in [`PersonNames`].
    is_japanese: bool,
}

/// No table, or no further stretch.
const NONE: u32 = u32::MAX;

/// The names of a person.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PersonNames<'a> {
    pub(crate) name: &'a str,
    pub(crate) surname: &'a str,
    pub(crate) spellings: Vec<&'a str>,
    /// Whether the person held an office of Japan, where the surname comes first.
    pub(crate) is_japanese: bool,
}

/// Persons by what they held.
#[derive(Debug, Clone)]
struct Holders {
    by_office: Groups<(CountryCode, Office)>,
    by_organisation: Groups<Text>,
}

/// Where the surname comes first.
const JAPAN: &str = "JPN";

impl Slot {
    fn last_rows<'a>(&'a mut self, more: &'a mut [Stretch]) -> Option<&'a mut Stretch> {
        match self.last {
            NONE => Some(&mut self.rows),
            last => more.get_mut(last as usize),
        }
    }
}

impl Stretch {
    fn of(row: &Row<'_>, table: u32) -> Self {
        Self {
            table,
            line: number(row.line),
            start: number(row.start),
            end: number(row.start + row.text.len()),
            next: NONE,
        }
    }

    const NOWHERE: Self = Self {
        table: NONE,
        line: 0,
        start: 0,
        end: 0,
        next: NONE,
    };
}

impl Persons {
    /// Finds the persons of tables of tenures; rows of one id are of one person.
    ///
    /// # Errors
    /// A row with too many or too few fields; for what is wrong within fields see [`Self::check`].
    pub(crate) fn load(tables: &[Table]) -> Result<Self, LexiconError> {
        /// A person has about so many bytes of rows.
        const PERSON_BYTES: usize = 170;
        let bytes: usize = tables.iter().map(|(_, text)| text.len()).sum();
        let mut persons = Self {
            tables: tables.to_vec(),
            all: Vec::with_capacity(bytes / PERSON_BYTES),
            ..Self::default()
        };
        let mut by_id: FastMap<&str, u32> = FastMap::default();
        by_id.reserve(bytes / PERSON_BYTES);
        for (table, (file, text)) in (0..).zip(tables) {
            let mut before: Option<Row<'_>> = None;
            let mut index = 0;
            for row in table::rows(file, text, COLUMNS) {
                let row = row?;
                let is_same = |before: &Row<'_>| before.field(ID) == row.field(ID);
                if !before.as_ref().is_some_and(is_same) {
                    let next = number(persons.all.len());
                    index = *by_id.entry(row.field(ID)).or_insert(next);
                    persons.add_stretch(index, Stretch::of(&row, table), &row);
                    before = Some(row);
                } else if let Some(first) = &before {
                    let is_known = first.field(SPELLINGS) == row.field(SPELLINGS);
                    persons.extend_stretch(index, &row, is_known);
                }
            }
        }
        Ok(persons)
    }

    /// Adds rows that follow each other to a person, who may be a new one.
    fn add_stretch(&mut self, person: u32, stretch: Stretch, first: &Row<'_>) {
        let next = number(self.more.len());
        let is_japanese = first.field(COUNTRY) == JAPAN;
        let Some(slot) = self.all.get_mut(person as usize) else {
            self.all.push(Slot {
                rows: stretch,
                last: NONE,
                names: Names {
                    ends: first.ends(),
                    is_japanese,
                },
                person: OnceLock::new(),
            });
            return;
        };
        slot.names.ends = None;
        slot.names.is_japanese |= is_japanese;
        if let Some(last) = slot.last_rows(&mut self.more) {
            last.next = next;
        }
        slot.last = next;
        self.more.push(stretch);
    }

    /// Adds a row to the last rows of a person.
    fn extend_stretch(&mut self, person: u32, row: &Row<'_>, has_known_spellings: bool) {
        let Some(slot) = self.all.get_mut(person as usize) else {
            return;
        };
        if !has_known_spellings {
            slot.names.ends = None;
        }
        slot.names.is_japanese |= row.field(COUNTRY) == JAPAN;
        if let Some(last) = slot.last_rows(&mut self.more) {
            last.end = number(row.start + row.text.len());
        }
    }

    /// Looks for faults in all rows.
    ///
    /// # Errors
    /// The first fault, named by file and line.
    pub fn check(&self) -> Result<(), LexiconError> {
        let mut of_tables = self.all.iter().filter(|slot| slot.rows.table != NONE);
        of_tables.try_for_each(|slot| self.read(slot).map(drop))
    }

    /// Returns the rows of a person.
    fn rows(&self, slot: &Slot) -> impl Iterator<Item = Result<Row<'static>, LexiconError>> {
        let next = |stretch: &Stretch| self.more.get(stretch.next as usize).copied();
        let stretches = std::iter::successors(Some(slot.rows), next);
        stretches.flat_map(|stretch| {
            let (file, text) = self.text(stretch);
            table::rows_from(file, text, COLUMNS, stretch.line as usize)
        })
    }

    /// Returns the file and the text of rows.
    fn text(&self, rows: Stretch) -> Table {
        let table = self.tables.get(rows.table as usize).copied();
        let (file, text) = table.unwrap_or_default();
        let text = text.get(rows.start as usize..rows.end as usize);
        (file, text.unwrap_or_default())
    }

    fn read(&self, slot: &Slot) -> Result<Option<Person>, LexiconError> {
        let mut person: Option<Person> = None;
        for row in self.rows(slot) {
            let row = row?;
            let person = match &mut person {
                Some(person) => person,
                None => person.insert(Person::of_row(&row)?),
            };
            person.add_row(&row)?;
        }
        if let Some(person) = &mut person {
            person.sort();
        }
        Ok(person)
    }

    fn person<'a>(&self, slot: &'a Slot) -> Option<&'a Person> {
        let read = || self.read(slot).ok().flatten().map(Box::new);
        slot.person.get_or_init(read).as_deref()
    }

    /// Puts tenures in order and forgets the ways to find persons, after a change.
    pub(crate) fn index(&mut self) {
        let read = self.all.iter_mut().filter_map(|slot| slot.person.get_mut());
        for person in read.flatten() {
            person.sort();
        }
        self.by_id = OnceLock::new();
        self.holders = OnceLock::new();
    }

    /// Makes the ways to find persons, which then stay as they are until [`Self::index`].
    pub(crate) fn settle(&self) {
        self.by_id();
        self.holders_of();
    }

    fn by_id(&self) -> &[PersonIndex] {
        self.by_id.get_or_init(|| {
            let mut indices: Vec<PersonIndex> = self.indices().collect();
            indices.sort_by_key(|index| self.id(*index));
            indices
        })
    }

    fn holders_of(&self) -> &Holders {
        self.holders.get_or_init(|| {
            let (mut offices, mut organisations) = (Vec::new(), Vec::new());
            for (index, slot) in self.indices().zip(&self.all) {
                let mut add = |country, office, is_office, organisation: Text| {
                    if is_office {
                        offices.push(((country, office), index));
                        if !organisation.is_empty() {
                            organisations.push((organisation, index));
                        }
                    }
                };
                if let Some(person) = slot.person.get() {
                    for tenure in person.iter().flat_map(|person| &person.tenures) {
                        let organisation = tenure.organisation.clone();
                        add(
                            tenure.country,
                            tenure.office,
                            tenure.is_office(),
                            organisation,
                        );
                    }
                    continue;
                }
                for row in self.rows(slot).filter_map(Result::ok) {
                    let office = Office::parse(row.field(OFFICE));
                    let is_office = office.names_office(row.field(TITLE));
                    if let Ok(country) = CountryCode::parse(row.field(COUNTRY)) {
                        add(country, office, is_office, row.field(ORGANISATION).into());
                    }
                }
            }
            Holders {
                by_office: Groups::new(offices),
                by_organisation: Groups::new(organisations),
            }
        })
    }

    fn indices(&self) -> impl Iterator<Item = PersonIndex> + use<> {
        (0..number(self.all.len())).map(PersonIndex)
    }

    fn slot(&self, index: PersonIndex) -> Option<&Slot> {
        self.all.get(index.0 as usize)
    }

    fn id(&self, index: PersonIndex) -> Option<&str> {
        let slot = self.slot(index)?;
        match slot.person.get() {
            Some(person) => person.as_ref().map(|person| person.id.as_str()),
            None => self.text(slot.rows).1.split('\t').next(),
        }
    }

    /// Adds a person; found by id at once, by office after [`Self::index`].
    pub(crate) fn push(&mut self, person: Person) -> PersonIndex {
        let index = PersonIndex(number(self.all.len()));
        let place = self.place(&person.id);
        self.all.push(Slot {
            rows: Stretch::NOWHERE,
            last: NONE,
            names: Names::default(),
            person: OnceLock::from(Some(Box::new(person))),
        });
        if let Some(by_id) = self.by_id.get_mut() {
            by_id.insert(place, index);
        }
        index
    }

    /// Removes persons; indices change, and [`Self::index`] is due.
    pub(crate) fn remove(&mut self, ids: &BTreeSet<ActorId>) {
        let gone: BTreeSet<PersonIndex> = ids.iter().filter_map(|id| self.find(id)).collect();
        let mut indices = self.indices();
        let is_kept = |_: &Slot| indices.next().is_none_or(|index| !gone.contains(&index));
        self.all.retain(is_kept);
    }

    /// Makes an organisation that persons headed another one.
    pub(crate) fn rename_organisation(&mut self, id: &ActorId, into: &ActorId) {
        for index in self.of_organisation(id.as_str()).to_vec() {
            let tenures = self.get_mut(index).map(|person| &mut person.tenures);
            for tenure in tenures.into_iter().flatten() {
                if tenure.organisation == id.as_str() {
                    tenure.organisation = into.to_string().into();
                }
            }
        }
    }

    /// Returns a person to be changed.
    pub(crate) fn get_mut(&mut self, index: PersonIndex) -> Option<&mut Person> {
        self.get(index)?;
        let slot = self.all.get_mut(index.0 as usize)?;
        slot.person.get_mut()?.as_deref_mut()
    }

    /// Returns where an id belongs among the indices by id, behind those of the same id.
    fn place(&self, id: &ActorId) -> usize {
        let is_before = |index: &PersonIndex| self.id(*index) <= Some(id.as_str());
        self.by_id().partition_point(is_before)
    }

    /// Returns the person with an id.
    #[must_use]
    pub fn find(&self, id: &ActorId) -> Option<PersonIndex> {
        let last = *self.by_id().get(self.place(id).checked_sub(1)?)?;
        (self.id(last) == Some(id.as_str())).then_some(last)
    }

    /// Returns those who ever held an office of a country.
    #[must_use]
    pub fn holders(&self, country: CountryCode, office: Office) -> &[PersonIndex] {
        self.holders_of().by_office.get(&(country, office))
    }

    /// Returns those who ever held an office of an organisation.
    #[must_use]
    pub fn of_organisation(&self, organisation: &str) -> &[PersonIndex] {
        self.holders_of().by_organisation.get(organisation)
    }

    /// Returns a person.
    #[must_use]
    pub fn get(&self, index: PersonIndex) -> Option<&Person> {
        self.person(self.slot(index)?)
    }

    /// Returns every person with its number, in the order of the tables.
    pub fn iter(&self) -> impl Iterator<Item = (PersonIndex, &Person)> {
        let slots = self.indices().zip(&self.all);
        slots.filter_map(|(index, slot)| Some((index, self.person(slot)?)))
    }

    /// Returns the names of every person, in the order of the tables; reads no more than the names
    /// of those who are not read yet.
    pub(crate) fn names(&self) -> impl Iterator<Item = (PersonIndex, PersonNames<'_>)> {
        let slots = self.indices().zip(&self.all);
        slots.filter_map(|(index, slot)| Some((index, self.names_of(slot)?)))
    }

    fn names_of<'a>(&self, slot: &'a Slot) -> Option<PersonNames<'a>> {
        if let Some(person) = slot.person.get() {
            let person = person.as_ref()?;
            let mut tenures = person.tenures.iter();
            return Some(PersonNames {
                name: &person.name,
                surname: &person.surname,
                spellings: person
                    .spellings
                    .iter()
                    .map(|spelling| &**spelling)
                    .collect(),
                is_japanese: tenures.any(|tenure| tenure.country.as_str() == JAPAN),
            });
        }
        if let Some([id, name, surname, spellings]) = slot.names.ends {
            let row = self.text(slot.rows).1;
            let part = |before: u16, end: u16| {
                let part = row.get(usize::from(before) + 1..usize::from(end));
                part.unwrap_or_default()
            };
            return Some(PersonNames {
                name: part(id, name),
                surname: part(name, surname),
                spellings: table::list(part(surname, spellings)).collect(),
                is_japanese: slot.names.is_japanese,
            });
        }
        let mut names: Option<PersonNames<'a>> = None;
        let mut spellings = "";
        for row in self.rows(slot).filter_map(Result::ok) {
            let names = names.get_or_insert_with(|| PersonNames {
                name: row.field(NAME),
                surname: row.field(SURNAME),
                spellings: Vec::new(),
                is_japanese: false,
            });
            names.is_japanese |= row.field(COUNTRY) == JAPAN;
            // Nearly always all rows of a person have the same spellings.
            if row.field(SPELLINGS) != spellings {
                spellings = row.field(SPELLINGS);
                for spelling in row.list(SPELLINGS) {
                    if !names.spellings.contains(&spelling) {
                        names.spellings.push(spelling);
                    }
                }
            }
        }
        names
    }

    /// Returns who held an office of a country on `day`; with several, the one who came last.
    #[must_use]
    pub fn holder(&self, country: CountryCode, office: Office, day: Day) -> Option<PersonIndex> {
        let is_held = |tenure: &&OfficeTenure| {
            tenure.country == country && tenure.office == office && tenure.holds_on(day)
        };
        self.latest(self.holders(country, office), is_held)
    }

    /// Returns who headed an organisation on `day`; with several, the one who came last.
    #[must_use]
    pub fn head_of(&self, organisation: &str, office: Office, day: Day) -> Option<PersonIndex> {
        let holders = self.of_organisation(organisation);
        let is_held = |tenure: &&OfficeTenure| {
            tenure.organisation == organisation && tenure.office == office && tenure.holds_on(day)
        };
        self.latest(holders, is_held)
    }

    fn latest(
        &self,
        holders: &[PersonIndex],
        is_held: impl Fn(&&OfficeTenure) -> bool,
    ) -> Option<PersonIndex> {
        let start = |index: &PersonIndex| {
            let tenures = &self.get(*index)?.tenures;
            let starts = tenures.iter().filter(&is_held).map(|tenure| tenure.start);
            starts.max().map(|start| (start, *index))
        };
        holders
            .iter()
            .filter_map(start)
            .max()
            .map(|(_, index)| index)
    }
}

/// Narrows a number of persons, rows or bytes; the tables are far from the limit.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::lexicon::Lexicon;

    const HEAD: &str =
        "id\tname\tsurname\tspellings\tgender\tcountry\trole\ttitle\tfrom\tto\tend\torg\n";

    #[test]
    fn persons_are_found_whether_read_or_not() {
        let unread = Lexicon::load_bundled().unwrap().persons;
        unread.settle();
        let mut read = unread.clone();
        let all: Vec<(PersonIndex, Person)> =
            unread.clone().iter().map(|(i, p)| (i, p.clone())).collect();
        assert!(all.len() > 20_000);
        assert_eq!(read.iter().count(), all.len());
        read.index();
        let mut by_office: BTreeMap<(CountryCode, Office), Vec<PersonIndex>> = BTreeMap::new();
        for (index, person) in &all {
            assert_eq!(unread.find(&person.id), Some(*index));
            assert_eq!(read.find(&person.id), Some(*index));
            for tenure in person.tenures.iter().filter(|tenure| tenure.is_office()) {
                let holders = by_office
                    .entry((tenure.country, tenure.office))
                    .or_default();
                if holders.last() != Some(index) {
                    holders.push(*index);
                }
            }
        }
        for ((country, office), expected) in by_office {
            assert_eq!(unread.holders(country, office), expected);
            assert_eq!(read.holders(country, office), expected);
        }
        assert!(read.names().eq(unread.names()));
    }

    #[test]
    fn rows_of_one_id_are_one_person() {
        let one = "person:b-c\tB C\tC\tB. C;B D C\tf\tFRA\tspeaker\tSpeaker\t2003\t2004\ty\t\n\
                   person:a\tA\tA\t\t\tUSA\tenvoy\tEnvoy\t\t\ty\t\n\
                   person:b-c\tB C\tC\tB X\tf\tJPN\tenvoy\tEnvoy\t2001\t2002\ty\t\n";
        let two = "person:b-c\tB C\tC\tB. C\tf\tFRA\tenvoy\tEnvoy\t1999\t2000\ty\tigo:UN\n\
                   person:b-c\tB C\tC\tB. C\tf\tFRA\tleader\t\t1990\t1991\ty\t\n";
        let tables = [one, two].map(|rows| -> Table {
            (
                "p.tsv",
                Box::leak(format!("# Note.\n{HEAD}{rows}").into_boxed_str()),
            )
        });
        let persons = Persons::load(&tables).unwrap();
        persons.check().unwrap();
        let names: Vec<_> = persons.names().map(|(_, names)| names).collect();
        assert_eq!(names[0].spellings, ["B. C", "B D C", "B X"]);
        assert!(names[0].is_japanese && !names[1].is_japanese);
        let id = ActorId::parse("person:b-c").unwrap();
        let person = persons.get(persons.find(&id).unwrap()).unwrap();
        let lines: Vec<_> = person
            .tenures
            .iter()
            .map(|tenure| tenure.origin.line)
            .collect();
        assert_eq!(lines, [4, 3, 5, 3]);
        assert_eq!(person.spellings, ["B. C", "B D C", "B X"]);
        assert_eq!(persons.of_organisation("igo:UN").len(), 1);
    }

    #[test]
    fn faults_name_file_and_line() {
        let row = "person:a\tA\tA\t\t\tUSA\tenvoy\tEnvoy\t2001-13\t\ty\t\n";
        let text: &str = Box::leak(format!("{HEAD}{row}").into_boxed_str());
        let persons = Persons::load(&[("p.tsv", text)]).unwrap();
        let error = persons.check().unwrap_err().to_string();
        assert!(error.starts_with("p.tsv:2: "), "{error}");
        assert_eq!(persons.iter().count(), 0);
        assert!(Persons::load(&[("p.tsv", "a\tb\nc\td\n")]).is_err());
    }
}
