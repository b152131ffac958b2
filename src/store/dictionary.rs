//! The user's dictionary, kept as a text.

use std::sync::PoisonError;

use crate::store::key::Key;
use crate::store::{Store, StoreError, value};

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
        let guard = self.writing.lock();
        let _guard = guard.unwrap_or_else(PoisonError::into_inner);
        let entry = (
            Key::Dictionary.encode(),
            value::encode(Key::Dictionary, &text)?,
        );
        self.backend.write(vec![entry])?;
        self.flush()
    }
}

/// Decodes the record of the dictionary.
///
/// # Errors
/// [`StoreError::Damaged`] where the bytes are none.
pub(super) fn decode(bytes: &[u8]) -> Result<String, StoreError> {
    value::decode(Key::Dictionary, bytes)
}
