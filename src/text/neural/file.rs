//! The bytes of a network: big-endian numbers; weights in whole numbers with a scale for each row.

use crate::text::model_file::{Reader, Writer};
use crate::text::neural::matrix::Matrix;

/// How many bits a weight has in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precision {
    /// Eight.
    Byte,
    /// Sixteen.
    Word,
}

impl Precision {
    fn most(self) -> f32 {
        match self {
            Self::Byte => 127.0,
            Self::Word => 32_767.0,
        }
    }
}

/// No weight is so many times as large as its whole number.
const SCALE_MAX: f32 = 1e4;

/// Writes the weights of a matrix and rounds them as they are written; its size is known to the
/// reader.
pub(crate) fn write_matrix(out: &mut Writer, matrix: &mut Matrix, precision: Precision) {
    out.0.push(u8::from(precision == Precision::Word));
    for row in matrix.values.chunks_exact_mut(matrix.columns.max(1)) {
        let most = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let scale = most / precision.most();
        out.0.extend(scale.to_bits().to_be_bytes());
        for value in row {
            let ratio = if scale > 0.0 { *value / scale } else { 0.0 };
            *value = write_cell(out, ratio.round(), precision) * scale;
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` on a number from a ratio to the greatest saturates"
)]
fn write_cell(out: &mut Writer, value: f32, precision: Precision) -> f32 {
    match precision {
        Precision::Byte => {
            let cell = value as i8;
            out.0.extend(cell.to_be_bytes());
            f32::from(cell)
        }
        Precision::Word => {
            let cell = value as i16;
            out.0.extend(cell.to_be_bytes());
            f32::from(cell)
        }
    }
}

/// Fills a matrix.
pub(crate) fn read_matrix(input: &mut Reader<'_>, matrix: &mut Matrix) -> Option<()> {
    let [is_wide] = input.take()?;
    for row in matrix.values.chunks_exact_mut(matrix.columns.max(1)) {
        let scale = f32::from_bits(input.number()?);
        // Beyond any training; scores of finite weights are finite.
        if !(0.0..SCALE_MAX).contains(&scale) {
            return None;
        }
        for value in row {
            let cell = if is_wide == 0 {
                f32::from(i8::from_be_bytes(input.take()?))
            } else {
                f32::from(i16::from_be_bytes(input.take()?))
            };
            *value = cell * scale;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_to_half_a_step() {
        let values: Vec<f32> = (-20_i16..20).map(|x| f32::from(x * x * x) / 97.0).collect();
        let matrix = Matrix { columns: 8, values };
        for (precision, most) in [(Precision::Byte, 127.0), (Precision::Word, 32_767.0)] {
            let mut writer = Writer::default();
            let mut rounded = matrix.clone();
            write_matrix(&mut writer, &mut rounded, precision);
            let mut again = Matrix::zeros(matrix.rows(), matrix.columns);
            let mut reader = Reader(&writer.0);
            read_matrix(&mut reader, &mut again).unwrap();
            assert!(reader.0.is_empty());
            assert_eq!(again, rounded);
            for (row, read) in matrix.iter().zip(again.iter()) {
                let greatest = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
                for (value, read) in row.iter().zip(read) {
                    assert!((value - read).abs() <= greatest / most * 0.501);
                }
            }
            assert!(read_matrix(&mut Reader(&writer.0[1..]), &mut again).is_none());
        }
    }
}
