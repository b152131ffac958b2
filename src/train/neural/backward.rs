//! Losses and their gradients (backpropagation).

use crate::text::{
    LEAK, Layout, Linear, Masks, Matrix, Network, Panels, Trace, Weights, add_scaled, arc_scores,
    drop_units, gather, label_scores, run, share, softmax, with_root,
};
use crate::train::neural::batch::Batch;
use crate::train::neural::recurrent::{learn_linear, learn_lstm};

/// Sums of the negative logarithms of what gold was given.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Losses {
    pub(super) tags: f64,
    pub(super) arcs: f64,
    pub(super) labels: f64,
}

/// The gradients of a trace's parts.
struct Slopes {
    tag_scores: Matrix,
    arc_head: Matrix,
    arc_query: Matrix,
    label_head: Matrix,
    label_query: Matrix,
    label_plain: Matrix,
}

/// Adds the gradient of the losses of a batch, times `scale`, to `gradient`.
pub(super) fn learn(
    (network, weights): (&Network, &Weights),
    batch: &Batch<'_>,
    masks: Option<&Masks>,
    scale: f32,
    gradient: &mut Weights,
) -> Losses {
    let trace = run(network, &batch.layout, &batch.tokens, masks);
    let (losses, slopes) = compare(&trace, batch, scale);
    let (tagged, parsed) = learn_scores(weights, &trace, &slopes, (&batch.layout, masks), gradient);
    let last = trace.layers.len().saturating_sub(1);
    let tag_layer = last.saturating_sub(1);
    let mut above = parsed;
    for (index, layer) in trace.layers.iter().enumerate().rev() {
        if index == tag_layer {
            add_scaled(&mut above.values, 1.0, &tagged.values);
        }
        let mask = masks.and_then(|masks| masks.outputs.get(index));
        drop_units(&mut above, &batch.layout, mask);
        let below = match index.checked_sub(1) {
            Some(below) => &trace.layers[below].output,
            None => &trace.input,
        };
        let mut input = Matrix::zeros(below.rows(), below.columns);
        for (direction, lstm) in layer.directions.iter().enumerate() {
            let recurrent = masks.and_then(|masks| masks.recurrent.get(index));
            let units = above.columns / 2;
            let mut half = Matrix::zeros(above.rows(), units);
            let rows = half.values.chunks_exact_mut(units).zip(above.iter());
            for (slot, row) in rows {
                slot.copy_from_slice(&row[direction * units..(direction + 1) * units]);
            }
            let found = learn_lstm(
                &weights.layers[index][direction],
                &batch.layout,
                (below, lstm),
                (
                    &half,
                    recurrent.map(|pair| &pair[direction]),
                    direction == 1,
                ),
                &mut gradient.layers[index][direction],
            );
            add_scaled(&mut input.values, 1.0, &found.values);
        }
        above = input;
    }
    drop_units(&mut above, &batch.layout, masks.map(|masks| &masks.input));
    learn_tables(batch, &above, gradient);
    losses
}

/// Adds the gradient of the input to the rows of the tables that it was made of.
fn learn_tables(batch: &Batch<'_>, input: &Matrix, gradient: &mut Weights) {
    for (token, row) in batch.tokens.iter().zip(input.iter()) {
        let mut rest = row;
        for (field, table) in gradient.fields.iter_mut().enumerate() {
            let (slot, after) = rest.split_at(table.columns);
            let rows = token.of_field(field);
            for row in rows {
                add_scaled(table.row_mut(*row as usize), share(rows.len()), slot);
            }
            rest = after;
        }
    }
}

/// Leads a gradient back to what a rectified map computed from.
fn learn_active(
    linear: &Linear,
    (input, active): (&Matrix, &Matrix),
    mut slope: Matrix,
    (layout, mask): (&Layout, Option<&Matrix>),
    gradient: &mut Linear,
) -> Matrix {
    drop_units(&mut slope, layout, mask);
    for (slope, active) in slope.values.iter_mut().zip(&active.values) {
        if *active < 0.0 {
            *slope *= LEAK;
        }
    }
    learn_linear(linear, input, &slope, gradient)
}

/// Leads the gradients of scores back to the layers: that of the tags, and that of the rest.
fn learn_scores(
    weights: &Weights,
    trace: &Trace,
    slopes: &Slopes,
    (layout, masks): (&Layout, Option<&Masks>),
    gradient: &mut Weights,
) -> (Matrix, Matrix) {
    let last = trace.layers.len().saturating_sub(1);
    let tag_output = &trace.layers[last.saturating_sub(1)].output;
    let output = &trace.layers[last].output;
    let hidden = learn_linear(
        &weights.tag_scores,
        &trace.tag_hidden,
        &slopes.tag_scores,
        &mut gradient.tag_scores,
    );
    let tagged = learn_active(
        &weights.tag_hidden,
        (tag_output, &trace.tag_hidden),
        hidden,
        (layout, masks.map(|masks| &masks.tag)),
        &mut gradient.tag_hidden,
    );
    let dependent = learn_linear(
        &weights.arc_query,
        &trace.arc_dependent,
        &slopes.arc_query,
        &mut gradient.arc_query,
    );
    let mut parsed = learn_active(
        &weights.arc_dependent,
        (output, &trace.arc_dependent),
        dependent,
        (layout, masks.map(|masks| &masks.arc_dependent)),
        &mut gradient.arc_dependent,
    );
    let found = learn_active(
        &weights.arc_head,
        (output, &trace.arc_head),
        without_root(&slopes.arc_head, &mut gradient.arc_root),
        (layout, masks.map(|masks| &masks.arc_head)),
        &mut gradient.arc_head,
    );
    add_scaled(&mut parsed.values, 1.0, &found.values);
    let found = learn_labels(weights, trace, slopes, (layout, masks), gradient);
    add_scaled(&mut parsed.values, 1.0, &found.values);
    (tagged, parsed)
}

/// Leads the gradients of the labels' scores back to the last layer.
fn learn_labels(
    weights: &Weights,
    trace: &Trace,
    slopes: &Slopes,
    (layout, masks): (&Layout, Option<&Masks>),
    gradient: &mut Weights,
) -> Matrix {
    let last = trace.layers.len().saturating_sub(1);
    let output = &trace.layers[last].output;
    let mut dependent = learn_linear(
        &weights.label_query,
        &trace.label_dependent,
        &slopes.label_query,
        &mut gradient.label_query,
    );
    let plain = learn_linear(
        &weights.label_plain,
        &trace.label_dependent,
        &slopes.label_plain,
        &mut gradient.label_plain,
    );
    add_scaled(&mut dependent.values, 1.0, &plain.values);
    let mut parsed = learn_active(
        &weights.label_dependent,
        (output, &trace.label_dependent),
        dependent,
        (layout, masks.map(|masks| &masks.label_dependent)),
        &mut gradient.label_dependent,
    );
    let found = learn_active(
        &weights.label_head,
        (output, &trace.label_head),
        without_root(&slopes.label_head, &mut gradient.label_root),
        (layout, masks.map(|masks| &masks.label_head)),
        &mut gradient.label_head,
    );
    add_scaled(&mut parsed.values, 1.0, &found.values);
    parsed
}

/// Takes the last row off, which is that of the root.
fn without_root(slopes: &Matrix, root: &mut Matrix) -> Matrix {
    let tokens = slopes.rows().saturating_sub(1);
    add_scaled(&mut root.values, 1.0, slopes.row(tokens));
    Matrix {
        columns: slopes.columns,
        values: slopes.span(0, tokens).to_vec(),
    }
}

/// Compares scores with gold.
fn compare(trace: &Trace, batch: &Batch<'_>, scale: f32) -> (Losses, Slopes) {
    let same = |matrix: &Matrix| Matrix::zeros(matrix.rows(), matrix.columns);
    let mut slopes = Slopes {
        tag_scores: trace.tag_scores.clone(),
        arc_head: same(&trace.arc_head),
        arc_query: same(&trace.arc_query),
        label_head: same(&trace.label_head),
        label_query: same(&trace.label_query),
        label_plain: same(&trace.label_plain),
    };
    let mut losses = Losses::default();
    let mut scores = Vec::new();
    for (sentence, example) in batch.examples.iter().enumerate() {
        let count = example.tokens.len();
        let rows: Vec<usize> = (0..count)
            .map(|token| batch.layout.row(sentence, token))
            .collect();
        for (row, gold) in rows.iter().zip(&example.tags) {
            losses.tags += slope(slopes.tag_scores.row_mut(*row), *gold, scale);
        }
        let mut arcs = arc_scores(trace, &rows);
        for (token, head) in example.heads.iter().enumerate() {
            losses.arcs += slope(arcs.row_mut(token), *head, scale);
        }
        let head_rows = with_root(&rows, trace);
        let heads = gather(&trace.arc_head, &head_rows);
        let mut of_query = Matrix::zeros(count, heads.columns);
        Panels::of(&heads).multiply_add(&arcs.values, &mut of_query.values);
        let queries = gather(&trace.arc_query, &rows);
        let mut of_head = Matrix::zeros(count + 1, heads.columns);
        Panels::of(&queries).multiply_add(&arcs.transposed().values, &mut of_head.values);
        for (row, found) in rows.iter().zip(of_query.iter()) {
            add_scaled(slopes.arc_query.row_mut(*row), 1.0, found);
        }
        for (row, found) in head_rows.iter().zip(of_head.iter()) {
            add_scaled(slopes.arc_head.row_mut(*row), 1.0, found);
        }
        for ((row, head), gold) in rows.iter().zip(&example.heads).zip(&example.labels) {
            let head = head_rows[*head];
            label_scores(trace, *row, head, &mut scores);
            losses.labels += slope(&mut scores, *gold, scale);
            slopes.label_plain.row_mut(*row).copy_from_slice(&scores);
            let width = trace.label_head.columns;
            let of_query = slopes.label_query.row_mut(*row).chunks_exact_mut(width);
            let queries = trace.label_query.row(*row).chunks_exact(width);
            for ((factor, of_query), query) in scores.iter().zip(of_query).zip(queries) {
                add_scaled(of_query, *factor, trace.label_head.row(head));
                add_scaled(slopes.label_head.row_mut(head), *factor, query);
            }
        }
    }
    (losses, slopes)
}

/// Makes the gradient of the cross-entropy of scores, and returns the loss.
fn slope(scores: &mut [f32], gold: usize, scale: f32) -> f64 {
    softmax(scores);
    let given = scores.get(gold).copied().unwrap_or(1.0);
    if let Some(score) = scores.get_mut(gold) {
        *score -= 1.0;
    }
    for score in scores {
        *score *= scale;
    }
    -f64::from(given).max(1e-12).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{NetworkShape, TokenRows};
    use crate::train::neural::batch::{Dropout, NeuralExample, fraction};
    use crate::train::neural::fit::first_weights;
    use crate::train::perceptron::Seeded;

    const SHAPE: NetworkShape = NetworkShape {
        words: 2,
        tags: 4,
        labels: 3,
        fields: [5, 4, 3, 3, 3, 3],
        layers: 3,
        units: 6,
        tag: 5,
        arc: 7,
        label: 5,
    };

    fn loss(weights: &Weights, batch: &Batch<'_>, masks: &Masks) -> (f64, Weights) {
        let network = Network::of(weights, weights.fields.clone());
        let mut gradient = Weights::zeros(&SHAPE);
        let found = learn((&network, weights), batch, Some(masks), 1.0, &mut gradient);
        (found.tags + found.arcs + found.labels, gradient)
    }

    /// Moves each matrix a little along its gradient, both ways: the loss must change as the
    /// gradient says.
    #[test]
    fn neural_gradients_are_the_slopes_of_the_loss() {
        let example = |forms: &[&str], heads: &[usize]| NeuralExample {
            tokens: forms
                .iter()
                .map(|form| TokenRows::of(form, &[7, 9]))
                .collect(),
            tags: (0..forms.len()).map(|at| at % 4).collect(),
            heads: heads.to_vec(),
            labels: (0..forms.len()).map(|at| at % 3).collect(),
        };
        let examples = [
            example(&["Time", "flies", "like", "arrows"], &[1, 4, 3, 1]),
            example(&["Go", "!"], &[2, 0]),
            example(&["a", "bb", "ccc"], &[2, 0, 3]),
        ];
        let mut random = Seeded(3);
        let mut weights = first_weights(&SHAPE, &mut random);
        for matrix in weights.matrices_mut() {
            for value in &mut matrix.values {
                *value += fraction(&mut random) - 0.5;
            }
        }
        let dropout = Dropout {
            input: 0.2,
            layer: 0.2,
            recurrent: 0.2,
            hidden: 0.2,
        };
        let batch = Batch::new(examples.iter().collect(), 0.0, &mut random);
        let masks = batch.masks(&SHAPE, &dropout, &mut random);
        let (_, mut gradient) = loss(&weights, &batch, &masks);
        for (index, slope) in gradient.matrices_mut().into_iter().enumerate() {
            let squares = slope.values.iter().map(|x| f64::from(*x) * f64::from(*x));
            let length = squares.sum::<f64>().sqrt();
            assert!(length > 0.0, "matrix {index} has no gradient");
            let moved = |step: f64| {
                let mut other = weights.clone();
                let matrix = other.matrices_mut().swap_remove(index);
                #[expect(clippy::cast_possible_truncation, reason = "small")]
                add_scaled(&mut matrix.values, (step / length) as f32, &slope.values);
                loss(&other, &batch, &masks).0
            };
            // A step may cross a bend of the rectifier: the best of some sizes counts.
            let wrong = [2e-3, 1e-3, 3e-4].map(|step| {
                let found = (moved(step) - moved(-step)) / (2.0 * step);
                (found - length).abs() / (length + 0.05)
            });
            let least = wrong.into_iter().fold(f64::MAX, f64::min);
            assert!(least < 0.02, "matrix {index}: {wrong:?}");
        }
    }
}
