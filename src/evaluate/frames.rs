//! Checks frames against their own examples.

use std::collections::BTreeSet;

use crate::lexicon::{Example, Frame, FrameIndex, Frames};
use crate::mention::{MentionFinder, Passage};
use crate::model::{Byte, MarkedPair, Sector, Span};
use crate::predicate::{Grammar, Words, find_frames, governing_words};
use crate::text::{Analyser, ParsedSentence};

/// An example that does not do what it is there for.
#[derive(Debug, Clone, Copy)]
pub struct FrameFault<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// Its example.
    pub example: &'a Example,
}

/// Finds the frames of every example, and returns those examples that should code and do not, and
/// those near misses that do, in the order of the lexicon.
#[must_use]
pub fn check_frames<'a>(
    frames: &'a Frames,
    finder: &MentionFinder<'_>,
    analyser: &Analyser,
) -> Vec<FrameFault<'a>> {
    let mut faults = Vec::new();
    for (index, frame) in frames.iter() {
        for example in &frame.examples {
            let found = MarkedPair::parse(example.marked).is_some_and(|pair| {
                let matches = frames_of_pair(frames, finder, analyser, &pair);
                matches.iter().any(|found| found == &index)
            });
            if found != example.codes {
                faults.push(FrameFault { frame, example });
            }
        }
    }
    faults
}

/// The frames that have to do with a marked pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairFrames {
    /// Those that run from the source to the target.
    pub joining: Vec<FrameIndex>,
    /// Those that run from the target to the source.
    pub turned: Vec<FrameIndex>,
    /// Those whose source is the pair's, and whose target is another.
    pub of_source: Vec<FrameIndex>,
    /// Those whose target is the pair's, and whose source is another.
    pub of_target: Vec<FrameIndex>,
    /// Lemmas of the words whose subject is the source, and below which the target stands.
    pub governing: Vec<String>,
    /// The same with source and target in each other's place.
    pub governing_turned: Vec<String>,
    /// What is known of the sector of the source's words.
    pub source_sectors: BTreeSet<Sector>,
    /// The same of the target's.
    pub target_sectors: BTreeSet<Sector>,
}

/// Returns the frames that run from the source to the target of a marked pair.
#[must_use]
pub fn frames_of_pair(
    frames: &Frames,
    finder: &MentionFinder<'_>,
    analyser: &Analyser,
    pair: &MarkedPair,
) -> Vec<FrameIndex> {
    let sentences = analyser.parse_text(&pair.text);
    frames_of_sentences(frames, finder, analyser, pair, &sentences).joining
}

/// As [`frames_of_pair`], of sentences that are parsed already, with the frames that only one of
/// the pair fills.
#[must_use]
pub fn frames_of_sentences(
    frames: &Frames,
    finder: &MentionFinder<'_>,
    analyser: &Analyser,
    pair: &MarkedPair,
    sentences: &[ParsedSentence<'_>],
) -> PairFrames {
    let passage = Passage {
        title: None,
        text: &pair.text,
        published: None,
    };
    let mentions = finder.find_parsed(&passage, &[], sentences).mentions;
    let mut all = PairFrames::default();
    for sentence in sentences {
        let source = words_in(sentence, pair.source);
        let target = words_in(sentence, pair.target);
        if source.is_empty() && target.is_empty() {
            continue;
        }
        let forms: Vec<&str> = sentence
            .words
            .iter()
            .map(|word| word.of(&pair.text).unwrap_or_default())
            .collect();
        let grammar = Grammar::new(analyser, &forms, &sentence.tokens);
        let sector = |word: usize| -> Option<Sector> {
            let place = sentence.words.get(word)?;
            let mention = mentions.iter().find(|mention| {
                mention.span.start() <= place.start() && place.end() <= mention.span.end()
            });
            let known = mention.and_then(|mention| mention.actors.first()?.sector);
            known.or_else(|| role_sector(finder, grammar.lemma(word), grammar.folded(word)))
        };
        all.source_sectors.extend(source.clone().filter_map(sector));
        all.target_sectors.extend(target.clone().filter_map(sector));
        let lemmas = |from: &Words, to: &Words| {
            let words = governing_words(&grammar, from, to).into_iter();
            words
                .map(|word| grammar.lemma(word).to_owned())
                .collect::<Vec<_>>()
        };
        all.governing.extend(lemmas(&source, &target));
        all.governing_turned.extend(lemmas(&target, &source));
        for found in find_frames(frames, &grammar, sector) {
            let from = |span: &Words| found.comes_from(&grammar, span);
            let to = |span: &Words| found.goes_to(&grammar, span);
            let list = match (from(&source), to(&target)) {
                (true, true) => &mut all.joining,
                _ if from(&target) && to(&source) => &mut all.turned,
                (true, false) => &mut all.of_source,
                (false, true) => &mut all.of_target,
                (false, false) => continue,
            };
            list.push(found.frame);
        }
    }
    all
}

/// What a word by itself says of a sector: "rebels", "police".
fn role_sector(finder: &MentionFinder<'_>, lemma: &str, folded: &str) -> Option<Sector> {
    let roles = finder.lexicon().roles.iter();
    let mut known = roles.filter(|role| &*role.phrase == lemma || &*role.phrase == folded);
    known.next().map(|role| role.sector)
}

/// Returns the words of a sentence that a span of the text covers, in whole or in part.
#[must_use]
pub fn words_in(sentence: &ParsedSentence<'_>, span: Span<Byte>) -> Words {
    let covered = |word: &Span<Byte>| word.start() < span.end() && span.start() < word.end();
    let start = sentence.words.iter().position(covered).unwrap_or_default();
    let end = sentence
        .words
        .iter()
        .rposition(covered)
        .map_or(start, |last| last + 1);
    start..end
}
