//! Fewer vertices for drawing, on a grid, without a crossing.

use std::{cmp::Reverse, collections::BinaryHeap, collections::HashMap};

use geo::Coord;

use super::{
    Arc, Topology,
    plane::{Plane, Slot},
};

/// How far from its place a vertex may come to lie on the grid, in steps of the grid.
const REACH: [i32; 4] = [0, 1, 2, 3];
/// The same in a crowd, after the vertices around it have been thinned and spread out.
const FAR_REACH: [i32; 8] = [2, 3, 4, 5, 6, 8, 8, 8];

/// The topology with simpler lines: vertices go, the least significant first, while the triangle that a vertex
/// makes with its neighbours on the line is smaller than `area` (in squared units of the lines).
///
/// Ends stay, so neighbours stay joined; a vertex stays as well where lines would come to cross or to touch
/// without it. A closed arc keeps three vertices, and of two arcs between the same nodes each keeps one in
/// between, so no ring that had an area becomes a line. Runs in O(n log n) of the vertices.
pub fn simplify(topology: &Topology, area: f64) -> Topology {
    let mut plane = plane_of(topology);
    eliminate(&mut plane, area);
    redrawn(topology, &plane)
}

/// The topology with simpler lines (see [`simplify`]) whose vertices all have whole coordinates, and how many of
/// them found no place on the grid where no line crosses or touches another, and were put on the nearest one.
///
/// A vertex comes to the nearest place that keeps the drawing as it is; where there is none it goes, unless areas
/// meet there.
pub fn simplify_to_grid(topology: &Topology, area: f64) -> (Topology, usize) {
    let mut plane = plane_of(topology);
    eliminate(&mut plane, area);
    let crowded = to_grid(&mut plane);
    eliminate(&mut plane, 0.0);
    (redrawn(topology, &plane), crowded)
}

fn redrawn(topology: &Topology, plane: &Plane) -> Topology {
    let lines = plane.lines();
    topology.with_lines(|number, _| lines[number as usize].clone())
}

/// A drawing in which every arc keeps the vertices without which rings would become lines.
fn plane_of(topology: &Topology) -> Plane {
    let ends = |arc: &Arc| [arc.nodes[0].min(arc.nodes[1]), arc.nodes[0].max(arc.nodes[1])];
    let mut twins: HashMap<[u32; 2], u32> = HashMap::new();
    for arc in topology.arcs() {
        *twins.entry(ends(arc)).or_default() += 1;
    }
    let kept = |arc: &Arc| if arc.nodes[0] == arc.nodes[1] { 2 } else { usize::from(twins[&ends(arc)] > 1) };
    Plane::new(topology, kept)
}

/// Drops vertices while the triangles that they make are smaller than `area`, or nothing where it is 0 and they
/// do not lie on a straight line.
fn eliminate(plane: &mut Plane, area: f64) {
    let inner: Vec<Slot> =
        (0..plane.points()).filter(|point| plane.place(*point).is_some()).filter_map(|point| plane.inner(point)).collect();
    // Vertices that are gone or may not go are without a size.
    let mut sizes = vec![f64::NAN; plane.slots()];
    let mut heap = BinaryHeap::with_capacity(inner.len());
    for slot in inner {
        let size = plane.significance(slot);
        sizes[slot as usize] = size;
        if size <= area {
            heap.push(Reverse((Size(size), slot)));
        }
    }
    while let Some(Reverse((Size(size), slot))) = heap.pop() {
        if sizes[slot as usize] != size || !plane.drop(slot) {
            continue;
        }
        sizes[slot as usize] = f64::NAN;
        for beside in plane.beside(slot) {
            if sizes[beside as usize].is_nan() {
                continue;
            }
            // Never below what went before it: a vertex must not go because its neighbour did.
            let grown = plane.significance(beside).max(size);
            sizes[beside as usize] = grown;
            if grown <= area {
                heap.push(Reverse((Size(grown), beside)));
            }
        }
    }
}

/// Moves every vertex to the grid; returns how many had to be put where lines may cross.
fn to_grid(plane: &mut Plane) -> usize {
    plane.watch_edges();
    let mut waiting: Vec<u32> = (0..plane.points()).filter(|point| plane.place(*point).is_some()).collect();
    // Nodes first: they cannot go.
    waiting.sort_by_key(|point| plane.inner(*point).is_some());
    for reach in REACH {
        waiting.retain(|point| !settle(plane, *point, reach));
    }
    for reach in FAR_REACH {
        waiting.retain(|point| {
            thin_out(plane, *point, f64::from(reach));
            spread_out(plane, *point, f64::from(reach));
            !settle(plane, *point, reach)
        });
    }
    for point in &waiting {
        if let Some(at) = plane.place(*point) {
            plane.force(*point, Coord { x: at.x.round() + 0.0, y: at.y.round() + 0.0 });
        }
    }
    waiting.len()
}

/// Drops the vertices around one that is in a crowd.
fn thin_out(plane: &mut Plane, point: u32, around: f64) {
    let Some(at) = plane.place(point) else { return };
    for other in plane.within(at, around) {
        if let Some(slot) = plane.inner(other).filter(|slot| other != point && plane.significance(*slot) < around * around) {
            plane.drop(slot);
        }
    }
}

/// Moves the vertices around one that is in a crowd a step away from it, the outermost first.
fn spread_out(plane: &mut Plane, point: u32, around: f64) {
    let Some(at) = plane.place(point) else { return };
    let others = plane.within(at, around).into_iter().filter(|other| *other != point);
    let mut others: Vec<_> = others.filter_map(|other| Some((other, plane.place(other)?))).collect();
    let distance = |c: &Coord<f64>| (c.x - at.x).abs().max((c.y - at.y).abs());
    others.sort_by(|a, b| distance(&b.1).total_cmp(&distance(&a.1)).then(a.0.cmp(&b.0)));
    for (other, from) in others {
        let (dx, dy) = ((from.x - at.x).round().signum(), (from.y - at.y).round().signum());
        let place = |dx: f64, dy: f64| Coord { x: (from.x + dx).round() + 0.0, y: (from.y + dy).round() + 0.0 };
        let _ = plane.shift(other, place(dx, dy)) || plane.shift(other, place(dx, 0.0)) || plane.shift(other, place(0.0, dy));
    }
}

/// Moves a vertex to the nearest place on the grid within reach where nothing is in its way, or drops it.
fn settle(plane: &mut Plane, point: u32, reach: i32) -> bool {
    let Some(at) = plane.place(point) else { return true };
    let middle = Coord { x: at.x.round() + 0.0, y: at.y.round() + 0.0 };
    let steps = || (-reach..=reach).map(f64::from);
    let mut places: Vec<_> = steps().flat_map(|dx| steps().map(move |dy| Coord { x: middle.x + dx, y: middle.y + dy })).collect();
    let distance = |c: &Coord<f64>| (c.x - at.x).hypot(c.y - at.y);
    places.sort_by(|a, b| distance(a).total_cmp(&distance(b)).then(a.x.total_cmp(&b.x)).then(a.y.total_cmp(&b.y)));
    let nearest = places.first().copied().into_iter();
    if nearest.into_iter().any(|place| plane.shift(point, place)) {
        return true;
    }
    let dropped = plane.inner(point).is_some_and(|slot| plane.drop(slot));
    dropped || places.into_iter().skip(1).any(|place| plane.shift(point, place))
}

/// A size that can be sorted.
#[derive(PartialEq)]
struct Size(f64);

impl Eq for Size {}

impl PartialOrd for Size {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Size {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The pairs of arcs whose lines cross each other, each pair once; an arc that crosses itself is paired with
/// itself. Touching at an end is no crossing.
pub fn crossings(topology: &Topology) -> Vec<[u32; 2]> {
    let mut edges: Vec<(u32, [Coord<f64>; 2])> = Vec::new();
    for (i, arc) in (0..).zip(topology.arcs()) {
        edges.extend(arc.line.windows(2).map(|w| (i, [w[0], w[1]])));
    }
    let west = |e: &[Coord<f64>; 2]| e[0].x.min(e[1].x);
    let east = |e: &[Coord<f64>; 2]| e[0].x.max(e[1].x);
    edges.sort_by(|a, b| west(&a.1).total_cmp(&west(&b.1)));
    let mut found = Vec::new();
    for (i, (a, e)) in edges.iter().enumerate() {
        let (low, high) = (e[0].y.min(e[1].y), e[0].y.max(e[1].y));
        for (b, f) in edges[i + 1..].iter().take_while(|(_, f)| west(f) <= east(e)) {
            if f[0].y.max(f[1].y) >= low && f[0].y.min(f[1].y) <= high && cross(*e, *f) {
                found.push([*a.min(b), *a.max(b)]);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two edges have an inner point in common that is the end of neither.
fn cross([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> bool {
    let side = |p: Coord<f64>, q: Coord<f64>, r: Coord<f64>| {
        let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
        robust::orient2d(robust(p), robust(q), robust(r))
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
