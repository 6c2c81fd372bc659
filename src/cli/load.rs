use std::{path::Path, sync::Arc};

use jiff::civil::Date;

use super::{Common, Trouble, release};
use crate::{
    clock::Clock,
    domain::{Dataset, ProgramInfo},
    lookup::Scope,
    snapshot::Snapshot,
    source::{Embedded, Folder, Folders},
};

/// The folder with the geography.
pub fn geography(common: &Common) -> Folder {
    common.geography.clone().map_or(Folder::Embedded(Embedded::UnitedStates), Folder::Directory)
}

/// The folder with the program.
pub fn program(common: &Common) -> Folder {
    common.program.clone().unwrap_or(Folder::Embedded(Embedded::SampleProgram))
}

/// Both folders, not yet read.
pub fn folders(common: &Common) -> Folders {
    Folders::new(geography(common), program(common))
}

/// The folder for what must survive a restart, where one is named.
pub fn state(common: &Common) -> Result<Option<&Path>, Trouble> {
    if let Some(state) = common.state.as_ref().filter(|path| !path.is_dir()) {
        return Err(Trouble::Usage(format!("{}: not a folder; --state names a folder that is there", state.display())));
    }
    Ok(common.state.as_deref())
}

/// The data of folders.
pub fn dataset(folders: &mut Folders) -> Result<Dataset, Trouble> {
    let files = folders.read()?;
    let loaded = folders.load(files);
    loaded.dataset.ok_or(Trouble::Refused(loaded.problems))
}

/// The data of folders, indexed.
pub fn snapshot_of(folders: &mut Folders) -> Result<Arc<Snapshot>, Trouble> {
    dataset(folders).map(|dataset| Arc::new(Snapshot::new(dataset)))
}

/// The data of both folders, indexed; where a depot is named, that which is served from it.
pub fn snapshot(common: &Common) -> Result<Arc<Snapshot>, Trouble> {
    state(common)?;
    let snapshot = if common.snapshots.is_some() { release::served(common) } else { snapshot_of(&mut folders(common)) }?;
    // Whoever asks ends soon: the system takes all memory back at once, faster than it could be taken apart.
    std::mem::forget(snapshot.clone());
    Ok(snapshot)
}

/// The clock of this machine, or the day that was said.
pub fn clock(common: &Common) -> Clock {
    common.as_of.map_or_else(Clock::system, Clock::on)
}

/// The day that was said; else today where the program is.
pub fn day(common: &Common, info: &ProgramInfo) -> Date {
    clock(common).today(&info.time_zone)
}

/// The day and the course that were said.
pub fn scope(common: &Common, info: &ProgramInfo, course: Option<&str>) -> Result<Scope, Trouble> {
    let known = |text: &str| {
        let found = info.courses.iter().find(|course| course.id.as_str() == text);
        found.map(|course| course.id.clone()).ok_or_else(|| {
            let ids: Vec<_> = info.courses.iter().map(|course| course.id.as_str()).collect();
            Trouble::Usage(format!("--course: unknown course (got {text:?}); courses are {}", ids.join(", ")))
        })
    };
    Ok(Scope { as_of: day(common, info), course: course.map(known).transpose()? })
}
