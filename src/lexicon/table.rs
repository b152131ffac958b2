//! Reads the tab-separated tables of `data/`.

use crate::lexicon::LexiconError;

/// One row of a table, with where it stands.
pub(crate) struct Row<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
    fields: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Returns a field; the table's reader has checked that it is there.
    pub(crate) fn field(&self, index: usize) -> &'a str {
        self.fields.get(index).copied().unwrap_or_default()
    }

    /// Returns the parts of a list divided by semicolons.
    pub(crate) fn list(&self, index: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.field(index)
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
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

    pub(crate) fn error(&self, reason: String) -> LexiconError {
        LexiconError::Line {
            file: self.file.to_owned(),
            line: self.line,
            reason,
        }
    }
}

/// Returns the rows of a table after its header line; lines that begin with `#` and empty lines
/// are passed over.
///
/// # Errors
/// A header or a row with another number of fields than `columns`.
pub(crate) fn rows<'a>(
    file: &'a str,
    text: &'a str,
    columns: usize,
) -> Result<Vec<Row<'a>>, LexiconError> {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let row = Row {
            file,
            line: index + 1,
            fields: line.split('\t').collect(),
        };
        if row.fields.len() != columns {
            let found = row.fields.len();
            return Err(row.error(format!("expected {columns} fields, found {found}")));
        }
        rows.push(row);
    }
    if !rows.is_empty() {
        rows.remove(0);
    }
    Ok(rows)
}
