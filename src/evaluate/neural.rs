//! How right the network is, on gold tokens.

use crate::evaluate::syntax::SyntaxScores;
use crate::text::{ConlluSentence, NeuralModel};

/// Parses the gold tokens of a treebank and counts what is right; the network gives no lemmas. Time:
/// linear in the number of tokens.
#[must_use]
pub fn score_neural(model: &NeuralModel, treebank: &[ConlluSentence]) -> SyntaxScores {
    let sentences: Vec<Vec<&str>> = treebank
        .iter()
        .map(|sentence| {
            let tokens = sentence.tokens.iter();
            tokens.map(|token| token.form.as_str()).collect()
        })
        .collect();
    let mut scores = SyntaxScores::default();
    for (gold, found) in treebank.iter().zip(model.parse_batch(&sentences)) {
        for (gold, found) in gold.tokens.iter().zip(found) {
            let is_head = gold.head.checked_sub(1) == found.head;
            scores.tokens += 1;
            scores.upos += usize::from(gold.upos == found.tag.upos.name());
            scores.xpos += usize::from(gold.xpos == found.tag.xpos);
            scores.head += usize::from(is_head);
            scores.labelled += usize::from(is_head && gold.deprel == found.label);
        }
    }
    scores
}
