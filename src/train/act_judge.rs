//! Fits the judge of acts: how much each sign speaks for an act.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use crate::coder::{ActJudge, Coder, CoderError, WeighedAct};
use crate::corpus::{Corpus, CorpusRow, FurtherPair, Split};
use crate::lexicon::{Frames, Lexicon};
use crate::model::{ArticleDraft, MarkedPair, PloverType, Precision, Published, Span};
use crate::relation::RelationModel;
use crate::text::Analyser;
use crate::train::{RelationFit, RelationTeacher, train_relations};

/// So often all cases are gone through.
const ROUNDS: usize = 3000;
const RATE: f64 = 0.5;
const PENALTY: f64 = 1e-4;

/// A candidate of a labelled pair, and whether it is right.
#[derive(Debug, Clone)]
pub struct JudgedAct {
    /// The candidate.
    pub act: WeighedAct,
    /// Whether the label says the same.
    pub is_right: bool,
    /// How many pairs of texts it stands for.
    pub weight: f64,
}

/// Of the pairs of actors in the texts of the rows about one in so many was labelled, apart from the
/// rows' own.
const UNLABELLED: f64 = 2.8;

/// What the corpus teaches is too sure of whole articles, where actors may be mistaken too: fitted to the
/// sample articles, whose confidences come out right by it (a logistic regression of right on the log of
/// the odds: 0.65, and nothing added).
const SCALE: f32 = 0.65;

/// What a judge is fitted with.
#[derive(Debug, Clone, Copy)]
pub struct JudgeCourse<'a> {
    /// The dictionaries.
    pub lexicon: &'a Lexicon,
    /// The analyser.
    pub analyser: &'a Analyser,
    /// The rows.
    pub corpus: &'a Corpus,
    /// The further pairs of their texts.
    pub further: &'a [FurtherPair],
    /// How many threads work; the result does not depend on it.
    pub threads: NonZeroUsize,
}

impl JudgeCourse<'_> {
    /// Fits a judge on the training part: each half of the batches is weighed by a model that
    /// learned from the other half, so that the judge sees how sure a model is of what it has not
    /// seen. The same input gives the same judge.
    ///
    /// # Errors
    /// [`CoderError`] if the program was built with faulty frames.
    pub fn fit(
        &self,
        teacher: &RelationTeacher<'_>,
        frames: &Frames,
        threshold: f32,
    ) -> Result<ActJudge, CoderError> {
        let batches: BTreeSet<&str> = self.corpus.rows.iter().map(|row| row.id.batch()).collect();
        let even: BTreeSet<&str> = batches.into_iter().step_by(2).collect();
        let mut judged = Vec::new();
        for half in [true, false] {
            let learns = |batch: &str| even.contains(batch) == half;
            let rows = self.corpus.rows.iter().filter(|row| learns(row.id.batch()));
            let part = Corpus {
                rows: rows.cloned().collect(),
            };
            let pairs: Vec<FurtherPair> = self
                .further
                .iter()
                .filter(|pair| learns(pair.row.batch()))
                .cloned()
                .collect();
            let fit = RelationFit {
                seeds: 2,
                ..RelationFit::default()
            };
            let model = train_relations(teacher, &part, &pairs, frames, &fit, self.threads);
            let held = |row: &CorpusRow| row.split == Split::Train && !learns(row.id.batch());
            judged.extend(self.judged(&model, &held)?);
        }
        Ok(fit_judge(&judged, threshold))
    }

    /// Weighs what the texts of rows may tell between their labelled pairs.
    ///
    /// # Errors
    /// [`CoderError`] if the program was built with faulty frames.
    pub fn judged(
        &self,
        model: &RelationModel,
        is_held: &dyn Fn(&CorpusRow) -> bool,
    ) -> Result<Vec<JudgedAct>, CoderError> {
        let coder = Coder::new(self.lexicon, self.analyser)?.with_model(model);
        let mut further: BTreeMap<&str, Vec<&FurtherPair>> = BTreeMap::new();
        for pair in self.further {
            further.entry(pair.row.as_str()).or_default().push(pair);
        }
        let mut all = Vec::new();
        for row in self.corpus.rows.iter().filter(|row| is_held(row)) {
            let draft = ArticleDraft {
                text: row.pair.text.clone(),
                published: Some(Published {
                    day: row.published,
                    precision: Precision::Day,
                }),
                ..ArticleDraft::default()
            };
            let acts = coder.weigh(&draft.into_article());
            let own = (&row.pair, row.label.kind, 1.0);
            let others = further.get(row.id.as_str()).into_iter().flatten();
            let labelled = others.map(|pair| (&pair.pair, pair.label.kind, UNLABELLED));
            for (pair, kind, weight) in std::iter::once(own).chain(labelled) {
                let judged = acts.iter().filter_map(|act| judge(act, pair, kind, weight));
                all.extend(judged);
            }
        }
        Ok(all)
    }
}

/// Compares a candidate with a label; nothing if it is of another pair.
fn judge(
    act: &WeighedAct,
    pair: &MarkedPair,
    kind: Option<PloverType>,
    weight: f64,
) -> Option<JudgedAct> {
    let meets =
        |one: Span<_>, other: Span<_>| one.start() < other.end() && other.start() < one.end();
    let straight = meets(act.source, pair.source) && meets(act.target, pair.target);
    let turned = meets(act.source, pair.target) && meets(act.target, pair.source);
    let is_mutual = act.symmetric || act.kind == PloverType::Consult;
    (straight || turned).then(|| JudgedAct {
        act: act.clone(),
        is_right: kind == Some(act.kind) && (straight || is_mutual),
        weight,
    })
}

/// The signs of a case with their strengths, whether it is right (1 or 0), and its weight.
type Case = (Vec<(usize, f64)>, f64, f64);

/// Logistic regression by gradient descent over all cases at once.
fn fit_judge(judged: &[JudgedAct], threshold: f32) -> ActJudge {
    let mut signs: BTreeSet<&str> = BTreeSet::from(["always"]);
    for one in judged {
        signs.extend(one.act.evidence.signs().map(|(sign, _)| sign));
    }
    let signs: Vec<&str> = signs.into_iter().collect();
    let place = |sign: &str| signs.binary_search(&sign).unwrap_or(0);
    let cases: Vec<Case> = judged
        .iter()
        .map(|one| {
            let known = one.act.evidence.signs();
            let mut list: Vec<(usize, f64)> = known
                .map(|(sign, strength)| (place(sign), f64::from(strength)))
                .collect();
            list.push((place("always"), 1.0));
            (list, f64::from(u8::from(one.is_right)), one.weight)
        })
        .collect();
    let mut weights = vec![0.0; signs.len()];
    let mut squares = vec![1e-8; signs.len()];
    let count: f64 = cases.iter().map(|(_, _, weight)| weight).sum();
    for _ in 0..ROUNDS {
        let mut gradients: Vec<f64> = weights.iter().map(|weight| PENALTY * weight).collect();
        for (list, right, weight) in &cases {
            let sum: f64 = list
                .iter()
                .map(|(at, strength)| weights[*at] * strength)
                .sum();
            let error = (1.0 / (1.0 + (-sum).exp()) - right) * weight;
            for (at, strength) in list {
                gradients[*at] += error * strength / count;
            }
        }
        for ((weight, square), gradient) in weights.iter_mut().zip(&mut squares).zip(gradients) {
            *square += gradient * gradient;
            *weight -= RATE * gradient / square.sqrt();
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
    let weights = signs
        .iter()
        .zip(weights)
        .map(|(sign, weight)| ((*sign).to_owned(), weight as f32))
        .collect();
    ActJudge::new(weights, threshold, SCALE)
}
