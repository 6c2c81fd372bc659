use std::hint::black_box;

use super::{Band, Cell, Fixed, Kind, Partition, coord_of};
use crate::{geometry::Position, snapshot::AreaSet};

/// How many positions are looked up side by side.
const TOGETHER: usize = 32;

/// A position on its way: which cell decides about it.
#[derive(Clone, Copy)]
struct Found<'a> {
    at: Fixed,
    place: Option<(&'a Band, Cell, u32)>,
}

impl Partition {
    /// The areas that hold each of many positions, in their order.
    ///
    /// What a lookup waits for is memory. So all positions of a group find their cells first, then each fetches its
    /// leaf while the others fetch theirs, and then they are decided.
    pub fn locate_many(&self, positions: &[Position]) -> Vec<AreaSet> {
        let mut sets = Vec::with_capacity(positions.len());
        for group in positions.chunks(TOGETHER) {
            let mut found = [Found { at: Fixed::default(), place: None }; TOGETHER];
            for (found, position) in found.iter_mut().zip(group) {
                let at = self.grid.fixed(coord_of(*position));
                let cell = |band: &'_ Band| band.find(at);
                *found = Found {
                    at,
                    place: self.bands.get(at.band()).and_then(|band| cell(band).map(|(cell, depth)| (band, cell, depth))),
                };
            }
            found.iter().filter_map(|found| found.place).for_each(|(band, cell, _)| touch(band, cell));
            sets.extend(group.iter().zip(&found).map(|(position, found)| match found.place {
                Some((band, cell, depth)) => self.resolve(band, cell, depth, found.at, coord_of(*position)),
                None => AreaSet::EMPTY,
            }));
        }
        sets
    }
}

/// Reads where a leaf begins and where it mostly ends, for nothing but that it comes near.
#[inline]
fn touch(band: &Band, cell: Cell) {
    if let Kind::Leaf(row) = cell.kind() {
        black_box(band.leaves.get(row).map_or(0, |row| row[0]));
        black_box(band.leaves.get(row + 6).map_or(0, |row| row[0]));
    }
}
