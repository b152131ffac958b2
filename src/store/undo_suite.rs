//! What must hold when runs are taken back: on a folder and in memory.

use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use crate::store::sample::{TODAY, coded_article};
use crate::store::suite::{fill, on_both};
use crate::store::{RunNumber, RunRecord, Store, StoreError};

fn go() -> AtomicBool {
    AtomicBool::new(false)
}

fn undo_last(store: &Store) -> Option<RunNumber> {
    let last = store.last_run().unwrap()?;
    let report = store.undo_run(last.run, &go()).unwrap();
    assert!(report.run.undone && !report.interrupted);
    Some(last.run)
}

fn runs(store: &Store) -> Vec<RunRecord> {
    store.runs().map(Result::unwrap).collect()
}

#[test]
fn an_article_goes_with_its_events() {
    on_both(|store| {
        fill(store, 0..3);
        let (article, events) = coded_article(1);
        assert_eq!(store.remove_article(article.id).unwrap(), Some(2));
        assert_eq!(store.remove_article(article.id).unwrap(), None);
        assert!(!store.has_article(article.id).unwrap());
        for event in events {
            assert_eq!(store.event(event.id).unwrap(), None);
        }
        assert_eq!((store.articles().count(), store.events().count()), (2, 4));
    });
}

#[test]
fn the_last_run_is_taken_back_and_comes_again() {
    on_both(|store| {
        fill(store, 0..5);
        let before = store.content_hash().unwrap();
        let second = fill(store, 3..9);
        let both = store.content_hash().unwrap();

        let report = store.undo_run(second.run, &go()).unwrap();
        assert_eq!((report.articles, report.events), (4, 8));
        assert_eq!(store.content_hash().unwrap(), before);
        assert!(store.check().unwrap().is_sound());
        let [first, undone] = runs(store).try_into().unwrap();
        assert!(first.finished && !first.undone);
        assert!(undone.finished && undone.undone);
        assert_eq!((undone.articles_new, undone.events), (4, 8));
        assert_eq!(store.last_run().unwrap(), Some(first));

        let third = fill(store, 3..9);
        assert_eq!(third.run, RunNumber::new(3));
        assert_eq!(store.content_hash().unwrap(), both);
        assert!(store.check().unwrap().is_sound());
    });
}

#[test]
fn undoing_twice_changes_nothing() {
    on_both(|store| {
        fill(store, 0..2);
        let run = fill(store, 2..4).run;
        store.undo_run(run, &go()).unwrap();
        let (content, before) = (store.content_hash().unwrap(), runs(store));
        let report = store.undo_run(run, &go()).unwrap();
        assert_eq!((report.articles, report.events), (0, 0));
        assert_eq!(
            (store.content_hash().unwrap(), runs(store)),
            (content, before)
        );
    });
}

#[test]
fn an_undoing_that_was_stopped_goes_on() {
    on_both(|store| {
        fill(store, 0..2);
        let before = store.content_hash().unwrap();
        let run = fill(store, 2..6).run;
        let stopped = store.undo_run(run, &AtomicBool::new(true)).unwrap();
        assert!(stopped.interrupted && !stopped.run.undone);
        // As a kill in the middle would leave it.
        let (article, _) = coded_article(4);
        store.remove_article(article.id).unwrap();
        assert!(store.check().unwrap().is_sound());
        assert_eq!(store.last_run().unwrap().unwrap().run, run);
        let report = store.undo_run(run, &go()).unwrap();
        assert_eq!(report.articles, 3);
        assert_eq!(store.content_hash().unwrap(), before);
        assert!(store.check().unwrap().is_sound());
    });
}

#[test]
fn a_run_that_was_cut_short_is_taken_back() {
    on_both(|store| {
        let run = store
            .begin_run(crate::store::sample::run_start())
            .unwrap()
            .run;
        let (article, events) = coded_article(1);
        store.put_article(&article, &events, run, TODAY).unwrap();
        let report = store.undo_run(run, &go()).unwrap();
        assert_eq!((report.articles, report.events), (1, 2));
        assert!(report.run.undone && !report.run.finished);
        assert_eq!(store.articles().count(), 0);
        assert_eq!(store.last_run().unwrap(), None);
    });
}

#[test]
fn what_cannot_be_undone_is_said() {
    on_both(|store| {
        fill(store, 0..2);
        let error = store.undo_run(RunNumber::new(7), &go()).unwrap_err();
        assert!(matches!(error, StoreError::UnknownRun { .. }), "{error}");
        let run = RunRecord {
            undone: true,
            ..runs(store).remove(0)
        };
        store.save_run(&run).unwrap();
        let report = store.check().unwrap();
        let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["run 1: it was undone, 2 articles of it are there"]);
    });
}

/// What a user may do, one after the other.
#[derive(Debug, Clone)]
enum Step {
    Ingest(Vec<u32>),
    Undo,
    Recode(u32),
    Remove(u32),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(0..12_u32, 0..6).prop_map(Step::Ingest),
        2 => Just(Step::Undo),
        2 => (0..12_u32).prop_map(Step::Recode),
        1 => (0..12_u32).prop_map(Step::Remove),
    ]
}

/// Does one step to a store, and to a list of the runs that are not undone with the articles that
/// each brought and how many events these have.
fn step(store: &Store, model: &mut Vec<(RunNumber, Vec<(u32, usize)>)>, step: &Step) {
    let holds = |model: &Vec<(RunNumber, Vec<(u32, usize)>)>, number: u32| {
        let mut brought = model.iter().flat_map(|(_, articles)| articles);
        brought.any(|(known, _)| *known == number)
    };
    match step {
        Step::Ingest(numbers) => {
            let mut new: Vec<(u32, usize)> = Vec::new();
            for number in numbers {
                if !holds(model, *number) && !new.contains(&(*number, 2)) {
                    new.push((*number, 2));
                }
            }
            let run = fill(store, numbers.iter().copied());
            assert_eq!(run.articles_new, new.len() as u64);
            model.push((run.run, new));
        }
        Step::Undo => assert_eq!(undo_last(store), model.pop().map(|(run, _)| run)),
        Step::Recode(number) => {
            let (article, mut events) = coded_article(*number);
            events.pop();
            let recoded = store.recode_article(article.id, &events);
            assert_eq!(recoded.is_ok(), holds(model, *number));
            let brought = model.iter_mut().flat_map(|(_, articles)| articles);
            brought
                .filter(|(known, _)| known == number)
                .for_each(|(_, events)| *events = 1);
        }
        Step::Remove(number) => {
            let removed = store.remove_article(coded_article(*number).0.id).unwrap();
            assert_eq!(removed.is_some(), holds(model, *number));
            for (_, articles) in model {
                articles.retain(|(known, _)| known != number);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn ids_and_counts_hold_whatever_is_done(steps in prop::collection::vec(any_step(), 0..16)) {
        on_both(|store| {
            let mut model = Vec::new();
            for one in &steps {
                step(store, &mut model, one);
            }
            let twin = Store::in_memory();
            for (number, events) in model.iter().flat_map(|(_, articles)| articles) {
                let (article, all) = coded_article(*number);
                twin.put_article(&article, &all[..*events], RunNumber::new(1), TODAY).unwrap();
            }
            assert_eq!(store.content_hash().unwrap(), twin.content_hash().unwrap());
            let (stats, expected) = (store.stats().unwrap(), twin.stats().unwrap());
            assert_eq!(
                (stats.articles, stats.events, stats.mentions),
                (expected.articles, expected.events, expected.mentions)
            );
        });
    }
}
