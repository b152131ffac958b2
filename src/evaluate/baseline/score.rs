//! Scores of classes.

use std::collections::BTreeMap;

use crate::model::PloverType;

/// How right a class is found.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ClassScore {
    /// Examples of the class.
    pub gold: usize,
    /// Examples that were given it.
    pub found: usize,
    /// Both.
    pub right: usize,
}

impl ClassScore {
    /// Returns the harmonic mean of precision and recall, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
    pub fn f1(&self) -> f64 {
        let sum = self.gold + self.found;
        if sum == 0 {
            0.0
        } else {
            2.0 * self.right as f64 / sum as f64
        }
    }
}

/// Scores by class.
#[derive(Debug, Clone, Default)]
pub struct ClassTable {
    /// By the name of the class.
    pub classes: BTreeMap<String, ClassScore>,
}

impl ClassTable {
    /// Adds an example.
    pub fn add(&mut self, gold: &str, found: &str) {
        self.classes.entry(gold.to_owned()).or_default().gold += 1;
        self.classes.entry(found.to_owned()).or_default().found += 1;
        if gold == found {
            self.classes.entry(gold.to_owned()).or_default().right += 1;
        }
    }

    /// Returns the unweighted mean of F1 over the classes that have examples.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "there are few classes")]
    pub fn macro_f1(&self) -> f64 {
        let with_gold = || self.classes.values().filter(|score| score.gold > 0);
        with_gold().map(ClassScore::f1).sum::<f64>() / with_gold().count().max(1) as f64
    }

    /// Returns the share of examples that are right.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
    pub fn accuracy(&self) -> f64 {
        let right: usize = self.classes.values().map(|score| score.right).sum();
        let gold: usize = self.classes.values().map(|score| score.gold).sum();
        right as f64 / gold.max(1) as f64
    }
}

/// Returns the root of the label sets that know fifteen: CONCEDE and RETREAT are YIELD there.
#[must_use]
pub const fn root_of(kind: PloverType) -> &'static str {
    match kind {
        PloverType::Concede | PloverType::Retreat => "YIELD",
        kind => kind.name(),
    }
}

/// Returns the quad class of such a root, from 1 to 4; 0 for any other text.
#[must_use]
pub fn quad_of_root(root: &str) -> u8 {
    match root {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" => 3,
        "PROTEST" | "MOBILIZE" | "SANCTION" | "COERCE" | "ASSAULT" => 4,
        _ => 0,
    }
}
