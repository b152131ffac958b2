//! `demarche recode`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::coder::Coder;
use demarche::pipeline::recode;
use demarche::store::OpenMode;

use crate::cli::commands::ingest::stop_on_signal;
use crate::cli::commands::reading::ThreadArgs;
use crate::cli::exit::Exit;
use crate::cli::output::counted;
use crate::cli::session::{Session, analyser};

/// Code the articles of the store again, with this version of the coder and the dictionaries of now
///
/// Each article keeps its id, its run and its day; its events are replaced whole. A call that was cut
/// short is simply made again.
#[derive(Debug, Args)]
pub(crate) struct RecodeArgs {
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

pub(crate) fn run(args: &RecodeArgs, session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let lexicon = session.lexicon(Some(&store))?;
    let coder = Coder::new(&lexicon, analyser()?)?;
    let stop = stop_on_signal("stopping; what is coded again is kept");
    let report = recode(&store, &coder, args.threads.count(), &stop)?;
    writeln!(
        io::stdout(),
        "{} coded again, {} changed; {} before, {} now",
        counted(usize::try_from(report.articles)?, "article"),
        report.changed,
        counted(usize::try_from(report.events_before)?, "event"),
        report.events,
    )?;
    Ok(match (report.interrupted, report.articles) {
        (true, _) => Exit::Interrupted,
        (false, 0) => Exit::Nothing,
        (false, _) => Exit::Done,
    })
}
