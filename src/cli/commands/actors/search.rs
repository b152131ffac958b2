//! `demarche actors search`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::model::ActorKind;

use crate::cli::actor_name::{Candidate, Known, candidates};
use crate::cli::dictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::output::Table;
use crate::cli::session::Session;

/// Find actors of store and dictionaries by a part of their name; works without a store
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// A name or a part of one, a code, or an id
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// Show at most so many rows
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) limit: usize,
}

/// Up to this distance a name holds what was asked for; beyond, it is only spelt like it.
const DISTANCE_HOLDS: usize = 2;

pub(super) fn run(args: &SearchArgs, session: &Session) -> Result<Exit> {
    let SearchArgs { text, limit } = args;
    let opened = session.graph_if_there()?;
    let store = match &opened {
        Some(opened) => opened.store.with_dictionary()?,
        None => None,
    };
    let graph = opened.as_ref().map(|opened| &opened.graph);
    let directory = Directory::new(&dictionary::read(store, session.dictionary.as_deref())?)?;
    let found = candidates(
        text,
        graph.map(|graph| graph as &dyn Known),
        directory.lexicon(),
    );
    let found = with_user(found, directory.named_like(text));
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
            graph.map(|_| candidate.events).into(),
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

/// Puts the actors of the user's dictionary that fit before the others; where some fit, those that
/// are only spelt alike go.
fn with_user(mut found: Vec<Candidate>, of_user: Vec<Candidate>) -> Vec<Candidate> {
    if !of_user.is_empty() {
        found.retain(|found| found.distance <= DISTANCE_HOLDS);
    }
    for candidate in of_user.into_iter().rev() {
        let events = found.iter().find(|known| known.id == candidate.id);
        let events = events.map_or(0, |known| known.events);
        found.retain(|known| known.id != candidate.id);
        found.insert(
            0,
            Candidate {
                events,
                ..candidate
            },
        );
    }
    found
}
