//! How right the coder is on texts that were written apart from it, as a committed table.
use std::fmt::Write;
use std::fs;

use demarche::evaluate::{Count, GoldEvent, Level, intervals, parse_gold, score_documents};
use demarche::model::{Article, Event, PloverType};

use crate::support::{articles_of, check_table, code};

const FOLDER: &str = "tests/cases/unseen";

struct Sample {
    article: Article,
    gold: Vec<GoldEvent>,
    events: Vec<Event>,
}

fn samples(folder: &str, gold: &str) -> Vec<Sample> {
    articles_of(folder)
        .into_iter()
        .map(|(name, article)| {
            let path = format!("{gold}/{name}.tsv");
            let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path} is missing"));
            let gold = parse_gold(&path, &text).unwrap();
            for event in &gold {
                assert!(
                    article.text.contains(&event.evidence),
                    "{path}: not in the article: {}",
                    event.evidence
                );
            }
            let events = code(&article);
            Sample {
                article,
                gold,
                events,
            }
        })
        .collect()
}

#[test]
fn the_coder_is_as_right_as_the_table_says() {
    let mut table = String::from(HEAD);
    let folder = format!("{FOLDER}/articles");
    let unseen = samples(&folder, &folder);
    assert!(unseen.len() >= 80);
    write_levels(
        &mut table,
        "80 articles written apart from the coder",
        &unseen,
    );
    let own = samples("data/articles", "tests/cases/articles");
    write_levels(
        &mut table,
        "The 79 sample articles, with which it was developed",
        &own,
    );
    let all: Vec<Sample> = unseen.into_iter().chain(own).collect();
    write_levels(&mut table, "Both", &all);
    write_silence(&mut table);
    check_table("tests/results/coder.md", &table);
}

const HEAD: &str = "# How right the coder is

From raw text to events. Articles and gold are machine-written; the articles of `tests/cases/unseen` were
written and labelled by authors who did not see the coder, its lexicon or its corpus, and none of their errors
was looked at. Four thresholds were chosen with totals of this table in sight: the confidence from which acts
are told, that of contacts, and the two that make articles without dealings silent. In brackets the range of
95 of 100 draws of articles.
";

fn write_levels(table: &mut String, title: &str, samples: &[Sample]) {
    let pairs = || {
        samples.iter().map(|s| {
            (
                s.article.text.as_str(),
                s.gold.as_slice(),
                s.events.as_slice(),
            )
        })
    };
    let scores = score_documents(pairs());
    write!(
        table,
        "\n## {title}\n\n| level | expected | found | right | precision | recall | F1 |\n|---|---|---|---|---|---|---|\n"
    )
    .unwrap();
    for (at, level) in Level::ALL.iter().enumerate() {
        let of_each: Vec<Count> = pairs()
            .map(|pair| score_documents([pair]).levels[at])
            .collect();
        let (precision, recall) = intervals(&of_each);
        let count = scores.levels[at];
        writeln!(
            table,
            "| {} | {} | {} | {} | {:.3} ({:.3}–{:.3}) | {:.3} ({:.3}–{:.3}) | {:.3} |",
            level.name(),
            count.expected,
            count.found,
            count.right,
            count.precision(),
            precision.low,
            precision.high,
            count.recall(),
            recall.low,
            recall.high,
            count.f1()
        )
        .unwrap();
    }
    let right = scores.levels[1].right;
    writeln!(
        table,
        "\nOf those right by dyad and type: status right {} of {right} ({:.1} %), date (same start and \
         precision) {} of {} ({:.1} %), same day {} of {} ({:.1} %; of those that the gold dates to the day and \
         that gold and coder find in the same sentence). Expected calibration error of the confidence: {:.3}.",
        scores.status_right,
        percent(scores.status_right, right),
        scores.date_right,
        scores.dated,
        percent(scores.date_right, scores.dated),
        scores.day_right,
        scores.day_dated,
        percent(scores.day_right, scores.day_dated),
        scores.calibration_error()
    )
    .unwrap();
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * f64::from(u32::try_from(part).unwrap())
        / f64::from(u32::try_from(whole.max(1)).unwrap())
}

/// Texts in which nothing, or nearly nothing, is to be found.
fn write_silence(table: &mut String) {
    let none = articles_of(&format!("{FOLDER}/none"));
    let coded: Vec<usize> = none
        .iter()
        .map(|(_, article)| code(article).len())
        .collect();
    let wrong: usize = coded.iter().sum();
    write!(
        table,
        "\n## Silence\n\n{} articles that are not about politics: {wrong} events found, {:.2} an article.\n",
        none.len(),
        percent(wrong, none.len()) / 100.0
    )
    .unwrap();
    let gold = fs::read_to_string(format!("{FOLDER}/analysis/gold.tsv")).unwrap();
    let (mut sentences, mut wrong) = (0, 0);
    for (name, article) in articles_of(&format!("{FOLDER}/analysis")) {
        sentences += demarche::text::analyse(&article.text).sentences.len();
        let known: Vec<(PloverType, &str)> = gold
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|fields| fields[0].trim_end_matches(".txt") == name)
            .map(|fields| (fields[4].parse().unwrap(), fields[1]))
            .collect();
        for event in code(&article) {
            let sentence = event.mentions[0].spans.sentence.of(&article.text).unwrap();
            let is_known = known.iter().any(|(kind, evidence)| {
                event.act.plover == Some(*kind) && sentence.contains(*evidence)
            });
            wrong += usize::from(!is_known);
        }
    }
    writeln!(
        table,
        "\n{sentences} sentences of analysis, history and explanation: {wrong} events that are none, {:.1} in \
         100 sentences.",
        percent(wrong, sentences)
    )
    .unwrap();
}

#[test]
fn what_is_unseen_reads_as_articles() {
    for sample in articles_of(&format!("{FOLDER}/none")) {
        assert!(
            sample.1.published.is_some() && sample.1.title.is_some(),
            "{}",
            sample.0
        );
    }
    let first = samples(&format!("{FOLDER}/articles"), &format!("{FOLDER}/articles"));
    assert!(
        first
            .iter()
            .all(|one| one.article.published.is_some() && !one.gold.is_empty())
    );
}
