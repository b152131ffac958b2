//! How an article tells its events: sentences, and where the words of each event stand in them.

use crate::bench::seeded::Seeded;
use crate::bench::word::FILLERS;
use crate::model::{Byte, MentionSpans, SentenceIndex, Span};

/// The text of an article while it is written.
#[derive(Debug, Default)]
pub(super) struct Telling {
    text: String,
    sentences: usize,
}

/// One sentence that tells an event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) sentence: SentenceIndex,
    pub(super) spans: MentionSpans,
}

/// What a sentence says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause<'a> {
    pub(super) source: &'a str,
    pub(super) verb: &'a str,
    /// Nobody where the act has sources alone.
    pub(super) target: Option<&'a str>,
    pub(super) rest: &'a str,
}

impl Telling {
    /// Writes a sentence that tells an event; `again` where one has told it before.
    pub(super) fn tell(&mut self, clause: Clause<'_>, again: bool) -> Told {
        self.begin();
        let start = self.text.len();
        if again {
            self.text.push_str("As reported before, ");
        }
        let source = self.append(clause.source);
        self.text.push(' ');
        let predicate = self.append(clause.verb);
        let target = clause.target.map(|target| {
            self.text.push(' ');
            self.append(target)
        });
        self.text.push_str(clause.rest);
        self.text.push('.');
        let sentence = SentenceIndex::new(self.sentences);
        self.sentences += 1;
        Told {
            sentence,
            spans: MentionSpans {
                sentence: Span::new(start, self.text.len()),
                source: Some(source),
                predicate,
                target,
            },
        }
    }

    /// Writes a sentence that tells nothing.
    pub(super) fn fill(&mut self, random: &mut Seeded) {
        self.begin();
        self.text.push_str(random.word(FILLERS));
        self.sentences += 1;
    }

    /// Returns the text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn begin(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    fn append(&mut self, words: &str) -> Span<Byte> {
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }
}
