//! `demarche actors split`

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::Args;
use demarche::lexicon::{Entry, Phrase};
use demarche::model::ActorId;

use crate::cli::dictionary::OpenDictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Say that a name of an actor means another one
///
/// The other is new, with an id made from the name, unless --into names one. Prints its id.
#[derive(Debug, Args)]
pub(crate) struct SplitArgs {
    /// Id of the actor that loses the name
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The name
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// Id of the actor that the name means from then on, known or new
    #[arg(long, value_name = "NEWID")]
    pub(crate) into: Option<ActorId>,
}

pub(super) fn run(args: &SplitArgs, session: &Session) -> Result<Exit> {
    let text = Phrase::parse(&args.text)?;
    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    let id = directory.require(&args.id, dictionary.store())?;
    let made = || ActorId::from_name(id.kind(), text.as_str());
    let new = args.into.clone().unwrap_or_else(made);
    if new == id {
        bail!("`{text}` would name {id} again: give another id with --into");
    }
    directory.note_if_no_name(&id, &text)?;
    let shown = new.to_string();
    dictionary.add(vec![Entry::Split { id, text, new }])?;
    writeln!(io::stdout(), "{shown}")?;
    Ok(Exit::Done)
}
