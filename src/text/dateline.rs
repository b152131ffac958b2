//! Datelines: the place and agency before the first sentence.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Byte, Span};

/// `JERUSALEM (AP) —`, `PARIS - `, `Moscow, Jan 16 (Sample Wire) –`, `GENEVA/VIENNA:`.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        // A place in capitals, with a date and an agency if need be;
        r"^(?:\p{Lu}[\p{Lu}.'’-]+(?:[ /]+\p{Lu}[\p{Lu}.'’-]+)*",
        r"(?:, [\p{L}\d.]+(?: [\p{L}\d.]+){0,2})?(?:\s?\([^)\n]{1,40}\))?",
        // or one in small letters, whose agency cannot be missing.
        r"|\p{Lu}[\p{L}.'’-]+(?:[ ,]+[\p{L}\d.'’-]+){0,5}?\s?\([^)\n]{1,40}\))",
        r"\s*(?:—|–|--|-\s)\s*"
    ))
    .ok()
});

/// Longest dateline taken, in bytes: a longer match is a headline in capitals.
const BYTES_MAX: usize = 90;

/// Finds the dateline at the start of `text`, with the dash and the white space behind it. Time:
/// constant, as datelines are short.
#[must_use]
pub fn find_dateline(text: &str) -> Option<Span<Byte>> {
    let lead = text.len() - text.trim_start().len();
    let found = DATELINE.as_ref()?.find(&text[lead..])?;
    let line_breaks = found.as_str().trim_end().contains('\n');
    (found.len() <= BYTES_MAX && !line_breaks).then(|| Span::new(lead, lead + found.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_told_from_sentences() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(
                find_dateline(text).and_then(|span| span.of(text)),
                expected,
                "{text}"
            );
        };
        check("JERUSALEM (AP) — Israel said", Some("JERUSALEM (AP) — "));
        check("PARIS - The presidents", Some("PARIS - "));
        check(
            "NEW YORK, Jan 16 (Wire) - The",
            Some("NEW YORK, Jan 16 (Wire) - "),
        );
        check(
            "Moscow, 16 January (Sample Wire) – The",
            Some("Moscow, 16 January (Sample Wire) – "),
        );
        check("The president - a lawyer - spoke", None);
        check("NATO said on Monday", None);
        check("UN chief warns - again", None);
        check("", None);
    }
}
