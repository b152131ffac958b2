//! What speaks for and against an act that a sentence may tell.

use crate::coder::act::Act;
use crate::coder::mood::Mood;
use crate::coder::sentence::SentenceScene;
use crate::mention::MentionForm;
use crate::model::{PloverType, Status};
use crate::text::Upos;

/// Signs with their strengths: most are there (1) or not, some are numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence(Vec<(&'static str, f32)>);

impl Evidence {
    /// Gathers what is known of an act; `kinds` are the types of all candidates of its pair, with
    /// whether a frame names each.
    pub(crate) fn new(
        sentence: &SentenceScene<'_>,
        act: &Act,
        kinds: &[(PloverType, bool)],
    ) -> Self {
        let mut evidence = Self::default();
        evidence.of_model(act);
        evidence.of_frames(sentence, act, kinds);
        evidence.of_place(sentence, act);
        evidence.of_mood(act);
        let (of_type, bare) = KINDS[act.kind as usize];
        evidence.put(of_type, 1.0);
        if act.frame.is_none() {
            evidence.put(bare, 1.0);
            if act.kind == PloverType::Consult && act.source.abs_diff(act.target) > 1 {
                evidence.put("bare CONSULT over others", 1.0);
            }
        } else if act.kind == PloverType::Consult && act.source.abs_diff(act.target) > 1 {
            evidence.put("framed CONSULT over others", 1.0);
        }
        evidence
    }

    /// Returns the signs with their strengths.
    pub fn signs(&self) -> impl Iterator<Item = (&'static str, f32)> {
        self.0.iter().copied()
    }

    fn put(&mut self, sign: &'static str, strength: f32) {
        self.0.push((sign, strength));
    }

    fn of_model(&mut self, act: &Act) {
        let scores = &act.scores;
        let (share, none) = (act.share(), scores.none);
        let both = scores.forth[act.kind as usize] + scores.back[act.kind as usize];
        let is_framed = act.frame.is_some();
        let any = log_odds(1.0 - none);
        let own = log_odds(share / (share + none).max(1e-6));
        self.put("any act", any);
        self.put("type against none", own);
        self.put("type among all", log_odds(both));
        self.put("direction", log_odds(share / both.max(1e-6)));
        if is_framed {
            self.put("framed: any act", any);
            self.put("framed: type against none", own);
        }
    }

    fn of_frames(&mut self, sentence: &SentenceScene<'_>, act: &Act, kinds: &[(PloverType, bool)]) {
        let scene = &sentence.scene;
        let others = kinds
            .iter()
            .filter(|(kind, framed)| *kind != act.kind && *framed);
        let others = others.count();
        if others > 0 {
            self.put("other types framed", 1.0);
        }
        match act.frame.and_then(|index| scene.frames().get(index)) {
            Some(frame) => {
                self.put("framed", 1.0);
                self.put(
                    match frame.weight() {
                        0..=5 => "frame asks for little",
                        6..=9 => "frame asks for some",
                        _ => "frame asks for much",
                    },
                    1.0,
                );
                if others > 0 {
                    self.put("framed beside others", 1.0);
                }
            }
            None => {
                if others > 0 {
                    self.put("bare beside framed", 1.0);
                }
            }
        }
        let verb = scene.grammar().upos(act.head) == Some(Upos::Verb);
        self.put(
            if verb {
                "told by a verb"
            } else {
                "told by a noun"
            },
            1.0,
        );
    }

    fn of_place(&mut self, sentence: &SentenceScene<'_>, act: &Act) {
        let (scene, found) = (&sentence.scene, &sentence.found);
        let (source, target) = (&found[act.source], &found[act.target]);
        if act.source == act.target {
            self.put("one mention", 1.0);
            return;
        }
        if target.is_place {
            self.put("target is a place", 1.0);
        }
        if target.is_place && act.frame.is_none() {
            self.put("target is a place, and bare", 1.0);
        }
        if source.form == MentionForm::Pronoun {
            self.put("source is a pronoun", 1.0);
        }
        if target.form == MentionForm::Pronoun {
            self.put("target is a pronoun", 1.0);
        }
        if sentence.are_joined(act.source.min(act.target), act.source.max(act.target)) {
            self.put("side by side", 1.0);
            if act.frame.is_none() {
                self.put("side by side and bare", 1.0);
            }
        }
        for (words, sign, framed) in [
            (
                &source.words,
                "source below a noun",
                "source below a noun, framed",
            ),
            (
                &target.words,
                "target below a noun",
                "target below a noun, framed",
            ),
        ] {
            if scene.is_below_noun(words, act.head) {
                self.put(sign, 1.0);
                if act.frame.is_some() {
                    self.put(framed, 1.0);
                }
            }
        }
        self.of_grammar(sentence, act);
    }

    /// How source, target and the word hang together.
    fn of_grammar(&mut self, sentence: &SentenceScene<'_>, act: &Act) {
        let (scene, found) = (&sentence.scene, &sentence.found);
        let grammar = scene.grammar();
        let (source, target) = (&found[act.source], &found[act.target]);
        let between = act.source.abs_diff(act.target) - 1;
        self.put(
            match between {
                0 => "next to one another",
                1 => "one actor between",
                2 => "two actors between",
                _ => "many actors between",
            },
            1.0,
        );
        let reaches = |steps: usize| {
            target
                .words
                .clone()
                .any(|at| grammar.hangs_on(at, act.head, steps))
        };
        self.put(
            if reaches(2) {
                "target near the word"
            } else if reaches(4) {
                "target below the word"
            } else {
                "target away from the word"
            },
            1.0,
        );
        let clause = grammar.clause_of(act.head);
        let is_apart = |words: &crate::predicate::Words| {
            words
                .clone()
                .next_back()
                .is_some_and(|at| grammar.clause_of(at) != clause)
        };
        if is_apart(&target.words) {
            self.put("target in another clause", 1.0);
            if act.frame.is_some() {
                self.put("target in another clause, framed", 1.0);
            }
        }
        if is_apart(&source.words) {
            self.put("source in another clause", 1.0);
        }
        let is_subject = scene.has_subject(act.head, &source.words);
        self.put(
            if is_subject {
                "source is the subject"
            } else {
                "source is no subject"
            },
            1.0,
        );
        if act.frame.is_none() && is_subject && reaches(3) {
            self.put("bare, but subject and target", 1.0);
        }
    }

    fn of_mood(&mut self, act: &Act) {
        self.put(
            match act.mood {
                Mood::Plain => "mood plain",
                Mood::Wanted => "mood wanted",
                Mood::Status(Status::Planned) => "mood planned",
                Mood::Status(Status::Hypothetical) => "mood hypothetical",
                Mood::Status(Status::Denied) => "mood denied",
                Mood::Status(Status::Alleged) => "mood alleged",
                Mood::Status(Status::Actual) => "mood actual",
            },
            1.0,
        );
        if act.mood == Mood::Wanted && act.frame.is_some() {
            self.put("wanted and framed", 1.0);
        }
    }
}

/// The log of the odds of a share, between -6 and 6.
fn log_odds(share: f32) -> f32 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    (share / (1.0 - share)).ln().clamp(-6.0, 6.0)
}

/// The signs of types, and those of types that no frame tells; in the order of [`PloverType::ALL`].
const KINDS: [(&str, &str); PloverType::ALL.len()] = [
    ("type AGREE", "bare AGREE"),
    ("type CONSULT", "bare CONSULT"),
    ("type SUPPORT", "bare SUPPORT"),
    ("type CONCEDE", "bare CONCEDE"),
    ("type COOPERATE", "bare COOPERATE"),
    ("type AID", "bare AID"),
    ("type RETREAT", "bare RETREAT"),
    ("type REQUEST", "bare REQUEST"),
    ("type ACCUSE", "bare ACCUSE"),
    ("type REJECT", "bare REJECT"),
    ("type THREATEN", "bare THREATEN"),
    ("type PROTEST", "bare PROTEST"),
    ("type SANCTION", "bare SANCTION"),
    ("type MOBILIZE", "bare MOBILIZE"),
    ("type COERCE", "bare COERCE"),
    ("type ASSAULT", "bare ASSAULT"),
];
