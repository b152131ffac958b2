//! The user's dictionary, applied: whom names mean then, through the finder of mentions.
use demarche::lexicon::{Lexicon, UserDictionary};
use demarche::mention::{Basis, MentionFinder, MentionedText, Passage};
use demarche::model::{ActorId, DateBasis, EventDate, Published};
use demarche::text::Analyser;
use proptest::prelude::*;

/// Applies entries with `|` for tabs.
fn applied(entries: &[&str]) -> Lexicon {
    let text = format!(
        "# demarche dictionary 1\n{}\n",
        entries.join("\n").replace('|', "\t")
    );
    let user = UserDictionary::parse("test.tsv", &text).unwrap();
    Lexicon::bundled().unwrap().with_user(&user)
}

fn find<'a>(lexicon: &Lexicon, text: &str, date: &str) -> MentionedText<'a> {
    let date = EventDate::parse(date, DateBasis::Stated).ok();
    let passage = Passage {
        title: None,
        text,
        published: date.as_ref().and_then(Published::from_date),
    };
    MentionFinder::new(lexicon).find(Analyser::bundled().unwrap(), &passage)
}

/// Checks whom a text mentions, in its order, each as `words=id`.
#[track_caller]
fn check_on(entries: &[&str], date: &str, text: &str, expected: &[&str]) {
    let lexicon = applied(entries);
    let mentioned = find(&lexicon, text, date);
    let found: Vec<String> = mentioned
        .mentions
        .iter()
        .filter(|mention| !mention.actors.is_empty())
        .map(|mention| {
            let ids: Vec<&str> = mention
                .actors
                .iter()
                .map(|actor| actor.id.as_str())
                .collect();
            format!("{}={}", mention.span.of(text).unwrap(), ids.join(","))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check(entries: &[&str], text: &str, expected: &[&str]) {
    check_on(entries, "2026-01-16", text, expected);
}

const DOVRIN: &str = "actor|person:mara-dovrin|Mara Dovrin|NOR|GOV";

#[test]
fn new_actors_and_aliases_are_found() {
    check(
        &[DOVRIN, "alias|person:mara-dovrin|Old Fox of Bergsund"],
        "Old Fox of Bergsund met Mara Dovrin.",
        &[
            "Old Fox of Bergsund=person:mara-dovrin",
            "Mara Dovrin=person:mara-dovrin",
        ],
    );
    check(
        &["actor|group:sand-river-front|Sand River Front|MLI|REB"],
        "The Sand River Front attacked Hamas.",
        &[
            "Sand River Front=group:sand-river-front",
            "Hamas=group:hamas",
        ],
    );
    // Small letters are found as they are; a state takes names too.
    check(
        &["alias|state:NOR|fjord kingdom"],
        "Hamas warned the fjord kingdom.",
        &["Hamas=group:hamas", "fjord kingdom=state:NOR"],
    );
}

#[test]
fn the_users_names_win() {
    let hamas = "alias|group:sand-river-front|Hamas";
    check(
        &["actor|group:sand-river-front|Sand River Front", hamas],
        "Hamas attacked Israel.",
        &["Hamas=group:sand-river-front", "Israel=state:ISR"],
    );
    // A name that is ambiguous otherwise, and a capital.
    check(
        &["actor|company:georgia|Georgia|USA|BUS"],
        "Georgia accused Hamas.",
        &["Georgia=company:georgia", "Hamas=group:hamas"],
    );
    check(
        &["alias|group:hezbollah|Brussels"],
        "Brussels accused Hamas.",
        &["Brussels=group:hezbollah", "Hamas=group:hamas"],
    );
    // Of two users' words the later holds.
    check(
        &[hamas, "alias|group:hezbollah|Hamas"],
        "Hamas attacked Israel.",
        &["Hamas=group:hezbollah", "Israel=state:ISR"],
    );
}

#[test]
fn the_basis_names_the_line() {
    let lexicon = applied(&["discard|regatta", DOVRIN]);
    let mentioned = find(&lexicon, "Mara Dovrin called Hamas.", "2026-01-16");
    let line = Basis::Dictionary {
        file: "user",
        line: 3,
    };
    assert_eq!(mentioned.mentions[0].basis, line);
}

#[test]
fn roles_are_resolved_by_date() {
    let entries = [
        DOVRIN,
        "role|person:mara-dovrin|RUS||head_of_state|President|2026-03|2026-06",
    ];
    let text = "The Russian president met Hamas.";
    for (date, expected) in [
        ("2026-01-16", "person:vladimir-putin"),
        ("2026-02-28", "person:vladimir-putin"),
        ("2026-03-01", "person:mara-dovrin"),
        ("2026-06-30", "person:mara-dovrin"),
        ("2026-07-01", "person:vladimir-putin"),
    ] {
        let expected = format!("Russian president={expected}");
        check_on(&entries, date, text, &[&expected, "Hamas=group:hamas"]);
    }
    // What the user says of the same office replaces what was known of that stretch.
    let ended = ["role|person:vladimir-putin|RUS||head_of_state|President|2012-05-07|2026-01-31"];
    let lexicon = applied(&ended);
    let putin = lexicon.persons.find(&id("person:vladimir-putin")).unwrap();
    let person = lexicon.persons.get(putin).unwrap();
    let is_president = |day: &str| {
        let tenure = person.tenure_on(day.parse().unwrap());
        tenure.is_some_and(|tenure| tenure.office.name() == "head_of_state")
    };
    assert!(is_president("2026-01-31") && !is_president("2026-02-01"));
    assert!(is_president("2005-01-01"), "the earlier stretch stays");
}

#[test]
fn sentences_and_articles_are_discarded() {
    let text = "Hamas won the harbour regatta. Hamas attacked Israel.";
    check(
        &["discard|harbour regatta"],
        text,
        &["Hamas=group:hamas", "Israel=state:ISR"],
    );
    check(&["discard-story|harbour regatta"], text, &[]);
    let lexicon = applied(&["discard-story|Harbour Regatta"]);
    assert!(!find(&lexicon, text, "2026").is_discarded, "capitals count");
}

#[test]
fn merged_actors_are_one() {
    check(
        &[
            DOVRIN,
            "actor|person:m-dovrin|Madame Dovrin",
            "merge|person:m-dovrin|person:mara-dovrin",
        ],
        "Madame Dovrin accused Hamas.",
        &["Madame Dovrin=person:mara-dovrin", "Hamas=group:hamas"],
    );
    check(
        &["merge|group:hamas|group:hezbollah"],
        "Hamas attacked Israel.",
        &["Hamas=group:hezbollah", "Israel=state:ISR"],
    );
    check(
        &["merge|state:NOR|state:SWE"],
        "Norway accused Hamas.",
        &["Norway=state:SWE", "Hamas=group:hamas"],
    );
    // Offices move with their holder.
    check(
        &[DOVRIN, "merge|person:vladimir-putin|person:mara-dovrin"],
        "The Russian president met Hamas.",
        &["Russian president=person:mara-dovrin", "Hamas=group:hamas"],
    );
    // Whom no dictionary knows goes by the name that the id was made of.
    check(
        &["merge|person:ada-brun|person:vladimir-putin"],
        "Ada Brun accused Hamas.",
        &["Ada Brun=person:vladimir-putin", "Hamas=group:hamas"],
    );
}

#[test]
fn names_are_split_off_and_taken() {
    check(
        &["split|group:hamas|Islamic Resistance Movement|group:resistance"],
        "The Islamic Resistance Movement accused Hamas.",
        &[
            "Islamic Resistance Movement=group:resistance",
            "Hamas=group:hamas",
        ],
    );
    check(
        &["unalias|group:hamas|Hamas", "unalias|state:ISR|Israel"],
        "Hamas attacked Israel and Lebanon.",
        &["Lebanon=state:LBN"],
    );
}

#[test]
fn agents_are_role_words() {
    check(
        &["agent|harbour guard|harbour guards|MIL"],
        "Norwegian harbour guards attacked Hamas.",
        &["Norwegian harbour guards=state:NOR", "Hamas=group:hamas"],
    );
    check(
        &["agent|harbourmaster|harbourmasters|LAB"],
        "Norwegian harbourmasters attacked Hamas.",
        &[
            "Norwegian harbourmasters=sector:NOR-LAB",
            "Hamas=group:hamas",
        ],
    );
    // An office stays one; a country of its own needs no adjective.
    check(
        &["agent|president||GOV", "agent|tide riders||MIL|NOR"],
        "The Russian president accused tide riders.",
        &[
            "Russian president=person:vladimir-putin",
            "tide riders=state:NOR",
        ],
    );
}

#[test]
fn what_stands_for_a_merged_state_is_the_other() {
    let council = "actor|sector:SYR-REF|Tide Council|NOR|GOV";
    let text = "Hamas met the Tide Council.";
    let check = |into: &str, expected: &str| {
        let merge = format!("merge|state:NOR|{into}");
        let expected = format!("Tide Council={expected}");
        check(&[council, &merge], text, &["Hamas=group:hamas", &expected]);
    };
    check("person:vladimir-putin", "person:vladimir-putin");
    check("state:SWE", "state:SWE");
    check("other:new", "other:new");
}

#[test]
fn the_version_tells_dictionaries_apart() {
    let bundled = Lexicon::bundled().unwrap();
    let version = |entries: &[&str]| applied(entries).version().as_str().to_owned();
    assert_eq!(version(&[]), bundled.version().as_str());
    assert_ne!(version(&[DOVRIN]), bundled.version().as_str());
    assert_eq!(version(&[DOVRIN]), version(&[DOVRIN]));
    assert_ne!(version(&[DOVRIN]), version(&["discard|regatta"]));
}

fn id(text: &str) -> ActorId {
    ActorId::parse(text).unwrap()
}

/// Entries about few actors and names, so that they meet.
fn entry() -> impl Strategy<Value = String> {
    let id = || {
        prop::sample::select(vec![
            "person:vladimir-putin",
            "person:new",
            "group:hamas",
            "group:new",
            "state:NOR",
            "state:XQX",
            "office:IRN-president",
            "sector:SYR-REF",
            "other:x",
        ])
    };
    let name = || prop::sample::select(vec!["Hamas", "Norway", "Vladimir Putin", "NEW", "x"]);
    prop_oneof![
        (id(), name()).prop_map(|(id, name)| format!("actor|{id}|{name}|NOR|GOV")),
        (id(), name()).prop_map(|(id, name)| format!("alias|{id}|{name}")),
        (id(), name()).prop_map(|(id, name)| format!("unalias|{id}|{name}")),
        id().prop_map(|id| format!("role|{id}|RUS||head_of_state||2020|")),
        name().prop_map(|name| format!("agent|{name}||LAB|NOR")),
        name().prop_map(|name| format!("discard|{name}")),
        (id(), id())
            .prop_filter("two", |(one, other)| one != other)
            .prop_map(|(one, other)| format!("merge|{one}|{other}")),
        (id(), name(), id())
            .prop_filter("two", |(one, _, other)| one != other)
            .prop_map(|(one, name, other)| format!("split|{one}|{name}|{other}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_entries_are_applied(entries in prop::collection::vec(entry(), 0..12)) {
        let lines: Vec<&str> = entries.iter().map(String::as_str).collect();
        let lexicon = applied(&lines);
        for (index, person) in lexicon.persons.iter() {
            prop_assert_eq!(lexicon.persons.find(&person.id), Some(index));
            prop_assert!(lexicon.user_names().merged_into(&person.id).is_none());
        }
        let mentioned = find(&lexicon, "Hamas and Norway met Vladimir Putin of NEW.", "2026");
        for actor in mentioned.mentions.iter().flat_map(|mention| &mention.actors) {
            let into = lexicon.user_names().merged_into(&actor.id);
            prop_assert!(into.is_none(), "{} is {:?}", actor.id, into);
        }
    }
}
