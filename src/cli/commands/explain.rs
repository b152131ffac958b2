//! `demarche explain`

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::Args;
use demarche::coder::{Coder, FrameExplained, Outcome, PairExplained, SentenceExplained};
use demarche::graph::Found;
use demarche::mention::ActorMention;
use demarche::model::{Article, SentenceIndex};
use demarche::pipeline::actor_mention_record;
use demarche::relation::Relation;

use crate::cli::commands::extract::read_article;
use crate::cli::exit::Exit;
use crate::cli::mention_view::basis;
use crate::cli::output::one_line;
use crate::cli::records;
use crate::cli::session::{Opened, Session, analyser};

/// Show why a text tells the events that the coder found in it, or none
///
/// For every sentence: its grammar; the actors, and how each was resolved; for every two of them the
/// likeliest relations with the features that speak most for the first, the frames of the lexicon that
/// join them, with file and line, and what became of it: the act with the word that tells it, its
/// status and what decided it, the date, and how sure it is.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// An event of the store, by the first digits of its id: the sentences that tell it
    #[arg(value_name = "EVENT", required_unless_present = "text")]
    pub(crate) event: Option<String>,
    /// A text instead: itself, a file that holds it, or - for standard input
    #[arg(long, value_name = "TEXT", conflicts_with = "event")]
    pub(crate) text: Option<String>,
    /// Date of publication, if the text bears none: a day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Show pairs without any act too
    #[arg(long)]
    pub(crate) all: bool,
}

pub(crate) fn run(args: &ExplainArgs, session: &Session) -> Result<Exit> {
    if session.format.is_some() {
        bail!("explain writes for people only; leave out --format");
    }
    let mut out = io::stdout().lock();
    if let Some(text) = &args.text {
        let article = read_article(text, args.date.as_deref())?;
        let lexicon = session.lexicon_at_hand()?;
        let coder = Coder::new(&lexicon, analyser()?)?;
        write_article(&mut out, &coder, &article, None, args.all)?;
        return Ok(Exit::Done);
    }
    let Opened {
        store,
        graph,
        lexicon,
    } = session.graph()?;
    let id = args.event.as_deref().unwrap_or_default();
    let Found::One(happening) = graph.find(id) else {
        writeln!(
            io::stderr(),
            "no one event `{id}`; `demarche events` lists them"
        )?;
        return Ok(Exit::Nothing);
    };
    let articles = records::articles(&happening.event, &store)?;
    let coder = Coder::new(&lexicon, analyser()?)?;
    for mention in &happening.event.mentions {
        if let Some(article) = articles.get(&mention.article) {
            write_article(&mut out, &coder, article, Some(mention.sentence), args.all)?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn write_article(
    out: &mut impl Write,
    coder: &Coder<'_>,
    article: &Article,
    only: Option<SentenceIndex>,
    all: bool,
) -> Result<()> {
    let sentences = coder.explain(article);
    let none = sentences.is_empty();
    for (number, sentence) in sentences.iter().enumerate() {
        if only.is_none_or(|index| index.get() == number) {
            write_sentence(out, article, sentence, all)?;
        }
    }
    if none {
        writeln!(out, "there is no sentence in this text")?;
    }
    Ok(())
}

fn write_sentence(
    out: &mut impl Write,
    article: &Article,
    sentence: &SentenceExplained,
    all: bool,
) -> Result<()> {
    let text = &article.text;
    writeln!(
        out,
        "{}\n",
        one_line(sentence.span.of(text).unwrap_or_default())
    )?;
    writeln!(out, "  grammar")?;
    for (number, word) in sentence.words.iter().enumerate() {
        let head = word.head.and_then(|head| sentence.words.get(head));
        let below = head.map_or_else(|| "the root".to_owned(), |head| format!("of {}", head.form));
        writeln!(
            out,
            "    {:<3} {:<18} {:<18} {:<6} {} {below}",
            number + 1,
            word.form,
            word.lemma,
            word.upos.name(),
            word.label
        )?;
    }
    writeln!(out, "  actors")?;
    for mention in &sentence.mentions {
        write_mention(out, article, mention)?;
    }
    if sentence.mentions.is_empty() {
        writeln!(out, "    none")?;
    }
    if let Some(silence) = sentence.silence {
        writeln!(out, "  no event: {silence}\n")?;
        return Ok(());
    }
    let mut silent = 0;
    for pair in &sentence.pairs {
        let tells = pair
            .outcomes
            .iter()
            .any(|one| matches!(one, Outcome::Act { .. }));
        if tells || all {
            write_pair(out, text, pair)?;
        } else {
            silent += 1;
        }
    }
    if silent > 0 {
        writeln!(out, "  {silent} other pairs tell nothing; --all shows them")?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_mention(out: &mut impl Write, article: &Article, mention: &ActorMention) -> Result<()> {
    let record = actor_mention_record(article, mention);
    let who: Vec<&str> = record
        .actors
        .iter()
        .map(|actor| actor.id.as_str())
        .collect();
    let who = if who.is_empty() {
        "nobody known".to_owned()
    } else {
        who.join(", ")
    };
    let (text, usage, why) = (one_line(&record.text), mention.usage.name(), basis(&record));
    writeln!(
        out,
        "    {text}: {who} ({usage}; {why}; {})",
        mention.confidence
    )?;
    Ok(())
}

fn write_pair(out: &mut impl Write, text: &str, pair: &PairExplained) -> Result<()> {
    let first = one_line(pair.first.of(text).unwrap_or_default());
    let second = one_line(pair.second.of(text).unwrap_or_default());
    writeln!(out, "  {first} / {second}")?;
    let likely: Vec<String> = pair
        .likely
        .iter()
        .map(|(relation, share)| match relation {
            Relation::None => format!("none {share:.2}"),
            Relation::Forth(kind) => format!("{first} {kind} {second} {share:.2}"),
            Relation::Back(kind) => format!("{second} {kind} {first} {share:.2}"),
        })
        .collect();
    writeln!(out, "    likeliest: {}", likely.join("; "))?;
    if !pair.features.is_empty() {
        let features = pair.features.iter();
        let features: Vec<String> = features
            .map(|(name, weight)| format!("[{name}] {weight:+.2}"))
            .collect();
        writeln!(out, "    for it speak: {}", features.join("  "))?;
    }
    for frame in &pair.frames {
        write_frame(out, frame, (&first, &second))?;
    }
    for outcome in &pair.outcomes {
        write_outcome(out, outcome, (&first, &second))?;
    }
    Ok(())
}

fn write_frame(
    out: &mut impl Write,
    frame: &FrameExplained,
    (first, second): (&str, &str),
) -> Result<()> {
    let (source, target) = if frame.is_back {
        (second, first)
    } else {
        (first, second)
    };
    writeln!(
        out,
        "    frame \"{}\" ({}:{}), code {}: {source} – {} → {target}",
        frame.pattern, frame.file, frame.line, frame.cameo, frame.head
    )?;
    Ok(())
}

fn write_outcome(
    out: &mut impl Write,
    outcome: &Outcome,
    (first, second): (&str, &str),
) -> Result<()> {
    let act = match outcome {
        Outcome::Silent(why) => {
            writeln!(out, "    no act: {why}")?;
            return Ok(());
        }
        Outcome::Act(act) => act,
    };
    let (source, target) = if act.is_back {
        (second, first)
    } else {
        (first, second)
    };
    let told = if act.is_told { "told" } else { "not told" };
    writeln!(
        out,
        "    {told}: {source} {} {} {target}, by \"{}\"{}, sure to {:.2}",
        act.kind,
        act.cameo,
        act.head,
        if act.is_framed { "" } else { " (no frame)" },
        act.confidence
    )?;
    writeln!(out, "      {} by {}", act.status, act.status_from)?;
    match &act.dated_by {
        Some(date) => writeln!(out, "      dated by \"{date}\"")?,
        None => writeln!(out, "      the sentence names no date")?,
    }
    let signs: Vec<String> = act
        .evidence
        .iter()
        .map(|(sign, weight)| format!("{sign} {weight:+.2}"))
        .collect();
    writeln!(out, "      signs: {}", signs.join("; "))?;
    Ok(())
}
