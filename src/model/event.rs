//! Events: one act, once, however often it was reported.

use crate::model::closed_set::closed_set;
use crate::model::{
    ActorId, ArticleId, Byte, CameoCode, Confidence, Context, CountryCode, Day, EventDate, EventId,
    Fingerprint, MentionId, Mode, Occasion, PloverType, QuadPlover, Sector, SentenceIndex, Span,
};

closed_set! {
    /// Whether an act took place, as a mention has it.
    Status, "status" {
        /// It took place.
        Actual = "actual",
        /// It is scheduled or announced.
        Planned = "planned",
        /// It might take place, or would under a condition.
        Hypothetical = "hypothetical",
        /// It is reported as not so.
        Denied = "denied",
        /// A party says it of another, and nobody else does.
        Alleged = "alleged",
    }
}

impl Status {
    /// Returns the status of an event by those of its mentions: the strongest, in the order actual,
    /// planned, alleged, hypothetical, denied; actual for none.
    #[must_use]
    pub fn of(mentions: impl IntoIterator<Item = Self>) -> Self {
        let strength = |status: &Self| match status {
            Self::Actual => 0,
            Self::Planned => 1,
            Self::Alleged => 2,
            Self::Hypothetical => 3,
            Self::Denied => 4,
        };
        mentions
            .into_iter()
            .min_by_key(strength)
            .unwrap_or(Self::Actual)
    }
}

closed_set! {
    /// What a participant does in an event.
    Role, "role" {
        /// Who acts.
        Source = "source",
        /// Who is acted upon.
        Target = "target",
        /// Who stands between the sides.
        Mediator = "mediator",
        /// Who gives the place.
        Host = "host",
        /// Who acts in another's name.
        Delegate = "delegate",
        /// Who is spoken about.
        About = "about",
    }
}

closed_set! {
    /// Who began a symmetric act.
    Initiator, "initiator" {
        /// The source, as the text says or the grammar suggests.
        Source = "source",
        /// The target.
        Target = "target",
        /// The text does not say.
        Unknown = "unknown",
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Act {
    /// The CAMEO code.
    pub cameo: CameoCode,
    /// The PLOVER type; CAMEO 01x has none.
    pub plover: Option<PloverType>,
    /// The PLOVER mode, where the type has one that fits.
    pub mode: Option<Mode>,
    /// A short verb for people: source –label→ target.
    pub label: String,
    /// Whether the act has no direction of its own (talk, call, meet, sign together). Governs
    /// counting and matching only; the direction of the text is kept.
    pub symmetric: bool,
}

impl Act {
    /// Says whether the act is a contact: a consultation, or an agreement signed.
    #[must_use]
    pub fn is_contact(&self) -> bool {
        self.plover == Some(PloverType::Consult) || self.cameo.starts_with("057")
    }

    /// Returns the PLOVER quad class.
    #[must_use]
    pub fn quad_plover(&self) -> Option<QuadPlover> {
        self.plover.map(PloverType::quad)
    }
}

/// An actor in an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Participant {
    /// Who.
    pub actor: ActorId,
    /// In which role.
    pub role: Role,
    /// The actor's name for people.
    pub name: String,
    /// The country the actor belongs to on the event's date.
    pub country: Option<CountryCode>,
    /// The sector on the event's date.
    pub sector: Option<Sector>,
    /// The office held on the event's date, if known.
    pub office: Option<ActorId>,
}

impl Participant {
    /// Returns the actor one level up at `state`: persons and agencies of the state become the
    /// state, all others stay themselves.
    #[must_use]
    pub fn at_state(&self) -> ActorId {
        use crate::model::ActorKind::{Agency, Office, Person, State};
        match (self.actor.kind(), self.country) {
            (Person | Office | Agency, Some(country))
                if self.sector.is_some_and(Sector::is_of_state) =>
            {
                ActorId::of_country(State, country)
            }
            _ => self.actor.clone(),
        }
    }

    /// Returns the actor at level `country`: everything with a country becomes that country.
    #[must_use]
    pub fn at_country(&self) -> ActorId {
        use crate::model::ActorKind::Country;
        self.country.map_or_else(
            || self.actor.clone(),
            |country| ActorId::of_country(Country, country),
        )
    }
}

/// Where in the article's text the parts of a mention stand; bytes of [`crate::model::Article::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct MentionSpans {
    /// The whole sentence.
    pub sentence: Span<Byte>,
    /// The words that name the source; missing where it is understood.
    pub source: Option<Span<Byte>>,
    /// The words that tell the act.
    pub predicate: Span<Byte>,
    /// The words that name the target; missing where it is understood.
    pub target: Option<Span<Byte>>,
}

/// One place in one article that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Mention {
    /// The id: a hash of article, sentence, spans and act.
    pub id: MentionId,
    /// The article.
    pub article: ArticleId,
    /// The number of the sentence in it.
    pub sentence: SentenceIndex,
    /// Where the parts stand.
    pub spans: MentionSpans,
    /// Whether it took place, by this mention.
    pub status: Status,
    /// How sure the coder is.
    pub confidence: Confidence,
    /// Who reports it, where the text says ("according to the Kremlin").
    pub reported_by: Option<String>,
    /// The readout, agency or side that the text names as its source, as a key under which what
    /// rests on the same source is counted once; nothing where it names none.
    pub origin: Option<String>,
    /// By what it is told from other acts of its kind on the same day.
    pub occasion: Occasion,
    /// The coder that found it.
    pub coder_version: String,
    /// The dictionaries that named the actors.
    pub dictionary_version: String,
}

impl Mention {
    /// Makes the id of a mention from what it stands on.
    #[must_use]
    pub fn make_id(
        article: ArticleId,
        sentence: SentenceIndex,
        spans: &MentionSpans,
        cameo: CameoCode,
    ) -> MentionId {
        let mut fingerprint = Fingerprint::new("mention")
            .field(article.as_bytes())
            .field(&(sentence.get() as u64).to_be_bytes());
        for span in [
            Some(spans.sentence),
            spans.source,
            Some(spans.predicate),
            spans.target,
        ] {
            fingerprint = match span {
                Some(span) => fingerprint
                    .field(&(span.start() as u64).to_be_bytes())
                    .field(&(span.end() as u64).to_be_bytes()),
                None => fingerprint.field(b"-"),
            };
        }
        MentionId::from_fingerprint(fingerprint.field(cameo.as_str().as_bytes()))
    }
}

/// A place as the text names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The words of the text.
    pub name: String,
    /// The country it lies in, if known.
    pub country: Option<CountryCode>,
}

/// Up to so many participants on one footing, all pairs of them are dyads.
const ALL_PAIRS_MAX: usize = 4;

/// One act, once, with everything that proves it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Event {
    /// The id: the least of the mention ids.
    pub id: EventId,
    /// What was done.
    pub act: Act,
    /// Who took part, sources first, in the order of the text.
    pub participants: Vec<Participant>,
    /// Who began it.
    pub initiator: Initiator,
    /// Whether more than two took part on one footing.
    pub multilateral: bool,
    /// Whether the article tells it as history, more than 30 days back.
    pub background: bool,
    /// When.
    pub date: EventDate,
    /// The earliest day of publication among the articles.
    pub first_reported: Option<Day>,
    /// Where, if the text says.
    pub place: Option<Place>,
    /// Topics, sorted.
    pub contexts: Vec<Context>,
    /// What it was about, in the words of the text, sorted.
    pub about: Vec<String>,
    /// The places that tell it, by id; never empty.
    pub mentions: Vec<Mention>,
}

impl Event {
    /// Returns the status by all mentions: see [`Status::of`].
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(self.mentions.iter().map(|mention| mention.status))
    }

    /// Says whether mentions disagree: one has it as so, another as not so.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        let has = |status| self.mentions.iter().any(|mention| mention.status == status);
        has(Status::Denied) && (has(Status::Actual) || has(Status::Planned))
    }

    /// Returns the highest confidence of a mention.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        let best = self.mentions.iter().map(|mention| mention.confidence).max();
        best.unwrap_or(Confidence::from_thousandths(0))
    }

    /// Says whether the event is a contact that took place.
    #[must_use]
    pub fn is_contact(&self) -> bool {
        self.act.is_contact() && self.status() == Status::Actual
    }

    /// Returns the participants in one role, in the order of the text.
    pub fn in_role(&self, role: Role) -> impl Iterator<Item = &Participant> {
        self.participants
            .iter()
            .filter(move |participant| participant.role == role)
    }

    /// Returns the pairs of source and target that the event stands for.
    ///
    /// Sources meet targets. Several sources without any target (`A and B met`) meet each other,
    /// each pair once, in the order of the text; of more than four, the first meets the others.
    #[must_use]
    pub fn dyads(&self) -> Vec<(&Participant, &Participant)> {
        let sources: Vec<_> = self.in_role(Role::Source).collect();
        let targets: Vec<_> = self.in_role(Role::Target).collect();
        let mut dyads = Vec::new();
        if targets.is_empty() && self.act.symmetric {
            let leading = if sources.len() > ALL_PAIRS_MAX {
                1
            } else {
                sources.len()
            };
            for (index, first) in sources.iter().enumerate().take(leading) {
                dyads.extend(
                    sources
                        .iter()
                        .skip(index + 1)
                        .map(|second| (*first, *second)),
                );
            }
        } else {
            for source in &sources {
                dyads.extend(targets.iter().map(|target| (*source, *target)));
            }
        }
        dyads
    }
}
