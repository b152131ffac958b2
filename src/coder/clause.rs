//! Subjects and objects, found without a parse: who stands before a verb, and who after it.

use crate::coder::grouping::Group;
use crate::lexicon::Predicates;
use crate::mention::MentionForm;
use crate::text::{DateExpression, TokenKind, Word};

/// A sentence with everything found in it.
pub(crate) struct Scene<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) groups: &'a [Group],
    pub(crate) dates: &'a [DateExpression],
    pub(crate) predicates: &'a Predicates,
}

/// Words that may stand between a subject and its verb.
const AUXILIARIES: &[&str] = &[
    "will",
    "shall",
    "would",
    "may",
    "might",
    "could",
    "can",
    "should",
    "must",
    "to",
    "not",
    "never",
    "be",
    "been",
    "being",
    "is",
    "are",
    "was",
    "were",
    "have",
    "has",
    "had",
    "having",
    "did",
    "do",
    "does",
    "also",
    "then",
    "later",
    "first",
    "again",
    "even",
    "had",
    "since",
    "both",
    "all",
    "soon",
    "once",
    "twice",
    "already",
    "still",
    "now",
    "just",
    "each",
    "didn't",
    "hasn't",
    "haven't",
    "hadn't",
    "wasn't",
    "weren't",
    "won't",
    "doesn't",
    "don't",
    "cannot",
    "wouldn't",
    "couldn't",
    "instead",
    "together",
    "separately",
    "meanwhile",
    "too",
    "in",
    "turn",
];

/// Adverbials of several words, skipped like auxiliaries.
const ADVERBIALS: &[&[&str]] = &[
    &["once", "more"],
    &["the", "same", "day"],
    &["in", "turn"],
    &["in", "return"],
    &["for", "the", "first", "time"],
    &["at", "once"],
    &["at", "last"],
    &["in", "person"],
    &["once", "again"],
    &["in", "response"],
    &["the", "next", "day"],
    &["a", "day", "later"],
    &["a", "day", "earlier"],
    &["for", "his", "part"],
    &["in", "public"],
    &["each", "other"],
];

/// Words that open a new clause.
const CLAUSE_OPENERS: &[&str] = &[
    "that", "who", "which", "whom", "after", "before", "while", "when", "as", "because",
    "although", "though", "but", "if", "where", "until", "unless", "whether", ";", ":",
];

const PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "at",
    "from",
    "with",
    "by",
    "for",
    "on",
    "against",
    "between",
    "to",
    "near",
    "about",
    "over",
    "into",
    "under",
    "among",
    "toward",
    "towards",
    "alongside",
    "including",
    "like",
    "through",
    "during",
    "despite",
    "than",
    "via",
    "without",
    "upon",
    "across",
    "inside",
    "within",
];

/// Words of number before "of".
const MANY: &[&str] = &[
    "thousands",
    "hundreds",
    "dozens",
    "scores",
    "crowds",
    "tens",
    "groups",
    "most",
];

/// A subject, and how sure that is, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) group: usize,
    pub(crate) sureness: u16,
}

impl Scene<'_> {
    pub(crate) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.folded.as_str())
    }

    pub(crate) fn is_auxiliary(&self, at: usize) -> bool {
        let word = self.word(at);
        AUXILIARIES.contains(&word) || (word.len() > 4 && word.ends_with("ly"))
    }

    pub(crate) fn is_preposition(&self, at: usize) -> bool {
        PREPOSITIONS.contains(&self.word(at))
    }

    pub(crate) fn is_clause_opener(&self, at: usize) -> bool {
        CLAUSE_OPENERS.contains(&self.word(at))
    }

    fn ends_with(&self, end: usize, phrase: &[&str]) -> bool {
        let start = end.checked_sub(phrase.len());
        start.is_some_and(|start| {
            (start..end)
                .zip(phrase)
                .all(|(at, word)| self.word(at) == *word)
        })
    }

    /// Returns the group that ends right before `end`.
    pub(crate) fn group_ending(&self, end: usize) -> Option<usize> {
        self.groups
            .iter()
            .position(|group| group.words.end() == end)
    }

    /// Returns the group that begins at `start`.
    pub(crate) fn group_starting(&self, start: usize) -> Option<usize> {
        self.groups
            .iter()
            .position(|group| group.words.start() == start)
    }

    /// Returns the subject of the verb at `verb`.
    pub(crate) fn subject(&self, verb: usize) -> Option<Subject> {
        let before = self.skip_back(verb);
        if before == 0 {
            return self.subject_after_opening(verb);
        }
        if let Some(direct) = self.direct_subject(before) {
            return Some(Subject {
                group: direct,
                sureness: 100,
            });
        }
        let last = before - 1;
        match self.word(last) {
            "," => {
                // Out of an apposition or a relative clause, to the noun before it.
                let opening = (0..last).rev().find(|at| self.word(*at) == ",");
                let group = opening.and_then(|at| self.direct_subject(at));
                group
                    .map(|group| Subject {
                        group,
                        sureness: 90,
                    })
                    .or_else(|| self.first_subject(last, 70))
            }
            "who" | "which" | "that" => {
                let noun = if self.word(last.wrapping_sub(1)) == "," {
                    last - 1
                } else {
                    last
                };
                self.group_ending(noun).map(|group| Subject {
                    group,
                    sureness: 90,
                })
            }
            "and" | "or" | "but" | "denied" | "denies" | "denying" => self.first_subject(last, 80),
            "after" | "before" | "while" | "when" | "since" | "by" | "despite" => {
                let own = self.first_subject(last, 75);
                own.or_else(|| self.subject_after_opening(verb))
            }
            // "accused Iran of arming": the accused is meant to have done it.
            "of" | "for" if self.is_accused(last) => {
                self.group_ending(self.before_date(last))
                    .map(|group| Subject {
                        group,
                        sureness: 90,
                    })
            }
            // "protests targeting the leader": a noun right before a gerund is what does it.
            _ if self.words.get(verb).is_some_and(Word::is_gerund) => {
                let goes_on = matches!(
                    self.word(last),
                    "began" | "started" | "continued" | "kept" | "stopped" | "resumed"
                );
                (goes_on || self.is_preposition(last))
                    .then(|| self.first_subject(before, 65))
                    .flatten()
            }
            _ if self.word(verb.wrapping_sub(1)) == "to" => self.first_subject(before, 65),
            _ => None,
        }
    }

    /// Returns where the date that ends at `end` begins, with its preposition; `end` if none does.
    fn before_date(&self, end: usize) -> usize {
        let Some(date) = self.dates.iter().find(|date| date.words.end() == end) else {
            return end;
        };
        let start = date.words.start();
        let has_preposition = start > 0 && matches!(self.word(start - 1), "on" | "in");
        start - usize::from(has_preposition)
    }

    /// Says whether the group before `of` is accused of what follows.
    pub(crate) fn is_accused(&self, of: usize) -> bool {
        const ACCUSING: &[&str] = &[
            "accus", "blam", "suspect", "charg", "fault", "indict", "convict",
        ];
        let Some(group) = self.group_ending(self.before_date(of)) else {
            return false;
        };
        let start = self.groups[group].words.start();
        (start.saturating_sub(4)..start)
            .any(|at| ACCUSING.iter().any(|stem| self.word(at).starts_with(stem)))
    }

    /// Skips back over auxiliaries, adverbs, dates and places, from the verb to what may be its
    /// subject; returns the position after it.
    fn skip_back(&self, verb: usize) -> usize {
        let mut before = verb;
        loop {
            let start = before;
            while before > 0 && self.is_auxiliary(before - 1) && self.group_ending(before).is_none()
            {
                before -= 1;
            }
            let phrase = ADVERBIALS
                .iter()
                .find(|phrase| self.ends_with(before, phrase));
            before -= phrase.map_or(0, |phrase| phrase.len());
            let date = self.dates.iter().find(|date| date.words.end() == before);
            if let Some(date) = date {
                before = date.words.start();
                if before > 0 && matches!(self.word(before - 1), "on" | "in" | "late" | "early") {
                    before -= 1;
                }
            }
            if let Some(group) = self.group_ending(before)
                && self.groups[group].is_place
            {
                let mut start = self.groups[group].words.start();
                while start > 0 && !self.is_preposition(start) {
                    start -= 1;
                }
                let subject_stands_before = self.group_ending(start).is_some();
                if subject_stands_before {
                    before = start;
                }
            }
            if before == start {
                return before;
            }
        }
    }

    /// Returns the group that ends right before `end`, if it is not the object of a preposition;
    /// where it is one ("the president and his guests from Iran"), there is no sure subject.
    fn direct_subject(&self, end: usize) -> Option<usize> {
        let index = self.group_ending(end)?;
        (!self.is_object_of_preposition(index) && !self.groups[index].is_possessive)
            .then_some(index)
    }

    /// Says whether a group stands after a preposition, with at most an article between.
    pub(crate) fn is_object_of_preposition(&self, index: usize) -> bool {
        let mut start = self.groups[index].words.start();
        if start > 0
            && matches!(
                self.word(start - 1),
                "the" | "both" | "neighbouring" | "two"
            )
        {
            start -= 1;
        }
        // "thousands of Iranians": the many are the actor.
        let is_many =
            start > 1 && self.word(start - 1) == "of" && MANY.contains(&self.word(start - 2));
        start > 0 && self.is_preposition(start - 1) && !is_many
    }

    /// Returns the first free group between the start of the clause and `end`; a clause without
    /// one shares the subject of the clause before.
    fn first_subject(&self, end: usize, sureness: u16) -> Option<Subject> {
        let mut clause_end = end;
        loop {
            let start = (0..clause_end).rev().find(|at| self.is_clause_opener(*at));
            let from = start.map_or(0, |at| at + 1);
            let found = self
                .groups
                .iter()
                .position(|group| group.words.start() >= from && group.words.end() <= clause_end);
            let free = (0..self.groups.len()).find(|index| {
                let group = &self.groups[*index];
                group.words.start() >= from
                    && group.words.end() <= clause_end
                    && !group.is_place
                    && !group.is_possessive
                    && !self.is_object_of_preposition(*index)
            });
            if let Some(group) = free {
                return Some(Subject { group, sureness });
            }
            match start {
                Some(at) if found.is_none() || at > 0 => clause_end = at,
                _ => return None,
            }
        }
    }

    /// "After meeting Xi, Putin said": the subject of an opening phrase stands after its comma.
    fn subject_after_opening(&self, verb: usize) -> Option<Subject> {
        let comma = (verb..self.words.len()).find(|at| self.word(*at) == ",")?;
        let start = comma + 1 + usize::from(self.word(comma + 1) == "the");
        self.group_starting(start).map(|group| Subject {
            group,
            sureness: 75,
        })
    }

    /// Returns where the date that stands at `at` ends, with the preposition before it.
    pub(crate) fn date_from(&self, at: usize) -> Option<usize> {
        let start = at + usize::from(matches!(self.word(at), "on" | "in" | "late" | "early"));
        let date = self.dates.iter().find(|date| date.words.start() == start)?;
        Some(date.words.end())
    }

    /// Returns the group that begins at `at`, or after a few words that describe it.
    pub(crate) fn object(&self, at: usize) -> Option<usize> {
        const SKIPPED_MAX: usize = 4;
        for start in at..=(at + SKIPPED_MAX).min(self.words.len()) {
            if let Some(group) = self.group_starting(start) {
                let owned_by_pronoun = self.groups[group].kind == MentionForm::Pronoun
                    && self.groups[group].is_possessive;
                if owned_by_pronoun && self.group_starting(start + 1).is_some() {
                    continue;
                }
                return (!self.groups[group].is_place || start == at).then_some(group);
            }
            let word = self.words.get(start)?;
            let describes = matches!(word.kind, TokenKind::Word | TokenKind::Number)
                && !word.capital
                && !self.is_preposition(start)
                && !self.is_clause_opener(start)
                && !matches!(word.folded.as_str(), "and" | "or")
                && self.predicates.verbs_of(&word.folded).is_empty();
            if !(describes || matches!(word.folded.as_str(), "-" | "visiting")) {
                return None;
            }
        }
        None
    }
}

impl Word {
    /// Says whether the word looks like a gerund.
    fn is_gerund(&self) -> bool {
        self.folded.len() > 4 && self.folded.ends_with("ing")
    }
}
