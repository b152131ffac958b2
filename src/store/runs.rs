//! Runs: which ingest brought what.

use std::sync::PoisonError;

use crate::store::key::{self, Key};
use crate::store::{RunNumber, RunRecord, RunStart, Store, StoreError, value};

impl Store {
    /// Begins a run and returns its record, for the caller to count in and to hand to
    /// [`Store::finish_run`].
    ///
    /// # Errors
    /// [`StoreError::RunsExhausted`]; [`StoreError::Damaged`] where the record of an earlier run is
    /// damaged; [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A scan of the runs.
    pub fn begin_run(&self, start: RunStart) -> Result<RunRecord, StoreError> {
        let guard = self.writing.lock();
        let _guard = guard.unwrap_or_else(PoisonError::into_inner);
        let mut last = 0;
        for record in self.runs() {
            last = record?.run.get();
        }
        let number = last.checked_add(1).ok_or(StoreError::RunsExhausted)?;
        let record = RunRecord::begin(RunNumber::new(number), start);
        self.write_run(&record)?;
        Ok(record)
    }

    /// Writes the record of a run as it stands, for one that was cut short.
    ///
    /// # Errors
    /// [`StoreError::UnknownRun`] where no such run was begun; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// Two seeks.
    pub fn save_run(&self, record: &RunRecord) -> Result<(), StoreError> {
        if !self.backend.has(&Key::Run(record.run).encode())? {
            return Err(StoreError::UnknownRun { run: record.run });
        }
        self.write_run(record)
    }

    /// Writes the record of a run as finished and flushes the store.
    ///
    /// # Errors
    /// [`StoreError::UnknownRun`] where no such run was begun; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    pub fn finish_run(&self, record: &RunRecord) -> Result<(), StoreError> {
        let finished = RunRecord {
            finished: true,
            ..record.clone()
        };
        self.save_run(&finished)?;
        self.flush()
    }

    /// Returns all runs by number.
    ///
    /// A damaged record is an error in its place and the others follow; after any other error there
    /// is nothing more.
    ///
    /// # Complexity
    /// A scan of the runs.
    pub fn runs(&self) -> impl Iterator<Item = Result<RunRecord, StoreError>> {
        self.records(key::runs(), |key, bytes| match key {
            Key::Run(run) => Some(RunRecord::decode(run, bytes)),
            Key::Article(_) | Key::Dictionary | Key::Event(_) | Key::Format => None,
        })
    }

    fn write_run(&self, record: &RunRecord) -> Result<(), StoreError> {
        let key = Key::Run(record.run);
        let entry = (key.encode(), value::encode(key, record)?);
        self.backend.write(vec![entry])
    }
}
