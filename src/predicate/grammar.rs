//! A parsed sentence as frames look at it.

use crate::text::{Analyser, Morphology, ParsedToken, Tense, Upos, VerbForm, Voice};

/// A word of a sentence with its place in the tree.
#[derive(Debug, Clone)]
struct Node<'a> {
    lemma: String,
    folded: String,
    capital: bool,
    upos: Upos,
    label: &'a str,
    head: Option<usize>,
    morphology: Morphology,
    children: Vec<usize>,
}

/// A parsed sentence with lemmas, and with the way down the tree as well as up.
#[derive(Debug, Clone)]
pub struct Grammar<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Grammar<'a> {
    /// Makes the grammar of a sentence from its words and what the analyser said of them.
    ///
    /// Time: linear in the number of words.
    #[must_use]
    pub fn new(analyser: &Analyser, forms: &[&str], tokens: &[ParsedToken<'a>]) -> Self {
        let mut nodes: Vec<Node<'a>> = forms
            .iter()
            .zip(tokens)
            .map(|(form, token)| Node {
                lemma: analyser.lemma(form, token.tag).to_lowercase(),
                folded: form.to_lowercase(),
                capital: form.starts_with(char::is_uppercase),
                upos: token.tag.upos,
                label: token.label,
                head: token.head,
                morphology: token.morphology,
                children: Vec::new(),
            })
            .collect();
        for at in 0..nodes.len() {
            if let Some(head) = nodes[at].head.and_then(|head| nodes.get_mut(head)) {
                head.children.push(at);
            }
        }
        Self { nodes }
    }

    /// Returns how many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Says whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns the lemma of a word, in small letters; nothing beyond the end.
    #[must_use]
    pub fn lemma(&self, at: usize) -> &str {
        self.nodes.get(at).map_or("", |node| &node.lemma)
    }

    /// Returns a word in small letters; nothing beyond the end.
    #[must_use]
    pub fn folded(&self, at: usize) -> &str {
        self.nodes.get(at).map_or("", |node| &node.folded)
    }

    /// Returns the dependency label of a word, with its subtype.
    #[must_use]
    pub fn label(&self, at: usize) -> &'a str {
        self.nodes.get(at).map_or("", |node| node.label)
    }

    /// Returns the part of speech of a word.
    #[must_use]
    pub fn upos(&self, at: usize) -> Option<Upos> {
        self.nodes.get(at).map(|node| node.upos)
    }

    /// Returns the head of a word; nothing for the root.
    #[must_use]
    pub fn head(&self, at: usize) -> Option<usize> {
        self.nodes.get(at).and_then(|node| node.head)
    }

    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.nodes.get(at).map_or(&[], |node| &node.children)
    }

    /// Returns the children of a word that have one of these labels.
    pub(crate) fn children_with<'b>(
        &'b self,
        at: usize,
        labels: &'b [&str],
    ) -> impl Iterator<Item = usize> + 'b {
        let children = self.children(at).iter().copied();
        children.filter(move |child| labels.contains(&self.label(*child)))
    }

    /// Says whether a verb stands in the passive, or as a participle that describes a noun.
    pub(crate) fn is_passive(&self, at: usize) -> bool {
        let marked = ["nsubj:pass", "aux:pass"];
        if self.children_with(at, &marked).next().is_some() {
            return true;
        }
        // "the minister held talks": a past tense that was taken for a participle has a subject, or an
        // object.
        let voice = self.nodes.get(at).and_then(|node| node.morphology.voice);
        voice == Some(Voice::Passive) && self.children_with(at, &["nsubj", "obj"]).next().is_none()
    }

    /// Says whether a verb stands in the present, and no auxiliary says otherwise.
    pub(crate) fn is_present(&self, at: usize) -> bool {
        let tense = self.nodes.get(at).and_then(|node| node.morphology.tense);
        let has_aux = self
            .children_with(at, &["aux", "aux:pass"])
            .next()
            .is_some();
        tense == Some(Tense::Present) && !has_aux && self.is_finite(at)
    }

    fn is_finite(&self, at: usize) -> bool {
        let form = self
            .nodes
            .get(at)
            .and_then(|node| node.morphology.verb_form);
        form == Some(VerbForm::Finite)
    }

    /// Returns the verb of the clause that a word stands in; the last word on the way up if there is
    /// none.
    #[must_use]
    pub fn clause_of(&self, at: usize) -> usize {
        let mut here = at;
        for _ in 0..12 {
            if self.upos(here) == Some(Upos::Verb) {
                break;
            }
            match self.head(here) {
                Some(head) => here = head,
                None => break,
            }
        }
        here
    }

    /// Says whether a word is written with a capital.
    pub(crate) fn is_capitalised(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| node.capital)
    }

    /// As [`Self::hangs_on`], but not through a clause of its own: a relative one, or one that is
    /// only joined.
    pub(crate) fn hangs_on_in_clause(&self, at: usize, ancestor: usize, steps_max: usize) -> bool {
        let subjects = ["nsubj", "nsubj:pass"];
        let mut here = at;
        for _ in 0..steps_max {
            let is_verb = self.upos(here) == Some(Upos::Verb);
            let own = match self.label(here) {
                "acl:relcl" | "parataxis" => here != at || is_verb,
                "conj" | "advcl" => self.children_with(here, &subjects).next().is_some(),
                "ccomp" => here != at && self.children_with(here, &subjects).next().is_some(),
                _ => false,
            };
            match self.head(here) {
                Some(_) if own => return false,
                Some(head) if head == ancestor => return true,
                Some(head) => here = head,
                None => return false,
            }
        }
        false
    }

    /// Says whether a word hangs on another, at most so many steps below it.
    pub(crate) fn hangs_on(&self, at: usize, ancestor: usize, steps_max: usize) -> bool {
        let mut here = at;
        for _ in 0..steps_max {
            match self.head(here) {
                Some(head) if head == ancestor => return true,
                Some(head) => here = head,
                None => return false,
            }
        }
        false
    }
}
