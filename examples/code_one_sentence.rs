//! Codes one sentence and prints its event triples.
//!
//! `cargo run --example code_one_sentence`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use demarche::coder::Coder;
use demarche::ingest::{ReadOptions, read_text};
use demarche::lexicon::Lexicon;
use demarche::text::Analyser;

fn main() -> Result<(), Box<dyn Error>> {
    let text = "Date: 2026-01-16\n\nVladimir Putin called Benjamin Netanyahu on Thursday and urged \
                him to show restraint.";
    let article = read_text(text, &ReadOptions::default()).into_article();
    let coder = Coder::new(Lexicon::bundled()?, Analyser::bundled()?)?;
    for event in coder.code(&article).events {
        for (source, target) in event.dyads() {
            let (act, status) = (&event.act, event.status());
            println!(
                "{}: {} –{}→ {} (CAMEO {}, {status})",
                event.date, source.name, act.label, target.name, act.cameo
            );
        }
        for mention in &event.mentions {
            let words = mention
                .spans
                .predicate
                .of(&article.text)
                .unwrap_or_default();
            println!("  told by: {words}");
        }
    }
    Ok(())
}
