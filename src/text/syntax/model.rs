//! The model of the analyser, and its file.
//!
//! A file is: the eight bytes `DEMSYN01`, a checksum of all that follows (8 bytes), then the parts
//! in the order of [`SyntaxModel`]'s fields. Numbers are big-endian; a text or a list begins with
//! its length (4 bytes).

use std::collections::BTreeMap;

use crate::text::syntax::error::ModelFileError;
use crate::text::syntax::lemma::{Edit, Lemmas};
use crate::text::syntax::parser::LabelDictionary;
use crate::text::syntax::tagger::TagDictionary;
use crate::text::syntax::tags::{Tag, Upos};
use crate::text::syntax::weights::{CellTable, PairTable, begin, mix};

const MAGIC: &[u8; 8] = b"DEMSYN01";

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
    pub(crate) tag_weights: CellTable,
    pub(crate) label_weights: CellTable,
    pub(crate) move_weights: PairTable,
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
        out.0.extend(self.tag_dictionary.open.to_be_bytes());
        out.list(&self.tag_dictionary.entries, |out, (hash, set)| {
            out.0.extend(hash.to_be_bytes());
            out.0.extend(set.to_be_bytes());
        });
        out.list(&self.vocabulary, |out, word| {
            out.0.extend(word.to_be_bytes());
        });
        out.list(&self.label_dictionary.sets, |out, set| {
            out.0.extend(set.to_be_bytes());
        });
        let exceptions: Vec<_> = self.lemmas.exceptions.iter().collect();
        out.list(&exceptions, |out, ((xpos, form), lemma)| {
            for text in [xpos, form, *lemma] {
                out.text(text);
            }
        });
        let rules: Vec<_> = self.lemmas.rules.iter().collect();
        out.list(&rules, |out, ((xpos, ending), edit)| {
            for text in [xpos, ending, &edit.add] {
                out.text(text);
            }
            out.0.push(edit.cut);
        });
        for weights in [&self.tag_weights.weights, &self.label_weights.weights] {
            out.list(weights, |out, weight| out.0.extend(weight.to_be_bytes()));
        }
        out.list(&self.move_weights.weights, |out, pair| {
            out.0
                .extend(pair.iter().flat_map(|weight| weight.to_be_bytes()));
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
        let open = self.set()?;
        let entries = self.list(|input| Some((input.number()?, input.set()?)))?;
        let vocabulary = self.list(Self::number)?;
        let sets = self.list(Self::set)?;
        let exceptions =
            self.list(|input| Some(((input.text()?, input.text()?), input.text()?)))?;
        let rules = self.list(|input| {
            let (xpos, ending, add) = (input.text()?, input.text()?, input.text()?);
            let [cut] = input.take::<1>()?;
            Some(((xpos, ending), Edit { cut, add }))
        })?;
        let tag_weights = CellTable {
            weights: self.list(Self::weight)?,
        };
        let label_weights = CellTable {
            weights: self.list(Self::weight)?,
        };
        let pairs = self.list(|input| Some([input.weight()?, input.weight()?]))?;
        Some(SyntaxModel {
            tags,
            labels,
            tag_dictionary: TagDictionary { entries, open },
            vocabulary,
            label_dictionary: LabelDictionary { sets },
            lemmas: Lemmas {
                exceptions: exceptions.into_iter().collect::<BTreeMap<_, _>>(),
                rules: rules.into_iter().collect::<BTreeMap<_, _>>(),
            },
            tag_weights,
            label_weights,
            move_weights: PairTable { weights: pairs },
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

    fn weight(&mut self) -> Option<i16> {
        self.take().map(i16::from_be_bytes)
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
