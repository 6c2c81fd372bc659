//! What holds for a county or ZIP, in short: for reports that ask about all of them.

use super::{
    Status,
    extent::{Extent, Survey},
    summary::Summary,
};
use crate::{
    domain::Role,
    snapshot::{Duty, Held, PartnerIx, Roster, Snapshot, UnitIx, ZipIx},
};

/// The status of a place and who serves it, without the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The status that its answer has.
    pub status: Status,
    /// The partners that its answer names, in ascending order.
    pub partners: Vec<PartnerIx>,
    /// Those of them who lead somewhere in it.
    pub leads: Vec<PartnerIx>,
}

/// What holds for a unit on the day of a roster.
pub fn unit_holding(snapshot: &Snapshot, roster: &Roster, unit: UnitIx) -> Holding {
    holding(snapshot, roster, &Survey { snapshot, roster }.unit(unit))
}

/// What holds for a ZIP on the day of a roster.
pub fn zip_holding(snapshot: &Snapshot, roster: &Roster, zip: ZipIx) -> Holding {
    holding(snapshot, roster, &Survey { snapshot, roster }.zip(zip))
}

fn holding(snapshot: &Snapshot, roster: &Roster, extent: &Extent) -> Holding {
    let leaves = extent.pieces.iter().flat_map(|piece| &piece.leaves);
    let claims = leaves.filter_map(|leaf| match leaf.held {
        Held::Served(claim) => Some(roster.claim(claim)),
        _ => None,
    });
    let duties: Vec<_> = claims.flat_map(|claim| &claim.duties).filter_map(|duty| snapshot.duty(*duty)).collect();
    let leading = duties.iter().filter(|duty| duty.role == Role::Lead);
    Holding {
        status: Summary { snapshot, roster }.verdict(extent).status,
        partners: each_once(duties.iter().copied()),
        leads: each_once(leading.copied()),
    }
}

fn each_once<'a>(duties: impl Iterator<Item = &'a Duty>) -> Vec<PartnerIx> {
    let mut partners: Vec<_> = duties.map(|duty| duty.partner).collect();
    partners.sort_unstable();
    partners.dedup();
    partners
}
