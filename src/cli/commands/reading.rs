//! What the commands that read and code articles have in common.

use std::io::{self, BufReader};
use std::num::NonZeroUsize;
use std::thread;

use anyhow::Result;
use clap::Args;
use demarche::ingest::{ReadOptions, Reader, expand};

use crate::cli::commands::ingest::published;

/// How articles are read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// Date of publication of articles that bear none: a day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Stop at the first record that cannot be read
    #[arg(long)]
    pub(crate) strict: bool,
}

impl ReadingArgs {
    /// Makes the reader of these paths; `-` is standard input.
    pub(crate) fn reader(&self, paths: &[String]) -> Result<Reader> {
        let options = ReadOptions {
            date_default: self.date.as_deref().map(published).transpose()?.flatten(),
            ..ReadOptions::default()
        };
        let mut reader = Reader::new(expand(paths)?, options);
        if paths.iter().any(|path| path == "-") {
            reader = reader.with_standard_input(Box::new(BufReader::new(io::stdin())));
        }
        Ok(reader)
    }
}

/// How many threads work.
#[derive(Debug, Args)]
pub(crate) struct ThreadArgs {
    /// How many threads work; the result does not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl ThreadArgs {
    /// As many as were asked for, or as the machine runs at once.
    pub(crate) fn count(&self) -> NonZeroUsize {
        let threads = self
            .threads
            .or_else(|| thread::available_parallelism().ok());
        threads.unwrap_or(NonZeroUsize::MIN)
    }
}
