//! Windows of time, as users give them.

use std::fmt;

use crate::model::{DateBasis, Day, EventDate, ModelError};

/// A stretch of days `[start, end)`, half-open, UTC; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// First day inside.
    pub start: Option<Day>,
    /// First day outside.
    pub end: Option<Day>,
}

/// Where a date lies as seen from a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The whole range of the date lies inside.
    Inside,
    /// The date may lie inside or outside.
    Uncertain,
    /// No day of the date lies inside.
    Outside,
}

impl Window {
    /// Every day.
    pub const ALL: Self = Self {
        start: None,
        end: None,
    };

    /// Builds a window from what a user typed; both ends are inclusive as typed, so that
    /// `to = "2026-01"` includes all of January.
    ///
    /// Each end is a day, month or year, `today`, `yesterday`, or `last N days|weeks|months|years`,
    /// counted from `today`. `from = "last 30 days"` sets both ends unless `to` is given.
    ///
    /// # Errors
    /// [`ModelError::Date`] for a text that is none of these, [`ModelError::EmptyWindow`] where
    /// the end lies before the start.
    pub fn parse(from: Option<&str>, to: Option<&str>, today: Day) -> Result<Self, ModelError> {
        let from_range = from.map(|text| parse_range(text, today)).transpose()?;
        let to_range = to.map(|text| parse_range(text, today)).transpose()?;
        let start = from_range.and_then(|(start, _, _)| start);
        let relative_end = from_range
            .filter(|(_, _, relative)| *relative)
            .and_then(|r| r.1);
        let end = to_range.map_or(relative_end, |(_, end, _)| end);
        if let (Some(first), Some(after)) = (start, end)
            && after <= first
        {
            return Err(ModelError::EmptyWindow {
                start: first.to_string(),
                end: after.plus(-1).to_string(),
            });
        }
        Ok(Self { start, end })
    }

    /// Says whether the window leaves no day out.
    #[must_use]
    pub const fn is_all(self) -> bool {
        self.start.is_none() && self.end.is_none()
    }

    /// Says where `date` lies. An unknown date is uncertain in every window but [`Window::ALL`].
    #[must_use]
    pub fn fit(self, date: &EventDate) -> Fit {
        if self.is_all() {
            return Fit::Inside;
        }
        let (Some(first), Some(after)) = (date.start, date.end) else {
            return Fit::Uncertain;
        };
        let begins_before = self.start.is_some_and(|start| first < start);
        let ends_after = self.end.is_some_and(|end| end < after);
        let wholly_outside = self.start.is_some_and(|start| after <= start)
            || self.end.is_some_and(|end| end <= first);
        if wholly_outside {
            Fit::Outside
        } else if begins_before || ends_after {
            Fit::Uncertain
        } else {
            Fit::Inside
        }
    }
}

impl fmt::Display for Window {
    /// Writes both ends inclusive: `2026-01-01 to 2026-01-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.start, self.end.map(|end| end.plus(-1))) {
            (None, None) => f.write_str("all dates"),
            (Some(start), None) => write!(f, "from {start}"),
            (None, Some(last)) => write!(f, "up to {last}"),
            (Some(start), Some(last)) => write!(f, "{start} to {last}"),
        }
    }
}

/// Reads one end: `(start, end, is relative)`.
fn parse_range(text: &str, today: Day) -> Result<(Option<Day>, Option<Day>, bool), ModelError> {
    let lower = text.trim().to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let tomorrow = today.plus(1);
    let error = || ModelError::Date {
        text: text.to_owned(),
    };
    match words.as_slice() {
        ["today"] => Ok((Some(today), Some(tomorrow), true)),
        ["yesterday"] => Ok((Some(today.plus(-1)), Some(today), true)),
        ["last", unit] => Ok((
            Some(before(today, 1, unit).ok_or_else(error)?),
            Some(tomorrow),
            true,
        )),
        ["last", count, unit] => {
            let count = count.parse().map_err(|_| error())?;
            Ok((
                Some(before(today, count, unit).ok_or_else(error)?),
                Some(tomorrow),
                true,
            ))
        }
        [date] => {
            let date = EventDate::parse(date, DateBasis::Stated)?;
            Ok((date.start, date.end, false))
        }
        _ => Err(error()),
    }
}

/// Returns the first of the last `count` units of which `today` is the last day.
fn before(today: Day, count: u16, unit: &str) -> Option<Day> {
    let count = i32::from(count);
    match unit.trim_end_matches('s') {
        "day" => Some(today.plus(1 - count)),
        "week" => Some(today.plus(1 - 7 * count)),
        "month" | "year" => {
            let months = if unit.starts_with("year") {
                12 * count
            } else {
                count
            };
            let (_, _, day_of_month) = today.ymd();
            let first = today.month_start(-months);
            let last = today.month_start(1 - months).plus(-1);
            Some(first.plus(i32::from(day_of_month)).min(last.plus(1)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn check(from: Option<&str>, to: Option<&str>, expected: &str) {
        let window = Window::parse(from, to, day("2026-01-31"));
        assert_eq!(
            window.map(|w| w.to_string()),
            Ok(expected.to_owned()),
            "{from:?} {to:?}"
        );
    }

    #[test]
    fn ends_are_inclusive_as_typed() {
        check(None, None, "all dates");
        check(Some("2026"), None, "from 2026-01-01");
        check(None, Some("2026-01"), "up to 2026-01-31");
        check(Some("2025-12-28"), Some("2026"), "2025-12-28 to 2026-12-31");
        check(Some("last 30 days"), None, "2026-01-02 to 2026-01-31");
        check(Some("last week"), None, "2026-01-25 to 2026-01-31");
        check(Some("last 2 months"), None, "2025-12-01 to 2026-01-31");
        check(Some("yesterday"), Some("today"), "2026-01-30 to 2026-01-31");
        let today = day("2026-01-31");
        assert!(Window::parse(Some("2026-02"), Some("2026-01"), today).is_err());
        assert!(Window::parse(Some("soon"), None, today).is_err());
        assert!(Window::parse(Some("last x days"), None, today).is_err());
    }

    #[test]
    fn uncertain_dates_are_told_apart() {
        let window = Window::parse(Some("2026-01-10"), Some("2026-01-20"), day("2026-01-31"));
        let window = window.unwrap();
        let fit = |text| window.fit(&EventDate::parse(text, DateBasis::Stated).unwrap());
        assert_eq!(fit("2026-01-10"), Fit::Inside);
        assert_eq!(fit("2026-01-20"), Fit::Inside);
        assert_eq!(fit("2026-01-21"), Fit::Outside);
        assert_eq!(fit("2026-01"), Fit::Uncertain);
        assert_eq!(fit("2025"), Fit::Outside);
        assert_eq!(window.fit(&EventDate::UNKNOWN), Fit::Uncertain);
        assert_eq!(Window::ALL.fit(&EventDate::UNKNOWN), Fit::Inside);
    }
}
