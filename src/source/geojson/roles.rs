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
    /// Where the two do not touch, one corner stands for all; else every corner and every middle of an edge is looked at.
    fn sides(&self, ring: usize, other: usize) -> Sides {
        let touching = self.meetings.touching.contains(&[ring.min(other), ring.max(other)]);
        let (ring, other) = (&self.rings[ring], &self.rings[other]);
        let middles = ring.edges().map(|[a, b]| Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 });
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

/// Whether a coordinate lies strictly inside a ring; `None` when it lies on it.
fn inside(c: Coord<f64>, ring: &Ring) -> Option<bool> {
    let mut odd = false;
    for [a, b] in ring.edges() {
        // Nearly all edges lie above or below.
        if (a.y < c.y && b.y < c.y) || (a.y > c.y && b.y > c.y) {
            continue;
        }
        let beside = a.x.min(b.x) <= c.x && c.x <= a.x.max(b.x);
        let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
        if beside && orient2d(robust(a), robust(b), robust(c)) == 0.0 {
            return None;
        }
        odd ^= crosses(a, b, c);
    }
    Some(odd)
}
