//! Stretches of text that are one token although they hold marks: addresses, numbers, emoticons.
//!
//! Each function looks at the start of what it is given and returns the bytes of the token there.
//! None looks further than a small number of bytes or than the token it returns, so that a scan of a
//! whole text stays linear.

/// Longest part before the `@` of a mail address, and after it (RFC 5321).
const MAIL_PARTS_MAX: (usize, usize) = (64, 255);

/// Marks that end a clause and not the address before them.
const TRAILING: &[char] = &[
    '.', ',', ';', ':', '!', '?', '"', '”', '’', '\'', '>', ']', '*', '…',
];

/// Returns the bytes of a link or a mail address. `rest` ends at white space.
pub(crate) fn address(rest: &str) -> Option<usize> {
    link(rest).or_else(|| mail(rest))
}

fn link(rest: &str) -> Option<usize> {
    const HEADS: &[&str] = &["http://", "https://", "ftp://", "www.", "mailto:"];
    let is_link = HEADS.iter().any(|head| {
        rest.get(..head.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(head))
    });
    if !is_link {
        return None;
    }
    let end = rest.find(['<', '>', '"', '”', '“']).unwrap_or(rest.len());
    let mut address = rest.get(..end)?.trim_end_matches(TRAILING);
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while closed > opened && address.ends_with(')') {
        address = address.strip_suffix(')')?.trim_end_matches(TRAILING);
        closed -= 1;
    }
    (!address.is_empty()).then_some(address.len())
}

fn mail(rest: &str) -> Option<usize> {
    let is_part = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%')
    };
    let bytes = rest.as_bytes();
    let name = bytes
        .iter()
        .take(MAIL_PARTS_MAX.0)
        .take_while(|b| is_part(b))
        .count();
    if name == 0 || bytes.get(name) != Some(&b'@') {
        return None;
    }
    let host = bytes.get(name + 1..)?;
    let length = host
        .iter()
        .take(MAIL_PARTS_MAX.1)
        .take_while(|b| is_part(b))
        .count();
    let host = rest.get(name + 1..name + 1 + length)?;
    let host = host.trim_end_matches(['.', '-', '_', '+', '%']);
    let has_letter = host.starts_with(|c: char| c.is_ascii_alphabetic());
    has_letter.then_some(name + 1 + host.len())
}

/// Faces in characters; those that end in a letter or digit must not go on in a word.
const EMOTICONS: &[&str] = &[
    ":-)", ":-(", ";-)", ":-D", ":-P", ":-p", ":-/", ":'(", ">:(", ":))", ":((", ":)", ":(", ";)",
    ":D", ":P", ":p", ":O", ":o", ":/", ":]", ":|", ";P", ";D", "=)", "=(", "=D", "(:", "<3",
    "^_^", "^^", "-_-", "o_O", "O_o", "xD", "XD",
];

/// Returns the bytes of a face that stands alone or behind a word.
pub(crate) fn emoticon(rest: &str, before: Option<char>) -> Option<usize> {
    let first = rest.bytes().next()?;
    if !matches!(
        first,
        b':' | b';' | b'=' | b'<' | b'>' | b'^' | b'-' | b'(' | b'o' | b'O' | b'x' | b'X'
    ) {
        return None;
    }
    let face = EMOTICONS.iter().find(|face| rest.starts_with(**face))?;
    let next = rest.get(face.len()..)?.chars().next();
    let goes_on = next.is_some_and(|c| c.is_alphanumeric() || c == '/');
    let is_open = face.ends_with(|c: char| c.is_alphanumeric() || c == '/');
    let begins_in_word = first.is_ascii_alphabetic() || first == b'<' || first == b'(';
    let in_word = before.is_some_and(char::is_alphanumeric);
    // "x:o" and "1:D" are no faces, nor is "//" behind a colon.
    let is_face = !(is_open && (goes_on || in_word)) && !(begins_in_word && in_word);
    is_face.then_some(face.len())
}

/// Units that stand behind a number without white space and are words of their own.
const UNITS: &[&str] = &[
    "am", "pm", "k", "m", "b", "t", "bn", "mn", "mm", "cm", "km", "kg", "mg", "lb", "lbs", "oz",
    "ft", "hz", "khz", "mhz", "ghz", "kb", "mb", "gb", "tb", "kw", "mw", "gw", "kwh", "mwh", "mph",
    "kph", "hrs", "hr", "min", "mins", "sec", "secs", "yr", "yrs", "c", "f", "x", "hh", "ml", "l",
    "ha", "p", "bp", "bps", "ppm", "sq", "km²", "m²", "º", "watt", "persons", "minutes", "days",
    "percent", "million", "billion", "kmh",
];

/// Returns the bytes of the number at the start of `rest`, which begins with a digit (or with a
/// sign before one).
///
/// Stops, commas and colons between digits belong to it, as do the hyphens and slashes of dates and
/// telephone numbers, the letters of `16th`, `1990s` and `3D`, and the `'s` of `1990's`; a unit does
/// not (`5 km`).
pub(crate) fn number(rest: &str) -> usize {
    let sign = usize::from(rest.starts_with(['+', '.']));
    let body = rest.get(sign..).unwrap_or_default();
    if let Some(length) = telephone_or_date(body) {
        return sign + length;
    }
    let mut end = 0;
    let mut chars = body.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !(c.is_numeric() || (matches!(c, '.' | ',' | ':') && next_is_digit)) {
            break;
        }
        end = index + c.len_utf8();
    }
    let tail = body.get(end..).unwrap_or_default();
    sign + end + number_tail(body.get(..end).unwrap_or_default(), tail)
}

/// Returns the bytes of what belongs to a number behind its digits.
fn number_tail(digits: &str, tail: &str) -> usize {
    let letters: usize = tail
        .chars()
        .take_while(|c| c.is_alphabetic() || matches!(c, '²' | '³'))
        .map(char::len_utf8)
        .sum();
    let word = tail.get(..letters).unwrap_or_default();
    let after = tail.get(letters..).unwrap_or_default();
    if word.is_empty() {
        let is_plural = ["'s", "’s"].iter().any(|end| {
            tail.strip_prefix(end)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        // "the 1990's" are ten years; "2003's best" has a possessive.
        return if is_plural && (digits.len() < 3 || digits.ends_with('0')) {
            tail.chars().take(2).map(char::len_utf8).sum()
        } else {
            0
        };
    }
    if word.eq_ignore_ascii_case("x") && after.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let goes_on = after.starts_with(char::is_alphanumeric);
    let is_model = matches!(word, "C" | "F" | "c" | "f") && digits.len() > 3;
    let is_unit =
        !is_model && word.len() <= 8 && UNITS.iter().any(|unit| word.eq_ignore_ascii_case(unit));
    let is_clock = ["p.m", "a.m"].iter().any(|clock| {
        tail.get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case(clock))
    });
    if is_clock || (is_unit && !goes_on) {
        return 0;
    }
    tail.chars()
        .take_while(|c| c.is_alphanumeric())
        .map(char::len_utf8)
        .sum()
}

/// Returns the bytes of digits in groups as telephone numbers and dates have them: `713-853-3989`,
/// `345-9945`, `2001-03-14`, `11/28/2000`, and of `9/11` and `1/2`.
fn telephone_or_date(rest: &str) -> Option<usize> {
    let mut groups = [0_usize; 5];
    let mut count = 0;
    let mut end = 0;
    let mut mark = None;
    let mut has_both = false;
    let bytes = rest.as_bytes();
    loop {
        let digits = bytes
            .get(end..)?
            .iter()
            .take(12)
            .take_while(|b| b.is_ascii_digit())
            .count();
        *groups.get_mut(count)? = digits;
        count += 1;
        end += digits;
        let next = bytes.get(end).filter(|b| matches!(b, b'-' | b'/'));
        let goes_on = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match next {
            Some(next) if goes_on => {
                has_both |= mark.is_some_and(|mark| mark != *next);
                mark = Some(*next);
                end += 1;
            }
            _ => break,
        }
    }
    let ends = !rest.get(end..)?.starts_with(char::is_alphanumeric);
    let is_whole = match (mark?, groups.get(..count)?) {
        (
            b'-',
            [3 | 5, 4] | [3, 3, 4] | [1, 3, 3, 4] | [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4],
        )
        | (b'/', [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2]) => true,
        (_, [3, 3, 4]) => has_both,
        (b'/', [1 | 2, 1 | 2]) => is_day(rest.get(..end)?),
        _ => false,
    };
    (is_whole && ends).then_some(end)
}

/// Tells month and day from fractions and scores.
fn is_day(text: &str) -> bool {
    let Some((month, day)) = text.split_once('/') else {
        return false;
    };
    let value = |text: &str| text.parse::<u8>().unwrap_or(u8::MAX);
    matches!(text, "9/11" | "1/2")
        || (1..=12).contains(&value(month))
            && (day.starts_with('0') || (13..=31).contains(&value(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_the_marks_of_the_sentence() {
        let check = |rest: &str, expected: Option<&str>| {
            assert_eq!(
                address(rest).and_then(|length| rest.get(..length)),
                expected
            );
        };
        check(
            "http://a.example/b-c?d=1.",
            Some("http://a.example/b-c?d=1"),
        );
        check("http://a.example/b_(c)).", Some("http://a.example/b_(c)"));
        check("www.a.example>", Some("www.a.example"));
        check("a.b-c@d.example,", Some("a.b-c@d.example"));
        check("@5", None);
        check("a@5", None);
        check("word", None);
    }

    #[test]
    fn numbers_leave_their_units_out() {
        let check = |rest: &str, expected: &str| {
            assert_eq!(rest.get(..number(rest)), Some(expected));
        };
        check("1,000.5 men", "1,000.5");
        check("10km", "10");
        check("5pm,", "5");
        check("16th", "16th");
        check("1990's", "1990's");
        check("3D", "3D");
        check("10:30.", "10:30");
        check("555-0142", "555-0142");
        check("1914-1918", "1914");
        check("11/28/2000", "11/28/2000");
        check("24/7", "24");
        check("9/11-related", "9/11");
        check("3x5", "3");
    }

    #[test]
    fn faces_are_told_from_marks() {
        assert_eq!(emoticon(":-)", None), Some(3));
        assert_eq!(emoticon(":)", Some('s')), Some(2));
        assert_eq!(emoticon("://x", Some('p')), None);
        assert_eq!(emoticon(":Down", None), None);
        assert_eq!(emoticon(": ", None), None);
    }
}
