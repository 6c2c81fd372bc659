//! Snapshots into a depot and out of it, and which one is served.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
    thread,
};

use jiff::{Timestamp, civil::Date};

use super::{
    Built, Conflict, Current, Depot, DepotError, Manifest, NotASnapshot, Pointer, SnapshotId, Version,
    build::{GEOGRAPHY, INDEX, PAGES, PROGRAM},
    depot::CURRENT,
    manifest::{Entry, LONGEST, sha256},
};
use crate::{
    comparison::{Comparison, Side, compare},
    domain::{Dataset, Geography},
    packed,
    reload::{Reason, reasons},
    snapshot::{Index, Land, Snapshot},
};

/// Why something could not be published, read or activated.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    /// The depot cannot be used.
    #[error(transparent)]
    Depot(#[from] DepotError),
    /// The snapshot is none, or damaged.
    #[error(transparent)]
    Snapshot(#[from] NotASnapshot),
    /// Somebody else was first.
    #[error(transparent)]
    Lost(#[from] Conflict),
    /// CURRENT says what nobody here understands.
    #[error(
        "{0}: CURRENT: cannot be read ({1}); use the version of coverage-map that wrote it, or remove CURRENT and activate a \
         snapshot: replicas serve on meanwhile"
    )]
    Pointer(String, serde_json::Error),
    /// Nothing was served before.
    #[error("{0}: there is no earlier snapshot to go back to; activate one by its name")]
    NothingBefore(String),
    /// Nothing is served at all.
    #[error("{0}: no snapshot is activated; coverage-map build --activate builds one")]
    NothingActive(String),
}

/// What the activation of a snapshot would change.
#[derive(Debug)]
pub struct Judged {
    /// What would be answered differently; `None` where nothing is served yet.
    pub comparison: Option<Comparison>,
    /// Why it should wait for a go-ahead; nothing where it need not.
    pub reasons: Vec<Reason>,
    /// The state of CURRENT that it was compared with.
    pub seen: Seen,
}

/// A state of CURRENT, to be moved on from.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// What it said.
    pub pointer: Option<Pointer>,
    version: Option<Version>,
}

/// Keeps a snapshot in a depot: its files first, its manifest last.
///
/// # Errors
/// When the depot cannot be written.
pub fn publish(depot: &dyn Depot, built: &Built) -> Result<SnapshotId, DepotError> {
    for (path, bytes) in &built.files {
        depot.add(&built.id.path(path), bytes)?;
    }
    depot.add(&built.id.manifest(), &built.manifest_bytes)?;
    Ok(built.id.clone())
}

/// The manifest of a snapshot.
///
/// # Errors
/// When there is none, it is damaged, or the depot cannot be read.
pub fn manifest(depot: &dyn Depot, id: &SnapshotId) -> Result<(Manifest, Vec<u8>), NotPublished> {
    let bytes = depot.read(&id.manifest())?.ok_or_else(|| NotASnapshot::Absent(id.clone()))?;
    if bytes.len() > LONGEST {
        return Err(NotASnapshot::Manifest(id.clone()).into());
    }
    Ok((Manifest::read(id, &bytes)?, bytes))
}

/// A file of a snapshot, if it is what the manifest says.
///
/// # Errors
/// When it is not there or damaged, or the depot cannot be read.
pub fn file(depot: &dyn Depot, id: &SnapshotId, entry: &Entry) -> Result<Vec<u8>, NotPublished> {
    let bytes = bytes_of(depot, id, entry)?;
    checked(id, entry, &bytes)?;
    Ok(bytes)
}

fn bytes_of(depot: &dyn Depot, id: &SnapshotId, entry: &Entry) -> Result<Vec<u8>, NotPublished> {
    let absent = || NotASnapshot::FileAbsent { id: id.clone(), path: entry.path.clone() };
    Ok(depot.read(&id.path(&entry.path))?.ok_or_else(absent)?)
}

/// Whether bytes are what the manifest says of them.
fn checked(id: &SnapshotId, entry: &Entry, bytes: &[u8]) -> Result<(), NotASnapshot> {
    if bytes.len() as u64 != entry.bytes {
        return Err(damaged(id, &entry.path, format!("it has {} bytes, not {}", bytes.len(), entry.bytes)));
    }
    if sha256(bytes) != entry.sha256 {
        return Err(damaged(id, &entry.path, "its bytes are not those that were published"));
    }
    Ok(())
}

/// Reads every byte of a snapshot, and loads it as a replica would.
///
/// # Errors
/// When anything of it is not there, damaged or not to be understood.
pub fn verify(depot: &dyn Depot, id: &SnapshotId) -> Result<Manifest, NotPublished> {
    let (manifest, _) = manifest(depot, id)?;
    for entry in &manifest.files {
        file(depot, id, entry)?;
    }
    let parts = parts(depot, id, &Known::default())?;
    let dataset = parts.dataset(id, None)?;
    // What is served must follow from what was published: the index is made once more.
    let made = contained(id, || Index::pack(&Land::new(dataset.geography.clone(), &dataset.program.regions)))?;
    if parts.file(INDEX).is_some_and(|stored| stored != made) {
        return Err(damaged(id, INDEX, OF_ANOTHER_LAND).into());
    }
    parts.snapshot(id, dataset, None)?;
    Ok(manifest)
}

const OF_ANOTHER_LAND: &str = "it is the index of another land; build the snapshot again";

/// What lookups need of a snapshot: its files, checked but not read.
#[derive(Debug)]
pub struct Parts {
    /// The bytes of the manifest.
    pub manifest: Vec<u8>,
    /// The hashes of the files that change seldom.
    pub known: Known,
    /// The file of the pages that it brings along, if it does: what the service made of it when it was built.
    pub pages: Option<Entry>,
    /// The files, but for those that were known: path and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The hashes of files that change seldom, so that they need not be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Of the geography.
    pub geography: Option<String>,
    /// Of the index.
    pub index: Option<String>,
}

/// Reads what lookups need of a snapshot and checks every byte of it; what is known by its hash is left out.
///
/// # Errors
/// When it is not there or damaged, or the depot cannot be read.
pub fn parts(depot: &dyn Depot, id: &SnapshotId, known: &Known) -> Result<Parts, NotPublished> {
    let (manifest, bytes) = manifest(depot, id)?;
    let entry =
        |path: &str| manifest.file(path).ok_or_else(|| NotASnapshot::FileAbsent { id: id.clone(), path: path.to_owned() });
    // Snapshots that were built by earlier versions have no index; it is made of them then.
    let (geography, program, index) = (entry(GEOGRAPHY)?, entry(PROGRAM)?, manifest.file(INDEX));
    let wanted = [(geography, &known.geography), (program, &None)].into_iter().chain(index.map(|index| (index, &known.index)));
    let wanted: Vec<&Entry> =
        wanted.filter(|(entry, known)| known.as_ref() != Some(&entry.sha256)).map(|(entry, _)| entry).collect();
    let read = |entry: &Entry| {
        let bytes = bytes_of(depot, id, entry)?;
        checked(id, entry, &bytes)?;
        Ok((entry.path.clone(), bytes))
    };
    // Side by side, on threads of their own: whoever draws a map meanwhile does not wait for a store. Of several files that are
    // damaged the first is named.
    let files = thread::scope(|scope| {
        let reading: Vec<_> = wanted.iter().map(|entry| scope.spawn(|| read(entry))).collect();
        let read = reading.into_iter().map(|file| file.join().unwrap_or_else(|panic| resume_unwind(panic)));
        read.collect::<Result<_, NotPublished>>()
    })?;
    Ok(Parts {
        known: Known { geography: Some(geography.sha256.clone()), index: index.map(|index| index.sha256.clone()) },
        files,
        pages: manifest.file(PAGES).cloned(),
        manifest: bytes,
    })
}

impl Parts {
    fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.iter().find(|(own, _)| own == path).map(|(_, bytes)| bytes.as_slice())
    }

    /// The data set in them, on a geography that is known where it is.
    ///
    /// # Errors
    /// When the bytes say what cannot be.
    pub fn dataset(&self, id: &SnapshotId, known: Option<Arc<Geography>>) -> Result<Dataset, NotASnapshot> {
        let bytes = |path| self.file(path).unwrap_or_default();
        let geography = match known {
            Some(geography) => geography,
            None => {
                let geography = packed::unpack_geography(bytes(GEOGRAPHY));
                Arc::new(geography.map_err(|error| damaged(id, GEOGRAPHY, error))?)
            }
        };
        packed::unpack_program(geography, bytes(PROGRAM)).map_err(|error| damaged(id, PROGRAM, error))
    }

    /// Their snapshot: on the ground of the one before where that has not changed, else on that of the index.
    ///
    /// # Errors
    /// When the index is damaged or that of another land.
    pub fn snapshot(&self, id: &SnapshotId, dataset: Dataset, before: Option<&Snapshot>) -> Result<Snapshot, NotASnapshot> {
        match before.filter(|before| before.is_on_ground_of(&dataset)) {
            Some(before) => contained(id, || Snapshot::on(before.land().clone(), dataset)),
            None => indexed(id, dataset, self.index(id)?),
        }
    }

    /// Their snapshot, on a machine that knows nothing yet.
    ///
    /// # Errors
    /// When anything in them says what cannot be.
    pub fn first(&self, id: &SnapshotId) -> Result<Snapshot, NotASnapshot> {
        let (dataset, index) = rayon::join(|| self.dataset(id, None), || self.index(id));
        indexed(id, dataset?, index?)
    }

    fn index(&self, id: &SnapshotId) -> Result<Option<Index>, NotASnapshot> {
        let index = self.file(INDEX).map(Index::unpack).transpose();
        index.map_err(|error| damaged(id, INDEX, error))
    }
}

/// The snapshot of a data set with the index of its land, which is made where there is none.
fn indexed(id: &SnapshotId, dataset: Dataset, index: Option<Index>) -> Result<Snapshot, NotASnapshot> {
    let Some(index) = index else { return contained(id, || Snapshot::new(dataset)) };
    let land = contained(id, || index.over(dataset.geography.clone(), &dataset.program.regions))?;
    let land = land.ok_or_else(|| damaged(id, INDEX, OF_ANOTHER_LAND))?;
    contained(id, || Snapshot::on(Arc::new(land), dataset))
}

fn damaged(id: &SnapshotId, path: &str, what: impl ToString) -> NotASnapshot {
    NotASnapshot::FileDamaged { id: id.clone(), path: path.to_owned(), what: what.to_string() }
}

/// Does something with data that others wrote; a panic in it is a fault of that data, whatever its hash says.
pub fn contained<T>(id: &SnapshotId, work: impl FnOnce() -> T) -> Result<T, NotASnapshot> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| NotASnapshot::FileDamaged {
        id: id.clone(),
        path: PROGRAM.to_owned(),
        what: "what it says does not hang together".to_owned(),
    })
}

/// Loads a snapshot, checked and indexed.
///
/// # Errors
/// When it is not there, damaged or not to be understood, or the depot cannot be read.
pub fn load(depot: &dyn Depot, id: &SnapshotId) -> Result<Snapshot, NotPublished> {
    Ok(parts(depot, id, &Known::default())?.first(id)?)
}

/// What is served.
///
/// # Errors
/// When the depot cannot be read, or CURRENT not be understood.
pub fn current(depot: &dyn Depot) -> Result<Seen, NotPublished> {
    match depot.current(None)? {
        Current::Changed(bytes, version) => Ok(Seen { pointer: Some(pointer(depot, &bytes)?), version: Some(version) }),
        Current::Absent | Current::Unchanged => Ok(Seen::default()),
    }
}

/// What the bytes of CURRENT say.
///
/// # Errors
/// When they are no pointer.
pub fn pointer(depot: &dyn Depot, bytes: &[u8]) -> Result<Pointer, NotPublished> {
    Pointer::read(bytes).map_err(|error| NotPublished::Pointer(depot.place().to_owned(), error))
}

/// What the activation of a snapshot would change on a day, and whether it should wait.
///
/// # Errors
/// When one of the snapshots cannot be loaded. A present one that is damaged is nothing to compare with.
pub fn judge(depot: &dyn Depot, id: &SnapshotId, day: impl Fn(&Snapshot) -> Date) -> Result<Judged, NotPublished> {
    let (seen, next) = (current(depot)?, load(depot, id)?);
    let before = match seen.pointer.as_ref().map(|pointer| load(depot, pointer.snapshot())) {
        Some(Ok(before)) => before,
        None | Some(Err(NotPublished::Snapshot(_))) => return Ok(Judged { comparison: None, reasons: Vec::new(), seen }),
        Some(Err(error)) => return Err(error),
    };
    let today = day(&next);
    let comparison = compare(Side { snapshot: &before, day: today }, Side { snapshot: &next, day: today });
    let reasons = reasons(&comparison, before.info().hold_if_covered_people_fall_by);
    Ok(Judged { comparison: Some(comparison), reasons, seen })
}

/// Moves CURRENT to a snapshot, from a state that was seen.
///
/// # Errors
/// When somebody else has moved it meanwhile, or the depot cannot be written.
pub fn activate(depot: &dyn Depot, seen: &Seen, id: SnapshotId, at: Timestamp) -> Result<Pointer, NotPublished> {
    moved(depot, seen, Pointer::to(id, seen.pointer.as_ref(), at))
}

/// Moves CURRENT back to what was served before; nothing is loaded, so that it takes no time.
///
/// # Errors
/// When nothing was, when somebody else moves it at the same time, or the depot cannot be used.
pub fn rollback(depot: &dyn Depot, at: Timestamp) -> Result<Pointer, NotPublished> {
    let seen = current(depot)?;
    let place = || depot.place().to_owned();
    let pointer = seen.pointer.as_ref().ok_or_else(|| NotPublished::NothingActive(place()))?;
    let back = pointer.back(at).ok_or_else(|| NotPublished::NothingBefore(place()))?;
    // It was there once; what is gone since is not gone back to.
    manifest(depot, back.snapshot())?;
    moved(depot, &seen, back)
}

/// Moves CURRENT from a state that was seen.
///
/// # Errors
/// As for [`activate`].
pub fn moved(depot: &dyn Depot, seen: &Seen, pointer: Pointer) -> Result<Pointer, NotPublished> {
    let bytes = pointer.bytes().map_err(|error| NotPublished::Pointer(depot.place().to_owned(), error))?;
    tracing::debug!(path = CURRENT, snapshot = pointer.snapshot().as_str(), "moving");
    match depot.move_current(seen.version.as_ref(), &bytes) {
        Ok(()) => Ok(pointer),
        // An answer may be lost on its way back, and a write that is tried again find itself there: what CURRENT says tells.
        Err(_) if says(depot, &bytes) => Ok(pointer),
        Err(conflict) => Err(conflict.into()),
    }
}

/// Whether CURRENT says just this.
fn says(depot: &dyn Depot, bytes: &[u8]) -> bool {
    matches!(depot.current(None), Ok(Current::Changed(there, _)) if there == bytes)
}
