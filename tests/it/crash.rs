//! Kill -9 in the middle of an ingest loses nothing that was acknowledged, and a second call
//! completes the work.
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

use demarche::store::{OpenMode, Store};

use crate::support::{demarche, program, stderr, stdout};

const KILLS: u64 = 20;
const ARTICLES: u64 = 4_000;

/// A small generator with a seed (`SplitMix64`, Steele et al. 2014), so that the points are the same
/// in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

fn write_articles(path: &Path) {
    const STATES: [&str; 8] = [
        "France", "Egypt", "Japan", "Kenya", "Brazil", "Norway", "India", "Chile",
    ];
    const ACTS: [&str; 4] = [
        "condemned",
        "praised",
        "held talks with",
        "imposed sanctions on",
    ];
    let mut random = Seeded(7);
    let mut lines = String::new();
    for number in 0..ARTICLES {
        let mut pick =
            |list: &[&'static str]| list[usize::try_from(random.below(list.len() as u64)).unwrap()];
        let (first, act, second) = (pick(&STATES), pick(&ACTS), pick(&STATES));
        let text =
            format!("{first} {act} {second} on Monday. Report number {number} says no more.");
        writeln!(
            lines,
            "{{\"date\":\"2024-05-{:02}\",\"text\":\"{text}\"}}",
            number % 28 + 1
        )
        .unwrap();
    }
    fs::write(path, lines).unwrap();
}

fn content_hash(store: &Path) -> String {
    let store = Store::open(store, OpenMode::Existing).unwrap();
    store.content_hash().unwrap().to_string()
}

/// Ingests and kills the process after `lines` acknowledgements and a pause; returns how many
/// articles it had acknowledged, and whether it was still running.
fn ingest_and_kill(store: &Path, input: &Path, lines: u64, pause: Duration) -> (u64, bool) {
    let mut child = Command::new(program())
        .args(["ingest", "--progress", "lines", "--threads", "1"])
        .arg(input)
        .env("DEMARCHE_STORE", store)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = 0;
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    for _ in 0..lines {
        let Some(line) = told.next() else { break };
        let line = line.unwrap();
        let count = line
            .strip_prefix("stored ")
            .and_then(|rest| rest.split(' ').next());
        acknowledged = count.map_or(acknowledged, |count| count.parse().unwrap());
    }
    thread::sleep(pause);
    let was_running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    (acknowledged, was_running)
}

#[test]
fn nothing_acknowledged_is_lost_by_kill() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("articles.jsonl");
    write_articles(&input);
    let undisturbed = folder.path().join("undisturbed");
    let output = demarche(&undisturbed, &["ingest", input.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let expected = content_hash(&undisturbed);
    let mut random = Seeded(2026);
    let mut killed_at_work = 0;
    for kill in 0..KILLS {
        let store = folder.path().join(format!("killed-{kill}"));
        let lines = random.below(ARTICLES / 500);
        let pause = Duration::from_micros(random.below(40_000));
        let (acknowledged, was_running) = ingest_and_kill(&store, &input, lines, pause);
        killed_at_work += u64::from(was_running);
        let check = demarche(&store, &["db", "check"]);
        // Killed before the store was made: then it says so, and nothing was promised.
        let is_unmade = stderr(&check).contains("there is no store");
        assert!(!is_unmade || acknowledged == 0, "kill {kill}");
        if store.join("demarche-store").exists() && !is_unmade {
            assert!(
                check.status.success(),
                "kill {kill}: {}{}",
                stdout(&check),
                stderr(&check)
            );
            let stored = Store::open(&store, OpenMode::Existing)
                .unwrap()
                .stats()
                .unwrap()
                .articles;
            assert!(
                stored >= acknowledged,
                "kill {kill}: {stored} of {acknowledged} are left"
            );
        }
        let again = demarche(&store, &["ingest", input.to_str().unwrap()]);
        assert!(again.status.success(), "kill {kill}: {}", stderr(&again));
        assert_eq!(content_hash(&store), expected, "kill {kill}");
        let check = demarche(&store, &["db", "check"]);
        assert!(check.status.success(), "kill {kill}: {}", stdout(&check));
        fs::remove_dir_all(&store).unwrap();
    }
    assert!(
        killed_at_work * 4 >= KILLS * 3,
        "only {killed_at_work} kills hit a working process"
    );
}
