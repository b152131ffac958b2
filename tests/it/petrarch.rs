//! The field's dictionaries and the user's: what is read from whole files, and what is said of
//! faulty ones. The files lie under `tests/fixtures/petrarch/` and `tests/fixtures/dictionary/`.
//!
//! Beside each file of faults lies one with the messages that are expected; `UPDATE_CASES=1` writes
//! them anew.
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use demarche::lexicon::{
    Entry, Lexicon, NameIndex, PetrarchCounts, PetrarchImport, PetrarchKind, PetrarchLoss,
    UserDictionary, import_petrarch,
};

fn read(kind: PetrarchKind, name: &str) -> PetrarchImport {
    let index = NameIndex::new(Lexicon::bundled().unwrap());
    let text = fs::read_to_string(format!("tests/fixtures/petrarch/{name}")).unwrap();
    assert_eq!(PetrarchKind::detect(&text), Some(kind), "{name}");
    import_petrarch(kind, name, &text, &|text| index.get(text).cloned())
}

fn lines(import: &PetrarchImport) -> Vec<String> {
    import.entries.iter().map(Entry::to_string).collect()
}

/// Checks that entries are there, each written as in the user's dictionary.
#[track_caller]
fn check_lines(found: &[String], expected: &[&str]) {
    for line in expected {
        let line = line.replace('|', "\t");
        let near: Vec<&String> = found
            .iter()
            .filter(|found| {
                let key = |text: &str| text.split('\t').nth(1).map(str::to_owned);
                key(found) == key(&line)
            })
            .collect();
        assert!(found.contains(&line), "no `{line}` among {near:#?}");
    }
}

/// Entries that must come of `actors.txt`, with `|` for tabs.
const ACTORS: &[&str] = &[
    // Names of states, also by codes that are not ours.
    "alias|state:NOR|Land of the Fjords",
    "alias|state:FIN|Suomen Maa",
    "alias|state:SDN|RTR",
    "alias|state:XKX|Field of Blackbirds",
    "alias|state:ROU|Danube Mouth Land",
    "alias|state:PSE|Hills of Olives",
    "alias|state:COD|Great River State",
    "alias|state:DDR|Pankow State",
    "alias|state:CZE|Twin Republic of the Elbe",
    "alias|state:SRB|Land of Southern Plums",
    "alias|state:NOR|Ministry of Tides and Harbours",
    // Persons with dates.
    "actor|person:mara-dovrin|Mara Dovrin|NOR",
    "alias|person:mara-dovrin|M. Dovrin",
    "role|person:mara-dovrin|NOR|GOV|||2001-02-03|2005-06-07",
    "role|person:mara-dovrin|NOR|OPP|||2005-06-08",
    "actor|person:joris-van-der-haal|Joris van Der Haal|NLD|ELI",
    "role|person:karim-al-tawil|EGY|MIL||||1996-06-18",
    "role|person:eva-ori-nagyfalu|HUN|GOV|||1998-01-01|2002-12-31",
    "role|person:sean-odare|IRL|GOV|||1997-06-01|1997-12-31",
    "role|person:gil-saor|ISR|MIL||||2030-01-01",
    "role|person:old-admiral-brand|DEU|MIL||||1931-01-01",
    "role|person:tadeo-rivas-cortez|MEX|REB|||2010-08-16|2014-01-01",
    "actor|person:andrei-polosukhin-brandt|Andrei Polosukhin-Brandt",
    "role|person:j-r-stane|USA|BUS|||2005-01-26",
    "role|person:phil-wanderwort|GBR|GOV|||1990-01-01",
    "role|person:bare-country-coach|BRA||||1998-01-01|1998-12-31",
    "role|person:settler-speaker-ari|ISR|CVL||||1997-01-01",
    // Someone known keeps the known id.
    "alias|person:vladimir-putin|Putin of Saint Petersburg",
    "role|person:vladimir-putin|RUS|SPY||||1991-12-31",
    "alias|person:recep-tayyip-erdogan|The Istanbul Mayor",
    "alias|group:hamas|Harakat of the Coast",
    // Bodies.
    "actor|agency:royal-marsh-navy|Royal Marsh Navy|NLD|MIL",
    "actor|agency:council-of-unknown-seas|Council of Unknown Seas||GOV",
    "actor|other:tove-almskog|Tove Almskog|SWE|GOV",
    "actor|other:red-heron-opposition|Red Heron Opposition|VEN|OPP",
    "actor|group:sand-river-front|Sand River Front|MLI|REB",
    "alias|group:sand-river-front|SRVF",
    "actor|group:black-cormorant-network|Black Cormorant Network||REB",
    "actor|party:party-of-the-long-table|Party of the Long Table|SWE|PTY",
    "actor|company:helios-deepwater|Helios Deepwater|NOR|BUS",
    "actor|igo:league-of-inland-seas|League of Inland Seas||IGO",
    "actor|ngo:lantern-watch|Lantern Watch||NGO",
    "actor|ngo:green-fjord-alliance|Green Fjord Alliance|NOR|NGO",
    "actor|other:seven-valley-people|Seven Valley People|GEO",
    "actor|other:double-crown-envoys|Double Crown Envoys|NOR|GOV",
    "alias|state:NOR|Double Crown",
    "unalias|state:USA|Washington",
    "actor|ngo:association-of-night-pilots|Association of Night Pilots|ITA|NGO",
];

#[test]
fn actors_are_read() {
    let import = read(PetrarchKind::Actors, "actors.txt");
    let found = lines(&import);
    check_lines(&found, ACTORS);
    let alone = |text: &str| found.iter().filter(|line| line.contains(text)).count();
    assert_eq!(alone("Jerusalem"), 0, "a known name stays with its actor");
    assert_eq!(alone("Nowhere"), 0, "the code of nobody makes no actor");
    assert_eq!(
        import.counts,
        PetrarchCounts {
            lines: 200,
            actors_new: 85,
            actors_known: 30,
            aliases: 55,
            names_known: 7,
            unaliases: 1,
            roles: 39,
            loose: 4,
            ..PetrarchCounts::default()
        }
    );
    insta::assert_snapshot!("petrarch_actors_notes", notes(&import));
}

fn notes(import: &PetrarchImport) -> String {
    let mut told = String::new();
    for note in &import.notes {
        let loss = match note.loss {
            PetrarchLoss::Line => "lost",
            PetrarchLoss::Detail => "detail",
        };
        writeln!(told, "{loss} {note}").unwrap();
    }
    told
}

#[test]
fn agents_are_read() {
    let import = read(PetrarchKind::Agents, "agents.txt");
    let found = lines(&import);
    check_lines(
        &found,
        &[
            "agent|harbour pilot|harbour pilots|CVL",
            "agent|lantern deputy|lantern deputies|LEG",
            "agent|ferry envoy|ferry envoys|GOV",
            "agent|marsh fox|marsh foxes|REB",
            "agent|coast guardsman|coast guardsmen|COP",
            "agent|canal human|canal humans|CVL",
            "agent|chief of tides|chiefs of tides|MIL",
            "agent|harbour staff||GOV",
            "agent|sheep||AGR",
            "agent|night watch|night watches|COP",
            "agent|sea raider|sea raiders|REB",
            "agent|fjord ranger|fjord rangers|MIL|NOR",
            "agent|blackbird ranger|blackbird rangers|COP|XKX",
            "agent|fleet minister|fleet ministers|GOV",
            "agent|hilltop settler|hilltop settlers|CVL",
            "agent|mist insurgent|mist insurgents|REB",
            "agent|harbourwoman||CVL",
            "agent|captain of the watch|captain of the watches|COP",
            "agent|ensign of the blue fleet||MIL",
            "agent|southern commander|southern commanders|MIL",
            "agent|red helmet|red helmets|UAF",
            "agent|red red guard|red red guards|MIL",
            "agent|amber beret|amber berets|MIL",
            "agent|shown agent|shown agents|GOV",
            "agent|envoy-at-large|envoys-at-large|GOV",
        ],
    );
    assert_eq!(
        found.iter().filter(|line| line.contains("hidden")).count(),
        0
    );
    assert_eq!((import.counts.agents, import.counts.loose), (89, 8));
    insta::assert_snapshot!("petrarch_agents_notes", notes(&import));
}

#[test]
fn discards_are_read() {
    let import = read(PetrarchKind::Discard, "discard.txt");
    let found = lines(&import);
    check_lines(
        &found,
        &[
            "discard-story|harbour regatta",
            "discard-story|final of the rowing cup",
            "discard|battle of the brass bands",
            "discard|sharp shoot",
            "discard|éminence grise perfume",
        ],
    );
    assert_eq!((found.len(), import.counts.discards), (31, 31));
    assert_eq!(notes(&import), "");
}

/// Compares messages with those that lie beside a file.
fn check_messages(path: &str, messages: &str) {
    let expected = Path::new(path).with_extension("expected");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&expected, messages).unwrap();
    }
    let expected = fs::read_to_string(&expected).unwrap();
    assert_eq!(messages, expected, "{path}");
}

#[test]
fn every_fault_of_a_dictionary_of_the_field_is_named() {
    let check = |kind, name: &str, good: &[&str]| {
        let import = read(kind, name);
        let faults: Vec<_> = import
            .notes
            .iter()
            .filter(|note| note.loss == PetrarchLoss::Line)
            .map(|note| format!("{note}\n"))
            .collect();
        check_messages(&format!("tests/fixtures/petrarch/{name}"), &faults.concat());
        check_lines(&lines(&import), good);
    };
    let actors = [
        "actor|group:good-name-one|Good Name One|NOR|REB",
        "alias|group:good-name-one|Synonym with Code",
        "actor|group:good-name-two|Good Name Two|NOR|REB",
        "actor|group:good-name-three|Good Name Three|NOR|REB",
    ];
    check(PetrarchKind::Actors, "actors-wrong.txt", &actors);
    let agents = ["agent|good agent|good agents|GOV"];
    check(PetrarchKind::Agents, "agents-wrong.txt", &agents);
}

#[test]
fn every_fault_of_a_list_of_discards_is_named() {
    let text = fs::read_to_string("tests/fixtures/petrarch/discard-wrong.txt").unwrap();
    let import = import_petrarch(PetrarchKind::Discard, "discard-wrong.txt", &text, &|_| None);
    let faults: Vec<_> = import
        .notes
        .iter()
        .map(|note| format!("{note}\n"))
        .collect();
    check_messages(
        "tests/fixtures/petrarch/discard-wrong.txt",
        &faults.concat(),
    );
    assert_eq!(lines(&import), ["discard\tgood discard"]);
}

#[test]
fn the_users_dictionary_is_read_and_written() {
    let text = fs::read_to_string("tests/fixtures/dictionary/good.tsv").unwrap();
    let dictionary = UserDictionary::parse("good.tsv", &text).unwrap();
    insta::assert_snapshot!("dictionary_written", dictionary.to_text());

    let text = fs::read_to_string("tests/fixtures/dictionary/wrong.tsv").unwrap();
    let (dictionary, faults) = UserDictionary::parse_noting("wrong.tsv", &text);
    let faults: Vec<_> = faults.iter().map(|fault| format!("{fault}\n")).collect();
    check_messages("tests/fixtures/dictionary/wrong.tsv", &faults.concat());
    assert_eq!(dictionary.entries().len(), 1);
    assert!(UserDictionary::parse("wrong.tsv", &text).is_err());
}

#[test]
fn what_is_imported_is_a_dictionary_of_the_user() {
    let files = [
        (PetrarchKind::Actors, "actors.txt"),
        (PetrarchKind::Agents, "agents.txt"),
        (PetrarchKind::Discard, "discard.txt"),
    ];
    let mut dictionary = UserDictionary::default();
    for (kind, name) in files {
        dictionary.extend(read(kind, name).entries);
    }
    let again = UserDictionary::parse("t", &dictionary.to_text());
    assert_eq!(again.as_ref(), Ok(&dictionary));
    assert!(dictionary.entries().len() > 290);
    for (kind, name) in files {
        dictionary.extend(read(kind, name).entries);
    }
    let twice: std::collections::BTreeSet<String> =
        dictionary.entries().iter().map(Entry::to_string).collect();
    assert_eq!(twice.len(), dictionary.entries().len());
}

#[test]
fn other_dictionaries_are_told_apart() {
    let check = |text: &str, expected| assert_eq!(PetrarchKind::detect(text), expected, "{text}");
    check("", None);
    check("# nothing\n; at all\n", None);
    check("--- APPROVE [050] ---\nAPPROVE\n- * OF [051]\n", None);
    check("&CURRENCY\n+DOLLARS\n", None);
    check("HARBOUR_ [NOR]\n", Some(PetrarchKind::Actors));
    check("PILOT [~CVL]\n", Some(PetrarchKind::Agents));
    check("HARBOUR_\n+REGATTA_\n", Some(PetrarchKind::Discard));
}
