//! How two labellers who did not see each other's labels agreed.

use std::collections::BTreeMap;

use crate::corpus::table::entries;
use crate::corpus::{CorpusError, Label, RowId};
use crate::model::closed_set;
use crate::model::{CameoCode, PloverType};

closed_set! {
    /// What became of a row.
    Outcome, "outcome" {
        /// Both labels were the same.
        Agreed = "agreed",
        /// They differed, and a third label equalled one of them.
        Decided = "decided",
        /// They differed and the row was left out, or it was left out for its language, or as too
        /// like another.
        Dropped = "dropped",
    }
}

/// A row that was labelled twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledTwice {
    /// The id.
    pub id: RowId,
    /// What its author labelled.
    pub first: Label,
    /// The author's code.
    pub first_code: Option<CameoCode>,
    /// What the second labelled, from the marked text and the guideline alone.
    pub second: Label,
    /// The second's code.
    pub second_code: Option<CameoCode>,
    /// What became of it.
    pub outcome: Outcome,
}

/// Reads the table of labels: id, type, code and status of the first and of the second, outcome.
///
/// # Errors
/// A line that is no entry, by file and line.
pub fn parse_labels(file: &str, text: &str) -> Result<Vec<LabelledTwice>, CorpusError> {
    entries(file, text, parse_line)
}

fn parse_line(line: &str) -> Result<LabelledTwice, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [
        id,
        kind,
        code,
        status,
        second,
        second_code,
        second_status,
        outcome,
    ] = fields.as_slice()
    else {
        return Err(format!("expected 8 columns, found {}", fields.len()));
    };
    let label = |kind: &str, status: &str| -> Result<Label, String> {
        let kind = match kind {
            "none" => None,
            kind => Some(kind.parse().map_err(|error| format!("{error}"))?),
        };
        let status = status.parse().map_err(|error| format!("{error}"))?;
        Ok(Label { kind, status })
    };
    let code_of = |code: &str| -> Result<Option<CameoCode>, String> {
        match code {
            "-" => Ok(None),
            code => CameoCode::parse(code)
                .map(Some)
                .map_err(|error| error.to_string()),
        }
    };
    Ok(LabelledTwice {
        id: id.parse()?,
        first: label(kind, status)?,
        first_code: code_of(code)?,
        second: label(second, second_status)?,
        second_code: code_of(second_code)?,
        outcome: outcome.parse().map_err(|error| format!("{error}"))?,
    })
}

/// How often two labellers agreed, and how much more than chance would have them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Agreement {
    /// How many rows one of the two gave the label.
    pub rows: usize,
    /// The share of rows on which both said the same, from 0 to 1.
    pub raw: f64,
    /// Cohen's kappa (Cohen 1960), from −1 to 1.
    pub kappa: f64,
}

/// Agreement over all rows, and for each label against the rest.
#[derive(Debug, Clone, Default)]
pub struct AgreementTable {
    /// On the type, over all types and none.
    pub types: Agreement,
    /// On the status, of the rows on whose type both agree, and which have an event.
    pub status: Agreement,
    /// On the first three digits of the code, of the same rows.
    pub codes: Agreement,
    /// For each type, and none, against the rest; in the order of the types, none last.
    pub by_type: Vec<(String, Agreement)>,
    /// How many rows had each outcome.
    pub outcomes: BTreeMap<Outcome, usize>,
}

impl AgreementTable {
    /// Counts the agreement of rows that were labelled twice. Time: linear in their number.
    #[must_use]
    pub fn new(rows: &[LabelledTwice]) -> Self {
        let types: Vec<_> = rows
            .iter()
            .map(|row| (row.first.kind_name(), row.second.kind_name()))
            .collect();
        let agreed = || {
            rows.iter()
                .filter(|row| row.first.kind.is_some() && row.first.kind == row.second.kind)
        };
        let status: Vec<_> = agreed()
            .map(|row| (row.first.status.name(), row.second.status.name()))
            .collect();
        let three = |code: Option<CameoCode>| {
            let text = code
                .map(|code| code.as_str().to_owned())
                .unwrap_or_default();
            text.chars().take(3).collect::<String>()
        };
        let codes: Vec<_> = agreed()
            .map(|row| (three(row.first_code), three(row.second_code)))
            .collect();
        let names = PloverType::ALL.iter().map(|kind| kind.name());
        let by_type = names.chain(["none"]).map(|name| {
            let binary: Vec<_> = types
                .iter()
                .map(|(a, b)| (*a == name, *b == name))
                .collect();
            let of_type = binary.iter().filter(|(a, b)| *a || *b).count();
            (
                name.to_owned(),
                Agreement {
                    rows: of_type,
                    ..agreement(&binary)
                },
            )
        });
        let mut outcomes = BTreeMap::new();
        for row in rows {
            *outcomes.entry(row.outcome).or_default() += 1;
        }
        Self {
            by_type: by_type.collect(),
            types: agreement(&types),
            status: agreement(&status),
            codes: agreement(&codes),
            outcomes,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are small")]
fn agreement<T: Ord + Clone>(pairs: &[(T, T)]) -> Agreement {
    if pairs.is_empty() {
        return Agreement::default();
    }
    let total = pairs.len() as f64;
    let same = pairs.iter().filter(|(a, b)| a == b).count() as f64;
    let mut counts: BTreeMap<T, (f64, f64)> = BTreeMap::new();
    for (a, b) in pairs {
        counts.entry(a.clone()).or_default().0 += 1.0;
        counts.entry(b.clone()).or_default().1 += 1.0;
    }
    let raw = same / total;
    let chance: f64 = counts.values().map(|(a, b)| a / total * (b / total)).sum();
    let kappa = if chance < 1.0 {
        (raw - chance) / (1.0 - chance)
    } else {
        1.0
    };
    Agreement {
        rows: pairs.len(),
        raw,
        kappa,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_that_of_the_textbook() {
        // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: raw 0.7, by chance 0.5.
        let mut pairs = vec![(true, true); 20];
        pairs.extend([(true, false); 5]);
        pairs.extend([(false, true); 10]);
        pairs.extend([(false, false); 15]);
        let found = agreement(&pairs);
        assert!((found.raw - 0.7).abs() < 1e-9 && (found.kappa - 0.4).abs() < 1e-9);
    }
}
