//! Events as rows and records, with the articles that prove them.

use std::collections::BTreeMap;

use anyhow::Result;
use demarche::graph::Selected;
use demarche::model::{Article, ArticleId, Event};
use demarche::pipeline::{EventRecord, event_records};

use crate::cli::output::{Format, Table};
use crate::cli::store_reader::StoreReader;

/// Returns the records of one happening, one for each dyad; only the mentions that count are in
/// them.
pub(crate) fn records(selected: &Selected<'_>, store: &StoreReader) -> Result<Vec<EventRecord>> {
    let mentions = selected
        .mentions
        .iter()
        .map(|mention| (*mention).clone())
        .collect();
    let event = Event {
        mentions,
        ..selected.event().clone()
    };
    let articles = articles(&event, store)?;
    Ok(event_records(&event, |id| articles.get(&id)))
}

/// Returns the articles that tell an event.
pub(crate) fn articles(event: &Event, store: &StoreReader) -> Result<BTreeMap<ArticleId, Article>> {
    let mut articles = BTreeMap::new();
    for mention in &event.mentions {
        if !articles.contains_key(&mention.article)
            && let Some(Some(stored)) = store.readable(store.article(mention.article))?
        {
            articles.insert(mention.article, stored.article);
        }
    }
    Ok(articles)
}

/// Returns events as a table, one dyad a row, with all that a program may want.
fn full_table(records: &[EventRecord]) -> Table {
    let mut table = Table::new(&[
        "event",
        "date",
        "source",
        "source_id",
        "label",
        "target",
        "target_id",
        "type",
        "cameo",
        "status",
        "reports",
        "confidence",
        "sentence",
    ]);
    for record in records {
        table.push(vec![
            record.event_id.clone().into(),
            shown_date(record).into(),
            record.source.clone().into(),
            record.source_id.clone().into(),
            record.label.clone().into(),
            record.target.clone().into(),
            record.target_id.clone().into(),
            record.plover.clone().into(),
            record.cameo.clone().into(),
            record.status.clone().into(),
            record.reports.into(),
            record.confidence.into(),
            record.sentence.clone().into(),
        ]);
    }
    table
}

/// Returns events as a table for people, one dyad a row: few columns, so that sentences have room.
fn table_for_people(records: &[EventRecord]) -> Table {
    let mut table = Table::new(&["date", "event", "act", "code", "reports", "sentence"]);
    for record in records {
        let act = match record.status.as_str() {
            "actual" => format!("{} –{}→ {}", record.source, record.label, record.target),
            status => format!(
                "{} –{}→ {} ({status})",
                record.source, record.label, record.target
            ),
        };
        let code = record
            .plover
            .iter()
            .chain([&record.cameo])
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        table.push(vec![
            shown_date(record).into(),
            record
                .event_id
                .get(..EVENT_DIGITS)
                .unwrap_or_default()
                .into(),
            act.into(),
            code.into(),
            record.reports.into(),
            record.sentence.clone().into(),
        ]);
    }
    table
}

/// Digits of an event's id in tables for people; any beginning that is unique will do.
const EVENT_DIGITS: usize = 8;

/// Writes records as JSON, one a line.
pub(crate) fn write_lines(records: &[EventRecord], out: &mut impl std::io::Write) -> Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Prints events: whole records as JSON, rows otherwise.
pub(crate) fn print(records: &[EventRecord], format: Option<Format>) -> Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match format {
        Some(Format::Jsonl) => {
            write_lines(records, &mut out)?;
        }
        Some(Format::Json) => {
            serde_json::to_writer_pretty(&mut out, records)?;
            writeln!(out)?;
        }
        format => {
            drop(out);
            let format = Format::or_default(format);
            let is_for_people = matches!(format, Format::Table | Format::Md);
            let table = if is_for_people {
                table_for_people(records)
            } else {
                full_table(records)
            };
            return table.print(Some(format));
        }
    }
    out.flush()?;
    Ok(())
}

/// `2026-01-16`, `2026-01`, `2026` or `unknown`; a `~` marks a day of publication that stands in.
fn shown_date(record: &EventRecord) -> String {
    let Some(start) = &record.date else {
        return "unknown".to_owned();
    };
    let digits = match record.date_precision.as_str() {
        "month" => 7,
        "year" => 4,
        _ => start.len(),
    };
    let date = start.get(..digits).unwrap_or(start);
    if record.date_basis == "publication" {
        format!("~{date}")
    } else {
        date.to_owned()
    }
}
