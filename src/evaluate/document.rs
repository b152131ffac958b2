//! Scores the events of whole articles against gold, one to one.

use crate::evaluate::GoldEvent;
use crate::model::{
    ActorId, ActorKind, CountryCode, Event, EventDate, PloverType, Precision, Status,
};

/// What two events must share to count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The two countries (or organisations), in the right direction.
    Dyad,
    /// And the PLOVER type.
    DyadType,
    /// And both actors as named.
    NamedType,
    /// And the status.
    NamedTypeStatus,
    /// Contacts that took place, by the two countries: who contacted whom.
    Contact,
}

impl Level {
    /// Every level, from the loosest.
    pub const ALL: [Self; 5] = [
        Self::Dyad,
        Self::DyadType,
        Self::NamedType,
        Self::NamedTypeStatus,
        Self::Contact,
    ];

    /// Returns the level's name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dyad => "country dyad",
            Self::DyadType => "country dyad + type",
            Self::NamedType => "named actors + type",
            Self::NamedTypeStatus => "named actors + type + status",
            Self::Contact => "contacts, country dyad",
        }
    }
}

/// Found, expected and right, at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Events (dyads of them) that the coder gave.
    pub found: usize,
    /// Events of the gold.
    pub expected: usize,
    /// Those that match one to one.
    pub right: usize,
}

impl Count {
    /// Returns the share of what was found that is right; 1 where nothing was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Returns the share of what was expected that was found; 1 where nothing was expected.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.right, self.expected)
    }

    /// Returns the harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    // Counts of a test set are far below 2^52.
    #[expect(clippy::cast_precision_loss, reason = "counts of a test set are small")]
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// The scores of a set of articles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DocumentScores {
    /// One count per level, in the order of [`Level::ALL`].
    pub levels: [Count; 5],
    /// Of the events right at [`Level::DyadType`]: those with the right status.
    pub status_right: usize,
    /// Of these events: those that the gold dates.
    pub dated: usize,
    /// Of these: those with the same date.
    pub date_right: usize,
    /// Of these events: those that the gold dates to the day, and for which gold and coder name the
    /// same sentence, so that they are surely one act.
    pub day_dated: usize,
    /// Of these: those with the same day.
    pub day_right: usize,
    /// Events found in articles whose gold is empty.
    pub false_in_empty: usize,
    /// Articles whose gold is empty.
    pub empty_articles: usize,
    /// Of every dyad found: the event's confidence, and whether it is right at [`Level::DyadType`].
    pub judged: Vec<(f64, bool)>,
}

impl DocumentScores {
    /// Returns how far confidences are from the share that is right, over ten classes of confidence
    /// of equal width, weighed by their size (expected calibration error); 0 without any dyad.
    #[must_use]
    pub fn calibration_error(&self) -> f64 {
        let mut error = 0.0;
        for class in 0..10u8 {
            let (low, high) = (f64::from(class) / 10.0, f64::from(class + 1) / 10.0);
            let is_in = |confidence: f64| low <= confidence && (confidence < high || class == 9);
            let here = || {
                self.judged
                    .iter()
                    .filter(|(confidence, _)| is_in(*confidence))
            };
            let sure: f64 = here().map(|(confidence, _)| confidence).sum();
            let right = here().filter(|(_, right)| *right).count();
            error += (sure - ratio(right, 1)).abs();
        }
        error / ratio(self.judged.len(), 1).max(1.0)
    }
}

/// One dyad of a coded event.
struct Dyad<'a> {
    source: &'a ActorId,
    source_country: Option<CountryCode>,
    target: &'a ActorId,
    target_country: Option<CountryCode>,
    event: &'a Event,
}

/// Scores articles: for each, its text, its gold and what the coder found.
///
/// Dyads match in their direction, or in either if the act is symmetric or a consultation. The
/// matching at each level is one to one and as large as can be.
#[must_use]
pub fn score_documents<'a>(
    articles: impl IntoIterator<Item = (&'a str, &'a [GoldEvent], &'a [Event])>,
) -> DocumentScores {
    let mut scores = DocumentScores::default();
    for (text, gold, events) in articles {
        let dyads: Vec<Dyad<'_>> = events.iter().flat_map(dyads_of).collect();
        if gold.is_empty() {
            scores.empty_articles += 1;
            scores.false_in_empty += dyads.len();
        }
        for (index, level) in Level::ALL.into_iter().enumerate() {
            let gold: Vec<&GoldEvent> = gold
                .iter()
                .filter(|gold| level != Level::Contact || is_contact(gold))
                .collect();
            let found: Vec<&Dyad<'_>> = dyads
                .iter()
                .filter(|dyad| level != Level::Contact || dyad.event.is_contact())
                .collect();
            let pairs = best_pairs(text, &gold, &found, level);
            let count = &mut scores.levels[index];
            count.found += found.len();
            count.expected += gold.len();
            count.right += pairs.len();
            if level == Level::DyadType {
                for dyad in &found {
                    let is_right = pairs.iter().any(|(_, paired)| std::ptr::eq(*paired, *dyad));
                    scores
                        .judged
                        .push((dyad.event.confidence().value(), is_right));
                }
                for (gold, dyad) in pairs {
                    scores.status_right += usize::from(gold.status == dyad.event.status());
                    scores.count_date(text, gold, dyad.event);
                }
            }
        }
    }
    scores
}

impl DocumentScores {
    fn count_date(&mut self, text: &str, gold: &GoldEvent, event: &Event) {
        let Some(date) = &gold.date else {
            return;
        };
        let is_right = same_date(date, &event.date);
        self.dated += 1;
        self.date_right += usize::from(is_right);
        if date.precision == Precision::Day && is_told_there(text, gold, event) {
            self.day_dated += 1;
            self.day_right += usize::from(is_right);
        }
    }
}

/// Says whether a sentence that tells an event holds the evidence of a gold event, or a part of it
/// between its gaps ("...") of a dozen letters or more.
fn is_told_there(text: &str, gold: &GoldEvent, event: &Event) -> bool {
    const PART_BYTES_MIN: usize = 12;
    let parts = gold.evidence.split("...").map(str::trim);
    let mut parts = parts.filter(|part| part.len() >= PART_BYTES_MIN);
    let mentions = || event.mentions.iter();
    parts.any(|part| {
        mentions().any(|mention| {
            let sentence = mention.spans.sentence.of(text);
            sentence.is_some_and(|sentence| sentence.contains(part) || part.contains(sentence))
        })
    })
}

fn is_contact(gold: &GoldEvent) -> bool {
    let contact = gold.plover == PloverType::Consult || gold.cameo.starts_with("057");
    contact && gold.status == Status::Actual
}

fn same_date(gold: &EventDate, found: &EventDate) -> bool {
    gold.start == found.start && gold.precision == found.precision
}

fn dyads_of(event: &Event) -> impl Iterator<Item = Dyad<'_>> {
    event.dyads().into_iter().map(move |(source, target)| Dyad {
        source: &source.actor,
        source_country: source.country,
        target: &target.actor,
        target_country: target.country,
        event,
    })
}

/// Returns a largest set of pairs that match, each gold and each dyad at most once.
fn best_pairs<'g, 'd>(
    text: &str,
    gold: &[&'g GoldEvent],
    dyads: &[&'d Dyad<'d>],
    level: Level,
) -> Vec<(&'g GoldEvent, &'d Dyad<'d>)> {
    let mut taken: Vec<Option<usize>> = vec![None; dyads.len()];
    for index in 0..gold.len() {
        let mut tried = vec![false; dyads.len()];
        augment(index, (text, gold, dyads), level, &mut taken, &mut tried);
    }
    taken
        .iter()
        .zip(dyads)
        .filter_map(|(owner, dyad)| owner.map(|index| (gold[index], *dyad)))
        .collect()
}

/// Kuhn's augmenting path: gives the gold event a dyad, moving others if that makes room.
fn augment(
    index: usize,
    (text, gold, dyads): (&str, &[&GoldEvent], &[&Dyad<'_>]),
    level: Level,
    taken: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    // Of several that match, the one told in the same sentence, of the same date and code is tried
    // first, so that the pairs are also the likeliest.
    let unlikeness = |position: &usize| {
        let event = dyads[*position].event;
        let date_differs = gold[index]
            .date
            .is_some_and(|date| !same_date(&date, &event.date));
        (
            !is_told_there(text, gold[index], event),
            date_differs,
            event.act.cameo != gold[index].cameo,
        )
    };
    let mut order: Vec<usize> = (0..dyads.len()).collect();
    order.sort_by_key(unlikeness);
    for position in order {
        if tried[position] || !matches_at(gold[index], dyads[position], level) {
            continue;
        }
        tried[position] = true;
        let is_free = match taken[position] {
            None => true,
            Some(other) => augment(other, (text, gold, dyads), level, taken, tried),
        };
        if is_free {
            taken[position] = Some(index);
            return true;
        }
    }
    false
}

fn matches_at(gold: &GoldEvent, dyad: &Dyad<'_>, level: Level) -> bool {
    let type_fits = dyad.event.act.plover == Some(gold.plover);
    let status_fits = dyad.event.status() == gold.status;
    let is_open = gold.symmetric || dyad.event.act.symmetric || gold.plover == PloverType::Consult;
    let ends_fit = |named: bool| {
        let same = |gold: (&ActorId, Option<CountryCode>),
                    found: (&ActorId, Option<CountryCode>)| {
            if named {
                gold.0 == found.0
            } else {
                place_of(gold) == place_of(found)
            }
        };
        let (gold_source, gold_target) = (
            (&gold.source, gold.source_country),
            (&gold.target, gold.target_country),
        );
        let (source, target) = (
            (dyad.source, dyad.source_country),
            (dyad.target, dyad.target_country),
        );
        (same(gold_source, source) && same(gold_target, target))
            || (is_open && same(gold_source, target) && same(gold_target, source))
    };
    match level {
        Level::Dyad | Level::Contact => ends_fit(false),
        Level::DyadType => ends_fit(false) && type_fits,
        Level::NamedType => ends_fit(true) && type_fits,
        Level::NamedTypeStatus => ends_fit(true) && type_fits && status_fits,
    }
}

/// The country of an actor, or the actor itself where it has none.
fn place_of((id, country): (&ActorId, Option<CountryCode>)) -> String {
    match country {
        Some(country) if id.kind() != ActorKind::Igo => country.to_string(),
        _ => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coder::Coder;
    use crate::evaluate::parse_gold;
    use crate::lexicon::Lexicon;
    use crate::model::{ArticleDraft, DateBasis, Published};
    use crate::text::Analyser;

    #[test]
    fn matching_is_one_to_one() {
        let draft = ArticleDraft {
            text: "Vladimir Putin called Benjamin Netanyahu. Iran condemned Israel.".to_owned(),
            published: EventDate::parse("2026-01-16", DateBasis::Stated)
                .ok()
                .and_then(|date| Published::from_date(&date)),
            ..ArticleDraft::default()
        };
        let article = draft.into_article();
        let coded = Coder::new(Lexicon::bundled().unwrap(), Analyser::bundled().unwrap())
            .unwrap()
            .code(&article);
        let gold = "header\n\
            person:benjamin-netanyahu\tISR\t<->\tperson:vladimir-putin\tRUS\tCONSULT\t041\tactual\t2026-01-16\tx\n\
            person:benjamin-netanyahu\tISR\t<->\tperson:vladimir-putin\tRUS\tCONSULT\t041\tactual\t2026-01-16\tx\n\
            state:ISR\tISR\t->\tstate:IRN\tIRN\tACCUSE\t111\tactual\t2026-01-16\tx";
        let gold = parse_gold("gold.tsv", gold).unwrap();
        let scores = score_documents([(
            article.text.as_str(),
            gold.as_slice(),
            coded.events.as_slice(),
        )]);
        let dyad = scores.levels[0];
        assert_eq!((dyad.found, dyad.expected, dyad.right), (2, 3, 1));
        assert_eq!(
            (scores.dated, scores.date_right, scores.status_right),
            (1, 1, 1)
        );
    }
}
