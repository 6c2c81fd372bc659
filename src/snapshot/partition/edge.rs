use std::cmp::Ordering;

use geo::Coord;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::numbered::Numbered;
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
        let along_parallel = self.low.y <= p.y && p.y < self.high.y && self.has_on_left(p) != self.has_on_left(bend);
        let along_meridian = self.crosses_meridian(corner.x) && self.has_on_left(bend) != self.has_on_left(corner);
        along_parallel != along_meridian
    }

    /// Whether a coordinate lies on its left; beside its box, above and below, there is nothing to compute.
    #[inline]
    fn has_on_left(&self, c: Coord<f64>) -> bool {
        let [west, east] = self.longitudes();
        if self.low.y <= c.y && c.y < self.high.y && !(west..=east).contains(&c.x) {
            c.x < west
        } else if west <= c.x && c.x < east && !(self.low.y..=self.high.y).contains(&c.y) {
            (c.y > self.high.y) == (self.high.x > self.low.x)
        } else {
            is_left(self.low, self.high, c)
        }
    }

    /// Whether a corner that lies on a meridian that the edge crosses lies above the edge.
    pub fn is_below(&self, corner: Coord<f64>) -> bool {
        self.has_on_left(corner) == (self.high.x > self.low.x)
    }
}

/// An edge as one area has it.
#[derive(Clone, Copy)]
struct Own {
    low: Coord<f64>,
    high: Coord<f64>,
    area: AreaIx,
}

/// Strips of the Earth, from west to east, in which edges are put into order: few enough for the cache, each by itself.
const STRIPS_A_DEGREE: f64 = 4.0;
const STRIPS: usize = 360 * STRIPS_A_DEGREE as usize + 1;

/// All edges of some areas, each once, and the sets of areas that they toggle.
///
/// What an area has twice it does not toggle, by parity; edges that toggle nothing are left out.
pub(super) fn unique_edges<'a>(areas: impl Iterator<Item = (AreaIx, &'a Boundary)> + Clone) -> (Vec<Edge>, Vec<AreaSet>) {
    let strip = |low: Coord<f64>| ((low.x + 180.0) * STRIPS_A_DEGREE) as usize;
    // Counted first: a list that grows is copied again and again.
    let mut counts = vec![0; STRIPS];
    areas.clone().flat_map(|(_, boundary)| edges_of(boundary)).for_each(|[low, _]| counts[strip(low)] += 1);
    let mut strips: Vec<Vec<Own>> = counts.into_iter().map(Vec::with_capacity).collect();
    for (area, boundary) in areas {
        edges_of(boundary).for_each(|[low, high]| strips[strip(low)].push(Own { low, high, area }));
    }
    let strips: Vec<_> = strips.into_par_iter().map(unique).collect();
    let mut all = Numbered::default();
    let mut edges = Vec::with_capacity(strips.iter().map(|(edges, _)| edges.len()).sum());
    for (of_strip, sets) in strips {
        let numbers: Vec<u32> = sets.into_iter().map(|set| all.number(set)).collect();
        edges.extend(of_strip.into_iter().map(|edge| Edge { toggles: numbers[edge.toggles as usize], ..edge }));
    }
    (edges, all.sets)
}

/// The edges of a strip in their order, and the sets that they toggle.
fn unique(mut own: Vec<Own>) -> (Vec<Edge>, Vec<AreaSet>) {
    own.sort_unstable_by(|a, b| order(a, b).then(a.area.cmp(&b.area)));
    let mut sets = Numbered::default();
    let mut edges = Vec::with_capacity(own.len() / 2);
    for same in own.chunk_by(|a, b| order(a, b).is_eq()) {
        let mut toggled = AreaSet::EMPTY;
        same.iter().for_each(|own| toggled.toggle(own.area));
        if !toggled.is_empty() {
            edges.push(Edge { low: same[0].low, high: same[0].high, toggles: sets.number(toggled) });
        }
    }
    (edges, sets.sets)
}

/// The edges of a boundary that have a length, low end first; adding zero turns -0.0 into 0.0.
fn edges_of(boundary: &Boundary) -> impl Iterator<Item = [Coord<f64>; 2]> {
    boundary.edges().filter(|[a, b]| a != b).map(|[a, b]| {
        let [a, b] = [a, b].map(|c| Coord { x: c.x + 0.0, y: c.y + 0.0 });
        if (a.y, a.x) <= (b.y, b.x) { [a, b] } else { [b, a] }
    })
}

/// From west to east; most pairs differ in the first number already.
fn order(a: &Own, b: &Own) -> Ordering {
    let further = || [(a.low.y, b.low.y), (a.high.x, b.high.x), (a.high.y, b.high.y)];
    a.low
        .x
        .total_cmp(&b.low.x)
        .then_with(|| further().into_iter().map(|(a, b)| a.total_cmp(&b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_of_an_edge_is_the_same_with_and_without_its_box() {
        let lattice = || (0..25).map(|i| Coord { x: f64::from(i % 5), y: f64::from(i / 5) });
        let edges = lattice().flat_map(|low| lattice().map(move |high| (low, high)));
        for (low, high) in edges.filter(|(low, high)| (low.y, low.x) < (high.y, high.x)) {
            let edge = Edge { low, high, toggles: 0 };
            for c in lattice() {
                // Where the walk asks: beside the edge, above it or below it.
                let is_asked = (low.y <= c.y && c.y < high.y) || edge.crosses_meridian(c.x);
                assert!(!is_asked || edge.has_on_left(c) == is_left(low, high, c), "{edge:?} {c:?}");
            }
        }
    }
}
