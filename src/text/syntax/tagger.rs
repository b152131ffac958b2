//! The tagger: one tag after the other, first from right to left, then from left to right with the
//! tags of the first pass ahead (stacked learning, Wolpert 1992).

use crate::text::syntax::tags::{NO_TAG, TagIndex};
use crate::text::syntax::token::{Form, OUTSIDE};
use crate::text::syntax::weights::{Cells, begin, best_class, classes, mix};

/// How many templates a token has in the first pass.
const TEMPLATES: usize = 40;
/// How many templates a token has in the second pass.
pub(crate) const TAG_TEMPLATES: usize = TEMPLATES + 12;

/// Which tags a form may have, for forms that were seen often; all others may have any open tag
/// and those they were seen with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TagDictionary {
    /// Hash of the exact form and the set of its tags, by hash.
    pub(crate) entries: Vec<(u32, u128)>,
    /// Tags that new words may have.
    pub(crate) open: u128,
}

impl TagDictionary {
    /// Returns the tags that a form may have.
    pub(crate) fn tags_of(&self, form: &Form) -> u128 {
        match self
            .entries
            .binary_search_by_key(&form.exact, |entry| entry.0)
        {
            Ok(index) => self.entries.get(index).map_or(self.open, |entry| entry.1),
            Err(_) => self.open,
        }
    }
}

/// A sentence in the making.
pub(crate) struct TagScene<'a> {
    pub(crate) forms: &'a [Form],
    /// For each form the set of its tags.
    pub(crate) allowed: &'a [u128],
    /// The tags of the first pass; empty during that pass.
    pub(crate) first: &'a [TagIndex],
}

impl TagScene<'_> {
    /// Returns how many features a token has in this pass.
    pub(crate) fn feature_count(&self) -> usize {
        if self.first.is_empty() {
            TEMPLATES
        } else {
            TAG_TEMPLATES
        }
    }

    fn form(&self, at: isize) -> &Form {
        usize::try_from(at)
            .ok()
            .and_then(|at| self.forms.get(at))
            .unwrap_or(&OUTSIDE)
    }

    fn class(&self, at: usize) -> u32 {
        // A set of tags, as far as 32 bits tell sets apart.
        self.allowed.get(at).map_or(0, |set| {
            set.to_be_bytes()
                .as_chunks::<4>()
                .0
                .iter()
                .fold(0, |hash: u32, part| {
                    hash.rotate_left(7) ^ u32::from_be_bytes(*part).wrapping_mul(0x9e37_79b1)
                })
        })
    }

    /// Fills in the features of the token at `at`, given the tags before it.
    pub(crate) fn features(&self, at: usize, tags: &[TagIndex], out: &mut [u64; TAG_TEMPLATES]) {
        let position = isize::try_from(at).unwrap_or(isize::MAX);
        let [two_before, before, this, after, two_after] =
            [-2, -1, 0, 1, 2].map(|offset| self.form(position.saturating_add(offset)));
        let tag = |back: usize| {
            let index = at.checked_sub(back);
            u32::from(
                index
                    .and_then(|index| tags.get(index))
                    .copied()
                    .unwrap_or(NO_TAG),
            )
        };
        let (t1, t2) = (tag(1), tag(2));
        let (a0, a1, a2) = (self.class(at), self.class(at + 1), self.class(at + 2));
        let mut next = 0;
        let mut add = |parts: &[u32]| {
            if let Some(slot) = out.get_mut(next) {
                let template = u32::try_from(next).unwrap_or(u32::MAX);
                *slot = parts
                    .iter()
                    .fold(begin(template), |hash, part| mix(hash, *part));
            }
            next += 1;
        };
        add(&[]);
        add(&[this.exact]);
        add(&[this.lower]);
        for suffix in this.suffix {
            add(&[suffix]);
        }
        for prefix in this.prefix {
            add(&[prefix]);
        }
        add(&[this.shape]);
        add(&[this.shape, u32::from(at == 0)]);
        add(&[before.lower]);
        add(&[after.lower]);
        add(&[two_before.lower]);
        add(&[two_after.lower]);
        add(&[before.lower, this.lower]);
        add(&[this.lower, after.lower]);
        add(&[before.lower, after.lower]);
        add(&[t1]);
        add(&[t1, t2]);
        add(&[t1, this.lower]);
        add(&[t1, this.suffix[2]]);
        add(&[t1, after.lower]);
        add(&[t1, t2, this.lower]);
        add(&[a1]);
        add(&[t1, a1]);
        add(&[a0, t1, a1]);
        add(&[a1, a2]);
        add(&[this.lower, a1]);
        add(&[before.shape, this.shape, after.shape]);
        add(&[before.suffix[2]]);
        add(&[after.suffix[2]]);
        add(&[t1, this.suffix[1], a1]);
        add(&[this.suffix[2], after.suffix[2]]);
        add(&[t1, two_before.lower]);
        add(&[this.shape, t1]);
        add(&[t2, before.lower, this.lower]);
        if self.first.is_empty() {
            return;
        }
        let [r0, r1, r2] =
            [0, 1, 2].map(|ahead| u32::from(self.first.get(at + ahead).copied().unwrap_or(NO_TAG)));
        add(&[r0]);
        add(&[r1]);
        add(&[r1, r2]);
        add(&[t1, r1]);
        add(&[t1, r0, r1]);
        add(&[this.lower, r1]);
        add(&[this.lower, r0]);
        add(&[this.lower, r1, r2]);
        add(&[t1, this.lower, r1]);
        add(&[t2, t1, r1]);
        add(&[this.suffix[2], r1]);
        add(&[this.suffix[2], r0]);
    }
}

/// Tags a sentence in one pass, from its start; `first` holds the tags of the first pass, or
/// nothing. Linear in its length.
pub(crate) fn tag_once(
    weights: &impl Cells,
    dictionary: &TagDictionary,
    forms: &[Form],
    first: &[TagIndex],
) -> Vec<TagIndex> {
    let allowed: Vec<u128> = forms.iter().map(|form| dictionary.tags_of(form)).collect();
    let scene = TagScene {
        forms,
        allowed: &allowed,
        first,
    };
    let mut tags: Vec<TagIndex> = Vec::with_capacity(forms.len());
    let mut features = [0; TAG_TEMPLATES];
    for (at, set) in allowed.iter().enumerate() {
        if set.is_power_of_two() {
            tags.extend(classes(*set));
            continue;
        }
        scene.features(at, &tags, &mut features);
        let seen = features.get(..scene.feature_count()).unwrap_or(&features);
        tags.push(best_class(weights, seen, *set));
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
