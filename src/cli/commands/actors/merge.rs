//! `demarche actors merge`

use anyhow::{Result, bail};
use clap::Args;
use demarche::lexicon::Entry;

use crate::cli::dictionary::OpenDictionary;
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Say that two actors are one
///
/// All names and roles of the first belong to the second from then on.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Id of the actor that goes
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Id of the actor that stays
    #[arg(value_name = "INTO")]
    pub(crate) into: String,
}

pub(super) fn run(args: &MergeArgs, session: &Session) -> Result<Exit> {
    if args.id.trim() == args.into.trim() {
        bail!("{} cannot be merged into itself", args.id.trim());
    }
    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    let store = dictionary.store();
    let id = directory.require(&args.id, store)?;
    let into = directory.require(&args.into, store)?;
    if let Some(other) = directory.merged_into(&into) {
        bail!("{into} is itself merged into {other}: merge into that");
    }
    // Those who were merged into the one that goes come along: there are no chains.
    let before = directory.merged_with(&id);
    let entries = before.chain([&id]).map(|id| Entry::Merge {
        id: id.clone(),
        into: into.clone(),
    });
    dictionary.add(entries.collect())?;
    Ok(Exit::Done)
}
