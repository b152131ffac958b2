//! Which events a question is about.

use std::collections::BTreeSet;

use crate::graph::error::GraphError;
use crate::graph::happening::Happening;
use crate::graph::level::Level;
use crate::model::{
    ActorId, ActorKind, ArticleId, CameoRoot, Confidence, CountryCode, Event, Fit, Mention, Mode,
    PloverType, Status, Window, cameo_entries,
};

/// A kind of act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActFilter {
    /// Acts of a PLOVER type.
    Type(PloverType),
    /// Acts of a PLOVER mode.
    Mode(Mode),
    /// Acts whose CAMEO code begins with these digits.
    Cameo(String),
}

/// Which acts count where the user names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Contacts: consultations and signed agreements.
    Contacts,
    /// Every act but mere statements (CAMEO 01).
    #[default]
    Interactions,
}

/// Which events a question is about. The default lets every interaction through that took place.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Which acts count where `acts` is empty.
    pub scope: Scope,
    /// Kinds of act, any of which will do.
    pub acts: Vec<ActFilter>,
    /// Days that the event must lie in.
    pub window: Window,
    /// Whether events count whose date may lie inside or outside of the window.
    pub include_uncertain: bool,
    /// Statuses, any of which will do.
    pub statuses: Vec<Status>,
    /// Countries, any of which must take part.
    pub countries: BTreeSet<CountryCode>,
    /// The only articles that count as evidence; nothing for all.
    pub articles: Option<BTreeSet<ArticleId>>,
    /// The least confidence of the surest mention.
    pub confidence_min: Confidence,
    /// The least number of articles.
    pub reports_min: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            scope: Scope::Interactions,
            acts: Vec::new(),
            window: Window::ALL,
            include_uncertain: false,
            statuses: vec![Status::Actual],
            countries: BTreeSet::new(),
            articles: None,
            confidence_min: Confidence::from_thousandths(0),
            reports_min: 1,
        }
    }
}

/// A happening as a filter sees it.
#[derive(Debug, Clone)]
pub struct Selected<'a> {
    /// The happening.
    pub happening: &'a Happening,
    /// The mentions that count as evidence; never empty.
    pub mentions: Vec<&'a Mention>,
}

/// What a filter lets through.
#[derive(Debug, Clone, Default)]
pub struct Selection<'a> {
    /// The happenings, in the order of the graph.
    pub happenings: Vec<Selected<'a>>,
    /// Happenings left out because their date may lie outside of the window.
    pub uncertain_left_out: usize,
}

impl ActFilter {
    /// Parses a type (`CONSULT`), a mode (`phone`) or the first digits of a code (`04`), in any
    /// case of letters.
    ///
    /// # Errors
    /// [`GraphError::UnknownAct`] with the nearest name.
    pub fn parse(text: &str) -> Result<Self, GraphError> {
        let text = text.trim();
        if let Ok(plover) = text.parse() {
            return Ok(Self::Type(plover));
        }
        if let Ok(mode) = text.parse() {
            return Ok(Self::Mode(mode));
        }
        let is_code = text.len() >= 2
            && cameo_entries()
                .iter()
                .any(|entry| entry.code.starts_with(text));
        if is_code {
            return Ok(Self::Cameo(text.to_owned()));
        }
        let lower = text.to_lowercase();
        let names = PloverType::ALL
            .iter()
            .map(|t| t.name())
            .chain(Mode::ALL.iter().map(|m| m.name()));
        let nearest = names
            .map(|name| {
                (
                    strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                    name,
                )
            })
            .min()
            .filter(|(distance, _)| *distance <= 3)
            .map(|(_, name)| name.to_owned());
        Err(GraphError::UnknownAct {
            text: text.to_owned(),
            nearest,
        })
    }

    fn lets_through(&self, event: &Event) -> bool {
        match self {
            Self::Type(plover) => event.act.plover == Some(*plover),
            Self::Mode(mode) => event.act.mode == Some(*mode),
            Self::Cameo(digits) => event.act.cameo.starts_with(digits),
        }
    }
}

impl Filter {
    /// Returns the happenings that fit, with the evidence that counts. Time: linear in
    /// `happenings`.
    pub fn select<'a>(&self, happenings: impl IntoIterator<Item = &'a Happening>) -> Selection<'a> {
        let mut selection = Selection::default();
        for happening in happenings {
            let Some(selected) = self.evidence(happening) else {
                continue;
            };
            match self.window.fit(&happening.event.date) {
                Fit::Inside => selection.happenings.push(selected),
                Fit::Uncertain if self.include_uncertain => selection.happenings.push(selected),
                Fit::Uncertain => selection.uncertain_left_out += 1,
                Fit::Outside => {}
            }
        }
        selection
    }

    /// Applies all but the window.
    fn evidence<'a>(&self, happening: &'a Happening) -> Option<Selected<'a>> {
        let event = &happening.event;
        if !self.fits_act(event) || !self.fits_country(event) {
            return None;
        }
        let counts = |mention: &&Mention| {
            self.articles
                .as_ref()
                .is_none_or(|known| known.contains(&mention.article))
        };
        let selected = Selected {
            happening,
            mentions: event.mentions.iter().filter(counts).collect(),
        };
        let fits = !selected.mentions.is_empty()
            && self.statuses.contains(&selected.status())
            && selected.confidence() >= self.confidence_min
            && selected.reports() >= self.reports_min;
        fits.then_some(selected)
    }

    fn fits_act(&self, event: &Event) -> bool {
        if !self.acts.is_empty() {
            return self.acts.iter().any(|act| act.lets_through(event));
        }
        match self.scope {
            Scope::Contacts => event.act.is_contact(),
            Scope::Interactions => event.act.cameo.root() != CameoRoot::MakePublicStatement,
        }
    }

    fn fits_country(&self, event: &Event) -> bool {
        let is_wanted = |country| self.countries.contains(&country);
        self.countries.is_empty()
            || event
                .participants
                .iter()
                .filter_map(|p| p.country)
                .any(is_wanted)
    }
}

impl<'a> Selected<'a> {
    /// Returns the event.
    #[must_use]
    pub const fn event(&self) -> &'a Event {
        &self.happening.event
    }

    /// Returns the status by the mentions that count.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(self.mentions.iter().map(|mention| mention.status))
    }

    /// Returns the confidence of the surest mention that counts.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        let best = self.mentions.iter().map(|mention| mention.confidence).max();
        best.unwrap_or(Confidence::from_thousandths(0))
    }

    /// Returns how many articles tell it, of those that count.
    #[must_use]
    pub fn reports(&self) -> usize {
        self.articles().len()
    }

    /// Returns the articles that tell it, of those that count.
    #[must_use]
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        self.mentions
            .iter()
            .map(|mention| mention.article)
            .collect()
    }

    /// Returns the mention to show: the surest, then the least id.
    #[must_use]
    pub fn proof(&self) -> Option<&'a Mention> {
        self.mentions
            .iter()
            .copied()
            .min_by_key(|mention| (std::cmp::Reverse(mention.confidence), mention.id))
    }

    /// Returns the pairs of source and target at `level`, without pairs of one actor with itself.
    #[must_use]
    pub fn dyads(&self, level: Level) -> BTreeSet<(ActorId, ActorId)> {
        let pairs = self.event().dyads();
        let pairs = pairs
            .into_iter()
            .map(|(source, target)| (level.of(source), level.of(target)));
        pairs.filter(|(source, target)| source != target).collect()
    }
}

/// Returns the level at which to show answers about actors: the coarsest of theirs, so that the
/// partners of a state are states.
#[must_use]
pub fn default_level(asked: &[&ActorId]) -> Level {
    let has = |kind| asked.iter().any(|actor| actor.kind() == kind);
    if has(ActorKind::Country) {
        Level::Country
    } else if has(ActorKind::State) {
        Level::State
    } else if has(ActorKind::Office) {
        Level::Office
    } else {
        Level::Person
    }
}
