//! The README's commands work as they stand there.
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{program, stderr, stdout};

/// Runs every `$ demarche` line of the README, one after the other in one folder that holds the
/// project's data, and checks that the output shown below it is what comes.
#[cfg(unix)]
#[test]
fn the_lines_of_the_readme_run() {
    let readme = fs::read_to_string("README.md").unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(
        Path::new("data").canonicalize().unwrap(),
        folder.path().join("data"),
    )
    .unwrap();
    let path = format!(
        "{}:{}",
        program().parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut calls = 0;
    for (call, shown) in calls_of(&readme) {
        let needs_dot = call.contains("dot -T");
        if needs_dot && Command::new("dot").arg("-V").output().is_err() {
            eprintln!("notice: Graphviz is not installed; not run: {call}");
            continue;
        }
        let output = Command::new("sh")
            .args(["-c", &call])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env_remove("DEMARCHE_STORE")
            .output()
            .unwrap();
        let (out, err) = (stdout(&output), stderr(&output));
        assert!(output.status.success(), "{call}\n{out}{err}");
        for line in shown {
            let is_there = out
                .lines()
                .chain(err.lines())
                .any(|told| told.trim_end() == line.trim_end());
            assert!(is_there, "{call}\nno line `{line}` in\n{out}{err}");
        }
        calls += 1;
    }
    assert!(calls >= 8, "the README shows how to use the program");
}

/// Returns the calls of the console blocks, each with the lines shown below it; a line of `…`
/// stands for what is left out.
fn calls_of(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut calls: Vec<(String, Vec<String>)> = Vec::new();
    let mut in_console = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_console = line == "```console";
        } else if in_console {
            if let Some(call) = line.strip_prefix("$ ") {
                calls.push((call.to_owned(), Vec::new()));
            } else if let Some((_, shown)) = calls.last_mut()
                && !line.trim().is_empty()
                && line.trim() != "…"
            {
                shown.push(line.to_owned());
            }
        }
    }
    calls.retain(|(call, _)| call.starts_with("demarche") || call.starts_with("dot"));
    calls
}

#[test]
fn the_two_commands_are_named_first() {
    let readme = fs::read_to_string("README.md").unwrap();
    let demo = readme.find("cargo run --release -- demo").unwrap();
    let test = readme.find("cargo test").unwrap();
    let install = readme.find("## Install").unwrap();
    assert!(demo < install && test < install);
}
