//! Reads the sample articles into a store and counts what is in it.
//!
//! `cargo run --example build_a_store`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use demarche::coder::Coder;
use demarche::ingest::{ReadOptions, Reader, expand};
use demarche::lexicon::Lexicon;
use demarche::pipeline::{IngestJob, IngestOptions, ingest};
use demarche::store::Store;
use demarche::text::Analyser;

fn main() -> Result<(), Box<dyn Error>> {
    // `Store::open` keeps it in a folder instead.
    let store = Store::in_memory();
    let lexicon = Lexicon::bundled()?;
    let coder = Coder::new(lexicon, Analyser::bundled()?)?;
    let sources = expand(&["data/articles".to_owned()])?;
    let mut reader = Reader::new(sources, ReadOptions::default());
    let stop = AtomicBool::new(false);
    let options = IngestOptions {
        strict: false,
        today: "2026-01-20".parse()?,
        label: "the sample articles".to_owned(),
        dictionary_version: lexicon.version().as_str().to_owned(),
        threads: NonZeroUsize::MIN,
    };
    let mut job = IngestJob {
        reader: &mut reader,
        coder: &coder,
        store: &store,
        stop: &stop,
    };
    let report = ingest(&mut job, &options, &mut |_| {})?;
    println!("{} sentences read", report.sentences);
    let stats = store.stats()?;
    println!(
        "{} articles, {} events, {} mentions",
        stats.articles, stats.events, stats.mentions
    );
    println!("sound: {}", store.check()?.is_sound());
    Ok(())
}
