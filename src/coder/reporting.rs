//! Finds who reports an act, and on what the report rests.

use crate::coder::act::Act;
use crate::coder::sentence::{Found, SentenceScene};
use crate::lexicon::Agencies;
use crate::mention::{MentionForm, MentionedActor};
use crate::model::{ActorId, ActorKind};
use crate::predicate::{Grammar, Words};

/// Who reports.
pub(crate) struct Reporting {
    /// In the words of the text.
    pub(crate) reported_by: Option<String>,
    /// The key of the side or agency that the report rests on.
    pub(crate) origin: Option<String>,
}

/// Who speaks in a sentence.
enum Speaker<'s> {
    Actor(&'s Found),
    /// Its name and key.
    Agency(Words, &'s str),
    /// "A senior official said": words that name nobody.
    Other(Words),
}

/// Returns who reports an act: "according to the Kremlin", "Kyiv said", "the agency Tass reported". What
/// the source of an act says of it itself names no reporter, but is an origin.
pub(crate) fn reporting(
    text: &str,
    sentence: &SentenceScene<'_>,
    agencies: &Agencies,
    act: &Act,
) -> Reporting {
    let speaker = speaker(sentence, agencies, act.head);
    let words_of = |words: &Words| sentence.bytes(words).of(text).map(str::to_owned);
    match speaker {
        Some(Speaker::Actor(found)) => {
            let is_source = sentence.found[act.source].words == found.words;
            let is_named = !is_source && found.form != MentionForm::Pronoun;
            let said = is_named.then(|| found.span.of(text).map(str::to_owned));
            Reporting {
                reported_by: said.flatten(),
                origin: found.actors.first().map(side_of),
            }
        }
        Some(Speaker::Agency(words, key)) => Reporting {
            reported_by: words_of(&words),
            origin: Some(format!("agency:{key}")),
        },
        Some(Speaker::Other(words)) => Reporting {
            reported_by: words_of(&words),
            origin: None,
        },
        None => Reporting {
            reported_by: None,
            origin: None,
        },
    }
}

/// The side that an actor speaks for: the Kremlin, its spokesman and the foreign ministry are one.
fn side_of(actor: &MentionedActor) -> String {
    let is_of_state = actor.sector.is_some_and(crate::model::Sector::is_of_state);
    match actor.country {
        Some(country) if is_of_state => ActorId::of_country(ActorKind::State, country).to_string(),
        _ => actor.id.to_string(),
    }
}

fn speaker<'s>(
    sentence: &'s SentenceScene<'_>,
    agencies: &'s Agencies,
    head: usize,
) -> Option<Speaker<'s>> {
    let grammar = sentence.scene.grammar();
    let named = after_according_to(grammar).or_else(|| {
        let top = sentence.scene.speaker_over(head)?;
        Some(noun_phrase(grammar, top))
    })?;
    let meets = |found: &&Found| found.words.start < named.end && named.start < found.words.end;
    let agency = agency_in(grammar, agencies, &named);
    let mut found = sentence.found.iter().filter(meets);
    match (found.next(), agency) {
        (_, Some((words, key))) => Some(Speaker::Agency(words, key)),
        (Some(found), None) => Some(Speaker::Actor(found)),
        (None, None) => Some(Speaker::Other(named)),
    }
}

/// The words after "according to", up to the next mark.
fn after_according_to(grammar: &Grammar<'_>) -> Option<Words> {
    let to = (1..grammar.len())
        .find(|at| grammar.folded(*at) == "to" && grammar.folded(*at - 1) == "according")?;
    let is_end = |at: &usize| {
        matches!(
            grammar.folded(*at),
            "," | "." | ";" | ":" | "that" | "which"
        )
    };
    let end = (to + 1..grammar.len())
        .find(is_end)
        .unwrap_or(grammar.len());
    (to + 1 < end).then(|| to + 1..end.min(to + 9))
}

/// The words of a noun and of what stands before it: "the state news agency Tass".
fn noun_phrase(grammar: &Grammar<'_>, top: usize) -> Words {
    let is_close = |child: &&usize| {
        let label = grammar.label(**child);
        matches!(
            label,
            "det" | "amod" | "compound" | "nmod:poss" | "flat" | "appos" | "nummod"
        )
    };
    let near = || grammar.children(top).iter().filter(is_close).copied();
    let start = near().min().map_or(top, |first| first.min(top));
    let end = near().max().map_or(top, |last| last.max(top));
    // What belongs to an owner comes before it: "Iran 's foreign ministry".
    let start = grammar
        .children(start)
        .iter()
        .copied()
        .fold(start, usize::min);
    start..end + 1
}

/// The longest name of an agency within some words.
fn agency_in<'s>(
    grammar: &Grammar<'_>,
    agencies: &'s Agencies,
    words: &Words,
) -> Option<(Words, &'s str)> {
    (1..=3).rev().find_map(|length| {
        words.clone().find_map(|start| {
            let end = start + length;
            let fits = end <= words.end && grammar.is_capitalised(start);
            let name = || {
                let parts: Vec<&str> = (start..end).map(|at| grammar.folded(at)).collect();
                parts.join(" ")
            };
            let key = fits.then(|| agencies.key_of(&name())).flatten()?;
            Some((start..end, key))
        })
    })
}
