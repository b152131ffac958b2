//! Files that are cut short, and bytes that are turned over.

use std::fs::{self, OpenOptions};
use std::path::Path;

use anyhow::{Context, Result};
use demarche::bench::{Flip, Seeded, cut_lengths};

use crate::cli::bench::stress::files::{copy, files_of, kind_of};
use crate::cli::bench::stress::ground::Ground;
use crate::cli::bench::stress::report::{Judged, Report};

/// So many bytes are turned over at a time.
const FLIPPED: u64 = 64;

/// What one hit may take with it, in hundredths of the store.
const PACKED_TOGETHER: u64 = 40;

/// The kinds of case come after those of the kills in the table.
const CUT: u32 = 100;
const FLIP: u32 = 200;

/// Cuts every file of the store, one at a time, at so many points.
pub(super) fn cuts(ground: &Ground, count: usize, seed: u64, report: &mut Report) -> Result<()> {
    let mut random = Seeded::new(seed ^ 0xc075);
    for file in files_of(&ground.base)? {
        let length = fs::metadata(ground.base.join(&file))?.len();
        let kind = format!("cut: {}", kind_of(&file));
        for cut in cut_lengths(length, count, &mut random) {
            let store = ground.case()?.join("store");
            copy(&ground.base, &store)?;
            truncate(&store.join(&file), cut)?;
            let mut judged = ground.grown.judge(&store, ground.grown.all())?;
            bound(ground, &mut judged, length - cut)?;
            let name = format!("{} to {cut} of {length} bytes", file.display());
            report.add((CUT, &kind), &name, &judged);
        }
    }
    Ok(())
}

/// Damage takes what it hits: the share of the store that was hit may be lost, and so much more
/// where articles are packed together.
fn bound(ground: &Ground, judged: &mut Judged, bytes_hit: u64) -> Result<()> {
    let mut bytes = 0;
    for file in files_of(&ground.base)? {
        bytes += fs::metadata(ground.base.join(file))?.len();
    }
    let hit = (100 * bytes_hit).div_ceil(bytes.max(1));
    let lost = 100 * judged.lost / ground.grown.all().max(1);
    if u64::try_from(lost)? > hit + PACKED_TOGETHER {
        judged.faults.push(format!(
            "{lost} % of the articles are lost, {hit} % of the bytes were hit"
        ));
    }
    Ok(())
}

fn truncate(file: &Path, length: u64) -> Result<()> {
    let opened = OpenOptions::new().write(true).open(file);
    let named = || file.display().to_string();
    opened
        .with_context(named)?
        .set_len(length)
        .with_context(named)
}

/// Turns over 64 bytes somewhere in the files of the store, so often.
pub(super) fn flips(ground: &Ground, count: u64, seed: u64, report: &mut Report) -> Result<()> {
    let mut random = Seeded::new(seed ^ 0xf119);
    let files = files_of(&ground.base)?;
    let mut sizes = Vec::new();
    for file in &files {
        sizes.push(fs::metadata(ground.base.join(file))?.len());
    }
    for number in 0..count {
        // Every other one hits any file alike: the small ones hold what matters most.
        let drawn = if number % 2 == 0 {
            Flip::draw(&sizes, FLIPPED, &mut random)
        } else {
            let alone = random.place(sizes.len());
            let only = (0..).zip(&sizes);
            let only: Vec<u64> = only
                .map(|(at, size)| if at == alone { *size } else { 0 })
                .collect();
            Flip::draw(&only, FLIPPED, &mut random)
        };
        let Some((flip, file)) = drawn.and_then(|flip| Some((flip, files.get(flip.file)?))) else {
            continue;
        };
        let store = ground.case()?.join("store");
        copy(&ground.base, &store)?;
        let path = store.join(file);
        let mut bytes = fs::read(&path)?;
        flip.apply(&mut bytes);
        fs::write(&path, bytes)?;
        let mut judged = ground.grown.judge(&store, ground.grown.all())?;
        bound(ground, &mut judged, flip.length)?;
        let name = format!("{} at byte {}", file.display(), flip.offset);
        report.add((FLIP, &format!("flip: {}", kind_of(file))), &name, &judged);
    }
    Ok(())
}
