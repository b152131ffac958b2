//! Finds what talks were about, and the contexts of an act.

use crate::coder::act::Act;
use crate::coder::sentence::{Found, SentenceScene};
use crate::lexicon::ContextWords;
use crate::model::{Context, PloverType};
use crate::predicate::{Grammar, Words};
use crate::text::Upos;

/// A topic is no longer than so many words.
const TOPIC_WORDS_MAX: usize = 14;

/// Returns the words of what talks, or an agreement signed, are about: "to discuss Iran's nuclear
/// programme", "held talks on the border", "a call about the hostages". In the order of the text, without
/// overlaps.
pub(crate) fn topics(sentence: &SentenceScene<'_>, act: &Act) -> Vec<Words> {
    let is_talk = act.kind == PloverType::Consult || act.cameo.starts_with("057");
    if !is_talk {
        return Vec::new();
    }
    let grammar = sentence.scene.grammar();
    let mut topics: Vec<Words> = Vec::new();
    for at in 0..grammar.len() {
        let top = discussed(grammar, at, act.head).or_else(|| about(grammar, at, act.head));
        let topic = top.and_then(|(top, from)| phrase(sentence, act, top, from));
        if let Some(topic) = topic
            && topics.iter().all(|known| known.end <= topic.start)
        {
            topics.push(topic);
        }
    }
    topics
}

/// What a verb such as "discuss" takes, where it belongs to the act; with the first word.
fn discussed(grammar: &Grammar<'_>, at: usize, head: usize) -> Option<(usize, usize)> {
    let discusses = matches!(
        grammar.lemma(at),
        "discuss" | "review" | "debate" | "address" | "explore" | "negotiate"
    );
    let is_verb = grammar.upos(at) == Some(Upos::Verb);
    let belongs = at == head || grammar.hangs_on(at, head, 3) || grammar.hangs_on(head, at, 2);
    if !discusses || !is_verb || !belongs {
        return None;
    }
    let object = *grammar
        .children(at)
        .iter()
        .find(|child| grammar.label(**child) == "obj" && **child > at)?;
    Some((object, at + 1))
}

/// What "about", "on" or "over" takes, where it hangs on the act or on its noun.
fn about(grammar: &Grammar<'_>, at: usize, head: usize) -> Option<(usize, usize)> {
    let opens = matches!(
        grammar.folded(at),
        "about" | "on" | "over" | "regarding" | "concerning"
    );
    if !opens || !matches!(grammar.label(at), "case" | "mark") || at < head {
        return None;
    }
    let top = grammar.head(at)?;
    let holder = grammar.head(top)?;
    // "Called him about the hostages", "came for talks on ending the war".
    let is_plain = !matches!(grammar.folded(at), "on" | "over") || grammar.label(at) == "mark";
    let is_of_act = holder == head
        || is_plain && holder == grammar.clause_of(head)
        || is_talk_noun(grammar, holder) && grammar.hangs_on(holder, head, 2)
        || grammar.head(head) == Some(holder) && is_light(grammar, holder);
    (is_of_act && top > at).then_some((top, at + 1))
}

fn is_talk_noun(grammar: &Grammar<'_>, at: usize) -> bool {
    matches!(
        grammar.lemma(at),
        "talk"
            | "conversation"
            | "call"
            | "discussion"
            | "consultation"
            | "negotiation"
            | "meeting"
            | "dialogue"
            | "exchange"
            | "agreement"
            | "accord"
            | "treaty"
            | "deal"
            | "memorandum"
            | "protocol"
            | "declaration"
            | "contract"
            | "round"
            | "session"
            | "views"
            | "view"
            | "summit"
    )
}

/// "Held talks on": the act may be told by the noun.
fn is_light(grammar: &Grammar<'_>, at: usize) -> bool {
    matches!(
        grammar.lemma(at),
        "hold" | "have" | "open" | "begin" | "resume" | "conduct" | "continue"
    )
}

/// "On the phone", "over dinner", "on the second day": how and when, not what about.
fn is_circumstance(grammar: &Grammar<'_>, at: usize) -> bool {
    const CIRCUMSTANCES: &str = "phone telephone line sideline margin eve occasion invitation day week \
        weekend month year hour minute dinner lunch tea breakfast visit trip tour behalf basis side part \
        time way board stage television matter issue";
    let lemma = grammar.lemma(at);
    CIRCUMSTANCES.split_whitespace().any(|word| word == lemma)
}

/// The words below the top of a topic, up to a clause of their own; nothing where they name a time, a
/// place in the room or nothing at all.
fn phrase(sentence: &SentenceScene<'_>, act: &Act, top: usize, from: usize) -> Option<Words> {
    let grammar = sentence.scene.grammar();
    let is_odd = is_circumstance(grammar, top) && grammar.children(top).len() < 4;
    let is_date = sentence
        .dates
        .iter()
        .any(|named| named.words.contains(&top));
    let is_number = grammar.upos(top) == Some(Upos::Num);
    let names_party = [act.source, act.target]
        .iter()
        .any(|at| sentence.found[*at].words.contains(&top));
    if is_odd || is_date || is_number || names_party || grammar.upos(top) == Some(Upos::Pron) {
        return None;
    }
    let ends = |at: usize| {
        let clause = matches!(grammar.label(at), "acl:relcl" | "parataxis")
            || grammar.upos(at) == Some(Upos::Verb) && grammar.label(at) == "conj";
        let mark = matches!(
            grammar.folded(at),
            ";" | ":" | "—" | "–" | "." | "(" | "who" | "which" | "that"
        );
        let dated = sentence.dates.iter().any(|named| named.words.start == at);
        clause || mark || dated || !(at == top || grammar.hangs_on(at, top, 5))
    };
    let end = (from..grammar.len())
        .find(|at| ends(*at))
        .unwrap_or(grammar.len());
    let mut end = end.min(from + TOPIC_WORDS_MAX);
    let is_loose = |at: usize| {
        matches!(
            grammar.upos(at),
            Some(Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Det | Upos::Sconj | Upos::Part)
        )
    };
    while end > from && is_loose(end - 1) {
        end -= 1;
    }
    (end > top).then_some(from..end)
}

/// Returns the actors that a topic names besides the parties.
pub(crate) fn actors_of<'s>(
    sentence: &'s SentenceScene<'_>,
    act: &'s Act,
    topics: &'s [Words],
) -> impl Iterator<Item = &'s Found> {
    sentence
        .found
        .iter()
        .enumerate()
        .filter_map(move |(at, found)| {
            let within =
                |topic: &Words| topic.start <= found.words.start && found.words.end <= topic.end;
            let is_party = at == act.source || at == act.target;
            (!is_party && topics.iter().any(within)).then_some(found)
        })
}

/// Returns the contexts that the words of an act's clause and topics show, sorted; at most the three
/// that most words show.
pub(crate) fn contexts(
    grammar: &Grammar<'_>,
    words: &ContextWords,
    act: &Act,
    topics: &[Words],
) -> Vec<Context> {
    const CONTEXTS_MAX: usize = 3;
    let clause = grammar.clause_of(act.head);
    let is_near = |at: &usize| {
        grammar.clause_of(*at) == clause || topics.iter().any(|topic| topic.contains(at))
    };
    let mut shown: Vec<(usize, Context)> = Vec::new();
    for at in (0..grammar.len()).filter(is_near) {
        for context in words.of(grammar.lemma(at)) {
            match shown.iter_mut().find(|(_, known)| known == context) {
                Some((count, _)) => *count += 1,
                None => shown.push((1, *context)),
            }
        }
    }
    shown.sort_by_key(|(count, context)| (std::cmp::Reverse(*count), *context));
    shown.truncate(CONTEXTS_MAX);
    let mut contexts: Vec<Context> = shown.into_iter().map(|(_, context)| context).collect();
    contexts.sort_unstable();
    contexts
}
