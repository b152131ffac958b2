//! What goes into a block comes out of it.

use proptest::prelude::*;

use crate::model::{
    ActorId, Article, ArticleDraft, CameoCode, Confidence, Context, CountryCode, DateBasis, Day,
    DayPart, Event, EventDate, EventId, Initiator, MentionId, Mode, Occasion, Place, PloverType,
    Precision, Published, Role, Sector, SentenceIndex, Span, Status, Turn,
};
use crate::store::block::{Block, BlockNumber, Encoded, Row, encode};
use crate::store::sample::{TODAY, coded_article};
use crate::store::{RunNumber, frame};

fn any_day() -> impl Strategy<Value = Day> {
    prop_oneof![
        (20_000..21_000).prop_map(Day::from_number),
        any::<i32>().prop_map(Day::from_number),
    ]
}

fn any_word() -> impl Strategy<Value = String> {
    prop_oneof!["[a-dé]{0,3}", Just(String::new())]
}

fn any_country() -> impl Strategy<Value = Option<CountryCode>> {
    prop::option::of("[A-C]{3}".prop_map(|code| CountryCode::parse(&code).unwrap()))
}

fn any_date() -> impl Strategy<Value = EventDate> {
    (
        prop::option::of(any_day()),
        prop::option::of(any_day()),
        prop::sample::select(Precision::ALL.to_vec()),
        prop::sample::select(DateBasis::ALL.to_vec()),
    )
        .prop_map(|(start, end, precision, basis)| EventDate {
            start,
            end,
            precision,
            basis,
        })
}

prop_compose! {
    /// Changes nearly everything of an event that may be changed.
    fn any_change()(
        cameo in prop::sample::select(vec!["010", "041", "1124"]),
        plover in prop::option::of(prop::sample::select(PloverType::ALL.to_vec())),
        mode in prop::option::of(prop::sample::select(Mode::ALL.to_vec())),
        label in any_word(),
        flags in any::<(bool, bool, bool)>(),
        initiator in prop::sample::select(Initiator::ALL.to_vec()),
        date in any_date(),
        first_reported in prop::option::of(any_day()),
        place in prop::option::of((any_word(), any_country())),
    )(
        contexts in prop::collection::vec(prop::sample::select(Context::ALL.to_vec()), 0..3),
        about in prop::collection::vec(any_word(), 0..3),
        people in prop::collection::vec((
            "[a-c]{1,2}", prop::sample::select(Role::ALL.to_vec()), any_word(), any_country(),
            prop::option::of(prop::sample::select(Sector::ALL.to_vec())), prop::option::of("[a-c]"),
        ), 0..4),
        told in prop::collection::vec((
            any::<u64>(), 0_usize..9, any::<[(u16, u16); 3]>(), any::<(bool, bool)>(),
            prop::sample::select(Status::ALL.to_vec()), 0_u16..=1000, prop::option::of(any_word()),
            prop::option::of(any_word()), any_occasion(),
        ), 1..4),
        fixed in Just((cameo, plover, mode, label, flags, initiator, date, first_reported, place)),
    ) -> Change {
        Change(Box::new(move |mut event: Event| {
            let (cameo, plover, mode, label, flags, initiator, date, first_reported, place) =
                fixed.clone();
            event.act.cameo = CameoCode::parse(cameo).unwrap();
            (event.act.plover, event.act.mode, event.act.label) = (plover, mode, label);
            (event.act.symmetric, event.multilateral, event.background) = flags;
            (event.initiator, event.date, event.first_reported) = (initiator, date, first_reported);
            event.place = place.map(|(name, country)| Place { name, country });
            (event.contexts, event.about) = (contexts.clone(), about.clone());
            let pattern = event.participants.remove(0);
            event.participants = people.iter().map(|(id, role, name, country, sector, office)| {
                let mut person = pattern.clone();
                person.actor = ActorId::parse(&format!("person:{id}")).unwrap();
                (person.role, person.name, person.country) = (*role, name.clone(), *country);
                person.sector = *sector;
                person.office = office.as_ref().map(|id| ActorId::parse(&format!("office:{id}")).unwrap());
                person
            }).collect();
            let pattern = event.mentions.remove(0);
            event.mentions = told.iter().map(|(id, sentence, spans, there, status, sure, by, origin, occasion)| {
                let mut mention = pattern.clone();
                mention.id = MentionId::from_bytes(id.to_be_bytes());
                mention.sentence = SentenceIndex::new(*sentence);
                let span = |(start, length): (u16, u16)| {
                    Span::new(start.into(), usize::from(start) + usize::from(length))
                };
                let [source, predicate, target] = spans.map(span);
                mention.spans.source = there.0.then_some(source);
                mention.spans.predicate = predicate;
                mention.spans.target = there.1.then_some(target);
                (mention.status, mention.confidence) = (*status, Confidence::from_thousandths(*sure));
                (mention.reported_by, mention.origin) = (by.clone(), origin.clone());
                mention.occasion = *occasion;
                mention
            }).collect();
            event.id = event.mentions.iter().map(|mention| EventId::from(mention.id)).min().unwrap();
            event
        }))
    }
}

fn any_occasion() -> impl Strategy<Value = Occasion> {
    let turn = prop::option::of(prop::sample::select(Turn::ALL.to_vec()));
    let day_part = prop::option::of(prop::sample::select(DayPart::ALL.to_vec()));
    (turn, day_part).prop_map(|(turn, day_part)| Occasion { turn, day_part })
}

/// What is done to an event.
struct Change(Box<dyn Fn(Event) -> Event>);

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a change")
    }
}

fn any_article() -> impl Strategy<Value = Article> {
    (
        prop::option::of(any_word()),
        prop::option::of(any_word()),
        prop::option::of(any_word()),
        prop::option::of((any_day(), prop::sample::select(Precision::ALL.to_vec()))),
        "[a-fé ]{0,300}",
    )
        .prop_map(|(doc_id, outlet, title, published, text)| {
            ArticleDraft {
                url: title.clone(),
                language: outlet.clone(),
                doc_id,
                outlet,
                title,
                published: published.map(|(day, precision)| Published { day, precision }),
                text,
            }
            .into_article()
        })
}

fn sealed(articles: &[(Article, Vec<Event>)]) -> Encoded {
    let rows = articles
        .iter()
        .zip(1..)
        .map(|((article, events), run)| Row {
            article,
            events,
            run: RunNumber::new(run),
            added: TODAY.plus(i32::try_from(run).unwrap()),
            sketch: article.sketch(),
        });
    encode(BlockNumber(3), 17, rows.collect()).unwrap()
}

fn read(encoded: &Encoded) -> (Block, Vec<u8>) {
    let body = frame::open(&encoded.block).unwrap().into_owned();
    let texts = frame::open(&encoded.texts).unwrap().into_owned();
    (
        Block::read(BlockNumber(3), body.clone(), 0..body.len()).unwrap(),
        texts,
    )
}

fn check(articles: &[(Article, Vec<Event>)]) {
    let (block, texts) = read(&sealed(articles));
    assert_eq!(block.texts_length(), texts.len());
    for ((article, events), run) in articles.iter().zip(1_u32..) {
        let row = block.find(article.id).unwrap();
        let head = block.article(row).unwrap();
        assert_eq!((head.run.get(), head.sketch), (run, article.sketch()));
        assert_eq!(head.added, TODAY.plus(i32::try_from(run).unwrap()));
        let chunk = block.chunk(head.chunk).unwrap();
        let unpacked = chunk.unpack(&texts[chunk.range().unwrap()]).unwrap();
        assert_eq!(head.with_document(&unpacked).as_ref(), Some(article));
        let rows = block.events_of(row).unwrap();
        assert_eq!(rows.len(), events.len());
        for (event, place) in events.iter().zip(rows) {
            assert_eq!(block.article_of(place), Some(row));
            assert_eq!(block.event_id(place), Some(event.id));
            assert_eq!(block.event(place, article.id).as_ref(), Some(event));
            let scanned = block.scan(place).unwrap();
            assert_eq!(block.act(scanned.act), Some(event.act.clone()));
            assert_eq!(
                (scanned.status, scanned.start),
                (event.status(), event.date.start)
            );
            let source = scanned.source.map(|cast| block.cast(cast).unwrap().actor);
            let expected = event.in_role(Role::Source).next();
            assert_eq!(source, expected.map(|source| source.actor.clone()));
        }
    }
    assert_eq!(
        block.find(crate::model::ArticleId::from_bytes([7; 16])),
        None
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_articles_come_out_as_they_went_in(
        articles in prop::collection::vec((any_article(), prop::collection::vec(any_change(), 0..4)), 1..6),
    ) {
        let mut told: Vec<(Article, Vec<Event>)> = Vec::new();
        for (article, changes) in articles {
            let event = |change: Change| {
                let mut event = (change.0)(coded_article(1).1.remove(0));
                event.mentions.iter_mut().for_each(|mention| mention.article = article.id);
                event
            };
            let events = changes.into_iter().map(event).collect();
            if told.iter().all(|(known, _)| known.id != article.id) {
                told.push((article, events));
            }
        }
        check(&told);
        let mut turned = told.clone();
        turned.reverse();
        let same: Vec<_> = [&told, &turned].map(|articles| {
            let rows = articles.iter().map(|(article, events)| Row {
                article, events, run: RunNumber::new(1), added: TODAY, sketch: article.sketch(),
            });
            encode(BlockNumber(1), 1, rows.collect()).unwrap().block
        }).into_iter().collect();
        prop_assert_eq!(&same[0], &same[1]);
    }

    #[test]
    fn any_bytes_are_a_block_or_not(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Block::read(BlockNumber(1), bytes.clone(), 0..bytes.len()).is_err());
    }

    /// Past the checksums, which would notice it.
    #[test]
    fn a_block_with_a_changed_byte_never_panics(at in any::<prop::sample::Index>(), change in 1..=255_u8) {
        let articles: Vec<_> = (0..8).map(coded_article).collect();
        let encoded = sealed(&articles);
        let mut body = frame::open(&encoded.block).unwrap().into_owned();
        let at = at.index(body.len());
        body[at] ^= change;
        if let Ok(block) = Block::read(BlockNumber(3), body.clone(), 0..body.len()) {
            for (article, _) in &articles {
                drop(block.find(article.id).map(|row| block.article(row)));
            }
            for event in 0..16 {
                drop(block.event(event, articles[0].0.id));
                assert!(block.scan(event).is_none_or(|row| row.act < usize::MAX));
            }
        }
    }
}

#[test]
fn many_texts_lie_in_several_chunks() {
    let articles: Vec<_> = (0..3000).map(coded_article).collect();
    let (block, _) = read(&sealed(&articles));
    assert!(block.chunk(1).is_some());
    check(&articles);
}

#[test]
fn a_block_of_nothing_is_read() {
    let (block, texts) = read(&sealed(&[]));
    assert_eq!((block.texts_length(), texts.len()), (0, 0));
    assert_eq!(block.article_of(0), None);
}
