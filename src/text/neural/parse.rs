//! Tags and trees from the network.

use std::cmp::Reverse;

use crate::text::neural::features::TokenRows;
use crate::text::neural::forward::{Trace, arc_scores, label_scores, run, with_root};
use crate::text::neural::layout::Layout;
use crate::text::neural::maths::best_of;
use crate::text::neural::model::NeuralModel;
use crate::text::neural::tree::best_tree;
use crate::text::syntax::TreeToken;

/// Longest piece of a sentence that is parsed as a whole, in tokens.
const PIECE_MAX: usize = 200;
/// Sentences that go through the network together.
const BATCH: usize = 32;
/// The label of the root, and of nothing else.
const ROOT: &str = "root";
/// The label of what no tree was sought for.
const UNKNOWN: &str = "dep";

/// A piece of a sentence.
struct Piece {
    sentence: usize,
    /// Its first token.
    start: usize,
    tokens: Vec<TokenRows>,
}

impl NeuralModel {
    /// Tags and parses sentences given as their tokens; each has one root and no cycles.
    ///
    /// Of more than 200 tokens, pieces are parsed each for itself, and the roots of those behind
    /// hang on the first. A sentence's analysis does not depend on the others. Time: linear in the
    /// number of tokens.
    #[must_use]
    pub fn parse_batch(&self, sentences: &[Vec<&str>]) -> Vec<Vec<TreeToken<'_>>> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (sentence, forms) in sentences.iter().enumerate() {
            for (index, forms) in forms.chunks(PIECE_MAX).enumerate() {
                let tokens = forms.iter().map(|form| TokenRows::of(form, &self.words));
                pieces.push(Piece {
                    sentence,
                    start: index * PIECE_MAX,
                    tokens: tokens.collect(),
                });
            }
        }
        // Sentences of one length waste no time on each other.
        pieces.sort_by_key(|piece| Reverse(piece.tokens.len()));
        let mut parsed: Vec<(usize, usize, Vec<TreeToken<'_>>)> = Vec::new();
        for batch in pieces.chunks(BATCH) {
            let results = self.parse_pieces(batch);
            let places = batch.iter().map(|piece| (piece.sentence, piece.start));
            parsed.extend(places.zip(results).map(|((s, t), tokens)| (s, t, tokens)));
        }
        parsed.sort_by_key(|(sentence, start, _)| (*sentence, *start));
        let mut all: Vec<Vec<TreeToken<'_>>> = sentences.iter().map(|_| Vec::new()).collect();
        for (sentence, start, tokens) in parsed {
            let Some(out) = all.get_mut(sentence) else {
                continue;
            };
            let root = out.iter().position(|token| token.head.is_none());
            out.extend(tokens.into_iter().map(|token| match (token.head, root) {
                (None, Some(root)) => TreeToken {
                    head: Some(root),
                    label: UNKNOWN,
                    ..token
                },
                (head, _) => TreeToken {
                    head: head.map(|head| head + start),
                    ..token
                },
            }));
        }
        all
    }

    /// Parses pieces, the longest first.
    fn parse_pieces(&self, pieces: &[Piece]) -> Vec<Vec<TreeToken<'_>>> {
        let lengths = pieces.iter().map(|piece| piece.tokens.len()).collect();
        let layout = Layout::of(lengths);
        let mut tokens = Vec::with_capacity(layout.rows());
        for (step, (_, alive)) in layout.steps().iter().enumerate() {
            let alive = pieces.iter().take(*alive);
            tokens.extend(alive.filter_map(|piece| piece.tokens.get(step).cloned()));
        }
        let trace = run(&self.network, &layout, &tokens, None);
        let root_label = self.labels.iter().position(|label| label == ROOT);
        let lengths = layout.lengths().iter().enumerate();
        lengths
            .map(|(sentence, length)| {
                let rows: Vec<usize> = (0..*length)
                    .map(|token| layout.row(sentence, token))
                    .collect();
                self.decode_piece(&trace, &rows, root_label)
            })
            .collect()
    }

    fn decode_piece(
        &self,
        trace: &Trace,
        rows: &[usize],
        root_label: Option<usize>,
    ) -> Vec<TreeToken<'_>> {
        let heads = best_tree(&arc_scores(trace, rows));
        let head_rows = with_root(rows, trace);
        let mut scores = Vec::new();
        let tokens = rows.iter().zip(heads).filter_map(|(row, head)| {
            let label = match head.and_then(|head| head_rows.get(head)) {
                None => Some(ROOT),
                Some(head) => {
                    label_scores(trace, *row, *head, &mut scores);
                    if let Some(score) = root_label.and_then(|root| scores.get_mut(root)) {
                        *score = f32::MIN;
                    }
                    self.labels.get(best_of(&scores)).map(String::as_str)
                }
            };
            Some(TreeToken {
                tag: self.tags.get(best_of(trace.tag_scores.row(*row)))?,
                head,
                label: label.unwrap_or(UNKNOWN),
            })
        });
        tokens.collect()
    }
}
