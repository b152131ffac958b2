//! A text with its mentions of actors, for people.

use std::io::Write;

use anyhow::Result;
use demarche::mention::Passage;
use demarche::pipeline::{ActorMentionRecord, BasisRecord};
use demarche::text::ParsedSentence;

use crate::cli::output::{KEPT_BLANK, one_line, width, wrapped};

/// From this confidence on nothing is said of it.
const CONFIDENCE_SURE: f64 = 0.9;
/// Longest chain of mentions that is told.
const CHAIN_MAX: usize = 12;
/// Where the lines below a sentence go on.
const INDENT: u16 = 6;

/// A text and what was found in it.
pub(crate) struct MentionView<'a> {
    passage: &'a Passage<'a>,
    sentences: &'a [ParsedSentence<'a>],
    records: &'a [ActorMentionRecord],
}

impl<'a> MentionView<'a> {
    pub(crate) fn new(
        passage: &'a Passage<'a>,
        sentences: &'a [ParsedSentence<'a>],
        records: &'a [ActorMentionRecord],
    ) -> Self {
        Self {
            passage,
            sentences,
            records,
        }
    }

    /// Writes sentence by sentence, each with its mentions below.
    pub(crate) fn write(&self, out: &mut impl Write) -> Result<()> {
        let mut is_first = true;
        if let Some(title) = self.passage.title {
            let title = self.marked(title, 0, (0, title.len()));
            writeln!(out, "{}", wrapped(&format!("Title: {title}"), width(), 0))?;
            self.write_mentions(0, out)?;
            is_first = false;
        }
        for (number, sentence) in (1..).zip(self.sentences) {
            if !std::mem::take(&mut is_first) {
                writeln!(out)?;
            }
            let span = (sentence.span.start(), sentence.span.end());
            let marked = self.marked(self.passage.text, number, span);
            writeln!(out, "{}", wrapped(&marked, width(), 0))?;
            self.write_mentions(number, out)?;
        }
        Ok(())
    }

    fn in_sentence(&self, number: usize) -> impl Iterator<Item = &'a ActorMentionRecord> {
        let records = self.records.iter();
        records.filter(move |record| record.sentence == number)
    }

    /// Returns a part of a text with its mentions in brackets.
    fn marked(&self, text: &str, number: usize, (start, end): (usize, usize)) -> String {
        let mut marks: Vec<(usize, bool, String)> = Vec::new();
        for record in self.in_sentence(number) {
            marks.push((
                record.start,
                true,
                format!("[{}{KEPT_BLANK}", record.mention),
            ));
            marks.push((record.end, false, "]".to_owned()));
        }
        // Where one mention ends and another begins, the first is closed first.
        marks.sort_by_key(|(at, opens, _)| (*at, *opens));
        let mut marked = String::new();
        let mut at = start;
        for (place, _, mark) in marks {
            let place = place.clamp(at, end);
            marked.push_str(&one_line(text.get(at..place).unwrap_or_default()));
            marked.push_str(&mark);
            at = place;
        }
        marked.push_str(&one_line(text.get(at..end).unwrap_or_default()));
        marked
    }

    fn write_mentions(&self, number: usize, out: &mut impl Write) -> Result<()> {
        for record in self.in_sentence(number) {
            let told = format!(
                "[{}] {} → {}",
                record.mention,
                one_line(&record.text),
                self.told(record)
            );
            let room = width().saturating_sub(INDENT);
            writeln!(out, "  {}", wrapped(&told, room, INDENT))?;
        }
        Ok(())
    }

    /// Returns who is meant, and why.
    fn told(&self, record: &ActorMentionRecord) -> String {
        let actors = record.actors.iter();
        let actors: Vec<String> = actors
            .map(|actor| format!("{} ({})", one_line(&actor.name), actor.id))
            .collect();
        let mut told = vec![match actors.as_slice() {
            [] => "no actor".to_owned(),
            _ => actors.join(" and "),
        }];
        told.push(match record.usage.as_str() {
            "actor" => String::new(),
            usage @ ("outlet" | "expert") => format!("as an {usage}"),
            usage @ ("place" | "stranger") => format!("as a {usage}"),
            usage => format!("as {usage}"),
        });
        told.push(match record.antecedent {
            Some(_) => self.chain(record),
            None => basis(record),
        });
        if record.confidence < CONFIDENCE_SURE {
            told.push(format!("confidence {:.2}", record.confidence));
        }
        if !record.alternatives.is_empty() {
            told.push(format!("or {}", record.alternatives.join(", ")));
        }
        told.retain(|part| !part.is_empty());
        told.join("; ")
    }

    /// Returns the mentions that one takes up, back to the first.
    fn chain(&self, record: &ActorMentionRecord) -> String {
        let mut links = Vec::new();
        let mut at = record;
        while let Some(before) = at
            .antecedent
            .and_then(|number| self.records.get(number.checked_sub(1)?))
            .filter(|_| links.len() < CHAIN_MAX)
        {
            links.push(format!("[{}] {}", before.mention, one_line(&before.text)));
            at = before;
        }
        format!("takes up {}", links.join(", "))
    }
}

/// Returns in plain words why a mention means whom it means.
pub(crate) fn basis(record: &ActorMentionRecord) -> String {
    match &record.basis {
        BasisRecord::Dictionary { file, line } => match (file.as_str(), line) {
            ("user", 0) => "user's dictionary".to_owned(),
            ("user", line) => format!("user's dictionary, line {line}"),
            (file, line) => format!("{file}:{line}"),
        },
        BasisRecord::Prominence => "best known by this surname".to_owned(),
        BasisRecord::Introduced => "introduced here".to_owned(),
        BasisRecord::Role => "country or organisation with a role word".to_owned(),
        BasisRecord::RoleByDate { office, day } => {
            let office = office.trim_start_matches("office:");
            match day {
                Some(day) => format!("office {office} on {day}"),
                None => format!("office {office} in the time of the others named"),
            }
        }
        BasisRecord::Office => "the office itself, as nothing tells who held it".to_owned(),
        BasisRecord::Coreference => match record.antecedent {
            Some(number) => format!("takes up {number}"),
            None => "named elsewhere in the text".to_owned(),
        },
        BasisRecord::Description => "a description that fits".to_owned(),
        BasisRecord::NoActor => String::new(),
    }
}
