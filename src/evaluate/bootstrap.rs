//! How sure a figure is: intervals by drawing articles anew.

use crate::evaluate::Count;

/// So often a set is drawn anew.
const DRAWS: usize = 1000;

/// The range that holds 95 of 100 draws, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Returns the intervals of precision and recall over units that each have a count: as many units are
/// drawn with return, a thousand times (Efron 1979). The same counts give the same intervals.
#[must_use]
pub fn intervals(counts: &[Count]) -> (Interval, Interval) {
    let mut state = 88_172_645_463_325_252u64;
    let mut draw = || {
        let mut sum = Count::default();
        for _ in counts {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = usize::try_from(state % counts.len() as u64).unwrap_or(0);
            sum.found += counts[at].found;
            sum.expected += counts[at].expected;
            sum.right += counts[at].right;
        }
        (sum.precision(), sum.recall())
    };
    let (mut precisions, mut recalls): (Vec<f64>, Vec<f64>) = (0..DRAWS).map(|_| draw()).unzip();
    let range = |list: &mut Vec<f64>| {
        list.sort_by(f64::total_cmp);
        Interval {
            low: list[DRAWS / 40],
            high: list[DRAWS - 1 - DRAWS / 40],
        }
    };
    (range(&mut precisions), range(&mut recalls))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_lies_in_its_interval() {
        let count = |right| Count {
            found: 10,
            expected: 10,
            right,
        };
        let counts: Vec<Count> = (0..30).map(|at| count(5 + at % 5)).collect();
        let (precision, recall) = intervals(&counts);
        assert!(precision.low < 0.7 && 0.7 < precision.high);
        assert!(recall.high - recall.low < 0.12);
    }
}
