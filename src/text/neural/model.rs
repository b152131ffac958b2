//! The model of the network, and its file.
//!
//! A file is: the eight bytes `DEMNEU01`, a checksum of all that follows (8 bytes), the sizes of
//! the network, tags, labels, hashes of the known words, and the weights matrix by matrix.

use std::fmt;

use crate::text::model_file::{ModelFileError, Reader, Writer, seal, unseal};
use crate::text::neural::features::FIELDS;
use crate::text::neural::file::{read_matrix, write_matrix};
use crate::text::neural::network::{Network, NetworkShape, Weights};
use crate::text::syntax::Tag;

pub(crate) use crate::text::neural::file::Precision;

const MAGIC: &[u8; 8] = b"DEMNEU01";
/// No size in a file is greater; a damaged one must not ask for more memory than there is.
const SIZE_MAX: usize = 1 << 16;

/// A trained network with its tags, labels and words.
#[derive(Clone, PartialEq)]
pub struct NeuralModel {
    pub(crate) tags: Vec<Tag>,
    pub(crate) labels: Vec<String>,
    /// Hashes of the known words, sorted.
    pub(crate) words: Vec<u32>,
    pub(crate) network: Network,
    file: Vec<u8>,
}

impl fmt::Debug for NeuralModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NeuralModel")
            .field("tags", &self.tags.len())
            .field("labels", &self.labels.len())
            .field("words", &self.words.len())
            .field("bytes", &self.file.len())
            .finish_non_exhaustive()
    }
}

/// What a file is made of.
#[derive(Debug)]
pub(crate) struct Content<'a> {
    pub(crate) shape: &'a NetworkShape,
    pub(crate) tags: &'a [Tag],
    pub(crate) labels: &'a [String],
    pub(crate) words: &'a [u32],
}

impl Content<'_> {
    fn encode(&self, weights: &mut Weights, precision: Precision) -> Vec<u8> {
        let mut out = Writer::default();
        let shape = self.shape;
        for size in shape.fields.iter().chain(&[
            shape.layers,
            shape.units,
            shape.tag,
            shape.arc,
            shape.label,
        ]) {
            out.count(*size);
        }
        out.count(self.tags.len());
        for tag in self.tags {
            out.text(tag.upos.name());
            out.text(&tag.xpos);
        }
        out.count(self.labels.len());
        for label in self.labels {
            out.text(label);
        }
        out.count(self.words.len());
        for word in self.words {
            out.0.extend(word.to_be_bytes());
        }
        for matrix in weights.matrices_mut() {
            // Biases are few, and the sums are sensitive to them.
            let is_single = matrix.rows() == 1;
            write_matrix(
                &mut out,
                matrix,
                if is_single {
                    Precision::Word
                } else {
                    precision
                },
            );
        }
        seal(*MAGIC, &out.0)
    }
}

impl NeuralModel {
    /// Makes a model of trained weights, which are rounded as its file rounds them.
    pub(crate) fn of(content: &Content<'_>, mut weights: Weights, precision: Precision) -> Self {
        let file = content.encode(&mut weights, precision);
        let fields = std::mem::take(&mut weights.fields);
        Self {
            tags: content.tags.to_vec(),
            labels: content.labels.to_vec(),
            words: content.words.to_vec(),
            network: Network::of(&weights, fields),
            file,
        }
    }

    /// Returns whether bytes begin as the file of such a model does.
    #[must_use]
    pub fn is_of(file: &[u8]) -> bool {
        file.starts_with(MAGIC)
    }

    /// Encodes the model for a file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.file.clone()
    }

    /// Decodes a model. Time and memory: linear in the number of bytes.
    ///
    /// # Errors
    /// [`ModelFileError::Foreign`] where the bytes are no model of this version,
    /// [`ModelFileError::Damaged`] where they are not those that were written.
    pub fn decode(file: &[u8]) -> Result<Self, ModelFileError> {
        let mut input = unseal(*MAGIC, file)?;
        let model = read(&mut input).filter(|_| input.0.is_empty());
        let model = model.ok_or(ModelFileError::Damaged)?;
        Ok(Self {
            file: file.to_vec(),
            ..model
        })
    }
}

fn read(input: &mut Reader<'_>) -> Option<NeuralModel> {
    let mut fields = [0; FIELDS];
    for field in &mut fields {
        *field = input.count(SIZE_MAX)?;
    }
    let mut size = || input.count(SIZE_MAX);
    let (layers, units, tag, arc, label) = (size()?, size()?, size()?, size()?, size()?);
    let tags = input.list(|input| {
        Some(Tag {
            upos: input.text()?.parse().ok()?,
            xpos: input.text()?,
        })
    })?;
    let labels = input.list(Reader::text)?;
    let words = input.list(Reader::number)?;
    let shape = NetworkShape {
        words: words.len(),
        tags: tags.len(),
        labels: labels.len(),
        fields,
        layers,
        units,
        tag,
        arc,
        label,
    };
    // Each weight is at least a byte: sizes that ask for more than there is are damaged.
    let sizes = [layers, units, tag, arc, label, tags.len(), labels.len()];
    if shape.weights() > input.0.len() || sizes.contains(&0) || fields.contains(&0) {
        return None;
    }
    let mut weights = Weights::zeros(&shape);
    for matrix in weights.matrices_mut() {
        read_matrix(input, matrix)?;
    }
    let fields = std::mem::take(&mut weights.fields);
    Some(NeuralModel {
        tags,
        labels,
        words,
        network: Network::of(&weights, fields),
        file: Vec::new(),
    })
}
