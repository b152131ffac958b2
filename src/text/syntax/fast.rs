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

    /// Tags and parses sentences given as their tokens; each has one root and no cycles.
    ///
    /// Of more than 1,000 tokens, those behind hang on the last that is parsed. Time: linear in the
    /// number of tokens.
    pub(crate) fn parse_batch(&self, sentences: &[Vec<&str>]) -> Vec<Vec<TreeToken<'_>>> {
        /// So many sentences take each step together: the weights of a step then stay near.
        const TOGETHER: usize = 32;
        sentences
            .chunks(TOGETHER)
            .flat_map(|batch| self.parse_together(batch))
            .collect()
    }

    fn parse_together(&self, sentences: &[Vec<&str>]) -> Vec<Vec<TreeToken<'_>>> {
        let model = &self.model;
        let dictionary = &model.tag_dictionary;
        let form = |token: &&str| Form::of(token);
        let forms: Vec<Vec<Form>> = sentences
            .iter()
            .map(|tokens| tokens.iter().map(form).collect())
            .collect();
        let first: Vec<Vec<TagIndex>> = forms
            .iter()
            .map(|forms| tag_from_end(&model.first_tag_weights, dictionary, forms))
            .collect();
        let tags: Vec<Vec<TagIndex>> = forms
            .iter()
            .zip(&first)
            .map(|(forms, first)| tag_once(&model.tag_weights, dictionary, forms, first))
            .collect();
        let parsed: Vec<(&[Form], &[TagIndex])> = forms
            .iter()
            .zip(&tags)
            .map(|(forms, tags)| {
                let count = forms.len().min(PARSED_MAX);
                (
                    forms.get(..count).unwrap_or(&[]),
                    tags.get(..count).unwrap_or(&[]),
                )
            })
            .collect();
        let guides: Vec<Tree> = parsed
            .iter()
            .map(|(forms, tags)| self.first_tree(forms, tags))
            .collect();
        parsed
            .iter()
            .zip(guides)
            .zip(&tags)
            .map(|(((forms, parsed), guide), tags)| {
                let tree = self.tree(forms, parsed, guide);
                self.tokens(tags, &tree)
            })
            .collect()
    }

    fn scene(&self, forms: &[Form], tags: &[TagIndex]) -> ParseScene {
        ParseScene::new(forms, tags, &self.upos_of, &self.model.vocabulary)
    }

    /// Parses from the end.
    fn first_tree(&self, forms: &[Form], tags: &[TagIndex]) -> Tree {
        let forms: Vec<Form> = forms.iter().rev().copied().collect();
        let tags: Vec<TagIndex> = tags.iter().rev().copied().collect();
        let pass = ParsePass {
            templates: &FIRST_PASS,
            weights: &self.model.first_parse,
            dictionary: &self.turned_dictionary,
        };
        pass.parse(&self.scene(&forms, &tags), forms.len()).turned()
    }

    /// Parses from the start, with the first tree in sight.
    fn tree(&self, forms: &[Form], tags: &[TagIndex], guide: Tree) -> Tree {
        let pass = ParsePass {
            templates: &SECOND_PASS,
            weights: &self.model.parse,
            dictionary: &self.model.label_dictionary,
        };
        pass.parse(&self.scene(forms, tags).guided(guide), forms.len())
    }

    fn tokens(&self, tags: &[TagIndex], tree: &Tree) -> Vec<TreeToken<'_>> {
        let count = tree.heads.len();
        let token = |(index, tag): (usize, &TagIndex)| {
            let head = match tree.heads.get(index) {
                Some(head) if usize::from(*head) == count => None,
                Some(head) => Some(usize::from(*head)),
                None => Some(count - 1),
            };
            let label = tree
                .labels
                .get(index)
                .and_then(|label| self.model.labels.get(usize::from(*label)));
            Some(TreeToken {
                tag: self.model.tags.get(usize::from(*tag))?,
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
}
