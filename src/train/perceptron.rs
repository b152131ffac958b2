//! Averaged perceptrons over hashed features, in whole numbers.

use crate::text::{BLOCK, CellTable, Cells, PairTable, Pairs, block_of, code_of, within_block};

/// A small generator (`SplitMix64`, Steele, Lea and Flood 2014): training is the same each time.
#[derive(Debug, Clone)]
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    /// Returns a number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }

    /// Shuffles a list (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            let other = self.below(index + 1);
            items.swap(index, other);
        }
    }
}

/// How many units of a stored weight one unit of a learned weight is.
const SCALE: f64 = 32.0;

/// The average over time of a weight that is `now`, where `weighted` sums change × time.
#[expect(
    clippy::cast_precision_loss,
    reason = "times and sums stay far below 2^52"
)]
fn average(now: i32, weighted: i64, time: i64) -> f64 {
    f64::from(now) - weighted as f64 / time.max(1) as f64
}

/// Returns the code of the weight nearest to a learned one.
#[expect(clippy::cast_possible_truncation, reason = "clamped")]
fn stored(weight: f64) -> u8 {
    code_of((weight * SCALE).round().clamp(-32_000.0, 32_000.0) as i16)
}

/// Returns the mean of some numbers.
fn mean_of(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| {
        (sum + number, count + 1.0)
    });
    sum / f64::max(count, 1.0)
}

/// Weights in training: now, and summed up for the average.
#[derive(Debug, Clone)]
pub(crate) struct TrainCells {
    now: Vec<[i32; BLOCK]>,
    weighted: Vec<[i64; BLOCK]>,
    pub(crate) time: i64,
}

impl TrainCells {
    /// Makes a table of `2^bits` weights; at least a block.
    pub(crate) fn new(bits: u32) -> Self {
        let blocks = ((1 << bits) / BLOCK).max(1);
        Self {
            now: vec![[0; BLOCK]; blocks],
            weighted: vec![[0; BLOCK]; blocks],
            time: 1,
        }
    }

    /// Moves the weights of the features at `places` from one class to the other.
    pub(crate) fn learn(&mut self, places: &[u32], right: u8, wrong: u8) {
        for place in places {
            let block = *place as usize / BLOCK;
            let (Some(now), Some(weighted)) =
                (self.now.get_mut(block), self.weighted.get_mut(block))
            else {
                continue;
            };
            for (class, change) in [(right, 1), (wrong, -1)] {
                let cell = within_block(*place, class);
                now[cell] += change;
                weighted[cell] += i64::from(change) * self.time;
            }
        }
    }

    /// Returns the averages of several trainings, averaged.
    pub(crate) fn averaged(runs: &[Self]) -> CellTable {
        let count = runs.first().map_or(0, |run| run.now.len());
        let block = |block: usize| {
            std::array::from_fn(|cell| {
                let of =
                    |run: &Self| average(run.now[block][cell], run.weighted[block][cell], run.time);
                stored(mean_of(runs.iter().map(of)))
            })
        };
        CellTable {
            blocks: (0..count).map(block).collect(),
        }
    }
}

impl Cells for TrainCells {
    type Weight = i32;

    fn size_of(weight: i32) -> i32 {
        weight
    }

    fn block(&self, place: u32) -> Option<&[i32; BLOCK]> {
        block_of(&self.now, place)
    }

    fn bits(&self) -> u32 {
        (self.now.len() * BLOCK).trailing_zeros()
    }
}

/// Pairs of weights in training.
#[derive(Debug, Clone)]
pub(crate) struct TrainPairs {
    now: Vec<[i32; 2]>,
    weighted: Vec<[i64; 2]>,
    pub(crate) time: i64,
}

impl TrainPairs {
    pub(crate) fn new(bits: u32) -> Self {
        Self {
            now: vec![[0; 2]; 1 << bits],
            weighted: vec![[0; 2]; 1 << bits],
            time: 1,
        }
    }

    /// Adds `change` to the weights of the features at `places`.
    pub(crate) fn learn(&mut self, places: &[u32], change: [i32; 2]) {
        for place in places {
            let place = *place as usize;
            for (column, step) in change.into_iter().enumerate() {
                self.now[place][column] += step;
                self.weighted[place][column] += i64::from(step) * self.time;
            }
        }
    }

    /// Returns the averages of several trainings, averaged.
    pub(crate) fn averaged(runs: &[Self]) -> PairTable {
        let length = runs.first().map_or(0, |run| run.now.len());
        let mean = |index: usize, column: usize| {
            let of = |run: &Self| {
                average(
                    run.now[index][column],
                    run.weighted[index][column],
                    run.time,
                )
            };
            stored(mean_of(runs.iter().map(of)))
        };
        PairTable {
            codes: (0..length)
                .map(|index| [mean(index, 0), mean(index, 1)])
                .collect(),
        }
    }
}

impl Pairs for TrainPairs {
    fn bits(&self) -> u32 {
        self.now.len().trailing_zeros()
    }

    fn pair(&self, place: u32) -> [i32; 2] {
        self.now.get(place as usize).copied().unwrap_or_default()
    }
}
