//! Edges that cross or run along each other.
//!
//! Each edge of a feature is held against those whose boxes meet its own. Edges of real boundaries are short, so that
//! these are few; a tangle in which they are many is refused rather than looked at for hours. Sides are decided by exact
//! arithmetic (crate `robust`).

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use robust::orient2d;

use super::{
    knots::{self, OnEdge},
    near,
    ring::Ring,
};
use crate::geometry::Envelope;

/// How many pairs of edges of one feature are looked at before it counts as a tangle: for each edge, besides, and in all.
const MOST_PAIRS: (usize, usize, usize) = (4_000, 1_000_000, 1_000_000_000);

/// An edge of a feature, from its western end.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: Coord<f64>,
    to: Coord<f64>,
    ring: usize,
    number: usize,
}

/// Two edges that cross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Numbers of the two rings.
    pub rings: [usize; 2],
    /// Numbers of the two edges within them.
    pub edges: [usize; 2],
    /// Where they cross.
    pub at: Coord<f64>,
}

/// How the edges of a feature meet.
#[derive(Clone, Debug, Default)]
pub struct Meetings {
    /// Where edges cross, from west to east.
    pub crossings: Vec<Crossing>,
    /// The most western place where each pair of rings (or a ring with itself) runs along the same line.
    pub along: BTreeMap<[usize; 2], Coord<f64>>,
    /// Pairs of different rings that touch.
    pub touching: BTreeSet<[usize; 2]>,
    /// Ends of edges that lie within other edges of their ring.
    on_edges: Vec<OnEdge>,
    /// Rings that come to one of their corners again, or to another of their edges.
    passing_again: BTreeSet<usize>,
    /// Whether there were too many edges side by side to look at all of them.
    pub tangled: bool,
}

/// All meetings of the edges of some rings, apart from those of each edge with the next at their common end.
pub fn meetings(rings: &[Ring]) -> Meetings {
    let edges: Vec<Edge> = rings.iter().enumerate().flat_map(|(ring, r)| numbered(ring, r)).collect();
    let boxes: Vec<Envelope> = edges.iter().map(Edge::envelope).collect();
    let most = MOST_PAIRS.0.saturating_mul(edges.len()).saturating_add(MOST_PAIRS.1).min(MOST_PAIRS.2);
    let mut found = Meetings::default();
    if near::pairs(&boxes, most, |i, j| found.meet(&edges[i], &edges[j], rings)).is_err() {
        found.tangled = true;
        return found;
    }
    for ring in std::mem::take(&mut found.passing_again) {
        found.crossings.extend(knots::crossings(ring, &rings[ring], &found.on_edges));
    }
    let place = |crossing: &Crossing| (crossing.at.x, crossing.at.y);
    found.crossings.sort_by(|a, b| {
        let by_place = place(a).0.total_cmp(&place(b).0).then(place(a).1.total_cmp(&place(b).1));
        by_place.then(a.rings.cmp(&b.rings)).then(a.edges.cmp(&b.edges))
    });
    found
}

fn numbered(ring: usize, of: &Ring) -> impl Iterator<Item = Edge> {
    of.edges().enumerate().filter(|(_, [a, b])| a != b).map(move |(number, [a, b])| {
        let (from, to) = if (a.x, a.y) <= (b.x, b.y) { (a, b) } else { (b, a) };
        Edge { from, to, ring, number }
    })
}

impl Edge {
    fn envelope(&self) -> Envelope {
        let (low, high) = (self.from.y.min(self.to.y), self.from.y.max(self.to.y));
        Envelope { min: [self.from.x, low], max: [self.to.x, high] }
    }

    fn has_end(&self, c: Coord<f64>) -> bool {
        self.from == c || self.to == c
    }

    /// Whether two edges of a ring are one and the next, and meet where the one ends and nowhere else.
    fn makes_a_corner_with(&self, other: &Self, ring: &Ring) -> bool {
        let far = if self.has_end(other.from) { other.to } else { other.from };
        (self.has_end(other.from) || self.has_end(other.to)) && self.is_beside(other, ring) && side(self, far) != 0
    }

    /// Whether one of two edges of a ring comes right after the other.
    fn is_beside(&self, other: &Self, ring: &Ring) -> bool {
        let apart = self.number.abs_diff(other.number);
        apart == 1 || apart + 2 == ring.coords.len()
    }
}

impl Meetings {
    fn meet(&mut self, s: &Edge, t: &Edge, all: &[Ring]) {
        // Of most pairs that come here there is no more to say than this.
        if s.ring == t.ring && s.makes_a_corner_with(t, &all[s.ring]) {
            return;
        }
        let (s_from, s_to) = (side(t, s.from), side(t, s.to));
        let (t_from, t_to) = (side(s, t.from), side(s, t.to));
        let rings = [s.ring.min(t.ring), s.ring.max(t.ring)];
        if s_from * s_to < 0 && t_from * t_to < 0 {
            let (first, second) = if (s.ring, s.number) <= (t.ring, t.number) { (s, t) } else { (t, s) };
            self.crossings.push(Crossing { rings, edges: [first.number, second.number], at: intersection(s, t) });
        } else if [s_from, s_to, t_from, t_to] == [0; 4] {
            // On one line, with western ends first: they share more than a point where one starts before the other ends.
            let start = if (s.from.x, s.from.y) >= (t.from.x, t.from.y) { s.from } else { t.from };
            let end = if (s.to.x, s.to.y) <= (t.to.x, t.to.y) { s.to } else { t.to };
            if (start.x, start.y) < (end.x, end.y) {
                let first = self.along.entry(rings).or_insert(start);
                if (start.x, start.y) < (first.x, first.y) {
                    *first = start;
                }
                self.touching.insert(rings);
            }
            self.pass(s, t, all);
        } else if s_from * s_to <= 0 && t_from * t_to <= 0 {
            if s.ring != t.ring {
                self.touching.insert(rings);
                return;
            }
            self.pass(s, t, all);
            let ends = [(s.from, s_from, t), (s.to, s_to, t), (t.from, t_from, s), (t.to, t_to, s)];
            let within = ends.into_iter().filter(|(end, side, on)| *side == 0 && *end != on.from && *end != on.to);
            self.on_edges.extend(within.map(|(at, _, on)| OnEdge { ring: on.ring, edge: on.number, at }));
        }
    }

    /// Takes note of edges of one ring that meet, but for one that ends where the next begins.
    fn pass(&mut self, s: &Edge, t: &Edge, all: &[Ring]) {
        let is_corner = s.is_beside(t, &all[s.ring]) && (s.has_end(t.from) || s.has_end(t.to));
        if s.ring == t.ring && !is_corner {
            self.passing_again.insert(s.ring);
        }
    }
}

/// On which side of an edge a coordinate lies: 1 left, -1 right, 0 on its line.
fn side(edge: &Edge, c: Coord<f64>) -> i8 {
    let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    let side = orient2d(robust(edge.from), robust(edge.to), robust(c));
    if side > 0.0 { 1 } else { -i8::from(side < 0.0) }
}

/// Where two edges cross that do, to the precision of floating point.
fn intersection(s: &Edge, t: &Edge) -> Coord<f64> {
    let (d, e) = (s.to - s.from, t.to - t.from);
    let gap = t.from - s.from;
    let denominator = d.x * e.y - d.y * e.x;
    let along = if denominator == 0.0 { 0.5 } else { ((gap.x * e.y - gap.y * e.x) / denominator).clamp(0.0, 1.0) };
    Coord { x: s.from.x + along * d.x, y: s.from.y + along * d.y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::geojson::ring::RingName;

    fn ring(coords: &[(f64, f64)]) -> Ring {
        let name = RingName { part: 0, several: false, number: 0 };
        Ring { name, coords: coords.iter().map(|&(x, y)| Coord { x, y }).collect() }
    }

    #[test]
    fn two_edges_that_cross_are_named_with_the_place() {
        let found = meetings(&[ring(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)])]);
        assert_eq!(found.crossings, [Crossing { rings: [0, 0], edges: [0, 2], at: Coord { x: 1.0, y: 1.0 } }]);
    }

    #[test]
    fn a_corner_that_touches_an_edge_does_not_cross_it() {
        let found = meetings(&[
            ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]),
            ring(&[(2.0, 0.0), (3.0, 1.0), (1.0, 1.0), (2.0, 0.0)]),
        ]);
        assert!(found.crossings.is_empty() && found.along.is_empty());
        assert!(found.touching.contains(&[0, 1]));
    }

    #[test]
    fn a_tangle_of_edges_is_given_up_rather_than_looked_at_for_hours() {
        let (corner, across) = (|i: usize| i as f64 / 1e6, 10.0);
        let zigzag =
            |i: usize| if i.is_multiple_of(2) { (corner(i), -corner(i)) } else { (across + corner(i), across - corner(i)) };
        let found = meetings(&[ring(&(0..3_000).map(zigzag).collect::<Vec<_>>())]);
        assert!(found.tangled);
    }
}
