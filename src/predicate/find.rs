//! Finds frames in a sentence.

use crate::lexicon::{Frame, FrameIndex, Frames, HeadKind, Place, Slot, Step};
use crate::model::Sector;
use crate::predicate::grammar::Grammar;
use crate::text::Upos;

/// A frame found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameMatch {
    /// The frame.
    pub frame: FrameIndex,
    /// The word that carries it.
    pub head: usize,
    /// The words that may name the source: the first is the grammatical one, then those joined to it.
    pub sources: Vec<usize>,
    /// The same of the target. In a frame of a group both lists are the group.
    pub targets: Vec<usize>,
    /// Whether the two may change places.
    pub symmetric: bool,
}

impl FrameMatch {
    /// Says whether the frame runs from one span of words to another, each given as a range that
    /// includes its first and excludes its last word; a symmetric one may run either way.
    #[must_use]
    pub fn joins(&self, grammar: &Grammar<'_>, source: &Words, target: &Words) -> bool {
        let runs = |from: &Words, to: &Words| {
            stand_for(grammar, &self.sources, from) && stand_for(grammar, &self.targets, to)
        };
        runs(source, target) || (self.symmetric && runs(target, source))
    }

    /// Says whether the frame's source is a span of words, or its target if it is symmetric.
    ///
    /// A span is meant too where a word of it owns or describes a filler ("<Iran>'s minister", "a
    /// spokesman for <the army>").
    #[must_use]
    pub fn comes_from(&self, grammar: &Grammar<'_>, span: &Words) -> bool {
        stand_for(grammar, &self.sources, span)
            || (self.symmetric && stand_for(grammar, &self.targets, span))
    }

    /// Says whether the frame's target is a span of words, or its source if it is symmetric.
    #[must_use]
    pub fn goes_to(&self, grammar: &Grammar<'_>, span: &Words) -> bool {
        stand_for(grammar, &self.targets, span)
            || (self.symmetric && stand_for(grammar, &self.sources, span))
    }
}

/// A span of words: includes its first, excludes its last.
type Words = std::ops::Range<usize>;

fn stand_for(grammar: &Grammar<'_>, fillers: &[usize], span: &Words) -> bool {
    fillers
        .iter()
        .any(|filler| stands_for(grammar, *filler, span))
}

fn stands_for(grammar: &Grammar<'_>, filler: usize, span: &Words) -> bool {
    if span.contains(&filler) {
        return true;
    }
    let labels = [
        "nmod",
        "nmod:poss",
        "compound",
        "amod",
        "flat",
        "appos",
        "nmod:desc",
    ];
    let mut here: Vec<usize> = vec![filler];
    for _ in 0..2 {
        let below = here
            .iter()
            .flat_map(|at| grammar.children_with(*at, &labels));
        let below: Vec<usize> = below.collect();
        if below.iter().any(|word| span.contains(word)) {
            return true;
        }
        here = below;
    }
    false
}

/// Finds every frame that fits a sentence, in the order of their heads; of one head in the order of
/// the lexicon.
///
/// `sector` says what is known of the actor that a word names. Time: linear in the number of words
/// and of frames that their lemmas carry.
#[must_use]
pub fn find_frames(
    frames: &Frames,
    grammar: &Grammar<'_>,
    sector: impl Fn(usize) -> Option<Sector>,
) -> Vec<FrameMatch> {
    let mut found = Vec::new();
    for head in 0..grammar.len() {
        for index in frames.with_head(grammar.lemma(head)) {
            let Some(frame) = frames.get(*index) else {
                continue;
            };
            let fits = is_of_kind(grammar, head, frame.pattern.kind);
            let filled = fits.then(|| fill(frame, grammar, head)).flatten();
            let Some((sources, targets)) = filled else {
                continue;
            };
            if conditions_hold(frame, grammar, head, &sources, &targets, &sector) {
                let symmetric = frame.symmetric;
                found.push(FrameMatch {
                    frame: *index,
                    head,
                    sources,
                    targets,
                    symmetric,
                });
            }
        }
    }
    found
}

fn is_of_kind(grammar: &Grammar<'_>, head: usize, kind: HeadKind) -> bool {
    let upos = grammar.upos(head);
    match kind {
        HeadKind::Verb => matches!(upos, Some(Upos::Verb | Upos::Aux)),
        HeadKind::Noun => matches!(upos, Some(Upos::Noun | Upos::Propn)),
        HeadKind::Adjective => matches!(upos, Some(Upos::Adj | Upos::Verb | Upos::Adv)),
    }
}

/// Fills the slots of a frame around a head; nothing if a step finds nothing.
fn fill(frame: &Frame, grammar: &Grammar<'_>, head: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut around = vec![head];
    for step in &frame.pattern.steps {
        match step {
            Step::Word(words) => around.push(word_below(grammar, head, words)?),
            Step::Infinitive => {
                let infinitive = infinitive_below(grammar, head);
                infinitive.then_some(())?;
            }
            Step::Slot(..) => {}
        }
    }
    let (mut sources, mut targets) = (Vec::new(), Vec::new());
    for step in &frame.pattern.steps {
        let Step::Slot(slot, place) = step else {
            continue;
        };
        let mut fillers = match place {
            Place::Subject if around.len() > 1 => subject_of_construction(grammar, head, &around),
            Place::Subject => grammar.subject(head),
            Place::Object => grammar.object(head),
            Place::Preposition(prepositions) => grammar.prepositional(&around, prepositions),
            Place::Inside => grammar.inside(head),
        };
        if fillers.is_empty() && frame.pattern.kind == HeadKind::Noun && *slot == Slot::Source {
            fillers = supported_subject(grammar, head);
        }
        match slot {
            Slot::Source => sources = fillers,
            Slot::Target => targets = fillers,
            Slot::Group => {
                sources.clone_from(&fillers);
                targets = fillers;
            }
        }
    }
    // What the subject names cannot be inside the object too.
    if frame
        .pattern
        .steps
        .iter()
        .any(|step| matches!(step, Step::Slot(Slot::Target, Place::Inside)))
    {
        targets.retain(|word| !sources.contains(word));
    }
    (!sources.is_empty() && !targets.is_empty()).then_some((sources, targets))
}

/// "Talks were held by X with Y": the agent of a construction whose object is the subject.
fn subject_of_construction(grammar: &Grammar<'_>, head: usize, around: &[usize]) -> Vec<usize> {
    let mut subject = grammar.subject(head);
    subject.retain(|word| !around.contains(word));
    subject
}

/// "paid a visit to": who does what a noun of action says is the subject of the verb that carries it.
fn supported_subject(grammar: &Grammar<'_>, noun: usize) -> Vec<usize> {
    let carried = matches!(grammar.label(noun), "obj" | "obl" | "xcomp");
    let verb = grammar.head(noun).filter(|_| carried);
    verb.map(|verb| grammar.subject(verb)).unwrap_or_default()
}

/// Returns the first of these words that hangs on the head, behind it or as its subject in the
/// passive.
fn word_below(grammar: &Grammar<'_>, head: usize, words: &[String]) -> Option<usize> {
    let is_one = |at: &usize| {
        words
            .iter()
            .any(|word| word == grammar.lemma(*at) || word == grammar.folded(*at))
    };
    let behind = (head + 1..grammar.len()).find(|at| is_one(at) && grammar.hangs_on(*at, head, 3));
    behind
        .or_else(|| {
            let before = (0..head).filter(is_one);
            let passive = grammar.is_passive(head);
            let fits = |at: &usize| {
                grammar.head(*at) == Some(head)
                    && (passive || !grammar.label(*at).starts_with("nsubj"))
            };
            before.into_iter().find(fits)
        })
        .or_else(|| {
            // "the talks that they held", "talks held with them".
            let describes = matches!(grammar.label(head), "acl" | "acl:relcl" | "amod");
            grammar.head(head).filter(|noun| describes && is_one(noun))
        })
        .or_else(|| {
            // A particle or preposition that the parser hung elsewhere.
            let next = head + 1;
            (next < grammar.len() && is_one(&next)).then_some(next)
        })
}

fn infinitive_below(grammar: &Grammar<'_>, head: usize) -> bool {
    (head + 1..grammar.len()).any(|at| {
        grammar.folded(at) == "to" && grammar.label(at) == "mark" && grammar.hangs_on(at, head, 3)
    })
}

fn conditions_hold(
    frame: &Frame,
    grammar: &Grammar<'_>,
    head: usize,
    sources: &[usize],
    targets: &[usize],
    sector: &impl Fn(usize) -> Option<Sector>,
) -> bool {
    let conditions = &frame.conditions;
    let near = |words: &[String]| {
        (0..grammar.len()).any(|at| {
            let is_one = words
                .iter()
                .any(|word| word == grammar.lemma(at) || word == grammar.folded(at));
            is_one && grammar.hangs_on(at, head, 5) && !sources.contains(&at)
        })
    };
    let of_sector = |fillers: &[usize], allowed: &[Sector]| {
        let known: Vec<Sector> = fillers.iter().filter_map(|at| sector(*at)).collect();
        allowed.is_empty() || known.is_empty() || known.iter().any(|one| allowed.contains(one))
    };
    (conditions.with.is_empty() || near(&conditions.with))
        && !near(&conditions.without)
        && of_sector(sources, &conditions.source)
        && of_sector(targets, &conditions.target)
}
