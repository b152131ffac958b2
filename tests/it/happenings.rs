//! Whether reports of one happening are joined and those of others kept apart, as a committed table.
use std::collections::BTreeMap;
use std::fs;

use demarche::evaluate::GoldArticle;
use demarche::graph::Graph;
use demarche::model::{ActorId, Article, Event, EventId, PloverType};

use crate::support::{check_table, code};

const FOLDER: &str = "tests/cases/happenings";

/// A mention of a happening as a reader marked it.
struct Marked {
    article: String,
    evidence: String,
    happening: String,
    ends: [ActorId; 2],
    kind: PloverType,
    /// The happening that the graph made of it; nothing if the coder did not find it.
    found: Option<EventId>,
}

fn marked(file: &str) -> Vec<Marked> {
    let text = fs::read_to_string(file).unwrap();
    text.lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            Marked {
                article: fields[0].to_owned(),
                evidence: fields[7].to_owned(),
                happening: fields[1].to_owned(),
                ends: [fields[2].parse().unwrap(), fields[3].parse().unwrap()],
                kind: fields[4].parse().unwrap(),
                found: None,
            }
        })
        .collect()
}

/// Codes the articles of a set; each with its events.
fn coded(file: &str) -> Vec<(Article, Vec<Event>)> {
    let text = fs::read_to_string(file).unwrap();
    let articles = GoldArticle::parse_lines(file, &text).unwrap();
    articles
        .into_iter()
        .map(|one| {
            let events = code(&one.article);
            (one.article, events)
        })
        .collect()
}

fn tells(event: &Event, marked: &Marked) -> bool {
    let ids = |a: &ActorId, b: &ActorId| {
        let mut ids = [a.clone(), b.clone()];
        ids.sort();
        ids
    };
    let wanted = ids(&marked.ends[0], &marked.ends[1]);
    let mut dyads = event.dyads().into_iter();
    event.act.plover == Some(marked.kind)
        && dyads.any(|(one, other)| ids(&one.actor, &other.actor) == wanted)
}

fn is_told_in(event: &Event, article: &Article, evidence: &str) -> bool {
    let mut mentions = event.mentions.iter();
    mentions.any(|mention| {
        let sentence = mention.spans.sentence.of(&article.text).unwrap();
        sentence.contains(evidence)
    })
}

#[test]
fn reports_are_joined_as_the_table_says() {
    let mut all: Vec<Marked> = Vec::new();
    let mut sets = 0;
    for part in ["h1", "h2"] {
        let mut gold = marked(&format!("{FOLDER}/{part}-gold.tsv"));
        let mut files: Vec<String> = fs::read_dir(FOLDER)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "jsonl")
            })
            .map(|path| path.display().to_string())
            .filter(|path| path.contains(part))
            .collect();
        files.sort();
        sets += files.len();
        for file in files {
            let coded = coded(&file);
            let events: Vec<Event> = coded
                .iter()
                .flat_map(|(_, events)| events.clone())
                .collect();
            let graph = Graph::build(events, |_| None);
            let mut joined: BTreeMap<EventId, EventId> = BTreeMap::new();
            for happening in graph.happenings() {
                for member in &happening.members {
                    joined.insert(*member, happening.event.id);
                }
            }
            for (article, events) in &coded {
                let mut used: Vec<EventId> = Vec::new();
                let id = article.doc_id.as_deref().unwrap();
                for one in gold.iter_mut().filter(|one| one.article == id) {
                    let fits = |event: &&Event| tells(event, one) && !used.contains(&event.id);
                    // Of several of one kind the one that is told where the reader marked it.
                    let is_elsewhere = |event: &&Event| !is_told_in(event, article, &one.evidence);
                    let event = events.iter().filter(fits).min_by_key(is_elsewhere);
                    one.found = event.and_then(|event| joined.get(&event.id).copied());
                    used.extend(event.map(|event| event.id));
                }
            }
        }
        all.extend(gold);
    }
    check_table("tests/results/happenings.md", &table(sets, &all));
}

fn table(sets: usize, all: &[Marked]) -> String {
    let found: Vec<&Marked> = all.iter().filter(|one| one.found.is_some()).collect();
    let (mut right, mut joined, mut same) = (0, 0, 0);
    for (at, one) in found.iter().enumerate() {
        for other in &found[at + 1..] {
            let is_same = one.happening == other.happening && one.ends.len() == other.ends.len();
            let is_joined = one.found == other.found;
            right += usize::from(is_same && is_joined);
            joined += usize::from(is_joined);
            same += usize::from(is_same);
        }
    }
    let share = |part: usize, whole: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap())
    };
    format!(
        "# Reports of one happening\n\n\
         {sets} sets of short articles by invented outlets, five or more for a happening, with others on the same \
         day that must stay apart. Written and marked by machine, apart from the coder. A pair is two mentions of \
         the same kind of act in two articles, both found by the coder.\n\n\
         | what | number |\n|---|---|\n\
         | mentions marked | {} |\n| found by the coder | {} |\n\
         | pairs that are one happening | {same} |\n| pairs that the graph joins | {joined} |\n\
         | right | {right} |\n| precision | {:.3} |\n| recall | {:.3} |\n",
        all.len(),
        found.len(),
        share(right, joined),
        share(right, same),
    )
}
