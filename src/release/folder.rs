//! A depot in a folder, also one that several machines share.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    depot::{CURRENT, Conflict, Current, Depot, DepotError, LARGEST, Version},
    manifest::sha256,
};

/// Held while CURRENT is compared and moved; freed by the system when its holder dies.
const LOCK: &str = "CURRENT.lock";

/// A folder with snapshots.
#[derive(Clone, Debug)]
pub struct FolderDepot {
    folder: PathBuf,
    place: String,
}

impl FolderDepot {
    /// Uses a folder; what is not there yet is made when something is added.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self { place: folder.display().to_string(), folder }
    }

    fn read_at(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let file = match File::open(self.folder.join(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        let mut bytes = Vec::new();
        if file.take(LARGEST + 1).read_to_end(&mut bytes)? as u64 > LARGEST {
            return Err(io::Error::other("larger than anything that belongs here"));
        }
        Ok(Some(bytes))
    }

    /// Writes aside, makes sure that it is on the disk, and gives it its name.
    fn write_at(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        static WRITTEN: AtomicU64 = AtomicU64::new(0);
        let path = self.folder.join(path);
        let parent = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let aside = path.with_added_extension(format!("{}-{number}.part", std::process::id()));
        let written = File::create(&aside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.and_then(|()| fs::rename(&aside, &path)).and_then(|()| File::open(parent)?.sync_all()).inspect_err(|_| {
            // What cannot be written can often not be removed either.
            let _ = fs::remove_file(&aside);
        })
    }
}

impl FolderDepot {
    /// Removes the snapshots with these names.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn forget(&self, is_gone: impl Fn(&str) -> bool) -> Result<(), DepotError> {
        for name in self.names()?.iter().filter(|name| is_gone(name)) {
            let path = format!("snapshots/{name}");
            fs::remove_dir_all(self.folder.join(&path)).map_err(|error| DepotError::unwritten(&self.place, &path, &error))?;
        }
        Ok(())
    }
}

impl Depot for FolderDepot {
    fn place(&self) -> &str {
        &self.place
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, DepotError> {
        self.read_at(path).map_err(|error| DepotError::unread(&self.place, path, &error))
    }

    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), DepotError> {
        let is_there = self.read_at(path).is_ok_and(|there| there.as_deref() == Some(bytes));
        if is_there {
            return Ok(());
        }
        self.write_at(path, bytes).map_err(|error| DepotError::unwritten(&self.place, path, &error))
    }

    fn names(&self) -> Result<Vec<String>, DepotError> {
        let failed = |error: io::Error| DepotError::unread(&self.place, "snapshots", &error);
        let entries = match fs::read_dir(self.folder.join("snapshots")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry.map_err(failed)?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    fn current(&self, known: Option<&Version>) -> Result<Current, DepotError> {
        let Some(bytes) = self.read(CURRENT)? else { return Ok(Current::Absent) };
        let version = Version(sha256(&bytes));
        Ok(if known == Some(&version) { Current::Unchanged } else { Current::Changed(bytes, version) })
    }

    fn move_current(&self, expected: Option<&Version>, bytes: &[u8]) -> Result<(), Conflict> {
        let failed = |error: io::Error| DepotError::unwritten(&self.place, CURRENT, &error);
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let lock = File::options().create(true).truncate(false).write(true).open(self.folder.join(LOCK)).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let there = self.read(CURRENT)?.map(|bytes| Version(sha256(&bytes)));
        if there.as_ref() != expected {
            return Err(Conflict::Lost);
        }
        Ok(self.write_at(CURRENT, bytes).map_err(failed)?)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn of_many_who_move_current_at_once_one_wins_and_the_others_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let depot = FolderDepot::new(folder.path());
        let won = thread::scope(|scope| {
            let depot = &depot;
            let racers: Vec<_> =
                (0..8).map(|i| scope.spawn(move || depot.move_current(None, format!("racer {i}").as_bytes()).is_ok())).collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).filter(|won| *won).count()
        });
        assert_eq!(won, 1);
        let Current::Changed(bytes, version) = depot.current(None).unwrap() else { panic!("somebody won") };
        assert!(bytes.starts_with(b"racer "));
        assert_eq!(depot.current(Some(&version)).unwrap(), Current::Unchanged);
        assert!(matches!(depot.move_current(None, b"late"), Err(Conflict::Lost)));
        depot.move_current(Some(&version), b"next").unwrap();
    }

    #[test]
    fn what_a_killed_publisher_leaves_aside_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let depot = FolderDepot::new(folder.path());
        depot.add("snapshots/a/program.bin", b"whole").unwrap();
        fs::write(folder.path().join("snapshots/a/manifest.json.1-1.part"), b"half").unwrap();
        assert_eq!(depot.read("snapshots/a/manifest.json").unwrap(), None);
        assert_eq!(depot.read("snapshots/a/program.bin").unwrap().as_deref(), Some(&b"whole"[..]));
        assert_eq!(depot.names().unwrap(), ["a"]);
    }
}
