//! Which acts a sentence may tell, and which of them it does.

use crate::coder::act::{Act, general_code, is_pair};
use crate::coder::evidence::Evidence;
use crate::coder::judge::ActJudge;
use crate::coder::mood::mood;
use crate::coder::sentence::{Found, SentenceScene};
use crate::lexicon::{Frame, Place, Slot, Step};
use crate::mention::{MentionForm, MentionedActor};
use crate::model::PloverType;
use crate::predicate::{FrameMatch, Words};
use crate::relation::{RelationModel, Scores};
use crate::text::Upos;

/// Below this probability of any act at all none is looked for without a frame.
const LEAST: f32 = 0.15;

/// What a list takes along is so sure at least, as a share of what takes it along.
const TAKEN_ALONG: f32 = 0.95;
/// What is less sure is not taken along.
const TAKEN_LEAST: f32 = 0.25;

/// So much more a code says that is not the general one of its type.
const PARTICULAR: usize = 4;

/// A frame that joins a pair.
#[derive(Clone, Copy)]
pub(crate) struct Join<'s> {
    pub(crate) frame: &'s Frame,
    pub(crate) found: &'s FrameMatch,
}

/// An act that may be told, with what speaks for and against it.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) act: Act,
    pub(crate) evidence: Evidence,
}

/// A pair of actors with what may be told between them; why nothing is looked for, if so.
pub(crate) struct WeighedPair {
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) candidates: Result<Vec<Candidate>, &'static str>,
}

/// Looks for acts.
pub(crate) struct ActFinder<'s, 'a> {
    pub(crate) sentence: &'s SentenceScene<'a>,
    pub(crate) model: &'s RelationModel,
    pub(crate) judge: &'s ActJudge,
}

impl<'s> ActFinder<'s, '_> {
    /// Weighs every pair of actors of the sentence, in their order.
    pub(crate) fn pairs(&self) -> Vec<WeighedPair> {
        let count = self.sentence.found.len();
        let pairs = (0..count).flat_map(|first| (first..count).map(move |second| (first, second)));
        pairs
            .map(|(first, second)| WeighedPair {
                first,
                second,
                candidates: self.candidates(first, second),
            })
            .collect()
    }

    /// Returns the acts of the sentence that are likely enough, pair by pair; then those that a list
    /// takes along.
    pub(crate) fn acts(&self, pairs: &[WeighedPair]) -> Vec<Act> {
        let candidates = pairs
            .iter()
            .filter_map(|pair| pair.candidates.as_ref().ok());
        let mut acts: Vec<Act> = candidates
            .clone()
            .flat_map(|candidates| self.choose(candidates.clone()))
            .collect();
        let mut at = 0;
        // What is taken along takes along what follows it.
        while let Some(told) = acts.get(at).cloned() {
            at += 1;
            for candidate in candidates.clone().flatten() {
                if self.is_taken_along(&told, &candidate.act, &acts) {
                    let act = candidate.act.clone();
                    acts.push(Act {
                        source: act.source,
                        target: act.target,
                        scores: act.scores,
                        confidence: act.confidence.max(told.confidence * TAKEN_ALONG),
                        ..told.clone()
                    });
                }
            }
        }
        acts
    }

    /// "Concluded an agreement with Britain, France, Russia and China": what is told of one member of a
    /// list is told of the next, though the further away the less sure it seems.
    fn is_taken_along(&self, told: &Act, act: &Act, acts: &[Act]) -> bool {
        let grammar = self.sentence.scene.grammar();
        let is_member = |at: usize| {
            let mut words = self.sentence.found[at].words.clone();
            words.any(|at| grammar.label(at) == "conj")
        };
        let follows = |one: usize, next: usize| {
            next == one + 1 && self.sentence.are_joined(one, next) && is_member(next)
        };
        let is_next = told.source == act.source && follows(told.target, act.target)
            || told.target == act.target && follows(told.source, act.source);
        let is_same = (told.kind, told.head, told.is_back) == (act.kind, act.head, act.is_back);
        let is_known = |known: &Act| {
            let ends = [(act.source, act.target), (act.target, act.source)];
            known.kind == act.kind && ends.contains(&(known.source, known.target))
        };
        is_next && is_same && act.confidence >= TAKEN_LEAST && !acts.iter().any(is_known)
    }

    /// Of the candidates of one pair keeps those that are likely enough: the surest first, and of
    /// those of one kind, or told by one phrase, only the first.
    fn choose(&self, mut candidates: Vec<Candidate>) -> Vec<Act> {
        let by_confidence = |one: &Candidate, other: &Candidate| {
            let (one, other) = (&one.act, &other.act);
            other
                .confidence
                .total_cmp(&one.confidence)
                .then(one.head.cmp(&other.head))
        };
        candidates.sort_by(by_confidence);
        let mut chosen: Vec<Act> = Vec::new();
        for Candidate { act, .. } in candidates {
            let is_known = chosen
                .iter()
                .any(|known| known.kind == act.kind || self.is_one_phrase(known.head, act.head));
            if act.confidence >= self.judge.threshold && !is_known {
                chosen.push(act);
            }
        }
        chosen
    }

    /// Returns what may be told between two actors, or within one mention that names several; why
    /// nothing is looked for, if so.
    fn candidates(&self, first: usize, second: usize) -> Result<Vec<Candidate>, &'static str> {
        let (one, other) = (&self.sentence.found[first], &self.sentence.found[second]);
        if one.is_place && other.is_place {
            return Err("both are places");
        }
        if first == second {
            return self.together(first).ok_or("it names one only");
        }
        if !may_deal(one, other) {
            return Err("both are of one government, or the same");
        }
        let scores = self.model.scores(&self.sentence.scene.pair(first, second));
        let mut all = self.of_pair(first, second, &scores);
        if self.sentence.are_joined(first, second) {
            all.retain(|act| act.frame.is_some() && self.is_group_act(act));
            all.extend(self.joint_subjects(first, second, &scores));
        }
        all.retain(|act| !self.is_topic(act));
        if all.is_empty() {
            return Err("nothing points to an act");
        }
        Ok(self.weigh(all))
    }

    /// What model and frames tell of a pair.
    fn of_pair(&self, first: usize, second: usize, scores: &Scores) -> Vec<Act> {
        let joins = [self.joins(first, second), self.joins(second, first)];
        let ends = [(first, second), (second, first)];
        let mut all = Vec::new();
        let (kind, is_back) = likeliest(scores);
        let of_kind = best_of(&joins[usize::from(is_back)], kind);
        if of_kind.is_none() && 1.0 - scores.none >= LEAST {
            let (source, target) = ends[usize::from(is_back)];
            if self.may_act(source) {
                let act = self.bare(kind, (source, target), scores);
                // A place in another clause is where that one happens.
                if !self.is_place_elsewhere(&act) {
                    all.push(act);
                }
            }
        }
        for (joins, (source, target)) in joins.iter().zip(ends) {
            let mut seen: Vec<PloverType> = Vec::new();
            for kind in joins
                .iter()
                .filter_map(|join| join.frame.cameo.entry().plover)
            {
                if seen.contains(&kind) || !self.may_act(source) {
                    continue;
                }
                seen.push(kind);
                let join = best_of(joins, kind);
                all.extend(join.map(|join| self.framed(join, kind, (source, target), scores)));
            }
        }
        all
    }

    /// "The two presidents met": one mention that names several.
    fn together(&self, at: usize) -> Option<Vec<Candidate>> {
        let found = &self.sentence.found[at];
        let is_several = found.actors.windows(2).any(|two| is_pair(&two[0], &two[1]));
        if found.is_place || !is_several {
            return None;
        }
        let scene = &self.sentence.scene;
        let joint = scene.found().iter().filter(|one| {
            one.symmetric
                && one.sources == one.targets
                && one.comes_from(scene.grammar(), &found.words)
        });
        let group: Vec<Join<'s>> = joint
            .filter_map(|found| self.join(found))
            .filter(|join| self.is_of_group(join))
            .collect();
        let kind = group
            .iter()
            .find_map(|join| join.frame.cameo.entry().plover)?;
        let scores = self.model.scores(&scene.pair(at, at));
        let act = self.framed(best_of(&group, kind)?, kind, (at, at), &scores);
        Some(self.weigh(vec![act]))
    }

    fn weigh(&self, acts: Vec<Act>) -> Vec<Candidate> {
        let kinds: Vec<(PloverType, bool)> = acts
            .iter()
            .map(|act| (act.kind, act.frame.is_some()))
            .collect();
        let weigh = |mut act: Act| {
            let evidence = Evidence::new(self.sentence, &act, &kinds);
            act.confidence = self.judge.confidence(&evidence);
            Candidate { act, evidence }
        };
        acts.into_iter().map(weigh).collect()
    }

    fn join(&self, found: &'s FrameMatch) -> Option<Join<'s>> {
        let frame = self.sentence.scene.frames().get(found.frame)?;
        Some(Join { frame, found })
    }

    /// "They discussed Iran", "talks on Iran": what is spoken about does not take part.
    fn is_topic(&self, act: &Act) -> bool {
        const TALKING: &[&str] = &["discuss", "debate", "review", "address", "explore", "cover"];
        let scene = &self.sentence.scene;
        let is_topic = |at: usize| {
            let words = &self.sentence.found[at].words;
            scene.is_behind(
                words,
                &["about", "on", "over", "regarding", "concerning", "around"],
            ) || scene.is_object_of(words, TALKING)
        };
        let is_apart = |at: usize| is_topic(at) || self.is_from_somewhere(at);
        act.kind == PloverType::Consult
            && act.source != act.target
            && (is_apart(act.target) || is_apart(act.source))
    }

    /// Says whether two words tell one act: "suspended its aid to".
    fn is_one_phrase(&self, one: usize, other: usize) -> bool {
        let grammar = self.sentence.scene.grammar();
        let is_noun = |at: usize| grammar.upos(at) != Some(Upos::Verb);
        let below = |low: usize, high: usize| {
            is_noun(low)
                && grammar.hangs_on(low, high, 2)
                && matches!(grammar.label(low), "obj" | "nsubj:pass" | "nmod")
        };
        one == other || below(one, other) || below(other, one)
    }

    /// Says whether the frame of an act tells what a group does with one another.
    fn is_group_act(&self, act: &Act) -> bool {
        let found = self.sentence.scene.found().iter();
        let mut own = found.filter(|one| Some(one.frame) == act.frame && one.head == act.head);
        own.any(|one| self.join(one).is_some_and(|join| self.is_of_group(&join)))
    }

    /// "Chad and Niger had spoken by telephone", "both agreed": what no frame of a group tells, but the
    /// model sees, where both are the subject of one verb and nobody else takes part.
    fn joint_subjects(&self, first: usize, second: usize, scores: &Scores) -> Option<Act> {
        let (scene, found) = (&self.sentence.scene, &self.sentence.found);
        let (kind, _) = likeliest(scores);
        let words = |at: usize| &found[at].words;
        let head = scene.joint_verb(words(first), words(second))?;
        let is_third = |at: usize| {
            at != first
                && at != second
                && scene.hangs_on_verb(words(at), head)
                && !(found[at].is_place && scene.is_where(words(at)))
        };
        let is_mutual = matches!(
            kind,
            PloverType::Consult | PloverType::Agree | PloverType::Cooperate | PloverType::Retreat
        );
        if !is_mutual || (0..found.len()).any(is_third) {
            return None;
        }
        let act = self.bare(kind, (first, second), scores);
        Some(Act {
            head,
            symmetric: true,
            ..act
        })
    }

    /// Says whether a frame tells what a group does with one another, and not with a third: "Chad
    /// and Niger met Mali".
    fn is_of_group(&self, join: &Join<'_>) -> bool {
        let found = self.sentence.scene.found();
        let with_third = |one: &FrameMatch| {
            one.head == join.found.head
                && one.sources != one.targets
                && one.sources.iter().any(|at| join.found.sources.contains(at))
        };
        join.found.symmetric
            && join.found.sources == join.found.targets
            && !found.iter().any(with_third)
    }

    /// Places do nothing, unless they are the subject: "Tehran hit back".
    fn may_act(&self, source: usize) -> bool {
        let found = &self.sentence.found[source];
        let grammar = self.sentence.scene.grammar();
        let is_subject = || {
            let mut words = found.words.clone();
            words.any(|at| matches!(grammar.label(at), "nsubj" | "nsubj:pass"))
                || self
                    .sentence
                    .scene
                    .has_subject(found.words.end, &found.words)
        };
        !self.is_from_somewhere(source)
            && !self.is_owner(source)
            && (!found.is_place || is_subject())
    }

    /// "His" in "his envoy left": another acts.
    fn is_owner(&self, at: usize) -> bool {
        let found = &self.sentence.found[at];
        let grammar = self.sentence.scene.grammar();
        let owns = |at: usize| {
            let noun = grammar
                .head(at)
                .filter(|_| grammar.label(at) == "nmod:poss");
            noun.is_some_and(|noun| {
                !self
                    .sentence
                    .scene
                    .found()
                    .iter()
                    .any(|one| one.head == noun)
            })
        };
        found.form == MentionForm::Pronoun && found.words.clone().any(owns)
    }

    /// Says whether the target of an act is a place in the clause of another verb.
    fn is_place_elsewhere(&self, act: &Act) -> bool {
        let grammar = self.sentence.scene.grammar();
        let target = &self.sentence.found[act.target];
        let last = target.words.end.saturating_sub(1);
        target.is_place && grammar.clause_of(last) != grammar.clause_of(act.head)
    }

    /// "Colleagues from Chad": a country that others only come from.
    fn is_from_somewhere(&self, at: usize) -> bool {
        let scene = &self.sentence.scene;
        let words = &self.sentence.found[at].words;
        scene.is_behind(words, &["from"]) && scene.is_below_noun(words, usize::MAX)
    }

    pub(crate) fn joins(&self, source: usize, target: usize) -> Vec<Join<'s>> {
        let scene = &self.sentence.scene;
        let (source, target) = (
            &self.sentence.found[source].words,
            &self.sentence.found[target].words,
        );
        let grammar = scene.grammar();
        let joining = scene.found().iter().filter(|found| {
            let is_so = found.comes_from(grammar, source) && found.goes_to(grammar, target);
            // Of a symmetric frame the source is who stands in its place, or first.
            let turned = found.symmetric
                && found.comes_from(grammar, target)
                && found.goes_to(grammar, source)
                && (found.starts_with(grammar, target) && !found.starts_with(grammar, source)
                    || found.sources == found.targets && target.start < source.start);
            is_so && !turned
        });
        let joins = joining.filter_map(|found| self.join(found));
        joins
            .filter(|join| !takes_anyone(join.frame) || self.is_nearest(join, target))
            .collect()
    }

    /// Of those who are named somewhere in what hangs on the head, the nearest is meant, and who is
    /// joined to it.
    fn is_nearest(&self, join: &Join<'_>, target: &Words) -> bool {
        let (scene, found) = (&self.sentence.scene, &self.sentence.found);
        let grammar = scene.grammar();
        let inside = |at: &usize| {
            let words = &found[*at].words;
            words.start > join.found.head
                && join.found.goes_to(grammar, words)
                && !join.found.starts_with(grammar, words)
        };
        let all: Vec<usize> = (0..found.len()).filter(inside).collect();
        let Some(first) = all.first().copied() else {
            return true;
        };
        let is_meant = |at: usize| found[at].words == *target;
        is_meant(first)
            || all
                .iter()
                .any(|at| is_meant(*at) && self.sentence.are_joined(first, *at))
    }

    fn framed(
        &self,
        join: Join<'_>,
        kind: PloverType,
        (source, target): (usize, usize),
        scores: &Scores,
    ) -> Act {
        let (scene, found) = (&self.sentence.scene, &self.sentence.found);
        Act {
            source,
            target,
            kind,
            cameo: join.frame.cameo,
            label: join.frame.label.to_owned(),
            symmetric: join.frame.symmetric,
            head: join.found.head,
            frame: Some(join.found.frame),
            mood: mood(scene.grammar(), scene.frames(), join.found.head),
            scores: *scores,
            confidence: 0.0,
            is_back: found[source].words.start > found[target].words.start,
        }
    }

    /// An act that no frame tells: the code is that of a frame of the word that joins the pair, or
    /// the most general one.
    fn bare(&self, kind: PloverType, (source, target): (usize, usize), scores: &Scores) -> Act {
        let scene = &self.sentence.scene;
        let found = &self.sentence.found;
        let heads = scene.heads_between(source, target);
        let frames = scene.frames();
        let of_head = |head: &usize| {
            let lemma = scene.grammar().lemma(*head);
            let known = frames.with_head(lemma).iter();
            let of_kind = known.filter_map(|index| frames.get(*index));
            of_kind
                .filter(|frame| frame.cameo.entry().plover == Some(kind) && !asks_for_words(frame))
                .min_by_key(|frame| frame.weight())
                .map(|frame| (*head, frame))
        };
        let named = heads.iter().find_map(of_head);
        let cameo = match named {
            Some((_, frame)) => frame.cameo,
            None => general_code(kind),
        };
        let head = named.map(|(head, _)| head).or(heads.first().copied());
        let head = head.unwrap_or(found[target].words.start);
        Act {
            source,
            target,
            kind,
            cameo,
            label: named.map_or_else(
                || cameo.entry().verb.clone(),
                |(_, frame)| frame.label.to_owned(),
            ),
            symmetric: named.is_some_and(|(_, frame)| frame.symmetric)
                || matches!(cameo.as_str(), "040" | "041" | "044" | "046" | "057"),
            head,
            frame: None,
            mood: mood(scene.grammar(), scene.frames(), head),
            scores: *scores,
            confidence: 0.0,
            is_back: found[source].words.start > found[target].words.start,
        }
    }
}

/// Says whether a frame means what it means only with other words beside its head.
fn asks_for_words(frame: &Frame) -> bool {
    let steps = &frame.pattern.steps;
    let is_word = |step: &Step| matches!(step, Step::Word(_) | Step::Infinitive);
    !frame.conditions.with.is_empty() || steps.iter().any(is_word)
}

/// Says whether the target of a frame may stand anywhere behind its head.
fn takes_anyone(frame: &Frame) -> bool {
    let steps = frame.pattern.steps.iter();
    steps
        .into_iter()
        .any(|step| matches!(step, Step::Slot(Slot::Target, Place::Inside)))
}

/// The frame of a type that says most: it asks for most, and its code is no general one; of several
/// alike the first.
fn best_of<'s>(joins: &[Join<'s>], kind: PloverType) -> Option<Join<'s>> {
    let mut best: Option<(usize, Join<'s>)> = None;
    for join in joins {
        let is_general = join.frame.cameo.as_str().ends_with('0');
        let says = join.frame.weight() + if is_general { 0 } else { PARTICULAR };
        let fits = join.frame.cameo.entry().plover == Some(kind);
        if fits && best.is_none_or(|(most, _)| says > most) {
            best = Some((says, *join));
        }
    }
    best.map(|(_, join)| join)
}

/// The likeliest type, and whether its likelier direction is back.
fn likeliest(scores: &Scores) -> (PloverType, bool) {
    let mut best = (PloverType::ALL[0], false, -1.0);
    for (at, kind) in PloverType::ALL.iter().enumerate() {
        let share = scores.forth[at] + scores.back[at];
        if share > best.2 {
            best = (*kind, scores.back[at] > scores.forth[at], share);
        }
    }
    (best.0, best.1)
}

fn may_deal(one: &Found, other: &Found) -> bool {
    // "Oslo said that both sides": who is one of both does not deal with both.
    let is_of_other = |actor: &MentionedActor| other.actors.iter().any(|of| of.id == actor.id);
    let is_part = |part: &Found, whole: &Found| {
        part.actors.len() < whole.actors.len() && whole.form != MentionForm::Name
    };
    if (is_part(one, other) || is_part(other, one)) && one.actors.iter().any(is_of_other) {
        return false;
    }
    let pairs = |first: &MentionedActor| other.actors.iter().any(|second| is_pair(first, second));
    one.actors.iter().any(pairs)
}
