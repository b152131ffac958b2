//! Further pairs of the rows' own texts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::corpus::table::entries;
use crate::corpus::{Corpus, CorpusError, CorpusRow, Label, RowId, Split};
use crate::model::{Byte, CameoCode, MarkedPair, PloverType, Span, Status};

/// A pair of actors in the text of a row, other than the row's own. Most of them have no dealings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurtherPair {
    /// The row whose text it is.
    pub row: RowId,
    /// The text and the pair.
    pub pair: MarkedPair,
    /// Type and status.
    pub label: Label,
    /// The code; none without an event.
    pub cameo: Option<CameoCode>,
    /// The part of the corpus, that of the row.
    pub split: Split,
}

impl Corpus {
    /// Reads `pairs.tsv` of the folder of the corpus: row, source and target as bytes of the row's
    /// text without marks (`start..end`, the end excluded), type, code and status.
    ///
    /// # Errors
    /// A file that cannot be read, or a line that is no pair of a row, by file and line.
    pub fn read_further(&self, folder: &Path) -> Result<Vec<FurtherPair>, CorpusError> {
        let path = folder.join("pairs.tsv");
        let file = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|source| CorpusError::File {
            file: file.clone(),
            source,
        })?;
        let rows = self.rows.iter().map(|row| (row.id.as_str(), row));
        let rows: BTreeMap<&str, &CorpusRow> = rows.collect();
        entries(&file, &text, |line| parse(line, &rows))
    }
}

fn parse(line: &str, rows: &BTreeMap<&str, &CorpusRow>) -> Result<FurtherPair, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [row, source, target, kind, cameo, status] = fields.as_slice() else {
        return Err(format!("expected 6 columns, found {}", fields.len()));
    };
    let row = rows
        .get(row)
        .ok_or_else(|| format!("there is no row `{row}`"))?;
    let text = &row.pair.text;
    let pair = MarkedPair {
        source: span(source, text)?,
        target: span(target, text)?,
        text: text.clone(),
    };
    let kind: Option<PloverType> = match *kind {
        "none" => None,
        kind => Some(kind.parse().map_err(|error| format!("{error}"))?),
    };
    let status: Status = status.parse().map_err(|error| format!("{error}"))?;
    let cameo = match *cameo {
        "-" => None,
        code => Some(code.parse().map_err(|error| format!("{error}"))?),
    };
    if kind.is_some() != cameo.is_some() {
        return Err("an event needs a code, and nothing else has one".to_owned());
    }
    Ok(FurtherPair {
        row: row.id.clone(),
        pair,
        label: Label { kind, status },
        cameo,
        split: row.split,
    })
}

fn span(field: &str, text: &str) -> Result<Span<Byte>, String> {
    let ends = field.split_once("..");
    let ends = ends.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    let (start, end): (usize, usize) = ends.ok_or_else(|| format!("`{field}` is no span"))?;
    let is_inside = start < end && text.get(start..end).is_some();
    is_inside
        .then(|| Span::new(start, end))
        .ok_or_else(|| format!("{field} is no part of the row's text"))
}
