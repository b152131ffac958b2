//! An event as the value of a key.

use serde::{Deserialize, Serialize};

use crate::line::{self, Mention, Participant};

#[derive(Serialize, Deserialize)]
pub struct Record {
    pub article: Vec<u8>,
    pub cameo: String,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub label: String,
    pub symmetric: bool,
    pub participants: Vec<Participant>,
    pub initiator: Option<String>,
    pub multilateral: bool,
    pub background: bool,
    pub date: Option<i32>,
    pub date_end: Option<i32>,
    pub date_precision: Option<String>,
    pub date_basis: String,
    pub first_reported: Option<i32>,
    pub place: Option<String>,
    pub place_country: Option<String>,
    pub contexts: Vec<String>,
    pub about: Vec<String>,
    pub mentions: Vec<Mention>,
}

impl Record {
    pub fn new(event: line::Event, article: &[u8]) -> Self {
        let day = |text: Option<String>| text.as_deref().and_then(line::day);
        Self {
            article: article.to_vec(),
            cameo: event.cameo,
            plover: event.plover,
            mode: event.mode,
            label: event.label,
            symmetric: event.symmetric,
            participants: event.participants,
            initiator: event.initiator,
            multilateral: event.multilateral,
            background: event.background,
            // The last day, inclusive; left out where it is the first.
            date_end: day(event.date_end.or_else(|| event.date.clone())),
            date: day(event.date),
            date_precision: event.date_precision,
            date_basis: event.date_basis,
            first_reported: day(event.first_reported),
            place: event.place,
            place_country: event.place_country,
            contexts: event.contexts,
            about: event.about,
            mentions: event.mentions,
        }
    }

    pub fn is_contact(&self) -> bool {
        let is_of_kind = self.plover.as_deref() == Some("CONSULT") || self.cameo == "057";
        is_of_kind && line::status(&self.mentions) == 0
    }

    /// Pairs of source and target; sources alone meet each other, or the first of many the others.
    pub fn dyads(&self) -> Vec<(&str, &str)> {
        let of = |role: &str| {
            let fits = self.participants.iter().filter(move |p| p.role == role);
            fits.map(|p| p.actor.as_str()).collect::<Vec<_>>()
        };
        let (sources, targets) = (of("source"), of("target"));
        let mut dyads = Vec::new();
        if targets.is_empty() && self.symmetric {
            let leading = if sources.len() > 4 { 1 } else { sources.len() };
            for (at, one) in sources.iter().enumerate().take(leading) {
                dyads.extend(sources.iter().skip(at + 1).map(|other| (*one, *other)));
            }
        } else {
            for one in &sources {
                dyads.extend(targets.iter().map(|other| (*one, *other)));
            }
        }
        dyads
    }
}
