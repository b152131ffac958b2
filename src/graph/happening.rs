//! Happenings: reports of one act, by any number of articles, seen as one event.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    ActorId, ArticleId, CameoCode, CountryCode, DateBasis, Day, Event, EventDate, EventId,
    Initiator, Mode, Occasion, Participant, PloverType, Precision, Role, Status, Turn,
};

/// One act, once, with everything that the store's articles say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The event that its members make together; its id is the least of all their mention ids.
    pub event: Event,
    /// The ids of all members as the store keeps them, sorted; the first is the event's.
    pub members: Vec<EventId>,
}

impl Happening {
    /// Returns how many articles tell it.
    #[must_use]
    pub fn reports(&self) -> usize {
        self.event
            .mentions
            .iter()
            .map(|mention| mention.article)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// Joins events that tell the same act.
///
/// Two events match if they have the same participants (unordered where one of them is symmetric,
/// else in the same direction, a visit being one of the guest's whether the text says that he visited
/// or that he was received), codes of which one is a prefix of the other or which are both
/// consultations of modes that go together, days no more than one apart (two where one is only a day of
/// publication), no contradiction in place, turn or time of
/// day ("a second call", "in the evening"), and the same standing: what is planned or only
/// possible is never joined with what took place. Dates known only to the week, month or year
/// match their equals alone; an unknown date matches nothing. Events of one article are never
/// joined, for the coder has kept them apart.
///
/// An event joins a happening only if it matches every member (complete linkage), so that a chain
/// of reports cannot drift. Events are taken by date and id; the result does not depend on the
/// order of `events`. An event that comes twice counts once. The result is sorted by date, unknown
/// dates last, then by id. Time: O(n log n), times the number of happenings that lie within two
/// days and have the same participants.
#[must_use]
pub fn happenings(mut events: Vec<Event>) -> Vec<Happening> {
    events.sort_by_key(|event| {
        // Of one day those that are one of several come last: the others show which.
        let is_later = occasion(event).turn.is_some_and(|turn| turn != Turn::First);
        let start = event.date.start;
        (start.is_none(), start, is_later, event.id)
    });
    events.dedup_by_key(|event| event.id);
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut open: BTreeMap<Bucket, Vec<usize>> = BTreeMap::new();
    for event in events {
        let bucket = open.entry(Bucket::of(&event)).or_default();
        // Sorted by date, so that what lies too far back matches no later event either.
        bucket.retain(|index| {
            clusters
                .get(*index)
                .is_some_and(|cluster| cluster.may_match_later(&event))
        });
        let found = bucket.iter().copied().find(|index| {
            clusters
                .get(*index)
                .is_some_and(|cluster| cluster.fits(&event))
        });
        if let Some(cluster) = found.and_then(|index| clusters.get_mut(index)) {
            cluster.take(event);
        } else {
            bucket.push(clusters.len());
            clusters.push(Cluster::new(event));
        }
    }
    let mut happenings: Vec<_> = clusters.into_iter().map(Cluster::into_happening).collect();
    happenings.sort_by_key(|happening| {
        let event = &happening.event;
        (event.date.start.is_none(), event.date.start, event.id)
    });
    happenings
}

/// What must be equal for two events to match.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bucket {
    participants: Vec<ActorId>,
    standing: Standing,
    precision: Precision,
}

/// What a status says about whether a thing took place; denials and allegations speak of the same
/// act as the reports they contradict.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Told,
    Planned,
    Possible,
}

impl Bucket {
    fn of(event: &Event) -> Self {
        let standing = match event.status() {
            Status::Actual | Status::Denied | Status::Alleged => Standing::Told,
            Status::Planned => Standing::Planned,
            Status::Hypothetical => Standing::Possible,
        };
        Self {
            participants: parties(event),
            standing,
            precision: event.date.precision,
        }
    }
}

/// Returns sources and targets, sorted.
pub(super) fn parties(event: &Event) -> Vec<ActorId> {
    let mut parties: Vec<_> = sides(event)
        .map(|participant| participant.actor.clone())
        .collect();
    parties.sort_unstable();
    parties
}

fn sides(event: &Event) -> impl Iterator<Item = &Participant> {
    event
        .in_role(Role::Source)
        .chain(event.in_role(Role::Target))
}

fn sorted(event: &Event, role: Role) -> Vec<ActorId> {
    let mut actors: Vec<_> = event.in_role(role).map(|one| one.actor.clone()).collect();
    actors.sort_unstable();
    actors
}

/// Returns who acts: in a visit the guest, whoever the text names first; nothing for an act without
/// direction.
fn doers(event: &Event) -> Option<Vec<ActorId>> {
    match event.act.cameo.as_str() {
        "043" => Some(sorted(event, Role::Target)),
        _ => (!event.act.symmetric).then(|| sorted(event, Role::Source)),
    }
}

/// What matching looks at; members of a happening that agree in it count once, so that a thousand
/// reports of one day cost no more than a few.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Profile {
    cameo: CameoCode,
    mode: Option<Mode>,
    is_consultation: bool,
    /// Who acts, or in a visit goes, where the act has a direction.
    doers: Option<Vec<ActorId>>,
    start: Option<Day>,
    is_publication: bool,
    place: Option<String>,
    country: Option<CountryCode>,
    occasion: Occasion,
}

impl Profile {
    fn of(event: &Event) -> Self {
        Self {
            cameo: event.act.cameo,
            mode: event.act.mode,
            is_consultation: event.act.plover == Some(PloverType::Consult),
            doers: doers(event),
            start: event.date.start,
            is_publication: event.date.basis == DateBasis::Publication,
            place: event.place.as_ref().map(|place| place.name.to_lowercase()),
            country: event.place.as_ref().and_then(|place| place.country),
            occasion: occasion(event),
        }
    }

    fn matches(&self, other: &Self, precision: Precision) -> bool {
        self.same_act(other)
            && self.same_direction(other)
            && self.same_date(other, precision)
            && self.same_place(other)
            && self.same_occasion(other)
    }

    fn same_act(&self, other: &Self) -> bool {
        let (one, two) = (self.cameo.as_str(), other.cameo.as_str());
        let modes_agree = self.mode.is_none() || other.mode.is_none() || self.mode == other.mode;
        // A mediation has other participants in other parts; it is no plain contact. What is signed
        // at a meeting, or after it, is an act of its own.
        let is_mediation = |code: &str| code == "045";
        let contacts_agree = self.is_consultation
            && other.is_consultation
            && modes_agree
            && is_mediation(one) == is_mediation(two);
        general(one).starts_with(general(two))
            || general(two).starts_with(general(one))
            || contacts_agree
    }

    fn same_direction(&self, other: &Self) -> bool {
        match (&self.doers, &other.doers) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }

    fn same_date(&self, other: &Self, precision: Precision) -> bool {
        let (Some(one), Some(two)) = (self.start, other.start) else {
            return false;
        };
        let apart = if precision != Precision::Day {
            0
        } else if self.is_publication || other.is_publication {
            DAYS_APART_MAX
        } else {
            1
        };
        one.number().abs_diff(two.number()) <= apart
    }

    fn same_occasion(&self, other: &Self) -> bool {
        let is_again = |profile: &Self| profile.occasion.turn == Some(Turn::Again);
        // "Spoke again on Thursday" is not the call of Wednesday.
        let is_later = is_again(self) != is_again(other) && self.start != other.start;
        !is_later && !self.occasion.contradicts(other.occasion)
    }

    fn same_place(&self, other: &Self) -> bool {
        match (self.country, other.country) {
            (Some(one), Some(two)) if one != two => return false,
            _ => {}
        }
        match (&self.place, &other.place) {
            // A country may stand beside one of its cities.
            (Some(one), Some(two)) => {
                one == two || self.country.is_some() && self.country == other.country
            }
            _ => true,
        }
    }
}

/// Returns what the mentions of an event say of its occasion; of several the first.
fn occasion(event: &Event) -> Occasion {
    let all = || event.mentions.iter().map(|mention| mention.occasion);
    Occasion {
        turn: all().find_map(|occasion| occasion.turn),
        day_part: all().find_map(|occasion| occasion.day_part),
    }
}

/// Says whether two events between the same parties tell acts that could be one but for their dates and
/// their standing.
pub(super) fn is_same_act(one: &Event, other: &Event) -> bool {
    let (first, second) = (Profile::of(one), Profile::of(other));
    first.same_act(&second) && first.same_direction(&second) && first.same_place(&second)
}

/// The furthest that two days of one happening lie apart.
const DAYS_APART_MAX: u32 = 2;

/// Returns the part of a code that says something: `190` is as general as `19`.
fn general(code: &str) -> &str {
    if code.len() == 3 {
        code.strip_suffix('0').unwrap_or(code)
    } else {
        code
    }
}

/// A happening in the making.
#[derive(Debug)]
struct Cluster {
    members: Vec<Event>,
    articles: BTreeSet<ArticleId>,
    profiles: BTreeSet<Profile>,
    precision: Precision,
}

impl Cluster {
    fn new(event: Event) -> Self {
        let precision = event.date.precision;
        let mut cluster = Self {
            members: Vec::new(),
            articles: BTreeSet::new(),
            profiles: BTreeSet::new(),
            precision,
        };
        cluster.take(event);
        cluster
    }

    fn take(&mut self, event: Event) {
        self.articles
            .extend(event.mentions.iter().map(|mention| mention.article));
        self.profiles.insert(Profile::of(&event));
        self.members.push(event);
    }

    fn may_match_later(&self, event: &Event) -> bool {
        let latest = self
            .profiles
            .iter()
            .filter_map(|profile| profile.start)
            .max();
        latest
            .zip(event.date.start)
            .is_some_and(|(latest, start)| start <= latest.plus(2))
    }

    fn fits(&self, event: &Event) -> bool {
        let profile = Profile::of(event);
        self.profiles
            .iter()
            .all(|known| known.matches(&profile, self.precision))
            && !event
                .mentions
                .iter()
                .any(|mention| self.articles.contains(&mention.article))
    }

    fn into_happening(mut self) -> Happening {
        self.members.sort_by_key(|member| member.id);
        let mut members: Vec<EventId> = self.members.iter().map(|member| member.id).collect();
        members.sort_unstable();
        Happening {
            event: joined(self.members),
            members,
        }
    }
}

/// Makes one event of members in the order of their ids: the act that says most, with the
/// participants and direction of the member that tells it; the best date; all mentions.
fn joined(mut members: Vec<Event>) -> Event {
    let best = most_telling(&members);
    let date = members
        .iter()
        .map(|member| member.date)
        .min_by_key(date_rank);
    let id = members.iter().map(|member| member.id).min();
    let first_reported = members
        .iter()
        .filter_map(|member| member.first_reported)
        .min();
    let place = members.iter().find_map(|member| member.place.clone());
    let background = members.iter().all(|member| member.background);
    let beginners = members.iter().find_map(beginners);
    let mut event = members.swap_remove(best);
    for member in members {
        event.mentions.extend(member.mentions);
        event.contexts.extend(member.contexts);
        event.about.extend(member.about);
        add_bystanders(&mut event, member.participants);
    }
    event.mentions.sort_by_key(|mention| mention.id);
    event.contexts.sort_unstable();
    event.contexts.dedup();
    event.about.sort_unstable();
    event.about.dedup();
    event.id = id.unwrap_or(event.id);
    event.date = date.unwrap_or(event.date);
    event.first_reported = first_reported;
    event.place = event.place.or(place);
    event.background = background;
    // A member may tell a symmetric act in the other direction.
    if let (Initiator::Unknown, Some(beginners)) = (event.initiator, beginners) {
        event.initiator = if beginners == sorted(&event, Role::Source) {
            Initiator::Source
        } else {
            Initiator::Target
        };
    }
    event
}

/// Returns who began the act, if the event says.
fn beginners(event: &Event) -> Option<Vec<ActorId>> {
    match event.initiator {
        Initiator::Source => Some(sorted(event, Role::Source)),
        Initiator::Target => Some(sorted(event, Role::Target)),
        Initiator::Unknown => None,
    }
}

/// Returns the index of the member whose act says most; then the code and the direction that most
/// members give, then the first member, which has the least id.
fn most_telling(members: &[Event]) -> usize {
    let mut codes: BTreeMap<CameoCode, usize> = BTreeMap::new();
    let mut directions: BTreeMap<Vec<ActorId>, usize> = BTreeMap::new();
    for member in members {
        *codes.entry(member.act.cameo).or_default() += 1;
        *directions.entry(sorted(member, Role::Source)).or_default() += 1;
    }
    let says = |member: &Event| {
        let act = &member.act;
        let detail = general(act.cameo.as_str()).len() + usize::from(act.mode.is_some());
        let code = codes.get(&act.cameo).copied();
        let direction = directions.get(&sorted(member, Role::Source)).copied();
        (detail, code, Reverse(act.cameo), direction)
    };
    let ranks = members
        .iter()
        .enumerate()
        .map(|(index, member)| (says(member), Reverse(index)));
    ranks.max().map_or(0, |(_, Reverse(index))| index)
}

/// Adds those who are neither source nor target and not there yet, and puts them in order.
fn add_bystanders(event: &mut Event, participants: Vec<Participant>) {
    let is_bystander = |participant: &Participant| participant.role > Role::Target;
    for participant in participants.into_iter().filter(is_bystander) {
        let is_known = event
            .participants
            .iter()
            .any(|known| known.actor == participant.actor && known.role == participant.role);
        if !is_known {
            event.participants.push(participant);
        }
    }
    // Sources and targets keep the order of the text.
    event.participants.sort_by_key(|participant| {
        (
            participant.role,
            is_bystander(participant).then(|| participant.actor.clone()),
        )
    });
}

/// Stated dates before relative ones before days of publication, then the earliest.
fn date_rank(date: &EventDate) -> (DateBasis, Option<Day>, Option<Day>) {
    (date.basis, date.start, date.end)
}
