//! Families of frames: one file each.

use crate::lexicon::LexiconError;
use crate::lexicon::VerbForms;
use crate::lexicon::frame::{FramePattern, HeadKind, WordClasses};
use crate::lexicon::hash::FastMap;
use crate::model::{CameoCode, MarkedPair, Mode, Sector};

/// An example: a text in which the pair is marked with `<s>…</s>` and `<t>…</t>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text with its marks.
    pub marked: &'static str,
    /// Whether the frame is to be found between the pair, or must not be.
    pub codes: bool,
    /// The line of the file, from 1.
    pub line: usize,
}

/// What the surroundings of a frame must be, or must not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameConditions {
    /// One of these lemmas must hang on the head, if there are any.
    pub with: Vec<String>,
    /// None of these may.
    pub without: Vec<String>,
    /// The sector of the source must be one of these, if it is known and there are any.
    pub source: Vec<Sector>,
    /// The same of the target.
    pub target: Vec<Sector>,
}

/// A frame: a pattern with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The pattern as it is written.
    pub text: &'static str,
    /// The pattern.
    pub pattern: FramePattern,
    /// The code.
    pub cameo: CameoCode,
    /// The verb for people: "telephoned".
    pub label: &'static str,
    /// The mode, if it is another than that of the code.
    pub mode: Option<Mode>,
    /// Whether the act has no direction of its own.
    pub symmetric: bool,
    /// What else must hold.
    pub conditions: FrameConditions,
    /// Examples and near misses.
    pub examples: Vec<Example>,
    /// The file.
    pub file: &'static str,
    /// The line of the pattern, from 1.
    pub line: usize,
}

impl Frame {
    /// Returns how much the frame asks for.
    #[must_use]
    pub fn weight(&self) -> usize {
        let conditions = &self.conditions;
        let asked = [
            !conditions.with.is_empty(),
            !conditions.source.is_empty(),
            !conditions.target.is_empty(),
        ];
        self.pattern.weight() + 2 * asked.iter().filter(|asked| **asked).count()
    }
}

/// The number of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameIndex(u32);

/// All frames, found by the lemma of their head.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    all: Vec<Frame>,
    by_head: FastMap<String, Vec<FrameIndex>>,
    /// The verbs of the patterns, by each of their forms.
    bases: FastMap<String, Vec<String>>,
    /// Verbs that lend their subject to a noun of action.
    light: Vec<String>,
}

impl Frames {
    /// Loads the families that are given as file and text, with the classes of words they name.
    ///
    /// # Errors
    /// A fault, named by file and line.
    pub fn load(
        classes: (&'static str, &'static str),
        families: &[(&'static str, &'static str)],
        verbs: &VerbForms,
    ) -> Result<Self, LexiconError> {
        let classes = WordClasses::load(classes.0, classes.1)?;
        let mut frames = Self {
            light: classes.words("{light}").unwrap_or_default(),
            ..Self::default()
        };
        for (file, text) in families {
            for frame in read_family(file, text, &classes)? {
                let index = FrameIndex(u32::try_from(frames.all.len()).unwrap_or(u32::MAX));
                for head in &frame.pattern.heads {
                    frames.by_head.entry(head.clone()).or_default().push(index);
                    let known = frames.bases(head).contains(head);
                    if !known && frame.pattern.kind == HeadKind::Verb {
                        frames.add_forms(head, verbs);
                    }
                }
                frames.all.push(frame);
            }
        }
        Ok(frames)
    }

    fn add_forms(&mut self, verb: &str, verbs: &VerbForms) {
        for (form, _) in verbs.forms(verb) {
            let bases = self.bases.entry(form).or_default();
            if !bases.iter().any(|base| base == verb) {
                bases.push(verb.to_owned());
            }
        }
    }

    /// Returns the verbs of patterns that a word in small letters may be a form of.
    #[must_use]
    pub fn bases(&self, form: &str) -> &[String] {
        self.bases.get(form).map_or(&[], Vec::as_slice)
    }

    /// Says whether a verb lends its subject to a noun of action: "began a visit".
    #[must_use]
    pub fn is_light(&self, verb: &str) -> bool {
        self.light.iter().any(|light| light == verb)
    }

    /// Returns a frame.
    #[must_use]
    pub fn get(&self, index: FrameIndex) -> Option<&Frame> {
        self.all.get(index.0 as usize)
    }

    /// Returns the frames whose head may have this lemma.
    #[must_use]
    pub fn with_head(&self, lemma: &str) -> &[FrameIndex] {
        self.by_head.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Returns all frames, in the order of the files and their lines.
    pub fn iter(&self) -> impl Iterator<Item = (FrameIndex, &Frame)> {
        (0..).map(FrameIndex).zip(&self.all)
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Says whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Reads a family: blocks that begin with a pattern at the start of a line, with what is said of
/// it in indented lines.
fn read_family(
    file: &'static str,
    text: &'static str,
    classes: &WordClasses,
) -> Result<Vec<Frame>, LexiconError> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut drafts: Option<Draft> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let fault = |reason: String| LexiconError::Line {
            file: file.to_owned(),
            line: number,
            reason,
        };
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(detail) = line.strip_prefix("  ") {
            let draft = drafts.as_mut();
            let draft =
                draft.ok_or_else(|| fault("an indented line before any pattern".to_owned()))?;
            draft
                .add(detail.trim_end(), number, classes)
                .map_err(fault)?;
        } else {
            frames.extend(drafts.take().map(|draft| draft.finish(file)).transpose()?);
            let text = line.trim_end();
            let pattern = FramePattern::parse(text, classes).map_err(fault)?;
            drafts = Some(Draft::new(text, pattern, number));
        }
    }
    frames.extend(drafts.take().map(|draft| draft.finish(file)).transpose()?);
    Ok(frames)
}

/// A frame that is being read.
struct Draft {
    text: &'static str,
    pattern: FramePattern,
    line: usize,
    code: Option<(CameoCode, &'static str)>,
    mode: Option<Mode>,
    symmetric: bool,
    conditions: FrameConditions,
    examples: Vec<Example>,
}

impl Draft {
    fn new(text: &'static str, pattern: FramePattern, line: usize) -> Self {
        Self {
            text,
            pattern,
            line,
            code: None,
            mode: None,
            symmetric: false,
            conditions: FrameConditions::default(),
            examples: Vec::new(),
        }
    }

    /// Adds an indented line.
    fn add(
        &mut self,
        detail: &'static str,
        line: usize,
        classes: &WordClasses,
    ) -> Result<(), String> {
        let (key, value) = detail.split_once(' ').unwrap_or((detail, ""));
        let words = || -> Result<Vec<String>, String> {
            let lists: Result<Vec<_>, _> =
                value.split(' ').map(|part| classes.words(part)).collect();
            Ok(lists?.concat())
        };
        let sectors = || -> Result<Vec<Sector>, String> {
            value
                .split(' ')
                .map(|name| name.parse().map_err(|error| format!("{error}")))
                .collect()
        };
        match key {
            "+" | "-" => {
                check_marks(value)?;
                self.examples.push(Example {
                    marked: value,
                    codes: key == "+",
                    line,
                });
            }
            "mode" => self.mode = Some(value.parse().map_err(|error| format!("{error}"))?),
            "sym" => self.symmetric = true,
            "with" => self.conditions.with = words()?,
            "without" => self.conditions.without = words()?,
            "source" => self.conditions.source = sectors()?,
            "target" => self.conditions.target = sectors()?,
            code if self.code.is_none()
                && code.starts_with(|first: char| first.is_ascii_digit()) =>
            {
                if value.is_empty() {
                    return Err("expected a code and a verb for people".to_owned());
                }
                self.code = Some((code.parse().map_err(|error| format!("{error}"))?, value));
            }
            _ => {
                return Err(format!(
                    "`{key}`: expected a code, mode, sym, with, without, source, target, + or -"
                ));
            }
        }
        Ok(())
    }

    fn finish(self, file: &'static str) -> Result<Frame, LexiconError> {
        let fault = |reason: &str| LexiconError::Line {
            file: file.to_owned(),
            line: self.line,
            reason: format!("`{}`: {reason}", self.text),
        };
        let (cameo, label) = self.code.ok_or_else(|| fault("no code"))?;
        for (codes, what) in [(true, "no example that codes"), (false, "no near miss")] {
            if !self.examples.iter().any(|example| example.codes == codes) {
                return Err(fault(what));
            }
        }
        Ok(Frame {
            text: self.text,
            pattern: self.pattern,
            cameo,
            label,
            mode: self.mode,
            symmetric: self.symmetric,
            conditions: self.conditions,
            examples: self.examples,
            file,
            line: self.line,
        })
    }
}

/// Checks that a text has each mark once, and not within one another.
fn check_marks(marked: &str) -> Result<(), String> {
    for mark in ["<s>", "</s>", "<t>", "</t>"] {
        if marked.matches(mark).count() != 1 {
            return Err(format!("expected {mark} once"));
        }
    }
    let pair = MarkedPair::parse(marked);
    pair.map(|_| ())
        .ok_or_else(|| "the marks stand within one another".to_owned())
}
