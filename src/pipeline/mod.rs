//! Joins the wings: reads articles, codes them, stores what they tell.
//!
//! [`ingest`] is the main job from files to store, [`code_stream`] that from articles to events without
//! one; [`event_records`] and [`actor_mention_records`] make the records that programs read. Articles are
//! coded on several threads and go on in the order of reading, so that any number of threads gives the
//! same bytes.

mod actor_mention;
mod code;
mod error;
mod ingest;
mod recode;
mod record;

pub use actor_mention::{
    ActorMentionRecord, BasisRecord, MentionedActorRecord, actor_mention_record,
    actor_mention_records,
};
pub use code::{CodedRecord, code_stream};
pub use error::PipelineError;
pub use ingest::{FLUSH_EVERY_ARTICLES, IngestJob, IngestOptions, IngestReport, Progress, ingest};
pub use recode::{RecodeReport, recode};
pub use record::{
    EventRecord, MentionRecord, ParticipantRecord, RECORD_SCHEMA, SCHEMA_VERSION, SpansRecord,
    event_records,
};
