//! The vocabulary: ids, actors, codes, dates, articles and events as pure values.
//!
//! Every other room speaks in these words, and none of them does input or output. An [`Article`]
//! is what was read; an [`Event`] is one act, once, with its [`Participant`]s and the
//! [`Mention`]s that prove it; a [`CameoCode`] or a [`PloverType`] says what kind of act it is, a
//! [`Status`] whether it happened, an [`EventDate`] when.
//!
//! What this room does not do: it neither finds events in text (`coder`) nor keeps them (`store`).

mod actor;
mod article;
mod cameo;
mod closed_set;
mod confidence;
mod country;
mod date;
mod error;
mod event;
mod fold;
mod id;
mod marked;
mod occasion;
mod ontology;
mod sketch;
mod span;
mod window;

pub use actor::{Actor, ActorId, ActorKind, Sector, Tenure};
pub use article::{Article, ArticleDraft, Published};
pub use cameo::{CameoCode, CameoEntry, cameo_entries};
pub(crate) use closed_set::closed_set;
pub use confidence::Confidence;
pub use country::CountryCode;
pub use date::{DateBasis, Day, EventDate, Precision, Weekday};
pub use error::ModelError;
pub use event::{Act, Event, Initiator, Mention, MentionSpans, Participant, Place, Role, Status};
pub use fold::{fold, fold_letter};
pub use id::{ArticleId, EventId, Fingerprint, MentionId, SentenceIndex};
pub use marked::MarkedPair;
pub use occasion::{DayPart, Occasion, Turn};
pub use ontology::{CameoRoot, Context, Mode, PloverType, QuadCameo, QuadPlover};
pub use sketch::{Sketch, count_texts};
pub use span::{Byte, Span, Token};
pub use window::{Fit, Window};
