//! Frames: the ways in which an act is told, as patterns over grammar.

mod bundled;
mod family;
mod pattern;
mod word_class;

pub use family::{Example, Frame, FrameConditions, FrameIndex, Frames};
pub use pattern::{FramePattern, HeadKind, Place, Slot, Step};
pub(crate) use word_class::WordClasses;
