//! Importing one file, of whatever kind.

use std::fmt;

use crate::lexicon::petrarch::case::{Case, rewrite};
use crate::lexicon::petrarch::{actors, agents, discards, source};
use crate::lexicon::user::{Entry, Phrase};
use crate::model::ActorId;

/// What a file of PETRARCH lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PetrarchKind {
    /// Actors with codes and dates.
    Actors,
    /// Words for roles.
    Agents,
    /// Phrases to pass over.
    Discard,
}

impl PetrarchKind {
    /// Guesses the kind from the content: codes with `~`, or sets, are of agents, other codes of
    /// actors, and a file without codes lists discards. Nothing for an empty file, and for
    /// dictionaries of verbs, which are not read.
    #[must_use]
    pub fn detect(text: &str) -> Option<Self> {
        let source = source::read(text);
        let (mut actors, mut agents) = (0_usize, 0_usize);
        for line in &source.lines {
            if line.text.starts_with("---") || line.text.starts_with('&') {
                return None;
            }
            let is_agent = agents::is_set(&line.text) || line.text.contains('~');
            if is_agent {
                agents += 1;
            } else if line.text.contains('[') {
                actors += 1;
            }
        }
        match (actors, agents) {
            _ if source.lines.is_empty() => None,
            (0, 0) => Some(Self::Discard),
            _ if agents > actors => Some(Self::Agents),
            _ => Some(Self::Actors),
        }
    }
}

/// How much a note says is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PetrarchLoss {
    /// The line, or a code of it.
    Line,
    /// A detail; the rest of the line was kept.
    Detail,
}

/// What was odd about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PetrarchNote {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// How much is lost.
    pub loss: PetrarchLoss,
    /// What was wrong, or what was taken for what.
    pub reason: String,
}

impl fmt::Display for PetrarchNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PetrarchCounts {
    /// Lines that are neither empty nor comments alone.
    pub lines: usize,
    /// Actors that the caller's dictionary did not know.
    pub actors_new: usize,
    /// Actors that it knew.
    pub actors_known: usize,
    /// Further names of actors.
    pub aliases: usize,
    /// Names that mean what they mean in the caller's dictionary already.
    pub names_known: usize,
    /// Names taken from their actor.
    pub unaliases: usize,
    /// Stretches of time in a role.
    pub roles: usize,
    /// Role words.
    pub agents: usize,
    /// Phrases to pass over, with their articles or without.
    pub discards: usize,
    /// Phrases that PETRARCH would find in more places than they are found here.
    pub loose: usize,
}

/// The entries of a file, and what was odd about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PetrarchImport {
    /// The entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// The notes, by line.
    pub notes: Vec<PetrarchNote>,
    /// How much was read.
    pub counts: PetrarchCounts,
}

/// Reads a file of PETRARCH.
///
/// `file` names it in notes. `known` returns the actor that a name means in the dictionaries that
/// are there already; it is asked with names in usual spelling and should not mind case or accents.
///
/// # Examples
/// ```
/// use demarche::lexicon::{PetrarchKind, import_petrarch};
///
/// let text = "MARA_DOVRIN_\n+M._DOVRIN_\n\t[NORGOV 010203-050607][NOROPP >050607]\n";
/// let read = import_petrarch(PetrarchKind::Actors, "actors.txt", text, &|_| None);
/// let lines: Vec<String> = read.entries.iter().map(ToString::to_string).collect();
/// assert_eq!(
///     lines,
///     [
///         "actor\tperson:mara-dovrin\tMara Dovrin\tNOR",
///         "alias\tperson:mara-dovrin\tM. Dovrin",
///         "role\tperson:mara-dovrin\tNOR\tGOV\t\t\t2001-02-03\t2005-06-07",
///         "role\tperson:mara-dovrin\tNOR\tOPP\t\t\t2005-06-07",
///     ]
/// );
/// ```
#[must_use]
pub fn import_petrarch(
    kind: PetrarchKind,
    file: &str,
    text: &str,
    known: &dyn Fn(&str) -> Option<ActorId>,
) -> PetrarchImport {
    let source = source::read(text);
    let mut importer = Importer {
        file,
        import: PetrarchImport::default(),
    };
    importer.import.counts.lines = source.lines.len();
    if let Some(line) = source.unclosed {
        importer.lose(line, "the comment that begins here never ends");
    }
    match kind {
        PetrarchKind::Actors => actors::import(&source, known, &mut importer),
        PetrarchKind::Agents => agents::import(&source, &mut importer),
        PetrarchKind::Discard => discards::import(&source, &mut importer),
    }
    let mut import = importer.import;
    import.notes.sort_by_key(|note| note.line);
    import
}

/// Collects entries and notes.
pub(super) struct Importer<'a> {
    file: &'a str,
    pub(super) import: PetrarchImport,
}

impl Importer<'_> {
    pub(super) fn push(&mut self, entry: Entry) {
        self.import.entries.push(entry);
    }

    /// Notes that a line is lost.
    pub(super) fn lose(&mut self, line: usize, reason: impl Into<String>) {
        self.note(line, PetrarchLoss::Line, reason.into());
    }

    /// Notes that a detail is lost.
    pub(super) fn remark(&mut self, line: usize, reason: impl Into<String>) {
        self.note(line, PetrarchLoss::Detail, reason.into());
    }

    fn note(&mut self, line: usize, loss: PetrarchLoss, reason: String) {
        self.import.notes.push(PetrarchNote {
            file: self.file.to_owned(),
            line,
            loss,
            reason,
        });
    }

    /// Rewrites a phrase in its usual spelling and counts it if it is loose; notes where it is none.
    pub(super) fn phrase(&mut self, line: usize, raw: &str, case: Case) -> Option<Phrase> {
        let rewritten = rewrite(raw, case);
        match Phrase::parse(&rewritten.text) {
            Ok(phrase) => {
                self.import.counts.loose += usize::from(rewritten.is_loose);
                Some(phrase)
            }
            Err(error) => {
                self.lose(line, error.to_string());
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::user::UserDictionary;
    use crate::model::ActorKind;

    const PIECES: &[&str] = &[
        "A_",
        "BANK_",
        "KAI_",
        "+B_",
        "[",
        "]",
        "NOR",
        "NORGOV",
        "NORREB",
        " 960618",
        "-990706",
        ">",
        "<",
        "{",
        "}",
        "!S!",
        " = ",
        ",",
        "~GOV",
        "#",
        ";",
        "<!--",
        "-->",
        "\n",
        "\n\t",
        " ",
        "é",
        "/",
        "---",
        "[NORGOV 960618-990706]",
        "[~MIL]",
        "!S! = X, Y\n",
    ];

    fn text() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..40);
        prop_oneof![pieces.prop_map(|pieces| pieces.concat()), "(?s).{0,80}"]
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_noted(text in text()) {
            let known = |name: &str| {
                name.starts_with('K').then(|| ActorId::from_name(ActorKind::Person, name))
            };
            for kind in [PetrarchKind::Actors, PetrarchKind::Agents, PetrarchKind::Discard] {
                let import = import_petrarch(kind, "t", &text, &known);
                prop_assert_eq!(&import, &import_petrarch(kind, "t", &text, &known));
                prop_assert!(import.notes.is_sorted_by_key(|note| note.line));
                let dictionary: UserDictionary = import.entries.into_iter().collect();
                let again = UserDictionary::parse("t", &dictionary.to_text());
                prop_assert_eq!(again, Ok(dictionary));
            }
            prop_assert_eq!(PetrarchKind::detect(&text), PetrarchKind::detect(&text));
        }
    }
}
