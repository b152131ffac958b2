//! What all commands share: where the store is, how to print, what day it is.

use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result};
use clap::Args;
use demarche::graph::Graph;
use demarche::lexicon::Lexicon;
use demarche::model::Day;
use demarche::store::{OpenMode, Store};

use crate::cli::actor_name::dictionary_name;
use crate::cli::output::Format;

/// Options before or after any command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Session {
    /// Folder of the store
    #[arg(
        long,
        global = true,
        env = "DEMARCHE_STORE",
        default_value = "demarche.db",
        value_name = "DIR"
    )]
    pub(crate) store: PathBuf,
    /// How to print results: a table on a terminal, tsv when piped
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
}

impl Session {
    /// Opens the store, made new if `mode` says so.
    pub(crate) fn open(&self, mode: OpenMode) -> Result<Store> {
        Ok(Store::open(&self.store, mode)?)
    }

    /// Opens an existing store and builds the graph of its events.
    pub(crate) fn graph(&self) -> Result<(Store, Graph)> {
        let store = self.open(OpenMode::Existing)?;
        let events = store.events().collect::<Result<Vec<_>, _>>()?;
        let lexicon = lexicon()?;
        let graph = Graph::build(events, |actor| dictionary_name(lexicon, actor));
        Ok((store, graph))
    }
}

/// Returns the dictionaries that come with the program.
pub(crate) fn lexicon() -> Result<&'static Lexicon> {
    Lexicon::bundled().context("the dictionaries of this build are damaged")
}

/// Returns the current day (UTC), the only place where the program asks the clock.
pub(crate) fn today() -> Day {
    #[expect(
        clippy::disallowed_methods,
        reason = "the face asks the clock so that the engine need not"
    )]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Day::from_number(i32::try_from(since.as_secs() / 86_400).unwrap_or(i32::MAX))
}
