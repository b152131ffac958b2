//! Morphological facts of words in their sentence: number, person, tense, mood, verb form, voice.
//!
//! Values and conventions are those of Universal Dependencies for English. What the tag does not
//! say follows from the tree: a finite verb agrees with its subject, a past participle without a
//! form of `have` is passive.

use std::fmt;

use crate::text::syntax::tags::{Tag, Upos};

/// Declares a feature: an enum whose values are shown as in Universal Dependencies.
macro_rules! feature {
    ($(#[$docs:meta])* $name:ident { $($(#[$value_docs:meta])* $value:ident = $shown:literal),+ $(,)? }) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$value_docs])* $value),+ }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$value => $shown),+ })
            }
        }
    };
}

feature! {
    /// One or several.
    Number {
        /// `treaty`
        Singular = "Sing",
        /// `treaties`
        Plural = "Plur",
    }
}
feature! {
    /// Who speaks, is spoken to, or is spoken of.
    Person {
        /// `I`, `we`
        First = "1",
        /// `you`
        Second = "2",
        /// `she`, `they`, and all nouns as subjects
        Third = "3",
    }
}
feature! {
    /// The tense of a verb's form; futures are made of several words.
    Tense {
        /// `met`, `signed`
        Past = "Past",
        /// `meets`, `meeting`
        Present = "Pres",
    }
}
feature! {
    /// The mood of a finite verb.
    Mood {
        /// `they meet`
        Indicative = "Ind",
        /// `meet them!`
        Imperative = "Imp",
    }
}
feature! {
    /// The form of a verb.
    VerbForm {
        /// With person and tense, and modal verbs.
        Finite = "Fin",
        /// `to meet`
        Infinitive = "Inf",
        /// `met`, `meeting` in tenses and as attributes
        Participle = "Part",
        /// `meeting` in the place of a noun
        Gerund = "Ger",
    }
}
feature! {
    /// The voice of a past participle.
    Voice {
        /// `was signed`, `a treaty signed in May`
        Passive = "Pass",
    }
}

/// The facts of one word; nothing where a fact does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each field is documented at its type")]
pub struct Morphology {
    pub mood: Option<Mood>,
    pub number: Option<Number>,
    pub person: Option<Person>,
    pub tense: Option<Tense>,
    pub verb_form: Option<VerbForm>,
    pub voice: Option<Voice>,
}

/// Shows the facts as in the FEATS column of CoNLL-U: `Number=Sing|Person=3`; empty without any.
impl fmt::Display for Morphology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        let mut show = |name: &str, value: Option<&dyn fmt::Display>| {
            let Some(value) = value else { return Ok(()) };
            write!(f, "{separator}{name}={value}")?;
            separator = "|";
            Ok(())
        };
        show("Mood", self.mood.as_ref().map(|value| value as _))?;
        show("Number", self.number.as_ref().map(|value| value as _))?;
        show("Person", self.person.as_ref().map(|value| value as _))?;
        show("Tense", self.tense.as_ref().map(|value| value as _))?;
        show("VerbForm", self.verb_form.as_ref().map(|value| value as _))?;
        show("Voice", self.voice.as_ref().map(|value| value as _))
    }
}

/// A word in its tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TreeWord<'a> {
    pub(crate) form: &'a str,
    pub(crate) tag: &'a Tag,
    /// The index of the head; nothing for the root.
    pub(crate) head: Option<usize>,
    pub(crate) label: &'a str,
}

/// What the dependents of a word say about it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether there is a dependent of one kind"
)]
#[derive(Debug, Clone, Copy, Default)]
struct Below {
    subject: Option<usize>,
    has_passive_auxiliary: bool,
    has_auxiliary: bool,
    /// A form of `have`.
    has_perfect: bool,
    has_mark: bool,
    has_conjunct: bool,
    has_case: bool,
}

/// Finds the facts of all words of a sentence. Time: linear in their number.
pub(crate) fn morphology(words: &[TreeWord<'_>]) -> Vec<Morphology> {
    let mut below = vec![Below::default(); words.len()];
    for (index, word) in words.iter().enumerate() {
        let Some(of_head) = word.head.and_then(|head| below.get_mut(head)) else {
            continue;
        };
        match word.label {
            "nsubj" | "nsubj:pass" | "nsubj:outer" | "expl" => {
                of_head.subject.get_or_insert(index);
            }
            "aux:pass" => of_head.has_passive_auxiliary = true,
            "aux" => {
                of_head.has_auxiliary = true;
                of_head.has_perfect |= is_have(word.form);
            }
            "mark" => of_head.has_mark = true,
            "case" => of_head.has_case = true,
            "conj" => of_head.has_conjunct = true,
            _ => {}
        }
    }
    let scene = Scene {
        words,
        below: &below,
    };
    (0..words.len()).map(|index| scene.facts(index)).collect()
}

fn is_have(form: &str) -> bool {
    const FORMS: &[&str] = &[
        "have", "has", "had", "having", "'ve", "’ve", "'d", "’d", "'s", "’s",
    ];
    FORMS.iter().any(|known| known.eq_ignore_ascii_case(form))
}

struct Scene<'a> {
    words: &'a [TreeWord<'a>],
    below: &'a [Below],
}

impl Scene<'_> {
    fn below(&self, index: usize) -> Below {
        self.below.get(index).copied().unwrap_or_default()
    }

    fn facts(&self, index: usize) -> Morphology {
        let Some(word) = self.words.get(index) else {
            return Morphology::default();
        };
        let number = |number| Morphology {
            number: Some(number),
            ..Morphology::default()
        };
        match (word.tag.upos, word.tag.xpos.as_str()) {
            (Upos::Verb | Upos::Aux, xpos) => self.verb(index, word, xpos),
            (_, "NNS" | "NNPS") => number(Number::Plural),
            (Upos::Noun | Upos::Propn | Upos::Sym | Upos::Pron | Upos::Num, "NN" | "NNP") => {
                number(Number::Singular)
            }
            (Upos::Pron, "PRP" | "PRP$") => pronoun(word.form),
            (Upos::Det | Upos::Pron, "DT") => demonstrative(word.form),
            _ => Morphology::default(),
        }
    }

    fn verb(&self, index: usize, word: &TreeWord<'_>, xpos: &str) -> Morphology {
        let form = |verb_form| Morphology {
            verb_form: Some(verb_form),
            ..Morphology::default()
        };
        let finite = |tense| {
            let (number, person) = self.agreement(index);
            Morphology {
                mood: Some(Mood::Indicative),
                number,
                person,
                tense: Some(tense),
                ..form(VerbForm::Finite)
            }
        };
        match xpos {
            "MD" => form(VerbForm::Finite),
            "VBZ" => Morphology {
                number: Some(Number::Singular),
                person: Some(Person::Third),
                ..finite(Tense::Present)
            },
            "VBP" => finite(Tense::Present),
            "VBD" => finite(Tense::Past),
            "VBN" => Morphology {
                tense: Some(Tense::Past),
                voice: self.is_passive(index).then_some(Voice::Passive),
                ..form(VerbForm::Participle)
            },
            "VBG" if self.is_gerund(index, word) => form(VerbForm::Gerund),
            "VBG" => Morphology {
                tense: Some(Tense::Present),
                ..form(VerbForm::Participle)
            },
            "VB" if self.is_imperative(index, word) => Morphology {
                mood: Some(Mood::Imperative),
                ..form(VerbForm::Finite)
            },
            "VB" => form(VerbForm::Infinitive),
            _ => Morphology::default(),
        }
    }

    /// Returns the subject that a finite verb agrees with: that of its clause; in a coordination
    /// without a subject of its own the first verb's.
    fn subject(&self, index: usize) -> Option<usize> {
        /// So long are the chains of coordinated clauses that are followed.
        const STEPS: usize = 8;
        let mut at = index;
        for _ in 0..STEPS {
            if let Some(subject) = self.below(at).subject {
                return Some(subject);
            }
            let word = self.words.get(at)?;
            match word.label {
                "aux" | "aux:pass" | "cop" | "conj" => at = word.head?,
                _ => return None,
            }
        }
        None
    }

    fn agreement(&self, index: usize) -> (Option<Number>, Option<Person>) {
        let third = |number| (Some(number), Some(Person::Third));
        let is_plural_form = self
            .words
            .get(index)
            .is_some_and(|word| word.tag.xpos == "VBP" || ["were", "are"].contains(&word.form));
        let Some(subject) = self.subject(index) else {
            return third(if is_plural_form {
                Number::Plural
            } else {
                Number::Singular
            });
        };
        if self.below(subject).has_conjunct {
            return third(Number::Plural);
        }
        let Some(word) = self.words.get(subject) else {
            return (None, None);
        };
        let is_relative = ["who", "which", "that"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word.form));
        let noun = if is_relative {
            self.antecedent(subject)
        } else {
            Some(subject)
        };
        let facts = noun
            .map(|noun| self.facts_of_noun(noun))
            .unwrap_or_default();
        match (facts.number, facts.person) {
            (number, Some(Person::Second)) => (number.or(Some(Number::Singular)), facts.person),
            (Some(number), person) => (Some(number), person.or(Some(Person::Third))),
            (None, _) if is_plural_form => third(Number::Plural),
            (None, _) => third(Number::Singular),
        }
    }

    /// Returns the noun that the relative clause with this subject belongs to.
    fn antecedent(&self, subject: usize) -> Option<usize> {
        let mut clause = self.words.get(subject)?.head?;
        if self.words.get(clause)?.label == "conj" {
            clause = self.words.get(clause)?.head?;
        }
        let word = self.words.get(clause)?;
        (word.label == "acl:relcl").then_some(word.head).flatten()
    }

    /// The facts of a word that is no verb.
    fn facts_of_noun(&self, index: usize) -> Morphology {
        match self.words.get(index).map(|word| word.tag.upos) {
            Some(Upos::Verb | Upos::Aux) | None => Morphology::default(),
            Some(_) => self.facts(index),
        }
    }

    fn is_passive(&self, index: usize) -> bool {
        let Some(word) = self.words.get(index) else {
            return false;
        };
        let below = self.below(index);
        if below.has_passive_auxiliary {
            return true;
        }
        if word.tag.upos == Upos::Aux || below.has_perfect {
            return false;
        }
        // "has met and signed": the second participle shares the first one's auxiliaries.
        match (word.label, word.head) {
            ("conj", Some(head)) => {
                let of_head = self.below(head);
                of_head.has_passive_auxiliary || !of_head.has_perfect
            }
            _ => true,
        }
    }

    fn is_gerund(&self, index: usize, word: &TreeWord<'_>) -> bool {
        let below = self.below(index);
        if word.tag.upos == Upos::Aux || below.has_auxiliary {
            return false;
        }
        match word.label {
            "csubj" | "nsubj" | "obj" | "obl" | "nmod" | "compound" | "ccomp" | "xcomp" => {
                word.label != "xcomp" || below.has_mark
            }
            "advcl" | "acl" => below.has_mark || below.has_case,
            _ => below.has_case,
        }
    }

    /// Says whether a clause has neither mark nor subject nor auxiliary.
    fn is_bare(&self, index: usize) -> bool {
        let below = self.below(index);
        !below.has_mark && below.subject.is_none() && !below.has_auxiliary
    }

    fn is_imperative(&self, index: usize, word: &TreeWord<'_>) -> bool {
        let is_main = |word: &TreeWord<'_>| ["root", "parataxis"].contains(&word.label);
        match word.label {
            "conj" => {
                let head = word.head.and_then(|at| Some((at, self.words.get(at)?)));
                self.is_bare(index)
                    && head.is_none_or(|(at, head)| {
                        head.tag.xpos != "VB" || is_main(head) && self.is_bare(at)
                    })
            }
            "aux" | "cop" => {
                let clause = word.head.map(|head| self.below(head));
                word.form.eq_ignore_ascii_case("do")
                    && clause.is_some_and(|clause| clause.subject.is_none() && !clause.has_mark)
            }
            _ => is_main(word) && self.is_bare(index),
        }
    }
}

fn pronoun(form: &str) -> Morphology {
    use Number::{Plural, Singular};
    use Person::{First, Second, Third};
    let known = match form.to_ascii_lowercase().as_str() {
        "i" | "me" | "my" | "mine" | "myself" => (Some(Singular), First),
        "we" | "us" | "our" | "ours" | "ourselves" | "’s" | "'s" => (Some(Plural), First),
        "you" | "your" | "yours" | "u" | "ya" => (None, Second),
        "yourself" => (Some(Singular), Second),
        "yourselves" => (Some(Plural), Second),
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" | "it" | "its"
        | "itself" | "one" | "oneself" => (Some(Singular), Third),
        "they" | "them" | "their" | "theirs" | "themselves" | "'em" | "’em" => {
            (Some(Plural), Third)
        }
        _ => return Morphology::default(),
    };
    Morphology {
        number: known.0,
        person: Some(known.1),
        ..Morphology::default()
    }
}

fn demonstrative(form: &str) -> Morphology {
    let number = match form.to_ascii_lowercase().as_str() {
        "this" | "that" => Some(Number::Singular),
        "these" | "those" => Some(Number::Plural),
        _ => None,
    };
    Morphology {
        number,
        ..Morphology::default()
    }
}
