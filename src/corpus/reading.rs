//! Rows that were drawn at random and read one by one.

use crate::corpus::table::entries;
use crate::corpus::{CorpusError, RowId};

/// What was found of a row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    /// The id.
    pub id: RowId,
    /// Whether type, direction and status are right.
    pub label_is_right: bool,
    /// Whether the text reads as news, or as what its register is.
    pub is_natural: bool,
    /// What is wrong, if anything.
    pub remark: String,
}

/// Reads the table of what was read: id, label (`right` or `wrong`), text (`natural` or `odd`),
/// remark.
///
/// # Errors
/// A line that is no entry, by file and line.
pub fn parse_readings(file: &str, text: &str) -> Result<Vec<ReadRow>, CorpusError> {
    entries(file, text, parse_line)
}

fn parse_line(line: &str) -> Result<ReadRow, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, label, natural, remark] = fields.as_slice() else {
        return Err(format!("expected 4 columns, found {}", fields.len()));
    };
    let one_of = |text: &str, yes: &str, no: &str| match text {
        text if text == yes => Ok(true),
        text if text == no => Ok(false),
        text => Err(format!("expected {yes} or {no}, found `{text}`")),
    };
    Ok(ReadRow {
        id: id.parse()?,
        label_is_right: one_of(label, "right", "wrong")?,
        is_natural: one_of(natural, "natural", "odd")?,
        remark: (*remark).to_owned(),
    })
}
