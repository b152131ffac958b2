//! Finding the events of actors without reading all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::{ActorId, Event, Fit, Window};
use crate::store::block::BlockNumber;
use crate::store::index::{self, Builder, Segment};
use crate::store::reading::damages;
use crate::store::sealed::{Loaded, Sealed};
use crate::store::state::{OPEN, View};
use crate::store::{Store, StoreError, key};

/// With more segments than this, the index is made anew as one.
const SEGMENTS_MAX: usize = 8;

/// So many lists of events stay in memory.
const LISTS_MAX: usize = 64;

/// An actor that takes part in events of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredActor {
    /// Who: as the text names it, or the office, state or country that it stands for.
    pub actor: ActorId,
    /// The name that most events give; nothing where the texts name only those who stand for it.
    pub name: Option<String>,
    /// In how many events it takes part.
    pub events: usize,
}

type Lists = BTreeMap<(usize, ActorId), Arc<Vec<u32>>>;

/// The index of all that is there at one moment.
#[derive(Debug, Default)]
pub(super) struct Index {
    segments: Vec<Arc<Segment>>,
    /// Blocks that could not be read, so that nobody knows who takes part in their events.
    unread: Vec<BlockNumber>,
    /// Lists of events that were asked for: the segment and the actor, and its events there.
    lists: Mutex<Lists>,
}

impl Index {
    /// Returns the events of an actor in a segment.
    fn list(&self, segment: usize, actor: &ActorId) -> Arc<Vec<u32>> {
        let lists = || self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (segment, actor.clone());
        if let Some(list) = lists().get(&key) {
            return Arc::clone(list);
        }
        // Who stands for the actor in one segment may do something for himself in another.
        let segments = self.segments.iter();
        let members: BTreeSet<&str> = segments
            .flat_map(|segment| segment.members_of(actor.as_str()))
            .collect();
        let found = self.segments.get(segment);
        let list = found.map(|found| found.events_of(members.iter().copied()));
        let list = Arc::new(list.unwrap_or_default());
        let mut lists = lists();
        if lists.len() >= LISTS_MAX {
            lists.clear();
        }
        lists.insert(key, Arc::clone(&list));
        list
    }
}

impl Store {
    /// Returns the events in which any of some actors takes part, at the level of its kind, and
    /// with them those of everybody who ever stands for it: with `state:RUS` all of what its
    /// officials did, in or out of office. So all reports of one act are there or none.
    ///
    /// What is damaged gives an error for each record or block, and the others follow; after any
    /// other error there is nothing more. The order is the same each time, and says nothing.
    ///
    /// # Complexity
    /// Linear in the number of events found, and the reading of their blocks, which stay in memory.
    pub fn events_of(&self, actors: &[ActorId]) -> impl Iterator<Item = Result<Event, StoreError>> {
        self.found(Window::ALL, |index, segment| {
            let lists = actors.iter().map(|actor| index.list(segment, actor));
            let all: BTreeSet<u32> = lists.flat_map(|list| list.to_vec()).collect();
            all.into_iter().collect()
        })
    }

    /// Returns the events in which all of some actors take part, taken as by [`Store::events_of`],
    /// that are certain to lie in a window.
    ///
    /// Damage and order are as for [`Store::events_of`].
    ///
    /// # Complexity
    /// Linear in the number of events of the actor who has the fewest; once the blocks are in
    /// memory, some microseconds for each event found.
    pub fn events_between(
        &self,
        actors: &[ActorId],
        window: Window,
    ) -> impl Iterator<Item = Result<Event, StoreError>> {
        self.found(window, |index, segment| {
            let mut lists: Vec<_> = actors
                .iter()
                .map(|actor| index.list(segment, actor))
                .collect();
            lists.sort_unstable_by_key(|list| list.len());
            let Some((first, others)) = lists.split_first() else {
                return Vec::new();
            };
            let mut common = first.to_vec();
            for other in others {
                common = shared(&common, other);
            }
            common
        })
    }

    /// Returns the events one of whose mentions has an id that begins with hexadecimal digits in
    /// either case; the id of an event is one of these.
    ///
    /// # Errors
    /// [`StoreError::Prefix`] where the text cannot begin an id. The items fail as those of
    /// [`Store::events_of`] do.
    ///
    /// # Complexity
    /// A scan of all ids.
    pub fn events_by_mention(
        &self,
        prefix: &str,
    ) -> Result<impl Iterator<Item = Result<Event, StoreError>> + use<'_>, StoreError> {
        let ids = key::ids_from(prefix)?;
        let (faults, blocks) = match self.view() {
            Ok(view) => (damages(&view).collect(), view.blocks.clone()),
            Err(error) => (vec![error], Vec::new()),
        };
        let found = blocks.into_iter().flat_map(move |sealed| {
            self.rows_of(&sealed, |loaded| {
                let block = &loaded.block;
                let articles = sealed.rows();
                let events = articles.flat_map(|row| block.events_of(row).into_iter().flatten());
                events
                    .filter(|event| block.is_mentioned(*event, ids))
                    .collect()
            })
        });
        Ok(faults.into_iter().map(Err).chain(found))
    }

    /// Returns every actor that takes part in an event, at every level, by id.
    ///
    /// Events of articles that are gone count until the index is made anew.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`]. Damaged blocks count for nothing.
    ///
    /// # Complexity
    /// Linear in the number of actors; where the index is missing, a scan of the store.
    pub fn actors(&self) -> Result<Vec<StoredActor>, StoreError> {
        let (_, index) = self.index()?;
        let mut all: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
        for segment in &index.segments {
            for named in segment.actors() {
                let (events, names) = all.entry(named.actor).or_default();
                *events += named.events;
                for (name, count) in named.names {
                    *names.entry(name).or_default() += count;
                }
            }
        }
        let actors = all.into_iter().filter_map(|(actor, (events, names))| {
            let most = names
                .into_iter()
                .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
            Some(StoredActor {
                actor: ActorId::parse(actor).ok()?,
                name: most.map(|(name, _)| name.to_owned()),
                events,
            })
        });
        Ok(actors.collect())
    }

    /// Returns the events that a search of each segment gives and that lie in a window.
    fn found(
        &self,
        window: Window,
        search: impl Fn(&Index, usize) -> Vec<u32>,
    ) -> impl Iterator<Item = Result<Event, StoreError>> {
        let mut rows: BTreeMap<BlockNumber, Vec<usize>> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut blocks = Vec::new();
        match self.index() {
            Ok((view, index)) => {
                for (place, segment) in index.segments.iter().enumerate() {
                    for (block, row) in search(&index, place)
                        .into_iter()
                        .filter_map(|event| segment.place(event))
                    {
                        rows.entry(block).or_default().push(row);
                    }
                }
                // Reading them again tells what is wrong with them.
                for block in &index.unread {
                    rows.entry(*block).or_default();
                }
                faults.extend(damages(&view));
                blocks.clone_from(&view.blocks);
            }
            Err(error) => faults.push(error),
        }
        let found = blocks.into_iter().flat_map(move |sealed| {
            let rows = rows.remove(&sealed.number());
            rows.map_or_else(Vec::new, |rows| {
                self.rows_of(&sealed, |loaded| {
                    let is_inside = |row: &usize| {
                        let article = loaded.block.article_of(*row);
                        let is_there = article.is_some_and(|row| !sealed.entry.is_gone(row));
                        let date = loaded.block.date(*row);
                        is_there && date.is_some_and(|date| window.fit(&date) == Fit::Inside)
                    };
                    rows.into_iter().filter(is_inside).collect()
                })
            })
        });
        faults.into_iter().map(Err).chain(found)
    }

    /// Reads those events of a block that are picked out.
    fn rows_of(
        &self,
        sealed: &Sealed,
        pick: impl FnOnce(&Loaded) -> Vec<usize>,
    ) -> Vec<Result<Event, StoreError>> {
        match sealed.load(&self.backend) {
            Ok(loaded) => {
                let rows = pick(&loaded).into_iter();
                rows.map(|row| sealed.event(&loaded, row)).collect()
            }
            Err(error) => vec![Err(error)],
        }
    }

    /// Returns a view of all that is there and the index of it; kept until the next write.
    fn index(&self) -> Result<(Arc<View>, Arc<Index>), StoreError> {
        let view = self.view()?;
        if let Some((sequence, index)) = &self.state().index
            && *sequence == view.sequence
        {
            return Ok((view, Arc::clone(index)));
        }
        let is_open = |sealed: &&Sealed| sealed.number() == OPEN;
        let sealed: Vec<&Sealed> = view.blocks.iter().filter(|one| !is_open(one)).collect();
        let (mut segments, unread) = self.segments_of(&sealed)?;
        let mut builder = Builder::default();
        for open in view.blocks.iter().filter(is_open) {
            builder.add(open, &*open.load(&self.backend)?);
        }
        segments.extend(builder.finish()?.map(Arc::new));
        let index = Arc::new(Index {
            segments,
            unread,
            lists: Mutex::default(),
        });
        self.state_mut().index = Some((view.sequence, Arc::clone(&index)));
        Ok((view, index))
    }

    /// Returns segments that are about all blocks but those that cannot be read: those that are known
    /// or in the file, and one that is made of the blocks that these are not about.
    fn segments_of(
        &self,
        blocks: &[&Sealed],
    ) -> Result<(Vec<Arc<Segment>>, Vec<BlockNumber>), StoreError> {
        let known = self.state().segments.clone();
        let known = match known {
            Some(known) => known,
            None => self.filed_segments()?,
        };
        let mut wanted: BTreeMap<BlockNumber, &Sealed> = blocks
            .iter()
            .map(|sealed| (sealed.number(), *sealed))
            .collect();
        let mut segments: Vec<Arc<Segment>> = Vec::new();
        for segment in known {
            let is_of_now = segment.blocks.iter().all(|covered| {
                let sealed = wanted.get(&covered.number);
                sealed.is_some_and(|sealed| sealed.entry.sequence == covered.sequence)
            });
            if is_of_now {
                for covered in &segment.blocks {
                    wanted.remove(&covered.number);
                }
                segments.push(segment);
            }
        }
        if segments.len() >= SEGMENTS_MAX && !wanted.is_empty() {
            segments.clear();
            wanted = blocks
                .iter()
                .map(|sealed| (sealed.number(), *sealed))
                .collect();
        }
        let mut builder = Builder::default();
        let mut unread = Vec::new();
        for (number, sealed) in wanted {
            match sealed.load_once(&self.backend) {
                Ok(loaded) => builder.add(sealed, &loaded),
                Err(StoreError::Damaged { .. }) => unread.push(number),
                Err(error) => return Err(error),
            }
        }
        let made = builder.finish()?;
        let is_made = made.is_some();
        segments.extend(made.map(Arc::new));
        let mut state = self.state_mut();
        state.segments_made |= is_made;
        state.segments = Some(segments.clone());
        Ok((segments, unread))
    }

    fn filed_segments(&self) -> Result<Vec<Arc<Segment>>, StoreError> {
        let file = self.backend.read_file(index::FILE)?.unwrap_or_default();
        let segments = index::read_file(&file);
        self.state_mut().filed_segments = segments.len();
        Ok(segments.into_iter().map(Arc::new).collect())
    }

    /// Writes the index of the sealed blocks to its file, if that is not about all of them. A disk
    /// that is full is no reason to fail: the index can be made again.
    ///
    /// # Errors
    /// [`StoreError::Io`] where a block cannot be read.
    pub(super) fn file_index(&self) -> Result<(), StoreError> {
        let blocks: Vec<Sealed> = self.state().blocks.values().cloned().collect();
        let (segments, _) = self.segments_of(&blocks.iter().collect::<Vec<_>>())?;
        if segments.len() != self.state().filed_segments || self.state().segments_made {
            let file = index::write_file(segments.iter().map(|segment| &**segment));
            if self.backend.write_file(index::FILE, file).is_ok() {
                let mut state = self.state_mut();
                state.filed_segments = segments.len();
                state.segments_made = false;
            }
        }
        Ok(())
    }
}

/// Returns what is in both of two sorted lists, the first of which is the shorter.
fn shared(short: &[u32], long: &[u32]) -> Vec<u32> {
    let mut rest = long;
    let mut found = Vec::new();
    for wanted in short {
        // By leaps, for the long list may be a thousand times as long.
        let mut leap = 1;
        while rest.get(leap).is_some_and(|event| event < wanted) {
            leap *= 2;
        }
        let near = rest.get(..rest.len().min(leap + 1)).unwrap_or_default();
        let skipped = near.partition_point(|event| event < wanted);
        rest = rest.get(skipped..).unwrap_or_default();
        if rest.first() == Some(wanted) {
            found.push(*wanted);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_in_both_lists_is_found(one in prop::collection::btree_set(0_u32..300, 0..40), other in prop::collection::btree_set(0_u32..300, 0..200)) {
            let [short, long] = [&one, &other].map(|list| list.iter().copied().collect::<Vec<_>>());
            let both: Vec<u32> = one.intersection(&other).copied().collect();
            prop_assert_eq!(shared(&short, &long), both);
        }
    }
}
