//! Putting articles with their events, and reading them back.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::PoisonError;

use crate::model::{Article, ArticleId, Day, Event, EventId};
use crate::store::backend::Entry;
use crate::store::key::{self, Key, TREE};
use crate::store::{RunNumber, Store, StoreError, StoredArticle, soundness, value};

/// What became of an article that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOutcome {
    /// It was added with its events.
    Added,
    /// It was in the store before; nothing has changed, even if the events were others.
    AlreadyThere,
}

/// Decodes a record; gives nothing where the key is of another kind.
pub(super) type Decode<Record> = fn(Key, &[u8]) -> Option<Result<Record, StoreError>>;

impl Store {
    /// Says whether the store has an article.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn has_article(&self, id: ArticleId) -> Result<bool, StoreError> {
        self.backend.has(&Key::Article(id).encode())
    }

    /// Puts an article with its events: all of it in one batch, or nothing.
    ///
    /// `run` is the run that brings it, `added` the day on which it does.
    ///
    /// # Errors
    /// - [`StoreError::Unsound`]: an event contradicts itself or the article (see
    ///   [`Store::check`]).
    /// - [`StoreError::Collision`]: another article gave an event of the same id.
    /// - [`StoreError::TooLarge`]: the article is larger than 16 MiB.
    /// - [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek, and two more for each event.
    pub fn put_article(
        &self,
        article: &Article,
        events: &[Event],
        run: RunNumber,
        added: Day,
    ) -> Result<PutOutcome, StoreError> {
        let guard = self.writing.lock();
        let _guard = guard.unwrap_or_else(PoisonError::into_inner);
        if self.has_article(article.id)? {
            return Ok(PutOutcome::AlreadyThere);
        }
        let entries = self.entries_of(article, events, &[], (run, added))?;
        self.backend.write(entries)?;
        Ok(PutOutcome::Added)
    }

    /// Gives an article that is there other events, coded anew: all of it in one batch, or nothing.
    /// Events that stay keep their ids. Returns whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::UnknownArticle`]; the others as for [`Store::put_article`].
    ///
    /// # Complexity
    /// One seek, and two more for each event.
    pub fn recode_article(&self, id: ArticleId, events: &[Event]) -> Result<bool, StoreError> {
        let guard = self.writing.lock();
        let _guard = guard.unwrap_or_else(PoisonError::into_inner);
        let stored = self
            .article(id)?
            .ok_or(StoreError::UnknownArticle { article: id })?;
        let mut is_same = stored.events.len() == events.len();
        for (old, new) in stored.events.iter().zip(events) {
            is_same = is_same && *old == new.id && self.event(*old)?.as_ref() == Some(new);
        }
        if is_same {
            return Ok(false);
        }
        let brought = (stored.run, stored.added);
        let entries = self.entries_of(&stored.article, events, &stored.events, brought)?;
        let is_gone = |id: &&EventId| !events.iter().any(|event| event.id == **id);
        let gone = stored.events.iter().filter(is_gone);
        let removed = gone.map(|id| Key::Event(*id).encode()).collect();
        self.backend.rewrite(removed, entries)?;
        Ok(true)
    }

    /// Encodes what an article brings, once it is found to be sound, and new but for the events that
    /// it had.
    fn entries_of(
        &self,
        article: &Article,
        events: &[Event],
        had: &[EventId],
        (run, added): (RunNumber, Day),
    ) -> Result<Vec<Entry>, StoreError> {
        let unsound = |reason| StoreError::Unsound {
            article: article.id,
            reason,
        };
        let mut entries = Vec::with_capacity(events.len() + 1);
        let mut seen = BTreeSet::new();
        for event in events {
            let mut faults =
                soundness::event_faults(event).chain(soundness::mismatches(event, article));
            if let Some(fault) = faults.next() {
                return Err(unsound(format!("event {}: {fault}", event.id)));
            }
            if !seen.insert(event.id) {
                return Err(unsound(format!("event {} is given twice", event.id)));
            }
            let key = Key::Event(event.id);
            if !had.contains(&event.id) && self.backend.has(&key.encode())? {
                return Err(StoreError::Collision {
                    event: event.id,
                    article: article.id,
                });
            }
            entries.push((key.encode(), value::encode(key, event)?));
        }
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        let value = StoredArticle::encode(article, &ids, run, added)?;
        entries.push((Key::Article(article.id).encode(), value));
        Ok(entries)
    }

    /// Returns an article, or nothing if the store has none of this id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its record is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        let bytes = self.backend.get(&Key::Article(id).encode())?;
        bytes
            .map(|bytes| StoredArticle::decode(id, &bytes))
            .transpose()
    }

    /// Returns an event, or nothing if the store has none of this id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its record is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let bytes = self.backend.get(&Key::Event(id).encode())?;
        bytes.map(|bytes| decode_event(id, &bytes)).transpose()
    }

    /// Returns all articles by id.
    ///
    /// A damaged record is an error in its place and the others follow; after any other error there
    /// is nothing more.
    ///
    /// # Complexity
    /// A full scan of the articles, in constant memory.
    pub fn articles(&self) -> impl Iterator<Item = Result<StoredArticle, StoreError>> {
        self.records(key::articles(), |key, bytes| match key {
            Key::Article(id) => Some(StoredArticle::decode(id, bytes)),
            Key::Dictionary | Key::Event(_) | Key::Format | Key::Run(_) => None,
        })
    }

    /// Returns all events by id.
    ///
    /// A damaged record is an error in its place and the others follow; after any other error there
    /// is nothing more.
    ///
    /// # Complexity
    /// A full scan of the events, in constant memory.
    pub fn events(&self) -> impl Iterator<Item = Result<Event, StoreError>> {
        self.events_in(key::events())
    }

    /// Returns the events whose id begins with hexadecimal digits in either case, by id.
    ///
    /// No digits at all begin every id.
    ///
    /// # Errors
    /// [`StoreError::Prefix`] where the text cannot begin an id. The items fail as those of
    /// [`Store::events`] do.
    ///
    /// # Complexity
    /// One seek, then a scan of the events found.
    pub fn events_by_prefix(
        &self,
        prefix: &str,
    ) -> Result<impl Iterator<Item = Result<Event, StoreError>> + use<'_>, StoreError> {
        Ok(self.events_in(key::events_from(prefix)?))
    }

    fn events_in(
        &self,
        range: Range<Vec<u8>>,
    ) -> impl Iterator<Item = Result<Event, StoreError>> + use<'_> {
        self.records(range, |key, bytes| match key {
            Key::Event(id) => Some(decode_event(id, bytes)),
            Key::Article(_) | Key::Dictionary | Key::Format | Key::Run(_) => None,
        })
    }

    /// Decodes the records of a range.
    pub(super) fn records<Record>(
        &self,
        range: Range<Vec<u8>>,
        decode: Decode<Record>,
    ) -> impl Iterator<Item = Result<Record, StoreError>> + use<'_, Record> {
        self.backend.scan(range).map(move |entry| {
            let (key, value) = entry?;
            Key::decode(&key)
                .and_then(|key| decode(key, &value))
                .unwrap_or_else(|| Err(bad_key(&key)))
        })
    }
}

/// Decodes an event and checks that it can be worked with.
pub(super) fn decode_event(id: EventId, bytes: &[u8]) -> Result<Event, StoreError> {
    let key = Key::Event(id);
    let event = value::decode_event(key, bytes)?;
    if event.id != id {
        return Err(value::misplaced(key));
    }
    if let Some(fault) = soundness::event_faults(&event).next() {
        return Err(value::damaged(key, fault));
    }
    Ok(event)
}

/// Builds the error of a key that nothing has.
pub(super) fn bad_key(bytes: &[u8]) -> StoreError {
    StoreError::Damaged {
        tree: TREE,
        key: key::show(bytes),
        reason: "no record has such a key".to_owned(),
    }
}
