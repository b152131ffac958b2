//! The manifest: how much the store holds, so that what is missing is noticed.
//!
//! It is written in the same batch as everything else, and after each flush to a file of its own. A
//! file that knows of later writes than the tree does proves that the tree was shortened; a tree
//! that knows of later ones is what a process leaves that ended before it wrote the file.
//!
//! FORMAT: The file `manifest` is a value (`envelope.rs`) under the key of the manifest, its payload
//! the manifest, then the records of all blocks: with the files of the blocks these are enough to
//! find all that is sealed without the tree.

use crate::model::{ArticleId, Day, EventId};
use crate::store::block::BlockNumber;
use crate::store::folder::FORMAT;
use crate::store::key::Key;
use crate::store::sealed::BlockEntry;
use crate::store::{RunNumber, StoreError, envelope};

/// The name of the file.
pub(super) const FILE: &str = "manifest";

/// How much a store holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Manifest {
    /// The format of the store.
    pub(super) format: u32,
    /// The number of the last write.
    pub(super) sequence: u64,
    /// Articles, sealed or not.
    pub(super) articles: u64,
    /// Their events.
    pub(super) events: u64,
    /// The mentions of these.
    pub(super) mentions: u64,
    /// Runs.
    pub(super) runs: u64,
    /// Articles that are not sealed.
    pub(super) open_articles: u64,
    /// Their events.
    pub(super) open_events: u64,
    /// The last block that was sealed.
    pub(super) block: BlockNumber,
    /// The sum of a hash for each article; see [`Tally`].
    pub(super) hash: u128,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            format: FORMAT,
            sequence: 0,
            articles: 0,
            events: 0,
            mentions: 0,
            runs: 0,
            open_articles: 0,
            open_events: 0,
            block: BlockNumber(0),
            hash: 0,
        }
    }
}

/// What an article adds to the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) articles: u64,
    pub(super) events: u64,
    pub(super) mentions: u64,
    pub(super) hash: u128,
}

impl Tally {
    /// Counts an article: its hash is made of its id, its run, its day and the ids of its events.
    pub(super) fn of(
        id: ArticleId,
        (run, added): (RunNumber, Day),
        events: impl IntoIterator<Item = (EventId, usize)>,
    ) -> Self {
        let mut tally = Self {
            articles: 1,
            ..Self::default()
        };
        let head = u128::from(run.get()) << 32 | u128::from(added.number().cast_unsigned());
        let mut hash = mixed(u128::from_be_bytes(*id.as_bytes()) ^ mixed(head));
        for (event, mentions) in events {
            tally.events += 1;
            tally.mentions += mentions as u64;
            hash = mixed(hash ^ u128::from(u64::from_be_bytes(*event.as_bytes())));
        }
        tally.hash = hash;
        tally
    }

    /// Adds another tally.
    pub(super) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.events += other.events;
        self.mentions += other.mentions;
        self.hash = self.hash.wrapping_add(other.hash);
    }
}

/// Spreads the bits of a number over all of it; two numbers never become one.
const fn mixed(number: u128) -> u128 {
    let number = (number ^ (number >> 67)).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    let number = (number ^ (number >> 59)).wrapping_mul(0xda94_2042_e4dd_58b5_9e37_79b9_7f4a_7c15);
    number ^ (number >> 64)
}

impl Manifest {
    /// Returns the manifest of the next write.
    pub(super) fn next(&self) -> Self {
        Self {
            sequence: self.sequence + 1,
            ..self.clone()
        }
    }

    /// Adds articles to the totals.
    pub(super) fn add(&mut self, tally: &Tally) {
        self.articles += tally.articles;
        self.events += tally.events;
        self.mentions += tally.mentions;
        self.hash = self.hash.wrapping_add(tally.hash);
    }

    /// Takes articles off the totals.
    pub(super) fn take(&mut self, tally: &Tally) {
        self.articles = self.articles.saturating_sub(tally.articles);
        self.events = self.events.saturating_sub(tally.events);
        self.mentions = self.mentions.saturating_sub(tally.mentions);
        self.hash = self.hash.wrapping_sub(tally.hash);
    }

    /// Encodes the manifest as it stands in the tree.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`], which it never is.
    pub(super) fn entry(&self) -> Result<(Vec<u8>, Vec<u8>), StoreError> {
        let value = envelope::encode(Key::Manifest, self.sequence, self)?;
        Ok((Key::Manifest.encode(), value))
    }
}

/// Encodes the file.
///
/// # Errors
/// [`StoreError::TooLarge`] with more blocks than a record can hold.
pub(super) fn encode_file(
    manifest: &Manifest,
    blocks: &[&BlockEntry],
) -> Result<Vec<u8>, StoreError> {
    envelope::encode(Key::Manifest, manifest.sequence, &(manifest, blocks))
}

/// Decodes the file.
///
/// # Errors
/// [`StoreError::Damaged`].
pub(super) fn decode_file(bytes: &[u8]) -> Result<(Manifest, Vec<BlockEntry>), StoreError> {
    envelope::decode(Key::Manifest, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_knows_ids_runs_days_and_events() {
        let id = |byte| ArticleId::from_bytes([byte; 16]);
        let event = |byte| (EventId::from_bytes([byte; 8]), 2);
        let tally = |article, run, day, events: &[(EventId, usize)]| {
            let brought = (RunNumber::new(run), Day::from_number(day));
            Tally::of(id(article), brought, events.iter().copied())
        };
        let one = tally(1, 1, 1, &[event(1), event(2)]);
        assert_eq!((one.articles, one.events, one.mentions), (1, 2, 4));
        assert_eq!(one, tally(1, 1, 1, &[event(1), event(2)]));
        let others = [
            tally(2, 1, 1, &[event(1), event(2)]),
            tally(1, 2, 1, &[event(1), event(2)]),
            tally(1, 1, -1, &[event(1), event(2)]),
            tally(1, 1, 1, &[event(2), event(1)]),
            tally(1, 1, 1, &[event(1)]),
        ];
        for other in others {
            assert_ne!(one.hash, other.hash);
        }
    }

    #[test]
    fn what_is_added_can_be_taken() {
        let tally = Tally::of(
            ArticleId::from_bytes([7; 16]),
            (RunNumber::new(1), Day::from_number(3)),
            [(EventId::from_bytes([1; 8]), 1)],
        );
        let mut manifest = Manifest::default();
        manifest.add(&tally);
        assert_eq!((manifest.articles, manifest.events), (1, 1));
        manifest.take(&tally);
        assert_eq!(manifest, Manifest::default());
    }
}
