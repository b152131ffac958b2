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
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + i8::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(-9999..=9999).contains(&year) || !(1..=length).contains(&day) {
            return None;
        }
        // Years from March on end with the leap day, so that the months before have fixed lengths.
        // Plain arithmetic: the dictionaries have tens of thousands of dates.
        let (month, day) = (i32::from(month), i32::from(day));
        let year = i32::from(year) - i32::from(month <= 2);
        let month_from_march = (month + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Some(Self(365 * year + leap_days + day_of_year - 719_468))
    }

    /// Returns the first day of a month; of one past the calendar's end, the calendar's last day.
    fn first_of(year: i16, month: i8) -> Self {
        let first = Self::from_ymd(year, month, 1);
        first.unwrap_or_else(|| Self::from_civil(Date::MAX))
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
        let bytes = text.as_bytes();
        let (year, month, day) = match bytes.len() {
            10 if bytes[4] == b'-' && bytes[7] == b'-' => (&bytes[..4], &bytes[5..7], &bytes[8..]),
            8 => (&bytes[..4], &bytes[4..6], &bytes[6..]),
            _ => return Err(malformed(text)),
        };
        let small = |digits| number(digits).and_then(|value| i8::try_from(value).ok());
        let day = number(year)
            .zip(small(month).zip(small(day)))
            .and_then(|(year, (month, day))| Self::from_ymd(year, month, day));
        day.ok_or_else(|| malformed(text))
    }
}

/// Reads a few digits and nothing else.
fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |value, digit| {
        let is_digit = digit.is_ascii_digit();
        is_digit.then(|| 10 * value + i16::from(digit - b'0'))
    })
}

fn malformed(text: &str) -> ModelError {
    ModelError::Date {
        text: text.to_owned(),
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
        let (year, month) = match text.len() {
            4 => (text, None),
            7 => match text.split_once('-') {
                Some((year, month)) if year.len() == 4 => (year, Some(month)),
                _ => return Err(malformed(text)),
            },
            _ => return text.parse().map(|day| Self::day(day, basis)),
        };
        let year = number(year.as_bytes()).ok_or_else(|| malformed(text))?;
        let (start, end, precision) = match month {
            None => {
                let end = Day::first_of(year + 1, 1);
                (Some(Day::first_of(year, 1)), end, Precision::Year)
            }
            Some(month) => {
                let month = number(month.as_bytes()).and_then(|month| i8::try_from(month).ok());
                let month = month.ok_or_else(|| malformed(text))?;
                let end = match month {
                    12 => Day::first_of(year + 1, 1),
                    _ => Day::first_of(year, month + 1),
                };
                (Day::from_ymd(year, month, 1), end, Precision::Month)
            }
        };
        if start.is_none() {
            return Err(malformed(text));
        }
        Ok(Self {
            start,
            end: Some(end),
            precision,
            basis,
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
    fn every_day_has_its_number() {
        for year in -9999..=9999 {
            for month in 0..=13 {
                for day in [0, 1, 2, 28, 29, 30, 31, 32] {
                    let expected = Date::new(year, month, day).ok().map(Day::from_civil);
                    assert_eq!(Day::from_ymd(year, month, day), expected);
                }
            }
        }
        assert_eq!(Day::from_ymd(10_000, 1, 1), None);
        assert_eq!(Day::from_ymd(-10_000, 1, 1), None);
    }

    #[test]
    fn months_and_years_are_those_of_their_days() {
        for year in 0..=9900 {
            let text = format!("{year:04}");
            let date = EventDate::parse(&text, DateBasis::Stated);
            let first = day(&format!("{text}-01-01"));
            assert_eq!(date, Ok(EventDate::year(first, DateBasis::Stated)));
            for month in 1..=12 {
                let text = format!("{text}-{month:02}");
                let date = EventDate::parse(&text, DateBasis::Stated);
                let first = day(&format!("{text}-01"));
                assert_eq!(date, Ok(EventDate::month(first, DateBasis::Stated)));
            }
        }
        for text in [
            "", "202", "20é", "2-26", "2026-1", "2026010", "2026/01", "+026", "2026-1-1",
        ] {
            let error = EventDate::parse(text, DateBasis::Stated).unwrap_err();
            assert!(error.to_string().contains(text), "{error}");
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
