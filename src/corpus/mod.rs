//! The labelled corpus of `data/corpus/`: rows, what they hold, and how the labellers agreed.
//!
//! [`Corpus::read`] reads its folder; faults name file and line. Counting, diversity and agreement
//! are plain functions of rows. Learning from the rows is the work of `evaluate`.

mod agreement;
mod count;
mod diversity;
mod error;
mod further;
mod reading;
mod row;
mod table;

pub use agreement::{Agreement, AgreementTable, LabelledTwice, Outcome, parse_labels};
pub use count::{CorpusCounts, Tally};
pub use diversity::{Diversity, diversity, near_neighbours, type_token_ratio};
pub use error::CorpusError;
pub use further::FurtherPair;
pub use reading::{ReadRow, parse_readings};
pub use row::{Corpus, CorpusRow, English, Label, Register, RowId, Split, Theme};
