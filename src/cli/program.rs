use std::ffi::OsStr;

use clap::{Arg, Command, Error, builder::TypedValueParser, error::ErrorKind};

use crate::source::Folder;

/// How the address of a database begins.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// Reads where a program is: a folder, or a database. What is wrong with an address is said without repeating it: it may
/// hold a password.
#[derive(Clone)]
pub struct Programs;

impl TypedValueParser for Programs {
    type Value = Folder;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Folder, Error> {
        match value.to_str().filter(|text| SCHEMES.iter().any(|scheme| text.starts_with(scheme))) {
            None => Ok(Folder::Directory(value.into())),
            Some(address) => {
                let refused = |why: String| Error::raw(ErrorKind::ValueValidation, why + "\n").with_cmd(command);
                database(address).map_err(refused)
            }
        }
    }
}

#[cfg(feature = "postgis")]
fn database(address: &str) -> Result<Folder, String> {
    use crate::source::Database;
    address.parse().map(|database: Database| Folder::Database(database.into())).map_err(|error| error.to_string())
}

#[cfg(not(feature = "postgis"))]
fn database(_: &str) -> Result<Folder, String> {
    Err("--program: this build reads no databases; build it with --features postgis, or name a folder".to_owned())
}
