//! `demarche model`

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use demarche::evaluate::{score_raw, score_syntax};
use demarche::text::{Analyser, ConlluSentence, NeuralModel, SyntaxModel, read_conllu};
use demarche::train::{TrainOptions, train};

use crate::cli::commands::neural;
use crate::cli::exit::Exit;

/// Train and measure the model of the analyser
#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    pub(crate) what: ModelCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Train a model on treebanks; the same treebanks give the same bytes
    Train {
        /// Treebanks in CoNLL-U
        #[arg(required = true, value_name = "FILE.conllu")]
        treebanks: Vec<PathBuf>,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Train the network: slower, and more often right; it has settings of its own
        #[arg(long)]
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
    /// Measure a model on treebanks: gold tokens, predicted tags, labels with subtypes, punctuation
    /// included; one NAME VALUE a line
    Eval {
        /// Treebanks in CoNLL-U, pooled
        #[arg(required = true, value_name = "FILE.conllu")]
        treebanks: Vec<PathBuf>,
        /// The model
        #[arg(long, value_name = "FILE")]
        model: PathBuf,
    },
}

pub(crate) fn run(args: &ModelArgs) -> Result<Exit> {
    match &args.what {
        ModelCommand::Train {
            treebanks,
            out,
            accurate: true,
            ..
        } => neural::train(&read(treebanks)?, out)?,
        ModelCommand::Train {
            treebanks,
            out,
            tagger_passes,
            parser_passes,
            seeds,
            accurate: false,
        } => {
            let options = TrainOptions {
                tagger_passes: *tagger_passes,
                parser_passes: *parser_passes,
                seeds: (*seeds).max(1),
                ..TrainOptions::default()
            };
            let bytes = train(&read(treebanks)?, &options).encode();
            fs::write(out, &bytes).with_context(|| out.display().to_string())?;
            writeln!(io::stderr(), "{}: {} bytes", out.display(), bytes.len())?;
        }
        ModelCommand::Eval { treebanks, model } => {
            let treebank = read(treebanks)?;
            let named = || model.display().to_string();
            let bytes = fs::read(model).with_context(named)?;
            if NeuralModel::is_of(&bytes) {
                let network = NeuralModel::decode(&bytes).with_context(named)?;
                neural::evaluate(&network, &treebank)?;
                return Ok(Exit::Done);
            }
            let analyser = Analyser::new(SyntaxModel::decode(&bytes).with_context(named)?);
            let start = Instant::now();
            let scores = score_syntax(&analyser, &treebank);
            let seconds = start.elapsed().as_secs_f64();
            let mut out = io::stdout().lock();
            writeln!(out, "tokens {}", scores.tokens)?;
            for (name, count) in [
                ("UPOS", scores.upos),
                ("XPOS", scores.xpos),
                ("lemma", scores.lemma),
                ("UAS", scores.head),
                ("LAS", scores.labelled),
            ] {
                writeln!(out, "{name} {:.2}", scores.percent(count))?;
            }
            #[expect(clippy::cast_precision_loss, reason = "for people")]
            let speed = scores.tokens as f64 / seconds;
            writeln!(out, "tokens_per_second {speed:.0}")?;
            let raw = score_raw(&analyser, &treebank);
            for (name, value) in [
                ("raw_tokens_F1", raw.tokens),
                ("raw_sentences_F1", raw.sentences),
                ("raw_UAS", raw.head),
                ("raw_LAS", raw.labelled),
            ] {
                writeln!(out, "{name} {value:.2}")?;
            }
        }
    }
    Ok(Exit::Done)
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
