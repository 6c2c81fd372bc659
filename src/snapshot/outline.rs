use geo::Geometry;

use super::{AreaIx, Land, UnitIx};
use crate::{domain::RegionId, geometry::union};

impl Land {
    /// Where a region is, in degrees: the boundary of an area, the position of a ZIP; `None` where it has neither.
    ///
    /// A program region that is built from counties is all of them as one.
    pub fn outline(&self, region: &RegionId) -> Option<Geometry<f64>> {
        if let RegionId::Zip(zip) = region {
            let position = self.zips().zip(self.zips().find(*zip)?).position?;
            return Some(geo::Point::from(position).into());
        }
        let area = self.find(region)?;
        if let Some(boundary) = &self.area(area).boundary {
            return Some(boundary.as_multi_polygon().clone().into());
        }
        let holds = |unit: &UnitIx| self.pieces(*unit).iter().any(|piece| piece.regions.contains(&area));
        Some(self.outline_of(self.units().filter(holds).map(|unit| self.unit_area(unit))))
    }

    /// Where some areas of one layer are, taken as one.
    pub fn outline_of(&self, areas: impl IntoIterator<Item = AreaIx>) -> Geometry<f64> {
        union(areas.into_iter().filter_map(|area| self.area(area).boundary.as_deref())).into()
    }

    /// Where some regions are, each for itself: they may overlap.
    pub fn outlines<'r>(&self, regions: impl IntoIterator<Item = &'r RegionId>) -> Geometry<f64> {
        let all: Vec<_> = regions.into_iter().filter_map(|region| self.outline(region)).collect();
        Geometry::GeometryCollection(geo::GeometryCollection::from(all))
    }
}
