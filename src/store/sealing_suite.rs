//! What must hold of sealing, removing and loading, on every backend, sealed late and early.

use crate::store::sample::{TODAY, coded_article};
use crate::store::suite::{fill, on_both, problems};
use crate::store::{PutOutcome, Store, StoreError, StoredArticle};

#[test]
fn columns_tell_what_events_do() {
    on_both(|store| {
        fill(store, 0..9);
        let (article, _) = coded_article(3);
        store.remove_article(article.id).unwrap();
        let mut told = Vec::new();
        for columns in store.columns() {
            let columns = columns.unwrap();
            for row in columns.rows() {
                let act = columns.act(row.act).unwrap();
                let source = columns.participant(row.source.unwrap()).unwrap();
                let target = columns.participant(row.target.unwrap()).unwrap();
                told.push((act.cameo, source.actor, target.actor, row.start, row.status));
            }
        }
        let mut expected: Vec<_> = store
            .events()
            .map(|event| {
                let event = event.unwrap();
                let [source, target] = [0, 1].map(|place| event.participants[place].actor.clone());
                (
                    event.act.cameo,
                    source,
                    target,
                    event.date.start,
                    event.status(),
                )
            })
            .collect();
        told.sort();
        expected.sort();
        assert_eq!(told.len(), 16);
        assert_eq!(told, expected);
    });
}

#[test]
fn what_is_removed_is_gone_and_can_come_again() {
    on_both(|store| {
        let run = fill(store, 0..9).run;
        let before = store.content_hash().unwrap();
        let (article, events) = coded_article(3);
        assert_eq!(store.remove_article(article.id).unwrap(), Some(2));
        assert_eq!(store.remove_article(article.id).unwrap(), None);
        assert!(!store.has_article(article.id).unwrap());
        assert_eq!(store.article(article.id).unwrap(), None);
        assert_eq!(store.event(events[0].id).unwrap(), None);
        assert_eq!((store.articles().count(), store.events().count()), (8, 16));
        let stats = store.stats().unwrap();
        assert_eq!((stats.articles, stats.events, stats.mentions), (8, 16, 16));
        assert_ne!(store.content_hash().unwrap(), before);
        let put = store.put_article(&article, &events, run, TODAY).unwrap();
        assert_eq!(put, PutOutcome::Added);
        assert_eq!(store.content_hash().unwrap(), before);
        assert_eq!(problems(store), [""; 0]);
    });
}

#[test]
fn what_is_loaded_is_as_if_it_were_put() {
    on_both(|store| {
        let put = Store::in_memory();
        let run = fill(&put, 0..50).run;
        fill(store, 40..60);
        for number in 50..60 {
            store.remove_article(coded_article(number).0.id).unwrap();
        }
        let mut loader = store.loader();
        let mut outcomes = Vec::new();
        for number in (0..50).chain(0..10) {
            let (article, events) = coded_article(number);
            outcomes.push(loader.put(article, events, run, TODAY).unwrap());
        }
        loader.finish().unwrap();
        let added = |outcome: &&PutOutcome| **outcome == PutOutcome::Added;
        assert_eq!(outcomes.iter().filter(added).count(), 40);
        assert_eq!(store.content_hash().unwrap(), put.content_hash().unwrap());
        let (article, mut events) = coded_article(60);
        events[1] = events[0].clone();
        let error = store.loader().put(article, events, run, TODAY).unwrap_err();
        assert!(matches!(error, StoreError::Unsound { .. }), "{error}");
    });
}

#[test]
fn a_loader_that_is_dropped_loses_whole_articles() {
    on_both(|store| {
        let run = fill(store, 0..3).run;
        let before = store.content_hash().unwrap();
        let mut loader = store.loader();
        let (article, events) = coded_article(9);
        loader.put(article, events, run, TODAY).unwrap();
        drop(loader);
        assert_eq!(store.content_hash().unwrap(), before);
        assert_eq!(problems(store), [""; 0]);
    });
}

#[test]
fn articles_come_with_their_events() {
    on_both(|store| {
        fill(store, 0..20);
        let all: Vec<_> = store.articles_with_events().map(Result::unwrap).collect();
        let articles: Vec<StoredArticle> = store.articles().map(Result::unwrap).collect();
        assert_eq!(
            all.iter()
                .map(|(article, _)| article.clone())
                .collect::<Vec<_>>(),
            articles
        );
        for (stored, events) in &all {
            assert_eq!(
                stored.events,
                events.iter().map(|event| event.id).collect::<Vec<_>>()
            );
            let one = store.article_with_events(stored.article.id).unwrap();
            assert_eq!(one, Some((stored.clone(), events.clone())));
        }
    });
}
