//! Disks that are full, and files that may not grow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use demarche::bench::Seeded;

use crate::cli::bench::child::{Ran, counts, run};
use crate::cli::bench::stress::files::{copy, files_of};
use crate::cli::bench::stress::ground::{Ground, mind};
use crate::cli::bench::stress::report::{Judged, Outcome, Report};

const ORDER: u32 = 300;

/// Space that is enough for everything, in KiB.
const PLENTY: u64 = 512 * 1024;

/// A file system in memory that is unmounted when it is dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one of so many KiB; nothing where that is not allowed.
    fn mount(folder: &Path, kibibytes: u64) -> Result<Option<Self>> {
        fs::create_dir_all(folder)?;
        let is_mounted = quiet(
            Command::new("mount")
                .args(["-t", "tmpfs", "-o", &format!("size={kibibytes}k"), "tmpfs"])
                .arg(folder),
        );
        Ok(is_mounted.then(|| Self(folder.to_owned())))
    }

    fn resize(&self, kibibytes: u64) -> bool {
        let size = format!("remount,size={kibibytes}k");
        quiet(Command::new("mount").args(["-o", &size]).arg(&self.0))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        quiet(Command::new("umount").arg(&self.0));
    }
}

fn quiet(command: &mut Command) -> bool {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What is being done when there is no space left.
const WORK: [(&str, &[&str]); 3] = [
    (
        "ingest",
        &["ingest", "--progress", "lines", "--threads", "1"],
    ),
    ("compact", &["db", "compact"]),
    ("backup", &["db", "backup"]),
];

/// Lets the work meet so many full disks, or limits where none can be mounted, and as many limits
/// of the size of a file.
pub(super) fn disks(ground: &Ground, count: u64, seed: u64, report: &mut Report) -> Result<()> {
    let mut random = Seeded::new(seed ^ 0xd15c);
    let mut bytes = 0;
    for file in files_of(&ground.base)? {
        bytes += fs::metadata(ground.base.join(file))?.len();
    }
    let size = bytes / 1024;
    for number in 0..count {
        // Half of the points are those of ingest.
        let which = if number % 2 == 0 {
            0
        } else {
            1 + (number / 2) % 2
        };
        let (name, words) = WORK
            .get(usize::try_from(which).unwrap_or(0))
            .copied()
            .unwrap_or(WORK[0]);
        // A new store needs room for what it will hold; an old one is there before the disk is full.
        let free = random.below(size.max(1));
        let judged = full_disk(ground, (name, words), size, free)?;
        if let Some(judged) = judged {
            let told = format!("{free} KiB free");
            report.add((ORDER, &format!("full disk: {name}")), &told, &judged);
        }
        if name == "ingest" {
            let judged = small_files(ground, words, free)?;
            let told = format!("files of at most {free} KiB");
            report.add((ORDER, "write error: ingest"), &told, &judged);
        }
    }
    Ok(())
}

/// Works on a disk of its own; nothing where none can be mounted.
fn full_disk(
    ground: &Ground,
    (name, words): (&str, &[&str]),
    size: u64,
    free: u64,
) -> Result<Option<Judged>> {
    let folder = ground.case()?.join("disk");
    let Some(disk) = SmallDisk::mount(&folder, PLENTY)? else {
        return Ok(None);
    };
    let store = folder.join("store");
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let promised = match name {
        "ingest" => {
            words.push(ground.input.display().to_string());
            0
        }
        "backup" => {
            words.push(folder.join("backup").display().to_string());
            ground.known.articles()
        }
        _ => ground.known.articles(),
    };
    let room = if promised == 0 {
        free.max(16)
    } else {
        copy(&ground.base, &store)?;
        size + free / 4 + 64
    };
    ensure!(disk.resize(room), "the small disk cannot be made smaller");
    let (ran, acknowledged) = work(ground.program.call(&store, &words))?;
    // The disk is given room again, as people do.
    ensure!(disk.resize(PLENTY), "the small disk cannot be made larger");
    let judged = after(ground, &store, (&ran, name), promised.max(acknowledged))?;
    drop(disk);
    Ok(Some(judged))
}

/// Works where no file may grow beyond a size.
fn small_files(ground: &Ground, words: &[&str], kibibytes: u64) -> Result<Judged> {
    let store = ground.case()?.join("store");
    let input = ground.input.display().to_string();
    // Blocks of 512 bytes, as POSIX has them; without the trap the signal would end the program.
    let limit = format!("trap '' XFSZ; ulimit -f {}", 2 * kibibytes.max(8));
    let words = words.iter().copied().chain([input.as_str()]);
    let (ran, acknowledged) = work(ground.program.call_after(&limit, &store, words))?;
    after(ground, &store, (&ran, "ingest"), acknowledged)
}

/// Runs a call and counts what it acknowledges.
fn work(command: Command) -> Result<(Ran, usize)> {
    let ran = run(command)?;
    let count = counts(ran.err.as_bytes()).last().unwrap_or(0);
    Ok((ran, count))
}

/// Judges what is left, and does the rest of the work with room for it.
fn after(
    ground: &Ground,
    store: &Path,
    (ran, name): (&Ran, &str),
    promised: usize,
) -> Result<Judged> {
    let mut faults = Vec::new();
    mind(ran, name, &mut faults);
    let mut judged = ground.judge(store, promised)?;
    if judged.outcome != Outcome::Whole {
        faults.push("a full disk must leave a store that needs no repair".to_owned());
    }
    if ran.code == Some(0) && name == "ingest" && promised == 0 {
        let found = ground.judge(store, ground.known.articles())?;
        faults.extend(found.faults);
    }
    let again = ground.ingest(store);
    if let Err(error) = again {
        faults.push(format!("with room again: {error:#}"));
    } else {
        let end = ground.judge(store, ground.known.articles())?;
        if end.outcome != Outcome::Whole {
            faults.push("with room again not everything is there".to_owned());
        }
        faults.extend(end.faults);
    }
    judged.faults.append(&mut faults);
    Ok(judged)
}
