//! `demarche actors import`

use std::collections::BTreeSet;
use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche::lexicon::Entry;

use crate::cli::dictionary::OpenDictionary;
use crate::cli::dictionary_file::{InputFormat, ReadFile};
use crate::cli::directory::Directory;
use crate::cli::exit::Exit;
use crate::cli::output::counted;
use crate::cli::session::Session;

/// Add the entries of a file to the user's dictionary
///
/// Reads dictionaries of PETRARCH and those of demarche itself. Lines that cannot be read are told
/// and the others are kept. Names that are known keep their meaning, and what is in the dictionary
/// already is not added again.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The file
    #[arg(value_name = "FILE")]
    pub(crate) path: String,
    /// What the file is; by default its content says so
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,
    /// Print what would be added and add nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Add nothing if any line cannot be read
    #[arg(long)]
    pub(crate) strict: bool,
}

/// How many notes of each sort are shown.
const NOTES_MAX: usize = 50;

pub(super) fn run(args: &ImportArgs, session: &Session) -> Result<Exit> {
    let bytes = std::fs::read(&args.path).with_context(|| args.path.clone())?;
    // Old dictionaries are in Latin-1, where each byte is a character.
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    let Some(format) = args.input_format.or_else(|| InputFormat::detect(&text)) else {
        bail!(
            "{}: neither a dictionary of demarche nor actors, agents or discards of PETRARCH; \
             --input-format says what it is",
            args.path
        );
    };
    let dictionary = OpenDictionary::open(session)?;
    let directory = Directory::new(dictionary.entries())?;
    let mut read = ReadFile::of(format, &args.path, &text, &directory);
    let entries_read = read.entries.len();
    let known: BTreeSet<String> = lines(dictionary.entries().entries()).collect();
    read.entries
        .retain(|entry| !known.contains(&entry.to_string()));
    tell(&read, entries_read - read.entries.len())?;
    if args.strict && !read.lost.is_empty() {
        return Ok(Exit::BadInput);
    }
    if entries_read == 0 {
        writeln!(io::stderr(), "nothing was read from {}", args.path)?;
        return Ok(Exit::Nothing);
    }
    if args.dry_run {
        let mut out = io::stdout().lock();
        for line in lines(&read.entries) {
            writeln!(out, "{line}")?;
        }
    } else if !read.entries.is_empty() {
        dictionary.add(read.entries)?;
    }
    Ok(Exit::Done)
}

fn lines(entries: &[Entry]) -> impl Iterator<Item = String> {
    entries.iter().map(Entry::to_string)
}

/// Says on standard error what was read, `known` entries of it in vain.
fn tell(read: &ReadFile, known: usize) -> Result<()> {
    let mut err = io::stderr().lock();
    for (what, notes) in [("not read", &read.lost), ("note", &read.details)] {
        for note in notes.iter().take(NOTES_MAX) {
            writeln!(err, "{what}: {note}")?;
        }
        let more = notes.len().saturating_sub(NOTES_MAX);
        if more > 0 {
            writeln!(err, "{what}: {more} more")?;
        }
    }
    if read.loose > 0 {
        let phrases = counted(read.loose, "phrase");
        let how = "only as written, not with words in between or as the beginning of a word";
        writeln!(err, "note: {phrases} will be found {how}")?;
    }
    writeln!(
        err,
        "entries: {} new, {known} there before; lines not read: {}; notes: {}",
        read.entries.len(),
        read.lost.len(),
        read.details.len(),
    )?;
    Ok(())
}
