//! Licences and sources of all dependencies.
use std::process::Command;

use serde_json::Value;

/// Licences that may be in the tree; an expression passes if one of its alternatives is made of
/// these alone.
const ALLOWED: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
    "0BSD",
    "ISC",
    "MIT-0",
    "BSL-1.0",
];

/// Crates without upkeep that sled brings; bincode 1 is finished and stays as it is.
const UNMAINTAINED_AND_KNOWN: &[&str] = &["bincode", "fxhash", "instant"];

fn is_allowed(expression: &str) -> bool {
    let normal = expression.replace('/', " OR ");
    normal.split(" OR ").any(|alternative| {
        alternative
            .split(" AND ")
            .all(|part| is_allowed_part(part.trim().trim_matches(['(', ')'])))
    }) || normal.split(" AND ").all(|part| {
        part.trim_matches(['(', ')'])
            .split(" OR ")
            .any(|one| is_allowed_part(one.trim()))
    })
}

fn is_allowed_part(part: &str) -> bool {
    ALLOWED.contains(&part.trim_matches(['(', ')']))
}

/// Returns the platform that the tests run on, as `rustc` names it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    told.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap()
        .to_owned()
}

#[test]
fn licences_and_sources_are_allowed() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    // Crates of other platforms need not be there on a machine that has only built the project.
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", &host()])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut wrong = Vec::new();
    let packages = metadata["packages"].as_array().unwrap();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed(licence) {
            wrong.push(format!("{name}: licence `{licence}`"));
        }
        let source = package["source"].as_str();
        let from_registry =
            source.is_some_and(|s| s == "registry+https://github.com/rust-lang/crates.io-index");
        if name != "demarche" && !from_registry {
            wrong.push(format!("{name}: source {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let has = |name: &&&str| {
        packages
            .iter()
            .any(|package| package["name"].as_str() == Some(name))
    };
    let known: Vec<_> = UNMAINTAINED_AND_KNOWN.iter().filter(has).collect();
    assert_eq!(
        known.len(),
        UNMAINTAINED_AND_KNOWN.len(),
        "the list of known crates is outdated"
    );
}

#[test]
fn the_pinned_crates_are_pinned() {
    let lock = std::fs::read_to_string("Cargo.lock").unwrap();
    for pinned in [
        "name = \"sled\"\nversion = \"0.34.7\"",
        "name = \"bincode\"\nversion = \"1.3.3\"",
    ] {
        assert!(lock.contains(pinned), "{pinned}");
    }
}
