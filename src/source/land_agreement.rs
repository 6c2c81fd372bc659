//! The files of a geography, and drawn regions, against each other.

use std::collections::HashMap;

use super::{checks, problems::Problems};
use crate::{
    census::ZipCode,
    domain::{Geography, ProgramRegion, Shape, Site, ZipKind},
    geometry::Envelope,
};

/// How far a county may stick out of its state, and a region be away from all states, in degrees.
const SLACK: f64 = 0.01;

/// Names of the files, for the places of problems.
pub struct Names<'n> {
    /// The layer of counties.
    pub counties: &'n str,
    /// ZIPs.
    pub zips: &'n str,
    /// The counties that ZIPs meet.
    pub zip_counties: &'n str,
    /// The first line of each ZIP there, sorted by ZIP.
    pub zip_lines: Vec<(ZipCode, u32)>,
    /// People by county.
    pub weights: &'n str,
}

/// Holds the tables and layers of a geography against each other.
pub fn check(land: &Geography, names: &Names<'_>, problems: &mut Problems) {
    counties_lie_in_their_states(land, names, problems);
    if let (Some(zips), Some(rows)) = (&land.zips, &land.zip_counties) {
        // Both are sorted by ZIP.
        let is_known = |zip: ZipCode| zips.binary_search_by_key(&zip, |known| known.zip).is_ok();
        let is_placed = |zip: ZipCode| rows.binary_search_by_key(&zip, |row| row.zip).is_ok();
        let placed = rows.chunk_by(|a, b| a.zip == b.zip).map(|of_zip| of_zip[0].zip);
        for zip in placed.filter(|zip| !is_known(*zip)) {
            let line = names.zip_lines.binary_search_by_key(&zip, |line| line.0).map(|at| names.zip_lines[at].1);
            let site = Site { line: line.ok(), ..Site::file(names.zip_counties) };
            let problem = checks::UNKNOWN_ZIP.at(site, "ZIP does not exist").got(zip.to_string());
            problems.push(problem.rule(format!("it stands in {}", names.zips)));
        }
        let lost: Vec<_> = zips.iter().filter(|zip| zip.kind != ZipKind::Military && !is_placed(zip.zip)).collect();
        if let Some(first) = lost.first() {
            let what = match lost.len() {
                1 => format!("ZIP {} has no row", first.zip),
                many => format!("{many} ZIPs have no row, the first is {}", first.zip),
            };
            let problem = checks::ZIP_NOWHERE.at(Site::file(names.zip_counties), what);
            problems.push(problem.rule("a ZIP answers for the counties that it meets"));
        }
    }
    if let Some(weights) = &land.weights {
        let mut without = land.counties.iter().filter(|county| !weights.population.contains_key(&county.geoid));
        if let Some(first) = without.next() {
            let what =
                format!("{} counties have no population, the first is {} ({})", 1 + without.count(), first.geoid, first.name);
            problems
                .push(checks::NO_PEOPLE.at(Site::file(names.weights), what).rule("they count for nothing in shares of people"));
        }
    }
}

fn counties_lie_in_their_states(land: &Geography, names: &Names<'_>, problems: &mut Problems) {
    let states: HashMap<_, _> = land.states.iter().map(|state| (state.code, state)).collect();
    for county in &land.counties {
        let Some(state) = states.get(&county.state) else { continue };
        let (inner, outer) = (county.boundary.envelope(), state.boundary.envelope());
        let sticks_out =
            (0..2).any(|axis| inner.min[axis] < outer.min[axis] - SLACK || inner.max[axis] > outer.max[axis] + SLACK);
        if sticks_out {
            let what = format!("{} lies outside its state, {}", county.name, state.name);
            let problem = checks::OUTSIDE_STATE.at(Site::file(names.counties), what).got(county.geoid.as_str());
            problems.push(
                problem
                    .rule("borders of counties match those of states")
                    .remedy("check the order of longitude and latitude, and the parent"),
            );
        }
    }
}

/// Reports drawn regions that lie nowhere near the geography.
pub fn check_regions(regions: &[ProgramRegion], land: &Geography, file: &str, problems: &mut Problems) {
    for region in regions {
        let Shape::Drawn(boundary) = &region.shape else { continue };
        let Envelope { min, max } = boundary.envelope();
        let wider = Envelope { min: min.map(|c| c - SLACK), max: max.map(|c| c + SLACK) };
        let part =
            |polygon: &geo::Polygon<f64>| Envelope::of(polygon.exterior().0.iter().copied()).is_some_and(|e| e.meets(&wider));
        let mut near = land.states.iter().filter(|state| state.boundary.envelope().meets(&wider));
        if !near.any(|state| state.boundary.parts().iter().any(part)) {
            let problem = checks::FAR_REGION.at(Site::file(file), "the region lies far from every state").got(region.id.as_str());
            problems.push(problem.remedy("check the order of longitude and latitude: the longitude comes first"));
        }
    }
}
