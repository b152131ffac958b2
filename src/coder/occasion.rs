//! Finds by what an act is told from others of its kind on the same day: "for a second time", "late in
//! the evening".

use crate::coder::act::Act;
use crate::model::{DayPart, Occasion, Turn};
use crate::predicate::Grammar;

/// What the sentence says of the occasion of an act.
pub(crate) fn occasion(grammar: &Grammar<'_>, act: &Act) -> Occasion {
    Occasion {
        turn: turn(grammar, act.head),
        day_part: day_part(grammar, act.head),
    }
}

fn turn(grammar: &Grammar<'_>, head: usize) -> Option<Turn> {
    let clause = grammar.clause_of(head);
    let here = |at: &usize| {
        *at == head || grammar.hangs_on(*at, head, 3) || grammar.clause_of(*at) == clause
    };
    let mut words = (0..grammar.len()).filter(here);
    words.find_map(|at| {
        let turn = match grammar.folded(at) {
            "first" => Turn::First,
            "second" => Turn::Second,
            "third" => Turn::Third,
            "fourth" | "fifth" | "sixth" => Turn::Fourth,
            "again" | "anew" => return Some(Turn::Again),
            "another" => Turn::Again,
            _ => return None,
        };
        (counts_acts(grammar, at, head) && !is_of_long(grammar, at)).then_some(turn)
    })
}

/// "A second call", "for the second time", "another round of talks"; not "the second city".
fn counts_acts(grammar: &Grammar<'_>, at: usize, head: usize) -> bool {
    const ACTS: [&str; 17] = [
        "time",
        "call",
        "conversation",
        "talk",
        "telephone",
        "phone",
        "discussion",
        "contact",
        "meeting",
        "session",
        "round",
        "visit",
        "strike",
        "attack",
        "raid",
        "summit",
        "exchange",
    ];
    let noun = (at + 1..grammar.len().min(at + 4)).find(|at| ACTS.contains(&grammar.lemma(*at)));
    noun.is_some_and(|noun| {
        let is_time = grammar.lemma(noun) == "time";
        noun == head
            || is_time
            || grammar.hangs_on(noun, head, 2)
            || grammar.hangs_on(head, noun, 1)
    })
}

/// "The second talks this year", "for the first time since 2015": counted over more than a day.
fn is_of_long(grammar: &Grammar<'_>, at: usize) -> bool {
    let words = at + 1..grammar.len().min(at + 10);
    let is_long = |at: usize| {
        matches!(
            grammar.lemma(at),
            "since"
                | "week"
                | "month"
                | "year"
                | "decade"
                | "day"
                | "summer"
                | "winter"
                | "ever"
                | "history"
        )
    };
    words.into_iter().any(is_long)
}

fn day_part(grammar: &Grammar<'_>, head: usize) -> Option<DayPart> {
    let clause = grammar.clause_of(head);
    let here = |at: &usize| grammar.clause_of(*at) == clause || grammar.hangs_on(*at, head, 4);
    let named = (0..grammar.len()).filter(here).filter_map(|at| {
        let before = at
            .checked_sub(1)
            .map_or("", |before| grammar.folded(before));
        let part = match grammar.folded(at) {
            "morning" | "dawn" | "daybreak" | "sunrise" => DayPart::Morning,
            "noon" | "midday" if before == "before" => DayPart::Morning,
            "noon" | "midday" if before == "after" => DayPart::Afternoon,
            "noon" | "midday" | "lunchtime" => DayPart::Midday,
            "afternoon" => DayPart::Afternoon,
            "evening" | "dusk" | "sunset" => DayPart::Evening,
            "night" | "midnight" | "overnight" | "tonight" => DayPart::Night,
            _ => return None,
        };
        Some((at.abs_diff(head), part))
    });
    named.min_by_key(|(far, _)| *far).map(|(_, part)| part)
}
