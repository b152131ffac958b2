//! CAMEO codes and what is known of each.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::model::{CameoRoot, Context, Mode, ModelError, PloverType};

/// A CAMEO event code of two, three or four digits: text, so that "010" is not 10.
///
/// Only the 315 codes of the codebook exist.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct CameoCode {
    /// Digits, padded with zero bytes: these sort as the text does.
    digits: [u8; 4],
}

/// What the ontology says of one code.
#[derive(Debug, Clone, PartialEq)]
pub struct CameoEntry {
    /// The code.
    pub code: CameoCode,
    /// Its label in the codebook.
    pub label: String,
    /// Its PLOVER type; 01x and 08 have none.
    pub plover: Option<PloverType>,
    /// Its PLOVER mode.
    pub mode: Option<Mode>,
    /// Its PLOVER contexts, sorted.
    pub contexts: Vec<Context>,
    /// Its value on the Goldstein scale, −10 to 10, as GDELT publishes it; 1213 and 1214 have none.
    pub goldstein: Option<f64>,
    /// A short verb for people.
    pub verb: String,
}

impl CameoCode {
    /// Parses a code that the codebook has.
    ///
    /// # Errors
    /// [`ModelError::UnknownName`] for any other text.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let unknown = || ModelError::UnknownName {
            what: "CAMEO code",
            text: text.to_owned(),
        };
        let code = Self::from_digits(text).ok_or_else(unknown)?;
        let known = TABLE
            .binary_search_by(|entry| entry.code.cmp(&code))
            .is_ok();
        known.then_some(code).ok_or_else(unknown)
    }

    /// Returns a code that the codebook is known to have; that of a mere statement if it has it not.
    pub(crate) fn of_static(text: &'static str) -> Self {
        debug_assert!(Self::parse(text).is_ok(), "{text} is no code");
        Self::parse(text).unwrap_or(Self {
            digits: [b'0', b'1', b'0', 0],
        })
    }

    fn from_digits(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let well_formed = (2..=4).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit);
        let mut digits = [0; 4];
        well_formed.then(|| {
            digits[..bytes.len()].copy_from_slice(bytes);
            Self { digits }
        })
    }

    /// Returns the digits as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.digits.iter().take_while(|digit| **digit != 0).count();
        std::str::from_utf8(&self.digits[..length]).unwrap_or_default()
    }

    /// Returns the root category.
    #[must_use]
    pub fn root(self) -> CameoRoot {
        // INVARIANT: every code of the table starts with a root of the enum; a test checks it.
        self.as_str()
            .get(..2)
            .and_then(|root| root.parse().ok())
            .unwrap_or(CameoRoot::MakePublicStatement)
    }

    /// Says whether the code stands at or below another in the tree of codes.
    #[must_use]
    pub fn starts_with(self, prefix: &str) -> bool {
        self.as_str().starts_with(prefix)
    }

    /// Returns what the ontology says of the code.
    ///
    /// # Complexity
    /// A binary search among 315 entries.
    #[must_use]
    pub fn entry(self) -> &'static CameoEntry {
        let index = TABLE.partition_point(|entry| entry.code < self);
        // INVARIANT: `parse` lets only codes of the table in.
        &TABLE[index.min(TABLE.len() - 1)]
    }
}

impl TryFrom<String> for CameoCode {
    type Error = ModelError;

    fn try_from(text: String) -> Result<Self, ModelError> {
        Self::parse(&text)
    }
}

impl From<CameoCode> for String {
    fn from(code: CameoCode) -> Self {
        code.as_str().to_owned()
    }
}

impl FromStr for CameoCode {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        Self::parse(text)
    }
}

impl fmt::Display for CameoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CameoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns all 315 codes, sorted: 20 of two digits, 147 of three, 148 of four.
#[must_use]
pub fn cameo_entries() -> &'static [CameoEntry] {
    &TABLE
}

const CAMEO_TSV: &str = include_str!("../../data/ontology/cameo.tsv");

static TABLE: LazyLock<Vec<CameoEntry>> = LazyLock::new(|| {
    let rows = CAMEO_TSV
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    // A row that does not parse is left out here and found by the test that counts them.
    let mut table: Vec<CameoEntry> = rows.filter_map(parse_row).collect();
    for index in 0..table.len() {
        if table[index].verb.is_empty() {
            let parent = table[index].code.as_str()[..3].to_owned();
            let verb = table.iter().find(|entry| entry.code.as_str() == parent);
            table[index].verb = verb.map(|entry| entry.verb.clone()).unwrap_or_default();
        }
    }
    table
});

/// Takes an empty field for a missing one.
fn given(field: &str) -> Option<&str> {
    (!field.is_empty()).then_some(field)
}

/// Parses one row: code, label, type, mode, contexts, Goldstein value, verb, note.
fn parse_row(row: &str) -> Option<CameoEntry> {
    let fields: Vec<&str> = row.split('\t').collect();
    let [code, label, plover, mode, contexts, goldstein, verb, _note] = fields.as_slice() else {
        return None;
    };
    let mut contexts: Vec<Context> = given(contexts)
        .map(|list| list.split(';').map(str::parse).collect::<Result<_, _>>())
        .transpose()
        .ok()?
        .unwrap_or_default();
    contexts.sort_unstable();
    Some(CameoEntry {
        code: CameoCode::from_digits(code)?,
        label: (*label).to_owned(),
        plover: given(plover).map(str::parse).transpose().ok()?,
        mode: given(mode).map(str::parse).transpose().ok()?,
        contexts,
        goldstein: given(goldstein).map(str::parse).transpose().ok()?,
        verb: (*verb).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_text() {
        let code = |text: &str| CameoCode::parse(text);
        assert!(code("010").is_ok());
        assert!(code("10").is_ok());
        assert_ne!(code("010"), code("10"));
        for text in ["", "4", "99", "04a", "0409", "04100", "٠٤"] {
            assert!(code(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_code_is_lost() {
        let count = |length| {
            cameo_entries()
                .iter()
                .filter(|e| e.code.as_str().len() == length)
                .count()
        };
        assert_eq!((count(2), count(3), count(4)), (20, 147, 148));
    }

    #[test]
    fn four_digits_inherit_the_verb() {
        let entry = CameoCode::parse("1124").unwrap().entry();
        assert_eq!(
            (entry.verb.as_str(), entry.code.as_str()),
            ("accused", "1124")
        );
        assert!(cameo_entries().iter().all(|entry| !entry.verb.is_empty()));
    }
}
