//! All files of a load, read and decoded on all cores.

use rayon::prelude::*;

use super::{
    accepted, assignments, checks, encoding,
    file::SourceFile,
    folder::{Folder, LoadError},
    generation::Fingerprint,
    manifest::{Manifest, TableKind},
    pages, partners,
    problems::Problems,
    program_info, regions, tables,
};
use crate::domain::{Problem, Site};

/// A file that a load looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name within the folder.
    pub name: String,
    /// Whether there is no data set without it.
    pub needed: bool,
}

/// A file that a load looked for.
#[derive(Debug)]
pub struct Read {
    /// Its name within the folder.
    pub name: String,
    /// What it says; `None` when it is not there, or is no text.
    pub file: Option<SourceFile>,
    /// Its bytes, by their hash; `None` when it is not there.
    pub fingerprint: Option<Fingerprint>,
    /// What was wrong with it as text.
    pub problems: Vec<Problem>,
}

/// A file by its name, among those that were read.
pub fn find<'r>(reads: &'r [Read], name: &str) -> Option<&'r SourceFile> {
    reads.iter().find(|read| read.name == name).and_then(|read| read.file.as_ref())
}

/// Whether a file is there, but is no text.
pub fn is_unreadable(reads: &[Read], name: &str) -> bool {
    reads.iter().any(|read| read.name == name && read.file.is_none() && read.fingerprint.is_some())
}

/// The files of a geography, besides its manifest.
pub fn of_geography(manifest: &Manifest) -> Vec<Wanted> {
    let layers = manifest.layers.iter().map(|layer| (layer.get_ref().file.get_ref().as_str(), true));
    let tables = TableKind::ALL.into_iter().map(|kind| manifest.table(kind));
    layers.chain(tables).map(|(name, needed)| Wanted { name: name.to_owned(), needed }).collect()
}

/// The files of a program, its pages among them.
///
/// # Errors
/// When the folder of the pages is there but cannot be read.
pub fn of_program(folder: &Folder) -> Result<Vec<Wanted>, LoadError> {
    let names = [
        (program_info::FILE, false),
        (partners::FILE, true),
        (assignments::FILE, true),
        (regions::DRAWN, false),
        (regions::BUILT, false),
        (accepted::FILE, false),
    ];
    let tables = names.map(|(name, needed)| Wanted { name: name.to_owned(), needed });
    let pages = folder.list(pages::FOLDER, ".md")?.into_iter().map(|name| Wanted { name, needed: false });
    Ok(tables.into_iter().chain(pages).collect())
}

/// Whether a file belongs to a program.
pub fn is_of_program(name: &str) -> bool {
    let files = [program_info::FILE, partners::FILE, assignments::FILE, regions::DRAWN, regions::BUILT, accepted::FILE];
    files.contains(&name) || name.starts_with(pages::FOLDER) || tables::is_table(name)
}

/// Reads files of a folder.
///
/// # Errors
/// When a file is there but cannot be read.
pub fn read(label: &'static str, folder: &Folder, wanted: Vec<Wanted>) -> Result<Vec<Read>, LoadError> {
    wanted.into_par_iter().map(|wanted| read_one(label, folder, wanted)).collect()
}

/// Reads one file of a folder.
///
/// # Errors
/// When it is there but cannot be read.
pub fn read_one(label: &'static str, folder: &Folder, wanted: Wanted) -> Result<Read, LoadError> {
    if let Folder::Embedded(embedded) = folder {
        let found = embedded.read(&wanted.name).map(|(bytes, digest)| (bytes, Some(digest)));
        return Ok(made(label, wanted, found));
    }
    let bytes = folder.read(&wanted.name)?;
    let Folder::Tables(tables) = folder else { return Ok(of_bytes(label, wanted, bytes)) };
    let name = wanted.name.clone();
    let mut read = of_bytes(label, wanted, bytes);
    if let (Some(file), Some(keys)) = (&mut read.file, tables.keys(&name)) {
        file.keys = Some(keys);
    }
    if read.fingerprint.is_none() {
        read.problems.iter_mut().for_each(|problem| tables::as_missing_table(problem, &name));
    }
    Ok(read)
}

/// A file as if its folder held these bytes.
pub fn of_bytes(label: &'static str, wanted: Wanted, bytes: Option<Vec<u8>>) -> Read {
    made(label, wanted, bytes.map(|bytes| (bytes, None)))
}

/// A file of these bytes, and their hash where it is known.
fn made(label: &'static str, wanted: Wanted, found: Option<(Vec<u8>, Option<[u8; 32]>)>) -> Read {
    let Wanted { name, needed } = wanted;
    let mut problems = Problems::default();
    let fingerprint = found.as_ref().map(|(bytes, digest)| match digest {
        Some(digest) => Fingerprint::hashed(label, &name, bytes.len(), *digest),
        None => Fingerprint::of(label, &name, bytes),
    });
    if found.is_none() && needed {
        let problem = checks::MISSING_FILE.at(Site::file(&*name), "the file is missing");
        let remedy = "put it back; check the name, and the folder that was said";
        problems.push(problem.rule(format!("the {label} folder needs it")).remedy(remedy));
    }
    let file = found.and_then(|(bytes, _)| encoding::decode(&name, bytes, needed, &mut problems));
    Read { name, file, fingerprint, problems: problems.into_vec() }
}
