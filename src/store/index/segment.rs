//! A part of the index: who takes part in the events of some blocks.

use std::ops::Range;
use std::sync::Arc;

use crate::store::block::{BlockNumber, Strings, take_number};
use crate::store::codec::Codec;
use crate::store::envelope;
use crate::store::packed::{Column, owned, read_columns};

/// A block that a segment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::store) struct Covered {
    pub(in crate::store) number: BlockNumber,
    pub(in crate::store) sequence: u64,
    /// Its events; those of the next block count on.
    pub(in crate::store) events: u32,
}

/// An actor with a name, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Named<'a> {
    pub(in crate::store) actor: &'a str,
    /// In how many events it takes part, itself or somebody who stands for it.
    pub(in crate::store) events: usize,
    /// The names that most events give, each with their number.
    pub(in crate::store) names: Vec<(&'a str, usize)>,
}

/// Who takes part in the events of some blocks.
#[derive(Debug)]
pub(in crate::store) struct Segment {
    pub(in crate::store) blocks: Vec<Covered>,
    /// The first event of each block.
    starts: Vec<u32>,
    /// The bytes as they stand in the file.
    bytes: Arc<Vec<u8>>,
    strings: Strings,
    /// The actors, sorted by id.
    actors: Column,
    events: Column,
    /// Where the postings of each actor begin, as one who takes part.
    postings: Column,
    /// Those who stand for each actor: the places of themselves, as actors.
    members: Column,
    member_starts: Vec<u32>,
    /// The names of each actor and how often each is given.
    names: Column,
    name_counts: Column,
    name_starts: Vec<u32>,
    /// Where all postings lie.
    posted: Range<usize>,
}

impl Segment {
    /// Reads a segment; nothing where the bytes are none.
    pub(in crate::store) fn read(bytes: Vec<u8>) -> Option<Self> {
        let bytes = Arc::new(bytes);
        let (head, rest) = section(&bytes)?;
        let blocks: Vec<Covered> = envelope::parse(head).ok()?;
        let (packed, rest) = section(rest)?;
        let (unpacked, packed) = packed.split_first_chunk::<4>()?;
        let (codec, packed) = packed.split_first()?;
        let strings = Codec::of_byte(*codec)?.unpack(packed, length(*unpacked)?)?;
        let (columns, posted) = section(rest)?;
        let end = bytes.len() - posted.len();
        let columns = read_columns(&bytes, end - columns.len()..end)?;
        let mut columns = columns.into_iter();
        let mut next = || columns.next();
        let (actors, events, postings) = (next()?, next()?, next()?);
        let (member_counts, members) = (next()?, next()?);
        let (counts_of_names, names, name_counts) = (next()?, next()?, next()?);
        let mut events_before = 0_u32;
        let mut starts = Vec::with_capacity(blocks.len());
        for block in &blocks {
            starts.push(events_before);
            events_before = events_before.checked_add(block.events)?;
        }
        Some(Self {
            blocks,
            starts,
            strings: Strings::read(&strings)?,
            actors,
            events,
            postings,
            members,
            member_starts: member_counts.starts()?,
            names,
            name_counts,
            name_starts: counts_of_names.starts()?,
            posted: end..bytes.len(),
            bytes,
        })
    }

    /// Returns the bytes as they stand in the file.
    pub(in crate::store) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the block and the row of an event, which are counted through all blocks.
    pub(in crate::store) fn place(&self, event: u32) -> Option<(BlockNumber, usize)> {
        let after = self.starts.partition_point(|start| *start <= event);
        let at = after.checked_sub(1)?;
        let row = event - self.starts.get(at)?;
        Some((self.blocks.get(at)?.number, usize::try_from(row).ok()?))
    }

    /// Returns those who ever stand for an actor in these events, itself too if it takes part.
    pub(in crate::store) fn members_of(&self, actor: &str) -> impl Iterator<Item = &str> {
        let rows = self
            .find(actor)
            .and_then(|place| owned(&self.member_starts, place));
        let places = rows.into_iter().flatten();
        places.filter_map(|row| self.actor(self.members.index(row)?))
    }

    /// Returns the events in which any of some actors takes part itself; sorted.
    pub(in crate::store) fn events_of<'a>(
        &self,
        actors: impl Iterator<Item = &'a str>,
    ) -> Vec<u32> {
        let mut events = Vec::new();
        for actor in actors.filter_map(|actor| self.find(actor)) {
            events.extend(self.posted_of(actor).unwrap_or_default());
        }
        events.sort_unstable();
        events.dedup();
        events
    }

    fn posted_of(&self, actor: usize) -> Option<Vec<u32>> {
        let start = self.posted.start + self.postings.index(actor)?;
        let end = self.posted.start + self.postings.index(actor + 1)?;
        let mut bytes = self.bytes.get(start..end)?;
        let mut events = Vec::with_capacity(bytes.len());
        let mut event = 0_u32;
        while !bytes.is_empty() {
            event = event.checked_add(u32::try_from(take_number(&mut bytes)?).ok()?)?;
            events.push(event);
        }
        Some(events)
    }

    fn find(&self, actor: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.actors.rows());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.actor(middle)?.cmp(actor) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn actor(&self, place: usize) -> Option<&str> {
        self.strings.get(self.actors.get(place)?)
    }

    /// Returns all actors by id.
    pub(in crate::store) fn actors(&self) -> impl Iterator<Item = Named<'_>> {
        (0..self.actors.rows()).filter_map(|place| {
            let names = owned(&self.name_starts, place)?.filter_map(|row| {
                let name = self.strings.get(self.names.get(row)?)?;
                Some((name, self.name_counts.index(row)?))
            });
            Some(Named {
                actor: self.actor(place)?,
                events: self.events.index(place)?,
                names: names.collect(),
            })
        })
    }
}

/// Takes a section from the front of some bytes: its length, then itself.
fn section(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (count, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(length(*count)?)
}

fn length(bytes: [u8; 4]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}
