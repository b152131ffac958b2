//! `demarche actors`

mod add;
mod alias;
mod export;
mod import;
mod list;
mod merge;
mod role;
mod search;
mod show;
mod split;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Find actors, and keep a dictionary of one's own
///
/// The user's dictionary adds actors, names and roles to those that come with the program. It lies
/// in the store, or in a file that --dictionary names: then entries go there and need no store. What
/// the file says holds over what the store says, and that over what comes with the program.
#[derive(Debug, Args)]
pub(crate) struct ActorsArgs {
    #[command(subcommand)]
    pub(crate) what: ActorsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ActorsCommand {
    Search(search::SearchArgs),
    Show(show::ShowArgs),
    List(list::ListArgs),
    Add(add::AddArgs),
    Alias(alias::AliasArgs),
    Unalias(alias::UnaliasArgs),
    Role(role::RoleArgs),
    Merge(merge::MergeArgs),
    Split(split::SplitArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
}

pub(crate) fn run(args: &ActorsArgs, session: &Session) -> Result<Exit> {
    match &args.what {
        ActorsCommand::Search(args) => search::run(args, session),
        ActorsCommand::Show(args) => show::run(args, session),
        ActorsCommand::List(args) => list::run(args, session),
        ActorsCommand::Add(args) => add::run(args, session),
        ActorsCommand::Alias(args) => alias::run(args, session),
        ActorsCommand::Unalias(args) => alias::run_unalias(args, session),
        ActorsCommand::Role(args) => role::run(args, session),
        ActorsCommand::Merge(args) => merge::run(args, session),
        ActorsCommand::Split(args) => split::run(args, session),
        ActorsCommand::Import(args) => import::run(args, session),
        ActorsCommand::Export(_) => export::run(session),
    }
}
