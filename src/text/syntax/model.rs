//! The model of the analyser, and its file.
//!
//! A file is: the eight bytes `DEMSYN02`, a checksum of all that follows (8 bytes), then the parts
//! in the order of [`SyntaxModel`]'s fields. Numbers are big-endian; a text or a list begins with
//! its length (4 bytes). A weight is one byte, its code.

use std::collections::BTreeMap;

use crate::text::model_file::{ModelFileError, Reader, Writer, seal, unseal};
use crate::text::syntax::boundary::BoundaryModel;
use crate::text::syntax::lemma::{ByTag, Edit, Lemmas};
use crate::text::syntax::parser::{LabelDictionary, ParseWeights};
use crate::text::syntax::tagger::TagDictionary;
use crate::text::syntax::tags::{Tag, Upos};
use crate::text::syntax::weights::{BLOCK, CellTable, PairTable};

const MAGIC: &[u8; 8] = b"DEMSYN02";

/// Everything that training finds out about English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyntaxModel {
    pub(crate) tags: Vec<Tag>,
    pub(crate) labels: Vec<String>,
    pub(crate) tag_dictionary: TagDictionary,
    /// Hashes of the words that the parser looks at as such, sorted.
    pub(crate) vocabulary: Vec<u32>,
    pub(crate) label_dictionary: LabelDictionary,
    pub(crate) lemmas: Lemmas,
    /// Weights of the pass from the end.
    pub(crate) first_tag_weights: CellTable,
    pub(crate) tag_weights: CellTable,
    /// Weights of the parser's pass from the end.
    pub(crate) first_parse: ParseWeights,
    pub(crate) parse: ParseWeights,
    pub(crate) boundaries: BoundaryModel,
}

impl SyntaxModel {
    /// Returns the part of speech of each tag, as its number.
    pub(crate) fn upos_of(&self) -> Vec<u8> {
        self.tags.iter().map(|tag| tag.upos as u8).collect()
    }

    /// Encodes the model for a file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.list(&self.tags, |out, tag| {
            out.text(tag.upos.name());
            out.text(&tag.xpos);
        });
        out.list(&self.labels, |out, label| out.text(label));
        for sets in [&self.tag_dictionary.open, &self.tag_dictionary.sets] {
            out.list(sets, |out, set| out.0.extend(set.to_be_bytes()));
        }
        for words in [&self.tag_dictionary.forms, &self.vocabulary] {
            out.list(words, |out, word| out.0.extend(word.to_be_bytes()));
        }
        out.list(&self.label_dictionary.sets, |out, set| {
            out.0.extend(set.to_be_bytes());
        });
        out.list(
            &flat(&self.lemmas.exceptions),
            |out, (xpos, form, lemma)| {
                for text in [xpos, form, *lemma] {
                    out.text(text);
                }
            },
        );
        out.list(&flat(&self.lemmas.rules), |out, (xpos, ending, edit)| {
            for text in [xpos, ending, &edit.add] {
                out.text(text);
            }
            out.0.push(edit.cut);
        });
        for table in [
            &self.first_tag_weights,
            &self.tag_weights,
            &self.first_parse.labels,
            &self.parse.labels,
            &self.boundaries.weights,
        ] {
            out.list(&table.blocks, |out, block| out.0.extend(block));
        }
        for table in [&self.first_parse.moves, &self.parse.moves] {
            out.list(&table.codes, |out, pair| out.0.extend(pair));
        }
        out.list(&self.boundaries.common, |out, word| {
            out.0.extend(word.to_be_bytes());
        });
        seal(*MAGIC, &out.0)
    }

    /// Decodes a model.
    ///
    /// # Errors
    /// [`ModelFileError::Foreign`] where the bytes are no model of this version,
    /// [`ModelFileError::Damaged`] where they are not those that were written.
    pub fn decode(file: &[u8]) -> Result<Self, ModelFileError> {
        let mut input = unseal(*MAGIC, file)?;
        read(&mut input)
            .filter(|_| input.0.is_empty())
            .ok_or(ModelFileError::Damaged)
    }
}

/// Lists what is known by tag, in order.
fn flat<T>(by_tag: &ByTag<T>) -> Vec<(&String, &String, &T)> {
    let of_tag = |(xpos, known)| {
        let known: &BTreeMap<String, T> = known;
        known.iter().map(move |(form, value)| (xpos, form, value))
    };
    by_tag.iter().flat_map(of_tag).collect()
}

/// The reverse of [`flat`].
fn by_tag<T>(list: Vec<((String, String), T)>) -> ByTag<T> {
    let mut by_tag = ByTag::new();
    for ((xpos, form), value) in list {
        by_tag.entry(xpos).or_default().insert(form, value);
    }
    by_tag
}

/// Reads a set of classes.
fn set(input: &mut Reader<'_>) -> Option<u128> {
    input.take().map(u128::from_be_bytes)
}

fn pairs(input: &mut Reader<'_>) -> Option<PairTable> {
    let length = input.count(input.0.len())?;
    let (pairs, _) = input.bytes(length.checked_mul(2)?)?.as_chunks::<2>();
    Some(PairTable {
        codes: pairs.to_vec(),
    })
}

fn cells(input: &mut Reader<'_>) -> Option<CellTable> {
    let length = input.count(input.0.len())?;
    let (blocks, _) = input
        .bytes(length.checked_mul(BLOCK)?)?
        .as_chunks::<BLOCK>();
    Some(CellTable {
        blocks: blocks.to_vec(),
    })
}

fn read(input: &mut Reader<'_>) -> Option<SyntaxModel> {
    let tags = input.list(|input| {
        let upos: Upos = input.text()?.parse().ok()?;
        Some(Tag {
            upos,
            xpos: input.text()?,
        })
    })?;
    let labels = input.list(Reader::text)?;
    let open = input.list(set)?;
    let tag_sets = input.list(set)?;
    let forms = input.list(Reader::number)?;
    let vocabulary = input.list(Reader::number)?;
    let sets = input.list(set)?;
    let exceptions = input.list(|input| Some(((input.text()?, input.text()?), input.text()?)))?;
    let rules = input.list(|input| {
        let (xpos, ending, add) = (input.text()?, input.text()?, input.text()?);
        let [cut] = input.take::<1>()?;
        Some(((xpos, ending), Edit { cut, add }))
    })?;
    let [first_tag_weights, tag_weights] = [cells(input)?, cells(input)?];
    let [first_labels, second_labels] = [cells(input)?, cells(input)?];
    let boundary_weights = cells(input)?;
    let [first_moves, second_moves] = [pairs(input)?, pairs(input)?];
    let boundaries = BoundaryModel {
        weights: boundary_weights,
        common: input.list(Reader::number)?,
    };
    Some(SyntaxModel {
        tags,
        labels,
        tag_dictionary: TagDictionary {
            forms,
            sets: tag_sets,
            open,
        },
        vocabulary,
        label_dictionary: LabelDictionary { sets },
        lemmas: Lemmas {
            exceptions: by_tag(exceptions),
            rules: by_tag(rules),
        },
        first_tag_weights,
        tag_weights,
        first_parse: ParseWeights {
            labels: first_labels,
            moves: first_moves,
        },
        parse: ParseWeights {
            labels: second_labels,
            moves: second_moves,
        },
        boundaries,
    })
}
