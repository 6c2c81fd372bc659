//! Files to a [`Dataset`](crate::domain::Dataset): the only layer that reads program and geography files, and the one that finds every
//! problem in them.
//!
//! [`load`] reads both folders, checks all files in one run, and either returns a data set about which nothing can
//! fail any more, or says what is wrong, file by file and line by line. It repairs what spreadsheets do and says so;
//! it refuses what it cannot know; it never guesses in silence.

mod accepted;
mod agreement;
mod assignments;
mod checks;
mod codes;
#[cfg(feature = "postgis")]
mod database;
mod draft;
mod embedded;
mod encoding;
mod file;
mod files;
mod firsts;
mod folder;
mod folders;
mod gazetteer;
mod generation;
mod geography;
mod geojson;
mod header;
mod land;
mod land_agreement;
mod manifest;
mod pages;
mod partners;
mod problems;
mod program;
mod program_info;
mod region_refs;
mod regions;
mod settings;
mod suggest;
mod table;
mod tables;
mod toml_faults;
mod values;

pub use checks::CHECKS;
#[cfg(feature = "postgis")]
pub use database::{Database, NoDatabase};
pub use draft::{Edit, NoDraft, draft, regions_in, zips_in};
pub use folder::{Embedded, Folder, LoadError, MAX_FILE_BYTES};
pub use folders::{Files, Folders, Loaded, is_of_program, quote};
pub use generation::Fingerprint;
pub use tables::{Relation, Tables};

/// Reads a geography and a program, and checks everything in them.
///
/// # Errors
/// When a folder, or a file that is there, cannot be read.
pub fn load(geography: &Folder, program: &Folder) -> Result<Loaded, LoadError> {
    let mut folders = Folders::new(geography.clone(), program.clone());
    let files = folders.read()?;
    Ok(folders.load(files))
}
