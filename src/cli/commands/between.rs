//! `demarche between`

use anyhow::Result;
use clap::Args;

use crate::cli::commands::events::List;
use crate::cli::exit::Exit;
use crate::cli::filter::FilterArgs;
use crate::cli::session::Session;

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
    let asked = session.asked()?;
    let one = asked.resolve(&args.one)?;
    let other = asked.resolve(&args.other)?;
    let graph = asked.graph_between(&[one.clone(), other.clone()])?;
    let list = List::of(&args.filter, &asked.store, &asked.lexicon, session);
    list.print(graph.between(&one, &other), &[&one, &other])
}
