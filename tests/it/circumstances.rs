//! Topics, reporters, origins and occasions, by readable cases.
use std::fs;

use demarche::model::{ArticleDraft, DateBasis, DayPart, EventDate, Published, Role, Turn};

use crate::support::code;

const CASES: &str = "tests/cases/coder/circumstances.tsv";

#[test]
fn circumstances_are_told_as_the_cases_say() {
    let text = fs::read_to_string(CASES).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut wrong = Vec::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let told = told(fields[0]);
        if told != fields[1..].join("\t") {
            wrong.push(format!("{line}\n    told: {told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes a text of Friday 2026-01-16 and writes the fields of its first event.
fn told(text: &str) -> String {
    let published = EventDate::parse("2026-01-16", DateBasis::Stated).unwrap();
    let article = ArticleDraft {
        text: text.to_owned(),
        published: Published::from_date(&published),
        ..ArticleDraft::default()
    };
    let events = code(&article.into_article());
    let Some(event) = events.first() else {
        return "no event".to_owned();
    };
    let mention = &event.mentions[0];
    let third: Vec<&str> = event
        .in_role(Role::About)
        .map(|party| party.actor.as_str())
        .collect();
    let or_dash = |text: String| {
        if text.is_empty() {
            "-".to_owned()
        } else {
            text
        }
    };
    let name = |name: Option<&'static str>| name.unwrap_or("-").to_owned();
    [
        or_dash(event.about.join(";")),
        or_dash(third.join(";")),
        or_dash(mention.reported_by.clone().unwrap_or_default()),
        or_dash(mention.origin.clone().unwrap_or_default()),
        name(mention.occasion.turn.map(Turn::name)),
        name(mention.occasion.day_part.map(DayPart::name)),
    ]
    .join("\t")
}
