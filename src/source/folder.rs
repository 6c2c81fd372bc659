//! Where files come from: a directory on disk, the binary itself, or tables.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rust_embed::DynRustEmbed;

#[cfg(feature = "postgis")]
use super::database::Database;
use super::{
    embedded::{SampleProgram, UnitedStates},
    tables::Tables,
};

/// Larger files are not read: the largest that ships has 10 MB, and memory is not without end.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// A folder of data files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// One that the binary carries.
    Embedded(Embedded),
    /// A directory on disk.
    Directory(PathBuf),
    /// Files by name that are nowhere but in memory, such as a draft.
    Memory(Arc<BTreeMap<String, Vec<u8>>>),
    /// Tables, as they were read at one time.
    Tables(Arc<Tables>),
    /// Tables of a database, to be read anew each time.
    #[cfg(feature = "postgis")]
    Database(Arc<Database>),
}

/// A folder that the binary carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedded {
    /// The geography of the United States.
    UnitedStates,
    /// The sample program.
    SampleProgram,
}

/// A folder or a file could not be read at all.
#[derive(Debug, thiserror::Error)]
#[error("{path}: cannot be read ({error}); {rule}")]
pub struct LoadError {
    /// What was to be read, where it is on this machine.
    pub path: String,
    /// The same without the way to its folder: `my-program/partners.csv`.
    pub place: String,
    /// Why it could not be.
    #[source]
    pub error: io::Error,
    /// What must hold for it to be read.
    pub rule: &'static str,
}

/// What must hold for files to be read.
const FILES_RULE: &str = "the folder and its files must exist and be readable";

impl Folder {
    /// Its last name, for people: `sample-program`.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Embedded(embedded) => Cow::Borrowed(embedded.name()),
            Self::Directory(path) => path.file_name().map_or(Cow::Borrowed("."), |name| name.to_string_lossy()),
            Self::Memory(_) => Cow::Borrowed("draft"),
            Self::Tables(tables) => Cow::Borrowed(tables.name()),
            #[cfg(feature = "postgis")]
            Self::Database(database) => Cow::Borrowed(database.schema()),
        }
    }

    /// Where it is on disk; `None` for any other, whose files never change.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Directory(path) => Some(path),
            _ => None,
        }
    }

    /// How it is named on the command line; `None` for what is built in, or is nowhere but in memory.
    pub fn address(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Directory(path) => Some(path.to_string_lossy()),
            #[cfg(feature = "postgis")]
            Self::Database(database) => Some(Cow::Borrowed(database.address())),
            _ => None,
        }
    }

    /// Whether what it holds may be another at the next look.
    pub fn can_change(&self) -> bool {
        match self {
            Self::Embedded(_) | Self::Memory(_) | Self::Tables(_) => false,
            Self::Directory(_) => true,
            #[cfg(feature = "postgis")]
            Self::Database(_) => true,
        }
    }

    /// What it holds at this time: of a database, all of it in one transaction. Files on disk stay where they are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn taken(&self) -> Result<Cow<'_, Self>, LoadError> {
        match self {
            #[cfg(feature = "postgis")]
            Self::Database(database) => Ok(Cow::Owned(Self::Tables(Arc::new(database.read()?)))),
            _ => Ok(Cow::Borrowed(self)),
        }
    }

    /// The bytes of a file; `None` where there is no such file.
    ///
    /// # Errors
    /// When there is one that cannot be read, or that is larger than [`MAX_FILE_BYTES`].
    pub fn read(&self, file: &str) -> Result<Option<Vec<u8>>, LoadError> {
        match self {
            Self::Embedded(embedded) => Ok(embedded.read(file).map(|(bytes, _)| bytes)),
            Self::Directory(path) => {
                let path = path.join(file);
                let place = || format!("{}/{file}", self.name());
                read_from_disk(&path).map_err(|error| LoadError {
                    path: path.display().to_string(),
                    place: place(),
                    error,
                    rule: FILES_RULE,
                })
            }
            Self::Memory(files) => Ok(files.get(file).cloned()),
            Self::Tables(tables) => Ok(tables.file(file).map(<[u8]>::to_vec)),
            #[cfg(feature = "postgis")]
            Self::Database(_) => self.taken()?.read(file),
        }
    }

    /// The names of the files in a folder within it, and in the folders of that one, that end so; sorted.
    ///
    /// # Errors
    /// When there is such a folder that cannot be read.
    pub fn list(&self, within: &str, end: &str) -> Result<Vec<String>, LoadError> {
        let mut names = match self {
            Self::Embedded(embedded) => {
                let prefix = format!("{within}/");
                embedded.files().names().into_iter().filter(|name| name.starts_with(&prefix)).map(Cow::into_owned).collect()
            }
            Self::Directory(path) => {
                let place = || format!("{}/{within}", self.name());
                let path_of = || path.join(within).display().to_string();
                list_on_disk(path, within).map_err(|error| LoadError {
                    path: path_of(),
                    place: place(),
                    error,
                    rule: FILES_RULE,
                })?
            }
            Self::Memory(files) => files.keys().filter(|name| name.starts_with(&format!("{within}/"))).cloned().collect(),
            Self::Tables(tables) => {
                let prefix = format!("{within}/");
                tables.names().filter(|name| name.starts_with(&prefix)).map(str::to_owned).collect()
            }
            #[cfg(feature = "postgis")]
            Self::Database(_) => return self.taken()?.list(within, end),
        };
        names.retain(|name| name.ends_with(end));
        names.sort_unstable();
        Ok(names)
    }

    /// Whether there is such a folder.
    ///
    /// # Errors
    /// When there is none, or when it is no directory.
    pub fn probe(&self) -> Result<(), LoadError> {
        let Self::Directory(path) = self else { return Ok(()) };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => Err(io::Error::from(io::ErrorKind::NotADirectory)),
            Err(error) => Err(error),
        }
        .map_err(|error| LoadError {
            path: path.display().to_string(),
            place: self.name().into_owned(),
            error,
            rule: FILES_RULE,
        })
    }
}

impl Embedded {
    fn name(self) -> &'static str {
        match self {
            Self::UnitedStates => "us-2023",
            Self::SampleProgram => "sample-program",
        }
    }

    /// The bytes of a file, and their SHA-256, which was taken when the program was compiled.
    pub fn read(self, file: &str) -> Option<(Vec<u8>, [u8; 32])> {
        self.files().get(file).map(|found| (found.data.into_owned(), found.metadata.sha256_hash()))
    }

    fn files(self) -> &'static dyn DynRustEmbed {
        match self {
            Self::UnitedStates => &UnitedStates,
            Self::SampleProgram => &SampleProgram,
        }
    }
}

impl fmt::Display for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded(embedded) => write!(f, "{} (built in)", embedded.name()),
            Self::Directory(path) => write!(f, "{}", path.display()),
            Self::Memory(_) => f.write_str("draft (in memory)"),
            Self::Tables(tables) => f.write_str(tables.name()),
            #[cfg(feature = "postgis")]
            Self::Database(database) => write!(f, "{database}"),
        }
    }
}

/// The files of a folder and of the folders in it, no deeper; nothing where there is no such folder.
fn list_on_disk(root: &Path, within: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![(within.to_owned(), true)];
    while let Some((folder, is_first)) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if is_first && error.kind() == io::ErrorKind::NotFound => return Ok(names),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            // A name that is no text is no page's.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{folder}/{name}");
            match fs::metadata(entry.path())?.is_dir() {
                true if is_first => folders.push((path, false)),
                true => {}
                false => names.push(path),
            }
        }
    }
    Ok(names)
}

fn read_from_disk(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let found = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found?,
    };
    // A device or a pipe would block for ever, or never end.
    if !found.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    if found.len() > MAX_FILE_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} MB", MAX_FILE_BYTES >> 20)));
    }
    fs::read(path).map(Some)
}
