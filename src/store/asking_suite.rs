//! What must hold of the index: it finds what a look at every event finds, whatever became of it.

use std::collections::BTreeSet;

use crate::model::{
    ActorId, ActorKind, CountryCode, Day, Event, EventId, Participant, Sector, Window,
};
use crate::store::index;
use crate::store::sample::{TODAY, coded_article, run_start};
use crate::store::suite::on_both;
use crate::store::{OpenMode, Store, StoreError};

/// Puts articles of which some tell of other actors, with an office, and of other days.
fn fill(store: &Store) {
    let mut run = store.begin_run(run_start()).unwrap();
    for number in 0..60_u32 {
        let (article, mut events) = coded_article(number);
        for (event, country) in events.iter_mut().zip(["FRA", "DEU"]) {
            event.date.start = Some(TODAY.plus(i32::try_from(number).unwrap()));
            event.date.end = Some(TODAY.plus(i32::try_from(number).unwrap() + 1));
            let Participant {
                actor,
                country: of,
                office,
                ..
            } = &mut event.participants[0];
            match number % 4 {
                0 => *actor = ActorId::parse("person:emmanuel-macron").unwrap(),
                1 => *office = Some(ActorId::parse("office:FRA-president").unwrap()),
                2 => *of = CountryCode::parse(country).ok(),
                _ => {}
            }
        }
        if number % 5 == 0 {
            events[1].participants[1].sector = Some(Sector::Bus);
            events[1].participants[1].name = "Turkey".to_owned();
        }
        store
            .put_article(&article, &events, run.run, TODAY)
            .unwrap();
        run.articles_new += 1;
    }
    store.finish_run(&run).unwrap();
}

fn actor(id: &str) -> ActorId {
    ActorId::parse(id).unwrap()
}

/// Says whether a participant is an actor, at the level of its kind.
fn is_actor(participant: &Participant, actor: &ActorId) -> bool {
    let own = &participant.actor;
    match actor.kind() {
        ActorKind::Office => participant.office.as_ref().unwrap_or(own) == actor,
        ActorKind::State => participant.at_state() == *actor,
        ActorKind::Country => participant.at_country() == *actor,
        _ => own == actor,
    }
}

/// Returns the events of an actor and of all who ever stand for it, by looking at every event.
fn looked_up(store: &Store, asked: &str) -> BTreeSet<EventId> {
    let asked = actor(asked);
    let events: Vec<Event> = store.events().map(Result::unwrap).collect();
    let all = events.iter().flat_map(|event| &event.participants);
    let stand: BTreeSet<ActorId> = all
        .filter(|participant| is_actor(participant, &asked))
        .map(|participant| participant.actor.clone())
        .collect();
    let takes_part = |event: &&Event| {
        let mut participants = event.participants.iter();
        participants.any(|participant| stand.contains(&participant.actor))
    };
    events
        .iter()
        .filter(takes_part)
        .map(|event| event.id)
        .collect()
}

const ASKED: [&str; 8] = [
    "person:vladimir-putin",
    "person:emmanuel-macron",
    "office:FRA-president",
    "state:RUS",
    "state:TUR",
    "country:FRA",
    "country:DEU",
    "person:nobody",
];

fn check(store: &Store) {
    let ids = |events: Vec<Result<Event, StoreError>>| -> BTreeSet<EventId> {
        events.into_iter().map(|event| event.unwrap().id).collect()
    };
    for asked in ASKED {
        let found = ids(store.events_of(&[actor(asked)]).collect());
        assert_eq!(found, looked_up(store, asked), "{asked}");
        for other in ASKED {
            let both = [actor(asked), actor(other)];
            let [one, two] = [asked, other].map(|asked| looked_up(store, asked));
            let between = ids(store.events_between(&both, Window::ALL).collect());
            assert_eq!(between, one.intersection(&two).copied().collect());
            let either = ids(store.events_of(&both).collect());
            assert_eq!(either, one.union(&two).copied().collect());
        }
    }
    let window = Window {
        start: Some(TODAY.plus(10)),
        end: Some(TODAY.plus(20)),
    };
    let both = [actor("state:RUS"), actor("state:TUR")];
    let mut days: Vec<Day> = store
        .events_between(&both, window)
        .map(|event| event.unwrap().date.start.unwrap())
        .collect();
    days.sort_unstable();
    assert!(
        days.iter()
            .all(|day| TODAY.plus(10) <= *day && *day < TODAY.plus(20))
    );
    let all = store.events_between(&both, Window::ALL).map(Result::unwrap);
    let inside = all.filter(|event| window.fit(&event.date) == crate::model::Fit::Inside);
    assert_eq!(days.len(), inside.count());
}

#[test]
fn the_index_finds_what_a_look_at_every_event_finds() {
    on_both(|store| {
        fill(store);
        check(store);
        for number in [3, 4, 5, 17] {
            store.remove_article(coded_article(number).0.id).unwrap();
        }
        check(store);
        let (article, mut events) = coded_article(20);
        events.truncate(1);
        store.recode_article(article.id, &events).unwrap();
        check(store);
    });
}

#[test]
fn actors_are_told_with_names_and_counts() {
    on_both(|store| {
        fill(store);
        let actors = store.actors().unwrap();
        assert!(actors.is_sorted_by(|one, other| one.actor < other.actor));
        let told = |id: &str| actors.iter().find(|known| known.actor == actor(id));
        let turkey = told("state:TUR").unwrap();
        assert_eq!(turkey.events, 120);
        assert_eq!(turkey.name.as_deref(), Some("state:TUR"));
        assert_eq!(told("office:FRA-president").unwrap().events, 30);
        assert_eq!(told("office:FRA-president").unwrap().name, None);
        assert_eq!(told("person:emmanuel-macron").unwrap().events, 30);
        assert_eq!(told("country:FRA").unwrap().events, 15);
        assert_eq!(told("person:nobody"), None);
    });
}

#[test]
fn events_are_found_by_the_ids_of_their_mentions() {
    on_both(|store| {
        fill(store);
        for event in store.events().map(Result::unwrap).take(5) {
            let id = event.mentions[0].id.to_string();
            let found: Vec<Event> = store
                .events_by_mention(&id.to_uppercase())
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert_eq!(found, [event]);
        }
        assert_eq!(store.events_by_mention("").unwrap().count(), 120);
        assert!(store.events_by_mention("xyz").is_err());
    });
}

/// The file of the index may be anything: what is asked is answered all the same.
#[test]
fn a_file_that_is_missing_stale_or_damaged_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenMode::Create).unwrap();
    let mut loader = store.loader();
    for number in 0..60 {
        let (article, events) = coded_article(number);
        let run = crate::store::RunNumber::new(1);
        loader.put(article, events, run, TODAY).unwrap();
        if number % 20 == 19 {
            loader.sync().unwrap();
        }
    }
    loader.finish().unwrap();
    check(&store);
    drop(store);
    let file = folder.path().join(index::FILE);
    let whole = std::fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    let longer = [&*whole, b"more"].concat();
    for bytes in [&whole[..whole.len() / 2], b"", &damaged, &longer, &whole] {
        std::fs::write(&file, bytes).unwrap();
        check(&Store::open(folder.path(), OpenMode::Existing).unwrap());
    }
    let other = Store::open(&folder.path().join("other"), OpenMode::Create).unwrap();
    fill(&other);
    drop(other);
    std::fs::remove_file(&file).unwrap();
    check(&Store::open(folder.path(), OpenMode::Existing).unwrap());
}

/// A damaged block is told in every answer that it might have had a part in.
#[test]
fn a_damaged_block_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenMode::Create).unwrap();
    let run = crate::store::RunNumber::new(1);
    for numbers in [0..20, 20..40] {
        let mut loader = store.loader();
        for number in numbers {
            let (article, events) = coded_article(number);
            loader.put(article, events, run, TODAY).unwrap();
        }
        loader.finish().unwrap();
    }
    drop(store);
    std::fs::write(folder.path().join("00000001.block"), "no block").unwrap();
    for has_index in [true, false] {
        if !has_index {
            std::fs::remove_file(folder.path().join(index::FILE)).unwrap();
        }
        let store = Store::open(folder.path(), OpenMode::Existing).unwrap();
        let found: Vec<_> = store.events_of(&[actor("state:RUS")]).collect();
        assert_eq!(found.iter().filter(|event| event.is_err()).count(), 1);
        assert_eq!(found.iter().filter(|event| event.is_ok()).count(), 40);
        let error = found.into_iter().find_map(Result::err).unwrap();
        let told = error.to_string();
        assert!(
            told.contains("block 1") && told.contains("sealed"),
            "{told}"
        );
        assert_eq!(store.articles().flatten().count(), 20);
        assert!(store.has_article(coded_article(1).0.id).is_err());
        assert!(!store.check().unwrap().is_sound());
    }
}
