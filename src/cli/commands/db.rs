//! `demarche db`

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Subcommand};
use demarche::store::{OpenMode, Store};

use crate::cli::commands::backup::{self, BackupArgs};
use crate::cli::commands::restore::{self, RestoreArgs};
use crate::cli::exit::Exit;
use crate::cli::output::Table;
use crate::cli::session::{Session, holder};

/// Look after the store
#[derive(Debug, Args)]
pub(crate) struct DbArgs {
    #[command(subcommand)]
    pub(crate) what: DbCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    /// Count what the store holds
    Stats,
    /// Read everything and prove that it fits together
    Check(CheckArgs),
    /// Bring a store of an earlier format to that of now
    ///
    /// The new store is written beside the old one, compared with it, and put in its place. Needs
    /// as much room on disk again.
    Migrate,
    /// Write the store anew: small blocks become large ones, and what is gone makes room
    ///
    /// Needs as much room on disk again. A call that is cut off leaves one whole store.
    Compact,
    /// Bring what is readable of a damaged store into a new one, and say what is lost
    ///
    /// The new store takes the place of the damaged one, which is kept beside it, as NAME.damaged.
    Repair,
    Backup(BackupArgs),
    Restore(RestoreArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Prove too that ids and sketches of articles are those that their content gives
    #[arg(long)]
    pub(crate) deep: bool,
}

pub(crate) fn run(args: &DbArgs, session: &Session) -> Result<Exit> {
    match &args.what {
        DbCommand::Stats => stats(session),
        DbCommand::Check(args) => check(args, session),
        DbCommand::Migrate => migrate(session),
        DbCommand::Compact => compact(session),
        DbCommand::Repair => repair(session),
        DbCommand::Backup(args) => backup::run(args, session),
        DbCommand::Restore(args) => restore::run(args, session),
    }
}

fn stats(session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let stats = store.stats()?;
    let mut table = Table::new(&["what", "count"]);
    let mut row = |what: &str, count: u64| table.push(vec![what.into(), count.into()]);
    row("format", u64::from(stats.format));
    row("articles", stats.articles);
    row("events", stats.events);
    row("mentions", stats.mentions);
    row("runs", stats.runs);
    row("sealed blocks", stats.blocks);
    row("articles not sealed", stats.open_articles);
    row("events not sealed", stats.open_events);
    row("articles gone from blocks", stats.gone_articles);
    row("bytes of blocks", stats.block_bytes);
    row("bytes of texts", stats.text_bytes);
    row("bytes not sealed", stats.open_bytes);
    row("bytes of the index", stats.index_bytes);
    row("bytes of runs", stats.run_bytes);
    row("bytes of the dictionary", stats.dictionary_bytes);
    if let Some(bytes) = stats.disk_bytes {
        row("bytes on disk", bytes);
    }
    if let Some(bytes) = stats.bytes_per_event() {
        row("bytes an event, without texts", bytes);
    }
    table.print(session.format)?;
    Ok(Exit::Done)
}

fn migrate(session: &Session) -> Result<Exit> {
    let report = Store::migrate(&session.store, Some(&holder()))?;
    let held = format!(
        "{} articles, {} events, {} runs",
        report.articles, report.events, report.runs
    );
    if report.from == report.to {
        writeln!(
            io::stdout(),
            "the store has format {} already: {held}",
            report.to
        )?;
    } else {
        writeln!(
            io::stdout(),
            "format {} is now format {}: {held}",
            report.from,
            report.to
        )?;
    }
    Ok(Exit::Done)
}

fn compact(session: &Session) -> Result<Exit> {
    let report = Store::compact(&session.store, Some(&holder()))?;
    writeln!(
        io::stdout(),
        "{} articles, {} events: {} bytes before, {} now",
        report.articles,
        report.events,
        report.bytes_before,
        report.bytes,
    )?;
    Ok(Exit::Done)
}

fn repair(session: &Session) -> Result<Exit> {
    let report = Store::repair(&session.store, Some(&holder()))?;
    let mut out = io::stdout().lock();
    for lost in &report.lost {
        writeln!(out, "lost: {lost}")?;
    }
    let unnamed = report.lost_total - report.lost.len() as u64;
    if unnamed > 0 {
        writeln!(out, "lost: {unnamed} more")?;
    }
    write!(
        out,
        "saved {} articles with {} events and {} runs",
        report.articles, report.events, report.runs
    )?;
    match report.expected {
        Some((articles, events)) => {
            writeln!(out, " of {articles} articles with {events} events")?;
        }
        None => writeln!(out, "; how many there were is not known")?,
    }
    writeln!(
        out,
        "the damaged store is kept at {}",
        report.kept.display()
    )?;
    let is_whole = report.expected == Some((report.articles, report.events));
    Ok(if is_whole && report.lost_total == 0 {
        Exit::Done
    } else {
        Exit::Nothing
    })
}

fn check(args: &CheckArgs, session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let report = if args.deep {
        store.check_deep()?
    } else {
        store.check()?
    };
    let mut out = io::stdout().lock();
    for problem in &report.problems {
        writeln!(out, "{problem}")?;
    }
    let unnamed = report.problems_total - report.problems.len() as u64;
    if unnamed > 0 {
        writeln!(out, "and {unnamed} more")?;
    }
    writeln!(
        out,
        "{} articles, {} events, {} mentions, {} runs: {}",
        report.articles,
        report.events,
        report.mentions,
        report.runs,
        if report.is_sound() {
            "sound"
        } else {
            "not sound"
        },
    )?;
    if !report.is_sound() {
        return Ok(Exit::Nothing);
    }
    writeln!(out, "content {}", store.content_hash()?)?;
    Ok(Exit::Done)
}
