//! When states existed that share a capital with another.

use crate::model::{CountryCode, Day};

/// Says whether a state did not exist on the day: what is seated in Belgrade or Moscow then is
/// another one.
pub(crate) fn is_gone(country: CountryCode, day: Option<Day>) -> bool {
    // First day, and first day after, of states that share a capital with another.
    const LIVES: &[(&str, &str, &str)] = &[
        ("CSK", "1918-10-28", "1993-01-01"),
        ("CZE", "1993-01-01", "9999-12-31"),
        ("DDR", "1949-10-07", "1990-10-03"),
        ("RUS", "1991-12-26", "9999-12-31"),
        ("SCG", "2003-02-04", "2006-06-05"),
        ("SRB", "2006-06-05", "9999-12-31"),
        ("SUN", "1922-12-30", "1991-12-26"),
        ("YMD", "1967-11-30", "1990-05-22"),
        ("YUG", "1918-12-01", "2003-02-04"),
    ];
    let Some(day) = day.map(|day| day.to_string()) else {
        return false;
    };
    LIVES
        .iter()
        .find(|(code, ..)| *code == country.as_str())
        .is_some_and(|(_, first, after)| day.as_str() < *first || *after <= day.as_str())
}
