//! Analysed sentences and dictionaries give events, with notes on what was odd.
//!
//! [`Coder::code`] takes one article and returns its events, each with the sentence that proves
//! it. It cannot fail: odd input gives fewer events and more notes. The first version works on
//! patterns over tokens: it finds the actors of a sentence (`finder`), then the predicates
//! (`matching`) with their subjects and objects (`clause`), decides whether the act took place
//! (`status`) and when (`dating`), and joins what is told twice (`assembly`).
//!
//! What this room does not do: it keeps nothing between articles; joining the reports of several
//! articles is the `graph`'s work.

mod act;
mod assembly;
#[expect(
    clippy::module_inception,
    reason = "the file of the type that the room is named for"
)]
mod coder;
mod dating;
mod evidence;
mod explain;
mod finding;
mod judge;
mod mood;
mod occasion;
mod reporting;
mod sentence;
mod telling;
mod topic;

pub(crate) use act::general_code;
pub use coder::{CODER_VERSION, Coded, Coder, CoderError, Note, WeighedAct};
pub use evidence::Evidence;
pub use explain::{
    ActExplained, FrameExplained, Outcome, PairExplained, SentenceExplained, WordExplained,
};
pub use judge::ActJudge;
