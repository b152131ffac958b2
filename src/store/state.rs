//! What an open store knows by heart: manifest, blocks, and once they are asked for, ids and the
//! view of all that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLockReadGuard, RwLockWriteGuard};

use crate::model::{ArticleId, EventId};
use crate::store::asking::Index;
use crate::store::backend::Entry;
use crate::store::block::{self, BlockNumber, Row};
use crate::store::hashing::FastMap;
use crate::store::index::Segment;
use crate::store::key::{self, Key};
use crate::store::manifest::Manifest;
use crate::store::record::Whole;
use crate::store::sealed::{BlockEntry, Sealed};
use crate::store::{Store, StoreError, envelope};

/// The number of the block that stands for what is not sealed.
pub(super) const OPEN: BlockNumber = BlockNumber(0);

/// What changes while a store is open.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) manifest: Manifest,
    /// The sequence number that the file of the manifest has.
    pub(super) filed: u64,
    pub(super) blocks: BTreeMap<BlockNumber, Sealed>,
    /// The last number that was given to a block, though perhaps not written yet.
    pub(super) block_taken: BlockNumber,
    ids: Option<Ids>,
    view: Option<Arc<View>>,
    /// The index, and the write after which it was made.
    pub(super) index: Option<(u64, Arc<Index>)>,
    /// The segments of the index that are about sealed blocks, once they are known.
    pub(super) segments: Option<Vec<Arc<Segment>>>,
    /// How many segments the file of the index has.
    pub(super) filed_segments: usize,
    /// Whether there are segments that the file has not.
    pub(super) segments_made: bool,
}

#[cfg(test)]
impl State {
    /// Forgets what was read, after a test has written past it.
    pub(super) fn forget(&mut self) {
        self.ids = None;
        self.view = None;
        self.index = None;
    }
}

/// Where every article and event lies; [`OPEN`] for what is not sealed.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) articles: FastMap<ArticleId, BlockNumber>,
    pub(super) events: FastMap<EventId, BlockNumber>,
}

/// All that is there at one moment, in blocks: the sealed ones by number, then what is not sealed.
///
/// Blocks never change, so a view stays what it is while the store is written to.
#[derive(Debug)]
pub(super) struct View {
    /// The number of the last write.
    pub(super) sequence: u64,
    pub(super) blocks: Vec<Sealed>,
    /// Records that are damaged and therefore in no block.
    pub(super) damaged: Vec<(String, String)>,
}

impl Store {
    pub(super) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a view of all that is there; kept until the next write.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub(super) fn view(&self) -> Result<Arc<View>, StoreError> {
        let (known, mut blocks, sequence, is_all_sealed) = {
            let state = self.state();
            let blocks: Vec<Sealed> = state.blocks.values().cloned().collect();
            let manifest = &state.manifest;
            let is_all_sealed = manifest.open_articles == 0;
            (state.view.clone(), blocks, manifest.sequence, is_all_sealed)
        };
        if let Some(view) = known {
            return Ok(view);
        }
        let mut damaged = Vec::new();
        if !is_all_sealed {
            let (wholes, faults) = self.open_articles(usize::MAX)?;
            damaged = faults;
            if !wholes.is_empty() {
                let rows: Vec<Row<'_>> = wholes.iter().map(Whole::row).collect();
                let encoded = block::encode(OPEN, sequence, rows)?;
                blocks.push(Sealed::open(&encoded).map_err(|reason| {
                    // What was just written is read back; see the tests of blocks.
                    envelope::damaged(Key::Manifest, reason)
                })?);
            }
        }
        let view = Arc::new(View {
            sequence,
            blocks,
            damaged,
        });
        let mut state = self.state_mut();
        if state.manifest.sequence == sequence {
            state.view = Some(Arc::clone(&view));
        }
        Ok(view)
    }

    /// Returns the articles that are not sealed, by id, up to a number of events, and the records
    /// among them that are damaged, with the reason.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    #[expect(clippy::type_complexity, reason = "two lists")]
    pub(super) fn open_articles(
        &self,
        events_max: usize,
    ) -> Result<(Vec<Whole>, Vec<(String, String)>), StoreError> {
        let (mut wholes, mut damaged) = (Vec::new(), Vec::new());
        let mut events = 0;
        for entry in self.backend.scan(key::articles()) {
            let (bytes, value) = entry?;
            let whole = match Key::decode(&bytes) {
                Some(Key::Article(id)) => Whole::decode(id, &value),
                _ => Err(bad_key(&bytes)),
            };
            match whole {
                Ok(whole) => {
                    events += whole.events.len();
                    wholes.push(whole);
                }
                Err(StoreError::Damaged { key, reason, .. }) => damaged.push((key, reason)),
                Err(error) => return Err(error),
            }
            if events >= events_max {
                break;
            }
        }
        Ok((wholes, damaged))
    }

    /// Runs something with the ids of all articles and events, which are read when first asked for.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a block is damaged, so that its ids are not known;
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub(super) fn with_ids<T>(&self, ask: impl Fn(&Ids) -> T) -> Result<T, StoreError> {
        if let Some(ids) = &self.state().ids {
            return Ok(ask(ids));
        }
        let ids = self.read_ids()?;
        let answer = ask(&ids);
        self.state_mut().ids.get_or_insert(ids);
        Ok(answer)
    }

    fn read_ids(&self) -> Result<Ids, StoreError> {
        let view = self.view()?;
        let mut ids = Ids::default();
        for sealed in &view.blocks {
            let loaded = sealed.load_once(&self.backend)?;
            for row in sealed.rows() {
                ids.articles.extend(
                    loaded
                        .block
                        .id(row)
                        .map(|article| (article, sealed.number())),
                );
                let events = loaded.block.events_of(row).into_iter().flatten();
                let events = events.filter_map(|event| loaded.block.event_id(event));
                ids.events
                    .extend(events.map(|event| (event, sealed.number())));
            }
        }
        Ok(ids)
    }

    /// Writes a batch with the manifest that it leads to, and takes note of it.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`]; then nothing has changed.
    pub(super) fn commit(&self, change: Change) -> Result<(), StoreError> {
        let mut entries = change.entries;
        entries.push(change.manifest.entry()?);
        for sealed in &change.blocks {
            let key = Key::Block(sealed.number());
            let value = envelope::encode(key, change.manifest.sequence, &*sealed.entry)?;
            entries.push((key.encode(), value));
        }
        self.backend.rewrite(change.removed, entries)?;
        let mut state = self.state_mut();
        state.manifest = change.manifest;
        state.view = None;
        state.index = None;
        for sealed in change.blocks {
            state.blocks.insert(sealed.number(), sealed);
        }
        if let Some(ids) = &mut state.ids {
            for event in &change.events_gone {
                ids.events.remove(event);
            }
            for article in change.articles_gone {
                ids.articles.remove(&article);
            }
            ids.articles.extend(change.articles);
            ids.events.extend(change.events);
        }
        Ok(())
    }
}

/// What a batch changes, on disk and in memory.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// The manifest after it.
    pub(super) manifest: Manifest,
    /// Values that are written.
    pub(super) entries: Vec<Entry>,
    /// Keys that are removed.
    pub(super) removed: Vec<Vec<u8>>,
    /// Blocks whose record changes.
    pub(super) blocks: Vec<Sealed>,
    /// Where articles lie now.
    pub(super) articles: Vec<(ArticleId, BlockNumber)>,
    /// Where events lie now.
    pub(super) events: Vec<(EventId, BlockNumber)>,
    /// Articles that are gone.
    pub(super) articles_gone: Vec<ArticleId>,
    /// Events that are gone.
    pub(super) events_gone: BTreeSet<EventId>,
}

/// Reads the records of all blocks.
///
/// # Errors
/// [`StoreError::Damaged`] where one is damaged; [`StoreError::Io`], [`StoreError::Unreadable`].
pub(super) fn read_blocks(
    backend: &crate::store::backend::Backend,
) -> Result<BTreeMap<BlockNumber, Sealed>, StoreError> {
    let mut blocks = BTreeMap::new();
    for entry in backend.scan(key::blocks()) {
        let (bytes, value) = entry?;
        let Some(key @ Key::Block(number)) = Key::decode(&bytes) else {
            return Err(bad_key(&bytes));
        };
        let entry: BlockEntry = envelope::decode(key, &value)?;
        if entry.number != number {
            return Err(envelope::damaged(key, "the record is of another block"));
        }
        blocks.insert(number, Sealed::new(entry));
    }
    Ok(blocks)
}

/// Builds the error of a key that nothing has.
pub(super) fn bad_key(bytes: &[u8]) -> StoreError {
    StoreError::Damaged {
        tree: key::TREE,
        key: key::show(bytes),
        reason: "no record has such a key".to_owned(),
    }
}
