//! What a store keeps beside events: articles with what belongs to them, and runs.

use std::fmt;

use crate::model::{Article, ArticleId, Day, EventId};
use crate::store::StoreError;
use crate::store::key::Key;
use crate::store::value;

/// The number of a run, from 1 in the order in which runs began.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct RunNumber(u32);

impl RunNumber {
    /// Builds the number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns the number, from 1.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for RunNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An article as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// The article.
    pub article: Article,
    /// The ids of its events, in the order in which they were given.
    pub events: Vec<EventId>,
    /// The run that brought it.
    pub run: RunNumber,
    /// The day on which it was added (UTC).
    pub added: Day,
}

/// The payload of an article's record; borrowed and owned forms have the same bytes.
type ArticleRow<Article, Events> = (Article, Events, RunNumber, Day);

impl StoredArticle {
    /// Encodes the record of an article without copying its text first.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for an article that the store does not take.
    pub(super) fn encode(
        article: &Article,
        events: &[EventId],
        run: RunNumber,
        added: Day,
    ) -> Result<Vec<u8>, StoreError> {
        let row: ArticleRow<&Article, &[EventId]> = (article, events, run, added);
        value::encode(Key::Article(article.id), &row)
    }

    /// Decodes the record of an article.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes are none, or those of another article.
    pub(super) fn decode(id: ArticleId, bytes: &[u8]) -> Result<Self, StoreError> {
        let key = Key::Article(id);
        let row: ArticleRow<Article, Vec<EventId>> = value::decode(key, bytes)?;
        let (article, events, run, added) = row;
        if article.id != id {
            return Err(value::misplaced(key));
        }
        Ok(Self {
            article,
            events,
            run,
            added,
        })
    }
}

/// What is known of a run when it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStart {
    /// The day on which it begins (UTC).
    pub started: Day,
    /// The command for people, such as `ingest news/`.
    pub label: String,
    /// The coder that finds the events.
    pub coder_version: String,
    /// The dictionaries that name the actors.
    pub dictionary_version: String,
}

/// One run: an ingest from its beginning to its end.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RunRecord {
    /// Its number.
    pub run: RunNumber,
    /// The day on which it began (UTC).
    pub started: Day,
    /// The command for people.
    pub label: String,
    /// The coder that found the events.
    pub coder_version: String,
    /// The dictionaries that named the actors.
    pub dictionary_version: String,
    /// How many articles it added.
    pub articles_new: u64,
    /// How many articles it met that were in the store already.
    pub articles_known: u64,
    /// How many events it added.
    pub events: u64,
    /// How many records of the input could not be read.
    pub records_bad: u64,
    /// Whether it came to its end.
    pub finished: bool,
    /// Whether it was taken back: the articles that it added are gone, its number and counts stay.
    pub undone: bool,
}

/// The record of a run as it was written before runs could be undone.
///
/// FORMAT: `undone` was added at the end of the record within format 1, so a record that ends
/// before it is one that was not undone.
#[derive(serde::Deserialize)]
struct RunRecordBefore {
    run: RunNumber,
    started: Day,
    label: String,
    coder_version: String,
    dictionary_version: String,
    articles_new: u64,
    articles_known: u64,
    events: u64,
    records_bad: u64,
    finished: bool,
}

impl From<RunRecordBefore> for RunRecord {
    fn from(before: RunRecordBefore) -> Self {
        Self {
            run: before.run,
            started: before.started,
            label: before.label,
            coder_version: before.coder_version,
            dictionary_version: before.dictionary_version,
            articles_new: before.articles_new,
            articles_known: before.articles_known,
            events: before.events,
            records_bad: before.records_bad,
            finished: before.finished,
            undone: false,
        }
    }
}

impl RunRecord {
    /// Builds the record of a run that begins: nothing counted, not finished.
    pub(super) fn begin(run: RunNumber, start: RunStart) -> Self {
        Self {
            run,
            started: start.started,
            label: start.label,
            coder_version: start.coder_version,
            dictionary_version: start.dictionary_version,
            articles_new: 0,
            articles_known: 0,
            events: 0,
            records_bad: 0,
            finished: false,
            undone: false,
        }
    }

    /// Decodes the record of a run.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes are none, or those of another run.
    pub(super) fn decode(run: RunNumber, bytes: &[u8]) -> Result<Self, StoreError> {
        let key = Key::Run(run);
        let record: Self = value::decode(key, bytes).or_else(|error| {
            value::decode::<RunRecordBefore>(key, bytes)
                .map(Self::from)
                .map_err(|_| error)
        })?;
        if record.run != run {
            return Err(value::misplaced(key));
        }
        Ok(record)
    }
}
