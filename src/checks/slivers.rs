//! Borders of program regions that were meant to be the same and are not.

use std::collections::BTreeMap;

use geo::Coord;

use super::{NARROWEST_M, place, table};
use crate::{
    domain::{Problem, ProgramRegion, Shape},
    geometry::topology::{AreaNo, FaultKind, Matching},
    snapshot::Snapshot,
};

/// As many edges that run beside another one make a sliver; where two borders cross, one or two may.
const FEWEST_EDGES: usize = 3;

/// Pairs of drawn regions with a sliver between them or on both.
pub(super) fn findings(snapshot: &Snapshot) -> Vec<Problem> {
    let mut regions = Vec::new();
    for region in &snapshot.program().regions {
        if let Shape::Drawn(boundary) = &region.shape {
            regions.push((region, boundary.as_ref()));
        }
    }
    let matching = Matching::of(regions.iter().map(|(_, boundary)| *boundary), NARROWEST_M);
    let mut pairs: BTreeMap<[AreaNo; 2], Vec<Coord<f64>>> = BTreeMap::new();
    for fault in matching.faults.iter().filter(|fault| fault.kind == FaultKind::UnmatchedEdge) {
        if let [a, b] = fault.areas[..] {
            pairs.entry([a, b]).or_default().push(fault.place);
        }
    }
    let slivers = pairs.into_iter().filter(|(_, places)| places.len() >= FEWEST_EDGES);
    slivers.filter_map(|(areas, places)| problem(areas.map(|area| regions[area as usize].0), &places)).collect()
}

fn problem([one, other]: [&ProgramRegion; 2], places: &[Coord<f64>]) -> Option<Problem> {
    let what = format!(
        "the borders of region:{} and region:{} nearly match along {} edges, the first at {}",
        one.id,
        other.id,
        places.len(),
        place(*places.first()?)
    );
    Some(
        table::SLIVER
            .at(other.site.clone(), what)
            .related(one.site.clone())
            .rule(format!("within {NARROWEST_M} m of each other, neighbours have the same vertices"))
            .remedy("snap one of the borders to the other"),
    )
}
