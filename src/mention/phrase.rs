//! Every name of the dictionaries in one automaton, which finds the longest that begins at a word.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::lexicon::{Lexicon, PersonIndex, PersonNames, Text};
use crate::mention::step::Steps;
use crate::mention::unit::{Sign, Units, add_signs};
use crate::model::{ActorKind, CountryCode};

/// What a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sense {
    /// Looks like an actor and is none, by its number in the lexicon.
    NotActor(usize),
    /// A person's full name.
    Person(PersonIndex),
    /// An organisation, by its number in the lexicon.
    Organisation(usize),
    /// A state's name.
    State(CountryCode),
    /// A state's adjective.
    Adjective(CountryCode),
    /// A state's capital.
    Capital(CountryCode),
    /// A state's people.
    People(CountryCode),
    /// A role word, by its number in the lexicon.
    Role(usize),
    /// A description such as "the kingdom", by its number in the lexicon.
    Epithet(usize),
    /// What a person is called by on second mention.
    Surname(PersonIndex),
}

/// How a phrase must be written to be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    /// With a capital first.
    Capital,
    /// In capitals: an acronym that is also a word.
    Upper,
}

/// A sense at the end of a phrase; `next` chains those of one phrase.
#[derive(Debug)]
struct Entry {
    sense: Sense,
    case: Case,
    next: u32,
}

const NONE: u32 = u32::MAX;

/// A trie over units, and what its phrases mean.
#[derive(Debug)]
pub(crate) struct PhraseIndex {
    steps: Steps,
    /// The first entry of each node; [`NONE`] where no phrase ends.
    firsts: Vec<u32>,
    entries: Vec<Entry>,
    /// The nodes that the user decided, each with the line that says so.
    of_user: HashMap<u32, usize>,
}

/// One phrase found: so many units, and what they mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PhraseMatch<'a> {
    pub(crate) units: usize,
    index: &'a PhraseIndex,
    node: u32,
    capital: bool,
    upper: bool,
}

impl<'a> PhraseMatch<'a> {
    /// Returns what the phrase means as it is written, in the order of the dictionaries.
    pub(crate) fn senses(self) -> impl Iterator<Item = Sense> + 'a {
        let index = self.index;
        let first = index.firsts.get(self.node as usize).copied();
        let mut at = first.unwrap_or(NONE);
        std::iter::from_fn(move || {
            let entry = index.entries.get(at as usize)?;
            at = entry.next;
            Some(entry)
        })
        .filter(move |entry| match entry.case {
            Case::Any => true,
            Case::Capital => self.capital,
            Case::Upper => self.upper,
        })
        .map(|entry| entry.sense)
    }

    /// Returns the line of the user's dictionary that says what the phrase means.
    pub(crate) fn line_of_user(self) -> Option<usize> {
        self.index.of_user.get(&self.node).copied()
    }
}

impl PhraseIndex {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        /// About so many steps lead through the bundled names.
        const STEPS: usize = 90_000;
        let mut builder = Builder {
            index: Self {
                steps: Steps::with_capacity(STEPS),
                firsts: Vec::with_capacity(STEPS),
                entries: Vec::with_capacity(STEPS),
                of_user: HashMap::new(),
            },
            signs: Vec::new(),
            spellings: Vec::new(),
        };
        builder.add_places(lexicon);
        for (number, role) in lexicon.roles.iter().enumerate() {
            builder.add(&role.phrase, Sense::Role(number));
        }
        for (number, epithet) in lexicon.epithets.iter().enumerate() {
            builder.add(&epithet.phrase, Sense::Epithet(number));
        }
        for (person, names) in lexicon.persons.names() {
            builder.add_person(&names, person);
        }
        builder.index.add_user(lexicon);
        builder.index.steps.close();
        builder.index
    }

    /// Makes a phrase mean one thing and nothing else, as a line of the user's dictionary says.
    pub(crate) fn decide(&mut self, phrase: &str, sense: Sense, line: usize) {
        let mut signs = Vec::new();
        add_signs(phrase, &mut signs);
        let (Some(first), Some(node)) = (signs.first(), self.node(&signs)) else {
            return;
        };
        let is_acronym = signs.len() == 1 && first.upper && first.length <= 5;
        let case = match sense {
            Sense::Role(_) => Case::Any,
            _ if is_acronym => Case::Upper,
            _ if !first.capital => Case::Any,
            _ => Case::Capital,
        };
        if let Some(first) = self.firsts.get_mut(node as usize) {
            *first = NONE;
        }
        self.push(node, sense, case);
        self.of_user.insert(node, line);
    }

    /// Keeps only some of the senses of a phrase.
    pub(crate) fn retain(&mut self, phrase: &str, keep: impl Fn(Sense) -> bool) {
        let mut signs = Vec::new();
        add_signs(phrase, &mut signs);
        let Some(node) = self.node(&signs) else {
            return;
        };
        let mut at = self.firsts.get(node as usize).copied().unwrap_or(NONE);
        let mut kept = Vec::new();
        while let Some(entry) = self.entries.get(at as usize) {
            if keep(entry.sense) {
                kept.push((entry.sense, entry.case));
            }
            at = entry.next;
        }
        if let Some(first) = self.firsts.get_mut(node as usize) {
            *first = NONE;
        }
        for (sense, case) in kept {
            self.push(node, sense, case);
        }
    }

    /// Returns the node at which a phrase ends; nothing if there are too many.
    fn node(&mut self, signs: &[Sign]) -> Option<u32> {
        let mut node = 0;
        for sign in signs {
            node = self.steps.enter(node, sign.hash)?;
        }
        self.firsts.resize(self.steps.nodes(), NONE);
        Some(node)
    }

    /// Adds a sense behind those that a node has.
    fn push(&mut self, node: u32, sense: Sense, case: Case) {
        let entry = u32::try_from(self.entries.len()).unwrap_or(NONE);
        let mut at = self.firsts.get(node as usize).copied().unwrap_or(NONE);
        if at == NONE
            && let Some(first) = self.firsts.get_mut(node as usize)
        {
            *first = entry;
        }
        while let Some(last) = self.entries.get_mut(at as usize) {
            if last.sense == sense && last.case == case {
                return;
            }
            at = last.next;
            if at == NONE {
                last.next = entry;
            }
        }
        self.entries.push(Entry {
            sense,
            case,
            next: NONE,
        });
    }

    /// Returns the phrases that begin at a unit and mean something as written, longest first.
    pub(crate) fn matches(&self, units: &Units, at: usize) -> Vec<PhraseMatch<'_>> {
        let mut found = Vec::new();
        let (mut node, mut upper) = (0, true);
        let capital = units.all.get(at).is_some_and(|unit| unit.capital);
        for (length, unit) in (1..).zip(units.all.get(at..).unwrap_or_default()) {
            let Some(next) = self.steps.get(node, unit.hash) else {
                break;
            };
            node = next;
            upper &= unit.upper;
            let candidate = PhraseMatch {
                units: length,
                index: self,
                node,
                capital,
                upper,
            };
            if candidate.senses().next().is_some() {
                found.push(candidate);
            }
        }
        found.reverse();
        found
    }
}

/// So many units of those at hand.
type Run = Range<usize>;

/// Makes an index.
struct Builder {
    index: PhraseIndex,
    /// The units of the phrases at hand: one memory for all.
    signs: Vec<Sign>,
    /// Which of them are the spellings of the person at hand.
    spellings: Vec<Run>,
}

impl Builder {
    /// Adds what is no actor, states and organisations.
    fn add_places(&mut self, lexicon: &Lexicon) {
        for (number, phrase) in lexicon.not_actors.iter().enumerate() {
            self.add(&phrase.phrase, Sense::NotActor(number));
        }
        for state in &lexicon.states {
            self.add(&state.name, Sense::State(state.country));
            self.add_all(&state.other_names, Sense::State(state.country));
            self.add_all(&state.adjectives, Sense::Adjective(state.country));
            self.add_all(&state.people, Sense::People(state.country));
            self.add_all(&state.capitals, Sense::Capital(state.country));
        }
        let mut by_id = BTreeMap::new();
        for (_, readings) in lexicon.ambiguities.iter() {
            by_id.extend(
                readings
                    .iter()
                    .filter_map(|reading| Some((reading.actor.as_ref()?, None))),
            );
        }
        for (number, organisation) in lexicon.organisations.iter().enumerate() {
            self.add(&organisation.name, Sense::Organisation(number));
            self.add_all(&organisation.aliases, Sense::Organisation(number));
            if let Some(first) = by_id.get_mut(&organisation.id) {
                first.get_or_insert(number);
            }
        }
        for (name, readings) in lexicon.ambiguities.iter() {
            for id in readings.iter().filter_map(|reading| reading.actor.as_ref()) {
                let number = by_id.get(id).copied().flatten();
                let country = CountryCode::parse(id.rest()).ok();
                let sense = match (number, country) {
                    (Some(number), _) => Sense::Organisation(number),
                    (None, Some(country)) if id.kind() == ActorKind::State => Sense::State(country),
                    _ => continue,
                };
                self.signs.clear();
                add_signs(name, &mut self.signs);
                self.push(0..self.signs.len(), sense, Case::Capital);
            }
        }
    }

    /// Adds a person's name in all spellings, and what the person is called by on second mention:
    /// the surname, and what stands in its place in other spellings.
    fn add_person(&mut self, names: &PersonNames<'_>, person: PersonIndex) {
        self.signs.clear();
        self.spellings.clear();
        let name = self.add_next(names.name, Sense::Person(person));
        for spelling in &names.spellings {
            let run = self.add_next(spelling, Sense::Person(person));
            self.spellings.push(run);
        }
        let surname = self.add_next(names.surname, Sense::Surname(person));
        // "Schaeuble" where there is no ä.
        if !names.name.is_ascii() && names.name.contains(UMLAUTS) {
            self.add_next(&without_umlauts(names.name), Sense::Person(person));
            self.add_next(&without_umlauts(names.surname), Sense::Surname(person));
        }
        let length = surname.len();
        if length == 0 || name.len() <= length {
            return;
        }
        let is_last = self.are_same(name.end - length..name.end, surname.clone());
        if !is_last && !self.are_same(name.start..name.start + length, surname) {
            return;
        }
        for number in 0..self.spellings.len() {
            let run = self.spellings.get(number).cloned().unwrap_or_default();
            if run.len() <= length {
                continue;
            }
            let from = if is_last { run.end - length } else { run.start };
            let variant = from..from + length;
            let is_letter = length == 1 && self.signs.get(from).is_none_or(|sign| sign.short);
            if !is_letter {
                self.add_run(variant, Sense::Surname(person));
            }
        }
        if is_last && names.is_japanese {
            // In its own order the surname comes first.
            let given = names.name.trim_end_matches(names.surname);
            let name = format!("{} {}", names.surname, given.trim_end());
            self.add(&name, Sense::Person(person));
        }
    }

    fn are_same(&self, one: Run, other: Run) -> bool {
        let signs = |run: Run| self.signs.get(run).unwrap_or_default().iter();
        let hashes = |run| signs(run).map(|sign| sign.hash);
        hashes(one).eq(hashes(other))
    }

    fn add_all(&mut self, phrases: &[Text], sense: Sense) {
        for phrase in phrases {
            self.add(phrase, sense);
        }
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        self.signs.clear();
        self.add_next(phrase, sense);
    }

    /// Adds a phrase; its units come behind those at hand.
    fn add_next(&mut self, phrase: &str, sense: Sense) -> Run {
        let start = self.signs.len();
        add_signs(phrase, &mut self.signs);
        let run = start..self.signs.len();
        // A letter is no name.
        if run.len() > 1 || phrase.chars().nth(1).is_some() {
            self.add_run(run.clone(), sense);
        }
        run
    }

    /// Adds a phrase whose units are at hand.
    fn add_run(&mut self, run: Run, sense: Sense) {
        let Some([first, others @ ..]) = self.signs.get(run.clone()) else {
            return;
        };
        let is_single = others.is_empty();
        let case = match sense {
            Sense::Role(_) | Sense::Epithet(_) => Case::Any,
            // Short acronyms are words as often as not.
            _ if is_single && first.upper && first.length <= 5 => Case::Upper,
            Sense::NotActor(_) if !first.capital => Case::Any,
            _ => Case::Capital,
        };
        self.push(run, sense, case);
    }

    fn push(&mut self, run: Run, sense: Sense, case: Case) {
        let signs = self.signs.get(run).unwrap_or_default();
        if let Some(node) = self.index.node(signs) {
            self.index.push(node, sense, case);
        }
    }
}

const UMLAUTS: [char; 6] = ['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü'];

fn without_umlauts(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        match c {
            'ä' => spelled.push_str("ae"),
            'ö' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'Ä' => spelled.push_str("Ae"),
            'Ö' => spelled.push_str("Oe"),
            'Ü' => spelled.push_str("Ue"),
            c => spelled.push(c),
        }
    }
    spelled
}
