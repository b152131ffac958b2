//! `demarche actors list`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use demarche::model::ActorKind;

use crate::cli::actor_name::resolve_country;
use crate::cli::dictionary;
use crate::cli::directory::{Directory, KnownActor};
use crate::cli::exit::Exit;
use crate::cli::output::Table;
use crate::cli::session::{Session, lexicon};

/// List the actors of the dictionaries by id; works without a store
///
/// Country and sector of a person are those of the last office held.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Of one kind
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(crate) kind: Option<ActorKind>,
    /// Of one country: a code or a name
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: Option<String>,
    /// Only those that the user's dictionary added or corrected
    #[arg(long)]
    pub(crate) own: bool,
    /// Show at most so many rows
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub(crate) limit: usize,
}

fn kinds() -> impl TypedValueParser<Value = ActorKind> {
    let names = ActorKind::ALL.iter().map(|kind| kind.name());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<ActorKind>())
}

pub(super) fn run(args: &ListArgs, session: &Session) -> Result<Exit> {
    let lexicon = lexicon()?;
    let country = args.country.as_deref();
    let country = country
        .map(|text| resolve_country(text, lexicon))
        .transpose()?;
    let store = session.open_if_there()?;
    let user = dictionary::read(store.as_ref(), session.dictionary.as_deref())?;
    let directory = Directory::new(&user)?;
    let fits = |actor: &&KnownActor| {
        args.kind.is_none_or(|kind| actor.id.kind() == kind)
            && (country.is_none() || actor.country == country)
            && (!args.own || actor.is_of_user)
    };
    let found: Vec<&KnownActor> = directory.iter().filter(fits).collect();
    if found.is_empty() {
        writeln!(io::stderr(), "nothing found: no such actor")?;
        return Ok(Exit::Nothing);
    }
    let mut table = Table::new(&["id", "name", "kind", "country", "sector", "dictionary"]);
    for actor in found.iter().take(args.limit) {
        table.push(vec![
            actor.id.to_string().into(),
            actor.name.clone().into(),
            actor.id.kind().name().into(),
            actor.country.map(|country| country.to_string()).into(),
            actor.sector.map(|sector| sector.to_string()).into(),
            (if actor.is_of_user { "own" } else { "bundled" }).into(),
        ]);
    }
    table.print(session.format)?;
    if found.len() > args.limit {
        writeln!(
            io::stderr(),
            "shown: {} of {} rows (--limit)",
            args.limit,
            found.len()
        )?;
    }
    Ok(Exit::Done)
}
