use std::io;

use super::folder::FolderDepot;

/// The name of the file that says which snapshot is served.
pub const CURRENT: &str = "CURRENT";

/// Longer files are not read.
pub const LARGEST: u64 = 1 << 30;

/// Where built snapshots are kept.
pub trait Depot: Send + Sync {
    /// Where it is, for people: without anything secret.
    fn place(&self) -> &str;

    /// The bytes at a path; `None` where there are none.
    ///
    /// # Errors
    /// When the depot cannot be reached or read.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, DepotError>;

    /// Keeps bytes at a path, all of them or none. What is at a path of a snapshot already has the same bytes.
    ///
    /// # Errors
    /// When the depot cannot be reached or written.
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), DepotError>;

    /// The names of what lies below `snapshots/`, in ascending order.
    ///
    /// # Errors
    /// When the depot cannot be reached or read.
    fn names(&self) -> Result<Vec<String>, DepotError>;

    /// What CURRENT says, unless it is what is known already.
    ///
    /// # Errors
    /// When the depot cannot be reached or read.
    fn current(&self, known: Option<&Version>) -> Result<Current, DepotError>;

    /// Moves CURRENT if it is still what is expected there: the compare-and-swap that two publishers cannot both win.
    ///
    /// # Errors
    /// When somebody else has moved it, or the depot cannot be reached or written.
    fn move_current(&self, expected: Option<&Version>, bytes: &[u8]) -> Result<(), Conflict>;
}

/// A state of CURRENT: the tag that the depot gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(pub(super) String);

/// What a look at CURRENT found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Current {
    /// Nothing was activated yet.
    Absent,
    /// What is known already.
    Unchanged,
    /// Something else.
    Changed(Vec<u8>, Version),
}

/// A depot cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {path}: cannot be {done} ({what})")]
pub struct DepotError {
    /// The depot.
    pub place: String,
    /// The path within it.
    pub path: String,
    /// What was tried: `read` or `written`.
    pub done: &'static str,
    /// What happened.
    pub what: String,
}

/// Why CURRENT was not moved.
#[derive(Debug, thiserror::Error)]
pub enum Conflict {
    /// Somebody else moved it.
    #[error("somebody else has activated a snapshot meanwhile; look at what is served now, then try again")]
    Lost,
    /// The depot cannot be used.
    #[error(transparent)]
    Depot(#[from] DepotError),
}

/// A depot that there is no way to.
#[derive(Debug, thiserror::Error)]
pub enum NoDepot {
    /// A store, and no program that knows of stores.
    #[error(
        "{0}: stores need a program that was built with the feature s3 (cargo build --release --features s3); folders need nothing"
    )]
    NoFeature(String),
    /// A store that there is no way to from this machine.
    #[error("{place}: cannot be reached ({what})")]
    Unreached {
        /// The store.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// A store that is nowhere.
    #[error(
        "AWS_ENDPOINT_URL: no address of a store (got {0:?}); it begins with https://, or http:// within the same house, and names a host without keys"
    )]
    Endpoint(String),
    /// What is no depot at all.
    #[error("{place}: no depot of snapshots ({what}); name a folder, or a store as s3://bucket/prefix")]
    Invalid {
        /// What was named.
        place: String,
        /// What is wrong.
        what: String,
    },
}

/// The depot at a place: a folder, or `s3://bucket/prefix`. What a store needs to know beside stands in the usual variables:
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`.
///
/// # Errors
/// When there is no such depot.
pub fn open(place: &str) -> Result<Box<dyn Depot>, NoDepot> {
    match place.split_once("://") {
        None if place.is_empty() => Err(NoDepot::Invalid { place: place.to_owned(), what: "it has no name".to_owned() }),
        None => Ok(Box::new(FolderDepot::new(place))),
        Some(("s3", _)) => store(place),
        Some((scheme, _)) => {
            Err(NoDepot::Invalid { place: format!("{scheme}://…"), what: format!("nobody here speaks {scheme}") })
        }
    }
}

#[cfg(feature = "s3")]
fn store(place: &str) -> Result<Box<dyn Depot>, NoDepot> {
    super::bucket::Bucket::open(place).map(|bucket| Box::new(bucket) as Box<dyn Depot>)
}

#[cfg(not(feature = "s3"))]
fn store(place: &str) -> Result<Box<dyn Depot>, NoDepot> {
    // What stands before an @ may be a password.
    Err(NoDepot::NoFeature(place.rsplit_once('@').map_or_else(|| place.to_owned(), |(_, rest)| format!("s3://{rest}"))))
}

impl DepotError {
    /// A file that could not be read.
    pub fn unread(place: &str, path: &str, error: &io::Error) -> Self {
        Self { place: place.to_owned(), path: path.to_owned(), done: "read", what: error.to_string() }
    }

    /// A file that could not be written.
    pub fn unwritten(place: &str, path: &str, error: &io::Error) -> Self {
        Self { done: "written", ..Self::unread(place, path, error) }
    }
}
