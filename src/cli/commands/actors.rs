//! `demarche actors`

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Subcommand};
use demarche::model::ActorKind;

use crate::cli::actor_name::candidates;
use crate::cli::exit::Exit;
use crate::cli::output::Table;
use crate::cli::session::{Session, lexicon};

/// Find actors
#[derive(Debug, Args)]
pub(crate) struct ActorsArgs {
    #[command(subcommand)]
    pub(crate) what: ActorsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ActorsCommand {
    /// Find actors of store and dictionaries by a part of their name; works without a store
    Search {
        /// A name or a part of one, a code, or an id
        #[arg(value_name = "TEXT")]
        text: String,
        /// Show at most so many rows
        #[arg(long, default_value_t = 20, value_name = "N")]
        limit: usize,
    },
}

pub(crate) fn run(args: &ActorsArgs, session: &Session) -> Result<Exit> {
    let ActorsCommand::Search { text, limit } = &args.what;
    let lexicon = lexicon()?;
    let graph = if session.store.exists() {
        Some(session.graph()?.1)
    } else {
        None
    };
    let found = candidates(text, graph.as_ref(), lexicon);
    if found.is_empty() {
        writeln!(io::stderr(), "no actor is called anything like `{text}`")?;
        return Ok(Exit::Nothing);
    }
    let mut table = Table::new(&["id", "name", "kind", "events"]);
    for candidate in found.iter().take(*limit) {
        table.push(vec![
            candidate.id.to_string().into(),
            candidate.name.clone().into(),
            ActorKind::name(candidate.id.kind()).into(),
            // Without a store nothing is known of events.
            graph.as_ref().map(|_| candidate.events).into(),
        ]);
    }
    table.print(session.format)?;
    if found.len() > *limit {
        writeln!(
            io::stderr(),
            "shown: {limit} of {} rows (--limit)",
            found.len()
        )?;
    }
    Ok(Exit::Done)
}
