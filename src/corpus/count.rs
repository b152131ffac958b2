//! What the rows are, counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::CorpusRow;
use crate::model::{PloverType, Status};

/// Counts by name, in the order of the names.
pub type Tally = BTreeMap<String, usize>;

/// Counts of the rows of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorpusCounts {
    /// All rows.
    pub rows: usize,
    /// By type, `none` among them.
    pub types: Tally,
    /// By code; rows without one are left out.
    pub codes: Tally,
    /// Rows with an event, by status.
    pub status: Tally,
    /// By register.
    pub registers: Tally,
    /// By variety of English.
    pub english: Tally,
    /// By theme.
    pub themes: Tally,
    /// By part: train, dev, test.
    pub splits: Tally,
    /// How many batches, each by one author.
    pub batches: usize,
    /// Rows with an event whose source stands behind the target.
    pub source_after_target: usize,
    /// Rows with an event that are not actual.
    pub not_actual: usize,
    /// The length of every text in words, sorted.
    pub lengths: Vec<usize>,
    /// How often each predicate carries each type: by type, then by predicate.
    pub predicates: BTreeMap<String, Tally>,
}

impl CorpusCounts {
    /// Counts rows. Time: linear in the size of the corpus.
    #[must_use]
    pub fn new<'a>(rows: impl Iterator<Item = &'a CorpusRow>) -> Self {
        let mut counts = Self::default();
        let mut batches = BTreeSet::new();
        for row in rows {
            counts.add(row);
            batches.insert(row.id.batch().to_owned());
        }
        counts.batches = batches.len();
        counts.lengths.sort_unstable();
        counts
    }

    fn add(&mut self, row: &CorpusRow) {
        let mut add = |tally: fn(&mut Self) -> &mut Tally, name: &str| {
            *tally(self).entry(name.to_owned()).or_default() += 1;
        };
        add(|counts| &mut counts.types, row.label.kind_name());
        add(|counts| &mut counts.registers, row.register.name());
        add(|counts| &mut counts.english, row.english.name());
        add(|counts| &mut counts.themes, row.theme.name());
        add(|counts| &mut counts.splits, row.split.name());
        if let Some(code) = row.cameo {
            add(|counts| &mut counts.codes, code.as_str());
        }
        if row.label.kind.is_some() {
            add(|counts| &mut counts.status, row.label.status.name());
            self.source_after_target +=
                usize::from(row.pair.source.start() > row.pair.target.start());
            self.not_actual += usize::from(row.label.status != Status::Actual);
        }
        if let Some(predicate) = &row.predicate {
            let of_type = self
                .predicates
                .entry(row.label.kind_name().to_owned())
                .or_default();
            *of_type.entry(predicate.clone()).or_default() += 1;
        }
        self.rows += 1;
        self.lengths.push(row.pair.text.split_whitespace().count());
    }

    /// Returns the length, in words, below which so many of a hundred texts lie.
    #[must_use]
    pub fn length_at(&self, percent: usize) -> usize {
        let last = self.lengths.len().saturating_sub(1);
        self.lengths
            .get(last * percent.min(100) / 100)
            .copied()
            .unwrap_or_default()
    }

    /// Returns how many texts have more words than this.
    #[must_use]
    pub fn longer_than(&self, words: usize) -> usize {
        self.lengths
            .iter()
            .filter(|length| **length > words)
            .count()
    }

    /// Returns the names of types that have fewer rows than this.
    #[must_use]
    pub fn types_below(&self, rows: usize) -> Vec<&'static str> {
        let types = PloverType::ALL.iter().map(|kind| kind.name());
        types
            .filter(|name| self.types.get(*name).is_none_or(|count| *count < rows))
            .collect()
    }
}
