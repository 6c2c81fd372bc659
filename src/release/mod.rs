//! Built snapshots: made once from the sources, kept in a depot, and served by any number of replicas.
//!
//! A depot is a folder, or a store that speaks the protocol of Amazon's S3:
//!
//! ```text
//! CURRENT                                  which snapshot is served, and those before it; moves by compare-and-swap
//! snapshots/ID/manifest.json               every file with its size and SHA-256, counts and sources; ID is its own SHA-256
//! snapshots/ID/geography.bin, program.bin  what lookups need (see `packed`)
//! snapshots/ID/index.bin                   the index of both, made already (see `snapshot::Index`)
//! snapshots/ID/pages.bin                   what is asked for most, rendered and compressed already (see `http::press`)
//! ```
//!
//! A snapshot never changes: its name is the hash of all its bytes. The manifest is written last, so that what a killed
//! publisher leaves behind is no snapshot.

#[cfg(feature = "s3")]
mod bucket;
mod build;
mod depot;
#[cfg(feature = "s3")]
mod endpoint;
mod folder;
mod follow;
mod manifest;
mod pointer;
mod publish;

pub use build::{Built, PAGES, build, build_on};
pub use depot::{Conflict, Current, Depot, DepotError, NoDepot, Version, open};
pub use follow::{Beat, Followed, Follower, Origin, Watch, follow};
pub use manifest::{Entry, Manifest, NotASnapshot, SnapshotId};
pub use pointer::Pointer;
pub use publish::{Judged, NotPublished, Seen, activate, current, file, judge, load, manifest, publish, rollback, verify};
