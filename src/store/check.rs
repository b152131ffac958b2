//! Reading a whole store to prove that it agrees with itself.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{ArticleDraft, ArticleId, EventId};
use crate::store::articles::tally_of;
use crate::store::hashing::FastSet;
use crate::store::key::{self, Key};
use crate::store::manifest::Tally;
use crate::store::record::Whole;
use crate::store::sealed::Sealed;
use crate::store::state::bad_key;
use crate::store::{RunNumber, RunRecord, Store, StoreError, dictionary, envelope, frame};

/// How many problems a report lists; the others are only counted.
pub(super) const PROBLEMS_LISTED_MAX: usize = 1000;

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
    /// How many articles were read, without damaged ones.
    pub articles: u64,
    /// How many events were read, without damaged ones.
    pub events: u64,
    /// How many mentions these have.
    pub mentions: u64,
    /// How many runs were read, damaged ones too.
    pub runs: u64,
    /// The problems: runs, then what is not sealed, then blocks, then counts that do not match; at
    /// most 1000.
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

/// How closely to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Everything that reading relies on.
    Whole,
    /// What could be made again from what is there, too.
    Deep,
}

/// What the check has to remember between its passes.
#[derive(Default)]
struct Seen {
    articles: FastSet<ArticleId>,
    events: FastSet<EventId>,
    /// The runs, each with the number of its articles that were found.
    runs: BTreeMap<RunNumber, (Option<RunRecord>, u64)>,
    tally: Tally,
    open: Tally,
}

impl Store {
    /// Reads every record and reports what is wrong.
    ///
    /// It proves that every record decodes and its checksum holds; that the files of blocks are
    /// whole and fit their records; that the id inside a record is that of its key; that no article
    /// is there twice and no event in two; that the id of an event is the least of its mentions;
    /// that spans lie in the text of the article, on characters; that the run of every article is
    /// known; that finished runs still have as many articles as they added, and undone ones none;
    /// and that there is as much of everything as the manifest says.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`] where reading cannot go on. Damaged records
    /// are no error: they are in the report.
    ///
    /// # Complexity
    /// A scan of the store, a block at a time, with memory for the id of each article and event.
    pub fn check(&self) -> Result<CheckReport, StoreError> {
        self.check_to(Depth::Whole)
    }

    /// Does what [`Store::check`] does, and proves besides that the ids and sketches of articles are
    /// those that their content gives.
    ///
    /// # Errors
    /// As [`Store::check`].
    ///
    /// # Complexity
    /// As [`Store::check`], with a hash of every text.
    pub fn check_deep(&self) -> Result<CheckReport, StoreError> {
        self.check_to(Depth::Deep)
    }

    fn check_to(&self, depth: Depth) -> Result<CheckReport, StoreError> {
        let mut report = CheckReport::default();
        let mut seen = Seen::default();
        self.check_keys(&mut report, &mut seen)?;
        let (wholes, damaged) = self.open_articles(usize::MAX)?;
        for (key, reason) in damaged {
            report.add(key, reason);
        }
        for whole in &wholes {
            let tally = check_article(whole, depth, &mut report, &mut seen);
            seen.open.add(&tally);
        }
        let blocks: Vec<Sealed> = self.state().blocks.values().cloned().collect();
        for sealed in &blocks {
            self.check_block(sealed, depth, &mut report, &mut seen)?;
        }
        check_runs(&mut report, &seen);
        self.check_totals(&mut report, &seen);
        Ok(report)
    }

    /// Checks all records but articles, and that there are no others.
    fn check_keys(&self, report: &mut CheckReport, seen: &mut Seen) -> Result<(), StoreError> {
        for entry in self.backend.scan(key::everything()) {
            let (bytes, value) = entry?;
            match Key::decode(&bytes) {
                Some(Key::Article(_) | Key::Block(_) | Key::Manifest) => {}
                Some(Key::Run(run)) => {
                    report.runs += 1;
                    let record = report.take(RunRecord::decode(run, &value))?;
                    seen.runs.insert(run, (record, 0));
                }
                Some(Key::Dictionary) => drop(report.take(dictionary::decode(&value))?),
                Some(key @ Key::Removed(_)) => {
                    report.take(envelope::decode::<()>(key, &value))?;
                }
                // Those among articles come to light with them.
                None if key::articles().contains(&bytes) => {}
                None => drop(report.take(Err::<(), _>(bad_key(&bytes)))?),
            }
        }
        Ok(())
    }

    fn check_block(
        &self,
        sealed: &Sealed,
        depth: Depth,
        report: &mut CheckReport,
        seen: &mut Seen,
    ) -> Result<(), StoreError> {
        let number = sealed.number();
        for name in [number.block_file(), number.texts_file()] {
            let Some(file) = self.backend.read_file(&name)? else {
                report.add(format!("file {name}"), "it is missing");
                continue;
            };
            let damages = frame::damages(&file);
            match frame::open(&file) {
                Ok(_) if damages > 0 => report.add(
                    format!("file {name}"),
                    format!(
                        "{damages} pages are damaged and can be made again: `demarche db compact` \
                         does so"
                    ),
                ),
                Ok(_) => {}
                Err(reason) => report.add(format!("file {name}"), reason),
            }
        }
        let Some(loaded) = report.take(sealed.load_once(&self.backend))? else {
            return Ok(());
        };
        let mut gone = Tally::default();
        for row in 0..usize::try_from(sealed.entry.articles).unwrap_or(usize::MAX) {
            if sealed.entry.is_gone(row) {
                gone.add(&report.take(sealed.tally(&loaded, row))?.unwrap_or_default());
                continue;
            }
            let whole = report.take(sealed.whole(&self.backend, &loaded, row))?;
            if let Some(whole) = whole {
                check_article(&whole, depth, report, seen);
            }
        }
        let entry = &sealed.entry;
        let marked = [entry.gone_articles, entry.gone_events, entry.gone_mentions];
        if marked.map(u64::from) != [gone.articles, gone.events, gone.mentions] {
            report.add(
                Key::Block(number),
                "it says another number of articles gone",
            );
        }
        Ok(())
    }

    fn check_totals(&self, report: &mut CheckReport, seen: &Seen) {
        let manifest = self.state().manifest.clone();
        let counts = [
            ("articles", manifest.articles, seen.tally.articles),
            ("events", manifest.events, seen.tally.events),
            ("mentions", manifest.mentions, seen.tally.mentions),
            ("runs", manifest.runs, report.runs),
            (
                "articles not sealed",
                manifest.open_articles,
                seen.open.articles,
            ),
            ("events not sealed", manifest.open_events, seen.open.events),
        ];
        // Where something is damaged, it is missing in the counts as well.
        if !report.is_sound() {
            return;
        }
        let wrong = counts
            .iter()
            .filter(|(_, expected, found)| expected != found);
        let wrong: Vec<String> = wrong
            .map(|(what, expected, found)| {
                format!("{what}: {expected} expected, {found} are there")
            })
            .collect();
        if !wrong.is_empty() {
            report.add(Key::Manifest, wrong.join("; "));
            return;
        }
        if manifest.hash != seen.tally.hash {
            report.add(
                Key::Manifest,
                "other articles or events are there than were written",
            );
        }
    }
}

/// Checks an article that was read, and counts it.
fn check_article(whole: &Whole, depth: Depth, report: &mut CheckReport, seen: &mut Seen) -> Tally {
    let id = whole.article.id;
    let key = Key::Article(id);
    let tally = tally_of(id, &whole.events, (whole.run, whole.added));
    report.articles += tally.articles;
    report.events += tally.events;
    report.mentions += tally.mentions;
    seen.tally.add(&tally);
    if !seen.articles.insert(id) {
        report.add(key, "it is there twice");
    }
    for event in &whole.events {
        if !seen.events.insert(event.id) {
            report.add(key, format!("its event {} is there before", event.id));
        }
    }
    match seen.runs.get_mut(&whole.run) {
        Some((_, found)) => *found += 1,
        None => report.add(key, format!("its run {} is not there", whole.run)),
    }
    if depth == Depth::Deep {
        check_derived(whole, report);
    }
    tally
}

fn check_runs(report: &mut CheckReport, seen: &Seen) {
    // Where something is damaged, it is missing in the counts as well.
    let is_damaged = !report.is_sound();
    for (run, (record, found)) in &seen.runs {
        let Some(record) = record else { continue };
        if record.undone && *found > 0 {
            let reason = format!("it was undone, {found} articles of it are there");
            report.add(Key::Run(*run), reason);
        } else if record.finished && !record.undone && !is_damaged && record.articles_new != *found
        {
            let added = record.articles_new;
            let reason = format!("it added {added} articles, {found} are there");
            report.add(Key::Run(*run), reason);
        }
    }
}

/// Checks what the content of an article gives again.
fn check_derived(whole: &Whole, report: &mut CheckReport) {
    let article = &whole.article;
    let draft = ArticleDraft {
        doc_id: article.doc_id.clone(),
        outlet: article.outlet.clone(),
        url: article.url.clone(),
        title: article.title.clone(),
        published: article.published,
        language: article.language.clone(),
        text: article.text.clone(),
    };
    if draft.into_article().id != article.id {
        report.add(Key::Article(article.id), "its content gives another id");
    }
    if article.sketch() != whole.sketch {
        report.add(Key::Article(article.id), "its text gives another sketch");
    }
}
