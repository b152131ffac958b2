//! From the corpus to a model of relations.

use std::num::NonZeroUsize;
use std::thread;

use crate::corpus::{Corpus, FurtherPair, Split};
use crate::lexicon::Frames;
use crate::relation::RelationModel;
use crate::train::{RelationExample, RelationFit, RelationTeacher, balance};

/// Fits a model of relations to the training part of the corpus, its further pairs, and the examples
/// of frames.
///
/// The same input gives the same model, on any number of threads.
#[must_use]
pub fn train_relations(
    teacher: &RelationTeacher<'_>,
    corpus: &Corpus,
    further: &[FurtherPair],
    frames: &Frames,
    fit: &RelationFit,
    threads: NonZeroUsize,
) -> RelationModel {
    let rows: Vec<_> = corpus.of(Split::Train).collect();
    let pairs: Vec<_> = further
        .iter()
        .filter(|pair| pair.split == Split::Train)
        .collect();
    let mut examples = in_parts(&rows, threads, |row| teacher.of_row(row));
    examples.extend(teacher.of_frames(frames));
    examples.extend(in_parts(&pairs, threads, |pair| teacher.of_further(pair)));
    balance(&mut examples);
    fit.fit(&examples)
}

/// Makes examples of items on several threads, in the items' order.
fn in_parts<T: Sync>(
    items: &[T],
    threads: NonZeroUsize,
    make: impl Fn(&T) -> RelationExample + Sync,
) -> Vec<RelationExample> {
    let size = items.len().div_ceil(threads.get()).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = items
            .chunks(size)
            .map(|part| scope.spawn(|| part.iter().map(&make).collect::<Vec<_>>()))
            .collect();
        let done = parts.into_iter().map(thread::ScopedJoinHandle::join);
        // A thread that panics has said why; what it should have made is not made up.
        done.flat_map(|part| part.unwrap_or_else(|cause| std::panic::resume_unwind(cause)))
            .collect()
    })
}
