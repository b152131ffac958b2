//! A store that questions are put to, and what they left out because it is damaged.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Deref;

use demarche::backup::OnDamage;
use demarche::model::Event;
use demarche::store::{Store, StoreError};

/// Damaged records that are named; the others are only counted.
const NAMED_MAX: usize = 20;

/// A store for reading. When it is closed, standard error says what was left out.
pub(crate) struct StoreReader {
    store: Store,
    on_damage: OnDamage,
    left_out: RefCell<BTreeSet<String>>,
}

impl StoreReader {
    pub(crate) fn new(store: Store, on_damage: OnDamage) -> Self {
        Self {
            store,
            on_damage,
            left_out: RefCell::default(),
        }
    }

    /// Takes the value of a record; of a damaged one only a note, if damage is to be skipped.
    pub(crate) fn readable<T>(
        &self,
        result: Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) if self.on_damage == OnDamage::Skip && error.is_of_one_record() => {
                self.left_out.borrow_mut().insert(error.to_string());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Takes what can be read of many records.
    pub(crate) fn all_readable<T>(
        &self,
        results: impl IntoIterator<Item = Result<T, StoreError>>,
    ) -> Result<Vec<T>, StoreError> {
        let results = results.into_iter();
        let readable = results.map(|result| self.readable(result).transpose());
        readable.flatten().collect()
    }

    /// Returns all events that can be read, by id.
    pub(crate) fn readable_events(&self) -> Result<Vec<Event>, StoreError> {
        self.all_readable(self.store.events())
    }

    /// Returns the store for its dictionary; nothing where that is damaged and damage is to be
    /// skipped.
    pub(crate) fn with_dictionary(&self) -> Result<Option<&Store>, StoreError> {
        let readable = self.readable(self.store.dictionary())?;
        Ok(readable.map(|_| &self.store))
    }
}

impl Deref for StoreReader {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for StoreReader {
    fn drop(&mut self) {
        let records = self.left_out.borrow();
        let mut err = io::stderr().lock();
        // A closed terminal is no reason to fail.
        for record in records.iter().take(NAMED_MAX) {
            let _written = writeln!(err, "left out: {record}");
        }
        if records.len() > NAMED_MAX {
            let more = records.len() - NAMED_MAX;
            let _written = writeln!(err, "left out: {more} more damaged records");
        }
    }
}
