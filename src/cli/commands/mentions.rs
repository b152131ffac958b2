//! `demarche mentions`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::mention::{MentionFinder, Passage};
use demarche::pipeline::{ActorMentionRecord, actor_mention_records};

use crate::cli::commands::extract::read_article;
use crate::cli::exit::Exit;
use crate::cli::mention_view::{MentionView, basis};
use crate::cli::output::{Format, Table, counted};
use crate::cli::session::{Session, analyser};

/// Print a text with every mention of an actor, who is meant, and why
///
/// Mentions stand in brackets with their numbers; below each sentence it is told whom they mean and
/// how that was found: a line of a dictionary, an office on a day, an earlier mention. The text may
/// begin with header lines, as for extract. With --format jsonl each line is one mention.
#[derive(Debug, Args)]
pub(crate) struct MentionsArgs {
    /// The text itself, a file that holds it, or - for standard input
    #[arg(value_name = "TEXT", default_value = "-")]
    pub(crate) text: String,
    /// Date of publication, if the text bears none: a day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

pub(crate) fn run(args: &MentionsArgs, session: &Session) -> Result<Exit> {
    let article = read_article(&args.text, args.date.as_deref())?;
    let lexicon = session.lexicon_at_hand()?;
    let passage = Passage {
        title: article.title.as_deref(),
        text: &article.text,
        published: article.published,
    };
    let mentioned = MentionFinder::new(&lexicon).find(analyser()?, &passage);
    let records = actor_mention_records(&passage, &mentioned);
    if mentioned.is_discarded {
        writeln!(io::stderr(), "the user's dictionary discards this text")?;
    } else if records.is_empty() {
        let sentences = counted(mentioned.sentences.len(), "sentence");
        writeln!(io::stderr(), "no actor is mentioned in {sentences}")?;
    }
    let mut out = io::stdout().lock();
    match session.format {
        Some(Format::Jsonl) => {
            for record in &records {
                serde_json::to_writer(&mut out, record)?;
                writeln!(out)?;
            }
        }
        Some(Format::Json) => {
            serde_json::to_writer_pretty(&mut out, &records)?;
            writeln!(out)?;
        }
        Some(format @ (Format::Csv | Format::Tsv | Format::Md)) => {
            table(&records).write(format, &mut out)?;
        }
        None | Some(Format::Table) => {
            MentionView::new(&passage, &mentioned.sentences, &records).write(&mut out)?;
        }
    }
    out.flush()?;
    Ok(if records.is_empty() {
        Exit::Nothing
    } else {
        Exit::Done
    })
}

fn table(records: &[ActorMentionRecord]) -> Table {
    let mut table = Table::new(&[
        "mention",
        "sentence",
        "start",
        "end",
        "text",
        "form",
        "usage",
        "actors",
        "names",
        "basis",
        "antecedent",
        "confidence",
        "alternatives",
    ]);
    for record in records {
        let actors = record.actors.iter();
        let ids: Vec<String> = actors.clone().map(|actor| actor.id.clone()).collect();
        let names: Vec<String> = actors.map(|actor| actor.name.clone()).collect();
        table.push(vec![
            record.mention.into(),
            record.sentence.into(),
            record.start.into(),
            record.end.into(),
            record.text.clone().into(),
            record.form.clone().into(),
            record.usage.clone().into(),
            ids.into(),
            names.into(),
            basis(record).into(),
            record.antecedent.into(),
            record.confidence.into(),
            record.alternatives.clone().into(),
        ]);
    }
    table
}
