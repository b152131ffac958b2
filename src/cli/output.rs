//! Prints results: one table of rows in the format that was asked for.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use clap::ValueEnum;
use comfy_table::{
    ContentArrangement, ContentLineStyle, LineStyle, Table as Grid, TableStyle, presets,
};
use serde_json::{Map, Value};

/// How to print results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A Markdown table
    Md,
}

/// Rows under named columns.
#[derive(Debug, Default)]
pub(crate) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

/// A line under the header and space between columns.
const FOR_PEOPLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// Longest cell of a table for people, in characters.
const CELL_CHARS_MAX: usize = 160;

impl Format {
    /// Returns the format asked for, else a table on a terminal and tsv elsewhere.
    pub(crate) fn or_default(format: Option<Self>) -> Self {
        format.unwrap_or(if io::stdout().is_terminal() {
            Self::Table
        } else {
            Self::Tsv
        })
    }
}

impl Table {
    pub(crate) fn new(columns: &[&'static str]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table; an empty one has its header in csv and tsv alone.
    pub(crate) fn print(&self, format: Option<Format>) -> Result<()> {
        let mut out = io::stdout().lock();
        self.write(Format::or_default(format), &mut out)?;
        out.flush()?;
        Ok(())
    }

    pub(crate) fn write(&self, format: Format, out: &mut impl Write) -> Result<()> {
        match format {
            Format::Table => self.write_grid(true, out)?,
            Format::Md => self.write_grid(false, out)?,
            Format::Json => {
                let objects: Vec<Value> = self.objects().collect();
                serde_json::to_writer_pretty(&mut *out, &objects)?;
                writeln!(out)?;
            }
            Format::Jsonl => {
                for object in self.objects() {
                    serde_json::to_writer(&mut *out, &object)?;
                    writeln!(out)?;
                }
            }
            Format::Csv => self.write_separated(b',', out)?,
            Format::Tsv => {
                writeln!(out, "{}", self.columns.join("\t"))?;
                for row in &self.rows {
                    let cells: Vec<String> =
                        row.iter().map(|cell| one_line(&plain(cell))).collect();
                    writeln!(out, "{}", cells.join("\t"))?;
                }
            }
        }
        Ok(())
    }

    fn objects(&self) -> impl Iterator<Item = Value> {
        self.rows.iter().map(|row| {
            let fields = self.columns.iter().zip(row);
            Value::Object(
                fields
                    .map(|(name, cell)| ((*name).to_owned(), cell.clone()))
                    .collect::<Map<_, _>>(),
            )
        })
    }

    fn write_grid(&self, is_for_people: bool, out: &mut impl Write) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut grid = Grid::new();
        grid.load_style(if is_for_people {
            FOR_PEOPLE
        } else {
            presets::ASCII_MARKDOWN
        });
        if is_for_people {
            grid.set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width());
        }
        grid.set_header(self.columns.iter().map(|name| name.replace('_', " ")));
        for row in &self.rows {
            grid.add_row(row.iter().map(|cell| {
                let text = shortened(&one_line(&plain(cell)));
                if is_for_people {
                    text
                } else {
                    text.replace('|', "\\|")
                }
            }));
        }
        writeln!(out, "{grid}")?;
        Ok(())
    }

    fn write_separated(&self, delimiter: u8, out: &mut impl Write) -> Result<()> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(out);
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| guarded(plain(cell))))?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// Returns a cell as text; lists are joined with semicolons.
fn plain(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Keeps a cell on one line and free of control characters, which could steer a terminal.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(CELL_CHARS_MAX - 1).collect();
    short.push('…');
    short
}

/// A cell that a spreadsheet would take for a formula gets a leading apostrophe.
fn guarded(text: String) -> String {
    let is_formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.parse::<f64>().is_err());
    if is_formula { format!("'{text}") } else { text }
}

/// Returns the width of the terminal, in characters; a usual one where there is none.
pub(crate) fn width() -> u16 {
    terminal_size::terminal_size().map_or(120, |(width, _)| width.0)
}

/// A blank at which [`wrapped`] does not break a line.
pub(crate) const KEPT_BLANK: char = '\u{a0}';

/// Breaks a text into lines of at most `width` characters where a word allows it; before all but
/// the first come `indent` blanks, which do not count.
pub(crate) fn wrapped(text: &str, width: u16, indent: u16) -> String {
    let mut lines = String::new();
    let (mut column, mut is_begun) = (0, false);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if is_begun && column + 1 + length > usize::from(width) {
            lines.push('\n');
            lines.push_str(&" ".repeat(usize::from(indent)));
            column = 0;
        } else if is_begun {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
        is_begun = true;
    }
    lines.replace(KEPT_BLANK, " ")
}

/// `1 event`, `2 events`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: Format, expected: &str) {
        let mut table = Table::new(&["who", "events"]);
        table.push(vec!["=A\n\"B\"".into(), 2.into()]);
        let mut out = Vec::new();
        table.write(format, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn formats_are_safe() {
        check(Format::Csv, "who,events\n\"'=A\n\"\"B\"\"\",2\n");
        check(Format::Tsv, "who\tevents\n=A \"B\"\t2\n");
        check(Format::Jsonl, "{\"who\":\"=A\\n\\\"B\\\"\",\"events\":2}\n");
    }
}
