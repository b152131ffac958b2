//! Reads the tab-separated tables of `data/`.

use crate::lexicon::LexiconError;
use crate::model::{ActorId, DateBasis, Day, EventDate};

/// No table has more columns.
const COLUMNS_MAX: usize = 20;

/// A table: its file and its text.
pub(crate) type Table = (&'static str, &'static str);

/// One row of a table, with where it stands.
pub(crate) struct Row<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
    /// Where it begins in the text of the table.
    pub(crate) start: usize,
    pub(crate) text: &'a str,
    /// Where the fields end. Half the size of the fields themselves: rows are handed on by value.
    ends: [u32; COLUMNS_MAX],
}

impl<'a> Row<'a> {
    /// Returns a field; the table's reader has checked that it is there.
    pub(crate) fn field(&self, index: usize) -> &'a str {
        let end = |index: usize| self.ends.get(index).map(|end| *end as usize);
        let start = match index.checked_sub(1) {
            Some(before) => end(before).map(|end| end + 1),
            None => Some(0),
        };
        let range = start.zip(end(index));
        // The last field ends where the text does, whatever ends the line.
        let field = range.and_then(|(start, end)| self.text.get(start..end.min(self.text.len())));
        field.unwrap_or_default()
    }

    /// Returns the parts of a list divided by semicolons.
    pub(crate) fn list(&self, index: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        list(self.field(index))
    }

    /// Returns where the first fields end in its text, if that is not far away.
    pub(crate) fn ends<const N: usize>(&self) -> Option<[u16; N]> {
        let mut ends = [0; N];
        for (short, end) in ends.iter_mut().zip(self.ends) {
            *short = u16::try_from(end).ok()?;
        }
        Some(ends)
    }

    /// Parses a field, or says what is wrong with it.
    pub(crate) fn parse<T>(&self, index: usize) -> Result<T, LexiconError>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        self.field(index)
            .parse()
            .map_err(|error| self.error(format!("{error}")))
    }

    /// Parses a field that may be empty.
    pub(crate) fn parse_given<T>(&self, index: usize) -> Result<Option<T>, LexiconError>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        if self.field(index).is_empty() {
            Ok(None)
        } else {
            self.parse(index).map(Some)
        }
    }

    /// Parses a list of numbers.
    pub(crate) fn numbers(&self, index: usize) -> Result<Vec<u16>, LexiconError> {
        let number = |part: &str| {
            part.parse::<u16>()
                .map_err(|error| self.error(error.to_string()))
        };
        self.list(index).map(number).collect()
    }

    /// Parses a day, month or year that may be empty, as its first day.
    pub(crate) fn first_day(&self, index: usize) -> Result<Option<Day>, LexiconError> {
        Ok(self.date(index)?.and_then(|date| date.start))
    }

    /// Parses a day, month or year that may be empty, as the first day after it.
    pub(crate) fn day_after(&self, index: usize) -> Result<Option<Day>, LexiconError> {
        Ok(self.date(index)?.and_then(|date| date.end))
    }

    fn date(&self, index: usize) -> Result<Option<EventDate>, LexiconError> {
        let text = self.field(index);
        if text.is_empty() {
            return Ok(None);
        }
        let date = EventDate::parse(text, DateBasis::Stated);
        date.map(Some)
            .map_err(|error| self.error(error.to_string()))
    }

    pub(crate) fn error(&self, reason: String) -> LexiconError {
        LexiconError::Line {
            file: self.file.to_owned(),
            line: self.line,
            reason,
        }
    }
}

/// Returns the parts of a list divided by semicolons.
pub(crate) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

impl Row<'static> {
    /// Parses an actor id of a bundled table.
    pub(crate) fn actor_id(&self, index: usize) -> Result<ActorId, LexiconError> {
        let id = ActorId::of_static(self.field(index));
        id.map_err(|error| self.error(error.to_string()))
    }
}

/// The rows of a table after its header line; lines that begin with `#` and empty lines are passed
/// over. A header or a row with another number of fields than `columns` is a fault.
pub(crate) fn rows<'a>(file: &'a str, text: &'a str, columns: usize) -> Rows<'a> {
    Rows {
        file,
        columns,
        rest: text,
        start: 0,
        line: 0,
        is_after_header: false,
    }
}

/// The rows of a part of a table; the first of them is on line `line`.
pub(crate) fn rows_from<'a>(file: &'a str, text: &'a str, columns: usize, line: usize) -> Rows<'a> {
    Rows {
        line: line.saturating_sub(1),
        is_after_header: true,
        ..rows(file, text, columns)
    }
}

/// See [`rows`].
pub(crate) struct Rows<'a> {
    file: &'a str,
    columns: usize,
    rest: &'a str,
    /// Where the rest begins in the text.
    start: usize,
    line: usize,
    is_after_header: bool,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, LexiconError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let fields = Fields::of(self.rest);
            let line = self.rest.get(..fields.length).unwrap_or(self.rest);
            self.rest = self.rest.get(line.len() + 1..).unwrap_or_default();
            let start = self.start;
            self.start += line.len() + 1;
            self.line += 1;
            let text = line.strip_suffix('\r').unwrap_or(line);
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let is_header = !std::mem::replace(&mut self.is_after_header, true);
            // The header is looked at for its number of fields, and left out.
            if is_header && fields.found == self.columns {
                continue;
            }
            let row = Row {
                file: self.file,
                line: self.line,
                start,
                text,
                ends: fields.ends,
            };
            return Some(if fields.found == self.columns {
                Ok(row)
            } else {
                let (expected, found) = (self.columns, fields.found);
                Err(row.error(format!("expected {expected} fields, found {found}")))
            });
        }
        None
    }
}

/// Where the fields of a line end.
struct Fields {
    ends: [u32; COLUMNS_MAX],
    /// How many there are.
    found: usize,
    /// How long the line is.
    length: usize,
}

impl Fields {
    /// Looks for the fields of the first line of a text. Fields are short: going eight bytes at a
    /// time is faster than a search for the end of each.
    fn of(text: &str) -> Self {
        let mut fields = Self {
            ends: [0; COLUMNS_MAX],
            found: 0,
            length: text.len(),
        };
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for (index, word) in words.iter().enumerate() {
            let bytes = u64::from_be_bytes(*word);
            let mut marks = places_of(b'\t', bytes) | places_of(b'\n', bytes);
            while marks != 0 {
                let first = marks.leading_zeros();
                let place = first as usize / 8;
                let end = 8 * index + place;
                fields.end_at(end);
                if word.get(place) == Some(&b'\n') {
                    fields.length = end;
                    return fields;
                }
                marks ^= 1 << (63 - first);
            }
        }
        for (index, byte) in (8 * words.len()..).zip(rest) {
            if matches!(byte, b'\t' | b'\n') {
                fields.end_at(index);
            }
            if *byte == b'\n' {
                fields.length = index;
                return fields;
            }
        }
        fields.end_at(text.len());
        fields
    }

    fn end_at(&mut self, end: usize) {
        if let Some(slot) = self.ends.get_mut(self.found) {
            *slot = u32::try_from(end).unwrap_or(u32::MAX);
        }
        self.found += 1;
    }
}

/// Returns the highest bit of each of eight bytes that is the one sought.
const fn places_of(sought: u8, bytes: u64) -> u64 {
    const LOW: u64 = u64::from_be_bytes([0x7f; 8]);
    let other = bytes ^ u64::from_be_bytes([sought; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fall_into_fields() {
        for line in [
            "",
            "a",
            "\t",
            "a\tb\t\tc",
            "\t\t\t\t\t\t\t\t",
            "12345678\t12345678",
            "1234567\t\u{9}\u{8}\t\u{b}x\ty",
            "Côte d’Ivoire\t\tÉ\t\u{89}\t\u{109}é\t",
        ] {
            let expected: Vec<&str> = line.split('\t').collect();
            for text in [
                format!("{line}\n{line}"),
                format!("# A comment.\n{line}\n\n{line}\n"),
                format!("\r\n{line}\r\n{line}\r\n"),
            ] {
                let found: Vec<_> = rows("f.tsv", &text, expected.len()).collect();
                if line.is_empty() {
                    assert!(found.is_empty());
                    continue;
                }
                let [Ok(row)] = found.as_slice() else {
                    panic!("one header and one row in {text:?}");
                };
                assert_eq!(text.lines().nth(row.line - 1), Some(line));
                let field = |index| row.field(index);
                let fields: Vec<&str> = (0..expected.len()).map(field).collect();
                assert_eq!(fields, expected, "{line:?}");
                assert_eq!(row.field(expected.len()), "");
            }
        }
        let error = rows("f.tsv", &"\t".repeat(30), 12)
            .next()
            .unwrap()
            .err()
            .unwrap();
        assert_eq!(error.to_string(), "f.tsv:1: expected 12 fields, found 31");
    }
}
