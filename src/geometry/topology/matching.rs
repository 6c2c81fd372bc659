//! Whether the borders of areas match edge for edge, and where they do not.

use std::collections::{HashMap, HashSet};

use geo::Coord;

use super::{AreaNo, edges::Edges, link::Link};
use crate::geometry::{Boundary, Position, measure};

/// Side of the cells in which edges are looked up, in degrees.
const CELL: f64 = 0.05;

/// How well the borders of a layer match.
#[derive(Clone, Debug, PartialEq)]
pub struct Matching {
    /// Edges with an area on either side.
    pub inner: usize,
    /// Edges with an area on one side only.
    pub outer: usize,
    /// Where borders do not match, from west to east.
    pub faults: Vec<Fault>,
}

/// A place where borders do not match.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where: longitude and latitude in degrees.
    pub place: Coord<f64>,
    /// The areas concerned, ascending.
    pub areas: Vec<AreaNo>,
}

/// A way in which borders do not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// More than two areas, or two on the same side, have the same edge.
    TooManyOwners,
    /// A vertex of one area lies on an edge of another that has no vertex there.
    TJunction,
    /// An edge of one area runs along the border of another within the tolerance, but is not the same edge.
    UnmatchedEdge,
}

impl Matching {
    /// Looks at every edge that has an area on one side only: within `tolerance_m` metres there must be no edge
    /// of another area, but for those that end there.
    ///
    /// Overlaps wider than the tolerance are no matter of edges and are not found here.
    pub fn of<'a>(areas: impl IntoIterator<Item = &'a Boundary>, tolerance_m: f64) -> Self {
        let areas: Vec<_> = areas.into_iter().collect();
        let edges = Edges::new(&areas);
        let both = |link: &&Link| link.left.is_some() && link.right.is_some();
        let inner = edges.links.iter().filter(both).count();
        let mut faults: Vec<_> = edges
            .disputed
            .iter()
            .map(|edge| {
                let place = middle(edge.ends.map(|v| edges.vertices[v as usize]));
                Fault { kind: FaultKind::TooManyOwners, place, areas: edge.areas.clone() }
            })
            .collect();
        let near = Near::new(&edges, tolerance_m);
        faults.extend(near.faults());
        faults.sort_by(|a, b| {
            let place = a.place.x.total_cmp(&b.place.x).then(a.place.y.total_cmp(&b.place.y));
            place.then_with(|| (a.kind, &a.areas).cmp(&(b.kind, &b.areas)))
        });
        faults.dedup();
        Self { inner, outer: edges.links.len() - inner, faults }
    }
}

/// Edges with one area, by cell.
struct Near<'a> {
    edges: &'a Edges,
    cells: HashMap<[i32; 2], Vec<u32>>,
    tolerance_m: f64,
}

impl<'a> Near<'a> {
    fn new(edges: &'a Edges, tolerance_m: f64) -> Self {
        let mut near = Self { edges, cells: HashMap::new(), tolerance_m };
        for (i, link) in (0..).zip(&edges.links) {
            if link.left.is_none() || link.right.is_none() {
                for cell in near.cells_around(&near.ends(link)) {
                    near.cells.entry(cell).or_default().push(i);
                }
            }
        }
        near
    }

    fn ends(&self, link: &Link) -> [Coord<f64>; 2] {
        let [a, mut b] = link.nodes.map(|v| self.edges.vertices[v as usize]);
        if (b.x - a.x).abs() > 180.0 {
            b.x += 360.0_f64.copysign(a.x - b.x);
        }
        [a, b]
    }

    /// The cells that the box around some coordinates meets, widened by the tolerance.
    fn cells_around(&self, coords: &[Coord<f64>]) -> impl Iterator<Item = [i32; 2]> + use<> {
        let margin = self.tolerance_m / 50_000.0;
        let low = |of: fn(&Coord<f64>) -> f64| coords.iter().map(of).fold(f64::INFINITY, f64::min) - margin;
        let high = |of: fn(&Coord<f64>) -> f64| coords.iter().map(of).fold(f64::NEG_INFINITY, f64::max) + margin;
        let cell = |degrees: f64| (degrees / CELL).floor() as i32;
        let (x, y) = (cell(low(|c| c.x))..=cell(high(|c| c.x)), cell(low(|c| c.y))..=cell(high(|c| c.y)));
        x.flat_map(move |x| y.clone().map(move |y| [x, y]))
    }

    fn faults(&self) -> Vec<Fault> {
        let mut junctions = HashSet::new();
        let mut faults = Vec::new();
        for link in self.edges.links.iter().filter(|link| link.left.is_none() || link.right.is_none()) {
            let [a, b] = self.ends(link);
            if let Some(other) = self.other_within(link, middle([a, b])) {
                let areas = owners(link, other);
                faults.push(Fault { kind: FaultKind::UnmatchedEdge, place: middle([a, b]), areas });
            }
            for (node, place) in link.nodes.into_iter().zip([a, b]) {
                if junctions.insert(node)
                    && let Some(other) = self.other_within(link, place)
                {
                    faults.push(Fault { kind: FaultKind::TJunction, place, areas: owners(link, other) });
                }
            }
        }
        faults
    }

    /// An edge of another area that passes within the tolerance of a place, but does not end there.
    fn other_within(&self, link: &Link, place: Coord<f64>) -> Option<&Link> {
        let position = Position::new(wrapped(place.x), place.y).ok()?;
        let close = |c: Coord<f64>| measure::edge_length(c, place) <= self.tolerance_m;
        let others = self.cells_around(&[place]).filter_map(|cell| self.cells.get(&cell)).flatten();
        others.map(|&i| &self.edges.links[i as usize]).find(|other| {
            let [a, b] = self.ends(other);
            other.left.or(other.right) != link.left.or(link.right)
                && !close(a)
                && !close(b)
                && measure::nearest_on_edge(position, a, b).1 <= self.tolerance_m
        })
    }
}

fn owners(link: &Link, other: &Link) -> Vec<AreaNo> {
    let mut areas: Vec<_> = [link, other].into_iter().filter_map(|link| link.left.or(link.right)).collect();
    areas.sort_unstable();
    areas
}

fn middle([a, b]: [Coord<f64>; 2]) -> Coord<f64> {
    Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }
}

fn wrapped(lon: f64) -> f64 {
    if lon < -180.0 {
        lon + 360.0
    } else if lon > 180.0 {
        lon - 360.0
    } else {
        lon
    }
}
