//! What the user decided of names: whom they mean, and whom they no longer mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::Text;
use crate::model::{ActorId, fold};

/// What a phrase means by the user's word, whatever the bundled dictionaries say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserMeaning {
    /// An actor.
    Actor(ActorId),
    /// A role word: that of the same phrase in the lexicon.
    Role,
    /// No actor: the phrase of the same text in the lexicon.
    NotActor,
}

/// A phrase that the user decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName {
    /// The phrase as the user wrote it.
    pub text: Text,
    /// What it means.
    pub meaning: UserMeaning,
    /// The line of the user's dictionary, from 1, as `actors export` prints it.
    pub line: usize,
}

/// All that the user decided of names; empty for the bundled dictionaries alone.
#[derive(Debug, Clone, Default)]
pub struct UserNames {
    /// By folded phrase.
    decided: BTreeMap<String, UserName>,
    /// Who lost a folded phrase.
    taken: BTreeMap<String, BTreeSet<ActorId>>,
    /// Who is another by the user's word.
    merged: BTreeMap<ActorId, ActorId>,
}

impl UserNames {
    /// Says whether the user decided nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decided.is_empty() && self.taken.is_empty() && self.merged.is_empty()
    }

    /// Returns the phrases that the user decided, in the order of their folded text.
    pub fn decided(&self) -> impl Iterator<Item = &UserName> {
        self.decided.values()
    }

    /// Returns the actor that a name means by the user's word; case and accents do not matter.
    #[must_use]
    pub fn actor(&self, name: &str) -> Option<&ActorId> {
        match &self.decided.get(&fold(name.trim()))?.meaning {
            UserMeaning::Actor(id) => Some(id),
            UserMeaning::Role | UserMeaning::NotActor => None,
        }
    }

    /// Returns the folded names that actors lost, each with those who lost it.
    pub fn taken(&self) -> impl Iterator<Item = (&str, &BTreeSet<ActorId>)> {
        self.taken.iter().map(|(name, ids)| (name.as_str(), ids))
    }

    /// Says whether a name no longer means an actor; case and accents do not matter.
    #[must_use]
    pub fn is_taken(&self, name: &str, id: &ActorId) -> bool {
        let ids = self.taken.get(&fold(name.trim()));
        ids.is_some_and(|ids| ids.contains(id))
    }

    /// Returns the actor that another one was merged into; nothing for one that is itself.
    #[must_use]
    pub fn merged_into(&self, id: &ActorId) -> Option<&ActorId> {
        self.merged.get(id)
    }

    /// Returns those who were merged into an actor, by id.
    pub fn merged_with(&self, into: &ActorId) -> impl Iterator<Item = &ActorId> {
        let merged = self.merged.iter().filter(move |(_, other)| *other == into);
        merged.map(|(id, _)| id)
    }

    /// Gives a phrase its meaning; the later of two holds.
    pub(crate) fn decide(&mut self, text: Text, meaning: UserMeaning, line: usize) {
        let folded = fold(&text);
        if let UserMeaning::Actor(id) = &meaning
            && let Some(ids) = self.taken.get_mut(&folded)
        {
            ids.remove(id);
        }
        let name = UserName {
            text,
            meaning,
            line,
        };
        self.decided.insert(folded, name);
    }

    /// Takes a phrase from an actor.
    pub(crate) fn take(&mut self, text: &str, id: &ActorId) {
        let folded = fold(text);
        if self.actor(text) == Some(id) {
            self.decided.remove(&folded);
        }
        self.taken.entry(folded).or_default().insert(id.clone());
    }

    /// Makes one actor another; those who were the one before are the other too.
    pub(crate) fn merge(&mut self, id: &ActorId, into: &ActorId) {
        for name in self.decided.values_mut() {
            if name.meaning == UserMeaning::Actor(id.clone()) {
                name.meaning = UserMeaning::Actor(into.clone());
            }
        }
        for other in self.merged.values_mut().filter(|other| *other == id) {
            *other = into.clone();
        }
        self.merged.remove(into);
        self.merged.insert(id.clone(), into.clone());
    }
}
