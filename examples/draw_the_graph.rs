//! Writes the graph of some events as DOT.
//!
//! `cargo run --example draw_the_graph | dot -Tsvg > graph.svg`

use std::error::Error;
use std::io::{self, Write};

use demarche::coder::Coder;
use demarche::export::{DotOptions, write_dot};
use demarche::graph::{Filter, Graph, Level};
use demarche::ingest::{ReadOptions, read_text};
use demarche::lexicon::Lexicon;
use demarche::text::Analyser;

fn main() -> Result<(), Box<dyn Error>> {
    let text = "Date: 2026-01-16\n\nVladimir Putin called Benjamin Netanyahu on Thursday. France \
                condemned Iran on Wednesday, and Germany imposed sanctions on Iran.";
    let article = read_text(text, &ReadOptions::default()).into_article();
    let events = Coder::new(Lexicon::bundled()?, Analyser::bundled()?)?
        .code(&article)
        .events;
    let graph = Graph::build(events, |_| None);
    let selection = Filter::default().select(graph.happenings());
    let aggregate = graph.aggregate(&selection, Level::State);
    let options = DotOptions {
        clusters: false,
        caption: "three events".to_owned(),
    };
    let sentence = |proof: &demarche::graph::Proof| {
        article.text.get(proof.start..proof.end).map(str::to_owned)
    };
    let mut out = io::stdout().lock();
    write_dot(&aggregate, &options, sentence, &mut out)?;
    out.flush()?;
    Ok(())
}
