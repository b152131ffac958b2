//! Fits all parts of the analyser.

use std::thread;

use crate::text::{ConlluSentence, FIRST_PASS, SECOND_PASS, SyntaxModel, Tree};
use crate::train::boundary::learn_boundaries;
use crate::train::corpus::{Example, Inventory, learn_lemmas};
use crate::train::parser_fit::ParserFit;
use crate::train::tagger_fit::TaggerFit;

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub struct TrainOptions {
    /// Passes over the treebank for the tagger.
    pub tagger_passes: usize,
    /// Passes for the parser and the labeller.
    pub parser_passes: usize,
    /// How many trainings from different seeds are averaged.
    pub seeds: u64,
    /// Two to this power are the places of the table of each pass of the tagger.
    pub tag_bits: u32,
    /// The same for each table of the labellers.
    pub label_bits: u32,
    /// The same for the table of moves.
    pub pair_bits: u32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            tagger_passes: 8,
            parser_passes: 12,
            seeds: 6,
            tag_bits: 20,
            label_bits: 20,
            pair_bits: 20,
        }
    }
}

/// The seed of trainings whose only use is to analyse the rest of the treebank.
pub(crate) const FOLD_SEED: u64 = 77;
/// A later stage learns from what an earlier one makes of sentences that it did not learn from: it
/// is trained on the other folds.
pub(crate) const FOLDS: usize = 5;

/// Trains a model. The same treebank and options give the same bytes, on any machine.
#[must_use]
pub fn train(treebank: &[ConlluSentence], options: &TrainOptions) -> SyntaxModel {
    let inventory = Inventory::of(treebank);
    let examples = inventory.examples(treebank);
    let turned: Vec<Example> = examples.iter().map(Example::turned).collect();
    let dictionary = &inventory.tag_dictionary;
    let first_tagger = TaggerFit {
        dictionary,
        examples: &turned,
        first: None,
        options,
    };
    let mut first = first_tagger.tag_in_folds();
    for tags in &mut first {
        tags.reverse();
    }
    let tagger = TaggerFit {
        dictionary,
        examples: &examples,
        first: Some(&first),
        options,
    };
    let label_dictionary = inventory.label_dictionary(&examples);
    let tags = tagger.tag_in_folds();
    let first_parser = ParserFit {
        examples: &turned,
        tags: &tags
            .iter()
            .map(|tags| tags.iter().rev().copied().collect())
            .collect(),
        upos_of: inventory.upos_of(),
        vocabulary: &inventory.vocabulary,
        templates: &FIRST_PASS,
        guides: None,
        dictionary: &label_dictionary.turned(),
        options,
    };
    let guides: Vec<Tree> = first_parser
        .parse_in_folds()
        .into_iter()
        .map(Tree::turned)
        .collect();
    let parser = ParserFit {
        examples: &examples,
        tags: &tags,
        upos_of: inventory.upos_of(),
        templates: &SECOND_PASS,
        guides: Some(&guides),
        dictionary: &label_dictionary,
        ..first_parser
    };
    let parse = parser.fit_seeds();
    SyntaxModel {
        first_tag_weights: first_tagger.fit_seeds(),
        tag_weights: tagger.fit_seeds(),
        first_parse: first_parser.fit_seeds(),
        parse,
        lemmas: learn_lemmas(treebank),
        boundaries: learn_boundaries(treebank),
        tags: inventory.tags,
        labels: inventory.labels,
        tag_dictionary: inventory.tag_dictionary,
        vocabulary: inventory.vocabulary,
        label_dictionary,
    }
}

/// Returns those examples whose numbers are taken, with their numbers.
pub(crate) fn numbered(
    examples: &[Example],
    takes: impl Fn(usize) -> bool,
) -> Vec<(usize, &Example)> {
    let all = examples.iter().enumerate();
    all.filter(|(index, _)| takes(*index)).collect()
}

/// Runs a training from each seed, all at once; the results are in the order of the seeds.
pub(crate) fn each_seed<T: Send>(options: &TrainOptions, run: impl Fn(u64) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let run = &run;
        let runs: Vec<_> = (1..=options.seeds)
            .map(|seed| scope.spawn(move || run(seed)))
            .collect();
        runs.into_iter().filter_map(|run| run.join().ok()).collect()
    })
}

/// Runs something for each fold, all at once, and puts what it gives into the order of the numbers.
pub(crate) fn in_folds<T: Send>(run: impl Fn(usize) -> Vec<(usize, T)> + Sync) -> Vec<T> {
    let folds: Vec<Vec<(usize, T)>> = thread::scope(|scope| {
        let run = &run;
        let runs: Vec<_> = (0..FOLDS)
            .map(|fold| scope.spawn(move || run(fold)))
            .collect();
        runs.into_iter().filter_map(|run| run.join().ok()).collect()
    });
    let mut all: Vec<_> = folds.into_iter().flatten().collect();
    all.sort_unstable_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, found)| found).collect()
}
