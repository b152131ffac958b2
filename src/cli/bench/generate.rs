//! Writes invented articles with their events as a backup that is not compressed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use demarche::backup::PlainBackup;
use demarche::bench::{ACTORS, Generator, GeneratorOptions};
use demarche::model::Day;
use demarche::store::{RunNumber, RunRecord, StoredArticle};
use serde_json::json;

use crate::cli::exit::Exit;

/// The day on which invented articles are added: 2026-01-01.
const ADDED: Day = Day::from_number(20_454);

/// The year that is asked about: a late one, of which much is told.
const YEAR: i16 = 2024;

/// Returns the options for so many events.
pub(super) const fn options(events: u64, seed: u64) -> GeneratorOptions {
    GeneratorOptions {
        events,
        seed,
        actors: ACTORS,
    }
}

/// Writes the file, and prints whom to ask about as one JSON object.
pub(crate) fn generate(events: u64, seed: u64, out: &Path) -> Result<Exit> {
    write(out, options(events, seed), |_| {})?;
    let generator = Generator::new(options(events, seed));
    let (one, other) = generator.usual_dyad().context("too few actors")?;
    let actor = generator.usual_person().context("too few actors")?;
    let busiest = generator.busiest_dyad().context("too few actors")?;
    let busiest_actor = generator.busiest_person().context("too few actors")?;
    let asked = json!({
        "actor": actor,
        "one": one,
        "other": other,
        "busiest_actor": busiest_actor,
        "busiest_one": busiest.0,
        "busiest_other": busiest.1,
        "year": YEAR,
    });
    writeln!(io::stdout(), "{asked}")?;
    Ok(Exit::Done)
}

/// Writes the file and hands on the id of each article.
pub(super) fn write(
    path: &Path,
    options: GeneratorOptions,
    mut see: impl FnMut(String),
) -> Result<()> {
    let named = || path.display().to_string();
    let run = RunRecord {
        run: RunNumber::new(1),
        started: ADDED,
        label: format!("bench generate --events {}", options.events),
        coder_version: "bench-1".to_owned(),
        dictionary_version: "bench-1".to_owned(),
        // What a run has added is said before the articles, so they are counted first.
        articles_new: Generator::new(options).map(|_| 1).sum(),
        articles_known: 0,
        events: options.events,
        records_bad: 0,
        finished: true,
        undone: false,
    };
    let file = BufWriter::with_capacity(1 << 20, File::create(path).with_context(named)?);
    let mut backup = PlainBackup::begin(file, &run)?;
    for (article, events) in Generator::new(options) {
        see(article.id.to_string());
        let stored = StoredArticle {
            events: events.iter().map(|event| event.id).collect(),
            run: run.run,
            added: ADDED,
            sketch: article.sketch(),
            article,
        };
        backup.article(&stored, &events)?;
    }
    backup.finish().with_context(named)?;
    Ok(())
}
