//! Finds the actors that an article mentions, sentence by sentence.

use std::collections::HashSet;

use crate::lexicon::{Lexicon, WordList, WordLists};
use crate::mention::memory::{Memory, Seen};
use crate::mention::mention::{ActorMention, MentionForm, Usage};
use crate::mention::office::days_of;
use crate::mention::phrase::{PhraseIndex, Sense};
use crate::mention::reader::{Reader, Reading};
use crate::mention::scene::{Function, Scene};
use crate::mention::unit::{Units, hash};
use crate::model::{Confidence, CountryCode, DateBasis, Day, Precision, Published};
use crate::text::{Analyser, DateContext, ParsedSentence, find_dateline, find_dates, tokenize};

/// What is read: a title, a text and when it was published.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passage<'a> {
    /// The title, if it has one.
    pub title: Option<&'a str>,
    /// The text.
    pub text: &'a str,
    /// When it was published, if known.
    pub published: Option<Published>,
}

/// Finds mentions of actors with one set of dictionaries.
#[derive(Debug)]
pub struct MentionFinder<'a> {
    lexicon: &'a Lexicon,
    pub(crate) index: PhraseIndex,
    cues: HashSet<u64>,
}

/// The mentions of a text and its sentences.
#[derive(Debug, Default)]
pub struct MentionedText<'a> {
    /// The sentences with their grammar; those of the title are not among them.
    pub sentences: Vec<ParsedSentence<'a>>,
    /// The mentions in the order of the text; those of the title first.
    pub mentions: Vec<ActorMention>,
    /// Whether the user's dictionary says that texts like this are not to be read.
    pub is_discarded: bool,
}

/// Offices of less than this many days before the article are of its own day.
const PAST_DAYS: i32 = 45;

impl<'a> MentionFinder<'a> {
    /// Makes a finder; builds the automaton over all names once.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            index: PhraseIndex::new(lexicon),
            cues: lexicon.ambiguities.cues().map(hash).collect(),
        }
    }

    /// Returns the dictionaries.
    #[must_use]
    pub fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// Finds all mentions of actors in a passage.
    ///
    /// Any text gives a result; the same text always the same one. Time: about linear in its
    /// length.
    #[must_use]
    pub fn find<'b>(&self, analyser: &'b Analyser, passage: &Passage<'_>) -> MentionedText<'b> {
        let title = passage.title.map(|title| analyser.parse_text(title));
        let sentences = analyser.parse_text(passage.text);
        let mut result =
            self.find_parsed(passage, title.as_deref().unwrap_or_default(), &sentences);
        result.sentences = sentences;
        result
    }

    /// As [`Self::find`], of sentences that are parsed already; [`MentionedText::sentences`] stays
    /// empty.
    #[must_use]
    pub fn find_parsed<'b>(
        &self,
        passage: &Passage<'_>,
        title: &[ParsedSentence<'b>],
        sentences: &[ParsedSentence<'b>],
    ) -> MentionedText<'b> {
        let published = passage.published.map(|published| published.day);
        let mut memory = Memory::new(published);
        let of_title = title
            .iter()
            .map(|parsed| Scene::new(passage.title.unwrap_or_default(), parsed, 0));
        let of_text = (1..)
            .zip(sentences)
            .map(|(number, parsed)| Scene::new(passage.text, parsed, number));
        let scenes: Vec<Scene<'_>> = of_title.chain(of_text).collect();
        for scene in &scenes {
            self.survey(scene, &mut memory);
        }
        let dateline = find_dateline(passage.text).and_then(|span| span.of(passage.text));
        // Datelines are in capitals, names in the dictionaries are not.
        let dateline = Units::of_phrase(dateline.unwrap_or_default());
        let cues = dateline.all.iter().map(|unit| unit.hash);
        memory
            .cues
            .extend(cues.filter(|hash| self.cues.contains(hash)));
        let mut result = MentionedText {
            is_discarded: scenes.iter().any(|scene| self.discards_story(scene)),
            ..MentionedText::default()
        };
        if result.is_discarded {
            return result;
        }
        let mut scenes = scenes;
        scenes.retain(|scene| !self.discards_sentence(scene));
        memory.place = self.place_of_writing(&dateline);
        let (cues, eras, place) = (memory.cues.clone(), memory.eras.clone(), memory.place);
        for scene in &scenes {
            self.read(scene, &mut memory, &mut result.mentions);
        }
        if memory.looks_ahead {
            // Read again, knowing whom the article names later.
            let later = std::mem::take(&mut memory.entities);
            memory = Memory {
                place,
                later,
                cues,
                eras,
                ..Memory::new(published)
            };
            result.mentions.clear();
            for scene in &scenes {
                self.read(scene, &mut memory, &mut result.mentions);
            }
        }
        result.mentions = in_order(result.mentions);
        result
    }

    /// Looks at a sentence before reading: cues of ambiguous names; where no day is known, the
    /// tenures of the leaders named.
    fn survey(&self, scene: &Scene<'_>, memory: &mut Memory) {
        for (at, unit) in scene.units.all.iter().enumerate() {
            if self.cues.contains(&unit.hash) {
                memory.cues.insert(unit.hash);
            }
            if memory.published.is_some() || !unit.capital {
                continue;
            }
            let Some(found) = self.index.matches(&scene.units, at).into_iter().next() else {
                continue;
            };
            let persons: Vec<_> = found
                .senses()
                .filter_map(|sense| match sense {
                    Sense::Person(index) if found.units > 1 => self.lexicon.persons.get(index),
                    _ => None,
                })
                .collect();
            if let [person] = persons.as_slice() {
                let tenures = person.tenures.iter();
                let of_leaders: Vec<(i32, i32)> = tenures
                    .filter(|tenure| tenure.office.is_prominent())
                    .map(days_of)
                    .collect();
                if !of_leaders.is_empty() && !memory.eras.contains(&of_leaders) {
                    memory.eras.push(of_leaders);
                }
            }
        }
    }

    /// Returns the country of the dateline, if it names a capital or a country.
    fn place_of_writing(&self, dateline: &Units) -> Option<CountryCode> {
        (0..dateline.len().min(6)).find_map(|at| {
            let found = self.index.matches(dateline, at).into_iter().next()?;
            found.senses().find_map(|sense| match sense {
                Sense::Capital(country) | Sense::State(country) => Some(country),
                _ => None,
            })
        })
    }

    /// Reads a sentence from left to right.
    fn read(&self, scene: &Scene<'_>, memory: &mut Memory, mentions: &mut Vec<ActorMention>) {
        let published = memory.published;
        let past = past_day(&self.lexicon.words, scene, published);
        let units = 0..scene.units.len();
        let phrases: Vec<_> = units
            .map(|at| self.index.matches(&scene.units, at))
            .collect();
        let mut reader = Reader {
            lexicon: self.lexicon,
            phrases: &phrases,
            scene,
            memory,
            day: past.or(published),
            is_acting: false,
        };
        let mut at = 0;
        let mut last_end = None;
        // Pronouns before the subject of their sentence often point ahead: they are read last.
        let mut waiting = Vec::new();
        while at < scene.units.len() {
            if reader.points_ahead(at) {
                waiting.push(at);
                at += 1;
                continue;
            }
            let read = reader.read(at);
            let Some(reading) = read.filter(|reading| reading.start < reading.end) else {
                at += 1;
                continue;
            };
            let usage = reader.usage(&reading);
            let end = reading.end.max(at + 1);
            let seen = seen(scene, &reading, usage, mentions.len(), last_end);
            mentions.push(mention(scene, &reading, usage, reader.memory));
            reader.memory.remember(seen);
            last_end = Some(end);
            at = end;
        }
        for at in waiting {
            if let Some(reading) = reader.cataphor(at).or_else(|| reader.read(at)) {
                let seen = seen(scene, &reading, Usage::Actor, mentions.len(), None);
                mentions.push(mention(scene, &reading, Usage::Actor, reader.memory));
                reader.memory.remember(seen);
            }
        }
    }
}

fn mention(scene: &Scene<'_>, reading: &Reading, usage: Usage, memory: &Memory) -> ActorMention {
    let actors = reading.entities.iter();
    ActorMention {
        span: scene.span(reading.start, reading.end),
        sentence: scene.number,
        form: reading.form,
        usage,
        actors: actors
            .map(|index| memory.entity(*index).actor.clone())
            .collect(),
        basis: reading.basis.clone(),
        antecedent: reading.antecedent,
        confidence: Confidence::from_thousandths(reading.confidence),
        alternatives: reading.alternatives.clone(),
        is_possessive: scene.is(reading.end, "'s")
            || reading.form == MentionForm::Pronoun
                && matches!(
                    scene.word(reading.start),
                    "his" | "her" | "its" | "their" | "whose"
                ),
    }
}

fn seen(
    scene: &Scene<'_>,
    reading: &Reading,
    usage: Usage,
    number: usize,
    last_end: Option<usize>,
) -> Seen {
    let head = scene.head_of(reading.start, reading.end);
    let joins_last = last_end.is_some_and(|last| {
        let between = (last..reading.start).map(|unit| scene.word(unit));
        reading.start >= last
            && reading.start <= last + 2
            && between
                .clone()
                .all(|word| matches!(word, "and" | "the" | "or" | "as" | "well"))
            && (between.clone().any(|word| matches!(word, "and" | "or"))
                || scene.mark_between(last.saturating_sub(1), ','))
    });
    let is_owner = scene.is(reading.end, "'s");
    let verb = scene.verb_behind(reading.start, reading.end);
    let (function, governor, is_main) = match verb {
        Some(verb) if !is_owner => (Function::Subject, Some(verb), scene.is_main_verb(verb)),
        _ if is_owner => (Function::Possessive, scene.governor(head), false),
        _ => (
            scene.function(head),
            scene.governor(head),
            scene.is_main_subject(head),
        ),
    };
    let is_speech = governor.is_some_and(|verb| is_speech(&scene.form(verb)));
    Seen {
        entities: reading.entities.clone(),
        number,
        sentence: scene.number,
        start: reading.start,
        end: reading.end,
        head,
        function,
        governor,
        is_main,
        is_relative: reading.form == MentionForm::Pronoun
            && scene.is_one_of(reading.start, &["who", "whom", "whose", "which"]),
        speaks: is_speech && function == Function::Subject,
        is_spoken_to: is_speech && matches!(function, Function::Object | Function::Oblique),
        joins_last,
        form: reading.form,
        usage,
    }
}

/// Says whether a form is one of a verb of speech.
pub(crate) fn is_speech(form: &str) -> bool {
    matches!(
        form,
        "said"
            | "says"
            | "say"
            | "told"
            | "tells"
            | "tell"
            | "added"
            | "adds"
            | "announced"
            | "announces"
            | "replied"
            | "replies"
            | "answered"
            | "declared"
            | "stated"
            | "insisted"
            | "warned"
            | "promised"
            | "asked"
            | "remarked"
            | "conceded"
            | "argued"
            | "noted"
            | "stressed"
            | "urged"
            | "wrote"
            | "explained"
            | "acknowledged"
            | "claimed"
            | "suggested"
    )
}

/// Puts mentions in the order of the text; antecedents keep pointing at their mentions.
fn in_order(mentions: Vec<ActorMention>) -> Vec<ActorMention> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|index| {
        let mention = &mentions[*index];
        (mention.sentence, mention.span.start(), mention.span.end())
    });
    let mut places = vec![0; mentions.len()];
    for (place, index) in order.iter().enumerate() {
        places[*index] = place;
    }
    let mut sorted = mentions;
    for mention in &mut sorted {
        mention.antecedent = mention
            .antecedent
            .and_then(|index| places.get(index).copied());
    }
    sorted.sort_by_key(|mention| (mention.sentence, mention.span.start(), mention.span.end()));
    sorted
}

/// "Thirty years ago", "10 years ago today".
fn years_ago(scene: &Scene<'_>, published: Option<Day>) -> Option<Day> {
    const TENS: &[(&str, i32)] = &[
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
    ];
    let at = (1..scene.units.len())
        .find(|unit| scene.is(*unit, "years") && scene.is(*unit + 1, "ago"))?;
    let word = scene.word(at - 1);
    let years = TENS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, years)| *years)
        .or_else(|| word.parse().ok())?;
    let (year, month, day) = published?.ymd();
    Day::from_ymd(year - i16::try_from(years).ok()?, month, day.min(28))
}

/// Returns the day that a sentence about the past speaks of: "in 2003", "in March 1999".
fn past_day(words: &WordLists, scene: &Scene<'_>, published: Option<Day>) -> Option<Day> {
    if let Some(day) = years_ago(scene, published) {
        return Some(day);
    }
    let has_then = (0..scene.units.len()).any(|unit| scene.is(unit, "then"));
    let is_year = |unit: &usize| {
        let is_number = scene.word(*unit).len() == 4
            && scene.word(*unit).bytes().all(|byte| byte.is_ascii_digit());
        // "In 2003", "in March 1999", "on 3 May 1999": not "since the 1979 revolution".
        let before = unit.saturating_sub(3)..*unit;
        let mut before = before.rev().map(|unit| scene.word(unit));
        let stands = before.find(|word| {
            !words.has(WordList::DateWord, word) && !word.bytes().all(|byte| byte.is_ascii_digit())
        });
        is_number && (matches!(stands, Some("in" | "on")) || *unit == 0 || has_then)
    };
    if !(0..scene.units.len()).any(|unit| is_year(&unit)) {
        return None;
    }
    let tokens = tokenize(scene.text, scene.parsed.span);
    let context = DateContext {
        published,
        ..DateContext::default()
    };
    let dates = find_dates(&tokens, context);
    let date = dates.iter().map(|date| date.past).find(|date| {
        date.basis == DateBasis::Stated
            && matches!(
                date.precision,
                Precision::Day | Precision::Month | Precision::Year
            )
    })?;
    let (start, end) = (date.start?, date.end?);
    let day = Day::from_number(start.number() + (end.number() - start.number()) / 2);
    let is_past = published.is_none_or(|published| end.plus(PAST_DAYS) < published);
    is_past.then_some(day)
}
