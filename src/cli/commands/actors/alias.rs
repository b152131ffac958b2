//! `demarche actors alias` and `demarche actors unalias`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::lexicon::{Entry, Phrase};

use crate::cli::dictionary::OpenDictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Give an actor one more name
#[derive(Debug, Args)]
pub(crate) struct AliasArgs {
    /// Id of the actor
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Name, as articles write it
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
}

/// Take a name from an actor, its own or one that was given
#[derive(Debug, Args)]
pub(crate) struct UnaliasArgs {
    /// Id of the actor
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Name that no longer means it
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
}

pub(super) fn run(args: &AliasArgs, session: &Session) -> Result<Exit> {
    let text = Phrase::parse(&args.text)?;
    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    let id = directory.require(&args.id, dictionary.store())?;
    match directory.bearer(text.as_str()) {
        Some(bearer) if bearer == id => {
            writeln!(io::stderr(), "`{text}` is a name of {id} already")?;
            return Ok(Exit::Done);
        }
        Some(bearer) => writeln!(io::stderr(), "note: `{text}` is also a name of {bearer}")?,
        None => {}
    }
    dictionary.add(vec![Entry::Alias { id, text }])?;
    Ok(Exit::Done)
}

pub(super) fn run_unalias(args: &UnaliasArgs, session: &Session) -> Result<Exit> {
    let text = Phrase::parse(&args.text)?;
    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    let id = directory.require(&args.id, dictionary.store())?;
    directory.note_if_no_name(&id, &text)?;
    dictionary.add(vec![Entry::Unalias { id, text }])?;
    Ok(Exit::Done)
}
