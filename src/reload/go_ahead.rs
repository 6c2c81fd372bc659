//! The go-ahead for data that waits: two small files in the state folder.
//!
//! The service writes the name of the generation that waits, `coverage-map reload --accept` writes the name of the one
//! that may go ahead. A name stands for every byte of the data, so that nobody can accept what they have not seen: where
//! the files have changed since, the names differ and nothing happens. Both files are written aside and renamed, so
//! that neither can be half there; what a killed process leaves behind names a generation that nobody waits for.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::domain::Generation;

/// Names the generation that waits.
const WAITING: &str = "waiting-generation";

/// Names the generation that may go ahead.
pub(super) const ACCEPTED: &str = "accepted-generation";

/// Longer files are not ours.
const LONGEST: u64 = 64;

/// The state folder, as far as the go-ahead is concerned.
#[derive(Clone, Debug)]
pub struct GoAhead {
    folder: PathBuf,
}

/// Why a go-ahead was not given.
#[derive(Debug, thiserror::Error)]
pub enum NotAccepted {
    /// Nothing waits.
    #[error("no generation waits for a go-ahead (got {0:?}); /status names the one that does")]
    NothingWaits(String),
    /// Another generation waits.
    #[error("generation {waiting} waits (got {got:?}); look at what it changes, then accept it by its own name")]
    AnotherWaits {
        /// The one that waits.
        waiting: String,
        /// The one that was named.
        got: String,
    },
    /// The folder could not be read or written.
    #[error("{0}: cannot be used ({1}); the state folder must be the service's own, and writable")]
    Io(String, #[source] io::Error),
}

impl GoAhead {
    /// Uses a folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the go-ahead to the generation that waits.
    ///
    /// # Errors
    /// When none waits, or another one, or the folder cannot be used.
    pub fn accept(&self, generation: &str) -> Result<(), NotAccepted> {
        let failed = |error| NotAccepted::Io(self.folder.display().to_string(), error);
        let got = generation.to_owned();
        match self.read(WAITING).map_err(failed)? {
            None => Err(NotAccepted::NothingWaits(got)),
            Some(waiting) if waiting != generation => Err(NotAccepted::AnotherWaits { waiting, got }),
            Some(_) => self.write(ACCEPTED, generation).map_err(failed),
        }
    }

    /// Says which generation waits.
    pub(super) fn ask_for(&self, generation: &Generation) -> io::Result<()> {
        self.remove(ACCEPTED)?;
        self.write(WAITING, generation.as_str())
    }

    /// Says that nothing waits any more.
    pub(super) fn withdraw(&self) -> io::Result<()> {
        self.remove(WAITING)?;
        self.remove(ACCEPTED)
    }

    /// Whether a generation has the go-ahead.
    pub(super) fn is_given_to(&self, generation: &Generation) -> bool {
        matches!(self.read(ACCEPTED), Ok(Some(accepted)) if accepted == generation.as_str())
    }

    fn read(&self, name: &str) -> io::Result<Option<String>> {
        let path = self.folder.join(name);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(found) if !found.is_file() || found.len() > LONGEST => Ok(None),
            Ok(_) => fs::read_to_string(&path).map(|text| Some(text.trim().to_owned())),
        }
    }

    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let aside = self.folder.join(format!("{name}.{}", std::process::id()));
        fs::write(&aside, format!("{text}\n")).and_then(|()| fs::rename(&aside, self.folder.join(name)))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
