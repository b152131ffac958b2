//! Weights without keys: features are hashed to places in a table, in training as in use.

/// The start of every hash.
const SEED: u64 = 0x243f_6a88_85a3_08d3;
/// An odd number without pattern, as in the hash `FxHash`.
const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

/// Adds a value to a hash.
#[inline]
pub(crate) const fn mix(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(5) ^ value as u64).wrapping_mul(FACTOR)
}

/// Begins the hash of a feature of one template.
#[inline]
pub(crate) const fn begin(template: u32) -> u64 {
    mix(SEED, template)
}

/// Hashes a text.
#[inline]
pub(crate) fn hash_text(text: &str) -> u32 {
    let mut hash = SEED;
    for byte in text.bytes() {
        hash = mix(hash, u32::from(byte));
    }
    (hash >> 32) as u32
}

/// Where the weights of a feature stand in a table of `2^bits` places.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a table has at most 2^24 places"
)]
pub(crate) const fn place(hash: u64, bits: u32) -> u32 {
    (hash >> (64 - bits)) as u32
}

/// The sizes of weights that a model file can hold: steps of one, then steps of a thirteenth, which
/// is as fine as sums of many weights need.
const SIZES: [i16; 128] = {
    let mut sizes = [0; 128];
    let mut code = 1;
    while code < sizes.len() {
        let last: i16 = sizes[code - 1];
        let step = last / 13;
        sizes[code] = last.saturating_add(if step < 1 { 1 } else { step });
        code += 1;
    }
    sizes
};

/// Returns the code of the weight nearest to `weight` that a file can hold; negative ones have the
/// highest bit set.
pub(crate) fn code_of(weight: i16) -> u8 {
    let size = weight.saturating_abs();
    let above = SIZES.partition_point(|known| *known < size);
    let distance = |code: &usize| SIZES.get(*code).map(|known| known.abs_diff(size));
    let nearest = [above.saturating_sub(1), above]
        .into_iter()
        .filter(|code| distance(code).is_some())
        .min_by_key(distance);
    let code = nearest
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(0);
    if weight < 0 { code | 0x80 } else { code }
}

/// The weight of each code.
static WEIGHTS: [i16; 256] = {
    let mut weights = [0; 256];
    let mut code = 0;
    while code < SIZES.len() {
        weights[code] = SIZES[code];
        weights[code + SIZES.len()] = -SIZES[code];
        code += 1;
    }
    weights
};

/// Returns the weight of a code.
#[inline]
pub(crate) fn weight_of(code: u8) -> i16 {
    WEIGHTS[usize::from(code)]
}

/// Weights stand in blocks of so many, one for each class that there may be, so that the weights of
/// a feature for all classes lie together in memory.
pub(crate) const BLOCK: usize = 128;

/// A table of single weights. The weight of a feature for a class stands at the feature's place
/// with the class exclusively or-ed to it: different features mix their classes differently.
pub(crate) trait Cells {
    /// A weight as the table holds it.
    type Weight: Copy;

    /// Returns the size of a weight.
    fn size_of(weight: Self::Weight) -> i32;
    /// Returns the block that holds a place.
    fn block(&self, place: u32) -> Option<&[Self::Weight; BLOCK]>;
    /// The number of places is two to this power.
    fn bits(&self) -> u32;
}

/// Returns where in its block the weight of a class stands.
#[inline]
pub(crate) const fn within_block(place: u32, class: u8) -> usize {
    (place as usize ^ class as usize) % BLOCK
}

/// Returns the block of a place.
#[inline]
pub(crate) fn block_of<W>(blocks: &[[W; BLOCK]], place: u32) -> Option<&[W; BLOCK]> {
    blocks.get(place as usize / BLOCK)
}

/// Returns the class among `allowed` that scores best for features at `places`; of equals the least.
pub(crate) fn best_class<C: Cells>(weights: &C, places: &[u32], allowed: u128) -> u8 {
    /// So many classes are scored at once, their sums in registers.
    const AT_ONCE: usize = 4;
    if allowed.is_power_of_two() {
        return u8::try_from(allowed.trailing_zeros()).unwrap_or(0);
    }
    let mut candidates = classes(allowed);
    let mut best = (i32::MIN, 0);
    while let Some(first) = candidates.next() {
        let mut group = [first; AT_ONCE];
        for slot in group.iter_mut().skip(1) {
            *slot = candidates.next().unwrap_or(first);
        }
        let mut sums = [0; AT_ONCE];
        for place in places {
            let Some(block) = weights.block(*place) else {
                continue;
            };
            for (sum, class) in sums.iter_mut().zip(group) {
                *sum += C::size_of(block[within_block(*place, class)]);
            }
        }
        for (sum, class) in sums.into_iter().zip(group) {
            if sum > best.0 {
                best = (sum, class);
            }
        }
    }
    best.1
}

/// Returns the score of a class.
pub(crate) fn score_class<C: Cells>(weights: &C, places: &[u32], class: u8) -> i32 {
    let weight = |place: &u32| {
        weights
            .block(*place)
            .map(|block| block[within_block(*place, class)])
    };
    places.iter().filter_map(weight).map(C::size_of).sum()
}

/// Returns the classes of a set, the least first.
pub(crate) fn classes(mut set: u128) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let class = u8::try_from(set.trailing_zeros())
            .ok()
            .filter(|_| set != 0)?;
        set &= set - 1;
        Some(class)
    })
}

/// A table of pairs of weights: of two classes against a third that always scores 0.
pub(crate) trait Pairs {
    /// The number of places is two to this power.
    fn bits(&self) -> u32;
    /// Returns the weights at a place.
    fn pair(&self, place: u32) -> [i32; 2];
}

/// Weights as the model file holds them: codes, which need less memory and with it less time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CellTable {
    pub(crate) blocks: Vec<[u8; BLOCK]>,
}

impl Cells for CellTable {
    type Weight = u8;

    #[inline]
    fn size_of(weight: u8) -> i32 {
        weight_of(weight).into()
    }

    #[inline]
    fn block(&self, place: u32) -> Option<&[u8; BLOCK]> {
        block_of(&self.blocks, place)
    }

    #[inline]
    fn bits(&self) -> u32 {
        (self.blocks.len() * BLOCK).trailing_zeros()
    }
}

/// Pairs of weights as the model file holds them, as codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PairTable {
    pub(crate) codes: Vec<[u8; 2]>,
}

impl Pairs for PairTable {
    #[inline]
    fn bits(&self) -> u32 {
        self.codes.len().trailing_zeros()
    }

    #[inline]
    fn pair(&self, place: u32) -> [i32; 2] {
        self.codes
            .get(place as usize)
            .map_or([0; 2], |pair| pair.map(|code| weight_of(code).into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_their_codes() {
        for code in 0..=u8::MAX {
            assert_eq!(weight_of(code_of(weight_of(code))), weight_of(code));
        }
        for weight in i16::MIN + 1..=i16::MAX {
            let kept = weight_of(code_of(weight));
            let error = kept.abs_diff(weight);
            assert!(error <= weight.unsigned_abs() / 24 + 1, "{weight} {kept}");
        }
    }
}
