//! A PostgreSQL server of the test's own, on a socket in a temporary folder; the script beside this file runs it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// Who may read only, and needs a password.
pub const READER: &str = "reader";
/// What must never be seen.
pub const PASSWORD: &str = "correct-horse-battery";

/// A server that runs until this is dropped.
pub struct Cluster {
    folder: TempDir,
}

impl Cluster {
    /// An empty server.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let cluster = Self { folder };
        cluster.run(&["new"]);
        cluster
    }

    /// Starts it, again.
    pub fn begin(&self) {
        self.run(&["begin"]);
    }

    /// Stops it as a fault does.
    pub fn halt(&self) {
        self.run(&["halt"]);
    }

    /// The tables of the documentation in a schema, filled from a folder.
    pub fn load(&self, folder: &Path, schema: &str) {
        self.run(&["load", folder.to_str().unwrap(), schema]);
    }

    /// Runs SQL on the program's database.
    pub fn sql_in(&self, database: &str, sql: &str) {
        self.run(&["sql", database, sql]);
    }

    /// The address of a schema, for a user.
    pub fn address(&self, user: &str, schema: &str) -> String {
        let socket = self.folder.path().join("data").display().to_string().replace('/', "%2F");
        format!("postgres://{user}@{socket}/partners?schema={schema}")
    }

    /// A file with the reader's password.
    pub fn password_file(&self) -> PathBuf {
        let path = self.folder.path().join("passwords");
        fs::write(&path, format!("localhost:*:partners:{READER}:{PASSWORD}\n")).unwrap();
        path
    }

    /// Where else the test may write.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgis/cluster"));
        command.arg(self.folder.path()).args(arguments).env("PASSWORD", PASSWORD);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command(&["halt"]).output();
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
