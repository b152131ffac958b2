//! Ids made from content, so that coding the same article twice changes nothing.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::model::ModelError;

/// Collects fields into a hash (SHA-256) from which ids are cut.
///
/// Each field is preceded by its length, so that moving a byte from one field to the next gives
/// another hash.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint {
    state: Sha256,
}

impl Fingerprint {
    /// Starts a hash for one kind of thing; two kinds never collide.
    #[must_use]
    pub fn new(kind: &str) -> Self {
        Self::default().field(kind.as_bytes())
    }

    /// Adds one field.
    #[must_use]
    pub fn field(mut self, bytes: &[u8]) -> Self {
        self.state.update((bytes.len() as u64).to_be_bytes());
        self.state.update(bytes);
        self
    }

    /// Adds a field that may be missing; missing and empty differ.
    #[must_use]
    pub fn optional(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.field(b"+").field(text.as_bytes()),
            None => self.field(b"-"),
        }
    }

    /// Ends the hash.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.state.finalize().into()
    }
}

/// Defines an id: a fixed number of bytes, written in lower-case hexadecimal.
macro_rules! hex_id {
    ($(#[$meta:meta])* $name:ident, $what:literal, $bytes:literal) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// Builds the id from its bytes, as a store keeps them.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// Cuts the id from the first bytes of a finished hash.
            #[must_use]
            pub fn from_fingerprint(fingerprint: Fingerprint) -> Self {
                let hash = fingerprint.finish();
                let mut bytes = [0; $bytes];
                bytes.copy_from_slice(&hash[..$bytes]);
                Self(bytes)
            }

            /// Returns the bytes; they sort as the ids do.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl FromStr for $name {
            type Err = ModelError;

            fn from_str(text: &str) -> Result<Self, ModelError> {
                let mut bytes = [0; $bytes];
                let well_formed = text.len() == 2 * $bytes
                    && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                let decoded = well_formed
                    && bytes.iter_mut().enumerate().all(|(index, byte)| {
                        u8::from_str_radix(&text[2 * index..2 * index + 2], 16)
                            .map(|value| *byte = value)
                            .is_ok()
                    });
                if decoded {
                    Ok(Self(bytes))
                } else {
                    Err(ModelError::Malformed {
                        what: $what,
                        text: text.to_owned(),
                        reason: concat!("expected ", stringify!($bytes), " bytes in hexadecimal"),
                    })
                }
            }
        }
    };
}

hex_id!(
    /// The id of an article: 128 bits of the hash of its content.
    ArticleId, "article id", 16
);
hex_id!(
    /// The id of a mention: 64 bits of the hash of article, sentence, spans and act.
    MentionId, "mention id", 8
);
hex_id!(
    /// The id of an event: the least of its mention ids.
    EventId, "event id", 8
);

impl From<MentionId> for EventId {
    fn from(mention: MentionId) -> Self {
        Self(mention.0)
    }
}

/// The number of a sentence in its article, from 0.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct SentenceIndex(u32);

impl SentenceIndex {
    /// Builds the number; more than 32 bits hold is the last one.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Returns the number, from 0.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for SentenceIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_as_text() {
        let id = EventId::from_bytes([0, 1, 2, 0xab, 0xcd, 0xef, 0xff, 9]);
        assert_eq!(id.to_string(), "000102abcdefff09");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("000102abcdefff".parse::<EventId>().is_err());
        assert!("+00102abcdefff09".parse::<EventId>().is_err());
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let one = Fingerprint::new("x").field(b"ab").field(b"c").finish();
        let two = Fingerprint::new("x").field(b"a").field(b"bc").finish();
        assert_ne!(one, two);
        assert_ne!(
            Fingerprint::new("x").optional(None).finish(),
            Fingerprint::new("x").optional(Some("")).finish()
        );
    }
}
