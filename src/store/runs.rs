//! Runs: which ingest brought what.

use crate::store::key::{self, Key};
use crate::store::state::Change;
use crate::store::{RunNumber, RunRecord, RunStart, Store, StoreError, envelope};

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
        let _guard = self.lock();
        let mut last = 0;
        for record in self.runs() {
            last = record?.run.get();
        }
        let number = last.checked_add(1).ok_or(StoreError::RunsExhausted)?;
        let record = RunRecord::begin(RunNumber::new(number), start);
        self.write_run(&record, 1)?;
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
        let _guard = self.lock();
        if !self.backend.has(&Key::Run(record.run).encode())? {
            return Err(StoreError::UnknownRun { run: record.run });
        }
        self.write_run(record, 0)
    }

    /// Writes the record of a run as finished, seals what is not sealed if that is worth it, and
    /// flushes the store.
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
        self.seal_if_worth_it()?;
        self.flush()?;
        self.file_index()
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
            _ => None,
        })
    }

    /// Puts the record of a run as it stood in another store, under its number. Returns whether it
    /// was new; a run that is there stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn put_run(&self, record: &RunRecord) -> Result<bool, StoreError> {
        let _guard = self.lock();
        if self.backend.has(&Key::Run(record.run).encode())? {
            return Ok(false);
        }
        self.write_run(record, 1)?;
        Ok(true)
    }

    fn write_run(&self, record: &RunRecord, new: u64) -> Result<(), StoreError> {
        let key = Key::Run(record.run);
        let mut manifest = self.state().manifest.next();
        manifest.runs += new;
        let value = envelope::encode(key, manifest.sequence, record)?;
        self.commit(Change {
            manifest,
            entries: vec![(key.encode(), value)],
            ..Change::default()
        })
    }
}
