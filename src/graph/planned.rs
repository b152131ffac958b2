//! Which announced acts took place.

use std::collections::BTreeMap;

use crate::graph::Happening;
use crate::graph::happening::{is_same_act, parties};
use crate::model::{ActorId, Day, EventId, Status};

/// How long after its announcement, in days, an act that was announced for no day is still that one.
const WAIT_DAYS: i32 = 60;

/// Links what was planned with what took place: the id of each planned happening with that of the
/// earliest actual one that may be it. They stay two, for a plan and a deed are told by different texts.
///
/// The two match as reports of one happening do (see [`crate::graph::happenings`]), but for their standing.
/// A plan for a day is kept on that day or within one of it; one for a week, month or year within it; one
/// for no day at all within sixty days of its first report. What was reported before the plan is another
/// act.
///
/// Complexity: the square of the number of happenings between the same participants.
#[must_use]
pub fn fulfilments(happenings: &[Happening]) -> BTreeMap<EventId, EventId> {
    let mut actual: BTreeMap<Vec<ActorId>, Vec<&Happening>> = BTreeMap::new();
    let is = |happening: &&Happening, status| happening.event.status() == status;
    for happening in happenings.iter().filter(|one| is(one, Status::Actual)) {
        let parties = parties(&happening.event);
        actual.entry(parties).or_default().push(happening);
    }
    let mut links = BTreeMap::new();
    for planned in happenings.iter().filter(|one| is(one, Status::Planned)) {
        let deeds = actual.get(&parties(&planned.event)).into_iter().flatten();
        let kept = deeds
            .filter(|deed| is_same_act(&planned.event, &deed.event))
            .filter_map(|deed| Some((kept_on(planned, deed)?, deed.event.id)));
        if let Some((_, deed)) = kept.min() {
            links.insert(planned.event.id, deed);
        }
    }
    links
}

/// The day on which a plan was kept by an act, if it was.
fn kept_on(planned: &Happening, actual: &Happening) -> Option<Day> {
    let (plan, deed) = (&planned.event, &actual.event);
    let day = deed.date.start?;
    let announced = plan.first_reported;
    if announced.is_some_and(|announced| day.plus(1) < announced) {
        return None;
    }
    let (from, to) = match plan.date.start.zip(plan.date.end) {
        Some((start, end)) => (start.plus(-1), end.plus(1)),
        None => (announced?, announced?.plus(WAIT_DAYS)),
    };
    (from <= day && day < to).then_some(day)
}
