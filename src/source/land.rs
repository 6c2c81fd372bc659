//! The files of a geography to a geography.

use std::sync::Arc;

use rayon::join;

use super::{
    codes::Codes,
    file::SourceFile,
    files::{Read, find},
    gazetteer,
    geography::{self, Layered},
    geojson,
    land_agreement::{self, Names},
    manifest::{Layer, LayerKind, Manifest, TableKind},
    problems::Problems,
};
use crate::{
    census::{Geoid, StateCode},
    domain::{County, Geography, LayerFiles, Place, Problem, RetiredCounty, Severity, State, Weights, Zip, ZipCounty},
};

/// A geography, and the codes in it.
#[derive(Debug)]
pub struct Land {
    /// The geography.
    pub geography: Arc<Geography>,
    /// Its codes.
    pub codes: Codes,
}

/// What the tables say.
struct Tables {
    zips: Option<Vec<Zip>>,
    zip_counties: Option<(Vec<ZipCounty>, gazetteer::ZipLines)>,
    places: Option<Vec<Place>>,
    weights: Option<Weights>,
    retired: Option<Vec<RetiredCounty>>,
}

type Layers = (Layered<State, (StateCode, Geoid)>, Layered<County, Geoid>);

/// The geography of the files that its manifest names.
pub fn read(manifest: &Manifest, reads: &[Read], all: &mut Vec<Problem>) -> Land {
    let (states, counties) = layers(manifest, reads, all);
    let codes = Codes {
        states: states.declared.into_iter().map(|((code, _), name)| (code, name)).collect(),
        counties: counties.declared.into_iter().collect(),
        with_counties: manifest.layer(LayerKind::County).is_some(),
        ..Codes::default()
    };
    let tables = tables(manifest, reads, &codes, all);
    let (zip_counties, zip_lines) = tables.zip_counties.unzip();
    let text = |value: &toml::Spanned<String>| Arc::from(value.get_ref().trim());
    let layer_file = |kind| manifest.layer(kind).map_or("", |layer| layer.file.get_ref()).into();
    let geography = Geography {
        name: text(&manifest.name),
        vintage: text(&manifest.vintage),
        resolution_m: *manifest.resolution_m.get_ref(),
        attribution: text(&manifest.attribution),
        licence: text(&manifest.licence),
        states: states.kept,
        layer_files: LayerFiles { states: layer_file(LayerKind::State), counties: layer_file(LayerKind::County) },
        counties: counties.kept,
        zips: tables.zips,
        zip_counties,
        places: tables.places,
        weights: tables.weights,
        retired: tables.retired.unwrap_or_default(),
    };
    // What was refused is no gap: what is missing is looked for only where everything else is there.
    if all.iter().all(|problem| problem.severity == Severity::Warning) {
        let mut problems = Problems::default();
        land_agreement::check(&geography, &names(manifest, zip_lines.unwrap_or_default()), &mut problems);
        all.extend(problems.into_vec());
    }
    let codes = codes.with_zips_and_retired(&geography);
    Land { geography: Arc::new(geography), codes }
}

/// Runs one step over one file, with problems of its own, so that steps can run side by side.
fn step<T>(file: Option<&SourceFile>, read: impl FnOnce(&SourceFile, &mut Problems) -> T) -> (Option<T>, Vec<Problem>) {
    let mut problems = Problems::default();
    let value = file.map(|file| read(file, &mut problems));
    (value, problems.into_vec())
}

fn layers(manifest: &Manifest, reads: &[Read], all: &mut Vec<Problem>) -> Layers {
    let layer = |kind| manifest.layer(kind).and_then(|layer: &Layer| Some((layer, find(reads, layer.file.get_ref())?)));
    let (of_states, of_counties) = (layer(LayerKind::State), layer(LayerKind::County));
    let outlines = |layer: Option<(&Layer, &SourceFile)>| {
        let id = layer.map_or("", |(layer, _)| &layer.id);
        step(layer.map(|(_, file)| file), |file, problems| geojson::read(file, id, problems).list)
    };
    // Reading the boundaries takes the time; what a county says of its state comes after.
    let ((states, found), (counties, more)) = join(|| outlines(of_states), || outlines(of_counties));
    all.extend(found.into_iter().chain(more));
    let mut problems = Problems::default();
    let states = of_states.zip(states).map(|((layer, file), outlines)| geography::states(file, layer, outlines, &mut problems));
    let states = states.unwrap_or_default();
    let counties = of_counties.zip(counties);
    let counties = counties.map(|((layer, file), outlines)| geography::counties(file, layer, outlines, &states, &mut problems));
    all.extend(problems.into_vec());
    (states, counties.unwrap_or_default())
}

fn tables(manifest: &Manifest, reads: &[Read], codes: &Codes, all: &mut Vec<Problem>) -> Tables {
    let table = |kind| find(reads, manifest.table(kind).0);
    let zips = || step(table(TableKind::Zips), |file, problems| gazetteer::zips(file, codes, problems));
    let zip_counties = || step(table(TableKind::ZipCounties), |file, problems| gazetteer::zip_counties(file, codes, problems));
    let places = || step(table(TableKind::Places), |file, problems| gazetteer::places(file, codes, problems));
    let weights = || step(table(TableKind::Weights), |file, problems| gazetteer::weights(file, codes, problems));
    let retired = || step(table(TableKind::RetiredCodes), |file, problems| gazetteer::retired(file, codes, problems));
    let ((zips, zip_counties), (places, (weights, retired))) =
        join(|| join(zips, zip_counties), || join(places, || (weights(), retired())));
    all.extend([zips.1, zip_counties.1, places.1, weights.1, retired.1].into_iter().flatten());
    Tables { zips: zips.0, zip_counties: zip_counties.0, places: places.0, weights: weights.0, retired: retired.0 }
}

fn names(manifest: &Manifest, zip_lines: gazetteer::ZipLines) -> Names<'_> {
    Names {
        counties: manifest.layer(LayerKind::County).map_or("", |layer| layer.file.get_ref()),
        zips: manifest.table(TableKind::Zips).0,
        zip_counties: manifest.table(TableKind::ZipCounties).0,
        zip_lines,
        weights: manifest.table(TableKind::Weights).0,
    }
}
