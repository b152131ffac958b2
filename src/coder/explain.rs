//! Why an article tells the events that the coder found, and why a sentence tells none.

use crate::coder::act::Act;
use crate::coder::coder::{Coder, Days};
use crate::coder::finding::{ActFinder, Candidate, WeighedPair};
use crate::coder::judge::ActJudge;
use crate::coder::mood::Mood;
use crate::coder::sentence::SentenceScene;
use crate::mention::ActorMention;
use crate::model::{Article, Byte, PloverType, Span, Status};
use crate::predicate::Words;
use crate::relation::Relation;
use crate::text::Upos;

/// So many features, and so many other types, are named for a pair.
const NAMED_MAX: usize = 8;

/// What the coder made of one sentence.
#[derive(Debug, Clone)]
pub struct SentenceExplained {
    /// Where it stands in the text.
    pub span: Span<Byte>,
    /// Its words with their grammar.
    pub words: Vec<WordExplained>,
    /// The actors it mentions, used or not.
    pub mentions: Vec<ActorMention>,
    /// Every two actors between whom something was looked for.
    pub pairs: Vec<PairExplained>,
    /// Why nothing was looked for; nothing if something was.
    pub silence: Option<&'static str>,
}

/// A word with its grammar.
#[derive(Debug, Clone)]
pub struct WordExplained {
    /// As it is written.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Its part of speech.
    pub upos: Upos,
    /// The place of its head; nothing for the root.
    pub head: Option<usize>,
    /// Its label.
    pub label: String,
}

/// What was found between two actors.
#[derive(Debug, Clone)]
pub struct PairExplained {
    /// Where the first stands in the text.
    pub first: Span<Byte>,
    /// Where the second stands.
    pub second: Span<Byte>,
    /// The likeliest relations with their probabilities, the likeliest first.
    pub likely: Vec<(Relation, f32)>,
    /// The features that speak most for the likeliest type, with their weights.
    pub features: Vec<(String, f32)>,
    /// The frames that join the two.
    pub frames: Vec<FrameExplained>,
    /// What became of it.
    pub outcomes: Vec<Outcome>,
}

/// A frame that joins a pair.
#[derive(Debug, Clone)]
pub struct FrameExplained {
    /// Its pattern.
    pub pattern: String,
    /// Its file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its code.
    pub cameo: String,
    /// The word that carries it.
    pub head: String,
    /// Whether it runs from the second actor to the first.
    pub is_back: bool,
}

/// An act that may be told between two actors.
#[derive(Debug, Clone, PartialEq)]
pub struct ActExplained {
    /// Its type.
    pub kind: PloverType,
    /// Its code.
    pub cameo: String,
    /// The word that tells it.
    pub head: String,
    /// Whether it took place.
    pub status: Status,
    /// What says so.
    pub status_from: &'static str,
    /// How sure it is.
    pub confidence: f32,
    /// Whether it is told: it is sure enough, and no surer one is of its kind or phrase.
    pub is_told: bool,
    /// Whether the second of the pair acts.
    pub is_back: bool,
    /// Whether a frame names it.
    pub is_framed: bool,
    /// The words that date it, if the sentence has some.
    pub dated_by: Option<String>,
    /// What speaks for and against it: each sign with its weight times its strength.
    pub evidence: Vec<(&'static str, f32)>,
}

/// What became of a pair.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An act that may be told.
    Act(ActExplained),
    /// None, and why.
    Silent(&'static str),
}

impl Coder<'_> {
    /// Says of every sentence of an article what was looked for, what was found and why.
    ///
    /// The order is that of the text. Time: some ten times that of coding.
    #[must_use]
    pub fn explain(&self, article: &Article) -> Vec<SentenceExplained> {
        let text = self.part_read(article);
        let mentioned = self.mentions(article, text);
        let mut days = Days::new(article.published);
        let mut all = Vec::new();
        for (number, sentence) in mentioned.sentences.iter().enumerate() {
            let here = mentioned
                .mentions
                .iter()
                .filter(|one| one.sentence == number + 1);
            let words = self.words(text, sentence);
            let mut explained = SentenceExplained {
                span: sentence.span,
                words,
                mentions: here.cloned().collect(),
                pairs: Vec::new(),
                silence: Some("it names no two actors"),
            };
            if let Some(scene) =
                self.scene(text, (number, sentence), &mentioned.mentions, &mut days)
            {
                explained.pairs = self.pairs(text, &scene);
                explained.silence = None;
            }
            all.push(explained);
        }
        all
    }

    fn words(&self, text: &str, sentence: &crate::text::ParsedSentence<'_>) -> Vec<WordExplained> {
        let words = sentence.words.iter().zip(&sentence.tokens);
        words
            .map(|(place, token)| {
                let form = place.of(text).unwrap_or_default();
                WordExplained {
                    form: form.to_owned(),
                    lemma: self.analyser().lemma(form, token.tag),
                    upos: token.tag.upos,
                    head: token.head,
                    label: token.label.to_owned(),
                }
            })
            .collect()
    }

    fn pairs(&self, text: &str, sentence: &SentenceScene<'_>) -> Vec<PairExplained> {
        let finder = self.finder_in(sentence);
        let pairs = finder.pairs();
        let told = finder.acts(&pairs);
        let is_shown = |pair: &&WeighedPair| pair.first != pair.second || pair.candidates.is_ok();
        pairs
            .iter()
            .filter(is_shown)
            .map(|pair| self.pair(text, &finder, pair, &told))
            .collect()
    }

    fn pair(
        &self,
        text: &str,
        finder: &ActFinder<'_, '_>,
        pair: &WeighedPair,
        told: &[Act],
    ) -> PairExplained {
        let (first, second) = (pair.first, pair.second);
        let sentence = finder.sentence;
        let mut explained = PairExplained {
            first: sentence.found[first].span,
            second: sentence.found[second].span,
            likely: Vec::new(),
            features: Vec::new(),
            frames: Vec::new(),
            outcomes: Vec::new(),
        };
        match &pair.candidates {
            Err(why) => explained.outcomes.push(Outcome::Silent(why)),
            Ok(candidates) => {
                let outcomes = candidates.iter().map(|one| {
                    let told = told.iter().find(|act| {
                        (act.kind, act.head, act.source, act.target)
                            == (one.act.kind, one.act.head, one.act.source, one.act.target)
                    });
                    outcome(text, sentence, one, finder.judge, told)
                });
                explained.outcomes.extend(outcomes);
            }
        }
        if first != second {
            explained.likely = self.likely(sentence, first, second);
            explained.features = self.features(sentence, (first, second), &explained.likely);
            for (is_back, (source, target)) in [(false, (first, second)), (true, (second, first))] {
                for join in finder.joins(source, target) {
                    explained.frames.push(FrameExplained {
                        pattern: join.frame.text.to_owned(),
                        file: join.frame.file.to_owned(),
                        line: join.frame.line,
                        cameo: join.frame.cameo.to_string(),
                        head: form_of(text, sentence, &(join.found.head..join.found.head + 1)),
                        is_back,
                    });
                }
            }
        }
        explained
    }

    fn likely(
        &self,
        sentence: &SentenceScene<'_>,
        first: usize,
        second: usize,
    ) -> Vec<(Relation, f32)> {
        let scores = self.model().scores(&sentence.scene.pair(first, second));
        let mut all = vec![(Relation::None, scores.none)];
        for (at, kind) in PloverType::ALL.iter().enumerate() {
            all.push((Relation::Forth(*kind), scores.forth[at]));
            all.push((Relation::Back(*kind), scores.back[at]));
        }
        all.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        all.truncate(4);
        all
    }

    /// The features that speak most for the likeliest type.
    fn features(
        &self,
        sentence: &SentenceScene<'_>,
        (first, second): (usize, usize),
        likely: &[(Relation, f32)],
    ) -> Vec<(String, f32)> {
        let typed = likely
            .iter()
            .find(|(relation, _)| *relation != Relation::None);
        let (kind, source, target) = match typed {
            Some((Relation::Forth(kind), _)) => (*kind, first, second),
            Some((Relation::Back(kind), _)) => (*kind, second, first),
            _ => return Vec::new(),
        };
        let names = sentence.scene.names(source, target);
        let weight = |number: u32| {
            self.model().weight(number, Some(kind)) - self.model().weight(number, None)
        };
        let mut all: Vec<(String, f32)> = names
            .into_iter()
            .map(|feature| (feature.name, weight(feature.number)))
            .collect();
        all.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        all.truncate(NAMED_MAX);
        all
    }
}

fn outcome(
    text: &str,
    sentence: &SentenceScene<'_>,
    candidate: &Candidate,
    judge: &ActJudge,
    told: Option<&Act>,
) -> Outcome {
    let act = &candidate.act;
    let signs = candidate.evidence.signs();
    let evidence = signs
        .map(|(sign, strength)| (sign, judge.weight(sign) * strength))
        .collect();
    let dated = crate::coder::dating::nearest(sentence, act, act.status());
    Outcome::Act(ActExplained {
        kind: act.kind,
        cameo: act.cameo.to_string(),
        head: form_of(text, sentence, &(act.head..act.head + 1)),
        status: act.status(),
        status_from: status_from(act),
        confidence: told.unwrap_or(act).confidence,
        is_told: told.is_some(),
        is_back: act.is_back,
        is_framed: act.frame.is_some(),
        dated_by: dated.map(|named| form_of(text, sentence, &named.words)),
        evidence,
    })
}

fn status_from(act: &Act) -> &'static str {
    match act.mood {
        Mood::Plain => "the model",
        Mood::Status(_) => "words over the act",
        Mood::Wanted => {
            "the model, though the act seems only wanted, offered, refused or threatened"
        }
    }
}

fn form_of(text: &str, sentence: &SentenceScene<'_>, words: &Words) -> String {
    let form = sentence.bytes(words).of(text);
    form.unwrap_or_default().to_owned()
}
