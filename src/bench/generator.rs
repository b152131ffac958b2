//! Articles with their events, one after the other.

use std::collections::BTreeSet;

use crate::bench::act::{self, Acts};
use crate::bench::cast::{Cast, Player};
use crate::bench::seeded::{Mix, Seeded};
use crate::bench::telling::{Clause, Telling, Told};
use crate::bench::word::{ORIGINS, OUTLETS, PLACES, TOPICS, WITNESSES};
use crate::model::{
    Act, ActorId, Article, ArticleDraft, Confidence, CountryCode, DateBasis, Day, DayPart, Event,
    EventDate, EventId, Initiator, Mention, Occasion, Participant, Place, Precision, Published,
    Role, Status,
};

/// How many actors take part, if not said otherwise.
pub const ACTORS: usize = 20_000;

/// 2006-01-01.
const FIRST_DAY: Day = Day::from_number(13_149);
/// Up to and with 2025-12-31.
const DAYS: u64 = 7305;

const CODER_VERSION: &str = "bench-1";
const DICTIONARY_VERSION: &str = "bench-1";

/// One in so many of a thousand events has several on one footing, or somebody between the sides.
const MULTILATERAL_THOUSANDTHS: u64 = 20;
const MEDIATED_THOUSANDTHS: u64 = 30;

/// What to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeneratorOptions {
    /// How many events, over all articles.
    pub events: u64,
    /// What decides everything that is drawn.
    pub seed: u64,
    /// How many actors there are; at least two.
    pub actors: usize,
}

/// Invents articles with their events, in the order in which they were published.
///
/// Each event has 1.3 mentions on average and belongs to the article beside it. The days lie in the
/// twenty years from 2006, more of them in the later ones. Events are sound: a store takes them.
/// The same options give the same articles, and memory does not grow with their number.
///
/// # Examples
/// ```
/// use demarche::bench::{ACTORS, Generator, GeneratorOptions};
///
/// let options = GeneratorOptions { events: 1000, seed: 1, actors: ACTORS };
/// let events: usize = Generator::new(options).map(|(_, events)| events.len()).sum();
/// assert_eq!(events, 1000);
/// ```
#[derive(Debug, Clone)]
pub struct Generator {
    options: GeneratorOptions,
    random: Seeded,
    cast: Cast,
    acts: Acts,
    events_per_article: Mix<u64>,
    mentions_per_event: Mix<usize>,
    articles: u64,
    events: u64,
}

impl Generator {
    /// Gets ready; the first article is made when it is asked for.
    #[must_use]
    pub fn new(options: GeneratorOptions) -> Self {
        Self {
            options,
            random: Seeded::new(options.seed),
            cast: Cast::new(options.actors, options.seed),
            acts: Acts::new(),
            events_per_article: Mix::new(1, [(1, 45), (2, 25), (3, 15), (4, 8), (5, 4), (6, 3)]),
            mentions_per_event: Mix::new(1, [(1, 77), (2, 17), (3, 5), (4, 1)]),
            articles: 0,
            events: 0,
        }
    }

    /// Returns who is in the news most often, and with whom mostly.
    #[must_use]
    pub fn busiest_dyad(&self) -> Option<(ActorId, ActorId)> {
        self.dyad(0, 0)
    }

    /// Returns two who meet about once a week in two million events.
    #[must_use]
    pub fn usual_dyad(&self) -> Option<(ActorId, ActorId)> {
        self.dyad(21, 2)
    }

    fn dyad(&self, rank: usize, partner: u64) -> Option<(ActorId, ActorId)> {
        let partner = self.cast.fixed_partner(rank, partner);
        self.actor(rank).zip(self.actor(partner))
    }

    /// Returns the person who is in the news most often.
    #[must_use]
    pub fn busiest_person(&self) -> Option<ActorId> {
        self.actor(1)
    }

    /// Returns a person who is in the news every other day, in two million events.
    #[must_use]
    pub fn usual_person(&self) -> Option<ActorId> {
        self.actor(101)
    }

    fn actor(&self, rank: usize) -> Option<ActorId> {
        let player = self.cast.player(rank)?;
        Some(player.participant(Role::Source).actor)
    }

    /// Returns the day of publication: the density of days grows from half the mean to three halves.
    fn published(&mut self) -> Day {
        // The share of events told so far, in 2^-40; x + x² = 2 · share gives the place in time.
        let share = (self.events << 20)
            .checked_div(self.options.events)
            .unwrap_or(0)
            << 20;
        let one: u64 = 1 << 40;
        let root = (one + 8 * share).isqrt() << 20;
        let place = root.saturating_sub(one) / 2;
        let day = ((place >> 20) * DAYS) >> 20;
        let late = day.saturating_add(self.random.below(3)).min(DAYS - 1);
        FIRST_DAY.plus(i32::try_from(late).unwrap_or(0))
    }

    fn event(&mut self, published: Day, telling: &mut Telling) -> Invented {
        let act = self.acts.act(&mut self.random);
        let source = self.cast.anyone(&mut self.random);
        let target = self.cast.partner_of(source, &mut self.random);
        let multilateral = act.symmetric && self.random.happens(MULTILATERAL_THOUSANDTHS);
        let mut roles = vec![(source, Role::Source)];
        if multilateral {
            roles.push((target, Role::Source));
            roles.extend((0..3).map(|_| (self.cast.anyone(&mut self.random), Role::Source)));
        } else {
            roles.push((target, Role::Target));
            if self.random.happens(MEDIATED_THOUSANDTHS) {
                let between = self.cast.anyone(&mut self.random);
                roles.push((between, Role::Mediator));
            }
        }
        let about = self.random.happens(200).then(|| self.random.word(TOPICS));
        let place = self.random.happens(250).then(|| self.place()).flatten();
        let date = self.date(published);
        let name = |rank: usize| self.cast.player(rank).map_or("", Player::name);
        let clause = Clause {
            source: name(source),
            verb: &act.label,
            target: (!multilateral).then(|| name(target)),
            rest: &rest_of(about, place.as_ref(), &date),
        };
        let mentions = self.mentions_per_event.draw(&mut self.random);
        let told = (0..mentions).map(|number| telling.tell(clause, number > 0));
        Invented {
            told: told.collect(),
            participants: self.participants(&roles),
            initiator: if multilateral {
                Initiator::Unknown
            } else {
                Initiator::Source
            },
            multilateral,
            act,
            date,
            place,
            about,
        }
    }

    /// Returns who takes part, each once, in the role that comes first.
    fn participants(&self, roles: &[(usize, Role)]) -> Vec<Participant> {
        let mut seen = BTreeSet::new();
        let players = roles.iter().filter(|(rank, _)| seen.insert(*rank));
        players
            .filter_map(|(rank, role)| Some(self.cast.player(*rank)?.participant(*role)))
            .collect()
    }

    /// Now and then a text says which call of the day it was.
    fn occasion(&mut self) -> Occasion {
        if !self.random.happens(40) {
            return Occasion::default();
        }
        let part = DayPart::ALL.get(self.random.place(DayPart::ALL.len()));
        Occasion {
            turn: None,
            day_part: part.copied(),
        }
    }

    fn place(&mut self) -> Option<Place> {
        let (name, country) = PLACES.get(self.random.place(PLACES.len()))?;
        Some(Place {
            name: (*name).to_owned(),
            country: CountryCode::parse(country).ok(),
        })
    }

    fn date(&mut self, published: Day) -> EventDate {
        let basis = self.acts.basis(&mut self.random);
        let back = |random: &mut Seeded, days| {
            published.plus(-i32::try_from(random.below(days)).unwrap_or(0))
        };
        match self.random.below(100) {
            _ if basis == DateBasis::Publication => EventDate::day(published, basis),
            0..82 => EventDate::day(back(&mut self.random, 4), basis),
            82..88 => EventDate::week(back(&mut self.random, 14), basis),
            88..95 => EventDate::month(back(&mut self.random, 90), basis),
            95..98 => EventDate::year(back(&mut self.random, 1000), basis),
            _ => EventDate::day(back(&mut self.random, 700), basis),
        }
    }

    /// Gives an event the mentions by which the article proves it.
    fn prove(&mut self, article: &Article, published: Day, invented: Invented) -> Event {
        let status = self.acts.status(&mut self.random);
        let mut mentions: Vec<Mention> = Vec::with_capacity(invented.told.len());
        for told in &invented.told {
            let confidence = 430 + self.random.below(571);
            let (witness, origin) = (self.random.happens(100), self.random.happens(150));
            mentions.push(Mention {
                id: Mention::make_id(article.id, told.sentence, &told.spans, invented.act.cameo),
                article: article.id,
                sentence: told.sentence,
                spans: told.spans,
                // Now and then a second sentence has it otherwise.
                status: if mentions.is_empty() || self.random.happens(950) {
                    status
                } else {
                    Status::Denied
                },
                confidence: Confidence::from_thousandths(u16::try_from(confidence).unwrap_or(0)),
                reported_by: witness.then(|| self.random.word(WITNESSES).to_owned()),
                origin: origin.then(|| self.random.word(ORIGINS).to_owned()),
                occasion: self.occasion(),
                coder_version: CODER_VERSION.to_owned(),
                dictionary_version: DICTIONARY_VERSION.to_owned(),
            });
        }
        mentions.sort_unstable_by_key(|mention| mention.id);
        let id = mentions.first().map(|mention| EventId::from(mention.id));
        Event {
            id: id.unwrap_or(EventId::from_bytes([0; 8])),
            contexts: act::contexts(invented.act.cameo, &mut self.random),
            act: invented.act,
            participants: invented.participants,
            initiator: invented.initiator,
            multilateral: invented.multilateral,
            background: invented
                .date
                .end
                .is_some_and(|end| end < published.plus(-30)),
            date: invented.date,
            first_reported: Some(published),
            place: invented.place,
            about: invented.about.map(str::to_owned).into_iter().collect(),
            mentions,
        }
    }
}

/// An event before the article that tells it has an id.
struct Invented {
    act: Act,
    participants: Vec<Participant>,
    initiator: Initiator,
    multilateral: bool,
    date: EventDate,
    place: Option<Place>,
    about: Option<&'static str>,
    told: Vec<Told>,
}

fn rest_of(about: Option<&str>, place: Option<&Place>, date: &EventDate) -> String {
    let mut rest = String::new();
    if let Some(about) = about {
        rest.push_str(" over ");
        rest.push_str(about);
    }
    if let Some(place) = place {
        rest.push_str(" in ");
        rest.push_str(&place.name);
    }
    match date.basis {
        DateBasis::Relative => rest.push_str(" earlier this week"),
        DateBasis::Stated => {
            rest.push_str(" on ");
            rest.push_str(&date.to_string());
        }
        DateBasis::Publication | DateBasis::Dataset => {}
    }
    rest
}

impl Iterator for Generator {
    type Item = (Article, Vec<Event>);

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.options.events - self.events;
        if left == 0 {
            return None;
        }
        let count = self.events_per_article.draw(&mut self.random).min(left);
        let published = self.published();
        self.articles += 1;
        self.events += count;
        let mut telling = Telling::default();
        let mut invented = Vec::new();
        for _ in 0..count {
            invented.push(self.event(published, &mut telling));
            if self.random.happens(300) {
                telling.fill(&mut self.random);
            }
        }
        let outlet = self.random.word(OUTLETS);
        let article = ArticleDraft {
            outlet: Some(outlet.to_owned()),
            url: Some(format!("https://example.org/{published}/{}", self.articles)),
            title: Some(format!("Report {} of {published}", self.articles)),
            published: Some(Published {
                day: published,
                precision: Precision::Day,
            }),
            text: telling.finish(),
            ..ArticleDraft::default()
        }
        .into_article();
        let events = invented
            .into_iter()
            .map(|invented| self.prove(&article, published, invented))
            .collect();
        Some((article, events))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const OPTIONS: GeneratorOptions = GeneratorOptions {
        events: 20_000,
        seed: 1,
        actors: ACTORS,
    };

    #[test]
    fn the_seed_decides_everything() {
        let first = |seed| {
            Generator::new(GeneratorOptions { seed, ..OPTIONS })
                .take(50)
                .collect::<Vec<_>>()
        };
        assert_eq!(first(1), first(1));
        assert_ne!(first(1), first(2));
    }

    #[test]
    fn the_news_are_skewed() {
        let events: Vec<Event> = Generator::new(OPTIONS)
            .flat_map(|(_, events)| events)
            .collect();
        assert_eq!(events.len(), 20_000);
        let mentions: usize = events.iter().map(|event| event.mentions.len()).sum();
        assert!((25_400..26_600).contains(&mentions), "{mentions}");
        let actual = events
            .iter()
            .filter(|event| event.status() == Status::Actual);
        assert!((15_500..17_500).contains(&actual.count()));
        let mut dyads: BTreeMap<_, usize> = BTreeMap::new();
        for event in &events {
            for (source, target) in event.dyads() {
                *dyads.entry((&source.actor, &target.actor)).or_default() += 1;
            }
        }
        let most = dyads.values().max().copied().unwrap_or(0);
        assert!((100..2000).contains(&most), "{most}");
        assert!(dyads.len() > 5000, "{}", dyads.len());
    }

    #[test]
    fn days_lie_in_twenty_years() {
        let days: Vec<Day> = Generator::new(OPTIONS)
            .filter_map(|(article, _)| article.published?.exact_day())
            .collect();
        let (first, last) = (days.first().unwrap(), days.last().unwrap());
        assert_eq!(first.ymd().0, 2006);
        assert_eq!(last.ymd(), (2025, 12, last.ymd().2));
        let late = days.iter().filter(|day| day.ymd().0 >= 2016).count();
        assert!(late * 10 > days.len() * 6, "more of it in the later years");
    }
}
