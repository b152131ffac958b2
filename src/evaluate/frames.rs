//! Checks frames against their own examples.

use crate::evaluate::MarkedPair;
use crate::lexicon::{Example, Frame, Frames};
use crate::mention::{MentionFinder, Passage};
use crate::model::{Byte, Sector, Span};
use crate::predicate::{Grammar, find_frames};
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

/// Returns the frames that run from the source to the target of a marked pair.
#[must_use]
pub fn frames_of_pair(
    frames: &Frames,
    finder: &MentionFinder<'_>,
    analyser: &Analyser,
    pair: &MarkedPair,
) -> Vec<crate::lexicon::FrameIndex> {
    let passage = Passage {
        title: None,
        text: &pair.text,
        published: None,
    };
    let sentences = analyser.parse_text(&pair.text);
    let mentions = finder.find_parsed(&passage, &[], &sentences).mentions;
    let mut all = Vec::new();
    for sentence in &sentences {
        let source = words_in(sentence, pair.source);
        let target = words_in(sentence, pair.target);
        if source.is_empty() || target.is_empty() {
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
        let found = find_frames(frames, &grammar, sector);
        let joined = found
            .iter()
            .filter(|found| found.joins(&grammar, &source, &target));
        all.extend(joined.map(|found| found.frame));
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
pub fn words_in(sentence: &ParsedSentence<'_>, span: Span<Byte>) -> std::ops::Range<usize> {
    let covered = |word: &Span<Byte>| word.start() < span.end() && span.start() < word.end();
    let start = sentence.words.iter().position(covered).unwrap_or_default();
    let end = sentence
        .words
        .iter()
        .rposition(covered)
        .map_or(start, |last| last + 1);
    start..end
}
