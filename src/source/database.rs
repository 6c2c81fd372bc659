//! A program in a PostgreSQL database: its tables and views, read in one transaction; docs/postgis.md is the contract.
//!
//! No password is ever part of an address: what is not kept cannot be shown.

mod password;
mod query;

use std::{error::Error, fmt, io, str::FromStr, thread, time::Duration};

use postgres::{
    Client, Config, NoTls,
    config::{Host, SslMode},
    fallible_iterator::FallibleIterator,
};

use super::{folder::LoadError, tables::Tables};

/// Where servers on the same machine listen, unless they are told otherwise.
const USUAL_SOCKET: &str = "/var/run/postgresql";

/// The schema that holds the tables where the address names none.
const USUAL_SCHEMA: &str = "coverage_map";

/// A server that does not answer for so long is away.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a listener waits for news before it looks whether it is still wanted.
const LISTENING: Duration = Duration::from_secs(1);

/// A program's schema in a database.
#[derive(Clone)]
pub struct Database {
    address: String,
    config: Config,
    schema: String,
}

/// An address is none that a program can be read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDatabase {
    /// It is malformed.
    #[error("--program: not the address of a database; the form is postgres://USER@HOST:PORT/DATABASE?schema=NAME")]
    Malformed,
    /// It has a password.
    #[error(
        "--program: the address has a password, which would stand in lists of processes and in settings; put it into a file \
         that PGPASSFILE names (or into PGPASSWORD)"
    )]
    Password,
    /// The schema is no plain name.
    #[error("--program: invalid schema; its name is lower-case letters, digits and underscores, such as coverage_map")]
    Schema,
    /// It asks for encryption.
    #[error("--program: this service does not encrypt connections to databases; use a socket, this machine, or a tunnel to it")]
    Encryption,
    /// What is read would travel as plain text to another machine.
    #[error(
        "--program: the connection to another machine would not be encrypted; use a socket or a tunnel, or, on a network that \
         nobody else reads, add sslmode=disable to the address"
    )]
    Plain,
}

impl FromStr for Database {
    type Err = NoDatabase;

    fn from_str(address: &str) -> Result<Self, NoDatabase> {
        let (base, query) = address.split_once('?').unwrap_or((address, ""));
        let (own, rest): (Vec<_>, Vec<_>) =
            query.split('&').filter(|pair| !pair.is_empty()).partition(|pair| pair.starts_with("schema="));
        let schema = own.first().map_or(USUAL_SCHEMA, |pair| &pair["schema=".len()..]);
        let mut config: Config = format!("{base}?{}", rest.join("&")).parse().map_err(|_| NoDatabase::Malformed)?;
        if config.get_password().is_some() {
            return Err(NoDatabase::Password);
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if schema.is_empty() || schema.len() > 63 || !schema.chars().all(is_plain) {
            return Err(NoDatabase::Schema);
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host_path(USUAL_SOCKET);
        }
        match config.get_ssl_mode() {
            SslMode::Disable => {}
            SslMode::Prefer if is_near(&config) => {}
            SslMode::Prefer => return Err(NoDatabase::Plain),
            _ => return Err(NoDatabase::Encryption),
        }
        config.ssl_mode(SslMode::Disable).connect_timeout(PATIENCE).tcp_user_timeout(PATIENCE).application_name("coverage-map");
        Ok(Self { address: address.to_owned(), config, schema: schema.to_owned() })
    }
}

/// Whether nobody between here and there could read what is said.
fn is_near(config: &Config) -> bool {
    let is_local = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback()),
    };
    config.get_hosts().iter().all(is_local) && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

impl Database {
    /// The schema that holds the tables; changes of the program are told on the channel of that name.
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The address as it was given; it has no password.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Reads all tables as they are at one time.
    ///
    /// # Errors
    /// When the server is away, or a table is there and cannot be read.
    pub fn read(&self) -> Result<Tables, LoadError> {
        // On a thread of its own: the client must not run on one that serves.
        let read = thread::scope(|scope| {
            scope
                .spawn(|| query::relations(&mut self.connect()?, &self.schema))
                .join()
                .unwrap_or_else(|_| Err("it broke off".into()))
        });
        read.map(|relations| Tables::new(&self.schema, relations)).map_err(|error| self.failed(&*error))
    }

    /// Calls whenever the program may have changed, for as long as that is wanted: at first, and on each `NOTIFY`.
    ///
    /// # Errors
    /// When the server is away, or goes away.
    pub fn listen(&self, heard: impl Fn(), is_wanted: impl Fn() -> bool) -> Result<(), LoadError> {
        let listen = || -> Result<(), Failure> {
            let mut client = self.connect()?;
            client.batch_execute(&format!("LISTEN {}", query::quoted(&self.schema)))?;
            // Whatever has changed while nobody listened.
            heard();
            while is_wanted() {
                if client.notifications().timeout_iter(LISTENING).next()?.is_some() {
                    heard();
                }
                if client.is_closed() {
                    return Err("the connection was closed".into());
                }
            }
            Ok(())
        };
        listen().map_err(|error| self.failed(&*error))
    }

    fn connect(&self) -> Result<Client, Failure> {
        let mut config = self.config.clone();
        if let Some(password) = password::of(&self.config)? {
            config.password(password);
        }
        Ok(config.connect(NoTls)?)
    }

    fn failed(&self, error: &(dyn Error + 'static)) -> LoadError {
        let mut said = error.to_string();
        let mut cause = error.source();
        while let Some(more) = cause {
            if !said.contains(&more.to_string()) {
                said = format!("{said}: {more}");
            }
            cause = more.source();
        }
        LoadError {
            path: self.to_string(),
            place: self.schema.clone(),
            error: io::Error::other(said),
            rule: "the database must answer, and its user may read the tables and views of the schema",
        }
    }
}

/// What may fail between here and the server.
type Failure = Box<dyn Error + Send + Sync>;

/// Where it is, without the user.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts: Vec<String> = self
            .config
            .get_hosts()
            .iter()
            .map(|host| match host {
                Host::Tcp(name) => name.clone(),
                Host::Unix(path) => path.display().to_string(),
            })
            .collect();
        write!(f, "PostgreSQL at {}", hosts.join(", "))?;
        if let Some(name) = self.config.get_dbname() {
            write!(f, ", database {name}")?;
        }
        write!(f, ", schema {}", self.schema)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({self})")
    }
}

impl PartialEq for Database {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl Eq for Database {}
