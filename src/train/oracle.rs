//! What a move costs: the dynamic oracle of arc-hybrid (Goldberg and Nivre 2013).

use crate::text::{Move, NONE, State};

/// The gold heads of a sentence; the number of tokens stands for the root.
pub(crate) struct Gold<'a> {
    pub(crate) heads: &'a [u16],
}

impl Gold<'_> {
    fn head(&self, token: u16) -> u16 {
        self.heads.get(usize::from(token)).copied().unwrap_or(NONE)
    }

    /// Returns how many gold arcs can no longer be made after a move, beyond those already lost.
    /// Time: linear in the stack and the buffer.
    pub(crate) fn cost(&self, state: &State, step: Move) -> usize {
        let (top, below, first) = (state.below(0), state.below(1), state.first);
        let in_buffer = |token: u16| token != NONE && token >= first;
        // Dependents of the top that are still in the buffer are lost when it leaves.
        let dependents_ahead = || {
            (first..state.count)
                .filter(|token| self.head(*token) == top)
                .count()
        };
        match step {
            Move::Shift => {
                let under = state.stack.split_last().map_or(&[][..], |(_, rest)| rest);
                let head = self.head(first);
                let lost_head = usize::from(under.contains(&head));
                let lost = state
                    .stack
                    .iter()
                    .filter(|token| self.head(**token) == first)
                    .count();
                lost_head + lost
            }
            Move::Left => {
                let head = self.head(top);
                let lost_head = head == below && below != NONE || in_buffer(head) && head != first;
                usize::from(lost_head) + dependents_ahead()
            }
            Move::Right => usize::from(in_buffer(self.head(top))) + dependents_ahead(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Following moves of no cost gives the gold tree.
    #[test]
    fn a_projective_tree_is_reached() {
        // "he saw her cat": saw ← root.
        let heads = [1, 4, 3, 1];
        let gold = Gold { heads: &heads };
        let mut state = State::new(4);
        while !state.is_over() {
            let free = Move::ALL
                .into_iter()
                .find(|step| state.may(*step) && gold.cost(&state, *step) == 0);
            state.make(free.unwrap(), 0);
        }
        assert_eq!(state.heads[..4], heads);
    }
}
