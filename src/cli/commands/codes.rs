//! `demarche codes`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::model::{CameoEntry, PloverType, cameo_entries};

use crate::cli::exit::Exit;
use crate::cli::output::Table;
use crate::cli::session::Session;

/// Explain a CAMEO code or a PLOVER type, or list all codes
#[derive(Debug, Args)]
pub(crate) struct CodesArgs {
    /// A code such as 041 (with all below it), a type such as CONSULT, or words of a label
    #[arg(value_name = "CODE|TYPE")]
    pub(crate) wanted: Option<String>,
}

pub(crate) fn run(args: &CodesArgs, session: &Session) -> Result<Exit> {
    let wanted = args.wanted.clone().unwrap_or_default();
    let plover: Option<PloverType> = wanted.parse().ok();
    let lower = wanted.to_lowercase();
    let fits = |entry: &&CameoEntry| {
        plover.map_or_else(
            || entry.code.starts_with(&wanted) || entry.label.to_lowercase().contains(&lower),
            |plover| entry.plover == Some(plover),
        )
    };
    let mut table = Table::new(&[
        "code",
        "label",
        "type",
        "mode",
        "verb",
        "goldstein",
        "quad_cameo",
    ]);
    for entry in cameo_entries().iter().filter(fits) {
        table.push(vec![
            entry.code.to_string().into(),
            entry.label.clone().into(),
            entry.plover.map(|plover| plover.to_string()).into(),
            entry.mode.map(|mode| mode.to_string()).into(),
            entry.verb.clone().into(),
            entry.goldstein.into(),
            entry.code.root().quad().number().into(),
        ]);
    }
    if table.is_empty() {
        writeln!(
            io::stderr(),
            "no code, type or label is like `{wanted}`; `demarche codes` lists all"
        )?;
        return Ok(Exit::Nothing);
    }
    table.print(session.format)?;
    Ok(Exit::Done)
}
