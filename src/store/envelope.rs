//! The envelope around every value of the tree, by which a value is known for what it is wherever
//! it lies.
//!
//! FORMAT: A value is
//!
//! ```text
//! bytes 0-1    0xd3 0x6d, by which salvage finds values in damaged files
//! byte 2       format, 2
//! byte 3       codec: 0 as it is, 1 LZ4, 2 deflate
//! bytes 4-7    length of all that follows byte 11, big-endian
//! bytes 8-11   CRC-32C of bytes 2-7 and of all that follows byte 11
//! byte 12      length of the key
//! then         the key; the sequence number of the write, u64; the length of the payload, u32;
//!              the payload, packed by the codec
//! ```
//!
//! Payloads are bincode 1.3, big-endian, integers of variable length, nothing after them. Fields
//! stand in the order of their declaration and members of closed sets are their place in `ALL`; so a
//! new field is a new format.

use bincode::Options;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::StoreError;
use crate::store::codec::Codec;
use crate::store::key::{Key, TREE};

/// The largest payload in bytes; the text of an article is most of it.
pub(super) const PAYLOAD_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The first bytes of every value.
pub(super) const MARK: [u8; 2] = [0xd3, 0x6d];

const VERSION: u8 = 2;
const HEAD_BYTES: usize = 12;
/// Sequence number and length of the payload.
const NUMBERS_BYTES: usize = 12;

/// A value out of its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened<'a> {
    /// The key that it was written under.
    pub(super) key: &'a [u8],
    /// The number of the write.
    pub(super) sequence: u64,
    /// The payload, unpacked.
    pub(super) payload: Vec<u8>,
    /// How long the value is with its envelope.
    pub(super) length: usize,
}

fn options() -> impl Options {
    bincode::DefaultOptions::new()
        .with_big_endian()
        .with_limit(PAYLOAD_BYTES_MAX)
}

/// Encodes the payload of a record; the same record always gives the same bytes.
///
/// # Errors
/// [`StoreError::TooLarge`] for a record beyond [`PAYLOAD_BYTES_MAX`].
pub(super) fn payload(key: Key, record: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    // Nothing else can go wrong: every record is made of plain structs, enums, texts and lists.
    options()
        .serialize(record)
        .map_err(|_| StoreError::TooLarge {
            key: key.to_string(),
            bytes_max: PAYLOAD_BYTES_MAX,
        })
}

/// Decodes a payload.
///
/// Total: any bytes give a record or nothing, and memory is bounded by a small multiple of their
/// length, because no length that they claim is believed before the bytes are there.
pub(super) fn parse<Record: DeserializeOwned>(payload: &[u8]) -> Result<Record, String> {
    let parsed = options().deserialize(payload);
    parsed.map_err(|error| format!("the value does not decode: {error}"))
}

/// Puts a payload into an envelope.
pub(super) fn seal(key: Key, sequence: u64, payload: &[u8]) -> Vec<u8> {
    let (codec, packed) = Codec::Lz4.pack(payload);
    let key = key.encode();
    let limited = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    let mut value = MARK.to_vec();
    value.extend([VERSION, codec.byte()]);
    value.extend(limited(1 + key.len() + NUMBERS_BYTES + packed.len()));
    value.extend([0; 4]);
    value.push(u8::try_from(key.len()).unwrap_or(u8::MAX));
    value.extend(key);
    value.extend(sequence.to_be_bytes());
    value.extend(limited(payload.len()));
    value.extend(packed);
    let check = checksum(&value).unwrap_or_default().to_be_bytes();
    if let Some(place) = value.get_mut(8..HEAD_BYTES) {
        place.copy_from_slice(&check);
    }
    value
}

/// Returns the checksum that a whole value should have.
fn checksum(value: &[u8]) -> Option<u32> {
    let head = crc32c::crc32c(value.get(2..8)?);
    Some(crc32c::crc32c_append(head, value.get(HEAD_BYTES..)?))
}

/// Takes the envelope off the value that some bytes begin with; more bytes may follow it.
///
/// # Errors
/// What is wrong with the value.
pub(super) fn open(bytes: &[u8]) -> Result<Opened<'_>, String> {
    let Some((head, _)) = bytes.split_first_chunk::<HEAD_BYTES>() else {
        return Err("the value is empty or cut off".to_owned());
    };
    let [m0, m1, version, codec, l0, l1, l2, l3, c0, c1, c2, c3] = *head;
    if [m0, m1] != MARK {
        return Err("the value does not begin as values do".to_owned());
    }
    if version != VERSION {
        return Err(format!(
            "the value has format {version}, known is {VERSION}"
        ));
    }
    let length = usize::try_from(u32::from_be_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
    let Some(value) = HEAD_BYTES
        .checked_add(length)
        .and_then(|end| bytes.get(..end))
    else {
        return Err("the value is cut off".to_owned());
    };
    if checksum(value) != Some(u32::from_be_bytes([c0, c1, c2, c3])) {
        return Err("the checksum does not match".to_owned());
    }
    let parts = || {
        let (key_length, rest) = value.get(HEAD_BYTES..)?.split_first()?;
        let (key, rest) = rest.split_at_checked(usize::from(*key_length))?;
        let (sequence, rest) = rest.split_first_chunk::<8>()?;
        let (unpacked, packed) = rest.split_first_chunk::<4>()?;
        let unpacked = usize::try_from(u32::from_be_bytes(*unpacked)).ok()?;
        Some(Opened {
            key,
            sequence: u64::from_be_bytes(*sequence),
            payload: Codec::of_byte(codec)?.unpack(packed, unpacked)?,
            length: value.len(),
        })
    };
    parts().ok_or_else(|| "the value does not unpack".to_owned())
}

/// Encodes a record with its envelope.
///
/// # Errors
/// [`StoreError::TooLarge`] for a record beyond [`PAYLOAD_BYTES_MAX`].
pub(super) fn encode(
    key: Key,
    sequence: u64,
    record: &impl Serialize,
) -> Result<Vec<u8>, StoreError> {
    Ok(seal(key, sequence, &payload(key, record)?))
}

/// Decodes the record of a key.
///
/// # Errors
/// [`StoreError::Damaged`] for another format, a wrong checksum, a record of another key, or bytes
/// that are no such record.
pub(super) fn decode<Record: DeserializeOwned>(
    key: Key,
    value: &[u8],
) -> Result<Record, StoreError> {
    let opened = open(value).map_err(|reason| damaged(key, reason))?;
    if opened.length != value.len() {
        return Err(damaged(key, "more bytes follow the value"));
    }
    if opened.key != key.encode() {
        return Err(damaged(key, "the record under this key is that of another"));
    }
    parse(&opened.payload).map_err(|reason| damaged(key, reason))
}

/// Builds the error of a damaged record.
pub(super) fn damaged(key: Key, reason: impl Into<String>) -> StoreError {
    StoreError::Damaged {
        tree: TREE,
        key: key.to_string(),
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        Context, DateBasis, DayPart, Event, EventId, Fingerprint, Initiator, Mode, PloverType,
        Precision, Role, Sector, Status, Turn,
    };
    use crate::store::record::Whole;
    use crate::store::{RunNumber, RunRecord, sample};

    fn key() -> Key {
        Key::Run(RunNumber::new(7))
    }

    /// Puts bytes as they are into an envelope that is whole.
    fn wrapped(bytes: &[u8]) -> Vec<u8> {
        seal(key(), 3, bytes)
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_fail(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            drop(decode::<Event>(key(), &bytes));
            let wrapped = wrapped(&bytes);
            drop(decode::<Event>(key(), &wrapped));
            drop(decode::<RunRecord>(key(), &wrapped));
            drop(decode::<Whole>(key(), &wrapped));
            let opened = open(&wrapped).unwrap();
            prop_assert_eq!((opened.payload, opened.sequence), (bytes, 3));
        }

        #[test]
        fn a_changed_byte_is_noticed(at in any::<prop::sample::Index>(), change in 1..=255_u8) {
            let event = sample::coded_article(3).1.remove(0);
            let mut value = encode(key(), 9, &event).unwrap();
            prop_assert_eq!(decode::<Event>(key(), &value).unwrap(), event);
            let at = at.index(value.len());
            value[at] ^= change;
            let noticed = matches!(decode::<Event>(key(), &value), Err(StoreError::Damaged { .. }));
            prop_assert!(noticed);
        }

        #[test]
        fn a_cut_or_longer_value_is_noticed(length in any::<prop::sample::Index>(), more in 1..9_usize) {
            let event = sample::coded_article(3).1.remove(0);
            let mut value = encode(key(), 1, &event).unwrap();
            let cut = &value[..length.index(value.len())];
            prop_assert!(decode::<Event>(key(), cut).is_err());
            value.extend(std::iter::repeat_n(0, more));
            prop_assert!(decode::<Event>(key(), &value).is_err());
            // Even where the checksum was made to fit.
            let mut payload = payload(key(), &event).unwrap();
            payload.extend(std::iter::repeat_n(0, more));
            prop_assert!(decode::<Event>(key(), &wrapped(&payload)).is_err());
        }
    }

    #[test]
    fn a_claimed_length_is_not_believed() {
        // 253 announces a length of eight bytes; a list of so many ids would not fit in memory.
        let claim = wrapped(&[253, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3]);
        assert!(decode::<Vec<EventId>>(key(), &claim).is_err());
        assert!(decode::<String>(key(), &claim).is_err());
    }

    #[test]
    fn another_format_is_named() {
        let mut value = encode(key(), 1, &1_u32).unwrap();
        value[2] = 9;
        let error = decode::<u32>(key(), &value).unwrap_err().to_string();
        assert!(error.contains("format 9"), "{error}");
        assert!(error.contains("run 7"), "{error}");
    }

    #[test]
    fn a_value_under_the_key_of_another_is_noticed() {
        let value = encode(Key::Dictionary, 1, &"text").unwrap();
        let error = decode::<String>(key(), &value).unwrap_err().to_string();
        assert!(error.contains("that of another"), "{error}");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let length = usize::try_from(PAYLOAD_BYTES_MAX).unwrap();
        assert!(matches!(
            encode(key(), 1, &"x".repeat(length)),
            Err(StoreError::TooLarge { .. })
        ));
        // Bytes that do not repeat, for what repeats without end is taken for a lie.
        let words = (0..length / 8).map(|number| format!("{number:08}"));
        let text = words.collect::<Vec<_>>().concat();
        let fits = encode(key(), 1, &text.get(..length - 9).unwrap()).unwrap();
        assert!(decode::<String>(key(), &fits).is_ok());
    }

    /// The store keeps members of closed sets by their place. Members may be added after these, but
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
            DayPart 5 "34f812db8c1bf498",
            Initiator 3 "182b2410878b84c3",
            Mode 61 "a14499076500de99",
            PloverType 16 "e01340a9a5e82598",
            Precision 5 "edc650529cbc6dcb",
            Role 6 "bf1efaff1820ab58",
            Sector 23 "7bbf7b5b4a713a07",
            Status 5 "6fb06043289a0b36",
            Turn 5 "df88dd9cf7e1fffc",
        );
        let changed: Vec<String> = changed.into_iter().flatten().collect();
        assert!(changed.is_empty(), "{changed:#?}");
    }
}
