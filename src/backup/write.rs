//! Writes all that a store holds as one stream.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Scope};

use crate::backup::article::ArticleLine;
use crate::backup::hash::LinesHash;
use crate::backup::line::{End, LineWriter, Totals};
use crate::backup::member::{self, MEMBER_LINES_BYTES};
use crate::backup::{BackupError, OnDamage};
use crate::store::{Store, StoreError};

/// Damaged records that a report names; the others are only counted.
const LEFT_OUT_NAMED_MAX: usize = 1000;

/// How to write a backup.
#[derive(Debug, Clone, Copy)]
pub struct BackupOptions {
    /// What to do about a damaged record of the store.
    pub on_damage: OnDamage,
    /// How many threads compress; the bytes do not depend on it.
    pub threads: NonZeroUsize,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackupReport {
    /// How much is in it.
    pub totals: Totals,
    /// Its size, compressed.
    pub bytes: u64,
    /// The damaged records that are not in it: the first thousand.
    pub left_out: Vec<String>,
    /// How many damaged records are not in it.
    pub left_out_total: u64,
    /// Whether it was stopped before the end; what was written is of no use.
    pub interrupted: bool,
}

/// Writes a backup of a store: its runs, its dictionary, its articles with their events.
///
/// The same content gives the same bytes. Others may read the store meanwhile. What they write may
/// be missing, but no article is ever in the backup without its events.
///
/// # Errors
/// [`BackupError::Write`]; [`BackupError::Store`], for one at a damaged record unless that is to be
/// skipped.
///
/// # Complexity
/// A scan of the store to count, another to write; memory for a few pieces of 256 KiB.
pub fn write_backup(
    store: &Store,
    options: BackupOptions,
    stop: &AtomicBool,
    out: &mut dyn Write,
) -> Result<BackupReport, BackupError> {
    thread::scope(|scope| {
        let mut writing = Writing {
            out,
            presses: Press::start(scope, options.threads),
            options,
            lines: LineWriter::default(),
            hash: LinesHash::default(),
            report: BackupReport::default(),
        };
        writing.write(store, stop)?;
        Ok(writing.report)
    })
}

struct Writing<'a> {
    out: &'a mut dyn Write,
    presses: Press,
    options: BackupOptions,
    /// The lines that are not compressed yet, and their number.
    lines: LineWriter,
    /// Of all lines that are on their way out.
    hash: LinesHash,
    report: BackupReport,
}

impl Writing<'_> {
    fn write(&mut self, store: &Store, stop: &AtomicBool) -> Result<(), BackupError> {
        let stats = self.readable(store.stats())?;
        // A store that cannot be counted because it is damaged is told by the records themselves.
        self.report.left_out.clear();
        self.report.left_out_total = 0;
        self.lines.head(stats.map(|stats| Totals {
            runs: stats.runs,
            articles: stats.articles,
            events: stats.events,
            mentions: stats.mentions,
        }))?;
        for run in store.runs() {
            if let Some(run) = self.readable(run)? {
                self.lines.run(&run)?;
                self.report.totals.runs += 1;
                self.press_when_full()?;
            }
        }
        if let Some(Some(text)) = self.readable(store.dictionary())? {
            self.lines.dictionary(&text)?;
        }
        for coded in store.articles_with_events() {
            if stop.load(Ordering::Relaxed) {
                self.report.interrupted = true;
                return Ok(());
            }
            let Some((stored, events)) = self.readable(coded)? else {
                continue;
            };
            self.lines.article(&ArticleLine::of(&stored, &events))?;
            let totals = &mut self.report.totals;
            totals.articles += 1;
            totals.events += events.len() as u64;
            let mentions = events.iter().map(|event| event.mentions.len() as u64);
            totals.mentions += mentions.sum::<u64>();
            self.press_when_full()?;
        }
        self.end()
    }

    /// Takes the value of a record, or notes why it is left out.
    fn readable<T>(&mut self, result: Result<T, StoreError>) -> Result<Option<T>, BackupError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_of_one_record() && self.options.on_damage == OnDamage::Skip => {
                self.report.left_out_total += 1;
                if self.report.left_out.len() < LEFT_OUT_NAMED_MAX {
                    self.report.left_out.push(error.to_string());
                }
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn press_when_full(&mut self) -> Result<(), BackupError> {
        if self.lines.buffer.len() < MEMBER_LINES_BYTES {
            return Ok(());
        }
        self.press()
    }

    fn press(&mut self) -> Result<(), BackupError> {
        let lines = std::mem::take(&mut self.lines.buffer);
        self.hash.add(&lines);
        if let Some(member) = self.presses.exchange(lines)? {
            self.put(&member)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), BackupError> {
        // The last line is a member of its own: whether it is there is seen at a glance.
        self.press()?;
        let hash = std::mem::take(&mut self.hash).finish();
        self.lines.end(&End {
            totals: self.report.totals,
            left_out: self.report.left_out_total,
            sha256: hash,
        })?;
        self.press()?;
        while let Some(member) = self.presses.next_member()? {
            self.put(&member)?;
        }
        self.out.flush().map_err(BackupError::Write)
    }

    fn put(&mut self, member: &[u8]) -> Result<(), BackupError> {
        self.report.bytes += member.len() as u64;
        self.out.write_all(member).map_err(BackupError::Write)
    }
}

type Packed = io::Result<Vec<u8>>;

/// Threads that compress lines to members, one after the other in turn.
struct Press {
    /// The threads; the next to be given lines is the first.
    threads: VecDeque<(SyncSender<Vec<u8>>, Receiver<Packed>)>,
    /// How many lots of lines are at work.
    at_work: usize,
}

impl Press {
    fn start<'scope>(scope: &'scope Scope<'scope, '_>, threads: NonZeroUsize) -> Self {
        let start = |_| {
            let (to_thread, lots) = sync_channel::<Vec<u8>>(1);
            let (members, from_thread) = sync_channel(1);
            scope.spawn(move || {
                for lines in lots {
                    if members.send(member::pack(&lines)).is_err() {
                        break;
                    }
                }
            });
            (to_thread, from_thread)
        };
        Self {
            threads: (0..threads.get()).map(start).collect(),
            at_work: 0,
        }
    }

    /// Gives lines to be compressed. Returns the oldest member where every thread is busy.
    fn exchange(&mut self, lines: Vec<u8>) -> Result<Option<Vec<u8>>, BackupError> {
        let is_full = self.at_work == self.threads.len();
        let member = if is_full { self.next_member()? } else { None };
        if let Some((to_thread, _)) = self.threads.front() {
            to_thread.send(lines).map_err(|_| ended())?;
            self.at_work += 1;
            self.threads.rotate_left(1);
        }
        Ok(member)
    }

    /// Waits for the oldest member that is not returned yet; nothing if there is none.
    fn next_member(&mut self) -> Result<Option<Vec<u8>>, BackupError> {
        // The threads are given lines in turn, and the next one is first: the oldest lot is with
        // the one that stands so many places before.
        let oldest = (self.threads.len() - self.at_work) % self.threads.len().max(1);
        if self.at_work == 0 {
            return Ok(None);
        }
        let Some((_, from_thread)) = self.threads.get(oldest) else {
            return Ok(None);
        };
        let member = from_thread.recv().map_err(|_| ended())?;
        self.at_work -= 1;
        member.map(Some).map_err(BackupError::Write)
    }
}

fn ended() -> BackupError {
    BackupError::Write(io::Error::other("a thread that compresses has ended"))
}
