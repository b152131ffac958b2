//! Loading, and the questions that are asked of all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use serde_json::json;

use crate::line::{self, Line};
use crate::record::Record;
use crate::{Outcome, Store, key};

type Entries = Vec<(Vec<u8>, Vec<u8>)>;

/// A flush after so many articles, as demarche does it.
const ARTICLES_PER_FLUSH: usize = 10_000;

pub fn load<S: Store>(file: &Path, folder: &Path, with_text: bool) -> Outcome<()> {
    let started = Instant::now();
    let mut store = S::open(folder)?;
    let (mut articles, mut events) = (0_usize, 0_u64);
    let mut entries = Vec::new();
    for line in BufReader::with_capacity(1 << 20, File::open(file)?).lines() {
        let Some(article) = serde_json::from_str::<Line>(&line?)?.article else {
            continue;
        };
        events += article.events.len() as u64;
        entries_of(article, with_text, &mut entries)?;
        articles += 1;
        if articles % S::ARTICLES_PER_BATCH == 0 {
            store.put(std::mem::take(&mut entries))?;
        }
        if articles % ARTICLES_PER_FLUSH == 0 {
            store.flush()?;
        }
    }
    store.put(entries)?;
    store.flush()?;
    drop(store);
    let seconds = started.elapsed().as_secs_f64();
    println!("{}", json!({"events": events, "seconds": seconds}));
    Ok(())
}

fn entries_of(article: line::Article, with_text: bool, entries: &mut Entries) -> Outcome<()> {
    let id = key::bytes(&article.article_id);
    let text = if with_text {
        article.text
    } else {
        String::new()
    };
    let head = (
        article.outlet,
        article.url,
        article.title,
        article.published.as_deref().and_then(line::day),
        text,
    );
    entries.push((key::article(&id), bincode::serialize(&head)?));
    for event in article.events {
        let event_id = key::bytes(&event.event_id);
        let record = Record::new(event, &id);
        let day = record.date.unwrap_or(i32::MIN);
        let mut point = |key| {
            entries.push((
                key::with_event(key::with_day(key, day), &event_id),
                Vec::new(),
            ));
        };
        for participant in &record.participants {
            point(key::actor(&participant.actor));
        }
        for (source, target) in record.dyads() {
            point(key::dyad(source, target));
        }
        point(vec![b't']);
        point(key::kind(record.plover.as_deref().unwrap_or("")));
        entries.push((key::event(&event_id), bincode::serialize(&record)?));
    }
    Ok(())
}

fn record<S: Store>(store: &S, key: &[u8]) -> Outcome<Record> {
    let id = key::event_of(key).ok_or("a key without an event")?;
    let value = store.get(&key::event(id))?.ok_or("an event is missing")?;
    Ok(bincode::deserialize(&value)?)
}

pub fn contacts<S: Store>(folder: &Path, actor: &str) -> Outcome<()> {
    let store = S::open(folder)?;
    let mut partners: BTreeMap<String, (u64, i32, i32)> = BTreeMap::new();
    let start = key::actor(actor);
    store.scan(&start, &key::after(start.clone()), &mut |key, _| {
        let record = record(&store, key)?;
        if !record.is_contact() {
            return Ok(());
        }
        let day = record.date.unwrap_or(0);
        for (source, target) in record.dyads() {
            let partner = match (source == actor, target == actor) {
                (true, _) => target,
                (_, true) => source,
                _ => continue,
            };
            let entry = partners.entry(partner.to_owned()).or_insert((0, day, day));
            *entry = (entry.0 + 1, entry.1.min(day), entry.2.max(day));
        }
        Ok(())
    })?;
    for (partner, (events, first, last)) in partners {
        println!("{partner}\t{events}\t{first}\t{last}");
    }
    Ok(())
}

pub fn warm<S: Store>(folder: &Path, dyad: (&str, &str), year: i32) -> Outcome<()> {
    let store = S::open(folder)?;
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..201 {
        let started = Instant::now();
        found = dyad_year(&store, dyad, year)?.len();
        times.push(started.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let mut scans = Vec::new();
    let mut sums = BTreeMap::new();
    let mut events = 0_u64;
    for _ in 0..3 {
        let started = Instant::now();
        (events, sums) = full_scan(&store)?;
        scans.push(events as f64 / started.elapsed().as_secs_f64());
    }
    scans.sort_by(f64::total_cmp);
    let answer = json!({
        "dyad_seconds": times[times.len() / 2],
        "dyad_events": found,
        "scan_per_second": scans[1],
        "scan_events": events,
        "scan_sums": sums,
    });
    println!("{answer}");
    Ok(())
}

/// The events between two, in either direction, that are certain to lie in a year.
fn dyad_year<S: Store>(store: &S, (one, other): (&str, &str), year: i32) -> Outcome<Vec<Record>> {
    let (from, to) = (line::days(year, 1, 1), line::days(year + 1, 1, 1));
    let mut found = Vec::new();
    for (source, target) in [(one, other), (other, one)] {
        let start = key::with_day(key::dyad(source, target), from);
        let end = key::with_day(key::dyad(source, target), to);
        store.scan(&start, &end, &mut |key, _| {
            let record = record(store, key)?;
            if record.date_end.is_none_or(|end| end < to) {
                found.push(record);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// Counts the events of each type, and those of them that took place.
fn full_scan<S: Store>(store: &S) -> Outcome<(u64, BTreeMap<String, (u64, u64)>)> {
    let mut events = 0;
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    store.scan(b"e", b"f", &mut |_, value| {
        let record: Record = bincode::deserialize(value)?;
        events += 1;
        let actual = u64::from(line::status(&record.mentions) == 0);
        let sum = sums.entry(record.plover.unwrap_or_default()).or_default();
        *sum = (sum.0 + 1, sum.1 + actual);
        Ok(())
    })?;
    Ok((events, sums))
}
