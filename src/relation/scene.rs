//! A sentence as the features see it.

use crate::lexicon::{FieldIndex, FrameIndex, Frames, WordFields};
use crate::model::{PloverType, Sector};
use crate::predicate::{FrameMatch, Grammar, Words, find_frames};
use crate::text::Upos;

/// An actor mentioned in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneActor {
    /// The words that name it.
    pub words: Words,
    /// Its sector, if known.
    pub sector: Option<Sector>,
}

/// A word as the bags take it.
#[derive(Debug, Clone)]
pub(crate) struct BagWord {
    /// Its lemma; `NAME`, `NUMBER` or `ACTOR` for what must not be learned by heart.
    pub(crate) key: String,
    /// Its place in the sentence.
    pub(crate) at: usize,
    pub(crate) upos: Upos,
    /// The types of frames that have it for their head.
    pub(crate) types: u32,
    /// The fields of meaning that it belongs to, by itself or with those behind it.
    pub(crate) fields: Vec<FieldIndex>,
}

/// A sentence with its grammar, the frames found in it and the actors it mentions.
#[derive(Debug)]
pub struct RelationScene<'a> {
    pub(crate) frames: &'a Frames,
    pub(crate) fields: &'a WordFields,
    pub(crate) grammar: Grammar<'a>,
    pub(crate) actors: Vec<SceneActor>,
    pub(crate) words: Vec<BagWord>,
    pub(crate) found: Vec<FrameMatch>,
    /// Verbs and adjectives with who their subject may be.
    pub(crate) subjects: Vec<(usize, Vec<usize>)>,
}

impl<'a> RelationScene<'a> {
    /// Makes the scene of a sentence. `sector` says what is known of the actor that a word names.
    ///
    /// Time: linear in the number of words and of frames that their lemmas carry.
    #[must_use]
    pub fn new(
        (frames, fields): (&'a Frames, &'a WordFields),
        grammar: Grammar<'a>,
        actors: Vec<SceneActor>,
        sector: impl Fn(&Grammar<'_>, usize) -> Option<Sector>,
    ) -> Self {
        let found = find_frames(frames, &grammar, |at| sector(&grammar, at));
        let mut words = Vec::with_capacity(grammar.len());
        for at in 0..grammar.len() {
            let upos = grammar.upos(at).unwrap_or(Upos::X);
            if upos == Upos::Punct {
                continue;
            }
            let is_actor = actors.iter().any(|actor| actor.words.contains(&at));
            let lemma = grammar.lemma(at);
            let key = match upos {
                Upos::Propn if is_actor => "ACTOR",
                Upos::Propn => "NAME",
                Upos::Num => "NUMBER",
                _ => lemma,
            };
            words.push(BagWord {
                key: key.to_owned(),
                at,
                upos,
                types: types_of(frames, frames.with_head(lemma)),
                fields: fields_at(frames, fields, &grammar, at),
            });
        }
        let governs = |at: &usize| matches!(grammar.upos(*at), Some(Upos::Verb | Upos::Adj));
        let subjects = (0..grammar.len())
            .filter(governs)
            .map(|at| (at, grammar.subject(at)))
            .filter(|(_, fillers)| !fillers.is_empty())
            .collect();
        Self {
            frames,
            fields,
            grammar,
            actors,
            words,
            found,
            subjects,
        }
    }

    /// Returns the grammar.
    #[must_use]
    pub fn grammar(&self) -> &Grammar<'a> {
        &self.grammar
    }

    /// Returns the actors, in the order that they were given.
    #[must_use]
    pub fn actors(&self) -> &[SceneActor] {
        &self.actors
    }

    /// Returns the frames that are looked for.
    #[must_use]
    pub fn frames(&self) -> &'a Frames {
        self.frames
    }

    /// Returns the words that may tell what one actor does to another, the likeliest first: those
    /// whose subject is the source and below which the target stands, then those on the way between
    /// the two through the tree.
    ///
    /// # Panics
    /// If there is no such actor.
    #[must_use]
    pub fn heads_between(&self, source: usize, target: usize) -> Vec<usize> {
        let (source, target) = (&self.actors[source].words, &self.actors[target].words);
        let mut heads: Vec<usize> = self.governing(source, target).collect();
        // The nearest to the target says what is done to it.
        heads.reverse();
        for at in self.way_between(source, target) {
            if !heads.contains(&at) {
                heads.push(at);
            }
        }
        heads
    }

    /// The words whose subject is one actor, and below which another stands.
    pub(crate) fn governing(&self, subject: &Words, below: &Words) -> impl Iterator<Item = usize> {
        let governs = |(verb, fillers): &&(usize, Vec<usize>)| {
            FrameMatch::names(&self.grammar, fillers, subject)
                && below.clone().any(|at| self.grammar.hangs_on(at, *verb, 8))
        };
        self.subjects.iter().filter(governs).map(|(verb, _)| *verb)
    }

    /// Returns the verb that has both of two actors for its subject.
    #[must_use]
    pub fn joint_verb(&self, one: &Words, other: &Words) -> Option<usize> {
        let has = |fillers: &[usize], words: &Words| fillers.iter().any(|at| words.contains(at));
        let both = |(_, fillers): &&(usize, Vec<usize>)| has(fillers, one) && has(fillers, other);
        self.subjects.iter().find(both).map(|(verb, _)| *verb)
    }

    /// Says whether an actor only describes a noun that is not the one given: "colleagues from
    /// Chad", "the Chad plan".
    #[must_use]
    pub fn is_below_noun(&self, words: &Words, head: usize) -> bool {
        let Some(top) = self.top(words) else {
            return false;
        };
        let describes = matches!(
            self.grammar.label(top),
            "nmod" | "nmod:poss" | "compound" | "amod" | "nmod:desc"
        );
        let above = self.grammar.head(top).filter(|above| *above != head);
        let is_noun = above.is_some_and(|above| {
            matches!(self.grammar.upos(above), Some(Upos::Noun | Upos::Propn))
        });
        describes && is_noun
    }

    /// Says whether a span stands behind "in" or "at".
    #[must_use]
    pub fn is_where(&self, words: &Words) -> bool {
        self.is_behind(words, &["in", "at"])
    }

    /// Says whether a span, or what it is joined to, stands behind one of these prepositions.
    #[must_use]
    pub fn is_behind(&self, words: &Words, prepositions: &[&str]) -> bool {
        let Some(top) = self.first_joined(words) else {
            return false;
        };
        let mut cases = self.grammar.children_with(top, &["case"]);
        cases.any(|case| prepositions.contains(&self.grammar.folded(case)))
    }

    /// Says whether a span, or what it is joined to, is the object of one of these verbs.
    #[must_use]
    pub fn is_object_of(&self, words: &Words, verbs: &[&str]) -> bool {
        let top = self.first_joined(words);
        top.is_some_and(|top| {
            let head = self.grammar.head(top);
            self.grammar.label(top) == "obj"
                && head.is_some_and(|head| verbs.contains(&self.grammar.lemma(head)))
        })
    }

    /// The word that a span hangs by, or that of the first it is joined to.
    fn first_joined(&self, words: &Words) -> Option<usize> {
        let mut top = self.top(words)?;
        for _ in 0..4 {
            match self.grammar.head(top) {
                Some(head) if self.grammar.label(top) == "conj" => top = head,
                _ => break,
            }
        }
        Some(top)
    }

    /// Says whether an actor is the subject of a word, as far as grammar tells.
    #[must_use]
    pub fn has_subject(&self, at: usize, words: &Words) -> bool {
        let own = self.subjects.iter().find(|(verb, _)| *verb == at);
        own.is_some_and(|(_, fillers)| FrameMatch::names(&self.grammar, fillers, words))
    }

    /// Says whether an actor stands somewhere below a verb, and not as its subject.
    #[must_use]
    pub fn hangs_on_verb(&self, words: &Words, verb: usize) -> bool {
        let subject = self.subjects.iter().find(|(at, _)| *at == verb);
        let is_subject =
            subject.is_some_and(|(_, fillers)| fillers.iter().any(|at| words.contains(at)));
        !is_subject && words.clone().any(|at| self.grammar.hangs_on(at, verb, 4))
    }

    /// Returns who says what a word tells: the subject of the verb of saying above it.
    #[must_use]
    pub fn speaker_over(&self, at: usize) -> Option<usize> {
        const SAYING: [&str; 12] = [
            "say",
            "announce",
            "report",
            "state",
            "confirm",
            "tell",
            "add",
            "claim",
            "note",
            "reveal",
            "insist",
            "acknowledge",
        ];
        let mut here = at;
        for _ in 0..6 {
            let head = self.grammar.head(here)?;
            let label = self.grammar.label(here);
            if matches!(label, "ccomp" | "parataxis") && SAYING.contains(&self.grammar.lemma(head))
            {
                return self.grammar.subject(head).first().copied();
            }
            // The verb of saying may hang on what is said.
            here = head;
        }
        None
    }

    /// Returns the frames found.
    #[must_use]
    pub fn found(&self) -> &[FrameMatch] {
        &self.found
    }
}

/// Returns the types of frames as bits.
pub(crate) fn types_of(frames: &Frames, list: &[FrameIndex]) -> u32 {
    let kinds = list.iter().filter_map(|index| frames.get(*index));
    kinds
        .filter_map(|frame| frame.cameo.entry().plover)
        .fold(0, |bits, kind| bits | bit_of(kind))
}

pub(crate) const fn bit_of(kind: PloverType) -> u32 {
    1 << kind as u32
}

/// Returns the fields of the word at a place, and of the expressions that begin there.
fn fields_at(
    frames: &Frames,
    fields: &WordFields,
    grammar: &Grammar<'_>,
    at: usize,
) -> Vec<FieldIndex> {
    let (lemma, folded) = (grammar.lemma(at), grammar.folded(at));
    let bases = || frames.bases(folded).iter().map(String::as_str);
    let mut all = Vec::new();
    for form in [lemma, folded].into_iter().chain(bases()) {
        if all.is_empty() {
            all.extend_from_slice(fields.of_word(form));
        }
        let is_next = |step: usize, word: &str| {
            grammar.lemma(at + step) == word || grammar.folded(at + step) == word
        };
        all.extend(fields.of_expressions(form, is_next));
    }
    all.sort_unstable();
    all.dedup();
    all
}
