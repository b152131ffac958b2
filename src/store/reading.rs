//! Reading articles and events back, whether they are sealed or not.

use std::sync::Arc;

use crate::model::{ArticleId, Event, EventId};
use crate::store::articles::Lies;
use crate::store::key::{self, Key};
use crate::store::record::Whole;
use crate::store::sealed::{Loaded, Sealed};
use crate::store::state::{View, bad_key};
use crate::store::{Store, StoreError, StoredArticle};

/// Decodes a record; gives nothing where the key is of another kind.
pub(super) type Decode<Record> = fn(Key, &[u8]) -> Option<Result<Record, StoreError>>;

/// A row of a block that is in memory.
struct Place {
    sealed: Sealed,
    loaded: Arc<Loaded>,
    row: usize,
}

impl Place {
    fn event(&self) -> Result<Event, StoreError> {
        self.sealed.event(&self.loaded, self.row)
    }
}

impl Store {
    /// Returns an article, or nothing if the store has none of this id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its record is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek, and a halving search in each block; blocks stay in memory.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        if let Some(whole) = self.open_article(id)? {
            return Ok(Some(whole.into_stored()));
        }
        let place = self.sealed_article(id)?;
        let article =
            place.map(|(sealed, loaded, row)| sealed.article(&self.backend, &loaded, row));
        article.transpose()
    }

    /// Returns an article with its events, or nothing if the store has none of this id.
    ///
    /// # Errors
    /// As [`Store::article`].
    ///
    /// # Complexity
    /// As [`Store::article`].
    pub fn article_with_events(
        &self,
        id: ArticleId,
    ) -> Result<Option<(StoredArticle, Vec<Event>)>, StoreError> {
        let Some(lies) = self.lies(id)? else {
            return Ok(None);
        };
        let whole = self.whole(id, &lies)?;
        let events = whole.events.clone();
        Ok(Some((whole.into_stored(), events)))
    }

    /// Returns everything of an article that was found.
    pub(super) fn whole(&self, id: ArticleId, lies: &Lies) -> Result<Whole, StoreError> {
        match lies {
            Lies::Open(..) => {
                let whole = self.open_article(id)?;
                whole.ok_or(StoreError::UnknownArticle { article: id })
            }
            Lies::Sealed(sealed, loaded, row) => sealed.whole(&self.backend, loaded, *row),
        }
    }

    /// Returns an article that is not sealed.
    pub(super) fn open_article(&self, id: ArticleId) -> Result<Option<Whole>, StoreError> {
        let bytes = self.backend.get(&Key::Article(id).encode())?;
        bytes.map(|bytes| Whole::decode(id, &bytes)).transpose()
    }

    /// Finds an article in the sealed blocks.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is in no block, and one is damaged that it might be in.
    pub(super) fn sealed_article(
        &self,
        id: ArticleId,
    ) -> Result<Option<(Sealed, Arc<Loaded>, usize)>, StoreError> {
        let blocks: Vec<Sealed> = self.state().blocks.values().cloned().collect();
        let mut damaged = None;
        // What was asked for lately was mostly sealed lately.
        for sealed in blocks.into_iter().rev() {
            let loaded = match sealed.load(&self.backend) {
                Ok(loaded) => loaded,
                Err(error @ StoreError::Damaged { .. }) => {
                    damaged = Some(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let row = loaded.block.find(id);
            if let Some(row) = row.filter(|row| !sealed.entry.is_gone(*row)) {
                return Ok(Some((sealed, loaded, row)));
            }
        }
        damaged.map_or(Ok(None), Err)
    }

    /// Returns an event, or nothing if the store has none of this id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its record is damaged; [`StoreError::Io`],
    /// [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A scan of the ids of its block; the first time, of all ids, which then stay in memory.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let number = u64::from_be_bytes(*id.as_bytes());
        let view = self.view()?;
        // A damaged block hides its ids: then the others are searched one by one.
        let block = match self.with_ids(|ids| ids.events.get(&id).copied()) {
            Ok(None) => return Ok(None),
            Ok(block) => block,
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        let mut damaged = None;
        for sealed in &view.blocks {
            if block.is_some_and(|block| block != sealed.number()) {
                continue;
            }
            match self.found_in(sealed, (number, number)) {
                Ok(found) => {
                    let mut found = found.into_iter().filter(|(known, _)| *known == id);
                    if let Some((_, place)) = found.next() {
                        return place.event().map(Some);
                    }
                }
                Err(error @ StoreError::Damaged { .. }) => damaged = Some(error),
                Err(error) => return Err(error),
            }
        }
        damaged.map_or(Ok(None), Err)
    }

    /// Finds the events of a block with an id within a range.
    fn found_in(
        &self,
        sealed: &Sealed,
        (first, last): (u64, u64),
    ) -> Result<Vec<(EventId, Place)>, StoreError> {
        let loaded = sealed.load(&self.backend)?;
        let mut found = Vec::new();
        for article in sealed.rows() {
            for row in loaded.block.events_of(article).into_iter().flatten() {
                let Some(id) = loaded.block.event_id(row) else {
                    continue;
                };
                let number = u64::from_be_bytes(*id.as_bytes());
                if first <= number && number <= last {
                    let place = Place {
                        sealed: sealed.clone(),
                        loaded: Arc::clone(&loaded),
                        row,
                    };
                    found.push((id, place));
                }
            }
        }
        Ok(found)
    }

    /// Returns all articles by id.
    ///
    /// What is damaged gives an error for each record or block, before everything else, and the
    /// others follow; after any other error there is nothing more. Articles that come or go while
    /// the iterator is in use do not show in it.
    ///
    /// # Complexity
    /// A full scan, with memory for all but the texts: some 40 bytes an event.
    pub fn articles(&self) -> impl Iterator<Item = Result<StoredArticle, StoreError>> {
        let places = self.places(|loaded, row, places| {
            places.extend(loaded.block.id(row).map(|id| (id, row)));
        });
        each(places, |place| {
            let Place {
                sealed,
                loaded,
                row,
            } = place;
            sealed.article(&self.backend, &loaded, row)
        })
    }

    /// Returns all articles by id, each with its events in the order in which they were given.
    ///
    /// Damage and changes are told as by [`Store::articles`].
    ///
    /// # Complexity
    /// As [`Store::articles`].
    pub fn articles_with_events(
        &self,
    ) -> impl Iterator<Item = Result<(StoredArticle, Vec<Event>), StoreError>> {
        let places = self.places(|loaded, row, places| {
            places.extend(loaded.block.id(row).map(|id| (id, row)));
        });
        each(places, |place| {
            let Place {
                sealed,
                loaded,
                row,
            } = place;
            let events = sealed.events(&loaded, row)?;
            Ok((sealed.article(&self.backend, &loaded, row)?, events))
        })
    }

    /// Returns all events by id.
    ///
    /// Damage and changes are told as by [`Store::articles`].
    ///
    /// # Complexity
    /// As [`Store::articles`].
    pub fn events(&self) -> impl Iterator<Item = Result<Event, StoreError>> {
        self.events_within((0, u64::MAX))
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
    /// A scan of the ids of all events.
    pub fn events_by_prefix(
        &self,
        prefix: &str,
    ) -> Result<impl Iterator<Item = Result<Event, StoreError>> + use<'_>, StoreError> {
        Ok(self.events_within(key::ids_from(prefix)?))
    }

    fn events_within(
        &self,
        (first, last): (u64, u64),
    ) -> impl Iterator<Item = Result<Event, StoreError>> + use<'_> {
        let places = self.places(move |loaded, row, places| {
            for event in loaded.block.events_of(row).into_iter().flatten() {
                let id = loaded.block.event_id(event);
                let id = id.map(|id| u64::from_be_bytes(*id.as_bytes()));
                let wanted = id.filter(|id| first <= *id && *id <= last);
                places.extend(wanted.map(|id| (id, event)));
            }
        });
        each(places, |place| place.event())
    }

    /// Collects rows of all blocks that can be read, sorted by an id, and what is damaged.
    fn places<Id: Ord>(&self, list: impl Fn(&Loaded, usize, &mut Vec<(Id, usize)>)) -> Places<Id> {
        let mut places = Places {
            blocks: Vec::new(),
            rows: Vec::new(),
            faults: Vec::new(),
        };
        let view = match self.view() {
            Ok(view) => view,
            Err(error) => {
                places.faults.push(error);
                return places;
            }
        };
        places.faults.extend(damages(&view));
        for sealed in &view.blocks {
            let loaded = match sealed.load(&self.backend) {
                Ok(loaded) => loaded,
                Err(error) => {
                    let is_end = !matches!(error, StoreError::Damaged { .. });
                    places.faults.push(error);
                    if is_end {
                        places.rows.clear();
                        return places;
                    }
                    continue;
                }
            };
            let mut rows = Vec::new();
            for row in sealed.rows() {
                list(&loaded, row, &mut rows);
            }
            let block = u32::try_from(places.blocks.len()).unwrap_or(u32::MAX);
            let rows = rows.into_iter().map(|(id, row)| (id, block, row));
            places.rows.extend(rows);
            places.blocks.push((sealed.clone(), loaded));
        }
        places
            .rows
            .sort_unstable_by(|one, other| one.0.cmp(&other.0));
        places
    }

    /// Decodes the records of a range.
    pub(super) fn records<Record>(
        &self,
        range: std::ops::Range<Vec<u8>>,
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

/// Rows of blocks in the order of some id.
struct Places<Id> {
    blocks: Vec<(Sealed, Arc<Loaded>)>,
    rows: Vec<(Id, u32, usize)>,
    faults: Vec<StoreError>,
}

/// Reads each place in turn, after the faults.
fn each<'store, Id: 'store, Record: 'store>(
    places: Places<Id>,
    read: impl Fn(Place) -> Result<Record, StoreError> + 'store,
) -> impl Iterator<Item = Result<Record, StoreError>> + 'store {
    let Places {
        blocks,
        rows,
        faults,
    } = places;
    let rows = rows.into_iter().filter_map(move |(_, block, row)| {
        let (sealed, loaded) = blocks.get(usize::try_from(block).ok()?)?;
        Some(read(Place {
            sealed: sealed.clone(),
            loaded: Arc::clone(loaded),
            row,
        }))
    });
    faults.into_iter().map(Err).chain(rows)
}

/// Returns an error for each record of a view that is damaged.
pub(super) fn damages(view: &View) -> impl Iterator<Item = StoreError> {
    view.damaged
        .iter()
        .map(|(key, reason)| StoreError::Damaged {
            tree: key::TREE,
            key: key.clone(),
            reason: reason.clone(),
        })
}
