//! The wire shapes of the API beside the answer itself, which is in [`super::json`]: what is described is what is sent.

mod geojson;
mod partners;
mod regions;
mod suggestions;
mod zips;

use serde::Serialize;

pub use geojson::{Feature, FeatureCollection, Geometry};
pub use partners::{AssignedRegion, PartnerEntryWire, Partners, TermWire};
pub use regions::{RegionWire, Regions};
pub use suggestions::Suggestions;
pub use zips::{ZipAnswer, ZipAnswers, ZipPartner};

/// A wire shape as JSON with a line feed at its end.
///
/// # Errors
/// Never in practice: wire shapes hold only text, numbers and lists.
pub fn json(wire: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(wire).map(|json| json + "\n")
}
