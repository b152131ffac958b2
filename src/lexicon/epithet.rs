//! Descriptions that stand for an actor: "the kingdom", "the world body", "the Jewish state".

use crate::lexicon::table;
use crate::lexicon::{LexiconError, Text};
use crate::model::{ActorId, ActorKind};

/// A description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epithet {
    /// The phrase, folded, without article.
    pub phrase: Text,
    /// Whether it means its first answer where none of them was mentioned before.
    pub stands_alone: bool,
    /// Whom it can mean: these,
    pub answers: Vec<ActorId>,
    /// or any actor of these kinds.
    pub kinds: Vec<ActorKind>,
    /// Whether only a kingdom fits.
    pub is_kingdom: bool,
}

/// Loads the table: phrase, class (`one`: stands alone; `mentioned`: only what the article names),
/// answers (actor ids, `kind:state`, `kingdom`).
pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Vec<Epithet>, LexiconError> {
    let mut epithets = Vec::new();
    for row in table::rows(file, text, 3) {
        let row = row?;
        let mut epithet = Epithet {
            phrase: row.field(0).into(),
            stands_alone: match row.field(1) {
                "one" => true,
                "mentioned" => false,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            },
            answers: Vec::new(),
            kinds: Vec::new(),
            is_kingdom: false,
        };
        for answer in row.list(2) {
            if answer == "kingdom" {
                epithet.is_kingdom = true;
            } else if let Some(kind) = answer.strip_prefix("kind:") {
                let kind = kind.parse::<ActorKind>();
                epithet
                    .kinds
                    .push(kind.map_err(|error| row.error(error.to_string()))?);
            } else {
                let id = ActorId::parse(answer);
                epithet
                    .answers
                    .push(id.map_err(|error| row.error(error.to_string()))?);
            }
        }
        epithets.push(epithet);
    }
    Ok(epithets)
}
