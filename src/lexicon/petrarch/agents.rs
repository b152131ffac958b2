//! Files of agents: words for roles, with plurals and sets of endings.

use std::collections::BTreeMap;

use crate::lexicon::petrarch::case::Case;
use crate::lexicon::petrarch::code::{self, Code};
use crate::lexicon::petrarch::import::Importer;
use crate::lexicon::petrarch::source::Source;
use crate::lexicon::user::{AgentEntry, Entry, PHRASE_BYTES_MAX};

/// The members of each set, by its name.
type Sets = BTreeMap<String, Vec<String>>;

/// How many phrases the sets of one line may give.
const PHRASES_MAX: usize = 1000;

/// What a line says of the plural.
enum Plural<'a> {
    /// Nothing: it is made by rule.
    ByRule,
    /// There is none.
    None,
    /// This one.
    Given(&'a str),
}

/// Says whether a line defines a set: `!SET! = A, B`.
pub(super) fn is_set(line: &str) -> bool {
    line.starts_with('!') && line.contains('=') && !line.contains('[')
}

/// Reads the agents of a file.
pub(super) fn import(source: &Source, importer: &mut Importer<'_>) {
    let mut sets = Sets::new();
    for line in &source.lines {
        let read = if is_set(&line.text) {
            define(line.number, &line.text, &mut sets, importer)
        } else {
            agent(line.number, &line.text, &sets, importer)
        };
        if let Err(reason) = read {
            importer.lose(line.number, reason);
        }
    }
}

fn define(
    line: usize,
    text: &str,
    sets: &mut Sets,
    importer: &mut Importer<'_>,
) -> Result<(), String> {
    let (name, members) = text.split_once('=').unwrap_or((text, ""));
    let name = name
        .trim()
        .strip_prefix('!')
        .and_then(|name| name.strip_suffix('!'))
        .filter(|name| !name.is_empty() && !name.contains(['!', ' ']))
        .ok_or_else(|| format!("`{}` is no name of a set: expected !NAME!", name.trim()))?;
    let members: Vec<String> = members
        .split(',')
        .map(|member| member.trim().to_owned())
        .filter(|member| !member.is_empty())
        .collect();
    if members.is_empty() {
        return Err(format!("the set !{name}! has no members"));
    }
    if members.iter().any(|member| member.contains('!')) {
        return Err(format!("the set !{name}! has another set as a member"));
    }
    if sets.insert(name.to_owned(), members).is_some() {
        let reason =
            format!("the set !{name}! is defined again; the new members count from here on");
        importer.remark(line, reason);
    }
    Ok(())
}

fn agent(line: usize, text: &str, sets: &Sets, importer: &mut Importer<'_>) -> Result<(), String> {
    let Some((left, code)) = text.split_once('[') else {
        return Err(format!("`{text}` has no code"));
    };
    let Some((code, after)) = code.split_once(']') else {
        return Err(format!("the bracket of `[{code}` is not closed"));
    };
    if !after.trim().is_empty() {
        return Err(format!(
            "expected nothing after the code, found `{}`",
            after.trim()
        ));
    }
    let (phrase, plural) = split_plural(left.trim())?;
    if phrase.is_empty() {
        return Err("a phrase is missing before the code".to_owned());
    }
    let code = code::parse_agent(code.trim())?;
    for remark in &code.remarks {
        importer.remark(line, remark.clone());
    }
    // The members of a set have plurals of their own among them.
    let ends_in_set = phrase.trim_end_matches('_').ends_with('!');
    for members in substitutions(phrase, &plural, sets)? {
        let singular = substituted(phrase, &members);
        let plural = match plural {
            Plural::None => None,
            Plural::Given(plural) => Some(substituted(plural, &members)),
            Plural::ByRule if ends_in_set => None,
            Plural::ByRule => Some(regular_plural(singular.trim_end_matches('_'))),
        };
        push(line, &singular, plural.as_deref(), &code, importer);
    }
    Ok(())
}

fn push(line: usize, singular: &str, plural: Option<&str>, code: &Code, into: &mut Importer<'_>) {
    let (Some(phrase), Some(sector)) = (into.phrase(line, singular, Case::Lower), code.sector)
    else {
        return;
    };
    let loose = into.import.counts.loose;
    let plural = plural.and_then(|plural| into.phrase(line, plural, Case::Lower));
    // The two are one phrase to whoever counts.
    into.import.counts.loose = loose;
    into.import.counts.agents += 1;
    into.push(Entry::Agent(AgentEntry {
        plural: plural.filter(|plural| *plural != phrase),
        phrase,
        sector,
        country: code.country,
    }));
}

fn split_plural(left: &str) -> Result<(&str, Plural<'_>), String> {
    let Some((phrase, plural)) = left.split_once('{') else {
        return if left.contains('}') {
            Err("a brace is closed that was never opened".to_owned())
        } else {
            Ok((left, Plural::ByRule))
        };
    };
    let Some((plural, after)) = plural.split_once('}') else {
        return Err(format!("the brace of `{{{plural}` is not closed"));
    };
    if !after.trim().is_empty() {
        return Err(format!(
            "expected a code after the plural, found `{}`",
            after.trim()
        ));
    }
    Ok(match plural.trim() {
        "" => (phrase.trim(), Plural::None),
        plural => (phrase.trim(), Plural::Given(plural)),
    })
}

/// A member for each set that a phrase names.
type Members<'a> = Vec<(&'a str, &'a str)>;

/// Returns every choice of members for the sets that a phrase names; one empty choice for none.
fn substitutions<'a>(
    phrase: &'a str,
    plural: &Plural<'a>,
    sets: &'a Sets,
) -> Result<Vec<Members<'a>>, String> {
    let mut names: Vec<&str> = set_names(phrase)?;
    if let Plural::Given(plural) = plural
        && let Some(name) = set_names(plural)?.iter().find(|name| !names.contains(name))
    {
        return Err(format!(
            "the plural has a set that the singular has not: !{name}!"
        ));
    }
    names.sort_unstable();
    names.dedup();
    let mut choices: Vec<Members<'a>> = vec![Vec::new()];
    for name in names {
        let Some(members) = sets.get(name) else {
            return Err(format!("the set !{name}! is not defined above"));
        };
        if choices.len() * members.len() > PHRASES_MAX {
            return Err(format!("the sets give more than {PHRASES_MAX} phrases"));
        }
        choices = choices
            .iter()
            .flat_map(|choice| {
                members.iter().map(move |member| {
                    let mut longer = choice.clone();
                    longer.push((name, member.as_str()));
                    longer
                })
            })
            .collect();
    }
    Ok(choices)
}

/// Returns the names between pairs of `!`.
fn set_names(phrase: &str) -> Result<Vec<&str>, String> {
    let parts: Vec<&str> = phrase.split('!').collect();
    if parts.len().is_multiple_of(2) {
        return Err(format!("a `!` of `{phrase}` has no partner"));
    }
    Ok(parts.into_iter().skip(1).step_by(2).collect())
}

fn substituted(phrase: &str, members: &Members<'_>) -> String {
    let mut text = phrase.to_owned();
    for (name, member) in members {
        text = text.replace(&format!("!{name}!"), member);
        // What is longer is refused as a phrase; it need not grow further.
        text = text.chars().take(2 * PHRASE_BYTES_MAX).collect();
    }
    text
}

/// Makes a plural as PETRARCH does: `Y` after a consonant becomes `IES`, sibilants take `ES`.
fn regular_plural(singular: &str) -> String {
    let lower = singular.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&["y"]) && !ends(&["ay", "ey", "iy", "oy", "uy"]) {
        let stem: String = {
            let mut letters = singular.chars();
            letters.next_back();
            letters.collect()
        };
        return format!("{stem}IES");
    }
    if ends(&["s", "x", "z", "ch", "sh"]) {
        return format!("{singular}ES");
    }
    if ends(&["man"]) && !ends(&["human", "german"]) {
        let mut letters = singular.chars();
        letters.nth_back(1);
        return format!("{}EN", letters.as_str());
    }
    format!("{singular}S")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_rule() {
        let check = |singular: &str, expected: &str| {
            assert_eq!(regular_plural(singular).to_lowercase(), expected);
        };
        check("ENVOY", "envoys");
        check("DEPUTY", "deputies");
        check("MARSH", "marshes");
        check("PILOT", "pilots");
        check("COAST_GUARDSMAN", "coast_guardsmen");
        check("GERMAN", "germans");
        check("Y", "ies");
        check("MAN", "men");
    }
}
