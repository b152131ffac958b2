//! One hash for all that a store says.

use std::fmt;

use crate::model::Fingerprint;
use crate::store::key::Key;
use crate::store::reading::damages;
use crate::store::{Store, StoreError, envelope};

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
    /// Hashes all articles with their events.
    ///
    /// Each article gives a hash of its own, and these are added up, so that it does not matter in
    /// which order they come or whether they are sealed.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first record that is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A full scan of the store, a block at a time.
    pub fn content_hash(&self) -> Result<ContentHash, StoreError> {
        let view = self.view()?;
        if let Some(damage) = damages(&view).next() {
            return Err(damage);
        }
        let mut sum = [0_u8; 32];
        let mut articles = 0_u64;
        for sealed in &view.blocks {
            let loaded = sealed.load_once(&self.backend)?;
            for row in sealed.rows() {
                let whole = sealed.whole(&self.backend, &loaded, row)?;
                let key = Key::Article(whole.article.id);
                let said = (&whole.article, &whole.events);
                let hash = Fingerprint::new("article with events");
                add(
                    &mut sum,
                    hash.field(&envelope::payload(key, &said)?).finish(),
                );
                articles += 1;
            }
        }
        let hash = Fingerprint::new("store content").field(&articles.to_be_bytes());
        Ok(ContentHash(hash.field(&sum).finish()))
    }
}

/// Adds two numbers of 256 bits, the highest byte first; what is carried out at the top is dropped.
fn add(sum: &mut [u8; 32], other: [u8; 32]) {
    let mut carried = 0;
    for (byte, other) in sum.iter_mut().zip(other).rev() {
        let added = u16::from(*byte) + u16::from(other) + carried;
        carried = added >> 8;
        *byte = u8::try_from(added & 0xff).unwrap_or_default();
    }
}
