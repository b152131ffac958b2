//! `demarche bench`

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::cli::bench::{self, FaultKind};
use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// Measure the store: how fast and small it is, and what it makes of faults
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    #[command(subcommand)]
    pub(crate) what: BenchCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    Stress(StressArgs),
    /// Print a hash of what each article of the store says
    #[command(hide = true)]
    Dump,
}

/// Break stores on purpose, and see that nothing is lost or wrong in silence
///
/// Kills the program with -9, cuts and turns over files, fills the disk and cuts the power, by
/// seeded chance, in stores of its own. What is left is compared with what was acknowledged. The
/// exit code is 1 if a store was wrong in silence, fell down, or lost what no damage had hit.
#[derive(Debug, Args)]
pub(crate) struct StressArgs {
    /// Full counts: 200 kills, 50 cuts of every file, 200 flips, 20 full disks; half an hour
    #[arg(long)]
    pub(crate) full: bool,
    /// What decides where the faults hit
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
    /// A store of format 1, for the kills of `db migrate`; none are done without it
    #[arg(long, value_name = "DIR")]
    pub(crate) old_store: Option<PathBuf>,
    /// Folder to work in; one for the time of the call if not given
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Faults of this kind only; may be given again
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) only: Vec<FaultKind>,
}

pub(crate) fn run(args: &BenchArgs, session: &Session) -> Result<Exit> {
    match &args.what {
        BenchCommand::Stress(args) => stress(args, session),
        BenchCommand::Dump => bench::dump(session),
    }
}

#[cfg(unix)]
fn stress(args: &StressArgs, session: &Session) -> Result<Exit> {
    let plan = bench::Plan::new(args.full, args.seed, &args.only);
    bench::stress(
        &plan,
        args.dir.as_deref(),
        args.old_store.as_deref(),
        session,
    )
}

#[cfg(not(unix))]
fn stress(_: &StressArgs, _: &Session) -> Result<Exit> {
    anyhow::bail!("the faults need a system of the Unix family")
}
