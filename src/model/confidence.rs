//! How sure a coder is, in thousandths, so that equal input gives equal bytes.

use std::fmt;

/// A confidence from 0 to 1, kept in thousandths.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Confidence(u16);

impl Confidence {
    /// Complete confidence.
    pub const FULL: Self = Self(1000);

    /// Builds a confidence from thousandths; more than 1000 is taken as 1000.
    #[must_use]
    pub const fn from_thousandths(thousandths: u16) -> Self {
        Self(if thousandths > 1000 {
            1000
        } else {
            thousandths
        })
    }

    /// Builds a confidence from a share of 1; what lies outside is taken as the nearer end.
    #[must_use]
    pub fn from_share(share: f32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1000"
        )]
        let thousandths = (share.clamp(0.0, 1.0) * 1000.0).round() as u16;
        Self(thousandths)
    }

    /// Returns the confidence in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.0
    }

    /// Returns the confidence as a number from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// Returns this confidence lowered to a share of itself, in hundredths.
    #[must_use]
    pub fn scaled(self, hundredths: u16) -> Self {
        let scaled = u32::from(self.0) * u32::from(hundredths.min(100)) / 100;
        Self(u16::try_from(scaled).unwrap_or(1000))
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.value())
    }
}
