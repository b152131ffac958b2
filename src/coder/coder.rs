//! The coder: one article in, its events out.

use crate::coder::assembly::{Telling, assemble};
use crate::coder::clause::Scene;
use crate::coder::grouping::{Group, group};
use crate::coder::matching::{self, Match, Slots};
use crate::coder::mention::{Found, mentions_of};
use crate::coder::{dating, status};
use crate::lexicon::Lexicon;
use crate::mention::{MentionFinder, MentionedActor, Passage};
use crate::model::{
    ActorKind, Article, Byte, Day, Event, Mention, MentionSpans, Place, Precision, Published, Span,
    Status, Token,
};
use crate::text::{Analyser, Sentence, analyse, find_dates};

/// The version of the coder, kept with every mention.
pub const CODER_VERSION: &str = "patterns-1";

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

/// Codes articles with one set of dictionaries.
#[derive(Debug)]
pub struct Coder<'a> {
    lexicon: &'a Lexicon,
    analyser: &'a Analyser,
    finder: MentionFinder<'a>,
}

/// The days that a text names, in its order.
#[derive(Debug, Default)]
struct Days {
    /// The day that the article's opening reports on.
    scene: Option<Day>,
    /// The last day that the text named.
    told: Option<Day>,
}

impl<'a> Coder<'a> {
    /// Makes a coder; builds the automaton of all names once.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, analyser: &'a Analyser) -> Self {
        Self {
            lexicon,
            analyser,
            finder: MentionFinder::new(lexicon),
        }
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
        let mut end = article.text.len().min(ARTICLE_BYTES_MAX);
        while !article.text.is_char_boundary(end) {
            end -= 1;
        }
        if end < article.text.len() {
            coded.notes.push(Note::Cut);
        }
        let text = &article.text[..end];
        let analysis = analyse(text);
        coded.sentences = analysis.sentences.len();
        let words = analysis
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.words);
        if self
            .lexicon
            .domains
            .other_than_politics(words.map(|word| word.folded.as_str()))
            .is_some()
        {
            coded.notes.push(Note::OtherDomain);
            return coded;
        }
        let passage = Passage {
            title: article.title.as_deref(),
            text,
            published: article.published,
        };
        let mentioned = self.finder.find(self.analyser, &passage);
        if mentioned.is_discarded {
            coded.notes.push(Note::Discarded);
            return coded;
        }
        let mut tellings = Vec::new();
        let mut days = Days::default();
        for sentence in &analysis.sentences {
            let mentions = mentions_of(sentence, &mentioned.mentions);
            self.code_sentence(article, sentence, &mentions, &mut days, &mut tellings);
        }
        let first_reported = article.published.and_then(Published::exact_day);
        coded.events = assemble(tellings, first_reported);
        coded
    }

    fn code_sentence(
        &self,
        article: &Article,
        sentence: &Sentence,
        mentions: &[Found],
        days: &mut Days,
        tellings: &mut Vec<Telling>,
    ) {
        if mentions.is_empty() {
            return;
        }
        let groups = group(&sentence.words, mentions, &self.lexicon.predicates);
        let day = article.published.and_then(Published::exact_day);
        let dates = find_dates(&sentence.words, day, days.told);
        let exact = dates
            .iter()
            .filter(|date| date.past.precision == Precision::Day);
        days.told = exact
            .filter_map(|date| date.past.start)
            .next_back()
            .or(days.told);
        if sentence.index.get() < 2 && days.scene.is_none() {
            days.scene = dating::scene_day(&dates, article.published);
        }
        let scene = Scene {
            words: &sentence.words,
            groups: &groups,
            dates: &dates,
            predicates: &self.lexicon.predicates,
        };
        for found in matching::find(&scene) {
            if let Some(status) = status::status(&scene, &found) {
                let telling = Teller {
                    article,
                    sentence,
                    scene: &scene,
                    mentions,
                    lexicon: self.lexicon,
                    scene_day: days.scene,
                };
                telling.tell(&found, status, tellings);
            }
        }
    }
}

fn is_english(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    code == "en"
        || code == "eng"
        || code == "english"
        || code.starts_with("en-")
        || code.starts_with("en_")
}

/// Turns a match into tellings.
struct Teller<'a> {
    article: &'a Article,
    sentence: &'a Sentence,
    scene: &'a Scene<'a>,
    mentions: &'a [Found],
    lexicon: &'a Lexicon,
    scene_day: Option<Day>,
}

impl Teller<'_> {
    fn tell(&self, found: &Match<'_>, status: Status, tellings: &mut Vec<Telling>) {
        match found.slots {
            Slots::Directed { source, target } => {
                let (source, target) = (&self.scene.groups[source], &self.scene.groups[target]);
                for first in &source.actors {
                    let others: Vec<&MentionedActor> = target
                        .actors
                        .iter()
                        .filter(|second| is_pair(first, second))
                        .collect();
                    // Calls and other contacts at a distance are separate; a meeting with several is one.
                    let is_one = found.predicate.symmetric
                        && !matches!(found.predicate.cameo.as_str(), "040" | "041");
                    let chunk = if is_one { others.len().max(1) } else { 1 };
                    for some in others.chunks(chunk) {
                        let targets = some.iter().map(|actor| (*actor).clone()).collect();
                        let spans = (Some(source), Some(target));
                        self.push(
                            found,
                            status,
                            (vec![first.clone()], targets),
                            spans,
                            tellings,
                        );
                    }
                }
            }
            Slots::ByPeople { target } => {
                let target = &self.scene.groups[target];
                for actor in &target.actors {
                    let Some(country) = actor.country else {
                        continue;
                    };
                    let people =
                        MentionedActor::movement(self.lexicon, country, ActorKind::Protesters);
                    self.push(
                        found,
                        status,
                        (vec![people], vec![actor.clone()]),
                        (None, Some(target)),
                        tellings,
                    );
                }
            }
            Slots::Together(index) => {
                let group = &self.scene.groups[index];
                let is_inner = group
                    .actors
                    .windows(2)
                    .all(|pair| !is_pair(&pair[0], &pair[1]));
                if is_inner {
                    return;
                }
                let sides = match group.actors.as_slice() {
                    [first, second] => (vec![first.clone()], vec![second.clone()]),
                    all => (all.to_vec(), Vec::new()),
                };
                self.push(found, status, sides, (Some(group), Some(group)), tellings);
            }
        }
    }

    fn push(
        &self,
        found: &Match<'_>,
        status: Status,
        (sources, targets): (Vec<MentionedActor>, Vec<MentionedActor>),
        (source, target): (Option<&Group>, Option<&Group>),
        tellings: &mut Vec<Telling>,
    ) {
        let dated = dating::date(
            self.scene,
            found,
            status,
            self.article.published,
            self.scene_day,
        );
        let spans = MentionSpans {
            sentence: self.sentence.span,
            source: source.and_then(|group| self.bytes(group.words)),
            predicate: self.bytes(found.words).unwrap_or(self.sentence.span),
            target: target.and_then(|group| self.bytes(group.words)),
        };
        let cameo = found.predicate.cameo;
        let id = Mention::make_id(self.article.id, self.sentence.index, &spans, cameo);
        // Several dyads of one predicate share its spans: the actors tell them apart.
        let id = told_apart(id, &sources, &targets);
        tellings.push(Telling {
            cameo,
            symmetric: found.predicate.symmetric,
            sources,
            targets,
            date: dated.date,
            is_background: dated.is_background,
            place: self.place(found),
            mention: Mention {
                id,
                article: self.article.id,
                sentence: self.sentence.index,
                spans,
                status,
                confidence: found.confidence,
                reported_by: self.reporter(),
                coder_version: CODER_VERSION.to_owned(),
                dictionary_version: self.lexicon.version().as_str().to_owned(),
            },
        });
    }

    fn bytes(&self, words: Span<Token>) -> Option<Span<Byte>> {
        let first = self.sentence.words.get(words.start())?;
        let last = self.sentence.words.get(words.end().checked_sub(1)?)?;
        Some(first.span.join(last.span))
    }

    /// The first place named after the predicate, else the first of the sentence.
    fn place(&self, found: &Match<'_>) -> Option<Place> {
        // Calls and letters are nowhere.
        if matches!(found.predicate.cameo.as_str(), "040" | "041") {
            return None;
        }
        let places = || self.mentions.iter().filter(|mention| mention.is_place);
        let place = places()
            .find(|m| m.words.start() > found.at)
            .or_else(|| places().next())?;
        let name = self.bytes(place.words)?.of(&self.article.text)?.to_owned();
        Some(Place {
            name,
            country: place.actors.first().and_then(|actor| actor.country),
        })
    }

    /// "according to the Kremlin": who reports, in the words of the text.
    fn reporter(&self) -> Option<String> {
        let words = &self.sentence.words;
        let to =
            (1..words.len()).find(|at| words[*at].is("to") && words[*at - 1].is("according"))?;
        let named = self
            .mentions
            .iter()
            .find(|m| m.words.start() > to && m.words.start() <= to + 3)?;
        self.bytes(named.words)?
            .of(&self.article.text)
            .map(str::to_owned)
    }
}

fn told_apart(
    id: crate::model::MentionId,
    sources: &[MentionedActor],
    targets: &[MentionedActor],
) -> crate::model::MentionId {
    let mut fingerprint = crate::model::Fingerprint::new("dyad").field(id.as_bytes());
    for actor in sources.iter().chain(targets) {
        fingerprint = fingerprint.field(actor.id.as_str().as_bytes());
    }
    crate::model::MentionId::from_fingerprint(fingerprint)
}

/// Two actors whose dealings can be an event.
fn is_pair(one: &MentionedActor, other: &MentionedActor) -> bool {
    one.id != other.id && !one.is_of_one_government(other)
}
