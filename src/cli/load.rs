use std::sync::Arc;

use jiff::civil::Date;

use super::{Common, Trouble};
use crate::{
    clock::Clock,
    domain::{Dataset, ProgramInfo},
    lookup::Scope,
    snapshot::Snapshot,
    source::{self, Embedded, Folder},
};

/// The folder with the geography.
pub fn geography(common: &Common) -> Folder {
    common.geography.clone().map_or(Folder::Embedded(Embedded::UnitedStates), Folder::Directory)
}

/// The folder with the program.
pub fn program(common: &Common) -> Folder {
    common.program.clone().map_or(Folder::Embedded(Embedded::SampleProgram), Folder::Directory)
}

/// The data of both folders.
pub fn dataset(common: &Common) -> Result<Dataset, Trouble> {
    if let Some(state) = common.state.as_ref().filter(|path| !path.is_dir()) {
        return Err(Trouble::Usage(format!("{}: not a folder; --state names a folder that is there", state.display())));
    }
    let loaded = source::load(&geography(common), &program(common))?;
    loaded.dataset.ok_or(Trouble::Refused(loaded.problems))
}

/// The data of both folders, indexed.
pub fn snapshot(common: &Common) -> Result<Arc<Snapshot>, Trouble> {
    dataset(common).map(|dataset| Arc::new(Snapshot::new(dataset)))
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
