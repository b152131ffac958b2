//! From the words of the call to an exit code.

use std::io::{self, Write};

use anyhow::Error;
use clap::Parser;
use demarche::backup::BackupError;
use demarche::ingest::IngestError;
use demarche::lexicon::LexiconError;
use demarche::model::ModelError;
use demarche::pipeline::PipelineError;
use demarche::store::StoreError;

use crate::cli::actor_name::NoActor;
use crate::cli::commands::{Command, Unreadable};
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Reads news articles, codes diplomatic events, stores them as a graph and answers who contacted
/// whom
#[derive(Debug, Parser)]
#[command(name = "demarche", version, arg_required_else_help = true)]
struct App {
    #[command(flatten)]
    session: Session,
    #[command(subcommand)]
    command: Command,
}

/// Parses the call, carries it out and returns how it ended.
pub(crate) fn run() -> Exit {
    let app = match App::try_parse() {
        Ok(app) => app,
        Err(error) => {
            let is_help = !error.use_stderr();
            // A closed terminal is no reason to fail.
            let _printed = error.print();
            return if is_help { Exit::Done } else { Exit::Usage };
        }
    };
    match app.command.run(&app.session) {
        Ok(exit) => exit,
        Err(error) => report(&error),
    }
}

/// Parses the words of a call that the program makes itself.
pub(crate) fn parse<'a>(
    words: impl IntoIterator<Item = &'a str>,
) -> Result<(Session, Command), clap::Error> {
    let app = App::try_parse_from(words)?;
    Ok((app.session, app.command))
}

/// Tells the user what went wrong, on one line, and chooses the exit code.
fn report(error: &Error) -> Exit {
    if is_broken_pipe(error) {
        return Exit::Done;
    }
    let mut told: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        // Some errors repeat their source in their own words.
        if !told.last().is_some_and(|before| before.contains(&cause)) {
            told.push(cause);
        }
    }
    let _written = writeln!(io::stderr(), "demarche: {}", told.join(": "));
    exit_code(error)
}

fn exit_code(error: &Error) -> Exit {
    for cause in error.chain() {
        if cause.is::<StoreError>() {
            return Exit::Store;
        }
        if let Some(pipeline) = cause.downcast_ref::<PipelineError>() {
            return match pipeline {
                PipelineError::BadRecord(_) => Exit::BadInput,
                _ => Exit::Store,
            };
        }
        if let Some(backup) = cause.downcast_ref::<BackupError>() {
            return match backup {
                BackupError::Store(_) | BackupError::NotEmpty => Exit::Store,
                BackupError::NotABackup { .. }
                | BackupError::NewerVersion { .. }
                | BackupError::Damaged { .. }
                | BackupError::Cut { .. } => Exit::BadInput,
                _ => Exit::Usage,
            };
        }
        if matches!(cause.downcast_ref(), Some(LexiconError::Line { .. })) {
            return Exit::BadInput;
        }
        if cause.is::<Unreadable>() {
            return Exit::BadInput;
        }
        if cause.is::<NoActor>() {
            return Exit::Nothing;
        }
        if cause.is::<ModelError>() || cause.is::<IngestError>() {
            return Exit::Usage;
        }
    }
    Exit::Usage
}

fn is_broken_pipe(error: &Error) -> bool {
    error.chain().any(|cause| {
        let io_kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let csv_kind = cause
            .downcast_ref::<csv::Error>()
            .and_then(|error| match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            });
        let json_kind = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io_kind.or(csv_kind).or(json_kind) == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::App::command().debug_assert();
    }
}
