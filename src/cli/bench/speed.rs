//! How fast and how small the store is: `demarche bench store`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::cli::bench::child::{Program, Ran};
use crate::cli::bench::machine::machine;
use crate::cli::bench::scratch::Scratch;
use crate::cli::exit::Exit;
use crate::cli::output::{Format, Table};
use crate::cli::session::Session;

/// How often a cold start is measured; the median counts.
const COLD_STARTS: usize = 11;

/// What is asked of the store.
struct Limits {
    measure: &'static str,
    at_least: &'static str,
    aim: &'static str,
    /// A smaller figure is better but for speeds.
    is_speed: bool,
    /// Nothing where a figure is only told.
    least: Option<f64>,
}

const LIMITS: [Limits; 8] = [
    Limits {
        measure: "load of coded events, events/s",
        at_least: "100,000",
        aim: "400,000",
        is_speed: true,
        least: Some(100_000.0),
    },
    Limits {
        measure: "disk per event, without article text, bytes",
        at_least: "120",
        aim: "40",
        is_speed: false,
        least: Some(120.0),
    },
    Limits {
        measure: "peak memory while loading, MB",
        at_least: "400",
        aim: "200",
        is_speed: false,
        least: Some(400.0),
    },
    Limits {
        measure: "cold start to the answer of `contacts`, ms",
        at_least: "250",
        aim: "60",
        is_speed: false,
        least: Some(250.0),
    },
    Limits {
        measure: "the same for the busiest person, ms",
        at_least: "",
        aim: "",
        is_speed: false,
        least: None,
    },
    Limits {
        measure: "events of one dyad in a year, warm, ms",
        at_least: "1",
        aim: "0.1",
        is_speed: false,
        least: Some(1.0),
    },
    Limits {
        measure: "the same for the busiest dyad, ms",
        at_least: "",
        aim: "",
        is_speed: false,
        least: None,
    },
    Limits {
        measure: "full scan, million events/s",
        at_least: "5",
        aim: "30",
        is_speed: true,
        least: Some(5.0),
    },
];

/// Generates, loads, asks, and prints the table; the exit code is 1 where a limit is not kept.
pub(crate) fn speed(
    events: u64,
    seed: u64,
    folder: Option<&Path>,
    session: &Session,
) -> Result<Exit> {
    let scratch = Scratch::make(folder, "store")?;
    let program = Program::own()?;
    let file = scratch.path().join("events.jsonl");
    let store = scratch.path().join("store");
    let asked = generate(&program, (events, seed), &file)?;
    let told = file.display().to_string();
    writeln!(io::stderr(), "loading")?;
    let loaded = program.demand(&store, &["db", "restore", &told])?;
    fs::remove_file(&file)?;
    writeln!(io::stderr(), "asking")?;
    let bytes = bytes_without_text(&program, &store)?;
    let cold = cold_start(&program, &store, &text(&asked, "actor")?)?;
    let cold_busiest = cold_start(&program, &store, &text(&asked, "busiest_actor")?)?;
    let warm = ask(&program, &store, &asked, ["one", "other"])?;
    let busiest = ask(&program, &store, &asked, ["busiest_one", "busiest_other"])?;
    let count = number(&warm, "scan_events")?;
    let found = [
        count / loaded.took.as_secs_f64(),
        bytes / count,
        loaded
            .peak_bytes
            .map_or(f64::NAN, |bytes| as_number(bytes) / 1e6),
        cold * 1000.0,
        cold_busiest * 1000.0,
        number(&warm, "dyad_seconds")? * 1000.0,
        number(&busiest, "dyad_seconds")? * 1000.0,
        number(&warm, "scan_per_second")? / 1e6,
    ];
    let head = format!(
        "{count} events, seed {seed}; {}.\nPersons `{}` and `{}`; the dyad has {} events in {}, the busiest {}.",
        machine(),
        text(&asked, "actor")?,
        text(&asked, "busiest_actor")?,
        number(&warm, "dyad_events")?,
        number(&asked, "year")?,
        number(&busiest, "dyad_events")?,
    );
    scratch.clear()?;
    print(&head, &found, session)
}

/// Returns how many seconds it takes from the start of the program to the contacts of an actor; the
/// median of several starts.
fn cold_start(program: &Program, store: &Path, actor: &str) -> Result<f64> {
    let mut taken = Vec::with_capacity(COLD_STARTS);
    for _ in 0..COLD_STARTS {
        taken.push(program.demand(store, &["contacts", actor])?.took);
    }
    taken.sort_unstable();
    let median = taken.get(COLD_STARTS / 2).context("nothing was measured")?;
    Ok(median.as_secs_f64())
}

fn print(head: &str, found: &[f64; 8], session: &Session) -> Result<Exit> {
    let format = Format::or_default(session.format);
    let mut out = io::stdout().lock();
    if matches!(format, Format::Table | Format::Md) {
        writeln!(out, "{head}\n")?;
    }
    let mut table = Table::new(&["measure", "found", "at_least", "aim", "kept"]);
    let mut all_kept = true;
    for (limit, found) in LIMITS.iter().zip(found) {
        let is_kept = limit.least.map(|least| {
            if limit.is_speed {
                *found >= least
            } else {
                *found <= least
            }
        });
        all_kept &= is_kept.unwrap_or(true);
        table.push(vec![
            limit.measure.into(),
            shown(*found).into(),
            limit.at_least.into(),
            limit.aim.into(),
            is_kept.map(|kept| if kept { "yes" } else { "no" }).into(),
        ]);
    }
    table.write(format, &mut out)?;
    Ok(if all_kept { Exit::Done } else { Exit::Nothing })
}

/// Three digits that say something.
fn shown(number: f64) -> String {
    if number >= 1000.0 {
        format!("{number:.0}")
    } else if number >= 10.0 {
        format!("{number:.1}")
    } else {
        format!("{number:.3}")
    }
}

/// Writes the events and returns whom to ask about.
fn generate(program: &Program, (events, seed): (u64, u64), file: &Path) -> Result<Value> {
    writeln!(io::stderr(), "inventing {events} events")?;
    let (events, seed) = (events.to_string(), seed.to_string());
    let out = file.display().to_string();
    let words = [
        "bench", "generate", "--events", &events, "--seed", &seed, "--out", &out,
    ];
    answer(&program.demand(Path::new("unused"), &words)?)
}

fn ask(program: &Program, store: &Path, asked: &Value, dyad: [&str; 2]) -> Result<Value> {
    let [one, other] = dyad.map(|name| text(asked, name));
    let actor = text(asked, "actor");
    let year = number(asked, "year")?.to_string();
    let words = ["bench", "ask", &actor?, &one?, &other?, &year];
    answer(&program.demand(store, &words)?)
}

/// All files of the store but what the texts of the articles take in them.
fn bytes_without_text(program: &Program, store: &Path) -> Result<f64> {
    let stats = program.demand(store, &["db", "stats", "--format", "jsonl"])?;
    let mut bytes = 0.0;
    for line in stats.out.lines() {
        let row: Value = serde_json::from_str(line)?;
        match row.get("what").and_then(Value::as_str) {
            Some("bytes on disk") => bytes += number(&row, "count")?,
            Some("bytes of texts") => bytes -= number(&row, "count")?,
            _ => {}
        }
    }
    Ok(bytes)
}

fn answer(ran: &Ran) -> Result<Value> {
    serde_json::from_str(&ran.out).with_context(|| format!("not an answer: {}", ran.out))
}

fn number(answer: &Value, name: &str) -> Result<f64> {
    let found = answer.get(name).and_then(Value::as_f64);
    found.with_context(|| format!("no `{name}` in {answer}"))
}

fn text(answer: &Value, name: &str) -> Result<String> {
    let found = answer.get(name).and_then(Value::as_str).map(str::to_owned);
    found.with_context(|| format!("no `{name}` in {answer}"))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size in bytes is not near 2^52"
)]
const fn as_number(bytes: u64) -> f64 {
    bytes as f64
}
