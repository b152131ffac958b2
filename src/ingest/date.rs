//! Dates of publication in the forms that articles bear.

use crate::model::{Day, Precision, Published};

/// Earlier years are placeholders such as `0001-01-01`.
const YEAR_MIN: i16 = 1000;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Parses a date with whatever time stands behind it; the day is the day as written.
///
/// Anything that could be two dates, such as `1/2/2026`, is none.
pub(super) fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    parse_numeric(text)
        .or_else(|| parse_digits(text))
        .or_else(|| parse_words(text))
}

/// `2026-01-16`, `2026/01/16`, `2026.01.16` with an optional time, and `2026-01`.
fn parse_numeric(text: &str) -> Option<Published> {
    let year = number(text.get(..4)?)?;
    let separator = text
        .get(4..5)
        .filter(|one| matches!(*one, "-" | "/" | "."))?;
    let month = number(text.get(5..7)?)?;
    match text.get(7..8) {
        None if separator == "-" && text.len() == 7 => published(year, month, None),
        after if after == Some(separator) => {
            let day = number(text.get(8..10)?)?;
            is_time(text.get(10..)?).then(|| published(year, month, Some(day)))?
        }
        _ => None,
    }
}

/// `2026`, `20260116` with an optional time, `20260116100000`, and seconds since 1970.
fn parse_digits(text: &str) -> Option<Published> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at_checked(digits)?;
    let compact = || {
        let day = number(whole.get(6..8)?)?;
        published(
            number(whole.get(..4)?)?,
            number(whole.get(4..6)?)?,
            Some(day),
        )
    };
    let is_fraction = rest.strip_prefix('.').is_some_and(is_digits) || rest.is_empty();
    match digits {
        4 if rest.is_empty() => {
            let year = number(whole)?;
            (year >= YEAR_MIN).then_some(())?;
            let day = Day::from_ymd(year, 1, 1)?;
            let precision = Precision::Year;
            Some(Published { day, precision })
        }
        8 if is_time(rest) => compact(),
        14 if rest.is_empty() || is_zone(rest) => compact(),
        9 | 10 if is_fraction => epoch_day(whole.parse().ok()?),
        13 if is_fraction => epoch_day(whole.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

/// `January 16, 2026`, `Fri, 16 Jan 2026 10:00:00 +0300`, `Fri Jan 16 10:00:00 2026`,
/// `January 2026`.
fn parse_words(text: &str) -> Option<Published> {
    let before_comment = text.split('(').next().unwrap_or(text);
    let words: Vec<&str> = before_comment
        .split(|character: char| character.is_whitespace() || character == ',')
        .filter(|word| !word.is_empty() && !is_time_word(word))
        .collect();
    let dated = match words.split_first() {
        Some((first, rest)) if named(&WEEKDAYS, first).is_some() => rest,
        _ => &words,
    };
    match *dated {
        [month, year] => published(year_number(year)?, named(&MONTHS, month)?, None),
        [one, two, year] => {
            let year = year_number(year)?;
            let (month, day) = match (named(&MONTHS, one), named(&MONTHS, two)) {
                (Some(month), None) => (month, two),
                (None, Some(month)) => (month, one),
                _ => return None,
            };
            published(year, month, Some(day_number(day)?))
        }
        _ => None,
    }
}

fn published(year: i16, month: i16, day: Option<i16>) -> Option<Published> {
    let small = |number: i16| i8::try_from(number).ok();
    let date = Day::from_ymd(year, small(month)?, small(day.unwrap_or(1))?)?;
    (year >= YEAR_MIN).then_some(Published {
        day: date,
        precision: if day.is_some() {
            Precision::Day
        } else {
            Precision::Month
        },
    })
}

fn epoch_day(seconds: i64) -> Option<Published> {
    let day = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    Some(Published {
        day: Day::from_number(day),
        precision: Precision::Day,
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Option<i16> {
    is_digits(text).then(|| text.parse().ok())?
}

fn year_number(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| number(word))?
}

/// `16`, `16th`, `1st`, `6.`.
fn day_number(word: &str) -> Option<i16> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (day, ending) = word.split_at_checked(digits)?;
    let known = matches!(ending, "" | "st" | "nd" | "rd" | "th" | ".");
    (known && digits <= 2).then(|| number(day))?
}

/// The place, from 1, of a name that may be cut to three letters or more: `Jan.`, `SEPT`.
fn named(names: &[&str], word: &str) -> Option<i16> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let index = names
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(&word))?;
    i16::try_from(index + 1).ok()
}

/// What may follow a day of digits: nothing, a zone, or a time such as `T10:00:00Z` or
/// ` 10:00 UTC`.
fn is_time(rest: &str) -> bool {
    if rest.is_empty() || is_zone(rest) {
        return true;
    }
    let Some(time) = rest.strip_prefix(['T', 't', ' ', ',']) else {
        return false;
    };
    let time = time.trim_start();
    let hour_bytes = time.bytes().take_while(u8::is_ascii_digit).count();
    let after_hour = time.get(hour_bytes..).unwrap_or_default();
    matches!(hour_bytes, 1 | 2 | 4 | 6)
        && (after_hour.is_empty() || after_hour.starts_with([':', '.', 'Z', '+', '-']))
        && after_hour
            .chars()
            .all(|one| one.is_ascii_alphanumeric() || " :.,+-/_[]()".contains(one))
}

/// `Z`, `+03:00`, `-0500`.
fn is_zone(rest: &str) -> bool {
    let offset = rest.strip_prefix(['+', '-']);
    let is_offset = offset.is_some_and(|offset| match offset.len() {
        4 => is_digits(offset),
        5 => offset.get(2..3) == Some(":") && is_digits(&offset.replacen(':', "", 1)),
        _ => false,
    });
    matches!(rest, "Z" | "z") || is_offset
}

/// A word that belongs to the time and not to the day: `10:00`, `p.m.`, `+0300`, `GMT`.
fn is_time_word(word: &str) -> bool {
    let is_clock = word.contains(':') && word.starts_with(|one: char| one.is_ascii_digit());
    let is_zone_name = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let lower = word.to_ascii_lowercase();
    let is_known = matches!(
        lower.as_str(),
        "at" | "am" | "pm" | "a.m." | "p.m." | "-" | "|"
    );
    let has_zone = lower.starts_with("gmt") || lower.starts_with("utc") || is_zone(word);
    let is_name = named(&MONTHS, word).is_some() || named(&WEEKDAYS, word).is_some();
    !is_name && (is_clock || is_zone_name || is_known || has_zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{DateBasis, EventDate};

    fn check(expected: &str, texts: &[&str]) {
        let date = EventDate::parse(expected, DateBasis::Stated).ok();
        let expected = date.and_then(|date| Published::from_date(&date));
        for text in texts {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_written() {
        check(
            "2026-01-16",
            &[
                "2026-01-16",
                " 2026-01-16T10:00:00Z ",
                "2026-01-16 10:00:00",
                "2026-01-16T23:59:59.123456+14:00",
                "2026-01-16T01:00:00-11:00[America/New_York]",
                "2026-01-16 10:00 UTC",
                "2026-01-16+03:00",
                "2026-01-16Z",
                "2026/01/16",
                "2026.01.16 9:30",
                "20260116",
                "20260116T100000Z",
                "20260116100000",
                "1768557600",
                "1768557600.5",
                "1768557600000",
                "Fri, 16 Jan 2026 10:00:00 +0300",
                "Fri, 16 Jan 2026 10:00:00 GMT",
                "16 Jan 2026 23:00 EST",
                "Fri Jan 16 10:00:00 2026",
                "Fri Jan 16 10:00:00 +0000 2026",
                "Fri Jan 16 2026 10:00:00 GMT+0300 (Moscow Standard Time)",
                "January 16, 2026",
                "Friday, January 16th, 2026 at 10:00 a.m. ET",
                "16 January 2026",
                "16 JANUARY, 2026",
                "Jan. 16, 2026",
                "jan 16 2026",
            ],
        );
        check("2026-09-01", &["Sept. 1, 2026", "1st September 2026"]);
        check("2026-05-02", &["MAY 2, 2026", "2 May 2026"]);
        check("1969-12-31", &["1969-12-31T23:59:59Z"]);
    }

    #[test]
    fn months_and_years_stay_wide() {
        check("2026-01", &["2026-01", "January 2026", "Jan. 2026"]);
        check("2026", &["2026", " 2026 "]);
    }

    #[test]
    fn what_is_no_date_or_two_dates_is_refused() {
        check(
            "none",
            &[
                "",
                "None",
                "yesterday",
                "1/2/2026",
                "16.1.2026",
                "2026-02-29",
                "2026-13",
                "2026-01-16 20 killed",
                "2026-01-16-20",
                "0001-01-01T00:00:00Z",
                "0999",
                "12",
                "202601",
                "99999999",
                "202601161000",
                "January",
                "May 2, 26",
                "32 January 2026",
                "January 1st 2nd 2026",
                "16 January 2026 to 20 January 2026",
                "January January 2026",
                "２０２６",
                "2026-0é",
                "-1",
            ],
        );
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC{0,40}", digits in "[0-9T:.+Z, -]{0,30}") {
            let _ = (parse(&text), parse(&digits));
        }

        #[test]
        fn every_day_is_read_in_every_form(number in -300_000..2_000_000_i32) {
            let day = Day::from_number(number);
            let (year, month, day_of_month) = day.ymd();
            let name = MONTHS.get(usize::try_from(month).unwrap() - 1).unwrap();
            let expected = Some(Published { day, precision: Precision::Day });
            prop_assert_eq!(parse(&format!("{day}T00:00:00+03:00")), expected);
            prop_assert_eq!(parse(&day.to_string().replace('-', "")), expected);
            prop_assert_eq!(parse(&format!("{name} {day_of_month}, {year}")), expected);
            prop_assert_eq!(parse(&format!("{day_of_month} {name} {year}")), expected);
        }
    }
}
