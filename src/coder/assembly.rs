//! Joins what one article tells twice into one event.

use crate::coder::act::is_state;
use crate::mention::MentionedActor;
use crate::model::{
    Act, CameoCode, Context, DateBasis, Day, Event, EventDate, EventId, Initiator, Mention,
    Participant, Place, PloverType, Role,
};

/// One telling of an act, before tellings are joined.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) cameo: CameoCode,
    pub(crate) label: String,
    pub(crate) symmetric: bool,
    pub(crate) sources: Vec<MentionedActor>,
    pub(crate) targets: Vec<MentionedActor>,
    pub(crate) date: EventDate,
    pub(crate) is_background: bool,
    pub(crate) place: Option<Place>,
    pub(crate) contexts: Vec<Context>,
    /// What it was about, in the words of the text.
    pub(crate) about: Vec<String>,
    /// Whom it was about.
    pub(crate) third: Vec<MentionedActor>,
    pub(crate) mention: Mention,
}

impl Telling {
    /// Says whether it tells of a consultation or a signed agreement.
    pub(crate) fn is_contact(&self) -> bool {
        self.cameo.entry().plover == Some(PloverType::Consult) || self.cameo.starts_with("057")
    }
}

/// An event in the making.
#[derive(Debug)]
struct Draft {
    telling: Telling,
    mentions: Vec<Mention>,
}

/// Joins tellings of one article into events, in the order of their first mention.
pub(crate) fn assemble(tellings: Vec<Telling>, first_reported: Option<Day>) -> Vec<Event> {
    let mut drafts: Vec<Draft> = Vec::new();
    for telling in tellings {
        let known = drafts
            .iter_mut()
            .find(|draft| tells_same(&draft.telling, &telling));
        if let Some(draft) = known {
            draft.join(telling);
        } else {
            let mentions = vec![telling.mention.clone()];
            drafts.push(Draft { telling, mentions });
        }
    }
    drop_shadows(&mut drafts);
    drafts
        .into_iter()
        .map(|draft| draft.into_event(first_reported))
        .collect()
}

impl Draft {
    fn join(&mut self, other: Telling) {
        if specificity(other.cameo) > specificity(self.telling.cameo) {
            self.telling.cameo = other.cameo;
            self.telling.label = other.label;
            self.telling.symmetric = other.symmetric;
            self.telling.sources = other.sources;
            self.telling.targets = other.targets;
        }
        if self.telling.date.basis == DateBasis::Publication && other.date.start.is_some() {
            self.telling.date = other.date;
            self.telling.is_background = other.is_background;
        }
        self.telling.place = self.telling.place.take().or(other.place);
        self.telling.contexts.extend(other.contexts);
        self.telling.about.extend(other.about);
        self.telling.third.extend(other.third);
        if !self
            .mentions
            .iter()
            .any(|mention| mention.spans == other.mention.spans)
        {
            self.mentions.push(other.mention);
        }
    }

    fn into_event(mut self, first_reported: Option<Day>) -> Event {
        self.mentions.sort_by_key(|mention| mention.id);
        let telling = self.telling;
        let entry = telling.cameo.entry();
        let mut contexts = [entry.contexts.as_slice(), &telling.contexts].concat();
        contexts.sort_unstable();
        contexts.dedup();
        let mut about: Vec<String> = Vec::new();
        for topic in telling.about {
            if !about.contains(&topic) {
                about.push(topic);
            }
        }
        let mut third: Vec<Participant> = Vec::new();
        for actor in &telling.third {
            let is_party = |party: &&MentionedActor| party.id == actor.id;
            let parties = || telling.sources.iter().chain(&telling.targets);
            let is_known = third.iter().any(|known| known.actor == actor.id);
            if !is_known && parties().find(is_party).is_none() {
                third.push(participant(actor, Role::About));
            }
        }
        let participants = telling
            .sources
            .iter()
            .map(|actor| participant(actor, Role::Source))
            .chain(
                telling
                    .targets
                    .iter()
                    .map(|actor| participant(actor, Role::Target)),
            )
            .chain(third);
        let id = self
            .mentions
            .first()
            .map_or(telling.mention.id, |mention| mention.id);
        let together = telling.targets.is_empty();
        let count = telling.sources.len() + telling.targets.len();
        Event {
            id: EventId::from(id),
            act: Act {
                cameo: telling.cameo,
                plover: entry.plover,
                mode: entry.mode,
                label: telling.label,
                symmetric: telling.symmetric,
            },
            participants: participants.collect(),
            initiator: if together {
                Initiator::Unknown
            } else {
                Initiator::Source
            },
            multilateral: count > 2,
            background: telling.is_background,
            date: telling.date,
            first_reported,
            place: telling.place,
            contexts,
            about,
            mentions: self.mentions,
        }
    }
}

/// How much a code says; of two tellings the one that says more names the act. A visit with its
/// talks is a visit.
fn specificity(cameo: CameoCode) -> usize {
    let code = cameo.as_str();
    match code {
        "040" => 1,
        "046" => 2,
        "044" => 3,
        "045" => 4,
        "043" => 5,
        "041" | "042" => 6,
        _ => code.len(),
    }
}

fn tells_same(one: &Telling, other: &Telling) -> bool {
    let types = (one.cameo.entry().plover, other.cameo.entry().plover);
    let same_act = match types {
        (Some(a), Some(b)) => {
            a == b && (a != PloverType::Consult || same_way(one.cameo, other.cameo))
        }
        _ => one.cameo == other.cameo,
    };
    let is_material = matches!(
        types.0,
        Some(
            PloverType::Sanction
                | PloverType::Coerce
                | PloverType::Assault
                | PloverType::Aid
                | PloverType::Retreat
                | PloverType::Mobilize
                | PloverType::Protest
                | PloverType::Cooperate
        )
    );
    let same_code = !is_material
        || one.cameo.as_str().starts_with(other.cameo.as_str())
        || other.cameo.as_str().starts_with(one.cameo.as_str())
        || one.cameo.as_str().get(..2) == other.cameo.as_str().get(..2);
    same_act
        && same_code
        && one.mention.status == other.mention.status
        && one.is_background == other.is_background
        && same_date(&one.date, &other.date)
        && same_participants(one, other)
}

/// A call is not a meeting; contacts of no stated way are either.
fn same_way(one: CameoCode, other: CameoCode) -> bool {
    let is_call = |code: CameoCode| code.as_str() == "041";
    let is_visit_or_meeting = |code: CameoCode| matches!(code.as_str(), "042" | "043" | "044");
    let is_mediation = |code: CameoCode| code.as_str() == "045";
    !(is_call(one) && is_visit_or_meeting(other)
        || is_call(other) && is_visit_or_meeting(one)
        || is_mediation(one) != is_mediation(other))
}

/// Dates agree where one is only the day of publication, or where their ranges meet.
fn same_date(one: &EventDate, other: &EventDate) -> bool {
    if one.basis == DateBasis::Publication || other.basis == DateBasis::Publication {
        return true;
    }
    match (one.start.zip(one.end), other.start.zip(other.end)) {
        (Some((start, end)), Some((other_start, other_end))) => {
            start < other_end && other_start < end
        }
        _ => true,
    }
}

fn same_participants(one: &Telling, other: &Telling) -> bool {
    let ids = |actors: &[MentionedActor]| {
        let mut ids: Vec<_> = actors.iter().map(|actor| actor.id.clone()).collect();
        ids.sort_unstable();
        ids
    };
    let all = |telling: &Telling| {
        let mut ids: Vec<_> = telling
            .sources
            .iter()
            .chain(&telling.targets)
            .map(|a| a.id.clone())
            .collect();
        ids.sort_unstable();
        ids
    };
    let consult = one.cameo.entry().plover == Some(PloverType::Consult);
    if one.symmetric || other.symmetric || consult {
        return all(one) == all(other);
    }
    ids(&one.sources) == ids(&other.sources) && ids(&one.targets) == ids(&other.targets)
}

/// Drops contacts with a state where the article names the person of that state who was met: a
/// visit to a named host is one contact, with the host.
fn drop_shadows(drafts: &mut Vec<Draft>) {
    let is_shadow = |shadow: &Telling, other: &Telling| {
        let consult = |telling: &Telling| telling.cameo.entry().plover == Some(PloverType::Consult);
        let same_side = |state: &[MentionedActor], person: &[MentionedActor]| {
            !state.is_empty()
                && state.iter().all(|state| {
                    person.iter().any(|p| {
                        p.id == state.id || (is_state(state) && p.country == state.country)
                    })
                })
        };
        let is_less = shadow
            .sources
            .iter()
            .chain(&shadow.targets)
            .filter(|actor| is_state(actor))
            .count()
            > other
                .sources
                .iter()
                .chain(&other.targets)
                .filter(|actor| is_state(actor))
                .count();
        consult(shadow)
            && consult(other)
            && same_way(shadow.cameo, other.cameo)
            // States may coordinate on a day on which their leaders call each other.
            && (shadow.cameo == other.cameo || other.cameo.as_str() != "041")
            && shadow.mention.status == other.mention.status
            && shadow.is_background == other.is_background
            && same_date(&shadow.date, &other.date)
            && is_less
            && (same_side(&shadow.sources, &other.sources)
                && same_side(&shadow.targets, &other.targets)
                || same_side(&shadow.sources, &other.targets)
                    && same_side(&shadow.targets, &other.sources))
    };
    let mut visits = Vec::new();
    let keep: Vec<bool> = drafts
        .iter()
        .map(|draft| {
            let fuller = drafts
                .iter()
                .position(|other| is_shadow(&draft.telling, &other.telling));
            if let Some(fuller) = fuller
                && matches!(draft.telling.cameo.as_str(), "042" | "043")
            {
                visits.push((fuller, draft.telling.clone()));
            }
            fuller.is_none()
        })
        .collect();
    for (index, visit) in visits {
        if let Some(draft) = drafts.get_mut(index) {
            name_visit(draft, visit);
        }
    }
    let mut keep = keep.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(true));
}

/// A contact that is told as a visit elsewhere is that visit.
fn name_visit(draft: &mut Draft, visit: Telling) {
    if specificity(draft.telling.cameo) < specificity(visit.cameo) {
        let visitor_is_source = draft.telling.sources.iter().any(|actor| {
            visit
                .sources
                .iter()
                .any(|v| v.id == actor.id || v.country == actor.country)
        });
        draft.telling.cameo = visit.cameo;
        draft.telling.label = visit.label;
        draft.telling.symmetric = visit.symmetric;
        if !visitor_is_source {
            std::mem::swap(&mut draft.telling.sources, &mut draft.telling.targets);
        }
    }
}

/// Makes a participant of an event.
fn participant(actor: &MentionedActor, role: Role) -> Participant {
    Participant {
        actor: actor.id.clone(),
        role,
        name: actor.name.clone(),
        country: actor.country,
        sector: actor.sector,
        office: actor.office.as_ref().map(|(id, _)| id.clone()),
    }
}
