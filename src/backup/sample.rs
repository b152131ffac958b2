//! Articles of every kind that a store takes, for the tests of this room.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::model::{
    Act, ActorId, ActorKind, Article, ArticleDraft, Byte, Confidence, Context, CountryCode,
    DateBasis, Day, DayPart, Event, EventDate, EventId, Initiator, Mention, MentionId,
    MentionSpans, Mode, Occasion, Participant, Place, PloverType, Precision, Published, Role,
    Sector, SentenceIndex, Span, Status, Turn, cameo_entries,
};
use crate::store::{PutOutcome, RunRecord, RunStart, Store};

/// An article and its events.
pub(super) type Coded = (Article, Vec<Event>);

const TODAY: Day = Day::from_number(20_469);

/// Returns an article of its own for each number, with two events.
pub(super) fn coded_article(number: u32) -> Coded {
    let text = format!("Putin called Erdoğan on day {number}. Ankara \"rejected\"\tthe offer.\n");
    let article = ArticleDraft {
        doc_id: Some(number.to_string()),
        outlet: Some("Example Wire".to_owned()),
        published: Some(Published {
            day: TODAY,
            precision: Precision::Day,
        }),
        text,
        ..ArticleDraft::default()
    }
    .into_article();
    let events = ["041", "120"].map(|code| {
        let entry = code.parse::<crate::model::CameoCode>().unwrap().entry();
        let spans = MentionSpans {
            sentence: Span::new(0, 20),
            source: Some(Span::new(0, 5)),
            predicate: Span::new(6, 12),
            target: Some(Span::new(13, 21)),
        };
        let id = Mention::make_id(article.id, SentenceIndex::new(0), &spans, entry.code);
        Event {
            id: EventId::from(id),
            act: Act {
                cameo: entry.code,
                plover: entry.plover,
                mode: entry.mode,
                label: entry.verb.clone(),
                symmetric: code == "041",
            },
            participants: Vec::new(),
            initiator: Initiator::Source,
            multilateral: false,
            background: false,
            date: EventDate::day(TODAY, DateBasis::Publication),
            first_reported: Some(TODAY),
            place: None,
            contexts: entry.contexts.clone(),
            about: Vec::new(),
            mentions: vec![Mention {
                id,
                article: article.id,
                sentence: SentenceIndex::new(0),
                spans,
                status: Status::Actual,
                confidence: Confidence::from_thousandths(953),
                reported_by: None,
                origin: None,
                occasion: Occasion::default(),
                coder_version: "1".to_owned(),
                dictionary_version: "2026-01".to_owned(),
            }],
        }
    });
    (article, events.into())
}

/// Puts articles in one run that is finished.
pub(super) fn put(store: &Store, articles: impl IntoIterator<Item = Coded>) -> RunRecord {
    let mut run = store
        .begin_run(RunStart {
            started: TODAY,
            label: "ingest \"news\"/\u{1}".to_owned(),
            coder_version: "1".to_owned(),
            dictionary_version: "2026-01".to_owned(),
        })
        .unwrap();
    for (article, events) in articles {
        let put = store.put_article(&article, &events, run.run, TODAY.plus(1));
        match put.unwrap() {
            PutOutcome::Added => run.articles_new += 1,
            PutOutcome::AlreadyThere => run.articles_known += 1,
        }
    }
    store.finish_run(&run).unwrap();
    RunRecord {
        finished: true,
        ..run
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zäğ .,]{0,40}",
        1 => any::<String>(),
        1 => Just("\u{0}\u{1f}\"\\/\u{2028}\u{fffd}\r\n".to_owned()),
    ]
}

fn maybe<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(value)
}

fn any_day() -> impl Strategy<Value = Day> {
    prop_oneof![
        4 => 0..30_000_i32,
        1 => -4_000_000..3_000_000_i32,
    ]
    .prop_map(Day::from_number)
}

fn any_country() -> impl Strategy<Value = CountryCode> {
    "[A-Z]{3}".prop_map(|code| CountryCode::parse(&code).unwrap())
}

fn any_actor() -> impl Strategy<Value = ActorId> {
    (select(ActorKind::ALL), any_text()).prop_map(|(kind, name)| ActorId::from_name(kind, &name))
}

fn any_participant() -> impl Strategy<Value = Participant> {
    (
        any_actor(),
        select(Role::ALL),
        any_text(),
        maybe(any_country()),
        maybe(select(Sector::ALL)),
        maybe(any_actor()),
    )
        .prop_map(|(actor, role, name, country, sector, office)| Participant {
            actor,
            role,
            name,
            country,
            sector,
            office,
        })
}

fn any_date() -> impl Strategy<Value = EventDate> {
    let end = prop_oneof![
        2 => Just(None),
        3 => Just(Some(1)),
        2 => (0..400_i32).prop_map(Some),
    ];
    (
        maybe(any_day()),
        end,
        select(Precision::ALL),
        select(DateBasis::ALL),
    )
        .prop_map(|(start, days, precision, basis)| EventDate {
            start,
            end: days.map(|days| start.unwrap_or(TODAY).plus(days)),
            precision,
            basis,
        })
}

/// A mention with the places of its spans as shares of the text.
type AnyMention = (
    [u8; 8],
    [Index; 8],
    (bool, bool),
    Status,
    u16,
    [Option<String>; 2],
    ([String; 2], Occasion),
);

fn any_mention() -> impl Strategy<Value = AnyMention> {
    let version = || prop_oneof![3 => Just("1".to_owned()), 1 => any_text()];
    (
        any::<[u8; 8]>(),
        any::<[Index; 8]>(),
        any::<(bool, bool)>(),
        select(Status::ALL),
        0..=1000_u16,
        [maybe(any_text()), maybe(any_text())],
        ([version(), version()], any_occasion()),
    )
}

fn any_occasion() -> impl Strategy<Value = Occasion> {
    (maybe(select(Turn::ALL)), maybe(select(DayPart::ALL)))
        .prop_map(|(turn, day_part)| Occasion { turn, day_part })
}

fn mention(article: &Article, any: AnyMention) -> Mention {
    let (id, places, (has_source, has_target), status, confidence, [reported_by, origin], versions) =
        any;
    let boundaries: Vec<usize> = (0..=article.text.len())
        .filter(|at| article.text.is_char_boundary(*at))
        .collect();
    let span = |pair: usize| -> Span<Byte> {
        let mut ends = [places[2 * pair], places[2 * pair + 1]].map(|at| *at.get(&boundaries));
        ends.sort_unstable();
        Span::new(ends[0], ends[1])
    };
    let ([coder_version, dictionary_version], occasion) = versions;
    Mention {
        id: MentionId::from_bytes(id),
        article: article.id,
        sentence: SentenceIndex::new(places[0].index(90)),
        spans: MentionSpans {
            sentence: span(0),
            source: has_source.then(|| span(1)),
            predicate: span(2),
            target: has_target.then(|| span(3)),
        },
        status,
        confidence: Confidence::from_thousandths(confidence),
        reported_by,
        origin,
        occasion,
        coder_version,
        dictionary_version,
    }
}

type AnyEvent = (
    (Index, Option<PloverType>, Option<Mode>, String, bool),
    Vec<Participant>,
    (Initiator, bool, bool),
    (EventDate, Option<Day>),
    (
        Option<(String, Option<CountryCode>)>,
        Vec<Context>,
        Vec<String>,
    ),
    Vec<AnyMention>,
);

fn any_event() -> impl Strategy<Value = AnyEvent> {
    (
        (
            any::<Index>(),
            maybe(select(PloverType::ALL)),
            maybe(select(Mode::ALL)),
            any_text(),
            any::<bool>(),
        ),
        prop::collection::vec(any_participant(), 0..4),
        (select(Initiator::ALL), any::<bool>(), any::<bool>()),
        (any_date(), maybe(any_day())),
        (
            maybe((any_text(), maybe(any_country()))),
            prop::collection::vec(select(Context::ALL), 0..3),
            prop::collection::vec(any_text(), 0..3),
        ),
        prop::collection::vec(any_mention(), 1..4),
    )
}

fn event(article: &Article, any: AnyEvent) -> Event {
    let (act, participants, (initiator, multilateral, background), dates, rest, mentions) = any;
    let (cameo, plover, mode, label, symmetric) = act;
    let (place, contexts, about) = rest;
    let mut mentions: Vec<Mention> = mentions
        .into_iter()
        .map(|any| mention(article, any))
        .collect();
    mentions.sort_by_key(|mention| mention.id);
    Event {
        id: EventId::from(mentions[0].id),
        act: Act {
            cameo: cameo.get(cameo_entries()).code,
            plover,
            mode,
            label,
            symmetric,
        },
        participants,
        initiator,
        multilateral,
        background,
        date: dates.0,
        first_reported: dates.1,
        place: place.map(|(name, country)| Place { name, country }),
        contexts,
        about,
        mentions,
    }
}

/// Any article with any events that are sound.
pub(super) fn any_article() -> impl Strategy<Value = Coded> {
    let published = (any_day(), select(Precision::ALL))
        .prop_map(|(day, precision)| Published { day, precision });
    let texts = prop::array::uniform5(maybe(any_text()));
    let events = prop::collection::vec(any_event(), 0..4);
    (texts, maybe(published), any_text(), events).prop_map(|(texts, published, text, events)| {
        let [doc_id, outlet, url, title, language] = texts;
        let draft = ArticleDraft {
            doc_id,
            outlet,
            url,
            title,
            published,
            language,
            text,
        };
        let article = draft.into_article();
        let mut ids = BTreeSet::new();
        let events = events.into_iter().map(|any| event(&article, any));
        let events = events.filter(|event| ids.insert(event.id)).collect();
        (article, events)
    })
}
