use std::sync::Arc;

use crate::{domain::RegionId, geometry::Boundary};

/// Number of an area in a snapshot: states first, then counties, then program regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaIx(pub(crate) u32);

impl AreaIx {
    /// Its place in the list of areas.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// Number of a state among the states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateIx(pub(crate) u32);

/// Number of a unit: of a county, or of a state in a geography that has no counties.
///
/// Units are the finest edge-matched layer: everything else is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(pub(crate) u32);

impl StateIx {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

impl UnitIx {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// What an area is; the order is the order of preference among areas of the same size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaKind {
    /// A county.
    County,
    /// A program region.
    Region,
    /// A state.
    State,
}

/// Something that a partner can be assigned to and that a position can lie in.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its typed id.
    pub id: RegionId,
    /// What it is.
    pub kind: AreaKind,
    /// Its full name: `Washington`, `King County, Washington`, `Puget Sound`.
    pub name: Arc<str>,
    /// Its boundary; `None` for a program region that is built from other areas.
    pub boundary: Option<Arc<Boundary>>,
    /// Its area on the ellipsoid in square metres, all parts.
    pub square_metres: f64,
}
