//! Fits the model of relations to parts of the corpus and prints `tests/results/relations.md`: how right it
//! is on the test part, with its learning curve.
//!
//! Without arguments only a twentieth of the corpus is used, to show how it is done. `--all` measures with all
//! of it. `--outside FILE` is a table of pairs marked and labelled by others (uid, root, quad, _, marked text), on
//! which the model that comes with the program is read too; only totals are printed.
use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;
use std::{env, fs};

use demarche::corpus::{Corpus, CorpusRow, Split};
use demarche::evaluate::{ClassTable, RelationReader, quad_of_root, read_marked};
use demarche::lexicon::{Frames, Lexicon, WordFields};
use demarche::mention::MentionFinder;
use demarche::model::{PloverType, Status};
use demarche::relation::{RelationModel, SceneReader, Scores};
use demarche::text::Analyser;
use demarche::train::{RelationExample, RelationFit, RelationTeacher, balance};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const HEAD: &str = "# What one actor does to another

Printed by `cargo run --release --example measure_the_relations -- --all --outside FILE`. The
model of relations on the rows of `data/corpus/test.tsv`, whose pairs are marked: sixteen types and none,
macro F1 and accuracy; direction and status of those whose type is right. Learned from parts of the training
rows with their further pairs, and from the examples of all frames.

| of train, % | examples | macro F1 | accuracy | direction, % | status, % |
|---:|---:|---:|---:|---:|---:|
";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outside = arguments.iter().position(|word| word == "--outside");
    let (lexicon, frames) = (Lexicon::bundled()?, Frames::bundled()?);
    let finder = MentionFinder::new(lexicon);
    let words = (frames, WordFields::bundled()?);
    let reader = SceneReader::new(lexicon, Analyser::bundled()?, words);
    let teacher = RelationTeacher::new(&reader, &finder);
    let folder = Path::new("data/corpus");
    let corpus = Corpus::read(folder)?;
    let further = corpus.read_further(folder)?;
    let is_whole = arguments.iter().any(|word| word == "--all");
    let step = if is_whole { 1 } else { 20 };
    let rows = corpus.of(Split::Train).step_by(step);
    let rows = rows.map(|row| teacher.of_row(row));
    let pairs = further.iter().filter(|pair| pair.split == Split::Train);
    let pairs = pairs.step_by(step);
    let all: Vec<RelationExample> = rows
        .chain(pairs.map(|pair| teacher.of_further(pair)))
        .collect();
    let taught = if is_whole {
        teacher.of_frames(frames)
    } else {
        Vec::new()
    };
    let test: Vec<(&CorpusRow, RelationExample)> = corpus
        .of(Split::Test)
        .step_by(step)
        .map(|row| (row, teacher.of_row(row)))
        .collect();
    let mut out = stdout().lock();
    out.write_all(HEAD.as_bytes())?;
    for part in [12, 25, 50, 100] {
        let chosen = all
            .iter()
            .enumerate()
            .filter(|(at, _)| at * 37 % 100 < part);
        let mut examples: Vec<_> = chosen.map(|(_, example)| example.clone()).collect();
        examples.extend(taught.iter().cloned());
        balance(&mut examples);
        let model = RelationFit::default().fit(&examples);
        let line = score(&test, &|example| model.scores(&example.features));
        writeln!(out, "| {part} | {} | {line} |", examples.len())?;
    }
    if let Some(file) = outside.and_then(|at| arguments.get(at + 1)) {
        let answerer = RelationReader::new(&reader, &finder, RelationModel::bundled()?);
        let [binary, quad, root] = read_outside(&answerer, &fs::read_to_string(file)?)?;
        write!(
            out,
            "\n## Pairs of others\n\nThe training set of PLV (Hu et al. 2024), of which nothing was learned, forced \
             choice, macro F1:\nbinary {binary:.3}, quad {quad:.3}, root (15) {root:.3}.\n"
        )?;
    }
    Ok(())
}

/// Macro F1, accuracy, direction and status, as columns.
fn score(
    test: &[(&CorpusRow, RelationExample)],
    scores: &dyn Fn(&RelationExample) -> Scores,
) -> String {
    let mut table = ClassTable::default();
    let (mut typed, mut forth, mut status_right) = (0u32, 0u32, 0u32);
    for (row, example) in test {
        let scores = scores(example);
        let (mut kind, mut most) = (None, scores.none);
        for (at, other) in PloverType::ALL.iter().enumerate() {
            let share = scores.forth[at] + scores.back[at];
            if share > most {
                (kind, most) = (Some(*other), share);
            }
        }
        let name = |kind: Option<PloverType>| kind.map_or("none", PloverType::name);
        table.add(name(row.label.kind), name(kind));
        if let Some(kind) = kind.filter(|kind| row.label.kind == Some(*kind)) {
            typed += 1;
            forth += u32::from(scores.forth[kind as usize] >= scores.back[kind as usize]);
            let mut best = Status::Actual;
            for status in Status::ALL {
                if scores.status_forth[*status as usize] > scores.status_forth[best as usize] {
                    best = *status;
                }
            }
            status_right += u32::from(best == row.label.status);
        }
    }
    let percent = |part: u32| 100.0 * f64::from(part) / f64::from(typed.max(1));
    format!(
        "{:.3} | {:.3} | {:.1} | {:.1}",
        table.macro_f1(),
        table.accuracy(),
        percent(forth),
        percent(status_right)
    )
}

fn read_outside(answerer: &RelationReader<'_>, table: &str) -> Result<[f64; 3]> {
    let mut tables = [
        ClassTable::default(),
        ClassTable::default(),
        ClassTable::default(),
    ];
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (Some(gold), Some(marked)) = (fields.get(1), fields.get(4)) else {
            continue;
        };
        let pair = read_marked(marked).ok_or("marks not understood")?;
        let answer = answerer.answer(&pair);
        let quad = quad_of_root(gold);
        let side = |quad: u8| if quad > 2 { "conflict" } else { "cooperation" };
        tables[0].add(side(quad), side(answer.quad));
        tables[1].add(&quad.to_string(), &answer.quad.to_string());
        tables[2].add(gold, answer.root);
    }
    Ok(tables.map(|table| table.macro_f1()))
}
