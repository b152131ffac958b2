//! Names that mean several things, told apart by the words of the article.

use crate::lexicon::NameReading;
use crate::mention::phrase::Sense;
use crate::mention::reader::Reader;
use crate::mention::unit::hash;
use crate::model::{ActorId, ActorKind};

/// What each cue in the article adds to a reading.
const CUE: i32 = 25;

impl Reader<'_, '_> {
    /// Returns the senses that an ambiguous name has in this article: none where it is no actor;
    /// nothing for a name that is not ambiguous.
    pub(crate) fn told_apart(&self, at: usize, end: usize, senses: &[Sense]) -> Option<Vec<Sense>> {
        let folded: Vec<&str> = (at..end).map(|unit| self.scene.word(unit)).collect();
        let folded = folded.join(" ");
        let readings = self.lexicon.ambiguities.readings(&folded);
        let own: u64 = hash(&folded);
        // In the midst of a sentence a capital shows a name: "the Court", "the Union".
        let is_capital = at > 1
            && self.scene.is_capital(at)
            && !self.scene.is_headline
            && matches!(self.scene.before(at), "the");
        let likelihood = |reading: &&NameReading| {
            let (score, is_actor) = self.likelihood(reading, own);
            (score + i32::from(is_actor && is_capital) * 30, is_actor)
        };
        // "The WHO" in capitals is no pronoun.
        let is_acronym = end == at + 1
            && !self.scene.is_headline
            && self.scene.units.all.get(at).is_some_and(|unit| unit.upper);
        let best = readings
            .iter()
            .filter(|reading| !is_acronym || reading.actor.is_some())
            .max_by_key(likelihood)?;
        let Some(id) = &best.actor else {
            return Some(Vec::new());
        };
        let kept: Vec<Sense> = senses
            .iter()
            .copied()
            .filter(|sense| self.means(*sense, id))
            .collect();
        Some(kept)
    }

    fn likelihood(&self, reading: &NameReading, own: u64) -> (i32, bool) {
        let cues = reading.cues.iter().map(|cue| hash(cue));
        let found = cues
            .filter(|cue| *cue != own && self.memory.cues.contains(cue))
            .count();
        let named = reading
            .actor
            .as_ref()
            .is_some_and(|id| self.memory.latest_id(id).is_some());
        let score =
            reading.prior + CUE * i32::try_from(found.min(6)).unwrap_or(6) + i32::from(named) * 30;
        (score, reading.actor.is_some())
    }

    /// Says whether a sense means the actor with an id.
    fn means(&self, sense: Sense, id: &ActorId) -> bool {
        match sense {
            Sense::State(country)
            | Sense::Adjective(country)
            | Sense::Capital(country)
            | Sense::People(country) => *id == ActorId::of_country(ActorKind::State, country),
            Sense::Organisation(number) => {
                let organisation = self.lexicon.organisations.get(number);
                organisation.is_some_and(|organisation| organisation.id == *id)
            }
            Sense::Person(index) | Sense::Surname(index) => self
                .lexicon
                .persons
                .get(index)
                .is_some_and(|person| person.id == *id),
            Sense::Role(_) | Sense::Epithet(_) | Sense::NotActor(_) => false,
        }
    }
}
