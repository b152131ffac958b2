//! `demarche actors export`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::store::OpenMode;

use crate::cli::dictionary;
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Print the user's dictionary: what is in the store, then what --dictionary adds
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {}

pub(super) fn run(session: &Session) -> Result<Exit> {
    // A file by itself needs no store, but nothing at all is an error.
    let file = session.dictionary.as_deref();
    let is_needed = file.is_none() || session.store.exists();
    let store = is_needed.then(|| session.open(OpenMode::Existing));
    let entries = dictionary::read(store.transpose()?.as_ref(), file)?;
    if entries.is_empty() {
        writeln!(io::stderr(), "the user's dictionary is empty")?;
        return Ok(Exit::Nothing);
    }
    write!(io::stdout(), "{entries}")?;
    Ok(Exit::Done)
}
