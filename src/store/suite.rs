//! What every backend must do: each test runs on a folder and in memory, and on both with articles
//! sealed as late as usual and as early as can be.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::model::{Article, ArticleId, Event, EventId, MentionId, Span};
use crate::store::key::Key;
use crate::store::record::WholeRef;
use crate::store::sample::{TODAY, coded_article, event, run_start};
use crate::store::seal::Limits;
use crate::store::{
    OpenMode, PutOutcome, RunNumber, RunRecord, Store, StoreError, StoredArticle, envelope,
};

/// Runs a test on an empty store of each backend, sealed late and early.
pub(super) fn on_both(test: impl Fn(&Store)) {
    for limits in [Limits::default(), EARLY] {
        let mut store = Store::in_memory();
        store.limits = limits;
        test(&store);
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), OpenMode::Create).unwrap();
        store.limits = limits;
        test(&store);
    }
}

/// Seals whatever is there at the end of a run, and after a few articles.
pub(super) const EARLY: Limits = Limits {
    open_events_max: 7,
    worth_sealing_min: 0,
};

/// Runs a test on an empty store of each backend in which nothing is sealed.
pub(super) fn on_open(test: impl Fn(&Store)) {
    test(&Store::in_memory());
    let folder = tempfile::tempdir().unwrap();
    test(&Store::open(folder.path(), OpenMode::Create).unwrap());
}

/// Puts the articles of some numbers in one run.
pub(super) fn fill(store: &Store, numbers: impl IntoIterator<Item = u32>) -> RunRecord {
    let mut run = store.begin_run(run_start()).unwrap();
    for number in numbers {
        let (article, events) = coded_article(number);
        let outcome = store
            .put_article(&article, &events, run.run, TODAY)
            .unwrap();
        match outcome {
            PutOutcome::Added => {
                run.articles_new += 1;
                run.events += events.len() as u64;
            }
            PutOutcome::AlreadyThere => run.articles_known += 1,
        }
    }
    store.finish_run(&run).unwrap();
    run
}

/// Writes a value under a key, past all checks.
fn overwrite(store: &Store, key: Key, record: &impl serde::Serialize) {
    let value = envelope::encode(key, 0, record).unwrap();
    store.backend.write(vec![(key.encode(), value)]).unwrap();
}

/// Returns the problems of a store as lines.
pub(super) fn problems(store: &Store) -> Vec<String> {
    let report = store.check().unwrap();
    assert_eq!(report.problems_total, report.problems.len() as u64);
    report.problems.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_only_problem(store: &Store, expected: &str) {
    let problems = problems(store);
    assert!(
        matches!(problems.as_slice(), [one] if one.contains(expected)),
        "{problems:#?}"
    );
}

#[test]
fn what_is_put_is_read_back() {
    on_both(|store| {
        fill(store, 0..3);
        let (article, events) = coded_article(1);
        let stored = store.article(article.id).unwrap().unwrap();
        assert_eq!(
            stored,
            StoredArticle {
                events: events.iter().map(|event| event.id).collect(),
                sketch: article.sketch(),
                article,
                run: RunNumber::new(1),
                added: TODAY,
            }
        );
        for event in events {
            assert_eq!(store.event(event.id).unwrap(), Some(event));
        }
        assert!(!store.has_article(ArticleId::from_bytes([0; 16])).unwrap());
        assert_eq!(store.article(ArticleId::from_bytes([0; 16])).unwrap(), None);
        assert_eq!(store.event(EventId::from_bytes([0; 8])).unwrap(), None);
    });
}

#[test]
fn an_article_that_is_there_changes_nothing() {
    on_both(|store| {
        fill(store, 0..2);
        let before = (store.content_hash().unwrap(), store.stats().unwrap().events);
        let (article, _) = coded_article(1);
        let outcome = store.put_article(&article, &[], RunNumber::new(9), TODAY.plus(1));
        assert_eq!(outcome.unwrap(), PutOutcome::AlreadyThere);
        let after = (store.content_hash().unwrap(), store.stats().unwrap().events);
        assert_eq!(before, after);
        assert_eq!(
            store.article(article.id).unwrap().unwrap().run,
            RunNumber::new(1)
        );
    });
}

#[test]
fn iterators_go_by_id() {
    on_both(|store| {
        fill(store, 0..40);
        let articles: Vec<ArticleId> = store
            .articles()
            .map(|stored| stored.unwrap().article.id)
            .collect();
        let events: Vec<EventId> = store.events().map(|event| event.unwrap().id).collect();
        assert_eq!((articles.len(), events.len()), (40, 80));
        assert!(articles.is_sorted());
        assert!(events.is_sorted());
    });
}

#[test]
fn events_are_found_by_the_first_digits() {
    on_both(|store| {
        fill(store, 0..40);
        let all: Vec<EventId> = store.events().map(|event| event.unwrap().id).collect();
        let found = |prefix: &str| -> Vec<EventId> {
            let events = store.events_by_prefix(prefix).unwrap();
            events.map(|event| event.unwrap().id).collect()
        };
        assert_eq!(found(""), all);
        for digit in "0123456789abcdef".chars() {
            let mut expected = all.clone();
            expected.retain(|id| id.to_string().starts_with(digit));
            assert_eq!(found(&digit.to_string()), expected);
        }
        assert_eq!(found(&all[7].to_string().to_uppercase()), [all[7]]);
        assert!(store.events_by_prefix("call").is_err());
    });
}

#[test]
fn runs_are_numbered_and_counted() {
    on_both(|store| {
        let first = fill(store, 0..3);
        let second = fill(store, 2..5);
        assert_eq!((second.articles_new, second.articles_known), (2, 1));
        let cut_short = store.begin_run(run_start()).unwrap();
        let runs: Vec<RunRecord> = store.runs().map(Result::unwrap).collect();
        assert_eq!(
            runs.iter().map(|run| run.run.get()).collect::<Vec<_>>(),
            [1, 2, 3]
        );
        assert_eq!(
            runs.iter().map(|run| run.finished).collect::<Vec<_>>(),
            [true, true, false]
        );
        assert_eq!(runs[0].articles_new, first.articles_new);

        let saved = RunRecord {
            records_bad: 7,
            ..cut_short
        };
        store.save_run(&saved).unwrap();
        assert_eq!(store.runs().last().unwrap().unwrap(), saved);
        let unknown = RunRecord {
            run: RunNumber::new(9),
            ..saved
        };
        assert!(matches!(
            store.finish_run(&unknown),
            Err(StoreError::UnknownRun { .. })
        ));
    });
}

#[test]
fn statistics_count_everything() {
    on_both(|store| {
        fill(store, 0..5);
        let stats = store.stats().unwrap();
        assert_eq!((stats.articles, stats.events, stats.mentions), (5, 10, 10));
        assert_eq!((stats.runs, stats.format), (1, 2));
        let is_sealed = store.limits.worth_sealing_min == 0;
        assert_eq!(stats.open_events, if is_sealed { 0 } else { 10 });
        assert_eq!(stats.blocks > 0, is_sealed);
        assert_eq!(stats.open_bytes == 0, is_sealed);
        assert_eq!(stats.block_bytes > 0 && stats.text_bytes > 0, is_sealed);
        assert!(stats.run_bytes > 5, "{stats:?}");
        let in_memory = store.backend.path().is_none();
        assert_eq!(stats.disk_bytes.is_none(), in_memory);
        assert!(in_memory || stats.disk_bytes > Some(stats.block_bytes + stats.open_bytes));
    });
}

#[test]
fn the_content_hash_knows_content_alone() {
    let forth = Store::in_memory();
    fill(&forth, 0..9);
    on_both(|store| {
        fill(store, (4..9).rev());
        assert_ne!(store.content_hash().unwrap(), forth.content_hash().unwrap());
        fill(store, 0..7);
        assert_eq!(store.content_hash().unwrap(), forth.content_hash().unwrap());
    });
}

#[test]
fn what_contradicts_itself_is_refused_whole() {
    fn check(expected: &str, change: impl Fn(&mut Vec<Event>)) {
        on_both(|store| {
            let (article, mut events) = coded_article(1);
            change(&mut events);
            let run = RunNumber::new(1);
            let error = store
                .put_article(&article, &events, run, TODAY)
                .unwrap_err();
            assert!(matches!(error, StoreError::Unsound { .. }), "{error}");
            assert!(error.to_string().contains(expected), "{error}");
            assert_eq!(store.stats().unwrap().events, 0);
            assert!(!store.has_article(article.id).unwrap());
        });
    }
    check("least mention", |events| {
        events[1].id = EventId::from_bytes([1; 8]);
    });
    check("no mention", |events| events[1].mentions.clear());
    check("points to article", |events| {
        events[1].mentions[0].article = ArticleId::from_bytes([1; 16]);
    });
    check("does not lie on characters", |events| {
        events[1].mentions[0].spans.predicate = Span::new(5, 5000);
    });
    check("does not lie on characters", |events| {
        // Byte 18 is inside the ğ of Erdoğan.
        events[0].mentions[0].spans.target = Some(Span::new(13, 18));
    });
    check("given twice", |events| events[1] = events[0].clone());
}

#[test]
fn two_articles_cannot_give_one_event() {
    on_both(|store| {
        fill(store, [1]);
        let (_, events) = coded_article(1);
        let (other, mut others) = coded_article(2);
        let stolen = MentionId::from_bytes(*events[0].id.as_bytes());
        others[1].id = EventId::from(stolen);
        others[1].mentions[0].id = stolen;
        let error = store
            .put_article(&other, &others, RunNumber::new(1), TODAY)
            .unwrap_err();
        assert!(matches!(error, StoreError::Collision { .. }), "{error}");
        assert!(!store.has_article(other.id).unwrap());
        assert_eq!(store.event(others[0].id).unwrap(), None);
    });
}

#[test]
fn an_article_beyond_the_limit_is_refused() {
    on_both(|store| {
        let (mut article, _) = coded_article(1);
        article.text = "x".repeat(17 * 1024 * 1024);
        let outcome = store.put_article(&article, &[], RunNumber::new(1), TODAY);
        assert!(matches!(outcome, Err(StoreError::TooLarge { .. })));
        article.text.truncate(9 * 1024 * 1024);
        store
            .put_article(&article, &[], RunNumber::new(1), TODAY)
            .unwrap();
        assert_eq!(store.article(article.id).unwrap().unwrap().article, article);
    });
}

#[test]
fn a_sound_store_passes_the_check() {
    on_both(|store| {
        fill(store, 0..20);
        fill(store, 10..30);
        let report = store.check().unwrap();
        assert!(report.is_sound(), "{:#?}", report.problems);
        assert_eq!((report.articles, report.events), (30, 60));
        assert_eq!((report.mentions, report.runs), (60, 2));
    });
}

/// Writes the record of an article past all checks.
fn put_past(store: &Store, article: &Article, events: &[Event], run: u32) {
    let whole: WholeRef<'_> = (
        article,
        events,
        RunNumber::new(run),
        TODAY,
        article.sketch(),
    );
    overwrite(store, Key::Article(article.id), &whole);
}

#[test]
fn the_check_finds_what_is_wrong() {
    fn check(expected: &str, damage: impl Fn(&Store, &Article, &[Event])) {
        on_open(|store| {
            fill(store, 0..3);
            let (article, events) = coded_article(1);
            damage(store, &article, &events);
            assert_only_problem(store, expected);
        });
    }
    check(
        "mentions: 6 expected, 5 are there",
        |store, article, events| {
            put_past(store, article, &events[..1], 1);
        },
    );
    check("is there before", |store, article, events| {
        put_past(store, article, &[events[0].clone(), events[0].clone()], 1);
    });
    check("it added 3 articles, 4 are there", |store, _, _| {
        let (article, events) = coded_article(9);
        store
            .put_article(&article, &events, RunNumber::new(1), TODAY)
            .unwrap();
    });
    check("its run 5 is not there", |store, _, _| {
        let (article, events) = coded_article(9);
        store
            .put_article(&article, &events, RunNumber::new(5), TODAY)
            .unwrap();
    });
    check("does not lie on characters", |store, article, events| {
        let shorter = Article {
            text: "Putin called Erdoğan.".to_owned(),
            ..article.clone()
        };
        put_past(store, &shorter, events, 1);
    });
    check("another id inside", |store, article, events| {
        let whole: WholeRef<'_> = (article, events, RunNumber::new(1), TODAY, article.sketch());
        let other = Key::Article(coded_article(2).0.id);
        overwrite(store, other, &whole);
    });
    check("does not decode", |store, article, _| {
        overwrite(store, Key::Article(article.id), &"no article");
    });
    check("no record has such a key", |store, _, _| {
        store.backend.write(vec![(vec![b'z', 1], vec![])]).unwrap();
    });
    check("key a\\x01", |store, _, _| {
        store.backend.write(vec![(vec![b'a', 1], vec![])]).unwrap();
    });
    check("other articles or events", |store, article, events| {
        let added = (RunNumber::new(1), TODAY.plus(1));
        let whole: WholeRef<'_> = (article, events, added.0, added.1, article.sketch());
        overwrite(store, Key::Article(article.id), &whole);
    });
}

#[test]
fn the_deep_check_makes_again_what_content_gives() {
    on_open(|store| {
        fill(store, 0..3);
        assert!(store.check_deep().unwrap().is_sound());
        let (article, events) = coded_article(1);
        let renamed = Article {
            title: Some("Another call".to_owned()),
            ..article
        };
        put_past(store, &renamed, &events, 1);
        assert_eq!(problems(store), [""; 0]);
        let report = store.check_deep().unwrap();
        let reasons: Vec<&str> = report.problems.iter().map(|one| &*one.reason).collect();
        assert_eq!(reasons, ["its content gives another id"]);
    });
}

#[test]
fn a_damaged_record_does_not_hide_the_others() {
    on_open(|store| {
        fill(store, 0..3);
        let (article, events) = coded_article(1);
        let key = Key::Article(article.id).encode();
        let mut value = store.backend.get(&key).unwrap().unwrap();
        *value.last_mut().unwrap() ^= 1;
        store.backend.write(vec![(key, value)]).unwrap();
        store.state_mut().forget();

        let error = store.article(article.id).unwrap_err().to_string();
        assert!(
            error.contains(&format!("article {}", article.id)),
            "{error}"
        );
        assert!(error.contains("tree `primary`"), "{error}");
        assert_eq!(store.events().flatten().count(), 4);
        assert_eq!(store.events().filter(Result::is_err).count(), 1);
        assert_eq!(store.articles().filter(Result::is_err).count(), 1);
        assert_eq!(store.event(events[0].id).unwrap(), None);
        // It is not put again over what might still be read by other means.
        let put = store.put_article(&article, &events, RunNumber::new(1), TODAY);
        assert_eq!(put.unwrap(), PutOutcome::AlreadyThere);
        assert_only_problem(store, "checksum");
    });
}

#[test]
fn a_backward_span_never_comes_out() {
    on_open(|store| {
        let run = fill(store, [1]).run;
        let (article, _) = coded_article(2);
        let mut event = event(&article, "041", ["Putin", "called", "Erdoğan"]);
        // A span is two numbers; serde takes what `Span::new` would not build.
        let span = Span::new(50, 60);
        event.mentions[0].spans.predicate = span;
        let key = Key::Article(article.id);
        let events = [event];
        let whole: WholeRef<'_> = (&article, &events, run, TODAY, article.sketch());
        let mut payload = envelope::payload(key, &whole).unwrap();
        let at = payload
            .windows(2)
            .rposition(|pair| pair == [50, 60])
            .unwrap();
        payload[at..at + 2].copy_from_slice(&[60, 50]);
        let value = envelope::seal(key, 0, &payload);
        store.backend.write(vec![(key.encode(), value)]).unwrap();
        store.state_mut().forget();
        let error = store.article(article.id).unwrap_err().to_string();
        assert!(error.contains("ends before it starts"), "{error}");
    });
}

#[test]
fn many_threads_put_one_article_once() {
    on_both(|store| {
        let run = store.begin_run(run_start()).unwrap().run;
        let added: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let put = |number| {
                            let (article, events) = coded_article(number);
                            store.put_article(&article, &events, run, TODAY).unwrap()
                        };
                        (0..25)
                            .map(put)
                            .filter(|put| *put == PutOutcome::Added)
                            .count()
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!(added, 25);
        assert!(store.check().unwrap().is_sound());
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_folder_holds_what_a_map_would(
        puts in prop::collection::vec((0..30_u32, 0..9_u8), 0..60),
        reopen_after in 0..60_usize,
        open_events_max in 1..40_u64,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { open_events_max, worth_sealing_min: 1 };
        let open = || {
            let mut store = Store::open(folder.path(), OpenMode::Create).unwrap();
            store.limits = limits;
            store
        };
        let mut store = open();
        let run = store.begin_run(run_start()).unwrap();
        let mut model = BTreeMap::new();
        for (step, (number, what)) in puts.into_iter().enumerate() {
            if step == reopen_after {
                drop(store);
                store = open();
            }
            let (article, mut events) = coded_article(number);
            match what {
                0 => {
                    let gone = store.remove_article(article.id).unwrap();
                    let known = model.remove(&article.id);
                    prop_assert_eq!(gone, known.map(|(_, count)| count));
                }
                1 => {
                    events.truncate(1);
                    let recoded = store.recode_article(article.id, &events);
                    match model.get_mut(&article.id) {
                        Some((_, count)) => {
                            prop_assert_eq!(recoded.unwrap(), *count == 2);
                            *count = 1;
                        }
                        None => prop_assert!(recoded.is_err()),
                    }
                }
                2 => store.seal_if_worth_it().unwrap(),
                _ => {
                    let outcome = store.put_article(&article, &events, run.run, TODAY).unwrap();
                    let known = model.contains_key(&article.id);
                    prop_assert_eq!(outcome == PutOutcome::AlreadyThere, known);
                    model.entry(article.id).or_insert((article, 2));
                }
            }
        }
        prop_assert_eq!(problems(&store), [""; 0]);
        let events: u64 = model.values().map(|(_, count)| *count).sum();
        prop_assert_eq!(store.events().count() as u64, events);
        let model: BTreeMap<ArticleId, Article> =
            model.into_iter().map(|(id, (article, _))| (id, article)).collect();
        let stored: Vec<Article> = store.articles().map(|stored| stored.unwrap().article).collect();
        prop_assert_eq!(stored, model.into_values().collect::<Vec<_>>());
    }
}

#[test]
fn the_dictionary_is_kept_and_checked() {
    on_both(|store| {
        assert_eq!(store.dictionary().unwrap(), None);
        fill(store, 0..2);
        let before = (store.content_hash().unwrap(), store.stats().unwrap());
        for text in [
            "",
            "# demarche dictionary 1\ndiscard\tétoile\n",
            "# other\n",
        ] {
            store.set_dictionary(text).unwrap();
            assert_eq!(store.dictionary().unwrap().as_deref(), Some(text));
        }
        assert_eq!(problems(store), [""; 0]);
        assert_eq!(store.content_hash().unwrap(), before.0);
        let after = store.stats().unwrap();
        assert!(after.dictionary_bytes > 0);
        assert_eq!(
            (after.articles, after.runs),
            (before.1.articles, before.1.runs)
        );

        let too_large = "x".repeat(16 << 20);
        let refused = store.set_dictionary(&too_large);
        assert!(matches!(refused, Err(StoreError::TooLarge { .. })));
        assert_eq!(store.dictionary().unwrap().as_deref(), Some("# other\n"));

        overwrite(store, Key::Dictionary, &7_u64);
        assert!(matches!(
            store.dictionary(),
            Err(StoreError::Damaged { .. })
        ));
        assert_only_problem(store, "dictionary: the value does not decode");
    });
}

#[test]
fn an_article_coded_anew_has_its_new_events_only() {
    on_both(|store| {
        let run = fill(store, 1..4);
        let (article, mut events) = coded_article(2);
        assert!(!store.recode_article(article.id, &events).unwrap());
        let gone = events.pop().unwrap();
        let added = event(&article, "112", ["Putin", "rejected", "Ankara"]);
        events.push(added.clone());
        assert!(store.recode_article(article.id, &events).unwrap());
        assert!(store.event(gone.id).unwrap().is_none());
        assert_eq!(store.event(added.id).unwrap(), Some(added));
        let stored = store.article(article.id).unwrap().unwrap();
        assert_eq!((stored.run, stored.events.len()), (run.run, 2));
        assert_eq!(store.events().count(), 6);
        let (unknown, none) = coded_article(9);
        let error = store.recode_article(unknown.id, &none).unwrap_err();
        assert!(matches!(error, StoreError::UnknownArticle { .. }));
    });
}
