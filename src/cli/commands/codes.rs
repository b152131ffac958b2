//! `demarche codes`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::lexicon::Frames;
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

    /// Show instead how news tells them: each pattern with its verb, a sentence that it codes and one
    /// that it does not
    #[arg(long)]
    pub(crate) examples: bool,
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
    let entries: Vec<&CameoEntry> = cameo_entries().iter().filter(fits).collect();
    if args.examples {
        return show_examples(&entries, session);
    }
    let mut table = Table::new(&[
        "code",
        "label",
        "type",
        "mode",
        "verb",
        "goldstein",
        "quad_cameo",
    ]);
    for entry in entries {
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

fn show_examples(entries: &[&CameoEntry], session: &Session) -> Result<Exit> {
    let mut table = Table::new(&["code", "pattern", "verb", "codes", "does not code"]);
    for entry in entries {
        let frames = Frames::bundled()?.iter().map(|(_, frame)| frame);
        for frame in frames.filter(|frame| frame.cameo == entry.code) {
            let example = |codes: bool| {
                let mut examples = frame.examples.iter();
                examples
                    .find(|example| example.codes == codes)
                    .map(|example| example.marked)
            };
            table.push(vec![
                entry.code.to_string().into(),
                frame.text.into(),
                frame.label.into(),
                example(true).unwrap_or_default().into(),
                example(false).unwrap_or_default().into(),
            ]);
        }
    }
    if table.is_empty() {
        writeln!(
            io::stderr(),
            "no pattern has such a code; `demarche codes` lists the codes"
        )?;
        return Ok(Exit::Nothing);
    }
    table.print(session.format)?;
    Ok(Exit::Done)
}
