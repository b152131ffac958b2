//! Fits tagger, parser and labeller.

use std::thread;

use crate::text::{
    ConlluSentence, LABELS, LabelDictionary, MOVES, Move, ParseScene, State, SyntaxModel,
    TAG_TEMPLATES, TagDictionary, TagIndex, TagScene, best_class, best_move, score_class,
    score_moves, tag,
};
use crate::train::boundary::learn_boundaries;
use crate::train::corpus::{Example, Inventory, learn_lemmas};
use crate::train::oracle::Gold;
use crate::train::perceptron::{Seeded, TrainCells, TrainPairs};

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub struct TrainOptions {
    /// Passes over the treebank for the tagger.
    pub tagger_passes: usize,
    /// Passes for the parser and the labeller.
    pub parser_passes: usize,
    /// How many trainings from different seeds are averaged.
    pub seeds: u64,
    /// Two to this power are the places of each table of single weights.
    pub cell_bits: u32,
    /// Two to this power are the places of the table of pairs.
    pub pair_bits: u32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            tagger_passes: 8,
            parser_passes: 12,
            seeds: 6,
            cell_bits: 20,
            pair_bits: 20,
        }
    }
}

/// A wrong class must score this much less than the right one.
const TAG_MARGIN: i32 = 40;
const LABEL_MARGIN: i32 = 60;
const MOVE_MARGIN: i32 = 40;
/// Of a hundred moves so many follow the parser's own choice, be it right or wrong.
const EXPLORED: usize = 90;
const FOLDS: usize = 5;

/// Trains a model. The same treebank and options give the same bytes, on any machine.
#[must_use]
pub fn train(treebank: &[ConlluSentence], options: &TrainOptions) -> SyntaxModel {
    let inventory = Inventory::of(treebank);
    let examples = inventory.examples(treebank);
    let tagged = jackknife(&inventory, &examples, options);
    let label_dictionary = inventory.label_dictionary(&examples);
    let fitter = ParserFit {
        examples: &examples,
        tags: &tagged,
        upos_of: inventory.upos_of(),
        vocabulary: &inventory.vocabulary,
        dictionary: &label_dictionary,
        options,
    };
    let (taggers, parsers) = thread::scope(|scope| {
        let seeds = || 1..=options.seeds;
        let taggers: Vec<_> = seeds()
            .map(|seed| {
                scope.spawn({
                    let (inventory, examples) = (&inventory, &examples);
                    move || fit_tagger(&inventory.tag_dictionary, examples.iter(), options, seed)
                })
            })
            .collect();
        let fitter = &fitter;
        let parsers: Vec<_> = seeds()
            .map(|seed| scope.spawn(move || fitter.fit(seed)))
            .collect();
        let taggers: Vec<TrainCells> = taggers
            .into_iter()
            .filter_map(|run| run.join().ok())
            .collect();
        let parsers: Vec<(TrainPairs, TrainCells)> = parsers
            .into_iter()
            .filter_map(|run| run.join().ok())
            .collect();
        (taggers, parsers)
    });
    let (moves, labels): (Vec<_>, Vec<_>) = parsers.into_iter().unzip();
    SyntaxModel {
        tag_weights: TrainCells::averaged(&taggers),
        label_weights: TrainCells::averaged(&labels),
        move_weights: TrainPairs::averaged(&moves),
        lemmas: learn_lemmas(treebank),
        boundaries: learn_boundaries(treebank),
        tags: inventory.tags,
        labels: inventory.labels,
        tag_dictionary: inventory.tag_dictionary,
        vocabulary: inventory.vocabulary,
        label_dictionary,
    }
}

/// Tags each fifth of the treebank with a tagger trained on the other four, so that the parser
/// learns from tags as wrong as those it will meet.
fn jackknife(
    inventory: &Inventory,
    examples: &[Example],
    options: &TrainOptions,
) -> Vec<Vec<TagIndex>> {
    let tagged: Vec<Vec<(usize, Vec<TagIndex>)>> = thread::scope(|scope| {
        let fold = |fold: usize| {
            let others = examples
                .iter()
                .enumerate()
                .filter(move |(index, _)| index % FOLDS != fold);
            let weights = fit_tagger(
                &inventory.tag_dictionary,
                others.map(|(_, e)| e),
                options,
                77,
            );
            let averaged = TrainCells::averaged(&[weights]);
            let own = examples
                .iter()
                .enumerate()
                .filter(|(index, _)| index % FOLDS == fold);
            own.map(|(index, example)| {
                (
                    index,
                    tag(&averaged, &inventory.tag_dictionary, &example.forms),
                )
            })
            .collect()
        };
        let runs: Vec<_> = (0..FOLDS)
            .map(|number| scope.spawn(move || fold(number)))
            .collect();
        runs.into_iter().filter_map(|run| run.join().ok()).collect()
    });
    let mut all: Vec<_> = tagged.into_iter().flatten().collect();
    all.sort_unstable_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, tags)| tags).collect()
}

fn fit_tagger<'a>(
    dictionary: &TagDictionary,
    examples: impl Iterator<Item = &'a Example>,
    options: &TrainOptions,
    seed: u64,
) -> TrainCells {
    let mut weights = TrainCells::new(options.cell_bits);
    let mut order: Vec<&Example> = examples.collect();
    let mut random = Seeded(seed);
    let mut features = [0; TAG_TEMPLATES];
    for _ in 0..options.tagger_passes {
        random.shuffle(&mut order);
        for example in &order {
            let allowed: Vec<u128> = example
                .forms
                .iter()
                .map(|form| dictionary.tags_of(form))
                .collect();
            let scene = TagScene {
                forms: &example.forms,
                allowed: &allowed,
            };
            let mut tags: Vec<TagIndex> = Vec::with_capacity(example.tags.len());
            for (at, (set, gold)) in allowed.iter().zip(&example.tags).enumerate() {
                if set.is_power_of_two() {
                    tags.push(*gold);
                    continue;
                }
                scene.features(at, &tags, &mut features);
                let guess = best_class(&weights, &features, *set);
                // The best but the right one; where that is ruled out there is nothing to learn.
                let rest = set & !(1_u128 << gold);
                if rest != *set {
                    let rival = best_class(&weights, &features, rest);
                    let score = |class| score_class(&weights, &features, class);
                    if score(*gold) < score(rival) + TAG_MARGIN {
                        weights.learn(&features, *gold, rival);
                    }
                }
                weights.time += 1;
                tags.push(guess);
            }
        }
    }
    weights
}

/// What fitting the parser needs.
struct ParserFit<'a> {
    examples: &'a [Example],
    tags: &'a [Vec<TagIndex>],
    upos_of: Vec<u8>,
    vocabulary: &'a [u32],
    dictionary: &'a LabelDictionary,
    options: &'a TrainOptions,
}

/// Scratch space.
#[derive(Default)]
struct Scratch {
    of_move: Vec<u64>,
    of_label: Vec<u64>,
}

impl ParserFit<'_> {
    fn fit(&self, seed: u64) -> (TrainPairs, TrainCells) {
        let mut moves = TrainPairs::new(self.options.pair_bits);
        let mut labels = TrainCells::new(self.options.cell_bits);
        let mut random = Seeded(seed);
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        let mut scratch = Scratch::default();
        for pass in 0..self.options.parser_passes {
            random.shuffle(&mut order);
            for index in &order {
                let (Some(example), Some(tags)) =
                    (self.examples.get(*index), self.tags.get(*index))
                else {
                    continue;
                };
                let explored = if pass == 0 { 0 } else { EXPLORED };
                self.learn(
                    example,
                    tags,
                    (&mut moves, &mut labels),
                    &mut scratch,
                    || random.below(100) < explored,
                );
            }
        }
        (moves, labels)
    }

    fn learn(
        &self,
        example: &Example,
        tags: &[TagIndex],
        (moves, labels): (&mut TrainPairs, &mut TrainCells),
        scratch: &mut Scratch,
        mut explore: impl FnMut() -> bool,
    ) {
        let scene = ParseScene::new(&example.forms, tags, &self.upos_of, self.vocabulary);
        let gold = Gold {
            heads: &example.heads,
        };
        let mut state = State::new(u16::try_from(example.forms.len()).unwrap_or(u16::MAX));
        while !state.is_over() {
            MOVES.fill(&scene.of_state(&state), &mut scratch.of_move);
            let scores = score_moves(moves, &scratch.of_move);
            let guess = best_move(&state, scores);
            let costs = Move::ALL.map(|step| {
                if state.may(step) {
                    gold.cost(&state, step)
                } else {
                    usize::MAX
                }
            });
            let least = costs.iter().copied().min().unwrap_or(0);
            let best = |is_right: bool| {
                let fits = |index: &usize| {
                    costs[*index] != usize::MAX && (costs[*index] == least) == is_right
                };
                (0..3)
                    .filter(fits)
                    .max_by_key(|index| (scores[*index], std::cmp::Reverse(*index)))
            };
            let right = best(true).unwrap_or(0);
            if let Some(wrong) = best(false)
                && scores[right] < scores[wrong] + MOVE_MARGIN
            {
                moves.learn(&scratch.of_move, change(right, wrong));
            }
            moves.time += 1;
            let guess_index = Move::ALL
                .iter()
                .position(|step| *step == guess)
                .unwrap_or(0);
            let is_free = costs[guess_index] == least;
            let step = if is_free || explore() {
                guess
            } else {
                Move::ALL[right]
            };
            let label = state.arc(step).map(|(head, dependent)| {
                LABELS.fill(
                    &scene.of_arc(&state, head, dependent),
                    &mut scratch.of_label,
                );
                self.learn_label(
                    example,
                    &scene,
                    (head, dependent),
                    labels,
                    &scratch.of_label,
                )
            });
            state.make(step, label.unwrap_or_default());
        }
    }

    /// Learns the label of an arc that is right, and returns the label that is guessed.
    fn learn_label(
        &self,
        example: &Example,
        scene: &ParseScene,
        (head, dependent): (u16, u16),
        labels: &mut TrainCells,
        features: &[u64],
    ) -> u8 {
        let place = LabelDictionary::place(scene, head, dependent);
        let allowed = self.dictionary.sets.get(place).copied().unwrap_or_default();
        let guess = best_class(labels, features, allowed);
        let token = usize::from(dependent);
        let gold = example.labels.get(token).copied().unwrap_or_default();
        if example.heads.get(token) == Some(&head) {
            let rest = allowed & !(1_u128 << gold);
            if rest != allowed && rest != 0 {
                let rival = best_class(labels, features, rest);
                let score = |class| score_class(labels, features, class);
                if score(gold) < score(rival) + LABEL_MARGIN {
                    labels.learn(features, gold, rival);
                }
            }
            labels.time += 1;
        }
        guess
    }
}

/// A shift scores 0 always: its weights are those of the other two, turned round.
fn change(right: usize, wrong: usize) -> [i32; 2] {
    let mut change = [0; 2];
    for (index, step) in [(right, 1), (wrong, -1)] {
        match index.checked_sub(1) {
            Some(column) => change[column] += step,
            None => change = change.map(|old| old - step),
        }
    }
    change
}
