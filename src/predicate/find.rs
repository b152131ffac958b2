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
    /// Says whether the frame's source is a span of words, or its target if it is symmetric. Of a
    /// symmetric frame one filler may so stand for both ends of a pair that is joined ("Chad and
    /// Niger met Mali").
    ///
    /// A span is meant too where a word of it owns or describes a filler ("Iran's minister", "a
    /// spokesman for the army").
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

    /// Says whether the frame's source is a span of words, whether the frame is symmetric or not.
    #[must_use]
    pub fn starts_with(&self, grammar: &Grammar<'_>, span: &Words) -> bool {
        stand_for(grammar, &self.sources, span)
    }

    /// Says whether one of these fillers is a span of words, or stands for it.
    pub(crate) fn names(grammar: &Grammar<'_>, fillers: &[usize], span: &Words) -> bool {
        stand_for(grammar, fillers, span)
    }
}

/// A span of words: includes its first, excludes its last.
pub type Words = std::ops::Range<usize>;

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
        "conj",
    ];
    let mut here: Vec<usize> = vec![filler];
    // "the presidents of Chad and <Niger>".
    for _ in 0..3 {
        let below: Vec<usize> = here
            .iter()
            .flat_map(|at| grammar.children_with(*at, &labels))
            .filter(|word| grammar.label(*word) != "nmod" || grammar.belongs(*word))
            .collect();
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
    let all_bases: Vec<&[String]> = (0..grammar.len())
        .map(|at| frames.bases(grammar.folded(at)))
        .collect();
    for head in 0..grammar.len() {
        let lemma = grammar.lemma(head);
        let bases = all_bases[head];
        let others = bases
            .iter()
            .map(String::as_str)
            .filter(|base| *base != lemma);
        let lemmas = std::iter::once(lemma).chain(others);
        for index in lemmas.flat_map(|lemma| frames.with_head(lemma)) {
            let Some(frame) = frames.get(*index) else {
                continue;
            };
            let fits = is_of_kind(grammar, head, frame.pattern.kind, !bases.is_empty());
            let finder = Finder {
                frames,
                grammar,
                bases: &all_bases,
                head,
            };
            let filled = fits.then(|| finder.fill(frame)).flatten();
            let Some((sources, targets)) = filled else {
                continue;
            };
            if finder.conditions_hold(frame, &sources, &targets, &sector) {
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

/// Returns the words that take a source for their subject and have the target below them, whatever
/// else they ask for: their heads, in the order of the sentence.
#[must_use]
pub fn governing_words(grammar: &Grammar<'_>, source: &Words, target: &Words) -> Vec<usize> {
    let governs = |head: &usize| {
        let is_verb = matches!(grammar.upos(*head), Some(Upos::Verb | Upos::Adj));
        let subject = || grammar.subject(*head);
        let below = || {
            let mut words = target.clone();
            words.any(|word| grammar.hangs_on(word, *head, 8))
        };
        is_verb && below() && stand_for(grammar, &subject(), source)
    };
    (0..grammar.len()).filter(governs).collect()
}

fn is_of_kind(grammar: &Grammar<'_>, head: usize, kind: HeadKind, is_verb_form: bool) -> bool {
    let upos = grammar.upos(head);
    let has = |labels: &[&str]| grammar.children_with(head, labels).next().is_some();
    match kind {
        // Headlines: "King visits Oman", where the verb is taken for a noun.
        HeadKind::Verb => {
            matches!(upos, Some(Upos::Verb | Upos::Aux))
                || is_verb_form && has(&["nsubj", "nsubj:pass", "obj", "aux", "aux:pass"])
        }
        HeadKind::Noun => matches!(upos, Some(Upos::Noun | Upos::Propn)),
        HeadKind::Adjective => {
            matches!(upos, Some(Upos::Adj | Upos::Adv)) || grammar.is_passive(head) || has(&["cop"])
        }
    }
}

/// Looks for one frame around one head.
struct Finder<'a> {
    frames: &'a Frames,
    grammar: &'a Grammar<'a>,
    /// The verbs that each word may be a form of.
    bases: &'a [&'a [String]],
    head: usize,
}

impl Finder<'_> {
    /// Fills the slots of a frame; nothing if a step finds nothing.
    fn fill(&self, frame: &Frame) -> Option<(Vec<usize>, Vec<usize>)> {
        let mut around = vec![self.head];
        for step in &frame.pattern.steps {
            match step {
                Step::Word(words) => around.push(self.word_below(words)?),
                Step::Infinitive => self.has_infinitive().then_some(())?,
                Step::Slot(..) => {}
            }
        }
        let (mut sources, mut targets) = (Vec::new(), Vec::new());
        for step in &frame.pattern.steps {
            let Step::Slot(slot, place) = step else {
                continue;
            };
            let fillers = self.fillers(frame, *slot, place, &around);
            match slot {
                Slot::Source => sources = fillers,
                Slot::Target => targets = fillers,
                Slot::Group => {
                    sources.clone_from(&fillers);
                    targets = fillers;
                }
            }
        }
        if frame.pattern.kind == HeadKind::Noun && sources.iter().any(|one| targets.contains(one)) {
            // "Hungary's criticism of Ukraine": both are "of" it.
            let is_before = |word: &usize| *word < self.head;
            if sources.iter().any(is_before) && targets.iter().any(|word| !is_before(word)) {
                sources.retain(is_before);
                targets.retain(|word| !is_before(word));
            }
        }
        let inside = |step: &Step| matches!(step, Step::Slot(Slot::Target, Place::Inside));
        // What the subject names cannot be inside the object too.
        if frame.pattern.steps.iter().any(inside) {
            targets.retain(|word| !sources.contains(word));
        }
        (!sources.is_empty() && !targets.is_empty()).then_some((sources, targets))
    }

    fn fillers(&self, frame: &Frame, slot: Slot, place: &Place, around: &[usize]) -> Vec<usize> {
        let (grammar, head) = (self.grammar, self.head);
        let mut fillers = match place {
            Place::Subject => {
                let objects = |step: &Step| matches!(step, Step::Slot(_, Place::Object));
                let mut subject = grammar.subject(head);
                if subject.is_empty() && !frame.pattern.steps.iter().any(objects) {
                    // "The minister headed for Cairo": a past tense that was taken for a participle.
                    subject = grammar.described(head);
                }
                // "Talks were held by": the object of a construction is not who does it.
                subject.retain(|word| !around.contains(word));
                subject
            }
            Place::Object => grammar.object(head),
            Place::Preposition(prepositions) => grammar.prepositional(around, prepositions),
            Place::Inside => grammar.inside(head),
        };
        if slot == Slot::Group && *place == Place::Subject {
            let before = fillers.first().and_then(|first| grammar.before_and(*first));
            fillers.extend(before);
        }
        if fillers.is_empty() && frame.pattern.kind == HeadKind::Noun && slot == Slot::Source {
            // "Russia's bombardment of" is as good as "bombardment by Russia of".
            let owner = grammar.owner_before(head);
            let named = owner.filter(|owner| grammar.upos(*owner) != Some(Upos::Pron));
            fillers = named.into_iter().collect();
            if fillers.is_empty() {
                fillers = self.supported_subject();
            }
        }
        fillers
    }

    /// "paid a visit to": who does what a noun of action says is the subject of the verb that
    /// carries it.
    fn supported_subject(&self) -> Vec<usize> {
        let grammar = self.grammar;
        // "He is in talks with": the noun is what is said of him.
        if grammar
            .children_with(self.head, &["nsubj"])
            .next()
            .is_some()
        {
            return grammar.described(self.head);
        }
        // "In a call with the king, she said": what goes on while one acts is one's own.
        let label = grammar.label(self.head);
        let accompanies = label == "obl" || label == "advcl";
        let carried = matches!(label, "obj" | "xcomp" | "nsubj:pass");
        let lends = |verb: &usize| {
            let bases = self.frames.bases(grammar.folded(*verb));
            accompanies
                || carried && self.frames.is_light(grammar.lemma(*verb))
                || carried && bases.iter().any(|base| self.frames.is_light(base))
        };
        let verb = grammar.head(self.head).filter(lends);
        verb.map(|verb| grammar.subject(verb)).unwrap_or_default()
    }

    /// Says whether a word is one of these lemmas.
    fn is_one(&self, at: usize, words: &[String]) -> bool {
        let (lemma, folded) = (self.grammar.lemma(at), self.grammar.folded(at));
        let bases = self.bases.get(at).copied().unwrap_or_default();
        words.iter().any(|word| {
            word == lemma || word == folded || is_plural(word, folded) || bases.contains(word)
        })
    }

    /// Returns the first of these words that hangs on the head, behind it or as its subject in the
    /// passive.
    fn word_below(&self, words: &[String]) -> Option<usize> {
        let (grammar, head) = (self.grammar, self.head);
        let is_one = |at: &usize| self.is_one(*at, words);
        let below = |at: &usize| {
            grammar.hangs_on(*at, head, 3) && is_one(at) && grammar.hangs_on_in_clause(*at, head, 3)
        };
        let behind = (head + 1..grammar.len()).find(below);
        behind
            .or_else(|| {
                let passive = grammar.is_passive(head);
                let fits = |at: &usize| {
                    grammar.head(*at) == Some(head)
                        && (passive || !grammar.label(*at).starts_with("nsubj"))
                };
                (0..head).filter(fits).find(is_one)
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

    fn has_infinitive(&self) -> bool {
        let grammar = self.grammar;
        (self.head + 1..grammar.len()).any(|at| {
            grammar.folded(at) == "to"
                && grammar.label(at) == "mark"
                && grammar.hangs_on(at, self.head, 3)
        })
    }

    fn conditions_hold(
        &self,
        frame: &Frame,
        sources: &[usize],
        targets: &[usize],
        sector: &impl Fn(usize) -> Option<Sector>,
    ) -> bool {
        let conditions = &frame.conditions;
        let near = |words: &[String]| {
            (0..self.grammar.len()).any(|at| {
                self.grammar.hangs_on(at, self.head, 5)
                    && !sources.contains(&at)
                    && self.is_one(at, words)
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
}

/// Says whether a form is the regular plural of a noun.
fn is_plural(noun: &str, form: &str) -> bool {
    let rest = form.strip_prefix(noun);
    matches!(rest, Some("s" | "es"))
        || noun
            .strip_suffix('y')
            .is_some_and(|stem| form.strip_prefix(stem) == Some("ies"))
}
