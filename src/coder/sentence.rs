//! A sentence with everything that is known of it.

use crate::mention::{ActorMention, MentionForm, MentionedActor, Usage};
use crate::model::{
    ActorKind, Byte, CountryCode, DateBasis, Day, EventDate, Precision, SentenceIndex, Span,
};
use crate::predicate::Words;
use crate::relation::{RelationScene, SceneActor, SceneReader, words_within};
use crate::text::{DateContext, DateExpression, ParsedSentence, Upos, find_dates, tokenize};

/// An actor mentioned in a sentence; actors of the scene stand in the same order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The words that name it.
    pub(crate) words: Words,
    /// Where they stand in the text.
    pub(crate) span: Span<Byte>,
    /// Who is meant; several for "the two presidents".
    pub(crate) actors: Vec<MentionedActor>,
    /// How.
    pub(crate) form: MentionForm,
    /// Whether it names where something takes place ("in Moscow").
    pub(crate) is_place: bool,
}

/// A date that a sentence names, by its words.
#[derive(Debug, Clone)]
pub(crate) struct NamedDate {
    /// The words of the sentence that name it.
    pub(crate) words: Words,
    /// What they say.
    pub(crate) date: DateExpression,
    /// Whether it lies after the day of publication: "next week".
    pub(crate) is_ahead: bool,
}

impl NamedDate {
    /// The day, if the words name one.
    pub(crate) fn exact(&self) -> Option<Day> {
        let date = &self.date.past;
        date.start.filter(|_| date.precision == Precision::Day)
    }
}

/// A sentence with its grammar, actors and dates.
#[derive(Debug)]
pub(crate) struct SentenceScene<'a> {
    /// Its number in the article.
    pub(crate) index: SentenceIndex,
    /// Where it stands.
    pub(crate) span: Span<Byte>,
    /// Where its words stand.
    pub(crate) places: Vec<Span<Byte>>,
    pub(crate) scene: RelationScene<'a>,
    pub(crate) found: Vec<Found>,
    pub(crate) dates: Vec<NamedDate>,
    /// The last date that its paragraph named before it.
    pub(crate) last: Option<EventDate>,
}

/// So many actors of a sentence are looked at; what names more is a list.
const ACTORS_MAX: usize = 24;

impl<'a> SentenceScene<'a> {
    /// Makes the scene of a sentence; nothing if it names no two actors.
    pub(crate) fn new(
        reader: &SceneReader<'a>,
        text: &str,
        (number, sentence): (usize, &ParsedSentence<'a>),
        mentions: &[ActorMention],
    ) -> Option<Self> {
        let mut found = found_in(sentence, number, mentions);
        drop_titles(text, &mut found);
        drop_descriptions(sentence, &mut found);
        let persons: usize = found.iter().map(|found| found.actors.len()).sum();
        if persons < 2 {
            return None;
        }
        let actors = found
            .iter()
            .map(|found| SceneActor {
                words: found.words.clone(),
                sector: found.actors.first().and_then(|actor| actor.sector),
            })
            .collect();
        Some(Self {
            index: SentenceIndex::new(number),
            span: sentence.span,
            places: sentence.words.clone(),
            scene: reader.scene(text, sentence, actors),
            found,
            dates: Vec::new(),
            last: None,
        })
    }

    /// Says whether two actors stand side by side: "Chad, Mali and their neighbour Niger".
    pub(crate) fn are_joined(&self, first: usize, second: usize) -> bool {
        let grammar = self.scene.grammar();
        let between = self.found[first].words.end..self.found[second].words.start;
        let joins = |at: usize| {
            grammar.upos(at) == Some(Upos::Cconj) || matches!(grammar.folded(at), "," | "&")
        };
        let carries = |at: usize| {
            matches!(
                grammar.upos(at),
                Some(
                    Upos::Cconj
                        | Upos::Det
                        | Upos::Adj
                        | Upos::Noun
                        | Upos::Propn
                        | Upos::Num
                        | Upos::Pron
                )
            ) || joins(at)
                || grammar.folded(at) == "of"
        };
        let is_but = |at: usize| matches!(grammar.folded(at), "but" | "who" | "which" | "that");
        between.clone().any(joins)
            && between.clone().all(|at| carries(at) && !is_but(at))
            && between.len() < 16
    }

    /// Where a range of its words stands in the text.
    pub(crate) fn bytes(&self, words: &Words) -> Span<Byte> {
        let first = self.places.get(words.start);
        let last = words.end.checked_sub(1).and_then(|at| self.places.get(at));
        first
            .zip(last)
            .map_or(self.span, |(first, last)| first.join(*last))
    }
}

/// Finds the dates of a sentence.
pub(crate) fn dates_of(
    text: &str,
    sentence: &ParsedSentence<'_>,
    context: DateContext,
) -> Vec<NamedDate> {
    let words = tokenize(text, sentence.span);
    let dates = find_dates(&words, context);
    let named = |date: DateExpression| {
        let first = words.get(date.words.start())?;
        let last = words.get(date.words.end().checked_sub(1)?)?;
        Some(NamedDate {
            words: words_within(&sentence.words, first.span.join(last.span)),
            is_ahead: context.published.is_some_and(|day| lies_ahead(&date, day)),
            date,
        })
    };
    dates.into_iter().filter_map(named).collect()
}

/// Days and months that a text names without a year lie ahead if they come within so many days.
const AHEAD_DAYS: i32 = 60;

/// Says whether a date lies after the day of publication: "next week", and in April "on 3 May", which
/// could as well be that of the year before.
fn lies_ahead(date: &DateExpression, published: Day) -> bool {
    let (past, ahead) = (date.past, date.ahead);
    let is_soon = past != ahead
        && past.basis == DateBasis::Stated
        && ahead
            .start
            .is_some_and(|start| start <= published.plus(AHEAD_DAYS));
    is_soon || past.start.is_some_and(|start| start > published)
}

/// Returns the mentions of a sentence that may take part in something, in the order of the text.
fn found_in(sentence: &ParsedSentence<'_>, number: usize, mentions: &[ActorMention]) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for mention in mentions {
        let is_used = matches!(mention.usage, Usage::Actor | Usage::Place);
        if mention.sentence != number + 1 || !is_used || mention.actors.is_empty() {
            continue;
        }
        let words = words_within(&sentence.words, mention.span);
        let is_apart = all.last().is_none_or(|last| last.words.end <= words.start);
        if is_apart && !words.is_empty() && all.len() < ACTORS_MAX {
            all.push(Found {
                words,
                span: mention.span,
                actors: mention.actors.clone(),
                form: mention.form,
                is_place: mention.usage == Usage::Place,
            });
        }
    }
    all
}

/// "The presidents of Peru and Ecuador, Alberto Fujimori and Jamil Mahuad": the names stand for what
/// came before.
fn drop_titles(text: &str, found: &mut Vec<Found>) {
    let is_person = |actor: &MentionedActor| actor.id.kind() == ActorKind::Person;
    for at in 0..found.len() {
        let mut end = found[at].span.end();
        let mut named: Vec<CountryCode> = Vec::new();
        for next in &found[at + 1..] {
            let between = text.get(end..next.span.start()).unwrap_or_default().trim();
            let is_next = if named.is_empty() {
                matches!(between, "," | "")
            } else {
                matches!(between, "," | "and" | ", and")
            };
            if !is_next || next.form != MentionForm::Name {
                break;
            }
            let persons = next.actors.iter().filter(|actor| is_person(actor));
            let countries: Vec<CountryCode> = persons.filter_map(|actor| actor.country).collect();
            if countries.is_empty() {
                break;
            }
            named.extend(countries);
            end = next.span.end();
        }
        if found[at].form == MentionForm::Nominal && !named.is_empty() {
            found[at].actors.retain(|actor| {
                is_person(actor)
                    || actor
                        .country
                        .is_none_or(|country| !named.contains(&country))
            });
        }
    }
    found.retain(|one| !one.actors.is_empty());
}

/// "Rafael Grossi, the head of the agency, …", "Trump's envoy Steve Witkoff": what only says who
/// someone is takes no part.
fn drop_descriptions(sentence: &ParsedSentence<'_>, found: &mut Vec<Found>) {
    let upos = |at: usize| sentence.tokens.get(at).map(|token| token.tag.upos);
    let is_person = |one: &Found| {
        one.actors
            .iter()
            .all(|actor| actor.id.kind() == ActorKind::Person)
    };
    let describes = |person: &Found, one: &Found| {
        let between = person.words.end..one.words.start;
        let is_phrase = between.len() >= 3
            && between.len() <= 9
            && upos(between.start) == Some(Upos::Punct)
            && matches!(
                upos(between.start + 1),
                Some(Upos::Det | Upos::Noun | Upos::Adj | Upos::Propn)
            )
            && between.clone().skip(1).all(|at| {
                matches!(
                    upos(at),
                    Some(Upos::Det | Upos::Noun | Upos::Adj | Upos::Propn | Upos::Adp | Upos::Num)
                )
            })
            && between.clone().any(|at| upos(at) == Some(Upos::Adp));
        // "Yang Jiechi, Beijing's top diplomat".
        let owns = between.len() == 1
            && upos(between.start) == Some(Upos::Punct)
            && sentence
                .tokens
                .get(one.words.end.saturating_sub(1))
                .is_some_and(|token| token.label == "nmod:poss");
        if owns && is_person(person) && !is_person(one) {
            return true;
        }
        let ends = matches!(upos(one.words.end), Some(Upos::Punct | Upos::Cconj) | None);
        is_phrase && ends && is_person(person) && !is_person(one)
    };
    let owns = |one: &Found| {
        let token = |at: usize| sentence.tokens.get(at);
        let top = one.words.clone().rfind(|at| upos(*at) == Some(Upos::Propn));
        let owned = top.and_then(token).filter(|top| top.label == "nmod:poss");
        let noun = owned.and_then(|top| top.head);
        // "Putin's visit", "his call" are of his own; "Putin's envoy" is another.
        let is_named =
            noun.is_some_and(|noun| (noun + 1..noun + 3).any(|at| upos(at) == Some(Upos::Propn)));
        is_person(one) && is_named
    };
    let mut at = 0;
    while at < found.len() {
        let is_described = at > 0 && describes(&found[at - 1], &found[at]);
        if is_described || owns(&found[at]) {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}
