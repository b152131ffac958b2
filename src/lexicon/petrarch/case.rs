//! Phrases in capitals, rewritten as articles write them.

/// Words that stay in lower case within a name.
const PARTICLES: &[&str] = &[
    "al", "and", "at", "bin", "by", "da", "das", "de", "del", "des", "do", "dos", "du", "el",
    "for", "from", "ibn", "in", "la", "le", "of", "on", "the", "to", "van", "von", "with",
];
/// Acronyms that stand within the names of bodies.
const ACRONYMS: &[&str] = &["AU", "EU", "NATO", "UAE", "UK", "UN", "US", "USA"];
/// The longest single word that is taken for an acronym, in letters.
const ACRONYM_LETTERS_MAX: usize = 3;
/// The same for organisations, which go by acronyms.
const ACRONYM_LETTERS_MAX_OF_BODY: usize = 5;

/// What a phrase names, which decides how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// A person: every word is a name.
    Person,
    /// A country, group or the like: short single words are acronyms.
    Name,
    /// An organisation: single words up to five letters are acronyms.
    Body,
    /// A word that is no name.
    Lower,
}

/// A phrase as articles write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rewritten {
    pub(super) text: String,
    /// Whether PETRARCH would find it in more places: with words in between, or as a beginning.
    pub(super) is_loose: bool,
}

/// Rewrites a phrase; words are divided by `_` or blanks.
pub(super) fn rewrite(raw: &str, case: Case) -> Rewritten {
    let raw = raw.trim();
    let is_loose = !raw.ends_with('_') || raw.contains(char::is_whitespace);
    let words: Vec<&str> = raw
        .split(|c: char| c == '_' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let has_lower = raw.chars().any(char::is_lowercase);
    let single = words.len() == 1;
    let cased: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(index, word)| match case {
            Case::Lower => word.to_lowercase(),
            _ if has_lower => (*word).to_owned(),
            _ if is_acronym(word, case, single) => (*word).to_owned(),
            _ => titled(word, index > 0),
        })
        .collect();
    Rewritten {
        text: cased.join(" "),
        is_loose,
    }
}

fn is_acronym(word: &str, case: Case, single: bool) -> bool {
    // `U.S.`, `J.`
    if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1) {
        return true;
    }
    let letters = word.chars().count();
    let has_vowel = word.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    match case {
        Case::Person | Case::Lower => false,
        _ if !single => ACRONYMS.contains(&word),
        Case::Name => letters <= ACRONYM_LETTERS_MAX || !has_vowel,
        Case::Body => letters <= ACRONYM_LETTERS_MAX_OF_BODY || !has_vowel,
    }
}

/// Writes a word with a capital at the beginning of each of its parts.
fn titled(word: &str, is_within: bool) -> String {
    let lower = word.to_lowercase();
    if is_within && PARTICLES.contains(&lower.as_str()) {
        return lower;
    }
    let parts = lower.split('-').enumerate().map(|(index, part)| {
        if is_within && index == 0 && PARTICLES.contains(&part) {
            part.to_owned()
        } else {
            capitalised(part)
        }
    });
    parts.collect::<Vec<_>>().join("-")
}

/// `o'brien` becomes `O'Brien`, `sa'ar` becomes `Sa'ar`.
fn capitalised(part: &str) -> String {
    let mut capital = String::with_capacity(part.len());
    let mut is_next = true;
    for (index, c) in part.chars().enumerate() {
        if is_next {
            capital.extend(c.to_uppercase());
        } else {
            capital.push(c);
        }
        is_next = c == '\'' && index == 1;
    }
    capital
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rewritten() {
        let check = |raw: &str, case, expected: &str, is_loose| {
            let found = rewrite(raw, case);
            assert_eq!((found.text.as_str(), found.is_loose), (expected, is_loose));
        };
        check("MARA_DOVRIN_", Case::Person, "Mara Dovrin", false);
        check("KARIM_AL-TAWIL_", Case::Person, "Karim al-Tawil", false);
        check("AL-TAWIL", Case::Person, "Al-Tawil", true);
        check("SEAN O'DARE_", Case::Person, "Sean O'Dare", true);
        check("GIL_SA'OR_", Case::Person, "Gil Sa'or", false);
        check("J._R._STANE_", Case::Person, "J. R. Stane", false);
        check("ÉVA_ŐRI_", Case::Person, "Éva Őri", false);
        check("UN", Case::Name, "UN", true);
        check("MALI_", Case::Name, "Mali", false);
        check("OSCE_", Case::Body, "OSCE", false);
        check(
            "UN_SECRETARIAT_OF_THE_SEA_",
            Case::Body,
            "UN Secretariat of the Sea",
            false,
        );
        check("Front for Sand_", Case::Body, "Front for Sand", true);
        check("HARBOUR_GUARD", Case::Lower, "harbour guard", true);
        check("__", Case::Name, "", false);
    }
}
