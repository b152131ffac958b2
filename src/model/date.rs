//! Days, and dates that are not always known to the day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span as DateSpan, civil};

use crate::model::ModelError;
use crate::model::closed_set::closed_set;

/// A day of the Gregorian calendar (UTC), as days since 1970-01-01.
///
/// Years run from −9999 to 9999.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Day(i32);

closed_set! {
    /// A day of the week.
    Weekday, "weekday" {
        /// Monday.
        Monday = "Monday",
        /// Tuesday.
        Tuesday = "Tuesday",
        /// Wednesday.
        Wednesday = "Wednesday",
        /// Thursday.
        Thursday = "Thursday",
        /// Friday.
        Friday = "Friday",
        /// Saturday.
        Saturday = "Saturday",
        /// Sunday.
        Sunday = "Sunday",
    }
}

const EPOCH: Date = civil::date(1970, 1, 1);

impl Day {
    /// Builds a day from year, month (1–12) and day of the month (1–31).
    #[must_use]
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::from_civil)
    }

    /// Builds a day from the number of days since 1970-01-01, as a store keeps it.
    #[must_use]
    pub const fn from_number(days: i32) -> Self {
        Self(days)
    }

    /// Returns the number of days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Returns the day `days` later (or earlier, if negative); the ends of the calendar hold.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Returns year, month (1–12) and day of the month (1–31).
    #[must_use]
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.to_civil();
        (date.year(), date.month(), date.day())
    }

    /// Returns the day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        let index = usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0);
        Weekday::ALL[index]
    }

    /// Returns the first day of the month that lies `months` from this day's month.
    #[must_use]
    pub fn month_start(self, months: i32) -> Self {
        let first = self.to_civil().first_of_month();
        Self::from_civil(first.saturating_add(DateSpan::new().months(months.clamp(-9999, 9999))))
    }

    /// Returns the first day of the year that lies `years` from this day's year.
    #[must_use]
    pub fn year_start(self, years: i32) -> Self {
        let first = self.to_civil().first_of_year();
        Self::from_civil(first.saturating_add(DateSpan::new().years(years.clamp(-9999, 9999))))
    }

    fn from_civil(date: Date) -> Self {
        let days = EPOCH.until(date).map_or(0, |span| span.get_days());
        Self(days)
    }

    fn to_civil(self) -> Date {
        EPOCH.saturating_add(DateSpan::new().days(self.0.clamp(-4_300_000, 2_900_000)))
    }
}

impl FromStr for Day {
    type Err = ModelError;

    /// Parses `YYYY-MM-DD` or `YYYYMMDD`.
    fn from_str(text: &str) -> Result<Self, ModelError> {
        let error = || ModelError::Date {
            text: text.to_owned(),
        };
        let digits: String = match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => text.replace('-', ""),
            _ => text.to_owned(),
        };
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        let number = |range: std::ops::Range<usize>| {
            digits.get(range).and_then(|part| part.parse::<i16>().ok())
        };
        let (year, month, day) = (number(0..4), number(4..6), number(6..8));
        let small = |value: Option<i16>| value.and_then(|value| i8::try_from(value).ok());
        year.zip(small(month))
            .zip(small(day))
            .and_then(|((year, month), day)| Self::from_ymd(year, month, day))
            .ok_or_else(error)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

closed_set! {
    /// How exactly a date is known.
    Precision, "date precision" {
        /// To the day.
        Day = "day",
        /// To a week or a similar handful of days.
        Week = "week",
        /// To the month.
        Month = "month",
        /// To the year.
        Year = "year",
        /// Not at all.
        Unknown = "unknown",
    }
}

closed_set! {
    /// What a date rests on.
    DateBasis, "date basis" {
        /// The text names the date.
        Stated = "stated",
        /// The text names it relative to another ("on Wednesday", "two days earlier").
        Relative = "relative",
        /// The day of publication stands in.
        Publication = "publication",
        /// A data set of others gives it.
        Dataset = "dataset",
    }
}

/// When an event took place, as far as it is known.
///
/// The range `[start, end)` is half-open; both are missing where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct EventDate {
    /// First day that the event may lie on.
    pub start: Option<Day>,
    /// First day after the last that it may lie on.
    pub end: Option<Day>,
    /// How exactly it is known.
    pub precision: Precision,
    /// What it rests on.
    pub basis: DateBasis,
}

impl EventDate {
    /// An unknown date.
    pub const UNKNOWN: Self = Self {
        start: None,
        end: None,
        precision: Precision::Unknown,
        basis: DateBasis::Publication,
    };

    /// Builds the date of one day.
    #[must_use]
    pub const fn day(day: Day, basis: DateBasis) -> Self {
        Self {
            start: Some(day),
            end: Some(day.plus(1)),
            precision: Precision::Day,
            basis,
        }
    }

    /// Builds the date of the seven days from `start`.
    #[must_use]
    pub const fn week(start: Day, basis: DateBasis) -> Self {
        Self {
            start: Some(start),
            end: Some(start.plus(7)),
            precision: Precision::Week,
            basis,
        }
    }

    /// Builds the date of the month that `day` lies in.
    #[must_use]
    pub fn month(day: Day, basis: DateBasis) -> Self {
        let (start, end) = (Some(day.month_start(0)), Some(day.month_start(1)));
        Self {
            start,
            end,
            precision: Precision::Month,
            basis,
        }
    }

    /// Builds the date of the year that `day` lies in.
    #[must_use]
    pub fn year(day: Day, basis: DateBasis) -> Self {
        let (start, end) = (Some(day.year_start(0)), Some(day.year_start(1)));
        Self {
            start,
            end,
            precision: Precision::Year,
            basis,
        }
    }

    /// Parses a date as people write it: `2026-01-16`, `2026-01` or `2026`.
    ///
    /// # Errors
    /// [`ModelError::Date`] for anything else.
    pub fn parse(text: &str, basis: DateBasis) -> Result<Self, ModelError> {
        match text.len() {
            4 => format!("{text}-01-01")
                .parse()
                .map(|day| Self::year(day, basis)),
            7 => format!("{text}-01")
                .parse()
                .map(|day| Self::month(day, basis)),
            _ => text.parse().map(|day| Self::day(day, basis)),
        }
        .map_err(|_: ModelError| ModelError::Date {
            text: text.to_owned(),
        })
    }
}

impl fmt::Display for EventDate {
    /// Writes `2026-01-16`, `2026-01`, `2026`, `2026-01-12/7d` for a week, `unknown`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(start) = self.start else {
            return f.pad("unknown");
        };
        let text = start.to_string();
        match self.precision {
            Precision::Day => f.pad(&text),
            Precision::Week => f.pad(&format!("{text}/7d")),
            Precision::Month => f.pad(text.get(..7).unwrap_or(&text)),
            Precision::Year => f.pad(text.get(..4).unwrap_or(&text)),
            Precision::Unknown => f.pad("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("20260116").to_string(), "2026-01-16");
        assert_eq!(day("2026-01-16").weekday(), Weekday::Friday);
        assert_eq!(day("1969-12-28").weekday(), Weekday::Sunday);
        assert_eq!(day("2026-01-31").month_start(1), day("2026-02-01"));
        assert_eq!(day("2026-01-31").month_start(-1), day("2025-12-01"));
        for number in [-700_000, -1, 0, 59, 20_000, 2_000_000] {
            assert_eq!(
                Day::from_number(number).to_string().parse(),
                Ok(Day::from_number(number))
            );
        }
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "16.1.2026",
            "",
            "2026-1-1",
            "20260132",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn dates_keep_their_precision() {
        for text in ["2026-01-16", "2026-01", "2026"] {
            let date = EventDate::parse(text, DateBasis::Stated).unwrap();
            assert_eq!(date.to_string(), text);
        }
        let january = EventDate::parse("2026-01", DateBasis::Stated).unwrap();
        assert_eq!(january.end, Some(day("2026-02-01")));
        assert!(EventDate::parse("2026-00", DateBasis::Stated).is_err());
    }
}
