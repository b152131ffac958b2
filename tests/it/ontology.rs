//! The ontology files and the enums say the same.
use std::collections::BTreeSet;
use std::fs;

use demarche::model::{CameoCode, CameoRoot, Mode, PloverType, cameo_entries};

use crate::support::shared;

fn rows(path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn plover_types_and_modes_are_those_of_the_file() {
    let rows = rows("data/ontology/plover.tsv");
    assert_eq!(rows.len(), 16);
    let mut modes = BTreeSet::new();
    for (row, plover) in rows.iter().zip(PloverType::ALL) {
        assert_eq!(row[0], plover.name());
        assert_eq!(row[1], plover.quad().number().to_string(), "{plover}");
        modes.extend(
            row[3]
                .split(';')
                .filter(|mode| !mode.is_empty())
                .map(str::to_owned),
        );
    }
    let known: BTreeSet<String> = Mode::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(modes, known);
}

#[test]
fn cameo_codes_are_those_of_the_file() {
    let rows = rows("data/ontology/cameo.tsv");
    let entries = cameo_entries();
    assert_eq!((rows.len(), entries.len()), (315, 315));
    for (row, entry) in rows.iter().zip(entries) {
        assert_eq!(row[0], entry.code.to_string());
        assert_eq!(row[1], entry.label);
        assert_eq!(
            row[2],
            entry
                .plover
                .map(|plover| plover.to_string())
                .unwrap_or_default()
        );
        assert_eq!(
            row[3],
            entry.mode.map(|mode| mode.to_string()).unwrap_or_default()
        );
        let goldstein = entry.goldstein.map(|value| format!("{value:.1}"));
        assert_eq!(row[5], goldstein.unwrap_or_default());
    }
    let roots: Vec<&str> = CameoRoot::ALL.iter().map(|root| root.name()).collect();
    let two_digits: Vec<&str> = entries
        .iter()
        .map(|entry| entry.code.as_str())
        .filter(|code| code.len() == 2)
        .collect();
    assert_eq!(roots, two_digits);
}

#[test]
fn every_mode_stands_under_its_type() {
    let allowed: Vec<(String, Vec<String>)> = rows("data/ontology/plover.tsv")
        .into_iter()
        .map(|row| {
            (
                row[0].clone(),
                row[3].split(';').map(str::to_owned).collect(),
            )
        })
        .collect();
    for entry in cameo_entries() {
        if let (Some(plover), Some(mode)) = (entry.plover, entry.mode) {
            let (_, modes) = allowed
                .iter()
                .find(|(name, _)| name == plover.name())
                .unwrap();
            assert!(
                modes.iter().any(|known| known == mode.name()),
                "{} {mode}",
                entry.code
            );
        }
    }
}

#[test]
fn the_quads_follow_the_roots() {
    let quad = |code: &str| CameoCode::parse(code).unwrap().root().quad().number();
    assert_eq!(
        [quad("010"), quad("057"), quad("06"), quad("084")],
        [1, 1, 2, 2]
    );
    assert_eq!(
        [quad("090"), quad("139"), quad("14"), quad("204")],
        [3, 3, 4, 4]
    );
}

/// Compares with the reference facts, where they are at hand; the codes that we change on purpose
/// are named in the notes of our file.
#[test]
fn the_facts_are_those_of_the_reference() {
    let Some(shared) = shared() else { return };
    let reference = fs::read_to_string(shared.join("reference/ontology.tsv")).unwrap();
    let ours = rows("data/ontology/cameo.tsv");
    for line in reference.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let row = ours.iter().find(|row| row[0] == fields[0]).unwrap();
        assert_eq!(row[5], fields[6], "Goldstein value of {}", fields[0]);
        let is_changed = row[7].contains("crosswalk");
        assert!(is_changed || row[2] == fields[3], "type of {}", fields[0]);
        assert!(is_changed || row[3] == fields[4], "mode of {}", fields[0]);
    }
}
