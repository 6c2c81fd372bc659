//! A partition as bytes, and whether bytes are one.

use geo::Coord;
use rayon::prelude::*;

use super::{
    Band, Cell, Edge, Kind, Partition,
    grid::{Grid, MAX_DEPTH},
    leaf::Leaf,
};
use crate::{
    packed::wire::{NotUnpacked, Reader, Wire, Writer},
    snapshot::{AreaIx, AreaSet},
};

impl Wire for Partition {
    fn put(&self, out: &mut Writer) {
        self.grid.put(out);
        out.length(self.bands.len());
        self.bands.iter().for_each(|band| band.put(out));
        out.each(&self.edges, edge_bytes);
        out.length(self.toggles.len());
        self.toggles.iter().for_each(|set| set.put(out));
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let (grid, bands) = (Grid::get(from)?, Vec::<Band>::get(from)?);
        let edges = from.each(edge)?;
        Ok(Self { grid, bands: bands.into(), edges: edges.into(), toggles: Vec::get(from)?.into() })
    }
}

impl Wire for Band {
    fn put(&self, out: &mut Writer) {
        self.first.put(out);
        out.each(&self.cells, |cell| cell.0.to_le_bytes());
        out.each::<64, _>(&self.splits, |cells| bytes_of(cells.map(|cell| cell.0.to_le_bytes())));
        out.each::<16, _>(&self.leaves, |row| bytes_of(row.map(u16::to_le_bytes)));
        out.each(&self.exact, |number| number.to_le_bytes());
        out.length(self.sets.len());
        self.sets.iter().for_each(|set| set.put(out));
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        Ok(Self {
            first: usize::get(from)?,
            cells: from.each(|bytes| Cell(number(bytes)))?.into(),
            splits: from.each(|bytes: &[u8; 64]| parts_of(bytes).map(|bytes| Cell(number(&bytes))))?.into(),
            leaves: from.each(|bytes: &[u8; 16]| parts_of(bytes).map(u16::from_le_bytes))?.into(),
            exact: from.each(number)?.into(),
            sets: Vec::get(from)?.into(),
        })
    }
}

impl Wire for AreaSet {
    fn put(&self, out: &mut Writer) {
        out.each(self, |area| area.0.to_le_bytes());
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let areas = from.each(|bytes| AreaIx(u32::from_le_bytes(*bytes)))?;
        Ok(areas.into_iter().collect())
    }
}

/// Low end, high end, each longitude first, and the number of the set that it toggles.
fn edge_bytes(edge: &Edge) -> [u8; 40] {
    let ends = [edge.low.x, edge.low.y, edge.high.x, edge.high.y].map(f64::to_le_bytes);
    let [a, b, c, d] = ends;
    bytes_of([a, b, c, d, u64::from(edge.toggles).to_le_bytes()])
}

fn edge(bytes: &[u8; 40]) -> Edge {
    let [a, b, c, d, toggles]: [[u8; 8]; 5] = parts_of(bytes);
    let [x, y, far_x, far_y] = [a, b, c, d].map(f64::from_le_bytes);
    // A number that is too great names no set, which is found out with the others.
    let toggles = u32::try_from(u64::from_le_bytes(toggles)).unwrap_or(u32::MAX);
    Edge { low: Coord { x, y }, high: Coord { x: far_x, y: far_y }, toggles }
}

/// Parts of some bytes each as one row of bytes; `N` is what they come to.
fn bytes_of<const M: usize, const K: usize, const N: usize>(parts: [[u8; K]; M]) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.as_chunks_mut::<K>().0.iter_mut().zip(parts).for_each(|(place, part)| *place = part);
    bytes
}

/// A row of bytes as parts of some bytes each.
fn parts_of<const M: usize, const K: usize, const N: usize>(bytes: &[u8; N]) -> [[u8; K]; M] {
    std::array::from_fn(|i| bytes.as_chunks::<K>().0.get(i).copied().unwrap_or([0; K]))
}

impl Partition {
    /// Whether all numbers in it name what is there, so that no position leads astray; there are so many areas.
    pub fn hangs_together(&self, areas: usize) -> bool {
        let is_edge = |edge: &Edge| {
            let ends = [edge.low, edge.high].into_iter().all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0);
            ends && (edge.toggles as usize) < self.toggles.len()
        };
        self.grid.is_on_earth()
            && self.grid.bands == self.bands.len()
            && self.toggles.iter().all(|set| are_known(set, areas))
            && self.edges.iter().all(is_edge)
            && self.bands.par_iter().all(|band| band.hangs_together(self.edges.len(), areas))
    }
}

impl Band {
    fn hangs_together(&self, edges: usize, areas: usize) -> bool {
        if self.first >= 1 << 12 || !self.sets.iter().all(|set| are_known(set, areas)) {
            return false;
        }
        // How deep each split lies. It stands behind the one that it is a part of, so that no way through them is endless.
        let mut depths = vec![0; self.splits.len()];
        let splits = self.splits.iter().enumerate().map(|(i, cells)| (Some(i), &cells[..]));
        for (split, cells) in std::iter::once((None, &self.cells[..])).chain(splits) {
            let (depth, behind) = split.map_or((0, 0), |i| (depths[i], i + 1));
            for cell in cells {
                let is_sound = match cell.kind() {
                    Kind::Whole(set) => set < self.sets.len(),
                    Kind::Leaf(row) => self.is_leaf(row, edges, areas),
                    Kind::Split(at) => {
                        let own = depths.get_mut(at).filter(|_| at >= behind && depth < MAX_DEPTH);
                        own.map(|own| *own = depth + 1).is_some()
                    }
                };
                if !is_sound {
                    return false;
                }
            }
        }
        true
    }

    fn is_leaf(&self, row: usize, edges: usize, areas: usize) -> bool {
        let Some(leaf) = Leaf::read(&self.leaves, row) else { return false };
        let Some((held, own)) = self.exact(&leaf) else { return false };
        let is_known = |area: &u32| (*area as usize) < areas;
        leaf.all_areas().is_some_and(|all| are_known(&all, areas))
            && held.iter().all(is_known)
            && own.iter().all(|edge| (*edge as usize) < edges)
    }
}

fn are_known(set: &AreaSet, areas: usize) -> bool {
    set.iter().all(|area| area.at() < areas)
}
