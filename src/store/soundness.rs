//! What must hold of an event, by itself and beside its article.
//!
//! Asked when an event is written, when it is read, and for the whole store by `check`. Serde lets
//! in some values that the constructors of the model would not; they are caught here.

use crate::model::{Article, Byte, Confidence, CountryCode, Event, EventId, Mention, Span};

/// Returns what is wrong with an event by itself.
pub(super) fn event_faults(event: &Event) -> impl Iterator<Item = String> {
    let least = event.mentions.iter().map(|mention| mention.id).min();
    let id = match least {
        None => Some("no mention proves it".to_owned()),
        Some(least) if EventId::from(least) != event.id => {
            Some(format!("its least mention is {least}, which is another id"))
        }
        Some(_) => None,
    };
    let place = event.place.as_ref().and_then(|place| place.country);
    let countries = event
        .participants
        .iter()
        .filter_map(|participant| participant.country)
        .chain(place)
        .filter(|country| CountryCode::parse(country.as_str()) != Ok(*country))
        .map(|_| "a country code is not three capital letters".to_owned());
    let mentions = event.mentions.iter().filter_map(mention_fault);
    id.into_iter().chain(countries).chain(mentions)
}

fn mention_fault(mention: &Mention) -> Option<String> {
    let backward = spans(mention)
        .into_iter()
        .flatten()
        .any(|(_, span)| span.end() < span.start());
    if backward {
        return Some(format!(
            "a span of mention {} ends before it starts",
            mention.id
        ));
    }
    (mention.confidence > Confidence::FULL)
        .then(|| format!("the confidence of mention {} is above 1", mention.id))
}

/// Returns where an event does not fit the article that it is listed in.
pub(super) fn mismatches(event: &Event, article: &Article) -> impl Iterator<Item = String> {
    event.mentions.iter().filter_map(move |mention| {
        if mention.article != article.id {
            return Some(format!(
                "mention {} points to article {} instead of {}",
                mention.id, mention.article, article.id
            ));
        }
        let outside = spans(mention)
            .into_iter()
            .flatten()
            .find(|(_, span)| span.of(&article.text).is_none());
        outside.map(|(name, span)| {
            format!(
                "the {name} of mention {} ({span:?}) does not lie on characters of the article",
                mention.id
            )
        })
    })
}

type NamedSpan = (&'static str, Span<Byte>);

fn spans(mention: &Mention) -> [Option<NamedSpan>; 4] {
    let spans = &mention.spans;
    [
        Some(("sentence", spans.sentence)),
        spans.source.map(|span| ("source", span)),
        Some(("predicate", spans.predicate)),
        spans.target.map(|span| ("target", span)),
    ]
}
