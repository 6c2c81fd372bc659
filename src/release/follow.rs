//! A replica: follows CURRENT, checks what it leads to, loads it beside what is served, and swaps. Whatever is wrong with the
//! depot or with what is in it, what is served before is served on.

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

use super::{
    Current, Depot, Entry, NotPublished, Pointer, SnapshotId, Version,
    build::{GEOGRAPHY, INDEX, PAGES},
    folder::FolderDepot,
    publish::{self, Known, Parts, parts},
};
use crate::{
    clock::Clock,
    comparison::{Side, compare},
    reload::{Attempt, Board, Outcome},
    render::comparison::headline,
    snapshot::Snapshot,
};

/// Where the data came from that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the depot.
    Depot,
    /// From this machine's own copy, because the depot was away.
    Cache,
}

/// How a replica stands, for operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// The snapshot that is served.
    pub serving: SnapshotId,
    /// How often CURRENT had moved when it was taken up.
    pub sequence: u64,
    /// The snapshot that CURRENT leads to, and since when, where that is another one.
    pub wanted: Option<(SnapshotId, Timestamp)>,
    /// When the depot was last looked at.
    pub looked_at: Timestamp,
    /// Why it could not be looked at, or what it leads to not be taken up.
    pub fault: Option<String>,
    /// Where what is served came from.
    pub origin: Origin,
}

/// How a replica stands, for everybody to read.
#[derive(Clone, Debug, Default)]
pub struct Followed(Arc<ArcSwapOption<Beat>>);

/// What takes up what is to be served next: a snapshot, and the pages that it brings along.
pub type Publish<'a> = &'a dyn Fn(Arc<Snapshot>, Option<Vec<u8>>);

/// Follows a depot.
pub struct Follower {
    depot: Arc<dyn Depot>,
    cache: Option<FolderDepot>,
    clock: Clock,
    board: Board,
    followed: Followed,
    serving: Serving,
    /// The state of CURRENT that was dealt with.
    version: Option<Version>,
}

struct Serving {
    pointer: Pointer,
    known: Known,
    pages: Option<Entry>,
    snapshot: Arc<Snapshot>,
    origin: Origin,
}

/// A thread that follows a depot; it ends when this is dropped.
pub struct Watch {
    wake: Sender<()>,
}

impl Followed {
    /// How the replica stands, once it has begun.
    pub fn beat(&self) -> Option<Arc<Beat>> {
        self.0.load_full()
    }
}

impl Follower {
    /// Loads what CURRENT leads to; where the depot is away, or what it leads to is damaged, what this machine kept.
    ///
    /// # Errors
    /// When neither can be loaded: the fault of the depot.
    pub fn begin(depot: impl Into<Arc<dyn Depot>>, cache: Option<PathBuf>, clock: Clock) -> Result<Self, NotPublished> {
        let (depot, cache) = (depot.into(), cache.map(FolderDepot::new));
        let (board, followed) = (Board::default(), Followed::default());
        let from_depot = first(&*depot, Origin::Depot);
        let (serving, version, fault) = match (from_depot, &cache) {
            (Ok((serving, parts, version)), cache) => {
                if let Some(cache) = cache {
                    kept(cache, &serving.pointer, &parts, None);
                }
                (serving, Some(version), None)
            }
            (Err(error), None) => return Err(error),
            (Err(error), Some(cache)) => {
                tracing::error!(%error, "the depot cannot be used; this machine's own copy is served until it can");
                let Ok((serving, ..)) = first(cache, Origin::Cache) else { return Err(error) };
                (serving, None, Some(error.to_string()))
            }
        };
        let follower = Self { depot, cache, clock, board, followed, serving, version };
        follower.say(None, fault);
        Ok(follower)
    }

    /// What is served.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.serving.snapshot
    }

    /// Where it says what came of changes.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Where it says how it stands.
    pub fn followed(&self) -> &Followed {
        &self.followed
    }

    /// What fetches the pages that the first snapshot brings along: they are not needed for the first answers, so that a start
    /// does not wait for them. Where they cannot be had, that is said, and no more: they can be rendered anew.
    pub fn pages(&self) -> impl FnOnce() -> Option<Vec<u8>> + Send + 'static {
        let (depot, cache, id) = (self.depot.clone(), self.cache.clone(), self.serving.pointer.snapshot().clone());
        let entry = self.serving.pages.clone();
        move || {
            let entry = entry?;
            let own = cache.as_ref().and_then(|cache| publish::file(cache, &id, &entry).ok());
            if own.is_some() {
                return own;
            }
            let pages = publish::file(&*depot, &id, &entry);
            let pages = pages.inspect_err(|error| tracing::warn!(%error, "the pages of the snapshot are rendered here")).ok();
            keep_pages(cache.as_ref(), &id, pages.as_deref());
            pages
        }
    }

    /// Where the snapshots come from.
    pub fn place(&self) -> &str {
        self.depot.place()
    }

    /// Looks at CURRENT, and gives what it leads to to `publish` where that is new and sound.
    pub fn look(&mut self, publish: Publish<'_>) {
        let started = Instant::now();
        let looked = catch_unwind(AssertUnwindSafe(|| self.step(publish)));
        let outcome = match looked {
            Ok(outcome) => outcome,
            Err(panic) => Some(Outcome::Failed { message: message(&*panic) }),
        };
        if let Some(outcome) = outcome {
            self.board.tell(Attempt { at: self.clock.now(), took: started.elapsed(), outcome });
        }
    }

    fn step(&mut self, publish: Publish<'_>) -> Option<Outcome> {
        let (bytes, version) = match self.depot.current(self.version.as_ref()) {
            Ok(Current::Changed(bytes, version)) => (bytes, version),
            // What was not taken up is still wanted.
            Ok(Current::Unchanged) => return self.still(),
            Ok(Current::Absent) => return self.fault(None, "CURRENT".to_owned(), "CURRENT is gone".to_owned()),
            Err(error) => return self.fault(None, "the depot".to_owned(), error.to_string()),
        };
        let pointer = match publish::pointer(&*self.depot, &bytes) {
            Ok(pointer) => pointer,
            Err(error) => return self.fault(None, "CURRENT".to_owned(), error.to_string()),
        };
        if pointer.snapshot() == self.serving.pointer.snapshot() {
            self.version = Some(version);
            self.serving.pointer = pointer;
            self.serving.origin = Origin::Depot;
            self.say(None, None);
            return None;
        }
        match self.taken_up(&pointer, publish) {
            Ok(outcome) => {
                self.version = Some(version);
                Some(outcome)
            }
            Err(error) => {
                let place = format!("snapshot {}", pointer.snapshot());
                // What is damaged stays so until CURRENT moves; what cannot be reached now can be later.
                if matches!(error, NotPublished::Snapshot(_)) {
                    self.version = Some(version);
                }
                self.fault(Some(&pointer), place, error.to_string())
            }
        }
    }

    fn taken_up(&mut self, pointer: &Pointer, publish: Publish<'_>) -> Result<Outcome, NotPublished> {
        let (id, serving) = (pointer.snapshot(), &self.serving);
        let parts = parts(&*self.depot, id, &serving.known)?;
        let same_geography = parts.known.geography == serving.known.geography;
        let dataset = parts.dataset(id, same_geography.then(|| serving.snapshot.land().shared_geography()))?;
        let next = Arc::new(parts.snapshot(id, dataset, Some(&serving.snapshot))?);
        let pages = parts.pages.as_ref().map(|entry| publish::file(&*self.depot, id, entry)).transpose()?;
        let day = self.clock.today(&next.info().time_zone);
        let changes = compare(Side { snapshot: &serving.snapshot, day }, Side { snapshot: &next, day });
        let outcome = Outcome::TakenUp { generation: next.generation().clone(), headline: headline(&changes) };
        keep_pages(self.cache.as_ref(), id, pages.as_deref());
        publish(next.clone(), pages);
        if let Some(cache) = &self.cache {
            kept(cache, pointer, &parts, Some(serving.pointer.snapshot()));
        }
        let Parts { known, pages, .. } = parts;
        self.serving = Serving { pointer: pointer.clone(), known, pages, snapshot: next, origin: Origin::Depot };
        self.say(None, None);
        Ok(outcome)
    }

    /// Says that nothing has moved; what was wrong with what CURRENT leads to is wrong still.
    fn still(&self) -> Option<Outcome> {
        let before = self.followed.beat();
        let waiting = before.as_ref().and_then(|beat| beat.wanted.clone());
        let fault = before.and_then(|beat| beat.fault.clone()).filter(|_| waiting.is_some());
        self.put(waiting, fault);
        None
    }

    /// Says what is wrong: in the log when it begins, in the status for as long as it lasts.
    fn fault(&self, wanted: Option<&Pointer>, place: String, message: String) -> Option<Outcome> {
        let is_news = self.followed.beat().is_none_or(|beat| beat.fault.as_deref() != Some(&message));
        self.say(wanted, Some(message.clone()));
        is_news.then_some(Outcome::Unreadable { place, message })
    }

    fn say(&self, wanted: Option<&Pointer>, fault: Option<String>) {
        self.put(wanted.map(|wanted| (wanted.snapshot().clone(), wanted.activated_at)), fault);
    }

    fn put(&self, wanted: Option<(SnapshotId, Timestamp)>, fault: Option<String>) {
        let now = self.clock.now();
        let lag = wanted.as_ref().map_or(0.0, |(_, since)| now.duration_since(*since).as_secs_f64().max(0.0));
        metrics::gauge!("coverage_map_snapshot_lag_seconds").set(lag);
        metrics::gauge!("coverage_map_depot_reached").set(if fault.is_some() && wanted.is_none() { 0.0 } else { 1.0 });
        let Serving { pointer, origin, .. } = &self.serving;
        let beat = Beat {
            serving: pointer.snapshot().clone(),
            sequence: pointer.sequence,
            wanted,
            looked_at: now,
            fault,
            origin: *origin,
        };
        self.followed.0.store(Some(Arc::new(beat)));
    }
}

/// Follows on a thread of its own, looking this often.
///
/// # Errors
/// When there can be no thread for it.
pub fn follow<P>(mut follower: Follower, every: Duration, publish: P) -> io::Result<Watch>
where
    P: Fn(Arc<Snapshot>, Option<Vec<u8>>) + Send + 'static,
{
    let (wake, wakes): (Sender<()>, Receiver<()>) = channel();
    let run = move || {
        while let Ok(()) | Err(RecvTimeoutError::Timeout) = wakes.recv_timeout(every) {
            follower.look(&publish);
        }
    };
    thread::Builder::new().name("follow".to_owned()).spawn(run)?;
    Ok(Watch { wake })
}

impl Watch {
    /// Asks to look now.
    pub fn ask(&self) {
        // A thread that is gone has said why.
        let _ = self.wake.send(());
    }
}

/// What CURRENT of a depot leads to.
fn first(depot: &dyn Depot, origin: Origin) -> Result<(Serving, Parts, Version), NotPublished> {
    let Current::Changed(bytes, version) = depot.current(None)? else {
        return Err(NotPublished::NothingActive(depot.place().to_owned()));
    };
    let pointer = publish::pointer(depot, &bytes)?;
    let id = pointer.snapshot();
    let parts = parts(depot, id, &Known::default())?;
    let snapshot = Arc::new(parts.first(id)?);
    let (known, pages) = (parts.known.clone(), parts.pages.clone());
    Ok((Serving { pointer, known, pages, snapshot, origin }, parts, version))
}

/// Keeps the pages of a snapshot on this machine, as [`kept`] does with what is needed.
fn keep_pages(cache: Option<&FolderDepot>, id: &SnapshotId, pages: Option<&[u8]>) {
    let kept = cache.zip(pages).map_or(Ok(()), |(cache, pages)| cache.add(&id.path(PAGES), pages));
    let _ = kept.inspect_err(|error| tracing::warn!(%error, "{NOT_KEPT}"));
}

const NOT_KEPT: &str = "the copy of the snapshot on this machine cannot be written";

/// Keeps what is served on this machine, for a start while the depot is away. Where that cannot be, it is said, and no more.
///
/// Files that were known are taken from the copy of the snapshot before.
fn kept(cache: &FolderDepot, pointer: &Pointer, parts: &Parts, before: Option<&SnapshotId>) {
    let keep = || -> Result<(), NotPublished> {
        let id = pointer.snapshot();
        for (path, bytes) in &parts.files {
            cache.add(&id.path(path), bytes)?;
        }
        let known = [GEOGRAPHY, INDEX].into_iter().filter(|path| parts.files.iter().all(|(own, _)| own != path));
        for (path, before) in known.flat_map(|path| before.map(|before| (path, before))) {
            if let Some(bytes) = cache.read(&before.path(path))? {
                cache.add(&id.path(path), &bytes)?;
            }
        }
        cache.add(&id.manifest(), &parts.manifest)?;
        let seen = publish::current(cache)?;
        publish::moved(cache, &seen, pointer.clone())?;
        // The one before stays: somebody may go back to it.
        let before = seen.pointer.as_ref().map(Pointer::snapshot);
        Ok(cache.forget(|name| name != id.as_str() && before.is_none_or(|before| name != before.as_str()))?)
    };
    if let Err(error) = keep() {
        tracing::warn!(%error, "{NOT_KEPT}");
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}
