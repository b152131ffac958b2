//! `demarche schema`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::pipeline::RECORD_SCHEMA;

use crate::cli::exit::Exit;

/// Print the JSON Schema of the event record that code, extract and events write
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {}

pub(crate) fn run(_args: &SchemaArgs) -> Result<Exit> {
    io::stdout().write_all(RECORD_SCHEMA.as_bytes())?;
    Ok(Exit::Done)
}
