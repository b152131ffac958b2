//! From articles to events, without a store.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::coder::{Coded, Coder};
use crate::ingest::{BadRecord, Reader, Record};
use crate::model::Article;

/// Articles that are read before they are coded together, for each thread.
const CHUNK: usize = 64;

/// What a stream of records gave, in their order.
#[derive(Debug)]
pub enum CodedRecord {
    /// An article with what the coder made of it.
    Article(Box<Article>, Coded),
    /// A record that cannot be read.
    Bad(BadRecord),
}

/// Codes articles as they are read and hands each on in the order of the input, which does not depend
/// on the number of threads; stops when told to, or when `take` fails.
///
/// Memory: some articles for each thread.
///
/// # Errors
/// What `take` returns.
pub fn code_stream<E>(
    reader: &mut Reader,
    coder: &Coder<'_>,
    threads: NonZeroUsize,
    stop: &AtomicBool,
    take: &mut dyn FnMut(CodedRecord) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let mut chunk: Vec<(Record, Option<Coded>)> = Vec::new();
        while chunk.len() < CHUNK * threads.get() {
            match reader.next() {
                Some(Record::Skipped(_)) => {}
                Some(record) => chunk.push((record, None)),
                None => break,
            }
        }
        if chunk.is_empty() || stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let share = chunk.len().div_ceil(threads.get()).max(1);
        thread::scope(|scope| {
            for part in chunk.chunks_mut(share) {
                scope.spawn(|| {
                    for (record, coded) in part {
                        if let Record::Article { article, .. } = record {
                            *coded = Some(coder.code(article));
                        }
                    }
                });
            }
        });
        for (record, coded) in chunk {
            match record {
                Record::Article { article, .. } => {
                    take(CodedRecord::Article(
                        Box::new(article),
                        coded.unwrap_or_default(),
                    ))?;
                }
                Record::Bad(bad) => take(CodedRecord::Bad(bad))?,
                Record::Skipped(_) => {}
            }
        }
    }
}
