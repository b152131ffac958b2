//! Features by number, and by name where someone asks why.

/// A feature with its name, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeatureName {
    /// Its number.
    pub number: u32,
    /// What it says, in short: `joins CONSULT`, `between accuse`.
    pub name: String,
}

/// The features of a pair: those of the text around it, and those of who is the source in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairFeatures {
    /// The same whoever is the source.
    pub shared: Vec<u32>,
    /// If the first of the pair is the source.
    pub forth: Vec<u32>,
    /// If the second is.
    pub back: Vec<u32>,
}

impl PairFeatures {
    /// Leaves out what the lexicon said.
    #[must_use]
    pub fn without_lexicon(mut self) -> Self {
        for list in [&mut self.shared, &mut self.forth, &mut self.back] {
            list.retain(|number| number & 1 == 0);
        }
        self
    }
}

/// What takes features as they are found.
pub(crate) trait Sink {
    /// Takes one feature: its kind and what it consists of.
    fn put(&mut self, kind: &'static str, parts: &[&str]);
}

/// Takes numbers only.
#[derive(Debug, Default)]
pub(crate) struct Numbers(pub(crate) Vec<u32>);

impl Sink for Numbers {
    fn put(&mut self, kind: &'static str, parts: &[&str]) {
        self.0.push(number_of(kind, parts));
    }
}

impl Numbers {
    /// Returns every number once, in order.
    pub(crate) fn finish(mut self) -> Vec<u32> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

/// Takes numbers and names.
#[derive(Debug, Default)]
pub(crate) struct Names(pub(crate) Vec<FeatureName>);

impl Sink for Names {
    fn put(&mut self, kind: &'static str, parts: &[&str]) {
        let mut name = kind.to_owned();
        for part in parts {
            name.push(' ');
            name.push_str(part);
        }
        self.0.push(FeatureName {
            number: number_of(kind, parts),
            name,
        });
    }
}

/// The features that the lexicon gave begin with this.
pub(crate) const LEXICON_MARK: char = '*';

/// The number of a feature (Fowler, Noll and Vo's hash, folded). The lowest bit says whether the
/// lexicon gave it.
fn number_of(kind: &'static str, parts: &[&str]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    };
    kind.bytes().for_each(&mut eat);
    for part in parts {
        eat(0);
        part.bytes().for_each(&mut eat);
    }
    let folded = (hash ^ (hash >> 32)) & 0xffff_fffe;
    let lexicon = u64::from(kind.starts_with(LEXICON_MARK));
    u32::try_from(folded | lexicon).unwrap_or(u32::MAX)
}
