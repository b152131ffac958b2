//! Names and phrases as users write them.

use std::fmt;
use std::str::FromStr;

use crate::model::{ModelError, fold};

/// The longest phrase, in bytes.
pub const PHRASE_BYTES_MAX: usize = 200;

/// A name or phrase: at most 200 bytes, no control characters, single blanks between its words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase(Box<str>);

impl Phrase {
    /// Parses a phrase; white space around it is dropped, and within it becomes single blanks.
    ///
    /// # Errors
    /// [`ModelError::Malformed`] for nothing but white space, control characters (tabs and ends of
    /// lines too), or more than 200 bytes.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let malformed = |reason| ModelError::Malformed {
            what: "phrase",
            text: text
                .chars()
                .filter(|c| !c.is_control())
                .take(PHRASE_BYTES_MAX / 4)
                .collect(),
            reason,
        };
        if text.chars().any(char::is_control) {
            return Err(malformed("it has control characters"));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return Err(malformed("expected at least one word"));
        }
        let joined = words.join(" ");
        if joined.len() > PHRASE_BYTES_MAX {
            return Err(malformed("it is longer than 200 bytes"));
        }
        Ok(Self(joined.into()))
    }

    /// Returns the phrase as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the phrase for comparison: lower case, without accents.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl FromStr for Phrase {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        Self::parse(text)
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_bounded() {
        let check = |text: &str, expected: Option<&str>| {
            let parsed = Phrase::parse(text).ok();
            assert_eq!(parsed.as_ref().map(Phrase::as_str), expected, "{text:?}");
        };
        check("  Mara \u{a0} Dovrin ", Some("Mara Dovrin"));
        check("", None);
        check(" \u{2003} ", None);
        check("a\tb", None);
        check("a\u{1b}[2J", None);
        check(&"é".repeat(100), Some(&"é".repeat(100)));
        check(&"é".repeat(101), None);
    }
}
