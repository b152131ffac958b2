//! Files of entries that others wrote, in whatever format.

use clap::ValueEnum;
use demarche::lexicon::{Entry, PetrarchKind, PetrarchLoss, UserDictionary, import_petrarch};

use crate::cli::directory::Directory;

/// The formats of dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Actors with codes and dates
    PetrarchActors,
    /// Words for roles
    PetrarchAgents,
    /// Phrases to pass over
    PetrarchDiscard,
    /// What `actors export` prints
    Demarche,
}

impl InputFormat {
    /// Guesses the format from the content.
    pub(crate) fn detect(text: &str) -> Option<Self> {
        let first = text.trim_start_matches('\u{feff}');
        if first.starts_with("# demarche dictionary ") {
            return Some(Self::Demarche);
        }
        Some(match PetrarchKind::detect(text)? {
            PetrarchKind::Actors => Self::PetrarchActors,
            PetrarchKind::Agents => Self::PetrarchAgents,
            PetrarchKind::Discard => Self::PetrarchDiscard,
        })
    }
}

/// What was read of a file.
pub(crate) struct ReadFile {
    pub(crate) entries: Vec<Entry>,
    /// Lines that were not read, each with file, line and reason.
    pub(crate) lost: Vec<String>,
    /// Details that were lost.
    pub(crate) details: Vec<String>,
    /// Phrases that the format would find in more places.
    pub(crate) loose: usize,
}

impl ReadFile {
    /// Reads a file; names that the directory knows keep their meaning.
    pub(crate) fn of(format: InputFormat, file: &str, text: &str, known: &Directory) -> Self {
        let kind = match format {
            InputFormat::PetrarchActors => PetrarchKind::Actors,
            InputFormat::PetrarchAgents => PetrarchKind::Agents,
            InputFormat::PetrarchDiscard => PetrarchKind::Discard,
            InputFormat::Demarche => return Self::of_demarche(file, text),
        };
        let import = import_petrarch(kind, file, text, &|name| known.bearer(name));
        let (mut lost, mut details) = (Vec::new(), Vec::new());
        for note in &import.notes {
            match note.loss {
                PetrarchLoss::Line => lost.push(note.to_string()),
                PetrarchLoss::Detail => details.push(note.to_string()),
            }
        }
        // Of lines that decide the same the last holds; the others would come back at the next
        // import and undo it.
        let entries: UserDictionary = import.entries.into_iter().collect();
        Self {
            entries: entries.entries().to_vec(),
            lost,
            details,
            loose: import.counts.loose,
        }
    }

    fn of_demarche(file: &str, text: &str) -> Self {
        let (dictionary, faults) = UserDictionary::parse_noting(file, text);
        Self {
            entries: dictionary.entries().to_vec(),
            lost: faults.iter().map(ToString::to_string).collect(),
            details: Vec::new(),
            loose: 0,
        }
    }
}
