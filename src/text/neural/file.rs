//! The bytes of a network: big-endian numbers; weights in whole numbers with a scale for each row.

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

/// Writes numbers, texts and matrices one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    /// Writes a number of things.
    pub(crate) fn count(&mut self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.0.extend(count.to_be_bytes());
    }

    /// Writes a text with its length.
    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend(text.as_bytes());
    }

    /// Writes the weights of a matrix and rounds them as they are written; its size is known to the
    /// reader.
    pub(crate) fn matrix(&mut self, matrix: &mut Matrix, precision: Precision) {
        self.0.push(u8::from(precision == Precision::Word));
        for row in matrix.values.chunks_exact_mut(matrix.columns.max(1)) {
            let most = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
            let scale = most / precision.most();
            self.0.extend(scale.to_bits().to_be_bytes());
            for value in row {
                let ratio = if scale > 0.0 { *value / scale } else { 0.0 };
                *value = self.cell(ratio.round(), precision) * scale;
            }
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` on a number from a ratio to the greatest saturates"
    )]
    fn cell(&mut self, value: f32, precision: Precision) -> f32 {
        match precision {
            Precision::Byte => {
                let cell = value as i8;
                self.0.extend(cell.to_be_bytes());
                f32::from(cell)
            }
            Precision::Word => {
                let cell = value as i16;
                self.0.extend(cell.to_be_bytes());
                f32::from(cell)
            }
        }
    }
}

/// Reads parts off the front; nothing where the bytes end too soon.
#[derive(Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    /// Reads a number.
    pub(crate) fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    /// Reads a number of things that is not above `most`.
    pub(crate) fn count(&mut self, most: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= most).then_some(count)
    }

    /// Reads a text.
    pub(crate) fn text(&mut self) -> Option<String> {
        let length = self.count(self.0.len())?;
        let (head, tail) = self.0.split_at_checked(length)?;
        self.0 = tail;
        String::from_utf8(head.to_vec()).ok()
    }

    /// Reads a list.
    pub(crate) fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.count(self.0.len())?;
        (0..length).map(|_| read(self)).collect()
    }

    /// Fills a matrix.
    pub(crate) fn matrix(&mut self, matrix: &mut Matrix) -> Option<()> {
        let [is_wide] = self.take()?;
        for row in matrix.values.chunks_exact_mut(matrix.columns.max(1)) {
            let scale = f32::from_bits(self.number()?);
            // Beyond any training; scores of finite weights are finite.
            if !(0.0..SCALE_MAX).contains(&scale) {
                return None;
            }
            for value in row {
                let cell = if is_wide == 0 {
                    f32::from(i8::from_be_bytes(self.take()?))
                } else {
                    f32::from(i16::from_be_bytes(self.take()?))
                };
                *value = cell * scale;
            }
        }
        Some(())
    }
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
            writer.matrix(&mut rounded, precision);
            let mut again = Matrix::zeros(matrix.rows(), matrix.columns);
            let mut reader = Reader(&writer.0);
            reader.matrix(&mut again).unwrap();
            assert!(reader.0.is_empty());
            assert_eq!(again, rounded);
            for (row, read) in matrix.iter().zip(again.iter()) {
                let greatest = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
                for (value, read) in row.iter().zip(read) {
                    assert!((value - read).abs() <= greatest / most * 0.501);
                }
            }
            assert!(Reader(&writer.0[1..]).matrix(&mut again).is_none());
        }
    }
}
