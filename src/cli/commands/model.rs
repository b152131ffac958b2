//! `demarche model`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use demarche::corpus::Corpus;
use demarche::evaluate::{RawScores, SyntaxScores, raw_text, score_raw, score_syntax};
use demarche::lexicon::{Frames, Lexicon, WordFields};
use demarche::mention::MentionFinder;
use demarche::relation::SceneReader;
use demarche::text::{
    Analyser, ConlluSentence, Effort, NeuralModel, SyntaxModel, read_conllu, write_conllu,
};
use demarche::train::{
    JudgeCourse, NeuralOptions, NeuralProgress, RelationFit, RelationTeacher, TrainOptions, train,
    train_neural, train_relations,
};

use crate::cli::exit::Exit;

/// Train and measure the models of analyser and coder
#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    pub(crate) what: ModelCommand,
}

/// Which model analyses.
#[derive(Debug, Args)]
pub(crate) struct ModelChoice {
    /// Analyse with the network: slower, and more often right
    #[arg(long)]
    pub(crate) accurate: bool,
    /// A model that `demarche model train` wrote, instead of those that come with the program
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

impl ModelChoice {
    /// Makes the analyser; a file that holds a network leaves sentences, tokens and lemmas to the
    /// model that comes with the program.
    pub(crate) fn analyser(&self) -> Result<Analyser> {
        let effort = if self.accurate {
            Effort::Accurate
        } else {
            Effort::Fast
        };
        let Some(path) = &self.model else {
            return Ok(Analyser::english(effort)?);
        };
        let named = || path.display().to_string();
        let bytes = fs::read(path).with_context(named)?;
        if NeuralModel::is_of(&bytes) {
            let network = NeuralModel::decode(&bytes).with_context(named)?;
            return Ok(Analyser::english(Effort::Fast)?.with_network(network));
        }
        if self.accurate {
            bail!(
                "{}: this is no network; leave out --accurate or --model",
                named()
            );
        }
        Ok(Analyser::new(
            SyntaxModel::decode(&bytes).with_context(named)?,
        ))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Train a model on treebanks or on the labelled corpus; the same input gives the same bytes
    Train {
        /// Treebanks in CoNLL-U, for a model of the analyser
        #[arg(required_unless_present = "corpus", value_name = "FILE.conllu")]
        treebanks: Vec<PathBuf>,
        /// Folder of the labelled corpus, for the model of relations by which articles are coded
        #[arg(long, value_name = "DIR", conflicts_with_all = ["treebanks", "accurate", "tagger_passes", "parser_passes", "seeds"])]
        corpus: Option<PathBuf>,
        /// Train the judge instead, which weighs the signs that a sentence tells an act
        #[arg(long, requires = "corpus")]
        acts: bool,
        /// From which confidence on an act is told, for --acts
        #[arg(long, requires = "acts", value_name = "SHARE", default_value_t = 0.43)]
        threshold: f32,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Train the network of --accurate; this takes half an hour
        #[arg(long, conflicts_with_all = ["tagger_passes", "parser_passes", "seeds"])]
        accurate: bool,
        /// Passes over the treebanks for the tagger
        #[arg(long, default_value_t = TrainOptions::default().tagger_passes, value_name = "N")]
        tagger_passes: usize,
        /// Passes for the parser
        #[arg(long, default_value_t = TrainOptions::default().parser_passes, value_name = "N")]
        parser_passes: usize,
        /// How many trainings from different seeds are averaged
        #[arg(long, default_value_t = TrainOptions::default().seeds, value_name = "N")]
        seeds: u64,
    },
    /// Measure on treebanks: gold tokens, predicted tags, labels with subtypes, punctuation
    /// included; then from raw text; one NAME VALUE a line
    Eval {
        /// Treebanks in CoNLL-U, pooled
        #[arg(required = true, value_name = "FILE.conllu")]
        treebanks: Vec<PathBuf>,
        #[command(flatten)]
        choice: ModelChoice,
        /// Write the analysis of the gold tokens as CoNLL-U too
        #[arg(long, value_name = "FILE.conllu")]
        write: Option<PathBuf>,
    },
}

pub(crate) fn run(args: &ModelArgs) -> Result<Exit> {
    match &args.what {
        ModelCommand::Train {
            corpus: Some(folder),
            acts,
            threshold,
            out,
            ..
        } => {
            let bytes = relations(folder, acts.then_some(*threshold))?;
            fs::write(out, &bytes).with_context(|| out.display().to_string())?;
            writeln!(io::stderr(), "{}: {} bytes", out.display(), bytes.len())?;
        }
        ModelCommand::Train {
            treebanks,
            out,
            accurate,
            tagger_passes,
            parser_passes,
            seeds,
            ..
        } => {
            let treebank = read(treebanks)?;
            let bytes = if *accurate {
                train_network(&treebank)?
            } else {
                let options = TrainOptions {
                    tagger_passes: *tagger_passes,
                    parser_passes: *parser_passes,
                    seeds: (*seeds).max(1),
                    ..TrainOptions::default()
                };
                train(&treebank, &options).encode()
            };
            fs::write(out, &bytes).with_context(|| out.display().to_string())?;
            writeln!(io::stderr(), "{}: {} bytes", out.display(), bytes.len())?;
        }
        ModelCommand::Eval {
            treebanks,
            choice,
            write,
        } => {
            let treebank = read(treebanks)?;
            evaluate(&choice.analyser()?, &treebank, write.as_deref())?;
        }
    }
    Ok(Exit::Done)
}

/// Trains the model of relations, or the judge of acts with a threshold; returns its file.
fn relations(folder: &Path, judge: Option<f32>) -> Result<Vec<u8>> {
    let corpus = Corpus::read(folder)?;
    let further = corpus.read_further(folder)?;
    let (lexicon, analyser, frames) = (
        Lexicon::bundled()?,
        Analyser::bundled()?,
        Frames::bundled()?,
    );
    let finder = MentionFinder::new(lexicon);
    let reader = SceneReader::new(lexicon, analyser, (frames, WordFields::bundled()?));
    let teacher = RelationTeacher::new(&reader, &finder);
    let threads = std::thread::available_parallelism()?;
    let Some(threshold) = judge else {
        let fit = RelationFit::default();
        let model = train_relations(&teacher, &corpus, &further, frames, &fit, threads);
        return Ok(model.encode());
    };
    let course = JudgeCourse {
        lexicon,
        analyser,
        corpus: &corpus,
        further: &further,
        threads,
    };
    let judge = course.fit(&teacher, frames, threshold)?;
    Ok(judge.to_text().into_bytes())
}

/// Trains the network, and tells how far it is.
fn train_network(treebank: &[ConlluSentence]) -> Result<Vec<u8>> {
    let options = NeuralOptions::default();
    let show = |now: NeuralProgress| {
        writeln!(
            io::stderr(),
            "pass {} of {}: loss of tags {:.4}, heads {:.4}, labels {:.4}",
            now.pass,
            options.passes,
            now.tags,
            now.heads,
            now.labels
        )
    };
    let mut shown = Ok(());
    let model = train_neural(treebank, &options, &mut |now, _| {
        if shown.is_ok() {
            shown = show(now);
        }
    });
    shown?;
    Ok(model.encode())
}

fn evaluate(analyser: &Analyser, treebank: &[ConlluSentence], write: Option<&Path>) -> Result<()> {
    if let Some(path) = write {
        let found = analyser.analyse_sentences(treebank.to_vec());
        let text: String = (1..)
            .zip(&found)
            .map(|(number, sentence)| write_conllu(number, sentence))
            .collect();
        fs::write(path, text).with_context(|| path.display().to_string())?;
    }
    let start = Instant::now();
    let scores = score_syntax(analyser, treebank);
    let gold_seconds = start.elapsed().as_secs_f64();
    let text = raw_text(treebank);
    let start = Instant::now();
    let found = analyser.analyse_text(&text);
    let raw_seconds = start.elapsed().as_secs_f64();
    let raw = score_raw(treebank, &found);
    print_scores(&scores, gold_seconds, &raw, raw_seconds)
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn print_scores(
    scores: &SyntaxScores,
    seconds: f64,
    raw: &RawScores,
    raw_seconds: f64,
) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "tokens {}", scores.tokens)?;
    for (name, count) in [
        ("UPOS", scores.upos),
        ("XPOS", scores.xpos),
        ("lemma", scores.lemma),
        ("morphology", scores.morphology),
        ("UAS", scores.head),
        ("LAS", scores.labelled),
    ] {
        writeln!(out, "{name} {:.2}", scores.percent(count))?;
    }
    writeln!(
        out,
        "tokens_per_second {:.0}",
        scores.tokens as f64 / seconds
    )?;
    for (name, value) in [
        ("raw_tokens_F1", raw.tokens),
        ("raw_sentences_F1", raw.sentences),
        ("raw_UAS", raw.head),
        ("raw_LAS", raw.labelled),
    ] {
        writeln!(out, "{name} {value:.2}")?;
    }
    let speed = scores.tokens as f64 / raw_seconds;
    writeln!(out, "raw_tokens_per_second {speed:.0}")?;
    Ok(())
}

fn read(paths: &[PathBuf]) -> Result<Vec<ConlluSentence>> {
    let mut treebank = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let sentences = read_conllu(&text);
        if sentences.is_empty() {
            bail!("{}: no sentence in CoNLL-U", path.display());
        }
        treebank.extend(sentences);
    }
    Ok(treebank)
}
