//! Power cuts: what was flushed is on disk, of what came after some is and some is not.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc;

use anyhow::{Context, Result, ensure};
use demarche::bench::{Seeded, Tear};

use crate::cli::bench::child::acknowledgements;
use crate::cli::bench::stress::files::{clear, copy, files_of};
use crate::cli::bench::stress::ground::Ground;
use crate::cli::bench::stress::report::Report;

const ORDER: u32 = 400;

/// The files of a store at one moment of an ingest.
struct Moment {
    folder: PathBuf,
    /// How many articles were acknowledged by then.
    promised: usize,
    /// Which file lay under each name: a file that was renamed into its place is another one.
    files: Vec<(PathBuf, u64)>,
}

/// Copies the store at each acknowledgement of an ingest, and cuts the power between any two, so
/// often for each way in which pages are lost.
pub(super) fn cuts(ground: &Ground, count: u64, seed: u64, report: &mut Report) -> Result<()> {
    let mut random = Seeded::new(seed ^ 0x90e7);
    let moments = watch(ground)?;
    ensure!(
        moments.len() > 1,
        "the ingest was over before it was watched"
    );
    for tear in Tear::ALL {
        // Half of the cuts tear what was being written, the others come before or after that.
        let halves = REACHED
            .iter()
            .flat_map(|reached| [Reached::Writes, *reached]);
        for (number, reached) in (0..count).zip(halves.cycle()) {
            let at = random.place(moments.len() - 1);
            let (Some(before), Some(after)) = (moments.get(at), moments.get(at + 1)) else {
                continue;
            };
            let store = ground.case()?.join("store");
            tear_between((*tear, reached), (before, after), &store, &mut random)?;
            let judged = ground.grown.judge(&store, before.promised)?;
            let name = format!("{number}, {reached:?}, after {} articles", before.promised);
            report.add(
                (ORDER, &format!("power cut: {}", tear.name())),
                &name,
                &judged,
            );
        }
    }
    for moment in &moments {
        clear(&moment.folder)?;
    }
    Ok(())
}

/// Ingests, halts the process at each acknowledgement, and copies what lies on disk.
fn watch(ground: &Ground) -> Result<Vec<Moment>> {
    let store = ground.case()?.join("store");
    copy(&ground.restored, &store)?;
    let input = ground.input.display().to_string();
    let words = ["ingest", "--progress", "lines", "--threads", "1", &input];
    let mut moments = vec![moment(ground, &store, 0, ground.grown.before)?];
    let mut child = ground.program.call(&store, words).spawn()?;
    let (sender, told) = mpsc::channel();
    let stream = child.stderr.take().context("no standard error")?;
    let reader = acknowledgements(stream, move |count| {
        // Whoever listened has failed, and says so.
        let _sent = sender.send(count);
    });
    for count in told {
        let promised = ground.grown.before + count;
        signal(&child, "-STOP")?;
        moments.push(moment(ground, &store, moments.len(), promised)?);
        signal(&child, "-CONT")?;
    }
    drop(reader.join());
    let status = child.wait()?;
    ensure!(status.success(), "the watched ingest failed");
    moments.push(moment(ground, &store, moments.len(), ground.grown.all())?);
    Ok(moments)
}

fn signal(child: &Child, name: &str) -> Result<()> {
    // A child that has just ended cannot be halted, and need not be.
    Command::new("kill")
        .args([name, &child.id().to_string()])
        .stderr(std::process::Stdio::null())
        .status()
        .context("`kill` cannot be run")?;
    Ok(())
}

fn moment(ground: &Ground, store: &Path, number: usize, promised: usize) -> Result<Moment> {
    let folder = ground.folder.join(format!("moment-{number}"));
    copy(store, &folder)?;
    let mut files = Vec::new();
    for file in files_of(&folder)? {
        // It may have gone since.
        if let Ok(metadata) = fs::metadata(store.join(&file)) {
            files.push((file, metadata.ino()));
        }
    }
    Ok(Moment {
        folder,
        promised,
        files,
    })
}

/// How far a program that keeps an order has come when the power goes: it makes new files and syncs
/// them, then writes to those that stay, and only when that is synced puts others into their place
/// and removes what nobody needs any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// Some new files are there, and nothing speaks of them.
    NewFiles,
    /// The new files are there; of what was written to the others, some has reached the disk.
    Writes,
    /// All of that is there; some files are replaced and some removed.
    Replacements,
}

const REACHED: [Reached; 3] = [Reached::Writes, Reached::NewFiles, Reached::Replacements];

/// Makes what is found when the power goes between two moments.
fn tear_between(
    (tear, reached): (Tear, Reached),
    (before, after): (&Moment, &Moment),
    store: &Path,
    random: &mut Seeded,
) -> Result<()> {
    copy(&before.folder, store)?;
    for (file, inode) in &after.files {
        let new = fs::read(after.folder.join(file))?;
        let old = before.files.iter().find(|(name, _)| name == file);
        let found = match old {
            None if reached == Reached::NewFiles && random.happens(500) => continue,
            None => new,
            Some((_, old_inode)) if old_inode == inode => match reached {
                Reached::NewFiles => continue,
                Reached::Replacements => new,
                Reached::Writes => {
                    let old = fs::read(before.folder.join(file))?;
                    tear.apply(&old, &new, random)
                }
            },
            Some(_) if reached == Reached::Replacements && random.happens(500) => new,
            Some(_) => continue,
        };
        let path = store.join(file);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, found)?;
    }
    for (file, _) in &before.files {
        let is_gone = !after.files.iter().any(|(name, _)| name == file);
        if is_gone && reached == Reached::Replacements && random.happens(500) {
            fs::remove_file(store.join(file))?;
        }
    }
    Ok(())
}
