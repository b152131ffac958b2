//! The fast tagger and parser: perceptrons in two passes.

use crate::text::syntax::features::ParseScene;
use crate::text::syntax::model::SyntaxModel;
use crate::text::syntax::parser::{LabelDictionary, PARSED_MAX, ParsePass, Tree};
use crate::text::syntax::tagger::{tag_from_end, tag_once};
use crate::text::syntax::tags::{Tag, TagIndex};
use crate::text::syntax::template::{FIRST_PASS, SECOND_PASS};
use crate::text::syntax::token::Form;

/// A token in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeToken<'a> {
    /// Part of speech and finer tag.
    pub tag: &'a Tag,
    /// The index of the head among the tokens of the sentence; nothing for the root.
    pub head: Option<usize>,
    /// The dependency label, with its subtype.
    pub label: &'a str,
}

/// A model made ready for use.
#[derive(Debug, Clone)]
pub(crate) struct FastParser {
    pub(crate) model: SyntaxModel,
    upos_of: Vec<u8>,
    turned_dictionary: LabelDictionary,
}

impl FastParser {
    pub(crate) fn new(model: SyntaxModel) -> Self {
        let upos_of = model.upos_of();
        let turned_dictionary = model.label_dictionary.turned();
        Self {
            model,
            upos_of,
            turned_dictionary,
        }
    }

    /// Tags and parses a sentence given as its tokens; one root, no cycles.
    ///
    /// Of more than 1,000 tokens, those behind hang on the last that is parsed. Time: linear in the
    /// number of tokens.
    pub(crate) fn parse(&self, tokens: &[&str]) -> Vec<TreeToken<'_>> {
        let forms: Vec<Form> = tokens.iter().map(|token| Form::of(token)).collect();
        let model = &self.model;
        let dictionary = &model.tag_dictionary;
        let first = tag_from_end(&model.first_tag_weights, dictionary, &forms);
        let tags = tag_once(&model.tag_weights, dictionary, &forms, &first);
        let count = forms.len().min(PARSED_MAX);
        let (parsed, tagged) = (
            forms.get(..count).unwrap_or(&[]),
            tags.get(..count).unwrap_or(&[]),
        );
        let tree = self.tree(parsed, tagged);
        let token = |(index, tag): (usize, &u8)| {
            let head = match tree.heads.get(index) {
                Some(head) if usize::from(*head) == count => None,
                Some(head) => Some(usize::from(*head)),
                None => Some(count - 1),
            };
            let label = tree
                .labels
                .get(index)
                .and_then(|label| model.labels.get(usize::from(*label)));
            Some(TreeToken {
                tag: model.tags.get(usize::from(*tag))?,
                head,
                // A label is learned from arcs below the root as well.
                label: if head.is_none() {
                    "root"
                } else {
                    label.map_or("dep", String::as_str)
                },
            })
        };
        tags.iter().enumerate().filter_map(token).collect()
    }

    /// Parses from the end, then from the start with that tree in sight.
    fn tree(&self, forms: &[Form], tags: &[TagIndex]) -> Tree {
        let model = &self.model;
        let scene = |forms: &[Form], tags: &[TagIndex]| {
            ParseScene::new(forms, tags, &self.upos_of, &model.vocabulary)
        };
        let pass = |weights, templates, dictionary| ParsePass {
            templates,
            weights,
            dictionary,
        };
        let turned_forms: Vec<Form> = forms.iter().rev().copied().collect();
        let turned_tags: Vec<TagIndex> = tags.iter().rev().copied().collect();
        let first = pass(&model.first_parse, &*FIRST_PASS, &self.turned_dictionary);
        let guide = first.parse(&scene(&turned_forms, &turned_tags), forms.len());
        let second = pass(&model.parse, &*SECOND_PASS, &model.label_dictionary);
        second.parse(&scene(forms, tags).guided(guide.turned()), forms.len())
    }
}
