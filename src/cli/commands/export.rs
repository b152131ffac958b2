//! `demarche export`

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use demarche::export::{DotOptions, write_dot};
use demarche::graph::{Aggregate, Level, Proof, Scope, Selection, default_level};
use demarche::model::ActorId;
use demarche::store::Store;

use crate::cli::actor_name::resolve;
use crate::cli::exit::Exit;
use crate::cli::filter::{FilterArgs, LevelArg, tell_left_out, tell_nothing};
use crate::cli::output::counted;
use crate::cli::session::{Opened, Session};

/// Write the graph of actors for other programs
///
/// One edge for all events of a quad class from one actor to another: the label names what was
/// done, the colour the class, the width grows with the count, the tooltip shows a sentence.
/// Draw it with `dot -Tsvg contacts.dot -o contacts.svg`.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// In which format
    #[arg(value_enum, value_name = "FORMAT")]
    pub(crate) kind: ExportKind,
    /// File to write; standard output if not given
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Only what this actor takes part in; may be given again
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Vec<String>,
    /// Only contacts: consultations and signed agreements
    #[arg(long)]
    pub(crate) contacts: bool,
    /// Put actors of one country into one box
    #[arg(long)]
    pub(crate) clusters: bool,
    /// How far actors are rolled up [default: state if a state is asked about, else person]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<LevelArg>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// A format for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportKind {
    /// Graphviz
    Dot,
}

pub(crate) fn run(args: &ExportArgs, session: &Session) -> Result<Exit> {
    let Opened {
        store,
        graph,
        lexicon,
    } = session.graph()?;
    let actors: Vec<ActorId> = args
        .actor
        .iter()
        .map(|actor| resolve(actor, &graph, &lexicon))
        .collect::<Result<_>>()?;
    let asked: Vec<&ActorId> = actors.iter().collect();
    let scope = if args.contacts {
        Scope::Contacts
    } else {
        Scope::Interactions
    };
    let filter = args.filter.understood(scope, &store, &lexicon)?;
    let mut selection = filter.select(graph.happenings());
    if !actors.is_empty() {
        let takes_part =
            |p: &demarche::model::Participant| actors.iter().any(|actor| Level::is_actor(p, actor));
        selection
            .happenings
            .retain(|selected| selected.event().participants.iter().any(takes_part));
    }
    let level = args.level.map_or_else(|| default_level(&asked), Into::into);
    let total = selection.happenings.len();
    selection
        .happenings
        .truncate(args.filter.limit.unwrap_or(usize::MAX));
    let aggregate = graph.aggregate(&selection, level);
    write(args, &aggregate, &caption(args, &selection), &store)?;
    tell_left_out(
        selection.happenings.len(),
        total,
        selection.uncertain_left_out,
    )?;
    if aggregate.edge_count() == 0 {
        tell_nothing("events", &asked)?;
        return Ok(Exit::Nothing);
    }
    let place = args.out.as_ref().map_or_else(
        || "standard output".to_owned(),
        |out| out.display().to_string(),
    );
    writeln!(
        io::stderr(),
        "{place}: {}, {} for {}",
        counted(aggregate.node_count(), "actor"),
        counted(aggregate.edge_count(), "edge"),
        counted(selection.happenings.len(), "event"),
    )?;
    Ok(Exit::Done)
}

fn caption(args: &ExportArgs, selection: &Selection<'_>) -> String {
    let what = if args.contacts {
        "contacts"
    } else {
        "interactions"
    };
    let mut days: Vec<_> = selection
        .happenings
        .iter()
        .filter_map(|selected| selected.event().date.start)
        .collect();
    days.sort_unstable();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => {
            format!("{} {what}, {first} to {last}", selection.happenings.len())
        }
        _ => format!("{} {what}", selection.happenings.len()),
    }
}

fn write(args: &ExportArgs, graph: &Aggregate, caption: &str, store: &Store) -> Result<()> {
    let options = DotOptions {
        clusters: args.clusters,
        caption: caption.to_owned(),
    };
    let ExportKind::Dot = args.kind;
    let sentence = |proof: &Proof| sentence(proof, store);
    match &args.out {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            write_dot(graph, &options, sentence, &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            // A file is there whole or not at all.
            let unfinished = unfinished(path);
            let named = || path.display().to_string();
            let mut out = BufWriter::new(File::create(&unfinished).with_context(named)?);
            write_dot(graph, &options, sentence, &mut out).with_context(named)?;
            out.into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(|file| file.sync_all())
                .with_context(named)?;
            fs::rename(&unfinished, path).with_context(named)?;
        }
    }
    Ok(())
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    name.into()
}

/// An article that cannot be read costs its edge the sentence, not the graph.
fn sentence(proof: &Proof, store: &Store) -> Option<String> {
    let article = store.article(proof.article).ok().flatten()?.article;
    article.text.get(proof.start..proof.end).map(str::to_owned)
}
