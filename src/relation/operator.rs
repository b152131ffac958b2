//! What stands over a word: negation, modality, conditions, and the word it depends on.

use crate::predicate::Grammar;
use crate::text::Upos;

/// So far up the tree conditions are looked for.
const STEPS_MAX: usize = 4;

/// What stands over a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operators {
    /// "not", "will", "if" and the like, in a fixed form, sorted; never empty: `plain` if nothing does.
    pub(crate) marks: Vec<&'static str>,
    /// The nearest word of content above that is no mere helper.
    pub(crate) governor: Option<usize>,
}

const MODALS: [(&str, &str); 12] = [
    ("will", "will"),
    ("'ll", "will"),
    ("shall", "will"),
    ("wo", "will"),
    ("would", "would"),
    ("'d", "would"),
    ("may", "may"),
    ("might", "may"),
    ("could", "may"),
    ("can", "can"),
    ("should", "should"),
    ("must", "should"),
];

const CONDITIONS: [&str; 5] = ["if", "unless", "whether", "should", "were"];

/// Returns what stands over a word.
pub(crate) fn operators(grammar: &Grammar<'_>, head: usize) -> Operators {
    let mut marks = Vec::new();
    let mut here = head;
    let mut governor = None;
    for step in 0..STEPS_MAX {
        own_marks(grammar, here, step == 0, &mut marks);
        let Some(above) = grammar.head(here) else {
            break;
        };
        let label = grammar.label(here);
        let carries = matches!(
            grammar.upos(above),
            Some(Upos::Verb | Upos::Noun | Upos::Adj)
        );
        if governor.is_none() && carries && label != "conj" && label != "parataxis" {
            governor = Some(above);
        }
        // Beyond a clause of its own only a condition reaches down.
        if !matches!(
            label,
            "conj" | "obj" | "obl" | "xcomp" | "nmod" | "nsubj:pass"
        ) {
            break;
        }
        here = above;
    }
    if marks.is_empty() {
        marks.push("plain");
    }
    marks.sort_unstable();
    marks.dedup();
    Operators { marks, governor }
}

fn own_marks(grammar: &Grammar<'_>, at: usize, is_first: bool, marks: &mut Vec<&'static str>) {
    for child in grammar.children(at) {
        let (word, label) = (grammar.folded(*child), grammar.label(*child));
        match label {
            "aux" => {
                let modal = MODALS.iter().find(|(form, _)| *form == word);
                marks.extend(modal.map(|(_, mark)| *mark));
            }
            "advmod" | "det" | "cc:preconj" | "neg"
                if matches!(
                    word,
                    "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor"
                ) =>
            {
                marks.push("not");
            }
            "mark" | "advmod" if CONDITIONS.contains(&word) => marks.push("if"),
            "mark" if word == "to" && is_first => marks.push("to"),
            "case" | "mark" if word == "without" && is_first => marks.push("not"),
            _ => {}
        }
    }
}
