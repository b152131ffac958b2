//! From files to store.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::coder::{CODER_VERSION, Coded, Coder, Note};
use crate::ingest::{BadRecord, Reader, Record};
use crate::model::{Article, Day};
use crate::pipeline::PipelineError;
use crate::store::{PutOutcome, RunRecord, RunStart, Store};

/// After so many articles what was written is flushed, and thereby acknowledged.
pub const FLUSH_EVERY_ARTICLES: u64 = 500;

/// Articles that are read before they are coded together.
const CHUNK: usize = 128;

/// Bad records that a report names; the others are only counted.
const BAD_NAMED_MAX: usize = 100;

/// How to ingest.
#[derive(Debug, Clone)]
pub struct IngestOptions {
    /// Whether a record that cannot be read ends the batch.
    pub strict: bool,
    /// The day on which the articles are added (UTC).
    pub today: Day,
    /// The command, for the list of runs.
    pub label: String,
    /// The version of the dictionaries, for the list of runs.
    pub dictionary_version: String,
    /// How many threads code; the result does not depend on it.
    pub threads: NonZeroUsize,
}

/// Where a batch goes from and to.
pub struct IngestJob<'a> {
    /// What is read.
    pub reader: &'a mut Reader,
    /// Who codes.
    pub coder: &'a Coder<'a>,
    /// Where events are kept.
    pub store: &'a Store,
    /// Set from outside to stop after the articles in hand.
    pub stop: &'a AtomicBool,
}

/// How far a batch is; every count is acknowledged, that is flushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Articles read: new, known and none of it lost by a crash from here on.
    pub articles: u64,
    /// Events added.
    pub events: u64,
    /// Bytes read, compressed as they lie on disk.
    pub bytes_read: u64,
}

/// What a batch has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IngestReport {
    /// The run, with its counts.
    pub run: RunRecord,
    /// Sentences read in new articles.
    pub sentences: u64,
    /// Records that could not be read: the first hundred.
    pub bad: Vec<BadRecord>,
    /// What was odd about articles, with how often.
    pub notes: BTreeMap<String, u64>,
    /// Files that are no articles and were passed over.
    pub files_skipped: u64,
    /// Whether the batch was stopped before its end; running it again goes on.
    pub interrupted: bool,
}

/// Reads, codes and stores until the input ends or the job is told to stop.
///
/// An article is stored whole or not at all; an article that is there already changes nothing.
/// `observe` is called after each flush, with counts that a crash cannot take back.
///
/// # Errors
/// [`PipelineError::BadRecord`] at the first one if strict, [`PipelineError::Store`]. What was
/// stored before stays, and the run stays open.
pub fn ingest(
    job: &mut IngestJob<'_>,
    options: &IngestOptions,
    observe: &mut dyn FnMut(Progress),
) -> Result<IngestReport, PipelineError> {
    let run = job.store.begin_run(RunStart {
        started: options.today,
        label: options.label.clone(),
        coder_version: CODER_VERSION.to_owned(),
        dictionary_version: options.dictionary_version.clone(),
    })?;
    let mut report = IngestReport {
        run,
        sentences: 0,
        bad: Vec::new(),
        notes: BTreeMap::new(),
        files_skipped: 0,
        interrupted: false,
    };
    let mut unflushed = 0;
    loop {
        let chunk = read_chunk(job, options, &mut report)?;
        if chunk.is_empty() {
            break;
        }
        for (article, coded) in code_chunk(job, options, chunk)? {
            store_one(job, options, &mut report, &article, coded.as_ref())?;
            unflushed += 1;
        }
        if unflushed >= FLUSH_EVERY_ARTICLES {
            unflushed = 0;
            acknowledge(job, &report, observe)?;
        }
        if job.stop.load(Ordering::Relaxed) {
            report.interrupted = true;
            break;
        }
    }
    if report.interrupted {
        job.store.save_run(&report.run)?;
        job.store.flush()?;
    } else {
        job.store.finish_run(&report.run)?;
        report.run.finished = true;
    }
    Ok(report)
}

fn acknowledge(
    job: &IngestJob<'_>,
    report: &IngestReport,
    observe: &mut dyn FnMut(Progress),
) -> Result<(), PipelineError> {
    job.store.save_run(&report.run)?;
    job.store.flush()?;
    observe(Progress {
        articles: report.run.articles_new + report.run.articles_known,
        events: report.run.events,
        bytes_read: job.reader.bytes_read(),
    });
    Ok(())
}

/// Reads up to a chunk of articles; notes what is no article.
fn read_chunk(
    job: &mut IngestJob<'_>,
    options: &IngestOptions,
    report: &mut IngestReport,
) -> Result<Vec<Article>, PipelineError> {
    let mut chunk = Vec::with_capacity(CHUNK);
    while chunk.len() < CHUNK {
        match job.reader.next() {
            Some(Record::Article { article, notes, .. }) => {
                if !notes.is_empty() {
                    // The text of one article's date would make every note its own kind.
                    let kind = "article whose date cannot be read, kept undated";
                    *report.notes.entry(kind.to_owned()).or_default() += notes.len() as u64;
                }
                chunk.push(article);
            }
            Some(Record::Bad(bad)) => {
                if options.strict {
                    job.store.flush()?;
                    return Err(PipelineError::BadRecord(bad));
                }
                report.run.records_bad += 1;
                if report.bad.len() < BAD_NAMED_MAX {
                    report.bad.push(bad);
                }
            }
            Some(Record::Skipped(_)) => report.files_skipped += 1,
            None => break,
        }
    }
    Ok(chunk)
}

/// Codes a chunk on several threads; articles that are known are not coded again.
fn code_chunk(
    job: &IngestJob<'_>,
    options: &IngestOptions,
    chunk: Vec<Article>,
) -> Result<Vec<(Article, Option<Coded>)>, PipelineError> {
    let mut work = Vec::with_capacity(chunk.len());
    for article in chunk {
        let is_known = job.store.has_article(article.id)?;
        work.push((article, is_known, None));
    }
    let share = work.len().div_ceil(options.threads.get());
    thread::scope(|scope| {
        for part in work.chunks_mut(share.max(1)) {
            scope.spawn(|| {
                for (article, is_known, coded) in part {
                    if !*is_known {
                        *coded = Some(job.coder.code(article));
                    }
                }
            });
        }
    });
    Ok(work
        .into_iter()
        .map(|(article, _, coded)| (article, coded))
        .collect())
}

fn store_one(
    job: &IngestJob<'_>,
    options: &IngestOptions,
    report: &mut IngestReport,
    article: &Article,
    coded: Option<&Coded>,
) -> Result<(), PipelineError> {
    let Some(coded) = coded else {
        report.run.articles_known += 1;
        return Ok(());
    };
    let outcome = job
        .store
        .put_article(article, &coded.events, report.run.run, options.today)?;
    match outcome {
        PutOutcome::Added => {
            report.run.articles_new += 1;
            report.run.events += coded.events.len() as u64;
            report.sentences += coded.sentences as u64;
            for note in &coded.notes {
                *report.notes.entry(describe(*note).to_owned()).or_default() += 1;
            }
        }
        PutOutcome::AlreadyThere => report.run.articles_known += 1,
    }
    Ok(())
}

const fn describe(note: Note) -> &'static str {
    match note {
        Note::Undated => "article without a date",
        Note::NotEnglish => "article not in English, kept and not coded",
        Note::OtherDomain => "article about sport or the like, kept and not coded",
        Note::Discarded => "article that the user's dictionary discards, kept and not coded",
        Note::Cut => "article longer than a mebibyte, coded in its first part",
    }
}
