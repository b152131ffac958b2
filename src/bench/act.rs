//! Which acts are told how often.

use crate::bench::seeded::{Mix, Seeded};
use crate::model::{Act, CameoCode, Context, DateBasis, Status};

/// Codes with their weights: much talk, some quarrel, little force, as in event data of others.
const CODES: &[(&str, u64)] = &[
    ("036", 90),
    ("040", 60),
    ("041", 45),
    ("042", 80),
    ("043", 70),
    ("044", 35),
    ("045", 12),
    ("046", 60),
    ("051", 55),
    ("057", 40),
    ("061", 20),
    ("062", 8),
    ("070", 18),
    ("073", 10),
    ("085", 6),
    ("087", 9),
    ("090", 12),
    ("020", 55),
    ("022", 30),
    ("1014", 5),
    ("111", 70),
    ("112", 60),
    ("1124", 4),
    ("114", 8),
    ("120", 25),
    ("125", 12),
    ("129", 3),
    ("130", 20),
    ("138", 15),
    ("141", 18),
    ("150", 12),
    ("161", 10),
    ("163", 18),
    ("166", 6),
    ("172", 8),
    ("173", 22),
    ("190", 45),
    ("193", 25),
    ("195", 14),
    ("0311", 6),
    ("0356", 4),
];

/// How often the acts are told, with which status and with which date.
#[derive(Debug, Clone)]
pub(super) struct Acts {
    codes: Mix<CameoCode>,
    statuses: Mix<Status>,
    bases: Mix<DateBasis>,
}

impl Acts {
    pub(super) fn new() -> Self {
        let codes = CODES
            .iter()
            .filter_map(|(text, weight)| Some((CameoCode::parse(text).ok()?, *weight)));
        Self {
            codes: Mix::new(CameoCode::of_static("040"), codes),
            statuses: Mix::new(
                Status::Actual,
                [
                    (Status::Actual, 82),
                    (Status::Planned, 8),
                    (Status::Alleged, 5),
                    (Status::Hypothetical, 3),
                    (Status::Denied, 2),
                ],
            ),
            bases: Mix::new(
                DateBasis::Publication,
                [
                    (DateBasis::Publication, 40),
                    (DateBasis::Relative, 36),
                    (DateBasis::Stated, 24),
                ],
            ),
        }
    }

    /// Draws an act.
    pub(super) fn act(&self, random: &mut Seeded) -> Act {
        let cameo = self.codes.draw(random);
        let entry = cameo.entry();
        Act {
            cameo,
            plover: entry.plover,
            mode: entry.mode,
            label: entry.verb.clone(),
            symmetric: cameo.starts_with("04") || cameo.starts_with("057"),
        }
    }

    /// Draws whether it took place.
    pub(super) fn status(&self, random: &mut Seeded) -> Status {
        self.statuses.draw(random)
    }

    /// Draws what its date rests on.
    pub(super) fn basis(&self, random: &mut Seeded) -> DateBasis {
        self.bases.draw(random)
    }
}

/// Returns the topics of an act, sorted: those of its code, and sometimes one more.
pub(super) fn contexts(cameo: CameoCode, random: &mut Seeded) -> Vec<Context> {
    let mut contexts = cameo.entry().contexts.clone();
    if random.happens(300) {
        contexts.extend(Context::ALL.get(random.place(Context::ALL.len())));
    }
    contexts.sort_unstable();
    contexts.dedup();
    contexts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_of_the_codebook() {
        for (text, _) in CODES {
            assert!(CameoCode::parse(text).is_ok(), "{text}");
        }
    }
}
