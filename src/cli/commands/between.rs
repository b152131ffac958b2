//! `demarche between`

use anyhow::Result;
use clap::Args;
use demarche::graph::Scope;

use crate::cli::actor_name::resolve;
use crate::cli::commands::events::List;
use crate::cli::exit::Exit;
use crate::cli::filter::FilterArgs;
use crate::cli::session::{Opened, Session};

/// List what two actors did to each other or together, by date
///
/// Every kind of act in either direction; --type 04 narrows to contacts. A state stands for its
/// officials: `between Russia Iran` holds what Putin said to Pezeshkian.
#[derive(Debug, Args)]
pub(crate) struct BetweenArgs {
    /// One actor: a name, a code or an id
    #[arg(value_name = "ACTOR")]
    pub(crate) one: String,
    /// The other
    #[arg(value_name = "ACTOR")]
    pub(crate) other: String,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

pub(crate) fn run(args: &BetweenArgs, session: &Session) -> Result<Exit> {
    let Opened {
        store,
        graph,
        lexicon,
    } = session.graph()?;
    let one = resolve(&args.one, &graph, &lexicon)?;
    let other = resolve(&args.other, &graph, &lexicon)?;
    let list = List {
        filter: &args.filter,
        scope: Scope::Interactions,
        store: &store,
        lexicon: &lexicon,
        session,
    };
    list.print(graph.between(&one, &other), &[&one, &other])
}
