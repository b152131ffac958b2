//! A stretch of lines, compressed: one member of a gzip file.
//!
//! FORMAT: A member is a whole gzip file of its own (RFC 1952), so that `zcat` reads a backup, and
//! each can be read without the one before it. It begins with
//!
//! ```text
//! bytes 0-3    1f 8b 08 04      gzip, deflate, with an extra field
//! bytes 4-7    00 00 00 00      no time, so that the same lines give the same bytes
//! bytes 8-9                     level, operating system (255, unknown)
//! bytes 10-11  0c 00            length of the extra field
//! bytes 12-15  44 4d 08 00      "DM", length of what follows in it
//! bytes 16-19  bytes of the whole member, big-endian
//! bytes 20-23  bytes of the lines in it, big-endian
//! ```

use std::io::{self, Read, Write};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};

use crate::backup::line::LINE_BYTES_MAX;

/// Lines are collected up to this size before they are compressed together: large enough to
/// compress well (a fourth of it costs 4 %), small enough that damage takes little with it.
pub(super) const MEMBER_LINES_BYTES: usize = 256 * 1024;

/// The largest size of the lines of one member: a line may come on top of what was collected.
pub(super) const LINES_BYTES_MAX: usize = MEMBER_LINES_BYTES + LINE_BYTES_MAX;

/// Bytes up to the compressed lines.
pub(super) const HEADER_BYTES: usize = 24;

/// Measured on event records: a ninth of the size at 200 MB/s. Higher levels take twice as long for a
/// tenth less; zstd, as far as pure Rust writes it, gives a sixth of the size at the same speed.
const LEVEL: Compression = Compression::new(3);

const BEGINNING: [u8; 8] = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0];
const EXTRA: [u8; 6] = [12, 0, b'D', b'M', 8, 0];
const LENGTHS_AT: usize = 16;

/// Compresses lines to one member.
pub(super) fn pack(lines: &[u8]) -> io::Result<Vec<u8>> {
    let too_long = || io::Error::other("more lines than one member holds");
    let extra = [&EXTRA[2..], &[0; 8]].concat();
    let mut encoder = GzBuilder::new()
        .extra(extra)
        .operating_system(255)
        .write(Vec::with_capacity(lines.len() / 4), LEVEL);
    encoder.write_all(lines)?;
    let mut member = encoder.finish()?;
    let lengths = [member.len(), lines.len()].map(u32::try_from);
    let [Ok(packed), Ok(plain)] = lengths else {
        return Err(too_long());
    };
    let place = member.get_mut(LENGTHS_AT..HEADER_BYTES);
    let place = place.ok_or_else(too_long)?;
    place.copy_from_slice(&[packed.to_be_bytes(), plain.to_be_bytes()].concat());
    Ok(member)
}

/// Says whether a member begins here.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&BEGINNING) && bytes.get(10..LENGTHS_AT) == Some(EXTRA.as_slice())
}

/// Returns where the next member begins, from some byte on.
pub(super) fn find(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let mut windows = rest.windows(LENGTHS_AT);
    windows.position(begins).map(|at| at + from)
}

/// Returns the length of the member that begins here; nothing where it states an impossible one.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let stated = bytes.get(LENGTHS_AT..)?.first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*stated)).ok()?;
    // What cannot be compressed grows by a few bytes in each block.
    let possible = HEADER_BYTES..=LINES_BYTES_MAX + LINES_BYTES_MAX / 1024 + 1024;
    possible.contains(&length).then_some(length)
}

/// Gives back the lines of a member: all that can be decompressed, and what is wrong with the rest.
///
/// Memory is bounded twice: by the length that the member states, which is bounded itself, and by
/// what deflate can make of its bytes, which is 1032 times as many.
pub(super) fn unpack(member: &[u8]) -> (Vec<u8>, Option<String>) {
    let stated = member.get(LENGTHS_AT + 4..).and_then(<[u8]>::first_chunk);
    let stated = stated.map_or(0, |bytes| u32::from_be_bytes(*bytes));
    let length = usize::try_from(stated).unwrap_or(usize::MAX);
    if length > LINES_BYTES_MAX {
        let reason = format!("it states {length} bytes of lines, more than there can be");
        return (Vec::new(), Some(reason));
    }
    let mut lines = Vec::with_capacity(length.min(member.len().saturating_mul(16)));
    let mut decoder = GzDecoder::new(member).take(u64::from(stated) + 1);
    let fault = match decoder.read_to_end(&mut lines) {
        Ok(_) if lines.len() == length => None,
        Ok(_) => Some(format!(
            "its lines are not the {length} bytes that it states"
        )),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Some("it ends too early".to_owned())
        }
        Err(error) => Some(format!("it does not decompress: {error}")),
    };
    (lines, fault)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(count: u32) -> Vec<u8> {
        let lines: Vec<String> = (0..count).map(|n| format!("{{\"line\":{n}}}\n")).collect();
        lines.concat().into_bytes()
    }

    #[test]
    fn members_are_found_and_come_back() {
        let (one, two) = (lines(500), lines(7));
        let packed = [pack(&one).unwrap(), pack(&two).unwrap()];
        let both = packed.concat();
        assert!(begins(&both));
        let length = length(&both).unwrap();
        assert_eq!(length, packed[0].len());
        assert_eq!(find(&both, 1), Some(length));
        assert_eq!(unpack(&both[..length]), (one.clone(), None));
        assert_eq!(unpack(&both[length..]), (two.clone(), None));
        // Any gzip reads them, one after the other.
        let mut all = Vec::new();
        let mut decoder = flate2::bufread::MultiGzDecoder::new(both.as_slice());
        decoder.read_to_end(&mut all).unwrap();
        assert_eq!(all, [one, two].concat());
    }

    #[test]
    fn what_is_before_a_fault_comes_out() {
        let whole = lines(5000);
        let mut packed = pack(&whole).unwrap();
        packed.truncate(packed.len() / 2);
        let (some, fault) = unpack(&packed);
        assert!(some.len() > 1000 && whole.starts_with(&some));
        assert_eq!(fault.as_deref(), Some("it ends too early"));
    }

    #[test]
    fn a_bomb_is_stopped() {
        let mut bomb = pack(&vec![b' '; 8 << 20]).unwrap();
        bomb[20..24].copy_from_slice(&1000_u32.to_be_bytes());
        let (some, fault) = unpack(&bomb);
        assert_eq!(some.len(), 1001);
        assert!(fault.is_some());
        bomb[20..24].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(unpack(&bomb).0.is_empty());
    }

    proptest! {
        #[test]
        fn damaged_members_are_survived(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let whole = lines(300);
            let mut packed = pack(&whole).unwrap();
            for (at, byte) in changes {
                let at = at.index(packed.len());
                packed[at] = byte;
            }
            let (some, fault) = unpack(&packed);
            prop_assert!(fault.is_some() || some == whole);
        }

        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let wrapped = [&BEGINNING[..], &[0, 255], &EXTRA[..], &bytes].concat();
            drop(unpack(&wrapped));
            drop(unpack(&bytes));
            let _length = length(&wrapped);
        }
    }
}
