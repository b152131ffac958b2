//! `demarche actors show`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::model::ActorId;

use crate::cli::actor_card::ActorCard;
use crate::cli::actor_name::{Known, resolve_name};
use crate::cli::dictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::output::{Format, Table, one_line, width, wrapped};
use crate::cli::session::{Opened, Session};

/// Show what is known of an actor: names, roles over time, memberships; works without a store
///
/// With a store also in how many events it takes part, and the ten partners with the most contacts.
/// Days are inclusive; an end that is not told is open or unknown.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// An id, a name or a code
    #[arg(value_name = "ACTOR")]
    pub(crate) actor: String,
}

/// How wide the labels are.
const LABEL: u16 = 11;

pub(super) fn run(args: &ShowArgs, session: &Session) -> Result<Exit> {
    let opened = session.graph_if_there()?;
    let store = match &opened {
        Some(opened) => opened.store.with_dictionary()?,
        None => None,
    };
    let directory = Directory::new(&dictionary::read(store, session.dictionary.as_deref())?)?;
    let id = meant(&args.actor, &directory, opened.as_ref())?;
    let graph = opened.as_ref().map(|opened| &opened.graph);
    let card = ActorCard::new(&id, &directory, graph);
    let mut out = io::stdout().lock();
    match session.format {
        Some(Format::Json) => {
            serde_json::to_writer_pretty(&mut out, &card)?;
            writeln!(out)?;
        }
        Some(Format::Jsonl) => {
            serde_json::to_writer(&mut out, &card)?;
            writeln!(out)?;
        }
        Some(format @ (Format::Csv | Format::Tsv | Format::Md)) => {
            let mut table = Table::new(&["what", "value"]);
            for (what, value) in card.lines() {
                table.push(vec![what.into(), value.into()]);
            }
            table.write(format, &mut out)?;
        }
        None | Some(Format::Table) => {
            for (what, value) in card.lines() {
                let value = wrapped(&one_line(&value), width().saturating_sub(LABEL), LABEL);
                writeln!(out, "{what:<0$}{value}", usize::from(LABEL))?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Returns whom an id or name means; those who were merged are the other.
fn meant(text: &str, directory: &Directory, opened: Option<&Opened>) -> Result<ActorId> {
    let id = if ActorId::parse(text.trim()).is_ok() {
        directory.require(text, opened.map(|opened| &*opened.store))?
    } else if let Some(bearer) = directory.bearer(text) {
        bearer
    } else {
        let graph = opened.map(|opened| &opened.graph);
        resolve_name(
            text,
            graph.map(|graph| graph as &dyn Known),
            directory.lexicon(),
        )?
    };
    let Some(into) = directory.merged_into(&id) else {
        return Ok(id);
    };
    writeln!(io::stderr(), "{id} was merged into {into}")?;
    Ok(into.clone())
}
