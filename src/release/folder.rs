//! A depot in a folder, also one that several machines share.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
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
        // As much room as it says that it needs: growing by and by, tens of megabytes were moved again and again.
        let size = file.metadata()?.len().min(LARGEST);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        if file.take(LARGEST + 1).read_to_end(&mut bytes)? as u64 > LARGEST {
            return Err(io::Error::other("larger than anything that belongs here"));
        }
        Ok(Some(bytes))
    }

    /// Writes aside, makes sure that it is on the disk, and gives it its name.
    fn write_at(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(path);
        let parent = path.parent().unwrap_or(Path::new("."));
        make_folder(parent, &synced)?;
        let aside = aside(&path)?;
        let written = File::create_new(&aside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.and_then(|()| fs::rename(&aside, &path)).and_then(|()| synced(parent)).inspect_err(|_| {
            // What cannot be written can often not be removed either.
            let _ = fs::remove_file(&aside);
        })
    }
}

/// Where a file is written before it has its name: nobody else writes there, nor on another machine that shares the folder, whose
/// processes may have the same numbers.
fn aside(path: &Path) -> io::Result<PathBuf> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(path.with_added_extension(format!("{:016x}.part", u64::from_ne_bytes(random))))
}

/// Makes a folder and those above it. Each is on the disk before anything is put into it: what CURRENT leads to outlives a machine
/// that loses its power.
fn make_folder(folder: &Path, sync: &impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new(""));
    make_folder(above, sync)?;
    match fs::create_dir(folder) {
        // Somebody else was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        made => made?,
    }
    sync(if above.as_os_str().is_empty() { Path::new(".") } else { above })
}

/// Makes sure that what a folder lists is on the disk.
fn synced(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
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
        make_folder(&self.folder, &synced).map_err(failed)?;
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
    fn each_new_folder_is_on_the_disk_before_anything_is_put_into_it() {
        let folder = tempfile::tempdir().unwrap();
        let synced = std::cell::RefCell::new(Vec::new());
        let sync = |path: &Path| {
            synced.borrow_mut().push(path.to_owned());
            Ok(())
        };
        for _ in 0..2 {
            make_folder(&folder.path().join("depot/snapshots/a"), &sync).unwrap();
        }
        assert_eq!(*synced.borrow(), ["", "depot", "depot/snapshots"].map(|path| folder.path().join(path)));
        fs::write(folder.path().join("file"), "").unwrap();
        make_folder(&folder.path().join("file"), &sync).unwrap_err();
    }

    /// In a container every process may be the first one: names by the number of the process would be the same.
    #[test]
    fn two_who_write_the_same_file_write_it_aside_in_different_places() {
        let path = Path::new("snapshots/a/program.bin");
        assert_ne!(aside(path).unwrap(), aside(path).unwrap());
        let name = aside(path).unwrap();
        assert!(name.starts_with("snapshots/a") && name.extension().is_some_and(|last| last == "part"), "{}", name.display());
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
