//! Phrases that look like actors and are none: outlets, teams, ships, airports, products.

use crate::lexicon::table;
use crate::lexicon::{LexiconError, Text};

/// Why a phrase is no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotActorKind {
    /// A newspaper, agency or broadcaster, which reports.
    Outlet,
    /// A place that bears another name in it ("New Delhi Road").
    Place,
    /// A team, a cup, a club.
    Sport,
    /// A ship, weapon, food, law or work that is named after someone.
    Thing,
    /// A person of no politics who shares a name with an actor ("Michael Jordan").
    Namesake,
    /// Something else; also what the user discards.
    Other,
}

/// A phrase that is no actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotActor {
    /// The phrase.
    pub phrase: Text,
    /// Why.
    pub kind: NotActorKind,
    /// Whether a sentence that holds it is passed over.
    pub discards_sentence: bool,
    /// Whether an article that holds it is not read at all.
    pub discards_story: bool,
}

impl NotActor {
    /// A phrase that the user discards, with the sentence or the article that holds it.
    pub(crate) fn of_user(phrase: &str, discards_story: bool) -> Self {
        Self {
            phrase: phrase.to_owned().into(),
            kind: NotActorKind::Other,
            discards_sentence: !discards_story,
            discards_story,
        }
    }
}

/// Loads the table: phrase, kind.
pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Vec<NotActor>, LexiconError> {
    let mut phrases = Vec::new();
    for row in table::rows(file, text, 2) {
        let row = row?;
        let kind = match row.field(1) {
            "outlet" => NotActorKind::Outlet,
            "place" => NotActorKind::Place,
            "sport" => NotActorKind::Sport,
            "thing" => NotActorKind::Thing,
            "namesake" => NotActorKind::Namesake,
            "other" => NotActorKind::Other,
            other => return Err(row.error(format!("unknown kind of phrase `{other}`"))),
        };
        phrases.push(NotActor {
            phrase: row.field(0).into(),
            kind,
            discards_sentence: false,
            discards_story: false,
        });
    }
    Ok(phrases)
}
