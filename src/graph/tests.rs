//! Tests of this room on small events.

use proptest::prelude::*;

use crate::graph::{
    ActFilter, ContactsQuestion, Filter, Found, Graph, Happening, Level, Scope, default_level,
    fulfilments, happenings,
};
use crate::model::{
    Act, ActorId, ArticleId, CameoCode, Confidence, CountryCode, DateBasis, Day, Event, EventDate,
    EventId, Fingerprint, Initiator, Mention, MentionId, MentionSpans, Occasion, Participant,
    Place, Precision, Role, Sector, SentenceIndex, Span, Status, Window,
};

const DAY: i32 = 20_469;

/// An event of one mention in one article, as a coder might give it.
#[derive(Debug, Clone)]
struct Told {
    article: u8,
    cameo: &'static str,
    source: &'static str,
    target: &'static str,
    days: i32,
    basis: DateBasis,
    precision: Precision,
    status: Status,
    place: Option<&'static str>,
}

const CALL: Told = Told {
    article: 1,
    cameo: "041",
    source: "person:vladimir-putin RUS",
    target: "person:benjamin-netanyahu ISR",
    days: 0,
    basis: DateBasis::Stated,
    precision: Precision::Day,
    status: Status::Actual,
    place: None,
};

impl Told {
    fn event(&self) -> Event {
        let cameo = CameoCode::parse(self.cameo).unwrap();
        let hash = |kind| Fingerprint::new(kind).field(format!("{self:?}").as_bytes());
        let id = MentionId::from_fingerprint(hash("mention"));
        let day = Day::from_number(DAY + self.days);
        let date = match self.precision {
            Precision::Day => EventDate::day(day, self.basis),
            Precision::Month => EventDate::month(day, self.basis),
            _ => EventDate::UNKNOWN,
        };
        let span = Span::new(0, 4);
        Event {
            id: EventId::from(id),
            act: Act {
                cameo,
                plover: cameo.entry().plover,
                mode: cameo.entry().mode,
                label: cameo.entry().verb.clone(),
                symmetric: matches!(self.cameo, "040" | "041" | "044" | "046" | "057"),
            },
            participants: [(Role::Source, self.source), (Role::Target, self.target)]
                .map(participant)
                .to_vec(),
            initiator: Initiator::Source,
            multilateral: false,
            background: false,
            date,
            first_reported: Some(Day::from_number(DAY + 1)),
            place: self.place.map(|name| Place {
                name: name.to_owned(),
                country: None,
            }),
            contexts: Vec::new(),
            about: Vec::new(),
            mentions: vec![Mention {
                id,
                article: article(self.article),
                sentence: SentenceIndex::new(0),
                spans: MentionSpans {
                    sentence: span,
                    source: Some(span),
                    predicate: span,
                    target: Some(span),
                },
                status: self.status,
                confidence: Confidence::from_thousandths(700),
                reported_by: None,
                origin: None,
                occasion: Occasion::default(),
                coder_version: "1".to_owned(),
                dictionary_version: "1".to_owned(),
            }],
        }
    }
}

fn article(number: u8) -> ArticleId {
    ArticleId::from_bytes([number; 16])
}

fn participant((role, text): (Role, &str)) -> Participant {
    let (actor, country) = text.split_once(' ').unwrap();
    let actor = ActorId::parse(actor).unwrap();
    Participant {
        name: actor.rest().replace('-', " "),
        role,
        country: CountryCode::parse(country).ok(),
        sector: actor.as_str().starts_with("person").then_some(Sector::Gov),
        office: None,
        actor,
    }
}

fn graph(told: &[Told]) -> Graph {
    Graph::build(told.iter().map(Told::event).collect(), |_| None)
}

fn actor(id: &str) -> ActorId {
    ActorId::parse(id).unwrap()
}

/// Asserts that a call, and the same call in another article told as `change` says, are one act or
/// are not.
fn check_same(change: impl FnOnce(&mut Told), expected: bool) {
    check_same_as(&CALL, change, expected);
}

fn check_same_as(one: &Told, change: impl FnOnce(&mut Told), expected: bool) {
    let mut other = Told {
        article: 2,
        ..one.clone()
    };
    change(&mut other);
    let found = happenings(vec![one.event(), other.event()]);
    assert_eq!(found.len() == 1, expected, "{one:?}\n{other:?}");
}

fn turn_round(told: &mut Told) {
    std::mem::swap(&mut told.source, &mut told.target);
}

fn published(days: i32) -> impl Fn(&mut Told) {
    move |told| (told.days, told.basis) = (days, DateBasis::Publication)
}

#[test]
fn reports_of_one_act_are_joined() {
    check_same(|_| (), true);
    check_same(turn_round, true);
    check_same(|told| told.cameo = "040", true);
    check_same(|told| told.days = 1, true);
    check_same(published(2), true);
    check_same(|told| told.status = Status::Denied, true);
    check_same_as(
        &Told {
            precision: Precision::Month,
            ..CALL
        },
        |_| (),
        true,
    );
}

#[test]
fn different_acts_stay_apart() {
    check_same(|told| told.cameo = "044", false);
    check_same(|told| told.cameo = "112", false);
    check_same(|told| told.days = 2, false);
    check_same(published(3), false);
    check_same(|told| told.status = Status::Planned, false);
    check_same(|told| told.target = "state:ISR ISR", false);
    check_same(|told| told.precision = Precision::Month, false);
    check_same(|told| (told.article, told.days) = (1, 1), false);
    let visit = Told {
        cameo: "042",
        place: Some("Sochi"),
        ..CALL
    };
    check_same_as(&visit, |told| told.place = Some("Moscow"), false);
    check_same_as(&visit, turn_round, false);
    check_same_as(
        &Told {
            precision: Precision::Unknown,
            ..CALL
        },
        |_| (),
        false,
    );
}

/// A report in the middle does not join what lies too far apart.
#[test]
fn there_is_no_chaining() {
    let told = [0, 1, 2].map(|days| {
        Told {
            days,
            article: u8::try_from(days).unwrap(),
            ..CALL
        }
        .event()
    });
    assert_eq!(happenings(told.to_vec()).len(), 2);
}

#[test]
fn the_joined_event_says_most() {
    let vague = Told {
        cameo: "040",
        basis: DateBasis::Publication,
        days: 1,
        article: 2,
        ..CALL
    };
    let found = happenings(vec![vague.event(), CALL.event()]);
    let [Happening { event, members }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(event.act.cameo.as_str(), "041");
    assert_eq!(event.date, CALL.event().date);
    assert_eq!(event.mentions.len(), 2);
    assert_eq!(members.first(), Some(&event.id));
    let graph = graph(&[CALL, vague.clone()]);
    for id in [CALL.event().id, vague.event().id] {
        assert!(matches!(graph.find(&id.to_string()), Found::One(found) if found.event == *event));
    }
    assert_eq!(graph.find("zz"), Found::None);
    assert_eq!(graph.find(""), Found::None);
}

fn check_contacts(told: &[Told], asked: &str, filter: &Filter, expected: &[&str]) {
    let asked = actor(asked);
    let level = default_level(&[&asked]);
    let question = ContactsQuestion {
        actor: asked,
        with: None,
        level,
        filter: filter.clone(),
    };
    let rows = graph(told).contacts(&question).rows;
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let counts = (row.events, row.reports, row.initiated, row.received);
            format!(
                "{} {}/{} {}>{}",
                row.partner, counts.0, counts.1, counts.2, counts.3
            )
        })
        .collect();
    assert_eq!(shown, expected);
}

/// Two reports of a call, a call back, a call to Iran, a call of a minister, and an accusation.
fn a_week() -> [Told; 6] {
    let back = Told {
        source: CALL.target,
        target: CALL.source,
        days: 9,
        ..CALL
    };
    let iran = Told {
        target: "person:masoud-pezeshkian IRN",
        ..CALL
    };
    let inner = Told {
        source: "person:sergei-lavrov RUS",
        target: CALL.source,
        ..CALL
    };
    let accusation = Told {
        cameo: "112",
        target: "state:IRN IRN",
        ..CALL
    };
    [
        CALL,
        Told { article: 2, ..CALL },
        back,
        iran,
        inner,
        accusation,
    ]
}

#[test]
fn contacts_are_counted_at_the_level_asked() {
    let contacts = Filter {
        scope: Scope::Contacts,
        ..Filter::default()
    };
    let persons = [
        "person:benjamin-netanyahu 2/2 1>1",
        "person:masoud-pezeshkian 1/1 1>0",
        "person:sergei-lavrov 1/1 0>1",
    ];
    check_contacts(&a_week(), "person:vladimir-putin", &contacts, &persons);
    let states = ["state:ISR 2/2 1>1", "state:IRN 1/1 1>0"];
    check_contacts(&a_week(), "state:RUS", &contacts, &states);
    let countries = ["country:ISR 2/2 1>1", "country:IRN 2/1 2>0"];
    check_contacts(&a_week(), "country:RUS", &Filter::default(), &countries);
}

#[test]
fn filters_narrow_what_counts() {
    let base = Filter {
        scope: Scope::Contacts,
        ..Filter::default()
    };
    let check = |change: &dyn Fn(&mut Filter), expected: &[&str]| {
        let mut filter = base.clone();
        change(&mut filter);
        check_contacts(&a_week(), "state:RUS", &filter, expected);
    };
    let iran = &["state:IRN 1/1 1>0"][..];
    let israel_once = &["state:ISR 1/1 1>0"][..];
    check(
        &|filter| filter.acts = vec![ActFilter::parse("accuse").unwrap()],
        iran,
    );
    check(
        &|filter| filter.acts = vec![ActFilter::parse("11").unwrap()],
        iran,
    );
    check(
        &|filter| filter.countries = [CountryCode::parse("IRN").unwrap()].into(),
        iran,
    );
    check(
        &|filter| filter.articles = Some([article(2)].into()),
        israel_once,
    );
    check(&|filter| filter.reports_min = 2, &["state:ISR 1/2 1>0"]);
    check(
        &|filter| filter.confidence_min = Confidence::from_thousandths(800),
        &[],
    );
    check(&|filter| filter.statuses = vec![Status::Denied], &[]);
}

#[test]
fn windows_tell_what_they_leave_out() {
    let told = [
        CALL,
        Told { days: 60, ..CALL },
        Told {
            precision: Precision::Month,
            ..CALL
        },
    ];
    let day = Day::from_number(DAY);
    let window = Window {
        start: Some(day),
        end: Some(day.plus(2)),
    };
    let question = |include_uncertain| ContactsQuestion {
        actor: actor("state:ISR"),
        with: Some(actor("state:RUS")),
        level: Level::State,
        filter: Filter {
            window,
            include_uncertain,
            ..Filter::default()
        },
    };
    let graph = graph(&told);
    let strict = graph.contacts(&question(false));
    assert_eq!((strict.events, strict.uncertain_left_out), (1, 1));
    let wide = graph.contacts(&question(true));
    assert_eq!((wide.events, wide.uncertain_left_out), (2, 0));
}

#[test]
fn unknown_acts_name_the_nearest() {
    let told = |text| ActFilter::parse(text).unwrap_err().to_string();
    assert!(told("consul").contains("did you mean CONSULT?"));
    assert!(!told("xyzzy-nothing").contains("did you mean"));
    assert!(ActFilter::parse("0").is_err());
    assert!(ActFilter::parse("99").is_err());
}

fn any_told() -> impl Strategy<Value = Told> {
    let actors = ["person:a RUS", "state:ISR ISR", "state:RUS RUS"];
    (
        0_u8..4,
        prop::sample::select(vec!["040", "041", "044", "112", "110"]),
        prop::sample::select(actors.to_vec()),
        prop::sample::select(actors.to_vec()),
        0_i32..6,
        prop::sample::select(vec![DateBasis::Stated, DateBasis::Publication]),
        prop::sample::select(vec![
            Precision::Day,
            Precision::Day,
            Precision::Month,
            Precision::Unknown,
        ]),
        prop::sample::select(Status::ALL.to_vec()),
        prop::sample::select(vec![None, Some("Sochi"), Some("Geneva")]),
    )
        .prop_map(
            |(article, cameo, source, target, days, basis, precision, status, place)| Told {
                article,
                cameo,
                source,
                target,
                days,
                basis,
                precision,
                status,
                place,
            },
        )
}

proptest! {
    #[test]
    fn the_order_of_reports_is_of_no_account(told in prop::collection::vec(any_told(), 0..24), seed in any::<u64>()) {
        let mut events: Vec<Event> = told.iter().map(Told::event).collect();
        let forward = happenings(events.clone());
        // Some other order, and some events twice.
        events.sort_by_key(|event| Fingerprint::new("order").field(&seed.to_be_bytes()).field(event.id.as_bytes()).finish());
        let again = events.iter().take(3).cloned().collect::<Vec<_>>();
        events.extend(again);
        prop_assert_eq!(happenings(events), forward);
    }

    #[test]
    fn nothing_is_lost_or_made_up(told in prop::collection::vec(any_told(), 0..24)) {
        let mut before: Vec<EventId> = told.iter().map(|told| told.event().id).collect();
        before.sort_unstable();
        before.dedup();
        let found = happenings(told.iter().map(Told::event).collect());
        let mut after: Vec<EventId> = found.iter().flat_map(|happening| happening.members.clone()).collect();
        after.sort_unstable();
        prop_assert_eq!(after, before);
        for happening in &found {
            // One article tells a happening once.
            prop_assert_eq!(happening.reports(), happening.members.len());
        }
    }
}

#[test]
fn plans_are_linked_with_what_came_of_them() {
    let told = |article, days, status, cameo| {
        let told = Told {
            article,
            cameo,
            days,
            status,
            ..CALL
        };
        told.event()
    };
    let plan = told(1, 4, Status::Planned, "042");
    let visit = told(2, 5, Status::Actual, "042");
    let later = told(3, 9, Status::Actual, "042");
    let other = told(4, 5, Status::Actual, "163");
    let links = |events: Vec<Event>| fulfilments(&happenings(events));
    let all = vec![later.clone(), other.clone(), plan.clone(), visit.clone()];
    assert_eq!(links(all), [(plan.id, visit.id)].into());
    assert!(links(vec![plan.clone(), later, other]).is_empty());
    assert!(links(vec![visit]).is_empty());
}
