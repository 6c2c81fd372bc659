//! What rings are to each other: holes lie inside their shells, polygons beside each other.

use std::cell::Cell;

use geo::Coord;
use robust::orient2d;

use super::{crossing::Meetings, report::Reporter, ring::Ring};
use crate::{
    geometry::{Envelope, crosses},
    source::checks,
};

/// How many edges of one feature are looked at before it counts as a tangle: some seconds' worth.
const MOST_EDGES: usize = 1_000_000_000;

/// The share of a polygon that holes have to leave: less is what rounding makes of nothing.
const LEAST_LEFT: f64 = 1e-9;

/// Whether holes and polygons lie where they may; reports those that do not. No edges cross any more.
pub fn are_kept(rings: &[Ring], meetings: &Meetings, report: &mut Reporter<'_>) -> bool {
    let before = report.found.len();
    let envelopes = rings.iter().filter_map(|ring| Envelope::of(ring.coords.iter().copied())).collect();
    let roles = Roles { rings, meetings, envelopes, budget: Cell::new(MOST_EDGES) };
    let mut shells = vec![None; rings.iter().map(|ring| ring.name.part + 1).max().unwrap_or(0)];
    for (i, ring) in rings.iter().enumerate() {
        if ring.name.number == 0 {
            shells[ring.name.part] = Some(i);
        } else if let Some(shell) = shells[ring.name.part] {
            roles.check_hole(i, shell, report);
        }
    }
    for [i, j] in roles.peers() {
        roles.check_apart([i, j], report);
    }
    if report.found.len() == before {
        shells.iter().flatten().for_each(|&shell| roles.check_left(shell, report));
    }
    if roles.budget.get() == 0 {
        report.add(&checks::TANGLE, "too many rings lie side by side to check them", |p| p.remedy("simplify the boundary"));
    }
    report.found.len() == before
}

/// The rings of a feature.
struct Roles<'r> {
    rings: &'r [Ring],
    meetings: &'r Meetings,
    envelopes: Vec<Envelope>,
    /// How many edges may still be looked at.
    budget: Cell<usize>,
}

/// On which sides of a ring the corners of another one lie.
#[derive(Default)]
struct Sides {
    inside: bool,
    outside: bool,
}

impl Roles<'_> {
    /// Pairs of rings of a kind whose envelopes meet: the shells of all polygons, the holes of one.
    fn peers(&self) -> Vec<[usize; 2]> {
        let mut order: Vec<_> = (0..self.envelopes.len()).collect();
        order.sort_by(|&i, &j| self.envelopes[i].min[0].total_cmp(&self.envelopes[j].min[0]));
        let kind = |i: usize| (self.rings[i].name.number > 0).then_some(self.rings[i].name.part);
        let mut pairs = Vec::new();
        for (at, &i) in order.iter().enumerate() {
            for &j in order[at + 1..].iter().take_while(|&&j| self.envelopes[j].min[0] <= self.envelopes[i].max[0]) {
                if kind(i) == kind(j) && self.envelopes[i].meets(&self.envelopes[j]) && self.spend(1) {
                    pairs.push([i.max(j), i.min(j)]);
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Takes some edges off the budget; false when it is used up.
    fn spend(&self, edges: usize) -> bool {
        self.budget.set(self.budget.get().saturating_sub(edges));
        self.budget.get() > 0
    }

    fn check_hole(&self, hole: usize, shell: usize, report: &mut Reporter<'_>) {
        let (sides, name) = (self.sides(hole, shell), self.rings[hole].name);
        if sides.outside {
            let what =
                if sides.inside { "the hole crosses its exterior ring" } else { "the hole lies outside its exterior ring" };
            report.add_to(name, &checks::HOLE, what, |p| p.rule("holes lie inside the exterior ring of their polygon"));
        } else if !sides.inside && self.budget.get() > 0 {
            let rule = "nothing would be left of the polygon";
            report.add_to(name, &checks::HOLE, "the hole is its exterior ring again", |p| p.rule(rule));
        }
    }

    /// Reports a polygon that its holes fill together.
    fn check_left(&self, shell: usize, report: &mut Reporter<'_>) {
        let part = self.rings[shell].name.part;
        let holes = || self.rings.iter().filter(|ring| ring.name.part == part && ring.name.number > 0);
        let whole = self.rings[shell].signed_area().abs();
        let left = whole - holes().map(|hole| hole.signed_area().abs()).sum::<f64>();
        if let Some(last) = holes().next_back().filter(|_| left < whole * LEAST_LEFT) {
            report.add_to(last.name, &checks::HOLE, "the holes fill their exterior ring", |p| {
                p.rule("nothing would be left of the polygon")
            });
        }
    }

    /// Reports two holes, or two polygons, of which one lies in the other.
    fn check_apart(&self, [i, j]: [usize; 2], report: &mut Reporter<'_>) {
        let overlaps = |inner: usize, outer: usize| {
            let sides = self.sides(inner, outer);
            (sides.inside || !sides.outside) && !self.lies_in_a_hole(inner, outer)
        };
        if (overlaps(i, j) || overlaps(j, i)) && self.budget.get() > 0 {
            let what = format!("the ring overlaps {}", self.rings[j].name);
            report.add_to(self.rings[i].name, &checks::OVERLAPPING_RINGS, what, |p| {
                p.rule("polygons of one feature, and holes of one polygon, lie beside each other").remedy("merge the two")
            });
        }
    }

    /// Whether a polygon lies in a hole of another one, where it may.
    fn lies_in_a_hole(&self, inner: usize, outer: usize) -> bool {
        let name = self.rings[outer].name;
        let is_hole = |&i: &usize| self.rings[i].name.part == name.part && self.rings[i].name.number > 0;
        name.number == 0 && (0..self.rings.len()).filter(is_hole).any(|hole| !self.sides(inner, hole).outside)
    }

    /// On which sides of a ring another one lies.
    ///
    /// Where the two do not touch, one corner stands for all; else every corner is looked at, and the middle of every
    /// stretch of an edge between its meetings with the other ring.
    fn sides(&self, ring: usize, other: usize) -> Sides {
        let touching = self.meetings.touching.contains(&[ring.min(other), ring.max(other)]);
        let (ring, other) = (&self.rings[ring], &self.rings[other]);
        let middles = ring.edges().filter(|_| self.spend(other.coords.len())).flat_map(|edge| middles_beside(edge, other));
        let mut sides = Sides::default();
        for c in ring.coords.iter().copied().chain(middles) {
            if !self.spend(other.coords.len()) {
                break;
            }
            match inside(c, other) {
                Some(true) => sides.inside = true,
                Some(false) => sides.outside = true,
                None => continue,
            }
            if !touching || (sides.inside && sides.outside) {
                break;
            }
        }
        sides
    }
}

/// The middles of an edge's stretches between the corners of a ring on it, but for those that run along the ring.
///
/// A middle is rounded: that of a stretch along the ring would lie beside it, on either side.
fn middles_beside([a, b]: [Coord<f64>; 2], ring: &Ring) -> Vec<Coord<f64>> {
    let (mut stops, mut along) = (vec![a, b], Vec::new());
    for [c, d] in ring.edges().filter(|edge| may_meet([a, b], *edge)) {
        if lies_on(c, [a, b]) {
            stops.push(c);
        }
        if is_on_line(c, [a, b]) && is_on_line(d, [a, b]) {
            along.push([c, d]);
        }
    }
    // The order of coordinates is the order along the edge.
    stops.sort_by(|p, q| p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)));
    stops.dedup();
    let runs_along = |stretch: &&[Coord<f64>]| along.iter().any(|&edge| stretch.iter().all(|&end| lies_on(end, edge)));
    let middle = |stretch: &[Coord<f64>]| (stretch[0] + stretch[1]) / 2.0;
    stops.windows(2).filter(|stretch| !runs_along(stretch)).map(middle).collect()
}

/// Whether the envelopes of two edges have a position in common.
fn may_meet([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> bool {
    a.x.min(b.x) <= c.x.max(d.x) && c.x.min(d.x) <= a.x.max(b.x) && a.y.min(b.y) <= c.y.max(d.y) && c.y.min(d.y) <= a.y.max(b.y)
}

fn lies_on(c: Coord<f64>, edge: [Coord<f64>; 2]) -> bool {
    may_meet([c, c], edge) && is_on_line(c, edge)
}

fn is_on_line(c: Coord<f64>, [a, b]: [Coord<f64>; 2]) -> bool {
    let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    orient2d(robust(a), robust(b), robust(c)) == 0.0
}

/// Whether a coordinate lies strictly inside a ring; `None` when it lies on it.
fn inside(c: Coord<f64>, ring: &Ring) -> Option<bool> {
    let mut odd = false;
    for [a, b] in ring.edges() {
        // Nearly all edges lie above or below.
        if (a.y < c.y && b.y < c.y) || (a.y > c.y && b.y > c.y) {
            continue;
        }
        if lies_on(c, [a, b]) {
            return None;
        }
        odd ^= crosses(a, b, c);
    }
    Some(odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::geojson::{crossing::meetings, ring::RingName};

    const STAR: [(f64, f64); 6] = [
        (-88.12347, 40.51113),
        (-88.03371, 40.57919),
        (-88.11713, 40.60337),
        (-88.20111, 40.59171),
        (-88.23917, 40.53331),
        (-88.12347, 40.51113),
    ];

    fn ring(number: usize, coords: &[(f64, f64)]) -> Ring {
        let name = RingName { part: 0, several: false, number };
        Ring { name, coords: coords.iter().map(|&(x, y)| Coord { x, y }).collect() }
    }

    /// Whether some part of the first ring lies inside the second, and some outside.
    fn sides(ring: Ring, other: Ring) -> (bool, bool) {
        let rings = [ring, other];
        let meetings = meetings(&rings);
        let roles = Roles { rings: &rings, meetings: &meetings, envelopes: Vec::new(), budget: Cell::new(MOST_EDGES) };
        let sides = roles.sides(0, 1);
        (sides.inside, sides.outside)
    }

    #[test]
    fn a_ring_lies_on_neither_side_of_itself_though_middles_of_its_edges_are_rounded() {
        let mut other_way = STAR;
        other_way.reverse();
        let rounded = STAR.windows(2).filter(|w| {
            let [a, b] = [w[0], w[1]].map(|(x, y)| Coord { x, y });
            !is_on_line((a + b) / 2.0, [a, b])
        });
        assert!(rounded.count() > 0, "the world shows what it is made for");
        assert_eq!(sides(ring(1, &STAR), ring(0, &STAR)), (false, false));
        assert_eq!(sides(ring(1, &other_way), ring(0, &STAR)), (false, false));
    }

    #[test]
    fn an_edge_partly_along_another_ring_lies_where_the_rest_of_it_does() {
        let square = ring(0, &[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 4.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]);
        // Its corners lie on the other ring, its upper edge half along it and half within it.
        let low = ring(1, &[(0.0, 2.0), (0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0)]);
        assert_eq!(sides(low, square.clone()), (true, false));
        let beyond = ring(1, &[(0.0, 2.0), (2.0, 2.0), (2.0, 4.0), (0.0, 2.0)]);
        assert_eq!(sides(beyond, square), (false, true));
    }
}
