//! An act that a sentence may tell between two of its actors.

use crate::coder::mood::Mood;
use crate::lexicon::FrameIndex;
use crate::mention::MentionedActor;
use crate::model::{ActorKind, CameoCode, PloverType, Status};
use crate::relation::Scores;

/// An act between two actors of a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    /// The place of who acts among the actors of the sentence.
    pub(crate) source: usize,
    /// The place of who is acted upon; the same as the source's where one mention names both ("the
    /// two presidents met").
    pub(crate) target: usize,
    pub(crate) kind: PloverType,
    pub(crate) cameo: CameoCode,
    pub(crate) label: String,
    pub(crate) symmetric: bool,
    /// The word that tells it.
    pub(crate) head: usize,
    /// The frame that names it, if one does.
    pub(crate) frame: Option<FrameIndex>,
    /// What stands over that word.
    pub(crate) mood: Mood,
    /// What the model says of its pair.
    pub(crate) scores: Scores,
    /// How sure it is that there is such an act: from 0 to 1.
    pub(crate) confidence: f32,
    /// Whether the source is the later of the pair in the text.
    pub(crate) is_back: bool,
}

impl Act {
    /// The status by the words over the act, else the one that the words around make likeliest.
    pub(crate) fn status(&self) -> Status {
        if let Mood::Status(status) = self.mood {
            return status;
        }
        let shares = if self.is_back {
            self.scores.status_back
        } else {
            self.scores.status_forth
        };
        let mut best = (Status::Actual, 0.5);
        for (status, share) in Status::ALL.iter().zip(shares) {
            if share > best.1 {
                best = (*status, share);
            }
        }
        best.0
    }

    /// The probability of its type in its direction.
    pub(crate) fn share(&self) -> f32 {
        let of = if self.is_back {
            &self.scores.back
        } else {
            &self.scores.forth
        };
        of[self.kind as usize]
    }
}

/// The code of a type where nothing more is known.
pub(crate) fn general_code(kind: PloverType) -> CameoCode {
    let code = match kind {
        PloverType::Agree => "030",
        PloverType::Consult => "040",
        PloverType::Support => "050",
        PloverType::Concede => "080",
        PloverType::Cooperate => "060",
        PloverType::Aid => "070",
        PloverType::Retreat => "087",
        PloverType::Request => "020",
        PloverType::Accuse => "110",
        PloverType::Reject => "120",
        PloverType::Threaten => "130",
        PloverType::Protest => "140",
        PloverType::Sanction => "160",
        PloverType::Mobilize => "150",
        PloverType::Coerce => "170",
        PloverType::Assault => "190",
    };
    CameoCode::of_static(code)
}

/// Two actors whose dealings can be an event.
pub(crate) fn is_pair(one: &MentionedActor, other: &MentionedActor) -> bool {
    one.id != other.id && !one.is_of_one_government(other)
}

/// Says whether an actor is a state.
pub(crate) fn is_state(actor: &MentionedActor) -> bool {
    actor.id.kind() == ActorKind::State
}
