//! `demarche parse`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::text::{ConlluSentence, ConlluToken, find_dateline, write_conllu};

use crate::cli::commands::extract::read_words;
use crate::cli::commands::model::ModelChoice;
use crate::cli::exit::Exit;

/// Print the grammar of a text: parts of speech, lemmas and dependencies as CoNLL-U
#[derive(Debug, Args)]
pub(crate) struct ParseArgs {
    /// The text itself, a file that holds it, or - for standard input
    #[arg(value_name = "TEXT", default_value = "-")]
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) choice: ModelChoice,
    /// Draw trees instead
    #[arg(long)]
    pub(crate) tree: bool,
}

pub(crate) fn run(args: &ParseArgs) -> Result<Exit> {
    let analyser = args.choice.analyser()?;
    let text = read_words(&args.text)?;
    let sentences = analyser.analyse_text(&text);
    if sentences.is_empty() {
        writeln!(io::stderr(), "no sentence found")?;
        return Ok(Exit::Nothing);
    }
    let mut out = io::stdout().lock();
    if let Some(dateline) = find_dateline(&text).and_then(|span| span.of(&text)) {
        writeln!(out, "# dateline = {}", dateline.trim())?;
    }
    for (number, sentence) in (1..).zip(&sentences) {
        if args.tree {
            write!(out, "{}", drawing(sentence))?;
        } else {
            write!(out, "{}", write_conllu(number, sentence))?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Branches deeper than this are drawn at this depth, so that a line stays a line.
const DEPTH_MAX: usize = 60;

/// What is still to be drawn: a token, what stands before it, whether it is the last of its
/// siblings.
type Waiting = Vec<(usize, String, bool)>;

/// Draws a tree: each token on a line of its own below its head, in the order of the text.
fn drawing(sentence: &ConlluSentence) -> String {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); sentence.tokens.len() + 1];
    for (index, token) in sentence.tokens.iter().enumerate() {
        if let Some(dependents) = below.get_mut(token.head) {
            dependents.push(index);
        }
    }
    let push = |waiting: &mut Waiting, head: usize, indent: &str| {
        let dependents = below.get(head).map_or(&[][..], Vec::as_slice);
        for (place, index) in dependents.iter().enumerate().rev() {
            waiting.push((*index, indent.to_owned(), place + 1 == dependents.len()));
        }
    };
    let words: Vec<&str> = sentence.text.split_whitespace().collect();
    let mut lines = vec![words.join(" ")];
    // No recursion: a tree can be as deep as its sentence is long.
    let mut waiting = Vec::new();
    push(&mut waiting, 0, "");
    while let Some((index, indent, is_last)) = waiting.pop() {
        let Some(token) = sentence.tokens.get(index) else {
            continue;
        };
        let branch = if is_last { "└─" } else { "├─" };
        let ConlluToken {
            form,
            upos,
            xpos,
            deprel,
            ..
        } = token;
        lines.push(format!("{indent}{branch} {deprel}: {form} ({upos} {xpos})"));
        let deeper = if indent.chars().count() >= DEPTH_MAX * 3 {
            indent
        } else {
            format!("{indent}{}", if is_last { "   " } else { "│  " })
        };
        push(&mut waiting, index + 1, &deeper);
    }
    lines.push("\n".to_owned());
    lines.join("\n")
}
