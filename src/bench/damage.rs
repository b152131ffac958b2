//! How files are damaged: cut, turned over, or left as a power cut leaves them.

use std::collections::BTreeSet;

use crate::bench::Seeded;

/// What a disk writes whole or not at all.
const PAGE: usize = 4096;

/// Returns lengths to which a file is cut, sorted: its start, one byte less than it has, and others
/// by chance; all lengths where there are no more than `count`.
///
/// # Examples
/// ```
/// use demarche::bench::{Seeded, cut_lengths};
///
/// assert_eq!(cut_lengths(3, 50, &mut Seeded::new(1)), [0, 1, 2]);
/// assert_eq!(cut_lengths(9_000, 50, &mut Seeded::new(1)).len(), 50);
/// ```
#[must_use]
pub fn cut_lengths(length: u64, count: usize, random: &mut Seeded) -> Vec<u64> {
    let all = usize::try_from(length).unwrap_or(usize::MAX);
    if all <= count {
        return (0..length).collect();
    }
    let mut lengths = BTreeSet::from([length - 1]);
    if count > 1 {
        lengths.insert(0);
    }
    while lengths.len() < count {
        lengths.insert(random.below(length));
    }
    lengths.into_iter().collect()
}

/// A stretch of bytes that is turned over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flip {
    /// The place of the file in the list.
    pub file: usize,
    /// The first byte.
    pub offset: u64,
    /// How many bytes.
    pub length: u64,
}

impl Flip {
    /// Draws a stretch of up to `length` bytes in one of several files of these sizes, each byte as
    /// likely as any other; nothing where there is no byte.
    #[must_use]
    pub fn draw(sizes: &[u64], length: u64, random: &mut Seeded) -> Option<Self> {
        let mut offset = random.below(sizes.iter().sum());
        for (file, size) in sizes.iter().enumerate() {
            if offset < *size {
                let start = offset.min(size.saturating_sub(length));
                return Some(Self {
                    file,
                    offset: start,
                    length: length.min(size - start),
                });
            }
            offset -= size;
        }
        None
    }

    /// Turns the bytes over; what lies outside of `bytes` is passed over.
    pub fn apply(self, bytes: &mut [u8]) {
        let place = |number| usize::try_from(number).unwrap_or(usize::MAX);
        let (skip, take) = (place(self.offset), place(self.length));
        for byte in bytes.iter_mut().skip(skip).take(take) {
            *byte = !*byte;
        }
    }
}

/// What a power cut makes of the pages that were written since the last flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tear {
    /// None of them reached the disk but the beginning of what was appended.
    Cut,
    /// The file grew, and some of the new pages hold zeros.
    Zeroed,
    /// Some reached the disk, others did not, in no order.
    Mixed,
}

impl Tear {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Cut, Self::Zeroed, Self::Mixed];

    /// Returns the name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Zeroed => "zeroed",
            Self::Mixed => "mixed",
        }
    }

    /// Returns what is found after the power cut of a file that held `old` at the flush and would
    /// have held `new`.
    #[must_use]
    pub fn apply(self, old: &[u8], new: &[u8], random: &mut Seeded) -> Vec<u8> {
        if new.len() < old.len() {
            let either = if random.happens(500) { old } else { new };
            return either.to_vec();
        }
        if self == Self::Cut {
            let grown = new.len() - old.len();
            let kept = new.iter().skip(old.len()).take(random.place(grown + 1));
            return old.iter().chain(kept).copied().collect();
        }
        let mut found = Vec::with_capacity(new.len());
        let mut old_pages = old.chunks(PAGE);
        for page in new.chunks(PAGE) {
            let before = old_pages.next().unwrap_or_default();
            if page == before || random.happens(500) {
                found.extend_from_slice(page);
                continue;
            }
            // The page did not reach the disk: what was there before, and zeros where nothing was.
            let rest = page.iter().skip(before.len());
            found.extend_from_slice(before);
            match self {
                Self::Cut | Self::Zeroed => found.extend(rest.map(|_| 0)),
                Self::Mixed if before.is_empty() => found.extend(rest.map(|_| 0)),
                Self::Mixed => found.extend(rest.copied()),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn flips_lie_within_a_file(sizes in prop::collection::vec(0..300_u64, 1..6), seed in any::<u64>()) {
            let drawn = Flip::draw(&sizes, 64, &mut Seeded::new(seed));
            prop_assert_eq!(drawn.is_some(), sizes.iter().sum::<u64>() > 0);
            if let Some(flip) = drawn {
                prop_assert!(flip.length > 0 && flip.offset + flip.length <= sizes[flip.file]);
                let mut bytes = vec![0; usize::try_from(sizes[flip.file]).unwrap()];
                flip.apply(&mut bytes);
                let turned: u64 = bytes.iter().map(|byte| u64::from(*byte) / 255).sum();
                prop_assert_eq!(turned, flip.length);
            }
        }

        #[test]
        fn what_was_flushed_and_not_touched_stays(grown in 0..20_000_usize, seed in any::<u64>()) {
            let old: Vec<u8> = (0..10_000_u32).map(|number| number.to_be_bytes()[3] | 1).collect();
            let mut new = old.clone();
            new.extend(std::iter::repeat_n(7, grown));
            for tear in Tear::ALL {
                let found = tear.apply(&old, &new, &mut Seeded::new(seed));
                prop_assert_eq!(&found[..old.len()], &old[..]);
                prop_assert!(found.len() <= new.len());
            }
        }

        #[test]
        fn cuts_are_shorter_than_the_file(length in 0..500_u64, count in 1..60_usize, seed in any::<u64>()) {
            let cuts = cut_lengths(length, count, &mut Seeded::new(seed));
            prop_assert!(cuts.iter().all(|cut| *cut < length));
            prop_assert!(cuts.is_sorted());
            prop_assert_eq!(cuts.len(), count.min(usize::try_from(length).unwrap()));
        }
    }
}
