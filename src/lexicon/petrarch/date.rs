//! Dates of codes: `960618`, `19960618`, `>20000507`, `960618-990706`.

use crate::model::Day;

/// Two-digit years up to this one are of the twenty-first century, as PETRARCH has it.
const PIVOT: i16 = 30;

/// A stretch of days, half-open; open ends are missing.
pub(super) type Ends = (Option<Day>, Option<Day>);

/// Reads the dates that stand after a code.
///
/// # Errors
/// A reason.
pub(super) fn parse(text: &str) -> Result<Ends, String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Ok((None, None));
    }
    if let Some(last) = text.strip_prefix('<') {
        return Ok((None, Some(days(last)?.1)));
    }
    if let Some(first) = text.strip_prefix('>') {
        return Ok((Some(days(first)?.0), None));
    }
    let Some((from, to)) = text.split_once('-') else {
        return Err(format!(
            "`{text}` does not say when a code holds: expected <DATE, >DATE or DATE-DATE"
        ));
    };
    let start = given(from)?.map(|days| days.0);
    let end = given(to)?.map(|days| days.1);
    match (start, end) {
        (None, None) => Err("expected a date beside `-`".to_owned()),
        (Some(first), Some(after)) if after <= first => {
            Err(format!("the dates {text} end before they begin"))
        }
        ends => Ok(ends),
    }
}

fn given(text: &str) -> Result<Option<(Day, Day)>, String> {
    (!text.is_empty()).then(|| days(text)).transpose()
}

/// Returns the days of a date, half-open: one, those of a month (day 00) or of a year (month 00).
fn days(text: &str) -> Result<(Day, Day), String> {
    let malformed = || format!("`{text}` is not a date: expected YYMMDD or YYYYMMDD");
    let split = match text.len() {
        6 => 2,
        8 => 4,
        _ => return Err(malformed()),
    };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(malformed());
    }
    let (year, rest) = text.split_at(split);
    let (month, day) = rest.split_at(2);
    let year: i16 = year.parse().map_err(|_| malformed())?;
    let (month, day): (i8, i8) = (
        month.parse().map_err(|_| malformed())?,
        day.parse().map_err(|_| malformed())?,
    );
    let year = match (split, year) {
        (2, short) if short <= PIVOT => 2000 + short,
        (2, short) => 1900 + short,
        (_, 0) => return Err(malformed()),
        (_, full) => full,
    };
    let first = Day::from_ymd(year, month.max(1), day.max(1));
    let first =
        first.ok_or_else(|| format!("`{text}` is a day that the calendar does not have"))?;
    Ok(match (month, day) {
        (0, _) => (first.year_start(0), first.year_start(1)),
        (_, 0) => (first, first.month_start(1)),
        _ => (first, first.plus(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        let check = |text: &str, expected: &str| {
            let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            let found = match parse(text) {
                Ok((start, end)) => format!("{}..{}", shown(start), shown(end)),
                Err(reason) => reason,
            };
            assert_eq!(found, expected, "{text}");
        };
        check("960618-990706", "1996-06-18..1999-07-07");
        check(" 19960618 - 19990706 ", "1996-06-18..1999-07-07");
        check(">20000507", "2000-05-07..");
        check("<300101", "..2030-01-02");
        check("<310101", "..1931-01-02");
        check(">960000", "1996-01-01..");
        check("<960000", "..1997-01-01");
        check("960200-960200", "1996-02-01..1996-03-01");
        check("960618-", "1996-06-18..");
        check("-990706", "..1999-07-07");
        check("", "..");
        check(
            "990706-960618",
            "the dates 990706-960618 end before they begin",
        );
        check(
            "960618",
            "`960618` does not say when a code holds: expected <DATE, >DATE or DATE-DATE",
        );
        check(
            ">96061",
            "`96061` is not a date: expected YYMMDD or YYYYMMDD",
        );
        check(
            ">9606x8",
            "`9606x8` is not a date: expected YYMMDD or YYYYMMDD",
        );
        check(
            ">960231",
            "`960231` is a day that the calendar does not have",
        );
        check(
            ">00001301",
            "`00001301` is not a date: expected YYMMDD or YYYYMMDD",
        );
    }
}
