//! Texts in which a source and a target are marked.

use crate::model::{Byte, Span};

/// A text with the places of its source and target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPair {
    /// The text without marks.
    pub text: String,
    /// Where the source stands in it.
    pub source: Span<Byte>,
    /// Where the target stands in it.
    pub target: Span<Byte>,
}

impl MarkedPair {
    /// Reads a text with each of `<s>`, `</s>`, `<t>` and `</t>` once; nothing if they are not
    /// there, or stand in one another.
    #[must_use]
    pub fn parse(marked: &str) -> Option<Self> {
        let (mut text, mut rest) = (String::with_capacity(marked.len()), marked);
        let (mut source, mut target) = (None, None);
        while source.is_none() || target.is_none() {
            let at = rest.find("<s>").into_iter().chain(rest.find("<t>")).min()?;
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            let is_source = from.starts_with("<s>");
            let (inner, after) = from[3..].split_once(if is_source { "</s>" } else { "</t>" })?;
            let start = text.len();
            text.push_str(inner);
            let span = Span::new(start, text.len());
            let place = if is_source { &mut source } else { &mut target };
            if inner.contains('<') || place.replace(span).is_some() {
                return None;
            }
            rest = after;
        }
        text.push_str(rest);
        let marks = ["<s>", "</s>", "<t>", "</t>"];
        (!marks.iter().any(|mark| text.contains(mark))).then_some(Self {
            text,
            source: source?,
            target: target?,
        })
    }
}
