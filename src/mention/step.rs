//! The steps of a trie: which node a unit leads to from another.

/// So many bits of a slot are the node that a step leads to; the others tell whose step it is.
const NODE_BITS: u32 = 24;

/// The steps in one flat table of eight bytes a slot, so that as many as possible stay near the
/// processor: looking up is a wait for memory and little else.
///
/// A slot keeps 40 bits of the hash of its step, its place about 17 more. Two steps that agree in all
/// of them would be taken for one; by chance that happens once in 10¹² units looked up.
#[derive(Debug)]
pub(crate) struct Steps {
    /// Hash and node; 0 is free, as no step leads to the root.
    slots: Vec<u64>,
    /// What of a hash is left when it is shifted by so much is its place.
    shift: u32,
    /// The whole hash of the step to each node but the root, for a larger table.
    keys: Vec<u64>,
}

impl Steps {
    /// Makes a table with room for so many steps.
    pub(crate) fn with_capacity(steps: usize) -> Self {
        let mut table = Self {
            slots: Vec::new(),
            shift: 0,
            keys: Vec::with_capacity(steps),
        };
        table.resize(slots_for(steps));
        table
    }

    /// Returns how many nodes there are; the root is one.
    pub(crate) fn nodes(&self) -> usize {
        self.keys.len() + 1
    }

    /// Returns where a unit leads from a node.
    pub(crate) fn get(&self, node: u32, unit: u64) -> Option<u32> {
        self.find(key(node, unit)).ok()
    }

    /// Returns where a unit leads from a node, a new node if nowhere yet; nothing if there are too
    /// many nodes.
    pub(crate) fn enter(&mut self, node: u32, unit: u64) -> Option<u32> {
        let key = key(node, unit);
        let place = match self.find(key) {
            Ok(found) => return Some(found),
            Err(place) => place,
        };
        let new = u32::try_from(self.nodes()).ok();
        let new = new.filter(|new| *new < 1 << NODE_BITS)?;
        self.keys.push(key);
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = key << NODE_BITS | u64::from(new);
        }
        if slots_for(self.keys.len()) > self.slots.len() {
            self.resize(2 * self.slots.len());
        }
        Some(new)
    }

    /// Gives back the memory that only more steps would need.
    pub(crate) fn close(&mut self) {
        self.keys = Vec::new();
    }

    /// Returns the node of a step, or the place of the free slot where it belongs.
    fn find(&self, key: u64) -> Result<u32, usize> {
        let last = self.slots.len() - 1;
        // INVARIANT: the place has as few bits as the number of slots, which fits into memory.
        let mut place = usize::try_from(key >> self.shift).unwrap_or(last);
        while let Some(slot) = self.slots.get(place).filter(|slot| **slot != 0) {
            if (slot ^ key << NODE_BITS) >> NODE_BITS == 0 {
                let node = slot & ((1 << NODE_BITS) - 1);
                return Ok(u32::try_from(node).unwrap_or(0));
            }
            place = (place + 1) & last;
        }
        Err(place)
    }

    fn resize(&mut self, slots: usize) {
        self.slots = vec![0; slots];
        self.shift = u64::BITS - slots.trailing_zeros();
        for (node, key) in (1..).zip(&self.keys) {
            if let Err(place) = self.find(*key)
                && let Some(slot) = self.slots.get_mut(place)
            {
                *slot = key << NODE_BITS | node;
            }
        }
    }
}

/// Returns how many slots so many steps need: a power of two, a quarter of it or more free.
const fn slots_for(steps: usize) -> usize {
    let slots = steps + steps / 3 + 2;
    slots.next_power_of_two()
}

/// Mixes a node's number into a unit's hash.
const fn key(node: u32, unit: u64) -> u64 {
    let mixed = unit ^ (node as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::unit::hash;

    #[test]
    fn steps_lead_where_they_led_when_the_table_grows() {
        let mut steps = Steps::with_capacity(0);
        let unit = |number: u32| hash(&number.to_string());
        let mut expected = Vec::new();
        for number in 0..50_000 {
            let node = number / 3;
            let next = steps.enter(node, unit(number)).unwrap();
            assert_eq!(next, number + 1);
            expected.push((node, unit(number), next));
        }
        for (node, unit, next) in &expected {
            assert_eq!(steps.enter(*node, *unit), Some(*next));
        }
        assert_eq!(steps.nodes(), 50_001);
        steps.close();
        for (node, unit, next) in &expected {
            assert_eq!(steps.get(*node, *unit), Some(*next));
            assert_eq!(steps.get(node + 1, *unit), None);
        }
    }
}
