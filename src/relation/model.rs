//! A log-linear model over what may go on between two actors, and whether it took place.

use crate::model::{PloverType, Status};
use crate::relation::PairFeatures;

/// How many types there are.
pub(crate) const TYPES: usize = PloverType::ALL.len();

/// The column of no event.
pub(crate) const NONE: usize = TYPES;

/// The statuses there are.
pub(crate) const STATUSES: usize = Status::ALL.len();

/// What a feature has weights for: the types, no event, the statuses.
pub(crate) const COLUMNS: usize = TYPES + 1 + STATUSES;

/// What goes on between two actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Nothing.
    None,
    /// The first acts on the second.
    Forth(PloverType),
    /// The second acts on the first.
    Back(PloverType),
}

/// The probability of every relation of a pair; together 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Of every type from the first to the second.
    pub forth: [f32; TYPES],
    /// Of every type from the second to the first.
    pub back: [f32; TYPES],
    /// Of none.
    pub none: f32,
    /// Of every status, if the first acts.
    pub status_forth: [f32; STATUSES],
    /// Of every status, if the second acts.
    pub status_back: [f32; STATUSES],
}

impl Scores {
    /// Returns the likeliest relation with its probability; of two alike the first, none first.
    #[must_use]
    pub fn best(&self) -> (Relation, f32) {
        let mut best = (Relation::None, self.none);
        for (at, kind) in PloverType::ALL.iter().enumerate() {
            if self.forth[at] > best.1 {
                best = (Relation::Forth(*kind), self.forth[at]);
            }
            if self.back[at] > best.1 {
                best = (Relation::Back(*kind), self.back[at]);
            }
        }
        best
    }
}

/// A feature with its weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeatureWeights {
    /// Its number.
    pub key: u32,
    /// For the types, for none, for the statuses.
    pub weights: [f32; COLUMNS],
}

/// Sums of the weights of features.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sums([f32; COLUMNS]);

impl Default for Sums {
    fn default() -> Self {
        Self([0.0; COLUMNS])
    }
}

impl Sums {
    pub(crate) fn add(&mut self, weights: &[f32; COLUMNS]) {
        for (sum, weight) in self.0.iter_mut().zip(weights) {
            *sum += weight;
        }
    }
}

/// Weights of features.
#[derive(Debug, Clone)]
pub struct RelationModel {
    /// Numbers of features by their hash, with the place of their weights; places without a feature
    /// have the place [`FREE`].
    table: Vec<(u32, u32)>,
    keys: Vec<u32>,
    /// A weight is its byte times the scale of its feature.
    bytes: Vec<[i8; COLUMNS]>,
    steps: Vec<u8>,
    /// The scales that steps stand for.
    scales: Vec<f32>,
}

/// No feature.
const FREE: u32 = u32::MAX;

impl RelationModel {
    /// Makes a model of features with their weights; of two of one number the first holds. Weights
    /// are kept as 127 steps of the feature's greatest.
    #[must_use]
    pub fn new(mut features: Vec<FeatureWeights>) -> Self {
        features.sort_by_key(|feature| feature.key);
        features.dedup_by_key(|feature| feature.key);
        let mut model = Self::with_room(features.len());
        for feature in features {
            let most = feature
                .weights
                .iter()
                .fold(0f32, |most, w| most.max(w.abs()));
            let step = step_of(most);
            let scale = scale_of(step);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most 127 steps either way"
            )]
            let bytes = feature
                .weights
                .map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8);
            model.push(feature.key, bytes, step);
        }
        model
    }

    pub(crate) fn with_room(features: usize) -> Self {
        Self {
            table: vec![(0, FREE); (features * 2).next_power_of_two().max(2)],
            keys: Vec::with_capacity(features),
            bytes: Vec::with_capacity(features),
            steps: Vec::with_capacity(features),
            scales: (0..=u8::MAX).map(scale_of).collect(),
        }
    }

    /// Adds a feature that is not there yet.
    pub(crate) fn push(&mut self, key: u32, bytes: [i8; COLUMNS], step: u8) {
        let place = u32::try_from(self.keys.len()).unwrap_or(FREE);
        let mut at = self.slot(key);
        while self.table[at].1 != FREE {
            at = (at + 1) % self.table.len();
        }
        self.table[at] = (key, place);
        self.keys.push(key);
        self.bytes.push(bytes);
        self.steps.push(step);
    }

    fn slot(&self, key: u32) -> usize {
        // The lowest bit of a number says what kind it is.
        (key >> 1) as usize & (self.table.len() - 1)
    }

    fn find(&self, key: u32) -> Option<usize> {
        let mut at = self.slot(key);
        loop {
            match self.table[at] {
                (_, FREE) => return None,
                (known, place) if known == key => return Some(place as usize),
                _ => at = (at + 1) % self.table.len(),
            }
        }
    }

    /// Returns how many features it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Says whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Returns the features in the order of their numbers, with the bytes of their weights and the
    /// step of their scale.
    pub(crate) fn features(&self) -> impl Iterator<Item = (u32, &[i8; COLUMNS], u8)> {
        let weights = self.bytes.iter().zip(&self.steps);
        let all = self.keys.iter().zip(weights);
        all.map(|(key, (bytes, step))| (*key, bytes, *step))
    }

    fn scale(&self, place: usize) -> f32 {
        self.scales[usize::from(self.steps[place])]
    }

    /// Returns the weight of a feature for a type, or for none.
    #[must_use]
    pub fn weight(&self, feature: u32, kind: Option<PloverType>) -> f32 {
        let column = kind.map_or(NONE, |kind| kind as usize);
        self.find(feature).map_or(0.0, |place| {
            f32::from(self.bytes[place][column]) * self.scale(place)
        })
    }

    /// Returns the probabilities of a pair. Time: linear in the number of its features.
    #[must_use]
    pub fn scores(&self, pair: &PairFeatures) -> Scores {
        let sum = |list: &[u32]| {
            let mut sums = Sums::default();
            for place in list.iter().filter_map(|feature| self.find(*feature)) {
                let scale = self.scale(place);
                for (sum, byte) in sums.0.iter_mut().zip(&self.bytes[place]) {
                    *sum += f32::from(*byte) * scale;
                }
            }
            sums
        };
        relation_scores(&sum(&pair.shared), &sum(&pair.forth), &sum(&pair.back))
    }
}

/// The scales of weights: each an eighth greater than the one before.
pub(crate) fn scale_of(step: u8) -> f32 {
    1e-5 * 1.08f32.powi(i32::from(step))
}

/// The least step whose scale lets 127 reach a weight.
pub(crate) fn step_of(most: f32) -> u8 {
    (0..=u8::MAX)
        .find(|step| scale_of(*step) * 127.0 >= most)
        .unwrap_or(u8::MAX)
}

/// Sums of weights to probabilities.
pub(crate) fn relation_scores(shared: &Sums, forth: &Sums, back: &Sums) -> Scores {
    let mut scores = Scores {
        forth: [0.0; TYPES],
        back: [0.0; TYPES],
        none: f32::midpoint(forth.0[NONE], back.0[NONE]) + shared.0[NONE],
        status_forth: status_scores(shared, forth),
        status_back: status_scores(shared, back),
    };
    for at in 0..TYPES {
        scores.forth[at] = shared.0[at] + forth.0[at];
        scores.back[at] = shared.0[at] + back.0[at];
    }
    let Scores {
        forth, back, none, ..
    } = &mut scores;
    softmax(forth.iter_mut().chain(back.iter_mut()).chain([none]));
    scores
}

/// Sums of weights to the probabilities of statuses.
pub(crate) fn status_scores(shared: &Sums, role: &Sums) -> [f32; STATUSES] {
    let mut scores = [0f32; STATUSES];
    for (at, score) in scores.iter_mut().enumerate() {
        *score = shared.0[NONE + 1 + at] + role.0[NONE + 1 + at];
    }
    softmax(scores.iter_mut());
    scores
}

fn softmax<'a>(scores: impl Iterator<Item = &'a mut f32>) {
    let mut all: [Option<&mut f32>; 2 * TYPES + 1] = [const { None }; 2 * TYPES + 1];
    let mut highest = f32::MIN;
    for (place, score) in all.iter_mut().zip(scores) {
        highest = highest.max(*score);
        *place = Some(score);
    }
    let mut sum = 0.0;
    for score in all.iter_mut().flatten() {
        **score = (**score - highest).exp();
        sum += **score;
    }
    for score in all.into_iter().flatten() {
        *score /= sum;
    }
}
