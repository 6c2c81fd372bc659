use geo::Coord;
use rayon::prelude::*;

use super::{Land, UnitIx};
use crate::geometry::{Boundary, Position, measure, topology::Topology};

/// Which units share a border, how much of it, and where their middles are: the land as a graph.
pub struct Neighbourhood {
    neighbours: Vec<Vec<Neighbour>>,
    middles: Vec<Option<Position>>,
}

/// A unit on the other side of a border.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The unit.
    pub unit: UnitIx,
    /// Length of the common border on the ellipsoid, in metres; more than zero.
    pub metres: f64,
}

impl Neighbourhood {
    /// The graph of a land's units; units that meet in points only are no neighbours.
    pub(super) fn new(land: &Land) -> Self {
        let boundary = |unit: UnitIx| land.area(land.unit_area(unit)).boundary.as_deref();
        let drawn: Vec<(UnitIx, &Boundary)> = land.units().filter_map(|unit| Some((unit, boundary(unit)?))).collect();
        let pairs = Topology::new(drawn.iter().map(|(_, boundary)| *boundary)).neighbours();
        let mut neighbours = vec![Vec::new(); land.units().len()];
        for pair in pairs.iter().filter(|pair| pair.metres > 0.0) {
            let [a, b] = pair.areas.map(|area| drawn[area as usize].0);
            neighbours[a.at()].push(Neighbour { unit: b, metres: pair.metres });
            neighbours[b.at()].push(Neighbour { unit: a, metres: pair.metres });
        }
        let units: Vec<UnitIx> = land.units().collect();
        let middles = units.par_iter().map(|unit| boundary(*unit).and_then(middle)).collect();
        Self { neighbours, middles }
    }

    /// The units that share a border with a unit, in ascending order.
    pub fn of(&self, unit: UnitIx) -> &[Neighbour] {
        self.neighbours.get(unit.at()).map_or(&[], Vec::as_slice)
    }

    /// The middle of a unit's largest part; `None` where it has no boundary.
    pub fn middle(&self, unit: UnitIx) -> Option<Position> {
        self.middles.get(unit.at()).copied().flatten()
    }
}

/// The centroid of the largest polygon, in degrees: good enough to say where something is and which is nearer.
fn middle(boundary: &Boundary) -> Option<Position> {
    let largest = boundary.parts().iter().max_by(|a, b| measure::polygon_area(a).total_cmp(&measure::polygon_area(b)))?;
    let origin = *largest.exterior().0.first()?;
    let (mut doubled, mut x, mut y) = (0.0, 0.0, 0.0);
    for edge in largest.exterior().0.windows(2) {
        // Relative to the first vertex, so that small rings far from the origin keep their digits.
        let [a, b] = [edge[0], edge[1]].map(|c| Coord { x: c.x - origin.x, y: c.y - origin.y });
        let cross = a.x * b.y - b.x * a.y;
        doubled += cross;
        x += (a.x + b.x) * cross;
        y += (a.y + b.y) * cross;
    }
    let centroid = Coord { x: origin.x + x / (3.0 * doubled), y: origin.y + y / (3.0 * doubled) };
    Position::new(centroid.x, centroid.y).or_else(|_| Position::new(origin.x, origin.y)).ok()
}
