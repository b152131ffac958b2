//! Which of several acts of one kind is meant: the second call, the talks in the evening.

use crate::model::closed_set::closed_set;

closed_set! {
    /// Which of several of its kind an act is, as the text counts them.
    Turn, "turn" {
        /// "For the first time", "a first call".
        First = "first",
        /// "A second call".
        Second = "second",
        /// "The third round".
        Third = "third",
        /// "The fourth visit", and whatever comes after it.
        Fourth = "fourth",
        /// "Again", "another call": not the first.
        Again = "again",
    }
}

closed_set! {
    /// A part of the day, in the order of the day.
    DayPart, "part of the day" {
        /// From dawn; "before noon".
        Morning = "morning",
        /// Noon.
        Midday = "midday",
        /// The afternoon.
        Afternoon = "afternoon",
        /// The evening.
        Evening = "evening",
        /// The night that follows the day.
        Night = "night",
    }
}

/// What a mention says by which its act is told from others of its kind on that day.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Occasion {
    /// Which it is in a row; nothing where the text does not count.
    pub turn: Option<Turn>,
    /// When in the day it took place.
    pub day_part: Option<DayPart>,
}

/// Parts of the day that lie so far apart are not the same by any outlet's clock: an afternoon in
/// Washington is an evening in Jerusalem, a morning there is not.
const PARTS_APART: usize = 3;

impl Occasion {
    /// Says whether two mentions contradict each other: another turn, or another time of day. Who does
    /// not count may mean the first or none in particular, but not the second.
    #[must_use]
    pub fn contradicts(self, other: Self) -> bool {
        use Turn::{Again, First};
        let turns = match (self.turn, other.turn) {
            (Some(one), Some(two)) => {
                one != two && !matches!((one, two), (Again, two) | (two, Again) if two != First)
            }
            (Some(one), None) | (None, Some(one)) => !matches!(one, First | Again),
            (None, None) => false,
        };
        let parts = match (self.day_part, other.day_part) {
            (Some(one), Some(two)) => (one as usize).abs_diff(two as usize) >= PARTS_APART,
            _ => false,
        };
        turns || parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occasion(turn: &str, part: &str) -> Occasion {
        Occasion {
            turn: turn.parse().ok(),
            day_part: part.parse().ok(),
        }
    }

    #[test]
    fn turns_and_times_tell_acts_apart() {
        let cases = [
            ("second", "", "", "", true),
            ("first", "", "", "", false),
            ("again", "", "", "", false),
            ("again", "", "first", "", true),
            ("again", "", "third", "", false),
            ("second", "", "third", "", true),
            ("second", "", "second", "", false),
            ("", "morning", "", "evening", true),
            ("", "afternoon", "", "evening", false),
            ("", "afternoon", "", "", false),
            ("", "", "", "", false),
        ];
        for (turn, part, other_turn, other_part, expected) in cases {
            let (one, two) = (occasion(turn, part), occasion(other_turn, other_part));
            assert_eq!(one.contradicts(two), expected, "{one:?} {two:?}");
            assert_eq!(two.contradicts(one), expected);
        }
    }
}
