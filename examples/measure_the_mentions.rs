//! Measures how often the right actor is found in marked passages, by phenomenon, and prints the
//! tables of `tests/results/mentions.md`.
//!
//! With `--wrong`, and the name of a phenomenon or none, it prints what is wrong in the passages that
//! the finder was developed with instead; what is wrong in the others is not looked at.
use std::error::Error;
use std::io::{Write, stdout};
use std::{env, fs};

use demarche::evaluate::{GoldMark, GoldPassage, MarkTable, parse_passages, score_passage};
use demarche::lexicon::Lexicon;
use demarche::mention::{ActorMention, MentionFinder, Passage};
use demarche::text::Analyser;

const SETS: [(&str, &str); 3] = [
    ("Developed with", "developed"),
    ("Held out, as hard", "held-out"),
    ("Held out, ordinary news", "ordinary"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let shows_wrong = arguments.iter().any(|argument| argument == "--wrong");
    let wanted = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"));
    let finder = MentionFinder::new(Lexicon::bundled()?);
    let analyser = Analyser::bundled()?;
    let mut out = stdout().lock();
    for (title, folder) in &SETS[..if shows_wrong { 1 } else { SETS.len() }] {
        let mut table = MarkTable::default();
        for passage in passages(folder)? {
            if wanted.is_some_and(|wanted| passage.phenomenon != *wanted) {
                continue;
            }
            let reading = Passage {
                title: None,
                text: &passage.text,
                published: passage.published,
            };
            let mentions = finder.find(analyser, &reading).mentions;
            let right = score_passage(finder.lexicon(), &passage, &mentions);
            table.add(&passage, &right);
            let wrong = passage
                .marks
                .iter()
                .zip(&right)
                .filter(|(_, right)| !**right);
            for (mark, _) in wrong.filter(|_| shows_wrong) {
                show(&mut out, &passage, mark, &mentions)?;
            }
        }
        writeln!(out, "## {title}\n\n{table}")?;
    }
    Ok(())
}

fn passages(folder: &str) -> Result<Vec<GoldPassage>, Box<dyn Error>> {
    let folder = format!("tests/cases/mentions/{folder}");
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let mut passages = Vec::new();
    for file in files {
        let name = file.path().display().to_string();
        passages.extend(parse_passages(&name, &fs::read_to_string(file.path())?)?);
    }
    Ok(passages)
}

/// Prints a mark that is wrong, with what was found in its place.
fn show(
    out: &mut impl Write,
    passage: &GoldPassage,
    mark: &GoldMark,
    mentions: &[ActorMention],
) -> Result<(), Box<dyn Error>> {
    let words = |span: demarche::model::Span<_>| span.of(&passage.text).unwrap_or_default();
    let gold: Vec<&str> = mark.actors.iter().map(|actor| actor.id.as_str()).collect();
    writeln!(out, "{}\n  {}", passage.name, passage.text)?;
    writeln!(out, "  wanted: {:?} = {gold:?}", words(mark.span))?;
    for mention in mentions {
        let (start, end) = (mention.span.start(), mention.span.end());
        if start < mark.span.end() && mark.span.start() < end {
            let found: Vec<&str> = mention
                .actors
                .iter()
                .map(|actor| actor.id.as_str())
                .collect();
            let usage = mention.usage.name();
            writeln!(
                out,
                "  found: {:?} = {found:?} as {usage}",
                words(mention.span)
            )?;
        }
    }
    writeln!(out)?;
    Ok(())
}
