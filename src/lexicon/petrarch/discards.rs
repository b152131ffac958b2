//! Files of discards: a phrase a line, with `+` where it tells against the whole article.

use crate::lexicon::petrarch::case::Case;
use crate::lexicon::petrarch::import::Importer;
use crate::lexicon::petrarch::source::Source;
use crate::lexicon::user::Entry;

/// Reads the discards of a file.
pub(super) fn import(source: &Source, importer: &mut Importer<'_>) {
    for line in &source.lines {
        let (raw, is_of_story) = match line.text.strip_prefix('+') {
            Some(raw) => (raw, true),
            None => (line.text.as_str(), false),
        };
        if raw.contains(['[', ']', '{', '}']) {
            let reason = format!("a discard has neither code nor plural: `{raw}`");
            importer.lose(line.number, reason);
            continue;
        }
        let Some(phrase) = importer.phrase(line.number, raw, Case::Lower) else {
            continue;
        };
        importer.import.counts.discards += 1;
        importer.push(if is_of_story {
            Entry::DiscardStory { phrase }
        } else {
            Entry::Discard { phrase }
        });
    }
}
