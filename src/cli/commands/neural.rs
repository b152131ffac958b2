//! `demarche model` for the network.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use demarche::evaluate::score_neural;
use demarche::text::{ConlluSentence, NeuralModel};
use demarche::train::{NeuralOptions, NeuralProgress, train_neural};

/// Trains a network and writes its file.
pub(crate) fn train(treebank: &[ConlluSentence], out: &Path) -> Result<()> {
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
    let bytes = model.encode();
    fs::write(out, &bytes).with_context(|| out.display().to_string())?;
    writeln!(io::stderr(), "{}: {} bytes", out.display(), bytes.len())?;
    Ok(())
}

/// Measures a network; the lines are those of the other analyser, but for lemmas and raw text.
pub(crate) fn evaluate(model: &NeuralModel, treebank: &[ConlluSentence]) -> Result<()> {
    let start = Instant::now();
    let scores = score_neural(model, treebank);
    let seconds = start.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    writeln!(out, "tokens {}", scores.tokens)?;
    for (name, count) in [
        ("UPOS", scores.upos),
        ("XPOS", scores.xpos),
        ("UAS", scores.head),
        ("LAS", scores.labelled),
    ] {
        writeln!(out, "{name} {:.2}", scores.percent(count))?;
    }
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let speed = scores.tokens as f64 / seconds;
    writeln!(out, "tokens_per_second {speed:.0}")?;
    Ok(())
}
