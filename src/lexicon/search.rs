//! Actors of the dictionaries by a name, or a part or misspelling of one.

use std::collections::HashMap;

use crate::lexicon::Lexicon;
use crate::model::{ActorId, ActorKind, fold};

/// An actor of the dictionaries whose name is like a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMatch {
    /// The actor id.
    pub id: ActorId,
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
    // Letters are compared only where no name holds the text: that takes far longer.
    let mut found = found_by(lexicon, |name| held_distance(&wanted, name));
    if found.is_empty() {
        found = found_by(lexicon, |name| spelling_distance(&wanted, name));
    }
    found.sort_by(|a, b| a.distance.cmp(&b.distance).then_with(|| a.id.cmp(&b.id)));
    found.truncate(limit);
    found
}

/// Returns every actor with a name that has a distance, by its nearest; names are folded.
fn found_by(lexicon: &Lexicon, distance: impl Fn(&str) -> Option<usize>) -> Vec<NameMatch> {
    let mut best: HashMap<ActorId, NameMatch> = HashMap::new();
    let mut consider = |id: &ActorId, name: &str, candidates: &[&str]| {
        for candidate in candidates {
            let Some(distance) = distance(&fold(candidate)) else {
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
        let id = ActorId::of_country(ActorKind::State, state.country);
        let mut names = vec![id.as_str(), state.country.as_str(), &state.name];
        let others = state.other_names.iter().chain(&state.adjectives);
        names.extend(others.map(|name| &**name));
        consider(&id, &state.name, &names);
    }
    for organisation in lexicon
        .organisations
        .iter()
        .filter(|o| !o.id.as_str().starts_with("state:"))
    {
        let mut names = vec![organisation.id.as_str(), &organisation.name];
        names.extend(organisation.aliases.iter().map(|name| &**name));
        consider(&organisation.id, &organisation.name, &names);
    }
    for (_, person) in lexicon.persons.iter() {
        let mut names = vec![person.id.as_str(), &person.name];
        names.extend(person.spellings.iter().map(|name| &**name));
        consider(&person.id, &person.name, &names);
    }
    best.into_values().collect()
}

/// Says how far a folded name that holds the folded text wanted is from it, at most 2.
fn held_distance(wanted: &str, name: &str) -> Option<usize> {
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
    (wanted.len() >= 3 && name.contains(wanted)).then_some(2)
}

/// Says how many letters, and 2, a folded name or a part of it is off the folded text wanted;
/// nothing if too many.
fn spelling_distance(wanted: &str, name: &str) -> Option<usize> {
    if wanted.is_empty() {
        return None;
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
