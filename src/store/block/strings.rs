//! The strings of a block, each once, sorted; a string is told by its place.
//!
//! FORMAT: Count, then for each string the length of what it shares with the one before, the length
//! of the rest, and the rest. Numbers are LEB128: seven bits a byte, the lowest first.

use crate::store::hashing::FastMap;

/// Collects strings.
#[derive(Debug, Default)]
pub(in crate::store) struct Interner<'a> {
    places: FastMap<&'a str, u64>,
    strings: Vec<&'a str>,
}

impl<'a> Interner<'a> {
    /// Returns the place of a string in the order of first use, from 1.
    pub(in crate::store) fn place(&mut self, string: &'a str) -> u64 {
        let next = self.strings.len() as u64 + 1;
        let place = *self.places.entry(string).or_insert(next);
        if place == next {
            self.strings.push(string);
        }
        place
    }

    /// The same of a string that may be missing, which is 0.
    pub(in crate::store) fn optional(&mut self, string: Option<&'a str>) -> u64 {
        string.map_or(0, |string| self.place(string))
    }

    /// Returns the bytes of all strings, and for each place of use (0 for none) the sorted one.
    pub(in crate::store) fn finish(self) -> (Vec<u8>, Vec<u64>) {
        let mut sorted: Vec<(&str, u64)> = self.strings.into_iter().zip(1..).collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len() + 1];
        let mut bytes = Vec::new();
        put_number(&mut bytes, sorted.len());
        let mut before = "";
        for ((string, place), rank) in sorted.into_iter().zip(1..) {
            let pairs = before.bytes().zip(string.bytes());
            let shared = pairs.take_while(|(one, other)| one == other).count();
            put_number(&mut bytes, shared);
            put_number(&mut bytes, string.len() - shared);
            bytes.extend(string.bytes().skip(shared));
            before = string;
            let place = usize::try_from(place).ok();
            if let Some(known) = place.and_then(|place| places.get_mut(place)) {
                *known = rank;
            }
        }
        (bytes, places)
    }
}

/// The strings of a block that is read.
#[derive(Debug)]
pub(in crate::store) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Reads strings; nothing where the bytes are none. No count that is claimed is believed.
    pub(in crate::store) fn read(mut bytes: &[u8]) -> Option<Self> {
        let count = take_number(&mut bytes)?;
        let mut text: Vec<u8> = Vec::with_capacity(2 * bytes.len());
        let mut ends = Vec::with_capacity(count.min(bytes.len()));
        let mut before = 0;
        for _ in 0..count {
            let start = text.len();
            let shared = take_number(&mut bytes)?;
            let rest = take_number(&mut bytes)?;
            let (rest, after) = bytes.split_at_checked(rest)?;
            if shared > start - before {
                return None;
            }
            text.extend_from_within(before..before + shared);
            text.extend(rest);
            bytes = after;
            ends.push(text.len());
            before = start;
        }
        let text = String::from_utf8(text).ok()?;
        let on_characters = ends.iter().all(|end| text.is_char_boundary(*end));
        (bytes.is_empty() && on_characters).then_some(Self { text, ends })
    }

    /// Returns the string of a place, from 1.
    pub(in crate::store) fn get(&self, place: u64) -> Option<&str> {
        let index = usize::try_from(place.checked_sub(1)?).ok()?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(index)?)
    }

    /// Returns the string of a place, or none for 0; nothing where there is no such place.
    #[expect(clippy::option_option, reason = "missing and damaged are two things")]
    pub(in crate::store) fn optional(&self, place: u64) -> Option<Option<&str>> {
        match place {
            0 => Some(None),
            _ => self.get(place).map(Some),
        }
    }
}

/// Writes a number as LEB128.
pub(in crate::store) fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
}

/// Takes a number from the front of some bytes.
pub(in crate::store) fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_are_found_by_their_places(strings in prop::collection::vec("[aé]{0,4}", 0..40)) {
            let mut interner = Interner::default();
            let used: Vec<u64> = strings.iter().map(|string| interner.place(string)).collect();
            let (bytes, places) = interner.finish();
            let read = Strings::read(&bytes).unwrap();
            for (string, used) in strings.iter().zip(used) {
                let place = places[usize::try_from(used).unwrap()];
                prop_assert_eq!(read.get(place), Some(string.as_str()));
            }
            prop_assert_eq!(read.get(0), None);
        }

        #[test]
        fn any_bytes_are_strings_or_not(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            drop(Strings::read(&bytes));
        }
    }

    #[test]
    fn a_claimed_count_is_not_believed() {
        assert!(Strings::read(&[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]).is_none());
    }
}
