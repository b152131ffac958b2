//! Compound actors: "Putin, Xi and Modi" are one group that acts or is acted upon together.

use crate::coder::mention::Found;
use crate::lexicon::{Predicates, VerbForm};
use crate::mention::{MentionForm, MentionedActor};
use crate::model::{ActorKind, Span, Token};
use crate::text::Word;

/// One or more mentions that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// From the first mention to the last.
    pub(crate) words: Span<Token>,
    /// Who is meant, each once, in the order of the text.
    pub(crate) actors: Vec<MentionedActor>,
    pub(crate) is_place: bool,
    /// Whether the last mention owns what follows.
    pub(crate) is_possessive: bool,
    /// Whether a name, and not a pronoun or noun, names it.
    pub(crate) kind: MentionForm,
}

/// Joins mentions that a comma or "and" joins.
///
/// A verb right after the second of two mentions, with another verb before the first, shows two
/// clauses ("Putin met Xi and Modi visited Tehran"): these stay apart.
pub(crate) fn group(words: &[Word], mentions: &[Found], predicates: &Predicates) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, found) in mentions.iter().enumerate() {
        let joined = groups.last().and_then(|last| {
            let between = &words[last.words.end().min(found.words.start())..found.words.start()];
            let link = link_between(between);
            // "in Cork and Alexandria": what is joined to a place is a place.
            let fits = (last.is_place == found.is_place || last.is_place && found.is_state())
                && !last.is_possessive
                && found.kind != MentionForm::Pronoun
                && !begins_new_clause(words, mentions, index, predicates);
            (fits && (link != Link::Comma || continues(words, mentions, index))).then_some(link)
        });
        match (joined, groups.last_mut()) {
            (Some(Link::And | Link::Comma), Some(last)) => {
                last.words = last.words.join(found.words);
                last.is_possessive = found.is_possessive;
                for actor in &found.actors {
                    last.drop_titles_of(actor);
                    if !last.actors.iter().any(|known| known.id == actor.id) {
                        last.actors.push(actor.clone());
                    }
                }
            }
            _ => groups.push(Group {
                words: found.words,
                actors: found.actors.clone(),
                is_place: found.is_place,
                is_possessive: found.is_possessive,
                kind: found.kind,
            }),
        }
    }
    groups
}

impl Group {
    /// "the presidents of Peru and Ecuador, Alberto Fujimori and Jamil Mahuad": the names stand for
    /// what came before.
    fn drop_titles_of(&mut self, person: &MentionedActor) {
        let is_person = |actor: &MentionedActor| actor.id.kind() == ActorKind::Person;
        if is_person(person) && person.country.is_some() {
            self.actors.retain(|actor| {
                is_person(actor) || actor.country != person.country || actor.country.is_none()
            });
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    And,
    Comma,
    None,
}

/// Says what joins two mentions, given the words between.
fn link_between(between: &[Word]) -> Link {
    let mut link = Link::None;
    let mut lower_case_words = 0;
    for word in between {
        match word.folded.as_str() {
            "and" | "&" => link = Link::And,
            "," if link == Link::None => link = Link::Comma,
            "," | "the" | "both" | "then" | "with" | "also" | "later" | "separately"
                if link != Link::None => {}
            _ if link == Link::And && !word.capital && lower_case_words < 1 => {
                // "Egypt and neighbouring Jordan": one word of description.
                lower_case_words += 1;
                if is_preposition(&word.folded) {
                    return Link::None;
                }
            }
            _ => return Link::None,
        }
    }
    link
}

fn is_preposition(folded: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "in", "at", "on", "of", "to", "from", "for", "by", "with", "about", "after", "over", "its",
        "his",
    ];
    PREPOSITIONS.contains(&folded)
}

/// Says whether the mention after a comma is part of an enumeration that "and" ends.
fn continues(words: &[Word], mentions: &[Found], index: usize) -> bool {
    let mut position = index;
    while let (Some(this), Some(next)) = (mentions.get(position), mentions.get(position + 1)) {
        let (from, to) = (this.words.end().min(next.words.start()), next.words.start());
        match link_between(&words[from..to]) {
            Link::And => return true,
            Link::Comma => position += 1,
            Link::None => return false,
        }
    }
    false
}

fn begins_new_clause(
    words: &[Word],
    mentions: &[Found],
    index: usize,
    predicates: &Predicates,
) -> bool {
    let is_finite = |word: &Word| {
        let forms = predicates.verbs_of(&word.folded);
        forms
            .iter()
            .any(|(_, form)| matches!(form, VerbForm::Past | VerbForm::Third))
            || matches!(
                word.folded.as_str(),
                "said" | "will" | "would" | "has" | "have" | "was"
            )
    };
    let after = mentions[index].words.end();
    let first = mentions[index.saturating_sub(1)].words.start();
    let verb_after = words.get(after).is_some_and(is_finite);
    let opens = |word: &Word| {
        matches!(
            word.folded.as_str(),
            "that"
                | "which"
                | "who"
                | "while"
                | "when"
                | "after"
                | "before"
                | "as"
                | "but"
                | ";"
                | ":"
        )
    };
    let clause = words[..first]
        .iter()
        .rposition(opens)
        .map_or(0, |at| at + 1);
    let verb_before = words[clause..first].iter().any(is_finite);
    verb_after && verb_before
}
