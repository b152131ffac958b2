//! Making a segment of the index from blocks.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::{ActorId, Participant};
use crate::store::block::{Block, Interner, put_number};
use crate::store::codec::Codec;
use crate::store::hashing::FastMap;
use crate::store::index::segment::{Covered, Segment};
use crate::store::key::Key;
use crate::store::packed::ColumnsWriter;
use crate::store::sealed::{Loaded, Sealed};
use crate::store::{StoreError, envelope};

/// So many names of each actor are kept.
const NAMES_MAX: usize = 3;

/// Collects who takes part in what.
#[derive(Debug, Default)]
pub(in crate::store) struct Builder {
    blocks: Vec<Covered>,
    events: u32,
    places: FastMap<String, u32>,
    actors: Vec<Actor>,
    /// For the text of a participant, who that is at each level, first by itself.
    levels: FastMap<String, Vec<u32>>,
    names: FastMap<(u32, String), usize>,
}

/// What is known of an actor so far.
#[derive(Debug, Default)]
struct Actor {
    id: String,
    /// Events in which it takes part itself.
    events: Vec<u32>,
    /// How many events, by itself or by those who stand for it.
    count: u64,
    /// Those who stand for it.
    members: BTreeSet<u32>,
    names: Vec<String>,
}

impl Builder {
    /// Adds the events of a block.
    pub(in crate::store) fn add(&mut self, sealed: &Sealed, loaded: &Loaded) {
        let block = &loaded.block;
        let mut counts = vec![0_usize; block.casts()];
        let mut casts: Vec<Option<Vec<u32>>> = vec![None; block.casts()];
        let mut here: Vec<u32> = Vec::new();
        for article in sealed.rows() {
            for row in block.events_of(article).into_iter().flatten() {
                let event = self.events + u32::try_from(row).unwrap_or(u32::MAX);
                here.clear();
                for cast in block.casts_of(row) {
                    let Some(known) = casts.get_mut(cast) else {
                        continue;
                    };
                    let levels = known.get_or_insert_with(|| self.levels_of(block, cast));
                    here.extend(levels.iter().copied());
                    if let Some(count) = counts.get_mut(cast) {
                        *count += 1;
                    }
                    if let Some(actor) = levels.first().and_then(|own| self.actor(*own))
                        && actor.events.last() != Some(&event)
                    {
                        actor.events.push(event);
                    }
                }
                here.sort_unstable();
                here.dedup();
                for place in &here {
                    if let Some(actor) = self.actor(*place) {
                        actor.count += 1;
                    }
                }
            }
        }
        for (cast, count) in counts.into_iter().enumerate() {
            self.count_name(block, cast, casts.get(cast).and_then(Option::as_ref), count);
        }
        let entry = &sealed.entry;
        self.events = self.events.saturating_add(entry.events);
        self.blocks.push(Covered {
            number: entry.number,
            sequence: entry.sequence,
            events: entry.events,
        });
    }

    fn actor(&mut self, place: u32) -> Option<&mut Actor> {
        self.actors.get_mut(usize::try_from(place).ok()?)
    }

    fn place(&mut self, id: &ActorId) -> u32 {
        if let Some(place) = self.places.get(id.as_str()) {
            return *place;
        }
        let place = u32::try_from(self.actors.len()).unwrap_or(u32::MAX);
        self.places.insert(id.as_str().to_owned(), place);
        self.actors.push(Actor {
            id: id.as_str().to_owned(),
            ..Actor::default()
        });
        place
    }

    /// Returns who a participant is at each level, first itself.
    fn levels_of(&mut self, block: &Block, cast: usize) -> Vec<u32> {
        let Some(text) = block.cast_text(cast) else {
            return Vec::new();
        };
        if let Some(levels) = self.levels.get(&text) {
            return levels.clone();
        }
        let Some(participant) = block.cast(cast) else {
            return Vec::new();
        };
        let own = self.place(&participant.actor);
        let mut levels = vec![own];
        for id in others(&participant) {
            let place = self.place(&id);
            if !levels.contains(&place) {
                levels.push(place);
            }
        }
        for place in &levels {
            if let Some(actor) = self.actor(*place) {
                actor.members.insert(own);
            }
        }
        self.levels.insert(text, levels.clone());
        levels
    }

    fn count_name(&mut self, block: &Block, cast: usize, levels: Option<&Vec<u32>>, count: usize) {
        let Some((own, name)) = levels
            .and_then(|levels| levels.first())
            .zip(block.cast_name(cast))
        else {
            return;
        };
        let key = (*own, name.to_owned());
        if !self.names.contains_key(&key) {
            let name = key.1.clone();
            if let Some(actor) = self.actor(*own) {
                actor.names.push(name);
            }
        }
        *self.names.entry(key).or_default() += count;
    }

    /// Returns the actors by id, and for each place the rank there.
    fn ranked(&self) -> (Vec<(usize, &Actor)>, Vec<u64>) {
        let mut order: Vec<(usize, &Actor)> = self.actors.iter().enumerate().collect();
        order.sort_unstable_by(|one, other| one.1.id.cmp(&other.1.id));
        let mut ranks = vec![0; order.len()];
        for (rank, (place, _)) in order.iter().enumerate() {
            if let Some(known) = ranks.get_mut(*place) {
                *known = rank as u64;
            }
        }
        (order, ranks)
    }

    /// Returns the names that most events give an actor, the least of equals first.
    fn names_of<'a>(&self, place: u32, actor: &'a Actor) -> Vec<(Reverse<usize>, &'a str)> {
        let counted = actor.names.iter().map(|name| {
            let count = self.names.get(&(place, name.clone())).copied();
            (Reverse(count.unwrap_or(0)), name.as_str())
        });
        let mut counted: Vec<(Reverse<usize>, &str)> = counted.collect();
        counted.sort_unstable();
        counted.truncate(NAMES_MAX);
        counted
    }

    /// Returns the segment; nothing where no block was added.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] with more blocks than a record can hold.
    pub(in crate::store) fn finish(self) -> Result<Option<Segment>, StoreError> {
        if self.blocks.is_empty() {
            return Ok(None);
        }
        let (order, ranks) = self.ranked();
        let rank = |place: &u32| {
            let place = usize::try_from(*place).ok();
            place
                .and_then(|place| ranks.get(place))
                .copied()
                .unwrap_or(0)
        };
        let mut strings = Interner::default();
        let mut columns: [Vec<u64>; 8] = Default::default();
        let [
            actors,
            events,
            starts,
            member_counts,
            members,
            counts_of_names,
            names,
            name_counts,
        ] = &mut columns;
        let mut posted = Vec::new();
        for (place, actor) in &order {
            actors.push(strings.place(&actor.id));
            events.push(actor.count);
            starts.push(posted.len() as u64);
            let mut before = 0;
            for event in &actor.events {
                put_number(&mut posted, usize::try_from(event - before).unwrap_or(0));
                before = *event;
            }
            member_counts.push(actor.members.len() as u64);
            let mut ranked: Vec<u64> = actor.members.iter().map(rank).collect();
            ranked.sort_unstable();
            members.extend(ranked);
            let own = u32::try_from(*place).unwrap_or(u32::MAX);
            let counted = self.names_of(own, actor);
            counts_of_names.push(counted.len() as u64);
            for (Reverse(count), name) in counted {
                names.push(strings.place(name));
                name_counts.push(count as u64);
            }
        }
        starts.push(posted.len() as u64);
        let (strings, places) = strings.finish();
        for value in actors.iter_mut().chain(names.iter_mut()) {
            let place = usize::try_from(*value).ok();
            *value = place
                .and_then(|place| places.get(place))
                .copied()
                .unwrap_or(0);
        }
        let mut packed = ColumnsWriter::default();
        for column in &columns {
            packed.push(column);
        }
        let head = envelope::payload(Key::Manifest, &self.blocks)?;
        Ok(Segment::read(assembled(
            &head,
            &strings,
            &packed.finish(),
            &posted,
        )))
    }
}

/// Puts the parts of a segment together.
fn assembled(head: &[u8], strings: &[u8], columns: &[u8], posted: &[u8]) -> Vec<u8> {
    let limited = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    let (codec, packed) = Codec::Lz4.pack(strings);
    let mut bytes = limited(head.len()).to_vec();
    bytes.extend(head);
    bytes.extend(limited(packed.len() + 5));
    bytes.extend(limited(strings.len()));
    bytes.push(codec.byte());
    bytes.extend(packed);
    bytes.extend(limited(columns.len()));
    bytes.extend(columns);
    bytes.extend(posted);
    bytes
}

/// Returns who a participant is above itself.
fn others(participant: &Participant) -> impl Iterator<Item = ActorId> {
    let above = [participant.at_state(), participant.at_country()];
    participant.office.clone().into_iter().chain(above)
}
