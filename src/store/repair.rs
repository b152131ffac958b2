//! Bringing what is readable of a damaged store into a new one.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::model::{ArticleId, Day};
use crate::store::backend::Backend;
use crate::store::block::BlockNumber;
use crate::store::check::{PROBLEMS_LISTED_MAX, Problem};
use crate::store::folder::{self, FORMAT, Found};
use crate::store::holder::HolderFile;
use crate::store::key::{self, Key};
use crate::store::manifest::{self, Manifest};
use crate::store::record::Whole;
use crate::store::replace::{self, Replacement};
use crate::store::salvage::{self, Values};
use crate::store::sealed::{BlockEntry, Sealed, read_block};
use crate::store::sled_backend::SledBackend;
use crate::store::{
    Holder, Loader, OpenMode, RunNumber, RunRecord, RunStart, Store, StoreError, dictionary,
    envelope, folder_files,
};

/// What repairing has saved and what is lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RepairReport {
    /// How many articles were saved.
    pub articles: u64,
    /// How many events.
    pub events: u64,
    /// How many runs.
    pub runs: u64,
    /// Articles and events that the store had by its last manifest; nothing where none was left.
    pub expected: Option<(u64, u64)>,
    /// What could not be saved, at most 1000.
    pub lost: Vec<Problem>,
    /// How much could not be saved, listed or not.
    pub lost_total: u64,
    /// Where the damaged store is kept.
    pub kept: PathBuf,
}

impl RepairReport {
    fn lose(&mut self, record: impl Into<String>, reason: impl Into<String>) {
        self.lost_total += 1;
        if self.lost.len() < PROBLEMS_LISTED_MAX {
            self.lost.push(Problem {
                record: record.into(),
                reason: reason.into(),
            });
        }
    }
}

/// What was found of a damaged store.
struct Wreck {
    files: Backend,
    values: Values,
    blocks: BTreeMap<BlockNumber, Sealed>,
    manifest: Option<Manifest>,
}

/// Where the latest version of an article lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Latest {
    Open,
    Sealed(BlockNumber),
    Removed,
}

impl Store {
    /// Brings what is readable of the store in a folder into a new store, puts that in its place, and
    /// keeps the damaged one beside it. `holder` is told to others as by [`Store::open_as`].
    ///
    /// What the tree holds is taken as it is, if sled can read it and it is not shortened; else every
    /// value is looked for in its files. Sealed blocks are read from their own files, and pages of
    /// them are made again from parity.
    ///
    /// # Errors
    /// - [`StoreError::Missing`], [`StoreError::NotAStore`]: nothing is left of a store.
    /// - [`StoreError::NewerFormat`], [`StoreError::OlderFormat`]: it is of another format.
    /// - [`StoreError::Locked`]: another process uses it.
    /// - [`StoreError::Io`]; then nothing has changed.
    ///
    /// # Complexity
    /// A scan of all files.
    pub fn repair(path: &Path, holder: Option<&Holder>) -> Result<RepairReport, StoreError> {
        replace::finish(path)?;
        check_repairable(path)?;
        let mut report = RepairReport::default();
        let (tree, found) = find(path, &mut report)?;
        let _holder = HolderFile::write(path, holder);
        let replacement = Replacement::begin(path)?;
        let saved = Self::open(&replacement.next(), OpenMode::Create).and_then(|new| {
            save(&found, &new, &mut report)?;
            new.close()
        });
        if let Err(error) = saved {
            replacement.abandon();
            return Err(error);
        }
        report.kept = replacement.declare_kept()?;
        replace::finish(path)?;
        drop(tree);
        Ok(report)
    }
}

/// Checks that there is something of ours in a folder.
fn check_repairable(path: &Path) -> Result<(), StoreError> {
    let path_owned = path.to_owned();
    match folder::look(path) {
        Ok(Found::Nothing) => Err(StoreError::Missing { path: path_owned }),
        Ok(Found::Store(found)) if found > FORMAT => Err(StoreError::NewerFormat {
            path: path_owned,
            found,
            known: FORMAT,
        }),
        Ok(Found::Store(found)) if found < FORMAT => Err(StoreError::OlderFormat {
            path: path_owned,
            found,
            known: FORMAT,
        }),
        Ok(Found::Store(_)) => Ok(()),
        // The marker may be what was damaged; the other files have names of their own.
        Ok(_) | Err(StoreError::Unreadable { .. }) => {
            let names = folder_files::names(path)?;
            let is_ours =
                |name: &String| name == manifest::FILE || BlockNumber::of_file(name).is_some();
            if names.iter().any(is_ours) {
                Ok(())
            } else {
                Err(StoreError::NotAStore { path: path_owned })
            }
        }
        Err(error) => Err(error),
    }
}

/// Finds what there is. The tree is given back where sled can read it, so that its lock is held.
fn find(
    path: &Path,
    report: &mut RepairReport,
) -> Result<(Option<SledBackend>, Wreck), StoreError> {
    let files = Backend::Files(path.to_owned());
    let noted = files.read_file(manifest::FILE)?;
    let noted = noted.and_then(|file| manifest::decode_file(&file).ok());
    let tree = match folder::check_files(path, "open").and_then(|()| SledBackend::open(path)) {
        Ok(tree) => Some(tree),
        Err(error @ StoreError::Locked { .. }) => return Err(error),
        Err(error) => {
            report.lose("tree", error.to_string());
            None
        }
    };
    let mut values = Values::new();
    let is_whole = tree.as_ref().is_some_and(|tree| {
        let is_read = read_tree(tree, &mut values, report);
        let found = manifest_of(&values);
        let noted = noted.as_ref().map(|(manifest, _)| manifest.sequence);
        is_read && found.is_some_and(|found| noted.is_none_or(|noted| noted <= found.sequence))
    });
    if !is_whole {
        for (key, (sequence, value)) in salvage::find_in_files(path)? {
            let known = values.get(&key);
            if known.is_none_or(|known| known.0 < sequence) {
                values.insert(key, (sequence, value));
            }
        }
    }
    let found = manifest_of(&values);
    let noted_manifest = noted.as_ref().map(|(manifest, _)| manifest.clone());
    let manifest = found.into_iter().chain(noted_manifest);
    let manifest = manifest.max_by_key(|manifest| manifest.sequence);
    let mut entries = entries_of(&values);
    if !is_whole {
        add_entries(&mut entries, noted, &files)?;
    }
    let blocks = entries
        .into_iter()
        .map(|(number, (_, entry))| (number, Sealed::new(entry)))
        .collect();
    let found = Wreck {
        files,
        values,
        blocks,
        manifest,
    };
    Ok((tree, found))
}

/// Adds what the file of the manifest and the files of the blocks say of blocks, for a tree that is
/// not whole.
fn add_entries(
    entries: &mut BTreeMap<BlockNumber, (u64, BlockEntry)>,
    noted: Option<(Manifest, Vec<BlockEntry>)>,
    files: &Backend,
) -> Result<(), StoreError> {
    let (sequence, noted) = noted.map_or((0, Vec::new()), |(manifest, blocks)| {
        (manifest.sequence, blocks)
    });
    for entry in noted {
        let known = entries.get(&entry.number);
        if known.is_none_or(|known| known.0 < sequence) {
            entries.insert(entry.number, (sequence, entry));
        }
    }
    for number in blocks_in(files)? {
        if !entries.contains_key(&number)
            && let Some(entry) = entry_of_file(files, number)?
        {
            entries.insert(number, (0, entry));
        }
    }
    Ok(())
}

/// Reads all values of the tree; says whether that came to its end.
fn read_tree(tree: &SledBackend, values: &mut Values, report: &mut RepairReport) -> bool {
    for entry in tree.scan(key::everything()) {
        match entry {
            Ok((key, value)) => {
                if salvage::take(values, &value).is_none() {
                    report.lose(key::show(&key), "the record is damaged");
                }
            }
            Err(error) => {
                report.lose("tree", error.to_string());
                return false;
            }
        }
    }
    true
}

fn manifest_of(values: &Values) -> Option<Manifest> {
    let (_, value) = values.get(&Key::Manifest)?;
    envelope::decode(Key::Manifest, value).ok()
}

fn entries_of(values: &Values) -> BTreeMap<BlockNumber, (u64, BlockEntry)> {
    let entries = values.iter().filter_map(|(key, (sequence, value))| {
        let Key::Block(number) = key else { return None };
        let entry: BlockEntry = envelope::decode(*key, value).ok()?;
        Some((*number, (*sequence, entry)))
    });
    entries.collect()
}

/// Returns the blocks whose files are there.
fn blocks_in(files: &Backend) -> Result<Vec<BlockNumber>, StoreError> {
    let Some(path) = files.path() else {
        return Ok(Vec::new());
    };
    let names = folder_files::names(path)?;
    let numbers = names.iter().filter_map(|name| {
        let number = BlockNumber::of_file(name)?;
        (*name == number.block_file()).then_some(number)
    });
    Ok(numbers.collect())
}

/// Builds the record of a block of which only the file is left.
fn entry_of_file(files: &Backend, number: BlockNumber) -> Result<Option<BlockEntry>, StoreError> {
    let file = files.read_file(&number.block_file())?;
    let block = file.and_then(|file| read_block(number, file).ok());
    Ok(block.map(|block| BlockEntry::of_head(block.head())))
}

/// What is being saved.
struct Saving<'a> {
    loader: Loader<'a>,
    report: &'a mut RepairReport,
    /// Of each run: how many articles and events of it were saved, and the first day of these.
    runs: BTreeMap<RunNumber, (u64, u64, Day)>,
}

/// Puts everything that is readable into a new store.
fn save(found: &Wreck, new: &Store, report: &mut RepairReport) -> Result<(), StoreError> {
    report.expected = found
        .manifest
        .as_ref()
        .map(|manifest| (manifest.articles, manifest.events));
    if let Some((_, value)) = found.values.get(&Key::Dictionary) {
        match dictionary::decode(value) {
            Ok(text) => new.set_dictionary(&text)?,
            Err(error) => report.lose(Key::Dictionary.to_string(), error.to_string()),
        }
    }
    let latest = latest(found, report)?;
    let mut saving = Saving {
        loader: new.loader(),
        report,
        runs: BTreeMap::new(),
    };
    for sealed in found.blocks.values() {
        saving.save_block(found, sealed, &latest)?;
    }
    for (key, (_, value)) in &found.values {
        let Key::Article(id) = key else { continue };
        if latest
            .get(id)
            .is_some_and(|(_, lies)| *lies == Latest::Open)
        {
            match Whole::decode(*id, value) {
                Ok(whole) => saving.keep(whole)?,
                Err(error) => saving.report.lose(key.to_string(), error.to_string()),
            }
        }
    }
    let Saving {
        loader,
        report,
        runs,
    } = saving;
    loader.finish()?;
    save_runs(found, new, &runs, report)
}

/// Puts the runs, which from now on have added what was saved of them; a run of which only articles
/// are left gets a record that says so.
fn save_runs(
    found: &Wreck,
    new: &Store,
    saved: &BTreeMap<RunNumber, (u64, u64, Day)>,
    report: &mut RepairReport,
) -> Result<(), StoreError> {
    for (key, (_, value)) in &found.values {
        let Key::Run(run) = key else { continue };
        let mut record = match RunRecord::decode(*run, value) {
            Ok(record) => record,
            Err(error) => {
                report.lose(key.to_string(), error.to_string());
                continue;
            }
        };
        let (articles, events, _) = saved.get(run).copied().unwrap_or((0, 0, record.started));
        if record.finished && !record.undone && record.articles_new != articles {
            let added = record.articles_new;
            if articles < added {
                let reason = format!("of the {added} articles that it added, {articles} are left");
                report.lose(key.to_string(), reason);
            }
            record.articles_new = articles;
            record.events = events;
        }
        report.runs += 1;
        new.put_run(&record)?;
    }
    for (run, (articles, events, first)) in saved {
        let start = RunStart {
            started: *first,
            label: "a run whose record was lost, made anew by repairing".to_owned(),
            coder_version: String::new(),
            dictionary_version: String::new(),
        };
        let record = RunRecord {
            articles_new: *articles,
            events: *events,
            finished: true,
            ..RunRecord::begin(*run, start)
        };
        if new.put_run(&record)? {
            report.lose(Key::Run(*run).to_string(), "its record is lost");
        }
    }
    Ok(())
}

/// Finds out where the latest version of each article lies.
fn latest(
    found: &Wreck,
    report: &mut RepairReport,
) -> Result<HashMap<ArticleId, (u64, Latest)>, StoreError> {
    let mut latest: HashMap<ArticleId, (u64, Latest)> = HashMap::new();
    let mut note = |id: ArticleId, sequence: u64, lies: Latest| {
        let known = latest.entry(id).or_insert((sequence, lies));
        *known = (*known).max((sequence, lies));
    };
    for sealed in found.blocks.values() {
        let loaded = match sealed.load_once(&found.files) {
            Ok(loaded) => loaded,
            Err(StoreError::Damaged { key, reason, .. }) => {
                let entry = &sealed.entry;
                let articles = entry.articles - entry.gone_articles.min(entry.articles);
                let events = entry.events - entry.gone_events.min(entry.events);
                let reason = format!("{reason}; {articles} articles with {events} events");
                report.lose(key, reason);
                continue;
            }
            Err(error) => return Err(error),
        };
        for row in sealed.all_rows() {
            if let Some(id) = loaded.block.id(row) {
                // What is gone has a later version, unless that is lost.
                let is_gone = sealed.entry.is_gone(row);
                let sequence = if is_gone { 0 } else { sealed.entry.sequence };
                note(id, sequence, Latest::Sealed(sealed.number()));
            }
        }
    }
    for (key, (sequence, _)) in &found.values {
        match key {
            Key::Article(id) => note(*id, *sequence, Latest::Open),
            Key::Removed(id) => note(*id, *sequence, Latest::Removed),
            _ => {}
        }
    }
    Ok(latest)
}

impl Saving<'_> {
    fn save_block(
        &mut self,
        found: &Wreck,
        sealed: &Sealed,
        latest: &HashMap<ArticleId, (u64, Latest)>,
    ) -> Result<(), StoreError> {
        // What cannot be loaded was told before.
        let Ok(columns) = sealed.load_once(&found.files) else {
            return Ok(());
        };
        for row in sealed.all_rows() {
            let id = columns.block.id(row);
            let lies = id.and_then(|id| latest.get(&id));
            if lies.is_none_or(|(_, lies)| *lies != Latest::Sealed(sealed.number())) {
                continue;
            }
            if let (true, Some(id)) = (sealed.entry.is_gone(row), id) {
                let reason = "only the version before its last change is left";
                self.report.lose(Key::Article(id).to_string(), reason);
            }
            match sealed.whole(&found.files, &columns, row) {
                Ok(whole) => self.keep(whole)?,
                Err(StoreError::Damaged { key, reason, .. }) => self.report.lose(key, reason),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn keep(&mut self, whole: Whole) -> Result<(), StoreError> {
        let key = Key::Article(whole.article.id);
        let (run, added) = (whole.run, whole.added);
        let events = whole.events.len() as u64;
        match self.loader.put(whole.article, whole.events, run, added) {
            Ok(_) => {
                self.report.articles += 1;
                self.report.events += events;
                let (articles_of, events_of, first) = self.runs.entry(run).or_insert((0, 0, added));
                *articles_of += 1;
                *events_of += events;
                *first = added.min(*first);
                Ok(())
            }
            Err(error @ (StoreError::Unsound { .. } | StoreError::Collision { .. })) => {
                self.report.lose(key.to_string(), error.to_string());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
