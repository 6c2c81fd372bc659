//! Snapshots into a depot and out of it, and which one is served.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};

use super::{
    Built, Conflict, Current, Depot, DepotError, Manifest, NotASnapshot, Pointer, SnapshotId, Version,
    build::{GEOGRAPHY, PROGRAM},
    depot::CURRENT,
    manifest::{Entry, LONGEST, sha256},
};
use crate::{
    comparison::{Comparison, Side, compare},
    domain::{Dataset, Geography},
    packed::{self, NotUnpacked},
    reload::{Reason, reasons},
    snapshot::Snapshot,
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
    #[error("{0}: CURRENT: cannot be read ({1}); activate a snapshot with the program that serves it")]
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
    let path = entry.path.clone();
    let bytes = depot.read(&id.path(&path))?.ok_or_else(|| NotASnapshot::FileAbsent { id: id.clone(), path: path.clone() })?;
    if bytes.len() as u64 != entry.bytes {
        let what = format!("it has {} bytes, not {}", bytes.len(), entry.bytes);
        return Err(NotASnapshot::FileDamaged { id: id.clone(), path, what }.into());
    }
    if sha256(&bytes) != entry.sha256 {
        let what = "its bytes are not those that were published".to_owned();
        return Err(NotASnapshot::FileDamaged { id: id.clone(), path, what }.into());
    }
    Ok(bytes)
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
    load(depot, id)?;
    Ok(manifest)
}

/// What a snapshot's files say, before it is indexed.
#[derive(Debug)]
pub struct Parts {
    /// The bytes of the manifest.
    pub manifest: Vec<u8>,
    /// The hash of the file with the geography.
    pub geography_sha256: String,
    /// The files that lookups need: path and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Reads what lookups need of a snapshot and checks every byte of it; the geography is left out where its hash is known.
///
/// # Errors
/// When it is not there or damaged, or the depot cannot be read.
pub fn parts(depot: &dyn Depot, id: &SnapshotId, known: Option<&str>) -> Result<Parts, NotPublished> {
    let (manifest, bytes) = manifest(depot, id)?;
    let entry =
        |path: &str| manifest.file(path).ok_or_else(|| NotASnapshot::FileAbsent { id: id.clone(), path: path.to_owned() });
    let (geography, program) = (entry(GEOGRAPHY)?, entry(PROGRAM)?);
    let mut files = Vec::new();
    for entry in [geography, program].into_iter().filter(|entry| known != Some(&*entry.sha256)) {
        files.push((entry.path.clone(), file(depot, id, entry)?));
    }
    Ok(Parts { manifest: bytes, geography_sha256: geography.sha256.clone(), files })
}

impl Parts {
    fn bytes(&self, path: &str) -> &[u8] {
        self.files.iter().find(|(own, _)| own == path).map_or(&[], |(_, bytes)| bytes)
    }

    /// The data set in them, on a geography that is known where it is.
    ///
    /// # Errors
    /// When the bytes say what cannot be.
    pub fn dataset(&self, id: &SnapshotId, known: Option<Arc<Geography>>) -> Result<Dataset, NotASnapshot> {
        let damaged = |path: &str, error: NotUnpacked| NotASnapshot::FileDamaged {
            id: id.clone(),
            path: path.to_owned(),
            what: error.to_string(),
        };
        let geography = match known {
            Some(geography) => geography,
            None => Arc::new(packed::unpack_geography(self.bytes(GEOGRAPHY)).map_err(|error| damaged(GEOGRAPHY, error))?),
        };
        packed::unpack_program(geography, self.bytes(PROGRAM)).map_err(|error| damaged(PROGRAM, error))
    }
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
    let dataset = parts(depot, id, None)?.dataset(id, None)?;
    Ok(contained(id, || Snapshot::new(dataset))?)
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
    depot.move_current(seen.version.as_ref(), &bytes)?;
    Ok(pointer)
}
