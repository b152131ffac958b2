//! Fits the model of relations to labelled pairs.

use std::collections::HashMap;

use crate::model::Status;
use crate::relation::{
    COLUMNS, FeatureWeights, PairFeatures, Relation, RelationModel, Sums, relation_scores,
    status_scores,
};

/// How a model of relations is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelationFit {
    /// So often the examples are gone through.
    pub epochs: usize,
    /// How far a weight moves at first.
    pub rate: f32,
    /// How strongly weights are held near nothing.
    pub penalty: f32,
    /// The share of features that is left out of an example each time, so that none is trusted
    /// alone (Srivastava et al. 2014).
    pub dropout: f32,
    /// A feature must be in so many examples.
    pub support: usize,
    /// How many models, each of another order of examples, are averaged.
    pub seeds: u64,
    /// How many features are kept: those whose weights move most in all examples.
    pub keep: usize,
}

impl Default for RelationFit {
    fn default() -> Self {
        Self {
            epochs: 10,
            rate: 0.35,
            penalty: 0.05,
            dropout: 0.5,
            support: 2,
            seeds: 4,
            keep: 200_000,
        }
    }
}

/// A pair whose first actor is the source, with what goes on between the two.
#[derive(Debug, Clone)]
pub struct RelationExample {
    /// Its features.
    pub features: PairFeatures,
    /// What the first does to the second, or the second to the first.
    pub relation: Relation,
    /// Whether it took place; nothing where that is not known, or where there is no relation.
    pub status: Option<Status>,
    /// How much it counts.
    pub weight: f32,
}

impl RelationFit {
    /// Fits a model; the same examples in the same order give the same model.
    ///
    /// Multinomial logistic regression by gradients whose steps shrink for each weight by itself
    /// (Duchi, Hazan and Singer 2011). Time: linear in the number of features of all examples.
    #[must_use]
    pub fn fit(&self, examples: &[RelationExample]) -> RelationModel {
        let counted = Counted::new(examples, self.support);
        let mut mean = vec![[0f32; COLUMNS]; counted.keys.len()];
        for seed in 1..=self.seeds {
            let state = self.fit_once(examples, &counted, seed);
            for (mean, weights) in mean.iter_mut().zip(state.weights) {
                for (mean, weight) in mean.iter_mut().zip(weights) {
                    *mean += weight * (1.0 - self.dropout) / narrow(self.seeds);
                }
            }
        }
        let mut features: Vec<(f32, FeatureWeights)> = counted
            .keys
            .iter()
            .zip(&counted.counts)
            .zip(mean)
            .map(|((key, count), weights)| {
                let most = weights.iter().fold(0f32, |most, w| most.max(w.abs()));
                let moved = most * narrow(*count).sqrt();
                (moved, FeatureWeights { key: *key, weights })
            })
            .collect();
        features.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.key.cmp(&other.1.key)));
        features.truncate(self.keep);
        RelationModel::new(features.into_iter().map(|(_, feature)| feature).collect())
    }

    fn fit_once(&self, examples: &[RelationExample], counted: &Counted, seed: u64) -> State {
        let mut state = State {
            weights: vec![[0.0; COLUMNS]; counted.keys.len()],
            squares: vec![[1e-3; COLUMNS]; counted.keys.len()],
            rate: self.rate,
            penalty: self.penalty,
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..self.epochs {
            chance.shuffle(&mut order);
            for at in &order {
                let lists = counted.numbers[*at].each_ref().map(|list| {
                    let kept = list.iter().copied();
                    kept.filter(|_| chance.next() >= self.dropout).collect()
                });
                state.step(&lists, &examples[*at]);
            }
        }
        state
    }
}

/// A small number without loss that matters.
#[expect(clippy::cast_precision_loss, reason = "counts and seeds are small")]
fn narrow(number: u64) -> f32 {
    number as f32
}

/// The features that enough examples have, and the examples in their numbers.
struct Counted {
    keys: Vec<u32>,
    counts: Vec<u64>,
    numbers: Vec<[Vec<u32>; 3]>,
}

impl Counted {
    fn new(examples: &[RelationExample], support: usize) -> Self {
        let lists = |features: &'_ PairFeatures| {
            [
                features.shared.clone(),
                features.forth.clone(),
                features.back.clone(),
            ]
        };
        let mut all: HashMap<u32, u64> = HashMap::new();
        for example in examples {
            for feature in lists(&example.features).iter().flatten() {
                *all.entry(*feature).or_default() += 1;
            }
        }
        let mut kept: Vec<(u32, u64)> = all
            .into_iter()
            .filter(|(_, count)| *count >= support as u64)
            .collect();
        kept.sort_unstable();
        let (keys, counts): (Vec<u32>, Vec<u64>) = kept.into_iter().unzip();
        let number = |list: &Vec<u32>| -> Vec<u32> {
            let known = list.iter().filter_map(|key| keys.binary_search(key).ok());
            known.filter_map(|at| u32::try_from(at).ok()).collect()
        };
        let numbers = examples
            .iter()
            .map(|example| lists(&example.features).each_ref().map(number))
            .collect();
        Self {
            keys,
            counts,
            numbers,
        }
    }
}

/// Weights while they are fitted, with the sums of the squares of their gradients.
struct State {
    weights: Vec<[f32; COLUMNS]>,
    squares: Vec<[f32; COLUMNS]>,
    rate: f32,
    penalty: f32,
}

impl State {
    fn sum(&self, list: &[u32]) -> Sums {
        let mut sums = Sums::default();
        for feature in list {
            sums.add(&self.weights[*feature as usize]);
        }
        sums
    }

    fn step(&mut self, lists: &[Vec<u32>; 3], example: &RelationExample) {
        let [shared, forth, back] = lists.each_ref().map(|list| self.sum(list));
        let gradients = Gradients::new(&[shared, forth, back], example);
        for (list, gradients) in lists.iter().zip(&gradients.0) {
            self.turn(list, gradients);
        }
    }

    fn turn(&mut self, list: &[u32], gradients: &[f32; COLUMNS]) {
        for feature in list {
            let at = *feature as usize;
            let weights = self.weights[at].iter_mut().zip(&mut self.squares[at]);
            for ((weight, square), gradient) in weights.zip(gradients) {
                let gradient = gradient + self.penalty * *weight;
                *square += gradient * gradient;
                *weight -= self.rate * gradient / (square.sqrt() + 1.0);
            }
        }
    }
}

/// The gradients for shared features, and those of either direction.
struct Gradients([[f32; COLUMNS]; 3]);

impl Gradients {
    fn new(sums: &[Sums; 3], example: &RelationExample) -> Self {
        let [shared, forth, back] = sums;
        let scores = relation_scores(shared, forth, back);
        let none = scores.forth.len();
        let mut all = [[0f32; COLUMNS]; 3];
        all[1][..none].copy_from_slice(&scores.forth);
        all[2][..none].copy_from_slice(&scores.back);
        let mut of_none = scores.none;
        let mut turned = 1;
        match example.relation {
            Relation::None => of_none -= 1.0,
            Relation::Forth(kind) => all[1][kind as usize] -= 1.0,
            Relation::Back(kind) => {
                all[2][kind as usize] -= 1.0;
                turned = 2;
            }
        }
        let [to_shared, to_forth, to_back] = &mut all;
        for (sum, (one, other)) in to_shared
            .iter_mut()
            .zip(to_forth.iter().zip(to_back.iter()))
        {
            *sum = one + other;
        }
        all[0][none] = of_none;
        all[1][none] = of_none / 2.0;
        all[2][none] = of_none / 2.0;
        if let Some(status) = example.status {
            let mut of_status = status_scores(shared, &sums[turned]);
            of_status[status as usize] -= 1.0;
            for list in [0, turned] {
                all[list][none + 1..].copy_from_slice(&of_status);
            }
        }
        for gradient in all.iter_mut().flatten() {
            *gradient *= example.weight;
        }
        Self(all)
    }
}

/// Numbers that look random (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn step(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to below 1.
    #[expect(clippy::cast_precision_loss, reason = "24 bits fit")]
    fn next(&mut self) -> f32 {
        (self.step() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Brings a list into another order (Fisher and Yates).
    fn shuffle(&mut self, list: &mut [usize]) {
        for at in (1..list.len()).rev() {
            let other = usize::try_from(self.step() % (at as u64 + 1)).unwrap_or(0);
            list.swap(at, other);
        }
    }
}
