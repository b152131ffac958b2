//! Sentences made ready for training, in batches.

use crate::text::{Layout, Masks, Matrix, NetworkShape, TokenRows};
use crate::train::perceptron::Seeded;

/// A sentence with gold analysis.
#[derive(Debug, Clone, Default)]
pub(super) struct NeuralExample {
    pub(super) tokens: Vec<TokenRows>,
    pub(super) tags: Vec<usize>,
    /// The number of tokens stands for the root.
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<usize>,
}

/// What is left out in training, each as a probability.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dropout {
    pub(super) input: f32,
    pub(super) layer: f32,
    pub(super) recurrent: f32,
    pub(super) hidden: f32,
}

/// Sentences that are learned from together, the longest first.
#[derive(Debug)]
pub(super) struct Batch<'a> {
    pub(super) examples: Vec<&'a NeuralExample>,
    pub(super) layout: Layout,
    /// In the layout's order.
    pub(super) tokens: Vec<TokenRows>,
}

impl<'a> Batch<'a> {
    /// Makes a batch; words are forgotten with probability `forgotten`.
    pub(super) fn new(
        mut examples: Vec<&'a NeuralExample>,
        forgotten: f32,
        random: &mut Seeded,
    ) -> Self {
        examples.sort_by_key(|example| std::cmp::Reverse(example.tokens.len()));
        let lengths = examples.iter().map(|example| example.tokens.len());
        let layout = Layout::of(lengths.collect());
        let mut tokens = Vec::with_capacity(layout.rows());
        for (step, (_, alive)) in layout.steps().iter().enumerate() {
            for example in examples.iter().take(*alive) {
                let mut token = example.tokens.get(step).cloned().unwrap_or_default();
                if fraction(random) < forgotten {
                    token.forget_word();
                }
                tokens.push(token);
            }
        }
        Self {
            examples,
            layout,
            tokens,
        }
    }

    /// Draws which units are dropped.
    pub(super) fn masks(
        &self,
        shape: &NetworkShape,
        dropout: &Dropout,
        random: &mut Seeded,
    ) -> Masks {
        let sentences = self.examples.len();
        let mut mask = |columns: usize, rate: f32| {
            let kept = 1.0 / (1.0 - rate);
            let values =
                (0..sentences * columns).map(|_| if fraction(random) < rate { 0.0 } else { kept });
            Matrix {
                columns,
                values: values.collect(),
            }
        };
        Masks {
            input: mask(shape.input(), dropout.input),
            outputs: (0..shape.layers)
                .map(|_| mask(2 * shape.units, dropout.layer))
                .collect(),
            recurrent: if dropout.recurrent > 0.0 {
                (0..shape.layers)
                    .map(|_| [(); 2].map(|()| mask(shape.units, dropout.recurrent)))
                    .collect()
            } else {
                Vec::new()
            },
            tag: mask(shape.tag, dropout.hidden),
            arc_dependent: mask(shape.arc, dropout.hidden),
            arc_head: mask(shape.arc, dropout.hidden),
            label_dependent: mask(shape.label, dropout.hidden),
            label_head: mask(shape.label, dropout.hidden),
        }
    }
}

/// Draws a number from 0 up to and without 1.
#[expect(clippy::cast_precision_loss, reason = "24 bits fit into an f32")]
pub(super) fn fraction(random: &mut Seeded) -> f32 {
    random.below(1 << 24) as f32 / 16_777_216.0
}
