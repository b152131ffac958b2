//! How sure it is that a sentence tells an act: a few signs, weighed.

use std::collections::BTreeMap;

use crate::coder::evidence::Evidence;
use crate::lexicon::LexiconError;

const FILE: &str = "data/model/acts-1.tsv";
static TEXT: &str = include_str!("../../data/model/acts-1.tsv");

/// Weights of signs, by logistic regression, and the confidence from which on an act is told.
#[derive(Debug, Clone, PartialEq)]
pub struct ActJudge {
    weights: BTreeMap<String, f32>,
    /// From this confidence on an act is told.
    pub threshold: f32,
    /// How far the log of the odds is drawn towards even: 1 not at all.
    pub scale: f32,
}

/// The names of what is no sign in the file.
const THRESHOLD: &str = "threshold";
const SCALE: &str = "scale";
const ALWAYS: &str = "always";

impl ActJudge {
    /// Makes a judge of weights; `always` is the weight that is always there.
    #[must_use]
    pub fn new(weights: BTreeMap<String, f32>, threshold: f32, scale: f32) -> Self {
        Self {
            weights,
            threshold,
            scale,
        }
    }

    /// Reads the judge that comes with the program.
    ///
    /// # Errors
    /// A line of the file that is no weight; a test makes sure that there is none.
    pub fn bundled() -> Result<Self, LexiconError> {
        Self::parse(FILE, TEXT)
    }

    /// Parses lines of a sign, a tab and its weight, one of them `threshold`.
    ///
    /// # Errors
    /// A line that is no weight.
    pub fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut weights = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let parts = line.split_once('\t');
            let weight = parts.and_then(|(sign, weight)| Some((sign, weight.parse::<f32>().ok()?)));
            let (sign, weight) = weight.ok_or_else(|| LexiconError::Line {
                file: file.to_owned(),
                line: number,
                reason: "expected a sign, a tab and a number".to_owned(),
            })?;
            weights.insert(sign.to_owned(), weight);
        }
        let threshold = weights.remove(THRESHOLD).unwrap_or(0.5);
        let scale = weights.remove(SCALE).unwrap_or(1.0);
        Ok(Self::new(weights, threshold, scale))
    }

    /// Returns the lines that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::from(
            "# How much each sign speaks for an act that a sentence may tell: the weights of a logistic\n\
             # regression, and the confidence from which on an act is told. Learned by\n\
             # `demarche model train --corpus data/corpus --acts`; CC BY 4.0.\n",
        );
        let mut lines = self.weights.clone();
        lines.insert(THRESHOLD.to_owned(), self.threshold);
        lines.insert(SCALE.to_owned(), self.scale);
        for (name, weight) in lines {
            let weight = format!("{weight:.4}");
            text.extend([name.as_str(), "\t", &weight, "\n"]);
        }
        text
    }

    /// Returns the weight of a sign.
    #[must_use]
    pub fn weight(&self, sign: &str) -> f32 {
        self.weights.get(sign).copied().unwrap_or(0.0)
    }

    /// Returns how sure an act is, from 0 to 1.
    #[must_use]
    pub fn confidence(&self, evidence: &Evidence) -> f32 {
        let signs = evidence.signs();
        let sum: f32 = signs
            .map(|(sign, strength)| self.weight(sign) * strength)
            .sum();
        let odds = (sum + self.weight(ALWAYS)) * self.scale;
        1.0 / (1.0 + (-odds).exp())
    }
}
