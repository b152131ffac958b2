//! The user's dictionary as a whole.

use std::collections::HashSet;
use std::fmt;

use crate::lexicon::LexiconError;
use crate::lexicon::user::entry::Entry;
use crate::lexicon::user::line;

/// The first line of every dictionary.
const HEADER: &str = "# demarche dictionary 1";
/// What the first line of a later version begins with.
const HEADER_OF_ANY: &str = "# demarche dictionary ";

/// Entries of the user, in the order in which they apply.
///
/// No two entries decide the same: of such, only the later is kept.
///
/// # Examples
/// ```
/// use demarche::lexicon::UserDictionary;
///
/// let text = "# demarche dictionary 1\nactor\tperson:mara-dovrin\tMara Dovrin\tNOR\tGOV\n";
/// let dictionary = UserDictionary::parse("mine.tsv", text)?;
/// assert_eq!(dictionary.entries().len(), 1);
/// assert_eq!(dictionary.to_text(), text);
/// # Ok::<(), demarche::lexicon::LexiconError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserDictionary {
    entries: Vec<Entry>,
}

impl UserDictionary {
    /// Parses a dictionary; an empty text is an empty one.
    ///
    /// `file` names it in errors.
    ///
    /// # Errors
    /// The first fault, with file, line and reason.
    pub fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let (dictionary, faults) = Self::parse_noting(file, text);
        match faults.into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(dictionary),
        }
    }

    /// Parses a dictionary and returns the good entries with all faults, in the order of lines.
    #[must_use]
    pub fn parse_noting(file: &str, text: &str) -> (Self, Vec<LexiconError>) {
        let mut faults = Vec::new();
        let mut entries = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut fault = |index: usize, reason| {
            faults.push(LexiconError::Line {
                file: file.to_owned(),
                line: index + 1,
                reason,
            });
        };
        for (index, line) in text.lines().enumerate() {
            if index == 0
                && let Some(reason) = header_fault(line)
            {
                fault(index, reason);
            }
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            match line::parse(line) {
                Ok(entry) => entries.push(entry),
                Err(reason) => fault(index, reason),
            }
        }
        let mut dictionary = Self::default();
        dictionary.extend(entries);
        (dictionary, faults)
    }

    /// Returns the entries, in the order in which they apply.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Says whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry at the end; an earlier one that decides the same goes.
    ///
    /// # Complexity
    /// Linear in the number of entries; for many, [`Extend`] costs the same once.
    pub fn push(&mut self, entry: Entry) {
        self.extend([entry]);
    }

    /// Returns the text that parses to this dictionary.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

impl Extend<Entry> for UserDictionary {
    /// Adds entries at the end; earlier ones that decide the same go.
    fn extend<Entries: IntoIterator<Item = Entry>>(&mut self, entries: Entries) {
        self.entries.extend(entries);
        let mut decided = HashSet::new();
        let mut kept: Vec<Entry> = std::mem::take(&mut self.entries)
            .into_iter()
            .rev()
            .filter(|entry| decided.insert(entry.matter()))
            .collect();
        kept.reverse();
        self.entries = kept;
    }
}

impl FromIterator<Entry> for UserDictionary {
    fn from_iter<Entries: IntoIterator<Item = Entry>>(entries: Entries) -> Self {
        let mut dictionary = Self::default();
        dictionary.extend(entries);
        dictionary
    }
}

impl fmt::Display for UserDictionary {
    /// Writes the first line, then one entry a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        self.entries
            .iter()
            .try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

fn header_fault(line: &str) -> Option<String> {
    let line = line.trim_end();
    match line.strip_prefix(HEADER_OF_ANY) {
        Some("1") => None,
        Some(version) => Some(format!(
            "the dictionary has version {version}; this demarche reads version 1"
        )),
        None => Some(format!("expected `{HEADER}` as the first line")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::Office;
    use crate::lexicon::user::{AgentEntry, Phrase, RoleEntry};
    use crate::model::{ActorId, ActorKind, CountryCode, Day, Sector};

    fn id() -> impl Strategy<Value = ActorId> {
        "[ab]{1,2}".prop_map(|name| ActorId::from_name(ActorKind::Person, &name))
    }

    fn phrase() -> impl Strategy<Value = Phrase> {
        prop_oneof!["[aBé#]{1,3}", "\\PC{1,40}"]
            .prop_filter_map("no phrase", |text| Phrase::parse(&text).ok())
    }

    fn country() -> impl Strategy<Value = Option<CountryCode>> {
        proptest::option::of("[A-C]{3}".prop_map(|text| CountryCode::parse(&text).unwrap()))
    }

    fn sector() -> impl Strategy<Value = Sector> {
        prop::sample::select(Sector::ALL)
    }

    fn role() -> impl Strategy<Value = Entry> {
        let office = proptest::option::of(prop::sample::select(Office::ALL));
        let title = proptest::option::of(phrase());
        let days = (
            proptest::option::of(0..9_i32),
            proptest::option::of(9..2_000_000_i32),
        );
        let sector = proptest::option::of(sector());
        (id(), country(), sector, office, title, days).prop_map(
            |(id, country, sector, office, title, (start, end))| {
                Entry::Role(RoleEntry {
                    id,
                    country,
                    sector,
                    office,
                    title,
                    start: start.map(Day::from_number),
                    end: end.map(Day::from_number),
                })
            },
        )
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let actor = (id(), phrase(), country(), proptest::option::of(sector())).prop_map(
            |(id, name, country, sector)| Entry::Actor {
                id,
                name,
                country,
                sector,
            },
        );
        let plural = proptest::option::of(phrase());
        let agent = (phrase(), plural, sector(), country()).prop_map(
            |(phrase, plural, sector, country)| {
                Entry::Agent(AgentEntry {
                    phrase,
                    plural,
                    sector,
                    country,
                })
            },
        );
        let other = |id: &ActorId| ActorId::from_name(ActorKind::Group, id.rest());
        prop_oneof![
            actor,
            role(),
            agent,
            (id(), phrase()).prop_map(|(id, text)| Entry::Alias { id, text }),
            (id(), phrase()).prop_map(|(id, text)| Entry::Unalias { id, text }),
            phrase().prop_map(|phrase| Entry::Discard { phrase }),
            phrase().prop_map(|phrase| Entry::DiscardStory { phrase }),
            id().prop_map(move |id| Entry::Merge {
                into: other(&id),
                id
            }),
            (id(), phrase()).prop_map(move |(id, text)| Entry::Split {
                new: other(&id),
                id,
                text
            }),
        ]
    }

    proptest! {
        #[test]
        fn a_dictionary_parses_to_itself(entries in prop::collection::vec(entry(), 0..20)) {
            let dictionary: UserDictionary = entries.into_iter().collect();
            let text = dictionary.to_text();
            let parsed = UserDictionary::parse("t", &text);
            prop_assert_eq!(parsed, Ok(dictionary), "{}", text);
        }

        #[test]
        fn any_text_is_read_or_noted(text in "(?s).{0,200}") {
            let (dictionary, _) = UserDictionary::parse_noting("t", &text);
            let again = UserDictionary::parse("t", &dictionary.to_text());
            prop_assert_eq!(again, Ok(dictionary));
        }
    }

    #[test]
    fn later_entries_win() {
        let text = "# demarche dictionary 1\n\
            actor\tperson:x\tX\n\
            alias\tperson:x\tOld X\n\
            role\tperson:x\tNOR\t\thead_of_state\tKing\t2020\t\n\
            discard\tdove\n\
            unalias\tperson:x\told x\n\
            actor\tperson:x\tX the Second\tNOR\tGOV\n\
            role\tperson:x\tNOR\t\thead_of_state\tQueen\t2020\t2024-06\n\
            discard-story\tDove\n";
        let dictionary = UserDictionary::parse("t", text).unwrap();
        assert_eq!(
            dictionary.to_text(),
            "# demarche dictionary 1\n\
            unalias\tperson:x\told x\n\
            actor\tperson:x\tX the Second\tNOR\tGOV\n\
            role\tperson:x\tNOR\t\thead_of_state\tQueen\t2020-01-01\t2024-06-30\n\
            discard-story\tDove\n"
        );
    }

    #[test]
    fn good_entries_survive_bad_ones() {
        let text = "\u{feff}# demarche dictionary 1\r\ndiscard\tdove\r\nfoo\tbar\r\ndiscard\tcrow";
        let (dictionary, faults) = UserDictionary::parse_noting("mine.tsv", text);
        assert_eq!(dictionary.entries().len(), 2);
        assert_eq!(
            faults[0].to_string(),
            "mine.tsv:3: unknown entry foo; expected one of actor, alias, unalias, role, agent, \
             discard, discard-story, merge, split"
        );
        assert_eq!(faults.len(), 1);
    }
}
