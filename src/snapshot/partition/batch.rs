use geo::Coord;

use super::Partition;
use crate::snapshot::AreaSet;

impl Partition {
    /// The areas that hold each of many positions.
    pub fn locate_many(&self, positions: impl Iterator<Item = Coord<f64>>, found: &mut Vec<AreaSet>) {
        found.extend(positions.map(|p| self.locate(p)));
    }
}
