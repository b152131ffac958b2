//! Sources: the files and streams that articles are read from.

use std::path::{Path, PathBuf};

/// One file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub(super) place: Place,
}

/// Where a source is, and how it came to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A file that the user named.
    Named(PathBuf),
    /// A file that a folder or pattern led to.
    Found(PathBuf),
    /// Something that a folder or pattern led to and that cannot be looked at.
    Lost {
        /// What it is called.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// Standard input.
    StandardInput,
}

impl Source {
    /// Takes one argument as it stands: `-` is standard input, anything else one file.
    ///
    /// Nothing is looked at; [`expand`](crate::ingest::expand) also knows folders and patterns.
    #[must_use]
    pub fn from_argument(argument: &str) -> Self {
        Self {
            place: match argument {
                "-" => Place::StandardInput,
                path => Place::Named(PathBuf::from(path)),
            },
        }
    }

    /// Returns the name under which records of this source are reported.
    #[must_use]
    pub fn name(&self) -> String {
        self.path()
            .map_or_else(|| "-".to_owned(), |path| path.display().to_string())
    }

    /// Returns the path, unless the source is standard input.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Named(path) | Place::Found(path) | Place::Lost { path, .. } => Some(path),
            Place::StandardInput => None,
        }
    }
}
