//! From text to tagged, lemmatised and parsed sentences.

use std::sync::LazyLock;

use crate::model::{Byte, Span};
use crate::text::dateline::find_dateline;
use crate::text::model_file::ModelFileError;
use crate::text::neural::NeuralModel;
use crate::text::syntax::{
    ConlluSentence, ConlluToken, FastParser, Morphology, SyntaxModel, Tag, TreeToken, TreeWord,
    morphology, syntactic_words,
};

/// The models that come with the program; how they were made is told beside them.
static FAST: &[u8] = include_bytes!("../../data/model/english-1.by-sa.model");
static ACCURATE: &[u8] = include_bytes!("../../data/model/english-accurate-1.by-sa.model");

/// How much time an analysis may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// Perceptrons: more than a hundred thousand tokens a second.
    #[default]
    Fast,
    /// A network: more than ten thousand tokens a second, and three in a hundred more heads right.
    Accurate,
}

/// So many sentences are parsed at once; a long text must not need memory for all of its trees.
const AT_ONCE: usize = 256;

/// Analyses sentences.
#[derive(Debug, Clone)]
pub struct Analyser {
    fast: FastParser,
    network: Option<NeuralModel>,
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

/// A sentence with its words and what they are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedSentence<'a> {
    /// Where it stands in the text.
    pub span: Span<Byte>,
    /// Whether an empty line, or nothing, stands before it.
    pub begins_paragraph: bool,
    /// Where its words stand in the text.
    pub words: Vec<Span<Byte>>,
    /// What they are, in the same order.
    pub tokens: Vec<ParsedToken<'a>>,
}

impl Analyser {
    /// Makes the analyser of English that comes with the program.
    ///
    /// # Errors
    /// [`ModelFileError`] if the program was built with a foreign or damaged model.
    pub fn english(effort: Effort) -> Result<Self, ModelFileError> {
        let analyser = Self::new(SyntaxModel::decode(FAST)?);
        Ok(match effort {
            Effort::Fast => analyser,
            Effort::Accurate => analyser.with_network(NeuralModel::decode(ACCURATE)?),
        })
    }

    /// Returns the fast analyser of English that comes with the program, loaded once.
    ///
    /// # Errors
    /// As [`Self::english`].
    pub fn bundled() -> Result<&'static Self, ModelFileError> {
        static BUNDLED: LazyLock<Result<Analyser, ModelFileError>> =
            LazyLock::new(|| Analyser::english(Effort::Fast));
        BUNDLED.as_ref().map_err(Clone::clone)
    }

    /// Makes an analyser of a model.
    #[must_use]
    pub fn new(model: SyntaxModel) -> Self {
        Self {
            fast: FastParser::new(model),
            network: None,
        }
    }

    /// Leaves tags and trees to a network; sentences, tokens and lemmas stay those of the model.
    #[must_use]
    pub fn with_network(self, network: NeuralModel) -> Self {
        Self {
            network: Some(network),
            ..self
        }
    }

    /// Tags and parses a sentence given as its tokens; one root, no cycles. See
    /// [`Self::parse_batch`].
    #[must_use]
    pub fn parse<'a>(&'a self, tokens: &[&str]) -> Vec<ParsedToken<'a>> {
        self.parse_batch(&[tokens.to_vec()])
            .pop()
            .unwrap_or_default()
    }

    /// Tags and parses sentences given as their tokens; each has one root and no cycles.
    ///
    /// What is found of a sentence does not depend on the others. Of more than 1,000 tokens (200
    /// for a network), those behind hang on one that is parsed. Time: linear in the number of
    /// tokens.
    #[must_use]
    pub fn parse_batch<'a>(&'a self, sentences: &[Vec<&str>]) -> Vec<Vec<ParsedToken<'a>>> {
        let trees: Vec<Vec<TreeToken<'a>>> = match &self.network {
            Some(network) => network.parse_batch(sentences),
            None => self.fast.parse_batch(sentences),
        };
        sentences
            .iter()
            .zip(trees)
            .map(|(forms, tree)| with_morphology(forms, &tree))
            .collect()
    }

    /// Takes a text apart into sentences and tokens and analyses them; a dateline at the start of
    /// the text is left out.
    ///
    /// Any text gives a result; every other character than white space belongs to one token. Time:
    /// linear in the length of the text.
    #[must_use]
    pub fn analyse_text(&self, text: &str) -> Vec<ConlluSentence> {
        let sentence = |sentence: &ParsedSentence<'_>| {
            let token = |(word, parsed): (&Span<Byte>, &ParsedToken<'_>)| {
                let mut token = ConlluToken {
                    form: word.of(text).unwrap_or_default().to_owned(),
                    space_after: text
                        .get(word.end()..)
                        .is_none_or(|rest| rest.chars().next().is_none_or(char::is_whitespace)),
                    ..ConlluToken::default()
                };
                self.fill_in(&mut token, parsed);
                token
            };
            let tokens = sentence.words.iter().zip(&sentence.tokens).map(token);
            ConlluSentence {
                text: sentence.span.of(text).unwrap_or_default().to_owned(),
                begins_paragraph: sentence.begins_paragraph,
                tokens: tokens.collect(),
            }
        };
        self.parse_text(text).iter().map(sentence).collect()
    }

    /// As [`Self::analyse_text`], with spans instead of copies and without lemmas.
    #[must_use]
    pub fn parse_text<'a>(&'a self, text: &str) -> Vec<ParsedSentence<'a>> {
        let mut sentences = Vec::new();
        let mut position = 0;
        let start = find_dateline(text).map_or(0, Span::end);
        for span in self.fast.model.boundaries.split(text, start) {
            let gap = text.get(position..span.start()).unwrap_or_default();
            position = span.end();
            sentences.push(ParsedSentence {
                span,
                begins_paragraph: sentences.is_empty() || gap.matches('\n').count() > 1,
                words: syntactic_words(text, span),
                tokens: Vec::new(),
            });
        }
        for batch in sentences.chunks_mut(AT_ONCE) {
            let words = |sentence: &ParsedSentence<'_>| {
                let words = sentence.words.iter();
                words
                    .map(|word| word.of(text).unwrap_or_default())
                    .collect()
            };
            let forms: Vec<Vec<&str>> = batch.iter().map(words).collect();
            for (sentence, tokens) in batch.iter_mut().zip(self.parse_batch(&forms)) {
                sentence.tokens = tokens;
            }
        }
        sentences
    }

    /// Returns the lemma of a form with a tag.
    #[must_use]
    pub fn lemma(&self, form: &str, tag: &Tag) -> String {
        self.fast.model.lemmas.lemma(form, &tag.xpos)
    }

    /// Analyses the tokens of sentences anew: what was known of tags, lemmas, facts and heads is
    /// replaced. Time: linear in the number of tokens.
    #[must_use]
    pub fn analyse_sentences(&self, mut sentences: Vec<ConlluSentence>) -> Vec<ConlluSentence> {
        for batch in sentences.chunks_mut(AT_ONCE) {
            let parsed = self.parse_batch(&forms_of(batch));
            for (sentence, parsed) in batch.iter_mut().zip(parsed) {
                for (token, parsed) in sentence.tokens.iter_mut().zip(parsed) {
                    self.fill_in(token, &parsed);
                }
            }
        }
        sentences
    }

    fn fill_in(&self, token: &mut ConlluToken, parsed: &ParsedToken<'_>) {
        token.lemma = self.lemma(&token.form, parsed.tag);
        parsed.tag.upos.name().clone_into(&mut token.upos);
        token.xpos.clone_from(&parsed.tag.xpos);
        token.feats = parsed.morphology.to_string();
        token.head = parsed.head.map_or(0, |head| head + 1);
        parsed.label.clone_into(&mut token.deprel);
    }
}

fn with_morphology<'a>(forms: &[&str], tree: &[TreeToken<'a>]) -> Vec<ParsedToken<'a>> {
    let words: Vec<TreeWord<'_>> = tree
        .iter()
        .zip(forms)
        .map(|(token, form)| TreeWord {
            form,
            tag: token.tag,
            head: token.head,
            label: token.label,
        })
        .collect();
    let token = |(token, morphology): (&TreeToken<'a>, Morphology)| ParsedToken {
        tag: token.tag,
        head: token.head,
        label: token.label,
        morphology,
    };
    tree.iter().zip(morphology(&words)).map(token).collect()
}

fn forms_of(sentences: &[ConlluSentence]) -> Vec<Vec<&str>> {
    let forms = sentences.iter().map(|sentence| sentence.tokens.iter());
    forms
        .map(|tokens| tokens.map(|token| token.form.as_str()).collect())
        .collect()
}
