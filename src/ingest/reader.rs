//! The reader: from sources to records.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::rc::Rc;

use crate::ingest::draft::Outcome;
use crate::ingest::format::{Articles, NamedFormat, by_name};
use crate::ingest::options::BUFFER_BYTES;
use crate::ingest::source::Place;
use crate::ingest::stream::{Counted, Stream, decompress};
use crate::ingest::{
    BadReason, BadRecord, Origin, ReadOptions, Record, SkipReason, SkippedFile, Source,
};

/// Reads the articles of its sources, one source after the other.
///
/// Records come in the order of the sources, and within one in the order of the file. A fault ends
/// at most the file it is in; what stands before it in that file is read.
///
/// # Examples
/// ```
/// use demarche::ingest::{ReadOptions, Reader, Record, Source};
///
/// let input = "Source HT\nPutin spoke with Netanyahu.\n---\nTitle: Nothing\n";
/// let mut reader = Reader::new(vec![Source::from_argument("-")], ReadOptions::default())
///     .with_standard_input(Box::new(input.as_bytes()));
/// let Some(Record::Article { article, origin, .. }) = reader.next() else {
///     panic!("the first record is an article");
/// };
/// assert_eq!(article.outlet.as_deref(), Some("HT"));
/// assert_eq!(origin.to_string(), "-:1");
/// let Some(Record::Bad(bad)) = reader.next() else {
///     panic!("the second has no text");
/// };
/// assert_eq!(bad.to_string(), "-:4: no text");
/// assert_eq!(reader.next(), None);
/// assert_eq!(reader.bytes_read(), input.len() as u64);
/// ```
pub struct Reader {
    sources: std::vec::IntoIter<Source>,
    sources_done: usize,
    options: ReadOptions,
    standard_input: Option<Stream>,
    current: Option<Current>,
    bytes_read: Rc<Cell<u64>>,
}

struct Current {
    path: String,
    articles: Articles,
}

/// Why a source was not opened.
enum Unopened {
    Bad(BadReason),
    Skipped(SkipReason),
}

impl From<BadReason> for Unopened {
    fn from(reason: BadReason) -> Self {
        Self::Bad(reason)
    }
}

impl Reader {
    /// Builds a reader; nothing is opened before the first record is asked for.
    #[must_use]
    pub fn new(sources: Vec<Source>, options: ReadOptions) -> Self {
        Self {
            sources: sources.into_iter(),
            sources_done: 0,
            options,
            standard_input: None,
            current: None,
            bytes_read: Rc::new(Cell::new(0)),
        }
    }

    /// Hands over what the source `-` reads from.
    #[must_use]
    pub fn with_standard_input(mut self, input: Box<dyn BufRead>) -> Self {
        self.standard_input = Some(input);
        self
    }

    /// Returns the number of bytes taken from files so far, as they are on disk (compressed bytes
    /// where they are compressed). Buffers run ahead of the records.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.get()
    }

    /// Returns the number of sources that are read to their end or were skipped.
    #[must_use]
    pub const fn sources_done(&self) -> usize {
        self.sources_done
    }

    /// Opens a source, unless it is to be skipped or is bad as a whole.
    fn open(&mut self, place: &Place) -> Result<Articles, Unopened> {
        match place {
            Place::StandardInput => {
                let input = self.standard_input.take();
                let stream = self.prepare(input.ok_or(BadReason::NoStandardInput)?)?;
                Ok(Articles::open_input(stream, self.options.clone()))
            }
            Place::Lost { message, .. } => Err(Unopened::Bad(BadReason::CannotOpen {
                message: message.clone(),
            })),
            Place::Named(path) => match by_name(path) {
                NamedFormat::NoArticle => Err(Unopened::Skipped(SkipReason::UnknownFormat)),
                named => self.open_file(path, named),
            },
            Place::Found(path) => match by_name(path) {
                NamedFormat::NoArticle => Err(Unopened::Skipped(SkipReason::BesideArticles)),
                named => self.open_file(path, named),
            },
        }
    }

    fn open_file(&self, path: &Path, named: NamedFormat) -> Result<Articles, Unopened> {
        let file = File::open(path).map_err(|error| BadReason::CannotOpen {
            message: error.to_string(),
        })?;
        let stream = self.prepare(Box::new(BufReader::with_capacity(BUFFER_BYTES, file)))?;
        Articles::open(named, stream, self.options.clone())
            .ok_or(Unopened::Skipped(SkipReason::UnknownFormat))
    }

    fn prepare(&self, raw: Stream) -> Result<Stream, BadReason> {
        decompress(Box::new(Counted::new(raw, Rc::clone(&self.bytes_read))))
    }
}

impl Iterator for Reader {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(outcome) = current.articles.next() {
                    return Some(record(current.path.clone(), outcome));
                }
                self.current = None;
                self.sources_done += 1;
            }
            let source = self.sources.next()?;
            let path = source.name();
            match self.open(&source.place) {
                Ok(articles) => self.current = Some(Current { path, articles }),
                Err(unopened) => {
                    self.sources_done += 1;
                    return Some(match unopened {
                        Unopened::Skipped(reason) => Record::Skipped(SkippedFile { path, reason }),
                        Unopened::Bad(reason) => Record::Bad(BadRecord {
                            path,
                            line: 0,
                            reason,
                        }),
                    });
                }
            }
        }
    }
}

fn record(path: String, outcome: Outcome) -> Record {
    let line = outcome.line;
    match outcome.result {
        Ok(read) => Record::Article {
            article: read.draft.into_article(),
            origin: Origin { path, line },
            notes: read.notes,
        },
        Err(reason) => Record::Bad(BadRecord { path, line, reason }),
    }
}
