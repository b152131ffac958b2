//! `demarche db restore`

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche::backup::{RestoreOptions, RestoreReport, restore};
use demarche::store::NewStore;

use crate::cli::commands::backup::shown;
use crate::cli::commands::ingest::stop_on_signal;
use crate::cli::commands::reading::ThreadArgs;
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Make a new store of a backup
///
/// The store is named with --store; one that holds something is never touched. It is there whole or
/// not at all: a damaged line of the backup is named, and nothing is restored. With --skip-damaged
/// the rest is restored, standard error names what is lost, and the exit code is 1.
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The backup, compressed or not; - reads from standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

pub(crate) fn run(args: &RestoreArgs, session: &Session) -> Result<Exit> {
    let source: Box<dyn Read + Send> = if args.file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let named = || args.file.display().to_string();
        if args.file.is_dir() {
            bail!("{} is a folder: name a backup", named());
        }
        Box::new(File::open(&args.file).with_context(named)?)
    };
    let new = NewStore::begin(&session.store)?;
    let stop = stop_on_signal("stopping; nothing is restored");
    let options = RestoreOptions {
        on_damage: session.on_damage(),
        threads: args.threads.count(),
    };
    let report = restore(source, new.store()?, options, &stop, &mut |_| {})
        .with_context(|| format!("nothing was restored from {}", args.file.display()))?;
    if report.interrupted {
        return Ok(Exit::Interrupted);
    }
    new.finish()?;
    tell(&report, session)
}

fn tell(report: &RestoreReport, session: &Session) -> Result<Exit> {
    let mut err = io::stderr().lock();
    for loss in &report.losses {
        writeln!(err, "lost: {loss}")?;
    }
    let unnamed = report.losses_total - report.losses.len() as u64;
    if unnamed > 0 {
        writeln!(err, "lost: {unnamed} more")?;
    }
    if report.is_cut_off {
        writeln!(
            err,
            "lost: all behind the place where the backup is cut off"
        )?;
    }
    if report.left_out > 0 {
        let count = report.left_out;
        writeln!(
            err,
            "note: {count} records were damaged when the backup was made"
        )?;
    }
    let restored = shown(&report.restored)?;
    let expected = match &report.expected {
        Some(expected) if !report.is_whole() => format!(" of {}", shown(expected)?),
        _ => String::new(),
    };
    writeln!(
        io::stdout(),
        "{}: {restored}{expected} restored",
        session.store.display()
    )?;
    Ok(if report.is_whole() {
        Exit::Done
    } else {
        Exit::Nothing
    })
}
