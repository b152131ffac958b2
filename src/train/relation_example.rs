//! What a model of relations learns from: rows of the corpus, and the examples of frames.

use crate::corpus::{CorpusRow, FurtherPair, Label};
use crate::lexicon::Frames;
use crate::mention::MentionFinder;
use crate::model::{MarkedPair, PloverType};
use crate::relation::{Relation, SceneReader};
use crate::train::RelationExample;

/// Makes examples of rows and of the sentences that frames come with.
#[derive(Debug)]
pub struct RelationTeacher<'a> {
    reader: &'a SceneReader<'a>,
    finder: &'a MentionFinder<'a>,
}

impl<'a> RelationTeacher<'a> {
    /// Makes a teacher.
    #[must_use]
    pub fn new(reader: &'a SceneReader<'a>, finder: &'a MentionFinder<'a>) -> Self {
        Self { reader, finder }
    }

    /// Makes an example of a row.
    #[must_use]
    pub fn of_row(&self, row: &CorpusRow) -> RelationExample {
        self.of_pair(&row.pair, row.label)
    }

    /// Makes an example of a further pair.
    #[must_use]
    pub fn of_further(&self, further: &FurtherPair) -> RelationExample {
        self.of_pair(&further.pair, further.label)
    }

    fn of_pair(&self, pair: &MarkedPair, label: Label) -> RelationExample {
        RelationExample {
            features: self.reader.marked(self.finder, pair).pair(0, 1),
            relation: label.kind.map_or(Relation::None, Relation::Forth),
            status: label.kind.map(|_| label.status),
            weight: 1.0,
        }
    }

    /// Makes examples of the sentences that frames come with, where they code. What the lexicon says
    /// of them is left out: it is right by make, and would teach too much trust.
    #[must_use]
    pub fn of_frames(&self, frames: &Frames) -> Vec<RelationExample> {
        let mut all = Vec::new();
        for (_, frame) in frames.iter() {
            let Some(kind) = frame.cameo.entry().plover else {
                continue;
            };
            let coding = frame.examples.iter().filter(|example| example.codes);
            for pair in coding.filter_map(|example| MarkedPair::parse(example.marked)) {
                let scene = self.reader.marked(self.finder, &pair);
                all.push(RelationExample {
                    features: scene.pair(0, 1).without_lexicon(),
                    relation: Relation::Forth(kind),
                    status: None,
                    weight: 1.0,
                });
            }
        }
        all
    }
}

/// Weighs examples so that every type counts the same in sum; those of none count as they are.
pub fn balance(examples: &mut [RelationExample]) {
    let of = |example: &RelationExample| match example.relation {
        Relation::None => None,
        Relation::Forth(kind) | Relation::Back(kind) => Some(kind),
    };
    let mut counts = [0usize; PloverType::ALL.len()];
    for kind in examples.iter().filter_map(of) {
        counts[kind as usize] += 1;
    }
    let typed: usize = counts.iter().sum();
    let mean = ratio(typed, counts.len());
    for example in examples {
        if let Some(kind) = of(example) {
            example.weight = mean / ratio(counts[kind as usize], 1);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
