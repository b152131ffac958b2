//! The weights of the network and their order.

use crate::text::neural::features::{FIELDS, table_rows};
use crate::text::neural::matrix::{Matrix, Panels};

/// How large the parts of a network are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NetworkShape {
    /// Known words.
    pub(crate) words: usize,
    pub(crate) tags: usize,
    pub(crate) labels: usize,
    /// Widths of the rows of the tables.
    pub(crate) fields: [usize; FIELDS],
    /// Recurrent layers; the tags are read off the one before the last.
    pub(crate) layers: usize,
    /// Units of a layer in each direction.
    pub(crate) units: usize,
    /// Units between a layer and the tags.
    pub(crate) tag: usize,
    /// Units of a token as dependent or head.
    pub(crate) arc: usize,
    /// Units of a token as dependent or head when the label is chosen.
    pub(crate) label: usize,
}

impl NetworkShape {
    /// Returns the width of a token at the input.
    pub(crate) fn input(&self) -> usize {
        self.fields.iter().sum()
    }

    /// Returns at least as many weights as tables and layers have; saturates.
    pub(crate) fn weights(&self) -> usize {
        let tables = table_rows(self.words).into_iter().zip(self.fields);
        let tables = tables.map(|(rows, width)| rows.saturating_mul(width));
        let layers = self.units.saturating_mul(self.units);
        let layers = layers.saturating_mul(self.layers.saturating_mul(8));
        let labels = self.label.saturating_mul(self.label);
        let parts = [
            layers,
            labels.saturating_mul(self.labels),
            self.arc.saturating_mul(self.arc),
        ];
        tables.chain(parts).fold(0, usize::saturating_add)
    }
}

/// A linear map with a bias.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Linear {
    pub(crate) weights: Matrix,
    pub(crate) bias: Matrix,
}

impl Linear {
    fn zeros(input: usize, output: usize) -> Self {
        Self {
            weights: Matrix::zeros(input, output),
            bias: Matrix::zeros(1, output),
        }
    }
}

/// One direction of a layer; gates in the order input, forget, output, candidate.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Lstm {
    pub(crate) input: Linear,
    pub(crate) recurrent: Matrix,
}

/// All weights; gradients and the state of the optimiser have the same form.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Weights {
    pub(crate) fields: Vec<Matrix>,
    pub(crate) layers: Vec<[Lstm; 2]>,
    pub(crate) tag_hidden: Linear,
    pub(crate) tag_scores: Linear,
    pub(crate) arc_dependent: Linear,
    pub(crate) arc_head: Linear,
    /// From a dependent to what its head should look like.
    pub(crate) arc_query: Linear,
    /// The root as a head.
    pub(crate) arc_root: Matrix,
    pub(crate) label_dependent: Linear,
    pub(crate) label_head: Linear,
    /// From a dependent to what its head should look like, label by label.
    pub(crate) label_query: Linear,
    /// How well a label fits the dependent alone.
    pub(crate) label_plain: Linear,
    pub(crate) label_root: Matrix,
}

impl Weights {
    /// Makes weights of zeros.
    pub(crate) fn zeros(shape: &NetworkShape) -> Self {
        let rows = table_rows(shape.words);
        let tables = rows.iter().zip(&shape.fields);
        let (units, output) = (shape.units, 2 * shape.units);
        let layer = |index: usize| {
            let input = if index == 0 { shape.input() } else { output };
            [(); 2].map(|()| Lstm {
                input: Linear::zeros(input, 4 * units),
                recurrent: Matrix::zeros(units, 4 * units),
            })
        };
        Self {
            fields: tables
                .map(|(rows, width)| Matrix::zeros(*rows, *width))
                .collect(),
            layers: (0..shape.layers).map(layer).collect(),
            tag_hidden: Linear::zeros(output, shape.tag),
            tag_scores: Linear::zeros(shape.tag, shape.tags),
            arc_dependent: Linear::zeros(output, shape.arc),
            arc_head: Linear::zeros(output, shape.arc),
            arc_query: Linear::zeros(shape.arc, shape.arc),
            arc_root: Matrix::zeros(1, shape.arc),
            label_dependent: Linear::zeros(output, shape.label),
            label_head: Linear::zeros(output, shape.label),
            label_query: Linear::zeros(shape.label, shape.label * shape.labels),
            label_plain: Linear::zeros(shape.label, shape.labels),
            label_root: Matrix::zeros(1, shape.label),
        }
    }

    /// Returns all matrices, always in the same order.
    pub(crate) fn matrices_mut(&mut self) -> Vec<&mut Matrix> {
        let layers = self.layers.iter_mut().flatten().flat_map(|lstm| {
            [
                &mut lstm.input.weights,
                &mut lstm.input.bias,
                &mut lstm.recurrent,
            ]
        });
        let mut all: Vec<&mut Matrix> = self.fields.iter_mut().chain(layers).collect();
        for linear in [
            &mut self.tag_hidden,
            &mut self.tag_scores,
            &mut self.arc_dependent,
            &mut self.arc_head,
            &mut self.arc_query,
            &mut self.label_dependent,
            &mut self.label_head,
            &mut self.label_query,
            &mut self.label_plain,
        ] {
            all.extend([&mut linear.weights, &mut linear.bias]);
        }
        all.extend([&mut self.arc_root, &mut self.label_root]);
        all
    }
}

/// A linear map made ready for products.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ReadyLinear {
    panels: Panels,
    bias: Vec<f32>,
}

impl ReadyLinear {
    fn of(linear: &Linear) -> Self {
        Self {
            panels: Panels::of(&linear.weights),
            bias: linear.bias.values.clone(),
        }
    }

    /// Maps each row.
    pub(crate) fn apply(&self, input: &Matrix) -> Matrix {
        let mut out = Matrix::repeated(&self.bias, input.rows());
        self.panels.multiply_add(&input.values, &mut out.values);
        out
    }

    /// Maps each row; what comes out negative is made small (leaky rectifier).
    pub(crate) fn activate(&self, input: &Matrix) -> Matrix {
        let mut out = self.apply(input);
        for value in &mut out.values {
            *value = value.max(LEAK * *value);
        }
        out
    }
}

/// The slope of the rectifier below zero.
pub(crate) const LEAK: f32 = 0.1;

/// One direction of a layer made ready.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ReadyLstm {
    pub(crate) input: ReadyLinear,
    pub(crate) recurrent: Panels,
}

/// All weights made ready for products.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Network {
    pub(crate) fields: Vec<Matrix>,
    pub(crate) layers: Vec<[ReadyLstm; 2]>,
    pub(crate) tag_hidden: ReadyLinear,
    pub(crate) tag_scores: ReadyLinear,
    pub(crate) arc_dependent: ReadyLinear,
    pub(crate) arc_head: ReadyLinear,
    pub(crate) arc_query: ReadyLinear,
    pub(crate) arc_root: Vec<f32>,
    pub(crate) label_dependent: ReadyLinear,
    pub(crate) label_head: ReadyLinear,
    pub(crate) label_query: ReadyLinear,
    pub(crate) label_plain: ReadyLinear,
    pub(crate) label_root: Vec<f32>,
}

impl Network {
    /// Makes weights ready; the tables of features are moved in, see [`Network::into_fields`].
    pub(crate) fn of(weights: &Weights, fields: Vec<Matrix>) -> Self {
        let layer = |pair: &[Lstm; 2]| {
            let [forward, backward] = pair;
            [forward, backward].map(|lstm| ReadyLstm {
                input: ReadyLinear::of(&lstm.input),
                recurrent: Panels::of(&lstm.recurrent),
            })
        };
        Self {
            fields,
            layers: weights.layers.iter().map(layer).collect(),
            tag_hidden: ReadyLinear::of(&weights.tag_hidden),
            tag_scores: ReadyLinear::of(&weights.tag_scores),
            arc_dependent: ReadyLinear::of(&weights.arc_dependent),
            arc_head: ReadyLinear::of(&weights.arc_head),
            arc_query: ReadyLinear::of(&weights.arc_query),
            arc_root: weights.arc_root.values.clone(),
            label_dependent: ReadyLinear::of(&weights.label_dependent),
            label_head: ReadyLinear::of(&weights.label_head),
            label_query: ReadyLinear::of(&weights.label_query),
            label_plain: ReadyLinear::of(&weights.label_plain),
            label_root: weights.label_root.values.clone(),
        }
    }

    /// Gives the tables of features back.
    pub(crate) fn into_fields(self) -> Vec<Matrix> {
        self.fields
    }
}
