//! Small articles with events, for the tests of this room.

use crate::model::{
    Act, ActorId, Article, ArticleDraft, CameoCode, Confidence, Context, CountryCode, DateBasis,
    Day, Event, EventDate, EventId, Initiator, Mention, MentionSpans, Mode, Occasion, Participant,
    PloverType, Precision, Published, Role, Sector, SentenceIndex, Span, Status,
};
use crate::store::RunStart;

/// A Friday.
pub(super) const TODAY: Day = Day::from_number(20_469);

/// Returns the start of a run.
pub(super) fn run_start() -> RunStart {
    RunStart {
        started: TODAY,
        label: "ingest news/".to_owned(),
        coder_version: "1".to_owned(),
        dictionary_version: "2026-01".to_owned(),
    }
}

/// Returns an article of its own for each number, with two events: a call and a refusal.
pub(super) fn coded_article(number: u32) -> (Article, Vec<Event>) {
    let text = format!("Putin called Erdoğan on day {number}. Ankara rejected the offer.");
    let article = ArticleDraft {
        doc_id: Some(number.to_string()),
        outlet: Some("Example Wire".to_owned()),
        title: Some("A call".to_owned()),
        published: Some(Published {
            day: TODAY,
            precision: Precision::Day,
        }),
        text,
        ..ArticleDraft::default()
    }
    .into_article();
    let call = event(&article, "041", ["Putin", "called", "Erdoğan"]);
    let refusal = event(&article, "120", ["Ankara", "rejected", "the offer"]);
    (article, vec![call, refusal])
}

/// Builds an event of one mention from words of the article.
pub(super) fn event(article: &Article, cameo: &str, words: [&str; 3]) -> Event {
    let cameo = CameoCode::parse(cameo).unwrap();
    let entry = cameo.entry();
    let spans = spans(&article.text, words);
    let sentence = SentenceIndex::new(0);
    let id = Mention::make_id(article.id, sentence, &spans, cameo);
    Event {
        id: EventId::from(id),
        act: Act {
            cameo,
            plover: Some(entry.plover.unwrap_or(PloverType::Consult)),
            mode: Some(Mode::Phone),
            label: entry.verb.clone(),
            symmetric: cameo.starts_with("04"),
        },
        participants: vec![
            participant(Role::Source, "person:vladimir-putin", "RUS"),
            participant(Role::Target, "state:TUR", "TUR"),
        ],
        initiator: Initiator::Source,
        multilateral: false,
        background: false,
        date: EventDate::day(TODAY, DateBasis::Publication),
        first_reported: Some(TODAY),
        place: None,
        contexts: vec![Context::Diplomatic],
        about: vec!["the offer".to_owned()],
        mentions: vec![Mention {
            id,
            article: article.id,
            sentence,
            spans,
            status: Status::Actual,
            confidence: Confidence::from_thousandths(800),
            reported_by: Some("the Kremlin".to_owned()),
            origin: None,
            occasion: Occasion::default(),
            coder_version: "1".to_owned(),
            dictionary_version: "2026-01".to_owned(),
        }],
    }
}

fn spans(text: &str, words: [&str; 3]) -> MentionSpans {
    let [source, predicate, target] = words.map(|word| {
        let start = text.find(word).unwrap();
        Span::new(start, start + word.len())
    });
    MentionSpans {
        sentence: source.join(target),
        source: Some(source),
        predicate,
        target: Some(target),
    }
}

fn participant(role: Role, actor: &str, country: &str) -> Participant {
    Participant {
        actor: ActorId::parse(actor).unwrap(),
        role,
        name: actor.to_owned(),
        country: CountryCode::parse(country).ok(),
        sector: Some(Sector::Gov),
        office: None,
    }
}
