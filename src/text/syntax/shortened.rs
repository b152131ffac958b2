//! Words that are written with a stop.

use crate::text::abbreviation::is_dotted_initials;

/// Titles and the like: what they belong to follows, so that no sentence ends here.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "drs", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "adm", "sen",
    "sens", "rep", "reps", "gov", "govs", "rev", "hon", "amb", "pres", "fr", "msgr", "cmdr",
    "brig", "mlle", "mme", "messrs", "pvt", "cpl", "insp", "supt", "mt", "ft", "st", "vs", "incl",
    "excl", "approx", "esp", "cf", "viz",
];

/// Abbreviations that keep their stop even where it ends the sentence.
const KEEPING: &[&str] = &["sr", "jr", "ph.d", "m.sc", "b.sc", "d.phil", "al"];

/// Abbreviations that keep their stop unless it ends the sentence.
const ABBREVIATIONS: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon",
    "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "inc", "ltd", "co", "corp",
    "bros", "etc", "ect", "dept", "est", "ext", "eg", "ie", "ca", "div", "ed", "eds", "vol",
    "vols", "pp", "para", "sec", "fig", "figs", "conf", "rec", "blvd", "ave", "rd", "sts", "hwy",
    "pkwy", "mob", "tel", "attn", "atty", "arrv", "lb", "lbs", "oz", "yrs", "mins", "hrs", "calif",
    "fla", "pa", "va", "la", "wa", "tex", "mass", "conn", "ariz", "ala", "ill", "ind", "ky",
    "mich", "minn", "mo", "neb", "nev", "okla", "ore", "tenn", "wash", "wis", "wyo", "que", "ont",
    "cal", "colo", "del", "ga", "univ", "assn", "intl", "natl", "govt", "lv", "spec", "ps", "dist",
    "repr", "trans", "op", "ser", "rs",
];

/// Longest initials; what is longer is a name with stops, and looking at it again and again would
/// not be linear.
const INITIALS_BYTES_MAX: usize = 24;

/// Says whether `word` is one letter, or letters with stops between.
pub(crate) fn is_initials(word: &str) -> bool {
    if word.len() > INITIALS_BYTES_MAX {
        return false;
    }
    let mut chars = word.chars();
    let is_letter = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    is_letter || is_dotted_initials(word)
}

/// Says whether `word`, in front of a stop, is a title.
pub(crate) fn is_title(word: &str) -> bool {
    word.len() <= 8 && TITLES.iter().any(|title| word.eq_ignore_ascii_case(title))
}

/// Says whether `word`, in front of a stop, keeps it always.
pub(crate) fn keeps_stop(word: &str) -> bool {
    is_title(word)
        || word.len() <= 8 && KEEPING.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// Says whether `word`, in front of a stop, keeps it unless the sentence ends.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    word.len() <= 8
        && ABBREVIATIONS
            .iter()
            .any(|abbreviation| word.eq_ignore_ascii_case(abbreviation))
}

/// What kind of abbreviation stands in front of a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shortened {
    /// None that is known.
    #[default]
    No,
    /// One letter.
    Initial,
    /// Letters with stops between: `U.S.`
    Initials,
    /// A name follows.
    Title,
    /// Any other.
    Other,
}

impl Shortened {
    /// Sorts a word in front of a stop.
    pub(crate) fn of(word: &str) -> Self {
        if is_initials(word) {
            if word.contains('.') {
                Self::Initials
            } else {
                Self::Initial
            }
        } else if is_title(word) {
            Self::Title
        } else if is_abbreviation(word) || keeps_stop(word) {
            Self::Other
        } else {
            Self::No
        }
    }
}
