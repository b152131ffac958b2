//! What is invented for measuring is what a store takes.
use demarche::bench::{ACTORS, Generator, GeneratorOptions};
use demarche::store::{PutOutcome, RunStart, Store};

#[test]
fn invented_events_are_sound() {
    let store = Store::in_memory();
    let options = GeneratorOptions {
        events: 20_000,
        seed: 11,
        actors: ACTORS,
    };
    let mut run = None;
    for (article, events) in Generator::new(options) {
        let today = article.published.unwrap().day;
        let run = run.get_or_insert_with(|| {
            store
                .begin_run(RunStart {
                    started: today,
                    label: "bench".to_owned(),
                    coder_version: "1".to_owned(),
                    dictionary_version: "1".to_owned(),
                })
                .unwrap()
        });
        let outcome = store.put_article(&article, &events, run.run, today);
        assert_eq!(outcome.unwrap(), PutOutcome::Added);
        run.articles_new += 1;
    }
    store.finish_run(&run.unwrap()).unwrap();
    let report = store.check().unwrap();
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!(report.events, 20_000);
    assert!(
        (25_400..26_600).contains(&report.mentions),
        "{}",
        report.mentions
    );
}
