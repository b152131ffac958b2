//! Making a block of articles.

use std::hash::Hash;

use crate::model::{
    Act, ActorId, Article, ArticleId, Byte, Context, CountryCode, Day, Event, Mention, Participant,
    Place, Sector, Sketch, Span,
};
use crate::store::block::layout::{BlockNumber, Filled, Head, fold};
use crate::store::block::strings::Interner;
use crate::store::block::texts::{Document, TextsWriter};
use crate::store::codec::Codec;
use crate::store::hashing::FastMap;
use crate::store::key::Key;
use crate::store::packed::ColumnsWriter;
use crate::store::{RunNumber, StoreError, envelope, frame};

/// An article as it goes into a block.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Row<'a> {
    pub(in crate::store) article: &'a Article,
    pub(in crate::store) events: &'a [Event],
    pub(in crate::store) run: RunNumber,
    pub(in crate::store) added: Day,
    pub(in crate::store) sketch: Sketch,
}

/// A block as it goes to disk.
#[derive(Debug)]
pub(in crate::store) struct Encoded {
    /// What the block says of itself.
    pub(in crate::store) head: Head,
    /// The file with everything but the texts.
    pub(in crate::store) block: Vec<u8>,
    /// The file of the texts.
    pub(in crate::store) texts: Vec<u8>,
}

/// Makes a block of articles; the same articles, in whatever order, give the same bytes.
///
/// # Errors
/// [`StoreError::TooLarge`] where the head is beyond what a record may have.
pub(in crate::store) fn encode(
    number: BlockNumber,
    sequence: u64,
    mut rows: Vec<Row<'_>>,
) -> Result<Encoded, StoreError> {
    rows.sort_unstable_by_key(|row| row.article.id);
    let mut writer = Writer::new(base_of(&rows));
    for row in &rows {
        writer.article(row);
    }
    let limited = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (texts, chunks) = writer.texts.finish();
    let head = Head {
        number,
        sequence,
        articles: limited(rows.len()),
        events: limited(writer.columns.act.len()),
        mentions: limited(writer.columns.mention_id.len()),
        base: writer.base,
        chunks,
    };
    let (strings, places) = writer.strings.finish();
    let mut columns = writer.columns;
    name_strings(&mut columns, &places);
    let mut packed = ColumnsWriter::default();
    for column in columns.all() {
        packed.push(column);
    }
    let head_bytes = envelope::payload(Key::Block(number), &head)?;
    let (codec, packed_strings) = Codec::Lz4.pack(&strings);
    let mut body = limited(head_bytes.len()).to_be_bytes().to_vec();
    body.extend(head_bytes);
    body.extend(limited(packed_strings.len()).to_be_bytes());
    body.extend(limited(strings.len()).to_be_bytes());
    body.push(codec.byte());
    body.extend(packed_strings);
    body.extend(packed.finish());
    Ok(Encoded {
        head,
        block: frame::seal(&body),
        texts: frame::seal(&texts),
    })
}

/// Returns the earliest day of all, from which the days of a block count.
fn base_of(rows: &[Row<'_>]) -> Day {
    let days = rows.iter().flat_map(|row| {
        let published = row.article.published.map(|published| published.day);
        let starts = row.events.iter().filter_map(|event| event.date.start);
        starts.chain(published).chain([row.added])
    });
    days.min().unwrap_or(Day::from_number(0))
}

/// Puts the sorted places of strings in the place of those of use.
fn name_strings(columns: &mut Filled, places: &[u64]) {
    let named = [
        &mut columns.cast_actor,
        &mut columns.cast_name,
        &mut columns.cast_country,
        &mut columns.cast_office,
        &mut columns.act_cameo,
        &mut columns.act_label,
        &mut columns.place_name,
        &mut columns.place_country,
        &mut columns.version_coder,
        &mut columns.version_dictionary,
        &mut columns.outlet,
        &mut columns.language,
        &mut columns.about,
        &mut columns.reported_by,
        &mut columns.origin,
    ];
    for value in named.into_iter().flatten() {
        let place = usize::try_from(*value).ok();
        *value = place
            .and_then(|place| places.get(place))
            .copied()
            .unwrap_or(0);
    }
}

/// A participant without the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Cast<'a> {
    actor: &'a ActorId,
    name: &'a str,
    country: Option<&'a CountryCode>,
    sector: Option<Sector>,
    office: Option<&'a ActorId>,
}

/// Things that are told by their place in a table, each once.
#[derive(Debug)]
struct Table<Thing>(FastMap<Thing, u64>);

impl<Thing: Hash + Eq> Table<Thing> {
    fn new() -> Self {
        Self(FastMap::default())
    }

    /// Returns the place of a thing, from 0, and whether it is new.
    fn place(&mut self, thing: Thing) -> (u64, bool) {
        let next = self.0.len() as u64;
        let place = *self.0.entry(thing).or_insert(next);
        (place, place == next)
    }
}

struct Writer<'a> {
    base: Day,
    columns: Filled,
    strings: Interner<'a>,
    texts: TextsWriter,
    casts: Table<Cast<'a>>,
    acts: Table<&'a Act>,
    places: Table<&'a Place>,
    topics: Table<&'a [Context]>,
    versions: Table<(&'a str, &'a str)>,
}

impl<'a> Writer<'a> {
    fn new(base: Day) -> Self {
        Self {
            base,
            columns: Filled::default(),
            strings: Interner::default(),
            texts: TextsWriter::default(),
            casts: Table::new(),
            acts: Table::new(),
            places: Table::new(),
            topics: Table::new(),
            versions: Table::new(),
        }
    }

    fn article(&mut self, row: &Row<'a>) {
        let article = row.article;
        let [high, low] = halves(article.id);
        let sketch = row.sketch.bits();
        let document = Document {
            doc_id: article.doc_id.as_deref(),
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            text: &article.text,
        };
        let lies = self.texts.push(&document);
        let published = self.day(article.published.map(|published| published.day));
        let precision = article
            .published
            .map_or(0, |published| published.precision as u64);
        let added = self.day(Some(row.added));
        let outlet = self.strings.optional(article.outlet.as_deref());
        let language = self.strings.optional(article.language.as_deref());
        let columns = &mut self.columns;
        columns.article_id_high.push(high);
        columns.article_id_low.push(low);
        columns
            .sketch_high
            .push(u64::try_from(sketch >> 64).unwrap_or_default());
        columns
            .sketch_low
            .push(u64::try_from(sketch & u128::from(u64::MAX)).unwrap_or_default());
        columns.run.push(u64::from(row.run.get()));
        columns.added.push(added);
        columns.published.push(published);
        columns.published_precision.push(precision);
        columns.outlet.push(outlet);
        columns.language.push(language);
        columns.chunk.push(lies.chunk);
        columns.chunk_offset.push(lies.offset);
        columns.document_length.push(lies.length);
        columns.event_count.push(row.events.len() as u64);
        let told = article
            .published
            .map_or(self.base, |published| published.day);
        for event in row.events {
            self.event(event, told);
        }
    }

    /// Counts a day from the base, folded, from 1; 0 is none.
    fn day(&self, day: Option<Day>) -> u64 {
        day.map_or(0, |day| 1 + apart(day, self.base))
    }

    fn event(&mut self, event: &'a Event, told: Day) {
        let act = self.act(&event.act);
        let topics = self.topics(&event.contexts);
        let place = self.place(event.place.as_ref());
        let start = self.day(event.date.start);
        let from = event.date.start.unwrap_or(self.base);
        let columns = &mut self.columns;
        columns.act.push(act);
        columns.initiator.push(event.initiator as u64);
        let flags = u64::from(event.multilateral) | u64::from(event.background) << 1;
        columns.flags.push(flags);
        columns.start.push(start);
        columns
            .length
            .push(event.date.end.map_or(0, |end| 1 + apart(end, from)));
        columns.precision.push(event.date.precision as u64);
        columns.basis.push(event.date.basis as u64);
        let first = event.first_reported.map_or(0, |day| 1 + apart(day, told));
        columns.first_reported.push(first);
        columns.place.push(place);
        columns.topics.push(topics);
        columns.about_count.push(event.about.len() as u64);
        columns
            .participant_count
            .push(event.participants.len() as u64);
        columns.mention_count.push(event.mentions.len() as u64);
        columns.status.push(event.status() as u64);
        for about in &event.about {
            let about = self.strings.place(about);
            self.columns.about.push(about);
        }
        for participant in &event.participants {
            let cast = self.cast(participant);
            self.columns.participant_cast.push(cast);
            let role = participant.role as u64;
            self.columns.participant_role.push(role);
        }
        for mention in &event.mentions {
            self.mention(mention);
        }
    }

    fn act(&mut self, act: &'a Act) -> u64 {
        let (place, is_new) = self.acts.place(act);
        if is_new {
            let cameo = self.strings.place(act.cameo.as_str());
            let label = self.strings.place(&act.label);
            let columns = &mut self.columns;
            columns.act_cameo.push(cameo);
            columns.act_label.push(label);
            let plover = act.plover.map_or(0, |plover| 1 + plover as u64);
            columns.act_plover.push(plover);
            let mode = act.mode.map_or(0, |mode| 1 + mode as u64);
            columns.act_mode.push(mode);
            columns.act_symmetric.push(u64::from(act.symmetric));
        }
        place
    }

    fn topics(&mut self, contexts: &'a [Context]) -> u64 {
        let (place, is_new) = self.topics.place(contexts);
        if is_new {
            self.columns.topics_count.push(contexts.len() as u64);
            let members = contexts.iter().map(|context| *context as u64);
            self.columns.topic.extend(members);
        }
        place
    }

    /// Returns the place of a place, from 1; 0 is none.
    fn place(&mut self, place: Option<&'a Place>) -> u64 {
        let Some(place) = place else { return 0 };
        let (number, is_new) = self.places.place(place);
        if is_new {
            let name = self.strings.place(&place.name);
            let country = place.country.as_ref().map(CountryCode::as_str);
            let country = self.strings.optional(country);
            self.columns.place_name.push(name);
            self.columns.place_country.push(country);
        }
        1 + number
    }

    fn cast(&mut self, participant: &'a Participant) -> u64 {
        let cast = Cast {
            actor: &participant.actor,
            name: &participant.name,
            country: participant.country.as_ref(),
            sector: participant.sector,
            office: participant.office.as_ref(),
        };
        let (place, is_new) = self.casts.place(cast);
        if is_new {
            let actor = self.strings.place(cast.actor.as_str());
            let name = self.strings.place(cast.name);
            let country = cast.country.map(CountryCode::as_str);
            let country = self.strings.optional(country);
            let office = self.strings.optional(cast.office.map(ActorId::as_str));
            let columns = &mut self.columns;
            columns.cast_actor.push(actor);
            columns.cast_name.push(name);
            columns.cast_country.push(country);
            let sector = cast.sector.map_or(0, |sector| 1 + sector as u64);
            columns.cast_sector.push(sector);
            columns.cast_office.push(office);
        }
        place
    }

    fn mention(&mut self, mention: &'a Mention) {
        let reported_by = self.strings.optional(mention.reported_by.as_deref());
        let origin = self.strings.optional(mention.origin.as_deref());
        let versions = (&*mention.coder_version, &*mention.dictionary_version);
        let (version, is_new) = self.versions.place(versions);
        if is_new {
            let coder = self.strings.place(versions.0);
            let dictionary = self.strings.place(versions.1);
            self.columns.version_coder.push(coder);
            self.columns.version_dictionary.push(dictionary);
        }
        let columns = &mut self.columns;
        columns
            .mention_id
            .push(u64::from_be_bytes(*mention.id.as_bytes()));
        columns.sentence.push(mention.sentence.get() as u64);
        columns.mention_status.push(mention.status as u64);
        columns
            .confidence
            .push(u64::from(mention.confidence.thousandths()));
        let spans = &mention.spans;
        let start = spans.sentence.start();
        columns.sentence_start.push(start as u64);
        columns.sentence_length.push(spans.sentence.len() as u64);
        let part = |span: Option<Span<Byte>>| match span {
            Some(span) => (
                1 + fold(signed(span.start()) - signed(start)),
                span.len() as u64,
            ),
            None => (0, 0),
        };
        let (source, source_length) = part(spans.source);
        let (predicate, predicate_length) = part(Some(spans.predicate));
        let (target, target_length) = part(spans.target);
        columns.source.push(source);
        columns.source_length.push(source_length);
        columns.predicate.push(predicate);
        columns.predicate_length.push(predicate_length);
        columns.target.push(target);
        columns.target_length.push(target_length);
        columns.reported_by.push(reported_by);
        columns.origin.push(origin);
        let turn = mention.occasion.turn.map_or(0, |turn| 1 + turn as u64);
        columns.turn.push(turn);
        let day_part = mention.occasion.day_part;
        columns
            .day_part
            .push(day_part.map_or(0, |part| 1 + part as u64));
        columns.version.push(version);
    }
}

/// Returns how far a day lies from another, folded.
fn apart(day: Day, from: Day) -> u64 {
    fold(i64::from(day.number()) - i64::from(from.number()))
}

fn signed(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

/// Returns an id as two numbers.
fn halves(id: ArticleId) -> [u64; 2] {
    let id = u128::from_be_bytes(*id.as_bytes());
    [id >> 64, id & u128::from(u64::MAX)].map(|half| u64::try_from(half).unwrap_or_default())
}
