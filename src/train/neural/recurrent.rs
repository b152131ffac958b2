//! Gradients of layers.

use crate::text::{Layout, Linear, Lstm, LstmTrace, Matrix, Panels, add_scaled};

/// Adds the gradient of a linear map to `gradient` and returns that of its input.
pub(super) fn learn_linear(
    linear: &Linear,
    input: &Matrix,
    out: &Matrix,
    gradient: &mut Linear,
) -> Matrix {
    learn_map(&mut gradient.weights, input, out);
    for row in out.iter() {
        add_scaled(&mut gradient.bias.values, 1.0, row);
    }
    through(&linear.weights, out)
}

/// Adds the gradient of the weights between two sets of rows.
fn learn_map(gradient: &mut Matrix, input: &Matrix, out: &Matrix) {
    let input = input.transposed();
    Panels::of(out).multiply_add(&input.values, &mut gradient.values);
}

/// Leads a gradient back through weights.
fn through(weights: &Matrix, out: &Matrix) -> Matrix {
    let mut input = Matrix::zeros(out.rows(), weights.rows());
    Panels::of(&weights.transposed()).multiply_add(&out.values, &mut input.values);
    input
}

/// Leads a gradient back through a direction of a layer; adds to `gradient` and returns the
/// gradient of the input.
pub(super) fn learn_lstm(
    lstm: &Lstm,
    layout: &Layout,
    (below, trace): (&Matrix, &LstmTrace),
    (hidden, mask, is_backward): (&Matrix, Option<&Matrix>, bool),
    gradient: &mut Lstm,
) -> Matrix {
    let units = hidden.columns;
    let recurrent = Panels::of(&lstm.recurrent.transposed());
    let mut gates = Matrix::zeros(hidden.rows(), 4 * units);
    let sentences = layout.lengths().len();
    // What comes from the next step, by sentence.
    let mut of_hidden = Matrix::zeros(sentences, units);
    let mut of_cells = Matrix::zeros(sentences, units);
    let count = layout.steps().len();
    for step in 0..count {
        let step = if is_backward { step } else { count - 1 - step };
        let (first, alive) = layout.steps()[step];
        for sentence in 0..alive {
            let row = first + sentence;
            let of_hidden = of_hidden.row_mut(sentence);
            add_scaled(of_hidden, 1.0, hidden.row(row));
            step_back(
                trace,
                row,
                of_hidden,
                of_cells.row_mut(sentence),
                gates.row_mut(row),
            );
        }
        let before = of_hidden.span_mut(0, alive);
        before.fill(0.0);
        recurrent.multiply_add(gates.span(first, alive), before);
        if let Some(mask) = mask {
            for (value, factor) in before.iter_mut().zip(&mask.values) {
                *value *= factor;
            }
        }
    }
    learn_map(&mut gradient.recurrent, &trace.hidden_before, &gates);
    learn_linear(&lstm.input, below, &gates, &mut gradient.input)
}

/// Leads the gradient of one token's hidden units and cells back to its gates.
fn step_back(
    trace: &LstmTrace,
    row: usize,
    of_hidden: &[f32],
    of_cells: &mut [f32],
    out: &mut [f32],
) {
    let units = of_cells.len();
    let (before, squashed) = (trace.cells_before.row(row), trace.squashed.row(row));
    let gates = trace.gates.row(row);
    let (input, rest) = gates.split_at(units);
    let (forget, rest) = rest.split_at(units);
    let (output, candidate) = rest.split_at(units);
    let (of_input, rest) = out.split_at_mut(units);
    let (of_forget, rest) = rest.split_at_mut(units);
    let (of_output, of_candidate) = rest.split_at_mut(units);
    let of_hidden = &of_hidden[..units];
    let (before, squashed) = (&before[..units], &squashed[..units]);
    let (of_output, of_candidate) = (&mut of_output[..units], &mut of_candidate[..units]);
    let (output, candidate) = (&output[..units], &candidate[..units]);
    for at in 0..units {
        let slope = 1.0 - squashed[at] * squashed[at];
        let cell = of_cells[at] + of_hidden[at] * output[at] * slope;
        of_input[at] = cell * candidate[at] * input[at] * (1.0 - input[at]);
        of_forget[at] = cell * before[at] * forget[at] * (1.0 - forget[at]);
        of_output[at] = of_hidden[at] * squashed[at] * output[at] * (1.0 - output[at]);
        of_candidate[at] = cell * input[at] * (1.0 - candidate[at] * candidate[at]);
        of_cells[at] = cell * forget[at];
    }
}
