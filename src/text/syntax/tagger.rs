//! The tagger: one tag after the other, first from right to left, then from left to right with the
//! tags of the first pass ahead (stacked learning, Wolpert 1992).

use std::sync::LazyLock;

use crate::text::syntax::tags::{NO_TAG, TagIndex};
use crate::text::syntax::template::{ATOMS_MAX, Atoms, Templates};
use crate::text::syntax::token::{Form, OUTSIDE};
use crate::text::syntax::weights::{Cells, best_class, classes};

/// What features look at: the word before and its like by `-1`, exact form, form without regard to
/// case, endings, beginnings, shape; tags before (`t1`, `t2`), sets of possible tags (`a0` to
/// `a2`), tags of the first pass (`r0` to `r2`).
const ATOMS: &[&str] = &[
    "x", "w", "s1", "s2", "s3", "s4", "s5", "f1", "f2", "f3", "f4", "h", "w-2", "w-1", "w+1",
    "w+2", "h-1", "h+1", "s3-1", "s3+1", "t1", "t2", "a0", "a1", "a2", "first", "always", "r0",
    "r1", "r2",
];

const TEMPLATES: &str = "
always; x; w; s1; s2; s3; s4; s5; f1; f2; f3; f4; h; h first; w-1; w+1; w-2; w+2
w-1 w; w w+1; w-1 w+1; t1; t1 t2; t1 w; t1 s3; t1 w+1; t1 t2 w; a1; t1 a1; a0 t1 a1; a1 a2; w a1
h-1 h h+1; s3-1; s3+1; t1 s2 a1; s3 s3+1; t1 w-2; h t1; t2 w-1 w
";
const GUIDED_TEMPLATES: &str = "
r0; r1; r1 r2; t1 r1; t1 r0 r1; w r1; w r0; w r1 r2; t1 w r1; t2 t1 r1; s3 r1; s3 r0
";

fn atom_number(name: &str) -> Option<usize> {
    ATOMS.iter().position(|known| *known == name)
}

/// The templates of the first pass and of the second, read once.
static PASSES: LazyLock<[Templates; 2]> = LazyLock::new(|| {
    [
        Templates::parse(TEMPLATES, atom_number),
        Templates::parse(&[TEMPLATES, GUIDED_TEMPLATES].concat(), atom_number),
    ]
});

/// Which tags a form may have, for forms that were seen often; all others may have any tag
/// that rare forms of their kind have, and those they were seen with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TagDictionary {
    /// Hashes of exact forms, sorted.
    pub(crate) forms: Vec<u32>,
    /// For each the set of its tags.
    pub(crate) sets: Vec<u128>,
    /// For each kind of form the tags that new words may have.
    pub(crate) open: Vec<u128>,
}

impl TagDictionary {
    /// Returns the tags that a form may have.
    pub(crate) fn tags_of(&self, form: &Form) -> u128 {
        let known = self.forms.binary_search(&form.exact).ok();
        let set = known.and_then(|index| self.sets.get(index));
        let open = || self.open.get(usize::from(form.kind)).copied();
        set.copied().or_else(open).unwrap_or(1)
    }
}

/// A sentence as a pass of the tagger sees it.
pub(crate) struct TagScene<'a> {
    forms: &'a [Form],
    /// For each form the set of its tags, and a hash of it.
    allowed: Vec<(u128, u32)>,
    /// The tags of the first pass; empty during that pass.
    first: &'a [TagIndex],
    templates: &'static Templates,
}

impl<'a> TagScene<'a> {
    pub(crate) fn new(
        dictionary: &TagDictionary,
        forms: &'a [Form],
        first: &'a [TagIndex],
    ) -> Self {
        let set = |form| {
            let set = dictionary.tags_of(form);
            (set, hash_set(set))
        };
        let [first_pass, second_pass] = &*PASSES;
        Self {
            forms,
            allowed: forms.iter().map(set).collect(),
            first,
            templates: if first.is_empty() {
                first_pass
            } else {
                second_pass
            },
        }
    }

    /// Returns the sets of tags that the tokens may have.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = u128> {
        self.allowed.iter().map(|(set, _)| *set)
    }

    fn form(&self, at: Option<usize>) -> &Form {
        at.and_then(|at| self.forms.get(at)).unwrap_or(&OUTSIDE)
    }

    /// Fills `places` with those of the features of the token at `at`, given the tags before it.
    pub(crate) fn fill(&self, at: usize, tags: &[TagIndex], bits: u32, places: &mut Vec<u32>) {
        self.templates.fill(&self.atoms(at, tags), bits, places);
    }

    /// Returns the atoms of a token, in the order of [`ATOMS`].
    fn atoms(&self, at: usize, tags: &[TagIndex]) -> Atoms {
        let [two_before, before, after, two_after] = [
            at.checked_sub(2),
            at.checked_sub(1),
            Some(at + 1),
            Some(at + 2),
        ]
        .map(|at| self.form(at));
        let this = self.form(Some(at));
        let tag = |tags: &[TagIndex], at: Option<usize>| {
            u32::from(at.and_then(|at| tags.get(at)).copied().unwrap_or(NO_TAG))
        };
        let class = |ahead| self.allowed.get(at + ahead).map_or(0, |(_, hash)| *hash);
        let values = [this.exact, this.lower]
            .into_iter()
            .chain(this.suffix)
            .chain(this.prefix)
            .chain([
                this.shape,
                two_before.lower,
                before.lower,
                after.lower,
                two_after.lower,
                before.shape,
                after.shape,
                before.suffix[2],
                after.suffix[2],
                tag(tags, at.checked_sub(1)),
                tag(tags, at.checked_sub(2)),
                class(0),
                class(1),
                class(2),
                u32::from(at == 0),
                0,
                tag(self.first, Some(at)),
                tag(self.first, Some(at + 1)),
                tag(self.first, Some(at + 2)),
            ]);
        let mut atoms = [0; ATOMS_MAX];
        for (slot, value) in atoms.iter_mut().zip(values) {
            *slot = value;
        }
        atoms
    }
}

/// A set of tags, as far as 32 bits tell sets apart.
fn hash_set(set: u128) -> u32 {
    let bytes = set.to_be_bytes();
    let (parts, _) = bytes.as_chunks::<4>();
    parts.iter().fold(0, |hash: u32, part| {
        hash.rotate_left(7) ^ u32::from_be_bytes(*part).wrapping_mul(0x9e37_79b1)
    })
}

/// Tags a sentence in one pass, from its start; `first` holds the tags of the first pass, or
/// nothing. Linear in its length.
pub(crate) fn tag_once(
    weights: &impl Cells,
    dictionary: &TagDictionary,
    forms: &[Form],
    first: &[TagIndex],
) -> Vec<TagIndex> {
    let scene = TagScene::new(dictionary, forms, first);
    let bits = weights.bits();
    let mut tags: Vec<TagIndex> = Vec::with_capacity(forms.len());
    let mut places = Vec::new();
    for (at, set) in scene.allowed().enumerate() {
        if set.is_power_of_two() {
            tags.extend(classes(set));
            continue;
        }
        scene.fill(at, &tags, bits, &mut places);
        tags.push(best_class(weights, &places, set));
    }
    tags
}

/// Tags a sentence in one pass, from its end. Linear in its length.
pub(crate) fn tag_from_end(
    weights: &impl Cells,
    dictionary: &TagDictionary,
    forms: &[Form],
) -> Vec<TagIndex> {
    let turned: Vec<Form> = forms.iter().rev().copied().collect();
    let mut tags = tag_once(weights, dictionary, &turned, &[]);
    tags.reverse();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_known() {
        for line in [TEMPLATES, GUIDED_TEMPLATES]
            .concat()
            .trim()
            .split([';', '\n'])
        {
            let names: Vec<&str> = line.split_whitespace().collect();
            assert!(names.is_empty() || names.iter().all(|name| atom_number(name).is_some()));
        }
        let [first, second] = &*PASSES;
        assert_eq!((first.len(), second.len()), (40, 52));
    }
}
