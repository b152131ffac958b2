//! Stored articles coded again.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::coder::{Coded, Coder};
use crate::model::ArticleId;
use crate::pipeline::{FLUSH_EVERY_ARTICLES, PipelineError};
use crate::store::{Store, StoredArticle};

/// Articles that are read before they are coded together.
const CHUNK: usize = 128;

/// What coding again has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecodeReport {
    /// Articles that were coded again.
    pub articles: u64,
    /// Of these: articles whose events are others now, if only by the version of the coder.
    pub changed: u64,
    /// Events that these articles had.
    pub events_before: u64,
    /// Events that they have now.
    pub events: u64,
    /// Whether it was stopped before the end; doing it again goes on.
    pub interrupted: bool,
}

/// Codes every article of a store again, in the order of their ids, and keeps what the coder finds now.
///
/// An article is changed whole or not at all. The result does not depend on the number of threads.
///
/// # Errors
/// [`PipelineError::Store`]; articles that were coded before it stay as they are then.
pub fn recode(
    store: &Store,
    coder: &Coder<'_>,
    threads: NonZeroUsize,
    stop: &AtomicBool,
) -> Result<RecodeReport, PipelineError> {
    let ids = store
        .articles()
        .map(|stored| stored.map(|stored| stored.article.id))
        .collect::<Result<Vec<ArticleId>, _>>()?;
    let mut report = RecodeReport::default();
    for chunk in ids.chunks(CHUNK) {
        if stop.load(Ordering::Relaxed) {
            report.interrupted = true;
            break;
        }
        let mut work: Vec<(StoredArticle, Option<Coded>)> = Vec::with_capacity(chunk.len());
        for id in chunk {
            work.extend(store.article(*id)?.map(|stored| (stored, None)));
        }
        let share = work.len().div_ceil(threads.get()).max(1);
        thread::scope(|scope| {
            for part in work.chunks_mut(share) {
                scope.spawn(|| {
                    for (stored, coded) in part {
                        *coded = Some(coder.code(&stored.article));
                    }
                });
            }
        });
        for (stored, coded) in work {
            let events = coded.unwrap_or_default().events;
            report.articles += 1;
            report.events_before += stored.events.len() as u64;
            report.events += events.len() as u64;
            report.changed += u64::from(store.recode_article(stored.article.id, &events)?);
            if report.articles.is_multiple_of(FLUSH_EVERY_ARTICLES) {
                store.flush()?;
            }
        }
    }
    store.flush()?;
    Ok(report)
}
