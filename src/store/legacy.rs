//! Stores of format 1, which are read to be migrated and never written.
//!
//! FORMAT 1: One tree; keys 'a' + article id, 'e' + event id, 'r' + run number (big-endian), 'd', 'm'.
//! A value is a version byte, CRC-32 (IEEE) of the payload, big-endian, and the payload: bincode 1.3,
//! big-endian, integers of variable length. bincode names no fields, so a record must be read by the
//! struct that wrote it. These structs never change.

use bincode::Options;
use flate2::Crc;
use serde::de::DeserializeOwned;

use crate::model::{
    Act, Article, ArticleId, Confidence, Context, Day, Event, EventDate, EventId, Initiator,
    Mention, MentionId, MentionSpans, Occasion, Participant, Place, SentenceIndex, Status,
};
use crate::store::{RunNumber, RunRecord, StoreError};

/// The format that is read here.
pub(super) const FORMAT: u32 = 1;

const TREE: &str = "primary";
const BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Values of version 2 lay in stores of format 1 for a short time: their mentions had an origin.
const VERSIONS: [u8; 2] = [1, 2];

/// A record of format 1.
#[derive(Debug)]
pub(super) enum Record {
    /// An article with the ids of its events, its run and the day it was added.
    Article(Box<ArticleRow>),
    /// An event.
    Event(Box<Event>),
    /// A run.
    Run(RunRecord),
    /// The user's dictionary.
    Dictionary(String),
    /// The format.
    Format,
}

/// The record of an article.
pub(super) type ArticleRow = (Article, Vec<EventId>, RunNumber, Day);

/// Returns the key of an event.
pub(super) fn event_key(id: EventId) -> Vec<u8> {
    [b"e".as_slice(), id.as_bytes()].concat()
}

/// Decodes a record by its key.
///
/// # Errors
/// [`StoreError::Damaged`].
pub(super) fn decode(key: &[u8], value: &[u8]) -> Result<Record, StoreError> {
    let damaged = |reason: &str| StoreError::Damaged {
        tree: TREE,
        key: shown(key),
        reason: reason.to_owned(),
    };
    let (version, payload) = open(value).map_err(damaged)?;
    let undecodable = "the value does not decode";
    let record = match key {
        [b'a', id @ ..] => {
            let row: ArticleRow = parse(payload).ok_or_else(|| damaged(undecodable))?;
            (row.0.id.as_bytes() == id).then(|| Record::Article(Box::new(row)))
        }
        [b'e', id @ ..] => {
            let event = match version {
                1 => parse::<EventV1>(payload).map(Event::from),
                _ => parse(payload),
            };
            let event = event.ok_or_else(|| damaged(undecodable))?;
            (event.id.as_bytes() == id).then(|| Record::Event(Box::new(event)))
        }
        [b'r', number @ ..] => {
            let run = parse(payload).or_else(|| parse::<RunV1>(payload).map(RunRecord::from));
            let run = run.ok_or_else(|| damaged(undecodable))?;
            (run.run.get().to_be_bytes() == number).then_some(Record::Run(run))
        }
        b"d" => parse(payload).map(Record::Dictionary),
        b"m" => parse::<u32>(payload).map(|_| Record::Format),
        _ => return Err(damaged("no record has such a key")),
    };
    record.ok_or_else(|| damaged("the record under this key has another id inside"))
}

fn open(value: &[u8]) -> Result<(u8, &[u8]), &'static str> {
    let (version, rest) = value.split_first().ok_or("the value is empty")?;
    if !VERSIONS.contains(version) {
        return Err("the value has a version that is not known");
    }
    let (expected, payload) = rest
        .split_first_chunk::<4>()
        .ok_or("the value is cut off")?;
    let mut crc = Crc::new();
    crc.update(payload);
    if crc.sum().to_be_bytes() != *expected {
        return Err("the checksum does not match");
    }
    Ok((*version, payload))
}

fn parse<Record: DeserializeOwned>(payload: &[u8]) -> Option<Record> {
    let options = bincode::DefaultOptions::new()
        .with_big_endian()
        .with_limit(BYTES_MAX);
    options.deserialize(payload).ok()
}

/// Names a key for people.
fn shown(key: &[u8]) -> String {
    let named = || {
        let (kind, id) = key.split_first()?;
        Some(match kind {
            b'a' => format!("article {}", ArticleId::from_bytes(id.try_into().ok()?)),
            b'e' => format!("event {}", EventId::from_bytes(id.try_into().ok()?)),
            b'r' => format!("run {}", u32::from_be_bytes(id.try_into().ok()?)),
            b'd' => "dictionary".to_owned(),
            _ => return None,
        })
    };
    named().unwrap_or_else(|| format!("key {}", key.escape_ascii()))
}

/// A run: it could not be undone.
#[derive(serde::Deserialize)]
struct RunV1 {
    run: RunNumber,
    started: Day,
    label: String,
    coder_version: String,
    dictionary_version: String,
    articles_new: u64,
    articles_known: u64,
    events: u64,
    records_bad: u64,
    finished: bool,
}

impl From<RunV1> for RunRecord {
    fn from(old: RunV1) -> Self {
        Self {
            run: old.run,
            started: old.started,
            label: old.label,
            coder_version: old.coder_version,
            dictionary_version: old.dictionary_version,
            articles_new: old.articles_new,
            articles_known: old.articles_known,
            events: old.events,
            records_bad: old.records_bad,
            finished: old.finished,
            undone: false,
        }
    }
}

/// An event: its mentions know no origin.
#[derive(serde::Deserialize)]
struct EventV1 {
    id: EventId,
    act: Act,
    participants: Vec<Participant>,
    initiator: Initiator,
    multilateral: bool,
    background: bool,
    date: EventDate,
    first_reported: Option<Day>,
    place: Option<Place>,
    contexts: Vec<Context>,
    about: Vec<String>,
    mentions: Vec<MentionV1>,
}

#[derive(serde::Deserialize)]
struct MentionV1 {
    id: MentionId,
    article: ArticleId,
    sentence: SentenceIndex,
    spans: MentionSpans,
    status: Status,
    confidence: Confidence,
    reported_by: Option<String>,
    coder_version: String,
    dictionary_version: String,
}

impl From<EventV1> for Event {
    fn from(old: EventV1) -> Self {
        Self {
            id: old.id,
            act: old.act,
            participants: old.participants,
            initiator: old.initiator,
            multilateral: old.multilateral,
            background: old.background,
            date: old.date,
            first_reported: old.first_reported,
            place: old.place,
            contexts: old.contexts,
            about: old.about,
            mentions: old.mentions.into_iter().map(Mention::from).collect(),
        }
    }
}

impl From<MentionV1> for Mention {
    fn from(old: MentionV1) -> Self {
        Self {
            id: old.id,
            article: old.article,
            sentence: old.sentence,
            spans: old.spans,
            status: old.status,
            confidence: old.confidence,
            reported_by: old.reported_by,
            origin: None,
            occasion: Occasion::default(),
            coder_version: old.coder_version,
            dictionary_version: old.dictionary_version,
        }
    }
}
