//! Words that show what an article is about, where that is not politics.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::table;

/// Words of other domains than politics, and those of politics.
#[derive(Debug, Clone, Default)]
pub struct Domains {
    by_word: FastMap<String, Vec<String>>,
}

/// The domain that speaks against all others.
const POLITICS: &str = "politics";
/// The least number of different words that show a domain.
const WORDS_MIN: usize = 4;

impl Domains {
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut domains = Self::default();
        for row in table::rows(file, text, 2) {
            let row = row?;
            domains
                .by_word
                .entry(row.field(0).to_owned())
                .or_default()
                .push(row.field(1).to_owned());
        }
        Ok(domains)
    }

    /// Returns the domain that an article is about, if it is plainly not politics: one with at least
    /// four different words among `folded`, and more than twice as many as politics has.
    ///
    /// # Complexity
    /// Linear in the number of words.
    pub fn other_than_politics<'a>(
        &self,
        folded: impl IntoIterator<Item = &'a str>,
    ) -> Option<&str> {
        let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for word in folded {
            for domain in self.by_word.get(word).into_iter().flatten() {
                seen.entry(domain).or_default().insert(word);
            }
        }
        let political = seen.remove(POLITICS).map_or(0, |words| words.len());
        let (domain, words) = seen.into_iter().max_by_key(|(_, words)| words.len())?;
        (words.len() >= WORDS_MIN && words.len() > 2 * political).then_some(domain)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<&str>) {
        let domains = &Lexicon::bundled().unwrap().domains;
        assert_eq!(
            domains.other_than_politics(text.split(' ')),
            expected,
            "{text}"
        );
    }

    #[test]
    fn politics_speaks_against_other_domains() {
        check(
            "the striker scored before the referee blew his whistle",
            Some("sport"),
        );
        check(
            "the president met the coach and players before the match and scored with the minister",
            None,
        );
        check("the president scored", None);
        check("", None);
    }
}
