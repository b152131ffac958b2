//! The dictionaries that come with the program.

use std::sync::LazyLock;

use crate::lexicon::LexiconError;
use crate::lexicon::domain::Domains;
use crate::lexicon::inflection::VerbForms;
use crate::lexicon::organisation::{self, Organisation};
use crate::lexicon::person::Persons;
use crate::lexicon::predicate::Predicates;
use crate::lexicon::role::{self, RoleWord};
use crate::lexicon::state::{self, State};
use crate::model::{CountryCode, Fingerprint, MentionId};

/// The version of the dictionaries: a hash of their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryVersion(String);

impl DictionaryVersion {
    /// Returns the version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Everything the coder knows of the world and of words.
#[derive(Debug)]
pub struct Lexicon {
    /// States and territories, by code.
    pub states: Vec<State>,
    /// Organisations, by id.
    pub organisations: Vec<Organisation>,
    /// Persons with their offices.
    pub persons: Persons,
    /// Role words.
    pub roles: Vec<RoleWord>,
    /// Predicates.
    pub predicates: Predicates,
    /// Words of other domains than politics.
    pub domains: Domains,
    version: DictionaryVersion,
}

const STATES: &str = include_str!("../../data/actors/states.tsv");
const ORGANISATIONS: &str = include_str!("../../data/actors/organisations.tsv");
const PERSONS: &str = include_str!("../../data/actors/persons.tsv");
const PERSONS_BY_SA: &str = include_str!("../../data/actors/persons-by-sa.tsv");
const ROLES: &str = include_str!("../../data/actors/roles.tsv");
const PREDICATES: &str = include_str!("../../data/predicates/first.tsv");
const DOMAINS: &str = include_str!("../../data/predicates/domains.tsv");
const IRREGULAR_VERBS: &str = include_str!("../../data/predicates/irregular_verbs.tsv");

static BUNDLED: LazyLock<Result<Lexicon, LexiconError>> = LazyLock::new(Lexicon::load_bundled);

impl Lexicon {
    /// Returns the dictionaries that come with the program, loaded once.
    ///
    /// # Errors
    /// A fault in a file, named by file and line; a test makes sure that there is none.
    pub fn bundled() -> Result<&'static Self, LexiconError> {
        BUNDLED.as_ref().map_err(Clone::clone)
    }

    fn load_bundled() -> Result<Self, LexiconError> {
        let verbs = VerbForms::load("data/predicates/irregular_verbs.tsv", IRREGULAR_VERBS)?;
        let persons = [
            ("data/actors/persons.tsv", PERSONS),
            ("data/actors/persons-by-sa.tsv", PERSONS_BY_SA),
        ];
        Ok(Self {
            states: state::load("data/actors/states.tsv", STATES)?,
            organisations: organisation::load("data/actors/organisations.tsv", ORGANISATIONS)?,
            persons: Persons::load(&persons)?,
            roles: role::load("data/actors/roles.tsv", ROLES)?,
            predicates: Predicates::load("data/predicates/first.tsv", PREDICATES, &verbs)?,
            domains: Domains::load("data/predicates/domains.tsv", DOMAINS)?,
            version: version_of(&[
                STATES,
                ORGANISATIONS,
                PERSONS,
                PERSONS_BY_SA,
                ROLES,
                PREDICATES,
                DOMAINS,
                IRREGULAR_VERBS,
            ]),
        })
    }

    /// Returns the version of these dictionaries.
    #[must_use]
    pub fn version(&self) -> &DictionaryVersion {
        &self.version
    }

    /// Returns the state with a code.
    ///
    /// # Complexity
    /// A scan of some 250 states.
    #[must_use]
    pub fn state(&self, country: CountryCode) -> Option<&State> {
        self.states.iter().find(|state| state.country == country)
    }
}

fn version_of(files: &[&str]) -> DictionaryVersion {
    let mut fingerprint = Fingerprint::new("dictionaries");
    for file in files {
        fingerprint = fingerprint.field(file.as_bytes());
    }
    DictionaryVersion(MentionId::from_fingerprint(fingerprint).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Office;

    #[test]
    fn the_bundled_dictionaries_load() {
        let lexicon = Lexicon::bundled().unwrap();
        assert!(lexicon.states.len() > 250 && lexicon.predicates.len() > 250);
    }

    #[test]
    fn offices_are_resolved_by_date() {
        let lexicon = Lexicon::bundled().unwrap();
        let check = |country: &str, office, day: &str, expected: &str| {
            let country = CountryCode::parse(country).unwrap();
            let holder = lexicon
                .persons
                .holder(country, office, day.parse().unwrap());
            let person = holder.and_then(|index| lexicon.persons.get(index)).unwrap();
            assert_eq!(person.name, expected);
        };
        check("IRN", Office::President, "2026-01-16", "Masoud Pezeshkian");
        check(
            "ISR",
            Office::PrimeMinister,
            "2026-01-16",
            "Benjamin Netanyahu",
        );
        check("RUS", Office::President, "2026-01-16", "Vladimir Putin");
        check("RUS", Office::President, "2010-01-16", "Dmitry Medvedev");
        check("IRN", Office::SupremeLeader, "2026-01-16", "Ali Khamenei");
        check("USA", Office::President, "1998-10-23", "Bill Clinton");
    }
}
