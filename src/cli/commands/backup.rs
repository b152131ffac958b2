//! `demarche db backup`

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche::backup::{BackupOptions, BackupReport, Totals, write_backup};
use demarche::store::OpenMode;

use crate::cli::commands::ingest::stop_on_signal;
use crate::cli::commands::reading::ThreadArgs;
use crate::cli::exit::Exit;
use crate::cli::output::counted;
use crate::cli::session::Session;
use crate::cli::whole_file::{Replaces, WholeFile};

/// Write all that the store knows to one file, compressed
///
/// The file does not depend on how the store keeps its data: any later demarche restores it. It is
/// JSON Lines in gzip, each line with a checksum (`zcat FILE` shows it), and it is there whole or not
/// at all. The same content gives the same bytes. With --skip-damaged, damaged records are left out
/// and named, and the exit code is 1.
#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// File to write; - writes to standard output
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

pub(crate) fn run(args: &BackupArgs, session: &Session) -> Result<Exit> {
    let is_streamed = args.file == Path::new("-");
    if is_streamed && io::stdout().is_terminal() {
        bail!("a backup is no text for a terminal: name a file, or send it on with a pipe");
    }
    let store = session.open(OpenMode::Existing)?;
    let stop = stop_on_signal("stopping; no backup is written");
    let options = BackupOptions {
        on_damage: session.on_damage(),
        threads: args.threads.count(),
    };
    let report = if is_streamed {
        write_backup(&store, options, &stop, &mut io::stdout().lock())?
    } else {
        let replaces = if args.force {
            Replaces::Anything
        } else {
            Replaces::Nothing
        };
        let mut file = WholeFile::begin(&args.file, replaces)?;
        let report = write_backup(&store, options, &stop, &mut file)
            .with_context(|| args.file.display().to_string())?;
        if !report.interrupted {
            file.finish()?;
        }
        report
    };
    if report.interrupted {
        return Ok(Exit::Interrupted);
    }
    tell(args, is_streamed, &report)
}

fn tell(args: &BackupArgs, is_streamed: bool, report: &BackupReport) -> Result<Exit> {
    let mut err = io::stderr().lock();
    for record in &report.left_out {
        writeln!(err, "left out: {record}")?;
    }
    let unnamed = report.left_out_total - report.left_out.len() as u64;
    if unnamed > 0 {
        writeln!(err, "left out: {unnamed} more records")?;
    }
    let told = format!("{}, {} bytes", shown(&report.totals)?, report.bytes);
    if is_streamed {
        writeln!(err, "{told}")?;
    } else {
        writeln!(io::stdout(), "{}: {told}", args.file.display())?;
    }
    Ok(if report.left_out_total > 0 {
        Exit::Nothing
    } else {
        Exit::Done
    })
}

/// `1 run, 79 articles, 661 events, 683 mentions`
pub(super) fn shown(totals: &Totals) -> Result<String> {
    let counts = [
        (totals.runs, "run"),
        (totals.articles, "article"),
        (totals.events, "event"),
        (totals.mentions, "mention"),
    ];
    let counts = counts
        .into_iter()
        .map(|(count, what)| Ok(counted(usize::try_from(count)?, what)))
        .collect::<Result<Vec<_>>>()?;
    Ok(counts.join(", "))
}
