//! The article that the project began with is coded right; it is outside material.
use std::fs;

use demarche::ingest::{ReadOptions, read_text};
use demarche::model::{EventDate, Published, Role, Status};

use crate::support::{code, shared};

#[test]
fn the_seed_article_gives_its_triples() {
    let Some(shared) = shared() else { return };
    let text = fs::read_to_string(shared.join("seed/putin-calls-netanyahu.txt")).unwrap();
    let date = EventDate::parse("2026-01-16", demarche::model::DateBasis::Stated).unwrap();
    let options = ReadOptions {
        date_default: Published::from_date(&date),
        ..ReadOptions::default()
    };
    let article = read_text(&text, &options).into_article();
    assert_eq!(article.outlet.as_deref(), Some("HT"));
    let events = code(&article);
    let told = |source: &str, cameo: &str, target: &str| {
        events.iter().any(|event| {
            event.status() == Status::Actual
                && event.act.cameo.as_str() == cameo
                && event
                    .in_role(Role::Source)
                    .any(|actor| actor.actor.as_str() == source)
                && event
                    .in_role(Role::Target)
                    .any(|actor| actor.actor.as_str() == target)
        })
    };
    let putin = "person:vladimir-putin";
    assert!(
        told(putin, "041", "person:benjamin-netanyahu"),
        "Putin called Netanyahu"
    );
    assert!(
        told(putin, "041", "person:masoud-pezeshkian"),
        "Putin called the Iranian president"
    );
    let supports = told(putin, "051", "state:IRN") || told("state:RUS", "051", "state:IRN");
    assert!(supports, "Russia supports Iran");
    assert!(
        told("state:RUS", "060", "state:IRN"),
        "Russia cooperates with Iran"
    );
    assert!(
        told("state:RUS", "060", "state:ISR"),
        "Russia coordinates with Israel"
    );
    // Besides, the Iranian side briefs Putin; whom it accuses the article does not say.
    assert_eq!(events.len(), 6, "nothing else is told");
    for event in &events {
        for mention in &event.mentions {
            assert!(mention.spans.sentence.of(&article.text).is_some());
        }
    }
}
