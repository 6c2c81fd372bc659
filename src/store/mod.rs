//! State that survives restarts: tokens, sessions, the audit log and demand, in one SQLite file of the state folder.
//!
//! Several processes may use it at once: the service and the command line. What is secret is stored hashed and stands in
//! no error. The public service needs none of it and goes on without.

mod audit;
mod demand;
mod schema;
mod secret;
mod sessions;
mod tokens;

use std::{
    fs,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::Connection;

pub use self::{
    audit::{Entry, Filter, Outcome},
    demand::{Asked, Counts, Period, SHOWN_FROM},
    secret::Secret,
    sessions::SESSION_HOURS,
    tokens::{Permission, Refused, Token, UnknownPermission},
};

/// The name of the file in the state folder.
pub const FILE: &str = "coverage-map.sqlite";

/// How long a write waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// The state of a service.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
}

/// The state cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The database says so; what it says holds names of tables and columns and no values.
    #[error("{FILE}: {0}")]
    Database(#[from] rusqlite::Error),
    /// Its file cannot be made.
    #[error("{FILE}: {0}")]
    File(#[from] std::io::Error),
    /// It was written by a newer program.
    #[error("{FILE}: written by a newer version (got schema {got}); this one knows {known}; update coverage-map")]
    Newer {
        /// The version of its tables.
        got: u32,
        /// The version that this program makes.
        known: u32,
    },
    /// There is no randomness to make secrets from.
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl Store {
    /// Opens the state in a folder; makes it, or brings its tables up to date, where needed.
    ///
    /// # Errors
    /// When its file cannot be made, read or written, or is that of a newer version.
    pub fn open(folder: &Path) -> Result<Self, Broken> {
        let path = folder.join(FILE);
        // Only whoever runs the service may read it, whatever the mask of the process says.
        match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(file) => file.set_permissions(fs::Permissions::from_mode(0o600))?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        Self::ready(Connection::open(path)?)
    }

    /// A state that is gone with the process: for tests and previews.
    ///
    /// # Errors
    /// When the database cannot be made.
    pub fn in_memory() -> Result<Self, Broken> {
        Self::ready(Connection::open_in_memory()?)
    }

    fn ready(mut connection: Connection) -> Result<Self, Broken> {
        connection.busy_timeout(PATIENCE)?;
        schema::prepare(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// The connection; a panic elsewhere leaves no half-written state, because SQLite rolls it back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
