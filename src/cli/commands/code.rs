//! `demarche code`

use std::io::{self, BufWriter, Write};
use std::sync::atomic::Ordering;

use anyhow::{Result, anyhow};
use clap::Args;
use demarche::coder::Coder;
use demarche::pipeline::{CodedRecord, code_stream, event_records};

use crate::cli::commands::ingest::stop_on_signal;
use crate::cli::commands::reading::{ReadingArgs, ThreadArgs};
use crate::cli::exit::Exit;
use crate::cli::output::{Format, counted};
use crate::cli::records;
use crate::cli::session::{Session, analyser};

/// Code articles without a store: articles in, events out, one JSON object a line
///
/// Reads what ingest reads. Events come in the order of the articles and the text, one line for each
/// dyad; the bytes are the same on any number of threads. `demarche schema` describes the lines.
#[derive(Debug, Args)]
pub(crate) struct CodeArgs {
    /// Files, folders or patterns; - reads from standard input
    #[arg(default_value = "-", value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

/// A record that cannot be read, where that ends the call.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unreadable(String);

/// What was seen, for the last line on standard error.
#[derive(Default)]
struct Seen {
    articles: usize,
    sentences: usize,
    events: usize,
    bad: usize,
}

pub(crate) fn run(args: &CodeArgs, session: &Session) -> Result<Exit> {
    if !matches!(session.format, None | Some(Format::Jsonl)) {
        return Err(anyhow!(
            "code writes JSON Lines only; leave out --format or say jsonl"
        ));
    }
    let mut reader = args.reading.reader(&args.paths)?;
    let lexicon = session.lexicon_at_hand()?;
    let coder = Coder::new(&lexicon, analyser()?)?;
    let stop = stop_on_signal("stopping; what is coded is written");
    let mut out = BufWriter::new(io::stdout().lock());
    let mut seen = Seen::default();
    let mut take = |record: CodedRecord| -> Result<()> {
        match record {
            CodedRecord::Article(article, told) => {
                seen.articles += 1;
                seen.sentences += told.sentences;
                for event in &told.events {
                    seen.events += 1;
                    let lines = event_records(event, |_| Some(&article));
                    records::write_lines(&lines, &mut out)?;
                }
            }
            CodedRecord::Bad(bad) => {
                seen.bad += 1;
                if args.reading.strict {
                    return Err(Unreadable(bad.to_string()).into());
                }
                writeln!(io::stderr(), "demarche: {bad}")?;
            }
        }
        Ok(())
    };
    let threads = args.threads.count();
    let ended = code_stream(&mut reader, &coder, threads, &stop, &mut take);
    out.flush()?;
    ended?;
    writeln!(
        io::stderr(),
        "{} from {} of {}; {} not read",
        counted(seen.events, "event"),
        counted(seen.sentences, "sentence"),
        counted(seen.articles, "article"),
        counted(seen.bad, "record"),
    )?;
    Ok(if stop.load(Ordering::Relaxed) {
        Exit::Interrupted
    } else if seen.articles == 0 {
        Exit::Nothing
    } else {
        Exit::Done
    })
}
