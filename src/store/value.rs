//! Values: the envelope around every record, and the encoding inside.
//!
//! FORMAT: A value is
//!
//! ```text
//! byte 0      the version of the value, 1 or 2
//! bytes 1-4   CRC-32 (IEEE) of the payload, big-endian
//! bytes 5-    payload: bincode 1.3, big-endian, integers of variable length, nothing after it
//! ```
//!
//! with these payloads:
//!
//! ```text
//! article     Article, Vec<EventId> in the order of the text, RunNumber, Day added
//! dictionary  String
//! event       Event
//! format      u32
//! run         RunRecord
//! ```
//!
//! Fields stand in the order of their declaration and members of closed sets are their place in
//! `ALL`. So a new field, or a member put between others, is a new version of the value. Version 2
//! gave the mentions of events an origin; `legacy.rs` reads what version 1 wrote.

use bincode::Options;
use flate2::Crc;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::Event;
use crate::store::StoreError;
use crate::store::key::{Key, TREE};
use crate::store::legacy::EventV1;

/// The largest payload in bytes; the text of an article is most of it.
pub(super) const PAYLOAD_BYTES_MAX: u64 = 16 * 1024 * 1024;

const VERSION: u8 = 2;
const VERSION_FIRST: u8 = 1;

fn options() -> impl Options {
    bincode::DefaultOptions::new()
        .with_big_endian()
        .with_limit(PAYLOAD_BYTES_MAX)
}

fn checksum(payload: &[u8]) -> [u8; 4] {
    let mut crc = Crc::new();
    crc.update(payload);
    crc.sum().to_be_bytes()
}

/// Encodes the payload alone; the same record always gives the same bytes.
///
/// # Errors
/// [`StoreError::TooLarge`] for a record beyond [`PAYLOAD_BYTES_MAX`].
pub(super) fn encode_payload(key: Key, record: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    // Nothing else can go wrong: every record is made of plain structs, enums, texts and lists.
    options()
        .serialize(record)
        .map_err(|_| StoreError::TooLarge {
            key: key.to_string(),
            bytes_max: PAYLOAD_BYTES_MAX,
        })
}

/// Encodes a record with its envelope.
///
/// # Errors
/// [`StoreError::TooLarge`] for a record beyond [`PAYLOAD_BYTES_MAX`].
pub(super) fn encode(key: Key, record: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    Ok(seal(&encode_payload(key, record)?))
}

/// Puts the envelope around a payload.
pub(super) fn seal(payload: &[u8]) -> Vec<u8> {
    [&[VERSION], checksum(payload).as_slice(), payload].concat()
}

/// Decodes a record.
///
/// Total: any bytes give a record or an error, and memory is bounded by a small multiple of their
/// length, because no length that they claim is believed before the bytes are there.
///
/// # Errors
/// [`StoreError::Damaged`] for another version, a wrong checksum, or bytes that are no such record.
pub(super) fn decode<Record: DeserializeOwned>(
    key: Key,
    value: &[u8],
) -> Result<Record, StoreError> {
    let (_, payload) = open(key, value)?;
    parse(key, payload)
}

/// Decodes an event, of whichever version.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_event(key: Key, value: &[u8]) -> Result<Event, StoreError> {
    match open(key, value)? {
        (VERSION_FIRST, payload) => parse::<EventV1>(key, payload).map(Event::from),
        (_, payload) => parse(key, payload),
    }
}

/// Takes the envelope off a value: gives its version and its payload.
fn open(key: Key, value: &[u8]) -> Result<(u8, &[u8]), StoreError> {
    let [version, rest @ ..] = value else {
        return Err(damaged(key, "the value is empty"));
    };
    if !(VERSION_FIRST..=VERSION).contains(version) {
        let reason = format!("the value has version {version}, known are up to {VERSION}");
        return Err(damaged(key, reason));
    }
    let Some((expected, payload)) = rest.split_first_chunk::<4>() else {
        return Err(damaged(key, "the value is cut off"));
    };
    if checksum(payload) != *expected {
        return Err(damaged(key, "the checksum does not match"));
    }
    Ok((*version, payload))
}

fn parse<Record: DeserializeOwned>(key: Key, payload: &[u8]) -> Result<Record, StoreError> {
    options()
        .deserialize(payload)
        .map_err(|error| damaged(key, format!("the value does not decode: {error}")))
}

/// Builds the error of a damaged record.
pub(super) fn damaged(key: Key, reason: impl Into<String>) -> StoreError {
    StoreError::Damaged {
        tree: TREE,
        key: key.to_string(),
        reason: reason.into(),
    }
}

/// Builds the error of a record that lies under another's key.
pub(super) fn misplaced(key: Key) -> StoreError {
    damaged(key, "the record under this key has another id inside")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        Article, Context, DateBasis, Event, EventId, Fingerprint, Initiator, Mode, PloverType,
        Precision, Role, Sector, Status,
    };
    use crate::store::RunRecord;
    use crate::store::sample;

    fn key() -> Key {
        Key::Event(EventId::from_bytes([7; 8]))
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_fail(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            drop(decode::<Event>(key(), &bytes));
            let wrapped = seal(&bytes);
            drop(decode::<Event>(key(), &wrapped));
            drop(decode::<RunRecord>(key(), &wrapped));
            drop(decode::<(Article, Vec<EventId>)>(key(), &wrapped));
        }

        #[test]
        fn a_changed_byte_is_noticed(at in any::<prop::sample::Index>(), change in 1..=255_u8) {
            let event = sample::coded_article(3).1.remove(0);
            let mut value = encode(key(), &event).unwrap();
            prop_assert_eq!(decode::<Event>(key(), &value).unwrap(), event);
            let at = at.index(value.len());
            value[at] ^= change;
            let noticed = matches!(decode::<Event>(key(), &value), Err(StoreError::Damaged { .. }));
            prop_assert!(noticed);
        }

        #[test]
        fn a_cut_or_longer_value_is_noticed(length in any::<prop::sample::Index>(), more in 1..9_usize) {
            let event = sample::coded_article(3).1.remove(0);
            let mut value = encode(key(), &event).unwrap();
            let cut = &value[..length.index(value.len())];
            prop_assert!(decode::<Event>(key(), cut).is_err());
            // Even where the checksum was made to fit.
            value.extend(std::iter::repeat_n(0, more));
            let longer = seal(&value[5..]);
            prop_assert!(decode::<Event>(key(), &longer).is_err());
        }
    }

    #[test]
    fn a_claimed_length_is_not_believed() {
        // 253 announces a length of eight bytes; a list of so many ids would not fit in memory.
        let claim = seal(&[253, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3]);
        assert!(decode::<Vec<EventId>>(key(), &claim).is_err());
        assert!(decode::<String>(key(), &claim).is_err());
    }

    #[test]
    fn another_version_is_named() {
        let mut value = encode(key(), &1_u32).unwrap();
        value[0] = 9;
        let error = decode::<u32>(key(), &value).unwrap_err().to_string();
        assert!(error.contains("version 9"), "{error}");
        assert!(error.contains("event 0707070707070707"), "{error}");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let length = usize::try_from(PAYLOAD_BYTES_MAX).unwrap();
        assert!(matches!(
            encode(key(), &"x".repeat(length)),
            Err(StoreError::TooLarge { .. })
        ));
        let fits = encode(key(), &"x".repeat(length - 9)).unwrap();
        assert!(decode::<String>(key(), &fits).is_ok());
    }

    /// Format 1 keeps members of closed sets by their place. Members may be added after these, but
    /// none may move or go.
    #[test]
    fn the_order_of_closed_sets_holds() {
        fn check(set: &str, count: usize, hash: &str, names: &[&str]) -> Option<String> {
            let members = names.iter().take(count);
            let order = members.fold(Fingerprint::new("set"), |order, name| {
                order.field(name.as_bytes())
            });
            let found = EventId::from_fingerprint(order).to_string();
            (found != hash || names.len() < count)
                .then(|| format!("{set}: {} members, order {found}", names.len()))
        }
        macro_rules! changed {
            ($($set:ident $count:literal $hash:literal),+ $(,)?) => {
                [$({
                    let names: Vec<&str> = $set::ALL.iter().map(|member| member.name()).collect();
                    check(stringify!($set), $count, $hash, &names)
                }),+]
            };
        }
        let changed = changed!(
            Context 19 "22da590bdf64da7c",
            DateBasis 4 "ebbd84d3b8c40c53",
            Initiator 3 "182b2410878b84c3",
            Mode 61 "a14499076500de99",
            PloverType 16 "e01340a9a5e82598",
            Precision 5 "edc650529cbc6dcb",
            Role 6 "bf1efaff1820ab58",
            Sector 23 "7bbf7b5b4a713a07",
            Status 5 "6fb06043289a0b36",
        );
        let changed: Vec<String> = changed.into_iter().flatten().collect();
        assert!(changed.is_empty(), "{changed:#?}");
    }
}
