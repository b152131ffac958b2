//! The course of training.

use std::thread;

use crate::text::{
    ConlluSentence, Content, FIELDS, Linear, Matrix, Network, NetworkShape, NeuralModel, Precision,
    Weights,
};
use crate::train::neural::adam::Adam;
use crate::train::neural::backward::{Losses, learn};
use crate::train::neural::batch::{Batch, Dropout, NeuralExample, fraction};
use crate::train::neural::inventory::ClosedSets;
use crate::train::perceptron::Seeded;

/// How the training of the network goes.
#[derive(Debug, Clone, Copy)]
pub struct NeuralOptions {
    /// Passes over the treebank.
    pub passes: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Units of a layer in each direction.
    pub units: usize,
    /// Widths of the tables of features: words, pieces, endings, shorter endings, beginnings,
    /// shapes.
    pub fields: [usize; FIELDS],
    /// Units of a token as dependent or head.
    pub arc: usize,
    /// Units of a token as dependent or head when the label is chosen.
    pub label: usize,
    /// Units between a layer and the tags.
    pub tag: usize,
    /// Tokens of a batch.
    pub batch: usize,
    /// How far a step goes at first.
    pub rate: f32,
    /// The probability that a known word is treated as an unknown one.
    pub word_dropout: f32,
    /// The probability that a unit is dropped.
    pub dropout: f32,
    /// The same between the tokens of a layer.
    pub recurrent_dropout: f32,
    /// Whether weights are kept in sixteen bits and not in eight.
    pub wide: bool,
    /// Where chance begins.
    pub seed: u64,
}

impl Default for NeuralOptions {
    fn default() -> Self {
        Self {
            passes: 26,
            layers: 2,
            units: 160,
            fields: [96, 64, 32, 16, 24, 24],
            arc: 128,
            label: 48,
            tag: 96,
            batch: 400,
            rate: 4e-3,
            word_dropout: 0.2,
            dropout: 0.33,
            recurrent_dropout: 0.0,
            wide: false,
            seed: 1,
        }
    }
}

impl NeuralOptions {
    fn shape(&self, sets: &ClosedSets) -> NetworkShape {
        // No part may be empty.
        NetworkShape {
            words: sets.words.len(),
            tags: sets.tags.len(),
            labels: sets.labels.len(),
            fields: self.fields.map(|width| width.max(1)),
            layers: self.layers.max(1),
            units: self.units.max(1),
            tag: self.tag.max(1),
            arc: self.arc.max(1),
            label: self.label.max(1),
        }
    }
}

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NeuralProgress {
    /// The pass, from 1.
    pub pass: usize,
    /// Mean loss of a tag.
    pub tags: f64,
    /// Mean loss of a head.
    pub heads: f64,
    /// Mean loss of a label.
    pub labels: f64,
}

/// Workers that share a batch; fixed, for sums depend on it.
const WORKERS: usize = 2;
/// The first steps are short.
const WARM_UP: usize = 100;

/// Makes a model of the weights as they are; in sixteen bits if it is to be `wide`.
pub type Snapshot<'a> = &'a dyn Fn(bool) -> NeuralModel;

/// Trains a network; `progress` hears of each pass and may ask for the model so far. The same
/// treebank and options give the same bytes, on any machine.
///
/// Time: linear in the number of tokens and of passes.
#[must_use]
pub fn train_neural(
    treebank: &[ConlluSentence],
    options: &NeuralOptions,
    progress: &mut dyn FnMut(NeuralProgress, Snapshot<'_>),
) -> NeuralModel {
    let sets = ClosedSets::of(treebank);
    let examples = sets.examples(treebank);
    let shape = options.shape(&sets);
    let content = Content {
        shape: &shape,
        tags: &sets.tags,
        labels: &sets.labels,
        words: &sets.words,
    };
    let model = |weights: &Weights, is_wide: bool| {
        let precision = if is_wide {
            Precision::Word
        } else {
            Precision::Byte
        };
        NeuralModel::of(&content, weights.clone(), precision)
    };
    let mut fitter = Fitter::new(&shape, options);
    let steps = fitter.batches(&examples).len() * options.passes;
    for pass in 1..=options.passes {
        let mut losses = Losses::default();
        let mut tokens = 0;
        for batch in fitter.batches(&examples) {
            tokens += batch
                .iter()
                .map(|example| example.tokens.len())
                .sum::<usize>();
            let found = fitter.step(batch, steps);
            losses.tags += found.tags;
            losses.arcs += found.arcs;
            losses.labels += found.labels;
        }
        #[expect(clippy::cast_precision_loss, reason = "for people")]
        let mean = |sum: f64| sum / tokens.max(1) as f64;
        let now = NeuralProgress {
            pass,
            tags: mean(losses.tags),
            heads: mean(losses.arcs),
            labels: mean(losses.labels),
        };
        progress(now, &|is_wide| model(&fitter.weights, is_wide));
    }
    model(&fitter.weights, options.wide)
}

/// Weights in training.
struct Fitter<'a> {
    shape: &'a NetworkShape,
    options: &'a NeuralOptions,
    weights: Weights,
    gradients: [Weights; WORKERS],
    adam: Adam,
    random: Seeded,
    steps_done: usize,
}

impl<'a> Fitter<'a> {
    fn new(shape: &'a NetworkShape, options: &'a NeuralOptions) -> Self {
        let mut random = Seeded(options.seed);
        let zeros = || Weights::zeros(shape);
        Self {
            shape,
            options,
            weights: first_weights(shape, &mut random),
            gradients: [(); WORKERS].map(|()| zeros()),
            adam: Adam::new(zeros(), zeros()),
            random,
            steps_done: 0,
        }
    }

    /// Puts the examples into batches of sentences of like length, in random order.
    fn batches<'b>(&mut self, examples: &'b [NeuralExample]) -> Vec<Vec<&'b NeuralExample>> {
        let mut order: Vec<&NeuralExample> = examples.iter().collect();
        self.random.shuffle(&mut order);
        order.sort_by_key(|example| example.tokens.len());
        let mut batches = vec![Vec::new()];
        let mut tokens = 0;
        for example in order {
            if tokens >= self.options.batch {
                batches.push(Vec::new());
                tokens = 0;
            }
            tokens += example.tokens.len();
            if let Some(batch) = batches.last_mut() {
                batch.push(example);
            }
        }
        self.random.shuffle(&mut batches);
        batches
    }

    /// Learns from a batch; each worker takes a part, and their gradients are summed up in order.
    fn step(&mut self, batch: Vec<&NeuralExample>, steps: usize) -> Losses {
        let tokens = batch
            .iter()
            .map(|example| example.tokens.len())
            .sum::<usize>();
        #[expect(clippy::cast_precision_loss, reason = "a batch has far less than 2^24")]
        let scale = 1.0 / tokens.max(1) as f32;
        let mut parts: [Vec<&NeuralExample>; WORKERS] = [(); WORKERS].map(|()| Vec::new());
        for (index, example) in batch.into_iter().enumerate() {
            parts[index % WORKERS].push(example);
        }
        let fields = std::mem::take(&mut self.weights.fields);
        let network = Network::of(&self.weights, fields);
        let seeds = [(); WORKERS].map(|()| self.random.below(usize::MAX) as u64);
        let (shape, options, weights) = (self.shape, self.options, &self.weights);
        let work = |part: Vec<&NeuralExample>, seed: u64, gradient: &mut Weights| {
            for matrix in gradient.matrices_mut() {
                matrix.values.fill(0.0);
            }
            if part.is_empty() {
                return Losses::default();
            }
            let mut random = Seeded(seed);
            let batch = Batch::new(part, options.word_dropout, &mut random);
            let masks = batch.masks(shape, &dropout(options), &mut random);
            learn((&network, weights), &batch, Some(&masks), scale, gradient)
        };
        let losses = thread::scope(|scope| {
            let work = &work;
            let runs: Vec<_> = parts
                .into_iter()
                .zip(seeds)
                .zip(&mut self.gradients)
                .map(|((part, seed), gradient)| scope.spawn(move || work(part, seed, gradient)))
                .collect();
            let found = runs.into_iter().filter_map(|run| run.join().ok());
            found.fold(Losses::default(), |sum, losses| Losses {
                tags: sum.tags + losses.tags,
                arcs: sum.arcs + losses.arcs,
                labels: sum.labels + losses.labels,
            })
        });
        self.weights.fields = network.into_fields();
        self.apply(steps);
        losses
    }

    fn apply(&mut self, steps: usize) {
        let [gradient, others @ ..] = &mut self.gradients;
        for other in others {
            let pairs = gradient
                .matrices_mut()
                .into_iter()
                .zip(other.matrices_mut());
            for (sum, other) in pairs {
                for (sum, other) in sum.values.iter_mut().zip(&other.values) {
                    *sum += other;
                }
            }
        }
        self.steps_done += 1;
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers of steps are below 2^24"
        )]
        let ratio = |count: usize, all: usize| count as f32 / all.max(1) as f32;
        // The first third at full rate, then down to nothing.
        let left = ratio(steps.saturating_sub(self.steps_done), steps);
        let rate = self.options.rate
            * (1.5 * left).clamp(0.01, 1.0)
            * ratio(self.steps_done, WARM_UP).min(1.0);
        self.adam.step(&mut self.weights, gradient, rate);
    }
}

fn dropout(options: &NeuralOptions) -> Dropout {
    Dropout {
        input: options.dropout,
        layer: options.dropout,
        recurrent: options.recurrent_dropout,
        hidden: options.dropout,
    }
}

/// Draws the weights to begin with (Glorot and Bengio 2010); those of the last scores are zeros.
pub(super) fn first_weights(shape: &NetworkShape, random: &mut Seeded) -> Weights {
    let mut weights = Weights::zeros(shape);
    let mut fill = |matrix: &mut Matrix, most: f32| {
        for value in &mut matrix.values {
            *value = most * (2.0 * fraction(random) - 1.0);
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^24")]
    let bound = |input: usize, output: usize| (6.0 / (input + output).max(1) as f32).sqrt();
    for table in &mut weights.fields {
        fill(table, 0.2);
    }
    for lstm in weights.layers.iter_mut().flatten() {
        let input = lstm.input.weights.rows();
        fill(&mut lstm.input.weights, bound(input, shape.units));
        fill(&mut lstm.recurrent, bound(shape.units, shape.units));
        // Nothing is forgotten at first.
        if let Some(gates) = lstm.input.bias.values.get_mut(shape.units..2 * shape.units) {
            gates.fill(1.0);
        }
    }
    let mut linear = |linear: &mut Linear| {
        let (input, output) = (linear.weights.rows(), linear.weights.columns);
        fill(&mut linear.weights, bound(input, output));
    };
    linear(&mut weights.tag_hidden);
    linear(&mut weights.arc_dependent);
    linear(&mut weights.arc_head);
    linear(&mut weights.label_dependent);
    linear(&mut weights.label_head);
    fill(&mut weights.arc_root, 0.2);
    fill(&mut weights.label_root, 0.2);
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{ModelFileError, read_conllu};

    /// Small enough for a debug build.
    const OPTIONS: NeuralOptions = NeuralOptions {
        passes: 30,
        layers: 2,
        units: 16,
        fields: [12, 12, 8, 8, 8, 4],
        arc: 16,
        label: 8,
        tag: 16,
        batch: 40,
        rate: 1e-2,
        word_dropout: 0.1,
        dropout: 0.1,
        recurrent_dropout: 0.1,
        wide: false,
        seed: 5,
    };

    fn treebank() -> Vec<ConlluSentence> {
        read_conllu(include_str!("../../../tests/fixtures/syntax/small.conllu"))
    }

    #[test]
    fn neural_training_learns_the_treebank_and_is_deterministic() {
        let treebank = treebank();
        let model = train_neural(&treebank, &OPTIONS, &mut |_, _| {});
        let file = model.encode();
        assert_eq!(
            file,
            train_neural(&treebank, &OPTIONS, &mut |_, _| {}).encode()
        );
        let sentences: Vec<Vec<&str>> = treebank
            .iter()
            .map(|sentence| sentence.tokens.iter().map(|t| t.form.as_str()).collect())
            .collect();
        let parsed = model.parse_batch(&sentences);
        let (mut right, mut all) = (0, 0);
        for (gold, found) in treebank.iter().zip(&parsed) {
            assert_eq!(gold.tokens.len(), found.len());
            assert_eq!(found.iter().filter(|token| token.head.is_none()).count(), 1);
            for (gold, found) in gold.tokens.iter().zip(found) {
                assert_eq!(found.head.is_none(), found.label == "root");
                all += 1;
                right += usize::from(
                    gold.head.checked_sub(1) == found.head && gold.deprel == found.label,
                );
            }
        }
        assert!(right * 10 > all * 8, "{right} of {all}");
        // What stands beside a sentence does not matter to it.
        for (sentence, found) in sentences.iter().zip(&parsed) {
            assert_eq!(
                model.parse_batch(std::slice::from_ref(sentence)).concat(),
                *found
            );
        }
    }

    #[test]
    fn odd_input_gives_trees_and_damaged_files_are_refused() {
        let options = NeuralOptions {
            passes: 1,
            ..OPTIONS
        };
        let model = train_neural(&treebank(), &options, &mut |_, _| {});
        let long: Vec<&str> = ["a", "", "\u{301}", "Żółć", "''", "x"].repeat(200);
        let found = model.parse_batch(&[Vec::new(), long.clone(), vec![""]]);
        assert!(found[0].is_empty());
        assert_eq!(found[1].len(), long.len());
        let roots = found[1].iter().filter(|token| token.head.is_none());
        assert_eq!(roots.count(), 1);
        for start in 0..long.len() {
            let mut node = Some(start);
            for _ in 0..=long.len() {
                node = node.and_then(|node| found[1][node].head);
            }
            assert_eq!(node, None);
        }
        assert_eq!(found[2].len(), 1);

        let file = model.encode();
        assert!(NeuralModel::decode(&file).unwrap() == model);
        assert_eq!(
            NeuralModel::decode(b"DEMSYN01").err(),
            Some(ModelFileError::Foreign)
        );
        for cut in [9, 17, file.len() / 2, file.len() - 1] {
            let short = NeuralModel::decode(&file[..cut]);
            assert_eq!(short.err(), Some(ModelFileError::Damaged));
        }
        let mut other = file;
        let middle = other.len() / 2;
        other[middle] ^= 1;
        assert_eq!(
            NeuralModel::decode(&other).err(),
            Some(ModelFileError::Damaged)
        );
    }
}
