//! Decides whether an act took place, or only may, will, or did not.

use crate::coder::clause::Scene;
use crate::coder::matching::Match;
use crate::lexicon::VerbForm;
use crate::model::Status;

/// Words before "to" that announce the act.
const ANNOUNCING: &[&str] = &[
    "scheduled",
    "due",
    "expected",
    "set",
    "planned",
    "plans",
    "planning",
    "plan",
    "is",
    "are",
    "was",
    "were",
    "be",
    "preparing",
    "prepares",
    "prepared",
    "intends",
    "intended",
    "intend",
    "about",
    "poised",
];

/// Words before "to" after which the act itself took place.
const REACHING: &[&str] = &[
    "managed",
    "began",
    "continued",
    "started",
    "went",
    "helped",
    "travelled",
    "traveled",
    "flew",
    "came",
    "used",
    "arrived",
];

/// Words before a gerund that leave it open or unreal.
const UNREAL: &[&str] = &[
    "considering",
    "consider",
    "considered",
    "discussed",
    "suggested",
    "proposed",
    "of",
    "from",
    "against",
    "for",
    "about",
    "avoid",
    "oppose",
    "opposed",
    "favour",
    "favor",
];

/// Returns the status of a match, or nothing where the words tell no act of its own: what was
/// urged, refused, promised or threatened is not done by that.
pub(crate) fn status(scene: &Scene<'_>, found: &Match<'_>) -> Option<Status> {
    match found.form {
        Some(form) => of_verb(scene, found.at, form),
        None => of_noun(scene, found.at),
    }
}

fn of_verb(scene: &Scene<'_>, at: usize, form: VerbForm) -> Option<Status> {
    if is_conditional(scene, at) {
        return Some(Status::Hypothetical);
    }
    if is_denied_before(scene, at) {
        return Some(Status::Denied);
    }
    let mut before = at;
    let mut status = Status::Actual;
    let mut is_negated = false;
    while before > 0 && scene.is_auxiliary(before - 1) {
        before -= 1;
        match scene.word(before) {
            "will" | "shall" => status = Status::Planned,
            "would" if is_announced(scene, before) => status = Status::Planned,
            "would" | "may" | "might" | "could" | "can" | "should" | "must" => {
                status = Status::Hypothetical;
            }
            "not" | "never" | "didn't" | "hasn't" | "haven't" | "hadn't" | "wasn't" | "weren't" => {
                is_negated = true;
            }
            // A refusal is an act of another kind.
            "won't" | "wouldn't" | "cannot" | "couldn't" | "doesn't" | "don't" => return None,
            "to" => return of_infinitive(scene, before),
            _ => {}
        }
    }
    let of = before.checked_sub(1);
    if of.is_some_and(|of| scene.is_accused(of)) && status == Status::Actual {
        return Some(Status::Alleged);
    }
    if is_negated {
        return (status == Status::Actual).then_some(Status::Denied);
    }
    if form == VerbForm::Base && before == at && is_wanted(scene, at) {
        return None;
    }
    if form == VerbForm::Gerund && status == Status::Actual {
        return of_gerund(scene, at, before);
    }
    Some(status)
}

/// "demanded that Russia withdraw": what is wanted is not done by that.
fn is_wanted(scene: &Scene<'_>, at: usize) -> bool {
    const WANTING: &[&str] = &[
        "demand",
        "insist",
        "urge",
        "propose",
        "suggest",
        "recommend",
        "ask",
        "request",
        "order",
        "require",
        "plead",
        "appeal",
        "call",
        "advise",
        "decree",
        "stipulate",
    ];
    let that = (at.saturating_sub(10)..at)
        .rev()
        .find(|at| scene.word(*at) == "that");
    that.is_some_and(|that| {
        (that.saturating_sub(4)..that).any(|at| {
            let forms = scene.predicates.verbs_of(scene.word(at));
            forms
                .iter()
                .any(|(base, _)| WANTING.contains(&base.as_str()))
                || WANTING.contains(&scene.word(at).trim_end_matches("ed").trim_end_matches('s'))
        })
    })
}

fn of_infinitive(scene: &Scene<'_>, to: usize) -> Option<Status> {
    let mut governor = to.checked_sub(1)?;
    while governor > 0 && scene.word(governor).ends_with("ly") {
        governor -= 1;
    }
    let word = scene.word(governor);
    if ANNOUNCING.contains(&word) {
        return Some(Status::Planned);
    }
    let is_place = scene.groups.iter().any(|group| group.words.end() == to);
    if REACHING.contains(&word) || is_place {
        let sentence_is_planned = (0..to).any(|at| matches!(scene.word(at), "will" | "would"));
        let moved = (0..to).any(|at| {
            matches!(
                scene.word(at),
                "flew"
                    | "travelled"
                    | "traveled"
                    | "arrived"
                    | "went"
                    | "came"
                    | "headed"
                    | "landed"
            )
        });
        let reached = REACHING.contains(&word) || moved;
        return match (reached, sentence_is_planned) {
            (false, _) => None,
            (true, true) => Some(Status::Planned),
            (true, false) => Some(Status::Actual),
        };
    }
    None
}

fn of_gerund(scene: &Scene<'_>, at: usize, before: usize) -> Option<Status> {
    let governor = before.checked_sub(1).map_or("", |index| scene.word(index));
    let accused = (0..at).any(|index| {
        matches!(
            scene.word(index),
            "accused" | "accuses" | "accusing" | "accuse" | "blamed"
        )
    });
    match governor {
        "of" | "for" if accused => Some(Status::Alleged),
        "denied" | "denies" | "denying" => Some(Status::Denied),
        "stopped" | "stop" | "ceased" | "halted" | "suspended" | "ended" | "quit" => None,
        _ if UNREAL.contains(&governor) => None,
        _ => Some(Status::Actual),
    }
}

/// Says whether "if" or the like opens the clause of the verb.
fn is_conditional(scene: &Scene<'_>, at: usize) -> bool {
    for index in (0..at).rev() {
        match scene.word(index) {
            "if" | "unless" | "whether" => return true,
            "," | ";" | "that" | "after" | "because" => return false,
            _ => {}
        }
    }
    false
}

/// Says whether the sentence reports the words of the verb as denied.
fn is_denied_before(scene: &Scene<'_>, at: usize) -> bool {
    let denial = (0..at).rev().find(|index| {
        matches!(
            scene.word(*index),
            "denied" | "denies" | "deny" | "denying" | "dismissed"
        )
    });
    let Some(denial) = denial else {
        return false;
    };
    let opened = (denial..at).any(|index| {
        matches!(
            scene.word(index),
            "that" | "having" | "reports" | "it" | "he" | "she" | "they"
        )
    });
    let ended = (denial..at).any(|index| matches!(scene.word(index), ";" | "but" | "and"));
    (opened || denial + 1 == at) && !ended
}

fn is_announced(scene: &Scene<'_>, at: usize) -> bool {
    const ANNOUNCERS: &[&str] = &[
        "said",
        "announced",
        "confirmed",
        "told",
        "added",
        "says",
        "announcing",
        "saying",
    ];
    (0..at).any(|index| ANNOUNCERS.contains(&scene.word(index)))
}

fn of_noun(scene: &Scene<'_>, at: usize) -> Option<Status> {
    const WINDOW: usize = 5;
    for index in (at.saturating_sub(WINDOW)..at).rev() {
        match scene.word(index) {
            "planned" | "scheduled" | "upcoming" | "forthcoming" | "next" | "will" | "ahead" => {
                return Some(Status::Planned);
            }
            "possible" | "potential" | "could" | "might" | "any" => {
                return Some(Status::Hypothetical);
            }
            "no" => return Some(Status::Denied),
            "urged" | "proposed" | "proposing" | "offered" | "demanded" | "sought" | "wants"
            | "calls" | "hopes" | "prospects" | "hope" | "called" | "favour" => return None,
            "," | ";" | "that" => break,
            _ => {}
        }
    }
    if is_conditional(scene, at) {
        return Some(Status::Hypothetical);
    }
    Some(if is_denied_before(scene, at) {
        Status::Denied
    } else {
        Status::Actual
    })
}
