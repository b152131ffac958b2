//! Keys: the one place that knows their bytes.
//!
//! FORMAT: All records lie in one tree, `primary`. The first byte says what a record is; numbers
//! are big-endian, so that keys sort as the values do.
//!
//! ```text
//! tree     key                            value (inside the envelope of envelope.rs)
//! primary  'a' + article id (16 bytes)    the article with its events, run, day added, sketch
//! primary  'b' + block number (4 bytes)   a sealed block: how much it holds, which articles are gone
//! primary  'd'                            the user's dictionary, as text
//! primary  'm'                            the manifest: format, sequence, totals, rolling hash
//! primary  'r' + run number (4 bytes)     the run
//! primary  'x' + article id (16 bytes)    the article was removed
//! ```

use std::fmt;
use std::ops::Range;

use crate::model::{ArticleId, EventId};
use crate::store::block::BlockNumber;
use crate::store::{RunNumber, StoreError};

/// The name of the tree of all records, for people.
pub(super) const TREE: &str = "primary";

const ARTICLE: u8 = b'a';
const BLOCK: u8 = b'b';
const DICTIONARY: u8 = b'd';
const MANIFEST: u8 = b'm';
const RUN: u8 = b'r';
const REMOVED: u8 = b'x';

const EVENT_DIGITS: usize = 16;

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// An article with its events, not sealed yet.
    Article(ArticleId),
    /// A sealed block.
    Block(BlockNumber),
    /// The user's dictionary.
    Dictionary,
    /// The manifest.
    Manifest,
    /// A run.
    Run(RunNumber),
    /// An article that was removed.
    Removed(ArticleId),
}

impl Key {
    /// Returns the bytes of the key.
    pub(super) fn encode(self) -> Vec<u8> {
        match self {
            Self::Article(id) => [&[ARTICLE], id.as_bytes().as_slice()].concat(),
            Self::Block(number) => [&[BLOCK], number.0.to_be_bytes().as_slice()].concat(),
            Self::Dictionary => vec![DICTIONARY],
            Self::Manifest => vec![MANIFEST],
            Self::Run(run) => [&[RUN], run.get().to_be_bytes().as_slice()].concat(),
            Self::Removed(id) => [&[REMOVED], id.as_bytes().as_slice()].concat(),
        }
    }

    /// Reads a key; nothing where the bytes are none.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let number = || Some(u32::from_be_bytes(rest.try_into().ok()?));
        let article = || Some(ArticleId::from_bytes(rest.try_into().ok()?));
        match *kind {
            ARTICLE => article().map(Self::Article),
            BLOCK => number().map(|number| Self::Block(BlockNumber(number))),
            DICTIONARY => rest.is_empty().then_some(Self::Dictionary),
            MANIFEST => rest.is_empty().then_some(Self::Manifest),
            RUN => number().map(|number| Self::Run(RunNumber::new(number))),
            REMOVED => article().map(Self::Removed),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(id) => write!(f, "article {id}"),
            Self::Block(number) => write!(f, "block {number}"),
            Self::Dictionary => f.write_str("dictionary"),
            Self::Manifest => f.write_str("manifest"),
            Self::Run(run) => write!(f, "run {run}"),
            Self::Removed(id) => write!(f, "removed article {id}"),
        }
    }
}

/// Names the key of damaged bytes for people.
pub(super) fn show(bytes: &[u8]) -> String {
    Key::decode(bytes).map_or_else(
        || format!("key {}", bytes.escape_ascii()),
        |key| key.to_string(),
    )
}

/// Returns the range of every key there can be.
pub(super) fn everything() -> Range<Vec<u8>> {
    vec![0]..vec![u8::MAX; 2]
}

/// Returns the range of the keys of articles.
pub(super) fn articles() -> Range<Vec<u8>> {
    vec![ARTICLE]..vec![ARTICLE + 1]
}

/// Returns the range of the keys of sealed blocks.
pub(super) fn blocks() -> Range<Vec<u8>> {
    vec![BLOCK]..vec![BLOCK + 1]
}

/// Returns the range of the keys of runs.
pub(super) fn runs() -> Range<Vec<u8>> {
    vec![RUN]..vec![RUN + 1]
}

/// Returns the range of the ids, as numbers, that begin with hexadecimal digits: first and last.
///
/// # Errors
/// [`StoreError::Prefix`] where the text is no beginning of an id.
pub(super) fn ids_from(prefix: &str) -> Result<(u64, u64), StoreError> {
    let id = |filler: &str| {
        let missing = EVENT_DIGITS.saturating_sub(prefix.len());
        let digits = format!("{prefix}{}", filler.repeat(missing));
        let id: Result<EventId, _> = digits.parse();
        let number = id.map(|id| u64::from_be_bytes(*id.as_bytes()));
        number.map_err(|_| StoreError::Prefix {
            text: prefix.chars().take(2 * EVENT_DIGITS).collect(),
        })
    };
    Ok((id("0")?, id("f")?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_key() -> impl Strategy<Value = Key> {
        prop_oneof![
            any::<[u8; 16]>().prop_map(|bytes| Key::Article(ArticleId::from_bytes(bytes))),
            any::<[u8; 16]>().prop_map(|bytes| Key::Removed(ArticleId::from_bytes(bytes))),
            any::<u32>().prop_map(|number| Key::Block(BlockNumber(number))),
            any::<u32>().prop_map(|number| Key::Run(RunNumber::new(number))),
            Just(Key::Dictionary),
            Just(Key::Manifest),
        ]
    }

    proptest! {
        #[test]
        fn keys_round_trip(key in any_key()) {
            prop_assert_eq!(Key::decode(&key.encode()), Some(key));
            prop_assert!(everything().contains(&key.encode()));
        }

        #[test]
        fn bytes_sort_as_keys_do(one in any_key(), two in any_key()) {
            prop_assert_eq!(one.cmp(&two), one.encode().cmp(&two.encode()));
        }

        #[test]
        fn decoding_is_total_and_exact(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
            if let Some(key) = Key::decode(&bytes) {
                prop_assert_eq!(key.encode(), bytes);
            }
        }

        #[test]
        fn a_prefix_finds_what_begins_with_it(id in any::<[u8; 8]>(), other in any::<[u8; 8]>(), length in 0..=16_usize) {
            let (id, other) = (EventId::from_bytes(id), EventId::from_bytes(other));
            let prefix = id.to_string()[..length].to_owned();
            let (first, last) = ids_from(&prefix.to_uppercase()).unwrap();
            let number = |id: EventId| u64::from_be_bytes(*id.as_bytes());
            prop_assert!((first..=last).contains(&number(id)));
            prop_assert_eq!(
                (first..=last).contains(&number(other)),
                other.to_string().starts_with(&prefix)
            );
        }
    }

    #[test]
    fn texts_that_begin_no_id_are_refused() {
        for text in ["x", "12 ", "-1", "ä", "00000000000000000", "+f"] {
            assert!(
                matches!(ids_from(text), Err(StoreError::Prefix { .. })),
                "{text}"
            );
        }
    }
}
