//! A treebank made ready for training.

use std::collections::BTreeMap;

use crate::text::{
    ConlluSentence, ENDING_MAX, Edit, FORM_KINDS, Form, LabelDictionary, Lemmas, ParseScene, Tag,
    TagDictionary, TagIndex, Tree, keeps_case,
};

/// Tags rarer than this are trained as the commonest one of the same fine tag.
const TAG_COUNT_MIN: usize = 4;
/// Forms seen at least so often have only the tags that they were seen with.
const KNOWN_FORM_COUNT_MIN: usize = 12;
/// Classes that are rarer than one in so many are left out,
const RARE_CLASS: usize = 2_000;
/// where there are at least so many to judge by.
const COUNT_TO_PRUNE_MIN: usize = 20;
/// Words rarer than this are no words to the parser, but endings and shapes.
const WORD_COUNT_MIN: usize = 3;
/// At most so many classes fit into a set.
const CLASSES_MAX: usize = 126;

/// A sentence with gold analysis.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) forms: Vec<Form>,
    pub(crate) tags: Vec<TagIndex>,
    /// The number of tokens stands for the root.
    pub(crate) heads: Vec<u16>,
    pub(crate) labels: Vec<u8>,
}

impl Example {
    /// Returns the sentence from its end, as the first passes read it.
    pub(crate) fn turned(&self) -> Self {
        let tree = Tree {
            heads: self.heads.clone(),
            labels: self.labels.clone(),
        }
        .turned();
        Self {
            forms: self.forms.iter().rev().copied().collect(),
            tags: self.tags.iter().rev().copied().collect(),
            heads: tree.heads,
            labels: tree.labels,
        }
    }
}

/// The closed sets of a treebank, and what its forms may be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inventory {
    pub(crate) tags: Vec<Tag>,
    pub(crate) labels: Vec<String>,
    pub(crate) tag_dictionary: TagDictionary,
    /// Words that the parser looks at as such, sorted.
    pub(crate) vocabulary: Vec<u32>,
}

impl Inventory {
    /// Takes stock of a treebank.
    pub(crate) fn of(treebank: &[ConlluSentence]) -> Self {
        let mut tags: BTreeMap<Tag, usize> = BTreeMap::new();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        for token in treebank.iter().flat_map(|sentence| &sentence.tokens) {
            if let Ok(upos) = token.upos.parse() {
                *tags
                    .entry(Tag {
                        upos,
                        xpos: token.xpos.clone(),
                    })
                    .or_default() += 1;
            }
            *labels.entry(token.deprel.clone()).or_default() += 1;
        }
        let mut tags: Vec<_> = tags
            .into_iter()
            .filter(|(_, count)| *count >= TAG_COUNT_MIN)
            .collect();
        tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        tags.truncate(CLASSES_MAX);
        let mut labels: Vec<_> = labels.into_iter().collect();
        labels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        labels.truncate(CLASSES_MAX);
        let mut inventory = Self {
            tags: tags.into_iter().map(|(tag, _)| tag).collect(),
            labels: labels.into_iter().map(|(label, _)| label).collect(),
            tag_dictionary: TagDictionary::default(),
            vocabulary: vocabulary(treebank),
        };
        inventory.tag_dictionary = inventory.dictionary(treebank);
        inventory
    }

    fn tag(&self, upos: &str, xpos: &str) -> TagIndex {
        let exact = self
            .tags
            .iter()
            .position(|tag| tag.upos.name() == upos && tag.xpos == xpos);
        let near = || self.tags.iter().position(|tag| tag.xpos == xpos);
        TagIndex::try_from(exact.or_else(near).unwrap_or(0)).unwrap_or(0)
    }

    fn dictionary(&self, treebank: &[ConlluSentence]) -> TagDictionary {
        let mut forms: BTreeMap<u32, (Form, BTreeMap<TagIndex, usize>)> = BTreeMap::new();
        for token in treebank.iter().flat_map(|sentence| &sentence.tokens) {
            let form = Form::of(&token.form);
            let tag = self.tag(&token.upos, &token.xpos);
            let (_, tags) = forms
                .entry(form.exact)
                .or_insert_with(|| (form, BTreeMap::new()));
            *tags.entry(tag).or_default() += 1;
        }
        let is_known =
            |tags: &BTreeMap<TagIndex, usize>| tags.values().sum::<usize>() >= KNOWN_FORM_COUNT_MIN;
        let mut rare = vec![BTreeMap::new(); FORM_KINDS];
        for (form, tags) in forms.values().filter(|(_, tags)| !is_known(tags)) {
            for (tag, count) in tags {
                *rare[usize::from(form.kind)].entry(*tag).or_default() += count;
            }
        }
        let any = rare
            .iter()
            .fold(0, |set, counts| set | common_classes(counts));
        let or_any = |set| if set == 0 { any } else { set };
        let open: Vec<u128> = rare
            .iter()
            .map(|counts| or_any(common_classes(counts)))
            .collect();
        let entries = forms.into_iter().filter_map(|(hash, (form, tags))| {
            let set = tags.keys().fold(0, |set, tag| set | 1_u128 << tag);
            let of_kind = open[usize::from(form.kind)];
            // A rare form with tags of its kind alone needs no entry.
            if is_known(&tags) {
                Some((hash, set))
            } else {
                (set & !of_kind != 0).then_some((hash, set | of_kind))
            }
        });
        let (forms, sets) = entries.unzip();
        TagDictionary { forms, sets, open }
    }

    /// Makes examples of the sentences that can be trained on.
    pub(crate) fn examples(&self, treebank: &[ConlluSentence]) -> Vec<Example> {
        treebank
            .iter()
            .map(|sentence| {
                let count = u16::try_from(sentence.tokens.len()).unwrap_or(u16::MAX);
                let tokens = || sentence.tokens.iter();
                let head = |head: usize| match head {
                    0 => count,
                    head => u16::try_from(head - 1).unwrap_or(count),
                };
                let label = |deprel: &str| {
                    let index = self.labels.iter().position(|label| label == deprel);
                    u8::try_from(index.unwrap_or(0)).unwrap_or(0)
                };
                Example {
                    forms: tokens().map(|token| Form::of(&token.form)).collect(),
                    tags: tokens()
                        .map(|token| self.tag(&token.upos, &token.xpos))
                        .collect(),
                    heads: tokens().map(|token| head(token.head)).collect(),
                    labels: tokens().map(|token| label(&token.deprel)).collect(),
                }
            })
            .collect()
    }

    pub(crate) fn upos_of(&self) -> Vec<u8> {
        self.tags.iter().map(|tag| tag.upos as u8).collect()
    }

    /// Returns which labels stand between which parts of speech, with gold tags.
    pub(crate) fn label_dictionary(&self, examples: &[Example]) -> LabelDictionary {
        let mut counts = vec![BTreeMap::<u8, usize>::new(); LabelDictionary::LENGTH];
        let mut everywhere: BTreeMap<u8, usize> = BTreeMap::new();
        let upos_of = self.upos_of();
        for example in examples {
            let scene = ParseScene::new(&example.forms, &example.tags, &upos_of, &self.vocabulary);
            for (dependent, (head, label)) in example.heads.iter().zip(&example.labels).enumerate()
            {
                let dependent = u16::try_from(dependent).unwrap_or(u16::MAX);
                let place = LabelDictionary::place(&scene, *head, dependent);
                *counts[place].entry(*label).or_default() += 1;
                *everywhere.entry(*label).or_default() += 1;
            }
        }
        let frequent = everywhere.iter().filter(|(_, count)| **count >= 200);
        let frequent = frequent.fold(0, |set, (label, _)| set | 1_u128 << label);
        let set = |labels: &BTreeMap<u8, usize>| {
            let seen = common_classes(labels);
            // Parts of speech that hardly ever meet may stand in any common relation.
            if labels.values().sum::<usize>() < 5 {
                seen | frequent
            } else {
                seen
            }
        };
        LabelDictionary {
            sets: counts.iter().map(set).collect(),
        }
    }
}

/// Returns the classes of a count without those that are hardly ever seen: trying them costs time,
/// and they are found rarely even where they are right.
fn common_classes(counts: &BTreeMap<u8, usize>) -> u128 {
    let all: usize = counts.values().sum();
    let is_common =
        |count: usize| all < COUNT_TO_PRUNE_MIN || count > 1 && count * RARE_CLASS >= all;
    let common = counts.iter().filter(|(_, count)| is_common(**count));
    common.fold(0, |set, (class, _)| set | 1_u128 << class)
}

/// Returns the words that are frequent enough to be looked at as such, sorted.
fn vocabulary(treebank: &[ConlluSentence]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for token in treebank.iter().flat_map(|sentence| &sentence.tokens) {
        *counts.entry(Form::of(&token.form).lower).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= WORD_COUNT_MIN)
        .map(|(word, _)| word)
        .collect()
}

/// Learns lemmas: endings with their commonest edit, and the forms that they get wrong.
pub(crate) fn learn_lemmas(treebank: &[ConlluSentence]) -> Lemmas {
    let mut edits: BTreeMap<(String, String), BTreeMap<Edit, usize>> = BTreeMap::new();
    let mut seen: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for token in treebank.iter().flat_map(|sentence| &sentence.tokens) {
        let form = token.form.replace(['’', '‘'], "'");
        let shaped = if keeps_case(&token.xpos) {
            form.clone()
        } else {
            form.to_lowercase()
        };
        let lower = form.to_lowercase();
        let starts: Vec<usize> = lower.char_indices().map(|(index, _)| index).collect();
        let first = starts.len().saturating_sub(ENDING_MAX);
        for ending in starts
            .iter()
            .skip(first)
            .map(|start| &lower[*start..])
            .chain([""])
        {
            let key = (token.xpos.clone(), ending.to_owned());
            *edits
                .entry(key)
                .or_default()
                .entry(Edit::between(&shaped, &token.lemma))
                .or_default() += 1;
        }
        *seen
            .entry((token.xpos.clone(), lower))
            .or_default()
            .entry(token.lemma.clone())
            .or_default() += 1;
    }
    let commonest = |counts: &BTreeMap<Edit, usize>| {
        let best = counts
            .iter()
            .max_by_key(|(edit, count)| (**count, std::cmp::Reverse((*edit).clone())));
        best.map(|(edit, _)| edit.clone())
    };
    let mut lemmas = Lemmas::default();
    for ((xpos, ending), counts) in &edits {
        let Some(best) = commonest(counts) else {
            continue;
        };
        // An ending that says no more than a shorter one needs no rule.
        let shorter: String = ending.chars().skip(1).collect();
        let is_implied = !ending.is_empty()
            && edits
                .get(&(xpos.clone(), shorter))
                .and_then(commonest)
                .as_ref()
                == Some(&best);
        let total: usize = counts.values().sum();
        if !is_implied && (total > 2 || ending.is_empty()) {
            let rules = lemmas.rules.entry(xpos.clone()).or_default();
            rules.insert(ending.clone(), best);
        }
    }
    for ((xpos, form), counts) in seen {
        let best = counts
            .iter()
            .max_by_key(|(lemma, count)| (**count, std::cmp::Reverse((*lemma).clone())));
        if let Some((lemma, _)) = best
            && !keeps_case(&xpos)
            && lemmas.by_rule(&form, &xpos) != *lemma
        {
            let exceptions = lemmas.exceptions.entry(xpos).or_default();
            exceptions.insert(form, lemma.clone());
        }
    }
    lemmas
}
