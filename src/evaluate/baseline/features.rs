//! What a linear model sees of a marked pair.

use std::collections::{BTreeSet, HashMap};

use crate::evaluate::frames::{PairFrames, frames_of_sentences};
use crate::lexicon::Frames;
use crate::mention::MentionFinder;
use crate::model::{Byte, MarkedPair, Span};
use crate::text::{Analyser, ParsedSentence, Upos};

/// Chosen on batches held out of the rows there were then (all but the test part of that time), and on
/// the pilot before it joined.
const WORD_PENALTY: f32 = 0.05;
const LEXICON_PENALTY: f32 = 0.02;

/// The names of features of the lexicon begin with this.
const LEXICON_MARK: char = '*';

/// The features of a pair, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairFeatures {
    /// Bags of words.
    pub words: BTreeSet<String>,
    /// What the lexicon says.
    pub lexicon: BTreeSet<String>,
}

/// The numbers of features.
#[derive(Debug, Clone, Default)]
pub struct FeatureNames {
    numbers: HashMap<String, u32>,
    penalties: Vec<f32>,
}

impl FeatureNames {
    /// Returns the numbers of features, giving new ones to those not met before.
    pub fn learn<'a>(&mut self, names: impl Iterator<Item = &'a String>) -> Vec<u32> {
        let mut all = Vec::new();
        for name in names {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(name.clone()).or_insert(next);
            if number == next {
                let is_lexicon = name.starts_with(LEXICON_MARK);
                let penalty = if is_lexicon {
                    LEXICON_PENALTY
                } else {
                    WORD_PENALTY
                };
                self.penalties.push(penalty);
            }
            all.push(number);
        }
        all
    }

    /// Returns the numbers of the features that are known.
    pub fn known<'a>(&self, names: impl Iterator<Item = &'a String>) -> Vec<u32> {
        names
            .filter_map(|name| self.numbers.get(name).copied())
            .collect()
    }

    /// Returns for every feature how strongly its weights are held near nothing: those of the
    /// lexicon less than those of words, of which there are many more.
    #[must_use]
    pub fn penalties(&self) -> &[f32] {
        &self.penalties
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Says whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// Reads the features of pairs.
#[derive(Debug)]
pub struct PairReader<'a> {
    analyser: &'a Analyser,
    finder: &'a MentionFinder<'a>,
    frames: &'a Frames,
}

/// A word as the bags take it.
struct BagWord {
    lemma: String,
    start: usize,
    upos: Upos,
}

impl<'a> PairReader<'a> {
    /// Makes a reader.
    #[must_use]
    pub fn new(analyser: &'a Analyser, finder: &'a MentionFinder<'a>, frames: &'a Frames) -> Self {
        Self {
            analyser,
            finder,
            frames,
        }
    }

    /// Returns the features of a pair. Time: linear in the length of the text.
    #[must_use]
    pub fn features(&self, pair: &MarkedPair) -> PairFeatures {
        let sentences = self.analyser.parse_text(&pair.text);
        let words = self.words(pair, &sentences);
        let mut features = PairFeatures::default();
        Self::add_bags(pair, &words, &mut features.words);
        self.add_actors(pair, &sentences, &mut features.words);
        let found = frames_of_sentences(self.frames, self.finder, self.analyser, pair, &sentences);
        add_frames(self.frames, &found, &mut features.lexicon);
        for (name, sectors) in [
            ("source", &found.source_sectors),
            ("target", &found.target_sectors),
        ] {
            for sector in sectors {
                features.lexicon.insert(format!("* {name} {sector}"));
            }
        }
        self.add_governing("governs", &found.governing, &mut features);
        self.add_governing("governs turned", &found.governing_turned, &mut features);
        self.add_lemmas(pair, &words, &mut features.lexicon);
        features
    }

    /// Returns the words outside the pair; names are one word, so that no one is learned by heart.
    fn words(&self, pair: &MarkedPair, sentences: &[ParsedSentence<'_>]) -> Vec<BagWord> {
        let mut words = Vec::new();
        for sentence in sentences {
            for (place, token) in sentence.words.iter().zip(&sentence.tokens) {
                let within =
                    |span: Span<Byte>| span.start() <= place.start() && place.end() <= span.end();
                if within(pair.source) || within(pair.target) || token.tag.upos == Upos::Punct {
                    continue;
                }
                let form = place.of(&pair.text).unwrap_or_default();
                let lemma = match token.tag.upos {
                    Upos::Propn => "NAME".to_owned(),
                    Upos::Num => "NUMBER".to_owned(),
                    _ => self.analyser.lemma(form, token.tag).to_lowercase(),
                };
                words.push(BagWord {
                    lemma,
                    start: place.start(),
                    upos: token.tag.upos,
                });
            }
        }
        words
    }

    /// What source and target are called, apart from names: "police", "striking teachers".
    fn add_actors(
        &self,
        pair: &MarkedPair,
        sentences: &[ParsedSentence<'_>],
        bag: &mut BTreeSet<String>,
    ) {
        for sentence in sentences {
            for (place, token) in sentence.words.iter().zip(&sentence.tokens) {
                if !matches!(token.tag.upos, Upos::Noun | Upos::Adj | Upos::Propn) {
                    continue;
                }
                let within =
                    |span: Span<Byte>| span.start() <= place.start() && place.end() <= span.end();
                let form = place.of(&pair.text).unwrap_or_default();
                for (name, span) in [("S", pair.source), ("T", pair.target)] {
                    if within(span) && token.tag.upos == Upos::Propn {
                        bag.insert(format!("{name} is named"));
                    } else if within(span) {
                        let lemma = self.analyser.lemma(form, token.tag).to_lowercase();
                        bag.insert(format!("{name} is {lemma}"));
                    }
                }
            }
        }
    }

    fn add_bags(pair: &MarkedPair, words: &[BagWord], bag: &mut BTreeSet<String>) {
        let source_first = pair.source.start() < pair.target.start();
        let (first, second) = if source_first {
            (pair.source, pair.target)
        } else {
            (pair.target, pair.source)
        };
        let order = if source_first { ">" } else { "<" };
        let is_between =
            |word: &BagWord| word.start >= first.start() && word.start < second.start();
        for (at, word) in words.iter().enumerate() {
            bag.insert(format!("w {}", word.lemma));
            let next = words.get(at + 1);
            if let Some(next) = next {
                bag.insert(format!("ww {} {}", word.lemma, next.lemma));
            }
            if !is_between(word) {
                continue;
            }
            bag.insert(format!("b{order} {}", word.lemma));
            if let Some(next) = next.filter(|next| is_between(next)) {
                bag.insert(format!("b{order} {} {}", word.lemma, next.lemma));
            }
        }
        Self::add_neighbours(pair, words, bag);
    }

    /// The words right before and right behind source and target, and the verbs next to them.
    fn add_neighbours(pair: &MarkedPair, words: &[BagWord], bag: &mut BTreeSet<String>) {
        for (name, span) in [("S", pair.source), ("T", pair.target)] {
            let after = words.iter().position(|word| word.start >= span.end());
            let after = after.unwrap_or(words.len());
            let mut near = |what: &str, at: Option<usize>| {
                if let Some(word) = at.and_then(|at| words.get(at)) {
                    bag.insert(format!("{name}{what} {}", word.lemma));
                }
            };
            near("+1", Some(after));
            near("-1", after.checked_sub(1));
            let is_verb = |word: &BagWord| word.upos == Upos::Verb;
            let next = words
                .iter()
                .skip(after)
                .position(is_verb)
                .map(|step| after + step);
            near("+v", next);
            near("-v", words.iter().take(after).rposition(is_verb));
        }
    }

    /// The words that join the pair by grammar, and the types that their frames name.
    fn add_governing(&self, what: &str, lemmas: &[String], features: &mut PairFeatures) {
        for lemma in lemmas {
            features.words.insert(format!("{what} {lemma}"));
            for index in self.frames.with_head(lemma) {
                let frame = self.frames.get(*index);
                if let Some(kind) = frame.and_then(|frame| frame.cameo.entry().plover) {
                    features.lexicon.insert(format!("* {what} {kind}"));
                }
            }
        }
    }

    /// The types that the frames of each word name, wherever the pair stands.
    fn add_lemmas(&self, pair: &MarkedPair, words: &[BagWord], bag: &mut BTreeSet<String>) {
        let start = pair.source.start().min(pair.target.start());
        let end = pair.source.end().max(pair.target.end());
        for word in words {
            let region = if word.start < start {
                'a'
            } else if word.start < end {
                'b'
            } else {
                'c'
            };
            for index in self.frames.with_head(&word.lemma) {
                let frame = self.frames.get(*index);
                if let Some(kind) = frame.and_then(|frame| frame.cameo.entry().plover) {
                    bag.insert(format!("* head {region} {kind}"));
                }
            }
        }
    }
}

fn add_frames(frames: &Frames, found: &PairFrames, bag: &mut BTreeSet<String>) {
    let mut add = |what: &str, list: &[crate::lexicon::FrameIndex]| {
        let mut best: Option<(usize, String)> = None;
        for frame in list.iter().filter_map(|index| frames.get(*index)) {
            let kind = frame
                .cameo
                .entry()
                .plover
                .map_or("none", |kind| kind.name());
            bag.insert(format!("* {what} {kind}"));
            bag.insert(format!("* {what} {}", frame.cameo));
            if best
                .as_ref()
                .is_none_or(|(weight, _)| frame.weight() > *weight)
            {
                best = Some((frame.weight(), kind.to_owned()));
            }
        }
        match best {
            Some((_, kind)) => bag.insert(format!("* {what} best {kind}")),
            None => bag.insert(format!("* {what} nothing")),
        };
    };
    add("joins", &found.joining);
    add("turned", &found.turned);
    add("source of", &found.of_source);
    add("target of", &found.of_target);
}
