//! The stretch of time of a role, as typed and as kept.

use crate::model::{DateBasis, Day, EventDate};

/// Two ends of time: first day, and first day after.
pub(super) type Ends = (Option<Day>, Option<Day>);

/// Reads two dates, both inclusive as typed and each possibly empty, as a half-open stretch.
///
/// # Errors
/// A reason, where one is no date or the end lies before the start.
pub(super) fn parse(from: &str, to: &str) -> Result<Ends, String> {
    let start = date(from)?.and_then(|date| date.start);
    let end = date(to)?.and_then(|date| date.end);
    if let (Some(first), Some(after)) = (start, end)
        && after <= first
    {
        return Err(format!("the role ends ({to}) before it begins ({from})"));
    }
    Ok((start, end))
}

fn date(text: &str) -> Result<Option<EventDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = EventDate::parse(text, DateBasis::Stated).map_err(|error| error.to_string())?;
    // The calendar of the model ends before the year 9999, and it knows spellings that this does not.
    if date.to_string() != text {
        return Err(format!(
            "`{text}` is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY, up to the year 9900"
        ));
    }
    Ok(Some(date))
}

/// Returns the last day before an end, as people write it.
pub(super) fn last_day(end: Day) -> Day {
    end.plus(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, expected: &str) {
        let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let found = match parse(from, to) {
            Ok((start, end)) => format!("{}..{}", shown(start), shown(end)),
            Err(reason) => reason,
        };
        assert!(found.starts_with(expected), "{from} {to}: {found}");
    }

    #[test]
    fn ends_are_inclusive_as_typed() {
        check("2020-03-01", "2020-03-01", "2020-03-01..2020-03-02");
        check("2020", "2020", "2020-01-01..2021-01-01");
        check("2020-02", "", "2020-02-01..");
        check("", "2020-02", "..2020-03-01");
        check("", "", "..");
        check(
            "2021",
            "2020",
            "the role ends (2020) before it begins (2021)",
        );
        check("2020-02-30", "", "`2020-02-30` is not a date");
        check("20200101", "", "`20200101` is not a date");
        check("9999", "", "`9999` is not a date");
    }
}
