//! How right the analyser is, on gold tokens.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{Analyser, ConlluSentence};

/// Counts of right tokens; the usual definition: labels with subtypes, punctuation included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyntaxScores {
    /// Tokens.
    pub tokens: usize,
    /// With the right universal part of speech.
    pub upos: usize,
    /// With the right finer tag.
    pub xpos: usize,
    /// With the right lemma.
    pub lemma: usize,
    /// With the right mood, number, person, tense, verb form and voice.
    pub morphology: usize,
    /// With the right head (UAS).
    pub head: usize,
    /// With the right head and label (LAS).
    pub labelled: usize,
}

impl SyntaxScores {
    /// Returns a count in percent of all tokens.
    #[must_use]
    pub fn percent(&self, count: usize) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of tokens are far below 2^52"
        )]
        let (count, all) = (count as f64, self.tokens.max(1) as f64);
        100.0 * count / all
    }
}

/// Analyses the gold tokens of a treebank and counts what is right.
#[must_use]
pub fn score_syntax(analyser: &Analyser, treebank: &[ConlluSentence]) -> SyntaxScores {
    let mut scores = SyntaxScores::default();
    let found = analyser.analyse_sentences(treebank.to_vec());
    for (gold, found) in treebank.iter().zip(&found) {
        for (gold, found) in gold.tokens.iter().zip(&found.tokens) {
            let is_head = gold.head == found.head;
            scores.tokens += 1;
            scores.upos += usize::from(gold.upos == found.upos);
            scores.xpos += usize::from(gold.xpos == found.xpos);
            scores.lemma += usize::from(gold.lemma == found.lemma);
            scores.morphology += usize::from(facts(&gold.feats) == facts(&found.feats));
            scores.head += usize::from(is_head);
            scores.labelled += usize::from(is_head && gold.deprel == found.deprel);
        }
    }
    scores
}

/// Returns those of a token's features that the analyser finds.
fn facts(feats: &str) -> Vec<&str> {
    const NAMES: &[&str] = &["Mood", "Number", "Person", "Tense", "VerbForm", "Voice"];
    let is_found = |fact: &&str| {
        fact.split_once('=')
            .is_some_and(|(name, _)| NAMES.contains(&name))
    };
    feats.split('|').filter(is_found).collect()
}

/// Scores from raw text, as F1 in percent: what is found is aligned with gold by characters, as in
/// the shared task `CoNLL 2018`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RawScores {
    /// Tokens with the same characters.
    pub tokens: f64,
    /// Sentences with the same characters.
    pub sentences: f64,
    /// Tokens with the right head, or the right head and label.
    pub head: f64,
    /// See `head`.
    pub labelled: f64,
}

/// Joins a treebank's texts, with a line break at each paragraph and a space at each other sentence.
#[must_use]
pub fn raw_text(treebank: &[ConlluSentence]) -> String {
    let mut text = String::new();
    for sentence in treebank {
        if !text.is_empty() {
            text.push_str(if sentence.begins_paragraph { "\n" } else { " " });
        }
        for token in &sentence.tokens {
            text.push_str(&token.form);
            text.push_str(if token.space_after { " " } else { "" });
        }
        text.truncate(text.trim_end().len());
    }
    text
}

/// Compares the analysis of a treebank's [`raw_text`] with the treebank. Time: linear.
#[must_use]
pub fn score_raw(treebank: &[ConlluSentence], raw: &[ConlluSentence]) -> RawScores {
    // A dateline at the start is left out of the analysis, but not of the treebank.
    let lead = length_of(treebank).saturating_sub(length_of(raw));
    let gold = Spanned::of(treebank, 0);
    let found = Spanned::of(raw, lead);
    let f1 = |right: usize, gold: usize, found: usize| {
        let scores = SyntaxScores {
            tokens: gold + found,
            ..SyntaxScores::default()
        };
        scores.percent(2 * right)
    };
    let same = |token: &&SpannedToken| gold.tokens.contains_key(&token.span);
    let counts = |fits: &dyn Fn(&SpannedToken, &SpannedToken) -> bool| {
        let is_right = |token: &&SpannedToken| {
            gold.tokens
                .get(&token.span)
                .is_some_and(|gold| fits(gold, token))
        };
        let right = found.tokens.values().filter(is_right).count();
        f1(right, gold.tokens.len(), found.tokens.len())
    };
    let right = found.tokens.values().filter(same).count();
    let sentences = found
        .sentences
        .iter()
        .filter(|span| gold.sentences.contains(span))
        .count();
    RawScores {
        tokens: f1(right, gold.tokens.len(), found.tokens.len()),
        sentences: f1(sentences, gold.sentences.len(), found.sentences.len()),
        head: counts(&|gold, found| gold.head == found.head),
        labelled: counts(&|gold, found| gold.head == found.head && gold.label == found.label),
    }
}

/// First and last character, counted without white space; half-open.
type CharSpan = (usize, usize);

/// A treebank by characters.
struct Spanned {
    tokens: BTreeMap<CharSpan, SpannedToken>,
    sentences: BTreeSet<CharSpan>,
}

struct SpannedToken {
    span: CharSpan,
    head: Option<CharSpan>,
    label: String,
}

impl Spanned {
    /// Counts characters from `start`.
    fn of(treebank: &[ConlluSentence], start: usize) -> Self {
        let mut spanned = Self {
            tokens: BTreeMap::new(),
            sentences: BTreeSet::new(),
        };
        let mut at = start;
        for sentence in treebank {
            let start = at;
            let mut spans: Vec<CharSpan> = Vec::new();
            for token in &sentence.tokens {
                let length = characters(&token.form);
                spans.push((at, at + length));
                at += length;
            }
            spanned.sentences.insert((start, at));
            for (token, span) in sentence.tokens.iter().zip(&spans) {
                let head = token
                    .head
                    .checked_sub(1)
                    .and_then(|head| spans.get(head))
                    .copied();
                let label = token.deprel.clone();
                spanned.tokens.insert(
                    *span,
                    SpannedToken {
                        span: *span,
                        head,
                        label,
                    },
                );
            }
        }
        spanned
    }
}

/// Counts characters that are no white space.
fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn length_of(treebank: &[ConlluSentence]) -> usize {
    let tokens = treebank.iter().flat_map(|sentence| &sentence.tokens);
    tokens.map(|token| characters(&token.form)).sum()
}
