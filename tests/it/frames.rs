//! The frames of `data/predicates/frames/`: that there are enough, and that each does what its
//! examples say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use demarche::evaluate::check_frames;
use demarche::lexicon::{Frames, Lexicon, VerbForms};
use demarche::mention::MentionFinder;
use demarche::model::cameo_entries;
use demarche::text::Analyser;

#[test]
fn every_example_does_what_it_is_there_for() {
    let finder = MentionFinder::new(Lexicon::bundled().unwrap());
    let faults = check_frames(
        Frames::bundled().unwrap(),
        &finder,
        Analyser::bundled().unwrap(),
    );
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| {
            let what = if fault.example.codes {
                "not found"
            } else {
                "found, a near miss"
            };
            let (file, line) = (fault.frame.file, fault.example.line);
            format!(
                "{file}:{line}: `{}` {what}: {}",
                fault.frame.text, fault.example.marked
            )
        })
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn every_code_of_three_digits_has_frames() {
    let frames = Frames::bundled().unwrap();
    let codes: BTreeSet<&str> = frames
        .iter()
        .map(|(_, frame)| frame.cameo.as_str())
        .collect();
    let three = cameo_entries()
        .iter()
        .map(|entry| entry.code)
        .filter(|code| code.as_str().len() == 3);
    let without: Vec<String> = three
        .filter(|code| !codes.iter().any(|known| known.starts_with(code.as_str())))
        .map(|code| code.to_string())
        .collect();
    assert!(
        without.is_empty(),
        "codes without frames: {}",
        without.join(" ")
    );
    assert!(frames.len() >= 2500, "{} frames", frames.len());
}

#[test]
fn no_frame_stands_twice() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = Vec::new();
    for (_, frame) in Frames::bundled().unwrap().iter() {
        let key = format!("{} {} {:?}", frame.text, frame.cameo, frame.conditions);
        let place = format!("{}:{}", frame.file, frame.line);
        if let Some(before) = seen.insert(key, place.clone()) {
            twice.push(format!("{before} and {place}: {}", frame.text));
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn every_family_in_the_folder_is_bundled() {
    let bundled: BTreeSet<&str> = Frames::bundled()
        .unwrap()
        .iter()
        .map(|(_, frame)| frame.file)
        .collect();
    for entry in fs::read_dir("data/predicates/frames").unwrap() {
        let path = entry.unwrap().path().display().to_string();
        assert!(
            bundled.contains(path.as_str()),
            "{path} is not in frame/bundled.rs"
        );
    }
}

#[test]
fn faults_of_a_family_name_file_and_line() {
    let classes = ("c.txt", "talk: talk discussion\n");
    let cases = [
        (
            "S meet T\n  040 met\n  + <s>A</s> met <t>B</t>.\n",
            "f.txt:1: `S meet T`: no near miss",
        ),
        ("S meet T\n  999 met\n", "f.txt:2: unknown CAMEO code `999`"),
        ("S hold {tolk} with T\n", "f.txt:1: unknown class `{tolk}`"),
        ("S meet\n", "f.txt:1: expected one S and one T, or one SS"),
        (
            "  040 met\n",
            "f.txt:1: an indented line before any pattern",
        ),
        (
            "S meet T\n  040 met\n  + <s>A</s> met B.\n",
            "f.txt:3: expected <t> once",
        ),
        (
            "S meet T\n  040 met\n  colour blue\n",
            "f.txt:3: `colour`: expected a code, mode, sym, with, without, source, target, + or -",
        ),
    ];
    for (family, message) in cases {
        let error = Frames::load(classes, &[("f.txt", family)], &VerbForms::default()).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}
