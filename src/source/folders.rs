//! The two folders of a data set, read as often as one likes: a geography that has not changed is not parsed again.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    assignments,
    files::{self, Read, Wanted},
    folder::{Folder, LoadError},
    generation::{self, Fingerprint},
    land::{self, Land},
    manifest::{self, Manifest},
    problems::Problems,
    program, tables,
};
use crate::domain::{Dataset, Excerpt, Generation, Problem, Severity, Site};

/// What came of reading two folders.
#[derive(Debug)]
pub struct Loaded {
    /// The data; `None` when a problem is an error.
    pub dataset: Option<Dataset>,
    /// Every problem of all files, sorted by place; of a data set that was made, warnings only.
    pub problems: Vec<Problem>,
}

/// A folder with a geography and one with a program.
#[derive(Debug)]
pub struct Folders {
    geography: Folder,
    program: Folder,
    known: Option<Known>,
}

/// All files of both folders as they were at one time, read and not yet parsed.
#[derive(Debug)]
pub struct Files {
    /// `None` where they are known already, and cannot have changed.
    geography: Option<GeographyFiles>,
    program: Vec<Read>,
    fingerprints: Vec<Fingerprint>,
    generation: Generation,
}

#[derive(Debug)]
struct GeographyFiles {
    manifest: Option<Manifest>,
    /// What was found in the manifest.
    problems: Vec<Problem>,
    /// The manifest first.
    reads: Vec<Read>,
}

/// A geography that was parsed, and the bytes that it was parsed from.
#[derive(Debug)]
struct Known {
    fingerprints: Vec<Fingerprint>,
    land: Option<Land>,
    problems: Vec<Problem>,
}

impl Files {
    /// The name of these files: equal names have equal bytes.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// What was read: each file by its folder, name, length and hash, sorted.
    pub fn fingerprints(&self) -> &[Fingerprint] {
        &self.fingerprints
    }
}

impl Folders {
    /// Names the folders; nothing is read yet.
    pub fn new(geography: Folder, program: Folder) -> Self {
        Self { geography, program, known: None }
    }

    /// The folder with the geography.
    pub fn geography(&self) -> &Folder {
        &self.geography
    }

    /// The folder with the program.
    pub fn program(&self) -> &Folder {
        &self.program
    }

    /// Reads all files of both folders.
    ///
    /// # Errors
    /// When a folder, or a file that is there, cannot be read.
    pub fn read(&self) -> Result<Files, LoadError> {
        self.read_with(None)
    }

    /// Reads all files of both folders, but for `assignments.csv`, in whose place a draft of it is taken.
    ///
    /// # Errors
    /// When a folder, or a file that is there, cannot be read.
    pub fn read_draft(&self, assignments: Vec<u8>) -> Result<Files, LoadError> {
        self.read_with(Some(assignments))
    }

    fn read_with(&self, draft: Option<Vec<u8>>) -> Result<Files, LoadError> {
        self.geography.probe()?;
        self.program.probe()?;
        let of_program = || {
            let folder = &*self.program.taken()?;
            let mut wanted = files::of_program(folder)?;
            let Some(bytes) = draft else { return files::read("program", folder, wanted) };
            wanted.retain(|wanted| wanted.name != assignments::FILE);
            let mut reads = files::read("program", folder, wanted)?;
            let wanted = Wanted { name: assignments::FILE.to_owned(), needed: true };
            reads.push(files::of_bytes("program", wanted, Some(bytes)));
            Ok(reads)
        };
        let (geography, program) = rayon::join(|| self.read_geography(), of_program);
        let (geography, program) = (geography?, program?);
        let of_geography = match (&geography, &self.known) {
            (Some(files), _) => files.fingerprints(),
            (None, Some(known)) => known.fingerprints.clone(),
            (None, None) => Vec::new(),
        };
        let fingerprints = of_geography.into_iter().chain(program.iter().filter_map(|read| read.fingerprint.clone()));
        let mut fingerprints: Vec<_> = fingerprints.collect();
        fingerprints.sort_unstable();
        let generation = generation::of(fingerprints.clone());
        Ok(Files { geography, program, fingerprints, generation })
    }

    fn read_geography(&self) -> Result<Option<GeographyFiles>, LoadError> {
        if self.known.is_some() && matches!(self.geography, Folder::Embedded(_)) {
            return Ok(None);
        }
        let wanted = Wanted { name: manifest::FILE.to_owned(), needed: true };
        let manifest_file = files::read_one("geography", &self.geography, wanted)?;
        let mut problems = Problems::default();
        let manifest = manifest_file.file.as_ref().and_then(|file| Manifest::read(file, &mut problems));
        let wanted = manifest.as_ref().map(files::of_geography).unwrap_or_default();
        let mut reads = vec![manifest_file];
        reads.extend(files::read("geography", &self.geography, wanted)?);
        Ok(Some(GeographyFiles { manifest, problems: problems.into_vec(), reads }))
    }

    /// Parses files that were read and checks everything in them.
    pub fn load(&mut self, files: Files) -> Loaded {
        let Files { geography, program, generation, .. } = files;
        if let Some(geography) = geography
            && self.known.as_ref().is_none_or(|known| known.fingerprints != geography.fingerprints())
        {
            self.known = Some(geography.parsed());
        }
        let land = self.known.as_ref().and_then(|known| known.land.as_ref());
        let mut all: Vec<Problem> = program.iter().flat_map(|read| read.problems.iter().cloned()).collect();
        let made = program::read(&self.program.name(), land, &program, &mut all);
        add_excerpts(&mut all, &program);
        tables::in_words_of(&self.program, &mut all);
        all.extend(self.known.iter().flat_map(|known| known.problems.iter().cloned()));
        all.sort_unstable();
        let is_sound = all.iter().all(|problem| problem.severity == Severity::Warning);
        let dataset = land.filter(|_| is_sound).map(|land| Dataset {
            geography: land.geography.clone(),
            program: Arc::new(made),
            generation,
            warnings: all.clone(),
        });
        Loaded { dataset, problems: all }
    }
}

impl GeographyFiles {
    fn fingerprints(&self) -> Vec<Fingerprint> {
        self.reads.iter().filter_map(|read| read.fingerprint.clone()).collect()
    }

    fn parsed(self) -> Known {
        let mut problems = self.problems.clone();
        problems.extend(self.reads.iter().flat_map(|read| read.problems.iter().cloned()));
        let land = self.manifest.as_ref().map(|manifest| land::read(manifest, &self.reads[1..], &mut problems));
        add_excerpts(&mut problems, &self.reads);
        Known { fingerprints: self.fingerprints(), land, problems }
    }
}

/// Whether a problem is about a file of the program; all others are about the geography.
pub fn is_of_program(problem: &Problem) -> bool {
    files::is_of_program(&problem.site.file)
}

/// Adds the lines that they are about to problems of a program that were found in the loaded data.
///
/// # Errors
/// When a file of the folder can no longer be read.
pub fn quote(problems: &mut [Problem], program: &Folder) -> Result<(), LoadError> {
    tables::in_words_of(program, problems);
    let is_bare = |problem: &&Problem| problem.excerpt.is_none() && problem.site.line.is_some() && is_of_program(problem);
    let bare = problems.iter().filter(is_bare);
    let names: BTreeSet<Arc<str>> = bare.map(|problem| problem.site.file.clone()).collect();
    let wanted = names.iter().map(|name| Wanted { name: name.to_string(), needed: false }).collect();
    if names.is_empty() {
        return Ok(());
    }
    let reads = files::read("program", &*program.taken()?, wanted)?;
    add_excerpts(problems, &reads);
    Ok(())
}

fn add_excerpts(problems: &mut [Problem], reads: &[Read]) {
    for problem in problems.iter_mut().filter(|problem| problem.excerpt.is_none()) {
        problem.excerpt = excerpt(&problem.site, reads);
    }
}

/// The line of a place, where it has one: the column that is meant, or all of it.
fn excerpt(site: &Site, reads: &[Read]) -> Option<Excerpt> {
    let file = reads.iter().find(|read| *read.name == *site.file)?.file.as_ref()?;
    Some(match (site.line?, site.column) {
        (line, Some(column)) => {
            let start = file.offset_of(line, column);
            file.excerpt(start, start + 1)
        }
        (line, None) => file.excerpt(file.offset_of_line(line), file.text.len()),
    })
}
