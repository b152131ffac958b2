//! A few of the faults of `demarche bench stress`, which does them by the hundred.
#![cfg(unix)]
use std::path::Path;
use std::process::Command;

use crate::support::{program, stderr, stdout};

/// Kills, cuts, turned bytes, full disks and power cuts: nothing is lost or wrong in silence.
#[test]
fn a_few_faults_of_each_kind_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    let output = Command::new(program())
        .args(["bench", "stress", "--format", "md", "--old-store"])
        .arg(Path::new("tests/fixtures/store_v1").canonicalize().unwrap())
        .arg("--dir")
        .arg(&work)
        .env_remove("DEMARCHE_STORE")
        .output()
        .unwrap();
    let (out, err) = (stdout(&output), stderr(&output));
    assert!(output.status.success(), "{out}{err}");
    assert!(out.contains(" 0 failed."), "{out}{err}");
    // Every kind has its lines: a fault that is not done finds nothing.
    for kind in [
        "kill: ingest",
        "kill: compact",
        "kill: backup",
        "kill: open",
        "kill: migrate",
        "cut: db",
        "flip: ",
        "write error: ingest",
        "power cut: mixed",
    ] {
        assert!(
            out.contains(&format!("| {kind}")),
            "no {kind} in {out}{err}"
        );
    }
    assert!(!work.exists(), "the folder is left");
}
