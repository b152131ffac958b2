//! What can be wrong with a model file.

/// A file that is no model that this version can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelFileError {
    /// It does not begin as a model of this version does.
    #[error(
        "this is no model of this version (DEMSYN02 or DEMNEU01): train one with `demarche model train`"
    )]
    Foreign,
    /// Its bytes are not those that were written.
    #[error("the model is damaged: its checksum or its length is wrong; copy or train it anew")]
    Damaged,
}
