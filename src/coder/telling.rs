//! Turns the acts of a sentence into tellings: participants, status, date, place, reporter.

use crate::coder::CODER_VERSION;
use crate::coder::act::{Act, is_pair, is_state};
use crate::coder::assembly::Telling;
use crate::coder::dating;
use crate::coder::occasion::occasion;
use crate::coder::reporting::reporting;
use crate::coder::sentence::{Found, SentenceScene};
use crate::coder::topic::{actors_of, contexts, topics};
use crate::lexicon::Lexicon;
use crate::mention::MentionedActor;
use crate::model::{
    Article, Confidence, Day, Fingerprint, Mention, MentionId, MentionSpans, Place, Status,
};
use crate::predicate::Words;

/// Turns the acts of one sentence into tellings.
pub(crate) struct Teller<'s, 'a> {
    pub(crate) article: &'s Article,
    pub(crate) sentence: &'s SentenceScene<'a>,
    pub(crate) lexicon: &'s Lexicon,
    pub(crate) scene_day: Option<Day>,
}

/// An act with its status.
pub(crate) struct Decided {
    pub(crate) act: Act,
    pub(crate) status: Status,
}

impl Teller<'_, '_> {
    /// Gives acts their status, and leaves out what two mentions of one actor tell twice.
    pub(crate) fn decide(&self, acts: Vec<Act>) -> Vec<Decided> {
        let decide = |act: Act| Decided {
            status: act.status(),
            act,
        };
        let mut all: Vec<Decided> = acts.into_iter().map(decide).collect();
        self.drop_repeated(&mut all);
        all
    }

    /// Of two acts of one kind between the same two, told by two mentions of one of them, the surer
    /// holds.
    fn drop_repeated(&self, all: &mut Vec<Decided>) {
        let ids = |at: usize| -> Vec<&str> {
            let actors = self.sentence.found[at].actors.iter();
            actors.map(|actor| actor.id.as_str()).collect()
        };
        let same = |one: &Act, other: &Act| {
            let straight =
                ids(one.source) == ids(other.source) && ids(one.target) == ids(other.target);
            let turned =
                ids(one.source) == ids(other.target) && ids(one.target) == ids(other.source);
            one.kind == other.kind && (straight || turned && (one.symmetric || other.symmetric))
        };
        // "Macron invited Modi to Paris": not France too.
        let stands_behind = |state: usize, person: usize| {
            let (states, persons) = (
                &self.sentence.found[state].actors,
                &self.sentence.found[person].actors,
            );
            state != person
                && states.iter().all(|state| {
                    is_state(state)
                        && persons
                            .iter()
                            .any(|person| person.is_of_one_government(state))
                })
                && persons.iter().all(|person| !is_state(person))
        };
        let shadows: Vec<bool> = all
            .iter()
            .map(|one| {
                all.iter().any(|other| {
                    let (one, other) = (&one.act, &other.act);
                    one.kind == other.kind
                        && (one.target == other.target && stands_behind(one.source, other.source)
                            || one.source == other.source
                                && stands_behind(one.target, other.target))
                })
            })
            .collect();
        let mut shadows = shadows.into_iter();
        all.retain(|_| !shadows.next().unwrap_or(false));
        let mut kept: Vec<usize> = Vec::new();
        for at in 0..all.len() {
            let known = kept
                .iter()
                .position(|known| same(&all[*known].act, &all[at].act));
            match known {
                Some(place) => {
                    let is_surer = |one: &Decided| (one.act.frame.is_some(), one.act.confidence);
                    if is_surer(&all[at]) > is_surer(&all[kept[place]]) {
                        kept[place] = at;
                    }
                }
                None => kept.push(at),
            }
        }
        let mut at = 0;
        all.retain(|_| {
            at += 1;
            kept.contains(&(at - 1))
        });
    }

    /// Tells the acts, those of several on one footing together.
    pub(crate) fn tell(&self, acts: &[Decided], tellings: &mut Vec<Telling>) {
        let mut told = vec![false; acts.len()];
        for at in 0..acts.len() {
            if told[at] {
                continue;
            }
            told[at] = true;
            let one = &acts[at];
            let mut joint = vec![at];
            if is_shared(&one.act) {
                for (other, decided) in acts.iter().enumerate().skip(at + 1) {
                    let fits = is_shared(&decided.act)
                        && decided.act.head == one.act.head
                        && decided.act.cameo == one.act.cameo
                        && decided.status == one.status;
                    if fits && !told[other] {
                        told[other] = true;
                        joint.push(other);
                    }
                }
            }
            let joint: Vec<&Decided> = joint.into_iter().map(|at| &acts[at]).collect();
            self.tell_joint(&joint, tellings);
        }
    }

    fn tell_joint(&self, joint: &[&Decided], tellings: &mut Vec<Telling>) {
        let Some(first) = joint.first() else {
            return;
        };
        let mut all: Vec<usize> = joint
            .iter()
            .flat_map(|one| [one.act.source, one.act.target])
            .collect();
        all.sort_unstable();
        all.dedup();
        let actors = |at: usize| self.sentence.found[at].actors.clone();
        let spread = |list: &[usize]| -> Vec<MentionedActor> {
            let mut each: Vec<MentionedActor> = Vec::new();
            for actor in list.iter().flat_map(|at| actors(*at)) {
                if !each.iter().any(|known| known.id == actor.id) {
                    each.push(actor);
                }
            }
            each
        };
        let pairs = all.len() * (all.len().saturating_sub(1)) / 2;
        let is_round = joint.len() >= pairs && all.len() != 2;
        if is_round {
            // Everyone with everyone: one happening on one footing.
            match spread(&all).as_slice() {
                [] | [_] => {}
                [one, other] => {
                    self.push(first, (vec![one.clone()], vec![other.clone()]), tellings);
                }
                several => self.push(first, (several.to_vec(), Vec::new()), tellings),
            }
            return;
        }
        let source = first.act.source;
        if joint.len() > 1 && joint.iter().all(|one| one.act.source == source) {
            let targets: Vec<usize> = joint.iter().map(|one| one.act.target).collect();
            for actor in actors(source) {
                let mut others = spread(&targets);
                others.retain(|other| is_pair(&actor, other));
                self.push(first, (vec![actor], others), tellings);
            }
            return;
        }
        for one in joint {
            self.tell_pair(one, tellings);
        }
    }

    /// Tells an act of two mentions, each of which may name several.
    fn tell_pair(&self, one: &Decided, tellings: &mut Vec<Telling>) {
        let (source, target) = (
            &self.sentence.found[one.act.source],
            &self.sentence.found[one.act.target],
        );
        for actor in &source.actors {
            let others = target.actors.iter().filter(|other| is_pair(actor, other));
            let others: Vec<MentionedActor> = others.cloned().collect();
            let size = if is_shared(&one.act) {
                others.len().max(1)
            } else {
                1
            };
            for some in others.chunks(size) {
                self.push(one, (vec![actor.clone()], some.to_vec()), tellings);
            }
        }
    }

    fn push(
        &self,
        one: &Decided,
        (sources, targets): (Vec<MentionedActor>, Vec<MentionedActor>),
        tellings: &mut Vec<Telling>,
    ) {
        if sources.len() + targets.len() < 2 {
            return;
        }
        let (act, sentence) = (&one.act, self.sentence);
        let dated = dating::date(
            sentence,
            act,
            one.status,
            self.article.published,
            self.scene_day,
        );
        let spans = MentionSpans {
            sentence: sentence.span,
            source: Some(sentence.found[act.source].span),
            predicate: sentence.bytes(&(act.head..act.head + 1)),
            target: Some(sentence.found[act.target].span),
        };
        let text = &self.article.text;
        let reporting = reporting(text, sentence, &self.lexicon.agencies, act);
        let topics = topics(sentence, act);
        let in_words = |words: &Words| sentence.bytes(words).of(text).map(str::to_owned);
        let grammar = sentence.scene.grammar();
        let id = Mention::make_id(self.article.id, sentence.index, &spans, act.cameo);
        tellings.push(Telling {
            cameo: act.cameo,
            label: act.label.clone(),
            symmetric: act.symmetric,
            mention: Mention {
                id: told_apart(id, tellings),
                article: self.article.id,
                sentence: sentence.index,
                spans,
                status: one.status,
                confidence: Confidence::from_share(act.confidence),
                reported_by: reporting.reported_by,
                origin: reporting.origin,
                occasion: occasion(grammar, act),
                coder_version: CODER_VERSION.to_owned(),
                dictionary_version: self.lexicon.version().as_str().to_owned(),
            },
            sources,
            targets,
            date: dated.date,
            is_background: dated.is_background,
            place: self.place(act),
            contexts: contexts(grammar, &self.lexicon.contexts, act, &topics),
            about: topics.iter().filter_map(in_words).collect(),
            third: actors_of(sentence, act, &topics)
                .flat_map(|found| found.actors.clone())
                .collect(),
        });
    }

    fn words_of(&self, found: &Found) -> Option<String> {
        let text = found.span.of(&self.article.text)?;
        Some(text.to_owned())
    }

    /// The first place named after the predicate, else the first of the sentence.
    fn place(&self, act: &Act) -> Option<Place> {
        // Calls and letters are nowhere.
        if matches!(act.cameo.as_str(), "040" | "041") {
            return None;
        }
        let places = || self.sentence.found.iter().filter(|found| found.is_place);
        let place = places()
            .find(|found| found.words.start > act.head)
            .or_else(|| places().next())?;
        Some(Place {
            name: self.words_of(place)?,
            country: place.actors.first().and_then(|actor| actor.country),
        })
    }
}

/// Calls and other contacts at a distance are separate; a meeting with several is one.
fn is_shared(act: &Act) -> bool {
    act.symmetric && !matches!(act.cameo.as_str(), "040" | "041")
}

/// Several dyads of one predicate share its spans: they are numbered. WHY NOT by their actors: who is
/// meant changes with the dictionaries, and ids must not.
fn told_apart(id: MentionId, tellings: &[Telling]) -> MentionId {
    let numbered = |number: usize| {
        if number == 0 {
            return id;
        }
        let dyad = Fingerprint::new("dyad").field(id.as_bytes());
        MentionId::from_fingerprint(dyad.field(&(number as u64).to_be_bytes()))
    };
    let is_free = |id: &MentionId| tellings.iter().all(|telling| telling.mention.id != *id);
    // One number more than there are tellings is free.
    let mut ids = (0..=tellings.len()).map(numbered);
    ids.find(is_free).unwrap_or(id)
}
