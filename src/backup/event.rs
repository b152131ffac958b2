//! An event as it stands in the line of its article.
//!
//! Fields that mean the same have the names of the event record. What is at its default is left
//! out: each field says what it is then. What the line of the article says is not said again: which
//! article a mention is of, and the versions of coder and dictionaries where they are those of the
//! article.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::backup::named::{Dated, Named};
use crate::model::{
    Act, ActorId, ArticleId, Byte, CameoCode, Confidence, Context, CountryCode, DateBasis, DayPart,
    Event, EventDate, EventId, Initiator, Mention, MentionId, MentionSpans, Mode, Occasion,
    Participant, Place, PloverType, Precision, Role, Sector, SentenceIndex, Span, Status, Turn,
};

/// What an article says for all its mentions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common<'a> {
    pub(super) article: ArticleId,
    pub(super) coder_version: &'a str,
    pub(super) dictionary_version: &'a str,
}

/// An event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the line")]
pub(super) struct EventLine<'a> {
    event_id: Named<EventId>,
    cameo: Named<CameoCode>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    plover: Option<Named<PloverType>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mode: Option<Named<Mode>>,
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_false")]
    symmetric: bool,
    #[serde(borrow)]
    participants: Vec<ParticipantLine<'a>>,
    /// `source` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    initiator: Option<Named<Initiator>>,
    #[serde(default, skip_serializing_if = "is_false")]
    multilateral: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    background: bool,
    /// The first day, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Dated>,
    /// The last day, inclusive; that of `date` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_end: Option<Dated>,
    /// Whether the last day is not known though the first is.
    #[serde(default, skip_serializing_if = "is_false")]
    date_open: bool,
    /// `day` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_precision: Option<Named<Precision>>,
    date_basis: Named<DateBasis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_reported: Option<Dated>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    place: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_country: Option<Named<CountryCode>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    contexts: Vec<Named<Context>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    about: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    mentions: Vec<MentionLine<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParticipantLine<'a> {
    actor: Named<ActorId>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    role: Named<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<Named<CountryCode>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sector: Option<Named<Sector>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<Named<ActorId>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MentionLine<'a> {
    mention_id: Named<MentionId>,
    sentence_index: u32,
    spans: SpansLine,
    /// `actual` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Named<Status>>,
    confidence: f32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    reported_by: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    origin: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<Named<Turn>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day_part: Option<Named<DayPart>>,
    /// That of the article if left out.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    coder_version: Option<Cow<'a, str>>,
    /// That of the article if left out.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    dictionary_version: Option<Cow<'a, str>>,
}

/// Bytes of the article's text, half-open.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpansLine {
    sentence: [u32; 2],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<[u32; 2]>,
    predicate: [u32; 2],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<[u32; 2]>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Leaves a value out where it is the default.
fn unless<T: PartialEq>(value: T, default: &T) -> Option<Named<T>> {
    (value != *default).then_some(Named(value))
}

impl<'a> EventLine<'a> {
    pub(super) fn of(event: &'a Event, common: Common<'_>) -> Self {
        let date = event.date;
        let is_one_day = date.start.is_some() && date.end == date.start.map(|day| day.plus(1));
        Self {
            event_id: Named(event.id),
            cameo: Named(event.act.cameo),
            plover: event.act.plover.map(Named),
            mode: event.act.mode.map(Named),
            label: Cow::Borrowed(&event.act.label),
            symmetric: event.act.symmetric,
            participants: event.participants.iter().map(ParticipantLine::of).collect(),
            initiator: unless(event.initiator, &Initiator::Source),
            multilateral: event.multilateral,
            background: event.background,
            date: date.start.map(Dated),
            date_end: date
                .end
                .filter(|_| !is_one_day)
                .map(|end| Dated(end.plus(-1))),
            date_open: date.start.is_some() && date.end.is_none(),
            date_precision: unless(date.precision, &Precision::Day),
            date_basis: Named(date.basis),
            first_reported: event.first_reported.map(Dated),
            place: event
                .place
                .as_ref()
                .map(|place| Cow::Borrowed(&*place.name)),
            place_country: event
                .place
                .as_ref()
                .and_then(|place| place.country)
                .map(Named),
            contexts: event.contexts.iter().copied().map(Named).collect(),
            about: event
                .about
                .iter()
                .map(|about| Cow::Borrowed(&**about))
                .collect(),
            mentions: event
                .mentions
                .iter()
                .map(|mention| MentionLine::of(mention, common))
                .collect(),
        }
    }

    /// Returns the event, or what is wrong with it.
    pub(super) fn into_event(self, common: Common<'_>) -> Result<Event, &'static str> {
        let start = self.date.map(|day| day.0);
        let last = self.date_end.map(|day| day.0);
        let end = match last.or(start) {
            _ if self.date_open => None,
            last => last.map(|day| day.plus(1)),
        };
        let place = match (self.place, self.place_country) {
            (Some(name), country) => Some(Place {
                name: name.into_owned(),
                country: country.map(|country| country.0),
            }),
            (None, None) => None,
            (None, Some(_)) => return Err("a place has a country and no name"),
        };
        let mentions = self.mentions.into_iter();
        Ok(Event {
            id: self.event_id.0,
            act: Act {
                cameo: self.cameo.0,
                plover: self.plover.map(|plover| plover.0),
                mode: self.mode.map(|mode| mode.0),
                label: self.label.into_owned(),
                symmetric: self.symmetric,
            },
            participants: self
                .participants
                .into_iter()
                .map(ParticipantLine::into_participant)
                .collect(),
            initiator: self.initiator.map_or(Initiator::Source, |named| named.0),
            multilateral: self.multilateral,
            background: self.background,
            date: EventDate {
                start,
                end,
                precision: self.date_precision.map_or(Precision::Day, |named| named.0),
                basis: self.date_basis.0,
            },
            first_reported: self.first_reported.map(|day| day.0),
            place,
            contexts: self.contexts.into_iter().map(|named| named.0).collect(),
            about: self.about.into_iter().map(Cow::into_owned).collect(),
            mentions: mentions
                .map(|mention| mention.into_mention(common))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl<'a> ParticipantLine<'a> {
    fn of(participant: &'a Participant) -> Self {
        Self {
            actor: Named(participant.actor.clone()),
            name: Cow::Borrowed(&participant.name),
            role: Named(participant.role),
            country: participant.country.map(Named),
            sector: participant.sector.map(Named),
            office: participant.office.clone().map(Named),
        }
    }

    fn into_participant(self) -> Participant {
        Participant {
            actor: self.actor.0,
            role: self.role.0,
            name: self.name.into_owned(),
            country: self.country.map(|named| named.0),
            sector: self.sector.map(|named| named.0),
            office: self.office.map(|named| named.0),
        }
    }
}

impl<'a> MentionLine<'a> {
    fn of(mention: &'a Mention, common: Common<'_>) -> Self {
        let unless_common = |own: &'a str, common: &str| (own != common).then_some(own.into());
        Self {
            mention_id: Named(mention.id),
            sentence_index: u32::try_from(mention.sentence.get()).unwrap_or(u32::MAX),
            spans: SpansLine {
                sentence: ends(mention.spans.sentence),
                source: mention.spans.source.map(ends),
                predicate: ends(mention.spans.predicate),
                target: mention.spans.target.map(ends),
            },
            status: unless(mention.status, &Status::Actual),
            confidence: f32::from(mention.confidence.thousandths()) / 1000.0,
            reported_by: mention.reported_by.as_deref().map(Cow::Borrowed),
            origin: mention.origin.as_deref().map(Cow::Borrowed),
            turn: mention.occasion.turn.map(Named),
            day_part: mention.occasion.day_part.map(Named),
            coder_version: unless_common(&mention.coder_version, common.coder_version),
            dictionary_version: unless_common(
                &mention.dictionary_version,
                common.dictionary_version,
            ),
        }
    }

    fn into_mention(self, common: Common<'_>) -> Result<Mention, &'static str> {
        if !(0.0..=1.0).contains(&self.confidence) {
            return Err("a confidence lies outside 0 to 1");
        }
        let spans = self.spans;
        let version = |own: Option<Cow<'_, str>>, common: &str| {
            own.map_or_else(|| common.to_owned(), Cow::into_owned)
        };
        Ok(Mention {
            id: self.mention_id.0,
            article: common.article,
            sentence: SentenceIndex::new(
                usize::try_from(self.sentence_index).unwrap_or(usize::MAX),
            ),
            spans: MentionSpans {
                sentence: span(spans.sentence)?,
                source: spans.source.map(span).transpose()?,
                predicate: span(spans.predicate)?,
                target: spans.target.map(span).transpose()?,
            },
            status: self.status.map_or(Status::Actual, |named| named.0),
            confidence: Confidence::from_share(self.confidence),
            reported_by: self.reported_by.map(Cow::into_owned),
            origin: self.origin.map(Cow::into_owned),
            occasion: Occasion {
                turn: self.turn.map(|named| named.0),
                day_part: self.day_part.map(|named| named.0),
            },
            coder_version: version(self.coder_version, common.coder_version),
            dictionary_version: version(self.dictionary_version, common.dictionary_version),
        })
    }
}

fn ends(span: Span<Byte>) -> [u32; 2] {
    [span.start(), span.end()].map(|end| u32::try_from(end).unwrap_or(u32::MAX))
}

fn span([start, end]: [u32; 2]) -> Result<Span<Byte>, &'static str> {
    if end < start {
        return Err("a span ends before it starts");
    }
    let [start, end] = [start, end].map(|end| usize::try_from(end).unwrap_or(usize::MAX));
    Ok(Span::new(start, end))
}
