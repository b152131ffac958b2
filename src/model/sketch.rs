//! Sketches of texts: which articles are near-duplicates of each other.

/// A sketch has so many places, each of [`PLACE_BITS`] bits.
const PLACES: usize = 32;
const PLACE_BITS: usize = 4;

/// In so many places the sketches of near-duplicates agree at least.
///
/// Measured on 664 articles, those of the samples and of the tests: all copies of which a desk has kept
/// two thirds, or in which every twelfth word is another, agree in as many, and 96 in 100 of those cut to
/// half; of the 220,000 pairs of different articles, many on the same happening, none does (the most is
/// 11).
const ALIKE_MIN: usize = 13;

/// So many words make one feature.
const SHINGLE: usize = 2;

/// A sketch of a text in 128 bits, by which texts that share most of their words in their order are
/// known: a one-permutation `MinHash` of its pairs of words (Li, Owen and Zhang 2012), of each
/// minimum the lowest four bits (Li and König 2010).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Sketch(u128);

impl Sketch {
    /// Sketches a text; case, punctuation and layout do not count. Time: linear in the text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(hash)
            .collect();
        let mut least: [Option<u64>; PLACES] = [None; PLACES];
        for shingle in words.windows(SHINGLE.min(words.len().max(1))) {
            let feature = shingle.iter().fold(0, |sum: u64, word| mix(sum ^ word));
            let place = usize::try_from(feature >> 59).unwrap_or(0);
            let rest = feature << 5;
            if let Some(known) = least.get_mut(place) {
                *known = Some(known.map_or(rest, |known| known.min(rest)));
            }
        }
        // An empty place takes what the next one that is not empty has, the same way in every text.
        let filled = |place: usize| {
            let mut from = least.iter().cycle().skip(place).take(PLACES).flatten();
            from.next().copied().unwrap_or_default()
        };
        let digits = (0..PLACES).map(|place| u128::from(mix(filled(place)) & 0xf));
        Self(digits.fold(0, |sketch, digit| sketch << PLACE_BITS | digit))
    }

    /// Builds it from the bits of [`Sketch::bits`].
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// Returns its bits.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// Returns in how many of 32 places two sketches agree; about two even if the texts share
    /// nothing.
    #[must_use]
    pub fn places_alike(self, other: Self) -> usize {
        let apart = self.0 ^ other.0;
        let digits = (0..PLACES).map(|place| apart >> (place * PLACE_BITS) & 0xf);
        digits.filter(|digit| *digit == 0).count()
    }

    /// Says whether two texts are as good as one.
    #[must_use]
    pub fn is_near(self, other: Self) -> bool {
        self.places_alike(other) >= ALIKE_MIN
    }
}

/// Counts texts after near-duplicates are one: the groups that chains of near-duplicates make. The
/// order does not count.
///
/// Complexity: quadratic in the number of sketches that differ.
#[must_use]
pub fn count_texts(sketches: impl IntoIterator<Item = Sketch>) -> usize {
    let mut groups: Vec<Vec<Sketch>> = Vec::new();
    for sketch in sketches {
        let is_near = |group: &Vec<Sketch>| group.iter().any(|known| known.is_near(sketch));
        let (near, mut apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_near);
        let mut joined: Vec<Sketch> = near.into_iter().flatten().collect();
        if !joined.contains(&sketch) {
            joined.push(sketch);
        }
        apart.push(joined);
        groups = apart;
    }
    groups.len()
}

/// Hashes a word in lower case (FNV-1a, then mixed).
fn hash(word: &str) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for character in word.chars().flat_map(char::to_lowercase) {
        sum = (sum ^ u64::from(u32::from(character))).wrapping_mul(0x0100_0000_01b3);
    }
    mix(sum)
}

/// Spreads bits over the whole number (the end of `MurmurHash3`, by Austin Appleby).
const fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many different words.
    fn text(seed: u64, words: u64) -> Vec<String> {
        let word = |at| format!("w{:x}", mix(seed << 32 | at) >> 40);
        (0..words).map(word).collect()
    }

    #[test]
    fn copies_are_near_and_others_are_not() {
        for seed in 1..40 {
            let words = text(seed, 150);
            let sketch = Sketch::of(&words.join(" "));
            let cut = Sketch::of(&words[..100].join(" "));
            assert!(sketch.is_near(cut), "{}", sketch.places_alike(cut));
            let framed = format!("LONDON (Wire) - {}. Editing by J. Doe", words.join(", "));
            assert!(sketch.is_near(Sketch::of(&framed.to_uppercase())));
            let other = Sketch::of(&text(seed + 100, 150).join(" "));
            assert!(!sketch.is_near(other), "{}", sketch.places_alike(other));
        }
    }

    #[test]
    fn any_text_has_a_sketch() {
        for text in ["", " ", "word", "two words", "—…", "ö"] {
            assert_eq!(Sketch::of(text), Sketch::of(text));
        }
        let whole = Sketch::of("One two");
        assert_eq!(whole, Sketch::of("one, TWO!"));
        assert_eq!(Sketch::from_bits(whole.bits()), whole);
    }

    #[test]
    fn chains_of_copies_are_one_text_in_any_order() {
        let long = text(1, 300);
        let sketches = [0..180, 60..240, 120..300].map(|range| Sketch::of(&long[range].join(" ")));
        assert!(!sketches[0].is_near(sketches[2]));
        let other = Sketch::of(&text(2, 200).join(" "));
        let [one, two, three] = sketches;
        for order in [[one, two, three, other], [one, three, other, two]] {
            assert_eq!(count_texts(order), 2);
        }
        assert_eq!(count_texts([]), 0);
        assert_eq!(count_texts([one, one]), 1);
    }
}
