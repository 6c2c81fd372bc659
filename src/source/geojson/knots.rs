//! Corners at which a ring passes itself twice, and whether it crosses itself there.
//!
//! ```text
//!      ╲ ╱  in, out          ╲ ╱
//!       ●   the two passes    ●   the second pass lies on either side
//!      ╱ ╲  only touch       ╱ ╲  of the first: they cross
//! ```
//!
//! No two edges cross at such a corner, so that the sweep alone does not see it. The even-odd count would be fair to
//! both loops, but their signed areas cancel: a ring like that does not say what it means.

use geo::Coord;
use robust::orient2d;

use super::{crossing::Crossing, ring::Ring};

/// As many passes through one corner are looked at: that many are no boundary, and a few of them tell.
const MOST_PASSES: usize = 64;

/// An end of an edge that lies within another edge of its ring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnEdge {
    /// The ring.
    pub ring: usize,
    /// The edge that it lies on.
    pub edge: usize,
    /// Where.
    pub at: Coord<f64>,
}

/// A ring on its way through a place: whence, where, whither; and the edge on which it comes.
#[derive(Clone, Copy, Debug)]
struct Pass {
    from: Coord<f64>,
    at: Coord<f64>,
    to: Coord<f64>,
    edge: usize,
}

/// Where a ring crosses itself at one of its own corners.
pub fn crossings(number: usize, ring: &Ring, on_edges: &[OnEdge]) -> Vec<Crossing> {
    let mut passes = corners(ring);
    passes.extend(on_edges.iter().filter(|on| on.ring == number).filter_map(|on| {
        let [from, to] = [*ring.coords.get(on.edge)?, *ring.coords.get(on.edge + 1)?];
        Some(Pass { from, at: on.at, to, edge: on.edge })
    }));
    passes.sort_by(|a, b| a.at.x.total_cmp(&b.at.x).then(a.at.y.total_cmp(&b.at.y)).then(a.edge.cmp(&b.edge)));
    passes.dedup_by(|a, b| a.at == b.at && a.edge == b.edge);
    let mut found = Vec::new();
    for here in passes.chunk_by(|a, b| a.at == b.at) {
        for (i, later) in here.iter().take(MOST_PASSES).enumerate() {
            let crossed = here[..i].iter().filter(|earlier| cross(earlier, later));
            found.extend(crossed.map(|earlier| Crossing { rings: [number; 2], edges: [earlier.edge, later.edge], at: later.at }));
        }
    }
    found
}

/// Each corner of a ring with its neighbours; repeated positions are one corner.
fn corners(ring: &Ring) -> Vec<Pass> {
    let edges: Vec<_> = ring.edges().enumerate().filter(|(_, [a, b])| a != b).collect();
    let next = edges.iter().cycle().skip(1);
    edges.iter().zip(next).map(|(&(edge, [from, at]), &(_, [_, to]))| Pass { from, at, to, edge }).collect()
}

/// Whether the ends of one pass lie on different sides of the other; passes that share a direction run along each other.
fn cross(one: &Pass, other: &Pass) -> bool {
    let shares = [one.from, one.to].iter().any(|a| [other.from, other.to].iter().any(|b| is_same_way(one.at, *a, *b)));
    !shares && !is_same_way(one.at, one.from, one.to) && is_left(one, other.from) != is_left(one, other.to)
}

/// Whether a direction lies on the left of a pass: anticlockwise from whither it goes to whence it came.
fn is_left(pass: &Pass, c: Coord<f64>) -> bool {
    let turn = side(pass.at, pass.to, pass.from);
    let (after, before) = (side(pass.at, pass.to, c) > 0.0, side(pass.at, c, pass.from) > 0.0);
    if turn > 0.0 {
        after && before
    } else if turn < 0.0 {
        after || before
    } else {
        after
    }
}

fn is_same_way(at: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> bool {
    let ([ax, ay], [bx, by]) = ([a.x - at.x, a.y - at.y], [b.x - at.x, b.y - at.y]);
    side(at, a, b) == 0.0 && ax * bx + ay * by > 0.0
}

/// Positive when the way from `at` to `b` lies anticlockwise of that to `a`, by less than half a turn.
fn side(at: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    orient2d(robust(at), robust(a), robust(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::geojson::{crossing::meetings, ring::RingName};

    fn ring(coords: &[(f64, f64)]) -> Ring {
        let name = RingName { part: 0, several: false, number: 0 };
        Ring { name, coords: coords.iter().map(|&(x, y)| Coord { x, y }).collect() }
    }

    fn places(coords: &[(f64, f64)]) -> Vec<(f64, f64)> {
        meetings(&[ring(coords)]).crossings.iter().map(|crossing| (crossing.at.x, crossing.at.y)).collect()
    }

    #[test]
    fn two_loops_in_opposite_directions_cross_at_their_common_corner() {
        assert_eq!(places(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 0.0), (1.0, 1.0), (0.0, 2.0), (0.0, 0.0)]), [(1.0, 1.0)]);
    }

    #[test]
    fn two_loops_in_the_same_direction_only_touch() {
        assert!(places(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (2.0, 2.0), (1.0, 1.0), (0.0, 2.0), (0.0, 0.0)]).is_empty());
    }

    #[test]
    fn a_corner_on_an_edge_crosses_it_where_the_ring_goes_on_beyond() {
        let through = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 0.0), (2.0, -2.0), (0.0, -2.0), (0.0, 0.0)];
        assert_eq!(places(&through), [(2.0, 0.0)]);
        let touching = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)];
        assert!(places(&touching).is_empty());
    }

    #[test]
    fn where_a_ring_starts_makes_no_difference() {
        let coords = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 0.0), (1.0, 1.0), (0.0, 2.0)];
        for start in 0..coords.len() {
            let mut turned: Vec<_> = coords.iter().cycle().skip(start).take(coords.len() + 1).copied().collect();
            assert_eq!(places(&turned), [(1.0, 1.0)], "{start}");
            turned.reverse();
            assert_eq!(places(&turned), [(1.0, 1.0)], "{start} backwards");
        }
    }
}
