//! Reading a block: rows by their number, without unpacking those beside them.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{
    Act, ActorId, Article, ArticleId, Byte, CameoCode, Confidence, Context, CountryCode, DateBasis,
    Day, DayPart, Event, EventDate, EventId, Initiator, Mention, MentionId, MentionSpans, Mode,
    Occasion, Participant, Place, PloverType, Precision, Published, Role, Sector, SentenceIndex,
    Sketch, Span, Status, Turn,
};
use crate::store::block::layout::{BlockNumber, Chunk, Columns, Head, unfold};
use crate::store::block::strings::Strings;
use crate::store::block::texts::Document;
use crate::store::codec::Codec;
use crate::store::packed::{owned, read_columns};
use crate::store::{RunNumber, envelope};

/// A block that is read.
#[derive(Debug)]
pub(in crate::store) struct Block {
    head: Head,
    strings: Strings,
    columns: Columns,
    /// The first event of each article, and so on.
    events: Vec<u32>,
    topics: Vec<u32>,
    abouts: Vec<u32>,
    participants: Vec<u32>,
    mentions: Vec<u32>,
}

/// What a block knows of an article without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct ArticleHead {
    pub(in crate::store) id: ArticleId,
    pub(in crate::store) sketch: Sketch,
    pub(in crate::store) run: RunNumber,
    pub(in crate::store) added: Day,
    published: Option<Published>,
    outlet: Option<String>,
    language: Option<String>,
    /// The chunk of texts that its document lies in.
    pub(in crate::store) chunk: usize,
    document: Range<usize>,
}

/// An event as a scan of columns sees it, without anything that has to be unpacked.
///
/// Acts and participants are told by their place in tables of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRow {
    /// The act.
    pub act: usize,
    /// The first day that it may lie on; nothing where it is unknown.
    pub start: Option<Day>,
    /// The status by all mentions.
    pub status: Status,
    /// The first source.
    pub source: Option<usize>,
    /// The first target.
    pub target: Option<usize>,
}

const NO_BLOCK: &str = "its parts do not fit together";

impl Block {
    /// Reads a block whose body lies in a range of some bytes.
    ///
    /// Total: any bytes give a block or a reason, and memory is bounded by a multiple of their
    /// length. A block that is read may still hold rows that contradict themselves.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub(in crate::store) fn read(
        number: BlockNumber,
        bytes: Vec<u8>,
        body: Range<usize>,
    ) -> Result<Self, String> {
        let (head, strings, columns) = parts(bytes, body).ok_or(NO_BLOCK)?;
        if head.number != number {
            return Err(format!("it is block {}", head.number));
        }
        let block = Self {
            events: columns.event_count.starts().ok_or(NO_BLOCK)?,
            topics: columns.topics_count.starts().ok_or(NO_BLOCK)?,
            abouts: columns.about_count.starts().ok_or(NO_BLOCK)?,
            participants: columns.participant_count.starts().ok_or(NO_BLOCK)?,
            mentions: columns.mention_count.starts().ok_or(NO_BLOCK)?,
            head,
            strings,
            columns,
        };
        block.has_its_rows().then_some(block).ok_or(NO_BLOCK.into())
    }

    fn has_its_rows(&self) -> bool {
        let columns = &self.columns;
        let is = |count: u32, rows: usize| usize::try_from(count) == Ok(rows);
        let ends = |starts: &[u32], rows: usize| starts.last().is_some_and(|end| is(*end, rows));
        is(self.head.articles, columns.article_id_high.rows())
            && is(self.head.articles, columns.article_id_low.rows())
            && is(self.head.articles, columns.event_count.rows())
            && is(self.head.events, columns.act.rows())
            && is(self.head.events, columns.participant_count.rows())
            && is(self.head.events, columns.mention_count.rows())
            && is(self.head.mentions, columns.mention_id.rows())
            && ends(&self.events, columns.act.rows())
            && ends(&self.mentions, columns.mention_id.rows())
            && ends(&self.participants, columns.participant_cast.rows())
            && ends(&self.abouts, columns.about.rows())
            && ends(&self.topics, columns.topic.rows())
    }

    /// Returns what the block says of itself.
    pub(in crate::store) const fn head(&self) -> &Head {
        &self.head
    }

    /// Returns the row of an article. Time: a halving search.
    pub(in crate::store) fn find(&self, id: ArticleId) -> Option<usize> {
        let (mut low, mut high) = (0, self.columns.article_id_high.rows());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.id(middle)?.cmp(&id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Returns the id of the article in a row.
    pub(in crate::store) fn id(&self, row: usize) -> Option<ArticleId> {
        let high = self.columns.article_id_high.get(row)?;
        let low = self.columns.article_id_low.get(row)?;
        Some(ArticleId::from_bytes(whole(high, low).to_be_bytes()))
    }

    /// Returns the rows of the events of an article.
    pub(in crate::store) fn events_of(&self, article: usize) -> Option<Range<usize>> {
        owned(&self.events, article)
    }

    /// Returns the row of the article of an event. Time: a halving search.
    pub(in crate::store) fn article_of(&self, event: usize) -> Option<usize> {
        let event = u32::try_from(event).ok()?;
        if event >= self.head.events {
            return None;
        }
        // Articles without events begin where the next one does; the last that begins here owns it.
        let after = self.events.partition_point(|start| *start <= event);
        after.checked_sub(1)
    }

    /// Returns the id of the event in a row: the least of its mentions.
    pub(in crate::store) fn event_id(&self, event: usize) -> Option<EventId> {
        let ids = owned(&self.mentions, event)?.map(|row| self.columns.mention_id.get(row));
        let least = ids.min()??;
        Some(EventId::from_bytes(least.to_be_bytes()))
    }

    /// Returns how many mentions an event has.
    pub(in crate::store) fn mention_count(&self, event: usize) -> Option<usize> {
        owned(&self.mentions, event).map(|rows| rows.len())
    }

    /// Says whether a mention of an event has an id within a range.
    pub(in crate::store) fn is_mentioned(&self, event: usize, ids: (u64, u64)) -> bool {
        let mut rows = owned(&self.mentions, event).into_iter().flatten();
        rows.any(|row| {
            let id = self.columns.mention_id.get(row);
            id.is_some_and(|id| ids.0 <= id && id <= ids.1)
        })
    }

    /// Returns what a block knows of an article without its text.
    pub(in crate::store) fn article(&self, row: usize) -> Option<ArticleHead> {
        let columns = &self.columns;
        let published = match self.day(columns.published.get(row)?)? {
            Some(day) => Some(Published {
                day,
                precision: member(Precision::ALL, columns.published_precision.get(row)?)?,
            }),
            None => None,
        };
        let offset = columns.chunk_offset.index(row)?;
        let end = offset.checked_add(columns.document_length.index(row)?)?;
        Some(ArticleHead {
            id: self.id(row)?,
            sketch: Sketch::from_bits(whole(
                columns.sketch_high.get(row)?,
                columns.sketch_low.get(row)?,
            )),
            run: RunNumber::new(u32::try_from(columns.run.get(row)?).ok()?),
            added: self.day(columns.added.get(row)?)??,
            published,
            outlet: self.optional(columns.outlet.get(row)?)?,
            language: self.optional(columns.language.get(row)?)?,
            chunk: columns.chunk.index(row)?,
            document: offset..end,
        })
    }

    /// Returns a chunk of the file of texts.
    pub(in crate::store) fn chunk(&self, number: usize) -> Option<&Chunk> {
        self.head.chunks.get(number)
    }

    /// Returns the length of the body of the file of texts.
    pub(in crate::store) fn texts_length(&self) -> usize {
        let last = self.head.chunks.last().and_then(Chunk::range);
        last.map_or(0, |range| range.end)
    }

    /// Returns the event in a row; nothing where the row contradicts itself.
    pub(in crate::store) fn event(&self, row: usize, article: ArticleId) -> Option<Event> {
        let columns = &self.columns;
        let flags = columns.flags.get(row)?;
        let mentions = owned(&self.mentions, row)?;
        let mentions: Option<Vec<_>> = mentions.map(|row| self.mention(row, article)).collect();
        let participants = owned(&self.participants, row)?.map(|row| self.participant(row));
        let abouts = owned(&self.abouts, row)?.map(|row| {
            let about = self.strings.get(columns.about.get(row)?)?;
            Some(about.to_owned())
        });
        let published = self
            .article_of(row)
            .and_then(|row| columns.published.get(row))?;
        let told = self.day(published)?.unwrap_or(self.head.base);
        Some(Event {
            id: self.event_id(row)?,
            act: self.act(columns.act.index(row)?)?,
            participants: participants.collect::<Option<_>>()?,
            initiator: member(Initiator::ALL, columns.initiator.get(row)?)?,
            multilateral: flags & 1 != 0,
            background: flags & 2 != 0,
            date: self.date(row)?,
            first_reported: day_from(columns.first_reported.get(row)?, told)?,
            place: self.place(columns.place.index(row)?)?,
            contexts: self.contexts(columns.topics.index(row)?)?,
            about: abouts.collect::<Option<_>>()?,
            mentions: mentions?,
        })
    }

    /// Returns what a scan sees of an event.
    pub(in crate::store) fn scan(&self, row: usize) -> Option<EventRow> {
        let columns = &self.columns;
        let mut scanned = EventRow {
            act: columns.act.index(row)?,
            start: self.day(columns.start.get(row)?)?,
            status: member(Status::ALL, columns.status.get(row)?)?,
            source: None,
            target: None,
        };
        for row in owned(&self.participants, row)? {
            let role = columns.participant_role.get(row)?;
            let place = match role {
                0 => &mut scanned.source,
                1 => &mut scanned.target,
                _ => continue,
            };
            if place.is_none() {
                *place = Some(columns.participant_cast.index(row)?);
            }
        }
        Some(scanned)
    }

    /// Returns an act of the table.
    pub(in crate::store) fn act(&self, place: usize) -> Option<Act> {
        let columns = &self.columns;
        let cameo = self.strings.get(columns.act_cameo.get(place)?)?;
        Some(Act {
            cameo: CameoCode::parse(cameo).ok()?,
            plover: optional_member(PloverType::ALL, columns.act_plover.get(place)?)?,
            mode: optional_member(Mode::ALL, columns.act_mode.get(place)?)?,
            label: self.strings.get(columns.act_label.get(place)?)?.to_owned(),
            symmetric: columns.act_symmetric.get(place)? != 0,
        })
    }

    /// Returns how many casts there are: participants without their role, each once.
    pub(in crate::store) const fn casts(&self) -> usize {
        self.columns.cast_actor.rows()
    }

    /// Returns the casts of the participants of an event.
    pub(in crate::store) fn casts_of(&self, event: usize) -> impl Iterator<Item = usize> {
        let rows = owned(&self.participants, event).into_iter().flatten();
        rows.filter_map(|row| self.columns.participant_cast.index(row))
    }

    /// Returns the parts of a cast but the name as one text, the same for two that are the same.
    pub(in crate::store) fn cast_text(&self, place: usize) -> Option<String> {
        let columns = &self.columns;
        let actor = self.strings.get(columns.cast_actor.get(place)?)?;
        let country = self.strings.optional(columns.cast_country.get(place)?)?;
        let office = self.strings.optional(columns.cast_office.get(place)?)?;
        let sector = columns.cast_sector.get(place)?;
        let (country, office) = (country.unwrap_or_default(), office.unwrap_or_default());
        Some(format!("{actor} {country} {sector} {office}"))
    }

    /// Returns the name of a cast.
    pub(in crate::store) fn cast_name(&self, place: usize) -> Option<&str> {
        self.strings.get(self.columns.cast_name.get(place)?)
    }

    /// Returns a cast in the role of a source.
    pub(in crate::store) fn cast(&self, place: usize) -> Option<Participant> {
        let columns = &self.columns;
        let country = self.strings.optional(columns.cast_country.get(place)?)?;
        let office = self.strings.optional(columns.cast_office.get(place)?)?;
        let actor = self.strings.get(columns.cast_actor.get(place)?)?;
        let name = self.strings.get(columns.cast_name.get(place)?)?;
        Some(Participant {
            actor: ActorId::parse(actor).ok()?,
            role: Role::Source,
            name: name.to_owned(),
            country: country.map(CountryCode::parse).transpose().ok()?,
            sector: optional_member(Sector::ALL, columns.cast_sector.get(place)?)?,
            office: office.map(ActorId::parse).transpose().ok()?,
        })
    }

    fn participant(&self, row: usize) -> Option<Participant> {
        let role = member(Role::ALL, self.columns.participant_role.get(row)?)?;
        let cast = self.cast(self.columns.participant_cast.index(row)?)?;
        Some(Participant { role, ..cast })
    }

    /// Returns the date of an event.
    pub(in crate::store) fn date(&self, row: usize) -> Option<EventDate> {
        let columns = &self.columns;
        let start = self.day(columns.start.get(row)?)?;
        let from = start.unwrap_or(self.head.base);
        Some(EventDate {
            start,
            end: day_from(columns.length.get(row)?, from)?,
            precision: member(Precision::ALL, columns.precision.get(row)?)?,
            basis: member(DateBasis::ALL, columns.basis.get(row)?)?,
        })
    }

    #[expect(clippy::option_option, reason = "missing and damaged are two things")]
    fn place(&self, number: usize) -> Option<Option<Place>> {
        let Some(place) = number.checked_sub(1) else {
            return Some(None);
        };
        let name = self.strings.get(self.columns.place_name.get(place)?)?;
        let country = self.columns.place_country.get(place)?;
        let country = self.strings.optional(country)?;
        Some(Some(Place {
            name: name.to_owned(),
            country: country.map(CountryCode::parse).transpose().ok()?,
        }))
    }

    fn contexts(&self, list: usize) -> Option<Vec<Context>> {
        let rows = owned(&self.topics, list)?;
        rows.map(|row| member(Context::ALL, self.columns.topic.get(row)?))
            .collect()
    }

    fn mention(&self, row: usize, article: ArticleId) -> Option<Mention> {
        let columns = &self.columns;
        let sentence = columns.sentence_start.index(row)?;
        let part = |start: u64, length: Option<usize>| {
            let start = usize::try_from(unfold(start).checked_add_unsigned(sentence as u64)?);
            span(start.ok()?, length?)
        };
        let optional = |start: u64, length: Option<usize>| match start.checked_sub(1) {
            Some(start) => part(start, length).map(Some),
            None => Some(None),
        };
        let version = columns.version.index(row)?;
        let coder = self.strings.get(columns.version_coder.get(version)?)?;
        let dictionary = self.strings.get(columns.version_dictionary.get(version)?)?;
        let confidence = u16::try_from(columns.confidence.get(row)?).ok()?;
        Some(Mention {
            id: MentionId::from_bytes(columns.mention_id.get(row)?.to_be_bytes()),
            article,
            sentence: SentenceIndex::new(columns.sentence.index(row)?),
            spans: MentionSpans {
                sentence: span(sentence, columns.sentence_length.index(row)?)?,
                source: optional(columns.source.get(row)?, columns.source_length.index(row))?,
                predicate: part(
                    columns.predicate.get(row)?.checked_sub(1)?,
                    columns.predicate_length.index(row),
                )?,
                target: optional(columns.target.get(row)?, columns.target_length.index(row))?,
            },
            status: member(Status::ALL, columns.mention_status.get(row)?)?,
            confidence: Confidence::from_thousandths(confidence),
            reported_by: self.optional(columns.reported_by.get(row)?)?,
            origin: self.optional(columns.origin.get(row)?)?,
            occasion: Occasion {
                turn: optional_member(Turn::ALL, columns.turn.get(row)?)?,
                day_part: optional_member(DayPart::ALL, columns.day_part.get(row)?)?,
            },
            coder_version: coder.to_owned(),
            dictionary_version: dictionary.to_owned(),
        })
    }

    #[expect(clippy::option_option, reason = "missing and damaged are two things")]
    fn optional(&self, place: u64) -> Option<Option<String>> {
        let string = self.strings.optional(place)?;
        Some(string.map(str::to_owned))
    }

    #[expect(clippy::option_option, reason = "missing and damaged are two things")]
    fn day(&self, number: u64) -> Option<Option<Day>> {
        day_from(number, self.head.base)
    }
}

impl ArticleHead {
    /// Puts the article together with its document, which lies in an unpacked chunk.
    pub(in crate::store) fn with_document(&self, chunk: &[u8]) -> Option<Article> {
        let document = Document::read(chunk.get(self.document.clone())?)?;
        Some(Article {
            id: self.id,
            doc_id: document.doc_id.map(str::to_owned),
            outlet: self.outlet.clone(),
            url: document.url.map(str::to_owned),
            title: document.title.map(str::to_owned),
            published: self.published,
            language: self.language.clone(),
            text: document.text.to_owned(),
        })
    }
}

impl Chunk {
    /// Returns where the chunk lies in the body of the file of texts.
    pub(in crate::store) fn range(&self) -> Option<Range<usize>> {
        let start = usize::try_from(self.start).ok()?;
        Some(start..start.checked_add(usize::try_from(self.packed).ok()?)?)
    }

    /// Unpacks the bytes of the chunk; nothing where they are damaged.
    pub(in crate::store) fn unpack(&self, packed: &[u8]) -> Option<Vec<u8>> {
        if crc32c::crc32c(packed) != self.check {
            return None;
        }
        let unpacked = usize::try_from(self.unpacked).ok()?;
        Codec::of_byte(self.codec)?.unpack(packed, unpacked)
    }
}

/// Takes the parts of a block apart.
fn parts(bytes: Vec<u8>, body: Range<usize>) -> Option<(Head, Strings, Columns)> {
    let end = body.end;
    let rest = bytes.get(body)?;
    let (head, rest) = rest.split_first_chunk::<4>()?;
    let (head, rest) = rest.split_at_checked(length(*head)?)?;
    let head: Head = envelope::parse(head).ok()?;
    let (packed, rest) = rest.split_first_chunk::<4>()?;
    let (unpacked, rest) = rest.split_first_chunk::<4>()?;
    let (codec, rest) = rest.split_first()?;
    let (strings, rest) = rest.split_at_checked(length(*packed)?)?;
    let strings = Codec::of_byte(*codec)?.unpack(strings, length(*unpacked)?)?;
    let strings = Strings::read(&strings)?;
    let columns = end - rest.len()..end;
    let columns = read_columns(&Arc::new(bytes), columns)?;
    Some((head, strings, Columns::name(columns)?))
}

fn length(bytes: [u8; 4]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

fn whole(high: u64, low: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

fn member<Member: Copy>(all: &[Member], place: u64) -> Option<Member> {
    all.get(usize::try_from(place).ok()?).copied()
}

#[expect(clippy::option_option, reason = "missing and damaged are two things")]
fn optional_member<Member: Copy>(all: &[Member], place: u64) -> Option<Option<Member>> {
    match place.checked_sub(1) {
        Some(place) => member(all, place).map(Some),
        None => Some(None),
    }
}

/// Reads a day that counts from another, folded, from 1; 0 is none.
#[expect(clippy::option_option, reason = "missing and damaged are two things")]
fn day_from(number: u64, from: Day) -> Option<Option<Day>> {
    let Some(apart) = number.checked_sub(1) else {
        return Some(None);
    };
    let day = i64::from(from.number()).checked_add(unfold(apart))?;
    i32::try_from(day).ok().map(Day::from_number).map(Some)
}

/// Builds a span, unless it would not be the one that was written.
fn span(start: usize, length: usize) -> Option<Span<Byte>> {
    let end = start.checked_add(length)?;
    let span = Span::new(start, end);
    (span.start() == start && span.end() == end).then_some(span)
}
