//! The parser: greedy moves, each the best that is allowed; a label as soon as an arc is made.

use crate::text::syntax::features::ParseScene;
use crate::text::syntax::state::{LabelIndex, Move, State};
use crate::text::syntax::tags::Upos;
use crate::text::syntax::template::PassTemplates;
use crate::text::syntax::weights::{CellTable, Cells, PairTable, Pairs, best_class};

/// Longest sentence that is parsed, in tokens; the tail of a longer one hangs on its last token.
pub(crate) const PARSED_MAX: usize = 1_000;

/// The heads and labels of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tree {
    /// The head of each token; the number of tokens stands for the root.
    pub(crate) heads: Vec<u16>,
    pub(crate) labels: Vec<LabelIndex>,
}

impl Tree {
    /// Turns the tree of a sentence read from its end into that of the sentence.
    pub(crate) fn turned(mut self) -> Self {
        let count = u16::try_from(self.heads.len()).unwrap_or(u16::MAX);
        self.heads.reverse();
        self.labels.reverse();
        for head in self.heads.iter_mut().filter(|head| **head < count) {
            *head = count - 1 - *head;
        }
        self
    }
}

/// Which labels were seen between two parts of speech.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LabelDictionary {
    /// For head (with one more for the root), dependent and direction, a set of labels.
    pub(crate) sets: Vec<u128>,
}

/// Parts of speech of heads: the universal ones and the root.
const HEADS: usize = Upos::ALL.len() + 1;

impl LabelDictionary {
    /// The number of sets.
    pub(crate) const LENGTH: usize = HEADS * Upos::ALL.len() * 2;

    /// Returns the sets for sentences read from their ends.
    pub(crate) fn turned(&self) -> Self {
        let mut sets = self.sets.clone();
        let (pairs, _) = sets.as_chunks_mut::<2>();
        for pair in pairs {
            pair.swap(0, 1);
        }
        Self { sets }
    }

    /// Returns where the set of an arc stands.
    pub(crate) fn place(scene: &ParseScene, head: u16, dependent: u16) -> usize {
        let upos = |token| usize::try_from(scene.node(token).upos).unwrap_or(usize::MAX);
        let of_head = upos(head).min(HEADS - 1);
        let of_dependent = upos(dependent).min(Upos::ALL.len() - 1);
        (of_head * Upos::ALL.len() + of_dependent) * 2 + usize::from(head < dependent)
    }
}

/// Scores the three moves; a shift scores 0.
#[inline]
pub(crate) fn score_moves(weights: &impl Pairs, places: &[u32]) -> [i32; 3] {
    let (mut left, mut right) = (0, 0);
    for place in places {
        let pair = weights.pair(*place);
        left += pair[0];
        right += pair[1];
    }
    [0, left, right]
}

/// Returns the best of the allowed moves; of equals the first.
pub(crate) fn best_move(state: &State, scores: [i32; 3]) -> Move {
    let mut best: Option<(i32, Move)> = None;
    for (step, score) in Move::ALL.into_iter().zip(scores) {
        if state.may(step) && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, step));
        }
    }
    best.map_or(Move::Shift, |(_, step)| step)
}

/// Weights of one pass of the parser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ParseWeights<P = PairTable, C = CellTable> {
    pub(crate) moves: P,
    pub(crate) labels: C,
}

/// What a pass of the parser needs.
pub(crate) struct ParsePass<'a, P, C> {
    pub(crate) templates: &'a PassTemplates,
    pub(crate) weights: &'a ParseWeights<P, C>,
    pub(crate) dictionary: &'a LabelDictionary,
}

impl<P: Pairs, C: Cells> ParsePass<'_, P, C> {
    /// Parses a sentence of at most [`PARSED_MAX`] tokens. Linear in their number.
    pub(crate) fn parse(&self, scene: &ParseScene, count: usize) -> Tree {
        let mut state = State::new(u16::try_from(count.min(PARSED_MAX)).unwrap_or(u16::MAX));
        let (moves, labels) = (&self.templates.moves, &self.templates.labels);
        let (move_bits, label_bits) = (self.weights.moves.bits(), self.weights.labels.bits());
        let mut places = Vec::with_capacity(moves.len());
        while !state.is_over() {
            let step = state.only_move().unwrap_or_else(|| {
                moves.fill(&scene.of_state(&state), move_bits, &mut places);
                best_move(&state, score_moves(&self.weights.moves, &places))
            });
            let label = state.arc(step).map(|(head, dependent)| {
                let atoms = scene.of_arc(&state, head, dependent);
                labels.fill(&atoms, label_bits, &mut places);
                self.label(scene, (head, dependent), &places)
            });
            state.make(step, label.unwrap_or_default());
        }
        state.heads.pop();
        state.labels.pop();
        Tree {
            heads: state.heads,
            labels: state.labels,
        }
    }

    fn label(
        &self,
        scene: &ParseScene,
        (head, dependent): (u16, u16),
        places: &[u32],
    ) -> LabelIndex {
        let place = LabelDictionary::place(scene, head, dependent);
        let allowed = self.dictionary.sets.get(place).copied().unwrap_or_default();
        best_class(&self.weights.labels, places, allowed)
    }
}
