//! `demarche db`

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Subcommand};
use demarche::store::OpenMode;

use crate::cli::commands::backup::{self, BackupArgs};
use crate::cli::commands::restore::{self, RestoreArgs};
use crate::cli::exit::Exit;
use crate::cli::output::Table;
use crate::cli::session::Session;

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
    Check,
    Backup(BackupArgs),
    Restore(RestoreArgs),
}

pub(crate) fn run(args: &DbArgs, session: &Session) -> Result<Exit> {
    match &args.what {
        DbCommand::Stats => stats(session),
        DbCommand::Check => check(session),
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
    row("bytes of articles", stats.article_bytes);
    row("bytes of events", stats.event_bytes);
    row("bytes of runs", stats.run_bytes);
    row("bytes of the dictionary", stats.dictionary_bytes);
    if let Some(bytes) = stats.disk_bytes {
        row("bytes on disk", bytes);
    }
    table.print(session.format)?;
    Ok(Exit::Done)
}

fn check(session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let report = store.check()?;
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
