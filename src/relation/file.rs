//! The file of a model of relations.

use std::sync::LazyLock;

use crate::relation::model::{COLUMNS, RelationModel};
use crate::text::{ModelFileError, ModelReader, ModelWriter, seal, unseal};

const MAGIC: [u8; 8] = *b"DEMREL01";

static BYTES: &[u8] = include_bytes!("../../data/model/relations-1.model");

static BUNDLED: LazyLock<Result<RelationModel, ModelFileError>> =
    LazyLock::new(|| RelationModel::decode(BYTES));

impl RelationModel {
    /// Returns the model that comes with the program, loaded once, when first asked for.
    ///
    /// # Errors
    /// [`ModelFileError`] if the program was built with a foreign or damaged model.
    pub fn bundled() -> Result<&'static Self, ModelFileError> {
        BUNDLED.as_ref().map_err(Clone::clone)
    }

    /// Returns the bytes of its file: how many features there are; then of each, in the order of
    /// their numbers, its number (4 bytes), the step of its scale, and a byte for every weight.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut body = ModelWriter::default();
        body.count(self.len());
        for (key, bytes, step) in self.features() {
            body.0.extend(key.to_be_bytes());
            body.0.push(step);
            body.0.extend(bytes.iter().map(|byte| byte.cast_unsigned()));
        }
        seal(MAGIC, &body.0)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// [`ModelFileError`] if they are not those of such a file.
    pub fn decode(file: &[u8]) -> Result<Self, ModelFileError> {
        let mut body = unseal(MAGIC, file)?;
        Self::read(&mut body).ok_or(ModelFileError::Damaged)
    }

    fn read(body: &mut ModelReader<'_>) -> Option<Self> {
        let count = body.count(body.0.len())?;
        let mut model = Self::with_room(count);
        for _ in 0..count {
            let key = body.number()?;
            let [step] = body.take()?;
            let bytes: [u8; COLUMNS] = body.take()?;
            model.push(key, bytes.map(u8::cast_signed), step);
        }
        body.0.is_empty().then_some(model)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::FeatureWeights;

    #[test]
    fn what_is_written_is_read() {
        let mut weights = [0.25; COLUMNS];
        weights[3] = -1.5;
        let features = vec![
            FeatureWeights { key: 9, weights },
            FeatureWeights {
                key: 4,
                weights: [0.0; COLUMNS],
            },
        ];
        let model = RelationModel::new(features);
        let read = RelationModel::decode(&model.encode()).unwrap();
        let all = |model: &RelationModel| {
            model
                .features()
                .map(|(key, bytes, step)| (key, *bytes, step))
                .collect::<Vec<_>>()
        };
        assert_eq!(all(&model), all(&read));
        // A 127th of the greatest weight is the finest step.
        assert!((read.weight(9, None) - 0.25).abs() < 0.02);
        assert!(RelationModel::decode(&model.encode()[..20]).is_err());
    }
}
