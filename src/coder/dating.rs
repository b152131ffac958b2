//! Decides when an act took place.

use crate::coder::clause::Scene;
use crate::model::{DateBasis, Day, EventDate, Published, Status};

/// Older than this, in days before publication, an event is background.
const BACKGROUND_DAYS: i32 = 30;

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
    at: usize,
    status: Status,
    published: Option<Published>,
) -> Dated {
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
        None => of_publication(published),
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

fn of_publication(published: Option<Published>) -> EventDate {
    let Some(published) = published else {
        return EventDate::UNKNOWN;
    };
    let basis = DateBasis::Publication;
    let of = |make: fn(Day, DateBasis) -> EventDate| make(published.day, basis);
    match published.precision {
        crate::model::Precision::Day => of(EventDate::day),
        crate::model::Precision::Week => of(EventDate::week),
        crate::model::Precision::Month => of(EventDate::month),
        crate::model::Precision::Year => of(EventDate::year),
        crate::model::Precision::Unknown => EventDate::UNKNOWN,
    }
}
