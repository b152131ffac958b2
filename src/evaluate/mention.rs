//! Passages with the actors marked whom a careful reader finds.

use std::collections::BTreeMap;
use std::fmt;

use crate::evaluate::EvaluateError;
use crate::lexicon::Lexicon;
use crate::mention::{ActorMention, MentionedActor, Usage};
use crate::model::{
    ActorId, ActorKind, Byte, CountryCode, DateBasis, EventDate, Published, Sector, Span,
};

/// One actor of a mark: an id, with country and sector where they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldActor {
    /// Who is meant.
    pub id: ActorId,
    /// The country that must be found; nothing if it is not asked for.
    pub country: Option<CountryCode>,
    /// The sector that must be found; nothing if it is not asked for.
    pub sector: Option<Sector>,
}

/// Marked words and whom they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMark {
    /// Where they stand in the passage's text.
    pub span: Span<Byte>,
    /// Who is meant; nobody where the words name no actor.
    pub actors: Vec<GoldActor>,
}

/// A short text with marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldPassage {
    /// Its name: the phenomenon and a number.
    pub name: String,
    /// What it tests.
    pub phenomenon: String,
    /// Whether longest match and the nearest person fail on it.
    pub is_hard: bool,
    /// When it was published; nothing if that is not known.
    pub published: Option<Published>,
    /// The text without marks.
    pub text: String,
    /// The marks, in the order of the text.
    pub marks: Vec<GoldMark>,
}

/// Reads passages: `## name easy|hard`, `date: …`, then lines of text with marks such as
/// `{the Russian leader|person:vladimir-putin}`; `//` ends a paragraph.
///
/// # Errors
/// [`EvaluateError::Line`] for the first line that is malformed.
pub fn parse_passages(file: &str, text: &str) -> Result<Vec<GoldPassage>, EvaluateError> {
    let mut passages: Vec<GoldPassage> = Vec::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let error = |reason: String| EvaluateError::Line {
            file: file.to_owned(),
            line: index + 1,
            reason,
        };
        let line = line.trim_end();
        if let Some(header) = line.strip_prefix("## ") {
            let (name, kind) = header
                .split_once(' ')
                .ok_or_else(|| error("expected a name and easy or hard".to_owned()))?;
            lines.insert(name.to_owned(), index + 1);
            passages.push(GoldPassage {
                name: name.to_owned(),
                phenomenon: name
                    .trim_end_matches(|c: char| c.is_ascii_digit() || c == '-')
                    .to_owned(),
                is_hard: kind == "hard",
                published: None,
                text: String::new(),
                marks: Vec::new(),
            });
            continue;
        }
        let Some(passage) = passages.last_mut() else {
            continue;
        };
        if let Some(date) = line
            .strip_prefix("date: ")
            .filter(|_| passage.text.is_empty())
        {
            if date != "-" {
                let date = EventDate::parse(date, DateBasis::Stated);
                let date = date.map_err(|found| error(found.to_string()))?;
                passage.published = Published::from_date(&date);
            }
        } else if line == "//" {
            passage.text.push_str("\n\n");
        } else if !line.is_empty() && !line.starts_with('#') {
            if !passage.text.is_empty() && !passage.text.ends_with('\n') {
                passage.text.push(' ');
            }
            passage.text.push_str(line);
        }
    }
    for passage in &mut passages {
        take_marks(passage).map_err(|reason| EvaluateError::Line {
            file: file.to_owned(),
            line: lines.get(&passage.name).copied().unwrap_or_default(),
            reason,
        })?;
    }
    Ok(passages)
}

/// Takes the marks out of a text.
fn take_marks(passage: &mut GoldPassage) -> Result<(), String> {
    let marked = std::mem::take(&mut passage.text);
    let mut rest = marked.as_str();
    while let Some(open) = rest.find('{') {
        let (before, marked) = rest.split_at(open);
        passage.text.push_str(before);
        let close = marked.find('}').ok_or("a mark is not closed")?;
        let (words, answer) = marked[1..close]
            .rsplit_once('|')
            .ok_or("a mark lacks its answer")?;
        let start = passage.text.len();
        passage.text.push_str(words);
        let span = Span::new(start, passage.text.len());
        let mut actors = Vec::new();
        if answer.trim() != "-" {
            for part in answer.split('+') {
                actors.push(parse_actor(part.trim())?);
            }
        }
        passage.marks.push(GoldMark { span, actors });
        rest = &marked[close + 1..];
    }
    passage.text.push_str(rest);
    Ok(())
}

fn parse_actor(text: &str) -> Result<GoldActor, String> {
    let (rest, sector) = match text.split_once('/') {
        Some((rest, sector)) => (rest, Some(sector)),
        None => (text, None),
    };
    let (id, country) = match rest.split_once('@') {
        Some((id, country)) => (id, Some(country)),
        None => (rest, None),
    };
    let text_of = |error: &dyn fmt::Display| error.to_string();
    Ok(GoldActor {
        id: ActorId::parse(id).map_err(|error| text_of(&error))?,
        country: country
            .map(CountryCode::parse)
            .transpose()
            .map_err(|error| text_of(&error))?,
        sector: sector
            .map(|sector| sector.parse::<Sector>().map_err(|error| text_of(&error)))
            .transpose()?,
    })
}

/// Says of each mark whether the mentions found are right: the mention that covers most of it means
/// the same actors; where nobody is meant, no mention of an actor covers a part of it.
#[must_use]
pub fn score_passage(
    lexicon: &Lexicon,
    passage: &GoldPassage,
    mentions: &[ActorMention],
) -> Vec<bool> {
    let is_right = |mark: &GoldMark| {
        let touching = mentions
            .iter()
            .filter(|mention| mention.sentence > 0 && shared(mention.span, mark.span) > 0);
        if mark.actors.is_empty() {
            return touching
                .clone()
                .all(|mention| mention.usage != Usage::Actor);
        }
        let best = touching.max_by_key(|mention| {
            let excess = mention.span.end() - mention.span.start();
            (shared(mention.span, mark.span), std::cmp::Reverse(excess))
        });
        best.is_some_and(|mention| {
            mention.usage == Usage::Actor && same_actors(lexicon, &mark.actors, &mention.actors)
        })
    };
    passage.marks.iter().map(is_right).collect()
}

fn shared(one: Span<Byte>, other: Span<Byte>) -> usize {
    one.end()
        .min(other.end())
        .saturating_sub(one.start().max(other.start()))
}

fn same_actors(lexicon: &Lexicon, gold: &[GoldActor], found: &[MentionedActor]) -> bool {
    let means = |gold: &GoldActor, found: &MentionedActor| {
        is_same_id(lexicon, &gold.id, &found.id)
            && gold
                .country
                .is_none_or(|country| found.country == Some(country))
            && gold
                .sector
                .is_none_or(|sector| found.sector == Some(sector))
    };
    gold.len() == found.len()
        && gold
            .iter()
            .all(|gold| found.iter().any(|found| means(gold, found)))
}

/// The same id, or that of another spelling of the person.
fn is_same_id(lexicon: &Lexicon, gold: &ActorId, found: &ActorId) -> bool {
    if gold == found {
        return true;
    }
    let person = lexicon
        .persons
        .find(found)
        .and_then(|index| lexicon.persons.get(index));
    person.is_some_and(|person| {
        let mut spellings = person.spellings.iter().chain([&person.name]);
        spellings.any(|spelling| ActorId::from_name(ActorKind::Person, spelling) == *gold)
    })
}

/// How many marks of a phenomenon are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkCounts {
    /// Passages.
    pub passages: usize,
    /// Hard ones among them.
    pub hard_passages: usize,
    /// Marks.
    pub marks: usize,
    /// Marks that are right.
    pub right: usize,
    /// Marks of hard passages.
    pub hard_marks: usize,
    /// Marks of hard passages that are right.
    pub hard_right: usize,
}

impl MarkCounts {
    fn add(&mut self, passage: &GoldPassage, right: &[bool]) {
        let hits = right.iter().filter(|right| **right).count();
        self.passages += 1;
        self.marks += right.len();
        self.right += hits;
        if passage.is_hard {
            self.hard_passages += 1;
            self.hard_marks += right.len();
            self.hard_right += hits;
        }
    }
}

/// The counts of a set of passages, by phenomenon and together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MarkTable {
    by_phenomenon: BTreeMap<String, MarkCounts>,
    all: MarkCounts,
}

impl MarkTable {
    /// Adds a passage, with what [`score_passage`] says of its marks.
    pub fn add(&mut self, passage: &GoldPassage, right: &[bool]) {
        let counts = self.by_phenomenon.entry(passage.phenomenon.clone());
        counts.or_default().add(passage, right);
        self.all.add(passage, right);
    }

    /// Returns the counts of all passages.
    #[must_use]
    pub fn all(&self) -> MarkCounts {
        self.all
    }
}

impl fmt::Display for MarkTable {
    /// Writes a table in Markdown, by phenomenon, percentages with one decimal place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| phenomenon | passages | hard | marks | right | % | % of hard |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        let all = [("all", self.all)];
        let rows = self.by_phenomenon.iter();
        let rows = rows.map(|(name, counts)| (name.as_str(), *counts));
        for (name, counts) in rows.chain(all) {
            writeln!(
                f,
                "| {name} | {} | {} | {} | {} | {:.1} | {:.1} |",
                counts.passages,
                counts.hard_passages,
                counts.marks,
                counts.right,
                percent(counts.right, counts.marks),
                percent(counts.hard_right, counts.hard_marks),
            )?;
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
