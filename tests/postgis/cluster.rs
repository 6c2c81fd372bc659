//! A PostgreSQL server of the test's own, on a socket in a temporary folder.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// Who may read only, and needs a password.
pub const READER: &str = "reader";
/// What must never be seen.
pub const PASSWORD: &str = "correct-horse-battery";

/// A server that runs until this is dropped.
pub struct Cluster {
    folder: TempDir,
    bin: PathBuf,
}

impl Cluster {
    /// An empty server.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut versions: Vec<_> =
            fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed").map(|entry| entry.unwrap().path()).collect();
        versions.sort();
        let cluster = Self { folder, bin: versions.pop().unwrap().join("bin") };
        fs::create_dir(cluster.data()).unwrap();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(cluster.data()));
        }
        run(cluster.as_postgres("initdb").args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "-D"]).arg(cluster.data()));
        let rules = format!("local all postgres trust\nlocal all {READER} scram-sha-256\n");
        fs::write(cluster.data().join("pg_hba.conf"), rules).unwrap();
        cluster.begin();
        cluster.sql(&format!("CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'"));
        cluster.sql("CREATE DATABASE partners");
        cluster
    }

    /// Starts it, again.
    pub fn begin(&self) {
        let socket = format!("-c listen_addresses= -c fsync=off -k {}", self.data().display());
        let mut command = self.as_postgres("pg_ctl");
        command.args(["-w", "-o", &socket, "-D"]).arg(self.data()).arg("-l").arg(self.data().join("log")).arg("start");
        // The server would keep a pipe open.
        assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    }

    /// Stops it as a fault does.
    pub fn halt(&self) {
        run(self.as_postgres("pg_ctl").args(["-m", "immediate", "-D"]).arg(self.data()).arg("stop"));
    }

    /// The tables of the documentation in a schema, filled from a folder.
    pub fn load(&self, folder: &Path, schema: &str) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/postgis");
        let tables = run(self.psql("partners").args(["-v", &format!("schema={schema}"), "-f"]).arg(root.join("schema.sql")));
        assert!(tables.status.success());
        let rows = run(Command::new("python3").arg(root.join("from-folder.py")).arg(folder).arg(schema)).stdout;
        let file = self.folder.path().join("rows.sql");
        fs::write(&file, rows).unwrap();
        run(self.psql("partners").arg("-f").arg(file));
        self.sql_in("partners", &format!("GRANT USAGE ON SCHEMA {schema} TO {READER}"));
        self.sql_in("partners", &format!("GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {READER}"));
    }

    /// Runs SQL on the program's database.
    pub fn sql_in(&self, database: &str, sql: &str) {
        run(self.psql(database).args(["-c", sql]));
    }

    fn sql(&self, sql: &str) {
        self.sql_in("postgres", sql);
    }

    /// The address of a schema, for a user.
    pub fn address(&self, user: &str, schema: &str) -> String {
        let socket = self.data().display().to_string().replace('/', "%2F");
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

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn psql(&self, database: &str) -> Command {
        let mut command = Command::new(self.bin.join("psql"));
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", database, "-h"]).arg(self.data());
        command
    }

    /// PostgreSQL does not run as root.
    fn as_postgres(&self, program: &str) -> Command {
        let path = self.bin.join(program);
        let mut command = if is_root() { Command::new("runuser") } else { Command::new(&path) };
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(path);
        }
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.as_postgres("pg_ctl").args(["-m", "immediate", "-D"]).arg(self.data()).arg("stop").output();
    }
}

fn is_root() -> bool {
    run(Command::new("id").arg("-u")).stdout == b"0\n"
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
