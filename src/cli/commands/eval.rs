//! `demarche eval`

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use demarche::coder::Coder;
use demarche::evaluate::{GoldArticle, Level, RelationReader, read_marked, score_documents};
use demarche::lexicon::{Frames, WordFields};
use demarche::mention::MentionFinder;
use demarche::relation::{RelationModel, SceneReader};

use crate::cli::exit::Exit;
use crate::cli::session::{Session, analyser};

/// Measure the coder on labelled pairs and on articles with gold events
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) what: EvalCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    /// Answer for marked pairs: what does the source do to the target?
    ///
    /// Reads a tab-separated table with columns `uid` and `marked_sentence`, in which `<s>source</s>`
    /// and `<t>target</t>` are marked; a row may lack a target. Writes `uid`, `root`, `quad`,
    /// `binary` (0 cooperation, 1 conflict), `cameo` and `score`. Roots are those of PLV: CONCEDE and
    /// RETREAT are YIELD, planned cooperation is AGREE, planned material conflict THREATEN, sanctions
    /// and embargoes COERCE.
    Relations {
        /// The table
        #[arg(value_name = "FILE.tsv")]
        file: PathBuf,
        /// File to write; standard output if left out
        #[arg(long, value_name = "PRED.tsv")]
        out: Option<PathBuf>,
        /// Answer `none` where no act is likely
        #[arg(long)]
        abstain: bool,
    },
    /// Score whole articles against gold events: precision, recall and F1 at each level
    ///
    /// Each line is a JSON object: an article with `text`, and `doc_id`, `title` and `published` if
    /// known, and its gold `events`, each with `source_id`, `target_id` (and `source_country`,
    /// `target_country` where the id does not say), `type`, `cameo`, `status`, `date` and `symmetric`.
    Documents {
        /// The articles
        #[arg(value_name = "GOLD.jsonl")]
        file: PathBuf,
    },
}

pub(crate) fn run(args: &EvalArgs, session: &Session) -> Result<Exit> {
    match &args.what {
        EvalCommand::Relations { file, out, abstain } => {
            let table = fs::read_to_string(file).with_context(|| file.display().to_string())?;
            let answers =
                relations(&table, *abstain, session).with_context(|| file.display().to_string())?;
            match out {
                Some(out) => {
                    fs::write(out, answers).with_context(|| out.display().to_string())?;
                }
                None => io::stdout().write_all(answers.as_bytes())?,
            }
        }
        EvalCommand::Documents { file } => {
            let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
            documents(&file.display().to_string(), &text, session)?;
        }
    }
    Ok(Exit::Done)
}

fn relations(table: &str, abstain: bool, session: &Session) -> Result<String> {
    use std::fmt::Write as _;

    let mut lines = (1..)
        .zip(table.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    let (_, head) = lines.next().ok_or_else(|| anyhow!("the table is empty"))?;
    let names: Vec<&str> = head.trim_start_matches('\u{feff}').split('\t').collect();
    let column = |name: &str| {
        let place = names.iter().position(|known| known.trim() == name);
        place.ok_or_else(|| anyhow!("there is no column `{name}` in `{}`", names.join("`, `")))
    };
    let (uid, marked) = (column("uid")?, column("marked_sentence")?);
    let lexicon = session.lexicon_at_hand()?;
    let finder = MentionFinder::new(&lexicon);
    let words = (Frames::bundled()?, WordFields::bundled()?);
    let reader = SceneReader::new(&lexicon, analyser()?, words);
    let answerer = RelationReader::new(&reader, &finder, RelationModel::bundled()?);
    let mut out = String::from("uid\troot\tquad\tbinary\tcameo\tscore\n");
    for (number, line) in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |at: usize| fields.get(at).map(|field| field.trim_matches('"'));
        let (Some(uid), Some(marked)) = (field(uid), field(marked)) else {
            bail!(
                "line {number}: expected {} columns, found {}",
                names.len(),
                fields.len()
            );
        };
        let pair = read_marked(marked)
            .ok_or_else(|| anyhow!("line {number}: the marks of `{uid}` make no sense"))?;
        let answer = answerer.answer(&pair);
        if abstain && answer.any < 0.5 {
            writeln!(out, "{uid}\tnone\t0\t-\t-\t{:.3}", 1.0 - answer.any)?;
        } else {
            writeln!(
                out,
                "{uid}\t{}\t{}\t{}\t{}\t{:.3}",
                answer.root, answer.quad, answer.binary, answer.cameo, answer.score
            )?;
        }
    }
    Ok(out)
}

fn documents(name: &str, text: &str, session: &Session) -> Result<()> {
    let articles = GoldArticle::parse_lines(name, text)?;
    if articles.is_empty() {
        bail!("{name} holds no article");
    }
    let lexicon = session.lexicon_at_hand()?;
    let coder = Coder::new(&lexicon, analyser()?)?;
    let found: Vec<_> = articles
        .iter()
        .map(|article| coder.code(&article.article).events)
        .collect();
    let scores = score_documents(articles.iter().zip(&found).map(|(gold, events)| {
        (
            gold.article.text.as_str(),
            gold.events.as_slice(),
            events.as_slice(),
        )
    }));
    let mut out = io::stdout().lock();
    writeln!(out, "level\texpected\tfound\tright\tprecision\trecall\tf1")?;
    for (level, count) in Level::ALL.iter().zip(scores.levels) {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{:.4}\t{:.4}\t{:.4}",
            level.name(),
            count.expected,
            count.found,
            count.right,
            count.precision(),
            count.recall(),
            count.f1()
        )?;
    }
    let right = scores.levels[1].right;
    writeln!(out, "status right\t{right}\t\t{}", scores.status_right)?;
    writeln!(out, "date right\t{}\t\t{}", scores.dated, scores.date_right)?;
    writeln!(
        out,
        "same day\t{}\t\t{}",
        scores.day_dated, scores.day_right
    )?;
    writeln!(
        out,
        "false in articles without events\t{}\t{}\t",
        scores.empty_articles, scores.false_in_empty
    )?;
    Ok(())
}
