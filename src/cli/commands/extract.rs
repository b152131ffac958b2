//! `demarche extract`

use std::io::{self, Read, Write};

use anyhow::{Context, Result};
use clap::Args;
use demarche::coder::Coder;
use demarche::ingest::{ReadOptions, read_text};
use demarche::model::{Article, DateBasis, EventDate, Published};
use demarche::pipeline::event_records;

use crate::cli::exit::Exit;
use crate::cli::output::{Format, counted};
use crate::cli::records;
use crate::cli::session::{Session, analyser};

/// Print the event triples of a text, without a store
///
/// The text may begin with header lines such as `Source: AFP`, `Title: …` and `Date: 2026-01-16`.
/// A date with ~ is the day of publication, where the text gives none. With --format jsonl each
/// line is a full event record.
#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// The text itself, a file that holds it, or - for standard input
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// Date of publication, if the text bears none: a day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

/// Longest text read from a file or standard input, in bytes.
const TEXT_BYTES_MAX: u64 = 16 << 20;

pub(crate) fn run(args: &ExtractArgs, session: &Session) -> Result<Exit> {
    let article = read_article(&args.text, args.date.as_deref())?;
    let lexicon = session.lexicon_at_hand()?;
    let coded = Coder::new(&lexicon, analyser()?)?.code(&article);
    if coded.events.is_empty() {
        writeln!(
            io::stderr(),
            "no event found in {}",
            counted(coded.sentences, "sentence")
        )?;
        if session.format != Some(Format::Json) {
            return Ok(Exit::Nothing);
        }
    }
    let records: Vec<_> = coded
        .events
        .iter()
        .flat_map(|event| event_records(event, |_| Some(&article)))
        .collect();
    records::print(&records, session.format)?;
    Ok(if coded.events.is_empty() {
        Exit::Nothing
    } else {
        Exit::Done
    })
}

/// Reads the article that a word of the call means; the date holds where it bears none.
pub(super) fn read_article(text: &str, date: Option<&str>) -> Result<Article> {
    let text = read_words(text)?;
    let date = date.map(|date| EventDate::parse(date, DateBasis::Stated).context("--date"));
    let options = ReadOptions {
        date_default: date.transpose()?.as_ref().and_then(Published::from_date),
        ..ReadOptions::default()
    };
    Ok(read_text(&text, &options).into_article())
}

/// Reads the text that a word of the call means: itself, a file, or standard input.
pub(super) fn read_words(text: &str) -> Result<String> {
    let mut read = String::new();
    if text == "-" {
        io::stdin()
            .take(TEXT_BYTES_MAX)
            .read_to_string(&mut read)
            .context("standard input")?;
        return Ok(read);
    }
    // Anything with a line break or too long for a name is a text.
    let may_be_path =
        text.len() < 4096 && !text.contains('\n') && std::path::Path::new(text).is_file();
    if may_be_path {
        let file = std::fs::File::open(text).with_context(|| text.to_owned())?;
        file.take(TEXT_BYTES_MAX)
            .read_to_string(&mut read)
            .with_context(|| text.to_owned())?;
        return Ok(read);
    }
    Ok(text.to_owned())
}
