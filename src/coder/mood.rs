//! What grammar says of whether an act took place.

use crate::lexicon::Frames;
use crate::model::{PloverType, Status};
use crate::predicate::Grammar;
use crate::text::Upos;

/// What stands over the word that tells an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Nothing.
    Plain,
    /// Words that give it this status.
    Status(Status),
    /// Words by which it is only wanted, offered, refused or threatened: no act of its own.
    Wanted,
}

/// So far up the tree is looked.
const STEPS_MAX: usize = 5;

/// Verbs and adjectives whose infinitive is planned.
const PLANNING: &[&str] = &[
    "plan", "schedule", "expect", "set", "due", "intend", "prepare", "poise", "slate", "arrange",
    "aim",
];

/// Verbs whose infinitive or gerund is done with them.
const DOING: &[&str] = &[
    "begin",
    "start",
    "continue",
    "manage",
    "help",
    "go",
    "come",
    "travel",
    "fly",
    "use",
    "keep",
    "resume",
    "proceed",
    "arrive",
    "happen",
    "appear",
    "seem",
    "report",
    "say",
    "know",
    "see",
    "include",
    "involve",
    "hold",
    "have",
    "make",
    "conduct",
    "carry",
    "pay",
    "attend",
    "join",
    "complete",
    "conclude",
    "follow",
    "end",
    "finish",
    "open",
    "launch",
    "lead",
    "be",
    "take",
    "give",
    "send",
    "meet",
    "discuss",
    "welcome",
    "praise",
    "thank",
    "condemn",
    "criticise",
    "criticize",
    "leave",
    "return",
    "admit",
    "confirm",
    "announce",
    "tell",
    "add",
    "note",
    "receive",
    "sign",
    "issue",
    "deliver",
    "stage",
    "mark",
    "remember",
    "recall",
    "describe",
    "call",
    "allow",
    "serve",
    "dare",
    "get",
    "spend",
    "vote",
    "decide",
    "order",
    "rush",
    "move",
    "agree",
];

/// Verbs that want, and are not of a type of their own.
const WANTING: &[&str] = &[
    "want",
    "hope",
    "wish",
    "seek",
    "try",
    "attempt",
    "consider",
    "mull",
    "weigh",
    "propose",
    "suggest",
    "favour",
    "favor",
    "oppose",
    "avoid",
    "prevent",
    "stop",
    "fail",
    "need",
    "advocate",
    "fear",
    "contemplate",
    "prefer",
    "encourage",
    "persuade",
    "convince",
    "invite",
];

/// Verbs that say it is not so.
const DENYING: &[&str] = &["deny", "disprove", "refute"];

/// Verbs by which a party says it of another.
const ALLEGING: &[&str] = &["accuse", "blame", "allege", "suspect", "charge"];

/// Returns what stands over a word.
pub(crate) fn mood(grammar: &Grammar<'_>, frames: &Frames, head: usize) -> Mood {
    let mut here = head;
    let noun = matches!(grammar.upos(head), Some(Upos::Noun | Upos::Propn));
    if noun && let Some(status) = of_noun(grammar, head) {
        return Mood::Status(status);
    }
    for _ in 0..STEPS_MAX {
        if let Some(status) = marks(grammar, here) {
            return Mood::Status(status);
        }
        let (label, Some(above)) = (grammar.label(here), grammar.head(here)) else {
            break;
        };
        match label {
            // "…, and Israel has agreed to", "after Chad had left": a clause of its own.
            "advcl" | "acl" | "acl:relcl" if is_finite_clause(grammar, here) => break,
            // "will meet the king and sign": what is joined shares, unless it has its own subject.
            "conj" | "parataxis" => {
                if has_own_subject(grammar, here) || label == "parataxis" {
                    break;
                }
            }
            "xcomp" | "ccomp" | "advcl" | "acl" | "obj" | "obl" | "nmod" | "csubj"
            | "nsubj:pass" => {
                let is_clause = !matches!(label, "obj" | "obl" | "nmod" | "nsubj:pass");
                match over(grammar, frames, here, above, is_clause) {
                    Some(Mood::Plain) => break,
                    Some(mood) => return mood,
                    None => {}
                }
            }
            _ => break,
        }
        here = above;
    }
    Mood::Plain
}

/// What the word above says of one below; nothing if it goes on above, plain if the way ends.
fn over(
    grammar: &Grammar<'_>,
    frames: &Frames,
    here: usize,
    above: usize,
    is_clause: bool,
) -> Option<Mood> {
    let lemma = grammar.lemma(above);
    let bases = frames.bases(grammar.folded(above));
    let is_one = |list: &[&str]| {
        list.contains(&lemma) || bases.iter().any(|base| list.contains(&base.as_str()))
    };
    let to = is_clause && has_mark(grammar, here, "to");
    if is_one(ALLEGING) && is_clause {
        return Some(Mood::Status(Status::Alleged));
    }
    if is_one(DENYING) {
        return Some(Mood::Status(Status::Denied));
    }
    if to && is_one(PLANNING) {
        return Some(Mood::Status(Status::Planned));
    }
    if is_one(DOING) && !(to && is_one(&["agree", "decide", "order", "vote"])) {
        return is_finite_clause(grammar, here).then_some(Mood::Plain);
    }
    if is_one(WANTING) {
        return Some(Mood::Wanted);
    }
    let types = [
        PloverType::Request,
        PloverType::Reject,
        PloverType::Threaten,
        PloverType::Agree,
    ];
    let of_type = || {
        let known = frames.with_head(lemma).iter();
        known
            .filter_map(|index| frames.get(*index)?.cameo.entry().plover)
            .any(|kind| types.contains(&kind))
    };
    let is_verb = matches!(grammar.upos(above), Some(Upos::Verb | Upos::Adj));
    if is_verb && (is_clause || !is_finite_clause(grammar, here)) && of_type() {
        return Some(Mood::Wanted);
    }
    if grammar.upos(above) == Some(Upos::Noun) && to && of_type() {
        return Some(Mood::Wanted);
    }
    is_finite_clause(grammar, here).then_some(Mood::Plain)
}

fn has_mark(grammar: &Grammar<'_>, at: usize, word: &str) -> bool {
    let mut marks = grammar.children_with(at, &["mark"]);
    marks.any(|mark| grammar.folded(mark) == word)
}

fn has_own_subject(grammar: &Grammar<'_>, at: usize) -> bool {
    let subjects = ["nsubj", "nsubj:pass"];
    grammar.children_with(at, &subjects).next().is_some()
}

fn is_finite_clause(grammar: &Grammar<'_>, at: usize) -> bool {
    has_own_subject(grammar, at) && !has_mark(grammar, at, "to")
}

/// What hangs on a verb: "will", "might", "not", "if".
fn marks(grammar: &Grammar<'_>, at: usize) -> Option<Status> {
    let mut status = None;
    let mut is_negated = false;
    for child in grammar.children(at) {
        let word = grammar.folded(*child);
        match (grammar.label(*child), word) {
            ("mark" | "advmod", "if" | "unless" | "whether") => {
                return Some(Status::Hypothetical);
            }
            ("aux", "will" | "shall" | "'ll" | "’ll" | "wo") => status = Some(Status::Planned),
            ("aux", "would" | "may" | "might" | "could" | "should" | "must" | "can" | "'d") => {
                status = Some(Status::Hypothetical);
            }
            ("advmod", "not" | "n't" | "n’t" | "never") => is_negated = true,
            _ => {}
        }
    }
    match (status, is_negated) {
        (None | Some(Status::Planned), true) => Some(Status::Denied),
        (status, _) => status,
    }
}

fn of_noun(grammar: &Grammar<'_>, at: usize) -> Option<Status> {
    grammar
        .children(at)
        .iter()
        .find_map(|child| match grammar.folded(*child) {
            "planned" | "scheduled" | "upcoming" | "forthcoming" | "impending" => {
                Some(Status::Planned)
            }
            "possible" | "potential" | "eventual" | "hypothetical" => Some(Status::Hypothetical),
            "no" if grammar.label(*child) == "det" => Some(Status::Denied),
            "alleged" | "purported" => Some(Status::Alleged),
            _ => None,
        })
}
