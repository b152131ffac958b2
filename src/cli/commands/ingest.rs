//! `demarche ingest`

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use demarche::coder::Coder;
use demarche::model::{DateBasis, EventDate, Published};
use demarche::pipeline::{IngestJob, IngestOptions, IngestReport, Progress, ingest};
use demarche::store::OpenMode;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::commands::reading::{ReadingArgs, ThreadArgs};
use crate::cli::exit::Exit;
use crate::cli::session::{Session, analyser, today};

/// Read articles, code their events and keep them in the store
///
/// Reads text files, JSON and JSON Lines, plain or compressed with gzip or zstd; folders with all
/// that is in them; patterns such as 'news/*.jsonl'. An article is stored whole or not at all, and
/// an article that is there already changes nothing, so that a call that was cut short is simply
/// made again.
#[derive(Debug, Args)]
pub(crate) struct IngestArgs {
    /// Files, folders or patterns; - reads from standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
    /// How to show progress
    #[arg(long, value_enum, default_value = "auto", value_name = "HOW")]
    pub(crate) progress: ProgressKind,
}

/// How progress is shown, on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressKind {
    /// A bar on a terminal, nothing elsewhere
    Auto,
    /// One line for each 500 articles that are safely stored, for logs
    Lines,
    /// Nothing
    None,
}

pub(crate) fn run(args: &IngestArgs, session: &Session) -> Result<Exit> {
    let report = ingest_into(args, session)?;
    print_report(&report)?;
    Ok(
        match (
            report.interrupted,
            report.run.articles_new + report.run.articles_known,
        ) {
            (true, _) => Exit::Interrupted,
            (false, 0) => Exit::Nothing,
            (false, _) => Exit::Done,
        },
    )
}

/// Ingests and returns what was done; progress goes to standard error.
pub(crate) fn ingest_into(args: &IngestArgs, session: &Session) -> Result<IngestReport> {
    // A wrong path stops the call before the store is touched.
    let mut reader = args.reading.reader(&args.paths)?;
    let store = session.open(OpenMode::Create)?;
    let lexicon = session.lexicon(Some(&store))?;
    let coder = Coder::new(&lexicon, analyser()?)?;
    let stop = stop_on_signal("stopping; what is in hand is stored");
    let show = Shown::new(args.progress);
    let mut job = IngestJob {
        reader: &mut reader,
        coder: &coder,
        store: &store,
        stop: &stop,
    };
    let options = IngestOptions {
        strict: args.reading.strict,
        today: today(),
        label: format!("ingest {}", args.paths.join(" ")),
        dictionary_version: lexicon.version().as_str().to_owned(),
        threads: args.threads.count(),
    };
    let report = ingest(&mut job, &options, &mut |progress| show.tell(progress));
    show.end();
    Ok(report?)
}

pub(super) fn published(text: &str) -> Result<Option<Published>> {
    let date = EventDate::parse(text, DateBasis::Stated).context("--date")?;
    Ok(Published::from_date(&date))
}

/// Ctrl-C lets the articles in hand be finished; a second one ends the program at once.
pub(super) fn stop_on_signal(message: &'static str) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "the user asked twice")]
            std::process::exit(130);
        }
        let _written = writeln!(io::stderr(), "\ndemarche: {message}");
    };
    // Without a handler Ctrl-C ends the program at once, and the store is sound all the same.
    let _set = ctrlc::set_handler(handler);
    stop
}

/// Where progress is shown.
enum Shown {
    Bar(ProgressBar),
    Lines,
    Nothing,
}

impl Shown {
    fn new(kind: ProgressKind) -> Self {
        match kind {
            ProgressKind::Lines => Self::Lines,
            ProgressKind::Auto if io::stderr().is_terminal() => {
                let bar = ProgressBar::new_spinner();
                let style = "{spinner} {pos} articles stored, {msg}, {per_sec}";
                if let Ok(style) = ProgressStyle::with_template(style) {
                    bar.set_style(style);
                }
                Self::Bar(bar)
            }
            ProgressKind::Auto | ProgressKind::None => Self::Nothing,
        }
    }

    fn tell(&self, progress: Progress) {
        match self {
            Self::Bar(bar) => {
                bar.set_position(progress.articles);
                let mebibytes = progress.bytes_read >> 20;
                bar.set_message(format!("{} events, {mebibytes} MiB read", progress.events));
            }
            Self::Lines => {
                let Progress {
                    articles, events, ..
                } = progress;
                let _written =
                    writeln!(io::stderr(), "stored {articles} articles, {events} events");
            }
            Self::Nothing => {}
        }
    }

    fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn print_report(report: &IngestReport) -> Result<()> {
    let mut err = io::stderr().lock();
    for bad in &report.bad {
        writeln!(err, "not read: {bad}")?;
    }
    let unnamed = report.run.records_bad - report.bad.len() as u64;
    if unnamed > 0 {
        writeln!(err, "not read: {unnamed} more records")?;
    }
    for (note, count) in &report.notes {
        writeln!(err, "note: {note}: {count}")?;
    }
    if report.files_skipped > 0 {
        writeln!(
            err,
            "note: files passed over that are no articles: {}",
            report.files_skipped
        )?;
    }
    let run = &report.run;
    writeln!(
        io::stdout(),
        "run {}: {} articles added, {} known before, {} records not read; {} events from {} sentences",
        run.run,
        run.articles_new,
        run.articles_known,
        run.records_bad,
        run.events,
        report.sentences,
    )?;
    if report.interrupted {
        writeln!(
            err,
            "stopped before the end; make the same call again to go on"
        )?;
    }
    Ok(())
}
