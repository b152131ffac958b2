//! Decides when an act took place.

use crate::coder::sentence::{NamedDate, SentenceScene};
use crate::model::{DateBasis, Day, EventDate, PloverType, Precision, Published, Status};
use crate::predicate::Grammar;
use crate::text::Upos;

/// Older than this, in days before publication, an event is background.
const BACKGROUND_DAYS: i32 = 30;

/// How far back, in days, the day may lie that an article opens with.
const SCENE_DAYS: i32 = 4;

/// A date, and whether the article tells it as history.
pub(crate) struct Dated {
    pub(crate) date: EventDate,
    pub(crate) is_background: bool,
}

/// Dates an act by its word: the date that hangs on it, else the nearest that the sentence names,
/// else the day that the article opens with, else that of publication. What is planned takes the
/// coming day of a name such as "Friday", and never the day of publication.
pub(crate) fn date(
    sentence: &SentenceScene<'_>,
    (head, kind): (usize, PloverType),
    status: Status,
    published: Option<Published>,
    scene_day: Option<Day>,
) -> Dated {
    let grammar = sentence.scene.grammar();
    let named = nearest(sentence, head);
    let day = published.and_then(Published::exact_day);
    let ahead = matches!(status, Status::Planned | Status::Hypothetical);
    let date = match named {
        Some(named) if ahead => named.date.ahead,
        None if !ahead && is_lasting(grammar, head) => {
            let day = scene_day.or(published.and_then(Published::exact_day));
            day.map_or(EventDate::UNKNOWN, |day| {
                EventDate::month(day.month_start(0), DateBasis::Relative)
            })
        }
        Some(named) => named.date.past,
        None if ahead => EventDate::UNKNOWN,
        // "accuses", "has accused": as of publication.
        None if is_present(grammar, head) => of_publication(published),
        // What a passage tells after a date belongs to it, until it names another.
        None if sentence
            .last
            .is_some_and(|last| is_other_time(last, scene_day)) =>
        {
            let last = sentence.last.unwrap_or(EventDate::UNKNOWN);
            EventDate {
                basis: DateBasis::Relative,
                ..last
            }
        }
        // Reactions come when the article is written.
        None if is_reaction(kind) => of_publication(published),
        None => scene_day.map_or_else(
            || of_publication(published),
            |day| EventDate::day(day, DateBasis::Relative),
        ),
    };
    let is_background = match (date.end, day) {
        (Some(end), Some(day)) => end.plus(BACKGROUND_DAYS) <= day,
        _ => false,
    };
    Dated {
        date,
        is_background,
    }
}

/// Returns the date of a sentence that dates what a word tells.
pub(crate) fn nearest<'s>(sentence: &'s SentenceScene<'_>, head: usize) -> Option<&'s NamedDate> {
    let grammar = sentence.scene.grammar();
    let dates = sentence.dates.iter();
    dates.min_by_key(|named| distance(grammar, named, head))
}

/// Says whether acts of a type are mostly answers to what an article reports.
const fn is_reaction(kind: PloverType) -> bool {
    matches!(kind, PloverType::Accuse | PloverType::Reject)
}

/// Says whether an act went on for a while: "for three weeks", "over two days".
fn is_lasting(grammar: &Grammar<'_>, head: usize) -> bool {
    let is_span = |at: &usize| {
        matches!(
            grammar.folded(*at),
            "days" | "weeks" | "months" | "week" | "month" | "year"
        )
    };
    let opens = |at: usize| {
        let before = at.saturating_sub(5)..at;
        let mut words = before.map(|before| grammar.folded(before));
        words.any(|word| matches!(word, "for" | "over"))
    };
    (head + 1..grammar.len())
        .filter(is_span)
        .any(|at| opens(at) && grammar.hangs_on(at, head, 3) && at - head < 12)
}

/// Says whether a date is another than that of the article's opening.
fn is_other_time(date: EventDate, scene_day: Option<Day>) -> bool {
    date.start.is_some() && date.start != scene_day
}

/// How far a date stands from a word: those that hang on it first, then those of its clause, then by
/// words between.
fn distance(grammar: &Grammar<'_>, named: &NamedDate, head: usize) -> (usize, usize) {
    let mut words = named.words.clone();
    let hangs = |steps: usize| {
        named
            .words
            .clone()
            .any(|at| grammar.hangs_on(at, head, steps))
    };
    let clause = grammar.clause_of(head);
    let rank = if hangs(2) {
        0
    } else if words.any(|at| grammar.clause_of(at) == clause) {
        1
    } else {
        2
    };
    let between = if named.words.start >= head {
        named.words.start - head
    } else {
        (head + 1).saturating_sub(named.words.end)
    };
    (rank, between)
}

/// Says whether a verb stands in the present or in the present perfect.
fn is_present(grammar: &Grammar<'_>, head: usize) -> bool {
    if grammar.upos(head) != Some(Upos::Verb) {
        return false;
    }
    let has = grammar.children(head).iter().any(|child| {
        grammar.label(*child) == "aux" && matches!(grammar.folded(*child), "has" | "have")
    });
    has || grammar.is_present(head)
}

/// Returns the day that the opening of an article reports on: the first day that its first two
/// sentences name, if it lies at most four days before publication. What such an article tells
/// without a date belongs to that day ("signed on Thursday … praised them at the ceremony").
pub(crate) fn scene_day(dates: &[NamedDate], published: Option<Published>) -> Option<Day> {
    let published = published.and_then(Published::exact_day)?;
    dates
        .iter()
        .filter(|named| named.date.past.precision == Precision::Day)
        .filter_map(|named| named.date.past.start)
        .find(|day| published.plus(-SCENE_DAYS) <= *day && *day <= published)
}

fn of_publication(published: Option<Published>) -> EventDate {
    let Some(published) = published else {
        return EventDate::UNKNOWN;
    };
    let basis = DateBasis::Publication;
    let of = |make: fn(Day, DateBasis) -> EventDate| make(published.day, basis);
    match published.precision {
        Precision::Day => of(EventDate::day),
        Precision::Week => of(EventDate::week),
        Precision::Month => of(EventDate::month),
        Precision::Year => of(EventDate::year),
        Precision::Unknown => EventDate::UNKNOWN,
    }
}
