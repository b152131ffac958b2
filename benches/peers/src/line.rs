//! The lines of a backup, as far as they are kept here.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Line {
    pub article: Option<Article>,
}

#[derive(Deserialize)]
pub struct Article {
    pub article_id: String,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub text: String,
    #[serde(default)]
    pub events: Vec<Event>,
}

#[derive(Deserialize)]
pub struct Event {
    pub event_id: String,
    pub cameo: String,
    #[serde(rename = "type")]
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub label: String,
    #[serde(default)]
    pub symmetric: bool,
    pub participants: Vec<Participant>,
    pub initiator: Option<String>,
    #[serde(default)]
    pub multilateral: bool,
    #[serde(default)]
    pub background: bool,
    pub date: Option<String>,
    pub date_end: Option<String>,
    pub date_precision: Option<String>,
    pub date_basis: String,
    pub first_reported: Option<String>,
    pub place: Option<String>,
    pub place_country: Option<String>,
    #[serde(default)]
    pub contexts: Vec<String>,
    #[serde(default)]
    pub about: Vec<String>,
    pub mentions: Vec<Mention>,
}

#[derive(Deserialize, serde::Serialize)]
pub struct Participant {
    pub actor: String,
    pub name: String,
    pub role: String,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub office: Option<String>,
}

#[derive(Deserialize, serde::Serialize)]
pub struct Mention {
    pub mention_id: String,
    pub sentence_index: u32,
    pub spans: Spans,
    pub status: Option<String>,
    pub confidence: f32,
    pub reported_by: Option<String>,
    pub origin: Option<String>,
}

#[derive(Deserialize, serde::Serialize)]
pub struct Spans {
    pub sentence: [u32; 2],
    pub source: Option<[u32; 2]>,
    pub predicate: [u32; 2],
    pub target: Option<[u32; 2]>,
}

/// Days since 1970-01-01 of `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<i32> {
    let year: i32 = text.get(..4)?.parse().ok()?;
    let month: i32 = text.get(5..7)?.parse().ok()?;
    let day: i32 = text.get(8..10)?.parse().ok()?;
    Some(days(year, month, day))
}

/// Days since 1970-01-01.
pub fn days(year: i32, month: i32, day: i32) -> i32 {
    let year = year - i32::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

/// The strongest status of the mentions: actual, planned, alleged, hypothetical, denied.
pub fn status(mentions: &[Mention]) -> u8 {
    let strength = |mention: &Mention| match mention.status.as_deref() {
        None => 0,
        Some("planned") => 1,
        Some("alleged") => 2,
        Some("hypothetical") => 3,
        Some(_) => 4,
    };
    mentions.iter().map(strength).min().unwrap_or(0)
}
