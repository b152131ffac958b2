//! From tokens to tagged, lemmatised and parsed sentences.

use crate::model::Span;
use crate::text::dateline::find_dateline;
use crate::text::syntax::conllu::{ConlluSentence, ConlluToken};
use crate::text::syntax::features::ParseScene;
use crate::text::syntax::model::SyntaxModel;
use crate::text::syntax::morphology::{Morphology, TreeWord, morphology};
use crate::text::syntax::parser::{LabelDictionary, PARSED_MAX, ParsePass, Tree};
use crate::text::syntax::tagger::{tag_from_end, tag_once};
use crate::text::syntax::tags::{Tag, TagIndex};
use crate::text::syntax::template::{FIRST_PASS, SECOND_PASS};
use crate::text::syntax::token::Form;
use crate::text::syntax::tokenise::syntactic_words;

/// Analyses sentences with a model.
#[derive(Debug, Clone)]
pub struct Analyser {
    model: SyntaxModel,
    upos_of: Vec<u8>,
    turned_dictionary: LabelDictionary,
}

/// A token as the analyser sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedToken<'a> {
    /// Part of speech and finer tag.
    pub tag: &'a Tag,
    /// The index of the head among the tokens of the sentence; nothing for the root.
    pub head: Option<usize>,
    /// The dependency label, with its subtype.
    pub label: &'a str,
    /// Number, person, tense and the like.
    pub morphology: Morphology,
}

impl Analyser {
    /// Makes an analyser.
    #[must_use]
    pub fn new(model: SyntaxModel) -> Self {
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
    #[must_use]
    pub fn parse<'a, 'b>(&'a self, tokens: &[&'b str]) -> Vec<ParsedToken<'a>> {
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
            Some(ParsedToken {
                tag: model.tags.get(usize::from(*tag))?,
                head,
                // A label is learned from arcs below the root as well.
                label: if head.is_none() {
                    "root"
                } else {
                    label.map_or("dep", String::as_str)
                },
                morphology: Morphology::default(),
            })
        };
        let mut parsed: Vec<ParsedToken<'a>> = tags.iter().enumerate().filter_map(token).collect();
        let word = |(token, form): (&ParsedToken<'a>, &&'b str)| TreeWord {
            form,
            tag: token.tag,
            head: token.head,
            label: token.label,
        };
        let words: Vec<TreeWord<'_>> = parsed.iter().zip(tokens).map(word).collect();
        for (token, facts) in parsed.iter_mut().zip(morphology(&words)) {
            token.morphology = facts;
        }
        parsed
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

    /// Takes a text apart into sentences and tokens and analyses them; the dateline is left out.
    ///
    /// Any text gives a result; every other character than white space belongs to one token. Time:
    /// linear in the length of the text.
    #[must_use]
    pub fn analyse_text(&self, text: &str) -> Vec<ConlluSentence> {
        let mut sentences = Vec::new();
        let mut position = 0;
        let start = find_dateline(text).map_or(0, Span::end);
        for sentence in self.model.boundaries.split(text, start) {
            let gap = text.get(position..sentence.start()).unwrap_or_default();
            position = sentence.end();
            let words = syntactic_words(text, sentence);
            let tokens = words.iter().map(|word| ConlluToken {
                form: word.of(text).unwrap_or_default().to_owned(),
                space_after: text
                    .get(word.end()..)
                    .is_none_or(|rest| rest.chars().next().is_none_or(char::is_whitespace)),
                ..ConlluToken::default()
            });
            let unparsed = ConlluSentence {
                text: sentence.of(text).unwrap_or_default().to_owned(),
                begins_paragraph: sentences.is_empty() || gap.matches('\n').count() > 1,
                tokens: tokens.collect(),
            };
            sentences.push(self.analyse_tokens(&unparsed));
        }
        sentences
    }

    /// Returns the lemma of a form with a tag.
    #[must_use]
    pub fn lemma(&self, form: &str, tag: &Tag) -> String {
        self.model.lemmas.lemma(form, &tag.xpos)
    }

    /// Analyses the tokens of a sentence anew: what was known of tags, lemmas and heads is replaced.
    #[must_use]
    pub fn analyse_tokens(&self, sentence: &ConlluSentence) -> ConlluSentence {
        let forms: Vec<&str> = sentence
            .tokens
            .iter()
            .map(|token| token.form.as_str())
            .collect();
        let parsed = self.parse(&forms);
        let tokens = sentence
            .tokens
            .iter()
            .zip(parsed)
            .map(|(token, parsed)| ConlluToken {
                form: token.form.clone(),
                lemma: self.lemma(&token.form, parsed.tag),
                upos: parsed.tag.upos.to_string(),
                xpos: parsed.tag.xpos.clone(),
                feats: parsed.morphology.to_string(),
                head: parsed.head.map_or(0, |head| head + 1),
                deprel: parsed.label.to_owned(),
                space_after: token.space_after,
            });
        ConlluSentence {
            tokens: tokens.collect(),
            ..sentence.clone()
        }
    }
}
