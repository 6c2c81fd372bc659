use std::collections::BTreeMap;

use super::{Entry, Manifest, SnapshotId};
use crate::{
    domain::Dataset,
    packed::{pack_geography, pack_program},
    snapshot::{Index, Land},
    source::Fingerprint,
};

/// The file of a snapshot with the geography.
pub const GEOGRAPHY: &str = "geography.bin";

/// The file of a snapshot with everything else that lookups need.
pub const PROGRAM: &str = "program.bin";

/// The file of a snapshot with the index of its land, which would take longest to make.
pub const INDEX: &str = "index.bin";

/// The file of a snapshot with what is asked for most, rendered and compressed; where it is, is for the service to say.
pub const PAGES: &str = "pages.bin";

/// A snapshot that was built and is nowhere yet.
#[derive(Debug)]
pub struct Built {
    /// Its name.
    pub id: SnapshotId,
    /// What it consists of.
    pub manifest: Manifest,
    /// The bytes of its manifest.
    pub manifest_bytes: Vec<u8>,
    /// Its files: path and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Builds a snapshot from a data set, the files that it was read from, and further files to go with it. The same input makes
/// the same snapshot, byte for byte.
///
/// # Errors
/// Never in practice: texts and numbers are always JSON.
pub fn build(dataset: &Dataset, sources: &[Fingerprint], further: Vec<(String, Vec<u8>)>) -> serde_json::Result<Built> {
    build_on(&Land::new(dataset.geography.clone(), &dataset.program.regions), dataset, sources, further)
}

/// The same where the land of the data set is made already.
///
/// # Errors
/// Never in practice: texts and numbers are always JSON.
pub fn build_on(
    land: &Land,
    dataset: &Dataset,
    sources: &[Fingerprint],
    further: Vec<(String, Vec<u8>)>,
) -> serde_json::Result<Built> {
    let pack = || (pack_geography(&dataset.geography), pack_program(dataset));
    let (index, (geography, program)) = rayon::join(|| Index::pack(land), pack);
    let files = [(GEOGRAPHY, geography), (PROGRAM, program), (INDEX, index)];
    let mut files: Vec<_> = files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    files.extend(further);
    files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let entries = files.iter().map(|(path, bytes)| Entry::of(path.as_str(), bytes)).collect();
    let names = [dataset.program.info.name.to_string(), dataset.geography.name.to_string()];
    let sources = sources.iter().map(entry).collect();
    let manifest = Manifest::new(dataset.generation.to_string(), names, counts(dataset), sources, entries);
    let manifest_bytes = manifest.bytes()?;
    Ok(Built { id: SnapshotId::of(&manifest_bytes), manifest, manifest_bytes, files })
}

fn entry(source: &Fingerprint) -> Entry {
    let sha256 = source.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Entry { path: format!("{}/{}", source.folder, source.name), bytes: source.length as u64, sha256 }
}

fn counts(dataset: &Dataset) -> BTreeMap<String, u64> {
    let (geography, program) = (&dataset.geography, &dataset.program);
    let counts = [
        ("partners", program.partners.len()),
        ("assignments", program.assignments.len()),
        ("regions", program.regions.len()),
        ("pages", program.info.pages.iter().count()),
        ("states", geography.states.len()),
        ("counties", geography.counties.len()),
        ("zips", geography.zips.as_ref().map_or(0, Vec::len)),
        ("places", geography.places.as_ref().map_or(0, Vec::len)),
        ("warnings", dataset.warnings.len()),
    ];
    counts.into_iter().map(|(name, count)| (name.to_owned(), count as u64)).collect()
}
