//! The event record: one JSON object a line, for people's programs.

use serde::Serialize;

use crate::model::{
    Article, ArticleId, Event, Mention, Participant, PloverType, QuadCameo, QuadPlover, Role, Span,
    count_texts,
};

/// The version of the record's layout.
pub const SCHEMA_VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of a record.
pub const RECORD_SCHEMA: &str = include_str!("event-record.schema.json");

/// One dyad of an event, with everything that proves it. Field names are those of the contract
/// between demarche and its users; `demarche schema` prints them as JSON Schema.
#[derive(Debug, Clone, Serialize)]
pub struct EventRecord {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The event; dyads of one multilateral event share it.
    pub event_id: String,
    /// The article's own id if it came with one, else ours.
    pub doc_id: String,
    /// Our id of the article of the first mention.
    pub article_id: String,
    /// The name of who acts.
    pub source: String,
    /// Its actor id.
    pub source_id: String,
    /// The source's country.
    pub source_country: Option<String>,
    /// The source's sector.
    pub source_sector: Option<String>,
    /// The name of who is acted upon.
    pub target: String,
    /// Its actor id.
    pub target_id: String,
    /// The target's country.
    pub target_country: Option<String>,
    /// The target's sector.
    pub target_sector: Option<String>,
    /// All who took part.
    pub participants: Vec<ParticipantRecord>,
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub plover: Option<String>,
    /// The PLOVER mode.
    pub mode: Option<String>,
    /// The CAMEO code, as text.
    pub cameo: String,
    /// The verb for people.
    pub label: String,
    /// PLOVER quad class, 1 to 4.
    pub quad_plover: Option<u8>,
    /// CAMEO quad class, 1 to 4.
    pub quad_cameo: u8,
    /// Goldstein value.
    pub goldstein: Option<f64>,
    /// Whether the act has no direction of its own.
    pub symmetric: bool,
    /// `source`, `target` or `unknown`.
    pub initiator: String,
    /// Whether more than two took part on one footing.
    pub multilateral: bool,
    /// Whether the article tells it as history.
    pub background: bool,
    /// `actual`, `planned`, `hypothetical`, `denied` or `alleged`.
    pub status: String,
    /// First day, if known.
    pub date: Option<String>,
    /// Last day, inclusive, if known.
    pub date_end: Option<String>,
    /// `day`, `week`, `month`, `year` or `unknown`.
    pub date_precision: String,
    /// `stated`, `relative`, `publication` or `dataset`.
    pub date_basis: String,
    /// The earliest day of publication.
    pub first_reported: Option<String>,
    /// The place in the words of the text.
    pub place: Option<String>,
    /// The place's country.
    pub place_country: Option<String>,
    /// Topics.
    pub contexts: Vec<String>,
    /// What it was about.
    pub about: Vec<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Articles after near-duplicates are one.
    pub texts: usize,
    /// Articles.
    pub reports: usize,
    /// The sentence of the first mention.
    pub sentence: String,
    /// Every place that tells it.
    pub mentions: Vec<MentionRecord>,
    /// The coder of the first mention.
    pub coder_version: String,
    /// The dictionaries of the first mention.
    pub dictionary_version: String,
}

/// A participant.
#[derive(Debug, Clone, Serialize)]
pub struct ParticipantRecord {
    /// Who.
    pub actor: String,
    /// The name for people.
    pub name: String,
    /// The role.
    pub role: String,
    /// The country.
    pub country: Option<String>,
    /// The sector.
    pub sector: Option<String>,
    /// The office held.
    pub office: Option<String>,
}

/// Byte spans in the article's text, half-open.
#[derive(Debug, Clone, Serialize)]
pub struct SpansRecord {
    /// The sentence.
    pub sentence: [usize; 2],
    /// The source.
    pub source: Option<[usize; 2]>,
    /// The predicate.
    pub predicate: [usize; 2],
    /// The target.
    pub target: Option<[usize; 2]>,
}

/// A mention.
#[derive(Debug, Clone, Serialize)]
pub struct MentionRecord {
    /// Our id of the article.
    pub article_id: String,
    /// Where the article stands.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The number of the sentence, from 0.
    pub sentence_index: usize,
    /// Where its parts stand.
    pub spans: SpansRecord,
    /// The status by this mention.
    pub status: String,
    /// Who reports it.
    pub reported_by: Option<String>,
    /// What the report rests on, where the text names it.
    pub origin: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Makes the records of an event: one for each dyad, in the order of the text.
///
/// `article` finds the articles of its mentions; one that is missing leaves its fields empty.
#[must_use]
pub fn event_records<'a>(
    event: &Event,
    article: impl Fn(ArticleId) -> Option<&'a Article>,
) -> Vec<EventRecord> {
    let dyads = event.dyads();
    dyads
        .iter()
        .map(|(source, target)| dyad_record(event, source, target, &article))
        .collect()
}

fn dyad_record<'a>(
    event: &Event,
    source: &Participant,
    target: &Participant,
    article: &impl Fn(ArticleId) -> Option<&'a Article>,
) -> EventRecord {
    let first = event.mentions.first();
    let first_article = first.and_then(|mention| article(mention.article));
    let sentence = first
        .zip(first_article)
        .and_then(|(mention, article)| mention.spans.sentence.of(&article.text).map(str::to_owned));
    let mut reports: Vec<ArticleId> = event.mentions.iter().map(|m| m.article).collect();
    reports.sort_unstable();
    reports.dedup();
    let entry = event.act.cameo.entry();
    EventRecord {
        schema_version: SCHEMA_VERSION,
        event_id: event.id.to_string(),
        doc_id: first_article.map(Article::shown_id).unwrap_or_default(),
        article_id: first
            .map(|mention| mention.article.to_string())
            .unwrap_or_default(),
        source: source.name.clone(),
        source_id: source.actor.to_string(),
        source_country: text(source.country),
        source_sector: text(source.sector),
        target: target.name.clone(),
        target_id: target.actor.to_string(),
        target_country: text(target.country),
        target_sector: text(target.sector),
        participants: event.participants.iter().map(participant_record).collect(),
        plover: text(event.act.plover),
        mode: text(event.act.mode),
        cameo: event.act.cameo.to_string(),
        label: event.act.label.clone(),
        quad_plover: event
            .act
            .plover
            .map(PloverType::quad)
            .map(QuadPlover::number),
        quad_cameo: QuadCameo::number(event.act.cameo.root().quad()),
        goldstein: entry.goldstein,
        symmetric: event.act.symmetric,
        initiator: event.initiator.to_string(),
        multilateral: event.multilateral,
        background: event.background,
        status: event.status().to_string(),
        date: text(event.date.start),
        date_end: text(event.date.end.map(|end| end.plus(-1))),
        date_precision: event.date.precision.to_string(),
        date_basis: event.date.basis.to_string(),
        first_reported: text(event.first_reported),
        place: event.place.as_ref().map(|place| place.name.clone()),
        place_country: text(event.place.as_ref().and_then(|place| place.country)),
        contexts: event.contexts.iter().map(ToString::to_string).collect(),
        about: event.about.clone(),
        confidence: event.confidence().value(),
        texts: texts_of(&reports, article),
        reports: reports.len(),
        sentence: sentence.unwrap_or_default(),
        mentions: event
            .mentions
            .iter()
            .map(|m| mention_record(m, article(m.article)))
            .collect(),
        coder_version: first
            .map(|mention| mention.coder_version.clone())
            .unwrap_or_default(),
        dictionary_version: first
            .map(|m| m.dictionary_version.clone())
            .unwrap_or_default(),
    }
}

/// Counts articles after near-duplicates are one; one that is missing counts for itself.
fn texts_of<'a>(
    reports: &[ArticleId],
    article: &impl Fn(ArticleId) -> Option<&'a Article>,
) -> usize {
    if let [_] = reports {
        return 1;
    }
    let found: Vec<_> = reports.iter().filter_map(|id| article(*id)).collect();
    count_texts(found.iter().map(|article| article.sketch())) + reports.len() - found.len()
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn participant_record(participant: &Participant) -> ParticipantRecord {
    ParticipantRecord {
        actor: participant.actor.to_string(),
        name: participant.name.clone(),
        role: Role::name(participant.role).to_owned(),
        country: text(participant.country),
        sector: text(participant.sector),
        office: text(participant.office.as_ref()),
    }
}

fn mention_record(mention: &Mention, article: Option<&Article>) -> MentionRecord {
    let ends = |span: Span<crate::model::Byte>| [span.start(), span.end()];
    MentionRecord {
        article_id: mention.article.to_string(),
        url: article.and_then(|article| article.url.clone()),
        outlet: article.and_then(|article| article.outlet.clone()),
        published: article
            .and_then(|article| article.published)
            .map(|p| p.day.to_string()),
        sentence_index: mention.sentence.get(),
        spans: SpansRecord {
            sentence: ends(mention.spans.sentence),
            source: mention.spans.source.map(ends),
            predicate: ends(mention.spans.predicate),
            target: mention.spans.target.map(ends),
        },
        status: mention.status.to_string(),
        reported_by: mention.reported_by.clone(),
        origin: mention.origin.clone(),
        confidence: mention.confidence.value(),
    }
}
