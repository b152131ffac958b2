//! Feature templates: which properties of a state are joined into one feature.

use std::sync::LazyLock;

use crate::text::syntax::weights::{begin, mix, place};

/// At most so many properties are looked at.
pub(crate) const ATOMS_MAX: usize = 128;

/// The properties of what features are made of.
pub(crate) type Atoms = [u32; ATOMS_MAX];

/// A template of `N` properties: which they are, and where its hash begins.
type Template<const N: usize> = ([u8; N], u64);

/// Templates in a compact form, by the number of their properties.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    one: Vec<Template<1>>,
    two: Vec<Template<2>>,
    three: Vec<Template<3>>,
    four: Vec<Template<4>>,
}

impl Templates {
    /// Reads templates, one a line or between semicolons, each made of one to four names of atoms;
    /// `number_of` gives their numbers. Others are left out, which a test excludes.
    pub(crate) fn parse(text: &str, number_of: impl Fn(&str) -> Option<usize>) -> Self {
        let mut templates = Self::default();
        for (number, line) in (0_u32..).zip(text.trim().split([';', '\n'])) {
            let numbers = line.split_whitespace().filter_map(&number_of);
            let parts: Vec<u8> = numbers.filter_map(|n| u8::try_from(n).ok()).collect();
            let seed = begin(number);
            match *parts.as_slice() {
                [a] => templates.one.push(([a], seed)),
                [a, b] => templates.two.push(([a, b], seed)),
                [a, b, c] => templates.three.push(([a, b, c], seed)),
                [a, b, c, d] => templates.four.push(([a, b, c, d], seed)),
                _ => {}
            }
        }
        templates
    }

    /// Fills `places` with the places of the features of these atoms, one for each template, in a
    /// table of `2^bits` places.
    #[inline]
    pub(crate) fn fill(&self, atoms: &Atoms, bits: u32, places: &mut Vec<u32>) {
        // WHY NOT a hash that mixes better: this one keeps apart the many small values of frequent
        // features, at the price of more collisions of rare ones, and the parser gains by that.
        fn place_of<const N: usize>(atoms: &Atoms, (parts, seed): &Template<N>, bits: u32) -> u32 {
            let atom = |part: &u8| atoms[usize::from(*part) % ATOMS_MAX];
            place(
                parts.iter().fold(*seed, |hash, part| mix(hash, atom(part))),
                bits,
            )
        }
        places.clear();
        places.extend(
            self.one
                .iter()
                .map(|template| place_of(atoms, template, bits)),
        );
        places.extend(
            self.two
                .iter()
                .map(|template| place_of(atoms, template, bits)),
        );
        places.extend(
            self.three
                .iter()
                .map(|template| place_of(atoms, template, bits)),
        );
        places.extend(
            self.four
                .iter()
                .map(|template| place_of(atoms, template, bits)),
        );
    }

    pub(crate) fn len(&self) -> usize {
        self.one.len() + self.two.len() + self.three.len() + self.four.len()
    }
}

/// Nodes of a state that features look at.
pub(crate) const MOVE_NODES: &[&str] = &[
    "s0", "s1", "s2", "b0", "b1", "b2", "b3", "s0l", "s0r", "s1l", "s1r", "b0l", "s0l2", "s0r2",
    "s1r2", "b0l2", "p0", "p1",
];
/// What they look at: form, fine tag, part of speech, label.
const PROPERTIES: &[&str] = &["w", "p", "u", "l"];
/// Properties of the whole state.
const MOVE_EXTRAS: &[&str] = &[
    "dist", "gap", "vl0", "vr0", "vl1", "vr1", "vlb", "deep", "mid", "gs", "ga", "gl0", "gl1",
    "glb",
];

fn move_atom(name: &str) -> Option<usize> {
    if let Some(extra) = MOVE_EXTRAS.iter().position(|known| *known == name) {
        return Some(MOVE_NODES.len() * 4 + extra);
    }
    let (node, property) = name.split_once('.')?;
    let node = MOVE_NODES.iter().position(|known| *known == node)?;
    Some(node * 4 + PROPERTIES.iter().position(|known| *known == property)?)
}

/// The templates of moves (after Zhang and Nivre 2011, with more for a root that stands last).
const MOVE_TEMPLATES: &str = "
s0.w; s0.p; s0.w s0.p; s1.w; s1.p; s1.w s1.p; b0.w; b0.p; b0.w b0.p; b1.w; b1.p; b1.w b1.p
b2.w; b2.p; s2.p; s2.w; p0.p b0.p
s0.w b0.w; s0.w b0.p; s0.p b0.w; s0.p b0.p; s0.w s0.p b0.p; s0.p b0.w b0.p; s0.u b0.u
s1.w s0.w; s1.w s0.p; s1.p s0.w; s1.p s0.p; s1.w s1.p s0.p; s1.p s0.w s0.p; s1.u s0.u
s1.p b0.p; b0.p b1.p; b0.w b1.p; b0.p b1.w; s0.p b1.p; s1.w b0.p; s1.p b0.w
s0.p b0.p b1.p; s1.p s0.p b0.p; s2.p s1.p s0.p; b0.p b1.p b2.p; s0.w b0.p b1.p; s0.p b0.w b1.p
s1.p s0.w b0.p; s1.w s0.p b0.p; s1.p s0.p b0.w; s1.p s0.p b0.p b1.p; s0.p b0.p b1.p b2.p
s2.p s1.p s0.p b0.p; s1.u s0.u b0.u b1.u
dist; s0.p dist; b0.p dist; s0.p b0.p dist; gap; s0.p gap; s1.p s0.p gap
s0.w vr0; s0.p vl0; s0.p vr0; s1.w vr1; s1.p vr1; b0.p vlb; s0.p b0.p vr0; s0.p b0.p vlb
s0l.p; s0l.l; s0r.p; s0r.l; s1r.p; s1r.l; b0l.p; b0l.l; s0l.l s0.p; s0r.l s0.p; s1r.l s1.p; b0l.l b0.p
s0.p s0l.l s0r.l; s0.w s0l.l; s0.w s0r.l; s1.w s1r.l; b0.w b0l.l; s0.p b0.p b0l.l; s0.p s0r.l b0.p
s1.p s0.p s0l.l; s1.p s1r.l s0.p; s0.u s0l.w; s1.u s0.u s0l.w; s1.p s1r.l s0.p b0.p; mid; s0.p b0.p mid
deep; s0.p deep; b0.p deep
";
/// More of them, for the second pass.
const RICH_MOVE_TEMPLATES: &str = "
b2.w b2.p; b3.p; p0.w b0.w; s1.w b0.w; b0.w b1.w; s0.w b1.w; s0.w b1.p; s0.p b1.w; s1.p b1.p
s0.u b0.u b1.u b2.u; s1.w s0.w b0.p; s0.w b0.w b1.p
s0.w dist; b0.w dist; s0.w b0.w dist; s0.u b0.u dist; s1.p gap; s1.w gap; s0.w gap; s1.u s0.u gap; s1.w s0.w gap
s0.w vl0; s1.p vl1; b0.w vlb; s1.p s0.p vr1; s1.p s0.p vr0; s0.w s0.p vr0 vl0; s1.p s0.p b0.p vr1
s0l.w; s0r.w; s1l.p; s1l.l; s1r.w; b0l.w; s0l2.l; s0r2.l; s1r2.l; b0l2.l; s1l.l s1.p; s1.w s1l.l
s0.p s0l.p b0.p; s0.p s0r.p b0.p; s0.p b0.p b0l.p; s0.p s0l.l b0.p
s1.p s0.p s0r.l; s1.p s1l.l s0.p; s1.p s1r.p s0.p; s1.p s0.p s0l.p
s1.w s0.p s0l.w; s1.p s0.w s0l.w; s1.w s0.w s0l.w; s0.w s0l.w b0.p
s0.p s0l.l s0l2.l; s0.p s0r.l s0r2.l; s1.p s1r.l s1r2.l; b0.p b0l.l b0l2.l; s1.w s1r.l s0.p
s1.p s0.p s0l.l b0.p; s1.w s1r.w s0.w; s1.u s1r.l s0.w; s0.w b0.w vr0
s0.u mid b0.u; s1.p s0.p deep; s1.u s1r.l s0.u s0l.l
s2.w s0.p; s2.p s0.p; s2.p s1.p s0.p s0l.l; s2.u s1.u s0.u s0l.w; s1.w b0.p b1.p; s1.p b0.p b1.p
s0.w s0l.l s0r.l b0.p; s1.w s1l.l s1r.l s0.p; s0l.w s0.w; s0.p b1.p b2.p; p1.p s0.p; s0.w p0.p
";
/// More of them, for the second pass.
const GUIDED_MOVE_TEMPLATES: &str = "
gs; gs s0.p b0.p; gs s0.w; gs s0.w b0.w; gs b0.w; gs s1.p s0.p; gs gl0; gs gl1; gs glb; gs gl0 gl1 glb
gs dist; gs ga; gs ga gl0; ga s0.p b0.p; gs s1.p s0.p b0.p; gs ga gl0 s0.p; gs s0.u s1.u b0.u
";

/// Nodes of an arc that labels look at: head and dependent, their neighbours, and dependents of
/// both.
pub(crate) const LABEL_NODES: &[&str] = &[
    "h", "d", "hm", "hp", "dm", "dp", "dl", "dr", "dl2", "hl", "hr", "dll", "hl2",
];
/// Properties of the whole arc.
const LABEL_EXTRAS: &[&str] = &[
    "dir", "dist", "dvl", "dvr", "hvl", "hvr", "suf", "case", "gl", "gs", "glh",
];
fn label_atom(name: &str) -> Option<usize> {
    if let Some(extra) = LABEL_EXTRAS.iter().position(|known| *known == name) {
        return Some(LABEL_NODES.len() * 4 + extra);
    }
    let (node, property) = name.split_once('.')?;
    let node = LABEL_NODES.iter().position(|known| *known == node)?;
    Some(node * 4 + PROPERTIES.iter().position(|known| *known == property)?)
}

const LABEL_TEMPLATES: &str = "
d.w dir; d.p dir; h.w dir; h.p dir; h.p d.p dir; h.w d.w dir; h.w d.p dir; h.p d.w dir; h.u d.u dir
h.u d.w dir; h.w d.u dir; h.p d.p dist; d.w dist
dl.w d.p; dl.w h.p d.p; dl.l d.p; dl.l h.p d.p; dr.l d.p; case h.p; case h.w; case d.w; case h.u d.u dir
hl.l h.p d.p; hr.l h.p d.p; hl.l hr.l h.p d.p; hr.l h.w d.p; hl.l d.w; hr.l d.w; hr.l case h.p
dm.p d.p h.p; dp.p d.p h.p; dm.w d.p; dp.w d.p; hm.p h.p d.p; hp.p h.p d.p
dvl d.p h.p; hvl h.p d.p dir; hvr h.p d.p dir; suf h.p dir; suf d.p; d.w hr.l h.p
";
/// More of them, for the second pass.
const RICH_LABEL_TEMPLATES: &str = "
dir; d.w; d.p; h.w d.p; h.p d.w; h.u d.u dist; d.p dir dist
dl.w h.p; dl.w d.w; dl.w h.w; dr.w d.p; dl.l dl2.l d.p; dl2.w d.p; case d.p h.p; case h.w d.w
dll.w d.p; dll.w h.p d.p; hl.w h.p d.p; hr.w h.p d.p; hl2.l hl.l h.p d.p; hl.l h.w d.p; hr.l case h.w
dm.w d.w; dp.w d.w; dm.p d.p dp.p; hm.w h.p d.p; hp.w h.p d.p; hp.w dm.w; hp.p dm.p h.p d.p
dvr d.p h.p; hvr h.w d.p; hvl h.w d.p; suf h.w; d.w hl.l h.p; h.w d.w hr.l; d.p dl.l dr.l h.p
d.p case dist; h.w case dir; d.u dl.l h.u hl.l; d.w dl.w h.u
";
/// More of them, for the second pass.
const GUIDED_LABEL_TEMPLATES: &str = "
gl; gl gs; gl gs dir; gl d.p h.p; gl d.w; gl h.w; gl case; gl glh; gl gs d.p h.p; gl d.u h.u dir
gl dl.l; gl dr.l; gl hl.l hr.l; gl glh d.p
";

/// The templates of a pass of the parser.
#[derive(Debug)]
pub(crate) struct PassTemplates {
    pub(crate) moves: Templates,
    pub(crate) labels: Templates,
}

/// The templates of the first pass, read once.
pub(crate) static FIRST_PASS: LazyLock<PassTemplates> = LazyLock::new(|| PassTemplates {
    moves: Templates::parse(MOVE_TEMPLATES, move_atom),
    labels: Templates::parse(LABEL_TEMPLATES, label_atom),
});

/// The templates of the second pass, read once.
pub(crate) static SECOND_PASS: LazyLock<PassTemplates> = LazyLock::new(|| PassTemplates {
    moves: Templates::parse(
        &[MOVE_TEMPLATES, RICH_MOVE_TEMPLATES, GUIDED_MOVE_TEMPLATES].concat(),
        move_atom,
    ),
    labels: Templates::parse(
        &[
            LABEL_TEMPLATES,
            RICH_LABEL_TEMPLATES,
            GUIDED_LABEL_TEMPLATES,
        ]
        .concat(),
        label_atom,
    ),
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_known() {
        let check = |text: &str, number_of: fn(&str) -> Option<usize>| {
            for line in text.trim().split([';', '\n']) {
                let names: Vec<&str> = line.split_whitespace().collect();
                assert!((1..=4).contains(&names.len()), "{line}");
                for name in names {
                    assert!(number_of(name).is_some(), "{name}");
                }
            }
        };
        check(MOVE_TEMPLATES, move_atom);
        check(LABEL_TEMPLATES, label_atom);
        check(RICH_MOVE_TEMPLATES, move_atom);
        check(RICH_LABEL_TEMPLATES, label_atom);
        check(GUIDED_MOVE_TEMPLATES, move_atom);
        check(GUIDED_LABEL_TEMPLATES, label_atom);
    }
}
