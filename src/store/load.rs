//! Loading many articles that are coded already, past the keys of the tree, into blocks at once.

use std::thread::{self, JoinHandle};

use crate::model::{Article, ArticleId, Day, Event, EventId};
use crate::store::articles::{check_sound, tally_of};
use crate::store::block::{self, Encoded, Row};
use crate::store::hashing::FastSet;
use crate::store::record::Whole;
use crate::store::seal::{BLOCK_ARTICLES, BLOCK_EVENTS, BLOCK_TEXT_BYTES};
use crate::store::state::Change;
use crate::store::{PutOutcome, RunNumber, Store, StoreError};

/// Puts articles a block at a time.
///
/// While one block is packed by a thread of its own, the next is filled. What was put is in the
/// store when the block that holds it is written, and safe when [`Loader::finish`] returns; a loader
/// that is dropped before loses what it holds, by whole articles. The order of the articles and
/// nothing else decides what the store looks like.
///
/// # Examples
/// ```
/// use demarche::model::{ArticleDraft, Day};
/// use demarche::store::{RunStart, Store, StoreError};
///
/// # fn main() -> Result<(), StoreError> {
/// let store = Store::in_memory();
/// let today = Day::from_number(20_469);
/// let run = store.begin_run(RunStart {
///     started: today,
///     label: "restore backup".to_owned(),
///     coder_version: "1".to_owned(),
///     dictionary_version: "1".to_owned(),
/// })?;
/// let mut loader = store.loader();
/// for number in 0..1000 {
///     let draft = ArticleDraft { text: format!("Nothing happened on day {number}."), ..ArticleDraft::default() };
///     loader.put(draft.into_article(), Vec::new(), run.run, today)?;
/// }
/// loader.finish()?;
/// assert_eq!(store.stats()?.articles, 1000);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Loader<'store> {
    store: &'store Store,
    held: Held,
    packing: Option<Packing>,
}

/// Articles that wait for their block.
#[derive(Debug, Default)]
struct Held {
    wholes: Vec<Whole>,
    articles: FastSet<ArticleId>,
    events: FastSet<EventId>,
    text_bytes: usize,
}

/// A block that is packed.
#[derive(Debug)]
struct Packing {
    held: Held,
    thread: JoinHandle<(Vec<Whole>, Result<Encoded, StoreError>)>,
}

impl Store {
    /// Begins to load many articles.
    #[must_use]
    pub fn loader(&self) -> Loader<'_> {
        Loader {
            store: self,
            held: Held::default(),
            packing: None,
        }
    }
}

impl Loader<'_> {
    /// Puts an article with its events.
    ///
    /// # Errors
    /// As [`Store::put_article`]; an error of writing may concern articles that were put before.
    ///
    /// # Complexity
    /// A look at the ids, which are kept in memory; once in some thousand articles, the writing of
    /// a block.
    pub fn put(
        &mut self,
        article: Article,
        events: Vec<Event>,
        run: RunNumber,
        added: Day,
    ) -> Result<PutOutcome, StoreError> {
        let id = article.id;
        if self.holds(id) || self.store.has_article(id)? {
            return Ok(PutOutcome::AlreadyThere);
        }
        check_sound(&article, &events)?;
        self.check_new(id, &events)?;
        self.held.articles.insert(id);
        self.held.events.extend(events.iter().map(|event| event.id));
        self.held.text_bytes += article.text.len();
        let sketch = article.sketch();
        self.held.wholes.push(Whole {
            article,
            events,
            run,
            added,
            sketch,
        });
        let is_full = self.held.events.len() >= BLOCK_EVENTS
            || self.held.text_bytes >= BLOCK_TEXT_BYTES
            || self.held.wholes.len() >= BLOCK_ARTICLES;
        if is_full {
            self.pack()?;
        }
        Ok(PutOutcome::Added)
    }

    /// Writes what is left and returns when everything is safe on disk.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.sync()?;
        self.store.file_index()
    }

    /// Writes what was put so far and returns when it is safe on disk; more can be put.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.pack()?;
        self.take_up()?;
        self.store.flush()
    }

    fn holds(&self, id: ArticleId) -> bool {
        self.helds().any(|held| held.articles.contains(&id))
    }

    fn helds(&self) -> impl Iterator<Item = &Held> {
        let packing = self.packing.as_ref().map(|packing| &packing.held);
        packing.into_iter().chain([&self.held])
    }

    fn check_new(&self, article: ArticleId, events: &[Event]) -> Result<(), StoreError> {
        let ids = events.iter().map(|event| event.id);
        let mut held = ids.clone();
        let known = held.find(|id| self.helds().any(|held| held.events.contains(id)));
        match known {
            Some(event) => Err(StoreError::Collision { event, article }),
            None => self.store.check_new(article, ids),
        }
    }

    /// Hands what is held to a thread that packs it, after the block before is written.
    fn pack(&mut self) -> Result<(), StoreError> {
        self.take_up()?;
        if self.held.wholes.is_empty() {
            return Ok(());
        }
        let mut held = std::mem::take(&mut self.held);
        let wholes = std::mem::take(&mut held.wholes);
        let number = self.store.next_block();
        let sequence = self.store.state().manifest.sequence + 1;
        let thread = thread::spawn(move || {
            let rows: Vec<Row<'_>> = wholes.iter().map(Whole::row).collect();
            let encoded = block::encode(number, sequence, rows);
            (wholes, encoded)
        });
        self.packing = Some(Packing { held, thread });
        Ok(())
    }

    /// Waits for the block that is packed, and writes it.
    fn take_up(&mut self) -> Result<(), StoreError> {
        let Some(packing) = self.packing.take() else {
            return Ok(());
        };
        let (wholes, encoded) = match packing.thread.join() {
            Ok(packed) => packed,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let entry = self.store.write_block(encoded?)?;
        let _guard = self.store.lock();
        let mut change = Change {
            manifest: self.store.state().manifest.next(),
            ..Change::default()
        };
        let mut entry = entry;
        for (row, whole) in in_order(&wholes).into_iter().enumerate() {
            let id = whole.article.id;
            let tally = tally_of(id, &whole.events, (whole.run, whole.added));
            // Another thread may have put the same article in the meantime.
            if self.store.has_article(id)? {
                entry.mark(row, &tally, true);
                continue;
            }
            change.manifest.add(&tally);
            change.articles.push((id, entry.number));
            let events = whole.events.iter().map(|event| (event.id, entry.number));
            change.events.extend(events);
        }
        self.store.add_block(entry, change)
    }
}

/// Returns articles in the order of their rows.
fn in_order(wholes: &[Whole]) -> Vec<&Whole> {
    let mut wholes: Vec<&Whole> = wholes.iter().collect();
    wholes.sort_unstable_by_key(|whole| whole.article.id);
    wholes
}
