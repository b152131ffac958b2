//! The commands, one a file.

mod actors;
mod backup;
mod bench;
mod between;
mod code;
mod codes;
mod contacts;
mod db;
mod demo;
mod eval;
mod events;
mod explain;
mod export;
mod extract;
mod ingest;
mod mentions;
mod model;
mod parse;
mod reading;
mod recode;
mod restore;
mod schema;
mod show;
mod undo;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::exit::Exit;
use crate::cli::session::Session;

pub(crate) use code::Unreadable;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Ingest(ingest::IngestArgs),
    Extract(extract::ExtractArgs),
    Code(code::CodeArgs),
    Explain(explain::ExplainArgs),
    Mentions(mentions::MentionsArgs),
    Contacts(contacts::ContactsArgs),
    Between(between::BetweenArgs),
    Events(events::EventsArgs),
    Show(show::ShowArgs),
    Actors(actors::ActorsArgs),
    Export(export::ExportArgs),
    Codes(codes::CodesArgs),
    Db(db::DbArgs),
    Parse(parse::ParseArgs),
    Recode(recode::RecodeArgs),
    Undo(undo::UndoArgs),
    Schema(schema::SchemaArgs),
    Model(model::ModelArgs),
    Eval(eval::EvalArgs),
    Bench(bench::BenchArgs),
    Demo(demo::DemoArgs),
}

impl Command {
    /// Carries the command out.
    pub(crate) fn run(&self, session: &Session) -> Result<Exit> {
        match self {
            Self::Ingest(args) => ingest::run(args, session),
            Self::Extract(args) => extract::run(args, session),
            Self::Code(args) => code::run(args, session),
            Self::Explain(args) => explain::run(args, session),
            Self::Mentions(args) => mentions::run(args, session),
            Self::Contacts(args) => contacts::run(args, session),
            Self::Between(args) => between::run(args, session),
            Self::Events(args) => events::run(args, session),
            Self::Show(args) => show::run(args, session),
            Self::Actors(args) => actors::run(args, session),
            Self::Export(args) => export::run(args, session),
            Self::Codes(args) => codes::run(args, session),
            Self::Db(args) => db::run(args, session),
            Self::Parse(args) => parse::run(args),
            Self::Recode(args) => recode::run(args, session),
            Self::Undo(args) => undo::run(args, session),
            Self::Schema(args) => schema::run(args),
            Self::Model(args) => model::run(args),
            Self::Eval(args) => eval::run(args, session),
            Self::Bench(args) => bench::run(args, session),
            Self::Demo(args) => demo::run(args, session),
        }
    }
}
