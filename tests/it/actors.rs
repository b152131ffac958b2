//! The dictionaries of actors cover the world: what is missing is printed, and nothing is.
use std::fmt::Write;

use demarche::lexicon::{Lexicon, Office, State};
use demarche::model::{ActorId, CountryCode, Day};

fn lexicon() -> &'static Lexicon {
    Lexicon::bundled().unwrap()
}

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// Says whether someone held one of the offices on a day.
fn is_held(country: CountryCode, offices: &[Office], day: Day) -> bool {
    let persons = &lexicon().persons;
    offices
        .iter()
        .any(|office| persons.holder(country, *office, day).is_some())
}

fn members(day: Day) -> impl Iterator<Item = &'static State> {
    let is_member = move |state: &&State| {
        state.un_start.is_some_and(|start| start <= day) && state.un_end.is_none_or(|end| day < end)
    };
    lexicon().states.iter().filter(is_member)
}

#[test]
fn every_member_of_the_united_nations_is_known() {
    let now = day(2025, 12, 31);
    assert_eq!(members(now).count(), 193);
    let mut gaps = String::new();
    for state in members(now) {
        let lacks = [
            (state.adjectives.is_empty(), "adjective"),
            (state.capitals.is_empty(), "capital"),
            (state.people.is_empty(), "people"),
        ];
        for (_, what) in lacks.iter().filter(|(lacks, _)| *lacks) {
            writeln!(gaps, "{} has no {what}", state.country).unwrap();
        }
    }
    assert!(gaps.is_empty(), "{gaps}");
}

/// On 1 July and 31 December of every year: a head of state (or who represents or stands above
/// one), and a head of government, who may be the head of state.
#[test]
fn heads_are_known_for_every_year_from_2000_to_2025() {
    const STATE: &[Office] = &[
        Office::President,
        Office::SupremeLeader,
        Office::DeFactoLeader,
        Office::GovernorGeneral,
    ];
    const GOVERNMENT: &[Office] = &[
        Office::PrimeMinister,
        Office::President,
        Office::DeFactoLeader,
    ];
    let mut gaps = String::new();
    for year in 2000..=2025 {
        for (month, of_month) in [(7, 1), (12, 31)] {
            let day = day(year, month, of_month);
            for state in members(day) {
                for (what, offices) in [("state", STATE), ("government", GOVERNMENT)] {
                    if !is_held(state.country, offices, day) {
                        writeln!(gaps, "{} {day}: no head of {what}", state.country).unwrap();
                    }
                }
            }
        }
    }
    assert!(gaps.is_empty(), "{gaps}");
}

#[test]
fn groups_have_the_members_that_they_had() {
    let check = |group: &str, day: Day, expected: usize| {
        let id = ActorId::parse(group).unwrap();
        let members = lexicon().memberships.of_group(&id).iter();
        let mut members: Vec<CountryCode> = members.map(|member| member.country).collect();
        members.sort_unstable();
        members.dedup();
        let memberships = &lexicon().memberships;
        let count = members
            .iter()
            .filter(|country| memberships.is_member(&id, **country, day));
        assert_eq!(count.count(), expected, "{group} on {day}");
    };
    check("igo:EU", day(2003, 1, 1), 15);
    check("igo:EU", day(2010, 1, 1), 27);
    check("igo:EU", day(2025, 1, 1), 27);
    check("igo:NATO", day(1990, 1, 1), 16);
    check("igo:NATO", day(2025, 1, 1), 32);
    check("igo:ASEAN", day(2000, 1, 1), 10);
    check("igo:GCC", day(2020, 1, 1), 6);
    check("igo:SCO", day(2024, 12, 1), 10);
}

#[test]
fn organisations_of_the_dictionaries_are_known() {
    let lexicon = lexicon();
    let known = |id: &ActorId| lexicon.organisations.iter().any(|known| known.id == *id);
    for group in lexicon.memberships.groups() {
        assert!(known(group), "{group}");
    }
    for (_, person) in lexicon.persons.iter() {
        for tenure in person.tenures.iter().filter(|t| !t.organisation.is_empty()) {
            let id = ActorId::parse(&tenure.organisation).unwrap();
            assert!(known(&id), "{} of {}", tenure.organisation, person.id);
        }
    }
}
