use std::collections::BTreeMap;

use crate::{
    domain::RegionId,
    lookup::{Answer, Status},
};

/// The share of the people of an answer who have a partner, 0 to 1; `None` where it is not known.
///
/// A place is served through exactly one region, whoever shares the work there: so partners are counted once
/// for each region that they serve through.
pub fn covered_share(answer: &Answer) -> Option<f64> {
    match answer.status {
        Status::Open | Status::Pending => Some(0.0),
        Status::Covered | Status::PartlyCovered => Some(served(answer).min(1.0)),
        Status::Outside | Status::NotFound | Status::Ambiguous => None,
    }
}

fn served(answer: &Answer) -> f64 {
    let mut by_region: BTreeMap<&RegionId, f64> = BTreeMap::new();
    for partner in &answer.partners {
        let share = by_region.entry(&partner.via).or_default();
        *share = share.max(partner.share);
    }
    by_region.values().sum()
}
