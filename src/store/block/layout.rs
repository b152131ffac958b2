//! What a block is made of, for writing and for reading alike.

use std::fmt;

use crate::model::Day;
use crate::store::packed::Column;

/// The number of a block, from 1 in the order in which blocks were sealed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub(in crate::store) struct BlockNumber(pub(in crate::store) u32);

impl BlockNumber {
    /// Returns the name of the file with everything but the texts.
    pub(in crate::store) fn block_file(self) -> String {
        format!("{:08}.block", self.0)
    }

    /// Returns the name of the file of the texts.
    pub(in crate::store) fn texts_file(self) -> String {
        format!("{:08}.texts", self.0)
    }

    /// Returns the number that the name of a file of blocks or texts has.
    pub(in crate::store) fn of_file(name: &str) -> Option<Self> {
        let digits = name
            .strip_suffix(".block")
            .or_else(|| name.strip_suffix(".texts"))?;
        let number = digits.parse().ok()?;
        (Self(number).block_file().strip_suffix(".block") == Some(digits)).then_some(Self(number))
    }
}

impl fmt::Display for BlockNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a block says of itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::store) struct Head {
    /// The number of the block.
    pub(in crate::store) number: BlockNumber,
    /// The sequence number of the write that sealed it.
    pub(in crate::store) sequence: u64,
    /// How many articles.
    pub(in crate::store) articles: u32,
    /// How many events.
    pub(in crate::store) events: u32,
    /// How many mentions.
    pub(in crate::store) mentions: u32,
    /// Days in the columns count from here.
    pub(in crate::store) base: Day,
    /// The parts of the file of texts, in order.
    pub(in crate::store) chunks: Vec<Chunk>,
}

/// A part of the file of texts that is packed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::store) struct Chunk {
    /// Where it starts in the body of the file.
    pub(in crate::store) start: u64,
    /// Its length there.
    pub(in crate::store) packed: u32,
    /// Its length unpacked.
    pub(in crate::store) unpacked: u32,
    /// CRC-32C of its packed bytes.
    pub(in crate::store) check: u32,
    /// How it is packed.
    pub(in crate::store) codec: u8,
}

/// Declares the columns once: for writing as lists of numbers, for reading as packed ones.
macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        /// The columns of a block as they are filled.
        #[derive(Debug, Default)]
        pub(super) struct Filled {
            $($(#[$meta])* pub(super) $name: Vec<u64>),+
        }

        impl Filled {
            /// Returns all columns in the order in which they are written.
            pub(super) fn all(&self) -> [&[u64]; [$(stringify!($name)),+].len()] {
                [$(&self.$name),+]
            }
        }

        /// The columns of a block as they are read.
        #[derive(Debug)]
        pub(super) struct Columns {
            $($(#[$meta])* pub(super) $name: Column),+
        }

        impl Columns {
            /// Names columns by their order; nothing where they are more or fewer.
            pub(super) fn name(columns: Vec<Column>) -> Option<Self> {
                let mut columns = columns.into_iter();
                let named = Self { $($name: columns.next()?),+ };
                columns.next().is_none().then_some(named)
            }
        }
    };
}

columns! {
    /// Casts: participants without their role, each once. Places of strings count from 1.
    cast_actor, cast_name, cast_country, cast_sector, cast_office,
    /// Acts, each once.
    act_cameo, act_plover, act_mode, act_label, act_symmetric,
    /// Places, each once.
    place_name, place_country,
    /// Lists of contexts, each once, and their members.
    topics_count, topic,
    /// Pairs of versions of coder and dictionary, each once.
    version_coder, version_dictionary,
    /// Articles.
    article_id_high, article_id_low, sketch_high, sketch_low, run, added, published,
    published_precision, outlet, language, chunk, chunk_offset, document_length, event_count,
    /// Events. Days count from the base of the block, 0 is none.
    act, initiator, flags, start, length, precision, basis, first_reported, place, topics,
    about_count, participant_count, mention_count, status,
    /// What events are about, and who takes part in them.
    about, participant_cast, participant_role,
    /// Mentions. Parts of a sentence count from its start, 0 is none.
    mention_id, sentence, mention_status, confidence, sentence_start, sentence_length,
    source, source_length, predicate, predicate_length, target, target_length,
    reported_by, origin, turn, day_part, version,
}

/// Folds a difference of either sign into a number: 0, −1, 1, −2 … become 0, 1, 2, 3 …
pub(super) fn fold(difference: i64) -> u64 {
    (difference.cast_unsigned() << 1) ^ (difference >> 63).cast_unsigned()
}

/// Unfolds what [`fold`] gave.
pub(super) fn unfold(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_folded_and_unfolded() {
        for difference in [0, 1, -1, 2, -2, i64::MAX, i64::MIN] {
            assert_eq!(unfold(fold(difference)), difference);
        }
        assert_eq!(fold(-1), 1);
        assert_eq!(fold(1), 2);
    }

    #[test]
    fn blocks_are_named_by_their_number() {
        let block = BlockNumber(17);
        assert_eq!(BlockNumber::of_file(&block.block_file()), Some(block));
        assert_eq!(BlockNumber::of_file(&block.texts_file()), Some(block));
        for name in ["17.block", "00000017", "0000001x.block", "+0000017.block"] {
            assert_eq!(BlockNumber::of_file(name), None);
        }
    }
}
