//! How various the texts are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::corpus::CorpusRow;

/// The length of the runs of letters by which two texts are compared.
const LETTERS: usize = 4;

/// How various the texts of a corpus are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diversity {
    /// The mean share of different words in each thousand words that follow one another.
    pub type_token_ratio: f64,
    /// The commonest runs of four words, with how often each stands; the commonest first.
    pub runs: Vec<(String, usize)>,
    /// Pairs of rows, by their places, of which each is more like the other than is allowed, with
    /// how like: the cosine of their counts of runs of four letters.
    pub near: Vec<(usize, usize, f64)>,
}

/// Measures how various the texts of rows are; texts more alike than `limit` are near.
///
/// Time: about quadratic in the number of rows, with a small factor: ten thousand take seconds.
#[must_use]
pub fn diversity(rows: &[&CorpusRow], limit: f64) -> Diversity {
    let texts: Vec<&str> = rows.iter().map(|row| row.pair.text.as_str()).collect();
    let mut runs: HashMap<String, usize> = HashMap::new();
    for text in &texts {
        let words = words(text);
        let of_text: BTreeSet<String> = words.windows(4).map(|run| run.join(" ")).collect();
        for run in of_text {
            *runs.entry(run).or_default() += 1;
        }
    }
    let mut runs: Vec<(String, usize)> = runs.into_iter().collect();
    runs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    runs.truncate(20);
    Diversity {
        type_token_ratio: type_token_ratio(texts.iter().copied()),
        runs,
        near: near_neighbours(&texts, limit),
    }
}

/// Returns the mean share of different words in each thousand words of the texts, which are read
/// as one; the last, shorter stretch is left out.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
pub fn type_token_ratio<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let all: Vec<String> = texts.flat_map(words).collect();
    let ratios: Vec<f64> = all
        .chunks_exact(1000)
        .map(|stretch| stretch.iter().collect::<BTreeSet<_>>().len() as f64 / 1000.0)
        .collect();
    ratios.iter().sum::<f64>() / ratios.len().max(1) as f64
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Returns the pairs of texts, by their places, the first being the lesser, that are more alike
/// than `limit`; in their order.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "places are below four thousand million"
)]
pub fn near_neighbours(texts: &[&str], limit: f64) -> Vec<(usize, usize, f64)> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut vectors: Vec<Vec<(u32, f32)>> = Vec::with_capacity(texts.len());
    for text in texts {
        vectors.push(unit_vector(text, &mut numbers));
    }
    let mut holders: Vec<Vec<(u32, f32)>> = vec![Vec::new(); numbers.len()];
    let mut near = Vec::new();
    let mut sums = vec![0f32; texts.len()];
    for (place, vector) in vectors.iter().enumerate() {
        sums[..place].fill(0.0);
        for (gram, weight) in vector {
            for (other, of_other) in &holders[*gram as usize] {
                sums[*other as usize] += weight * of_other;
            }
        }
        let alike = sums[..place].iter().enumerate();
        let alike = alike.filter(|(_, sum)| f64::from(**sum) > limit);
        near.extend(alike.map(|(other, sum)| (other, place, f64::from(*sum))));
        for (gram, weight) in vector {
            holders[*gram as usize].push((place as u32, *weight));
        }
    }
    near.sort_by_key(|pair| (pair.0, pair.1));
    near
}

/// Counts the runs of letters of a text, and brings the counts to length one.
#[expect(clippy::cast_possible_truncation, reason = "counts are small")]
fn unit_vector(text: &str, numbers: &mut HashMap<String, u32>) -> Vec<(u32, f32)> {
    let letters: Vec<char> = words(text).join(" ").chars().collect();
    let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
    for run in letters.windows(LETTERS) {
        let next = numbers.len() as u32;
        let number = *numbers.entry(run.iter().collect()).or_insert(next);
        *counts.entry(number).or_default() += 1.0;
    }
    let length = counts
        .values()
        .map(|count| count * count)
        .sum::<f32>()
        .sqrt()
        .max(1.0);
    counts
        .into_iter()
        .map(|(number, count)| (number, count / length))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_texts_are_found() {
        let texts = [
            "Poland rejected a proposal by Russia on Monday.",
            "Poland rejected the proposal by Russia on Tuesday.",
            "Fishermen found the boat empty off the northern coast.",
        ];
        let near = near_neighbours(&texts, 0.6);
        assert_eq!(near.len(), 1);
        assert_eq!((near[0].0, near[0].1), (0, 1));
    }
}
