//! One labelled row, and the corpus of them.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use crate::corpus::CorpusError;
use crate::corpus::table::entries;
use crate::model::{CameoCode, Day, MarkedPair, PloverType, Status};

use crate::model::closed_set;

closed_set! {
    /// The part of the corpus that a row belongs to.
    Split, "part of the corpus" {
        /// To learn from.
        Train = "train",
        /// To choose settings by.
        Dev = "dev",
        /// To measure with at the end.
        Test = "test",
    }
}

closed_set! {
    /// The kind of text that a row stands in for.
    Register, "register" {
        /// News of an agency or a paper.
        Wire = "wire",
        /// What a ministry or office publishes of its own acts.
        Readout = "readout",
        /// A headline.
        Headline = "headline",
        /// An interview.
        Interview = "interview",
        /// Analysis, history, comment.
        Analysis = "analysis",
        /// A post on a network.
        Social = "social",
        /// A speech.
        Speech = "speech",
    }
}

closed_set! {
    /// The variety of English.
    English, "variety of English" {
        /// American.
        Us = "us",
        /// British, and others that spell so.
        Gb = "gb",
        /// Indian and South Asian.
        In = "in",
        /// African.
        Af = "af",
        /// Of the Gulf and the Middle East.
        Gulf = "gulf",
        /// East and South-East Asian.
        Ea = "ea",
    }
}

closed_set! {
    /// What a row is about.
    Theme, "theme" {
        /// Relations of states.
        Diplomacy = "diplomacy",
        /// Fighting.
        Conflict = "conflict",
        /// Armed forces apart from fighting.
        Military = "military",
        /// Trade, money, work.
        Economy = "economy",
        /// Oil, gas, power.
        Energy = "energy",
        /// Help in need.
        Aid = "aid",
        /// Human rights.
        Rights = "rights",
        /// Courts and police.
        Justice = "justice",
        /// Government and opposition within a country.
        Politics = "politics",
        /// People who move.
        Migration = "migration",
        /// Nature and climate.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Health.
        Health = "health",
        /// Arts, religion, media.
        Culture = "culture",
        /// Sport.
        Sport = "sport",
        /// The rest of life.
        Society = "society",
    }
}

/// What a row says of its pair: a type with its status, or that there is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The type; none where the text tells no act between the pair.
    pub kind: Option<PloverType>,
    /// Whether it happened. `Actual` where there is no event.
    pub status: Status,
}

impl Label {
    /// Returns the name of the type, or `none`.
    #[must_use]
    pub fn kind_name(self) -> &'static str {
        self.kind.map_or("none", PloverType::name)
    }
}

/// The id of a row: its batch, which is its author, and its number there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(String);

impl RowId {
    /// Returns the batch.
    #[must_use]
    pub fn batch(&self) -> &str {
        self.0.split_once('-').map_or("", |(batch, _)| batch)
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RowId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('-');
        let fits = parts.is_some_and(|(batch, number)| {
            !batch.is_empty()
                && batch.chars().all(|letter| letter.is_ascii_alphanumeric())
                && !number.is_empty()
                && number.chars().all(|digit| digit.is_ascii_digit())
        });
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| format!("`{text}` is no id such as m01-001"))
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A row: a text with a marked pair, its label, and what is known of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusRow {
    /// The id.
    pub id: RowId,
    /// Type and status.
    pub label: Label,
    /// The code; none for most rows without an event.
    pub cameo: Option<CameoCode>,
    /// The lemma of the words that carry the label; none without an event.
    pub predicate: Option<String>,
    /// The kind of text.
    pub register: Register,
    /// The variety of English.
    pub english: English,
    /// What it is about.
    pub theme: Theme,
    /// When the text is meant to have been published.
    pub published: Day,
    /// When the act was, as far as the text fixes it: a day, month or year.
    pub event_date: Option<String>,
    /// The text and its pair.
    pub pair: MarkedPair,
    /// The part of the corpus.
    pub split: Split,
}

/// All rows, in the order of the files: train, dev, test.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The rows.
    pub rows: Vec<CorpusRow>,
}

const COLUMNS: usize = 11;

impl Corpus {
    /// Reads the folder of the corpus: `train.tsv`, `dev.tsv` and `test.tsv`.
    ///
    /// # Errors
    /// A file that cannot be read, or a line that is no row, by file and line.
    pub fn read(folder: &Path) -> Result<Self, CorpusError> {
        let mut corpus = Self::default();
        for split in Split::ALL {
            let path = folder.join(format!("{split}.tsv"));
            let file = path.display().to_string();
            let text = fs::read_to_string(&path).map_err(|source| CorpusError::File {
                file: file.clone(),
                source,
            })?;
            corpus.add(&file, &text, *split)?;
        }
        Ok(corpus)
    }

    /// Adds the rows of a file.
    ///
    /// # Errors
    /// A line that is no row.
    pub fn add(&mut self, file: &str, text: &str, split: Split) -> Result<(), CorpusError> {
        let rows = entries(file, text, |line| CorpusRow::parse(line, split))?;
        self.rows.extend(rows);
        Ok(())
    }

    /// Returns the rows of a part.
    pub fn of(&self, split: Split) -> impl Iterator<Item = &CorpusRow> {
        self.rows.iter().filter(move |row| row.split == split)
    }
}

impl CorpusRow {
    /// Parses a line: id, type, cameo, status, predicate, register, english, theme, published,
    /// `event_date`, text; `-` for nothing.
    fn parse(line: &str, split: Split) -> Result<Self, String> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [
            id,
            kind,
            cameo,
            status,
            predicate,
            register,
            english,
            theme,
            published,
            date,
            text,
        ] = fields.as_slice()
        else {
            return Err(format!(
                "expected {COLUMNS} columns, found {}",
                fields.len()
            ));
        };
        let given = |field: &str| (field != "-").then(|| field.to_owned());
        let kind: Option<PloverType> = match *kind {
            "none" => None,
            kind => Some(parsed(kind)?),
        };
        let row = Self {
            id: id.parse()?,
            label: Label {
                kind,
                status: parsed(status)?,
            },
            cameo: given(cameo).map(|code| parsed(&code)).transpose()?,
            predicate: given(predicate),
            register: parsed(register)?,
            english: parsed(english)?,
            theme: parsed(theme)?,
            published: parsed(published)?,
            event_date: given(date),
            pair: MarkedPair::parse(text)
                .ok_or("expected each of <s>, </s>, <t>, </t> once, not within one another")?,
            split,
        };
        row.check().map(|()| row)
    }

    /// Checks that type, code and status go together.
    fn check(&self) -> Result<(), String> {
        let of_code = self.cameo.and_then(|code| code.entry().plover);
        match (self.label.kind, self.cameo) {
            (None, _) if self.label.status != Status::Actual => {
                Err("a row without an event has the status actual".to_owned())
            }
            (None, Some(code)) if of_code.is_some() => {
                Err(format!("{code} is an event, and the row has none"))
            }
            (Some(kind), Some(code)) if of_code != Some(kind) && !is_root_of(code, kind) => {
                Err(format!("{code} is not of type {kind}"))
            }
            (Some(_), None) => Err("an event needs a code".to_owned()),
            _ => Ok(()),
        }
    }
}

/// Roots that two types share, and so have none in the table of codes.
fn is_root_of(code: CameoCode, kind: PloverType) -> bool {
    let of_children = crate::model::cameo_entries();
    of_children
        .iter()
        .any(|entry| entry.plover == Some(kind) && entry.code.starts_with(code.as_str()))
}

fn parsed<T>(text: &str) -> Result<T, String>
where
    T: FromStr<Err: fmt::Display>,
{
    text.parse().map_err(|error| format!("{error}"))
}
