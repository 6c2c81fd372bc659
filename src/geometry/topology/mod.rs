//! Shared borders: what edge-matched areas have in common is found once, stored once and simplified once.
//!
//! ```text
//!      ●━━━━━━━━━━━●         Two areas and their three arcs: the western border of A and the eastern border of
//!      ┃     ┊     ┃         B have nothing on their other side, the one in the middle has A on its left and B
//!      ┃  A  ●  B  ┃         on its right. ● is a node: a vertex at which the areas beside a border change.
//!      ┃     ┊     ┃         Whatever is done to an arc happens to both neighbours, so that they stay joined.
//!      ●━━━━━●━━━━━●
//! ```
//!
//! A [`Topology`] is made from boundaries, and again from another topology by [`Topology::dissolve`], which drops
//! the arcs between areas that become one: states, partner areas and program regions are counties, dissolved.
//!
//! # References
//! - M. Bostock, *TopoJSON* (2012): arcs, cuts at junctions. The half-edge walk here is its own.
//! - M. Visvalingam and J. D. Whyatt, *Line generalisation by repeated elimination of points*, The Cartographic
//!   Journal 30 (1993).

mod cells;
mod edges;
mod link;
mod matching;
mod plane;
mod simplify;

use std::collections::BTreeMap;

use geo::Coord;
use rayon::prelude::*;

use self::link::Link;
use super::{Boundary, measure};

pub use self::matching::{Fault, FaultKind, Matching};
pub use self::simplify::{crossings, simplify, simplify_to_grid};

/// Number of an area within a topology: its place in what the topology was made from.
pub type AreaNo = u32;

/// A piece of border between two nodes, or a closed one without a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// Its course; closed when the ends are the same node.
    pub line: Vec<Coord<f64>>,
    /// The nodes that it leads from and to.
    pub nodes: [u32; 2],
    /// The area on its left; `None` is outside.
    pub left: Option<AreaNo>,
    /// The area on its right; `None` is outside.
    pub right: Option<AreaNo>,
}

/// An arc as a ring runs through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArcUse {
    /// Number of the arc.
    pub arc: u32,
    /// Whether it is run from its end to its start.
    pub reversed: bool,
}

/// A closed walk along arcs with the area on its left: exterior rings anticlockwise, holes clockwise.
pub type Ring = Vec<ArcUse>;

/// Areas, their shared arcs, and the rings that the arcs make around each area.
#[derive(Clone, Debug, PartialEq)]
pub struct Topology {
    arcs: Vec<Arc>,
    rings: Vec<Vec<Ring>>,
}

/// Two areas with a common border.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbours {
    /// The two areas, the lower number first.
    pub areas: [AreaNo; 2],
    /// Length of their common border on the ellipsoid, in metres; zero where they meet in points only.
    pub metres: f64,
}

impl Topology {
    /// The topology of some areas; `areas[i]` is known as area `i`.
    ///
    /// Longitude 180 is read as -180, so that an area cut at the antimeridian is whole again. Runs in
    /// O(n log n) of the vertices.
    pub fn new<'a>(areas: impl IntoIterator<Item = &'a Boundary>) -> Self {
        let areas: Vec<_> = areas.into_iter().collect();
        let edges = edges::Edges::new(&areas);
        let chains = link::chains(&edges.links, edges.vertices.len());
        let arcs = chains.into_iter().map(|chain| {
            let vertices = chain.nodes_of(&edges.links);
            Arc {
                line: vertices.iter().map(|&v| edges.vertices[v as usize]).collect(),
                nodes: chain.ends(&edges.links),
                left: chain.left,
                right: chain.right,
            }
        });
        Self::of_arcs(arcs.collect(), areas.len())
    }

    fn of_arcs(arcs: Vec<Arc>, areas: usize) -> Self {
        let links: Vec<_> = arcs.iter().map(Link::of_arc).collect();
        let rings = link::rings(&links, areas);
        Self { arcs, rings }
    }

    /// All arcs.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// How many areas there are.
    pub fn areas(&self) -> usize {
        self.rings.len()
    }

    /// The rings around an area; empty where the area has no border left.
    pub fn rings(&self, area: AreaNo) -> &[Ring] {
        self.rings.get(area as usize).map_or(&[], Vec::as_slice)
    }

    /// The course of a ring, closed: the first position again at the end.
    pub fn ring_line(&self, ring: &Ring) -> Vec<Coord<f64>> {
        let mut line: Vec<Coord<f64>> = Vec::new();
        for step in ring {
            let arc = &self.arcs[step.arc as usize].line;
            let skip = usize::from(!line.is_empty());
            if step.reversed {
                line.extend(arc.iter().rev().skip(skip));
            } else {
                line.extend(arc.iter().skip(skip));
            }
        }
        line
    }

    /// The same areas with every arc, by its number, drawn anew; ends that were one node must stay one place.
    pub fn with_lines(&self, redraw: impl Fn(u32, &Arc) -> Vec<Coord<f64>>) -> Self {
        let arcs = (0..).zip(&self.arcs).map(|(number, arc)| Arc { line: redraw(number, arc), ..*arc });
        Self { arcs: arcs.collect(), rings: self.rings.clone() }
    }

    /// The topology of the areas that the old ones become: area `i` becomes part of `key(i)`, a number below
    /// `areas`, or of the outside.
    ///
    /// Arcs between areas of one key are dropped; what is left is joined to arcs as long as can be.
    pub fn dissolve(&self, areas: usize, key: impl Fn(AreaNo) -> Option<AreaNo>) -> Self {
        let mut kept = Vec::new();
        let mut links = Vec::new();
        for arc in &self.arcs {
            let [left, right] = [arc.left, arc.right].map(|side| side.and_then(&key));
            if left != right {
                links.push(Link { nodes: arc.nodes, left, right });
                kept.push(arc);
            }
        }
        let nodes = kept.iter().flat_map(|arc| arc.nodes).max().map_or(0, |last| last as usize + 1);
        let arcs = link::chains(&links, nodes).into_iter().map(|chain| {
            let mut line: Vec<Coord<f64>> = Vec::new();
            for &(i, reversed) in &chain.steps {
                let (arc, skip) = (&kept[i as usize].line, usize::from(!line.is_empty()));
                if reversed {
                    line.extend(arc.iter().rev().skip(skip));
                } else {
                    line.extend(arc.iter().skip(skip));
                }
            }
            Arc { line, nodes: chain.ends(&links), left: chain.left, right: chain.right }
        });
        Self::of_arcs(arcs.collect(), areas)
    }

    /// Every pair of areas that share a border, in ascending order, with its length.
    ///
    /// The lines must be in degrees.
    pub fn neighbours(&self) -> Vec<Neighbours> {
        let shared = |arc: &Arc| {
            let (a, b) = (arc.left?, arc.right?);
            let metres: f64 = arc.line.windows(2).map(|w| measure::edge_length(w[0], w[1])).sum();
            Some(([a.min(b), a.max(b)], metres))
        };
        // Measured side by side, added up in their order: sums of floats depend on it.
        let measured: Vec<_> = self.arcs.par_iter().filter_map(shared).collect();
        let mut lengths: BTreeMap<[AreaNo; 2], f64> = BTreeMap::new();
        for (areas, metres) in measured {
            *lengths.entry(areas).or_default() += metres;
        }
        lengths.into_iter().map(|(areas, metres)| Neighbours { areas, metres }).collect()
    }

    /// The same areas without their small islands and lakes: closed arcs around less than `least` (in squared units
    /// of the lines) that touch nothing else, but never the largest ring of an area.
    pub fn without_specks(&self, least: f64) -> Self {
        let size = |ring: &Ring| {
            let line = self.ring_line(ring);
            let doubled: f64 = line.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum();
            doubled.abs() / 2.0
        };
        let mut gone = vec![false; self.arcs.len()];
        for rings in &self.rings {
            let sizes: Vec<f64> = rings.iter().map(size).collect();
            let largest = sizes.iter().copied().fold(0.0, f64::max);
            for (ring, size) in rings.iter().zip(sizes) {
                if let [only] = ring[..]
                    && size < least.min(largest)
                {
                    let arc = &self.arcs[only.arc as usize];
                    gone[only.arc as usize] = arc.nodes[0] == arc.nodes[1] && (arc.left.is_none() || arc.right.is_none());
                }
            }
        }
        let left = (0..).zip(&self.arcs).filter(|(i, _): &(usize, _)| !gone[*i]).map(|(_, arc)| arc.clone());
        Self::of_arcs(left.collect(), self.rings.len())
    }

    /// The pairs of areas that share a border, in ascending order, without its length.
    pub fn adjacency(&self) -> Vec<[AreaNo; 2]> {
        let mut pairs: Vec<_> =
            self.arcs.iter().filter_map(|arc| Some((arc.left?, arc.right?))).map(|(a, b)| [a.min(b), a.max(b)]).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

#[cfg(test)]
mod tests;
