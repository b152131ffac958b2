//! `demarche parse`

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use demarche::text::{Analyser, ConlluSentence, SyntaxModel, write_conllu};

use crate::cli::commands::extract::read_words;
use crate::cli::exit::Exit;

/// Print the grammar of a text: parts of speech, lemmas and dependencies as CoNLL-U
#[derive(Debug, Args)]
pub(crate) struct ParseArgs {
    /// The text itself, a file that holds it, or - for standard input
    #[arg(value_name = "TEXT", default_value = "-")]
    pub(crate) text: String,
    /// The model, as `demarche model train` writes it
    #[arg(long, value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// Draw trees instead
    #[arg(long)]
    pub(crate) tree: bool,
}

pub(crate) fn run(args: &ParseArgs) -> Result<Exit> {
    let named = || args.model.display().to_string();
    let model =
        SyntaxModel::decode(&fs::read(&args.model).with_context(named)?).with_context(named)?;
    let text = read_words(&args.text)?;
    let sentences = Analyser::new(model).analyse_text(&text);
    if sentences.is_empty() {
        writeln!(io::stderr(), "no sentence found")?;
        return Ok(Exit::Nothing);
    }
    let mut out = io::stdout().lock();
    for (index, sentence) in sentences.iter().enumerate() {
        if args.tree {
            draw(sentence, 0, 0, &mut out)?;
            writeln!(out)?;
        } else {
            write!(out, "{}", write_conllu(index + 1, sentence))?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Draws the dependents of a token, each on a line of its own below it; 0 is the root. Trees deeper
/// than a few hundred tokens are cut.
fn draw(sentence: &ConlluSentence, head: usize, depth: usize, out: &mut impl Write) -> Result<()> {
    const DEPTH_MAX: usize = 200;
    for (index, token) in sentence.tokens.iter().enumerate() {
        if token.head == head && depth < DEPTH_MAX {
            let indent = "  ".repeat(depth);
            writeln!(
                out,
                "{indent}{} [{} {}] {}",
                token.form, token.upos, token.xpos, token.deprel
            )?;
            draw(sentence, index + 1, depth + 1, out)?;
        }
    }
    Ok(())
}
