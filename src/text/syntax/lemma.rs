//! Lemmas: what remains of a form when inflection is taken away.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Cut this many characters off the end of the form, then add a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Edit {
    pub(crate) cut: u8,
    pub(crate) add: String,
}

/// Fine tag, then form or ending, to something.
pub(crate) type ByTag<T> = BTreeMap<String, BTreeMap<String, T>>;

/// How lemmas are made.
///
/// An exception gives the lemma of a form with a tag; otherwise the rule of the longest ending
/// that is known for the tag applies. Proper nouns keep their capitals, all else is lower case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Lemmas {
    /// Fine tag and form in lower case to lemma.
    pub(crate) exceptions: ByTag<String>,
    /// Fine tag and ending to edit.
    pub(crate) rules: ByTag<Edit>,
}

/// Longest ending of a rule, in characters.
pub(crate) const ENDING_MAX: usize = 5;

/// Says whether forms of this tag keep their capitals.
pub(crate) fn keeps_case(xpos: &str) -> bool {
    xpos.starts_with("NNP")
}

impl Edit {
    /// Returns the edit from a form to its lemma.
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let common = form
            .chars()
            .zip(lemma.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let cut = form.chars().count() - common;
        Self {
            cut: u8::try_from(cut).unwrap_or(u8::MAX),
            add: lemma.chars().skip(common).collect(),
        }
    }

    /// Applies the edit; a form shorter than the cut stays whole.
    pub(crate) fn apply(&self, form: &str) -> String {
        let count = form.chars().count();
        let Some(kept) = count.checked_sub(usize::from(self.cut)) else {
            return form.to_owned();
        };
        let mut lemma: String = form.chars().take(kept).collect();
        lemma.push_str(&self.add);
        if lemma.is_empty() {
            form.to_owned()
        } else {
            lemma
        }
    }
}

/// Returns a text in small letters.
fn small(text: &str) -> Cow<'_, str> {
    let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(is_small) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

impl Lemmas {
    /// Returns the lemma of a form with a fine tag.
    pub(crate) fn lemma(&self, form: &str, xpos: &str) -> String {
        let form = if form.contains(['’', '‘']) {
            Cow::Owned(form.replace(['’', '‘'], "'"))
        } else {
            Cow::Borrowed(form)
        };
        let lower = small(&form);
        let exceptions = self.exceptions.get(xpos);
        if let Some(lemma) = exceptions.and_then(|known| known.get(&*lower)) {
            return lemma.clone();
        }
        let shaped = if keeps_case(xpos) { &form } else { &lower };
        self.by_rule(shaped, xpos)
    }

    /// Applies the rule of the longest ending that is known.
    pub(crate) fn by_rule(&self, shaped: &str, xpos: &str) -> String {
        let Some(rules) = self.rules.get(xpos) else {
            return shaped.to_owned();
        };
        let lower = small(shaped);
        let ends = lower.char_indices().rev().take(ENDING_MAX);
        let mut edit = rules.get("");
        for (start, _) in ends {
            edit = rules.get(&lower[start..]).or(edit);
        }
        edit.map_or_else(|| shaped.to_owned(), |edit| edit.apply(shaped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_take_endings_away() {
        let check = |form: &str, lemma: &str| {
            assert_eq!(Edit::between(form, lemma).apply(form), lemma);
        };
        check("talks", "talk");
        check("went", "go");
        check("cities", "city");
        check("Élysées", "Élysée");
    }
}
