use std::{cmp::Ordering, collections::HashMap};

use geo::Coord;
use rayon::slice::ParallelSliceMut;

use crate::{
    geometry::{Boundary, Envelope, is_left},
    snapshot::{AreaIx, AreaSet},
};

/// A piece of border and the areas that begin or end at it.
///
/// Whoever crosses it enters those of them where he was not and leaves the others. So a border that two counties
/// and two states share is one edge that toggles four areas; holes and overlaps need no rule of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// Its lower end, the western one of a level edge.
    pub low: Coord<f64>,
    /// Its upper end.
    pub high: Coord<f64>,
    /// Number of the set of areas that it toggles.
    pub toggles: u32,
}

impl Edge {
    /// Its western and its eastern end.
    #[inline]
    pub fn longitudes(&self) -> [f64; 2] {
        if self.low.x <= self.high.x { [self.low.x, self.high.x] } else { [self.high.x, self.low.x] }
    }

    /// The box around it.
    pub fn envelope(&self) -> Envelope {
        let [west, east] = self.longitudes();
        Envelope { min: [west, self.low.y], max: [east, self.high.y] }
    }

    /// Whether it crosses the meridian of a corner, taken a hair to the east of it.
    #[inline]
    pub fn crosses_meridian(&self, longitude: f64) -> bool {
        let [west, east] = self.longitudes();
        west <= longitude && longitude < east
    }

    /// Whether it parts a position from a corner: whether the way along the parallel of `p` to the meridian of
    /// `corner`, then along the meridian, crosses it an odd number of times. Exact, by the half-open rule.
    pub fn parts(&self, p: Coord<f64>, corner: Coord<f64>) -> bool {
        let bend = Coord { x: corner.x, y: p.y };
        let left = |c| is_left(self.low, self.high, c);
        let along_parallel = self.low.y <= p.y && p.y < self.high.y && left(p) != left(bend);
        let along_meridian = self.crosses_meridian(corner.x) && left(bend) != left(corner);
        along_parallel != along_meridian
    }

    /// Whether a corner that lies on a meridian that the edge crosses lies above the edge.
    pub fn is_below(&self, corner: Coord<f64>) -> bool {
        is_left(self.low, self.high, corner) == (self.high.x > self.low.x)
    }
}

/// An edge as one area has it.
#[derive(Clone, Copy)]
struct Own {
    low: Coord<f64>,
    high: Coord<f64>,
    area: AreaIx,
}

/// All edges of some areas, each once, and the sets of areas that they toggle.
///
/// What an area has twice it does not toggle, by parity; edges that toggle nothing are left out.
pub(super) fn unique_edges<'a>(areas: impl Iterator<Item = (AreaIx, &'a Boundary)>) -> (Vec<Edge>, Vec<AreaSet>) {
    let mut own: Vec<Own> =
        areas.flat_map(|(area, boundary)| edges_of(boundary).map(move |[low, high]| Own { low, high, area })).collect();
    own.par_sort_unstable_by(|a, b| order(a, b).then(a.area.cmp(&b.area)));
    let mut numbers: HashMap<AreaSet, u32> = HashMap::new();
    let mut sets = Vec::new();
    let mut edges = Vec::with_capacity(own.len() / 2);
    for same in own.chunk_by(|a, b| order(a, b).is_eq()) {
        let toggled: AreaSet =
            same.chunk_by(|a, b| a.area == b.area).filter(|times| times.len() % 2 == 1).map(|times| times[0].area).collect();
        if toggled.is_empty() {
            continue;
        }
        let toggles = *numbers.entry(toggled).or_insert_with_key(|set| {
            sets.push(set.clone());
            (sets.len() - 1) as u32
        });
        edges.push(Edge { low: same[0].low, high: same[0].high, toggles });
    }
    edges.shrink_to_fit();
    (edges, sets)
}

/// The edges of a boundary that have a length, low end first; adding zero turns -0.0 into 0.0.
fn edges_of(boundary: &Boundary) -> impl Iterator<Item = [Coord<f64>; 2]> {
    boundary.edges().filter(|[a, b]| a != b).map(|[a, b]| {
        let [a, b] = [a, b].map(|c| Coord { x: c.x + 0.0, y: c.y + 0.0 });
        if (a.y, a.x) <= (b.y, b.x) { [a, b] } else { [b, a] }
    })
}

fn order(a: &Own, b: &Own) -> Ordering {
    let key = |e: &Own| [e.low.x, e.low.y, e.high.x, e.high.y];
    let (a, b) = (key(a), key(b));
    a.iter().zip(&b).map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
}
