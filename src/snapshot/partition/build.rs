use geo::Coord;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{
    Band, Cell, Partition,
    edge::{Edge, unique_edges},
    grid::{Grid, MAX_DEPTH, Square},
    leaf::{Packer, Row},
    numbered::Numbered,
};
use crate::{
    geometry::{Boundary, Envelope},
    snapshot::{AreaIx, AreaSet},
};

/// A cell with more edges than this is split.
const MOST_EDGES: usize = 16;

impl Partition {
    /// The partition by the boundaries of some areas.
    pub fn new<'a>(areas: impl Iterator<Item = (AreaIx, &'a Boundary)> + Clone) -> Self {
        let (edges, toggles) = unique_edges(areas);
        let ends = edges.iter().flat_map(|edge| [edge.low, edge.high]);
        let grid = Grid::over(&Envelope::of(ends).unwrap_or(Envelope { min: [0.0; 2], max: [0.0; 2] }));
        let mut edges_of_bands = vec![Vec::new(); grid.bands];
        for (i, edge) in (0..).zip(&edges) {
            let [_, [south, north]] = grid.cells_of(&edge.envelope());
            edges_of_bands[south..=north].iter_mut().for_each(|band| band.push(i));
        }
        let bands = (0..grid.bands)
            .into_par_iter()
            .map(|band| BandBuilder::new(&edges, &toggles).band(&grid, band, &edges_of_bands[band]));
        let bands = bands.collect::<Vec<_>>().into();
        Self { grid, bands, edges: edges.into(), toggles: toggles.into() }
    }
}

/// Makes the cells of one band, from the west, where there is no area, to the east.
struct BandBuilder<'a> {
    edges: &'a [Edge],
    toggles: &'a [AreaSet],
    splits: Vec<[Cell; 16]>,
    leaves: Vec<Row>,
    exact: Vec<u32>,
    sets: Numbered,
    packer: Packer,
}

impl<'a> BandBuilder<'a> {
    fn new(edges: &'a [Edge], toggles: &'a [AreaSet]) -> Self {
        Self {
            edges,
            toggles,
            splits: Vec::new(),
            leaves: Vec::new(),
            exact: Vec::new(),
            sets: Numbered::default(),
            packer: Packer::default(),
        }
    }

    fn band(mut self, grid: &Grid, number: usize, edges: &[u32]) -> Band {
        let mut listed: Vec<(usize, u32)> = Vec::new();
        for i in edges {
            let [[west, east], _] = grid.cells_of(&self.edges[*i as usize].envelope());
            let met = (west..=east).filter(|column| west == east || grid.square(*column, number).meets(&self.edges[*i as usize]));
            listed.extend(met.map(|column| (column, *i)));
        }
        listed.sort_unstable();
        let first = listed.first().map_or(0, |(column, _)| *column);
        let last = listed.last().map_or(0, |(column, _)| column + 1);
        let (mut cells, mut held, mut rest) = (Vec::with_capacity(last - first), AreaSet::EMPTY, listed.as_slice());
        for column in first..last {
            let (here, beyond) = rest.split_at(rest.partition_point(|(c, _)| *c == column));
            rest = beyond;
            let (square, here) = (grid.square(column, number), here.iter().map(|(_, i)| *i).collect::<Vec<_>>());
            cells.push(self.cell(square, &here, &held));
            held = self.carried(held, square.corner, square.south_east(), &here);
        }
        Band {
            first,
            cells: cells.into(),
            splits: self.splits.into(),
            leaves: self.leaves.into(),
            exact: self.exact.into(),
            sets: self.sets.sets.into(),
        }
    }

    /// A cell, from the edges that meet it and the areas that hold its corner.
    fn cell(&mut self, square: Square, edges: &[u32], held: &AreaSet) -> Cell {
        if edges.is_empty() {
            return Cell::whole(self.sets.number(held.clone()) as usize);
        }
        if edges.len() <= MOST_EDGES || square.depth == MAX_DEPTH {
            return Cell::leaf(self.leaf(square, edges, held));
        }
        let at = self.splits.len();
        self.splits.push([Cell::whole(0); 16]);
        let (mut at_start, mut start) = (held.clone(), square.corner);
        let mut in_row = Vec::with_capacity(edges.len());
        for (row, children) in square.children().as_chunks::<4>().0.iter().enumerate() {
            // Up the western wall through the row below, whose edges are all that can lie between.
            at_start = self.carried(at_start, start, children[0].corner, &in_row);
            start = children[0].corner;
            in_row.clear();
            in_row.extend(edges.iter().copied().filter(|i| children[0].meets_parallels(&self.edges[*i as usize])));
            let (mut held, mut corner) = (at_start.clone(), start);
            for (column, child) in children.iter().enumerate() {
                held = self.carried(held, corner, child.corner, &in_row);
                corner = child.corner;
                let inside: Vec<u32> = in_row.iter().copied().filter(|i| child.meets(&self.edges[*i as usize])).collect();
                self.splits[at][4 * row + column] = self.cell(*child, &inside, &held);
            }
        }
        Cell::split(at)
    }

    /// What holds the place `to`, given what holds the place `from` and all edges between them.
    fn carried(&self, held: AreaSet, from: Coord<f64>, to: Coord<f64>, edges: &[u32]) -> AreaSet {
        let mut set = held;
        for edge in edges.iter().map(|i| &self.edges[*i as usize]).filter(|edge| edge.parts(to, from)) {
            self.toggles[edge.toggles as usize].iter().for_each(|area| set.toggle(*area));
        }
        set
    }

    fn leaf(&mut self, square: Square, edges: &[u32], held: &AreaSet) -> usize {
        let exact = self.exact.len() as u32;
        self.exact.extend([held.len() as u32, edges.len() as u32]);
        self.exact.extend(held.iter().map(|area| area.0));
        self.exact.extend(edges);
        self.packer.pack(&mut self.leaves, square, held, edges.iter().map(|i| &self.edges[*i as usize]), self.toggles, exact)
    }
}

#[cfg(test)]
mod tests {
    use geo::{LineString, MultiPolygon, Polygon};

    use super::*;

    #[test]
    fn one_thread_and_four_make_the_same_index() {
        let wave = |k: i32| {
            let lower = (0..100).map(move |i| Coord { x: f64::from(i) * 0.01, y: f64::from(k) + f64::from(i * i % 7) * 0.05 });
            let upper = (0..100)
                .rev()
                .map(move |i| Coord { x: f64::from(i) * 0.01, y: f64::from(k) + 1.0 + f64::from(i * i % 7) * 0.05 });
            let mut ring: Vec<_> = lower.chain(upper).collect();
            ring.push(ring[0]);
            Boundary::new(MultiPolygon(vec![Polygon::new(LineString(ring), vec![])])).unwrap()
        };
        let waves: Vec<_> = (0..8).map(wave).collect();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| Partition::new((0..).map(AreaIx).zip(&waves)))
        };
        let (one, four) = (with(1), with(4));
        assert_eq!(one.bands, four.bands);
        assert!(one.bands.iter().any(|band| !band.leaves.is_empty() && !band.splits.is_empty()));
    }
}
