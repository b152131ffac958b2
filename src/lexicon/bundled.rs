//! The dictionaries that come with the program.

use std::sync::{LazyLock, OnceLock};

use crate::lexicon::{
    Agencies, Ambiguities, ContextWords, Domains, Epithet, GivenNames, LeadingOffices,
    LexiconError, Memberships, NotActor, Organisation, PersonFacts, Persons, RoleWord, State,
    UserNames, VerbForms, WordLists, epithet, not_actor, organisation, role, state,
};
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

    /// Returns the version of these dictionaries with the user's text applied.
    pub(crate) fn with(&self, user: &str) -> Self {
        let fingerprint = Fingerprint::new("dictionaries of the user");
        let fingerprint = fingerprint.field(self.0.as_bytes()).field(user.as_bytes());
        Self(MentionId::from_fingerprint(fingerprint).to_string())
    }
}

/// Everything the coder knows of the world and of words.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// States and territories, by code.
    pub states: Vec<State>,
    /// Organisations, by id.
    pub organisations: Vec<Organisation>,
    /// Persons with their offices.
    pub persons: Persons,
    /// What persons are called by besides.
    pub person_facts: PersonFacts,
    /// Role words.
    pub roles: Vec<RoleWord>,
    /// Descriptions such as "the kingdom".
    pub epithets: Vec<Epithet>,
    /// Phrases that look like actors and are none.
    pub not_actors: Vec<NotActor>,
    /// Names that mean several things.
    pub ambiguities: Ambiguities,
    /// Given names.
    pub given_names: GivenNames,
    /// Members of groups of states.
    pub memberships: Memberships,
    /// Which office leads a state.
    pub leading_offices: LeadingOffices,
    /// Lists of words by which mentions are read.
    pub words: WordLists,
    /// Words of other domains than politics.
    pub domains: Domains,
    /// Words that show the context of an act.
    pub contexts: ContextWords,
    /// News agencies.
    pub agencies: Agencies,
    pub(crate) user_names: UserNames,
    /// Hashed when it is first asked for: that takes as long as reading the files.
    pub(crate) version: OnceLock<DictionaryVersion>,
}

/// Declares the bundled files.
macro_rules! files {
    ($($name:ident = $path:literal;)+) => {
        $(pub(super) const $name: (&str, &str) = (
            concat!("data/", $path),
            include_str!(concat!("../../data/", $path)),
        );)+
        const ALL: &[(&str, &str)] = &[$($name),+];
    };
}

files! {
    STATES = "actors/states.tsv";
    ORGANISATIONS = "actors/organisations.tsv";
    PERSONS = "actors/persons.tsv";
    PERSONS_BY_SA = "actors/persons-by-sa.tsv";
    PERSONS_OWN = "actors/persons-own.tsv";
    PERSON_FACTS = "actors/person_facts.tsv";
    ROLES = "actors/roles.tsv";
    EPITHETS = "actors/epithets.tsv";
    NOT_ACTORS = "actors/not_actors.tsv";
    AMBIGUITIES = "actors/ambiguities.tsv";
    GIVEN_NAMES = "actors/given_names.tsv";
    MEMBERSHIPS = "actors/memberships.tsv";
    LEADING_OFFICES = "actors/leading_offices.tsv";
    WORDS = "actors/words.tsv";
    AGENCIES = "actors/agencies.tsv";
    DOMAINS = "predicates/domains.tsv";
    CONTEXTS = "predicates/contexts.tsv";
    IRREGULAR_VERBS = "predicates/irregular_verbs.tsv";
}

/// The part of the dictionaries that is of words.
struct Words {
    person_facts: PersonFacts,
    roles: Vec<RoleWord>,
    epithets: Vec<Epithet>,
    given_names: GivenNames,
    domains: Domains,
    contexts: ContextWords,
    agencies: Agencies,
}

impl Words {
    fn load() -> Result<Self, LexiconError> {
        Ok(Self {
            person_facts: PersonFacts::load(PERSON_FACTS.0, PERSON_FACTS.1)?,
            roles: role::load(ROLES.0, ROLES.1)?,
            epithets: epithet::load(EPITHETS.0, EPITHETS.1)?,
            given_names: GivenNames::load(GIVEN_NAMES.0, GIVEN_NAMES.1)?,
            domains: Domains::load(DOMAINS.0, DOMAINS.1)?,
            contexts: ContextWords::load(CONTEXTS.0, CONTEXTS.1)?,
            agencies: Agencies::load(AGENCIES.0, AGENCIES.1)?,
        })
    }
}

impl VerbForms {
    /// Returns the verbs that come with the program.
    ///
    /// # Errors
    /// A fault in their table, named by file and line; a test makes sure that there is none.
    pub fn bundled() -> Result<Self, LexiconError> {
        Self::load(IRREGULAR_VERBS.0, IRREGULAR_VERBS.1)
    }
}

static BUNDLED: LazyLock<Result<Lexicon, LexiconError>> = LazyLock::new(Lexicon::load_bundled);

impl Lexicon {
    /// Returns the dictionaries that come with the program, loaded once.
    ///
    /// # Errors
    /// A fault in a file, named by file and line; a test makes sure that there is none. Those within
    /// the rows of persons, which are read when asked for, only [`Persons::check`] finds.
    pub fn bundled() -> Result<&'static Self, LexiconError> {
        BUNDLED.as_ref().map_err(Clone::clone)
    }

    /// Loads the dictionaries that come with the program anew.
    ///
    /// # Errors
    /// As [`Self::bundled`].
    pub fn load_bundled() -> Result<Self, LexiconError> {
        // With words and phrases on another thread the program starts sooner.
        std::thread::scope(|scope| {
            let words = scope.spawn(Words::load);
            let actors = Self {
                states: state::load(STATES.0, STATES.1)?,
                organisations: organisation::load(ORGANISATIONS.0, ORGANISATIONS.1)?,
                persons: Persons::load(&[PERSONS, PERSONS_BY_SA, PERSONS_OWN])?,
                person_facts: PersonFacts::default(),
                roles: Vec::new(),
                epithets: Vec::new(),
                not_actors: not_actor::load(NOT_ACTORS.0, NOT_ACTORS.1)?,
                ambiguities: Ambiguities::load(AMBIGUITIES.0, AMBIGUITIES.1)?,
                given_names: GivenNames::default(),
                memberships: Memberships::load(MEMBERSHIPS.0, MEMBERSHIPS.1)?,
                leading_offices: LeadingOffices::load(LEADING_OFFICES.0, LEADING_OFFICES.1)?,
                words: WordLists::load(WORDS.0, WORDS.1)?,
                domains: Domains::default(),
                contexts: ContextWords::default(),
                agencies: Agencies::default(),
                user_names: UserNames::default(),
                version: OnceLock::new(),
            };
            let words = match words.join() {
                Ok(words) => words?,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            Ok(Self {
                person_facts: words.person_facts,
                roles: words.roles,
                epithets: words.epithets,
                given_names: words.given_names,
                domains: words.domains,
                contexts: words.contexts,
                agencies: words.agencies,
                ..actors
            })
        })
    }

    /// Returns the version of these dictionaries.
    #[must_use]
    pub fn version(&self) -> &DictionaryVersion {
        self.version.get_or_init(|| version_of(ALL))
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

fn version_of(files: &[(&str, &str)]) -> DictionaryVersion {
    let mut fingerprint = Fingerprint::new("dictionaries");
    for (_, file) in files {
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
        lexicon.persons.check().unwrap();
        assert!(lexicon.states.len() > 250);
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
