//! Decides when an act took place.

use crate::coder::act::Act;
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
    act: &Act,
    status: Status,
    published: Option<Published>,
    scene_day: Option<Day>,
) -> Dated {
    let grammar = sentence.scene.grammar();
    let head = act.head;
    let day = published.and_then(Published::exact_day);
    let ahead = is_ahead(status);
    let named = nearest(sentence, act, status);
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
        None if is_reaction(act.kind) => of_publication(published),
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

/// Returns the date of a sentence that dates an act of some status; what took place did not do so after
/// the day of publication.
pub(crate) fn nearest<'s>(
    sentence: &'s SentenceScene<'_>,
    act: &Act,
    status: Status,
) -> Option<&'s NamedDate> {
    let grammar = sentence.scene.grammar();
    let may_be = |named: &&NamedDate| is_ahead(status) || !named.is_ahead;
    let dates = sentence.dates.iter().filter(may_be);
    let ranked = dates.filter_map(|named| Some((distance(grammar, named, act)?, named)));
    ranked
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, named)| named)
}

/// Says whether what has a status lies ahead.
const fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Hypothetical)
}

/// Says whether an act is of those that are mostly answers to what an article reports.
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

/// How far a date stands from the word of an act: those that hang on it first, then those of its
/// clause, then those of a verb that it is joined to or stands under, then any other, by words between.
/// Nothing where the date is that of something else.
fn distance(grammar: &Grammar<'_>, named: &NamedDate, act: &Act) -> Option<(usize, usize, usize)> {
    let head = act.head;
    let any = |test: &dyn Fn(usize) -> bool| named.words.clone().any(test);
    let clause = grammar.clause_of(head);
    let of_clause = named
        .words
        .clone()
        .map(|at| grammar.clause_of(at))
        .next_back()?;
    // "condemned Iran for the attack of 7 May": of the attack.
    let is_of_other = any(&|at| is_of_deed(grammar, at, head));
    let rank = if is_of_other {
        return None;
    } else if of_clause == clause && any(&|at| grammar.hangs_on(at, head, 2)) {
        0
    } else if of_clause == clause || any(&|at| grammar.clause_of(at) == clause) {
        1
    } else if grammar.hangs_on(head, of_clause, 6) {
        // "said on Friday that he had refused": before that.
        if is_pluperfect(grammar, clause) && is_said(grammar, clause) {
            return None;
        }
        2
    } else if grammar.label(of_clause) == "acl:relcl" {
        // "the talks that they opened in February".
        return None;
    } else {
        3
    };
    let depth = depth(grammar, named, of_clause);
    let between = if named.words.start >= head {
        named.words.start - head
    } else {
        (head + 1).saturating_sub(named.words.end)
    };
    Some((rank, depth, between))
}

/// How far below the verb of its clause a date stands: "met on Friday, the third talks this month".
fn depth(grammar: &Grammar<'_>, named: &NamedDate, verb: usize) -> usize {
    let deep = |at: usize| (1..4).find(|steps| grammar.hangs_on(at, verb, *steps));
    let depths = named.words.clone().filter_map(deep);
    depths.min().map_or(4, |depth| depth.max(2))
}

/// Says whether a word hangs on a deed that is named between it and the word of an act.
fn is_of_deed(grammar: &Grammar<'_>, at: usize, head: usize) -> bool {
    const DEEDS: [&str; 16] = [
        "attack",
        "assault",
        "strike",
        "bombing",
        "raid",
        "invasion",
        "killing",
        "murder",
        "massacre",
        "shooting",
        "coup",
        "crackdown",
        "annexation",
        "explosion",
        "election",
        "launch",
    ];
    let up = std::iter::successors(grammar.head(at), |at| grammar.head(*at));
    let below = up.take(5).take_while(|at| *at != head);
    grammar.hangs_on(at, head, 6)
        && below
            .into_iter()
            .any(|at| DEEDS.contains(&grammar.lemma(at)))
}

/// "had refused".
fn is_pluperfect(grammar: &Grammar<'_>, verb: usize) -> bool {
    let is_had =
        |child: &&usize| grammar.folded(**child) == "had" && grammar.label(**child) == "aux";
    grammar.children(verb).iter().find(is_had).is_some()
}

/// Says whether a verb tells what somebody said.
fn is_said(grammar: &Grammar<'_>, verb: usize) -> bool {
    matches!(grammar.label(verb), "ccomp")
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
