//! Country codes.

use std::fmt;
use std::str::FromStr;

use crate::model::ModelError;

/// A country as three capital letters: ISO 3166 alpha-3, or the stand-in of the reference data for
/// former and de facto states (`SUN`, `YUG`, `XKX`).
///
/// The form is checked, not the existence: event data of others bring codes that no list has.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct CountryCode([u8; 3]);

impl CountryCode {
    /// The code that stands for no country but for all of them: `INT`.
    pub const INTERNATIONAL: Self = Self(*b"INT");

    /// Parses three ASCII letters, in any case.
    ///
    /// # Errors
    /// [`ModelError::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        match text.as_bytes() {
            [a, b, c] if text.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                Ok(Self([a, b, c].map(u8::to_ascii_uppercase)))
            }
            _ => Err(ModelError::Malformed {
                what: "country code",
                text: text.to_owned(),
                reason: "expected three letters such as RUS",
            }),
        }
    }

    /// Returns the three capital letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: `parse` lets only ASCII letters in, and is the only way in but for serde.
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for CountryCode {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        Self::parse(text)
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
