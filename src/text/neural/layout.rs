//! How the tokens of a batch lie in matrices.

/// Sentences of a batch, the longest first. Rows are tokens: the first of every sentence, then the
/// second of every sentence that has one, and so on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Layout {
    lengths: Vec<usize>,
    /// For each position in a sentence, the first row and the number of rows.
    steps: Vec<(usize, usize)>,
}

impl Layout {
    /// Lays sentences out; lengths must not rise.
    pub(crate) fn of(lengths: Vec<usize>) -> Self {
        let mut steps = Vec::new();
        let mut first = 0;
        for step in 0..lengths.first().copied().unwrap_or(0) {
            let count = lengths.partition_point(|length| *length > step);
            steps.push((first, count));
            first += count;
        }
        Self { lengths, steps }
    }

    /// Returns the number of tokens.
    pub(crate) fn rows(&self) -> usize {
        self.steps.last().map_or(0, |(first, count)| first + count)
    }

    /// Returns the lengths of the sentences.
    pub(crate) fn lengths(&self) -> &[usize] {
        &self.lengths
    }

    /// Returns first row and number of rows for each position.
    pub(crate) fn steps(&self) -> &[(usize, usize)] {
        &self.steps
    }

    /// Returns the row of a token; it must exist.
    pub(crate) fn row(&self, sentence: usize, token: usize) -> usize {
        self.steps[token].0 + sentence
    }
}
