//! `demarche show`

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use clap::Args;
use demarche::graph::{Found, Happening, Selected, Side, fulfilments};
use demarche::model::{
    ActorId, Article, ArticleId, Byte, Event, Mention, Role, Span, Window, count_texts,
};
use demarche::store::StoreError;

use crate::cli::exit::Exit;
use crate::cli::output::{Format, counted, one_line};
use crate::cli::records;
use crate::cli::session::{Session, sides};
use crate::cli::store_reader::StoreReader;

/// Show one event with every sentence that proves it
///
/// Actors and predicate stand out in the sentence: in colour on a terminal, else as [actor] and
/// *predicate*.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The event's id as the other commands print it, or its first digits
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,
}

pub(crate) fn run(args: &ShowArgs, session: &Session) -> Result<Exit> {
    let asked = session.asked()?;
    let store = &asked.store;
    let graph = asked.graph(events_of_acts(&asked.store, &args.event)?.into_iter())?;
    let happening = match graph.find(&args.event) {
        Found::One(happening) => happening,
        Found::Many(count) => {
            writeln!(
                io::stderr(),
                "{count} events begin with `{}`; give more digits",
                args.event
            )?;
            return Ok(Exit::Nothing);
        }
        Found::None => {
            writeln!(
                io::stderr(),
                "no event `{}`; `demarche events` lists them",
                args.event
            )?;
            return Ok(Exit::Nothing);
        }
    };
    let selected = Selected {
        happening,
        mentions: happening.event.mentions.iter().collect(),
    };
    if let Some(Format::Json | Format::Jsonl | Format::Csv | Format::Tsv | Format::Md) =
        session.format
    {
        records::print(&records::records(&selected, store)?, session.format)?;
        return Ok(Exit::Done);
    }
    let articles = records::articles(&happening.event, store)?;
    let mut out = io::stdout().lock();
    let style = Style::of_terminal();
    write_head(&mut out, &happening.event)?;
    write_reports(&mut out, happening, &articles)?;
    for (plan, deed) in fulfilments(graph.happenings()) {
        if plan == happening.event.id {
            writeln!(out, "kept by   {deed}")?;
        } else if deed == happening.event.id {
            writeln!(out, "planned   {plan}")?;
        }
    }
    for member in happening
        .members
        .iter()
        .filter(|member| **member != happening.event.id)
    {
        writeln!(out, "also      {member}")?;
    }
    for mention in &happening.event.mentions {
        writeln!(out)?;
        write_mention(&mut out, mention, &articles, style)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Beyond so many events of a given beginning, all events are read at once.
const ACTS_MAX: usize = 100;

/// Returns the events whose id begins as given, with all that might tell the same acts.
fn events_of_acts(store: &StoreReader, prefix: &str) -> Result<Vec<Result<Event, StoreError>>> {
    let found = match store.events_by_mention(prefix.trim()) {
        Ok(found) => store.all_readable(found)?,
        // What begins no id is told as what is not there.
        Err(StoreError::Prefix { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    if found.len() > ACTS_MAX || found.iter().any(|event| sides(event).is_empty()) {
        return Ok(store.events().collect());
    }
    let groups: BTreeSet<Vec<ActorId>> = found.iter().map(sides).collect();
    let mut events = Vec::new();
    for group in groups {
        events.extend(store.events_between(&group, Window::ALL));
    }
    Ok(events)
}

fn write_head(out: &mut impl Write, event: &Event) -> Result<()> {
    let names = |role| {
        event
            .in_role(role)
            .map(|p| one_line(&p.name))
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let (source, target) = (names(Role::Source), names(Role::Target));
    writeln!(out, "{source} –{}→ {target}", event.act.label)?;
    writeln!(out, "event     {}", event.id)?;
    writeln!(
        out,
        "date      {} ({}, {})",
        event.date, event.date.precision, event.date.basis
    )?;
    let act = &event.act;
    let plover = act
        .plover
        .map_or_else(|| "no PLOVER type".to_owned(), |plover| plover.to_string());
    let mode = act.mode.map(|mode| format!(" {mode}")).unwrap_or_default();
    writeln!(
        out,
        "act       {plover}{mode}, CAMEO {} {}",
        act.cameo,
        act.cameo.entry().label
    )?;
    let contested = if event.is_contested() {
        ", contested"
    } else {
        ""
    };
    let background = if event.background { ", background" } else { "" };
    writeln!(out, "status    {}{contested}{background}", event.status())?;
    for participant in &event.participants {
        let country = participant
            .country
            .map(|country| format!(" ({country})"))
            .unwrap_or_default();
        writeln!(
            out,
            "{:<9} {}{country}, {}",
            participant.role,
            one_line(&participant.name),
            participant.actor
        )?;
    }
    if let Some(place) = &event.place {
        writeln!(out, "place     {}", one_line(&place.name))?;
    }
    for topic in &event.about {
        writeln!(out, "topic     {}", one_line(topic))?;
    }
    if !event.contexts.is_empty() {
        let names: Vec<&str> = event.contexts.iter().map(|one| one.name()).collect();
        writeln!(out, "contexts  {}", names.join(", "))?;
    }
    Ok(())
}

/// Writes how often it is reported, and on whom the reports rest.
fn write_reports(
    out: &mut impl Write,
    happening: &Happening,
    articles: &BTreeMap<ArticleId, Article>,
) -> Result<()> {
    let reports = happening.reports();
    if let Some(day) = happening.event.first_reported {
        let texts = count_texts(articles.values().map(Article::sketch));
        let rewrites = if texts < reports {
            format!(
                ", which are {} after near-duplicates",
                counted(texts, "text")
            )
        } else {
            String::new()
        };
        let reports = counted(reports, "article");
        writeln!(out, "reported  first on {day}, in {reports}{rewrites}")?;
    }
    let origins: Vec<&str> = happening.origins().into_iter().collect();
    if !origins.is_empty() {
        let sides: Vec<&str> = happening
            .confirmed_by()
            .into_iter()
            .map(Side::name)
            .collect();
        let confirmed = if sides.is_empty() {
            String::new()
        } else {
            format!("; confirmed by {}", sides.join(", "))
        };
        writeln!(out, "origins   {}{confirmed}", origins.join(", "))?;
    }
    Ok(())
}

fn write_mention(
    out: &mut impl Write,
    mention: &Mention,
    articles: &BTreeMap<ArticleId, Article>,
    style: Style,
) -> Result<()> {
    let Some(article) = articles.get(&mention.article) else {
        writeln!(
            out,
            "the article {} is not in the store; see `demarche db check`",
            mention.article
        )?;
        return Ok(());
    };
    let published = article.published.map(|published| published.day.to_string());
    let parts = [
        article.outlet.as_deref(),
        published.as_deref(),
        article.title.as_deref(),
        article.url.as_deref(),
    ];
    let known: Vec<String> = parts.into_iter().flatten().map(one_line).collect();
    writeln!(out, "{}", known.join(" · "))?;
    let says = mention
        .reported_by
        .as_ref()
        .map(|who| format!(", according to {}", one_line(who)))
        .unwrap_or_default();
    writeln!(
        out,
        "  sentence {}, {}, confidence {:.2}{says}",
        mention.sentence.get() + 1,
        mention.status,
        mention.confidence.value(),
    )?;
    writeln!(out, "  {}", marked(&article.text, mention, style))?;
    Ok(())
}

/// How to make words stand out.
#[derive(Debug, Clone, Copy)]
struct Style {
    actor: (&'static str, &'static str),
    predicate: (&'static str, &'static str),
}

impl Style {
    const PLAIN: Self = Self {
        actor: ("[", "]"),
        predicate: ("*", "*"),
    };
    const COLOUR: Self = Self {
        actor: ("\u{1b}[1;36m", "\u{1b}[0m"),
        predicate: ("\u{1b}[1;33m", "\u{1b}[0m"),
    };

    fn of_terminal() -> Self {
        let wants_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if io::stdout().is_terminal() && !wants_plain {
            Self::COLOUR
        } else {
            Self::PLAIN
        }
    }
}

/// Returns the sentence with actors and predicate marked; where two overlap, the earlier is marked.
fn marked(text: &str, mention: &Mention, style: Style) -> String {
    let spans = &mention.spans;
    let predicate = (spans.predicate, style.predicate);
    let actors = [spans.source, spans.target]
        .into_iter()
        .flatten()
        .map(|span| (span, style.actor));
    let mut marks: Vec<(Span<Byte>, (&str, &str))> = actors.chain([predicate]).collect();
    marks.sort_by_key(|(span, _)| (span.start(), span.end()));
    let mut shown = String::new();
    let mut at = spans.sentence.start();
    for (span, (open, close)) in marks {
        let inside = span.start() >= at && span.end() <= spans.sentence.end();
        if let (true, Some(before), Some(words)) = (
            inside,
            text.get(at..span.start()),
            text.get(span.start()..span.end()),
        ) {
            shown.extend([&one_line(before), open, &one_line(words), close]);
            at = span.end();
        }
    }
    shown.push_str(&one_line(
        text.get(at..spans.sentence.end()).unwrap_or_default(),
    ));
    shown
}
