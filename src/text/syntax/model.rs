//! The model of the analyser, and its file.
//!
//! A file is: the eight bytes `DEMSYN02`, a checksum of all that follows (8 bytes), then the parts
//! in the order of [`SyntaxModel`]'s fields. Numbers are big-endian; a text or a list begins with
//! its length (4 bytes). A weight is one byte, its code.

use std::collections::BTreeMap;

use crate::text::syntax::boundary::BoundaryModel;
use crate::text::syntax::error::ModelFileError;
use crate::text::syntax::lemma::{ByTag, Edit, Lemmas};
use crate::text::syntax::parser::{LabelDictionary, ParseWeights};
use crate::text::syntax::tagger::TagDictionary;
use crate::text::syntax::tags::{Tag, Upos};
use crate::text::syntax::weights::{BLOCK, CellTable, PairTable, begin, mix};

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
        let mut out = Writer(Vec::new());
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
        let mut file = MAGIC.to_vec();
        file.extend(checksum(&out.0).to_be_bytes());
        file.extend(out.0);
        file
    }

    /// Decodes a model.
    ///
    /// # Errors
    /// [`ModelFileError::Foreign`] where the bytes are no model of this version,
    /// [`ModelFileError::Damaged`] where they are not those that were written.
    pub fn decode(file: &[u8]) -> Result<Self, ModelFileError> {
        let rest = file.strip_prefix(MAGIC).ok_or(ModelFileError::Foreign)?;
        let (sum, body) = rest
            .split_first_chunk::<8>()
            .ok_or(ModelFileError::Damaged)?;
        if u64::from_be_bytes(*sum) != checksum(body) {
            return Err(ModelFileError::Damaged);
        }
        let mut input = Reader(body);
        input
            .model()
            .filter(|_| input.0.is_empty())
            .ok_or(ModelFileError::Damaged)
    }
}

/// A checksum against damage, not against malice; eight bytes at a time.
fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = begin(0);
    let (chunks, rest) = bytes.as_chunks::<4>();
    for chunk in chunks {
        hash = mix(hash, u32::from_be_bytes(*chunk));
    }
    rest.iter()
        .fold(hash, |hash, byte| mix(hash, u32::from(*byte)))
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

struct Writer(Vec<u8>);

impl Writer {
    fn text(&mut self, text: &str) {
        self.0
            .extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
        self.0.extend(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.0
            .extend(u32::try_from(items.len()).unwrap_or(u32::MAX).to_be_bytes());
        for item in items {
            write(self, item);
        }
    }
}

/// Reads parts off the front; nothing where the bytes end too soon.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn model(&mut self) -> Option<SyntaxModel> {
        let tags = self.list(|input| {
            let upos: Upos = input.text()?.parse().ok()?;
            Some(Tag {
                upos,
                xpos: input.text()?,
            })
        })?;
        let labels = self.list(Self::text)?;
        let open = self.list(Self::set)?;
        let tag_sets = self.list(Self::set)?;
        let forms = self.list(Self::number)?;
        let vocabulary = self.list(Self::number)?;
        let sets = self.list(Self::set)?;
        let exceptions =
            self.list(|input| Some(((input.text()?, input.text()?), input.text()?)))?;
        let rules = self.list(|input| {
            let (xpos, ending, add) = (input.text()?, input.text()?, input.text()?);
            let [cut] = input.take::<1>()?;
            Some(((xpos, ending), Edit { cut, add }))
        })?;
        let [first_tag_weights, tag_weights] = [self.cells()?, self.cells()?];
        let [first_labels, second_labels] = [self.cells()?, self.cells()?];
        let boundary_weights = self.cells()?;
        let [first_moves, second_moves] = [self.pairs()?, self.pairs()?];
        let boundaries = BoundaryModel {
            weights: boundary_weights,
            common: self.list(Self::number)?,
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

    fn pairs(&mut self) -> Option<PairTable> {
        let length = usize::try_from(self.number()?).ok()?;
        let (codes, rest) = self.0.split_at_checked(length.checked_mul(2)?)?;
        self.0 = rest;
        let (pairs, _) = codes.as_chunks::<2>();
        Some(PairTable {
            codes: pairs.to_vec(),
        })
    }

    fn cells(&mut self) -> Option<CellTable> {
        let length = usize::try_from(self.number()?).ok()?;
        let (codes, rest) = self.0.split_at_checked(length.checked_mul(BLOCK)?)?;
        self.0 = rest;
        let (blocks, _) = codes.as_chunks::<BLOCK>();
        Some(CellTable {
            blocks: blocks.to_vec(),
        })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    fn set(&mut self) -> Option<u128> {
        self.take().map(u128::from_be_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (head, tail) = self.0.split_at_checked(length)?;
        self.0 = tail;
        String::from_utf8(head.to_vec()).ok()
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = usize::try_from(self.number()?).ok()?;
        // A damaged length must not ask for more memory than the bytes can fill.
        let mut items = Vec::with_capacity(length.min(self.0.len()));
        for _ in 0..length {
            items.push(read(self)?);
        }
        Some(items)
    }
}
