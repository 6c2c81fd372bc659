//! How program regions cut through units: which regions hold a unit whole, and into what pieces others split it.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use geo::{BooleanOps, Coord, MultiPolygon};
use rayon::prelude::*;

use super::{Area, AreaIx, Locator, UnitIx};
use crate::{
    domain::{ProgramRegion, RegionId, Shape},
    geometry::{Boundary, Position, measure},
};

/// From this share of its area on, a region holds a unit whole; at one minus this, not at all.
const WHOLE: f64 = 0.99;

/// Pieces smaller than this share of a unit are slivers that overlaying leaves behind.
const SLIVER: f64 = 1e-6;

/// A piece of a unit that is in the same program regions everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The program regions that hold it, in ascending order.
    pub regions: Vec<AreaIx>,
    /// Its share of the unit's area, 0 to 1; exactly 1 where nothing splits the unit.
    pub fraction: f64,
}

/// The pieces of each unit, by number.
pub(super) fn pieces(
    areas: &[Area],
    unit_areas: Range<usize>,
    first_region: AreaIx,
    regions: &[ProgramRegion],
    units_of_state: &[Vec<UnitIx>],
    by_id: &HashMap<RegionId, AreaIx>,
    locator: &Locator,
) -> Vec<Vec<Piece>> {
    let units = &areas[unit_areas.clone()];
    let as_unit = |area: AreaIx| unit_areas.contains(&area.at()).then(|| UnitIx((area.at() - unit_areas.start) as u32));
    let shares: Vec<Vec<(UnitIx, f64)>> = regions
        .par_iter()
        .map(|region| match &region.shape {
            Shape::Members(members) => members
                .iter()
                .filter_map(|id| by_id.get(id))
                .flat_map(|area| {
                    as_unit(*area).map_or_else(|| units_of_state.get(area.at()).cloned().unwrap_or_default(), |u| vec![u])
                })
                .map(|unit| (unit, 1.0))
                .collect(),
            Shape::Drawn(boundary) => {
                let candidates = locator.in_window(&boundary.envelope()).into_iter().filter_map(as_unit);
                shares_of_drawn(boundary, candidates.collect(), units)
            }
        })
        .collect();

    let mut whole: Vec<Vec<AreaIx>> = vec![Vec::new(); units.len()];
    let mut split: Vec<Vec<AreaIx>> = vec![Vec::new(); units.len()];
    for (region, shares) in (first_region.0..).map(AreaIx).zip(&shares) {
        for (unit, share) in shares {
            let list = if *share >= WHOLE { &mut whole } else { &mut split };
            list[unit.at()].push(region);
        }
    }
    whole.into_iter().zip(split).zip(units).map(|((whole, split), unit)| cut(unit, whole, &split, areas)).collect()
}

/// The units that a drawn region meets, with the share of their area that it holds; shares of next to nothing are left out.
fn shares_of_drawn(region: &Arc<Boundary>, candidates: Vec<UnitIx>, units: &[Area]) -> Vec<(UnitIx, f64)> {
    let boundary_of = |unit: UnitIx| units[unit.at()].boundary.as_ref();
    // Edges of the region that are edges of units cannot cut through a unit; the others may.
    let mut cutting: HashSet<[u64; 4]> = region.edges().map(edge_key).collect();
    for edge in candidates.iter().filter_map(|unit| boundary_of(*unit)).flat_map(|b| b.edges()) {
        cutting.remove(&edge_key(edge));
    }
    let cutting: Vec<[Coord<f64>; 2]> = region.edges().filter(|edge| cutting.contains(&edge_key(*edge))).collect();
    candidates
        .into_iter()
        .filter_map(|unit| {
            let boundary = boundary_of(unit)?;
            let may_be_cut = cutting.iter().any(|edge| edge_meets(edge, boundary));
            let whole = if may_be_cut { None } else { holds_all(region, boundary) };
            let share = whole.map_or_else(|| shared_area(boundary, region), |whole| f64::from(u8::from(whole)));
            (share > 1.0 - WHOLE).then_some((unit, share))
        })
        .collect()
}

/// Whether a region whose edges do not cut through a unit holds it; `None` where no position of its border says so.
///
/// A position of its border that the unit itself holds stands for all of it: the half-open rule looks a hair inside.
/// Not every unit holds one of its vertices (a tilted triangle need not), but the middle of an edge on its west.
fn holds_all(region: &Boundary, unit: &Boundary) -> Option<bool> {
    let middle = |[a, b]: [Coord<f64>; 2]| Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
    let border = unit.edges().flat_map(|edge| [edge[0], middle(edge)]);
    let own = border.filter_map(|c| Position::new(c.x, c.y).ok()).find(|p| unit.holds(*p));
    own.map(|position| region.holds(position))
}

fn edge_meets([a, b]: &[Coord<f64>; 2], boundary: &Boundary) -> bool {
    let envelope = crate::geometry::Envelope::of([*a, *b]);
    envelope.is_some_and(|e| e.meets(&boundary.envelope()))
}

fn shared_area(unit: &Boundary, region: &Boundary) -> f64 {
    let both = unit.as_multi_polygon().intersection(region.as_multi_polygon());
    area(&both) / measure::area(unit).max(f64::MIN_POSITIVE)
}

fn area(polygons: &MultiPolygon<f64>) -> f64 {
    polygons.0.iter().map(measure::polygon_area).sum()
}

/// Cuts a unit along the regions that split it.
fn cut(unit: &Area, whole: Vec<AreaIx>, split: &[AreaIx], areas: &[Area]) -> Vec<Piece> {
    let Some(boundary) = unit.boundary.as_ref().filter(|_| !split.is_empty()) else {
        return vec![Piece { regions: whole, fraction: 1.0 }];
    };
    let mut pieces = vec![(boundary.as_multi_polygon().clone(), whole)];
    for region in split {
        let Some(shape) = areas[region.at()].boundary.as_ref().map(|b| b.as_multi_polygon()) else { continue };
        pieces = pieces
            .into_iter()
            .flat_map(|(piece, regions)| {
                let inside = [&regions[..], &[*region]].concat();
                [(piece.intersection(shape), inside), (piece.difference(shape), regions)]
            })
            .collect();
    }
    let areas: Vec<f64> = pieces.iter().map(|(piece, _)| area(piece)).collect();
    let total = areas.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let kept = pieces.into_iter().zip(areas).map(|((_, mut regions), area)| {
        regions.sort_unstable();
        Piece { regions, fraction: area / total }
    });
    kept.filter(|piece| piece.fraction > SLIVER).collect()
}

/// An edge regardless of its direction; equal edges have equal bits.
fn edge_key([a, b]: [Coord<f64>; 2]) -> [u64; 4] {
    let bits = |c: Coord<f64>| [(c.x + 0.0).to_bits(), (c.y + 0.0).to_bits()];
    let ([ax, ay], [bx, by]) = (bits(a), bits(b));
    if (ax, ay) <= (bx, by) { [ax, ay, bx, by] } else { [bx, by, ax, ay] }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn a_unit_that_holds_none_of_its_vertices_is_found_in_a_region_around_it() {
        let boundary = |polygon| Boundary::new(MultiPolygon(vec![polygon])).unwrap();
        let tilted = boundary(polygon![(x: 0.0, y: 0.0), (x: 10.0, y: 2.0), (x: 4.0, y: 8.0), (x: 0.0, y: 0.0)]);
        let vertices = tilted.edges().map(|[a, _]| Position::new(a.x, a.y).unwrap());
        assert!(vertices.into_iter().all(|vertex| !tilted.holds(vertex)), "the case that this is about");
        let square = |x: f64| {
            boundary(polygon![(x: x, y: -1.0), (x: x + 20.0, y: -1.0), (x: x + 20.0, y: 19.0), (x: x, y: 19.0), (x: x, y: -1.0)])
        };
        assert_eq!(holds_all(&square(-5.0), &tilted), Some(true));
        assert_eq!(holds_all(&square(40.0), &tilted), Some(false));
    }
}
