//! `demarche events`

use anyhow::Result;
use clap::Args;
use demarche::graph::{Graph, Happening, Scope};
use demarche::lexicon::Lexicon;
use demarche::model::ActorId;

use crate::cli::exit::Exit;
use crate::cli::filter::{FilterArgs, tell_left_out, tell_nothing};
use crate::cli::records;
use crate::cli::session::Session;
use crate::cli::store_reader::StoreReader;

/// List events by date, each with a sentence that proves it
///
/// One row for each pair of source and target. A date with ~ is the day of publication, where the
/// text gives none. With --format jsonl each line is a full event record.
#[derive(Debug, Args)]
pub(crate) struct EventsArgs {
    /// Who takes part; all if not given
    #[arg(value_name = "ACTOR")]
    pub(crate) actor: Option<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

pub(crate) fn run(args: &EventsArgs, session: &Session) -> Result<Exit> {
    let Some(actor) = &args.actor else {
        let opened = session.graph()?;
        let list = List::of(&args.filter, &opened.store, &opened.lexicon, session);
        return list.print(Graph::happenings(&opened.graph), &[]);
    };
    let asked = session.asked()?;
    let actor = asked.resolve(actor)?;
    let graph = asked.graph_of(&actor)?;
    let list = List::of(&args.filter, &asked.store, &asked.lexicon, session);
    list.print(graph.of_actor(&actor), &[&actor])
}

/// What is needed to list happenings.
pub(super) struct List<'a> {
    pub(super) filter: &'a FilterArgs,
    pub(super) scope: Scope,
    pub(super) store: &'a StoreReader,
    pub(super) lexicon: &'a Lexicon,
    pub(super) session: &'a Session,
}

impl<'a> List<'a> {
    /// Lists interactions.
    pub(super) fn of(
        filter: &'a FilterArgs,
        store: &'a StoreReader,
        lexicon: &'a Lexicon,
        session: &'a Session,
    ) -> Self {
        Self {
            filter,
            scope: Scope::Interactions,
            store,
            lexicon,
            session,
        }
    }

    /// Prints the happenings that the filter lets through.
    pub(super) fn print<'g>(
        &self,
        happenings: impl IntoIterator<Item = &'g Happening>,
        asked: &[&ActorId],
    ) -> Result<Exit> {
        let filter = self
            .filter
            .understood(self.scope, self.store, self.lexicon)?;
        let selection = filter.select(happenings);
        let total = selection.happenings.len();
        let mut shown = Vec::new();
        let limit = self.filter.limit.unwrap_or(usize::MAX);
        for selected in selection.happenings.iter().take(limit) {
            shown.extend(records::records(selected, self.store)?);
        }
        if shown.is_empty() {
            tell_nothing("events", asked)?;
        } else {
            records::print(&shown, self.session.format)?;
        }
        tell_left_out(total.min(limit), total, selection.uncertain_left_out)?;
        Ok(if shown.is_empty() {
            Exit::Nothing
        } else {
            Exit::Done
        })
    }
}
