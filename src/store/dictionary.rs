//! The user's dictionary, kept as a text.

use crate::store::key::Key;
use crate::store::state::Change;
use crate::store::{Store, StoreError, envelope};

impl Store {
    /// Returns the text of the user's dictionary, or nothing if none was set.
    ///
    /// The store does not read it: what the text means, the room `lexicon` knows.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its record is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn dictionary(&self) -> Result<Option<String>, StoreError> {
        let bytes = self.backend.get(&Key::Dictionary.encode())?;
        bytes.map(|bytes| decode(&bytes)).transpose()
    }

    /// Sets the text of the user's dictionary in place of an earlier one, and flushes the store.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for a text of more than 16 MiB; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    pub fn set_dictionary(&self, text: &str) -> Result<(), StoreError> {
        {
            let _guard = self.lock();
            let manifest = self.state().manifest.next();
            let value = envelope::encode(Key::Dictionary, manifest.sequence, &text)?;
            self.commit(Change {
                manifest,
                entries: vec![(Key::Dictionary.encode(), value)],
                ..Change::default()
            })?;
        }
        self.flush()
    }
}

/// Decodes the record of the dictionary.
///
/// # Errors
/// [`StoreError::Damaged`] where the bytes are none.
pub(super) fn decode(bytes: &[u8]) -> Result<String, StoreError> {
    envelope::decode(Key::Dictionary, bytes)
}
