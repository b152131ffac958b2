//! Asks who contacted whom, and follows one pair of actors through time.
//!
//! `cargo run --example follow_a_dyad`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use demarche::coder::Coder;
use demarche::graph::{ContactsQuestion, Filter, Graph, Level, Scope};
use demarche::ingest::{ReadOptions, Reader, Record, expand};
use demarche::lexicon::Lexicon;
use demarche::model::ActorId;
use demarche::text::Analyser;

fn main() -> Result<(), Box<dyn Error>> {
    // Without a store: code the articles and build the graph of their events.
    let coder = Coder::new(Lexicon::bundled()?, Analyser::bundled()?)?;
    let mut events = Vec::new();
    for record in Reader::new(
        expand(&["data/articles".to_owned()])?,
        ReadOptions::default(),
    ) {
        if let Record::Article { article, .. } = record {
            events.extend(coder.code(&article).events);
        }
    }
    let graph = Graph::build(events, |_| None);

    let putin = ActorId::parse("person:vladimir-putin")?;
    let filter = Filter {
        scope: Scope::Contacts,
        ..Filter::default()
    };
    let question = ContactsQuestion {
        actor: putin.clone(),
        with: None,
        level: Level::Person,
        filter,
    };
    for row in graph.contacts(&question).rows.iter().take(5) {
        println!(
            "{}: {} events, {} reports",
            row.name, row.events, row.reports
        );
    }

    let netanyahu = ActorId::parse("person:benjamin-netanyahu")?;
    for happening in graph.between(&putin, &netanyahu) {
        let event = &happening.event;
        let reports = happening.reports();
        println!(
            "{} {} ({}), {reports} reports",
            event.date,
            event.act.label,
            event.status()
        );
    }
    Ok(())
}
