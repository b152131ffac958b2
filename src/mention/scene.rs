//! One sentence as the finder sees it: units of comparison over tokens with their grammar.

use crate::mention::unit::{Unit, Units};
use crate::model::{Byte, Span};
use crate::text::{Number, ParsedSentence, ParsedToken, Upos};

/// What a noun is to its verb or to another noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Function {
    Subject,
    Object,
    Oblique,
    Possessive,
    Modifier,
    Other,
}

/// A sentence, or the title.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) parsed: &'a ParsedSentence<'a>,
    pub(crate) units: Units,
    /// The number of the sentence; the title is 0, the first sentence of the text 1.
    pub(crate) number: usize,
    /// Whether most words begin with a capital, so that capitals show no names.
    pub(crate) is_headline: bool,
}

/// No chain of heads that matters is longer.
const STEPS_MAX: usize = 12;

impl<'a> Scene<'a> {
    pub(crate) fn new(text: &'a str, parsed: &'a ParsedSentence<'a>, number: usize) -> Self {
        let mut units = Units::default();
        let (mut last_end, mut after_hyphen) = (0, false);
        for (token, word) in parsed.words.iter().enumerate() {
            let first = units.len();
            let begins_glued = after_hyphen && word.start() == last_end;
            units.add_token(token, text, (word.start(), word.end()));
            let count = units.len() - first;
            for (place, unit) in units.all[first..].iter_mut().enumerate() {
                unit.glued = place > 0 || begins_glued;
            }
            let is_hyphen = matches!(word.of(text), Some("-" | "–" | "‑"));
            after_hyphen = is_hyphen && word.start() == last_end && count == 0;
            last_end = word.end();
        }
        let long = |unit: &&Unit| unit.end - unit.start > 3;
        let longs = units.all.iter().filter(long).count();
        let capitals = units.all.iter().filter(long).filter(|unit| unit.capital);
        Self {
            is_headline: longs > 2 && capitals.count() * 5 >= longs * 4,
            text,
            parsed,
            units,
            number,
        }
    }

    pub(crate) fn word(&self, unit: usize) -> &str {
        self.units.text(unit)
    }

    pub(crate) fn is(&self, unit: usize, folded: &str) -> bool {
        self.units.text(unit) == folded
    }

    pub(crate) fn is_one_of(&self, unit: usize, folded: &[&str]) -> bool {
        folded.contains(&self.units.text(unit))
    }

    /// Returns the folded word before a unit; nothing at the start.
    pub(crate) fn before(&self, unit: usize) -> &str {
        unit.checked_sub(1).map_or("", |before| self.word(before))
    }

    pub(crate) fn is_capital(&self, unit: usize) -> bool {
        self.units.all.get(unit).is_some_and(|unit| unit.capital)
    }

    /// Says whether a hyphen joins the unit to the one before.
    pub(crate) fn is_glued(&self, unit: usize) -> bool {
        self.units.all.get(unit).is_some_and(|unit| unit.glued)
    }

    /// Says whether the text between two neighbouring units holds a mark.
    pub(crate) fn mark_between(&self, unit: usize, mark: char) -> bool {
        let between = || {
            let first = self.units.all.get(unit)?.end;
            let next = self
                .units
                .all
                .get(unit + 1)
                .map_or(self.parsed.span.end(), |u| u.start);
            self.text.get(first..next)
        };
        between().is_some_and(|between| between.contains(mark))
    }

    /// Says whether two neighbouring units stand together, with nothing but space or a hyphen
    /// between.
    pub(crate) fn is_joined(&self, unit: usize) -> bool {
        let between = || {
            let first = self.units.all.get(unit)?.end;
            let next = self.units.all.get(unit + 1)?.start;
            self.text.get(first..next)
        };
        between().is_some_and(|between| {
            between
                .chars()
                .all(|c| c.is_whitespace() || matches!(c, '-' | '‑' | '.' | '\'' | '’'))
        })
    }

    /// Returns the bytes of units `start..end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span<Byte> {
        let first = self.units.all.get(start).map_or(0, |unit| unit.start);
        let last = end.checked_sub(1).and_then(|last| self.units.all.get(last));
        Span::new(first, last.map_or(first, |unit| unit.end.max(first)))
    }

    /// Returns the text of units `start..end` as written.
    pub(crate) fn written(&self, start: usize, end: usize) -> &'a str {
        self.span(start, end).of(self.text).unwrap_or_default()
    }

    pub(crate) fn token_of(&self, unit: usize) -> usize {
        let last = self.parsed.tokens.len().saturating_sub(1);
        self.units.all.get(unit).map_or(last, |unit| unit.token)
    }

    pub(crate) fn token(&self, token: usize) -> Option<&ParsedToken<'a>> {
        self.parsed.tokens.get(token)
    }

    pub(crate) fn upos(&self, unit: usize) -> Upos {
        self.token(self.token_of(unit))
            .map_or(Upos::X, |token| token.tag.upos)
    }

    pub(crate) fn is_proper(&self, unit: usize) -> bool {
        self.upos(unit) == Upos::Propn
    }

    /// Says whether a unit is a participle before a noun: "the ousted leader".
    pub(crate) fn is_participle(&self, unit: usize) -> bool {
        let token = self.token(self.token_of(unit));
        token.is_some_and(|token| {
            matches!(token.tag.xpos.as_str(), "VBN" | "VBG") && token.label != "root"
        })
    }

    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.token(token)?.head
    }

    pub(crate) fn label(&self, token: usize) -> &'a str {
        self.token(token).map_or("", |token| token.label)
    }

    pub(crate) fn is_plural(&self, token: usize) -> bool {
        self.token(token)
            .is_some_and(|token| token.morphology.number == Some(Number::Plural))
    }

    /// Returns the folded form of a token; contractions and marks as they stand.
    pub(crate) fn form(&self, token: usize) -> String {
        let word = self
            .parsed
            .words
            .get(token)
            .and_then(|word| word.of(self.text));
        crate::model::fold(word.unwrap_or_default())
    }

    /// Returns the token of the units `start..end` that the others hang on.
    pub(crate) fn head_of(&self, start: usize, end: usize) -> usize {
        let (first, last) = (self.token_of(start), self.token_of(end.saturating_sub(1)));
        let inside = |token: &usize| (first..=last).contains(token);
        let is_top = |token: &usize| self.head(*token).is_none_or(|head| !inside(&head));
        let is_noun = |token: &usize| {
            self.token(*token).is_some_and(|token| {
                matches!(
                    token.tag.upos,
                    Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj
                )
            })
        };
        let mut tops = (first..=last).filter(is_top);
        tops.clone()
            .rfind(is_noun)
            .or_else(|| tops.next_back())
            .unwrap_or(last)
    }

    /// Climbs from a conjunct, an apposition or a part of a name to what it stands beside.
    pub(crate) fn top_of_phrase(&self, mut token: usize) -> usize {
        for _ in 0..STEPS_MAX {
            let label = self.label(token);
            let goes_on = matches!(label, "conj" | "appos" | "flat" | "fixed" | "goeswith");
            match self.head(token) {
                Some(head) if goes_on && self.is_nominal(head) => token = head,
                _ => break,
            }
        }
        token
    }

    fn is_nominal(&self, token: usize) -> bool {
        self.token(token).is_some_and(|token| {
            matches!(
                token.tag.upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj
            )
        })
    }

    pub(crate) fn is_verb(&self, token: usize) -> bool {
        self.token(token)
            .is_some_and(|token| matches!(token.tag.upos, Upos::Verb | Upos::Aux))
    }

    /// Returns what a noun is to what it hangs on.
    pub(crate) fn function(&self, token: usize) -> Function {
        let top = self.top_of_phrase(token);
        match self.label(top) {
            "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" => Function::Subject,
            "obj" | "iobj" => Function::Object,
            "obl" | "obl:agent" | "obl:unmarked" => Function::Oblique,
            "nmod:poss" => Function::Possessive,
            "nmod" | "compound" | "amod" | "nmod:unmarked" => Function::Modifier,
            _ => Function::Other,
        }
    }

    /// Returns the verb or other word that a noun's phrase hangs on.
    pub(crate) fn governor(&self, token: usize) -> Option<usize> {
        self.head(self.top_of_phrase(token))
    }

    /// Returns the dependents of a token with one of these labels, in the order of the text.
    pub(crate) fn dependents<'b>(
        &'b self,
        head: usize,
        labels: &'b [&str],
    ) -> impl Iterator<Item = usize> + 'b {
        let tokens = self.parsed.tokens.iter().enumerate();
        tokens
            .filter(move |(_, token)| token.head == Some(head) && labels.contains(&token.label))
            .map(|(index, _)| index)
    }

    /// Returns the subject of a verb: its own, or that of the verb it is coordinated with or
    /// depends on without a subject of its own.
    pub(crate) fn subject_of(&self, mut verb: usize) -> Option<usize> {
        for _ in 0..STEPS_MAX {
            let own = self.dependents(verb, &["nsubj", "nsubj:pass", "nsubj:outer"]);
            if let Some(subject) = own.into_iter().next() {
                return Some(subject);
            }
            let label = self.label(verb);
            if !matches!(label, "conj" | "xcomp" | "advcl" | "ccomp") {
                return None;
            }
            verb = self.head(verb)?;
            // "Urged him to …": the object is to act; "promised him to …": the subject.
            if label == "xcomp"
                && !self.form(verb).starts_with("promis")
                && let Some(object) = self.dependents(verb, &["obj", "iobj"]).next()
            {
                return Some(object);
            }
        }
        None
    }

    /// Says whether a token is the subject of the sentence's main clause, or of one coordinated with
    /// it.
    pub(crate) fn is_main_subject(&self, token: usize) -> bool {
        if self.function(token) != Function::Subject {
            return false;
        }
        self.governor(token)
            .is_some_and(|verb| self.is_main_verb(verb))
    }

    /// Returns the finite verb right behind units whose subject they must be: one without another
    /// subject. Trees often take a name behind a comma for an apposition.
    pub(crate) fn verb_behind(&self, start: usize, end: usize) -> Option<usize> {
        let mut token = self.token_of(end.saturating_sub(1)) + 1;
        if self.label(token) == "advmod"
            || matches!(self.form(token).as_str(), "each" | "both" | "all")
        {
            token += 1;
        }
        let parsed = self.token(token)?;
        let is_finite = matches!(parsed.tag.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
        let verb = if parsed.label.starts_with("aux") || parsed.label == "cop" {
            parsed.head?
        } else {
            token
        };
        let (first, last) = (self.token_of(start), self.token_of(end.saturating_sub(1)));
        let mut subjects = self.dependents(verb, &["nsubj", "nsubj:pass"]);
        let is_own = |subject: usize| (first..=last).contains(&subject);
        let is_free = subjects.next().is_none_or(is_own);
        let before = start.checked_sub(1).map_or("", |before| self.word(before));
        let is_object = matches!(
            before,
            "of" | "to"
                | "with"
                | "from"
                | "by"
                | "for"
                | "in"
                | "at"
                | "on"
                | "between"
                | "against"
                | "near"
        );
        (is_finite && is_free && !is_object && !self.label(verb).starts_with("acl")).then_some(verb)
    }

    /// Says whether a verb is that of the main clause, or coordinated with it.
    pub(crate) fn is_main_verb(&self, mut verb: usize) -> bool {
        for _ in 0..STEPS_MAX {
            match (self.label(verb), self.head(verb)) {
                ("root", _) | (_, None) => return true,
                ("conj" | "parataxis", Some(head)) => verb = head,
                _ => return false,
            }
        }
        false
    }

    /// Returns the preposition before a noun, folded; nothing without one.
    pub(crate) fn preposition(&self, token: usize) -> Option<String> {
        let top = self.top_of_phrase(token);
        let own = self.dependents(token, &["case"]).next();
        // ", and Ukraine" begins anew: it shares no preposition with what stands before.
        let unit = self.unit_at(token);
        let begins = unit > 1 && self.is(unit - 1, "and") && self.mark_between(unit - 2, ',');
        let shared = || {
            (!begins)
                .then(|| self.dependents(top, &["case"]).next())
                .flatten()
        };
        let case = own.or_else(shared)?;
        Some(self.form(case)).filter(|form| !matches!(form.as_str(), "'s" | "'" | "’s" | "’"))
    }

    /// Returns the first unit at or after a token.
    pub(crate) fn unit_at(&self, token: usize) -> usize {
        self.units.all.partition_point(|unit| unit.token < token)
    }
}
