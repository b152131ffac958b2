//! Where sentences end: a classifier of the white space between two pieces of a text.
//!
//! Pieces are what stands between white space. A gap is looked at if it holds a line break, if a
//! mark stands before it, or if no small letter follows; all others are within a sentence.

use crate::model::{Byte, Span};
use crate::text::dateline::find_dateline;
use crate::text::sentence::begins_with_starter;
use crate::text::syntax::piece::{QUOTED_COMMA, Shape, View};
use crate::text::syntax::shortened::Shortened;
use crate::text::syntax::weights::{CellTable, begin, best_class, mix, place};

/// Longest sentence, in bytes; a longer one is cut, so that one line of ten megabytes costs no more
/// than many lines.
const SENTENCE_BYTES_MAX: usize = 4_000;

/// Marks in front of the items of a list; dashes and stars also stand within sentences.
const BULLETS: &[char] = &['•', '‣', '▪', '◦', '■', '►', '●'];

/// Words in front of who made a picture; they follow its caption, which often has no stop.
const CREDITS: &[&str] = &[
    "Image:", "Images:", "Photo:", "Photos:", "Picture:", "Credit:",
];

const WEEKDAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Two to this power are the places of the table.
pub(crate) const BOUNDARY_BITS: u32 = 17;

/// The class of a gap where a sentence ends, and of one where it goes on.
pub(crate) const ENDS: u8 = 1;
pub(crate) const GOES_ON: u8 = 0;
pub(crate) const BOTH: u128 = 0b11;

/// What training finds out about the ends of sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BoundaryModel {
    pub(crate) weights: CellTable,
    /// Hashes of the words that are mostly written small, sorted.
    pub(crate) common: Vec<u32>,
}

impl BoundaryModel {
    /// Returns the sentences of `text` behind `start`, in order, without white space around.
    ///
    /// Every other character than white space is in exactly one. Time: linear.
    pub(crate) fn split(&self, text: &str, start: usize) -> Vec<Span<Byte>> {
        let mut sentences = Vec::new();
        let mut from = None;
        let mut last_end = start;
        let pieces = Pieces::of(text, start);
        let ends = pieces.ends(&self.common, |features, _| {
            best_class(&self.weights, features, BOTH) == ENDS
        });
        for (index, piece) in pieces.list.iter().enumerate() {
            if let Some(first) = from
                && (ends.binary_search(&index).is_ok() || piece.end - first > SENTENCE_BYTES_MAX)
            {
                sentences.push(Span::new(first, last_end));
                from = None;
            }
            let mut first = *from.get_or_insert(piece.start);
            while piece.end - first > SENTENCE_BYTES_MAX {
                let mut cut = first + SENTENCE_BYTES_MAX;
                while !text.is_char_boundary(cut) {
                    cut -= 1;
                }
                sentences.push(Span::new(first, cut));
                first = cut;
            }
            from = Some(first);
            last_end = piece.end;
        }
        if let Some(first) = from {
            sentences.push(Span::new(first, last_end));
        }
        sentences
    }
}

/// What stands between white space.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    /// Line breaks in front of it; two stand for more.
    breaks: u8,
    /// Spaces in front of it: more than one.
    is_wide: bool,
    /// The line on which it stands, among those that are not empty.
    line: usize,
}

/// A line that is not empty.
#[derive(Debug, Clone, Copy)]
struct Line {
    length: usize,
    /// The last piece on it.
    last: usize,
}

/// A text in pieces.
pub(crate) struct Pieces<'a> {
    text: &'a str,
    list: Vec<Piece>,
    lines: Vec<Line>,
    /// Where text begins behind datelines.
    datelines: Vec<usize>,
}

impl<'a> Pieces<'a> {
    /// Takes the text behind `start` to pieces. Time: linear.
    pub(crate) fn of(text: &'a str, start: usize) -> Self {
        let mut pieces = Self {
            text,
            list: Vec::new(),
            lines: Vec::new(),
            datelines: Vec::new(),
        };
        let (mut breaks, mut spaces) = (0_u8, 0_u8);
        let mut from = None;
        let mut line_start = start;
        let rest = text.get(start..).unwrap_or_default();
        let end = [(rest.len(), '\n')];
        for (offset, c) in rest.char_indices().chain(end) {
            let at = start + offset;
            if !c.is_whitespace() {
                from = from.or(Some(at));
                continue;
            }
            if let Some(first) = from.take() {
                if breaks > 0 || pieces.lines.is_empty() {
                    pieces.lines.push(Line { length: 0, last: 0 });
                    line_start = first;
                }
                if let Some(line) = pieces.lines.last_mut() {
                    line.length = at - line_start;
                    line.last = pieces.list.len();
                }
                pieces.list.push(Piece {
                    start: first,
                    end: at,
                    breaks,
                    is_wide: spaces > 1,
                    line: pieces.lines.len() - 1,
                });
                (breaks, spaces) = (0, 0);
            }
            if matches!(c, '\n' | '\u{2028}' | '\u{2029}' | '\u{85}') {
                breaks = 2.min(breaks + 1);
            } else {
                spaces = 2.min(spaces + 1);
            }
        }
        pieces.find_datelines();
        pieces
    }

    /// Asks `decide` about each gap that may end a sentence, with its features and with where the
    /// piece behind it begins, and returns the pieces that begin a sentence, but for the first.
    pub(crate) fn ends(
        &self,
        common: &[u32],
        mut decide: impl FnMut(&[u32], usize) -> bool,
    ) -> Vec<usize> {
        let view = |index: usize| {
            let piece = self.list.get(index);
            piece.map_or(View::default(), |piece| {
                View::of(self.text.get(piece.start..piece.end).unwrap_or_default())
            })
        };
        let mut ends = Vec::new();
        let mut state = State {
            starts_line: true,
            ..State::default()
        };
        let mut views = [View::default(), View::default(), view(0), view(1)];
        let mut features = Vec::with_capacity(40);
        for (index, piece) in self.list.iter().enumerate().skip(1) {
            let [_, second, third, fourth] = views;
            views = [second, third, fourth, view(index + 1)];
            state.pass(&views[1]);
            if piece.breaks == 0 && !may_end(&views[1], &views[2]) {
                continue;
            }
            let certain = self.certain(piece, &views[1], &views[2]);
            let is_dated = || self.is_dated(index, &state, &views[2]).then_some(true);
            let is_end = certain.or_else(is_dated).unwrap_or_else(|| {
                features.clear();
                let gap = Gap {
                    views: &views,
                    state: &state,
                    breaks: self.breaks(index),
                    is_wide: piece.is_wide,
                    is_starter: self
                        .text
                        .get(piece.start..piece.end)
                        .is_some_and(begins_with_starter),
                    is_common: common.binary_search(&views[2].word).is_ok(),
                    left: self
                        .lines
                        .get(piece.line)
                        .map_or(0, |line| line.last + 1 - index.min(line.last + 1)),
                };
                gap.fill(&mut features);
                decide(&features, piece.start)
            });
            if is_end {
                ends.push(index);
                state = State {
                    starts_line: piece.breaks > 0,
                    ..State::default()
                };
            }
        }
        ends
    }

    /// Says whether a sentence ends in front of `piece` where no learning is needed.
    fn certain(&self, piece: &Piece, before: &View, after: &View) -> Option<bool> {
        if piece.breaks > 1 || self.datelines.contains(&piece.start) {
            return Some(true);
        }
        let word = self.text.get(piece.start..piece.end)?;
        if piece.breaks > 0 && word.starts_with(BULLETS) {
            return Some(true);
        }
        if CREDITS.contains(&word) && !before.is_marked {
            return Some(true);
        }
        // "“Yes,” Smith said."
        if before.mark == Some(QUOTED_COMMA) && piece.breaks == 0 {
            return Some(false);
        }
        if before.mark == Some(':') && after.shape == Shape::Small && piece.breaks == 0 {
            return Some(false);
        }
        if before.mark != Some('.') || after.shape == Shape::Marks {
            return None;
        }
        match before.short {
            Shortened::Title if piece.breaks == 0 => Some(false),
            // "He left the U.S. The talks failed."
            Shortened::Initials | Shortened::Other if after.shape == Shape::Capital => {
                // "at 10 a.m. Monday"
                let is_day = before.short == Shortened::Initials
                    && WEEKDAYS.iter().any(|day| word.starts_with(day));
                let is_start = begins_with_starter(word) || matches!(word, "Mr." | "Mrs." | "Ms.");
                (is_day || is_start).then_some(!is_day)
            }
            Shortened::Initials | Shortened::Other if after.shape == Shape::Small => Some(false),
            _ => None,
        }
    }

    /// Says whether the sentence so far is a date alone, as below a headline: "Friday, January 16,
    /// 2026".
    fn is_dated(&self, index: usize, state: &State, after: &View) -> bool {
        const PIECES: usize = 4;
        if state.pieces != 4 || !state.starts_line || after.shape != Shape::Capital {
            return false;
        }
        let word = |index: usize| {
            let piece = self.list.get(index)?;
            self.text.get(piece.start..piece.end)
        };
        let day = index.checked_sub(PIECES).and_then(word);
        let year = index.checked_sub(1).and_then(word);
        day.and_then(|day| day.strip_suffix(','))
            .is_some_and(|day| WEEKDAYS.contains(&day))
            && year.is_some_and(|year| year.len() == 4 && year.parse::<u16>().is_ok())
    }

    /// Finds datelines at the first lines, as below a headline: what follows begins a sentence.
    fn find_datelines(&mut self) {
        const LINES: usize = 8;
        let starts = self.list.iter().filter(|piece| piece.breaks > 0);
        for piece in starts.take(LINES) {
            let rest = self.text.get(piece.start..).unwrap_or_default();
            // Without an agency it may be any word in capitals.
            let found = find_dateline(rest)
                .filter(|span| span.of(rest).is_some_and(|line| line.contains('(')));
            if let Some(span) = found {
                self.datelines.push(piece.start + span.end());
            }
        }
    }

    /// Describes the line break in front of a piece: 0 if there is none.
    ///
    /// Mail programs break a line where the next word would not have fitted; the widest of the lines
    /// around shows how much fits.
    fn breaks(&self, index: usize) -> u32 {
        const AROUND: usize = 3;
        let Some(piece) = self.list.get(index).filter(|piece| piece.breaks > 0) else {
            return 0;
        };
        let line = piece.line;
        let near = self
            .lines
            .get(line.saturating_sub(AROUND + 1)..self.lines.len().min(line + AROUND));
        let width = near.and_then(|near| near.iter().map(|line| line.length).max());
        let width = width.unwrap_or(0);
        let before = line.checked_sub(1).and_then(|line| self.lines.get(line));
        let filled = before.map_or(0, |line| line.length) + 1 + (piece.end - piece.start);
        let width_class = match width {
            0..45 => 0,
            45..65 => 1,
            65..85 => 2,
            85..110 => 3,
            _ => 4,
        };
        let slack_class = match width.checked_sub(filled) {
            None => 0,
            Some(0..8) => 1,
            Some(8..20) => 2,
            Some(_) => 3,
        };
        1 + width_class * 4 + slack_class
    }
}

/// Says whether a sentence may end between two pieces on one line.
fn may_end(before: &View, after: &View) -> bool {
    before.is_marked || after.shape != Shape::Small
}

/// The sentence so far.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and a feature"
)]
#[derive(Debug, Clone, Copy, Default)]
struct State {
    pieces: u32,
    first: Shape,
    first_word: u32,
    is_list_mark: bool,
    is_quoted: bool,
    depth: i8,
    /// No small letter so far.
    has_small: bool,
    /// It stands at the start of a line.
    starts_line: bool,
}

impl State {
    fn pass(&mut self, view: &View) {
        if self.pieces == 0 {
            self.first = view.shape;
            self.first_word = view.word;
            self.is_list_mark = view.shape == Shape::Marks
                || (matches!(view.shape, Shape::Digits | Shape::Single) || view.form < 8)
                    && view.is_marked;
        }
        self.pieces = self.pieces.saturating_add(1);
        self.is_quoted ^= view.quotes % 2 == 1;
        self.depth = self.depth.saturating_add(view.opened).max(0);
        self.has_small |= view.shape == Shape::Small;
    }

    fn length_class(&self) -> u32 {
        match self.pieces {
            0..4 => self.pieces,
            4..6 => 4,
            6..10 => 5,
            10..16 => 6,
            16..30 => 7,
            30..60 => 8,
            _ => 9,
        }
    }
}

/// The white space between two pieces, and what is around.
struct Gap<'a> {
    /// Two pieces before and two behind.
    views: &'a [View; 4],
    state: &'a State,
    breaks: u32,
    is_wide: bool,
    is_common: bool,
    /// The piece behind is a common first word.
    is_starter: bool,
    /// Pieces left on the line behind.
    left: usize,
}

impl Gap<'_> {
    /// Adds the places of the features.
    fn fill(&self, places: &mut Vec<u32>) {
        let [earlier, before, after, later] = self.views;
        let state = self.state;
        let gap = u32::from(self.breaks > 0) * 2 + u32::from(self.is_wide);
        let (shape, end) = (after.shape as u32, before.end);
        let length = state.length_class();
        let open = u32::from(state.is_quoted) + 2 * u32::from(state.depth > 0);
        let left = u32::try_from(self.left.min(5)).unwrap_or(5);
        let follows = shape * 2 + u32::from(self.is_common);
        let list = u32::from(state.is_list_mark) * 2 + u32::from(state.pieces == 1);
        let line = u32::from(state.starts_line) * 2 + u32::from(state.has_small);
        let starter = u32::from(self.is_starter);
        let sets: [&[u32]; 40] = [
            &[gap, end],
            &[gap, before.tail],
            &[gap, before.tail, follows],
            &[gap, end, after.lead, follows],
            &[before.tail, after.lead, follows],
            &[before.word, before.tail],
            &[before.word, end, shape],
            &[before.word, gap],
            &[after.word, end],
            &[after.word, shape, gap],
            &[after.word, after.tail, end, gap],
            &[before.form, before.shape as u32, end, follows],
            &[before.form, end, gap],
            &[length, end, follows],
            &[length, gap, end],
            &[length, before.tail],
            &[open, before.tail, after.lead],
            &[open, end, follows],
            &[earlier.shape as u32, before.shape as u32, end, follows],
            &[shape, later.shape as u32, end, before.shape as u32],
            &[after.form, after.tail, shape, end],
            &[before.short as u32, before.tail, follows, gap],
            &[before.short as u32, after.word, end],
            &[self.breaks, follows],
            &[self.breaks, end, follows],
            &[self.breaks, end, length],
            &[list, end, before.tail, follows],
            &[list, state.first_word, gap],
            &[u32::from(state.has_small), shape, end],
            &[state.first as u32, length, end, shape],
            &[left, end, follows],
            &[left, gap, length, shape],
            &[earlier.word, before.word, end],
            &[after.word, later.word, end],
            &[earlier.tail, before.tail, after.tail, shape],
            &[line, length, follows, end],
            &[line, before.shape as u32, follows, end],
            &[line, after.word, end],
            &[starter, later.shape as u32, end, before.shape as u32],
            &[starter, later.shape as u32, end, line],
        ];
        for (template, set) in (1_u32..).zip(sets) {
            let hash = set
                .iter()
                .fold(begin(template), |hash, value| mix(hash, *value));
            places.push(place(hash, BOUNDARY_BITS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits where no learning is needed.
    fn check(text: &str, expected: &[&str]) {
        let sentences = BoundaryModel::default().split(text, 0);
        let found: Vec<_> = sentences.iter().filter_map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn some_ends_need_no_learning() {
        check("One \n \n two\n\n\nthree", &["One", "two", "three"]);
        check(
            "He left the U.S. The talks failed.",
            &["He left the U.S.", "The talks failed."],
        );
        check(
            "At 10 a.m. Monday in Geneva",
            &["At 10 a.m. Monday in Geneva"],
        );
        check(
            "Talks resume\nGENEVA, March 3 (Sample Wire) - Ministers met",
            &[
                "Talks resume\nGENEVA, March 3 (Sample Wire) -",
                "Ministers met",
            ],
        );
        check("", &[]);
        check(" \n\n ", &[]);
    }

    #[test]
    fn long_sentences_are_cut_between_characters() {
        let words = "word ".repeat(20_000);
        assert!(BoundaryModel::default().split(&words, 0).len() > 20);
        let unbroken = "é—".repeat(20_000);
        let sentences = BoundaryModel::default().split(&unbroken, 0);
        assert!(sentences.iter().all(|span| span.of(&unbroken).is_some()));
        assert_eq!(
            sentences.iter().map(|span| span.len()).sum::<usize>(),
            unbroken.len()
        );
    }

    #[test]
    fn line_breaks_are_told_by_the_width_around() {
        let wrapped = "Ministers of the two countries met on Monday in the old palace of\nthe kings of that land";
        let listed = "Ministers of the two countries met on Monday in the old palace of\nthe kings\nof the land";
        let breaks = |text: &str| Pieces::of(text, 0).breaks(13);
        assert_eq!(Pieces::of("a b", 0).breaks(1), 0);
        assert_ne!(breaks(wrapped), 0);
        let pieces = Pieces::of(listed, 0);
        assert_ne!(pieces.breaks(13), pieces.breaks(15));
    }
}
