//! Words whose final stop does not end a sentence.

/// Abbreviations before a name: a sentence never ends here.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "adm", "sen", "rep",
    "gov", "st", "sr", "rev", "hon", "amb", "pres", "fr", "msgr", "cmdr", "brig",
];

/// Abbreviations after which a sentence may end, if what follows looks like a start.
const OTHERS: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no",
    "inc", "ltd", "co", "corp", "etc", "vs", "al", "jr", "a.m", "p.m", "u.s", "u.n", "u.k", "e.u",
    "d.c", "i.e", "e.g", "approx", "dept", "est",
];

/// What a final stop after a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It belongs to the word, and the sentence goes on.
    OfWord,
    /// It belongs to the word, and may also end the sentence.
    Either,
    /// It ends the sentence.
    OfSentence,
}

/// Says what a stop after `word` (without the stop) means.
pub(crate) fn stop_after(word: &str) -> Stop {
    let lower = word.to_lowercase();
    let single_letter = {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    };
    if TITLES.contains(&lower.as_str()) || single_letter {
        Stop::OfWord
    } else if OTHERS.contains(&lower.as_str()) || is_dotted_initials(word) {
        Stop::Either
    } else {
        Stop::OfSentence
    }
}

/// Says whether `word` is letters with stops between: `U.S`, `a.m`, `D.R.C`.
pub(crate) fn is_dotted_initials(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
}
