use geo::Coord;

use super::{Band, Cell, Kind, Leaf, Partition, grid::Square};
use crate::geometry::Envelope;

impl Partition {
    /// The ends of the edges whose boxes meet a window, lower ends first, each edge once; whole cells give none.
    pub fn edges_near(&self, window: &Envelope) -> Vec<[Coord<f64>; 2]> {
        let [[west, east], [south, north]] = self.grid.cells_of(window);
        let mut found = Vec::new();
        for number in south..(north + 1).min(self.bands.len()) {
            let band = &self.bands[number];
            for column in west.max(band.first)..(east + 1).min(band.first + band.cells.len()) {
                let square = || self.grid.square(column, number);
                self.list(band, band.cells[column - band.first], &square, window, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|i| &self.edges[i as usize]).map(|edge| [edge.low, edge.high]).collect()
    }

    fn list(&self, band: &Band, cell: Cell, square: &dyn Fn() -> Square, window: &Envelope, found: &mut Vec<u32>) {
        match cell.kind() {
            Kind::Whole(_) => {}
            Kind::Split(split) => {
                for (child, cell) in square().children().into_iter().zip(band.splits.get(split).into_iter().flatten()) {
                    if child.envelope().meets(window) {
                        self.list(band, *cell, &|| child, window, found);
                    }
                }
            }
            Kind::Leaf(row) => {
                let leaf = Leaf::read(&band.leaves, row).filter(|leaf| leaf.meets(square().local_window(window)));
                let edges = leaf.and_then(|leaf| band.exact(&leaf)).map_or(&[][..], |(_, edges)| edges);
                found.extend(edges.iter().copied().filter(|i| self.edges[*i as usize].envelope().meets(window)));
            }
        }
    }
}
