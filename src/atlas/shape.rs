//! Shapes on the grid of a sheet: what a renderer writes as it stands.

use geo::Coord;

use super::Rect;
use crate::geometry::topology::Topology;

/// A place on the grid of a sheet, in half pixels at the nominal size; y grows downwards.
pub type GridPoint = [i32; 2];

/// Lines on the grid.
pub type Lines = Vec<Vec<GridPoint>>;

/// Rings on the grid; the last point of each is joined to the first, which is not repeated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Exterior rings and holes; an even-odd fill and a nonzero fill agree.
    pub rings: Lines,
}

/// The points of a line that lies on the grid.
pub(super) fn points(line: &[Coord<f64>]) -> Vec<GridPoint> {
    line.iter().map(|c| [c.x as i32, c.y as i32]).collect()
}

/// The rings of an area of a topology on the grid, the small ones left out: those below `least` square units,
/// but never the largest. An area that vanishes altogether becomes a speck, so that nobody is missing.
pub(super) fn rings_of(topology: &Topology, area: u32, least: f64) -> Lines {
    let mut rings: Vec<(f64, Vec<GridPoint>)> = topology
        .rings(area)
        .iter()
        .map(|ring| {
            let mut ring = points(&topology.ring_line(ring));
            ring.dedup();
            if ring.len() > 1 {
                ring.pop();
            }
            (doubled_area(&ring).abs() / 2.0, ring)
        })
        .collect();
    let Some(largest) = rings.iter().map(|(size, _)| *size).max_by(f64::total_cmp) else { return Vec::new() };
    if largest < SPECK {
        let at = rings.iter().find_map(|(_, ring)| ring.first().copied());
        return at.map(speck).into_iter().collect();
    }
    rings.retain(|(size, ring)| ring.len() > 2 && *size >= least.min(largest));
    rings.into_iter().map(|(_, ring)| ring).collect()
}

/// The part of a ring within a rectangle (Sutherland and Hodgman 1974); where it leaves and comes back, it runs
/// along the rectangle.
pub(super) fn clip(ring: Vec<GridPoint>, rect: &Rect) -> Vec<GridPoint> {
    let [right, lower] = [rect.x + rect.width, rect.y + rect.height];
    // Each side as an axis, a sign and a limit: what is kept has sign × coordinate ≤ limit.
    let sides = [(0, -1, -rect.x), (0, 1, right), (1, -1, -rect.y), (1, 1, lower)];
    sides.into_iter().fold(ring, |ring, (axis, sign, limit)| {
        let beyond = |p: &GridPoint| sign * p[axis] > limit;
        if !ring.iter().any(beyond) {
            return ring;
        }
        let mut kept = Vec::new();
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if !beyond(a) {
                kept.push(*a);
            }
            if beyond(a) != beyond(b) {
                let t = f64::from(sign * limit - a[axis]) / f64::from(b[axis] - a[axis]);
                let across = |i: usize| (f64::from(a[i]) + t * f64::from(b[i] - a[i])).round() as i32;
                let mut at = [across(0), across(1)];
                at[axis] = sign * limit;
                kept.push(at);
            }
        }
        kept.dedup();
        kept
    })
}

/// The pieces of a line that may be seen within a rectangle.
pub(super) fn clip_line(line: &[GridPoint], rect: &Rect) -> Lines {
    let outside = |w: &[GridPoint]| {
        let end = [rect.x + rect.width, rect.y + rect.height];
        let begin = [rect.x, rect.y];
        (0..2).any(|i| w.iter().all(|p| p[i] < begin[i]) || w.iter().all(|p| p[i] > end[i]))
    };
    let mut pieces: Lines = Vec::new();
    let mut joined = false;
    for w in line.windows(2) {
        let seen = !outside(w);
        match pieces.last_mut().filter(|_| joined && seen) {
            Some(piece) => piece.push(w[1]),
            None if seen => pieces.push(w.to_vec()),
            None => {}
        }
        joined = seen;
    }
    pieces
}

/// Areas smaller than this, in square units, are drawn as a speck.
const SPECK: f64 = 4.0;

fn speck([x, y]: GridPoint) -> Vec<GridPoint> {
    vec![[x, y - 2], [x + 2, y], [x, y + 2], [x - 2, y]]
}

/// Twice the signed area within a ring, in square units.
pub(super) fn doubled_area(ring: &[GridPoint]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| f64::from(a[0]) * f64::from(b[1]) - f64::from(b[0]) * f64::from(a[1])).sum()
}

#[cfg(test)]
mod tests {
    use geo::{LineString, MultiPolygon, Polygon};

    use super::*;
    use crate::geometry::{Boundary, topology::simplify_to_grid};

    fn square(x: f64, side: f64) -> Boundary {
        let ring = vec![(x, 0.0), (x + side, 0.0), (x + side, side), (x, side)];
        Boundary::new(MultiPolygon(vec![Polygon::new(LineString::from(ring), vec![])])).unwrap()
    }

    fn grid(area: &Boundary) -> Topology {
        simplify_to_grid(&Topology::new([area]), 0.0).0
    }

    #[test]
    fn an_area_too_small_for_the_grid_becomes_a_speck() {
        let grid = grid(&square(0.0, 0.2));
        assert_eq!(rings_of(&grid, 0, 9.0), [[[0, -2], [2, 0], [0, 2], [-2, 0]]]);
    }

    #[test]
    fn the_largest_ring_of_an_area_stays_however_small_and_its_islands_go() {
        let two = Boundary::new(MultiPolygon(vec![square(0.0, 5.0).parts()[0].clone(), square(9.0, 2.0).parts()[0].clone()]));
        let grid = grid(&two.unwrap());
        assert_eq!(rings_of(&grid, 0, 30.0).len(), 1);
        assert_eq!(rings_of(&grid, 0, 3.0).len(), 2);
    }

    #[test]
    fn what_lies_beyond_the_sheet_is_cut_off() {
        let sheet = Rect { x: 0, y: 0, width: 10, height: 10 };
        let cut = clip(vec![[-5, 2], [20, 2], [20, 30], [-5, 30]], &sheet);
        assert_eq!(doubled_area(&cut).abs() / 2.0, 80.0);
        assert!(clip(vec![[20, 20], [30, 20], [30, 30]], &sheet).is_empty());
        let line = [[-9, 5], [-4, 5], [5, 5], [30, 5], [40, 5], [40, 20], [5, 20], [5, 9]];
        assert_eq!(clip_line(&line, &sheet), [vec![[-4, 5], [5, 5], [30, 5]], vec![[5, 20], [5, 9]]]);
    }
}
