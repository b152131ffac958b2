//! Drawn numbers that a seed decides.

/// A small generator of numbers (`SplitMix64`, Steele, Lea and Flood 2014): the same seed gives the
/// same numbers on every machine.
///
/// # Examples
/// ```
/// use demarche::bench::Seeded;
///
/// let mut one = Seeded::new(7);
/// let mut other = Seeded::new(7);
/// assert_eq!(one.draw(), other.draw());
/// assert!(one.below(6) < 6);
/// ```
#[derive(Debug, Clone)]
pub struct Seeded(u64);

impl Seeded {
    /// Starts from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number, any of 64 bits.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `limit`; 0 where that is 0.
    pub const fn below(&mut self, limit: u64) -> u64 {
        match self.draw().checked_rem(limit) {
            Some(number) => number,
            None => 0,
        }
    }

    /// Returns a place in a list of `length`; 0 where it is empty.
    pub fn place(&mut self, length: usize) -> usize {
        let limit = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(limit)).unwrap_or(0)
    }

    /// Says yes in so many of a thousand cases.
    pub const fn happens(&mut self, thousandths: u64) -> bool {
        self.below(1000) < thousandths
    }

    /// Returns one of a list of words; the empty word where there is none.
    pub(super) fn word(&mut self, list: &[&'static str]) -> &'static str {
        list.get(self.place(list.len())).copied().unwrap_or("")
    }
}

/// Things that are drawn as often as their weights say.
#[derive(Debug, Clone)]
pub(super) struct Mix<T> {
    first: T,
    /// Each with the sum of the weights up to and with it.
    members: Vec<(u64, T)>,
    total: u64,
}

impl<T: Copy> Mix<T> {
    /// Builds the mix; what has no weight is never drawn, unless nothing has any.
    pub(super) fn new(first: T, members: impl IntoIterator<Item = (T, u64)>) -> Self {
        let mut total = 0;
        let members = members
            .into_iter()
            .map(|(member, weight)| {
                total += weight;
                (total, member)
            })
            .collect();
        Self {
            first,
            members,
            total,
        }
    }

    /// Draws one.
    pub(super) fn draw(&self, random: &mut Seeded) -> T {
        let at = random.below(self.total);
        let index = self.members.partition_point(|(end, _)| *end <= at);
        self.members
            .get(index)
            .map_or(self.first, |(_, member)| *member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_hold() {
        let mix = Mix::new('a', [('a', 1), ('b', 0), ('c', 3)]);
        let mut random = Seeded::new(1);
        let drawn: Vec<char> = (0..4000).map(|_| mix.draw(&mut random)).collect();
        let count = |wanted| drawn.iter().filter(|drawn| **drawn == wanted).count();
        assert_eq!(count('b'), 0);
        assert!((900..1100).contains(&count('a')), "{}", count('a'));
    }

    #[test]
    fn nothing_to_draw_from_is_no_fault() {
        let mut random = Seeded::new(1);
        assert_eq!(Mix::new('a', []).draw(&mut random), 'a');
        assert_eq!(random.below(0), 0);
        assert_eq!(random.word(&[]), "");
    }
}
