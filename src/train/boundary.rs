//! Learns where sentences end.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{
    BOTH, BOUNDARY_BITS, BoundaryModel, ConlluSentence, ENDS, GOES_ON, Pieces, best_class,
    piece_hash, score_class,
};
use crate::train::perceptron::{Seeded, TrainCells};

const PASSES: usize = 8;
/// So many trainings are averaged.
const SEEDS: u64 = 6;
/// A wrong answer must score this much less than the right one.
const MARGIN: i32 = 30;
/// So many sentences make a text.
const SENTENCES: usize = 60;
/// Of a hundred gaps so many follow the gold ends, the others what is guessed.
const FOLLOWED: usize = 70;
/// A common word is seen small at least so often.
const SMALL_COUNT_MIN: usize = 2;

/// How the sentences of a treebank are laid out as a text.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// Between paragraphs.
    paragraph: &'static str,
    /// Lines are broken here, as mail programs do.
    width: Option<usize>,
}

impl Layout {
    /// Most texts have a line to a paragraph.
    fn any(seeded: &mut Seeded) -> Self {
        let paragraph = match seeded.below(10) {
            0..7 => "\n",
            _ => "\n\n",
        };
        let is_wrapped = seeded.below(10) < 2;
        Self {
            paragraph,
            width: is_wrapped.then(|| 60 + seeded.below(20)),
        }
    }

    /// Lays sentences out, and returns the text and where each but the first begins.
    fn text(self, sentences: &[ConlluSentence]) -> (String, BTreeSet<usize>) {
        let mut text = String::new();
        let mut starts = BTreeSet::new();
        let mut line_start = 0;
        for sentence in sentences {
            let mut glue = if sentence.begins_paragraph {
                self.paragraph
            } else {
                " "
            };
            let mut is_start = true;
            for piece in pieces(sentence) {
                if !text.is_empty() {
                    let is_full = self
                        .width
                        .is_some_and(|width| text.len() - line_start + 1 + piece.len() > width);
                    let glue = if is_full && glue == " " { "\n" } else { glue };
                    text.push_str(glue);
                    if glue != " " {
                        line_start = text.len();
                    }
                    if is_start {
                        starts.insert(text.len());
                    }
                }
                text.push_str(&piece);
                is_start = false;
                glue = " ";
            }
        }
        (text, starts)
    }
}

/// Joins the tokens of a sentence to what stands between white space.
fn pieces(sentence: &ConlluSentence) -> Vec<String> {
    let mut text = String::new();
    for token in &sentence.tokens {
        text.push_str(&token.form);
        if token.space_after {
            text.push(' ');
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}

/// Learns from the sentences of a treebank, in their order.
pub(crate) fn learn_boundaries(treebank: &[ConlluSentence]) -> BoundaryModel {
    let common = common_words(treebank);
    let runs: Vec<TrainCells> = (1..=SEEDS)
        .map(|seed| fit(treebank, &common, seed))
        .collect();
    BoundaryModel {
        weights: TrainCells::averaged(&runs),
        common,
    }
}

fn fit(treebank: &[ConlluSentence], common: &[u32], seed: u64) -> TrainCells {
    let mut cells = TrainCells::new(BOUNDARY_BITS);
    let mut seeded = Seeded(seed);
    let mut texts: Vec<&[ConlluSentence]> = treebank.chunks(SENTENCES).collect();
    for _ in 0..PASSES {
        seeded.shuffle(&mut texts);
        for sentences in &texts {
            let (text, starts) = Layout::any(&mut seeded).text(sentences);
            Pieces::of(&text, 0).ends(common, |features, start| {
                let is_end = starts.contains(&start);
                let guess = best_class(&cells, features, BOTH) == ENDS;
                let (right, wrong) = if is_end {
                    (ENDS, GOES_ON)
                } else {
                    (GOES_ON, ENDS)
                };
                let score = |class| score_class(&cells, features, class);
                if score(right) < score(wrong) + MARGIN {
                    cells.learn(features, right, wrong);
                }
                cells.time += 1;
                if seeded.below(100) < FOLLOWED {
                    is_end
                } else {
                    guess
                }
            });
        }
    }
    cells
}

/// Returns the hashes of the words that are mostly written small within sentences, sorted.
fn common_words(treebank: &[ConlluSentence]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for sentence in treebank {
        for piece in pieces(sentence).iter().skip(1) {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let count = counts.entry(piece_hash(word)).or_default();
            if word.starts_with(char::is_lowercase) {
                count.0 += 1;
            } else {
                count.1 += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, (small, capital))| *small >= SMALL_COUNT_MIN && *small > 2 * capital)
        .map(|(word, _)| word)
        .collect()
}
