//! Files that were read to a geography and a program.

use std::sync::Arc;

use rayon::join;

use super::{
    agreement, assignments,
    codes::Codes,
    file::SourceFile,
    files::Read,
    gazetteer, geography as layers,
    land_agreement::{self, Names},
    manifest::{LayerKind, Manifest, TableKind},
    partners,
    problems::Problems,
    program_info,
    region_refs::Regions,
    regions,
};
use crate::domain::{Geography, Problem, Program, Severity};

/// A geography, and the codes in it.
pub struct Land {
    /// The geography.
    pub geography: Geography,
    /// Its codes.
    pub codes: Codes,
}

/// A file by its name.
fn find<'r>(reads: &'r [Read], name: &str) -> Option<&'r SourceFile> {
    reads.iter().find(|read| read.name == name).and_then(|read| read.file.as_ref())
}

/// Runs one step over one file, with problems of its own, so that steps can run side by side.
fn step<T>(file: Option<&SourceFile>, read: impl FnOnce(&SourceFile, &mut Problems) -> T) -> (Option<T>, Vec<Problem>) {
    let mut problems = Problems::default();
    let value = file.map(|file| read(file, &mut problems));
    (value, problems.into_vec())
}

/// The geography of the files that its manifest names.
pub fn geography(manifest: &Manifest, reads: &[Read], all: &mut Vec<Problem>) -> Land {
    let layer = |kind| manifest.layer(kind).and_then(|layer| Some((layer, find(reads, layer.file.get_ref())?)));
    let mut problems = Problems::default();
    let outlines = |kind| {
        step(layer(kind).map(|(_, file)| file), |file, problems| {
            layer(kind).map(|(layer, _)| super::geojson::read(file, &layer.id, problems)).unwrap_or_default()
        })
    };
    // Reading the boundaries takes the time; what depends on other files comes after.
    let ((states, of_states), (counties, of_counties)) = join(|| outlines(LayerKind::State), || outlines(LayerKind::County));
    all.extend(of_states);
    all.extend(of_counties);
    let states = layer(LayerKind::State)
        .zip(states)
        .map(|((layer, file), outlines)| layers::states(file, layer, outlines, &mut problems))
        .unwrap_or_default();
    let counties = layer(LayerKind::County)
        .zip(counties)
        .map(|((layer, file), outlines)| layers::counties(file, layer, outlines, &states, &mut problems))
        .unwrap_or_default();
    all.extend(problems.into_vec());
    let codes = Codes {
        states: states.declared.into_iter().map(|((code, _), name)| (code, name)).collect(),
        counties: counties.declared.into_iter().collect(),
        with_counties: manifest.layer(LayerKind::County).is_some(),
        ..Codes::default()
    };
    let table = |kind| find(reads, manifest.table(kind).0);
    let ((zips, zip_counties), (places, (weights, retired))) = join(
        || {
            join(
                || step(table(TableKind::Zips), |file, problems| gazetteer::zips(file, &codes, problems)),
                || step(table(TableKind::ZipCounties), |file, problems| gazetteer::zip_counties(file, &codes, problems)),
            )
        },
        || {
            join(
                || step(table(TableKind::Places), |file, problems| gazetteer::places(file, &codes, problems)),
                || {
                    (
                        step(table(TableKind::Weights), |file, problems| gazetteer::weights(file, &codes, problems)),
                        step(table(TableKind::RetiredCodes), |file, problems| gazetteer::retired(file, &codes, problems)),
                    )
                },
            )
        },
    );
    for found in [zips.1, zip_counties.1, places.1, weights.1, retired.1] {
        all.extend(found);
    }
    let text = |value: &toml::Spanned<String>| Arc::from(value.get_ref().trim());
    let geography = Geography {
        name: text(&manifest.name),
        vintage: text(&manifest.vintage),
        resolution_m: *manifest.resolution_m.get_ref(),
        attribution: text(&manifest.attribution),
        licence: text(&manifest.licence),
        states: states.kept,
        counties: counties.kept,
        zips: zips.0,
        zip_counties: zip_counties.0,
        places: places.0,
        weights: weights.0,
        retired: retired.0.unwrap_or_default(),
    };
    let codes = codes.with_zips_and_retired(&geography);
    let names = Names {
        counties: layer(LayerKind::County).map_or("", |(layer, _)| layer.file.get_ref()),
        zips: manifest.table(TableKind::Zips).0,
        zip_counties: manifest.table(TableKind::ZipCounties).0,
        weights: manifest.table(TableKind::Weights).0,
    };
    // What was refused is no gap: what is missing is looked for only where everything else is there.
    if all.iter().all(|problem| problem.severity == Severity::Warning) {
        let mut problems = Problems::default();
        land_agreement::check(&geography, &names, &mut problems);
        all.extend(problems.into_vec());
    }
    Land { geography, codes }
}

/// The program of its files; without a geography, only what needs none is checked.
pub fn program(folder: &str, land: Option<&Land>, reads: &[Read], all: &mut Vec<Problem>) -> Program {
    let empty = Codes::default();
    let codes = land.map_or(&empty, |land| &land.codes);
    let mut problems = Problems::default();
    let info = match find(reads, program_info::FILE) {
        Some(file) => program_info::read(file, folder, codes, &mut problems),
        None => program_info::defaults(folder),
    };
    let partners = find(reads, partners::FILE).map(|file| partners::read(file, &info.courses, &mut problems));
    let mut found = regions::Found::default();
    if let Some(file) = find(reads, regions::DRAWN) {
        regions::drawn(file, &mut found, &mut problems);
    }
    let mut assignments = Vec::new();
    // Without codes every id would be unknown: the missing geography is problem enough.
    if land.is_some() {
        if let Some(file) = find(reads, regions::BUILT) {
            regions::built(file, codes, &mut found, &mut problems);
        }
        let names = found.names();
        let refs = Regions { codes, program: &names };
        if let Some(file) = find(reads, assignments::FILE) {
            assignments = assignments::read(file, &info.courses, partners.as_deref(), &refs, &mut problems);
        }
    }
    let regions = found.sorted();
    if let Some(land) = land {
        let complete = find(reads, assignments::FILE).is_some() && partners.is_some() && !problems.are_fatal();
        agreement::check(partners.as_deref().unwrap_or_default(), &assignments, complete, &mut problems);
        land_agreement::check_regions(&regions, &land.geography, regions::DRAWN, &mut problems);
    }
    all.extend(problems.into_vec());
    Program { info, partners: partners.unwrap_or_default(), assignments, regions }
}
