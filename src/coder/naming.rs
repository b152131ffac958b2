//! Titles with and without names: "President Putin", "the Iranian president", "his counterpart".

use crate::coder::context::Context;
use crate::coder::finder::{Finder, Reading};
use crate::coder::gazetteer::Sense;
use crate::coder::mention::{Kind, Resolved, real_country};
use crate::lexicon::{Lexicon, Office, PersonIndex, RoleKind, RoleWord};
use crate::model::{ActorId, ActorKind, CountryCode, Day, Sector, Weekday, fold};

/// Longest name of an unknown person, in words.
const NAME_WORDS_MAX: usize = 5;

/// Reads a role of a country that ends before `end`, with the name that may follow.
pub(crate) fn role_of_country(
    finder: &Finder<'_>,
    end: usize,
    role: &RoleWord,
    country: CountryCode,
    is_former: bool,
    context: &Context,
) -> Option<Reading> {
    let lexicon = finder.lexicon;
    let owner = Resolved::state(lexicon, country, role.sector);
    match role.kind {
        RoleKind::Title(office) => {
            if let Some(reading) = name_after(finder, end, &owner, role, context) {
                return Some(reading);
            }
            if is_former {
                return None;
            }
            let actor = holder(lexicon, country, office, context);
            Reading::one(end, actor, Kind::Nominal)
        }
        RoleKind::Agent => {
            let is_person = !role.phrase.starts_with("spokes") && !role.phrase.ends_with('s');
            let named = is_person
                .then(|| name_after(finder, end, &owner, role, context))
                .flatten();
            named.or_else(|| {
                let end = skip_name(finder, end);
                Reading::one(end, owner, Kind::Nominal)
            })
        }
        RoleKind::Opposition | RoleKind::Protesters | RoleKind::Rebels => {
            let kind = match role.kind {
                RoleKind::Opposition => ActorKind::Opposition,
                RoleKind::Rebels => ActorKind::Group,
                _ => ActorKind::Protesters,
            };
            name_after(finder, end, &owner, role, context).or_else(|| {
                let actor = Resolved::of_country(lexicon, country, kind, role.sector);
                Reading::one(end, actor, Kind::Nominal)
            })
        }
    }
}

/// Returns who holds an office: the person of that office whom the article named, else by date,
/// else the office itself.
fn holder(lexicon: &Lexicon, country: CountryCode, office: Office, context: &Context) -> Resolved {
    if let Some(known) = context.person_of(Some(country), Some(office)) {
        return known.clone();
    }
    if office == Office::Leader
        && let Some(known) = context.person_of(Some(country), None)
    {
        return known.clone();
    }
    let by_date = |office| {
        let day = context.published?;
        let index = lexicon.persons.holder(country, office, day)?;
        Resolved::person(lexicon, index, Some(day))
    };
    let candidates: &[Office] = match office {
        // A president may be filed as head of government alone, and so on.
        Office::President => &[Office::President, Office::PrimeMinister],
        Office::PrimeMinister => &[Office::PrimeMinister],
        Office::Leader => &[Office::Leader, Office::President, Office::PrimeMinister],
        _ => std::slice::from_ref(&office),
    };
    candidates
        .iter()
        .find_map(|office| by_date(*office))
        .unwrap_or_else(|| Resolved::office(lexicon, country, office))
}

/// Reads a role without a country before it: "President Vladimir Putin", "the prime minister of
/// Israel", "the president".
pub(crate) fn bare_role(
    finder: &Finder<'_>,
    at: usize,
    end: usize,
    index: usize,
    context: &Context,
) -> Option<Reading> {
    let role = finder.lexicon.roles.get(index)?;
    if let Some(reading) = of_country(finder, end, role, context) {
        return Some(reading);
    }
    if let Some(reading) = seated_in(finder, end, role, context) {
        return Some(reading);
    }
    let RoleKind::Title(office) = role.kind else {
        return bare_agent(finder, at, end, role, context);
    };
    if finder.words.get(at).is_some_and(|word| word.capital)
        && let Some(reading) = known_name(finder, end, context)
    {
        return Some(reading);
    }
    let is_new_name = name_end(finder, end) >= end + 2;
    if let Some(country) = context.main_country().filter(|_| is_new_name) {
        let owner = Resolved::state(finder.lexicon, country, role.sector);
        return name_after(finder, end, &owner, role, context);
    }
    let after_the = at > 0 && finder.words[at - 1].is("the");
    let known = context.person_of(None, Some(office))?;
    after_the
        .then(|| Reading::one(end, known.clone(), Kind::Nominal))
        .flatten()
}

/// "the government in Honiara", "the authorities in Kabul".
fn seated_in(
    finder: &Finder<'_>,
    end: usize,
    role: &RoleWord,
    context: &Context,
) -> Option<Reading> {
    const SEATED: &[&str] = &[
        "government",
        "authorities",
        "regime",
        "junta",
        "rulers",
        "parliament",
    ];
    if !SEATED.contains(&role.phrase.as_str()) || !finder.is_mark_at(end, "in") {
        return None;
    }
    let (length, senses) = finder.gazetteer.longest(finder.words, end + 1)?;
    let country = senses.iter().find_map(|sense| match sense {
        Sense::State(country) | Sense::Capital(country) => Some(*country),
        _ => None,
    })?;
    role_of_country(finder, end + 1 + length, role, country, false, context)
}

/// "The army", "police", "protesters" without a country: those of the country that the article is
/// about.
fn bare_agent(
    finder: &Finder<'_>,
    at: usize,
    end: usize,
    role: &RoleWord,
    context: &Context,
) -> Option<Reading> {
    const LOCAL: &[&str] = &[
        "government",
        "army",
        "military",
        "police",
        "security forces",
        "authorities",
        "protesters",
        "demonstrators",
        "protestors",
        "opposition",
        "rebels",
        "soldiers",
        "troops",
        "junta",
        "military junta",
        "foreign ministry",
        "armed forces",
        "opposition leaders",
        "parliament",
    ];
    const BEFORE: &[&str] = &["the", "at", "against", "by", "and", "later"];
    let stands_free = at == 0 || BEFORE.contains(&finder.words[at - 1].folded.as_str());
    let country = context.main_country()?;
    (LOCAL.contains(&role.phrase.as_str()) && stands_free)
        .then(|| role_of_country(finder, end, role, country, false, context))
        .flatten()
}

/// "Zalmay Khalilzad, the American envoy": the apposition says whose a new name is.
pub(crate) fn name_with_apposition(
    finder: &Finder<'_>,
    at: usize,
    context: &Context,
) -> Option<Reading> {
    let end = name_end(finder, at);
    if end < at + 2 || !finder.is_mark_at(end, ",") {
        return None;
    }
    let article = ["the", "a", "an"]
        .iter()
        .any(|word| finder.is_mark_at(end + 1, word));
    let from = end + 1 + usize::from(article);
    let (length, senses) = finder.gazetteer.longest(finder.words, from)?;
    let country = senses.iter().find_map(|sense| match sense {
        Sense::Adjective(country) | Sense::State(country) => Some(*country),
        _ => None,
    })?;
    let after = from + length;
    let after = after + usize::from(finder.is_mark_at(after, "'s"));
    finder.with_role(after, country, context)?;
    let (_, index) =
        (after..after + 4).find_map(|at| finder.gazetteer.role_at(finder.words, at))?;
    let role = finder.lexicon.roles.get(index)?;
    let owner = Resolved::state(finder.lexicon, country, role.sector);
    name_after(finder, at, &owner, role, context).filter(|reading| reading.end == end)
}

/// Reads "of Israel" after a role.
fn of_country(
    finder: &Finder<'_>,
    end: usize,
    role: &RoleWord,
    context: &Context,
) -> Option<Reading> {
    if !finder.is_mark_at(end, "of") {
        return None;
    }
    let at = end + 1 + usize::from(finder.is_mark_at(end + 1, "the"));
    let (length, senses) = finder.gazetteer.longest(finder.words, at)?;
    let country = senses.iter().find_map(|sense| match sense {
        Sense::State(country) => Some(*country),
        _ => None,
    })?;
    let after = at + length;
    let comma = usize::from(finder.is_mark_at(after, ","));
    // "the president of Iran, Masoud Pezeshkian, said"
    let named = known_name(finder, after + comma, context).filter(|reading| {
        reading
            .actors
            .iter()
            .all(|actor| actor.country == Some(country))
    });
    named.or_else(|| role_of_country(finder, after, role, country, false, context))
}

/// Reads the name of a person of the dictionary or of the article.
pub(crate) fn known_name(finder: &Finder<'_>, at: usize, context: &Context) -> Option<Reading> {
    let word = finder.words.get(at).filter(|word| word.capital)?;
    if let Some((length, senses)) = finder.gazetteer.longest(finder.words, at)
        && let Some(Sense::Person(index)) = senses
            .iter()
            .find(|sense| matches!(sense, Sense::Person(_)))
    {
        let actor = Resolved::person(finder.lexicon, *index, context.published)?;
        return Reading::one(at + length, actor, Kind::Name);
    }
    if let Some(known) = context.with_surname(&word.folded) {
        return Reading::one(at + 1, known.clone(), Kind::Name);
    }
    let index = prominent(finder.lexicon, &word.folded, context.published)?;
    let actor = Resolved::person(finder.lexicon, index, context.published)?;
    let next_is_name = finder.words.get(at + 1).is_some_and(|next| next.capital);
    (!next_is_name)
        .then(|| Reading::one(at + 1, actor, Kind::Name))
        .flatten()
}

/// Reads the name after a role of a country or organisation: a known person, one whose surname
/// fits the country, or a new person.
pub(crate) fn name_after(
    finder: &Finder<'_>,
    at: usize,
    owner: &Resolved,
    role: &RoleWord,
    context: &Context,
) -> Option<Reading> {
    finder.words.get(at).filter(|word| word.capital)?;
    if let Some(reading) = known_name(finder, at, context) {
        return Some(reading);
    }
    let end = name_end(finder, at);
    if end == at {
        return None;
    }
    let last = finder.words.get(end - 1)?;
    let of_country = |index: &&PersonIndex| {
        finder.lexicon.persons.get(**index).is_some_and(|person| {
            owner.country.is_some() && person.country_on(context.published) == owner.country
        })
    };
    let namesakes = finder.lexicon.persons.with_surname(&last.folded);
    let first = finder.words.get(at)?;
    let same_person = namesakes.iter().filter(of_country).find(|index| {
        let name = finder
            .lexicon
            .persons
            .get(**index)
            .map(|person| fold(&person.name));
        end == at + 1 || name.is_some_and(|name| name.starts_with(first.folded.as_str()))
    });
    if let Some(index) = same_person {
        let actor = Resolved::person(finder.lexicon, *index, context.published)?;
        return Reading::one(end, actor, Kind::Name);
    }
    if end - at < 2 {
        return None;
    }
    let actor = new_person(finder, at, end, owner, role);
    Reading::one(end, actor, Kind::Name)
}

fn new_person(
    finder: &Finder<'_>,
    at: usize,
    end: usize,
    owner: &Resolved,
    role: &RoleWord,
) -> Resolved {
    let words: Vec<&str> = finder.words[at..end]
        .iter()
        .map(|word| word.folded.as_str())
        .collect();
    let mut name = String::new();
    for (index, word) in words.iter().enumerate() {
        let hyphen = *word == "-" || (index > 0 && words[index - 1] == "-");
        if index > 0 && !hyphen {
            name.push(' ');
        }
        let capital = finder.words[at + index].capital;
        let mut letters = word.chars();
        match letters.next().filter(|_| capital) {
            Some(first) => {
                name.extend(first.to_uppercase());
                name.push_str(letters.as_str());
            }
            None => name.push_str(word),
        }
    }
    let sector = match role.kind {
        RoleKind::Title(office) => office.sector(),
        _ => role.sector,
    };
    let sector = if owner.country.is_none() {
        Sector::Igo
    } else {
        sector
    };
    let office = match (role.kind, owner.country) {
        (RoleKind::Title(office), Some(country)) => {
            Some((ActorId::office(country, office.slug()), office))
        }
        _ => None,
    };
    Resolved {
        id: ActorId::from_name(ActorKind::Person, &name),
        surname: words
            .last()
            .map(|word| (*word).to_owned())
            .unwrap_or_default(),
        name,
        country: real_country(owner.country),
        sector: Some(sector),
        office,
    }
}

/// Returns where the capitalised words from `at` end, particles between them included.
fn name_end(finder: &Finder<'_>, at: usize) -> usize {
    const PARTICLES: &[&str] = &[
        "de", "da", "del", "al", "el", "bin", "ibn", "von", "van", "der", "-", "dos", "ben",
    ];
    let mut end = at;
    for index in at..(at + NAME_WORDS_MAX + 2).min(finder.words.len()) {
        let word = &finder.words[index];
        let next_is_capital = finder
            .words
            .get(index + 1)
            .is_some_and(|next| next.capital && !next.upper);
        if word.capital && !word.upper && finder.gazetteer.longest(finder.words, index).is_none() {
            end = index + 1;
        } else if !(PARTICLES.contains(&word.folded.as_str()) && next_is_capital && index > at) {
            break;
        }
    }
    end
}

fn skip_name(finder: &Finder<'_>, at: usize) -> usize {
    if finder.words.get(at).is_some_and(|word| word.capital) {
        name_end(finder, at)
    } else {
        at
    }
}

/// Returns the one person with a folded surname who held a prominent office on the day, or, where
/// the article bears no date, ever.
pub(crate) fn prominent(lexicon: &Lexicon, folded: &str, day: Option<Day>) -> Option<PersonIndex> {
    // Godwin Friday heads a government; Friday seldom means him.
    if Weekday::ALL
        .iter()
        .any(|day| day.name().eq_ignore_ascii_case(folded))
    {
        return None;
    }
    let holders: Vec<PersonIndex> = lexicon
        .persons
        .with_surname(folded)
        .iter()
        .copied()
        .filter(|index| {
            lexicon.persons.get(*index).is_some_and(|person| match day {
                Some(day) => person
                    .tenure_on(day)
                    .is_some_and(|t| t.office.is_prominent()),
                None => person
                    .tenures
                    .iter()
                    .any(|tenure| tenure.office.is_prominent()),
            })
        })
        .collect();
    match holders.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Reads "his Egyptian counterpart", "her counterpart Sergei Lavrov".
pub(crate) fn counterpart(finder: &Finder<'_>, at: usize, context: &Context) -> Option<Reading> {
    let mut index = at + 1;
    let mut country = None;
    for _ in 0..4 {
        let word = finder.words.get(index)?;
        if matches!(word.folded.as_str(), "counterpart" | "counterparts") {
            let end = index + 1;
            let comma = usize::from(finder.is_mark_at(end, ","));
            if let Some(reading) = known_name(finder, end + comma, context)
                && (word.folded == "counterparts"
                    || country.is_none()
                    || reading.actors.iter().all(|a| a.country == country))
            {
                return Some(reading);
            }
            let office = context.person_before(finder.sentence)?.office.as_ref()?.1;
            let actor = holder(finder.lexicon, country?, office, context);
            return Reading::one(end, actor, Kind::Nominal);
        }
        let found = finder.gazetteer.longest(finder.words, index);
        let adjective = found.and_then(|(length, senses)| {
            senses.iter().find_map(|sense| match sense {
                Sense::Adjective(country) | Sense::State(country) => Some((length, *country)),
                _ => None,
            })
        });
        if let Some((length, found)) = adjective {
            country = Some(found);
            index += length;
        } else if word.capital {
            return None;
        } else {
            index += 1;
        }
    }
    None
}
