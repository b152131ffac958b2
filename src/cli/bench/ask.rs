//! Asks a store what the other engines of `benches/peers` are asked, event by event, and says how
//! long it takes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Instant;

use anyhow::{Context, Result};
use demarche::model::{ActorId, Day, Event, PloverType, Status, Window};
use demarche::store::{OpenMode, Store};
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::session::Session;

/// How often each question is asked; the median counts.
const DYADS: usize = 201;
const SCANS: usize = 3;

/// Whom to ask about.
pub(crate) struct Asked {
    pub(crate) actor: ActorId,
    pub(crate) dyad: (ActorId, ActorId),
    pub(crate) year: i16,
}

/// Count, first day and last day of the contacts with a partner.
type Partners = BTreeMap<String, (u64, i32, i32)>;

/// Asks and prints one JSON object.
pub(crate) fn ask(asked: &Asked, session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let contacts: Vec<_> = contacts(&store, &asked.actor)?
        .into_iter()
        .map(|(partner, (events, first, last))| json!([partner, events, first, last]))
        .collect();
    let (dyad_seconds, dyad) = median(DYADS, || dyad_year(&store, asked))?;
    let (scan_seconds, sums) = median(SCANS, || scan(&store))?;
    let events: u64 = sums.values().map(|(count, _)| count).sum();
    #[expect(clippy::cast_precision_loss, reason = "events are not near 2^52")]
    let per_second = events as f64 / scan_seconds;
    let answer = json!({
        "contacts": contacts,
        "dyad_seconds": dyad_seconds,
        "dyad_events": dyad.len(),
        "scan_per_second": per_second,
        "scan_events": events,
        "scan_sums": sums,
    });
    writeln!(io::stdout(), "{answer}")?;
    Ok(Exit::Done)
}

/// Returns the median time of a call in seconds, and its last answer.
fn median<T>(times: usize, mut call: impl FnMut() -> Result<T>) -> Result<(f64, T)> {
    let mut taken = Vec::with_capacity(times);
    let mut last = None;
    for _ in 0..times {
        let started = Instant::now();
        last = Some(call()?);
        taken.push(started.elapsed().as_secs_f64());
    }
    taken.sort_unstable_by(f64::total_cmp);
    let median = taken.get(times / 2).copied();
    median.zip(last).context("nothing was asked")
}

/// Returns with whom an actor was in contact, as the events have it, reports not joined.
fn contacts(store: &Store, actor: &ActorId) -> Result<Partners> {
    let mut partners = Partners::new();
    for event in store.events_of(std::slice::from_ref(actor)) {
        let event = event?;
        if !event.is_contact() {
            continue;
        }
        let day = event.date.start.map_or(0, Day::number);
        for (source, target) in event.dyads() {
            let partner = if source.actor == *actor {
                &target.actor
            } else if target.actor == *actor {
                &source.actor
            } else {
                continue;
            };
            let entry = partners.entry(partner.to_string()).or_insert((0, day, day));
            *entry = (entry.0 + 1, entry.1.min(day), entry.2.max(day));
        }
    }
    Ok(partners)
}

/// Returns the events between two actors, in either direction, that are certain to lie in a year.
fn dyad_year(store: &Store, asked: &Asked) -> Result<Vec<Event>> {
    let (one, other) = &asked.dyad;
    let mut found = Vec::new();
    for event in store.events_between(&[one.clone(), other.clone()], asked.window()) {
        let event = event?;
        // Who stands for one of them is another actor here, as with the other engines.
        let is_of_dyad = event.dyads().into_iter().any(|(source, target)| {
            let pair = (&source.actor, &target.actor);
            pair == (one, other) || pair == (other, one)
        });
        if is_of_dyad {
            found.push(event);
        }
    }
    Ok(found)
}

impl Asked {
    fn window(&self) -> Window {
        Window {
            start: Day::from_ymd(self.year, 1, 1),
            end: Day::from_ymd(self.year.saturating_add(1), 1, 1),
        }
    }
}

/// How many events of a type there are, and how many of them took place.
type Sums = BTreeMap<&'static str, (u64, u64)>;

/// Reads every event in columns.
fn scan(store: &Store) -> Result<Sums> {
    let mut sums = Sums::new();
    for columns in store.columns() {
        let columns = columns?;
        // Acts are told by their place in a table of the block; each is looked up once.
        let mut acts: Vec<(u64, u64)> = Vec::new();
        for row in columns.rows() {
            if acts.len() <= row.act {
                acts.resize(row.act + 1, (0, 0));
            }
            if let Some((count, actual)) = acts.get_mut(row.act) {
                *count += 1;
                *actual += u64::from(row.status == Status::Actual);
            }
        }
        for (place, (count, actual)) in acts.into_iter().enumerate() {
            let act = columns.act(place).context("a block lacks an act")?;
            let sum = sums
                .entry(act.plover.map_or("", PloverType::name))
                .or_default();
            *sum = (sum.0 + count, sum.1 + actual);
        }
    }
    Ok(sums)
}
