//! Decides when an act took place.

use crate::coder::clause::Scene;
use crate::coder::matching::Match;
use crate::lexicon::VerbForm;
use crate::model::{DateBasis, Day, EventDate, Precision, Published, Status};
use crate::text::DateExpression;

/// Older than this, in days before publication, an event is background.
const BACKGROUND_DAYS: i32 = 30;

/// How far back, in days, the day may lie that an article opens with.
const SCENE_DAYS: i32 = 4;

/// A date, and whether the article tells it as history.
pub(crate) struct Dated {
    pub(crate) date: EventDate,
    pub(crate) is_background: bool,
}

/// Dates an act at a position of the sentence: the nearest date that the sentence names, else
/// the day of publication, else nothing. What is planned takes the coming day of a name such as
/// "Friday", and never the day of publication.
pub(crate) fn date(
    scene: &Scene<'_>,
    found: &Match<'_>,
    status: Status,
    published: Option<Published>,
    scene_day: Option<Day>,
) -> Dated {
    let at = found.at;
    let nearest = scene.dates.iter().min_by_key(|date| {
        let (start, end) = (date.words.start(), date.words.end());
        if start >= at {
            start - at
        } else {
            (at + 1).saturating_sub(end)
        }
    });
    let day = published.and_then(Published::exact_day);
    let ahead = matches!(status, Status::Planned | Status::Hypothetical);
    let date = match nearest {
        Some(expression) if ahead => expression.ahead,
        Some(expression) => expression.past,
        None if ahead => EventDate::UNKNOWN,
        // "accuses", "has accused": as of publication.
        None if is_present(scene, found) => of_publication(published),
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

/// Says whether the verb stands in the present or in the present perfect.
fn is_present(scene: &Scene<'_>, found: &Match<'_>) -> bool {
    let mut before = found.at;
    while before > 0 && scene.is_auxiliary(before - 1) {
        before -= 1;
        if matches!(scene.word(before), "has" | "have" | "is" | "are") {
            return true;
        }
    }
    matches!(found.form, Some(VerbForm::Third | VerbForm::Base)) && before == found.at
}

/// Returns the day that the opening of an article reports on: the first day that its first two
/// sentences name, if it lies at most four days before publication. What such an article tells
/// without a date belongs to that day ("signed on Thursday … praised them at the ceremony").
pub(crate) fn scene_day(dates: &[DateExpression], published: Option<Published>) -> Option<Day> {
    let published = published.and_then(Published::exact_day)?;
    dates
        .iter()
        .filter(|date| date.past.precision == Precision::Day)
        .filter_map(|date| date.past.start)
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
