//! Writing a store anew: small blocks become large ones, and what is gone makes room.

use std::path::Path;

use crate::store::folder;
use crate::store::key::Key;
use crate::store::replace::{self, Replacement};
use crate::store::sealed::Sealed;
use crate::store::{Holder, OpenMode, Store, StoreError, envelope};

/// What compacting has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompactReport {
    /// How many articles the store holds.
    pub articles: u64,
    /// How many events.
    pub events: u64,
    /// The size of its files before.
    pub bytes_before: u64,
    /// The size of its files now.
    pub bytes: u64,
}

impl Store {
    /// Writes the store in a folder anew, and puts the new one in its place; `holder` is told to
    /// others as by [`Store::open_as`].
    ///
    /// Needs as much room on disk again. Whenever it is cut off, one whole store is left, and whoever
    /// opens it next finishes the work or clears up.
    ///
    /// # Errors
    /// - As [`Store::open`] with [`OpenMode::Existing`].
    /// - [`StoreError::Damaged`]: a record is damaged; nothing has changed.
    /// - [`StoreError::Io`]: the disk is full, say; nothing has changed.
    ///
    /// # Complexity
    /// A scan of the store, a block at a time.
    pub fn compact(path: &Path, holder: Option<&Holder>) -> Result<CompactReport, StoreError> {
        let old = Self::open_as(path, OpenMode::Existing, holder)?;
        let bytes_before = folder::bytes_on_disk(path)?;
        let replacement = Replacement::begin(path)?;
        let copied = Self::open(&replacement.next(), OpenMode::Create).and_then(|new| {
            old.copy_to(&new)?;
            new.close()
        });
        if let Err(error) = copied {
            replacement.abandon();
            return Err(error);
        }
        replacement.declare()?;
        // The old store stays open, so that nobody writes to it while it goes.
        replace::finish(path)?;
        let manifest = old.state().manifest.clone();
        drop(old);
        Ok(CompactReport {
            articles: manifest.articles,
            events: manifest.events,
            bytes_before,
            bytes: folder::bytes_on_disk(path)?,
        })
    }

    /// Copies everything to an empty store, and compares what came out.
    fn copy_to(&self, new: &Self) -> Result<(), StoreError> {
        for run in self.runs() {
            new.put_run(&run?)?;
        }
        if let Some(text) = self.dictionary()? {
            new.set_dictionary(&text)?;
        }
        let mut loader = new.loader();
        let blocks: Vec<Sealed> = self.state().blocks.values().cloned().collect();
        for sealed in &blocks {
            let columns = sealed.load_once(&self.backend)?;
            for row in sealed.rows() {
                let whole = sealed.whole(&self.backend, &columns, row)?;
                loader.put(whole.article, whole.events, whole.run, whole.added)?;
            }
        }
        let (wholes, damaged) = self.open_articles(usize::MAX)?;
        if let Some((key, reason)) = damaged.into_iter().next() {
            return Err(StoreError::Damaged {
                tree: crate::store::key::TREE,
                key,
                reason,
            });
        }
        for whole in wholes {
            loader.put(whole.article, whole.events, whole.run, whole.added)?;
        }
        loader.finish()?;
        let (before, after) = (self.state().manifest.clone(), new.state().manifest.clone());
        let is_same = (before.articles, before.events, before.mentions, before.runs)
            == (after.articles, after.events, after.mentions, after.runs)
            && before.hash == after.hash;
        if is_same {
            return Ok(());
        }
        let reason = format!(
            "{} articles with {} events are to be copied, {} with {} came out; `demarche db check` \
             says more",
            before.articles, before.events, after.articles, after.events
        );
        Err(envelope::damaged(Key::Manifest, reason))
    }
}
