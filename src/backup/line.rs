//! One line: its number, what it says, and its checksum.
//!
//! FORMAT: A line is a JSON object, and these are its bytes:
//!
//! ```text
//! {"line":5,"article":{…},"crc":"0a1b2c3d"}
//! ```
//!
//! `line` counts from 1. Between it and `crc` stands one field that names what the line is. `crc` is
//! the CRC-32C (Castagnoli) of all bytes before `,"crc":`, in hexadecimal.

use std::borrow::Cow;
use std::io::Write;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::backup::BackupError;
use crate::backup::article::{ArticleLine, RestoredArticle};
use crate::backup::named::Dated;
use crate::store::{RunNumber, RunRecord};

/// The largest size of a line in bytes. An article of 16 MiB, the most that a store takes, can grow
/// sixfold when every character of it has to be escaped.
pub(super) const LINE_BYTES_MAX: usize = 128 * 1024 * 1024;

/// The name of the format.
const FORMAT: &str = "demarche backup";

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// `,"crc":"0a1b2c3d"}`
const SEAL_BYTES: usize = 18;

/// Characters of a reason that are told.
const REASON_CHARS_MAX: usize = 200;

/// How much a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Runs.
    pub runs: u64,
    /// Articles.
    pub articles: u64,
    /// Events.
    pub events: u64,
    /// Mentions of events.
    pub mentions: u64,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head<'a> {
    #[serde(borrow)]
    format: Cow<'a, str>,
    version: u32,
    /// The version of the program that wrote the backup.
    #[serde(borrow)]
    demarche: Cow<'a, str>,
    /// What the store said that it holds; nothing where it could not be counted.
    expected: Option<Totals>,
}

impl Head<'_> {
    pub(super) fn new(expected: Option<Totals>) -> Self {
        Self {
            format: Cow::Borrowed(FORMAT),
            version: VERSION,
            demarche: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
            expected,
        }
    }

    fn into_entry(self) -> Result<Entry, String> {
        if self.format != FORMAT || self.version != VERSION {
            return Err(format!("it is not of version {VERSION} of the format"));
        }
        Ok(Entry::Head(self.expected))
    }
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    /// What the lines before hold.
    pub(super) totals: Totals,
    /// Records of the store that were damaged and are not in the backup.
    pub(super) left_out: u64,
    /// SHA-256 of all lines before, each with its line feed, in hexadecimal.
    pub(super) sha256: String,
}

/// A run.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunLine<'a> {
    run: RunNumber,
    started: Dated,
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow)]
    coder_version: Cow<'a, str>,
    #[serde(borrow)]
    dictionary_version: Cow<'a, str>,
    articles_new: u64,
    articles_known: u64,
    events: u64,
    records_bad: u64,
    finished: bool,
    undone: bool,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    Head(Option<Totals>),
    Run(RunRecord),
    Dictionary(String),
    Article(Box<RestoredArticle>),
    End(End),
}

/// Writes lines one after the other into a buffer.
#[derive(Debug, Default)]
pub(super) struct LineWriter {
    /// How many lines were written.
    pub(super) lines: u64,
    pub(super) buffer: Vec<u8>,
}

impl LineWriter {
    pub(super) fn head(&mut self, expected: Option<Totals>) -> Result<(), BackupError> {
        self.write("backup", &Head::new(expected))
    }

    pub(super) fn run(&mut self, run: &RunRecord) -> Result<(), BackupError> {
        let line = RunLine {
            run: run.run,
            started: Dated(run.started),
            label: Cow::Borrowed(&run.label),
            coder_version: Cow::Borrowed(&run.coder_version),
            dictionary_version: Cow::Borrowed(&run.dictionary_version),
            articles_new: run.articles_new,
            articles_known: run.articles_known,
            events: run.events,
            records_bad: run.records_bad,
            finished: run.finished,
            undone: run.undone,
        };
        self.write("run", &line)
    }

    pub(super) fn dictionary(&mut self, text: &str) -> Result<(), BackupError> {
        self.write("dictionary", &text)
    }

    pub(super) fn article(&mut self, article: &ArticleLine<'_>) -> Result<(), BackupError> {
        self.write("article", article)
    }

    pub(super) fn end(&mut self, end: &End) -> Result<(), BackupError> {
        self.write("end", end)
    }

    fn write(&mut self, kind: &str, says: &impl Serialize) -> Result<(), BackupError> {
        let start = self.buffer.len();
        let number = self.lines + 1;
        let written = write!(self.buffer, "{{\"line\":{number},\"{kind}\":")
            .and_then(|()| serde_json::to_writer(&mut self.buffer, says).map_err(Into::into));
        written.map_err(BackupError::Write)?;
        let crc = crc32c::crc32c(self.buffer.get(start..).unwrap_or_default());
        writeln!(self.buffer, ",\"crc\":\"{crc:08x}\"}}").map_err(BackupError::Write)?;
        if self.buffer.len() - start > LINE_BYTES_MAX {
            self.buffer.truncate(start);
            return Err(BackupError::TooLarge {
                what: kind.to_owned(),
                line: number,
                bytes_max: LINE_BYTES_MAX,
            });
        }
        self.lines = number;
        Ok(())
    }
}

/// A line as serde reads it; exactly one of the optional fields is there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    line: u64,
    #[serde(borrow, default)]
    backup: Option<Head<'a>>,
    #[serde(borrow, default)]
    run: Option<RunLine<'a>>,
    #[serde(borrow, default)]
    dictionary: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    article: Option<ArticleLine<'a>>,
    #[serde(default)]
    end: Option<End>,
    #[serde(rename = "crc")]
    _crc: IgnoredAny,
}

/// Reads a line without its line feed: its number and what it says.
///
/// Total: any bytes give a line or the reason why they are none.
pub(super) fn parse(line: &[u8]) -> Result<(u64, Entry), String> {
    let (sealed, seal) = line
        .len()
        .checked_sub(SEAL_BYTES)
        .and_then(|at| line.split_at_checked(at))
        .ok_or("it is too short for a line of a backup")?;
    let crc = crc32c::crc32c(sealed);
    if seal != format!(",\"crc\":\"{crc:08x}\"}}").as_bytes() {
        return Err("the checksum does not match".to_owned());
    }
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8")?;
    let row: Row<'_> = serde_json::from_str(text).map_err(|error| told(&error))?;
    Ok((row.line, row.into_entry()?))
}

impl Row<'_> {
    fn into_entry(self) -> Result<Entry, String> {
        let entries = [
            self.backup.map(Head::into_entry),
            self.run.map(|run| Ok(Entry::Run(run.into_record()))),
            self.dictionary
                .map(|text| Ok(Entry::Dictionary(text.into_owned()))),
            self.article.map(|article| {
                let article = article.into_article()?;
                Ok(Entry::Article(Box::new(article)))
            }),
            self.end.map(|end| Ok(Entry::End(end))),
        ];
        let mut entries = entries.into_iter().flatten();
        match (entries.next(), entries.next()) {
            (Some(entry), None) => entry,
            (None, _) => Err("it says nothing".to_owned()),
            (Some(_), Some(_)) => Err("it says two things".to_owned()),
        }
    }
}

impl RunLine<'_> {
    fn into_record(self) -> RunRecord {
        RunRecord {
            run: self.run,
            started: self.started.0,
            label: self.label.into_owned(),
            coder_version: self.coder_version.into_owned(),
            dictionary_version: self.dictionary_version.into_owned(),
            articles_new: self.articles_new,
            articles_known: self.articles_known,
            events: self.events,
            records_bad: self.records_bad,
            finished: self.finished,
            undone: self.undone,
        }
    }
}

/// Says in few words what serde found; its place is that in the line, whatever line it is.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(what, _)| what);
    // Which other fields there are helps nobody here.
    let what = what
        .split_once(", expected one of")
        .map_or(what, |(what, _)| what);
    let short: String = what.chars().take(REASON_CHARS_MAX).collect();
    format!("{short}, at byte {}", error.column())
}

/// The beginning of a first line, of whatever version: all versions agree in this.
#[derive(Deserialize)]
struct AnyLine<'a> {
    #[serde(borrow, default)]
    backup: Option<AnyHead<'a>>,
}

#[derive(Deserialize)]
struct AnyHead<'a> {
    #[serde(borrow, default)]
    format: Cow<'a, str>,
    #[serde(default)]
    version: u32,
}

/// Returns the version that a first line states; nothing where it is none of a backup.
pub(super) fn version_of(line: &[u8]) -> Option<u32> {
    let any: AnyLine<'_> = serde_json::from_slice(line).ok()?;
    let head = any.backup?;
    (head.format == FORMAT).then_some(head.version)
}
