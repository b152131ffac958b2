//! The forms of English verbs.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::table;

/// A form of a verb. Where two forms look alike, [`VerbForms::forms`] gives both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbForm {
    /// `call`
    Base,
    /// `calls`
    Third,
    /// `called`, as in "he called"
    Past,
    /// `called`, as in "was called"
    Participle,
    /// `calling`
    Gerund,
}

/// Makes the forms of verbs: irregular ones from a table, the rest by rule.
#[derive(Debug, Default)]
pub struct VerbForms {
    irregular: FastMap<String, (String, String)>,
}

/// Verbs of more than one syllable that double their last consonant.
const DOUBLING: &[&str] = &[
    "admit",
    "commit",
    "compel",
    "confer",
    "defer",
    "transmit",
    "deter",
    "expel",
    "occur",
    "omit",
    "permit",
    "prefer",
    "patrol",
    "rebel",
    "rebut",
    "refer",
    "repel",
    "abet",
    "control",
    "submit",
    "transfer",
    "annul",
    "propel",
    "impel",
    "allot",
    "acquit",
    "regret",
    "dispel",
    "concur",
    "incur",
    "recur",
    "entrap",
    "kidnap",
    "airdrop",
    "eavesdrop",
    "overrun",
    "outbid",
    "begin",
    "forget",
    "input",
    "equip",
    "rebut",
    "submit",
    "permit",
    "refit",
    "outfit",
];

/// Verbs that double their last consonant in British spelling and not in American.
const DOUBLING_IN_BRITISH: &[&str] = &[
    "cancel", "counsel", "initial", "label", "level", "model", "quarrel", "signal", "travel",
];

impl VerbForms {
    /// Loads the table of irregular verbs: base, past, participle.
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut irregular = FastMap::default();
        for row in table::rows(file, text, 3) {
            let row = row?;
            let forms = (row.field(1).to_owned(), row.field(2).to_owned());
            irregular.insert(row.field(0).to_owned(), forms);
        }
        Ok(Self { irregular })
    }

    /// Returns every form of the verb with this base.
    #[must_use]
    pub fn forms(&self, base: &str) -> Vec<(String, VerbForm)> {
        if base == "be" {
            return [
                ("be", VerbForm::Base),
                ("am", VerbForm::Third),
                ("is", VerbForm::Third),
                ("are", VerbForm::Third),
                ("was", VerbForm::Past),
                ("were", VerbForm::Past),
                ("been", VerbForm::Participle),
                ("being", VerbForm::Gerund),
            ]
            .map(|(text, form)| (text.to_owned(), form))
            .to_vec();
        }
        let stem = doubled(base);
        let regular = || match base {
            _ if base.ends_with('e') => format!("{base}d"),
            _ if ends_in_consonant_y(base) => format!("{}ied", &base[..base.len() - 1]),
            _ => format!("{stem}ed"),
        };
        let (past, participle) = self
            .irregular
            .get(base)
            .cloned()
            .unwrap_or_else(|| (regular(), regular()));
        let gerund = match base {
            _ if base.ends_with("ie") => format!("{}ying", &base[..base.len() - 2]),
            _ if base.ends_with('e') && !base.ends_with("ee") => {
                format!("{}ing", &base[..base.len() - 1])
            }
            _ => format!("{stem}ing"),
        };
        let mut forms = vec![
            (base.to_owned(), VerbForm::Base),
            (third(base), VerbForm::Third),
            (past, VerbForm::Past),
            (participle, VerbForm::Participle),
            (gerund, VerbForm::Gerund),
        ];
        if DOUBLING_IN_BRITISH.contains(&base) {
            let past = format!("{base}led");
            forms.push((past.clone(), VerbForm::Past));
            forms.push((past, VerbForm::Participle));
            forms.push((format!("{base}ling"), VerbForm::Gerund));
        }
        forms
    }
}

fn third(base: &str) -> String {
    match base {
        "have" => "has".to_owned(),
        _ if ends_in_consonant_y(base) => format!("{}ies", &base[..base.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh", "o"]
            .iter()
            .any(|end| base.ends_with(end)) =>
        {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn ends_in_consonant_y(base: &str) -> bool {
    matches!(base.as_bytes(), [.., before, b'y'] if !is_vowel(*before))
}

/// Doubles the last consonant of a short verb such as `stop`, or of a listed one.
fn doubled(base: &str) -> String {
    let short = match base.as_bytes() {
        [head @ .., vowel, last] => {
            is_vowel(*vowel)
                && !is_vowel(*last)
                && !matches!(last, b'w' | b'x' | b'y')
                && !head.is_empty()
                && !head.iter().any(|letter| is_vowel(*letter))
        }
        _ => false,
    };
    match base.chars().next_back() {
        Some(last) if short || DOUBLING.contains(&base) => format!("{base}{last}"),
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let verbs = VerbForms::load("t", "base\tpast\tparticiple\nspeak\tspoke\tspoken").unwrap();
        let check = |base: &str, expected: [&str; 5]| {
            let forms = verbs.forms(base);
            let found: Vec<&str> = forms.iter().map(|(text, _)| text.as_str()).collect();
            assert_eq!(found, expected);
        };
        check("call", ["call", "calls", "called", "called", "calling"]);
        check(
            "accuse",
            ["accuse", "accuses", "accused", "accused", "accusing"],
        );
        check("ban", ["ban", "bans", "banned", "banned", "banning"]);
        check(
            "expel",
            ["expel", "expels", "expelled", "expelled", "expelling"],
        );
        check(
            "visit",
            ["visit", "visits", "visited", "visited", "visiting"],
        );
        check(
            "rally",
            ["rally", "rallies", "rallied", "rallied", "rallying"],
        );
        check("speak", ["speak", "speaks", "spoke", "spoken", "speaking"]);
        check("sign", ["sign", "signs", "signed", "signed", "signing"]);
        check("agree", ["agree", "agrees", "agreed", "agreed", "agreeing"]);
        check("veto", ["veto", "vetoes", "vetoed", "vetoed", "vetoing"]);
        check(
            "deploy",
            ["deploy", "deploys", "deployed", "deployed", "deploying"],
        );
    }
}
