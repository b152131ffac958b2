//! One hash for all that a store says.

use std::fmt;

use crate::model::Fingerprint;
use crate::store::key::Key;
use crate::store::{Store, StoreError, value};

/// The hash (SHA-256) of the articles and events of a store.
///
/// Two stores that were filled with the same articles, coded by the same coder, agree in it,
/// whatever the order, the runs and the days. Only hashes that the same version of demarche made
/// compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Returns the 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    /// Writes 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Store {
    /// Hashes all articles, then all events, each by id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first record that is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A full scan of the store, in constant memory.
    pub fn content_hash(&self) -> Result<ContentHash, StoreError> {
        let mut hash = Fingerprint::new("store content");
        for stored in self.articles() {
            let stored = stored?;
            let key = Key::Article(stored.article.id);
            let said = (&stored.article, &stored.events);
            hash = hash.field(&value::encode_payload(key, &said)?);
        }
        for event in self.events() {
            let event = event?;
            hash = hash.field(&value::encode_payload(Key::Event(event.id), &event)?);
        }
        Ok(ContentHash(hash.finish()))
    }
}
