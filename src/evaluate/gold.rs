//! Gold events: what a careful reader finds in an article.

use std::str::FromStr;

use crate::evaluate::EvaluateError;
use crate::model::{ActorId, CameoCode, CountryCode, DateBasis, EventDate, PloverType, Status};

/// One event of a gold file: one dyad of one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldEvent {
    /// Who acts.
    pub source: ActorId,
    /// The source's country; nothing for organisations of states.
    pub source_country: Option<CountryCode>,
    /// Whether the act has no direction of its own.
    pub symmetric: bool,
    /// Who is acted upon.
    pub target: ActorId,
    /// The target's country.
    pub target_country: Option<CountryCode>,
    /// The type.
    pub plover: PloverType,
    /// The code.
    pub cameo: CameoCode,
    /// Whether it took place.
    pub status: Status,
    /// When; nothing if the text does not fix it.
    pub date: Option<EventDate>,
    /// The words of the article that show it.
    pub evidence: String,
}

/// Parses a gold file: tab-separated, one header line, one event a line.
///
/// Columns: `source`, `source_country`, relation (`->` or `<->`), `target`, `target_country`, type,
/// cameo, status, date, evidence; `-` stands for nothing.
///
/// # Errors
/// The first line that is not a valid event, by file and line.
pub fn parse_gold(file: &str, text: &str) -> Result<Vec<GoldEvent>, EvaluateError> {
    let mut events = Vec::new();
    for (index, line) in text
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, line)| !line.is_empty())
    {
        let at = |reason: String| EvaluateError::Line {
            file: file.to_owned(),
            line: index + 1,
            reason,
        };
        let fields: Vec<&str> = line.split('\t').collect();
        let [
            source,
            source_country,
            relation,
            target,
            target_country,
            plover,
            cameo,
            status,
            date,
            evidence,
        ] = fields.as_slice()
        else {
            return Err(at(format!("expected 10 fields, found {}", fields.len())));
        };
        let symmetric = match *relation {
            "->" => false,
            "<->" => true,
            other => return Err(at(format!("expected -> or <->, found `{other}`"))),
        };
        let date = match *date {
            "-" => None,
            text => Some(
                EventDate::parse(text, DateBasis::Stated).map_err(|error| at(error.to_string()))?,
            ),
        };
        events.push(GoldEvent {
            source: parse(source).map_err(at)?,
            source_country: parse_given(source_country).map_err(at)?,
            symmetric,
            target: parse(target).map_err(at)?,
            target_country: parse_given(target_country).map_err(at)?,
            plover: parse(plover).map_err(at)?,
            cameo: parse(cameo).map_err(at)?,
            status: parse(status).map_err(at)?,
            date,
            evidence: (*evidence).to_owned(),
        });
    }
    Ok(events)
}

fn parse<T: FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn parse_given<T: FromStr<Err: ToString>>(text: &str) -> Result<Option<T>, String> {
    if matches!(text, "-" | "") {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}
