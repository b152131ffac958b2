//! Functions that a system library would compute otherwise on each system, from sums, products and
//! quotients alone, which every machine rounds alike.

/// Returns the hyperbolic tangent; error below 10⁻⁶ (a rational minimax approximation with the
/// coefficients of the library Eigen).
#[inline]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905, 7.905);
    let square = x * x;
    let mut top = -2.760_768_5e-16;
    for factor in [
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297e-8,
        1.485_722_4e-5,
        6.372_619e-4,
        4.893_524_6e-3,
    ] {
        top = top * square + factor;
    }
    let mut bottom = 1.198_258_4e-6;
    for factor in [1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3] {
        bottom = bottom * square + factor;
    }
    x * top / bottom
}

/// Returns the logistic function.
#[inline]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 * tanh(0.5 * x) + 0.5
}

/// Returns the exponential function; relative error below 10⁻⁶; 0 where it is below 10⁻³⁷.
///
/// The power of two is set into the exponent's bits, the rest is a Taylor series.
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    /// Adding it rounds to a whole number, which stands in the lowest bits.
    const ROUNDER: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let whole = shifted - ROUNDER;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    let power = shifted.to_bits().wrapping_sub(ROUNDER.to_bits());
    sum * f32::from_bits((power << 23).wrapping_add(0x3f80_0000))
}

/// Makes probabilities of scores.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - most);
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// Returns where the highest score stands; of equals the first; 0 for none.
pub(crate) fn best_of(scores: &[f32]) -> usize {
    let mut best = (f32::MIN, 0);
    for (index, score) in scores.iter().enumerate() {
        if *score > best.0 {
            best = (*score, index);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_near_those_of_the_definition() {
        for step in -2_000_i16..=2_000 {
            let x = f32::from(step) / 100.0;
            let exact = f64::from(x);
            assert!((f64::from(tanh(x)) - exact.tanh()).abs() < 1e-6, "tanh {x}");
            let ratio = f64::from(exp(x)) / exact.exp();
            assert!((ratio - 1.0).abs() < 2e-6, "exp {x}");
            let logistic = 1.0 / (1.0 + (-exact).exp());
            assert!((f64::from(sigmoid(x)) - logistic).abs() < 1e-6);
        }
        let mut scores = [1.0, 3.0, 2.0];
        softmax(&mut scores);
        assert_eq!(best_of(&scores), 1);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
