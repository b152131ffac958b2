//! kill -9 in the middle of everything that writes, and of opening.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use demarche::bench::Seeded;

use crate::cli::bench::child::acknowledgements;
use crate::cli::bench::stress::files::{clear, copy};
use crate::cli::bench::stress::ground::{Ground, World, ends};
use crate::cli::bench::stress::report::{Judged, Outcome, Report};

/// What is killed, with its share of all kills in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Ingest,
    IngestMore,
    Compact,
    Backup,
    Open,
    Migrate,
}

const WORK: [(Work, u64); 6] = [
    (Work::Ingest, 25),
    (Work::IngestMore, 15),
    (Work::Compact, 20),
    (Work::Backup, 15),
    (Work::Open, 15),
    (Work::Migrate, 10),
];

impl Work {
    const fn name(self) -> &'static str {
        match self {
            Self::Ingest => "kill: ingest",
            Self::IngestMore => "kill: ingest into a large store",
            Self::Compact => "kill: compact",
            Self::Backup => "kill: backup",
            Self::Open => "kill: open after a kill",
            Self::Migrate => "kill: migrate",
        }
    }
}

/// A piece of work that can be done again and again from the same start.
struct Task<'a> {
    ground: &'a Ground,
    world: &'a World,
    work: Work,
    /// The store that it starts from; nothing for a new one.
    from: Option<&'a Path>,
    /// How many articles are acknowledged before it starts.
    promised: usize,
    words: Vec<String>,
    /// How long it takes when nothing happens.
    takes: Duration,
}

/// Kills so often, spread over all work.
pub(super) fn kills(
    ground: &Ground,
    old_store: Option<&Path>,
    count: u64,
    seed: u64,
    report: &mut Report,
) -> Result<()> {
    let mut random = Seeded::new(seed ^ 0x6b11);
    let dirty = ground.folder.join("dirty");
    let promised_dirty = leave_dirty(ground, &dirty)?;
    for (order, (work, share)) in (0..).zip(WORK) {
        let (fresh, grown) = (&ground.fresh, &ground.grown);
        let base = ground.base.as_path();
        let (from, world, promised) = match work {
            Work::Ingest => (None, fresh, 0),
            Work::IngestMore => (Some(ground.restored.as_path()), grown, grown.before),
            Work::Compact | Work::Backup => (Some(base), grown, grown.all()),
            Work::Open => (Some(dirty.as_path()), grown, promised_dirty),
            Work::Migrate => match old_store {
                Some(old) => (Some(old), fresh, 0),
                None => continue,
            },
        };
        let mut task = Task {
            ground,
            world,
            work,
            from,
            promised,
            words: words(ground, work),
            takes: Duration::ZERO,
        };
        let undisturbed = task.undisturbed()?;
        for number in 0..(count * share).div_ceil(100) {
            let hundredths = random.below(108);
            let judged = task.kill(hundredths, &undisturbed)?;
            let name = format!("kill {number} at {hundredths} % of its time");
            report.add((order, work.name()), &name, &judged);
        }
    }
    clear(&dirty)
}

fn words(ground: &Ground, work: Work) -> Vec<String> {
    let input = ground.input.display().to_string();
    let backup = backup_of(&ground.folder.join("case")).display().to_string();
    let words: &[&str] = match work {
        Work::Ingest | Work::IngestMore => {
            &["ingest", "--progress", "lines", "--threads", "1", &input]
        }
        Work::Compact => &["db", "compact"],
        Work::Backup => &["db", "backup", &backup],
        Work::Open => &["db", "stats"],
        Work::Migrate => &["db", "migrate"],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn backup_of(case: &Path) -> PathBuf {
    case.join("backup")
}

/// Leaves a store as a kill in the middle of an ingest does; returns how many articles of it were
/// acknowledged.
fn leave_dirty(ground: &Ground, dirty: &Path) -> Result<usize> {
    let mut task = Task {
        ground,
        world: &ground.grown,
        work: Work::IngestMore,
        from: Some(&ground.restored),
        promised: ground.grown.before,
        words: words(ground, Work::IngestMore),
        takes: Duration::ZERO,
    };
    task.undisturbed()?;
    let store = task.begin()?;
    let (promised, _) = task.strike(&store, 70)?;
    copy(&store, dirty)?;
    Ok(promised)
}

impl Task<'_> {
    /// Puts the start in place and returns the store to work on.
    fn begin(&self) -> Result<PathBuf> {
        let store = self.ground.case()?.join("store");
        if let Some(from) = self.from {
            copy(from, &store)?;
        }
        Ok(store)
    }

    fn whole_words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    /// Does the work without a kill, to know how long it takes, and returns what the store then
    /// says.
    fn undisturbed(&mut self) -> Result<String> {
        let store = self.begin()?;
        let ran = self.ground.program.demand(&store, &self.whole_words())?;
        self.takes = ran.took;
        Ok(self.ground.program.demand(&store, &["bench", "dump"])?.out)
    }

    /// Starts the work and kills it after so many hundredths of its time; returns how many articles
    /// are acknowledged then, and whether it was still at work.
    fn strike(&self, store: &Path, hundredths: u64) -> Result<(usize, bool)> {
        let mut child = self.ground.program.call(store, &self.words).spawn()?;
        let count = Arc::new(AtomicUsize::new(0));
        let told = Arc::clone(&count);
        let stream = child.stderr.take().context("no standard error")?;
        let reader = acknowledgements(stream, move |now| told.store(now, Ordering::SeqCst));
        let takes = u64::try_from(self.takes.as_micros()).unwrap_or(u64::MAX);
        thread::sleep(Duration::from_micros(takes / 100 * hundredths));
        let is_at_work = child.try_wait()?.is_none();
        child.kill()?;
        child.wait()?;
        // What it told before it died was promised.
        drop(reader.join());
        let promised = match self.work {
            Work::Ingest | Work::IngestMore => self.promised + count.load(Ordering::SeqCst),
            _ => self.promised,
        };
        Ok((promised, is_at_work))
    }

    /// Kills, judges what is left, and does the work once more, which must then succeed.
    fn kill(&self, hundredths: u64, undisturbed: &str) -> Result<Judged> {
        let store = self.begin()?;
        let (promised, _) = self.strike(&store, hundredths)?;
        if self.work == Work::Migrate {
            return self.again(&store, undisturbed, Judged::WHOLE);
        }
        let mut judged = self.world.judge(&store, promised)?;
        if judged.outcome != Outcome::Whole {
            judged
                .faults
                .push("a kill must leave a store that needs no repair".to_owned());
        }
        if self.work == Work::Backup {
            self.backup(&store, &mut judged)?;
        }
        self.again(&store, undisturbed, judged)
    }

    /// A backup that has its name is whole.
    fn backup(&self, store: &Path, judged: &mut Judged) -> Result<()> {
        let folder = store.parent().unwrap_or(store);
        let (backup, restored) = (backup_of(folder), folder.join("restored"));
        if !backup.exists() {
            return Ok(());
        }
        let from = backup.display().to_string();
        let ran = self
            .ground
            .program
            .run(&restored, &["db", "restore", &from])?;
        if ran.code != Some(0) {
            judged
                .faults
                .push(format!("the backup is not whole: {}", ran.told()));
        }
        std::fs::remove_file(&backup)?;
        clear(&restored)
    }

    fn again(&self, store: &Path, undisturbed: &str, mut judged: Judged) -> Result<Judged> {
        let ran = self.ground.program.run(store, &self.whole_words())?;
        // A migration that was done cannot be done again, and says so.
        if ran.code != Some(0) && self.work != Work::Migrate {
            judged
                .faults
                .push(format!("the same call again fails: {}", ran.told()));
        }
        let dump = self.ground.program.run(store, &["bench", "dump"])?;
        let is_partial = self.work == Work::Open;
        if dump.code != Some(0) || (!is_partial && dump.out != undisturbed) {
            judged.faults.push(format!(
                "the same call again does not complete the work: {}",
                dump.told()
            ));
        }
        let check = self.ground.program.run(store, &["db", "check"])?;
        if check.code != Some(0) {
            judged
                .faults
                .push(format!("it is not sound in the end: {}", ends(&check.out)));
        }
        self.tidy(store, &mut judged)?;
        Ok(judged)
    }

    /// Nothing may stay beside the store.
    fn tidy(&self, store: &Path, judged: &mut Judged) -> Result<()> {
        let folder = store.parent().unwrap_or(store);
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let is_kept = self.work == Work::Migrate && path.extension().is_some();
            if path != store && path != backup_of(folder) && !is_kept {
                judged
                    .faults
                    .push(format!("left behind: {}", path.display()));
            }
        }
        Ok(())
    }
}
