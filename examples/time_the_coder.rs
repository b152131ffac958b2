//! Codes the sample articles again and again on one core and prints `tests/results/coder-speed.md`.
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::time::Instant;

use demarche::coder::Coder;
use demarche::ingest::{ReadOptions, read_text};
use demarche::lexicon::Lexicon;
use demarche::model::Article;
use demarche::text::Analyser;

const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let coder = Coder::new(Lexicon::bundled()?, Analyser::bundled()?)?;
    let started = begun.elapsed();
    let mut paths: Vec<_> = fs::read_dir("data/articles")?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(fs::DirEntry::path);
    let mut articles: Vec<Article> = Vec::new();
    for path in paths.iter().map(fs::DirEntry::path) {
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(&path)?;
            articles.push(read_text(&text, &ReadOptions::default()).into_article());
        }
    }
    let mut speeds = Vec::new();
    let mut sentences = 0u32;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        sentences = 0;
        for article in &articles {
            sentences += u32::try_from(coder.code(article).sentences)?;
        }
        speeds.push(f64::from(sentences) / begun.elapsed().as_secs_f64());
    }
    speeds.sort_by(f64::total_cmp);
    let (low, middle, high) = (speeds[0], speeds[ROUNDS / 2], speeds[ROUNDS - 1]);
    writeln!(
        stdout(),
        "# Speed of the coder\n\nPrinted by `cargo run --release --example time_the_coder`: from raw text to events on \
         one core, the {} sample articles ({sentences} sentences) {ROUNDS} times.\n\n\
         | what | least | median | most |\n|---|---:|---:|---:|\n\
         | sentences a second | {low:.0} | {middle:.0} | {high:.0} |\n\n\
         Making the coder, with all dictionaries and models: {} ms.",
        articles.len(),
        started.as_millis()
    )?;
    Ok(())
}
