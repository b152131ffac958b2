//! What all commands share: where the store is, how to print, what day it is.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process;
use std::slice;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result};
use clap::Args;
use demarche::backup::OnDamage;
use demarche::graph::Graph;
use demarche::lexicon::{Lexicon, UserDictionary};
use demarche::model::{ActorId, Day, Event, Role, Window};
use demarche::store::{Holder, OpenMode, Store, StoreError, StoredActor};
use demarche::text::Analyser;

use crate::cli::actor_name::{dictionary_name, resolve};
use crate::cli::dictionary;
use crate::cli::output::Format;
use crate::cli::store_reader::StoreReader;

/// Options before or after any command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Session {
    /// Folder of the store
    #[arg(
        long,
        global = true,
        env = "DEMARCHE_STORE",
        default_value = "demarche.db",
        value_name = "DIR"
    )]
    pub(crate) store: PathBuf,
    /// A dictionary of yours in a file, over that of the store, which is over the bundled one;
    /// `actors` writes to it instead of the store
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) dictionary: Option<PathBuf>,
    /// How to print results: a table on a terminal, tsv when piped
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Leave damaged records of the store, or damaged lines of a backup, out and say which, instead
    /// of stopping at the first
    #[arg(long, global = true)]
    pub(crate) skip_damaged: bool,
}

impl Session {
    /// What to do about damage, as the user wants it.
    pub(crate) const fn on_damage(&self) -> OnDamage {
        if self.skip_damaged {
            OnDamage::Skip
        } else {
            OnDamage::Stop
        }
    }

    /// Opens the store, made new if `mode` says so.
    pub(crate) fn open(&self, mode: OpenMode) -> Result<Store> {
        Ok(Store::open_as(&self.store, mode, Some(&holder()))?)
    }

    /// Opens the store if there is one.
    pub(crate) fn open_if_there(&self) -> Result<Option<Store>> {
        match Store::open_as(&self.store, OpenMode::Existing, Some(&holder())) {
            Err(StoreError::Missing { .. }) => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    /// Opens an existing store and builds the graph of its events.
    pub(crate) fn graph(&self) -> Result<Opened> {
        self.graph_of(self.open(OpenMode::Existing)?)
    }

    /// Opens an existing store to ask about some of its events only.
    pub(crate) fn asked(&self) -> Result<Asked> {
        let store = StoreReader::new(self.open(OpenMode::Existing)?, self.on_damage());
        let lexicon = self.lexicon(store.with_dictionary()?)?;
        let mut actors = store.actors()?;
        for known in &mut actors {
            let name = dictionary_name(&lexicon, &known.actor);
            known.name = name.or(known.name.take());
        }
        Ok(Asked {
            store,
            lexicon,
            actors,
        })
    }

    /// The same if there is a store.
    pub(crate) fn graph_if_there(&self) -> Result<Option<Opened>> {
        let store = self.open_if_there()?;
        store.map(|store| self.graph_of(store)).transpose()
    }

    fn graph_of(&self, store: Store) -> Result<Opened> {
        let store = StoreReader::new(store, self.on_damage());
        let events = store.readable_events()?;
        let lexicon = self.lexicon(store.with_dictionary()?)?;
        let graph = Graph::build(events, |actor| dictionary_name(&lexicon, actor));
        Ok(Opened {
            store,
            graph,
            lexicon,
        })
    }

    /// Returns the dictionaries that hold: --dictionary over that of the store over the bundled one,
    /// which is not copied where the user has nothing to say.
    pub(crate) fn lexicon(&self, store: Option<&Store>) -> Result<Cow<'static, Lexicon>> {
        applied(&dictionary::read(store, self.dictionary.as_deref())?)
    }

    /// The same with the store, if there is one, open for a moment only. A store that another
    /// process has open is left out, and standard error says so.
    pub(crate) fn lexicon_at_hand(&self) -> Result<Cow<'static, Lexicon>> {
        let store = match self.open_if_there() {
            Err(error) if matches!(error.downcast_ref(), Some(StoreError::Locked { .. })) => {
                writeln!(
                    io::stderr(),
                    "note: the dictionary of the store is not read, another process has it open"
                )?;
                None
            }
            opened => opened?,
        };
        self.lexicon(store.as_ref())
    }
}

/// What a question needs that is about some of the events.
pub(crate) struct Asked {
    pub(crate) store: StoreReader,
    pub(crate) lexicon: Cow<'static, Lexicon>,
    /// All actors of the store, by id, with the names of the dictionaries where these have any.
    actors: Vec<StoredActor>,
}

impl Asked {
    /// Returns the actor that the user means.
    pub(crate) fn resolve(&self, text: &str) -> Result<ActorId> {
        resolve(text, &self.actors, &self.lexicon)
    }

    /// Builds the graph of all events in which an actor takes part: each happening is as the whole
    /// graph has it, for the reports of one act name the same sources and targets.
    pub(crate) fn graph_of(&self, actor: &ActorId) -> Result<Graph> {
        let mut events: Vec<_> = self.store.events_of(slice::from_ref(actor)).collect();
        // Of those who stand by, some reports say nothing.
        let stood_by =
            |event: &&Event| event.participants.iter().any(|one| one.role > Role::Target);
        let groups: BTreeSet<Vec<ActorId>> = events
            .iter()
            .flatten()
            .filter(stood_by)
            .map(sides)
            .collect();
        for group in groups {
            events.extend(self.store.events_between(&group, Window::ALL));
        }
        self.graph(events.into_iter())
    }

    /// Builds the graph of events in which an actor is source or target, as [`Asked::graph_of`] does.
    pub(crate) fn graph_of_deeds(&self, actor: &ActorId) -> Result<Graph> {
        self.graph(self.store.events_of(slice::from_ref(actor)))
    }

    /// The same of events in which all of some actors are.
    pub(crate) fn graph_between(&self, actors: &[ActorId]) -> Result<Graph> {
        self.graph(self.store.events_between(actors, Window::ALL))
    }

    /// Builds a graph of some events.
    pub(crate) fn graph(
        &self,
        events: impl Iterator<Item = Result<Event, StoreError>>,
    ) -> Result<Graph> {
        let events = self.store.all_readable(events)?;
        Ok(Graph::build(events, |actor| {
            let place = self.actors.binary_search_by(|known| known.actor.cmp(actor));
            self.actors.get(place.ok()?)?.name.clone()
        }))
    }
}

/// Returns the sources and targets of an event, which all reports of one act name.
pub(crate) fn sides(event: &Event) -> Vec<ActorId> {
    let sides = event
        .in_role(Role::Source)
        .chain(event.in_role(Role::Target));
    sides.map(|side| side.actor.clone()).collect()
}

/// What most questions need.
pub(crate) struct Opened {
    pub(crate) store: StoreReader,
    pub(crate) graph: Graph,
    pub(crate) lexicon: Cow<'static, Lexicon>,
}

/// Returns the bundled dictionaries as the user's change them; if these say nothing, no copy.
pub(crate) fn applied(user: &UserDictionary) -> Result<Cow<'static, Lexicon>> {
    let bundled = lexicon()?;
    Ok(if user.is_empty() {
        Cow::Borrowed(bundled)
    } else {
        Cow::Owned(bundled.with_user(user))
    })
}

/// Returns this process, for the message that others get who want the store.
pub(crate) fn holder() -> Holder {
    let words = env::args_os().map(|word| word.to_string_lossy().into_owned());
    let mut words: Vec<String> = words.collect();
    if let Some(program) = words.first_mut() {
        "demarche".clone_into(program);
    }
    Holder {
        process: process::id(),
        command: words.join(" "),
    }
}

/// Returns the dictionaries that come with the program.
pub(crate) fn lexicon() -> Result<&'static Lexicon> {
    Lexicon::bundled().context("the dictionaries of this build are damaged")
}

/// Returns the analyser that comes with the program.
pub(crate) fn analyser() -> Result<&'static Analyser> {
    Analyser::bundled().context("the model of this build is damaged")
}

/// Returns the current day (UTC), the only place where the program asks the clock.
pub(crate) fn today() -> Day {
    #[expect(
        clippy::disallowed_methods,
        reason = "the face asks the clock so that the engine need not"
    )]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Day::from_number(i32::try_from(since.as_secs() / 86_400).unwrap_or(i32::MAX))
}
