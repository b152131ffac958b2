//! `demarche actors role`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::lexicon::{Entry, Phrase, RoleEntry};

use crate::cli::actor_name::resolve_country;
use crate::cli::dictionary::OpenDictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::session::{Session, lexicon};

/// Say which office an actor held, and when
///
/// Of two such calls with the same actor, country, office and first day the later holds. What the
/// bundled dictionaries say of the actor in that office at that time is replaced; others no longer
/// held it then, where one person at a time does. Without a first day that is: ever before.
#[derive(Debug, Args)]
pub(crate) struct RoleArgs {
    /// Id of the actor
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Office, such as head-of-state or foreign-minister; a wrong one lists all
    #[arg(value_name = "OFFICE")]
    pub(crate) office: String,
    /// Country of the office, a code or a name; if not given, that of the actor
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: Option<String>,
    /// First day, month or year in office
    #[arg(
        long,
        value_name = "DATE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) from: String,
    /// Last day, month or year in office; still held if not given
    #[arg(
        long,
        value_name = "DATE",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) to: String,
    /// Title for people, such as "Minister of Tides"
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
}

pub(super) fn run(args: &RoleArgs, session: &Session) -> Result<Exit> {
    let lexicon = lexicon()?;
    let country = args.country.as_deref();
    let country = country
        .map(|text| resolve_country(text, lexicon))
        .transpose()?;
    let title = args.title.as_deref().map(Phrase::parse).transpose()?;

    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    let id = directory.require(&args.id, dictionary.store())?;
    let role = RoleEntry::in_office(id.clone(), &args.office)?.between(&args.from, &args.to)?;
    let of_actor = || directory.get(&id).and_then(|actor| actor.country);
    let role = RoleEntry {
        country: country.or_else(of_actor),
        title,
        ..role
    };
    match role.country {
        Some(country) => writeln!(io::stderr(), "country: {country}")?,
        None => writeln!(
            io::stderr(),
            "note: the country of {id} is not known; --country gives one"
        )?,
    }
    dictionary.add(vec![Entry::Role(role)])?;
    Ok(Exit::Done)
}
