//! `demarche bench`

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use demarche::model::ActorId;

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
    Store(StoreArgs),
    Stress(StressArgs),
    /// Write invented articles with their events, as a backup that is not compressed
    ///
    /// Prints whom to ask about as one JSON object. The same call writes the same bytes.
    Generate {
        #[command(flatten)]
        invented: InventedArgs,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Ask what other engines are asked, and print answers and times as one JSON object
    #[command(hide = true)]
    Ask {
        /// Whose contacts
        actor: ActorId,
        /// One actor of a dyad
        one: ActorId,
        /// The other
        other: ActorId,
        /// The year of the dyad's events
        year: i16,
    },
    /// Print a hash of what each article of the store says
    #[command(hide = true)]
    Dump,
}

/// How much is invented.
#[derive(Debug, Args)]
pub(crate) struct InventedArgs {
    /// How many events
    #[arg(long, default_value_t = 2_000_000, value_name = "N")]
    pub(crate) events: u64,
    /// What decides who did what to whom
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
}

/// Measure loading, size, memory, cold start, questions and scans on invented events
///
/// Two million events of 20,000 actors in twenty years with 1.3 mentions each, skewed as the news
/// are, are restored from a file into a store of their own. Each measure is taken of a process of
/// its own; of times that are short the median counts. The exit code is 1 if a limit is not kept.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    #[command(flatten)]
    pub(crate) invented: InventedArgs,
    /// Folder to work in, new or empty; one for the time of the call if not given
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
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
    /// Folder to work in, new or empty; one for the time of the call if not given
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Faults of this kind only; may be given again
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) only: Vec<FaultKind>,
}

pub(crate) fn run(args: &BenchArgs, session: &Session) -> Result<Exit> {
    match &args.what {
        BenchCommand::Store(StoreArgs { invented, dir }) => {
            bench::speed(invented.events, invented.seed, dir.as_deref(), session)
        }
        BenchCommand::Stress(args) => stress(args, session),
        BenchCommand::Generate { invented, out } => {
            bench::generate(invented.events, invented.seed, out)
        }
        BenchCommand::Ask {
            actor,
            one,
            other,
            year,
        } => {
            let asked = bench::Asked {
                actor: actor.clone(),
                dyad: (one.clone(), other.clone()),
                year: *year,
            };
            bench::ask(&asked, session)
        }
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
