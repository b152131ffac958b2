//! Fits the two passes of the tagger.

use crate::text::{
    CellTable, Cells, TagDictionary, TagIndex, TagScene, best_class, score_class, tag_once,
};
use crate::train::corpus::Example;
use crate::train::fit::{FOLD_SEED, FOLDS, TrainOptions, each_seed, in_folds, numbered};
use crate::train::perceptron::{Seeded, TrainCells};

/// A wrong tag must score this much less than the right one.
const TAG_MARGIN: i32 = 40;

/// For each sentence its tags, as wrong as those that will be met in use.
pub(crate) type Tagged = Vec<Vec<TagIndex>>;

/// What fitting one pass of the tagger needs.
pub(crate) struct TaggerFit<'a> {
    pub(crate) dictionary: &'a TagDictionary,
    /// The sentences; for the first pass turned round.
    pub(crate) examples: &'a [Example],
    /// What the first pass found; nothing for the first pass itself.
    pub(crate) first: Option<&'a Tagged>,
    pub(crate) options: &'a TrainOptions,
}

impl TaggerFit<'_> {
    /// Tags each fifth of the treebank with a tagger trained on the other four (jackknifing).
    pub(crate) fn tag_in_folds(&self) -> Tagged {
        in_folds(|fold| {
            let run = self.fit(FOLD_SEED, |index| index % FOLDS != fold);
            let weights = TrainCells::averaged(&[run]);
            let own = self.examples.iter().enumerate().skip(fold).step_by(FOLDS);
            own.map(|(index, example)| {
                let first = self.first(index);
                let tags = tag_once(&weights, self.dictionary, &example.forms, first);
                (index, tags)
            })
            .collect()
        })
    }

    /// Trains once from each seed, and averages.
    pub(crate) fn fit_seeds(&self) -> CellTable {
        TrainCells::averaged(&each_seed(self.options, |seed| self.fit(seed, |_| true)))
    }

    fn first(&self, index: usize) -> &[TagIndex] {
        let tags = self.first.and_then(|first| first.get(index));
        tags.map_or(&[], Vec::as_slice)
    }

    fn fit(&self, seed: u64, takes: impl Fn(usize) -> bool) -> TrainCells {
        let mut weights = TrainCells::new(self.options.tag_bits);
        let mut order = numbered(self.examples, takes);
        let mut random = Seeded(seed);
        for _ in 0..self.options.tagger_passes {
            random.shuffle(&mut order);
            for (index, example) in &order {
                self.learn(example, self.first(*index), &mut weights);
            }
        }
        weights
    }

    fn learn(&self, example: &Example, first: &[TagIndex], weights: &mut TrainCells) {
        let scene = TagScene::new(self.dictionary, &example.forms, first);
        let bits = weights.bits();
        let mut places = Vec::new();
        let mut tags: Vec<TagIndex> = Vec::with_capacity(example.tags.len());
        for (at, (set, gold)) in scene.allowed().zip(&example.tags).enumerate() {
            if set.is_power_of_two() {
                tags.push(*gold);
                continue;
            }
            scene.fill(at, &tags, bits, &mut places);
            let guess = best_class(weights, &places, set);
            // The best but the right one; where that is ruled out there is nothing to learn.
            let rest = set & !(1_u128 << gold);
            if rest != set {
                let rival = best_class(weights, &places, rest);
                let score = |class| score_class(weights, &places, class);
                if score(*gold) < score(rival) + TAG_MARGIN {
                    weights.learn(&places, *gold, rival);
                }
            }
            weights.time += 1;
            tags.push(guess);
        }
    }
}
