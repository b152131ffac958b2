//! Dates as sentences name them: "on Wednesday", "16 January 2026", "last month", "in 2015".

use crate::model::{DateBasis, Day, EventDate, Precision, Span, Token, Weekday};
use crate::text::token::{TokenKind, Word};

/// One date named in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateExpression {
    /// The words that name it.
    pub words: Span<Token>,
    /// The date if what it dates lies in the past.
    pub past: EventDate,
    /// The date if what it dates lies ahead: "on Friday" is then the coming Friday. The same as
    /// `past` where the words leave no choice.
    pub ahead: EventDate,
}

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

const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// Days from which the dates of a sentence count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateContext {
    /// The day of publication.
    pub published: Option<Day>,
    /// The last day that the text named.
    pub told: Option<Day>,
    /// The last day of the year that the passage tells of, if that is over: months without a year are
    /// of it.
    pub era: Option<Day>,
}

/// Finds the dates that a sentence names, in order, without overlaps.
///
/// Weekdays, months without a year and "last week" count from the day of publication; where that is
/// missing they are left out. "Two days later", "the same day" and "that month" count from the last day
/// that the text named, in this sentence or before it. Years from 1800 to 2199 are read.
#[must_use]
pub fn find_dates(words: &[Word], context: DateContext) -> Vec<DateExpression> {
    let DateContext {
        published,
        mut told,
        era,
    } = context;
    let mut found: Vec<DateExpression> = Vec::new();
    let mut position = 0;
    while position < words.len() {
        let rest = &words[position..];
        // A day that this sentence has named before.
        let here = told.filter(|_| found.iter().any(|date| date.past.start == told));
        let reading = stated(rest, era.or(published))
            .or_else(|| here.and_then(|here| anchored(rest, here)))
            .or_else(|| told.and_then(|told| from_told(rest, told)))
            .or_else(|| published.and_then(|published| relative(rest, published)));
        match reading {
            Some((length, past, ahead)) => {
                if past.precision == Precision::Day {
                    told = past.start;
                }
                found.push(DateExpression {
                    words: Span::new(position, position + length),
                    past,
                    ahead,
                });
                position += length;
            }
            None => position += 1,
        }
    }
    found
}

/// Length in words, the date seen as past, and seen as ahead.
type Reading = (usize, EventDate, EventDate);

fn plain(length: usize, date: EventDate) -> Reading {
    (length, date, date)
}

/// Reads a date that names its day, month or year.
fn stated(words: &[Word], published: Option<Day>) -> Option<Reading> {
    let first = words.first()?;
    if let Some(month) = month_of(words, 0) {
        // "January 16, 2026", "Jan. 16", "January 2026", "January"
        let stop = usize::from(word(words, 1).is_some_and(|word| word.is(".")));
        let next = 1 + stop;
        if let Some(day) = word(words, next).and_then(day_of_month) {
            let comma = usize::from(word(words, next + 1).is_some_and(|word| word.is(",")));
            let year = word(words, next + 1 + comma).and_then(year_of);
            return match year {
                Some(year) => full(year, month, day).map(|date| plain(next + 2 + comma, date)),
                None => of_year_near(published?, month, Some(day)).map(|(a, b)| (next + 1, a, b)),
            };
        }
        let comma = usize::from(word(words, next).is_some_and(|word| word.is(",")));
        if let Some(year) = word(words, next + comma).and_then(year_of) {
            let start = Day::from_ymd(year, month, 1)?;
            return Some(plain(
                next + 1 + comma,
                EventDate::month(start, DateBasis::Stated),
            ));
        }
        return of_year_near(published?, month, None).map(|(a, b)| (1, a, b));
    }
    if let (Some(day), Some(month)) = (day_of_month(first), month_of(words, 1)) {
        // "16 January 2026", "16 January"
        return match word(words, 2).and_then(year_of) {
            Some(year) => full(year, month, day).map(|date| plain(3, date)),
            None => of_year_near(published?, month, Some(day)).map(|(a, b)| (2, a, b)),
        };
    }
    // "In May": with a word that only a month follows; elsewhere it is a name or a verb.
    if matches!(
        first.folded.as_str(),
        "in" | "since" | "until" | "last" | "early" | "late" | "mid"
    ) && word(words, 1).is_some_and(|word| word.capital && word.folded == "may")
    {
        let is_past = matches!(first.folded.as_str(), "last" | "since");
        let (past, ahead) = match word(words, 2).and_then(year_of) {
            Some(year) => {
                let month = EventDate::month(Day::from_ymd(year, 5, 1)?, DateBasis::Stated);
                return Some(plain(3, month));
            }
            None => of_year_near(published?, 5, None)?,
        };
        return Some((2, past, if is_past { past } else { ahead }));
    }
    // "in 2015", "since 2015", "early 2015": a bare number may be anything, and "the 2015 deal" dates
    // the deal and not what is told of it.
    let leads = [
        "in", "since", "during", "by", "early", "late", "mid", "until", "of", "the",
    ];
    if leads.contains(&first.folded.as_str())
        && let Some(year) = word(words, 1).and_then(year_of)
    {
        let start = Day::from_ymd(year, 1, 1)?;
        return Some(plain(2, EventDate::year(start, DateBasis::Stated)));
    }
    None
}

/// Reads a date that counts from the day of publication.
fn relative(words: &[Word], published: Day) -> Option<Reading> {
    let basis = DateBasis::Relative;
    let first = words.first()?.folded.as_str();
    let second = word(words, 1).map_or("", |word| word.folded.as_str());
    let day = |offset| EventDate::day(published.plus(offset), basis);
    match first {
        "today" | "tonight" => return Some(plain(1, day(0))),
        "yesterday" => return Some(plain(1, day(-1))),
        "tomorrow" => return Some(plain(1, day(1))),
        _ => {}
    }
    if let Some(weekday) = weekday_of(words.first()?) {
        let since = (days_between(weekday, published.weekday())) % 7;
        let until = (days_between(published.weekday(), weekday)) % 7;
        let of = |at: usize, name: &str| word(words, at).is_some_and(|word| word.is(name));
        if of(1, "of") && of(2, "last") && of(3, "week") {
            let monday = published.plus(-days_between(Weekday::Monday, published.weekday()));
            let date = monday.plus(days_between(Weekday::Monday, weekday) - 7);
            return Some(plain(4, EventDate::day(date, basis)));
        }
        return Some((1, day(-since), day(until)));
    }
    if matches!(
        first,
        "last" | "this" | "next" | "past" | "coming" | "previous"
    ) {
        let step = match first {
            "next" | "coming" => 1,
            "this" => 0,
            _ => -1,
        };
        let monday = published.plus(-days_between(Weekday::Monday, published.weekday()));
        return match second {
            "week" => Some(plain(2, EventDate::week(monday.plus(7 * step), basis))),
            "month" => Some(plain(
                2,
                EventDate::month(published.month_start(step), basis),
            )),
            "year" => Some(plain(2, EventDate::year(published.year_start(step), basis))),
            _ => weekday_of(word(words, 1)?).map(|weekday| {
                let since = days_between(weekday, published.weekday()) % 7;
                let back = if since == 0 && step < 0 { 7 } else { since };
                let until = days_between(published.weekday(), weekday) % 7;
                let until = if until == 0 && step > 0 { 7 } else { until };
                let date = if step > 0 { day(until) } else { day(-back) };
                plain(2, date)
            }),
        };
    }
    let direction = word(words, 2)?.folded.as_str();
    matches!(direction, "ago" | "earlier" | "before").then(|| counted(words, -1, published))?
}

/// Reads "(on Saturday), five days after (the government broke off relations)": what follows is dated by
/// the day that the sentence has named, the other way round.
fn anchored(words: &[Word], here: Day) -> Option<Reading> {
    let is_word = |at: usize| word(words, at).is_some_and(|word| word.kind == TokenKind::Word);
    let is = |at: usize, names: &[&str]| {
        word(words, at).is_some_and(|word| names.contains(&word.folded.as_str()))
    };
    if is(0, &["the"]) && is(1, &["day"]) && is_word(3) {
        let step = match word(words, 2)?.folded.as_str() {
            "after" => -1,
            "before" => 1,
            _ => return None,
        };
        return Some(plain(
            3,
            EventDate::day(here.plus(step), DateBasis::Relative),
        ));
    }
    if !is_word(3) {
        return None;
    }
    match word(words, 2)?.folded.as_str() {
        "after" => counted(words, -1, here),
        "before" => counted(words, 1, here),
        _ => None,
    }
}

/// Reads a date that counts from the last day that the text named.
fn from_told(words: &[Word], told: Day) -> Option<Reading> {
    let basis = DateBasis::Relative;
    let (first, second) = (words.first()?, word(words, 1)?.folded.as_str());
    let third = word(words, 2).map_or("", |word| word.folded.as_str());
    let day = |offset| EventDate::day(told.plus(offset), basis);
    match (first.folded.as_str(), second, third) {
        ("the" | "that", "same", "day") => return Some(plain(3, day(0))),
        ("the", "day" | "night" | "evening", "before") | ("the", "previous", "day") => {
            return Some(plain(3, day(-1)));
        }
        ("the", "next" | "following", "day") | ("the", "day", "after") => {
            return Some(plain(3, day(1)));
        }
        ("the" | "that", "same", "month") => return Some(plain(3, EventDate::month(told, basis))),
        ("the" | "that", "same", "year") => return Some(plain(3, EventDate::year(told, basis))),
        ("that", "day", _) => return Some(plain(2, day(0))),
        ("that", "month", _) => return Some(plain(2, EventDate::month(told, basis))),
        ("that", "year", _) => return Some(plain(2, EventDate::year(told, basis))),
        ("hours", "later" | "earlier" | "before" | "after", _) | ("within", "hours", _) => {
            return Some(plain(2, day(0)));
        }
        _ => {}
    }
    match third {
        "earlier" | "before" => counted(words, -1, told),
        "later" | "after" => counted(words, 1, told),
        _ => None,
    }
}

/// Reads "two days ago", "a week earlier", "three months later": `step` says whether before or after
/// `from`.
fn counted(words: &[Word], step: i32, from: Day) -> Option<Reading> {
    let basis = DateBasis::Relative;
    let count = count_of(words.first()?)?;
    let date = match word(words, 1)?.folded.as_str() {
        "day" | "days" => EventDate::day(from.plus(step * count), basis),
        "week" | "weeks" => EventDate::week(from.plus(7 * step * count - 3), basis),
        "month" | "months" => EventDate::month(from.month_start(step * count), basis),
        "year" | "years" => EventDate::year(from.year_start(step * count), basis),
        _ => return None,
    };
    Some(plain(3, date))
}

/// Returns the days from one weekday forward to the other, 0 to 6.
fn days_between(from: Weekday, to: Weekday) -> i32 {
    let index = |day| {
        Weekday::ALL
            .iter()
            .position(|other| *other == day)
            .unwrap_or(0)
    };
    i32::try_from((index(to) + 7 - index(from)) % 7).unwrap_or(0)
}

fn word(words: &[Word], index: usize) -> Option<&Word> {
    words.get(index)
}

fn weekday_of(word: &Word) -> Option<Weekday> {
    let is = |day: &&Weekday| day.name().eq_ignore_ascii_case(&word.folded);
    word.capital
        .then(|| Weekday::ALL.iter().find(is).copied())
        .flatten()
}

/// Reads the month named at `index`; "may" and "march" need a capital, and "May" a number beside
/// it or a word such as "in" before it, since it is also a name and a verb.
fn month_of(words: &[Word], index: usize) -> Option<i8> {
    let word = words.get(index)?;
    if !word.capital {
        return None;
    }
    let name = word.folded.trim_end_matches('.');
    let found = MONTHS.iter().position(|month| {
        *month == name || (matches!(name.len(), 3 | 4) && name != "marc" && month.starts_with(name))
    })?;
    if name == "may" {
        let next = words.get(index + 1);
        let number_beside = index > 0 || next.is_some_and(|next| next.kind == TokenKind::Number);
        if !number_beside {
            return None;
        }
    }
    i8::try_from(found + 1).ok()
}

/// Reads a day of the month: `16`, `16th`.
fn day_of_month(word: &Word) -> Option<i8> {
    let digits = word
        .folded
        .trim_end_matches("st")
        .trim_end_matches("nd")
        .trim_end_matches("rd")
        .trim_end_matches("th");
    let day: i8 = digits.parse().ok()?;
    (word.kind == TokenKind::Number && digits.len() <= 2 && (1..=31).contains(&day)).then_some(day)
}

fn year_of(word: &Word) -> Option<i16> {
    let year: i16 = word.folded.parse().ok()?;
    (word.folded.len() == 4 && (1800..2200).contains(&year)).then_some(year)
}

fn count_of(word: &Word) -> Option<i32> {
    let name = word.folded.as_str();
    if matches!(name, "a" | "an") {
        return Some(1);
    }
    let written = NUMBERS.iter().position(|number| *number == name);
    written
        .and_then(|number| i32::try_from(number).ok())
        .or_else(|| name.parse().ok().filter(|count| (0..1000).contains(count)))
}

fn full(year: i16, month: i8, day: i8) -> Option<EventDate> {
    Day::from_ymd(year, month, day).map(|day| EventDate::day(day, DateBasis::Stated))
}

/// Gives a day or month without a year the year in which it last came before (or next after)
/// `published`. A date up to a few days ahead is still taken as ahead only if what it dates is.
fn of_year_near(published: Day, month: i8, day: Option<i8>) -> Option<(EventDate, EventDate)> {
    let (year, _, _) = published.ymd();
    let candidate = |year: i16| {
        let start = Day::from_ymd(year, month, day.unwrap_or(1))?;
        Some(match day {
            Some(_) => EventDate::day(start, DateBasis::Stated),
            None => EventDate::month(start, DateBasis::Stated),
        })
    };
    let this = candidate(year).or_else(|| candidate(year - 1))?;
    let is_ahead = this.start.is_some_and(|start| start > published);
    let is_over = this.end.is_some_and(|end| end <= published);
    let past = if is_ahead {
        candidate(year - 1).unwrap_or(this)
    } else {
        this
    };
    let ahead = if is_over {
        candidate(year + 1).unwrap_or(this)
    } else {
        this
    };
    Some((past, ahead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    fn check(text: &str, past: &str, ahead: &str) {
        let words = tokenize(text, Span::new(0, text.len()));
        // A Friday.
        let published = "2026-01-16".parse().ok();
        let context = DateContext {
            published,
            ..DateContext::default()
        };
        let found = find_dates(&words, context);
        let shown: Vec<_> = found
            .iter()
            .map(|date| (date.past.to_string(), date.ahead.to_string()))
            .collect();
        let expected = if past.is_empty() {
            Vec::new()
        } else {
            vec![(past.to_owned(), ahead.to_owned())]
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn dates_are_read() {
        check(
            "met on 12 January 2026 in Paris",
            "2026-01-12",
            "2026-01-12",
        );
        check(
            "met on January 12, 2026, in Paris",
            "2026-01-12",
            "2026-01-12",
        );
        check("met on Jan. 12", "2026-01-12", "2027-01-12");
        check("met on December 3rd", "2025-12-03", "2026-12-03");
        check("in March 1998", "1998-03", "1998-03");
        check("in November", "2025-11", "2026-11");
        check("talks since 1994", "1994", "1994");
        check("signed in 2015", "2015", "2015");
        check("on Wednesday", "2026-01-14", "2026-01-21");
        check("on Friday", "2026-01-16", "2026-01-16");
        check("last Friday", "2026-01-09", "2026-01-09");
        check("next Monday", "2026-01-19", "2026-01-19");
        check("yesterday", "2026-01-15", "2026-01-15");
        check("last month", "2025-12", "2025-12");
        check("next week", "2026-01-19/7d", "2026-01-19/7d");
        check("two days ago", "2026-01-14", "2026-01-14");
        check("a year earlier", "2025", "2025");
    }

    #[test]
    fn dates_count_from_the_last_day_told() {
        let check = |text: &str, expected: &str| {
            let words = tokenize(text, Span::new(0, text.len()));
            let context = DateContext {
                published: "2026-01-16".parse().ok(),
                told: "2025-06-12".parse().ok(),
                era: None,
            };
            let found = find_dates(&words, context);
            assert_eq!(
                found.last().map(|date| date.past.to_string()).unwrap(),
                expected,
                "{text}"
            );
        };
        check("the same day", "2025-06-12");
        check("two days later", "2025-06-14");
        check("a day earlier", "2025-06-11");
        check("two days ago", "2026-01-14");
        check("that month", "2025-06");
        check("on January 3 they met; the next day", "2026-01-04");
    }

    #[test]
    fn numbers_and_names_are_no_dates() {
        check("Theresa May met 2015 people", "", "");
        check("troops may march", "", "");
        check("resolution 2231", "", "");
        check("31 February 2020", "2020-02", "2020-02");
    }

    #[test]
    fn without_publication_only_full_dates() {
        let text = "on Friday, in March, on 3 May 2004";
        let words = tokenize(text, Span::new(0, text.len()));
        let found = find_dates(&words, DateContext::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].past.to_string(), "2004-05-03");
    }
}
