//! Adaptive moments (Kingma and Ba 2015).

use crate::text::{Matrix, Weights};

/// The share of the old mean of the gradient that is kept.
const MEAN_KEPT: f32 = 0.9;
/// The share of the old mean of its square.
const SQUARE_KEPT: f32 = 0.98;
const EPSILON: f32 = 1e-8;
/// Gradients longer than this are shortened to it.
const LENGTH_MAX: f64 = 5.0;

/// The state of the optimiser.
#[derive(Debug, Clone)]
pub(super) struct Adam {
    mean: Weights,
    square: Weights,
    mean_kept: f32,
    square_kept: f32,
}

impl Adam {
    /// Begins; both are zeros.
    pub(super) fn new(mean: Weights, square: Weights) -> Self {
        Self {
            mean,
            square,
            mean_kept: 1.0,
            square_kept: 1.0,
        }
    }

    /// Takes a step down the gradient.
    pub(super) fn step(&mut self, weights: &mut Weights, gradient: &mut Weights, rate: f32) {
        self.mean_kept *= MEAN_KEPT;
        self.square_kept *= SQUARE_KEPT;
        let length = gradient
            .matrices_mut()
            .iter()
            .map(|matrix| square_sum(matrix))
            .sum::<f64>()
            .sqrt();
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
        let shorter = (LENGTH_MAX / length.max(LENGTH_MAX)) as f32;
        let rate = rate / (1.0 - self.mean_kept);
        let correction = 1.0 / (1.0 - self.square_kept);
        let moments = self
            .mean
            .matrices_mut()
            .into_iter()
            .zip(self.square.matrices_mut());
        let all = weights
            .matrices_mut()
            .into_iter()
            .zip(gradient.matrices_mut())
            .zip(moments);
        for ((weights, gradient), (mean, square)) in all {
            let moments = mean.values.iter_mut().zip(&mut square.values);
            let weights = weights.values.iter_mut().zip(&gradient.values);
            for ((weight, slope), (mean, square)) in weights.zip(moments) {
                let slope = slope * shorter;
                *mean = MEAN_KEPT * *mean + (1.0 - MEAN_KEPT) * slope;
                *square = SQUARE_KEPT * *square + (1.0 - SQUARE_KEPT) * slope * slope;
                *weight -= rate * *mean / ((*square * correction).sqrt() + EPSILON);
            }
        }
    }
}

fn square_sum(matrix: &Matrix) -> f64 {
    let mut sums = [0.0_f32; 16];
    for chunk in matrix.values.chunks(16) {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value * value;
        }
    }
    sums.iter().map(|sum| f64::from(*sum)).sum()
}
