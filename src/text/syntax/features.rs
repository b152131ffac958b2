//! What the parser sees: atoms of a state and of an arc.

use crate::text::syntax::parser::Tree;
use crate::text::syntax::state::{NO_LABEL, NONE, State};
use crate::text::syntax::tags::{TagIndex, Upos};
use crate::text::syntax::template::{ATOMS_MAX, Atoms, LABEL_NODES, MOVE_NODES};
use crate::text::syntax::token::Form;

/// A token as the parser sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Node {
    word: u32,
    suffix: u32,
    tag: u32,
    pub(crate) upos: u32,
}

impl Node {
    const fn new(word: u32, suffix: u32, tag: u32, upos: u32) -> Self {
        Self {
            word,
            suffix,
            tag,
            upos,
        }
    }
}

/// Stands for no token.
const NOTHING: Node = Node::new(2, 2, 254, 254);
/// Stands for the root.
const ROOT: Node = Node::new(3, 3, 253, 253);

/// Parts of speech of the words that mark a dependent's role.
const CASE_LIKE: [u32; 3] = [Upos::Adp as u32, Upos::Sconj as u32, Upos::Part as u32];

/// A tagged sentence as the parser sees it, with the root behind the last token.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParseScene {
    nodes: Vec<Node>,
    guide: Guide,
}

/// What the first pass of the parser found, for the second.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guide {
    tree: Tree,
    /// The last dependent of each token, or nothing; the root is the last.
    last_dependents: Vec<u16>,
}

impl Guide {
    pub(crate) fn new(tree: Tree) -> Self {
        let mut last_dependents = vec![NONE; tree.heads.len() + 1];
        for (dependent, head) in (0..).zip(&tree.heads) {
            if let Some(slot) = last_dependents.get_mut(usize::from(*head)) {
                *slot = dependent;
            }
        }
        Self {
            tree,
            last_dependents,
        }
    }

    fn head(&self, token: u16) -> u16 {
        let head = self.tree.heads.get(usize::from(token));
        head.copied().unwrap_or(NONE)
    }

    fn label(&self, token: u16) -> u32 {
        let label = self.tree.labels.get(usize::from(token));
        u32::from(label.copied().unwrap_or(NO_LABEL))
    }

    /// Says whether a token has dependents from `first` on.
    fn awaits(&self, token: u16, first: u16) -> bool {
        let last = self.last_dependents.get(usize::from(token));
        last.is_some_and(|last| *last != NONE && *last >= first)
    }

    /// Returns atoms of a state with its two topmost tokens and the first of the buffer: where the
    /// heads of these three lie, which of them await dependents, and their labels.
    fn of_state(&self, s0: u16, s1: u16, b0: u16) -> [u32; 5] {
        let place = |token: u16| match self.head(token) {
            NONE => 0,
            head if head == b0 => 1,
            head if head == s0 => 2,
            head if head == s1 => 3,
            head if head > b0 => 4,
            head if head > s0 => 5,
            _ => 6,
        };
        [
            (place(s0) * 7 + place(s1)) * 7 + place(b0),
            u32::from(self.awaits(s0, b0)) * 2 + u32::from(self.awaits(s1, b0)),
            self.label(s0),
            self.label(s1),
            self.label(b0),
        ]
    }
}

impl ParseScene {
    /// Makes the scene of forms and tags; `upos_of` gives the part of speech of a tag,
    /// `vocabulary` the words that are looked at as such, sorted: others count by ending and shape.
    pub(crate) fn new(
        forms: &[Form],
        tags: &[TagIndex],
        upos_of: &[u8],
        vocabulary: &[u32],
    ) -> Self {
        let node = |(form, tag): (&Form, &TagIndex)| {
            let is_word = vocabulary.binary_search(&form.lower).is_ok();
            let upos = upos_of.get(usize::from(*tag));
            Node::new(
                if is_word {
                    form.lower
                } else {
                    form.suffix[1] ^ form.shape
                },
                form.suffix[2],
                u32::from(*tag),
                upos.copied().map_or(252, u32::from),
            )
        };
        let mut nodes: Vec<Node> = forms.iter().zip(tags).map(node).collect();
        nodes.push(ROOT);
        Self {
            nodes,
            guide: Guide::default(),
        }
    }

    /// Adds what the first pass found.
    pub(crate) fn guided(self, tree: Tree) -> Self {
        Self {
            guide: Guide::new(tree),
            ..self
        }
    }

    #[inline]
    pub(crate) fn node(&self, token: u16) -> &Node {
        self.nodes.get(usize::from(token)).unwrap_or(&NOTHING)
    }

    /// Returns the atoms of a state.
    pub(crate) fn of_state(&self, state: &State) -> Atoms {
        let (s0, s1, s2) = (state.below(0), state.below(1), state.below(2));
        let b0 = state.ahead(0);
        let (top, below, first) = (state.of(s0), state.of(s1), state.of(b0));
        let before = |token: u16| {
            if token == NONE {
                NONE
            } else {
                token.wrapping_sub(1)
            }
        };
        let tokens = [
            s0,
            s1,
            s2,
            b0,
            state.ahead(1),
            state.ahead(2),
            state.ahead(3),
            top.left[0],
            top.right[0],
            below.left[0],
            below.right[0],
            first.left[0],
            top.left[1],
            top.right[1],
            below.right[1],
            first.left[1],
            before(b0),
            before(s0),
        ];
        let mut atoms = [0; ATOMS_MAX];
        self.fill(&mut atoms, &tokens, state);
        let extras = [
            distance(s0, b0),
            distance(s1, s0),
            u32::from(top.left_count.min(3)),
            u32::from(top.right_count.min(4)),
            u32::from(below.left_count.min(3)),
            u32::from(below.right_count.min(4)),
            u32::from(first.left_count.min(3)),
            u32::try_from(state.stack.len().min(5)).unwrap_or(5),
            self.between(s0, b0),
        ];
        let guide = self.guide.of_state(s0, s1, b0);
        let extras = extras.into_iter().chain(guide);
        for (slot, extra) in atoms.iter_mut().skip(MOVE_NODES.len() * 4).zip(extras) {
            *slot = extra;
        }
        atoms
    }

    /// Returns the atoms of an arc, before it is made.
    pub(crate) fn of_arc(&self, state: &State, head: u16, dependent: u16) -> Atoms {
        let (of_head, of_dependent) = (state.of(head), state.of(dependent));
        let leftmost = of_dependent.left[0];
        let tokens = [
            head,
            dependent,
            head.wrapping_sub(1),
            head.saturating_add(1),
            dependent.wrapping_sub(1),
            dependent.saturating_add(1),
            leftmost,
            of_dependent.right[0],
            of_dependent.left[1],
            of_head.left[0],
            of_head.right[0],
            state.of(leftmost).left[0],
            of_head.left[1],
        ];
        let mut atoms = [0; ATOMS_MAX];
        self.fill(&mut atoms, &tokens, state);
        let is_case = |token: &&u16| CASE_LIKE.contains(&self.node(**token).upos);
        let case = of_dependent
            .left
            .iter()
            .rev()
            .chain(&of_dependent.left)
            .find(is_case);
        let extras = [
            u32::from(head < dependent),
            distance(head.min(dependent), head.max(dependent)),
            u32::from(of_dependent.left_count.min(3)),
            u32::from(of_dependent.right_count.min(3)),
            u32::from(of_head.left_count.min(4)),
            u32::from(of_head.right_count.min(4)),
            self.node(dependent).suffix,
            case.map_or(0, |token| self.node(*token).word),
            self.guide.label(dependent),
            u32::from(self.guide.head(dependent) == head),
            self.guide.label(head),
        ];
        for (slot, extra) in atoms.iter_mut().skip(LABEL_NODES.len() * 4).zip(extras) {
            *slot = extra;
        }
        atoms
    }

    fn fill(&self, atoms: &mut Atoms, tokens: &[u16], state: &State) {
        for (slots, token) in atoms.chunks_exact_mut(4).zip(tokens) {
            let node = self.node(*token);
            let label = state
                .labels
                .get(usize::from(*token))
                .copied()
                .unwrap_or(NO_LABEL);
            slots.copy_from_slice(&[node.word, node.tag, node.upos, u32::from(label)]);
        }
    }

    /// Says what stands between two tokens: a verb, a mark, a conjunction.
    fn between(&self, left: u16, right: u16) -> u32 {
        const LOOKED_AT: u16 = 12;
        if left == NONE || right == NONE || right <= left + 1 {
            return 0;
        }
        let mut seen = 0;
        for token in (left + 1..right).take(usize::from(LOOKED_AT)) {
            let upos = self.node(token).upos;
            seen |= u32::from(upos == Upos::Verb as u32)
                | u32::from(upos == Upos::Punct as u32) << 1
                | u32::from(upos == Upos::Cconj as u32 || upos == Upos::Sconj as u32) << 2;
        }
        seen + 8
    }
}

/// How far apart two tokens are, in steps that grow.
fn distance(left: u16, right: u16) -> u32 {
    if left == NONE || right == NONE {
        return 0;
    }
    match right.saturating_sub(left) {
        near @ 0..=4 => u32::from(near) + 1,
        5..=6 => 6,
        7..=10 => 7,
        11..=18 => 8,
        _ => 9,
    }
}
