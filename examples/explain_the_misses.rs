//! Says of every gold event of the sample articles that the coder misses at which step it is lost, and prints
//! `tests/results/coder-errors.md`. `--list` prints the misses themselves instead.
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};

use demarche::coder::{Coder, Outcome, SentenceExplained};
use demarche::evaluate::{GoldEvent, parse_gold};
use demarche::ingest::{ReadOptions, read_text};
use demarche::lexicon::Lexicon;
use demarche::model::{ActorId, Article, Byte, CountryCode, Event, PloverType, Span};
use demarche::text::Analyser;

/// The steps at which an event can be lost, with what would mend it.
const STEPS: [(&str, &str); 8] = [
    (
        "source or target not found in the sentence",
        "mentions: pronouns, descriptions and titles that look back further; persons whom no dictionary has",
    ),
    (
        "found, but as the part of a name",
        "mentions: \"the American demand\" names an actor, \"the Moscow treaty\" none",
    ),
    (
        "both of one government",
        "actors: who is of the opposition, a junta or a faction on the day",
    ),
    (
        "nothing points to an act",
        "frames for constructions not met yet; acts told across two clauses",
    ),
    (
        "another type is told",
        "codes: a sentence that tells two acts of one pair; borders of types",
    ),
    (
        "the type is not among the candidates",
        "the model: more rows of the rare types; frames",
    ),
    (
        "a candidate, and not sure enough",
        "the model: more rows in which several actors stand in one sentence; grammar",
    ),
    (
        "told, and lost when tellings are joined",
        "assembly: acts of one type between the same two on other days",
    ),
];

fn place((id, country): (&ActorId, Option<CountryCode>)) -> String {
    match country {
        Some(country) if !id.as_str().starts_with("igo:") => country.to_string(),
        _ => id.to_string(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let lists = std::env::args().any(|word| word == "--list");
    let coder = Coder::new(Lexicon::bundled()?, Analyser::bundled()?)?;
    let mut paths: Vec<_> = fs::read_dir("tests/cases/articles")?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(fs::DirEntry::path);
    let mut out = stdout().lock();
    let (mut lost, mut gold_events) = (BTreeMap::<usize, usize>::new(), 0);
    for path in paths.iter().map(fs::DirEntry::path) {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(format!("data/articles/{name}.txt"))?;
        let article = read_text(&text, &ReadOptions::default()).into_article();
        let gold = parse_gold(&name, &fs::read_to_string(&path)?)?;
        let events = coder.code(&article).events;
        let explained = coder.explain(&article);
        gold_events += gold.len();
        for event in gold.iter().filter(|event| !is_told(event, &events)) {
            let step = step_of(event, &article, &explained);
            *lost.entry(step).or_default() += 1;
            if lists {
                let (step, _) = STEPS[step];
                writeln!(
                    out,
                    "{step}\t{}\t{} {} {}\t{}",
                    name, event.source, event.cameo, event.target, event.evidence
                )?;
            }
        }
    }
    if lists {
        return Ok(());
    }
    let total: usize = lost.values().sum();
    writeln!(
        out,
        "# Where events are lost\n\nPrinted by `cargo run --release --example explain_the_misses`: of {gold_events} gold events of \
         the sample articles the coder tells all but {total} by countries and type. At which step the others are lost, and \
         what would mend it; `--list` names them.\n\n| step | events | would mend it |\n|---|---:|---|"
    )?;
    for (at, (step, mends)) in STEPS.iter().enumerate() {
        writeln!(
            out,
            "| {step} | {} | {mends} |",
            lost.get(&at).copied().unwrap_or_default()
        )?;
    }
    Ok(())
}

fn ends(event: &GoldEvent) -> (String, String) {
    let source = place((&event.source, event.source_country));
    let target = place((&event.target, event.target_country));
    (source, target)
}

fn is_told(gold: &GoldEvent, events: &[Event]) -> bool {
    let (source, target) = ends(gold);
    let is_open = gold.symmetric || gold.plover == PloverType::Consult;
    events.iter().any(|event| {
        event.act.plover == Some(gold.plover)
            && event.dyads().iter().any(|(one, other)| {
                let one = place((&one.actor, one.country));
                let other = place((&other.actor, other.country));
                one == source && other == target || is_open && one == target && other == source
            })
    })
}

fn step_of(gold: &GoldEvent, article: &Article, explained: &[SentenceExplained]) -> usize {
    let (source, target) = ends(gold);
    let at = article.text.find(&gold.evidence).unwrap_or_default();
    let sentence = explained
        .iter()
        .find(|sentence| sentence.span.start() <= at && at < sentence.span.end());
    let Some(sentence) = sentence else {
        return 0;
    };
    let names = |who: &str, span: Option<Span<Byte>>| {
        sentence.mentions.iter().any(|mention| {
            span.is_none_or(|span| span == mention.span)
                && mention
                    .actors
                    .iter()
                    .any(|actor| place((&actor.id, actor.country)) == who)
        })
    };
    if !names(&source, None) || !names(&target, None) {
        return 0;
    }
    let pairs: Vec<_> = sentence
        .pairs
        .iter()
        .filter(|pair| {
            let (first, second) = (Some(pair.first), Some(pair.second));
            names(&source, first) && names(&target, second)
                || names(&target, first) && names(&source, second)
        })
        .collect();
    if pairs.is_empty() {
        return 1;
    }
    let acts: Vec<_> = pairs
        .iter()
        .flat_map(|pair| &pair.outcomes)
        .filter_map(|outcome| match outcome {
            Outcome::Act(act) => Some(act),
            Outcome::Silent(_) => None,
        })
        .collect();
    let of_kind = || acts.iter().filter(|act| act.kind == gold.plover);
    if acts.is_empty() {
        let of_one = Outcome::Silent("both are of one government, or the same");
        let is_inner = pairs.iter().any(|pair| pair.outcomes.contains(&of_one));
        return if is_inner { 2 } else { 3 };
    }
    if of_kind().any(|act| act.is_told) {
        7
    } else if acts.iter().any(|act| act.is_told) {
        4
    } else if of_kind().next().is_none() {
        5
    } else {
        6
    }
}
