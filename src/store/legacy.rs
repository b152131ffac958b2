//! Records as format 1 wrote them, where they were others than they are now.
//!
//! bincode names no fields, so a record must be read by the struct that wrote it. These structs
//! never change.

use crate::model::{
    Act, ArticleId, Confidence, Context, Day, Event, EventDate, EventId, Initiator, Mention,
    MentionId, MentionSpans, Occasion, Participant, Place, SentenceIndex, Status,
};

/// An event of version 1: its mentions know no origin.
#[derive(Debug, serde::Deserialize)]
pub(super) struct EventV1 {
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

#[derive(Debug, serde::Deserialize)]
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
