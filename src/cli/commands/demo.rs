//! `demarche demo`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use include_dir::{Dir, include_dir};

use crate::cli::app;
use crate::cli::exit::Exit;
use crate::cli::output::Format;
use crate::cli::session::Session;

/// The sample articles, so that the demo needs no file.
static ARTICLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/articles");

/// Try it: code the sample articles, ask questions, draw the graph
///
/// Writes articles, store and contacts.dot into a folder of its own, and prints each command it
/// stands for with what it gives.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Folder to work in; a folder of an earlier demo is made anew
    #[arg(long, default_value = "demarche-demo", value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// The file by which a folder of a demo is known.
const MARKER: &str = "made-by-demarche-demo.txt";

pub(crate) fn run(args: &DemoArgs, session: &Session) -> Result<Exit> {
    let articles = prepare(&args.out)?;
    let at = |name: &str| args.out.join(name).display().to_string();
    let (store, folder, dot) = (
        at("store"),
        articles.display().to_string(),
        at("contacts.dot"),
    );
    let steps: [(&str, Vec<&str>); 7] = [
        (
            "Read the articles, code their events, keep them.",
            vec!["ingest", &folder],
        ),
        (
            "Who was in contact with Putin, how often, when?",
            vec!["contacts", "putin", "--limit", "8"],
        ),
        (
            "And between the states, whoever acted?",
            vec!["contacts", "Russia", "--with", "Iran"],
        ),
        (
            "What did the two leaders do, and which sentence says so?",
            vec!["between", "putin", "netanyahu", "--from", "2026-01"],
        ),
        (
            "Sanctions of the last years.",
            vec![
                "events", "--type", "SANCTION", "--from", "2020", "--limit", "6",
            ],
        ),
        (
            "What is only planned?",
            vec![
                "events", "--status", "planned", "--from", "2025", "--limit", "4",
            ],
        ),
        (
            "Draw January 2026: `dot -Tsvg contacts.dot -o contacts.svg`.",
            vec![
                "export",
                "dot",
                "--from",
                "2026-01",
                "--clusters",
                "--out",
                &dot,
            ],
        ),
    ];
    for (purpose, words) in steps {
        step(purpose, &words, &store, session)?;
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\nThe store stays in {store}; ask it more, for example:"
    )?;
    writeln!(
        out,
        "  demarche --store {store} show EVENT      (an id from above)"
    )?;
    writeln!(out, "  demarche --store {store} contacts Iran --from 2025")?;
    Ok(Exit::Done)
}

/// Makes the folder and writes the articles into it.
fn prepare(folder: &Path) -> Result<PathBuf> {
    let named = || folder.display().to_string();
    let is_empty = !folder.exists() || fs::read_dir(folder).with_context(named)?.next().is_none();
    if !is_empty && !folder.join(MARKER).is_file() {
        bail!(
            "{} is there already and not from a demo; choose another folder with --out",
            folder.display()
        );
    }
    let articles = folder.join("articles");
    for old in [folder.join("store"), articles.clone()] {
        if old.exists() {
            fs::remove_dir_all(&old).with_context(|| old.display().to_string())?;
        }
    }
    fs::create_dir_all(&articles).with_context(named)?;
    fs::write(
        folder.join(MARKER),
        "`demarche demo` makes this folder anew each time it is called.\n",
    )
    .with_context(named)?;
    for file in ARTICLES.files().filter(|file| {
        file.path()
            .extension()
            .is_some_and(|ending| ending == "txt")
    }) {
        fs::write(articles.join(file.path()), file.contents()).with_context(named)?;
    }
    Ok(articles)
}

/// Prints a command and carries it out.
fn step(purpose: &str, words: &[&str], store: &str, session: &Session) -> Result<()> {
    let shown: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    writeln!(
        io::stdout(),
        "\n# {purpose}\n$ demarche --store {} {}",
        quoted(store),
        shown.join(" ")
    )?;
    let call = ["demarche", "--store", store]
        .into_iter()
        .chain(words.iter().copied());
    let (mut own, command) = app::parse(call)?;
    own.dictionary.clone_from(&session.dictionary);
    own.format = session.format.or(Some(Format::Table));
    // A question that finds nothing has said so; the demo goes on.
    command.run(&own)?;
    Ok(())
}

fn quoted(word: &str) -> String {
    let is_plain = word
        .chars()
        .all(|c| c.is_alphanumeric() || "-_./\\:".contains(c));
    if is_plain {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}
