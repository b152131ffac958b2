//! Puts all that a backup says into a store.

use std::collections::BTreeMap;
use std::io::Read;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::backup::BackupError;
use crate::backup::article::RestoredArticle;
use crate::backup::hash::LinesHash;
use crate::backup::line::{End, Entry, Totals, VERSION};
use crate::backup::read::{Batch, Fault, read};
use crate::model::Day;
use crate::store::{Loader, PutOutcome, RunNumber, RunRecord, Store, StoreError};

/// Losses that a report names; the others are only counted.
const LOSSES_NAMED_MAX: usize = 1000;

/// What to do about damaged records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnDamage {
    /// Stop at the first.
    #[default]
    Stop,
    /// Leave them out, say so, and go on.
    Skip,
}

/// How to restore.
#[derive(Debug, Clone, Copy)]
pub struct RestoreOptions {
    /// What to do about a damaged line of the backup.
    pub on_damage: OnDamage,
    /// How many threads decompress and parse; the result does not depend on it.
    pub threads: NonZeroUsize,
}

/// Lines of a backup that were not restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The number of the first of them.
    pub first: u64,
    /// How many; 0 where bytes are damaged and no line is missing, nothing where the backup was cut
    /// off there.
    pub lines: Option<u64>,
    /// Why.
    pub reason: String,
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, reason) = (self.first, &self.reason);
        match self.lines {
            None => write!(f, "from line {first} on: {reason}"),
            Some(0) => write!(f, "before line {first}: {reason}"),
            Some(1) => write!(f, "line {first}: {reason}"),
            Some(lines) => write!(f, "lines {first} to {}: {reason}", first + lines - 1),
        }
    }
}

/// What a restoring has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RestoreReport {
    /// What the first line of the backup promised, if it could.
    pub expected: Option<Totals>,
    /// What was restored.
    pub restored: Totals,
    /// What was damaged: the first thousand.
    pub losses: Vec<Loss>,
    /// How often something was damaged.
    pub losses_total: u64,
    /// Whether the backup ends before its last line.
    pub is_cut_off: bool,
    /// Records that were damaged when the backup was made, and are not in it.
    pub left_out: u64,
    /// Whether it was stopped before the end.
    pub interrupted: bool,
}

impl RestoreReport {
    /// Says whether everything that the backup was meant to hold is restored.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.losses_total == 0 && !self.is_cut_off && !self.interrupted
    }
}

/// Restores a backup into an empty store, and flushes it.
///
/// Damage is never passed over in silence: by default the first damaged line ends the restoring; with
/// [`OnDamage::Skip`] the rest is restored and the report says what is lost. `observe` is called now
/// and then with what was restored so far.
///
/// # Errors
/// - [`BackupError::NotEmpty`]: the store holds something; it is left as it is.
/// - [`BackupError::NotABackup`], [`BackupError::NewerVersion`]: nothing was restored.
/// - [`BackupError::Damaged`], [`BackupError::Cut`], [`BackupError::Read`]: the store holds what
///   came before. The caller should throw it away.
/// - [`BackupError::Store`]: the store cannot be written.
///
/// # Complexity
/// One pass over the backup; memory for a few pieces of 256 KiB, or of one line where that is longer
/// (at most 128 MiB).
pub fn restore(
    source: impl Read + Send,
    store: &Store,
    options: RestoreOptions,
    stop: &AtomicBool,
    observe: &mut dyn FnMut(Totals),
) -> Result<RestoreReport, BackupError> {
    if !store.is_empty()? {
        return Err(BackupError::NotEmpty);
    }
    let mut restoring = Restoring {
        store,
        loader: store.loader(),
        skips: options.on_damage == OnDamage::Skip,
        next: 1,
        hash: LinesHash::default(),
        damage: None,
        runs: BTreeMap::new(),
        end: None,
        report: RestoreReport::default(),
    };
    read(source, options.threads, restoring.skips, |batch| {
        if stop.load(Ordering::Relaxed) {
            restoring.report.interrupted = true;
            return Ok(ControlFlow::Break(()));
        }
        restoring.take(batch)?;
        observe(restoring.report.restored);
        Ok(ControlFlow::Continue(()))
    })?;
    restoring.finish()
}

/// A run, and how many of its articles were restored; nothing for one whose line was lost.
#[derive(Debug, Default)]
struct Run {
    record: Option<RunRecord>,
    articles: u64,
}

struct Restoring<'a> {
    store: &'a Store,
    loader: Loader<'a>,
    skips: bool,
    /// The number that the next line should have.
    next: u64,
    /// Of all lines but the last.
    hash: LinesHash,
    /// Why lines from `next` on may be missing.
    damage: Option<String>,
    runs: BTreeMap<RunNumber, Run>,
    end: Option<End>,
    report: RestoreReport,
}

impl Restoring<'_> {
    fn take(&mut self, batch: Batch) -> Result<(), BackupError> {
        let Batch {
            bytes,
            lines,
            fault,
        } = batch;
        let mut hashed = bytes.len();
        for line in lines {
            if self.end.is_some() {
                self.damaged("there is more behind the last line".to_owned())?;
                continue;
            }
            match line.says {
                Ok((number, entry)) => {
                    if matches!(entry, Entry::End(_)) {
                        hashed = line.start;
                    }
                    self.entry(number, entry)?;
                }
                Err(reason) => self.damaged(reason)?,
            }
        }
        self.hash.add(bytes.get(..hashed).unwrap_or_default());
        match fault {
            None => Ok(()),
            Some(Fault::Damaged(reason)) => self.damaged(reason),
            Some(Fault::Foreign(reason)) => Err(BackupError::NotABackup { reason }),
            Some(Fault::Newer(found)) => Err(BackupError::NewerVersion {
                found,
                known: VERSION,
            }),
            Some(Fault::Failed(error)) => Err(BackupError::Read(error)),
        }
    }

    /// Something is wrong where the next line should be.
    fn damaged(&mut self, reason: String) -> Result<(), BackupError> {
        if !self.skips {
            return Err(BackupError::Damaged {
                line: self.next,
                reason,
            });
        }
        self.damage.get_or_insert(reason);
        Ok(())
    }

    fn lose(&mut self, loss: Loss) {
        self.report.losses_total += 1;
        if self.report.losses.len() < LOSSES_NAMED_MAX {
            self.report.losses.push(loss);
        }
    }

    /// Takes what a line says, once it is clear which lines are missing before it.
    fn entry(&mut self, number: u64, entry: Entry) -> Result<(), BackupError> {
        if number < self.next {
            return self.refuse(number, "it comes again, or too late".to_owned());
        }
        if number > self.next && self.damage.is_none() {
            self.damaged("it is missing".to_owned())?;
        }
        if let Some(reason) = self.damage.take() {
            self.lose(Loss {
                first: self.next,
                lines: Some(number - self.next),
                reason,
            });
        }
        self.next = number + 1;
        let is_first = number == 1;
        if is_first != matches!(entry, Entry::Head(_)) {
            let reason = "the line that begins a backup is not the first";
            return self.refuse(number, reason.to_owned());
        }
        match entry {
            Entry::Head(expected) => self.report.expected = expected,
            Entry::Run(run) => return self.run(number, run),
            Entry::Dictionary(text) => self.store.set_dictionary(&text)?,
            Entry::Article(article) => return self.article(number, *article),
            Entry::End(end) => {
                self.report.left_out = end.left_out;
                self.end = Some(end);
            }
        }
        Ok(())
    }

    /// A line that is whole, but cannot be taken.
    fn refuse(&mut self, line: u64, reason: String) -> Result<(), BackupError> {
        if !self.skips {
            return Err(BackupError::Damaged { line, reason });
        }
        self.lose(Loss {
            first: line,
            lines: Some(1),
            reason,
        });
        Ok(())
    }

    fn run(&mut self, line: u64, record: RunRecord) -> Result<(), BackupError> {
        if !self.store.put_run(&record)? {
            return self.refuse(line, format!("run {} comes twice", record.run));
        }
        self.report.restored.runs += 1;
        let run = self.runs.entry(record.run).or_default();
        run.record = Some(record);
        Ok(())
    }

    fn article(&mut self, line: u64, restored: RestoredArticle) -> Result<(), BackupError> {
        let RestoredArticle {
            article,
            events,
            run,
            added,
        } = restored;
        let id = article.id;
        let counts = [
            events.len() as u64,
            events.iter().map(|event| event.mentions.len() as u64).sum(),
        ];
        match self.loader.put(article, events, run, added) {
            Ok(PutOutcome::Added) => {}
            Ok(PutOutcome::AlreadyThere) => {
                return self.refuse(line, format!("article {id} comes twice"));
            }
            Err(
                error @ (StoreError::Unsound { .. }
                | StoreError::Collision { .. }
                | StoreError::TooLarge { .. }),
            ) => return self.refuse(line, error.to_string()),
            Err(error) => return Err(error.into()),
        }
        if !self.runs.contains_key(&run) {
            self.store.put_run(&stand_in(run, added))?;
        }
        self.runs.entry(run).or_default().articles += 1;
        let totals = &mut self.report.restored;
        totals.articles += 1;
        totals.events += counts[0];
        totals.mentions += counts[1];
        Ok(())
    }

    fn finish(mut self) -> Result<RestoreReport, BackupError> {
        if self.report.interrupted {
            return Ok(self.report);
        }
        let first = self.next;
        if let Some(reason) = self.damage.take() {
            self.lose(Loss {
                first,
                lines: None,
                reason,
            });
        }
        if first == 1 {
            let reason = "no line of it can be read".to_owned();
            return Err(BackupError::NotABackup { reason });
        }
        match self.end.take() {
            None if self.skips => self.report.is_cut_off = true,
            None => return Err(BackupError::Cut { lines: first - 1 }),
            Some(end) => self.compare(&end)?,
        }
        if !self.report.is_whole() {
            self.reopen_runs()?;
        }
        self.loader.finish()?;
        Ok(self.report)
    }

    /// Compares what was restored with what the last line says.
    fn compare(&mut self, end: &End) -> Result<(), BackupError> {
        if self.report.losses_total > 0 {
            // What is lost explains every difference.
            return Ok(());
        }
        let hash = std::mem::take(&mut self.hash).finish();
        let line = self.next - 1;
        if hash != end.sha256 {
            return self.refuse(
                line,
                "the hash over all lines before does not match".to_owned(),
            );
        }
        if self.report.restored != end.totals {
            return self.refuse(line, "the lines before hold other totals".to_owned());
        }
        Ok(())
    }

    /// A run that lost articles is open again: its count is no longer what is there.
    fn reopen_runs(&self) -> Result<(), BackupError> {
        for run in self.runs.values() {
            if let Some(record) = &run.record
                && record.finished
                && !record.undone
                && record.articles_new != run.articles
            {
                self.store.save_run(&RunRecord {
                    finished: false,
                    ..record.clone()
                })?;
            }
        }
        Ok(())
    }
}

/// Holds the number of a run whose line was lost, so that no later run takes it.
fn stand_in(run: RunNumber, added: Day) -> RunRecord {
    RunRecord {
        run,
        started: added,
        label: "lost with a damaged line of a backup".to_owned(),
        coder_version: String::new(),
        dictionary_version: String::new(),
        articles_new: 0,
        articles_known: 0,
        events: 0,
        records_bad: 0,
        finished: false,
        undone: false,
    }
}
