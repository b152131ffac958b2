//! Answers for marked pairs, in the words of PLV-style label sets.

use std::fmt::Write;

use crate::coder::general_code;
use crate::lexicon::Frames;
use crate::mention::MentionFinder;
use crate::model::{CameoCode, MarkedPair, PloverType, QuadPlover, Status};
use crate::relation::{RelationModel, RelationScene, SceneReader, Scores};

/// What goes on between the source and the target of a marked sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationAnswer {
    /// One of fifteen roots: the types of PLOVER with `CONCEDE` and `RETREAT` as `YIELD`.
    pub root: &'static str,
    /// The quad class of the root, 1 to 4.
    pub quad: u8,
    /// 0 cooperation, 1 conflict.
    pub binary: u8,
    /// The code of the act itself, whatever its status.
    pub cameo: CameoCode,
    /// The probability of the root, among the fifteen.
    pub score: f32,
    /// The probability that there is any act from the source to the target.
    pub any: f32,
}

/// Reads a sentence in which others marked a pair.
///
/// Marks are `<s>`, `</s>`, `<t>` and `</t>`, in any case of letters. Of an actor marked twice the first
/// place is taken; of one within the other the outer ends where the inner begins; one that is not
/// marked stands at the edge. Nothing if the marks make no sense.
#[must_use]
pub fn read_marked(marked: &str) -> Option<MarkedPair> {
    let (mut text, mut rest) = (String::new(), marked);
    let (mut open, mut seen): (Option<char>, Vec<char>) = (None, Vec::new());
    while let Some(at) = next_mark(rest) {
        text.push_str(&rest[..at]);
        let (mark, behind) = rest[at..].split_once('>')?;
        rest = behind;
        let letter = mark.chars().next_back()?.to_ascii_lowercase();
        let closes = mark.starts_with("</");
        if !closes && !seen.contains(&letter) {
            if let Some(outer) = open.replace(letter) {
                write!(text, "</{outer}>").ok()?;
            }
            seen.push(letter);
            write!(text, "<{letter}>").ok()?;
        } else if closes && open == Some(letter) {
            open = None;
            write!(text, "</{letter}>").ok()?;
        }
    }
    text.push_str(rest);
    if let Some(letter) = open {
        write!(text, "</{letter}>").ok()?;
    }
    if !seen.contains(&'t') {
        text.push_str(" <t>.</t>");
    }
    if !seen.contains(&'s') {
        text.insert_str(0, "<s>.</s> ");
    }
    MarkedPair::parse(&text)
}

/// Where the next mark begins; other angle brackets are text.
fn next_mark(text: &str) -> Option<usize> {
    let marks = ["<s>", "</s>", "<t>", "</t>", "<S>", "</S>", "<T>", "</T>"];
    let all = text.match_indices('<').map(|(at, _)| at);
    all.into_iter()
        .find(|at| marks.iter().any(|mark| text[*at..].starts_with(mark)))
}

/// Answers for marked pairs.
#[derive(Debug)]
pub struct RelationReader<'a> {
    reader: &'a SceneReader<'a>,
    finder: &'a MentionFinder<'a>,
    model: &'a RelationModel,
}

impl<'a> RelationReader<'a> {
    /// Makes a reader of pairs.
    #[must_use]
    pub fn new(
        reader: &'a SceneReader<'a>,
        finder: &'a MentionFinder<'a>,
        model: &'a RelationModel,
    ) -> Self {
        Self {
            reader,
            finder,
            model,
        }
    }

    /// Says which root is likeliest from the source to the target, whether or not there is any act.
    ///
    /// Label sets of this kind know no status: planned cooperation is AGREE, planned material
    /// conflict is THREATEN. Embargoes and sanctions (163) are COERCE there, as in the crosswalk
    /// `CAMEO2PLOVER-2021`. Time: linear in the length of the text.
    #[must_use]
    pub fn answer(&self, pair: &MarkedPair) -> RelationAnswer {
        let scene = self.reader.marked(self.finder, pair);
        let scores = self.model.scores(&scene.pair(0, 1));
        let codes: Vec<CameoCode> = PloverType::ALL
            .iter()
            .map(|kind| code_between(&scene, *kind))
            .collect();
        let (root, kind, score) = likeliest_root(&scores, &codes);
        let quad = super::quad_of_root(root);
        let any: f32 = scores.forth.iter().sum();
        RelationAnswer {
            root,
            quad,
            binary: u8::from(quad > 2),
            cameo: codes[kind as usize],
            score,
            any: any / (any + scores.none),
        }
    }
}

/// The fifteen roots.
const ROOTS: [&str; 15] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The likeliest root with the type that contributes most to it.
fn likeliest_root(scores: &Scores, codes: &[CameoCode]) -> (&'static str, PloverType, f32) {
    let planned = scores.status_forth[Status::Planned as usize];
    let mut sums = [(0f32, None::<(f32, PloverType)>); ROOTS.len()];
    let mut all = 0.0;
    let mut add = |root: &str, share: f32, kind: PloverType| {
        let place = ROOTS.iter().position(|known| *known == root).unwrap_or(0);
        let (sum, most) = &mut sums[place];
        *sum += share;
        all += share;
        if most.is_none_or(|(known, _)| share > known) {
            *most = Some((share, kind));
        }
    };
    for (kind, code) in PloverType::ALL.iter().zip(codes) {
        let share = scores.forth[*kind as usize];
        let own = match kind {
            PloverType::Concede | PloverType::Retreat => "YIELD",
            PloverType::Sanction if code.starts_with("163") => "COERCE",
            kind => kind.name(),
        };
        let when_planned = match kind.quad() {
            QuadPlover::VerbalCooperation | QuadPlover::MaterialCooperation => "AGREE",
            QuadPlover::MaterialConflict => "THREATEN",
            QuadPlover::VerbalConflict => own,
        };
        add(own, share * (1.0 - planned), *kind);
        add(when_planned, share * planned, *kind);
    }
    let mut best = (0, -1.0);
    for (place, (sum, _)) in sums.iter().enumerate() {
        if *sum > best.1 {
            best = (place, *sum);
        }
    }
    let kind = sums[best.0].1.map_or(PloverType::Consult, |(_, kind)| kind);
    (ROOTS[best.0], kind, best.1 / f32::max(all, 1e-9))
}

/// The code of a type between the first two actors of a scene: that of the frame that joins them and
/// says most, else of one that either fills, else of a frame of a word between them, else the general
/// one.
fn code_between(scene: &RelationScene<'_>, kind: PloverType) -> CameoCode {
    let frames: &Frames = scene.frames();
    let (source, target) = (&scene.actors()[0].words, &scene.actors()[1].words);
    let grammar = scene.grammar();
    let mut best: Option<(usize, CameoCode)> = None;
    for found in scene.found() {
        let Some(frame) = frames.get(found.frame) else {
            continue;
        };
        if frame.cameo.entry().plover != Some(kind) {
            continue;
        }
        let from = found.comes_from(grammar, source);
        let to = found.goes_to(grammar, target);
        let fits = 40 * usize::from(from && to) + 20 * usize::from(from || to);
        let particular = 4 * usize::from(!frame.cameo.as_str().ends_with('0'));
        let says = fits + frame.weight() + particular;
        if best.is_none_or(|(most, _)| says > most) {
            best = Some((says, frame.cameo));
        }
    }
    let of_head = || {
        let heads = scene.heads_between(0, 1);
        heads.iter().find_map(|head| {
            let known = frames.with_head(grammar.lemma(*head)).iter();
            let of_kind = known.filter_map(|index| frames.get(*index));
            of_kind
                .filter(|frame| frame.cameo.entry().plover == Some(kind))
                .min_by_key(|frame| frame.weight())
                .map(|frame| frame.cameo)
        })
    };
    let named = best.map(|(_, code)| code).or_else(of_head);
    named.unwrap_or_else(|| general_code(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_marks_are_read() {
        let pair = |text: &str| {
            let pair = read_marked(text)?;
            let part = |span: crate::model::Span<crate::model::Byte>| {
                span.of(&pair.text).map(str::to_owned)
            };
            Some((part(pair.source)?, part(pair.target)?))
        };
        let of = |source: &str, target: &str| Some((source.to_owned(), target.to_owned()));
        assert_eq!(pair("<s>Chad</s> met <t>Mali</t>."), of("Chad", "Mali"));
        assert_eq!(pair("<S>Chad</S> met."), of("Chad", "."));
        assert_eq!(
            pair("<s>Chad</s> and <s>Mali</s> met <t>x</t>"),
            of("Chad", "x")
        );
        assert_eq!(pair("<s>the <t>Chad</t> army</s> left"), of("the ", "Chad"));
        assert_eq!(
            pair("a < b, said <s>Chad</s> to <t>Mali"),
            of("Chad", "Mali")
        );
    }
}
