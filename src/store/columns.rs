//! Scanning events in columns, without building each of them.

use std::sync::Arc;

use crate::model::{Act, Participant};
use crate::store::block::EventRow;
use crate::store::reading::damages;
use crate::store::sealed::{Loaded, Sealed};
use crate::store::{Store, StoreError};

/// The events of one block, in columns.
#[derive(Debug)]
pub struct EventColumns {
    sealed: Sealed,
    loaded: Arc<Loaded>,
}

impl EventColumns {
    /// Returns the events that are there, in the order of their articles' ids.
    ///
    /// Rows that contradict themselves are left out; the checksums of the block hold, so that only a
    /// fault of the program makes such rows.
    ///
    /// # Complexity
    /// A few nanoseconds for each event.
    pub fn rows(&self) -> impl Iterator<Item = EventRow> {
        let block = &self.loaded.block;
        let articles = self.sealed.rows();
        let events = articles.flat_map(|article| block.events_of(article).into_iter().flatten());
        events.filter_map(|event| block.scan(event))
    }

    /// Returns the act that a row tells by its place.
    #[must_use]
    pub fn act(&self, place: usize) -> Option<Act> {
        self.loaded.block.act(place)
    }

    /// Returns the participant that a row tells by its place, in the role of a source.
    #[must_use]
    pub fn participant(&self, place: usize) -> Option<Participant> {
        self.loaded.block.cast(place)
    }
}

impl Store {
    /// Returns all events in columns, a block at a time.
    ///
    /// What is damaged gives an error for each record or block, and the others follow; after any
    /// other error there is nothing more.
    ///
    /// # Examples
    /// ```
    /// use demarche::model::Status;
    /// use demarche::store::{Store, StoreError};
    ///
    /// # fn main() -> Result<(), StoreError> {
    /// let store = Store::in_memory();
    /// let mut planned = 0;
    /// for columns in store.columns() {
    ///     planned += columns?.rows().filter(|row| row.status == Status::Planned).count();
    /// }
    /// assert_eq!(planned, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Complexity
    /// A full scan of all but the texts, a block at a time.
    pub fn columns(&self) -> impl Iterator<Item = Result<EventColumns, StoreError>> {
        let (faults, blocks) = match self.view() {
            Ok(view) => (damages(&view).collect(), view.blocks.clone()),
            Err(error) => (vec![error], Vec::new()),
        };
        let mut is_over = false;
        let blocks = blocks.into_iter().map_while(move |sealed| {
            if is_over {
                return None;
            }
            let loaded = sealed.load_once(&self.backend);
            is_over = matches!(&loaded, Err(error) if !matches!(error, StoreError::Damaged { .. }));
            Some(loaded.map(|loaded| EventColumns { sealed, loaded }))
        });
        faults.into_iter().map(Err).chain(blocks)
    }
}
