//! Taking back what a run brought.
//!
//! A run stays in the list of runs when it is undone, so that numbers stay what they were. Articles
//! go one by one, each with its events in one batch; an undoing that is cut off leaves whole
//! articles, and the run open, so that undoing it again goes on.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::store::{RunNumber, RunRecord, Store, StoreError};

/// After so many articles what was removed is flushed.
const FLUSH_EVERY_ARTICLES: usize = 500;

/// What undoing a run has taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoReport {
    /// The run, as it stands now.
    pub run: RunRecord,
    /// Articles that were removed.
    pub articles: u64,
    /// Events that were removed with them.
    pub events: u64,
    /// Whether it was stopped before the end; doing it again goes on.
    pub interrupted: bool,
}

impl Store {
    /// Returns the last run that is not undone, finished or not; nothing if there is none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the record of a run is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A scan of the runs.
    pub fn last_run(&self) -> Result<Option<RunRecord>, StoreError> {
        let mut last = None;
        for run in self.runs() {
            let run = run?;
            if !run.undone {
                last = Some(run);
            }
        }
        Ok(last)
    }

    /// Takes back a run: removes the articles that it added, with their events, and marks it as
    /// undone. Flushes the store.
    ///
    /// An article that several runs met belongs to the first. Where `stop` is set from outside, or
    /// the process ends, the run is left open with the articles that remain. A run that is undone
    /// already stays so.
    ///
    /// # Errors
    /// - [`StoreError::UnknownRun`]: there is no such run.
    /// - [`StoreError::Damaged`]: the record of an article is damaged, so that its run is not known;
    ///   then nothing is removed.
    /// - [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A scan of the articles, with memory for the id of each of the run, and a seek for each of
    /// these.
    pub fn undo_run(&self, run: RunNumber, stop: &AtomicBool) -> Result<UndoReport, StoreError> {
        let mut record = None;
        for known in self.runs() {
            let known = known?;
            if known.run == run {
                record = Some(known);
            }
        }
        let record = record.ok_or(StoreError::UnknownRun { run })?;
        let mut brought = Vec::new();
        for stored in self.articles() {
            let stored = stored?;
            if stored.run == run {
                brought.push(stored.article.id);
            }
        }
        let mut report = UndoReport {
            run: RunRecord {
                finished: false,
                undone: false,
                ..record
            },
            articles: 0,
            events: 0,
            interrupted: false,
        };
        // Open first: what is cut off from here on looks like an ingest that was cut off.
        self.save_run(&report.run)?;
        self.flush()?;
        for articles in brought.chunks(FLUSH_EVERY_ARTICLES) {
            if stop.load(Ordering::Relaxed) {
                report.interrupted = true;
                return Ok(report);
            }
            for article in articles {
                if let Some(events) = self.remove_article(*article)? {
                    report.articles += 1;
                    report.events += events;
                }
            }
            self.flush()?;
        }
        report.run.finished = record.finished;
        report.run.undone = true;
        self.save_run(&report.run)?;
        self.flush()?;
        Ok(report)
    }
}
