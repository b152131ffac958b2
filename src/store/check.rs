//! Reading a whole store to prove that it agrees with itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::model::EventId;
use crate::store::articles::{bad_key, decode_event};
use crate::store::key::{self, Key};
use crate::store::{
    RunNumber, RunRecord, Store, StoreError, StoredArticle, dictionary, soundness, value,
};

/// How many problems a report lists; the others are only counted.
const PROBLEMS_LISTED_MAX: usize = 1000;

/// Something that is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The record, for people ("event 3fa9…").
    pub record: String,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.record, self.reason)
    }
}

/// What a check has read and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// How many articles were read, damaged ones too.
    pub articles: u64,
    /// How many events were read, damaged ones too.
    pub events: u64,
    /// How many mentions the events have that are not damaged.
    pub mentions: u64,
    /// How many runs were read, damaged ones too.
    pub runs: u64,
    /// The problems: runs, then articles with their events, then events that no article lists,
    /// then counts that do not match; at most 1000.
    pub problems: Vec<Problem>,
    /// How many problems there are, listed or not.
    pub problems_total: u64,
}

impl CheckReport {
    /// Says whether nothing is wrong.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.problems_total == 0
    }

    fn add(&mut self, record: impl fmt::Display, reason: impl Into<String>) {
        self.problems_total += 1;
        if self.problems.len() < PROBLEMS_LISTED_MAX {
            self.problems.push(Problem {
                record: record.to_string(),
                reason: reason.into(),
            });
        }
    }

    /// Takes the value of a record, or notes why there is none.
    ///
    /// # Errors
    /// Every error but that of one damaged record.
    fn take<T>(&mut self, result: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(StoreError::Damaged { key, reason, .. }) => {
                self.add(key, reason);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// What the check has to remember between its passes.
#[derive(Default)]
struct Seen {
    /// The events that some article lists.
    listed: BTreeSet<EventId>,
    /// The runs, each with the number of its articles that were found.
    runs: BTreeMap<RunNumber, (Option<RunRecord>, u64)>,
}

impl Store {
    /// Reads every record and reports what is wrong.
    ///
    /// It proves that every record decodes and its checksum holds; that the id inside a record is
    /// that of its key; that articles list the events that point to them, and no event is without
    /// an article or in two; that the id of an event is the least of its mentions; that spans lie
    /// in the text of the article, on characters; that the run of every article is known; that
    /// finished runs still have as many articles as they added; and that runs that were undone have
    /// none.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`] where reading cannot go on. Damaged records
    /// are no error: they are in the report.
    ///
    /// # Complexity
    /// Two scans of the store, with a seek for each event and memory for the id of each.
    pub fn check(&self) -> Result<CheckReport, StoreError> {
        let mut report = CheckReport::default();
        let mut seen = Seen::default();
        self.check_runs(&mut report, &mut seen)?;
        self.check_articles(&mut report, &mut seen)?;
        self.check_events(&mut report, &seen)?;
        self.check_other_keys(&mut report)?;
        for (run, (record, found)) in &seen.runs {
            let Some(record) = record else { continue };
            if record.undone && *found > 0 {
                let reason = format!("it was undone, {found} articles of it are there");
                report.add(Key::Run(*run), reason);
            } else if record.finished && !record.undone && record.articles_new != *found {
                let reason = format!(
                    "it added {} articles, {found} are there",
                    record.articles_new
                );
                report.add(Key::Run(*run), reason);
            }
        }
        Ok(report)
    }

    fn check_runs(&self, report: &mut CheckReport, seen: &mut Seen) -> Result<(), StoreError> {
        for entry in self.backend.scan(key::runs()) {
            let (bytes, value) = entry?;
            let Some(Key::Run(run)) = Key::decode(&bytes) else {
                report.take(Err::<(), _>(bad_key(&bytes)))?;
                continue;
            };
            report.runs += 1;
            let record = report.take(RunRecord::decode(run, &value))?;
            seen.runs.insert(run, (record, 0));
        }
        Ok(())
    }

    fn check_articles(&self, report: &mut CheckReport, seen: &mut Seen) -> Result<(), StoreError> {
        for entry in self.backend.scan(key::articles()) {
            let (bytes, value) = entry?;
            let Some(key @ Key::Article(id)) = Key::decode(&bytes) else {
                report.take(Err::<(), _>(bad_key(&bytes)))?;
                continue;
            };
            report.articles += 1;
            let Some(stored) = report.take(StoredArticle::decode(id, &value))? else {
                continue;
            };
            match seen.runs.get_mut(&stored.run) {
                Some((_, found)) => *found += 1,
                None => report.add(key, format!("its run {} is not there", stored.run)),
            }
            self.check_events_of(&stored, report, seen)?;
        }
        Ok(())
    }

    /// Checks the events that an article lists.
    fn check_events_of(
        &self,
        stored: &StoredArticle,
        report: &mut CheckReport,
        seen: &mut Seen,
    ) -> Result<(), StoreError> {
        let article = Key::Article(stored.article.id);
        for id in &stored.events {
            if !seen.listed.insert(*id) {
                report.add(article, format!("its event {id} is listed before"));
                continue;
            }
            let Some(found) = report.take(self.event(*id))? else {
                continue;
            };
            let Some(event) = found else {
                report.add(article, format!("its event {id} is not there"));
                continue;
            };
            for mismatch in soundness::mismatches(&event, &stored.article) {
                report.add(Key::Event(*id), mismatch);
            }
        }
        Ok(())
    }

    /// Counts the events, and checks those that no article lists.
    fn check_events(&self, report: &mut CheckReport, seen: &Seen) -> Result<(), StoreError> {
        for entry in self.backend.scan(key::events()) {
            let (bytes, value) = entry?;
            let Some(key @ Key::Event(id)) = Key::decode(&bytes) else {
                report.take(Err::<(), _>(bad_key(&bytes)))?;
                continue;
            };
            report.events += 1;
            let event = match decode_event(id, &value) {
                // The article that lists it has brought the problem to light already.
                Err(StoreError::Damaged { .. }) if seen.listed.contains(&id) => continue,
                result => report.take(result)?,
            };
            report.mentions += event.map_or(0, |event| event.mentions.len() as u64);
            if !seen.listed.contains(&id) {
                report.add(key, "no article lists it");
            }
        }
        Ok(())
    }

    /// Checks that nothing but dictionary and format lies between the kinds of record.
    fn check_other_keys(&self, report: &mut CheckReport) -> Result<(), StoreError> {
        for range in key::elsewhere() {
            for entry in self.backend.scan(range) {
                let (bytes, value) = entry?;
                match Key::decode(&bytes) {
                    Some(Key::Dictionary) => drop(report.take(dictionary::decode(&value))?),
                    Some(key) => drop(report.take(value::decode::<u32>(key, &value))?),
                    None => drop(report.take(Err::<(), _>(bad_key(&bytes)))?),
                }
            }
        }
        Ok(())
    }
}
