//! The closed sets of a treebank, and its sentences as numbers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::text::{ConlluSentence, ConlluToken, Tag, TokenRows, word_hash};
use crate::train::neural::batch::NeuralExample;

/// Tags rarer than this are trained as the commonest one of the same fine tag.
const TAG_COUNT_MIN: usize = 4;
/// At most so many tags, and so many labels.
const CLASSES_MAX: usize = 126;
/// Words rarer than this are unknown ones.
const WORD_COUNT_MIN: usize = 2;
/// Sentences with more tokens are left out of training.
const LENGTH_MAX: usize = 150;

/// Tags and labels, the commonest first, and the hashes of the known words, sorted.
#[derive(Debug)]
pub(super) struct ClosedSets {
    pub(super) tags: Vec<Tag>,
    pub(super) labels: Vec<String>,
    pub(super) words: Vec<u32>,
}

impl ClosedSets {
    /// Takes stock of a treebank.
    pub(super) fn of(treebank: &[ConlluSentence]) -> Self {
        let tokens = || treebank.iter().flat_map(|sentence| &sentence.tokens);
        let mut tags: BTreeMap<Tag, usize> = BTreeMap::new();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        let mut words: BTreeMap<u32, usize> = BTreeMap::new();
        for token in tokens() {
            if let Ok(upos) = token.upos.parse() {
                let xpos = token.xpos.clone();
                *tags.entry(Tag { upos, xpos }).or_default() += 1;
            }
            *labels.entry(token.deprel.clone()).or_default() += 1;
            *words.entry(word_hash(&token.form)).or_default() += 1;
        }
        tags.retain(|_, count| *count >= TAG_COUNT_MIN);
        words.retain(|_, count| *count >= WORD_COUNT_MIN);
        Self {
            tags: commonest(tags),
            labels: commonest(labels),
            words: words.into_keys().collect(),
        }
    }

    fn tag(&self, token: &ConlluToken) -> usize {
        let exact = self
            .tags
            .iter()
            .position(|tag| tag.upos.name() == token.upos && tag.xpos == token.xpos);
        let near = || self.tags.iter().position(|tag| tag.xpos == token.xpos);
        exact.or_else(near).unwrap_or(0)
    }

    /// Makes examples of the sentences that can be trained on.
    pub(super) fn examples(&self, treebank: &[ConlluSentence]) -> Vec<NeuralExample> {
        let label = |token: &ConlluToken| {
            let index = self.labels.iter().position(|label| *label == token.deprel);
            index.unwrap_or(0)
        };
        let usual = treebank
            .iter()
            .filter(|sentence| sentence.tokens.len() <= LENGTH_MAX);
        usual
            .map(|sentence| {
                let tokens = &sentence.tokens;
                // A head that does not exist is the root.
                let head = |token: &ConlluToken| {
                    let head = token.head.checked_sub(1).unwrap_or(tokens.len());
                    head.min(tokens.len())
                };
                NeuralExample {
                    tokens: tokens
                        .iter()
                        .map(|token| TokenRows::of(&token.form, &self.words))
                        .collect(),
                    tags: tokens.iter().map(|token| self.tag(token)).collect(),
                    heads: tokens.iter().map(head).collect(),
                    labels: tokens.iter().map(label).collect(),
                }
            })
            .collect()
    }
}

/// Returns what was counted, the commonest first, of equals the least.
fn commonest<T: Ord>(counts: BTreeMap<T, usize>) -> Vec<T> {
    let mut all: Vec<(T, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| Reverse(*count));
    all.truncate(CLASSES_MAX);
    all.into_iter().map(|(item, _)| item).collect()
}
