//! The stores that are broken, and what is known of them.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, ensure};
use demarche::bench::{Dump, Generator, Known, lost_between};
use serde_json::json;

use crate::cli::bench::child::{Program, Ran, run};
use crate::cli::bench::generate::{self, options};
use crate::cli::bench::stress::files::{clear, copy};
use crate::cli::bench::stress::report::{Judged, Outcome};

/// A damaged length may make a program ask for all memory there is; 6 GiB are plenty.
const MEMORY: &str = "ulimit -v 6291456";

/// What people ask; in a store that is whole, the answers must be those of the undisturbed one.
const QUESTIONS: [&[&str]; 4] = [
    &["contacts", "Russia", "--format", "jsonl"],
    &["between", "Russia", "Ukraine", "--format", "jsonl"],
    &["events", "Iran", "--format", "jsonl"],
    &[
        "events", "--from", "2019", "--status", "all", "--format", "jsonl",
    ],
];

/// Events of the large store, for each that the articles to ingest tell.
const LARGER: u64 = 8;

/// What all cases start from.
pub(super) struct Ground {
    pub(super) program: Program,
    pub(super) folder: PathBuf,
    /// The articles to ingest as a file, in the order in which they are acknowledged.
    pub(super) input: PathBuf,
    /// What is known when they are ingested into a new store.
    pub(super) fresh: World,
    /// What is known when they are ingested into the store of a restored backup.
    pub(super) grown: World,
    /// The store of the restored backup.
    pub(super) restored: PathBuf,
    /// The same with the articles ingested.
    pub(super) base: PathBuf,
}

/// A store that nothing happened to, and what it says.
pub(super) struct World {
    program: Program,
    pub(super) known: Known,
    answers: Vec<(Option<i32>, String)>,
    /// How many of its articles were there before the ingest.
    pub(super) before: usize,
}

impl Ground {
    /// Makes the stores that nothing happens to; about `events` are told in the articles.
    pub(super) fn lay(folder: &Path, events: u64, seed: u64) -> Result<Self> {
        let program = Program::own()?;
        let at = |name: &str| folder.join(name);
        let (input, backup) = (at("articles.jsonl"), at("backup.jsonl"));
        let order = write_articles(&input, events, seed)?;
        let (alone, restored, base) = (at("alone"), at("restored"), at("base"));
        ingest(&program, &alone, &input)?;
        let fresh = World::of(&program, &alone, (Vec::new(), order.clone()))?;
        clear(&alone)?;
        let mut before = Vec::new();
        let larger = options(LARGER * events, seed ^ 0xba5e);
        generate::write(&backup, larger, |id| before.push(id))?;
        program.demand(&restored, &["db", "restore", &backup.display().to_string()])?;
        fs::remove_file(&backup)?;
        copy(&restored, &base)?;
        ingest(&program, &base, &input)?;
        let grown = World::of(&program, &base, (before, order))?;
        let ground = Self {
            program,
            folder: folder.to_owned(),
            input,
            fresh,
            grown,
            restored,
            base,
        };
        ground.prove()?;
        Ok(ground)
    }

    /// Proves that a loss would be seen: the store before the ingest lacks what came with it.
    fn prove(&self) -> Result<()> {
        let store = self.case()?.join("store");
        copy(&self.restored, &store)?;
        let judged = self.grown.judge(&store, self.grown.all())?;
        let is_seen = judged.lost == self.grown.all() - self.grown.before;
        ensure!(
            is_seen && !judged.faults.is_empty(),
            "a store that lacks articles is not found out: nothing that is told here would hold"
        );
        Ok(())
    }

    /// Returns a folder for a case, with nothing in it.
    pub(super) fn case(&self) -> Result<PathBuf> {
        let case = self.folder.join("case");
        clear(&case)?;
        fs::create_dir_all(&case)?;
        Ok(case)
    }
}

impl World {
    fn of(
        program: &Program,
        store: &Path,
        (before, order): (Vec<String>, Vec<String>),
    ) -> Result<Self> {
        let whole = Dump::parse(&program.demand(store, &["bench", "dump"])?.out);
        let count = before.len();
        let known = Known::new(whole, [before, order].concat())
            .ok_or_else(|| anyhow!("the undisturbed store does not hold what was put"))?;
        let mut answers = Vec::new();
        for question in QUESTIONS {
            let ran = program.run(store, question)?;
            answers.push((ran.code, ran.out));
        }
        if answers.iter().all(|(code, _)| *code != Some(0)) {
            return Err(anyhow!("the undisturbed store answers no question"));
        }
        Ok(Self {
            program: program.clone(),
            known,
            answers,
            before: count,
        })
    }

    /// How many articles there are in the end.
    pub(super) fn all(&self) -> usize {
        self.known.articles()
    }

    fn asked(&self, store: &Path, words: &[&str]) -> Result<Ran> {
        run(self.program.call_after(MEMORY, store, words))
    }

    /// Says what became of a store of which the first `promised` articles were acknowledged, and
    /// repairs it if it needs that.
    pub(super) fn judge(&self, store: &Path, promised: usize) -> Result<Judged> {
        let ran = self.asked(store, &["bench", "dump"])?;
        if promised == 0 && ran.err.contains("there is no store") {
            return Ok(Judged::WHOLE);
        }
        let dump = Dump::parse(&ran.out);
        let mut faults = Vec::new();
        mind(&ran, "reading", &mut faults);
        let found = self.known.compare(&dump, promised);
        if !found.wrong.is_empty() {
            faults.push(format!("{} articles are wrong", found.wrong.len()));
        }
        let check = self.asked(store, &["db", "check"])?;
        mind(&check, "`db check`", &mut faults);
        let is_read = ran.code == Some(0) && dump.is_whole();
        if is_read && !found.missing.is_empty() && check.code == Some(0) {
            let count = found.missing.len();
            faults.push(format!("{count} acknowledged articles are gone in silence"));
        }
        if !is_read && check.code == Some(0) {
            faults.push("`db check` finds sound what cannot be read".to_owned());
        }
        if promised == self.all() {
            self.question(store, &mut faults)?;
        }
        if is_read && check.code == Some(0) {
            let lost = found.missing.len();
            let outcome = if lost == 0 {
                Outcome::Whole
            } else {
                Outcome::InPart
            };
            return Ok(Judged {
                outcome,
                lost,
                faults,
            });
        }
        self.repair(store, &dump, promised, faults)
    }

    /// Asks what people ask: the right answer, or an error; nothing else.
    fn question(&self, store: &Path, faults: &mut Vec<String>) -> Result<()> {
        for (question, (code, answer)) in QUESTIONS.iter().zip(&self.answers) {
            let ran = self.asked(store, question)?;
            mind(&ran, question.first().unwrap_or(&""), faults);
            let says_why = ran.code == Some(4) && !ran.err.trim().is_empty();
            let is_right = ran.code == *code && ran.out == *answer;
            if !is_right && !says_why {
                let call = question.join(" ");
                faults.push(format!("`{call}` is answered wrongly in silence"));
            }
        }
        Ok(())
    }

    fn repair(
        &self,
        store: &Path,
        before: &Dump,
        promised: usize,
        mut faults: Vec<String>,
    ) -> Result<Judged> {
        let repair = self.asked(store, &["db", "repair"])?;
        mind(&repair, "`db repair`", &mut faults);
        let ran = self.asked(store, &["bench", "dump"])?;
        mind(&ran, "reading after repair", &mut faults);
        let dump = Dump::parse(&ran.out);
        let found = self.known.compare(&dump, promised);
        if !found.wrong.is_empty() {
            faults.push(format!(
                "{} articles are wrong after repair",
                found.wrong.len()
            ));
        }
        let taken = lost_between(before, &dump).len();
        if taken > 0 {
            faults.push(format!("repair lost {taken} articles that could be read"));
        }
        let lost = found.missing.len();
        let is_usable = ran.code == Some(0) && dump.is_whole();
        if is_usable {
            let check = self.asked(store, &["db", "check"])?;
            if check.code != Some(0) {
                faults.push(format!(
                    "after repair it is not sound: {}",
                    check.out.trim()
                ));
            }
            if lost > 0 && repair.code == Some(0) && !repair.told_of_loss() {
                faults.push(format!("repair lost {lost} articles in silence"));
            }
        }
        let outcome = match (is_usable, lost) {
            (true, 0) => Outcome::Repaired,
            (true, lost) if lost < promised => Outcome::InPart,
            _ => Outcome::Beyond,
        };
        if outcome == Outcome::Beyond && before.articles() > 0 {
            faults.push(format!("repair brought nothing back: {}", repair.told()));
        }
        Ok(Judged {
            outcome,
            lost,
            faults,
        })
    }
}

/// Returns the first and the last line of what may be a thousand.
pub(super) fn ends(told: &str) -> String {
    let mut lines = told.lines();
    match (lines.next(), lines.next_back()) {
        (Some(first), Some(last)) => format!("{first} … {last}"),
        (first, _) => first.unwrap_or_default().to_owned(),
    }
}

/// Notes where a child fell down, or failed and did not say why.
pub(super) fn mind(ran: &Ran, what: &str, faults: &mut Vec<String>) {
    if ran.crashed() {
        faults.push(format!("{what} fell down: {}", ran.told()));
    } else if ran.code != Some(0) && ran.err.trim().is_empty() && ran.out.trim().is_empty() {
        faults.push(format!("{what} failed and did not say why"));
    }
}

impl Ran {
    /// Says whether a repair that came to its end named what it had to leave out.
    fn told_of_loss(&self) -> bool {
        let told = format!("{}{}", self.out, self.err);
        ["lost", "left out", "damaged"]
            .iter()
            .any(|word| told.contains(word))
    }
}

fn ingest(program: &Program, store: &Path, input: &Path) -> Result<Ran> {
    let input = input.display().to_string();
    program.demand(
        store,
        &["ingest", "--progress", "none", "--threads", "1", &input],
    )
}

/// Writes invented articles for an ingest; returns their ids in order.
fn write_articles(path: &Path, events: u64, seed: u64) -> Result<Vec<String>> {
    let mut order = Vec::new();
    let mut file = BufWriter::new(File::create(path)?);
    for (article, _) in Generator::new(options(events, seed)) {
        order.push(article.id.to_string());
        let published = article.published.map(|published| published.day.to_string());
        let line = json!({
            "outlet": article.outlet,
            "url": article.url,
            "title": article.title,
            "date": published,
            "text": article.text,
        });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(order)
}
