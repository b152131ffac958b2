//! Scenes of sentences and of marked pairs.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::{Frames, Lexicon, WordFields};
use crate::mention::{ActorMention, MentionFinder, Passage, Usage};
use crate::model::{Byte, MarkedPair, Sector, Span};
use crate::predicate::{Grammar, Words};
use crate::relation::scene::{RelationScene, SceneActor};
use crate::text::{Analyser, ParsedSentence, ParsedToken, Tag, Upos};

/// Makes scenes with one set of dictionaries.
#[derive(Debug)]
pub struct SceneReader<'a> {
    analyser: &'a Analyser,
    frames: &'a Frames,
    fields: &'a WordFields,
    /// What single words say of a sector: "rebels", "police".
    roles: HashMap<&'a str, Sector>,
}

impl<'a> SceneReader<'a> {
    /// Makes a reader.
    #[must_use]
    pub fn new(
        lexicon: &'a Lexicon,
        analyser: &'a Analyser,
        (frames, fields): (&'a Frames, &'a WordFields),
    ) -> Self {
        let mut roles = HashMap::new();
        for role in &lexicon.roles {
            roles.entry(&*role.phrase).or_insert(role.sector);
        }
        Self {
            analyser,
            frames,
            fields,
            roles,
        }
    }

    /// Makes the scene of a sentence with the words of some actors and the sectors that are known
    /// of them. Time: linear in the number of words and of frames that their lemmas carry.
    #[must_use]
    pub fn scene(
        &self,
        text: &str,
        sentence: &ParsedSentence<'a>,
        actors: Vec<SceneActor>,
    ) -> RelationScene<'a> {
        let forms: Vec<&str> = words_of(text, sentence).collect();
        self.scene_of(&forms, &sentence.tokens, actors)
    }

    fn scene_of(
        &self,
        forms: &[&str],
        tokens: &[ParsedToken<'a>],
        mut actors: Vec<SceneActor>,
    ) -> RelationScene<'a> {
        let tokens = mend(forms, tokens, &actors);
        let grammar = Grammar::new(self.analyser, forms, &tokens);
        for actor in actors.iter_mut().filter(|actor| actor.sector.is_none()) {
            actor.sector = actor.words.clone().find_map(|at| self.role(&grammar, at));
        }
        let known: Vec<SceneActor> = actors.clone();
        let sector = |grammar: &Grammar<'_>, at: usize| {
            let here = known.iter().filter(|actor| actor.words.contains(&at));
            let mut sectors = here.filter_map(|actor| actor.sector);
            sectors.next().or_else(|| self.role(grammar, at))
        };
        RelationScene::new((self.frames, self.fields), grammar, actors, sector)
    }

    fn role(&self, grammar: &Grammar<'_>, at: usize) -> Option<Sector> {
        let known = self.roles.get(grammar.lemma(at));
        known
            .or_else(|| self.roles.get(grammar.folded(at)))
            .copied()
    }

    /// Makes the scene of a marked pair: the sentence that has both, or those from the one to the
    /// other as if they were one. Source and target are the first two actors; the others that are
    /// mentioned there follow.
    #[must_use]
    pub fn marked(&self, finder: &MentionFinder<'_>, pair: &MarkedPair) -> RelationScene<'a> {
        let sentences = self.analyser.parse_text(&pair.text);
        let passage = Passage {
            title: None,
            text: &pair.text,
            published: None,
        };
        let mentions = finder.find_parsed(&passage, &[], &sentences).mentions;
        let holds = |sentence: &ParsedSentence<'_>| {
            let overlaps = |span: &Span<Byte>| {
                span.start() < sentence.span.end() && sentence.span.start() < span.end()
            };
            overlaps(&pair.source) || overlaps(&pair.target)
        };
        let first = sentences.iter().position(holds).unwrap_or(0);
        let end = sentences.iter().rposition(holds).map_or(0, |last| last + 1);
        let (mut forms, mut tokens, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for sentence in &sentences[first..end] {
            let offset = forms.len();
            forms.extend(words_of(&pair.text, sentence));
            places.extend_from_slice(&sentence.words);
            tokens.extend(sentence.tokens.iter().map(|token| ParsedToken {
                head: token.head.map(|head| head + offset),
                ..*token
            }));
        }
        let actors = marked_actors(pair, &places, &mentions);
        self.scene_of(&forms, &tokens, actors)
    }
}

fn marked_actors(
    pair: &MarkedPair,
    places: &[Span<Byte>],
    mentions: &[ActorMention],
) -> Vec<SceneActor> {
    let sector_in = |span: Span<Byte>| {
        let within = |mention: &&ActorMention| {
            span.start() <= mention.span.start() && mention.span.end() <= span.end()
                || mention.span.start() <= span.start() && span.end() <= mention.span.end()
        };
        let mut known = mentions.iter().filter(within);
        known.find_map(|mention| mention.actors.first()?.sector)
    };
    let marked = [pair.source, pair.target];
    let mut actors: Vec<SceneActor> = marked
        .iter()
        .map(|span| SceneActor {
            words: words_within(places, *span),
            sector: sector_in(*span),
        })
        .collect();
    for mention in mentions {
        let words = words_within(places, mention.span);
        let apart =
            |actor: &SceneActor| actor.words.end <= words.start || words.end <= actor.words.start;
        let is_used = matches!(mention.usage, Usage::Actor | Usage::Place);
        if is_used && !words.is_empty() && actors.iter().all(apart) {
            actors.push(SceneActor {
                words,
                sector: mention.actors.first().and_then(|actor| actor.sector),
            });
        }
    }
    actors
}

/// The tag of a name.
static NAME: LazyLock<Tag> = LazyLock::new(|| Tag {
    upos: Upos::Propn,
    xpos: "NNP".to_owned(),
});

/// Mends what the parser made of short names that it does not know: "Putin called", "Hamas attacked".
///
/// Where an actor opens a clause right before a finite verb without a subject, it is the subject;
/// right behind a verb it is no predicate but the object.
fn mend<'a>(
    forms: &[&str],
    tokens: &[ParsedToken<'a>],
    actors: &[SceneActor],
) -> Vec<ParsedToken<'a>> {
    const STRAY: &[&str] = &[
        "obl:unmarked",
        "obl",
        "aux",
        "aux:pass",
        "cop",
        "appos",
        "vocative",
        "dep",
        "discourse",
        "parataxis",
        "obl:tmod",
        "compound",
        "advmod",
    ];
    let mut mended = tokens.to_vec();
    mend_amid(forms, &mut mended);
    for words in actors.iter().map(|actor| &actor.words) {
        let outside = |at: &usize| mended[*at].head.is_none_or(|head| !words.contains(&head));
        let Some(top) = words.clone().find(outside) else {
            continue;
        };
        let has_subject = |verb: usize| {
            let subjects = ["nsubj", "nsubj:pass"];
            let own = |token: &ParsedToken<'_>| {
                token.head == Some(verb) && subjects.contains(&token.label)
            };
            mended.iter().any(own)
        };
        let opens = words.start.checked_sub(1).is_none_or(|before| {
            matches!(
                mended[before].tag.upos,
                Upos::Punct | Upos::Cconj | Upos::Sconj
            )
        });
        let verb = words.end;
        let is_finite = mended
            .get(verb)
            .is_some_and(|token| match token.tag.xpos.as_str() {
                "VBD" | "VBZ" | "VBP" => true,
                // A past tense that was taken for a participle.
                "VBN" => token.head.is_none(),
                _ => false,
            });
        if opens && is_finite && STRAY.contains(&mended[top].label) && !has_subject(verb) {
            mended[top].label = "nsubj";
            mended[top].head = Some(verb);
            mended[top].tag = &NAME;
        } else if mended[top].label == "xcomp"
            && words.start > 0
            && mended[words.start - 1].tag.upos == Upos::Verb
        {
            mended[top].label = "obj";
        }
    }
    mended
}

/// The tag of a preposition.
static PREPOSITION: LazyLock<Tag> = LazyLock::new(|| Tag {
    upos: Upos::Adp,
    xpos: "IN".to_owned(),
});

/// "Talks with Chad amid protests": a preposition that is taken for a verb gives back what hangs on it.
fn mend_amid(forms: &[&str], tokens: &mut [ParsedToken<'_>]) {
    for at in 0..tokens.len() {
        let is_amid = forms.get(at).is_some_and(|form| {
            form.eq_ignore_ascii_case("amid") || form.eq_ignore_ascii_case("amidst")
        });
        if !is_amid || tokens[at].tag.upos != Upos::Verb {
            continue;
        }
        let above = tokens[at].head;
        let below = |token: &ParsedToken<'_>| token.head == Some(at);
        let before =
            (0..at).find(|before| below(&tokens[*before]) && tokens[*before].label == "nsubj");
        let behind = (at + 1..tokens.len()).find(|behind| below(&tokens[*behind]));
        for (child, token) in tokens.iter_mut().enumerate() {
            if token.head != Some(at) {
                continue;
            }
            let is_mark = matches!(token.label, "mark" | "case") && child < at;
            if is_mark && before.is_some() {
                token.head = before;
                token.label = "case";
            } else {
                token.head = above;
                if Some(child) == before || Some(child) == behind {
                    token.label = "obl";
                }
            }
        }
        tokens[at].tag = &PREPOSITION;
        if behind.is_some() && above.is_some() {
            tokens[at].head = behind;
            tokens[at].label = "case";
        }
    }
}

fn words_of<'t>(text: &'t str, sentence: &ParsedSentence<'_>) -> impl Iterator<Item = &'t str> {
    let words = sentence.words.clone().into_iter();
    words.map(|word| word.of(text).unwrap_or_default())
}

/// Returns the words that a span of the text covers, in whole or in part.
#[must_use]
pub fn words_within(places: &[Span<Byte>], span: Span<Byte>) -> Words {
    let covered = |word: &Span<Byte>| word.start() < span.end() && span.start() < word.end();
    let start = places.iter().position(covered).unwrap_or_default();
    let end = places
        .iter()
        .rposition(covered)
        .map_or(start, |last| last + 1);
    start..end
}
