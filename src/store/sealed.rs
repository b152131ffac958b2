//! Sealed blocks as the store keeps them: which articles of each are still there, and its files.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::model::{Article, ArticleId, Event, EventId};
use crate::store::backend::Backend;
use crate::store::block::{ArticleHead, Block, BlockNumber, Encoded, Head};
use crate::store::manifest::Tally;
use crate::store::record::Whole;
use crate::store::{StoreError, StoredArticle, frame, soundness};

/// The name under which errors speak of blocks.
pub(super) const TREE: &str = "sealed";

/// The record of a block.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct BlockEntry {
    /// The block.
    pub(super) number: BlockNumber,
    /// The number of the write that sealed it; the block says the same.
    pub(super) sequence: u64,
    /// Its articles, those that are gone too.
    pub(super) articles: u32,
    /// Its events, those that are gone too.
    pub(super) events: u32,
    /// Its mentions, those that are gone too.
    pub(super) mentions: u32,
    /// The size of the file with everything but the texts.
    pub(super) block_bytes: u64,
    /// The size of the file of texts.
    pub(super) texts_bytes: u64,
    /// Articles that are gone: removed, or coded anew since.
    pub(super) gone_articles: u32,
    /// Their events.
    pub(super) gone_events: u32,
    /// The mentions of these.
    pub(super) gone_mentions: u32,
    /// A bit for each article, the highest first: whether it is gone. Empty where none is.
    pub(super) gone: Vec<u8>,
}

impl BlockEntry {
    /// Builds the record of a new block of which nothing is gone.
    pub(super) fn new(encoded: &Encoded) -> Self {
        Self {
            block_bytes: encoded.block.len() as u64,
            texts_bytes: encoded.texts.len() as u64,
            ..Self::of_head(&encoded.head)
        }
    }

    /// Builds the record of a block of which only the files are left.
    pub(super) fn of_head(head: &Head) -> Self {
        Self {
            number: head.number,
            sequence: head.sequence,
            articles: head.articles,
            events: head.events,
            mentions: head.mentions,
            block_bytes: 0,
            texts_bytes: 0,
            gone_articles: 0,
            gone_events: 0,
            gone_mentions: 0,
            gone: Vec::new(),
        }
    }

    /// Says whether the article of a row is gone.
    pub(super) fn is_gone(&self, row: usize) -> bool {
        let byte = self.gone.get(row / 8);
        byte.is_some_and(|byte| byte & (0x80 >> (row % 8)) != 0)
    }

    /// Notes that the article of a row is gone, or there again, with what it counts.
    pub(super) fn mark(&mut self, row: usize, tally: &Tally, is_gone: bool) {
        let bytes = usize::try_from(self.articles)
            .unwrap_or(usize::MAX)
            .div_ceil(8);
        self.gone.resize(bytes, 0);
        let bit = 0x80 >> (row % 8);
        let Some(byte) = self.gone.get_mut(row / 8) else {
            return;
        };
        if (*byte & bit != 0) == is_gone {
            return;
        }
        *byte ^= bit;
        let limited = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let counts = [
            (&mut self.gone_articles, 1),
            (&mut self.gone_events, limited(tally.events)),
            (&mut self.gone_mentions, limited(tally.mentions)),
        ];
        for (count, change) in counts {
            *count = if is_gone {
                count.saturating_add(change)
            } else {
                count.saturating_sub(change)
            };
        }
    }

    /// Notes that all articles are gone.
    pub(super) fn mark_all(&mut self) {
        let bytes = usize::try_from(self.articles)
            .unwrap_or(usize::MAX)
            .div_ceil(8);
        self.gone = vec![u8::MAX; bytes];
        self.gone_articles = self.articles;
        self.gone_events = self.events;
        self.gone_mentions = self.mentions;
    }
}

/// Where the texts of a block lie.
#[derive(Debug)]
enum Texts {
    /// In the file of the block.
    File,
    /// Here.
    Memory(Vec<u8>),
}

/// A block whose columns are in memory.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) block: Block,
    texts: Texts,
    /// The chunk of texts that was read last; articles are mostly read in order.
    chunk: Mutex<Option<(usize, Arc<Vec<u8>>)>>,
}

impl Loaded {
    fn new(block: Block, texts: Texts) -> Arc<Self> {
        Arc::new(Self {
            block,
            texts,
            chunk: Mutex::new(None),
        })
    }
}

/// A block, and what of it is still there; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Sealed {
    /// Its record.
    pub(super) entry: Arc<BlockEntry>,
    loaded: Arc<OnceLock<Arc<Loaded>>>,
}

impl Sealed {
    /// Builds a block of which only the record is known.
    pub(super) fn new(entry: BlockEntry) -> Self {
        Self {
            entry: Arc::new(entry),
            loaded: Arc::default(),
        }
    }

    /// Builds a block of what is not sealed, which has no files.
    ///
    /// # Errors
    /// What is wrong with it, which cannot be.
    pub(super) fn open(encoded: &Encoded) -> Result<Self, String> {
        let number = encoded.head.number;
        let (file, body) = frame::open_owned(encoded.block.clone())?;
        let texts = frame::open(&encoded.texts)?.into_owned();
        let sealed = Self::new(BlockEntry::new(encoded));
        let block = Block::read(number, file, body)?;
        drop(sealed.loaded.set(Loaded::new(block, Texts::Memory(texts))));
        Ok(sealed)
    }

    /// Returns the same block with another record.
    pub(super) fn with(&self, entry: BlockEntry) -> Self {
        Self {
            entry: Arc::new(entry),
            loaded: Arc::clone(&self.loaded),
        }
    }

    /// Returns the number of the block.
    pub(super) fn number(&self) -> BlockNumber {
        self.entry.number
    }

    /// Returns the columns, which then stay in memory.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(super) fn load(&self, backend: &Backend) -> Result<Arc<Loaded>, StoreError> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(Arc::clone(loaded));
        }
        let loaded = self.read(backend)?;
        Ok(Arc::clone(self.loaded.get_or_init(|| loaded)))
    }

    /// Returns the columns, for one pass over the store.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(super) fn load_once(&self, backend: &Backend) -> Result<Arc<Loaded>, StoreError> {
        match self.loaded.get() {
            Some(loaded) => Ok(Arc::clone(loaded)),
            None => self.read(backend),
        }
    }

    fn read(&self, backend: &Backend) -> Result<Arc<Loaded>, StoreError> {
        let name = self.number().block_file();
        let file = backend.read_file(&name)?;
        let file = file.ok_or_else(|| self.damaged(format!("the file {name} is missing")))?;
        let block = read_block(self.number(), file)
            .map_err(|reason| self.damaged(format!("the file {name}: {reason}")))?;
        let head = block.head();
        let entry = &self.entry;
        let is_same = head.sequence == entry.sequence
            && (head.articles, head.events) == (entry.articles, entry.events);
        if !is_same {
            return Err(self.damaged(format!("the file {name} is of another time")));
        }
        Ok(Loaded::new(block, Texts::File))
    }

    /// Returns the rows of the articles that are there, in the order of their ids.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + use<> {
        let entry = Arc::clone(&self.entry);
        self.all_rows().filter(move |row| !entry.is_gone(*row))
    }

    /// Returns the rows of all articles, those that are gone too.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = usize> + use<> {
        0..usize::try_from(self.entry.articles).unwrap_or(usize::MAX)
    }

    /// Returns the error of damage in this block.
    pub(super) fn damaged(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Damaged {
            tree: TREE,
            key: format!("block {}", self.number()),
            reason: reason.into(),
        }
    }

    fn damaged_row(&self, row: usize) -> StoreError {
        self.damaged(format!("its article {row} contradicts itself"))
    }

    /// Counts the article of a row.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(super) fn tally(&self, loaded: &Loaded, row: usize) -> Result<Tally, StoreError> {
        let tally = || {
            let block = &loaded.block;
            let head = block.article(row)?;
            let events = block
                .events_of(row)?
                .map(|event| Some((block.event_id(event)?, block.mention_count(event)?)));
            let events: Vec<(EventId, usize)> = events.collect::<Option<_>>()?;
            Some(Tally::of(head.id, (head.run, head.added), events))
        };
        tally().ok_or_else(|| self.damaged_row(row))
    }

    /// Returns the event of a row.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(super) fn event(&self, loaded: &Loaded, event: usize) -> Result<Event, StoreError> {
        let block = &loaded.block;
        let found = || {
            let article = block.id(block.article_of(event)?)?;
            block.event(event, article)
        };
        let found =
            found().ok_or_else(|| self.damaged(format!("its event {event} contradicts itself")))?;
        let fault = soundness::event_faults(&found).next();
        match fault {
            None => Ok(found),
            Some(fault) => Err(self.damaged(format!("its event {}: {fault}", found.id))),
        }
    }

    /// Returns the events of the article of a row.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(super) fn events(&self, loaded: &Loaded, row: usize) -> Result<Vec<Event>, StoreError> {
        let events = loaded.block.events_of(row);
        let events = events.ok_or_else(|| self.damaged_row(row))?;
        events.map(|event| self.event(loaded, event)).collect()
    }

    /// Returns the article of a row with the ids of its events.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(super) fn article(
        &self,
        backend: &Backend,
        loaded: &Loaded,
        row: usize,
    ) -> Result<StoredArticle, StoreError> {
        let block = &loaded.block;
        let head = block.article(row).ok_or_else(|| self.damaged_row(row))?;
        let events = block.events_of(row).into_iter().flatten();
        let events: Option<Vec<EventId>> = events.map(|event| block.event_id(event)).collect();
        Ok(StoredArticle {
            article: self.text(backend, loaded, &head)?,
            events: events.ok_or_else(|| self.damaged_row(row))?,
            run: head.run,
            added: head.added,
            sketch: head.sketch,
        })
    }

    /// Returns the article of a row with everything that belongs to it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(super) fn whole(
        &self,
        backend: &Backend,
        loaded: &Loaded,
        row: usize,
    ) -> Result<Whole, StoreError> {
        let stored = self.article(backend, loaded, row)?;
        let whole = Whole {
            events: self.events(loaded, row)?,
            article: stored.article,
            run: stored.run,
            added: stored.added,
            sketch: stored.sketch,
        };
        match whole.fault(whole.article.id) {
            None => Ok(whole),
            Some(fault) => Err(self.damaged(format!("its article {}: {fault}", whole.article.id))),
        }
    }

    fn text(
        &self,
        backend: &Backend,
        loaded: &Loaded,
        head: &ArticleHead,
    ) -> Result<Article, StoreError> {
        let lost = |id: ArticleId| {
            let name = self.number().texts_file();
            self.damaged(format!("the text of article {id} in the file {name}"))
        };
        let guard = loaded.chunk.lock();
        let mut known = guard.unwrap_or_else(PoisonError::into_inner);
        let bytes = if let Some((_, bytes)) = known.as_ref().filter(|(at, _)| *at == head.chunk) {
            Arc::clone(bytes)
        } else {
            let bytes = self.chunk(backend, loaded, head.chunk)?;
            Arc::new(bytes.ok_or_else(|| lost(head.id))?)
        };
        *known = Some((head.chunk, Arc::clone(&bytes)));
        drop(known);
        head.with_document(&bytes).ok_or_else(|| lost(head.id))
    }

    /// Unpacks a chunk of texts; where it is damaged, out of the whole file made whole.
    fn chunk(
        &self,
        backend: &Backend,
        loaded: &Loaded,
        number: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some((chunk, range)) = loaded
            .block
            .chunk(number)
            .and_then(|chunk| Some((chunk, chunk.range()?)))
        else {
            return Ok(None);
        };
        if let Texts::Memory(texts) = &loaded.texts {
            return Ok(texts.get(range).and_then(|packed| chunk.unpack(packed)));
        }
        let name = self.number().texts_file();
        let start = frame::body_start(loaded.block.texts_length()) as u64;
        let within = start + range.start as u64..start + range.end as u64;
        let packed = backend.read_file_part(&name, within)?;
        if let Some(bytes) = packed.and_then(|packed| chunk.unpack(&packed)) {
            return Ok(Some(bytes));
        }
        let Some(file) = backend.read_file(&name)? else {
            return Ok(None);
        };
        let opened = frame::open_in_part(&file);
        Ok(opened.get(range).and_then(|packed| chunk.unpack(packed)))
    }
}

/// Reads a block out of its file.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read_block(number: BlockNumber, file: Vec<u8>) -> Result<Block, String> {
    let (file, body) = frame::open_owned(file)?;
    Block::read(number, file, body)
}
