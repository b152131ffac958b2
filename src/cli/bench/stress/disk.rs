//! Disks that are full, and files that may not grow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use demarche::bench::Seeded;

use crate::cli::bench::child::{Ran, counts, run};
use crate::cli::bench::stress::files::{copy, files_of};
use crate::cli::bench::stress::ground::{Ground, World, mind};
use crate::cli::bench::stress::report::{Judged, Outcome, Report};

const ORDER: u32 = 300;

/// Space that is enough for everything, in KiB.
const PLENTY: u64 = 512 * 1024;

/// What folders take beside their files, in KiB.
const FOLDERS: u64 = 32;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Ingest,
    IngestMore,
    Compact,
    Backup,
}

/// In turn; half of the points are those of ingest.
const WORK: [Work; 4] = [Work::Ingest, Work::Compact, Work::IngestMore, Work::Backup];

/// A piece of work with what it starts from.
struct Task<'a> {
    ground: &'a Ground,
    work: Work,
    world: &'a World,
    from: Option<&'a Path>,
    promised: usize,
}

impl Work {
    const fn name(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::IngestMore => "ingest into a large store",
            Self::Compact => "compact",
            Self::Backup => "backup",
        }
    }

    fn task(self, ground: &Ground) -> Task<'_> {
        let (fresh, grown) = (&ground.fresh, &ground.grown);
        let (world, from, promised) = match self {
            Self::Ingest => (fresh, None, 0),
            Self::IngestMore => (grown, Some(ground.restored.as_path()), grown.before),
            Self::Compact | Self::Backup => (grown, Some(ground.base.as_path()), grown.all()),
        };
        Task {
            ground,
            work: self,
            world,
            from,
            promised,
        }
    }
}

/// Lets the work meet so many full disks, where they can be mounted, and the ingests among it as
/// many limits of the size of a file.
pub(super) fn disks(ground: &Ground, count: u64, seed: u64, report: &mut Report) -> Result<()> {
    let mut random = Seeded::new(seed ^ 0xd15c);
    let (base, restored) = (size_of(&ground.base)?, size_of(&ground.restored)?);
    for work in (0..count).zip(WORK.iter().cycle()).map(|(_, work)| *work) {
        let task = work.task(ground);
        let wanted = match work {
            Work::Ingest | Work::IngestMore => base.saturating_sub(restored),
            Work::Compact => base,
            Work::Backup => base / 2,
        };
        let free = random.below(wanted.max(64));
        let name = work.name();
        if let Some(judged) = task.on_full_disk(free)? {
            let told = format!("{free} KiB free");
            report.add((ORDER, &format!("full disk: {name}")), &told, &judged);
        }
        if matches!(work, Work::Ingest | Work::IngestMore) {
            let largest = 8 + random.below(base.max(64));
            let judged = task.with_small_files(largest)?;
            let told = format!("files of at most {largest} KiB");
            report.add((ORDER, &format!("write error: {name}")), &told, &judged);
        }
    }
    Ok(())
}

/// Returns what the files of a folder take on a disk of pages, in KiB.
fn size_of(folder: &Path) -> Result<u64> {
    let mut kibibytes = 0;
    for file in files_of(folder)? {
        kibibytes += fs::metadata(folder.join(file))?.len().div_ceil(4096) * 4;
    }
    Ok(kibibytes)
}

impl Task<'_> {
    fn words(&self, folder: &Path) -> Vec<String> {
        let input = self.ground.input.display().to_string();
        let backup = folder.join("backup").display().to_string();
        let words: &[&str] = match self.work {
            Work::Ingest | Work::IngestMore => {
                &["ingest", "--progress", "lines", "--threads", "1", &input]
            }
            Work::Compact => &["db", "compact"],
            Work::Backup => &["db", "backup", &backup],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// Works on a disk of its own with so many KiB left; nothing where none can be mounted.
    fn on_full_disk(&self, free: u64) -> Result<Option<Judged>> {
        let folder = self.ground.case()?.join("disk");
        let Some(disk) = SmallDisk::mount(&folder, PLENTY)? else {
            return Ok(None);
        };
        let store = folder.join("store");
        let mut used = 0;
        if let Some(from) = self.from {
            copy(from, &store)?;
            used = size_of(&store)? + FOLDERS;
        }
        ensure!(
            disk.resize(used + free.max(16)),
            "the small disk cannot be made smaller"
        );
        let words = self.words(&folder);
        let ran = run(self.ground.program.call(&store, &words))?;
        // The disk is given room again, as people do.
        ensure!(disk.resize(PLENTY), "the small disk cannot be made larger");
        let judged = self.after(&store, &words, &ran)?;
        drop(disk);
        Ok(Some(judged))
    }

    /// Works where no file may grow beyond so many KiB.
    fn with_small_files(&self, largest: u64) -> Result<Judged> {
        let folder = self.ground.case()?;
        let store = folder.join("store");
        if let Some(from) = self.from {
            copy(from, &store)?;
        }
        let words = self.words(&folder);
        // Blocks of 512 bytes, as POSIX has them; without the trap the signal would end the program.
        let limit = format!("trap '' XFSZ; ulimit -f {}", 2 * largest);
        let ran = run(self.ground.program.call_after(&limit, &store, &words))?;
        self.after(&store, &words, &ran)
    }

    /// Judges what is left, and does the work again with room for it.
    fn after(&self, store: &Path, words: &[String], ran: &Ran) -> Result<Judged> {
        let mut faults = Vec::new();
        let name = self.work.name();
        mind(ran, name, &mut faults);
        let is_ingest = matches!(self.work, Work::Ingest | Work::IngestMore);
        let acknowledged = match ran.code {
            Some(0) if is_ingest => self.world.all(),
            _ if is_ingest => self.promised + counts(ran.err.as_bytes()).last().unwrap_or(0),
            _ => self.promised,
        };
        let mut judged = self.world.judge(store, acknowledged)?;
        if judged.outcome != Outcome::Whole {
            faults.push(format!(
                "a full disk must leave a store that needs no repair ({})",
                ran.told()
            ));
        }
        let backup = store.with_file_name("backup");
        if ran.code != Some(0) && backup.exists() {
            faults.push("a backup that failed has left its file".to_owned());
        }
        if self.work != Work::Backup || ran.code != Some(0) {
            let again = run(self.ground.program.call(store, words))?;
            if again.code != Some(0) {
                faults.push(format!("with room again: {}", again.told()));
            }
            let end = self.world.judge(store, self.world.all())?;
            if end.outcome != Outcome::Whole {
                faults.push("with room again not everything is there".to_owned());
            }
            faults.extend(end.faults);
        }
        judged.faults.append(&mut faults);
        Ok(judged)
    }
}
