//! Half-open ranges that say what they count.

use std::marker::PhantomData;
use std::ops::Range;

/// Counts bytes of a UTF-8 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}

/// Counts tokens of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {}

/// A half-open range `[start, end)` of bytes or tokens.
///
/// A span never ends before it starts; 32 bits are enough for an article of four gigabytes.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound = "")]
pub struct Span<Unit> {
    start: u32,
    end: u32,
    #[serde(skip)]
    unit: PhantomData<Unit>,
}

impl<Unit> Span<Unit> {
    /// Builds the span `[start, end)`; an `end` before `start` is taken as `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(start);
        Self {
            start,
            end,
            unit: PhantomData,
        }
    }

    /// Returns the first position inside.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the first position after the span.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Returns how many positions lie inside.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Says whether nothing lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the span as a standard range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Says whether `inner` lies wholly inside.
    #[must_use]
    pub const fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Says whether the two share at least one position.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            unit: PhantomData,
        }
    }
}

impl Span<Byte> {
    /// Returns the covered part of `text`, or nothing where the span does not lie on its
    /// character boundaries.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

// Written by hand: deriving would ask the marker types for traits they do not need.
impl<Unit> Clone for Span<Unit> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<Unit> Copy for Span<Unit> {}
impl<Unit> PartialEq for Span<Unit> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<Unit> Eq for Span<Unit> {}
impl<Unit> PartialOrd for Span<Unit> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<Unit> Ord for Span<Unit> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<Unit> std::hash::Hash for Span<Unit> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<Unit> std::fmt::Debug for Span<Unit> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_half_open() {
        let span = Span::<Byte>::new(2, 4);
        assert_eq!(span.of("häus"), None, "byte 2 is inside the ä");
        assert_eq!(span.of("haus"), Some("us"));
        assert!(!span.overlaps(Span::new(4, 6)));
        assert!(span.join(Span::new(6, 7)).contains(span));
        assert!(Span::<Byte>::new(5, 3).is_empty());
    }
}
