//! What a store still says after a fault, beside what is known of it.

use std::collections::{BTreeMap, BTreeSet};

/// Every article of a store with a hash of all that it says; as `demarche bench dump` prints it.
///
/// ```text
/// article ID HASH     one line for each article that can be read
/// damaged WHAT        one line for each record that cannot
/// end COUNT           how many lines came before
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dump {
    articles: BTreeMap<String, String>,
    damaged: Vec<String>,
    is_whole: bool,
}

impl Dump {
    /// Reads a dump. One that was cut off, or that has another line in it, is not whole.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut dump = Self::default();
        let mut lines = 0_u64;
        let mut end = None;
        let mut is_clean = true;
        for line in text.lines() {
            is_clean &= end.is_none();
            match line.split_once(' ') {
                Some(("article", rest)) => match rest.split_once(' ') {
                    Some((id, hash)) => {
                        let before = dump.articles.insert(id.to_owned(), hash.to_owned());
                        is_clean &= before.is_none();
                    }
                    None => is_clean = false,
                },
                Some(("damaged", what)) => dump.damaged.push(what.to_owned()),
                Some(("end", count)) => end = count.parse().ok(),
                _ => is_clean = false,
            }
            lines += 1;
        }
        dump.is_whole = is_clean && end.is_some() && end == lines.checked_sub(1);
        dump
    }

    /// Says whether the dump came to its end.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns what the store says is damaged.
    #[must_use]
    pub fn damaged(&self) -> &[String] {
        &self.damaged
    }

    /// Returns how many articles could be read.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.articles.len()
    }
}

/// What is known of a store: what every article says, and in which order they were put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    truth: BTreeMap<String, String>,
    order: Vec<String>,
}

/// How a dump differs from what is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// Articles that say something else than what was put, or that were never put.
    pub wrong: Vec<String>,
    /// Articles that were promised and are not there.
    pub missing: Vec<String>,
}

impl Findings {
    /// Says whether everything promised is there and right.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.wrong.is_empty() && self.missing.is_empty()
    }
}

impl Known {
    /// Takes the dump of a store that nothing happened to, and the ids of its articles in the order
    /// in which they were put; nothing where these do not belong together.
    #[must_use]
    pub fn new(undisturbed: Dump, order: Vec<String>) -> Option<Self> {
        let ids: BTreeSet<&String> = order.iter().collect();
        let fits = undisturbed.is_whole
            && undisturbed.damaged.is_empty()
            && ids.len() == order.len()
            && undisturbed.articles.keys().eq(ids);
        fits.then_some(Self {
            truth: undisturbed.articles,
            order,
        })
    }

    /// Returns how many articles there are.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.order.len()
    }

    /// Compares a dump with what is known, where the first `promised` articles were acknowledged;
    /// any of the others may be there too.
    ///
    /// # Complexity
    /// O((articles known + articles found) · log articles).
    #[must_use]
    pub fn compare(&self, dump: &Dump, promised: usize) -> Findings {
        let wrong = dump
            .articles
            .iter()
            .filter(|(id, hash)| self.truth.get(*id) != Some(*hash));
        let missing = self
            .order
            .iter()
            .take(promised)
            .filter(|id| !dump.articles.contains_key(*id));
        Findings {
            wrong: wrong.map(|(id, _)| id.clone()).collect(),
            missing: missing.cloned().collect(),
        }
    }
}

/// Returns the articles that one dump has and a later one has not, or has otherwise.
#[must_use]
pub fn lost_between(before: &Dump, after: &Dump) -> Vec<String> {
    let lost = before
        .articles
        .iter()
        .filter(|(id, hash)| after.articles.get(*id) != Some(*hash));
    lost.map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "article a 1\narticle b 2\narticle c 3\nend 3\n";

    fn known() -> Known {
        let order = ["c", "a", "b"].map(str::to_owned).to_vec();
        Known::new(Dump::parse(WHOLE), order).unwrap()
    }

    fn check(text: &str, promised: usize, wrong: &[&str], missing: &[&str]) {
        let found = known().compare(&Dump::parse(text), promised);
        assert_eq!((found.wrong, found.missing), (owned(wrong), owned(missing)));
    }

    fn owned(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_was_promised_must_be_there() {
        check(WHOLE, 3, &[], &[]);
        check("article c 3\nend 1\n", 1, &[], &[]);
        check("article c 3\narticle b 2\nend 2\n", 1, &[], &[]);
        check("article a 1\nend 1\n", 2, &[], &["c"]);
        check("end 0\n", 3, &[], &["c", "a", "b"]);
    }

    #[test]
    fn nothing_may_be_there_that_was_never_put() {
        check("article c 9\nend 1\n", 1, &["c"], &[]);
        check("article c 3\narticle z 3\nend 2\n", 1, &["z"], &[]);
    }

    #[test]
    fn a_dump_that_is_cut_off_is_not_whole() {
        for text in [
            "",
            "article a 1\n",
            "article a 1\nend 2\n",
            "article a 1\nend 1\narticle b 2\n",
            "article a 1\narticle a 1\nend 2\n",
            "article\nend 1\n",
            "hello a 1\nend 1\n",
        ] {
            assert!(!Dump::parse(text).is_whole(), "{text}");
        }
        let dump = Dump::parse("article a 1\ndamaged event 3: x\nend 2\n");
        assert!(dump.is_whole());
        assert_eq!(dump.damaged(), ["event 3: x"]);
    }

    #[test]
    fn a_truth_with_damage_is_none() {
        let order = || owned(&["a"]);
        assert!(Known::new(Dump::parse("article a 1\nend 1\n"), order()).is_some());
        for text in ["article a 1\n", "article b 1\nend 1\n", "end 0\n"] {
            assert!(Known::new(Dump::parse(text), order()).is_none(), "{text}");
        }
    }

    #[test]
    fn what_a_repair_loses_is_found() {
        let after = Dump::parse("article a 1\narticle b 9\nend 2\n");
        assert_eq!(lost_between(&Dump::parse(WHOLE), &after), ["b", "c"]);
        assert!(lost_between(&after, &after).is_empty());
    }
}
