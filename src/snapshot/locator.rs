//! Which areas hold a position: the one way in to the geometry for everything that answers.

use std::sync::Arc;

use geo::Coord;

use super::{
    Area, AreaIx, AreaKind, AreaSet, NearestArea, Outward,
    outward::Sight,
    part::Located,
    partition::{Partition, coord_of},
    parts::Parts,
};
use crate::geometry::{Boundary, Envelope, Position};

/// Finds the areas of all layers that hold a position, borders near it, and the nearest area.
pub struct Locator {
    kinds: Vec<AreaKind>,
    partition: Partition,
    parts: Parts,
}

impl Locator {
    /// An index over the areas; `areas[i]` is known as `AreaIx(i)`, those without a boundary are left out.
    pub fn new(areas: &[Area]) -> Self {
        let (partition, parts) =
            rayon::join(|| Partition::new(bounded(areas).map(|(i, _, boundary)| (i, &**boundary))), || parts(areas));
        Self { kinds: kinds(areas), partition, parts }
    }

    /// The same, with the partition of these very areas that was made before.
    pub(super) fn with_partition(areas: &[Area], partition: Partition) -> Self {
        Self { kinds: kinds(areas), partition, parts: parts(areas) }
    }

    /// The areas that hold a position.
    ///
    /// Of the states, and of the counties, at most one where their borders match; of the program regions any number.
    #[inline]
    pub fn locate(&self, position: Position) -> AreaSet {
        let coord = coord_of(position);
        let set = self.partition.locate(coord);
        if coord.x == -180.0 { self.with_west(set, coord) } else { set }
    }

    /// The areas that hold each of many positions, in their order: faster than one by one.
    pub fn locate_many(&self, positions: &[Position]) -> Vec<AreaSet> {
        let mut sets = self.partition.locate_many(positions);
        for (set, position) in sets.iter_mut().zip(positions) {
            if position.lon() == -180.0 {
                *set = self.with_west(std::mem::take(set), coord_of(*position));
            }
        }
        sets
    }

    /// Where no state, or no county, lies just east of the antimeridian, the ground on its west decides.
    #[cold]
    fn with_west(&self, east: AreaSet, coord: Coord<f64>) -> AreaSet {
        let absent = |kind| kind == AreaKind::Region || east.iter().all(|area| self.kinds[area.at()] != kind);
        let west = self.partition.locate(Coord { x: 180.0_f64.next_down(), ..coord });
        let added = west.iter().copied().filter(|area| absent(self.kinds[area.at()]));
        east.iter().copied().chain(added).collect()
    }

    /// The area of a kind whose border is nearest to a position; `None` where there is no such area.
    pub fn nearest(&self, position: Position, kind: AreaKind) -> Option<NearestArea> {
        self.parts.nearest(position, |_, of| of == kind)
    }

    /// The way outward from a position, from one area to the next.
    pub fn outward(&self, position: Position) -> Outward<'_> {
        Outward::through(&self.parts, position)
    }

    /// The way outward from a position through what is in sight alone.
    pub fn outward_among<'a>(&'a self, position: Position, sights: impl Iterator<Item = Sight<'a>>) -> Outward<'a> {
        Outward::among(&self.parts, position, sights)
    }

    /// The areas of which a part's envelope meets a window, in ascending order.
    pub fn in_window(&self, window: &Envelope) -> Vec<AreaIx> {
        self.parts.in_window(window)
    }

    pub(super) fn partition(&self) -> &Partition {
        &self.partition
    }
}

/// The areas that have a boundary.
fn bounded(areas: &[Area]) -> impl Iterator<Item = (AreaIx, AreaKind, &Arc<Boundary>)> + Clone {
    (0..).map(AreaIx).zip(areas).filter_map(|(i, area)| Some((i, area.kind, area.boundary.as_ref()?)))
}

fn parts(areas: &[Area]) -> Parts {
    let located = |(area, kind, boundary): (_, _, &Arc<Boundary>)| Located { area, kind, boundary: boundary.clone() };
    Parts::new(bounded(areas).map(located).collect())
}

fn kinds(areas: &[Area]) -> Vec<AreaKind> {
    areas.iter().map(|area| area.kind).collect()
}
