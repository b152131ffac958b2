//! Columns of whole numbers, each as wide as its largest number needs.
//!
//! FORMAT: A column is `base + number`, the numbers bit after bit, the highest first. Every place is
//! found without reading what lies before it, so that one row of many costs no more than itself.
//!
//! ```text
//! columns   count u16, then for each column: width u8 (bits), base u64, rows u32, offset u32;
//!           then the numbers, each column from a whole byte on; eight zero bytes at the end
//! ```
//!
//! Where a column has few different numbers, its width has the highest bit set: then the base says
//! how many different ones there are, these stand first, 8 bytes each and sorted, and the numbers
//! are places among them.

use std::ops::Range;
use std::sync::Arc;

use crate::store::hashing::FastSet;

/// A number is read with the seven bits before it in one word of 64; wider numbers get a whole one.
const WIDTH_MAX: u8 = 56;
const WIDTH_WHOLE: u8 = 64;

/// Added to the width of a column that has places of numbers.
const BY_PLACE: u8 = 0x80;

/// So many different numbers are told by their place at most.
const PLACES_MAX: usize = 1 << 12;

const HEAD_BYTES: usize = 2;
const ENTRY_BYTES: usize = 17;

/// Lets every number be read as a whole word.
const TAIL_BYTES: usize = 8;

/// Columns in the making.
#[derive(Debug, Default)]
pub(super) struct ColumnsWriter {
    count: u16,
    head: Vec<u8>,
    numbers: Vec<u8>,
}

impl ColumnsWriter {
    /// Adds a column.
    pub(super) fn push(&mut self, values: &[u64]) {
        let base = values.iter().copied().min().unwrap_or(0);
        let largest = values.iter().copied().max().unwrap_or(0) - base;
        let width = width_of(largest);
        let different = different(values).filter(|different| {
            let places = different.len() as u64;
            let by_place = usize::from(width_of(places.saturating_sub(1)));
            8 * different.len() + by_place * values.len() / 8
                < usize::from(width) * values.len() / 8
        });
        let Some(different) = different else {
            self.begin(width, base, values.len());
            let numbers = values.iter().map(|value| value - base);
            self.pack(width, numbers);
            return;
        };
        let places = different.len() as u64;
        let width = width_of(places.saturating_sub(1));
        self.begin(width | BY_PLACE, places, values.len());
        let bytes = different.iter().flat_map(|number| number.to_be_bytes());
        self.numbers.extend(bytes);
        let place = |value| different.partition_point(|known| known < value) as u64;
        self.pack(width, values.iter().map(place));
    }

    /// Writes numbers of a width.
    fn pack(&mut self, width: u8, values: impl Iterator<Item = u64>) {
        // Bits that wait for their byte to be full stand at the low end.
        let (mut waiting, mut bits): (u128, u32) = (0, 0);
        for value in values {
            waiting = waiting << width | u128::from(value);
            bits += u32::from(width);
            while bits >= 8 {
                bits -= 8;
                self.numbers.push(low_byte(waiting >> bits));
            }
            waiting &= (1 << bits) - 1;
        }
        if bits > 0 {
            self.numbers.push(low_byte(waiting << (8 - bits)));
        }
    }

    fn begin(&mut self, width: u8, base: u64, rows: usize) {
        let limited = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
        self.count += 1;
        self.head.push(width);
        self.head.extend(base.to_be_bytes());
        self.head.extend(limited(rows));
        self.head.extend(limited(self.numbers.len()));
    }

    /// Returns the bytes of all columns.
    pub(super) fn finish(self) -> Vec<u8> {
        let count = self.count.to_be_bytes();
        [&count, &*self.head, &*self.numbers, &[0; TAIL_BYTES]].concat()
    }
}

/// Returns how many bits hold a number.
fn width_of(number: u64) -> u8 {
    match u8::try_from(64 - number.leading_zeros()).unwrap_or(WIDTH_WHOLE) {
        narrow @ 0..=WIDTH_MAX => narrow,
        _ => WIDTH_WHOLE,
    }
}

/// Returns the different numbers, sorted, if they are few.
fn different(values: &[u64]) -> Option<Vec<u64>> {
    let mut known: FastSet<u64> = FastSet::default();
    for value in values {
        known.insert(*value);
        if known.len() > PLACES_MAX {
            return None;
        }
    }
    let mut different: Vec<u64> = known.into_iter().collect();
    different.sort_unstable();
    Some(different)
}

fn low_byte(bits: u128) -> u8 {
    u8::try_from(bits & 0xff).unwrap_or_default()
}

/// A column that is read.
#[derive(Debug, Clone)]
pub(super) struct Column {
    bytes: Arc<Vec<u8>>,
    start: usize,
    width: u8,
    base: u64,
    rows: usize,
    /// The numbers whose places these are, where they are places.
    numbers: Option<Arc<Vec<u64>>>,
}

impl Column {
    /// Returns how many rows there are.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the number of a row; of one that is not there, nothing.
    pub(super) fn get(&self, row: usize) -> Option<u64> {
        let number = self.packed(row)?;
        match &self.numbers {
            None => Some(number),
            Some(numbers) => numbers.get(usize::try_from(number).ok()?).copied(),
        }
    }

    fn packed(&self, row: usize) -> Option<u64> {
        if row >= self.rows {
            return None;
        }
        if self.width == 0 {
            return Some(self.base);
        }
        let bit = row * usize::from(self.width);
        let at = self.start + bit / 8;
        let word = self.bytes.get(at..)?.first_chunk::<8>()?;
        let number = u64::from_be_bytes(*word) << (bit % 8) >> (WIDTH_WHOLE - self.width);
        Some(self.base.wrapping_add(number))
    }

    /// Returns the number of a row as an index.
    pub(super) fn index(&self, row: usize) -> Option<usize> {
        self.get(row)
            .and_then(|number| usize::try_from(number).ok())
    }

    /// Returns all numbers in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> {
        (0..self.rows).map_while(|row| self.get(row))
    }

    /// Returns the rows of another table that each row owns, where this column says how many: the
    /// first row of each, and the first after the last. Nothing where they are more than fit.
    pub(super) fn starts(&self) -> Option<Vec<u32>> {
        let mut at = 0_u32;
        let mut starts = Vec::with_capacity(self.rows + 1);
        starts.push(0);
        for count in self.iter() {
            at = at.checked_add(u32::try_from(count).ok()?)?;
            starts.push(at);
        }
        Some(starts)
    }
}

/// Returns the rows that a row owns, by what [`Column::starts`] gave.
pub(super) fn owned(starts: &[u32], row: usize) -> Option<Range<usize>> {
    let start = usize::try_from(*starts.get(row)?).ok()?;
    let end = usize::try_from(*starts.get(row + 1)?).ok()?;
    Some(start..end)
}

/// Reads columns out of a range of bytes; nothing where there are none.
pub(super) fn read_columns(bytes: &Arc<Vec<u8>>, range: Range<usize>) -> Option<Vec<Column>> {
    let section = bytes.get(range.clone())?;
    let (count, rest) = section.split_first_chunk::<HEAD_BYTES>()?;
    let count = usize::from(u16::from_be_bytes(*count));
    let numbers = HEAD_BYTES + count * ENTRY_BYTES;
    let entries = rest.get(..count * ENTRY_BYTES)?;
    let mut columns = Vec::with_capacity(count);
    for entry in entries.chunks_exact(ENTRY_BYTES) {
        let (width, entry) = entry.split_first()?;
        let (base, entry) = entry.split_first_chunk::<8>()?;
        let (rows, entry) = entry.split_first_chunk::<4>()?;
        let offset = entry.first_chunk::<4>()?;
        let rows = usize::try_from(u32::from_be_bytes(*rows)).ok()?;
        let offset = usize::try_from(u32::from_be_bytes(*offset)).ok()?;
        let mut base = u64::from_be_bytes(*base);
        let mut start = numbers.checked_add(offset)?;
        let narrow = width & !BY_PLACE;
        let mut named = None;
        if width & BY_PLACE != 0 {
            let count = usize::try_from(base).ok()?.min(section.len());
            let bytes = section.get(start..start.checked_add(8 * count)?)?;
            let words = bytes.chunks_exact(8);
            let words = words.map(|word| word.try_into().map_or(0, u64::from_be_bytes));
            named = Some(Arc::new(words.collect()));
            start += bytes.len();
            base = 0;
        }
        if narrow > WIDTH_MAX && narrow != WIDTH_WHOLE {
            return None;
        }
        let length = (rows * usize::from(narrow)).div_ceil(8);
        if start + length + TAIL_BYTES > section.len() {
            return None;
        }
        columns.push(Column {
            bytes: Arc::clone(bytes),
            start: range.start + start,
            width: narrow,
            base,
            rows,
            numbers: named,
        });
    }
    Some(columns)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_column() -> impl Strategy<Value = Vec<u64>> {
        prop_oneof![any_range(), few_numbers()]
    }

    /// Of many rows, so that telling them by place is worth it.
    fn few_numbers() -> impl Strategy<Value = Vec<u64>> {
        let numbers = prop::collection::vec(any::<u64>(), 1..9);
        numbers
            .prop_flat_map(|numbers| prop::collection::vec(prop::sample::select(numbers), 0..300))
    }

    fn any_range() -> impl Strategy<Value = Vec<u64>> {
        (0_u32..=64, any::<u64>()).prop_flat_map(|(bits, base)| {
            let limit = 1_u64.checked_shl(bits).map_or(u64::MAX, |limit| limit - 1);
            let base = base.min(u64::MAX - limit);
            prop::collection::vec((0..=limit).prop_map(move |number| base + number), 0..50)
        })
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_written(columns in prop::collection::vec(any_column(), 0..6), before in 0_usize..9) {
            let mut writer = ColumnsWriter::default();
            for column in &columns {
                writer.push(column);
            }
            let mut bytes = vec![7; before];
            bytes.extend(writer.finish());
            let end = bytes.len();
            let read = read_columns(&Arc::new(bytes), before..end).unwrap();
            let read: Vec<Vec<u64>> = read.iter().map(|column| column.iter().collect()).collect();
            prop_assert_eq!(read, columns);
        }

        #[test]
        fn any_bytes_are_columns_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let end = bytes.len();
            for column in read_columns(&Arc::new(bytes), 0..end).into_iter().flatten() {
                prop_assert!(column.iter().take(1000).count() <= column.rows());
            }
        }
    }

    #[test]
    fn a_row_that_is_not_there_is_nothing() {
        let mut writer = ColumnsWriter::default();
        writer.push(&[5, 5, 5]);
        writer.push(&[9, u64::MAX]);
        let bytes = writer.finish();
        let end = bytes.len();
        let columns = read_columns(&Arc::new(bytes), 0..end).unwrap();
        assert_eq!(columns[0].get(2), Some(5));
        assert_eq!(columns[0].get(3), None);
        assert_eq!(columns[1].iter().collect::<Vec<_>>(), [9, u64::MAX]);
        assert_eq!(columns[0].starts(), Some(vec![0, 5, 10, 15]));
        assert_eq!(owned(&[0, 5, 10], 1), Some(5..10));
        assert_eq!(owned(&[0, 5, 10], 2), None);
    }
}
