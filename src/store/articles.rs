//! Putting articles with their events, and taking them out.

use std::collections::BTreeSet;
use std::sync::{Arc, MutexGuard, PoisonError};

use crate::model::{Article, ArticleId, Day, Event, EventId};
use crate::store::key::Key;
use crate::store::manifest::{Manifest, Tally};
use crate::store::record::WholeRef;
use crate::store::sealed::{Loaded, Sealed};
use crate::store::state::{Change, OPEN};
use crate::store::{RunNumber, Store, StoreError, envelope, soundness};

/// What became of an article that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOutcome {
    /// It was added with its events.
    Added,
    /// It was in the store before; nothing has changed, even if the events were others.
    AlreadyThere,
}

/// Where an article lies that is there.
pub(super) enum Lies {
    /// Not sealed: under its own key, with the tally of it.
    Open(Tally, Vec<EventId>),
    /// In a row of a block.
    Sealed(Sealed, Arc<Loaded>, usize),
}

impl Store {
    /// Waits until nobody else writes. A thread that panicked while it wrote left whole batches.
    pub(super) fn lock(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says whether the store has an article.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a block is damaged, so that its ids are not known;
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek; the first time, a scan of all ids, which then stay in memory.
    pub fn has_article(&self, id: ArticleId) -> Result<bool, StoreError> {
        Ok(self.with_ids(|ids| ids.articles.contains_key(&id))?
            || self.backend.has(&Key::Article(id).encode())?)
    }

    /// Puts an article with its events: all of it in one batch, or nothing.
    ///
    /// `run` is the run that brings it, `added` the day on which it does.
    ///
    /// # Errors
    /// - [`StoreError::Unsound`]: an event contradicts itself or the article (see
    ///   [`Store::check`]).
    /// - [`StoreError::Collision`]: another article gave an event of the same id.
    /// - [`StoreError::TooLarge`]: the article is larger than 16 MiB with its events.
    /// - [`StoreError::Damaged`] as for [`Store::has_article`]; [`StoreError::Io`],
    ///   [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek; once in some thousand articles, the sealing of a block.
    pub fn put_article(
        &self,
        article: &Article,
        events: &[Event],
        run: RunNumber,
        added: Day,
    ) -> Result<PutOutcome, StoreError> {
        let _guard = self.lock();
        if self.has_article(article.id)? {
            return Ok(PutOutcome::AlreadyThere);
        }
        check_sound(article, events)?;
        self.check_new(article.id, events.iter().map(|event| event.id))?;
        let mut manifest = self.state().manifest.next();
        let (value, tally) = open_value(&manifest, article, events, (run, added))?;
        manifest.add(&tally);
        manifest.open_articles += 1;
        manifest.open_events += tally.events;
        let is_full = manifest.open_events >= self.limits.open_events_max;
        self.commit(Change {
            manifest,
            entries: vec![(Key::Article(article.id).encode(), value)],
            articles: vec![(article.id, OPEN)],
            events: events.iter().map(|event| (event.id, OPEN)).collect(),
            ..Change::default()
        })?;
        if is_full {
            self.seal_open()?;
        }
        Ok(PutOutcome::Added)
    }

    /// Gives an article that is there other events, coded anew: all of it in one batch, or nothing.
    /// Events that stay keep their ids. Returns whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::UnknownArticle`]; the others as for [`Store::put_article`].
    ///
    /// # Complexity
    /// As [`Store::put_article`].
    pub fn recode_article(&self, id: ArticleId, events: &[Event]) -> Result<bool, StoreError> {
        let _guard = self.lock();
        let lies = self.lies(id)?;
        let lies = lies.ok_or(StoreError::UnknownArticle { article: id })?;
        let whole = self.whole(id, &lies)?;
        if whole.events == events {
            return Ok(false);
        }
        check_sound(&whole.article, events)?;
        let had: BTreeSet<EventId> = whole.events.iter().map(|event| event.id).collect();
        let ids: BTreeSet<EventId> = events.iter().map(|event| event.id).collect();
        self.check_new(id, ids.difference(&had).copied())?;
        let mut change = self.without(id, &lies)?;
        let brought = (whole.run, whole.added);
        let (value, tally) = open_value(&change.manifest, &whole.article, events, brought)?;
        change.manifest.add(&tally);
        change.manifest.open_articles += 1;
        change.manifest.open_events += tally.events;
        let is_full = change.manifest.open_events >= self.limits.open_events_max;
        change.entries = vec![(Key::Article(id).encode(), value)];
        change.removed.clear();
        change.articles_gone.clear();
        change.articles = vec![(id, OPEN)];
        change.events = ids.iter().map(|event| (*event, OPEN)).collect();
        self.commit(change)?;
        if is_full {
            self.seal_open()?;
        }
        Ok(true)
    }

    /// Removes an article with its events: all of it in one batch, or nothing. Returns how many
    /// events went with it, or nothing if there is no such article.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the record of the article is damaged, so that its events are
    /// not known; [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// As [`Store::put_article`].
    pub fn remove_article(&self, id: ArticleId) -> Result<Option<u64>, StoreError> {
        let _guard = self.lock();
        let Some(lies) = self.lies(id)? else {
            return Ok(None);
        };
        let mut change = self.without(id, &lies)?;
        let removed = Key::Removed(id);
        let value = envelope::encode(removed, change.manifest.sequence, &())?;
        change.entries = vec![(removed.encode(), value)];
        let events = change.events_gone.len() as u64;
        self.commit(change)?;
        Ok(Some(events))
    }

    /// Finds an article that is there.
    pub(super) fn lies(&self, id: ArticleId) -> Result<Option<Lies>, StoreError> {
        if let Some(whole) = self.open_article(id)? {
            let ids = whole.events.iter().map(|event| event.id).collect();
            let brought = (whole.run, whole.added);
            return Ok(Some(Lies::Open(tally_of(id, &whole.events, brought), ids)));
        }
        let place = self.sealed_article(id)?;
        Ok(place.map(|(sealed, loaded, row)| Lies::Sealed(sealed, loaded, row)))
    }

    /// Begins a change by which an article goes.
    fn without(&self, id: ArticleId, lies: &Lies) -> Result<Change, StoreError> {
        let mut manifest = self.state().manifest.next();
        let mut change = Change {
            articles_gone: vec![id],
            ..Change::default()
        };
        match lies {
            Lies::Open(tally, events) => {
                manifest.take(tally);
                manifest.open_articles = manifest.open_articles.saturating_sub(1);
                manifest.open_events = manifest.open_events.saturating_sub(tally.events);
                change.removed = vec![Key::Article(id).encode()];
                change.events_gone = events.iter().copied().collect();
            }
            Lies::Sealed(sealed, loaded, row) => {
                let tally = sealed.tally(loaded, *row)?;
                manifest.take(&tally);
                let mut entry = (*sealed.entry).clone();
                entry.mark(*row, &tally, true);
                change.blocks = vec![sealed.with(entry)];
                let events = loaded.block.events_of(*row).into_iter().flatten();
                let ids = events.filter_map(|event| loaded.block.event_id(event));
                change.events_gone = ids.collect();
            }
        }
        change.manifest = manifest;
        Ok(change)
    }

    /// Checks that events are in no article but perhaps this one.
    pub(super) fn check_new(
        &self,
        article: ArticleId,
        events: impl Iterator<Item = EventId>,
    ) -> Result<(), StoreError> {
        let events: Vec<EventId> = events.collect();
        let known = self.with_ids(|ids| {
            let mut events = events.iter().copied();
            events.find(|event| ids.events.contains_key(event))
        })?;
        match known {
            Some(event) => Err(StoreError::Collision { event, article }),
            None => Ok(()),
        }
    }
}

/// Counts an article.
pub(super) fn tally_of(id: ArticleId, events: &[Event], brought: (RunNumber, Day)) -> Tally {
    let events = events.iter().map(|event| (event.id, event.mentions.len()));
    Tally::of(id, brought, events)
}

/// Encodes an article as it lies before it is sealed.
fn open_value(
    manifest: &Manifest,
    article: &Article,
    events: &[Event],
    (run, added): (RunNumber, Day),
) -> Result<(Vec<u8>, Tally), StoreError> {
    let whole: WholeRef<'_> = (article, events, run, added, article.sketch());
    let value = envelope::encode(Key::Article(article.id), manifest.sequence, &whole)?;
    Ok((value, tally_of(article.id, events, (run, added))))
}

/// Checks that events contradict neither themselves nor the article, and that each comes once.
///
/// # Errors
/// [`StoreError::Unsound`].
pub(super) fn check_sound(article: &Article, events: &[Event]) -> Result<(), StoreError> {
    let unsound = |reason| StoreError::Unsound {
        article: article.id,
        reason,
    };
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
    }
    Ok(())
}
