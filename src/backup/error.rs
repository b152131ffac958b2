//! Why a backup cannot be written or restored.

use std::io;

use crate::store::StoreError;

/// What went wrong with a backup.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The bytes of the backup cannot be written: disk full, no permission.
    #[error("cannot write the backup: {0}")]
    Write(#[source] io::Error),
    /// The bytes of the backup cannot be read.
    #[error("cannot read the backup: {0}")]
    Read(#[source] io::Error),
    /// What was given is no backup.
    #[error("this is no backup that `demarche db backup` wrote: {reason}")]
    NotABackup {
        /// What it seems to be instead.
        reason: String,
    },
    /// A later demarche wrote the backup.
    #[error(
        "the backup has version {found}, this demarche reads versions up to {known}: use a newer demarche"
    )]
    NewerVersion {
        /// The version of the backup.
        found: u32,
        /// The newest version that is known here.
        known: u32,
    },
    /// A line is damaged, or lines are missing before it.
    #[error("line {line} of the backup is damaged: {reason}; --skip-damaged restores the rest")]
    Damaged {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The backup ends before its last line.
    #[error("the backup is cut off after line {lines}; --skip-damaged restores what is there")]
    Cut {
        /// How many lines there are.
        lines: u64,
    },
    /// The store already holds something.
    #[error("the store is not empty: restore into a new one, named with --store")]
    NotEmpty,
    /// A record is larger than a line may be; no article that a store takes is.
    #[error(
        "line {line} ({what}) would be larger than {bytes_max} bytes, the most that a backup takes"
    )]
    TooLarge {
        /// What kind of record.
        what: String,
        /// The number of the line that it would have had.
        line: u64,
        /// The largest size of a line.
        bytes_max: usize,
    },
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
