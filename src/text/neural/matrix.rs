//! Matrices and their products.
//!
//! Each number of a product is one sum from the first to the last term, whatever stands in the
//! other rows: results depend neither on the batch nor on the width of the processor's registers.
//! Rows and columns are taken in blocks that fit into registers (Goto and van de Geijn 2008).

/// A matrix, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Matrix {
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Matrix {
    /// Makes a matrix of zeros.
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    /// Makes a matrix whose rows are all the same.
    pub(crate) fn repeated(row: &[f32], rows: usize) -> Self {
        Self {
            columns: row.len(),
            values: row.repeat(rows),
        }
    }

    /// Returns the number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    /// Returns a row; it must exist.
    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// Returns a row for change; it must exist.
    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// Returns neighbouring rows; they must exist.
    pub(crate) fn span(&self, first: usize, count: usize) -> &[f32] {
        &self.values[first * self.columns..(first + count) * self.columns]
    }

    /// Returns neighbouring rows for change; they must exist.
    pub(crate) fn span_mut(&mut self, first: usize, count: usize) -> &mut [f32] {
        &mut self.values[first * self.columns..(first + count) * self.columns]
    }

    /// Iterates over the rows.
    pub(crate) fn iter(&self) -> std::slice::ChunksExact<'_, f32> {
        self.values.chunks_exact(self.columns.max(1))
    }

    /// Returns the matrix with rows for columns.
    pub(crate) fn transposed(&self) -> Self {
        let rows = self.rows();
        let mut turned = Self::zeros(self.columns, rows);
        // Blocks of rows, so that what is written stays in the cache.
        for (block, values) in self.values.chunks(LANES * self.columns.max(1)).enumerate() {
            for column in 0..self.columns {
                let out = &mut turned.values[column * rows + block * LANES..];
                for (slot, row) in out.iter_mut().zip(values.chunks_exact(self.columns)) {
                    *slot = row[column];
                }
            }
        }
        turned
    }
}

/// Columns in a panel.
const LANES: usize = 8;
/// Rows that are multiplied at a time; with eight columns, sums fill the registers of SSE2.
const BLOCK: usize = 6;

/// A matrix made ready as the right side of products: panels of eight columns, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Panels {
    depth: usize,
    columns: usize,
    rows: Vec<[f32; LANES]>,
}

impl Panels {
    /// Takes a matrix of `depth` rows.
    pub(crate) fn of(matrix: &Matrix) -> Self {
        Self::of_rows(&matrix.values, matrix.columns)
    }

    /// Takes the rows of a matrix.
    pub(crate) fn of_rows(values: &[f32], columns: usize) -> Self {
        let depth = values.len() / columns.max(1);
        let mut rows = vec![[0.0; LANES]; columns.div_ceil(LANES) * depth];
        for (panel, slots) in rows.chunks_mut(depth.max(1)).enumerate() {
            for (slot, row) in slots.iter_mut().zip(values.chunks_exact(columns)) {
                let lanes = &row[panel * LANES..columns.min((panel + 1) * LANES)];
                slot[..lanes.len()].copy_from_slice(lanes);
            }
        }
        Self {
            depth,
            columns,
            rows,
        }
    }

    /// Returns the number of columns of a product.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// Adds the product of some rows with this matrix to `out`.
    pub(crate) fn multiply_add(&self, left: &[f32], out: &mut [f32]) {
        let (depth, columns) = (self.depth.max(1), self.columns.max(1));
        for (index, panel) in self.rows.chunks_exact(depth).enumerate() {
            let first = index * LANES;
            let blocks = left
                .chunks(BLOCK * depth)
                .zip(out.chunks_mut(BLOCK * columns));
            for (left, out) in blocks {
                match left.len() / depth {
                    1 => block::<1>(left, panel, out, first, columns),
                    2 => block::<2>(left, panel, out, first, columns),
                    3 => block::<3>(left, panel, out, first, columns),
                    4 => block::<4>(left, panel, out, first, columns),
                    5 => block::<5>(left, panel, out, first, columns),
                    _ => block::<BLOCK>(left, panel, out, first, columns),
                }
            }
        }
    }
}

/// Multiplies `ROWS` rows with one panel.
fn block<const ROWS: usize>(
    left: &[f32],
    panel: &[[f32; LANES]],
    out: &mut [f32],
    first: usize,
    columns: usize,
) {
    let depth = panel.len();
    let width = LANES.min(columns - first);
    let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &left[row * depth..][..depth]);
    let mut sums = [[0.0_f32; LANES]; ROWS];
    for (sum, out) in sums.iter_mut().zip(out.chunks_exact(columns)) {
        // A copy of known length is no call.
        match out[first..].first_chunk::<LANES>() {
            Some(lanes) => *sum = *lanes,
            None => sum[..width].copy_from_slice(&out[first..first + width]),
        }
    }
    let sums = sum_up(rows, panel, sums);
    for (sum, out) in sums.iter().zip(out.chunks_exact_mut(columns)) {
        match out[first..].first_chunk_mut::<LANES>() {
            Some(lanes) => *lanes = *sum,
            None => out[first..first + width].copy_from_slice(&sum[..width]),
        }
    }
}

/// Adds the products of some rows with a panel to sums. A function of its own, so that the sums can
/// stay in registers.
#[inline(never)]
fn sum_up<const ROWS: usize>(
    rows: [&[f32]; ROWS],
    panel: &[[f32; LANES]],
    sums: [[f32; LANES]; ROWS],
) -> [[f32; LANES]; ROWS] {
    let mut sums = sums;
    let rows = rows.map(|row| &row[..panel.len()]);
    for (at, lanes) in panel.iter().enumerate() {
        for row in 0..ROWS {
            let factor = rows[row][at];
            for lane in 0..LANES {
                sums[row][lane] += factor * lanes[lane];
            }
        }
    }
    sums
}

/// Returns the product of two rows, summed up in eight lanes.
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let ((left, left_rest), (right, right_rest)) =
        (left.as_chunks::<LANES>(), right.as_chunks::<LANES>());
    let mut sums = [0.0_f32; LANES];
    for (left, right) in left.iter().zip(right) {
        for ((sum, left), right) in sums.iter_mut().zip(left).zip(right) {
            *sum += left * right;
        }
    }
    let rest = left_rest.iter().zip(right_rest);
    let rest = rest.fold(0.0, |sum, (left, right)| sum + left * right);
    sums.iter().fold(rest, |sum, lane| sum + lane)
}

/// Adds a multiple of a row to another.
pub(crate) fn add_scaled(out: &mut [f32], factor: f32, row: &[f32]) {
    for (out, value) in out.iter_mut().zip(row) {
        *out += factor * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_definition_in_any_shape() {
        for (rows, depth, columns) in [(1, 1, 1), (7, 3, 9), (13, 17, 8), (6, 5, 23)] {
            let fill = |count: usize, step: u16| -> Vec<f32> {
                let values = (0..count).map(|at| u16::try_from(at).unwrap() * step % 11);
                values.map(|value| f32::from(value) - 5.0).collect()
            };
            let left = Matrix {
                columns: depth,
                values: fill(rows * depth, 3),
            };
            let right = Matrix {
                columns,
                values: fill(depth * columns, 7),
            };
            let mut out = Matrix::repeated(&vec![1.0; columns], rows);
            Panels::of(&right).multiply_add(&left.values, &mut out.values);
            let turned = right.transposed();
            for row in 0..rows {
                for column in 0..columns {
                    let expected = 1.0 + dot(left.row(row), turned.row(column));
                    assert!((out.row(row)[column] - expected).abs() < 1e-4);
                }
            }
        }
    }
}
