//! The edges of areas, each once, with the areas on its sides.

use geo::{Coord, LineString};
use rayon::prelude::*;

use super::{AreaNo, link::Link};
use crate::geometry::Boundary;

/// The distinct vertices and edges of some areas.
pub(super) struct Edges {
    /// Where each vertex is, from west to east, then from south to north.
    pub(super) vertices: Vec<Coord<f64>>,
    /// Edges between vertices, those inside one area left out.
    pub(super) links: Vec<Link>,
    /// Stretches of edges that more than two areas, or two on the same side, lay claim to.
    pub(super) disputed: Vec<Disputed>,
}

/// An edge with too many owners.
pub(super) struct Disputed {
    /// Its ends.
    pub(super) ends: [u32; 2],
    /// All its owners, ascending.
    pub(super) areas: Vec<AreaNo>,
}

/// An edge as an area has it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    /// The vertices, the lower number first.
    ends: [u32; 2],
    /// Whether the area lies on the left of the way from the lower to the higher vertex.
    on_left: bool,
    area: AreaNo,
}

impl Edges {
    pub(super) fn new(areas: &[&Boundary]) -> Self {
        let rings: Vec<(AreaNo, Vec<Coord<f64>>)> = (0..areas.len() as AreaNo)
            .into_par_iter()
            .flat_map_iter(|area| oriented_rings(areas[area as usize]).map(move |ring| (area, ring)))
            .collect();
        let (vertices, numbers) = number_vertices(&rings);
        let mut sides = Vec::with_capacity(numbers.len());
        let mut first = 0;
        for (area, ring) in &rings {
            let of_ring = &numbers[first..first + ring.len()];
            first += ring.len();
            for (i, &from) in of_ring.iter().enumerate() {
                let to = of_ring[(i + 1) % of_ring.len()];
                sides.push(Side { ends: [from.min(to), from.max(to)], on_left: from < to, area: *area });
            }
        }
        sides.par_sort_unstable();
        let (links, disputed) = pair_up(&sides);
        Self { vertices, links, disputed }
    }
}

/// The rings of an area with the area on their left, without the repeated end and without repeated positions.
fn oriented_rings(boundary: &Boundary) -> impl Iterator<Item = Vec<Coord<f64>>> {
    let rings = boundary.parts().iter().flat_map(|polygon| {
        let holes = polygon.interiors().iter().map(|hole| (hole, false));
        std::iter::once((polygon.exterior(), true)).chain(holes)
    });
    rings.filter_map(|(ring, exterior)| {
        let mut line: Vec<_> = ring.0.iter().map(|&c| on_one_antimeridian(c)).collect();
        line.dedup();
        if line.len() > 1 && line.first() == line.last() {
            line.pop();
        }
        if is_anticlockwise(ring) != exterior {
            line.reverse();
        }
        (line.len() > 2).then_some(line)
    })
}

fn on_one_antimeridian(c: Coord<f64>) -> Coord<f64> {
    // Adding zero turns -0.0 into 0.0: one place, one pair of bits.
    Coord { x: if c.x == 180.0 { -180.0 } else { c.x + 0.0 }, y: c.y + 0.0 }
}

fn is_anticlockwise(ring: &LineString<f64>) -> bool {
    // Relative to the first vertex: the products of large coordinates would cost the digits of small rings.
    let Some(&o) = ring.0.first() else { return true };
    let doubled: f64 = ring.0.windows(2).map(|w| (w[0].x - o.x) * (w[1].y - o.y) - (w[1].x - o.x) * (w[0].y - o.y)).sum();
    doubled > 0.0
}

/// The distinct positions of all rings, and for each position of each ring its number among them.
fn number_vertices(rings: &[(AreaNo, Vec<Coord<f64>>)]) -> (Vec<Coord<f64>>, Vec<u32>) {
    let all = rings.iter().flat_map(|(_, ring)| ring);
    let mut order: Vec<(u64, u64, u32)> = all.zip(0..).map(|(c, i)| (sort_key(c.x), sort_key(c.y), i)).collect();
    order.par_sort_unstable();
    let coords: Vec<Coord<f64>> = rings.iter().flat_map(|(_, ring)| ring.iter().copied()).collect();
    let mut vertices = Vec::new();
    let mut numbers = vec![0; coords.len()];
    for same in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let number = vertices.len() as u32;
        vertices.push(coords[same[0].2 as usize]);
        for &(_, _, i) in same {
            numbers[i as usize] = number;
        }
    }
    (vertices, numbers)
}

/// Bits that sort as the numbers do.
fn sort_key(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// Puts the two sides of each edge together; an area on both sides of an edge has no border there.
///
/// Where more than two areas lay claim to an edge it becomes several links, one upon the other, so that every
/// area still has a closed border.
fn pair_up(sides: &[Side]) -> (Vec<Link>, Vec<Disputed>) {
    let (mut links, mut disputed) = (Vec::new(), Vec::new());
    for edge in sides.chunk_by(|a, b| a.ends == b.ends) {
        let nodes = edge[0].ends;
        // Nearly all edges have one area, or one on each side (the right one sorts first).
        match edge {
            [Side { on_left: true, area, .. }] => links.push(Link { nodes, left: Some(*area), right: None }),
            [Side { area, .. }] => links.push(Link { nodes, left: None, right: Some(*area) }),
            [Side { on_left: false, area: right, .. }, Side { on_left: true, area: left, .. }] if left != right => {
                links.push(Link { nodes, left: Some(*left), right: Some(*right) });
            }
            several => pair_up_several(nodes, several, &mut links, &mut disputed),
        }
    }
    (links, disputed)
}

fn pair_up_several(nodes: [u32; 2], edge: &[Side], links: &mut Vec<Link>, disputed: &mut Vec<Disputed>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for side in edge {
        if side.on_left { left.push(side.area) } else { right.push(side.area) }
    }
    left.retain(|area| right.iter().position(|other| other == area).map(|i| right.remove(i)).is_none());
    if left.len() > 1 || right.len() > 1 {
        let mut areas: Vec<_> = edge.iter().map(|side| side.area).collect();
        areas.sort_unstable();
        areas.dedup();
        disputed.push(Disputed { ends: nodes, areas });
    }
    links.extend((0..left.len().max(right.len())).map(|i| Link {
        nodes,
        left: left.get(i).copied(),
        right: right.get(i).copied(),
    }));
}
