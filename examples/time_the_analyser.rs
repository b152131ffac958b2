//! Times the analyser and prints the table of `tests/results/syntax-speed.md`.
//!
//! `cargo run --release --example time_the_analyser`. One thread; each figure is the best of five
//! runs, as other work on the machine only ever adds time.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use demarche::text::{Analyser, Effort};

const HEAD: &str = "\
# How fast the analyser is

Printed by `examples/time_the_analyser.rs`: one thread, the best of five runs; other machines give
other figures.
";

/// Runs something five times and returns the shortest time and the last result.
fn best<T>(run: impl Fn() -> T) -> (Duration, Option<T>) {
    let mut shortest = Duration::MAX;
    let mut last = None;
    for _ in 0..5 {
        // Nobody who analyses text keeps the analysis of the same text in memory beside it.
        drop(last.take());
        let start = Instant::now();
        let result = run();
        shortest = shortest.min(start.elapsed());
        last = Some(result);
    }
    (shortest, last)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1_000.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    writeln!(out, "{HEAD}")?;
    let text = sample()?;
    writeln!(
        out,
        "Text: the sample articles, from raw text to tokens with tags, lemmas, morphology and trees.\n\n\
         | model | start-up, ms | tokens | tokens a second |\n|---|---:|---:|---:|"
    )?;
    for (name, effort) in [("fast", Effort::Fast), ("accurate", Effort::Accurate)] {
        let (start_up, analyser) = best(|| Analyser::english(effort));
        let analyser = analyser.ok_or("no run")??;
        let (time, sentences) = best(|| analyser.analyse_text(&text));
        let sentences = sentences.ok_or("no run")?;
        let tokens: usize = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
        let speed = f64::from(u32::try_from(tokens)?) / time.as_secs_f64();
        let start_up = milliseconds(start_up);
        writeln!(out, "| {name} | {start_up} | {tokens} | {speed:.0} |")?;
    }
    writeln!(
        out,
        "\nUnusual input, fast model: time of half the size and of the whole, which must be about twice.\n\n\
         | input | bytes | half, ms | whole, ms |\n|---|---:|---:|---:|"
    )?;
    let analyser = Analyser::english(Effort::Fast)?;
    for (name, piece, count) in UNUSUAL {
        let count = count / SHARE;
        let half = piece.repeat(count / 2);
        let whole = piece.repeat(count);
        let time = |text: &str| {
            let start = Instant::now();
            let sentences = analyser.analyse_text(text).len();
            (start.elapsed(), sentences)
        };
        let ((half_time, _), (whole_time, _)) = (time(&half), time(&whole));
        writeln!(
            out,
            "| {name} | {} | {} | {} |",
            whole.len(),
            milliseconds(half_time),
            milliseconds(whole_time)
        )?;
    }
    Ok(())
}

/// Without optimisation nothing is to be learned from times: then so much less is done.
const SHARE: usize = if cfg!(debug_assertions) { 200 } else { 1 };

/// Name, piece, and how often the piece is repeated.
const UNUSUAL: &[(&str, &str, usize)] = &[
    (
        "one line of 10 MB, sentences",
        "The ministers of both states met in Geneva on Friday. ",
        185_000,
    ),
    ("one line of 10 MB, no marks", "talks went on and ", 555_000),
    ("10 MB without a space", "x", 10_000_000),
    ("100,000 quotation marks", "\"", 100_000),
    ("10,000 brackets opened", "(", 10_000),
    ("10,000 brackets with words", "(as he said ", 10_000),
    ("a million stops", ".", 1_000_000),
    ("a million stops with spaces", ". ", 1_000_000),
    ("10 MB of line breaks", "\n", 10_000_000),
    ("a million words with hyphens", "a-", 1_000_000),
    ("a million lines of one word", "Word\n", 1_000_000),
];

/// The sample articles, ten times.
fn sample() -> Result<String, Box<dyn Error>> {
    let mut names: Vec<_> = fs::read_dir("data/articles")?.collect::<Result<_, _>>()?;
    names.sort_by_key(fs::DirEntry::path);
    let mut text = String::new();
    let paths = names.iter().map(fs::DirEntry::path);
    for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        text.push_str(&fs::read_to_string(path)?);
        text.push_str("\n\n");
    }
    Ok(text.repeat(10 / SHARE.min(10)))
}
