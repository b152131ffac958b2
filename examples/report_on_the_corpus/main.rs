//! Counts and measures the labelled corpus, trains the baseline on it, and prints
//! `data/corpus/REPORT.md`.
//!
//! `--corpus DIR` names another folder than `data/corpus`. `--near` prints the pairs of rows that
//! are too alike instead. `--news FILE` is a treebank of news in CoNLL-U whose type–token ratio is
//! compared. `--outside FILE` is a table of pairs marked and labelled by others (uid, root, quad,
//! _, marked text), on which the baseline is read too; its readings are written down in
//! `outside.tsv`. `--predict FILE` writes the roots that it gives them.
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::{env, fs};

use demarche::corpus::{
    AgreementTable, Corpus, CorpusCounts, CorpusRow, Split, Tally, diversity, parse_labels,
    parse_readings, type_token_ratio,
};
use demarche::evaluate::{ClassTable, FeatureNames, LinearModel, PairFeatures, PairReader};
use demarche::lexicon::{Frames, Lexicon};
use demarche::mention::MentionFinder;
use demarche::model::{PloverType, QuadPlover, Status};
use demarche::text::{Analyser, read_conllu};

/// Texts more alike than this are near.
const NEAR: f64 = 0.6;

mod outside;

use outside::{foreign_pairs, frame_examples, outside_readings, read_outside, write_down};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let folder = PathBuf::from(value("--corpus").unwrap_or_else(|| "data/corpus".to_owned()));
    let corpus = Corpus::read(&folder)?;
    let mut out = stdout().lock();
    if arguments.iter().any(|argument| argument == "--near") {
        let texts: Vec<&str> = corpus
            .rows
            .iter()
            .map(|row| row.pair.text.as_str())
            .collect();
        for (one, other, alike) in demarche::corpus::near_neighbours(&texts, NEAR) {
            let (one, other) = (&corpus.rows[one].id, &corpus.rows[other].id);
            writeln!(out, "{one}\t{other}\t{alike:.3}")?;
        }
        return Ok(());
    }
    let mut report = String::from(HEAD);
    counts(&mut report, &corpus)?;
    various(&mut report, &corpus, value("--news").as_deref())?;
    agreement(&mut report, &folder)?;
    read_by_hand(&mut report, &folder)?;
    let outside = value("--outside");
    learned(
        &mut report,
        &corpus,
        &folder,
        outside.as_deref(),
        value("--predict").as_deref(),
    )?;
    write!(out, "{report}")?;
    Ok(())
}

const HEAD: &str = "# Report on the corpus

Printed by `cargo run --release --example report_on_the_corpus`. How the rows were made and what they are not is told
in `DATASHEET.md`, how they are labelled in `GUIDELINE.md`.
";

/// Returns how often the first word of predicates is there that is so far down, the commonest being 0;
/// "-ise" is the same as "-ize".
fn of_first_word(predicates: &Tally, place: usize) -> usize {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (predicate, rows) in predicates {
        let word = predicate.split(' ').next().unwrap_or_default();
        let word = word
            .strip_suffix("ise")
            .map_or(word.to_owned(), |stem| format!("{stem}ize"));
        *words.entry(word).or_default() += rows;
    }
    let mut often: Vec<usize> = words.into_values().collect();
    often.sort_unstable_by(|one, other| other.cmp(one));
    often.get(place).copied().unwrap_or_default()
}

/// Writes a table of one line of names and one of counts.
fn tally(report: &mut String, title: &str, tally: &Tally) -> Result<()> {
    writeln!(report, "\n**{title}**: ")?;
    let parts: Vec<String> = tally
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    writeln!(report, "{}.", parts.join(", "))?;
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows are small")]
    let share = part as f64 / whole.max(1) as f64;
    100.0 * share
}

fn counts(report: &mut String, corpus: &Corpus) -> Result<()> {
    let all = CorpusCounts::new(corpus.rows.iter());
    let with_event = all.rows - all.types.get("none").copied().unwrap_or_default();
    writeln!(report, "\n## Counts\n")?;
    writeln!(
        report,
        "{} rows of {} batches, {with_event} with an event. Source behind target: {} ({:.1} % of those \
         with an event). Not actual: {} ({:.1} %).",
        all.rows,
        all.batches,
        all.source_after_target,
        percent(all.source_after_target, with_event),
        all.not_actual,
        percent(all.not_actual, with_event),
    )?;
    writeln!(
        report,
        "Words a text: median {}, a tenth below {}, a tenth above {}; above 35 words {:.1} %.",
        all.length_at(50),
        all.length_at(10),
        all.length_at(90),
        percent(all.longer_than(35), all.rows),
    )?;
    writeln!(
        report,
        "\n| type | rows | train | dev | test | not actual | source behind target | predicates | in the 25 commonest, % | rows of the 25th | of the 25th first word |"
    )?;
    writeln!(
        report,
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    )?;
    let names = PloverType::ALL
        .iter()
        .map(|kind| kind.name())
        .chain(["none"]);
    for name in names {
        let of_type: Vec<&CorpusRow> = corpus
            .rows
            .iter()
            .filter(|row| row.label.kind_name() == name)
            .collect();
        let counts = CorpusCounts::new(of_type.iter().copied());
        let split = |split: Split| counts.splits.get(split.name()).copied().unwrap_or_default();
        let predicates = counts.predicates.get(name).cloned().unwrap_or_default();
        let mut often: Vec<usize> = predicates.values().copied().collect();
        often.sort_unstable_by(|a, b| b.cmp(a));
        let common: usize = often.iter().take(25).sum();
        writeln!(
            report,
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {:.0} | {} | {} |",
            counts.rows,
            split(Split::Train),
            split(Split::Dev),
            split(Split::Test),
            counts.not_actual,
            counts.source_after_target,
            predicates.len(),
            percent(common, counts.rows),
            often.get(24).copied().unwrap_or_default(),
            of_first_word(&predicates, 24),
        )?;
    }
    tally(report, "Status, of rows with an event", &all.status)?;
    tally(report, "Register", &all.registers)?;
    tally(report, "English", &all.english)?;
    tally(report, "Theme", &all.themes)?;
    tally(report, "CAMEO code", &all.codes)
}

fn various(report: &mut String, corpus: &Corpus, news: Option<&str>) -> Result<()> {
    let rows: Vec<&CorpusRow> = corpus.rows.iter().collect();
    let found = diversity(&rows, NEAR);
    let mut near: Vec<usize> = found.near.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    near.sort_unstable();
    near.dedup();
    writeln!(report, "\n## Diversity\n")?;
    writeln!(
        report,
        "Rows with a neighbour above {NEAR} (cosine of counts of four-letter runs): {} ({:.2} %).",
        near.len(),
        percent(near.len(), rows.len()),
    )?;
    writeln!(
        report,
        "Different words in each thousand: {:.3} here{}.",
        found.type_token_ratio,
        match news {
            Some(file) => {
                let text = fs::read_to_string(file)?;
                let sentences = read_conllu(&text);
                let texts = sentences.iter().map(|sentence| sentence.text.as_str());
                format!(", {:.3} in the news treebank", type_token_ratio(texts))
            }
            None => String::new(),
        }
    )?;
    let runs: Vec<String> = found
        .runs
        .iter()
        .map(|(run, count)| format!("{run} ({count})"))
        .collect();
    writeln!(
        report,
        "\nCommonest runs of four words, with the rows they stand in: {}.",
        runs.join("; ")
    )?;
    Ok(())
}

fn agreement(report: &mut String, folder: &Path) -> Result<()> {
    let path = folder.join("labels.tsv");
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(());
    };
    let rows = parse_labels(&path.display().to_string(), &text)?;
    let table = AgreementTable::new(&rows);
    writeln!(report, "\n## Agreement of two labellers\n")?;
    writeln!(
        report,
        "Of {} rows labelled twice without sight of the other label (both labellers are machines): ",
        rows.len(),
    )?;
    writeln!(
        report,
        "\n| what | rows | raw, % | kappa |\n|---|---:|---:|---:|"
    )?;
    let overall = [
        ("type", table.types),
        ("status, where the types agree", table.status),
        ("code, three digits, where the types agree", table.codes),
    ];
    let by_type = table
        .by_type
        .iter()
        .map(|(name, agreement)| (name.as_str(), *agreement));
    for (name, agreement) in overall.into_iter().chain(by_type) {
        let (raw, kappa) = (100.0 * agreement.raw, agreement.kappa);
        writeln!(
            report,
            "| {name} | {} | {raw:.2} | {kappa:.3} |",
            agreement.rows
        )?;
    }
    let outcomes: Vec<String> = table
        .outcomes
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    writeln!(report, "\nOutcome: {}.", outcomes.join(", "))?;
    Ok(())
}

fn read_by_hand(report: &mut String, folder: &Path) -> Result<()> {
    let path = folder.join("read.tsv");
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(());
    };
    let rows = parse_readings(&path.display().to_string(), &text)?;
    let wrong = rows.iter().filter(|row| !row.label_is_right).count();
    let odd = rows.iter().filter(|row| !row.is_natural).count();
    writeln!(report, "\n## Rows read one by one\n")?;
    writeln!(
        report,
        "{} rows drawn at random: labels wrong {wrong} ({:.1} %), texts unnatural {odd} ({:.1} %). \
         What was found stands in `read.tsv`.",
        rows.len(),
        percent(wrong, rows.len()),
        percent(odd, rows.len()),
    )?;
    Ok(())
}

/// An example: its features, and its root where the label sets of others have one.
struct Known {
    features: PairFeatures,
    name: &'static str,
    root: Option<&'static str>,
    split: Split,
}

/// The type that label sets without a status give: plans of cooperation are AGREE, plans of
/// conflict THREATEN; what is denied or might be has none.
fn root_without_status(row: &CorpusRow) -> Option<&'static str> {
    let kind = row.label.kind?;
    match row.label.status {
        Status::Actual | Status::Alleged => Some(kind.name()),
        Status::Planned => match kind.quad() {
            QuadPlover::VerbalCooperation | QuadPlover::MaterialCooperation => Some("AGREE"),
            QuadPlover::MaterialConflict => Some("THREATEN"),
            QuadPlover::VerbalConflict => Some(kind.name()),
        },
        Status::Denied | Status::Hypothetical => None,
    }
}

/// A linear model with the names of its features and classes.
struct Baseline {
    names: FeatureNames,
    classes: Vec<&'static str>,
    model: LinearModel,
    with_lexicon: bool,
}

impl Baseline {
    fn fit<'a>(
        examples: impl Iterator<Item = (&'a PairFeatures, &'static str)>,
        with_lexicon: bool,
        balance: f32,
    ) -> Self {
        let (mut names, mut classes) = (FeatureNames::default(), Vec::new());
        let mut learned = Vec::new();
        for (features, class) in examples {
            let class = classes
                .iter()
                .position(|known| *known == class)
                .unwrap_or_else(|| {
                    classes.push(class);
                    classes.len() - 1
                });
            let lexicon = features.lexicon.iter().filter(|_| with_lexicon);
            learned.push((names.learn(features.words.iter().chain(lexicon)), class));
        }
        let model = LinearModel::fit(&learned, names.penalties(), classes.len(), balance);
        Self {
            names,
            classes,
            model,
            with_lexicon,
        }
    }

    fn predict(&self, features: &PairFeatures) -> &'static str {
        let lexicon = features.lexicon.iter().filter(|_| self.with_lexicon);
        let known = self.names.known(features.words.iter().chain(lexicon));
        self.classes[self.model.predict(&known)]
    }
}

fn learned(
    report: &mut String,
    corpus: &Corpus,
    folder: &Path,
    outside: Option<&str>,
    predict: Option<&str>,
) -> Result<()> {
    let finder = MentionFinder::new(Lexicon::bundled()?);
    let reader = PairReader::new(Analyser::bundled()?, &finder, Frames::bundled()?);
    let known = examples_of(corpus, &reader);
    let foreign = outside
        .map(|file| foreign_pairs(file, &reader))
        .transpose()?;
    let train: Vec<&Known> = known
        .iter()
        .filter(|one| one.split == Split::Train)
        .collect();
    writeln!(report, "\n## What a baseline learns\n")?;
    writeln!(report, "{LEARNED}")?;
    writeln!(
        report,
        "| of train, % | rows | lexicon | dev, macro F1 | dev, accuracy | test, macro F1 | test, accuracy |"
    )?;
    writeln!(report, "|---:|---:|---|---:|---:|---:|---:|")?;
    let mut by_class = String::new();
    for (part, with_lexicon) in [
        (12, true),
        (25, true),
        (50, true),
        (100, true),
        (100, false),
    ] {
        let part_of = part_of(&train, part);
        let model = Baseline::fit(
            part_of.iter().map(|one| (&one.features, one.name)),
            with_lexicon,
            0.5,
        );
        let score = |split: Split| {
            let mut table = ClassTable::default();
            for one in known.iter().filter(|one| one.split == split) {
                table.add(one.name, model.predict(&one.features));
            }
            table
        };
        let (dev, test) = (score(Split::Dev), score(Split::Test));
        writeln!(
            report,
            "| {part} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} |",
            part_of.len(),
            if with_lexicon { "with" } else { "without" },
            dev.macro_f1(),
            dev.accuracy(),
            test.macro_f1(),
            test.accuracy(),
        )?;
        if part == 100 && with_lexicon {
            by_class = class_lines(&dev)?;
        }
    }
    writeln!(
        report,
        "\nF1 by type on dev, of the model of all rows with the lexicon:\n\n{by_class}"
    )?;
    if let Some(foreign) = &foreign {
        let examples = frame_examples(&reader)?;
        let lines = read_outside(&train, &examples, foreign, predict)?;
        write_down(folder, &lines)?;
    }
    outside_readings(report, folder)
}

/// Reads the features of all rows.
fn examples_of(corpus: &Corpus, reader: &PairReader<'_>) -> Vec<Known> {
    let example = |row: &CorpusRow| Known {
        features: reader.features(&row.pair),
        name: row.label.kind_name(),
        root: root_without_status(row),
        split: row.split,
    };
    corpus.rows.iter().map(example).collect()
}

const LEARNED: &str = "A multinomial linear model on bags of words between and around the pair, and \
what the frames say; sixteen types and none. No setting was chosen by the figures of the test part. It \
is not untouched: the rows were divided anew as batches came, so that rows now in it helped to choose \
settings, its totals were printed each time, and some of the rows read one by one are of it.\n";

/// Returns the first rows of an order that depends on nothing but the rows' places, spread over all.
fn part_of<'a>(train: &[&'a Known], percent: usize) -> Vec<&'a Known> {
    let spread = train
        .iter()
        .enumerate()
        .filter(|(at, _)| (at * 37) % 100 < percent);
    spread.map(|(_, one)| *one).collect()
}

fn class_lines(table: &ClassTable) -> Result<String> {
    let mut lines =
        String::from("| type | gold | found | right | F1 |\n|---|---:|---:|---:|---:|\n");
    for (name, score) in &table.classes {
        writeln!(
            lines,
            "| {name} | {} | {} | {} | {:.3} |",
            score.gold,
            score.found,
            score.right,
            score.f1()
        )?;
    }
    Ok(lines)
}
