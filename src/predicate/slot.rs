//! Who fills the places around a word.

use crate::predicate::grammar::Grammar;
use crate::text::Upos;

/// So far up the tree a subject is looked for.
const STEPS_MAX: usize = 5;

/// So many words behind its head a preposition is still looked for by order.
const REACH: usize = 14;

/// Verbs whose object is the subject of their infinitive: "urged him to go".
const OBJECT_CONTROL: &[&str] = &[
    "ask",
    "urge",
    "tell",
    "order",
    "force",
    "press",
    "invite",
    "allow",
    "persuade",
    "warn",
    "advise",
    "encourage",
    "beg",
    "implore",
    "permit",
    "enable",
    "want",
    "expect",
    "authorise",
    "authorize",
    "instruct",
    "compel",
    "convince",
    "pressure",
    "require",
    "help",
    "lead",
    "prompt",
    "challenge",
    "command",
    "direct",
    "push",
    "oblige",
    "request",
];

/// Verbs whose object is the subject of what follows "of", "for" or "from": "accused it of arming".
const ACCUSING: &[&str] = &[
    "accuse",
    "blame",
    "charge",
    "suspect",
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "rebuke",
    "thank",
    "praise",
    "stop",
    "prevent",
    "bar",
    "ban",
    "prohibit",
    "punish",
    "convict",
    "fault",
];

/// Words of time, which fill no slot.
const TIMES: &[&str] = &[
    "day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "decade",
    "century",
    "morning",
    "evening",
    "night",
    "afternoon",
    "weekend",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "time",
    "noon",
];

impl Grammar<'_> {
    /// Returns who does what a verb or adjective says.
    pub(crate) fn subject(&self, at: usize) -> Vec<usize> {
        let found = if self.is_passive(at) {
            self.agent(at)
        } else {
            self.grammatical_subject(at, STEPS_MAX)
        };
        found
            .map(|filler| self.with_conjuncts(filler))
            .unwrap_or_default()
    }

    /// Returns what a participle describes.
    pub(crate) fn described(&self, at: usize) -> Vec<usize> {
        let found = self.grammatical_subject(at, STEPS_MAX);
        found
            .map(|filler| self.with_conjuncts(filler))
            .unwrap_or_default()
    }

    /// Returns to whom it is done.
    pub(crate) fn object(&self, at: usize) -> Vec<usize> {
        let found = if self.is_passive(at) {
            self.grammatical_subject(at, STEPS_MAX)
        } else {
            self.grammatical_object(at)
        };
        found
            .map(|filler| self.with_conjuncts(filler))
            .unwrap_or_default()
    }

    /// Returns who stands behind "by" in the passive.
    fn agent(&self, at: usize) -> Option<usize> {
        let by = |child: &usize| self.has_case(*child, &["by"]);
        let direct = self
            .children(at)
            .iter()
            .copied()
            .filter(|child| *child > at)
            .find(by);
        // "rejected by the party": the parser may hang the agent on a word between.
        direct.or_else(|| self.behind_preposition(at, &["by"]))
    }

    /// Returns the subject that grammar gives a verb, whatever the voice.
    fn grammatical_subject(&self, at: usize, steps: usize) -> Option<usize> {
        if steps == 0 {
            return None;
        }
        let subjects = ["nsubj", "nsubj:pass", "nsubj:outer"];
        let own = self.children_with(at, &subjects).next();
        if let Some(own) = own {
            return Some(self.antecedent(own, at).unwrap_or(own));
        }
        let Some(head) = self.head(at) else {
            return self.name_before(at);
        };
        match self.label(at) {
            // "the leader detained by", "talks held with"; but "a decision by Iran to send".
            "acl" | "amod" if self.has_infinitive_mark(at) => self
                .owner(head)
                .or_else(|| self.grammatical_subject(self.head(head)?, steps - 1)),
            "acl" | "amod" | "acl:relcl" => Some(head),
            "conj" | "parataxis" if self.is_passive(at) == self.is_passive(head) => {
                self.grammatical_subject(head, steps - 1)
            }
            "conj" if self.is_passive(head) => self.grammatical_subject(head, steps - 1),
            "xcomp" | "ccomp" | "advcl" | "dep" | "csubj" | "conj" | "parataxis" => {
                let verb = self.lemma(head);
                let controls = self.label(at) != "advcl" && OBJECT_CONTROL.contains(&verb)
                    || ACCUSING.contains(&verb) && self.is_behind(at, &["of", "for", "from"]);
                let controller = controls.then(|| self.object_or_oblique(head)).flatten();
                controller.or_else(|| self.grammatical_subject(head, steps - 1))
            }
            _ => None,
        }
    }

    /// "In exchange Israel let them go": the name right before the verb of a sentence that has no
    /// subject, where the parser made it a part of what stands before.
    fn name_before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let is_stray = self.upos(before) == Some(Upos::Propn)
            && matches!(
                self.label(before),
                "appos" | "flat" | "nmod" | "compound" | "obl"
            );
        (is_stray && self.upos(at) == Some(Upos::Verb)).then_some(before)
    }

    fn object_or_oblique(&self, at: usize) -> Option<usize> {
        if self.is_passive(at) {
            return self.grammatical_subject(at, 2);
        }
        self.children_with(at, &["obj", "iobj", "obl"])
            .find(|child| *child > at)
    }

    fn is_behind(&self, at: usize, words: &[&str]) -> bool {
        let mut marks = self.children_with(at, &["mark", "case"]);
        marks.any(|mark| words.contains(&self.folded(mark)))
    }

    fn has_infinitive_mark(&self, at: usize) -> bool {
        self.children_with(at, &["mark"])
            .any(|mark| self.folded(mark) == "to")
    }

    fn grammatical_object(&self, at: usize) -> Option<usize> {
        let objects = || self.children_with(at, &["obj", "iobj"]);
        let own = objects()
            .find(|object| *object > at)
            .or_else(|| objects().next());
        if let Some(own) = own {
            return Some(self.antecedent(own, at).unwrap_or(own));
        }
        // "praised and thanked the king": the object hangs on the last verb.
        let shared = self.children_with(at, &["conj"]).find_map(|conjunct| {
            let plain = !self.is_passive(conjunct)
                && self.children_with(conjunct, &["nsubj"]).next().is_none();
            plain
                .then(|| self.children_with(conjunct, &["obj"]).next())
                .flatten()
        });
        // "called the premier", taken for "called him a liar".
        let predicate = || {
            let nominal = |child: &usize| {
                matches!(self.upos(*child), Some(Upos::Noun | Upos::Propn)) && *child > at
            };
            self.children_with(at, &["xcomp"]).find(nominal)
        };
        shared
            .or_else(|| self.relative_object(at))
            .or_else(predicate)
    }

    /// "the minister they met": what a relative clause without an object describes.
    fn relative_object(&self, at: usize) -> Option<usize> {
        let head = self.head(at)?;
        let subject = self.children_with(at, &["nsubj"]).next()?;
        let describes =
            matches!(self.label(at), "acl" | "acl:relcl") && self.antecedent(subject, at).is_none();
        describes.then_some(head)
    }

    /// Returns what a relative pronoun stands for, if the word is one.
    fn antecedent(&self, word: usize, clause: usize) -> Option<usize> {
        let relative = matches!(self.folded(word), "who" | "which" | "whom" | "that")
            && self.upos(word) == Some(Upos::Pron);
        let mut here = clause;
        for _ in 0..3 {
            if !relative {
                break;
            }
            if matches!(self.label(here), "acl:relcl" | "acl") {
                return self.head(here);
            }
            here = self.head(here)?;
        }
        None
    }

    /// Returns who owns a noun: "Iran's plan", "the plan of Iran", "the U.S. plan".
    fn owner(&self, noun: usize) -> Option<usize> {
        let possessor = self.children_with(noun, &["nmod:poss"]).next();
        possessor
            .or_else(|| self.behind_preposition_of(noun, &["of", "by", "from"]))
            .or_else(|| self.attributes(noun).next())
    }

    /// Words before a noun that may name an actor: "U.S.", "Israeli".
    fn attributes(&self, noun: usize) -> impl Iterator<Item = usize> {
        let before = self.children_with(noun, &["compound", "amod", "nmod:poss", "nmod"]);
        before.filter(move |child| *child < noun && self.is_name_like(*child))
    }

    fn is_name_like(&self, at: usize) -> bool {
        self.upos(at) == Some(Upos::Propn) || self.is_capitalised(at)
    }

    fn has_case(&self, at: usize, prepositions: &[&str]) -> bool {
        // "to Chile" may be taken for an infinitive.
        let labels: &[&str] = if self.is_capitalised(at) {
            &["case", "mark"]
        } else {
            &["case"]
        };
        let mut cases = self.children_with(at, labels);
        cases.any(|case| prepositions.contains(&self.folded(case)))
    }

    /// Says whether a word stands behind "of", "for" or "from", as those do who are spoken for.
    pub(crate) fn belongs(&self, at: usize) -> bool {
        self.has_case(at, &["of", "for", "from"])
    }

    fn behind_preposition_of(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        self.all_behind_preposition(at, prepositions).next()
    }

    /// Returns who stands behind one of these prepositions, behind the word: in its subtree first,
    /// then by order.
    fn behind_preposition(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        let below = |here: usize| self.behind_preposition_of(here, prepositions);
        below(at)
            .or_else(|| {
                let mut near = self
                    .children(at)
                    .iter()
                    .copied()
                    .filter(|child| *child > at && !self.is_clause(*child));
                near.find_map(below)
            })
            .or_else(|| self.behind_preposition_by_order(at, prepositions))
    }

    /// Says whether a verb has a subject of its own.
    fn is_clause(&self, at: usize) -> bool {
        self.upos(at) == Some(Upos::Verb)
            && self
                .children_with(at, &["nsubj", "nsubj:pass"])
                .next()
                .is_some()
    }

    fn behind_preposition_by_order(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        let mut found = None;
        for word in at + 1..self.len().min(at + REACH) {
            if prepositions.contains(&self.folded(word)) {
                let noun = self
                    .head(word)
                    .filter(|noun| *noun > word && self.label(word) == "case");
                if noun.is_some_and(|noun| !self.is_time(noun)) {
                    found = noun;
                    break;
                }
            }
            let is_verb = self.upos(word) == Some(Upos::Verb);
            let finite = is_verb && (self.is_clause(word) || !self.hangs_on(word, at, 6));
            if finite || matches!(self.folded(word), ";" | ":") {
                break;
            }
        }
        found
    }

    /// Returns who stands in a slot with these prepositions around a word, or around the words
    /// that the pattern has found so far.
    pub(crate) fn prepositional(&self, around: &[usize], prepositions: &[String]) -> Vec<usize> {
        let names: Vec<&str> = prepositions.iter().map(String::as_str).collect();
        let head = around.first().copied().unwrap_or_default();
        let direct: Vec<usize> = around
            .iter()
            .flat_map(|at| self.all_behind_preposition(*at, &names))
            .collect();
        let owner = || {
            let owns = names.contains(&"of");
            let of = |at: &usize| {
                let noun = matches!(self.upos(*at), Some(Upos::Noun | Upos::Propn));
                if owns && noun {
                    self.owner_before(*at)
                } else {
                    None
                }
            };
            around.iter().rev().find_map(of)
        };
        let stranded = || {
            let after = |child: &usize| *child > head && names.contains(&self.folded(*child));
            let has = self.children(head).iter().any(after);
            (has && self.is_passive(head))
                .then(|| self.grammatical_subject(head, STEPS_MAX))
                .flatten()
                .or_else(|| has.then(|| self.relative_object(head)).flatten())
        };
        let mut fillers: Vec<usize> = direct
            .iter()
            .flat_map(|filler| self.with_conjuncts(*filler))
            .collect();
        // "Iran's offer of talks": who owns it is not what it is of.
        fillers.extend(owner().filter(|owner| !direct.contains(owner)));
        if fillers.is_empty() {
            let near = |at: &usize| self.behind_preposition(*at, &names);
            let found = stranded()
                .or_else(|| self.relative_prepositional(head, &names))
                .or_else(|| around.iter().rev().find_map(near));
            fillers = found
                .map(|filler| self.with_conjuncts(filler))
                .unwrap_or_default();
        }
        if fillers.len() == 1 && names.contains(&"between") {
            let second = fillers.first().and_then(|first| self.behind_and(*first));
            fillers.extend(second);
        }
        fillers
    }

    /// Returns who stands behind one of these prepositions right below a word; times are left out.
    fn all_behind_preposition<'b>(
        &'b self,
        at: usize,
        prepositions: &'b [&str],
    ) -> impl Iterator<Item = usize> + 'b {
        let children = self.children(at).iter().copied();
        let behind =
            children.filter(move |child| *child > at && self.has_case(*child, prepositions));
        behind.filter_map(|child| {
            if !self.is_time(child) {
                return Some(child);
            }
            // "will return to Jerusalem next week", where the parser made one phrase of both.
            let before = self.children_with(child, &["compound", "nmod"]);
            before
                .into_iter()
                .find(|word| *word < child && self.is_name_like(*word))
        })
    }

    fn is_time(&self, at: usize) -> bool {
        self.folded(at)
            .starts_with(|first: char| first.is_ascii_digit())
            || TIMES.contains(&self.lemma(at))
            || TIMES.contains(&self.folded(at).trim_end_matches('s'))
    }

    /// "The president of Chad and the premier met": the first, where the parser did not join them.
    pub(crate) fn before_and(&self, filler: usize) -> Option<usize> {
        let start = (0..=filler)
            .rev()
            .take_while(|at| *at == filler || self.hangs_on(*at, filler, 3))
            .last()?;
        let joins = |at: &usize| matches!(self.folded(*at), "and" | ",");
        let and = [start.checked_sub(1)?, start].into_iter().find(joins)?;
        let nominal = |at: &usize| matches!(self.upos(*at), Some(Upos::Noun | Upos::Propn));
        (0..and).rev().take(3).find(nominal)
    }

    /// "between the king and the president": the second, where the parser did not join them.
    fn behind_and(&self, filler: usize) -> Option<usize> {
        let and = (filler + 1..self.len().min(filler + 8)).find(|at| self.folded(*at) == "and")?;
        let nominal = |at: &usize| matches!(self.upos(*at), Some(Upos::Noun | Upos::Propn));
        let first = (and + 1..self.len().min(and + 6)).find(nominal)?;
        (first..self.len()).take_while(nominal).last()
    }

    /// "the president, with whom he talked".
    fn relative_prepositional(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        let mut children = self.children(at).iter().copied();
        let pronoun = children.find(|child| *child < at && self.has_case(*child, prepositions))?;
        self.antecedent(pronoun, at)
    }

    /// Returns who owns a noun by standing before it: "Iran's plan", "the U.S. plan".
    pub(crate) fn owner_before(&self, noun: usize) -> Option<usize> {
        let possessor = self.children_with(noun, &["nmod:poss"]).next();
        possessor.or_else(|| self.attributes(noun).next())
    }

    /// Returns everyone named in what hangs on a word, behind it.
    pub(crate) fn inside(&self, at: usize) -> Vec<usize> {
        let nominal = |word: &usize| {
            matches!(
                self.upos(*word),
                Some(Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj)
            ) && self.hangs_on_within_clause(*word, at)
        };
        (at + 1..self.len()).filter(nominal).collect()
    }

    /// Says whether a word hangs on another, and not in a clause that is only joined to it.
    fn hangs_on_within_clause(&self, word: usize, ancestor: usize) -> bool {
        let mut here = word;
        for _ in 0..10 {
            let Some(head) = self.head(here) else {
                return false;
            };
            if head == ancestor {
                let joined = matches!(self.label(here), "conj" | "parataxis");
                return !joined
                    || self
                        .children_with(here, &["nsubj", "nsubj:pass"])
                        .next()
                        .is_none();
            }
            here = head;
        }
        false
    }

    /// Returns a filler with those who are joined to it, or stand for it.
    pub(crate) fn with_conjuncts(&self, filler: usize) -> Vec<usize> {
        let mut all = vec![filler];
        let mut next = 0;
        while let Some(at) = all.get(next).copied() {
            next += 1;
            let joined = self.children_with(at, &["conj", "appos", "flat"]);
            let new: Vec<usize> = joined.filter(|word| !all.contains(word)).collect();
            all.extend(new);
        }
        all
    }
}
