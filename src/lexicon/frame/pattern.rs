//! One pattern of a frame: `S hold talk with T`.

use crate::lexicon::frame::WordClasses;

/// What kind of word carries a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadKind {
    /// A verb, in any voice and form.
    Verb,
    /// A noun: `n:visit`.
    Noun,
    /// An adjective with a form of "be": `a:ready`.
    Adjective,
}

/// Who fills a place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// `S`: who acts.
    Source,
    /// `T`: to whom it is done.
    Target,
    /// `SS`: two or more who do it together.
    Group,
}

/// Where in the grammar a slot stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Before the verb: its subject; in the passive, who does it.
    Subject,
    /// Behind the verb without a preposition: its object; in the passive, the subject.
    Object,
    /// Behind one of these prepositions. `of` takes what owns too: "Iran's plan", "the U.S. plan".
    Preposition(Vec<String>),
    /// `~`: anywhere in what hangs on the head, behind it.
    Inside,
}

/// One thing that a pattern asks for, apart from its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Someone in a place.
    Slot(Slot, Place),
    /// One of these lemmas, hanging on the head.
    Word(Vec<String>),
    /// `to-do`: an infinitive.
    Infinitive,
}

/// A pattern: a head and what it asks for, in the order in which it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FramePattern {
    /// What kind of word the head is.
    pub kind: HeadKind,
    /// The lemmas that the head may have.
    pub heads: Vec<String>,
    /// What else is asked for.
    pub steps: Vec<Step>,
}

const PREPOSITIONS: &[&str] = &[
    "about",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "by",
    "despite",
    "down",
    "during",
    "for",
    "from",
    "in",
    "including",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "opposite",
    "outside",
    "over",
    "past",
    "round",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

impl FramePattern {
    /// Parses a pattern. Its parts are divided by single spaces: slots `S`, `T`, `SS`; a first
    /// word, which is the head (`n:` for a noun, `a:` for an adjective); prepositions before
    /// slots; `~`; `to-do`; other words. Alternatives are divided by `/`.
    pub(crate) fn parse(pattern: &str, classes: &WordClasses) -> Result<Self, String> {
        let parts: Vec<&str> = pattern.split(' ').collect();
        let mut heads = Vec::new();
        let mut kind = HeadKind::Verb;
        let mut steps = Vec::new();
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            at += 1;
            if let Some(slot) = slot_of(part) {
                let place = if heads.is_empty() {
                    Place::Subject
                } else {
                    Place::Object
                };
                steps.push(Step::Slot(slot, place));
            } else if *part == "to-do" {
                steps.push(Step::Infinitive);
            } else if *part == "~" {
                let slot = parts.get(at).and_then(|next| slot_of(next));
                let slot = slot.ok_or("expected a slot behind `~`")?;
                steps.push(Step::Slot(slot, Place::Inside));
                at += 1;
            } else if heads.is_empty() {
                let (named, word) = match part.split_once(':') {
                    Some(("n", word)) => (HeadKind::Noun, word),
                    Some(("a", word)) => (HeadKind::Adjective, word),
                    Some(_) => return Err(format!("`{part}`: expected n: or a:")),
                    None => (HeadKind::Verb, *part),
                };
                kind = named;
                heads = classes.words(word)?;
            } else if let Some(slot) = preposition_slot(part, parts.get(at)) {
                let prepositions = part.split('/').map(str::to_owned).collect();
                steps.push(Step::Slot(slot, Place::Preposition(prepositions)));
                at += 1;
            } else {
                steps.push(Step::Word(classes.words(part)?));
            }
        }
        let parsed = Self { kind, heads, steps };
        parsed.check().map(|()| parsed)
    }

    fn check(&self) -> Result<(), String> {
        if self.heads.is_empty() {
            return Err(
                "expected a verb, or a noun as `n:noun`, or an adjective as `a:adjective`"
                    .to_owned(),
            );
        }
        let count = |wanted: Slot| {
            let slots = self.steps.iter();
            slots
                .filter(|step| matches!(step, Step::Slot(slot, _) if *slot == wanted))
                .count()
        };
        match (count(Slot::Source), count(Slot::Target), count(Slot::Group)) {
            (1, 1, 0) | (0, 0, 1) => {}
            _ => return Err("expected one S and one T, or one SS".to_owned()),
        }
        let object = |step: &Step| matches!(step, Step::Slot(_, Place::Subject | Place::Object));
        if self.kind == HeadKind::Noun && self.steps.iter().any(object) {
            return Err("a slot of a noun needs a preposition".to_owned());
        }
        Ok(())
    }

    /// Returns how much the pattern asks for: of two that fit at one place the one that asks more
    /// is meant.
    #[must_use]
    pub fn weight(&self) -> usize {
        let weight = |step: &Step| match step {
            Step::Word(_) => 6,
            Step::Infinitive | Step::Slot(_, Place::Preposition(_)) => 3,
            Step::Slot(_, Place::Subject | Place::Object) => 2,
            Step::Slot(_, Place::Inside) => 1,
        };
        4 + self.steps.iter().map(weight).sum::<usize>()
    }
}

fn slot_of(part: &str) -> Option<Slot> {
    match part {
        "S" => Some(Slot::Source),
        "T" => Some(Slot::Target),
        "SS" => Some(Slot::Group),
        _ => None,
    }
}

fn preposition_slot(part: &str, next: Option<&&str>) -> Option<Slot> {
    let all = part.split('/').all(|word| PREPOSITIONS.contains(&word));
    next.filter(|_| all).and_then(|next| slot_of(next))
}
