//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011), root last.
//!
//! A stack and a buffer of tokens; the root stands behind the last token. Three moves: shift the
//! first of the buffer onto the stack; left: the top of the stack becomes a dependent of the first
//! of the buffer; right: it becomes one of the token below it on the stack. A sentence of n tokens
//! takes 2n moves. Exactly one token comes to depend on the root.

/// The number of a dependency label in the label set of a model.
pub(crate) type LabelIndex = u8;

/// Stands for no label yet.
pub(crate) const NO_LABEL: LabelIndex = u8::MAX;

/// Stands for no token.
pub(crate) const NONE: u16 = u16::MAX;

/// A move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    Shift,
    Left,
    Right,
}

impl Move {
    pub(crate) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// What is known of a token's dependents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dependents {
    /// The leftmost and the second leftmost on the left.
    pub(crate) left: [u16; 2],
    /// The rightmost and the second rightmost on the right.
    pub(crate) right: [u16; 2],
    pub(crate) left_count: u8,
    pub(crate) right_count: u8,
}

const NO_DEPENDENTS: Dependents = Dependents {
    left: [NONE; 2],
    right: [NONE; 2],
    left_count: 0,
    right_count: 0,
};

/// How far the parse of a sentence is.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) stack: Vec<u16>,
    /// The first of the buffer.
    pub(crate) first: u16,
    /// How many tokens there are; also the number of the root.
    pub(crate) count: u16,
    pub(crate) heads: Vec<u16>,
    pub(crate) labels: Vec<LabelIndex>,
    pub(crate) dependents: Vec<Dependents>,
}

impl State {
    /// Begins a sentence of `count` tokens.
    pub(crate) fn new(count: u16) -> Self {
        let length = usize::from(count) + 1;
        Self {
            stack: Vec::with_capacity(length),
            first: 0,
            count,
            heads: vec![NONE; length],
            labels: vec![NO_LABEL; length],
            dependents: vec![NO_DEPENDENTS; length],
        }
    }

    /// Returns the token at a depth of the stack, 0 being the top.
    #[inline]
    pub(crate) fn below(&self, depth: usize) -> u16 {
        let index = self.stack.len().checked_sub(depth + 1);
        index
            .and_then(|index| self.stack.get(index))
            .copied()
            .unwrap_or(NONE)
    }

    /// Returns the token at an offset of the buffer, 0 being the first; the root is the last.
    #[inline]
    pub(crate) fn ahead(&self, offset: u16) -> u16 {
        let token = self.first.saturating_add(offset);
        if token <= self.count { token } else { NONE }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.first >= self.count && self.stack.is_empty()
    }

    /// Says whether a move may be made.
    pub(crate) fn may(&self, step: Move) -> bool {
        let at_root = self.first >= self.count;
        match step {
            Move::Shift => !at_root,
            // The last token on the stack, and no other, comes to depend on the root.
            Move::Left => !self.stack.is_empty() && (!at_root || self.stack.len() == 1),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// Returns the move that is left, if it is the only one.
    pub(crate) fn only_move(&self) -> Option<Move> {
        let mut allowed = Move::ALL.into_iter().filter(|step| self.may(*step));
        let first = allowed.next();
        first.filter(|_| allowed.next().is_none())
    }

    /// Returns the head and the dependent of the arc that a move makes.
    pub(crate) fn arc(&self, step: Move) -> Option<(u16, u16)> {
        match step {
            Move::Shift => None,
            Move::Left => Some((self.first, self.below(0))),
            Move::Right => Some((self.below(1), self.below(0))),
        }
    }

    /// Makes a move; `label` is that of its arc. A move that may not be made changes nothing.
    pub(crate) fn make(&mut self, step: Move, label: LabelIndex) {
        let Some((head, dependent)) = self.arc(step) else {
            self.stack.push(self.first);
            self.first += 1;
            return;
        };
        if self.stack.pop().is_none() {
            return;
        }
        if let Some(slot) = self.heads.get_mut(usize::from(dependent)) {
            *slot = head;
        }
        if let Some(slot) = self.labels.get_mut(usize::from(dependent)) {
            *slot = label;
        }
        if let Some(known) = self.dependents.get_mut(usize::from(head)) {
            if dependent < head {
                known.left = [dependent, known.left[0]];
                known.left_count = known.left_count.saturating_add(1);
            } else {
                known.right = [dependent, known.right[0]];
                known.right_count = known.right_count.saturating_add(1);
            }
        }
    }

    /// Returns the dependents of a token.
    #[inline]
    pub(crate) fn of(&self, token: u16) -> &Dependents {
        self.dependents
            .get(usize::from(token))
            .unwrap_or(&NO_DEPENDENTS)
    }
}
