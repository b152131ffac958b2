//! Predicates: the ways in which an act is told.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;
use crate::lexicon::inflection::{VerbForm, VerbForms};
use crate::lexicon::table;
use crate::model::CameoCode;

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// `S`: the source.
    Source,
    /// `T`: the target.
    Target,
    /// `SS`: a group of two or more who act together.
    Group,
    /// `speak_/talk_`: one of these verbs, in any form.
    Verb(Vec<String>),
    /// `with/to`: one of these words.
    Word(Vec<String>),
    /// `..`: a gap within the clause.
    Gap,
    /// `!a`: the next token is not this.
    Not(String),
}

/// A pattern with the code it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// The code.
    pub cameo: CameoCode,
    /// Whether the act has no direction of its own.
    pub symmetric: bool,
    /// The steps, in the order of the text.
    pub elements: Vec<Element>,
    /// Which step anchors the pattern: the first verb, else the first word.
    pub anchor: usize,
    /// The line of the file, from 1: the reason that can be shown.
    pub line: usize,
}

impl Predicate {
    /// Returns how much the pattern asks of the text; of two that match at one place the one that
    /// asks more is meant.
    #[must_use]
    pub fn weight(&self) -> usize {
        let weight = |element: &Element| match element {
            Element::Verb(_) | Element::Word(_) => 4,
            Element::Source | Element::Target | Element::Group => 1,
            Element::Gap | Element::Not(_) => 0,
        };
        self.elements.iter().map(weight).sum()
    }
}

/// The number of a predicate in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PredicateIndex(u32);

/// All predicates, found by the words that anchor them.
#[derive(Debug, Clone, Default)]
pub struct Predicates {
    all: Vec<Predicate>,
    by_anchor: FastMap<String, Vec<(PredicateIndex, Option<VerbForm>)>>,
    verb_words: FastMap<String, Vec<(String, VerbForm)>>,
}

impl Predicates {
    /// Loads a file of patterns: code, symmetry, pattern.
    pub(crate) fn load(file: &str, text: &str, verbs: &VerbForms) -> Result<Self, LexiconError> {
        let mut all = Self::default();
        let mut forms = FormsOfBases {
            verbs,
            known: FastMap::default(),
        };
        for row in table::rows(file, text, 3) {
            let row = row?;
            let symmetric = match row.field(1) {
                "sym" => true,
                "-" => false,
                other => return Err(row.error(format!("expected sym or -, found `{other}`"))),
            };
            let elements = parse_pattern(row.field(2)).map_err(|reason| row.error(reason))?;
            let anchor = anchor_of(&elements)
                .ok_or_else(|| row.error("a pattern needs a verb or a word".to_owned()))?;
            let (cameo, line) = (row.parse(0)?, row.line);
            all.add(
                Predicate {
                    cameo,
                    symmetric,
                    elements,
                    anchor,
                    line,
                },
                &mut forms,
            );
        }
        Ok(all)
    }

    fn add(&mut self, predicate: Predicate, forms: &mut FormsOfBases<'_>) {
        let index = PredicateIndex(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        for (position, element) in predicate.elements.iter().enumerate() {
            let is_anchor = position == predicate.anchor;
            match element {
                Element::Verb(bases) => {
                    for base in bases {
                        self.add_verb(base, is_anchor.then_some(index), forms);
                    }
                }
                Element::Word(words) if is_anchor => {
                    for word in words {
                        push(&mut self.by_anchor, word, (index, None));
                    }
                }
                _ => {}
            }
        }
        self.all.push(predicate);
    }

    /// Adds the forms of a verb, and the predicate that they anchor if they do.
    fn add_verb(
        &mut self,
        base: &str,
        anchored: Option<PredicateIndex>,
        forms: &mut FormsOfBases<'_>,
    ) {
        if !forms.known.contains_key(base) {
            let new = forms.verbs.forms(base);
            for (text, form) in &new {
                let known = self.verb_words.entry(text.clone()).or_default();
                let word = (base.to_owned(), *form);
                if !known.contains(&word) {
                    known.push(word);
                }
            }
            forms.known.insert(base.to_owned(), new);
        }
        let forms = forms.known.get(base).into_iter().flatten();
        if let Some(index) = anchored {
            for (text, form) in forms {
                push(&mut self.by_anchor, text, (index, Some(*form)));
            }
        }
    }

    /// Returns a predicate.
    #[must_use]
    pub fn get(&self, index: PredicateIndex) -> Option<&Predicate> {
        self.all.get(index.0 as usize)
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

    /// Returns the predicates that a folded word anchors, with the form of the verb it may be.
    #[must_use]
    pub fn anchored_by(&self, folded: &str) -> &[(PredicateIndex, Option<VerbForm>)] {
        self.by_anchor.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Returns the verbs of the predicates that a folded word may be a form of.
    #[must_use]
    pub fn verbs_of(&self, folded: &str) -> &[(String, VerbForm)] {
        self.verb_words.get(folded).map_or(&[], Vec::as_slice)
    }
}

/// The forms of the verbs met so far: the same ones are in many patterns.
struct FormsOfBases<'a> {
    verbs: &'a VerbForms,
    known: FastMap<String, Vec<(String, VerbForm)>>,
}

fn push<T>(lists: &mut FastMap<String, Vec<T>>, key: &str, value: T) {
    if let Some(list) = lists.get_mut(key) {
        list.push(value);
    } else {
        lists.insert(key.to_owned(), vec![value]);
    }
}

fn anchor_of(elements: &[Element]) -> Option<usize> {
    let verb = elements
        .iter()
        .position(|element| matches!(element, Element::Verb(_)));
    // A possessive or a comma is too common to look for.
    let word = |element: &Element| match element {
        Element::Word(words) => !words.iter().any(|word| word == "'s" || word == ","),
        _ => false,
    };
    let strong = |element: &Element| word(element) && !is_weak(element);
    verb.or_else(|| elements.iter().position(strong))
        .or_else(|| elements.iter().position(word))
}

/// Says whether a step is a preposition or the like, which would anchor a pattern everywhere.
fn is_weak(element: &Element) -> bool {
    const WEAK: &[&str] = &[
        "in", "at", "after", "during", "before", "by", "of", "to", "with",
    ];
    matches!(element, Element::Word(words) if words.iter().all(|w| WEAK.contains(&w.as_str())))
}

fn parse_pattern(pattern: &str) -> Result<Vec<Element>, String> {
    let mut elements = Vec::new();
    for part in pattern.split(' ') {
        let alternatives = || part.split('/').map(str::to_owned).collect::<Vec<_>>();
        elements.push(match part {
            "" => return Err("two spaces in a row".to_owned()),
            "S" => Element::Source,
            "T" => Element::Target,
            "SS" => Element::Group,
            ".." => Element::Gap,
            _ if part.starts_with('!') => Element::Not(part[1..].to_owned()),
            _ if part.contains('_') => {
                if !part
                    .split('/')
                    .all(|verb| verb.len() > 1 && verb.ends_with('_'))
                {
                    return Err(format!("`{part}` mixes verbs and words"));
                }
                let verbs = part
                    .split('/')
                    .map(|verb| verb.trim_end_matches('_').to_owned());
                Element::Verb(verbs.collect())
            }
            _ => Element::Word(alternatives()),
        });
    }
    let count = |wanted: &Element| elements.iter().filter(|element| *element == wanted).count();
    let (sources, targets) = (count(&Element::Source), count(&Element::Target));
    let groups = count(&Element::Group);
    if sources > 1 || targets > 1 || groups > 1 || (groups == 1 && sources + targets > 0) {
        return Err("expected at most one S and one T, or one SS alone".to_owned());
    }
    Ok(elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_parsed() {
        let elements = parse_pattern("S speak_/talk_ .. with/to T !a").unwrap();
        assert_eq!(anchor_of(&elements), Some(1));
        assert_eq!(
            elements[3],
            Element::Word(vec!["with".to_owned(), "to".to_owned()])
        );
        assert_eq!(elements[5], Element::Not("a".to_owned()));
        let nominal = parse_pattern("in .. meeting with T , S").unwrap();
        assert_eq!(anchor_of(&nominal), Some(2));
        for wrong in ["S  T", "S x_/y T", "S S", "SS meet_ T", "S T"] {
            let parsed = parse_pattern(wrong);
            assert!(
                parsed.is_err() || anchor_of(&parsed.unwrap()).is_none(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn faults_name_file_and_line() {
        let text = "code\tsymmetry\tpattern\n041\tsym\tS call_ T\n999\t-\tS call_ T";
        let error = Predicates::load("p.tsv", text, &VerbForms::default()).unwrap_err();
        assert_eq!(error.to_string(), "p.tsv:3: unknown CAMEO code `999`");
    }
}
