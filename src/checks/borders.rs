//! Whether the layers of a geography match edge for edge.

use std::collections::{BTreeMap, HashSet};

use geo::Coord;

use super::{place, table};
use crate::{
    domain::{Geography, Problem, Site},
    geometry::{
        Boundary,
        topology::{AreaNo, Fault, FaultKind, Matching},
    },
};

/// Borders this close, in metres, were meant to be the same: layers of a geography are drawn more finely than regions.
const WITHIN_M: f64 = 10.0;

/// Borders of neighbours that do not match, and borders of states that are none of their counties'.
pub(super) fn findings(land: &Geography) -> Vec<Problem> {
    let states: Vec<_> = land.states.iter().map(|state| (state.code.as_str(), &*state.name, &*state.boundary)).collect();
    let counties: Vec<_> = land.counties.iter().map(|county| (county.geoid.as_str(), &*county.name, &*county.boundary)).collect();
    let (mut found, of_counties) =
        rayon::join(|| layer(&states, &land.layer_files.states), || layer(&counties, &land.layer_files.counties));
    found.extend(of_counties);
    found.extend(states_without_counties(land));
    found
}

/// Faults of one layer: one problem for each pair of areas and kind of fault.
fn layer(areas: &[(&str, &str, &Boundary)], file: &str) -> Vec<Problem> {
    let mut pairs: BTreeMap<(&[AreaNo], FaultKind), Vec<&Fault>> = BTreeMap::new();
    let matching = Matching::of(areas.iter().map(|(_, _, boundary)| *boundary), WITHIN_M);
    for fault in &matching.faults {
        pairs.entry((&fault.areas, fault.kind)).or_default().push(fault);
    }
    let problem = |((numbers, kind), faults): ((&[AreaNo], FaultKind), Vec<&Fault>)| {
        let at = faults.first().map(|fault| place(fault.place)).unwrap_or_default();
        let names: Vec<_> = numbers.iter().map(|&no| areas[no as usize]).map(|(id, name, _)| format!("{name} ({id})")).collect();
        let more = if faults.len() > 1 { format!(" and {} more places", faults.len() - 1) } else { String::new() };
        let (what, remedy) = match kind {
            FaultKind::TooManyOwners => ("have an edge on the same side", "the areas overlap: correct one of them"),
            FaultKind::TJunction => ("meet where only one has a vertex", "add the vertex to the other"),
            FaultKind::UnmatchedEdge => ("nearly match, but not edge for edge", "snap one border to the other"),
        };
        table::UNMATCHED_BORDER
            .at(Site::file(file), format!("the borders of {} {what}, at {at}{more}", names.join(" and ")))
            .rule(format!("neighbours share their vertices; borders within {WITHIN_M} m are looked at"))
            .remedy(remedy)
    };
    pairs.into_iter().map(problem).collect()
}

/// States with an edge that no county of the geography has.
fn states_without_counties(land: &Geography) -> Vec<Problem> {
    if land.counties.is_empty() {
        return Vec::new();
    }
    let edges: HashSet<_> = land.counties.iter().flat_map(|county| county.boundary.edges()).map(undirected).collect();
    let unmatched = land.states.iter().filter_map(|state| {
        let mut alone = state.boundary.edges().filter(|edge| edge[0] != edge[1] && !edges.contains(&undirected(*edge)));
        let first = alone.next()?;
        let what = format!(
            "{} edges of the border of {} are no edges of a county, the first at {}",
            1 + alone.count(),
            state.name,
            place(first[0])
        );
        let problem = table::STATE_BORDER.at(Site::file(land.layer_files.states.clone()), what).got(state.code.as_str());
        Some(problem.rule("borders of states are borders of counties").remedy("make the states from the counties"))
    });
    unmatched.collect()
}

/// An edge regardless of its direction; equal edges have equal bits.
fn undirected([a, b]: [Coord<f64>; 2]) -> [[u64; 2]; 2] {
    let bits = |c: Coord<f64>| [(c.x + 0.0).to_bits(), (c.y + 0.0).to_bits()];
    let (a, b) = (bits(a), bits(b));
    if a <= b { [a, b] } else { [b, a] }
}
