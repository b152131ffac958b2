//! Keys: the one place that knows their bytes.
//!
//! FORMAT: All records lie in one tree, `primary`. The first byte says what a record is; numbers
//! are big-endian, so that keys sort as the values do.
//!
//! ```text
//! tree     key                            value (inside the envelope of value.rs)
//! primary  'a' + article id (16 bytes)    the article, ids of its events, run, day added
//! primary  'd'                            the user's dictionary, as text
//! primary  'e' + event id (8 bytes)       the event
//! primary  'm'                            the format version
//! primary  'r' + run number (4 bytes)     the run
//! ```

use std::fmt;
use std::ops::Range;

use crate::model::{ArticleId, EventId};
use crate::store::{RunNumber, StoreError};

/// The name of the tree of all records, for people.
pub(super) const TREE: &str = "primary";

const ARTICLE: u8 = b'a';
const DICTIONARY: u8 = b'd';
const EVENT: u8 = b'e';
const FORMAT: u8 = b'm';
const RUN: u8 = b'r';

const EVENT_DIGITS: usize = 16;

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// An article.
    Article(ArticleId),
    /// The user's dictionary.
    Dictionary,
    /// An event.
    Event(EventId),
    /// The format version of the store.
    Format,
    /// A run.
    Run(RunNumber),
}

impl Key {
    /// Returns the bytes of the key.
    pub(super) fn encode(self) -> Vec<u8> {
        match self {
            Self::Article(id) => [&[ARTICLE], id.as_bytes().as_slice()].concat(),
            Self::Dictionary => vec![DICTIONARY],
            Self::Event(id) => [&[EVENT], id.as_bytes().as_slice()].concat(),
            Self::Format => vec![FORMAT],
            Self::Run(run) => [&[RUN], run.get().to_be_bytes().as_slice()].concat(),
        }
    }

    /// Reads a key; nothing where the bytes are none.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        match *kind {
            ARTICLE => Some(Self::Article(ArticleId::from_bytes(rest.try_into().ok()?))),
            DICTIONARY => rest.is_empty().then_some(Self::Dictionary),
            EVENT => Some(Self::Event(EventId::from_bytes(rest.try_into().ok()?))),
            FORMAT => rest.is_empty().then_some(Self::Format),
            RUN => {
                let number = u32::from_be_bytes(rest.try_into().ok()?);
                Some(Self::Run(RunNumber::new(number)))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(id) => write!(f, "article {id}"),
            Self::Dictionary => f.write_str("dictionary"),
            Self::Event(id) => write!(f, "event {id}"),
            Self::Format => f.write_str("format"),
            Self::Run(run) => write!(f, "run {run}"),
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

/// Returns the range of the keys of events.
pub(super) fn events() -> Range<Vec<u8>> {
    vec![EVENT]..vec![EVENT + 1]
}

/// Returns the range of the keys of runs.
pub(super) fn runs() -> Range<Vec<u8>> {
    vec![RUN]..vec![RUN + 1]
}

/// Returns the ranges between articles, events and runs; only the dictionary and the format lie
/// there.
pub(super) fn elsewhere() -> [Range<Vec<u8>>; 4] {
    [
        everything().start..articles().start,
        articles().end..events().start,
        events().end..runs().start,
        runs().end..everything().end,
    ]
}

/// Returns the range of the keys of events whose id begins with hexadecimal digits.
///
/// # Errors
/// [`StoreError::Prefix`] where the text is no beginning of an id.
pub(super) fn events_from(prefix: &str) -> Result<Range<Vec<u8>>, StoreError> {
    let id = |filler: &str| {
        let missing = EVENT_DIGITS.saturating_sub(prefix.len());
        let digits = format!("{prefix}{}", filler.repeat(missing));
        digits.parse().map_err(|_| StoreError::Prefix {
            text: prefix.chars().take(2 * EVENT_DIGITS).collect(),
        })
    };
    let first = Key::Event(id("0")?).encode();
    let mut end = Key::Event(id("f")?).encode();
    // The least sequence of bytes after the last key inside.
    end.push(0);
    Ok(first..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_key() -> impl Strategy<Value = Key> {
        prop_oneof![
            any::<[u8; 16]>().prop_map(|bytes| Key::Article(ArticleId::from_bytes(bytes))),
            any::<[u8; 8]>().prop_map(|bytes| Key::Event(EventId::from_bytes(bytes))),
            any::<u32>().prop_map(|number| Key::Run(RunNumber::new(number))),
            Just(Key::Dictionary),
            Just(Key::Format),
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
            let range = events_from(&prefix.to_uppercase()).unwrap();
            prop_assert!(range.contains(&Key::Event(id).encode()));
            prop_assert_eq!(
                range.contains(&Key::Event(other).encode()),
                other.to_string().starts_with(&prefix)
            );
        }
    }

    #[test]
    fn texts_that_begin_no_id_are_refused() {
        for text in ["x", "12 ", "-1", "ä", "00000000000000000", "+f"] {
            assert!(
                matches!(events_from(text), Err(StoreError::Prefix { .. })),
                "{text}"
            );
        }
    }
}
