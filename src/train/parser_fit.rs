//! Fits the two passes of the parser, each with its labeller.

use crate::text::{
    LabelDictionary, LabelIndex, Move, ParsePass, ParseScene, ParseWeights, PassTemplates, State,
    Tree, best_class, best_move, score_class, score_moves,
};
use crate::train::corpus::Example;
use crate::train::fit::{FOLD_SEED, FOLDS, TrainOptions, each_seed, in_folds, numbered};
use crate::train::oracle::Gold;
use crate::train::perceptron::{Seeded, TrainCells, TrainPairs};
use crate::train::tagger_fit::Tagged;

/// A wrong label or move must score this much less than the right one.
const LABEL_MARGIN: i32 = 60;
const MOVE_MARGIN: i32 = 40;
/// Of a hundred moves so many follow the parser's own choice, be it right or wrong.
const EXPLORED: usize = 90;

/// What fitting the parser needs.
pub(crate) struct ParserFit<'a> {
    pub(crate) examples: &'a [Example],
    pub(crate) tags: &'a Tagged,
    pub(crate) upos_of: Vec<u8>,
    pub(crate) vocabulary: &'a [u32],
    pub(crate) templates: &'a PassTemplates,
    /// What the first pass found; nothing for the first pass itself.
    pub(crate) guides: Option<&'a [Tree]>,
    pub(crate) dictionary: &'a LabelDictionary,
    pub(crate) options: &'a TrainOptions,
}

/// The weights of one training.
struct Run {
    moves: TrainPairs,
    labels: TrainCells,
    of_move: Vec<u32>,
    of_label: Vec<u32>,
}

impl ParserFit<'_> {
    /// Trains once from each seed, and averages.
    pub(crate) fn fit_seeds(&self) -> ParseWeights {
        let runs = each_seed(self.options, |seed| self.fit(seed, |_| true));
        let mut moves = Vec::new();
        let mut labels = Vec::new();
        for run in runs {
            moves.push(run.moves);
            labels.push(run.labels);
        }
        ParseWeights {
            moves: TrainPairs::averaged(&moves),
            labels: TrainCells::averaged(&labels),
        }
    }

    fn fit(&self, seed: u64, takes: impl Fn(usize) -> bool) -> Run {
        let mut run = Run {
            moves: TrainPairs::new(self.options.pair_bits),
            labels: TrainCells::new(self.options.label_bits),
            of_move: Vec::new(),
            of_label: Vec::new(),
        };
        let mut random = Seeded(seed);
        let mut order = numbered(self.examples, takes);
        for pass in 0..self.options.parser_passes {
            random.shuffle(&mut order);
            let explored = if pass == 0 { 0 } else { EXPLORED };
            for (index, example) in &order {
                self.learn(example, &self.scene(*index, example), &mut run, || {
                    random.below(100) < explored
                });
            }
        }
        run
    }

    fn scene(&self, index: usize, example: &Example) -> ParseScene {
        let tags = self.tags.get(index).map_or(&[][..], Vec::as_slice);
        let scene = ParseScene::new(&example.forms, tags, &self.upos_of, self.vocabulary);
        match self.guides.and_then(|guides| guides.get(index)) {
            Some(guide) => scene.guided(guide.clone()),
            None => scene,
        }
    }

    /// Parses each fifth of the treebank with a parser trained on the other four (jackknifing).
    pub(crate) fn parse_in_folds(&self) -> Vec<Tree> {
        in_folds(|fold| {
            let run = self.fit(FOLD_SEED, |index| index % FOLDS != fold);
            let weights = ParseWeights {
                moves: TrainPairs::averaged(&[run.moves]),
                labels: TrainCells::averaged(&[run.labels]),
            };
            let pass = ParsePass {
                templates: self.templates,
                weights: &weights,
                dictionary: self.dictionary,
            };
            let own = self.examples.iter().enumerate().skip(fold).step_by(FOLDS);
            own.map(|(index, example)| {
                let tree = pass.parse(&self.scene(index, example), example.forms.len());
                (index, tree)
            })
            .collect()
        })
    }

    /// Learns from a sentence.
    fn learn(
        &self,
        example: &Example,
        scene: &ParseScene,
        run: &mut Run,
        mut explore: impl FnMut() -> bool,
    ) {
        let gold = Gold {
            heads: &example.heads,
        };
        let mut state = State::new(u16::try_from(example.forms.len()).unwrap_or(u16::MAX));
        while !state.is_over() {
            let atoms = scene.of_state(&state);
            self.templates
                .moves
                .fill(&atoms, self.options.pair_bits, &mut run.of_move);
            let choice = Choice::of(&state, &gold, score_moves(&run.moves, &run.of_move));
            if let Some(change) = choice.change() {
                run.moves.learn(&run.of_move, change);
            }
            run.moves.time += 1;
            let step = if choice.is_free || explore() {
                choice.guess
            } else {
                Move::ALL[choice.right]
            };
            let label = state.arc(step).map(|arc| {
                let atoms = scene.of_arc(&state, arc.0, arc.1);
                self.templates
                    .labels
                    .fill(&atoms, self.options.label_bits, &mut run.of_label);
                let place = LabelDictionary::place(scene, arc.0, arc.1);
                self.learn_label(example, place, arc, &mut run.labels, &run.of_label)
            });
            state.make(step, label.unwrap_or_default());
        }
    }

    /// Learns the label of an arc that is right, and returns the label that is guessed.
    fn learn_label(
        &self,
        example: &Example,
        place: usize,
        (head, dependent): (u16, u16),
        labels: &mut TrainCells,
        places: &[u32],
    ) -> LabelIndex {
        let allowed = self.dictionary.sets.get(place).copied().unwrap_or_default();
        let guess = best_class(labels, places, allowed);
        let token = usize::from(dependent);
        let gold = example.labels.get(token).copied().unwrap_or_default();
        if example.heads.get(token) == Some(&head) {
            let rest = allowed & !(1_u128 << gold);
            if rest != allowed && rest != 0 {
                let rival = best_class(labels, places, rest);
                let score = |class| score_class(labels, places, class);
                if score(gold) < score(rival) + LABEL_MARGIN {
                    labels.learn(places, gold, rival);
                }
            }
            labels.time += 1;
        }
        guess
    }
}

/// What is to choose between in a state.
struct Choice {
    scores: [i32; 3],
    guess: Move,
    /// Whether the guess loses no gold arc.
    is_free: bool,
    /// The best of the moves that lose least, and the best of the others.
    right: usize,
    wrong: Option<usize>,
}

impl Choice {
    fn of(state: &State, gold: &Gold<'_>, scores: [i32; 3]) -> Self {
        let costs = Move::ALL.map(|step| state.may(step).then(|| gold.cost(state, step)));
        let least = costs.iter().flatten().min().copied();
        let best = |is_right: bool| {
            let fits =
                |index: &usize| costs[*index].is_some() && (costs[*index] == least) == is_right;
            (0..3)
                .filter(fits)
                .max_by_key(|index| (scores[*index], std::cmp::Reverse(*index)))
        };
        let guess = best_move(state, scores);
        let guessed = Move::ALL.iter().position(|step| *step == guess);
        Self {
            scores,
            guess,
            is_free: guessed.is_some_and(|index| costs[index] == least),
            right: best(true).unwrap_or(0),
            wrong: best(false),
        }
    }

    /// Returns how weights must change, if they must. A shift scores 0 always: its weights are
    /// those of the other two, turned round.
    fn change(&self) -> Option<[i32; 2]> {
        let (right, wrong) = (self.right, self.wrong?);
        if self.scores[right] >= self.scores[wrong] + MOVE_MARGIN {
            return None;
        }
        let mut change = [0; 2];
        for (index, step) in [(right, 1), (wrong, -1)] {
            match index.checked_sub(1) {
                Some(column) => change[column] += step,
                None => change = change.map(|old| old - step),
            }
        }
        Some(change)
    }
}
