//! Articles with their gold events, one JSON object a line.

use serde::Deserialize;

use crate::evaluate::{EvaluateError, GoldEvent};
use crate::model::{
    ActorId, ActorKind, Article, ArticleDraft, CameoCode, CountryCode, DateBasis, EventDate,
    PloverType, Published, Status,
};

/// An article with the events that a careful reader finds in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldArticle {
    /// The article.
    pub article: Article,
    /// Its events, a dyad each.
    pub events: Vec<GoldEvent>,
}

#[derive(Debug, Deserialize)]
struct ArticleLine {
    #[serde(alias = "id")]
    doc_id: Option<String>,
    title: Option<String>,
    #[serde(alias = "date", alias = "publication_date")]
    published: Option<String>,
    #[serde(alias = "outlet")]
    source: Option<String>,
    url: Option<String>,
    text: String,
    #[serde(default, alias = "gold")]
    events: Vec<EventLine>,
}

#[derive(Debug, Deserialize)]
struct EventLine {
    #[serde(alias = "source")]
    source_id: String,
    source_country: Option<String>,
    #[serde(alias = "target")]
    target_id: String,
    target_country: Option<String>,
    #[serde(rename = "type", alias = "plover")]
    kind: String,
    #[serde(alias = "code")]
    cameo: Option<String>,
    status: Option<String>,
    date: Option<String>,
    symmetric: Option<bool>,
    relation: Option<String>,
    #[serde(default, alias = "sentence")]
    evidence: String,
}

impl GoldArticle {
    /// Parses lines of JSON; empty lines are passed over.
    ///
    /// # Errors
    /// The first line that is no article with events, by file and line.
    pub fn parse_lines(file: &str, text: &str) -> Result<Vec<Self>, EvaluateError> {
        let mut all = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let at = |reason: String| EvaluateError::Line {
                file: file.to_owned(),
                line: index + 1,
                reason,
            };
            let line: ArticleLine =
                serde_json::from_str(line).map_err(|error| at(error.to_string()))?;
            all.push(Self::from_line(line).map_err(at)?);
        }
        Ok(all)
    }

    fn from_line(line: ArticleLine) -> Result<Self, String> {
        let published = line.published.as_deref().filter(|date| !date.is_empty());
        let published = published
            .map(|date| EventDate::parse(date.get(..10).unwrap_or(date), DateBasis::Stated))
            .transpose()
            .map_err(|error| error.to_string())?;
        let events = line
            .events
            .into_iter()
            .map(gold)
            .collect::<Result<_, _>>()?;
        let draft = ArticleDraft {
            doc_id: line.doc_id,
            title: line.title,
            outlet: line.source,
            url: line.url,
            published: published.as_ref().and_then(Published::from_date),
            text: line.text,
            ..ArticleDraft::default()
        };
        Ok(Self {
            article: draft.into_article(),
            events,
        })
    }
}

fn gold(line: EventLine) -> Result<GoldEvent, String> {
    let source = actor(&line.source_id)?;
    let target = actor(&line.target_id)?;
    let plover: PloverType = parsed(&line.kind)?;
    let cameo = line
        .cameo
        .as_deref()
        .filter(|code| !matches!(*code, "" | "-"));
    let cameo = match cameo {
        Some(code) => parsed(code)?,
        None => crate::coder::general_code(plover),
    };
    let status = line.status.as_deref().filter(|status| !status.is_empty());
    let date = line
        .date
        .as_deref()
        .filter(|date| !matches!(*date, "" | "-"));
    let date = date
        .map(|date| EventDate::parse(date, DateBasis::Stated))
        .transpose()
        .map_err(|error| error.to_string())?;
    let symmetric = line
        .symmetric
        .unwrap_or(line.relation.as_deref() == Some("<->"))
        || is_mutual(cameo);
    Ok(GoldEvent {
        source_country: country(line.source_country.as_deref(), &source)?,
        target_country: country(line.target_country.as_deref(), &target)?,
        source,
        symmetric,
        target,
        plover,
        cameo,
        status: status.map_or(Ok(Status::Actual), parsed)?,
        date,
        evidence: line.evidence,
    })
}

fn is_mutual(cameo: CameoCode) -> bool {
    matches!(cameo.as_str(), "040" | "041" | "044" | "046" | "057")
}

/// An id, or the three letters of a country for its government.
fn actor(text: &str) -> Result<ActorId, String> {
    if let Ok(country) = CountryCode::parse(text) {
        return Ok(ActorId::of_country(ActorKind::State, country));
    }
    ActorId::parse(text).map_err(|error| error.to_string())
}

/// The country that is given, else the one that the id says.
fn country(given: Option<&str>, actor: &ActorId) -> Result<Option<CountryCode>, String> {
    if let Some(code) = given.filter(|code| !matches!(*code, "" | "-")) {
        return parsed(code).map(Some);
    }
    let rest = actor.rest().split('-').next().unwrap_or_default();
    let is_code = rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_uppercase());
    let of_country = actor.kind() != ActorKind::Igo && is_code;
    Ok(of_country.then(|| CountryCode::parse(rest).ok()).flatten())
}

fn parsed<T: std::str::FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}
