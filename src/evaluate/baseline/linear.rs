//! A multinomial linear model.

/// So often the examples are gone through.
const EPOCHS: usize = 12;
/// How far a weight moves at first.
const RATE: f32 = 0.35;

/// Weights of features for classes: multinomial logistic regression, fitted by gradients whose
/// steps shrink for each weight by itself (Duchi, Hazan and Singer 2011).
#[derive(Debug, Clone)]
pub struct LinearModel {
    classes: usize,
    weights: Vec<f32>,
}

impl LinearModel {
    /// Fits a model to examples: the numbers of their features, each below the number of
    /// `penalties`, and their class, below `classes`. The same examples in the same order give the
    /// same model.
    ///
    /// A penalty says how strongly the weights of a feature are held near nothing. `balance` says how
    /// much more an example of a rare class counts: 0 not at all, 1 so that all classes weigh the
    /// same. Time: linear in the number of features of all examples, times classes.
    #[must_use]
    pub fn fit(
        examples: &[(Vec<u32>, usize)],
        penalties: &[f32],
        classes: usize,
        balance: f32,
    ) -> Self {
        let mut model = Self {
            classes,
            weights: vec![0.0; penalties.len() * classes],
        };
        let mut fit = Fit {
            squares: vec![1e-3; penalties.len() * classes],
            penalties,
            importance: importance(examples, classes, balance),
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut state = 88_172_645_463_325_252u64;
        for _ in 0..EPOCHS {
            shuffle(&mut order, &mut state);
            for at in &order {
                let (active, class) = &examples[*at];
                model.step(active, *class, &mut fit);
            }
        }
        model
    }

    fn step(&mut self, active: &[u32], class: usize, fit: &mut Fit<'_>) {
        let scores = self.probabilities(active);
        let importance = fit.importance[class];
        for feature in active {
            let start = *feature as usize * self.classes;
            let penalty = fit.penalties[*feature as usize];
            for (at, probability) in scores.iter().enumerate() {
                let wanted = if at == class { 1.0 } else { 0.0 };
                let weight = &mut self.weights[start + at];
                let gradient = importance * (probability - wanted) + penalty * *weight;
                let square = &mut fit.squares[start + at];
                *square += gradient * gradient;
                *weight -= RATE * gradient / (square.sqrt() + 1.0);
            }
        }
    }

    /// Returns the probability of every class.
    #[must_use]
    pub fn probabilities(&self, active: &[u32]) -> Vec<f32> {
        let mut scores = vec![0f32; self.classes];
        for feature in active {
            let start = *feature as usize * self.classes;
            if let Some(weights) = self.weights.get(start..start + self.classes) {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += weight;
                }
            }
        }
        let highest = scores.iter().copied().fold(f32::MIN, f32::max);
        for score in &mut scores {
            *score = (*score - highest).exp();
        }
        let sum: f32 = scores.iter().sum();
        scores.iter().map(|score| score / sum).collect()
    }

    /// Returns the likeliest class, of two alike the lesser.
    #[must_use]
    pub fn predict(&self, active: &[u32]) -> usize {
        let probabilities = self.probabilities(active);
        let mut best = 0;
        for (class, probability) in probabilities.iter().enumerate() {
            if *probability > probabilities[best] {
                best = class;
            }
        }
        best
    }
}

/// What is kept while a model is fitted.
struct Fit<'a> {
    /// Sums of the squares of gradients, by weight.
    squares: Vec<f32>,
    penalties: &'a [f32],
    /// How much an example of each class counts.
    importance: Vec<f32>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
fn importance(examples: &[(Vec<u32>, usize)], classes: usize, balance: f32) -> Vec<f32> {
    let mut counts = vec![0f32; classes];
    for (_, class) in examples {
        counts[*class] += 1.0;
    }
    let mean = examples.len() as f32 / classes.max(1) as f32;
    counts
        .iter()
        .map(|count| (mean / count.max(1.0)).powf(balance))
        .collect()
}

/// Brings a list into an order that looks random (Fisher and Yates; numbers by Marsaglia's xorshift).
fn shuffle(list: &mut [usize], state: &mut u64) {
    for at in (1..list.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        let other = usize::try_from(*state % (at as u64 + 1)).unwrap_or(0);
        list.swap(at, other);
    }
}
