//! All faults, one kind after the other.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;

use crate::cli::bench::FaultKind;
use crate::cli::bench::machine::machine;
use crate::cli::bench::scratch::Scratch;
use crate::cli::bench::stress::ground::Ground;
use crate::cli::bench::stress::report::Report;
use crate::cli::bench::stress::{damage, disk, kill, power};
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// How many faults of each kind, in stores of which size.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    kinds: Vec<FaultKind>,
    seed: u64,
    /// Events that the articles tell; their coder finds about as many.
    events: u64,
    kills: u64,
    cuts_per_file: usize,
    flips: u64,
    disks: u64,
    power_cuts: u64,
}

impl Plan {
    /// Plans a few faults, or as many as a release has to bear; all kinds if none is named.
    pub(crate) fn new(is_full: bool, seed: u64, kinds: &[FaultKind]) -> Self {
        let kinds = if kinds.is_empty() {
            FaultKind::ALL
        } else {
            kinds
        };
        let few = Self {
            kinds: kinds.to_vec(),
            seed,
            events: 1_500,
            kills: 6,
            cuts_per_file: 1,
            flips: 5,
            disks: 2,
            power_cuts: 2,
        };
        if !is_full {
            return few;
        }
        Self {
            events: 4_000,
            kills: 200,
            cuts_per_file: 50,
            flips: 200,
            disks: 20,
            power_cuts: 40,
            ..few
        }
    }
}

/// Breaks stores by plan and prints what became of them.
pub(crate) fn stress(
    plan: &Plan,
    folder: Option<&Path>,
    old_store: Option<&Path>,
    session: &Session,
) -> Result<Exit> {
    let scratch = Scratch::make(folder, "stress")?;
    let mut report = Report::default();
    let ground = Ground::lay(scratch.path(), plan.events, plan.seed)?;
    for kind in &plan.kinds {
        let seed = plan.seed;
        writeln!(io::stderr(), "{}", kind.told())?;
        match kind {
            FaultKind::Kill => kill::kills(&ground, old_store, plan.kills, seed, &mut report)?,
            FaultKind::Cut => damage::cuts(&ground, plan.cuts_per_file, seed, &mut report)?,
            FaultKind::Flip => damage::flips(&ground, plan.flips, seed, &mut report)?,
            FaultKind::Disk => disk::disks(&ground, plan.disks, seed, &mut report)?,
            FaultKind::Power => power::cuts(&ground, plan.power_cuts, seed, &mut report)?,
        }
    }
    let articles = ground.grown.all();
    let head = format!(
        "Stores of {articles} articles, seed {}; {}.",
        plan.seed,
        machine()
    );
    report.print(&head, articles, session.format)?;
    scratch.clear()?;
    Ok(if report.is_clean() {
        Exit::Done
    } else {
        Exit::Nothing
    })
}
