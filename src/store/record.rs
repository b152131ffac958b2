//! What a store keeps beside events: articles with what belongs to them, and runs.

use std::fmt;

use crate::model::{Article, ArticleId, Day, Event, EventId, Sketch};
use crate::store::block::Row;
use crate::store::key::Key;
use crate::store::{StoreError, envelope, soundness};

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
    /// The sketch of its text, by which near-duplicates are known.
    pub sketch: Sketch,
}

/// An article with everything that belongs to it, as one record.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub(super) struct Whole {
    /// The article.
    pub(super) article: Article,
    /// Its events, in the order in which they were given.
    pub(super) events: Vec<Event>,
    /// The run that brought it.
    pub(super) run: RunNumber,
    /// The day on which it was added.
    pub(super) added: Day,
    /// The sketch of its text.
    pub(super) sketch: Sketch,
}

/// The same, borrowed; both have the same bytes.
pub(super) type WholeRef<'a> = (&'a Article, &'a [Event], RunNumber, Day, Sketch);

impl Whole {
    /// Decodes the record of an article that is not sealed.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes are none, or those of another article, or
    /// contradict themselves.
    pub(super) fn decode(id: ArticleId, bytes: &[u8]) -> Result<Self, StoreError> {
        let key = Key::Article(id);
        let whole: Self = envelope::decode(key, bytes)?;
        match whole.fault(id) {
            None => Ok(whole),
            Some(fault) => Err(envelope::damaged(key, fault)),
        }
    }

    /// Returns what contradicts the id of the article or itself.
    pub(super) fn fault(&self, id: ArticleId) -> Option<String> {
        if self.article.id != id {
            return Some("the record under this key has another id inside".to_owned());
        }
        self.events.iter().find_map(|event| {
            let mut faults =
                soundness::event_faults(event).chain(soundness::mismatches(event, &self.article));
            let fault = faults.next()?;
            Some(format!("event {}: {fault}", event.id))
        })
    }

    /// Returns the article without its events but for their ids.
    pub(super) fn into_stored(self) -> StoredArticle {
        StoredArticle {
            events: self.events.iter().map(|event| event.id).collect(),
            article: self.article,
            run: self.run,
            added: self.added,
            sketch: self.sketch,
        }
    }

    /// Returns it as it goes into a block.
    pub(super) fn row(&self) -> Row<'_> {
        Row {
            article: &self.article,
            events: &self.events,
            run: self.run,
            added: self.added,
            sketch: self.sketch,
        }
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
        let record: Self = envelope::decode(key, bytes)?;
        if record.run != run {
            let reason = "the record under this key has another id inside";
            return Err(envelope::damaged(key, reason));
        }
        Ok(record)
    }
}
