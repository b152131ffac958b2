//! Whom a name means, as a whole.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::lexicon::{Lexicon, Text};
use crate::model::{ActorId, ActorKind, fold};

/// The actors of a lexicon by their names: states with adjectives, peoples and capitals,
/// organisations, persons by full name. Case and accents do not matter.
///
/// Where a name is borne by several, a state comes before an organisation, that before a person, and
/// the earlier in its table before the later.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    by_name: HashMap<String, ActorId>,
}

impl NameIndex {
    /// Builds the index.
    ///
    /// # Complexity
    /// Linear in the number of names, some forty thousand for the bundled dictionaries.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut index = Self::default();
        for state in &lexicon.states {
            let id = ActorId::of_country(ActorKind::State, state.country);
            let others = state.other_names.iter().chain(&state.adjectives);
            let others = others.chain(&state.people).chain(&state.capitals);
            index.add(&id, std::iter::once(&state.name).chain(others));
        }
        for organisation in &lexicon.organisations {
            let names = std::iter::once(&organisation.name).chain(&organisation.aliases);
            index.add(&organisation.id, names);
        }
        for (_, person) in lexicon.persons.iter() {
            let names = std::iter::once(&person.name).chain(&person.spellings);
            index.add(&person.id, names);
        }
        index
    }

    fn add<'a>(&mut self, id: &ActorId, names: impl Iterator<Item = &'a Text>) {
        for name in names {
            if let Entry::Vacant(free) = self.by_name.entry(fold(name)) {
                free.insert(id.clone());
            }
        }
    }

    /// Returns the actor that a whole name means.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&ActorId> {
        self.by_name.get(&fold(name.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_known() {
        let index = NameIndex::new(Lexicon::bundled().unwrap());
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(index.get(name).map(ActorId::as_str), expected, "{name}");
        };
        check("RUSSIA", Some("state:RUS"));
        check("Recep Tayyip Erdogan", Some("person:recep-tayyip-erdogan"));
        check("hamas", Some("group:hamas"));
        check("Israeli", Some("state:ISR"));
        check("Mara Dovrin", None);
        check("", None);
    }
}
