//! The features of two actors of a sentence.

use crate::lexicon::{FieldIndex, Frame, FrameIndex};
use crate::model::PloverType;
use crate::predicate::{FrameMatch, Words};
use crate::relation::feature::{FeatureName, Names, Numbers, PairFeatures, Sink};
use crate::relation::operator::operators;
use crate::relation::scene::{BagWord, RelationScene, bit_of, types_of};
use crate::text::Upos;

/// So far up the tree the path between two actors is followed.
const PATH_MAX: usize = 12;

/// Words farther than this from the pair are far.
const FAR: usize = 10;

impl RelationScene<'_> {
    /// Returns the features of two actors, given by their places in [`Self::actors`].
    ///
    /// # Panics
    /// If there is no such actor.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> PairFeatures {
        let list = |write: &dyn Fn(&mut Numbers)| {
            let mut numbers = Numbers::default();
            write(&mut numbers);
            numbers.finish()
        };
        let (first, second) = (&self.actors[first], &self.actors[second]);
        let pair = Pair::new(self, &first.words, &second.words);
        PairFeatures {
            shared: list(&|sink| pair.shared(sink)),
            forth: list(&|sink| pair.roles(&first.words, &second.words, sink)),
            back: list(&|sink| pair.roles(&second.words, &first.words, sink)),
        }
    }

    /// Returns the names of the features with which one actor is the source and another the target.
    ///
    /// # Panics
    /// If there is no such actor.
    #[must_use]
    pub fn names(&self, source: usize, target: usize) -> Vec<FeatureName> {
        let mut names = Names::default();
        let (source, target) = (&self.actors[source].words, &self.actors[target].words);
        let pair = Pair::new(self, source, target);
        pair.shared(&mut names);
        pair.roles(source, target, &mut names);
        names.0.sort_unstable();
        names.0.dedup();
        names.0
    }
}

impl RelationScene<'_> {
    /// The word of a span that the others hang on.
    pub(crate) fn top(&self, words: &Words) -> Option<usize> {
        let outside = |at: &usize| {
            self.grammar
                .head(*at)
                .is_none_or(|head| !words.contains(&head))
        };
        words.clone().find(outside)
    }

    fn ancestors(&self, words: &Words) -> Vec<usize> {
        let mut all: Vec<usize> = self.top(words).into_iter().collect();
        while let Some(head) = all.last().and_then(|at| self.grammar.head(*at)) {
            if all.len() > PATH_MAX || all.contains(&head) {
                break;
            }
            all.push(head);
        }
        all
    }

    /// The words on the way through the tree from one span to another, without the spans' own: from
    /// where the ways meet down to the second, then down to the first.
    pub(crate) fn way_between(&self, one: &Words, other: &Words) -> Vec<usize> {
        let (up, down) = (self.ancestors(one), self.ancestors(other));
        let Some(meeting) = up.iter().find(|at| down.contains(at)).copied() else {
            return Vec::new();
        };
        let before = |list: &[usize]| -> Vec<usize> {
            let list = list.iter().copied().take_while(|at| *at != meeting).skip(1);
            list.collect()
        };
        let mut way = before(&down);
        way.push(meeting);
        way.reverse();
        way.extend(before(&up));
        way.retain(|at| !one.contains(at) && !other.contains(at));
        way
    }
}

/// Two actors in their sentence.
struct Pair<'a, 'b> {
    scene: &'a RelationScene<'b>,
    /// The one that stands first, and the other.
    early: Words,
    late: Words,
    /// The words outside both.
    outside: Vec<&'a BagWord>,
}

impl<'a, 'b> Pair<'a, 'b> {
    fn new(scene: &'a RelationScene<'b>, one: &Words, other: &Words) -> Self {
        let (early, late) = if (one.start, one.end) <= (other.start, other.end) {
            (one.clone(), other.clone())
        } else {
            (other.clone(), one.clone())
        };
        let outside = scene
            .words
            .iter()
            .filter(|word| !early.contains(&word.at) && !late.contains(&word.at))
            .collect();
        Self {
            scene,
            early,
            late,
            outside,
        }
    }

    /// The words around the pair, whoever is the source; those far from it by kinds of their own.
    fn shared(&self, sink: &mut dyn Sink) {
        for (at, word) in self.outside.iter().enumerate() {
            let is_far = word.at + FAR < self.early.start || word.at > self.late.end + FAR;
            let (one, two, of_field) = if is_far {
                ("far", "far far", "~ far")
            } else {
                ("w", "ww", "~")
            };
            sink.put(one, &[&word.key]);
            if let Some(next) = self.outside.get(at + 1) {
                sink.put(two, &[&word.key, &next.key]);
            }
            let region = if is_far { "far" } else { self.region(word.at) };
            for field in &word.fields {
                sink.put(of_field, &[self.field(*field)]);
                sink.put("~ in", &[region, self.field(*field)]);
            }
            for kind in types_in(word.types) {
                sink.put("* head", &[region, kind.name()]);
            }
        }
        let between = self.outside.iter();
        let between = between.filter(|word| self.region(word.at) == "between");
        sink.put("gap", &[bucket(between.clone().count())]);
        let others = self.scene.actors.iter().filter(|actor| {
            actor.words.start >= self.early.end && actor.words.end <= self.late.start
        });
        sink.put("actors between", &[bucket(others.count())]);
    }

    fn region(&self, at: usize) -> &'static str {
        if at < self.early.start {
            "before"
        } else if at < self.late.start {
            "between"
        } else {
            "behind"
        }
    }

    /// What depends on who is the source.
    fn roles(&self, source: &Words, target: &Words, sink: &mut dyn Sink) {
        let order = if source.start <= target.start {
            ">"
        } else {
            "<"
        };
        sink.put("order", &[order]);
        let mut last: Option<&BagWord> = None;
        for word in &self.outside {
            if self.region(word.at) == "between" {
                sink.put("b", &[order, &word.key]);
                for field in &word.fields {
                    sink.put("~ b", &[order, self.field(*field)]);
                }
                if let Some(last) = last {
                    sink.put("bb", &[order, &last.key, &word.key]);
                }
                last = Some(word);
            }
        }
        for (name, words) in [("S", source), ("T", target)] {
            self.neighbours(name, words, sink);
            self.inside(name, words, sink);
            self.place_in_tree(name, words, sink);
        }
        self.path(source, target, sink);
        self.frames(source, target, order, sink);
        self.governing("governs", source, target, sink);
        self.governing("governs turned", target, source, sink);
    }

    /// The words right before and behind one actor, and the verbs next to it.
    fn neighbours(&self, name: &str, words: &Words, sink: &mut dyn Sink) {
        let after = self.outside.partition_point(|word| word.at < words.end);
        let key = |at: Option<usize>| {
            at.and_then(|at| self.outside.get(at))
                .map_or("-", |word| word.key.as_str())
        };
        let (next, second) = (key(Some(after)), key(Some(after + 1)));
        let (last, before) = (key(after.checked_sub(1)), key(after.checked_sub(2)));
        sink.put("+1", &[name, next]);
        sink.put("+12", &[name, next, second]);
        sink.put("-1", &[name, last]);
        sink.put("-21", &[name, before, last]);
        let near = [
            ("~ +1", Some(after)),
            ("~ +2", Some(after + 1)),
            ("~ -1", after.checked_sub(1)),
            ("~ -2", after.checked_sub(2)),
        ];
        for (kind, at) in near {
            let word = at.and_then(|at| self.outside.get(at));
            for field in word.map_or(&[][..], |word| &word.fields) {
                sink.put(kind, &[name, self.field(*field)]);
            }
        }
        let is_verb = |word: &&&BagWord| word.upos == Upos::Verb;
        if let Some(verb) = self.outside[after..].iter().find(is_verb) {
            sink.put("+v", &[name, &verb.key]);
        }
        if let Some(verb) = self.outside[..after].iter().rev().find(is_verb) {
            sink.put("-v", &[name, &verb.key]);
        }
    }

    fn field(&self, field: FieldIndex) -> &'static str {
        self.scene.fields.name(field)
    }

    fn fields_of(&self, at: usize) -> &[FieldIndex] {
        let words = &self.scene.words;
        let known = words.binary_search_by_key(&at, |word| word.at).ok();
        known.map_or(&[], |known| &words[known].fields)
    }

    /// What an actor is called, apart from names.
    fn inside(&self, name: &str, words: &Words, sink: &mut dyn Sink) {
        let grammar = &self.scene.grammar;
        for at in words.clone() {
            match grammar.upos(at) {
                Some(Upos::Propn) => sink.put("named", &[name]),
                Some(Upos::Noun | Upos::Adj) => sink.put("is", &[name, grammar.lemma(at)]),
                Some(Upos::Pron) => sink.put("pronoun", &[name]),
                _ => {}
            }
        }
        let here = |actor: &&crate::relation::SceneActor| {
            actor.words.start < words.end && words.start < actor.words.end
        };
        let sectors = self.scene.actors.iter().filter(here);
        for sector in sectors.filter_map(|actor| actor.sector) {
            sink.put("* sector", &[name, sector.name()]);
        }
    }

    /// The word that an actor hangs on, and how.
    fn place_in_tree(&self, name: &str, words: &Words, sink: &mut dyn Sink) {
        let grammar = &self.scene.grammar;
        let Some(top) = self.scene.top(words) else {
            return;
        };
        let label = grammar.label(top);
        let head = grammar.head(top).map_or("-", |head| grammar.lemma(head));
        sink.put("label", &[name, label]);
        sink.put("on", &[name, label, head]);
        let case = grammar
            .children(top)
            .iter()
            .find(|child| grammar.label(**child) == "case" && **child < words.start.max(top));
        if let Some(case) = case {
            sink.put("case", &[name, grammar.folded(*case)]);
            sink.put("case on", &[name, grammar.folded(*case), head]);
        }
        for (verb, fillers) in &self.scene.subjects {
            if fillers.iter().any(|filler| words.contains(filler)) {
                sink.put("does", &[name, grammar.lemma(*verb)]);
                for field in self.fields_of(*verb) {
                    sink.put("~ does", &[name, self.field(*field)]);
                }
                for mark in operators(grammar, *verb).marks {
                    sink.put("does so", &[name, grammar.lemma(*verb), mark]);
                    sink.put("does how", &[name, mark]);
                }
            }
        }
    }

    /// The way through the tree from source to target.
    fn path(&self, source: &Words, target: &Words, sink: &mut dyn Sink) {
        let grammar = &self.scene.grammar;
        let (up, down) = (self.scene.ancestors(source), self.scene.ancestors(target));
        let meeting = up.iter().find(|at| down.contains(at)).copied();
        let Some(meeting) = meeting else {
            sink.put("no path", &[]);
            return;
        };
        let until = |list: &[usize]| list.iter().position(|at| *at == meeting).unwrap_or(0);
        let (up, down) = (&up[..until(&up)], &down[..until(&down)]);
        let labels = |list: &[usize]| {
            let labels: Vec<&str> = list.iter().map(|at| grammar.label(*at)).collect();
            labels.join("/")
        };
        let (rise, fall) = (labels(up), labels(down));
        let lemma = |at: usize| match grammar.upos(at) {
            Some(Upos::Propn) => "NAME",
            _ => grammar.lemma(at),
        };
        sink.put("path", &[&rise, &fall]);
        sink.put("meet", &[lemma(meeting)]);
        sink.put("meet path", &[&rise, lemma(meeting), &fall]);
        sink.put("length", &[bucket(up.len() + down.len())]);
        let mut types = 0;
        for (way, list) in [("up", up), ("down", down), ("top", &[meeting][..])] {
            let from = usize::from(way != "top");
            for at in list.iter().skip(from) {
                sink.put("on path", &[way, lemma(*at)]);
                for field in self.fields_of(*at) {
                    sink.put("~ on path", &[way, self.field(*field)]);
                }
                let frames = self.scene.frames;
                types |= types_of(frames, frames.with_head(grammar.lemma(*at)));
            }
        }
        for kind in types_in(types) {
            sink.put("* on path", &[kind.name()]);
        }
    }

    /// The frames that join the pair, or that one of it fills.
    fn frames(&self, source: &Words, target: &Words, order: &str, sink: &mut dyn Sink) {
        let grammar = &self.scene.grammar;
        let (mut joins, mut turned) = (Vec::new(), Vec::new());
        let (mut of_source, mut of_target) = (Vec::new(), Vec::new());
        for found in &self.scene.found {
            let list = match (
                found.comes_from(grammar, source),
                found.goes_to(grammar, target),
            ) {
                (true, true) => &mut joins,
                _ if found.comes_from(grammar, target) && found.goes_to(grammar, source) => {
                    &mut turned
                }
                (true, false) => &mut of_source,
                (false, true) => &mut of_target,
                (false, false) => continue,
            };
            list.push(found);
        }
        self.list("* joins", "* joins code", "* joins best", &joins, sink);
        self.list("* turned", "* turned code", "* turned best", &turned, sink);
        self.list("* from", "* from code", "* from best", &of_source, sink);
        self.list("* to", "* to code", "* to best", &of_target, sink);
        let best = best_type(self.scene, &joins);
        let other = best_type(self.scene, &of_source);
        sink.put("* joins and from", &[best, other]);
        sink.put("* joins in order", &[order, best]);
    }

    fn list(
        &self,
        of_type: &'static str,
        of_code: &'static str,
        of_best: &'static str,
        list: &[&FrameMatch],
        sink: &mut dyn Sink,
    ) {
        for (frame, found) in list
            .iter()
            .filter_map(|f| Some((self.scene.frames.get(f.frame)?, f)))
        {
            let kind = frame.cameo.entry().plover;
            let name = kind.map_or("none", PloverType::name);
            sink.put(of_type, &[name]);
            sink.put(of_code, &[frame.cameo.as_str()]);
            self.over(of_type, name, found.head, sink);
        }
        sink.put(of_best, &[best_type(self.scene, list)]);
    }

    /// What stands over the head of a frame: "will", "not", "demanded".
    fn over(&self, list: &str, kind: &str, head: usize, sink: &mut dyn Sink) {
        let over = operators(&self.scene.grammar, head);
        for mark in over.marks {
            sink.put("* over", &[list, mark, kind]);
        }
        if let Some(governor) = over.governor {
            let lemma = self.scene.grammar.lemma(governor);
            sink.put("under", &[list, lemma, kind]);
            let frames = self.scene.frames;
            for above in types_in(types_of(frames, frames.with_head(lemma))) {
                sink.put("* under", &[list, above.name(), kind]);
            }
        }
    }

    /// The words whose subject is one actor, and below which the other stands.
    fn governing(&self, what: &'static str, subject: &Words, below: &Words, sink: &mut dyn Sink) {
        let grammar = &self.scene.grammar;
        for verb in self.scene.governing(subject, below) {
            let lemma = grammar.lemma(verb);
            sink.put(what, &[lemma]);
            for field in self.fields_of(verb) {
                sink.put("~ governs", &[what, self.field(*field)]);
            }
            let frames = self.scene.frames;
            for kind in types_in(types_of(frames, frames.with_head(lemma))) {
                sink.put("* governs", &[what, kind.name()]);
            }
        }
    }
}

/// The type of the frame that asks for most, of several the first: `nothing` without any, `none` for a
/// comment.
fn best_type(scene: &RelationScene<'_>, list: &[&FrameMatch]) -> &'static str {
    let mut best: Option<(usize, FrameIndex)> = None;
    for found in list {
        let weight = scene.frames.get(found.frame).map_or(0, Frame::weight);
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, found.frame));
        }
    }
    let frame = best.and_then(|(_, index)| scene.frames.get(index));
    frame.map_or("nothing", |frame| {
        let kind = frame.cameo.entry().plover;
        kind.map_or("none", PloverType::name)
    })
}

fn types_in(bits: u32) -> impl Iterator<Item = PloverType> {
    let all = PloverType::ALL.iter().copied();
    all.filter(move |kind| bits & bit_of(*kind) != 0)
}

/// A number as one of a few sizes.
const fn bucket(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "3-4",
        5..=7 => "5-7",
        8..=12 => "8-12",
        13..=20 => "13-20",
        _ => "more",
    }
}
