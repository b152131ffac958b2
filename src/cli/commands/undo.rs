//! `demarche undo`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::store::OpenMode;

use crate::cli::commands::ingest::stop_on_signal;
use crate::cli::exit::Exit;
use crate::cli::output::counted;
use crate::cli::session::Session;

/// Take back the last ingest run: the articles that it added, with their events
///
/// The run stays in the list of runs, marked as undone, so that numbers stay what they were; the
/// dictionary stays as it is. The same ingest made again brings the same ids. A call that was cut
/// short is simply made again.
#[derive(Debug, Args)]
pub(crate) struct UndoArgs {}

pub(crate) fn run(_: &UndoArgs, session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let Some(last) = store.last_run()? else {
        writeln!(io::stderr(), "nothing to undo: the store has no run left")?;
        return Ok(Exit::Nothing);
    };
    let stop = stop_on_signal("stopping; what is taken out stays out");
    let report = store.undo_run(last.run, &stop)?;
    let how = if report.interrupted {
        "partly undone"
    } else {
        "undone"
    };
    writeln!(
        io::stdout(),
        "run {} of {} ({}) {how}: {} and {} taken out",
        last.run,
        last.started,
        last.label,
        counted(usize::try_from(report.articles)?, "article"),
        counted(usize::try_from(report.events)?, "event"),
    )?;
    if report.interrupted {
        writeln!(
            io::stderr(),
            "stopped before the end; make the same call again to go on"
        )?;
        return Ok(Exit::Interrupted);
    }
    Ok(Exit::Done)
}
