//! From tokens to scores.
//!
//! Rows of embeddings, long short-term memories in both directions (Hochreiter and Schmidhuber
//! 1997, Graves and Schmidhuber 2005), tags from a layer, arcs and labels by biaffine attention
//! (Dozat and Manning 2017). Everything that training needs later is kept.

use crate::text::neural::features::TokenRows;
use crate::text::neural::layout::Layout;
use crate::text::neural::maths::{sigmoid, tanh};
use crate::text::neural::matrix::{Matrix, Panels, add_scaled, dot};
use crate::text::neural::network::{Network, ReadyLstm};

/// Which units are dropped in training, per sentence, the same for all of its tokens (Gal and
/// Ghahramani 2016): 0, or what makes up for those that are.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Masks {
    pub(crate) input: Matrix,
    pub(crate) outputs: Vec<Matrix>,
    pub(crate) recurrent: Vec<[Matrix; 2]>,
    pub(crate) tag: Matrix,
    pub(crate) arc_dependent: Matrix,
    pub(crate) arc_head: Matrix,
    pub(crate) label_dependent: Matrix,
    pub(crate) label_head: Matrix,
}

/// Drops units of the rows of all tokens.
pub(crate) fn drop_units(rows: &mut Matrix, layout: &Layout, mask: Option<&Matrix>) {
    let Some(mask) = mask else { return };
    for (first, count) in layout.steps() {
        for (value, factor) in rows.span_mut(*first, *count).iter_mut().zip(&mask.values) {
            *value *= factor;
        }
    }
}

/// What a direction of a layer computed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct LstmTrace {
    /// Activations of the gates.
    pub(crate) gates: Matrix,
    pub(crate) cells_before: Matrix,
    pub(crate) hidden_before: Matrix,
    /// The cells' hyperbolic tangents.
    pub(crate) squashed: Matrix,
    pub(crate) hidden: Matrix,
}

/// What a layer computed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct LayerTrace {
    pub(crate) directions: [LstmTrace; 2],
    /// Both directions side by side.
    pub(crate) output: Matrix,
}

/// What the network computed for a batch, up to tags, and tokens as dependents and heads.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Trace {
    pub(crate) input: Matrix,
    pub(crate) layers: Vec<LayerTrace>,
    pub(crate) tag_hidden: Matrix,
    pub(crate) tag_scores: Matrix,
    pub(crate) arc_dependent: Matrix,
    /// One row more than tokens: the root.
    pub(crate) arc_head: Matrix,
    pub(crate) arc_query: Matrix,
    pub(crate) label_dependent: Matrix,
    /// One row more than tokens: the root.
    pub(crate) label_head: Matrix,
    pub(crate) label_query: Matrix,
    pub(crate) label_plain: Matrix,
}

/// Runs the network on the tokens of a batch, as its layout orders them. Time: linear in the
/// number of tokens.
pub(crate) fn run(
    network: &Network,
    layout: &Layout,
    tokens: &[TokenRows],
    masks: Option<&Masks>,
) -> Trace {
    let mut input = embed(network, tokens);
    drop_units(&mut input, layout, masks.map(|masks| &masks.input));
    let mut layers: Vec<LayerTrace> = Vec::with_capacity(network.layers.len());
    for (index, layer) in network.layers.iter().enumerate() {
        let below = layers.last().map_or(&input, |layer| &layer.output);
        let recurrent = masks.and_then(|masks| masks.recurrent.get(index));
        let directions = [false, true].map(|is_backward| {
            let mask = recurrent.map(|pair| &pair[usize::from(is_backward)]);
            run_lstm(
                &layer[usize::from(is_backward)],
                layout,
                below,
                mask,
                is_backward,
            )
        });
        let mut output = beside(&directions[0].hidden, &directions[1].hidden);
        let mask = masks.and_then(|masks| masks.outputs.get(index));
        drop_units(&mut output, layout, mask);
        layers.push(LayerTrace { directions, output });
    }
    let tag_layer = layers.len().saturating_sub(2);
    let (Some(tag_layer), Some(last)) = (layers.get(tag_layer), layers.last()) else {
        return Trace::default();
    };
    let mut tag_hidden = network.tag_hidden.activate(&tag_layer.output);
    drop_units(&mut tag_hidden, layout, masks.map(|masks| &masks.tag));
    let mut arc_dependent = network.arc_dependent.activate(&last.output);
    drop_units(
        &mut arc_dependent,
        layout,
        masks.map(|masks| &masks.arc_dependent),
    );
    let mut arc_head = network.arc_head.activate(&last.output);
    drop_units(&mut arc_head, layout, masks.map(|masks| &masks.arc_head));
    arc_head.values.extend(&network.arc_root);
    let mut label_dependent = network.label_dependent.activate(&last.output);
    drop_units(
        &mut label_dependent,
        layout,
        masks.map(|masks| &masks.label_dependent),
    );
    let mut label_head = network.label_head.activate(&last.output);
    drop_units(
        &mut label_head,
        layout,
        masks.map(|masks| &masks.label_head),
    );
    label_head.values.extend(&network.label_root);
    Trace {
        tag_scores: network.tag_scores.apply(&tag_hidden),
        arc_query: network.arc_query.apply(&arc_dependent),
        label_query: network.label_query.apply(&label_dependent),
        label_plain: network.label_plain.apply(&label_dependent),
        input,
        layers,
        tag_hidden,
        arc_dependent,
        arc_head,
        label_dependent,
        label_head,
    }
}

/// How much each of so many rows of a table counts; their sum keeps its size.
pub(crate) fn share(rows: usize) -> f32 {
    1.0 / f32::from(u16::try_from(rows).unwrap_or(u16::MAX).max(1)).sqrt()
}

fn embed(network: &Network, tokens: &[TokenRows]) -> Matrix {
    let width = network.fields.iter().map(|table| table.columns).sum();
    let mut input = Matrix::zeros(tokens.len(), width);
    for (index, token) in tokens.iter().enumerate() {
        let mut rest = input.row_mut(index);
        for (field, table) in network.fields.iter().enumerate() {
            let (slot, after) = rest.split_at_mut(table.columns);
            let rows = token.of_field(field);
            let share = share(rows.len());
            for row in rows {
                add_scaled(slot, share, table.row(*row as usize));
            }
            rest = after;
        }
    }
    input
}

fn beside(left: &Matrix, right: &Matrix) -> Matrix {
    let mut out = Matrix {
        columns: left.columns + right.columns,
        values: Vec::with_capacity(left.values.len() + right.values.len()),
    };
    for (left, right) in left.iter().zip(right.iter()) {
        out.values.extend_from_slice(left);
        out.values.extend_from_slice(right);
    }
    out
}

fn run_lstm(
    lstm: &ReadyLstm,
    layout: &Layout,
    below: &Matrix,
    mask: Option<&Matrix>,
    is_backward: bool,
) -> LstmTrace {
    let rows = below.rows();
    let units = lstm.recurrent.columns() / 4;
    let sentences = layout.lengths().len();
    let mut trace = LstmTrace {
        gates: lstm.input.apply(below),
        cells_before: Matrix::zeros(rows, units),
        hidden_before: Matrix::zeros(rows, units),
        squashed: Matrix::zeros(rows, units),
        hidden: Matrix::zeros(rows, units),
    };
    // State by sentence; sentences that have not begun yet have zeros.
    let mut cells = Matrix::zeros(sentences, units);
    let mut hidden = Matrix::zeros(sentences, units);
    let count = layout.steps().len();
    for step in 0..count {
        let step = if is_backward { count - 1 - step } else { step };
        let (first, alive) = layout.steps()[step];
        if let Some(mask) = mask {
            let values = hidden.span_mut(0, alive).iter_mut();
            for (value, factor) in values.zip(&mask.values) {
                *value *= factor;
            }
        }
        let before = hidden.span(0, alive);
        lstm.recurrent
            .multiply_add(before, trace.gates.span_mut(first, alive));
        trace
            .hidden_before
            .span_mut(first, alive)
            .copy_from_slice(before);
        trace
            .cells_before
            .span_mut(first, alive)
            .copy_from_slice(cells.span(0, alive));
        for sentence in 0..alive {
            let row = first + sentence;
            step_cell(
                trace.gates.row_mut(row),
                cells.row_mut(sentence),
                trace.squashed.row_mut(row),
                trace.hidden.row_mut(row),
            );
        }
        hidden
            .span_mut(0, alive)
            .copy_from_slice(trace.hidden.span(first, alive));
    }
    trace
}

/// Activates gates, and moves cells and hidden units on.
fn step_cell(gates: &mut [f32], cells: &mut [f32], squashed: &mut [f32], hidden: &mut [f32]) {
    let units = cells.len();
    let (sigmoids, candidates) = gates.split_at_mut(3 * units);
    for gate in sigmoids.iter_mut() {
        *gate = sigmoid(*gate);
    }
    for candidate in candidates.iter_mut() {
        *candidate = tanh(*candidate);
    }
    let (input, rest) = sigmoids.split_at(units);
    let (forget, output) = rest.split_at(units);
    for (((cell, input), forget), candidate) in
        cells.iter_mut().zip(input).zip(forget).zip(candidates)
    {
        *cell = *forget * *cell + *input * *candidate;
    }
    for (((hidden, squashed), cell), output) in
        hidden.iter_mut().zip(squashed).zip(&*cells).zip(output)
    {
        *squashed = tanh(*cell);
        *hidden = *output * *squashed;
    }
}

/// Returns, for each token of a sentence, the scores of all tokens and (last) of the root as its
/// head. Time: quadratic in the length.
pub(crate) fn arc_scores(trace: &Trace, rows: &[usize]) -> Matrix {
    let heads = gather(&trace.arc_head, &with_root(rows, trace));
    let queries = gather(&trace.arc_query, rows);
    let mut scores = Matrix::zeros(rows.len(), rows.len() + 1);
    Panels::of(&heads.transposed()).multiply_add(&queries.values, &mut scores.values);
    scores
}

/// Returns the rows of a sentence's tokens with that of the root behind them.
pub(crate) fn with_root(rows: &[usize], trace: &Trace) -> Vec<usize> {
    let root = trace.arc_query.rows();
    rows.iter().copied().chain([root]).collect()
}

/// Copies some rows of a matrix.
pub(crate) fn gather(matrix: &Matrix, rows: &[usize]) -> Matrix {
    let values = rows.iter().flat_map(|row| matrix.row(*row));
    Matrix {
        columns: matrix.columns,
        values: values.copied().collect(),
    }
}

/// Writes the scores of the labels of an arc between two rows.
pub(crate) fn label_scores(trace: &Trace, dependent: usize, head: usize, out: &mut Vec<f32>) {
    let head = trace.label_head.row(head);
    let queries = trace
        .label_query
        .row(dependent)
        .chunks_exact(head.len().max(1));
    let plain = trace.label_plain.row(dependent).iter();
    out.clear();
    out.extend(
        plain
            .zip(queries)
            .map(|(plain, query)| plain + dot(query, head)),
    );
}
