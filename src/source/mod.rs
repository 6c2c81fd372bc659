//! Files to a [`Dataset`]: the only layer that reads program and geography files, and the one that finds every
//! problem in them.
//!
//! [`load`] reads both folders, checks all files in one run, and either returns a data set about which nothing can
//! fail any more, or says what is wrong, file by file and line by line. It repairs what spreadsheets do and says so;
//! it refuses what it cannot know; it never guesses in silence.

mod agreement;
mod assignments;
mod checks;
mod codes;
mod embedded;
mod encoding;
mod file;
mod files;
mod folder;
mod gazetteer;
mod generation;
mod geography;
mod geojson;
mod header;
mod land;
mod land_agreement;
mod manifest;
mod partners;
mod problems;
mod program;
mod program_info;
mod region_refs;
mod regions;
mod settings;
mod suggest;
mod table;
mod values;

use std::sync::Arc;

pub use checks::CHECKS;
pub use folder::{Embedded, Folder, LoadError, MAX_FILE_BYTES};

use self::{files::Wanted, manifest::Manifest, problems::Problems};
use crate::domain::{Dataset, Excerpt, Problem, Severity, Site};

/// What came of reading two folders.
#[derive(Debug)]
pub struct Loaded {
    /// The data; `None` when a problem is an error.
    pub dataset: Option<Dataset>,
    /// Every problem of all files, sorted by place; of a data set that was made, warnings only.
    pub problems: Vec<Problem>,
}

/// Reads a geography and a program, and checks everything in them.
///
/// # Errors
/// When a folder, or a file that is there, cannot be read.
pub fn load(geography: &Folder, program: &Folder) -> Result<Loaded, LoadError> {
    geography.probe()?;
    program.probe()?;
    let manifest_file = files::read_one("geography", geography, Wanted { name: manifest::FILE.to_owned(), needed: true })?;
    let mut problems = Problems::default();
    let manifest = manifest_file.file.as_ref().and_then(|file| Manifest::read(file, &mut problems));
    let wanted = manifest.as_ref().map(files::of_geography).unwrap_or_default();
    let (of_geography, of_program) =
        rayon::join(|| files::read("geography", geography, wanted), || files::read("program", program, files::of_program()));
    let (of_geography, of_program) = (of_geography?, of_program?);
    let fingerprints =
        [&manifest_file].into_iter().chain(&of_geography).chain(&of_program).filter_map(|read| read.fingerprint.clone());
    let generation = generation::of(fingerprints.collect());

    let mut all = problems.into_vec();
    all.extend(
        [&manifest_file].into_iter().chain(&of_geography).chain(&of_program).flat_map(|read| read.problems.iter().cloned()),
    );
    let land = manifest.map(|manifest| land::read(&manifest, &of_geography, &mut all));
    let made = self::program::read(&program.name(), land.as_ref(), &of_program, &mut all);
    let reads: Vec<_> = [&manifest_file].into_iter().chain(&of_geography).chain(&of_program).collect();
    for problem in all.iter_mut().filter(|problem| problem.excerpt.is_none()) {
        problem.excerpt = excerpt(&problem.site, &reads);
    }
    all.sort_unstable();
    let dataset = land.filter(|_| all.iter().all(|problem| problem.severity == Severity::Warning)).map(|land| Dataset {
        geography: Arc::new(land.geography),
        program: Arc::new(made),
        generation,
        warnings: all.clone(),
    });
    Ok(Loaded { dataset, problems: all })
}

/// The line of a place, where it has one: the column that is meant, or all of it.
fn excerpt(site: &Site, reads: &[&files::Read]) -> Option<Excerpt> {
    let file = reads.iter().find(|read| *read.name == *site.file)?.file.as_ref()?;
    Some(match (site.line?, site.column) {
        (line, Some(column)) => {
            let start = file.offset_of(line, column);
            file.excerpt(start, start + 1)
        }
        (line, None) => file.excerpt(file.offset_of_line(line), file.text.len()),
    })
}
