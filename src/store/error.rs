//! Why a store cannot be opened, read or written.

use std::io;
use std::path::PathBuf;

use crate::model::{ArticleId, EventId};
use crate::store::{Holder, RunNumber};

/// What went wrong with a store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no store, or its making was cut off before it held anything.
    #[error(
        "there is no store at {path}: make one with `demarche ingest`, or name another with --store"
    )]
    Missing {
        /// The folder asked for.
        path: PathBuf,
    },
    /// The path holds something, but no store; it was not touched.
    #[error(
        "{path} is not a demarche store and was left as it is: name a new or empty folder with --store"
    )]
    NotAStore {
        /// The path asked for.
        path: PathBuf,
    },
    /// A later demarche wrote the store; it was not touched.
    #[error(
        "the store at {path} has format {found}, this demarche reads formats up to {known}: use a newer demarche"
    )]
    NewerFormat {
        /// The folder.
        path: PathBuf,
        /// The format of the store.
        found: u32,
        /// The newest format that is known here.
        known: u32,
    },
    /// An earlier demarche wrote the store; it was not touched.
    #[error(
        "the store at {path} has format {found}, this demarche works with format {known}: run `demarche db migrate`"
    )]
    OlderFormat {
        /// The folder.
        path: PathBuf,
        /// The format of the store.
        found: u32,
        /// The format that is written here.
        known: u32,
    },
    /// What was safe on disk once is there no more, though what is there fits together.
    #[error(
        "the store at {path} has lost its last {writes} writes: it had {} articles with {} events and has {} with {}; restore it from a backup, or run `demarche db repair` to go on with what is left",
        articles.0, events.0, articles.1, events.1
    )]
    Shortened {
        /// The folder.
        path: PathBuf,
        /// How many batches are missing.
        writes: u64,
        /// Articles that it had and has.
        articles: (u64, u64),
        /// Events that it had and has.
        events: (u64, u64),
    },
    /// A store is to be made where there is one that holds something.
    #[error("the store at {path} is not empty: name a new folder with --store")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// Another process has the store open.
    #[error(
        "the store at {path} is in use by {}: wait until that has ended, or stop it, and try again; only one process at a time can have a store open",
        user_of(holder.as_ref())
    )]
    Locked {
        /// The folder.
        path: PathBuf,
        /// Who uses it, if that is known.
        holder: Option<Holder>,
    },
    /// The file system refused something: no permission, disk full, folder gone.
    #[error("cannot {action} the store at {path}: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What was tried, as a verb ("open", "write to").
        action: &'static str,
        /// What the file system said.
        source: io::Error,
    },
    /// The files of the store are damaged as a whole.
    #[error(
        "the store at {path} cannot be read: {reason}; restore it from a backup or ingest into a new folder"
    )]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// One record is damaged.
    #[error(
        "record `{key}` of tree `{tree}` is damaged: {reason}; `demarche db check` lists all such records"
    )]
    Damaged {
        /// The tree.
        tree: &'static str,
        /// The key, for people.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two articles give the same event id.
    #[error(
        "event {event} of article {article} is in the store already, from another article: the store or the coder is damaged"
    )]
    Collision {
        /// The id that both give.
        event: EventId,
        /// The article that came later and was refused.
        article: ArticleId,
    },
    /// An article or event contradicts itself and was not written.
    #[error("article {article} was not stored: {reason}; this is a fault of the coder")]
    Unsound {
        /// The article.
        article: ArticleId,
        /// What contradicts what.
        reason: String,
    },
    /// A record is larger than the store takes.
    #[error("record `{key}` is larger than {bytes_max} bytes and was not stored")]
    TooLarge {
        /// The key, for people.
        key: String,
        /// The largest size of an encoded record.
        bytes_max: u64,
    },
    /// No article of this id is in the store.
    #[error("there is no article {article} in the store")]
    UnknownArticle {
        /// The id.
        article: ArticleId,
    },
    /// A run that the store does not know.
    #[error("the store has no run {run}: begin the run before writing it")]
    UnknownRun {
        /// The number asked for.
        run: RunNumber,
    },
    /// No number is left for another run.
    #[error("the store has used all numbers of runs: ingest into a new folder")]
    RunsExhausted,
    /// A text that cannot begin an event id.
    #[error("`{text}` cannot begin an event id: expected up to 16 hexadecimal digits such as 3fa9")]
    Prefix {
        /// What was given.
        text: String,
    },
}

impl StoreError {
    /// Says whether one record is damaged and the others can be read all the same.
    #[must_use]
    pub const fn is_of_one_record(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }
}

fn user_of(holder: Option<&Holder>) -> String {
    holder.map_or_else(
        || "another demarche process".to_owned(),
        ToString::to_string,
    )
}
