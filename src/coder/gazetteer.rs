//! Every name of the dictionaries, found in tokens by longest match.

use std::collections::HashMap;

use crate::lexicon::{Lexicon, PersonIndex};
use crate::model::{CountryCode, Span, fold};
use crate::text::{Word, tokenize};

/// What a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sense {
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
}

#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    /// Whether the text must write it in capitals: acronyms, which are often also words.
    upper: bool,
    /// Whether the text must begin it with a capital letter.
    capital: bool,
    senses: Vec<Sense>,
}

/// All phrases, by their first word, longest first.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    by_first: HashMap<String, Vec<Phrase>>,
}

/// Countries whose bare names are more often something else.
const AMBIGUOUS_NAMES: &[&str] = &[
    "the union",
    "micronesia",
    "congo",
    "labour",
    "meta",
    "shell",
    "total",
];

impl Gazetteer {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut gazetteer = Self {
            by_first: HashMap::new(),
        };
        for state in &lexicon.states {
            let names = std::iter::once(&state.name).chain(&state.other_names);
            gazetteer.add_all(names, Sense::State(state.country));
            gazetteer.add_all(&state.adjectives, Sense::Adjective(state.country));
            gazetteer.add_all(&state.people, Sense::People(state.country));
            gazetteer.add_all(&state.capitals, Sense::Capital(state.country));
        }
        for (index, organisation) in lexicon.organisations.iter().enumerate() {
            let names = std::iter::once(&organisation.name).chain(&organisation.aliases);
            gazetteer.add_all(names, Sense::Organisation(index));
        }
        for (index, person) in lexicon.persons.iter() {
            let names = std::iter::once(&person.name).chain(&person.spellings);
            gazetteer.add_all(names, Sense::Person(index));
        }
        for (index, role) in lexicon.roles.iter().enumerate() {
            gazetteer.add(&role.phrase, Sense::Role(index));
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for senses in gazetteer.by_first.values_mut() {
            senses.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.rest.cmp(&b.rest)));
        }
        gazetteer
    }

    fn add_all<'a>(&mut self, names: impl IntoIterator<Item = &'a String>, sense: Sense) {
        for name in names {
            self.add(name, sense);
        }
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let is_role = matches!(sense, Sense::Role(_));
        let words = tokenize(name, Span::new(0, name.len()));
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let single = rest.is_empty();
        // A one-word name of a person is a given name or a title as often as not.
        let skipped = AMBIGUOUS_NAMES.contains(&fold(name).as_str())
            || (single && matches!(sense, Sense::Person(_)))
            || (single && first.folded.len() < 2);
        if skipped {
            return;
        }
        let rest: Vec<String> = rest.iter().map(|word| word.folded.clone()).collect();
        let upper = single && first.upper && first.folded.len() <= 5;
        let phrases = self.by_first.entry(first.folded.clone()).or_default();
        let known = phrases
            .iter_mut()
            .find(|phrase| phrase.rest == rest && phrase.upper == upper);
        match known {
            Some(phrase) => {
                if !phrase.senses.contains(&sense) {
                    phrase.senses.push(sense);
                    phrase.senses.sort_unstable();
                }
            }
            None => phrases.push(Phrase {
                rest,
                upper,
                capital: !is_role,
                senses: vec![sense],
            }),
        }
    }

    /// Returns the longest phrase that begins at `at`, as its length in words and its senses.
    pub(crate) fn longest(&self, words: &[Word], at: usize) -> Option<(usize, &[Sense])> {
        let first = words.get(at)?;
        self.by_first
            .get(&first.folded)?
            .iter()
            .find(|phrase| {
                let tail = words.get(at + 1..at + 1 + phrase.rest.len());
                tail.is_some_and(|tail| tail.iter().zip(&phrase.rest).all(|(w, p)| w.is(p)))
                    && (!phrase.upper || first.upper)
                    && (!phrase.capital || first.capital)
            })
            .map(|phrase| (phrase.rest.len() + 1, phrase.senses.as_slice()))
    }

    /// Returns the longest phrase at `at` that has a role as one of its senses.
    pub(crate) fn role_at(&self, words: &[Word], at: usize) -> Option<(usize, usize)> {
        let (length, senses) = self.longest(words, at)?;
        senses.iter().find_map(|sense| match sense {
            Sense::Role(index) => Some((length, *index)),
            _ => None,
        })
    }
}

/// An actor of the dictionaries whose name is like a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMatch {
    /// The actor id.
    pub id: crate::model::ActorId,
    /// The name for people.
    pub name: String,
    /// The name, alias or code that matched.
    pub matched: String,
    /// How far the match is off: 0 the same, 1 a whole word of it, 2 a part, more: letters apart.
    pub distance: usize,
}

/// Finds actors of the dictionaries by name, alias, code or id, best first, at most `limit`.
///
/// Case and accents do not matter. Where no name holds the text, the nearest by spelling are
/// returned.
///
/// # Complexity
/// A scan of all names.
#[must_use]
pub fn suggest_actors(lexicon: &Lexicon, text: &str, limit: usize) -> Vec<NameMatch> {
    let wanted = fold(text.trim());
    let mut best: HashMap<crate::model::ActorId, NameMatch> = HashMap::new();
    let mut consider = |id: &crate::model::ActorId, name: &str, candidates: &[&str]| {
        for candidate in candidates {
            let Some(distance) = name_distance(&wanted, &fold(candidate)) else {
                continue;
            };
            let found = NameMatch {
                id: id.clone(),
                name: name.to_owned(),
                matched: (*candidate).to_owned(),
                distance,
            };
            let known = best.entry(id.clone()).or_insert_with(|| found.clone());
            if found.distance < known.distance {
                *known = found;
            }
        }
    };
    for state in &lexicon.states {
        let id = crate::model::ActorId::of_country(crate::model::ActorKind::State, state.country);
        let mut names = vec![id.as_str(), state.country.as_str(), state.name.as_str()];
        names.extend(
            state
                .other_names
                .iter()
                .chain(&state.adjectives)
                .map(String::as_str),
        );
        consider(&id, &state.name, &names);
    }
    for organisation in lexicon
        .organisations
        .iter()
        .filter(|o| !o.id.as_str().starts_with("state:"))
    {
        let mut names = vec![organisation.id.as_str(), organisation.name.as_str()];
        names.extend(organisation.aliases.iter().map(String::as_str));
        consider(&organisation.id, &organisation.name, &names);
    }
    for (_, person) in lexicon.persons.iter() {
        let mut names = vec![person.id.as_str(), person.name.as_str()];
        names.extend(person.spellings.iter().map(String::as_str));
        consider(&person.id, &person.name, &names);
    }
    let mut found: Vec<NameMatch> = best.into_values().collect();
    found.sort_by(|a, b| a.distance.cmp(&b.distance).then_with(|| a.id.cmp(&b.id)));
    if let Some(nearest) = found.first().map(|first| first.distance)
        && nearest <= 2
    {
        found.retain(|found| found.distance <= 2);
    }
    found.truncate(limit);
    found
}

/// Says how far a folded name is from the folded text wanted; nothing if too far.
fn name_distance(wanted: &str, name: &str) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    if name == wanted {
        return Some(0);
    }
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| word == wanted) {
        return Some(1);
    }
    if wanted.len() >= 3 && name.contains(wanted) {
        return Some(2);
    }
    let length = wanted.chars().count();
    if name.chars().count().abs_diff(length) > 2 && !name.contains(' ') {
        return None;
    }
    let nearest = std::iter::once(name)
        .chain(name.split(' '))
        .map(|part| strsim::osa_distance(wanted, part))
        .min()?;
    (nearest <= 1 + length / 4).then_some(nearest + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_forgiving() {
        let lexicon = Lexicon::bundled().unwrap();
        let check = |text: &str, expected: &str| {
            let found = suggest_actors(lexicon, text, 5);
            assert!(
                found.iter().any(|found| found.id.as_str() == expected),
                "{text}: {:?}",
                found.iter().map(|found| &found.id).collect::<Vec<_>>()
            );
        };
        check("putin", "person:vladimir-putin");
        check("Russia", "state:RUS");
        check("RUS", "state:RUS");
        check("state:RUS", "state:RUS");
        check("erdogan", "person:recep-tayyip-erdogan");
        check("netanyahoo", "person:benjamin-netanyahu");
        check("UN", "igo:UN");
        assert_eq!(
            suggest_actors(lexicon, "RUS", 5)[0].id.as_str(),
            "state:RUS"
        );
        assert!(suggest_actors(lexicon, "", 5).is_empty());
        assert!(suggest_actors(lexicon, "qqqqqqqqqqqq", 5).is_empty());
    }
}
