//! One generation of data, indexed: built once, never changed, shared by everything that answers.

mod area;
mod locator;

pub use area::{Area, AreaIx, AreaKind, CountyIx, RegionIx, StateIx};
pub use locator::{AreaSet, Border, Locator, NearestArea};
