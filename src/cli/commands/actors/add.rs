//! `demarche actors add`

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use demarche::lexicon::{Entry, Phrase};
use demarche::model::{ActorId, ActorKind, Sector};

use crate::cli::actor_name::resolve_country;
use crate::cli::dictionary::OpenDictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::session::{Session, lexicon};

/// Add an actor to the user's dictionary, or correct one
///
/// The id is made from kind and name, unless --id gives another. With the --id of an actor that is
/// known, its name is corrected, and country and sector if they are given. Prints the id.
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// Name, as articles write it
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Id, such as person:mara-dovrin
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<ActorId>,
    /// What it is; a person, if neither this nor --id says otherwise
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(crate) kind: Option<ActorKind>,
    /// Country that it belongs to: a code or a name
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: Option<String>,
    /// Sector, where that does not depend on an office held
    #[arg(long, value_name = "SECTOR", ignore_case = true, value_parser = sectors())]
    pub(crate) sector: Option<Sector>,
}

/// The kinds whose ids are made from names.
const KINDS: &[ActorKind] = &[
    ActorKind::Person,
    ActorKind::Igo,
    ActorKind::Agency,
    ActorKind::Group,
    ActorKind::Party,
    ActorKind::Ngo,
    ActorKind::Company,
    ActorKind::Other,
];

fn kinds() -> impl TypedValueParser<Value = ActorKind> {
    PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name()))
        .try_map(|name| name.parse::<ActorKind>())
}

fn sectors() -> impl TypedValueParser<Value = Sector> {
    PossibleValuesParser::new(Sector::ALL.iter().map(|sector| sector.name()))
        .try_map(|name| name.parse::<Sector>())
}

pub(super) fn run(args: &AddArgs, session: &Session) -> Result<Exit> {
    let lexicon = lexicon()?;
    let name = Phrase::parse(&args.name)?;
    let country = args.country.as_deref();
    let country = country
        .map(|text| resolve_country(text, lexicon))
        .transpose()?;
    if let (Some(id), Some(kind)) = (&args.id, args.kind)
        && id.kind() != kind
    {
        bail!("--id {id} is not of --kind {kind}");
    }
    let kind = args.kind.unwrap_or(ActorKind::Person);
    let made = || ActorId::from_name(kind, name.as_str());
    let id = args.id.clone().unwrap_or_else(made);

    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    if args.id.is_none()
        && let Some(known) = directory.get(&id)
    {
        bail!(
            "{id} is known already ({}): give --id {id} to correct it, or another --id",
            known.name
        );
    }
    if let Some(bearer) = directory
        .bearer(name.as_str())
        .filter(|bearer| *bearer != id)
    {
        writeln!(io::stderr(), "note: `{name}` is also a name of {bearer}")?;
    }
    // The new entry replaces an earlier one of the user whole.
    let before = directory.get(&id).filter(|known| known.is_of_user);
    let entry = Entry::Actor {
        id: id.clone(),
        name,
        country: country.or(before.and_then(|known| known.country)),
        sector: args.sector.or(before.and_then(|known| known.sector)),
    };
    dictionary.add(vec![entry])?;
    writeln!(io::stdout(), "{id}")?;
    Ok(Exit::Done)
}
