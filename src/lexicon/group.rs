//! Persons by what they have in common.

use std::borrow::Borrow;

use crate::lexicon::PersonIndex;

/// One list of all keys in order and one of all persons in the order of their keys, so that two blocks of memory are enough.
#[derive(Debug, Clone)]
pub(super) struct Groups<K> {
    /// Each key, with where its persons end.
    keys: Vec<(K, usize)>,
    members: Vec<PersonIndex>,
}

impl<K: Ord> Groups<K> {
    pub(super) fn new(mut pairs: Vec<(K, PersonIndex)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut keys: Vec<(K, usize)> = Vec::new();
        let members = pairs.iter().map(|(_, person)| *person).collect();
        for (end, (key, _)) in (1..).zip(pairs) {
            match keys.last_mut() {
                Some((last, last_end)) if *last == key => *last_end = end,
                _ => keys.push((key, end)),
            }
        }
        Self { keys, members }
    }

    /// Returns the persons of a key, in the order of the dictionary.
    pub(super) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> &[PersonIndex]
    where
        K: Borrow<Q>,
    {
        let found = self
            .keys
            .binary_search_by(|(other, _)| other.borrow().cmp(key));
        let Ok(at) = found else {
            return &[];
        };
        let end = |at: usize| self.keys.get(at).map(|(_, end)| *end);
        let start = at.checked_sub(1).and_then(end).unwrap_or(0);
        let members = end(at).and_then(|end| self.members.get(start..end));
        members.unwrap_or_default()
    }
}
