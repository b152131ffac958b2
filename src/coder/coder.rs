//! The coder: one article in, its events out.

use crate::coder::assembly::{Telling, assemble};
use crate::coder::dating;
use crate::coder::evidence::Evidence;
use crate::coder::finding::ActFinder;
use crate::coder::judge::ActJudge;
use crate::coder::sentence::{NamedDate, SentenceScene, dates_of};
use crate::coder::telling::Teller;
use crate::lexicon::{Frames, Lexicon, LexiconError, WordFields};
use crate::mention::{ActorMention, MentionFinder, MentionedText, Passage};
use crate::model::{Article, Byte, Day, Event, EventDate, PloverType, Published, Span};
use crate::relation::{RelationModel, SceneReader};
use crate::text::{Analyser, DateContext, ModelFileError, ParsedSentence};

/// The version of the coder, kept with every mention.
pub const CODER_VERSION: &str = "relations-1";

/// Longest article coded, in bytes; what stands behind is left out with a note.
const ARTICLE_BYTES_MAX: usize = 1 << 20;

/// Something odd about an article, for the report of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The article bears no date: its events are dated only where the text states a full date.
    Undated,
    /// The article says that it is not in English; it was not coded.
    NotEnglish,
    /// The article is about sport or something else that is not politics; it was not coded.
    OtherDomain,
    /// The user's dictionary discards articles like this; it was not coded.
    Discarded,
    /// The article is longer than a mebibyte; only its first part was coded.
    Cut,
}

/// A coder that cannot be made of what the program was built with.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CoderError {
    /// The frames or fields of the lexicon are at fault.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The model of relations is foreign or damaged.
    #[error(transparent)]
    Model(#[from] ModelFileError),
}

/// What the coder made of one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coded {
    /// The events, in the order of the text.
    pub events: Vec<Event>,
    /// What was odd.
    pub notes: Vec<Note>,
    /// How many sentences were read.
    pub sentences: usize,
}

/// An act that a sentence may tell, with what speaks for and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct WeighedAct {
    /// Where the words that name the source stand in the text.
    pub source: Span<Byte>,
    /// The same of the target.
    pub target: Span<Byte>,
    /// The type.
    pub kind: PloverType,
    /// Whether the act has no direction of its own.
    pub symmetric: bool,
    /// How sure it is.
    pub confidence: f32,
    /// Why.
    pub evidence: Evidence,
}

/// Codes articles with one set of dictionaries.
#[derive(Debug)]
pub struct Coder<'a> {
    lexicon: &'a Lexicon,
    analyser: &'a Analyser,
    finder: MentionFinder<'a>,
    reader: SceneReader<'a>,
    model: &'a RelationModel,
    judge: ActJudge,
}

/// The days that a text names, in its order.
#[derive(Debug)]
pub(crate) struct Days {
    /// When the article was published.
    published: Option<Published>,
    /// The day that the article's opening reports on.
    scene: Option<Day>,
    /// The last day that the text named.
    told: Option<Day>,
    /// The last date that the paragraph named.
    last: Option<EventDate>,
}

impl Days {
    pub(crate) fn new(published: Option<Published>) -> Self {
        Self {
            published,
            scene: None,
            told: None,
            last: None,
        }
    }

    fn context(&self, last: Option<EventDate>) -> DateContext {
        let published = self.published.and_then(Published::exact_day);
        // "In September 2018 … In October": of the same year, as long as the passage lasts.
        let era = last
            .and_then(|date| date.start)
            .filter(|start| published.is_some_and(|published| start.ymd().0 < published.ymd().0));
        DateContext {
            published,
            told: self.told,
            era: era.and_then(|start| Day::from_ymd(start.ymd().0, 12, 31)),
        }
    }

    /// Takes up the dates of a sentence.
    fn read(&mut self, number: usize, dates: &[NamedDate], last: Option<EventDate>) {
        let past = dates.iter().rev().filter(|named| !named.is_ahead);
        let exact = past.clone().find_map(NamedDate::exact);
        self.told = exact.or(self.told);
        self.last = past.map(|named| named.date.past).next().or(last);
        if number < 2 && self.scene.is_none() {
            self.scene = dating::scene_day(dates, self.published);
        }
    }
}

impl<'a> Coder<'a> {
    /// Makes a coder; builds the automaton of all names once.
    ///
    /// # Errors
    /// [`CoderError`] if the program was built with faulty frames or a damaged model.
    pub fn new(lexicon: &'a Lexicon, analyser: &'a Analyser) -> Result<Self, CoderError> {
        let words = (Frames::bundled()?, WordFields::bundled()?);
        Ok(Self {
            lexicon,
            analyser,
            finder: MentionFinder::new(lexicon),
            reader: SceneReader::new(lexicon, analyser, words),
            model: RelationModel::bundled()?,
            judge: ActJudge::bundled()?,
        })
    }

    /// Codes with another model of relations.
    #[must_use]
    pub fn with_model(self, model: &'a RelationModel) -> Self {
        Self { model, ..self }
    }

    /// Codes with another judge of acts.
    #[must_use]
    pub fn with_judge(self, judge: ActJudge) -> Self {
        Self { judge, ..self }
    }

    /// Codes one article.
    ///
    /// The events come in the order of the text, one for each distinct act; the same article
    /// always gives the same events. Every span lies in the article's text.
    ///
    /// # Complexity
    /// About linear in the length of the text.
    #[must_use]
    pub fn code(&self, article: &Article) -> Coded {
        let mut coded = Coded::default();
        if article
            .language
            .as_deref()
            .is_some_and(|code| !is_english(code))
        {
            coded.notes.push(Note::NotEnglish);
            return coded;
        }
        if article.published.is_none() {
            coded.notes.push(Note::Undated);
        }
        let text = self.part_read(article);
        if text.len() < article.text.len() {
            coded.notes.push(Note::Cut);
        }
        let mentioned = self.mentions(article, text);
        coded.sentences = mentioned.sentences.len();
        if mentioned.is_discarded {
            coded.notes.push(Note::Discarded);
            return coded;
        }
        if self.is_of_other_domain(text, &mentioned) {
            coded.notes.push(Note::OtherDomain);
            return coded;
        }
        let mut tellings = Vec::new();
        let mut days = Days::new(article.published);
        for (number, sentence) in mentioned.sentences.iter().enumerate() {
            let scene = self.scene(text, (number, sentence), &mentioned.mentions, &mut days);
            if let Some(scene) = scene {
                self.code_sentence(article, &scene, days.scene, &mut tellings);
            }
        }
        tellings.retain(|telling| {
            !telling.is_contact() || telling.mention.confidence.thousandths() >= CONTACT
        });
        drop_lonely(&mut tellings, coded.sentences);
        let first_reported = article.published.and_then(Published::exact_day);
        coded.events = assemble(tellings, first_reported);
        coded
    }

    /// The part of an article's text that is read.
    #[expect(clippy::unused_self, reason = "the coder decides how much it reads")]
    pub(crate) fn part_read<'t>(&self, article: &'t Article) -> &'t str {
        let mut end = article.text.len().min(ARTICLE_BYTES_MAX);
        while !article.text.is_char_boundary(end) {
            end -= 1;
        }
        &article.text[..end]
    }

    pub(crate) fn mentions(&self, article: &Article, text: &str) -> MentionedText<'a> {
        let passage = Passage {
            title: article.title.as_deref(),
            text,
            published: article.published,
        };
        self.finder.find(self.analyser, &passage)
    }

    /// Makes the scene of a sentence with its dates; nothing if it names no two actors.
    pub(crate) fn scene(
        &self,
        text: &str,
        (number, sentence): (usize, &ParsedSentence<'a>),
        mentions: &[ActorMention],
        days: &mut Days,
    ) -> Option<SentenceScene<'a>> {
        let last = days.last.filter(|_| !sentence.begins_paragraph);
        let dates = dates_of(text, sentence, days.context(last));
        days.read(number, &dates, last);
        let scene = SentenceScene::new(&self.reader, text, (number, sentence), mentions)?;
        Some(SentenceScene {
            dates,
            last,
            ..scene
        })
    }

    pub(crate) fn analyser(&self) -> &'a Analyser {
        self.analyser
    }

    pub(crate) fn model(&self) -> &'a RelationModel {
        self.model
    }

    pub(crate) fn finder_in<'s>(&'s self, sentence: &'s SentenceScene<'a>) -> ActFinder<'s, 'a> {
        ActFinder {
            sentence,
            model: self.model,
            judge: &self.judge,
        }
    }

    /// Returns every act that the sentences of an article may tell, told or not, in the order of the
    /// text.
    #[must_use]
    pub fn weigh(&self, article: &Article) -> Vec<WeighedAct> {
        let text = self.part_read(article);
        let mentioned = self.mentions(article, text);
        let mut days = Days::new(article.published);
        let mut all = Vec::new();
        for (number, sentence) in mentioned.sentences.iter().enumerate() {
            let scene = self.scene(text, (number, sentence), &mentioned.mentions, &mut days);
            let Some(scene) = scene else {
                continue;
            };
            let finder = self.finder_in(&scene);
            let candidates = finder.pairs().into_iter().flat_map(|pair| pair.candidates);
            all.extend(candidates.flatten().map(|one| WeighedAct {
                source: scene.found[one.act.source].span,
                target: scene.found[one.act.target].span,
                kind: one.act.kind,
                symmetric: one.act.symmetric,
                confidence: one.act.confidence,
                evidence: one.evidence,
            }));
        }
        all
    }

    fn is_of_other_domain(&self, text: &str, mentioned: &MentionedText<'_>) -> bool {
        let folded: Vec<String> = mentioned
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.words)
            .filter_map(|word| word.of(text))
            .map(crate::model::fold)
            .collect();
        let words = folded.iter().map(String::as_str);
        self.lexicon.domains.other_than_politics(words).is_some()
    }

    fn code_sentence(
        &self,
        article: &Article,
        scene: &SentenceScene<'a>,
        scene_day: Option<Day>,
        tellings: &mut Vec<Telling>,
    ) {
        let finder = self.finder_in(scene);
        let acts = finder.acts(&finder.pairs());
        let teller = Teller {
            article,
            sentence: scene,
            lexicon: self.lexicon,
            scene_day,
        };
        let decided = teller.decide(acts);
        teller.tell(&decided, tellings);
    }
}

/// A contact must be surer than other acts, in thousandths: who contacted whom is asked first.
const CONTACT: u16 = 640;

/// An article that tells something in fewer than one of so many sentences is hardly about dealings.
const SPARSE: usize = 3;
/// Texts of fewer sentences are no articles.
const SENTENCES_MIN: usize = 5;
/// What such an article tells must be surer than this, in thousandths.
const LONELY: u16 = 870;

/// Where an article tells hardly anything, what it tells is doubted more: a match between two
/// countries, an essay on their trade.
fn drop_lonely(tellings: &mut Vec<Telling>, sentences: usize) {
    if sentences < SENTENCES_MIN || tellings.len() * SPARSE >= sentences {
        return;
    }
    tellings.retain(|telling| telling.mention.confidence.thousandths() >= LONELY);
}

fn is_english(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    code == "en"
        || code == "eng"
        || code == "english"
        || code.starts_with("en-")
        || code.starts_with("en_")
}
