//! Mentions as the patterns see them: over the words of a sentence.

use crate::mention::{ActorMention, MentionForm, MentionedActor, Usage};
use crate::model::{ActorKind, Participant, Role, Span, Token};
use crate::text::Sentence;

/// One mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The words that name it.
    pub(crate) words: Span<Token>,
    /// Who is meant; several for "the two presidents".
    pub(crate) actors: Vec<MentionedActor>,
    pub(crate) kind: MentionForm,
    /// Whether it names where something takes place ("in Moscow").
    pub(crate) is_place: bool,
    /// Whether it owns what follows ("Putin's envoy", "his envoy").
    pub(crate) is_possessive: bool,
}

impl Found {
    /// Says whether it names a state as a whole.
    pub(crate) fn is_state(&self) -> bool {
        self.actors
            .iter()
            .all(|actor| actor.id.kind() == ActorKind::State)
    }
}

/// Returns the mentions of a sentence, of those of its article, by words.
pub(crate) fn mentions_of(sentence: &Sentence, mentions: &[ActorMention]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for mention in mentions {
        let is_here = mention.sentence > 0 && sentence.span.start() <= mention.span.start();
        let is_used = matches!(mention.usage, Usage::Actor | Usage::Place);
        if !is_here || mention.span.end() > sentence.span.end() || !is_used {
            continue;
        }
        let words = &sentence.words;
        let start = words.partition_point(|word| word.span.end() <= mention.span.start());
        let end = words.partition_point(|word| word.span.start() < mention.span.end());
        if start < end && found.last().is_none_or(|last| last.words.end() <= start) {
            found.push(Found {
                words: Span::new(start, end),
                actors: mention.actors.clone(),
                kind: mention.form,
                is_place: mention.usage == Usage::Place,
                is_possessive: mention.is_possessive,
            });
        }
    }
    found
}

/// Makes a participant of an event.
pub(crate) fn participant(actor: &MentionedActor, role: Role) -> Participant {
    Participant {
        actor: actor.id.clone(),
        role,
        name: actor.name.clone(),
        country: actor.country,
        sector: actor.sector,
        office: actor.office.as_ref().map(|(id, _)| id.clone()),
    }
}
