//! Times the start of the program and the finder of actors, beside the analyser whose trees it
//! reads.
//!
//! `cargo run --release --example time_the_mentions`. One thread; each figure is the best of
//! several runs, as other work on the machine only ever adds time.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use demarche::ingest::{ReadOptions, read_text};
use demarche::lexicon::Lexicon;
use demarche::mention::{MentionFinder, Passage};
use demarche::model::ArticleDraft;
use demarche::text::{Analyser, Effort, ParsedSentence};

/// The most of the analyser's time that the finder may take, in percent.
const SHARE_MAX: f64 = 25.0;

/// Without optimisation nothing is to be learned from times: then so much less is done.
const RUNS: usize = if cfg!(debug_assertions) { 1 } else { 20 };

/// Runs something several times; returns the first time, the shortest and the last result.
fn timed<T>(run: impl Fn() -> T) -> (Duration, Duration, Option<T>) {
    let (mut first, mut shortest) = (None, Duration::MAX);
    let mut last = None;
    for _ in 0..RUNS {
        drop(last.take());
        let start = Instant::now();
        let result = run();
        let time = start.elapsed();
        first.get_or_insert(time);
        shortest = shortest.min(time);
        last = Some(result);
    }
    (first.unwrap_or_default(), shortest, last)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1_000.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Start-up; the first time is what a program waits, with memory still to be had.\n\n\
         | step | first, ms | best of {RUNS}, ms |\n|---|---:|---:|"
    )?;
    let mut row = |name: &str, first, best| {
        let (first, best) = (milliseconds(first), milliseconds(best));
        writeln!(out, "| {name} | {first} | {best} |")
    };
    let (first, best, lexicon) = timed(Lexicon::load_bundled);
    let lexicon = lexicon.ok_or("no run")??;
    row("load the dictionaries", first, best)?;
    let (first, best, finder) = timed(|| MentionFinder::new(&lexicon));
    let finder = finder.ok_or("no run")?;
    row("build the finder", first, best)?;
    let (first, best, analyser) = timed(|| Analyser::english(Effort::Fast));
    let analyser = analyser.ok_or("no run")??;
    row("load the analyser's model", first, best)?;

    let articles = articles()?;
    let parse = || -> Vec<Parsed<'_>> {
        let parse = |article: &ArticleDraft| {
            let title = article.title.as_deref().unwrap_or_default();
            [
                analyser.parse_text(title),
                analyser.parse_text(&article.text),
            ]
        };
        articles.iter().map(parse).collect()
    };
    let (_, analysis, parsed) = timed(parse);
    let parsed = parsed.ok_or("no run")?;
    let find = || {
        let found = articles.iter().zip(&parsed).map(|(article, parsed)| {
            let passage = Passage {
                title: article.title.as_deref(),
                text: &article.text,
                published: article.published,
            };
            let [title, text] = parsed;
            finder.find_parsed(&passage, title, text).mentions.len()
        });
        found.sum::<usize>()
    };
    let (_, finding, mentions) = timed(find);
    let sentences = parsed.iter().flatten().flatten();
    let tokens: usize = sentences.map(|sentence| sentence.tokens.len()).sum();
    let tokens = f64::from(u32::try_from(tokens)?);
    let speed = |time: Duration| tokens / time.as_secs_f64();
    let share = 100.0 * finding.as_secs_f64() / analysis.as_secs_f64();
    writeln!(
        out,
        "\nThe {} sample articles: {tokens} tokens, {} mentions of actors.\n\n\
         | | tokens a second |\n|---|---:|\n| analyser | {:.0} |\n| finder | {:.0} |\n\n\
         The finder takes {share:.1} % of the analyser's time; at most {SHARE_MAX} % is allowed.",
        articles.len(),
        mentions.unwrap_or_default(),
        speed(analysis),
        speed(finding),
    )?;
    Ok(())
}

/// The sentences of a title and of a text.
type Parsed<'a> = [Vec<ParsedSentence<'a>>; 2];

/// The sample articles with their dates.
fn articles() -> Result<Vec<ArticleDraft>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir("data/articles")? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let read = |path| {
        Ok(read_text(
            &fs::read_to_string(path)?,
            &ReadOptions::default(),
        ))
    };
    paths.into_iter().map(read).collect()
}
