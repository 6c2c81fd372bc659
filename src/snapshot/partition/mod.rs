//! The partition of the ground by all borders of all layers: which areas hold a position, at once and exactly.
//!
//! A grid of quarter degrees lies over the areas. A cell that no border enters has one answer for all its positions.
//! A cell with borders is split into sixteen, and again, until few are left; such a leaf tries its edges by whole
//! numbers, and where a position is too near to one of them, exact arithmetic decides by the one half-open rule.
//!
//! ```text
//!  ┌─────────────┬─────────────┬──────┬──────┐    cell         answer
//!  │             │             │  A   │ A ╱  │    whole        {A}, {B}, {}: written in the cell
//!  │      A      │      A      ├──────┼──╱───┤    split        sixteen cells (here: four)
//!  │             │             │  A  ╱│ B    │    leaf         from its corner, crossing its edges
//!  ├─────────────┼─────────────┼────╱─┴──────┤    leaf, near   the same with exact arithmetic
//!  │             │           ╱─┼───╱         │
//!  │      A      │  A   ╱───╱  │      B      │    All layers at once: an edge toggles each area that begins or
//!  │             │ ╱───╱   B   │             │    ends at it, so states, counties and program regions that
//!  └─────────────┴─────────────┴─────────────┘    overlap are one structure, and one look answers for all.
//! ```

mod batch;
mod build;
mod edge;
mod grid;
mod leaf;
mod numbered;
mod stored;
mod window;

use geo::Coord;

use self::{
    edge::Edge,
    grid::{Fixed, Grid, Square},
    leaf::{Leaf, Row},
};
use super::AreaSet;
use crate::geometry::Position;

/// The partition of the ground by the borders of some areas.
pub(super) struct Partition {
    grid: Grid,
    bands: Box<[Band]>,
    edges: Box<[Edge]>,
    /// The sets of areas that edges toggle.
    toggles: Box<[AreaSet]>,
}

/// The cells along a parallel, a quarter degree high: made, and read, without the others.
#[derive(Debug, Default, PartialEq)]
struct Band {
    /// The column of the first cell; there is nothing west of it.
    first: usize,
    cells: Box<[Cell]>,
    splits: Box<[[Cell; 16]]>,
    leaves: Box<[Row]>,
    /// For each leaf: the number of areas that hold its corner, the number of its edges, then these and those.
    exact: Box<[u32]>,
    /// The answers of whole cells.
    sets: Box<[AreaSet]>,
}

/// A cell, as a number: two bits say what it is, thirty which one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell(u32);

/// What a cell is.
enum Kind {
    /// No edge enters it: the number of its set of areas.
    Whole(usize),
    /// It is split: the number of its sixteen cells.
    Split(usize),
    /// Few edges enter it: the row where the leaf starts.
    Leaf(usize),
}

/// A position as the half-open rule takes it: the north pole goes south, or its hair to the north would leave the map.
#[inline]
pub(super) fn coord_of(position: Position) -> Coord<f64> {
    Coord { x: position.lon(), y: position.lat().min(90.0_f64.next_down()) }
}

impl Cell {
    const NUMBER: u32 = u32::MAX >> 2;

    const fn whole(set: usize) -> Self {
        Self(set as u32 & Self::NUMBER)
    }

    const fn split(at: usize) -> Self {
        Self(1 << 30 | at as u32 & Self::NUMBER)
    }

    const fn leaf(row: usize) -> Self {
        Self(2 << 30 | row as u32 & Self::NUMBER)
    }

    #[inline]
    const fn kind(self) -> Kind {
        let number = (self.0 & Self::NUMBER) as usize;
        match self.0 >> 30 {
            0 => Kind::Whole(number),
            1 => Kind::Split(number),
            _ => Kind::Leaf(number),
        }
    }
}

impl Band {
    /// The cell that decides about a position, and its depth.
    #[inline]
    fn find(&self, at: Fixed) -> Option<(Cell, u32)> {
        let mut cell = *self.cells.get(at.column().wrapping_sub(self.first))?;
        let mut depth = 0;
        while let Kind::Split(split) = cell.kind() {
            depth += 1;
            cell = *self.splits.get(split)?.get(at.child(depth))?;
        }
        Some((cell, depth))
    }

    /// The areas that hold the corner of a leaf, and the numbers of its edges.
    fn exact(&self, leaf: &Leaf<'_>) -> Option<(&[u32], &[u32])> {
        let [held, edges, rest @ ..] = self.exact.get(leaf.exact as usize..)? else { return None };
        let (held, rest) = rest.split_at_checked(*held as usize)?;
        Some((held, rest.get(..*edges as usize)?))
    }
}

impl Partition {
    /// The areas that hold a position, by the half-open rule.
    #[inline]
    pub fn locate(&self, position: Coord<f64>) -> AreaSet {
        let at = self.grid.fixed(position);
        let Some(band) = self.bands.get(at.band()) else { return AreaSet::EMPTY };
        let Some((cell, depth)) = band.find(at) else { return AreaSet::EMPTY };
        self.resolve(band, cell, depth, at, position)
    }

    /// The answer of a cell that is not split.
    #[inline]
    fn resolve(&self, band: &Band, cell: Cell, depth: u32, at: Fixed, position: Coord<f64>) -> AreaSet {
        match cell.kind() {
            Kind::Whole(set) => band.sets.get(set).cloned().unwrap_or_default(),
            Kind::Leaf(row) => Leaf::read(&band.leaves, row).map_or(AreaSet::EMPTY, |leaf| {
                let decided = leaf.areas_at(at.local(depth));
                decided.unwrap_or_else(|| self.decide(band, &leaf, self.grid.square_at(at, depth), position))
            }),
            Kind::Split(_) => AreaSet::EMPTY,
        }
    }

    /// The exact answer of a leaf.
    #[cold]
    #[inline(never)]
    fn decide(&self, band: &Band, leaf: &Leaf<'_>, cell: Square, position: Coord<f64>) -> AreaSet {
        let Some((held, edges)) = band.exact(leaf) else { return AreaSet::EMPTY };
        let mut set: AreaSet = held.iter().map(|area| super::AreaIx(*area)).collect();
        for edge in edges.iter().map(|i| &self.edges[*i as usize]) {
            if edge.parts(position, cell.corner) {
                self.toggle(&mut set, edge);
            }
        }
        set
    }

    fn toggle(&self, set: &mut AreaSet, edge: &Edge) {
        self.toggles[edge.toggles as usize].iter().for_each(|area| set.toggle(*area));
    }
}
