//! Stores that earlier versions wrote stay readable: each format has a store under
//! `tests/fixtures/`, made once and never again.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::model::{
    Act, ActorId, Article, ArticleDraft, CameoCode, Confidence, CountryCode, DateBasis, Day, Event,
    EventDate, EventId, Initiator, Mention, MentionSpans, Participant, Place, Precision, Published,
    Role, Sector, SentenceIndex, Span, Status,
};
use demarche::store::{OpenMode, PutOutcome, RunStart, Store, StoreError};
use tempfile::TempDir;

/// What the stores say, as it was when format 2 was fixed.
const CONTENT: &str = "d5d6fb0a38a08afed961e2f0bee7cebf49deab42b05b8a13a4069c9b720b458d";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Copies the files of a folder; a store has none further down unless its values are large.
fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Copies a fixture, for sled writes into what it opens.
fn copy_of(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_files(&fixture(name), &folder.path().join("news.db"));
    folder
}

/// Opens a copy of the store of format 1, brought to the format of now.
fn open_migrated() -> (TempDir, Store) {
    let folder = copy_of("store_v1");
    let path = folder.path().join("news.db");
    let error = Store::open(&path, OpenMode::Existing).unwrap_err();
    assert!(
        matches!(error, StoreError::OlderFormat { found: 1, .. }),
        "{error}"
    );
    let report = Store::migrate(&path, None).unwrap();
    assert_eq!((report.from, report.to), (1, 2));
    assert_eq!((report.articles, report.events, report.runs), (3, 5, 2));
    let again = Store::migrate(&path, None).unwrap();
    assert_eq!((again.from, again.to), (2, 2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let store = Store::open(&path, OpenMode::Existing).unwrap();
    (folder, store)
}

/// Opens a copy of the store of format 2.
fn open_copy() -> (TempDir, Store) {
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        write_store_v2();
    }
    let folder = copy_of("store_v2");
    let store = Store::open(&folder.path().join("news.db"), OpenMode::Existing).unwrap();
    (folder, store)
}

#[test]
fn a_store_of_format_1_is_readable_once_it_is_migrated() {
    let (_folder, store) = open_migrated();
    check_content(&store);
}

#[test]
fn a_store_of_format_2_is_readable() {
    let (_folder, store) = open_copy();
    let stats = store.stats().unwrap();
    assert_eq!((stats.blocks, stats.open_articles), (1, 1));
    check_content(&store);
}

fn check_content(store: &Store) {
    let stats = store.stats().unwrap();
    assert_eq!((stats.format, stats.runs), (2, 2));
    assert_eq!((stats.articles, stats.events, stats.mentions), (3, 5, 6));
    let report = store.check_deep().unwrap();
    assert!(report.is_sound(), "{:#?}", report.problems);
    assert_eq!(store.content_hash().unwrap().to_string(), CONTENT);

    let calls: Vec<Event> = store
        .events()
        .map(Result::unwrap)
        .filter(|event| event.act.cameo.as_str() == "041")
        .collect();
    let [call] = calls.as_slice() else {
        panic!("{calls:#?}");
    };
    let mut mentions = call.mentions.iter();
    let mention = mentions
        .find(|mention| mention.sentence.get() == 0)
        .unwrap();
    let stored = store.article(mention.article).unwrap().unwrap();
    assert_eq!(stored.article.outlet.as_deref(), Some("Example Wire"));
    assert_eq!(stored.added.to_string(), "2026-01-17");
    let words = |span: Span<_>| span.of(&stored.article.text);
    assert_eq!(words(mention.spans.predicate), Some("called"));
    assert_eq!(mention.spans.target.and_then(words), Some("Erdoğan"));
    assert_eq!(
        call.participants[1].actor.as_str(),
        "person:recep-tayyip-erdogan"
    );
    assert_eq!(call.date.to_string(), "2026-01-16");
    assert!(call.is_contact());

    let run = store.runs().next().unwrap().unwrap();
    assert_eq!(
        (run.label.as_str(), run.articles_new),
        ("ingest first.jsonl", 2)
    );
}

#[test]
fn stores_of_earlier_formats_take_more() {
    for (_folder, store) in [open_migrated(), open_copy()] {
        take_more(&store);
    }
}

fn take_more(store: &Store) {
    let run = store.begin_run(run_start("ingest more.jsonl")).unwrap();
    assert_eq!(run.run.get(), 3);
    let (known, events) = articles().remove(0);
    let outcome = store.put_article(&known, &events, run.run, day("2026-01-19"));
    assert_eq!(outcome.unwrap(), PutOutcome::AlreadyThere);
    let new = draft("Paris", "Macron met Merz in Berlin.");
    let outcome = store.put_article(&new, &[], run.run, day("2026-01-19"));
    assert_eq!(outcome.unwrap(), PutOutcome::Added);
    assert_eq!(store.check().unwrap().articles, 4);
    // A store that was written before there were dictionaries has none and takes one.
    assert_eq!(store.dictionary().unwrap(), None);
    store.set_dictionary("# demarche dictionary 1\n").unwrap();
    assert!(store.dictionary().unwrap().is_some());
    assert!(store.check().unwrap().is_sound());
}

/// Makes the fixture anew, in two runs, the first of them sealed, and closes it.
fn write_store_v2() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenMode::Create).unwrap();
    let mut first = articles();
    let second = first.split_off(2);
    for (label, articles, is_loaded) in [
        ("ingest first.jsonl", first, true),
        ("ingest second.jsonl", second, false),
    ] {
        let mut run = store.begin_run(run_start(label)).unwrap();
        let mut loader = store.loader();
        for (article, events) in articles {
            let added = day("2026-01-17");
            run.articles_new += 1;
            run.events += events.len() as u64;
            if is_loaded {
                loader.put(article, events, run.run, added).unwrap();
            } else {
                store
                    .put_article(&article, &events, run.run, added)
                    .unwrap();
            }
        }
        loader.finish().unwrap();
        store.finish_run(&run).unwrap();
    }
    drop(store);
    let target = fixture("store_v2");
    if target.exists() {
        fs::remove_dir_all(&target).unwrap();
    }
    copy_files(folder.path(), &target);
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn run_start(label: &str) -> RunStart {
    RunStart {
        started: day("2026-01-17"),
        label: label.to_owned(),
        coder_version: "1".to_owned(),
        dictionary_version: "2026-01".to_owned(),
    }
}

fn draft(title: &str, text: &str) -> Article {
    ArticleDraft {
        outlet: Some("Example Wire".to_owned()),
        title: Some(title.to_owned()),
        published: Some(Published {
            day: day("2026-01-16"),
            precision: Precision::Day,
        }),
        text: text.to_owned(),
        ..ArticleDraft::default()
    }
    .into_article()
}

/// Returns three articles with one, two and two events.
fn articles() -> Vec<(Article, Vec<Event>)> {
    let call = draft(
        "A call",
        "Putin called Erdoğan on Friday. They spoke about grain. Ankara confirmed the call.",
    );
    let talks = draft(
        "Talks",
        "Lavrov visited Ankara. Moscow rejected the offer of Kyiv.",
    );
    let aid = draft(
        "Aid",
        "Berlin will provide aid to Kyiv. Budapest threatened Kyiv with a veto.",
    );
    let mut called = event(&call, "041", ["Putin", "called", "Erdoğan"]);
    let again = event(&call, "041", ["They", "spoke", "grain"]);
    called.mentions.extend(again.mentions);
    called.mentions.sort_by_key(|mention| mention.id);
    called.id = EventId::from(called.mentions[0].id);
    let mut visited = event(&talks, "042", ["Lavrov", "visited", "Ankara"]);
    visited.place = Some(Place {
        name: "Ankara".to_owned(),
        country: CountryCode::parse("TUR").ok(),
    });
    let rejected = event(&talks, "120", ["Moscow", "rejected", "Kyiv"]);
    let mut aided = event(&aid, "070", ["Berlin", "provide", "Kyiv"]);
    aided.mentions[0].status = Status::Planned;
    let mut threatened = event(&aid, "130", ["Budapest", "threatened", "veto"]);
    threatened.date = EventDate::UNKNOWN;
    vec![
        (call, vec![called]),
        (talks, vec![visited, rejected]),
        (aid, vec![aided, threatened]),
    ]
}

/// Builds an event of one mention from words of the article.
fn event(article: &Article, cameo: &str, words: [&str; 3]) -> Event {
    let cameo = CameoCode::parse(cameo).unwrap();
    let entry = cameo.entry();
    let [source, predicate, target] = words.map(|word| {
        let start = article.text.find(word).unwrap();
        Span::new(start, start + word.len())
    });
    let spans = MentionSpans {
        sentence: source.join(target),
        source: Some(source),
        predicate,
        target: Some(target),
    };
    let sentence = SentenceIndex::new(article.text[..source.start()].matches('.').count());
    let id = Mention::make_id(article.id, sentence, &spans, cameo);
    Event {
        id: EventId::from(id),
        act: Act {
            cameo,
            plover: entry.plover,
            mode: entry.mode,
            label: entry.verb.clone(),
            symmetric: cameo.starts_with("04"),
        },
        participants: vec![
            participant(Role::Source, "person:vladimir-putin", "RUS"),
            participant(Role::Target, "person:recep-tayyip-erdogan", "TUR"),
        ],
        initiator: Initiator::Source,
        multilateral: false,
        background: false,
        date: EventDate::day(day("2026-01-16"), DateBasis::Relative),
        first_reported: Some(day("2026-01-16")),
        place: None,
        contexts: entry.contexts.clone(),
        about: vec!["grain".to_owned()],
        mentions: vec![Mention {
            id,
            article: article.id,
            sentence,
            spans,
            status: Status::Actual,
            confidence: Confidence::from_thousandths(750),
            reported_by: Some("the Kremlin".to_owned()),
            origin: None,
            occasion: demarche::model::Occasion::default(),
            coder_version: "1".to_owned(),
            dictionary_version: "2026-01".to_owned(),
        }],
    }
}

fn participant(role: Role, actor: &str, country: &str) -> Participant {
    let actor = ActorId::parse(actor).unwrap();
    Participant {
        name: actor.rest().to_owned(),
        actor,
        role,
        country: CountryCode::parse(country).ok(),
        sector: Some(Sector::Gov),
        office: Some(ActorId::parse("office:RUS-president").unwrap()),
    }
}
