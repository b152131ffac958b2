//! Matches the patterns of predicates against a sentence.

use crate::coder::clause::{Scene, Subject};
use crate::lexicon::{Element, Predicate, VerbForm};
use crate::mention::MentionForm;
use crate::model::{CameoRoot, Confidence, PloverType, Span, Token};

/// A predicate found, with who stands in its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match<'a> {
    pub(crate) predicate: &'a Predicate,
    /// The anchor's position.
    pub(crate) at: usize,
    /// The form of the verb; nothing for a noun.
    pub(crate) form: Option<VerbForm>,
    pub(crate) slots: Slots,
    /// From the first word of the pattern to the last.
    pub(crate) words: Span<Token>,
    /// Positions of the words that the pattern names.
    literal: Vec<usize>,
    pub(crate) confidence: Confidence,
}

/// The groups in the slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slots {
    /// One does it to the other.
    Directed { source: usize, target: usize },
    /// The people of the target's country do it to the target.
    ByPeople { target: usize },
    /// The members of one group do it together.
    Together(usize),
}

/// Longest gap, in tokens.
const GAP_MAX: usize = 8;

/// What a walk over the elements has filled so far.
#[derive(Debug, Clone, Default)]
struct Walk {
    source: Option<usize>,
    target: Option<usize>,
    together: Option<usize>,
    literal: Vec<usize>,
    gaps: usize,
    sureness: u16,
}

/// Finds all predicates of a sentence: at each place the one whose pattern asks most.
pub(crate) fn find<'a>(scene: &Scene<'a>) -> Vec<Match<'a>> {
    let mut found: Vec<Match<'a>> = Vec::new();
    for at in 0..scene.words.len() {
        let best = scene
            .predicates
            .anchored_by(scene.word(at))
            .iter()
            .filter_map(|(index, form)| {
                let predicate = scene.predicates.get(*index)?;
                match_at(scene, predicate, at, *form)
            })
            .max_by(|a, b| {
                let weight = |m: &Match<'_>| (m.predicate.weight(), m.confidence);
                weight(a)
                    .cmp(&weight(b))
                    .then_with(|| b.predicate.line.cmp(&a.predicate.line))
            });
        found.extend(best);
    }
    // "held talks with": the noun belongs to the verb's pattern and tells nothing of its own.
    let is_part_of_other = |this: &Match<'_>| {
        found.iter().any(|other| {
            other.at != this.at
                && other.literal.contains(&this.at)
                && other.predicate.weight() >= this.predicate.weight()
        })
    };
    let keep: Vec<bool> = found.iter().map(|this| !is_part_of_other(this)).collect();
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
    found
}

fn match_at<'a>(
    scene: &Scene<'a>,
    predicate: &'a Predicate,
    at: usize,
    form: Option<VerbForm>,
) -> Option<Match<'a>> {
    if scene
        .groups
        .iter()
        .any(|group| group.words.start() <= at && at < group.words.end())
    {
        return None;
    }
    let walk = match form {
        Some(form) => match_verb(scene, predicate, at, form)?,
        None => match_noun(scene, predicate, at)?,
    };
    let slots = match (walk.source, walk.target, walk.together) {
        (Some(source), Some(target), _) if source != target => Slots::Directed { source, target },
        // "protests against the president": the people protest.
        (None, Some(target), None) if predicate.cameo.root() == CameoRoot::Protest => {
            Slots::ByPeople { target }
        }
        (_, _, Some(group)) if scene.groups[group].actors.len() > 1 => Slots::Together(group),
        _ => return None,
    };
    let first = walk.literal.iter().copied().min().unwrap_or(at).min(at);
    let last = walk.literal.iter().copied().max().unwrap_or(at).max(at);
    Some(Match {
        predicate,
        at,
        form,
        slots,
        words: Span::new(first, last + 1),
        confidence: confidence(scene, &walk, &slots),
        literal: walk.literal,
    })
}

/// A first estimate: direct names and short patterns are surest.
fn confidence(scene: &Scene<'_>, walk: &Walk, slots: &Slots) -> Confidence {
    let of_kind = |group: usize| match scene.groups[group].kind {
        MentionForm::Name => 100,
        MentionForm::Nominal => 92,
        MentionForm::Pronoun => 80,
    };
    let (first, second) = match *slots {
        Slots::Directed { source, target } => (of_kind(source), of_kind(target)),
        Slots::ByPeople { target } => (80, of_kind(target)),
        Slots::Together(group) => (of_kind(group), 100),
    };
    let gaps = u16::try_from(walk.gaps.min(10)).unwrap_or(10);
    Confidence::from_thousandths(900)
        .scaled(walk.sureness)
        .scaled(first)
        .scaled(second)
        .scaled(100 - 2 * gaps)
}

fn match_verb(scene: &Scene<'_>, predicate: &Predicate, at: usize, form: VerbForm) -> Option<Walk> {
    if !is_verb_here(scene, at, form) || is_auxiliary_have(scene, at) {
        return None;
    }
    let right = predicate.elements.get(predicate.anchor + 1..)?;
    let has_be = is_after(
        scene,
        at,
        &["be", "been", "being", "is", "are", "was", "were"],
    );
    let is_perfect = is_after(
        scene,
        at,
        &[
            "has", "have", "had", "having", "hasn't", "haven't", "hadn't",
        ],
    );
    match form {
        VerbForm::Participle if has_be || (!is_perfect && scene.word(at + 1) == "by") => {
            return match_passive(scene, predicate, right, at);
        }
        VerbForm::Participle if !is_perfect => return None,
        VerbForm::Past if has_be => return None,
        _ => {}
    }
    let walk = Walk {
        sureness: 100,
        literal: vec![at],
        ..Walk::default()
    };
    let mut walk = forward(scene, predicate, right, at + 1, walk)?;
    let subject = subject_not(scene, at, walk.target)?;
    match predicate.elements.first() {
        Some(Element::Group) => walk.together = Some(subject.group),
        _ => walk.source = Some(subject.group),
    }
    walk.sureness = subject.sureness;
    Some(walk)
}

/// "has broken off": the auxiliary is no verb of its own.
fn is_auxiliary_have(scene: &Scene<'_>, at: usize) -> bool {
    let is_have = matches!(scene.word(at), "has" | "have" | "had" | "having");
    let mut next = at + 1;
    while scene.is_auxiliary(next) {
        next += 1;
    }
    let forms = scene.predicates.verbs_of(scene.word(next));
    is_have && forms.iter().any(|(_, form)| *form == VerbForm::Participle)
}

/// A pronoun is never the other participant of its own predicate.
fn subject_not(scene: &Scene<'_>, at: usize, target: Option<usize>) -> Option<Subject> {
    scene
        .subject(at)
        .filter(|subject| Some(subject.group) != target)
}

/// "T was called by S", and "T, called by S".
fn match_passive(
    scene: &Scene<'_>,
    predicate: &Predicate,
    right: &[Element],
    at: usize,
) -> Option<Walk> {
    let (Some(Element::Source), Some(Element::Target)) =
        (predicate.elements.first(), right.first())
    else {
        return None;
    };
    let target = scene.subject(at)?;
    let walk = Walk {
        sureness: target.sureness,
        literal: vec![at],
        ..Walk::default()
    };
    let mut walk = forward(scene, predicate, right.get(1..)?, at + 1, walk)?;
    let by =
        (at + 1..(at + 12).min(scene.words.len())).find(|at| scene.word(at.to_owned()) == "by")?;
    walk.literal.push(by);
    walk.source = Some(scene.object(by + 1)?);
    walk.target = Some(target.group);
    (walk.source != walk.target).then_some(walk)
}

/// Says whether one of these auxiliaries stands before the verb, with only auxiliaries between.
fn is_after(scene: &Scene<'_>, at: usize, wanted: &[&str]) -> bool {
    let mut before = at;
    while before > 0 && scene.is_auxiliary(before - 1) {
        before -= 1;
        if wanted.contains(&scene.word(before)) {
            return true;
        }
    }
    false
}

/// Says whether the word is a verb at this place: "call" after "a" is a noun.
fn is_verb_here(scene: &Scene<'_>, at: usize, form: VerbForm) -> bool {
    const NOUN_SIGNS: &[&str] = &[
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "'s",
        "this",
        "these",
        "any",
        "no",
        "new",
        "of",
        "for",
        "in",
        "with",
        "recent",
        "state",
        "official",
        "joint",
        "military",
        "phone",
        "telephone",
        "last",
        "next",
        "sanctions",
    ];
    let Some(before) = at.checked_sub(1) else {
        return matches!(
            form,
            VerbForm::Gerund | VerbForm::Past | VerbForm::Participle
        );
    };
    let previous = scene.word(before);
    match form {
        VerbForm::Base => {
            let mut index = before;
            while index > 0 && scene.word(index).ends_with("ly") {
                index -= 1;
            }
            let led =
                scene.is_auxiliary(index) || matches!(scene.word(index), "and" | "or" | "who");
            led || scene.group_ending(at).is_some()
        }
        _ if form != VerbForm::Gerund
            && scene
                .group_ending(at)
                .is_some_and(|group| !scene.groups[group].is_possessive) =>
        {
            true
        }
        VerbForm::Third => !NOUN_SIGNS.contains(&previous),
        VerbForm::Past | VerbForm::Participle => {
            !NOUN_SIGNS.contains(&previous) || matches!(previous, "of")
        }
        VerbForm::Gerund => !matches!(previous, "the" | "a" | "an" | "'s" | "his" | "her"),
    }
}

fn match_noun(scene: &Scene<'_>, predicate: &Predicate, at: usize) -> Option<Walk> {
    let right = predicate.elements.get(predicate.anchor + 1..)?;
    let left = predicate.elements.get(..predicate.anchor)?;
    let walk = Walk {
        sureness: 92,
        literal: vec![at],
        ..Walk::default()
    };
    let walk = forward(scene, predicate, right, at + 1, walk)?;
    backward(scene, left, at, walk)
}

/// Matches elements from `at` on; a date may stand before any of them ("threatened on Tuesday to").
fn forward(
    scene: &Scene<'_>,
    predicate: &Predicate,
    elements: &[Element],
    at: usize,
    walk: Walk,
) -> Option<Walk> {
    let Some((first, rest)) = elements.split_first() else {
        return Some(walk);
    };
    let after_date = scene.date_from(at).filter(|_| *first != Element::Gap);
    match after_date {
        Some(end) => forward_here(scene, predicate, (first, rest), at, walk.clone())
            .or_else(|| forward_here(scene, predicate, (first, rest), end, walk)),
        None => forward_here(scene, predicate, (first, rest), at, walk),
    }
}

fn forward_here(
    scene: &Scene<'_>,
    predicate: &Predicate,
    (first, rest): (&Element, &[Element]),
    at: usize,
    mut walk: Walk,
) -> Option<Walk> {
    match first {
        Element::Word(words) => {
            let skip = usize::from(
                !words.iter().any(|word| word == scene.word(at)) && scene.is_auxiliary(at),
            );
            let found = words.iter().any(|word| word == scene.word(at + skip));
            if !found {
                return None;
            }
            walk.literal.push(at + skip);
            forward(scene, predicate, rest, at + skip + 1, walk)
        }
        Element::Verb(verbs) => {
            let known = scene.predicates.verbs_of(scene.word(at));
            let fits = known.iter().any(|(base, _)| verbs.contains(base));
            fits.then_some(())?;
            walk.literal.push(at);
            forward(scene, predicate, rest, at + 1, walk)
        }
        Element::Not(word) => (scene.word(at) != word)
            .then(|| forward(scene, predicate, rest, at, walk))
            .flatten(),
        Element::Gap => {
            for skipped in 0..=GAP_MAX {
                let tried = Walk {
                    gaps: walk.gaps + skipped,
                    ..walk.clone()
                };
                if let Some(found) = forward(scene, predicate, rest, at + skipped, tried) {
                    return Some(found);
                }
                let word = scene.word(at + skipped);
                if word.is_empty() || matches!(word, "." | ";" | ":" | "that" | "who" | "which") {
                    return None;
                }
            }
            None
        }
        Element::Source | Element::Target | Element::Group => {
            let group = scene.object(at)?;
            let next_owns = matches!(rest.first(), Some(Element::Word(words)) if words.iter().any(|w| w == "'s"));
            if scene.groups[group].is_possessive
                && !next_owns
                && !takes_owner(scene, predicate, group)
            {
                return None;
            }
            match first {
                Element::Source => walk.source = Some(group),
                Element::Target => walk.target = Some(group),
                _ => walk.together = Some(group),
            }
            forward(
                scene,
                predicate,
                rest,
                scene.groups[group].words.end(),
                walk,
            )
        }
    }
}

/// "condemned Israel's attack" is directed at Israel; "met Israel's envoy" not at all.
fn takes_owner(scene: &Scene<'_>, predicate: &Predicate, group: usize) -> bool {
    let verbal = matches!(
        predicate.cameo.entry().plover,
        Some(
            PloverType::Accuse
                | PloverType::Reject
                | PloverType::Support
                | PloverType::Request
                | PloverType::Threaten
        )
    );
    verbal && scene.groups[group].kind != MentionForm::Pronoun
}

/// Matches elements that end right before `end`, from the last to the first.
fn backward(scene: &Scene<'_>, elements: &[Element], end: usize, mut walk: Walk) -> Option<Walk> {
    let Some((last, rest)) = elements.split_last() else {
        return Some(walk);
    };
    match last {
        Element::Word(words) => {
            let at = end.checked_sub(1)?;
            let owner = words.iter().any(|word| word == "'s");
            // "his call with": a possessive pronoun is its own "'s".
            if owner
                && let Some(group) = scene.group_ending(end)
                && scene.groups[group].kind == MentionForm::Pronoun
                && scene.groups[group].is_possessive
            {
                walk.source = Some(group);
                return Some(walk);
            }
            words
                .iter()
                .any(|word| word == scene.word(at))
                .then_some(())?;
            walk.literal.push(at);
            backward(scene, rest, at, walk)
        }
        Element::Gap => (0..=4.min(end)).find_map(|skipped| {
            let tried = Walk {
                gaps: walk.gaps + skipped,
                ..walk.clone()
            };
            backward(scene, rest, end - skipped, tried)
        }),
        Element::Source | Element::Target | Element::Group => {
            let group = scene.group_ending(end)?;
            match last {
                Element::Source => walk.source = Some(group),
                Element::Target => walk.target = Some(group),
                _ => walk.together = Some(group),
            }
            backward(scene, rest, scene.groups[group].words.start(), walk)
        }
        Element::Verb(_) | Element::Not(_) => None,
    }
}
