//! The filters that questions have in common.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use demarche::graph::{ActFilter, Filter, Level, Scope};
use demarche::lexicon::Lexicon;
use demarche::model::{
    ActorId, Article, ArticleId, Confidence, DateBasis, Day, EventDate, Status, Window, fold,
};

use crate::cli::actor_name::resolve_country;
use crate::cli::output::counted;
use crate::cli::session::today;
use crate::cli::store_reader::StoreReader;

/// Which events count.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// First day: a day, month or year, or 'last 30 days'
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Last day, inclusive: --to 2026-01 includes January
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// Kind of act: an event type (CONSULT), a mode (phone) or the first digits of a CAMEO code; may
    /// be given again
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) types: Vec<String>,
    /// Whether it took place; may be given again [default: actual]
    #[arg(long, value_enum, value_name = "STATUS")]
    pub(crate) status: Vec<StatusArg>,
    /// A country that takes part: RUS or Russia; may be given again
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// Only what this outlet reports; a part of its name will do
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Only what was published by this day, inclusive
    #[arg(long, value_name = "DATE")]
    pub(crate) known_by: Option<String>,
    /// Least confidence, from 0 to 1
    #[arg(long, value_name = "NUMBER")]
    pub(crate) min_confidence: Option<f64>,
    /// Least number of texts that tell it
    #[arg(long, value_name = "N")]
    pub(crate) min_texts: Option<usize>,
    /// Take events whose date may lie outside of the window
    #[arg(long)]
    pub(crate) include_uncertain: bool,
    /// Show at most so many rows
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// How far actors are rolled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelArg {
    /// As the text names them
    Person,
    /// Persons as the office that they held
    Office,
    /// Officials as their state
    State,
    /// Everything that has a country as the country
    Country,
}

impl From<LevelArg> for Level {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Person => Self::Person,
            LevelArg::Office => Self::Office,
            LevelArg::State => Self::State,
            LevelArg::Country => Self::Country,
        }
    }
}

/// A status, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusArg {
    /// It took place
    Actual,
    /// It is scheduled or announced
    Planned,
    /// It might take place
    Hypothetical,
    /// It is reported as not so
    Denied,
    /// A party says it of another
    Alleged,
    /// Any
    All,
}

impl StatusArg {
    fn statuses(self) -> Vec<Status> {
        match self {
            Self::Actual => vec![Status::Actual],
            Self::Planned => vec![Status::Planned],
            Self::Hypothetical => vec![Status::Hypothetical],
            Self::Denied => vec![Status::Denied],
            Self::Alleged => vec![Status::Alleged],
            Self::All => Status::ALL.to_vec(),
        }
    }
}

impl FilterArgs {
    /// Returns the filter, and says on standard error what was understood of the dates.
    pub(crate) fn understood(
        &self,
        scope: Scope,
        store: &StoreReader,
        lexicon: &Lexicon,
    ) -> Result<Filter> {
        let today = today();
        let window = Window::parse(self.from.as_deref(), self.to.as_deref(), today)?;
        if !window.is_all() {
            writeln!(io::stderr(), "dates: {window}")?;
        }
        let acts = self
            .types
            .iter()
            .map(|text| ActFilter::parse(text))
            .collect::<Result<_, _>>()?;
        let mut statuses: Vec<Status> = self
            .status
            .iter()
            .flat_map(|status| status.statuses())
            .collect();
        if statuses.is_empty() {
            statuses.push(Status::Actual);
        }
        let countries = self
            .country
            .iter()
            .map(|text| resolve_country(text, lexicon))
            .collect::<Result<_>>()?;
        Ok(Filter {
            scope,
            acts,
            window,
            include_uncertain: self.include_uncertain,
            statuses,
            countries,
            articles: self.articles(store, today)?,
            confidence_min: confidence(self.min_confidence.unwrap_or(0.0))?,
            reports_min: self.min_texts.unwrap_or(1),
        })
    }

    /// Returns the articles that count as evidence, if the user named any.
    fn articles(&self, store: &StoreReader, today: Day) -> Result<Option<BTreeSet<ArticleId>>> {
        let known_by = self
            .known_by
            .as_deref()
            .map(|text| last_day(text, today))
            .transpose()?;
        if self.outlet.is_none() && known_by.is_none() {
            return Ok(None);
        }
        if let Some(day) = known_by {
            writeln!(io::stderr(), "known by: {day}")?;
        }
        let outlet = self.outlet.as_deref().map(fold);
        let counts = |article: &Article| {
            let is_outlet = |wanted: &String| {
                article
                    .outlet
                    .as_deref()
                    .is_some_and(|name| fold(name).contains(wanted))
            };
            let is_early = |day| {
                article
                    .published
                    .is_some_and(|published| published.day <= day)
            };
            outlet.as_ref().is_none_or(is_outlet) && known_by.is_none_or(is_early)
        };
        let mut known = BTreeSet::new();
        let mut outlets = BTreeSet::new();
        for stored in store.articles() {
            let Some(stored) = store.readable(stored)? else {
                continue;
            };
            let article = stored.article;
            if counts(&article) {
                known.insert(article.id);
            }
            outlets.extend(article.outlet);
        }
        if let (true, Some(wanted)) = (known.is_empty(), &self.outlet) {
            let some: Vec<_> = outlets.into_iter().take(10).collect();
            writeln!(
                io::stderr(),
                "no article that counts is from `{wanted}`; outlets: {}",
                some.join(", ")
            )?;
        }
        Ok(Some(known))
    }
}

/// Says on standard error that rows were cut, and how many events have doubtful dates.
pub(crate) fn tell_left_out(shown: usize, total: usize, uncertain: usize) -> Result<()> {
    let mut err = io::stderr().lock();
    if shown < total {
        writeln!(err, "shown: {shown} of {total} rows (--limit)")?;
    }
    if uncertain > 0 {
        writeln!(
            err,
            "left out: {} whose date may lie outside (--include-uncertain takes them)",
            counted(uncertain, "event"),
        )?;
    }
    Ok(())
}

fn confidence(value: f64) -> Result<Confidence> {
    if !(0.0..=1.0).contains(&value) {
        bail!("--min-confidence is a number from 0 to 1, not {value}");
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 1000"
    )]
    Ok(Confidence::from_thousandths((value * 1000.0).round() as u16))
}

fn last_day(text: &str, today: Day) -> Result<Day> {
    if text == "today" {
        return Ok(today);
    }
    let date = EventDate::parse(text, DateBasis::Stated).context("--known-by")?;
    Ok(date.end.map_or(today, |end| end.plus(-1)))
}

/// Says that nothing was found, and what might be tried.
pub(crate) fn tell_nothing(what: &str, about: &[&ActorId]) -> Result<()> {
    let about: Vec<&str> = about.iter().map(|actor| actor.as_str()).collect();
    let about = if about.is_empty() {
        String::new()
    } else {
        format!(" of {}", about.join(" and "))
    };
    writeln!(
        io::stderr(),
        "nothing found: no {what}{about} fit the filters"
    )?;
    Ok(())
}
