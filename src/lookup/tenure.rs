use super::{
    Status,
    extent::{Extent, PieceKey, Survey},
    summary::{Summary, status_of_parts},
    thing::Thing,
};
use crate::snapshot::{AreaIx, Land, Leaf, Roster, Snapshot, UnitIx};

/// Who holds an area, unit by unit: what an answer about it is made of, for those who count.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenure {
    /// Its status, as its answer says it.
    pub status: Status,
    /// What of each unit lies in it.
    pub units: Vec<UnitShare>,
}

/// What of a unit lies in an area, and who holds that.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitShare {
    /// The unit.
    pub unit: UnitIx,
    /// The share of the unit's area that lies within, more than 0 and at most 1.
    pub fraction: f64,
    /// Who holds what lies within; the shares sum to 1.
    pub leaves: Vec<Leaf>,
}

/// Who holds a state, county or program region on the day and for the course of a roster.
pub fn tenure(snapshot: &Snapshot, roster: &Roster, area: AreaIx) -> Tenure {
    let land = snapshot.land();
    let extent = Survey { snapshot, roster }.extent(thing_of(land, area)).unwrap_or_default();
    let status = Summary { snapshot, roster }.verdict(&extent).status;
    let units = match land.as_unit(area) {
        // A unit's own answer lists its ZIPs as parts; its leaves are all of it.
        Some(unit) => vec![UnitShare { unit, fraction: 1.0, leaves: roster.unit(unit).leaves.clone() }],
        None => shares(land, area, extent),
    };
    Tenure { status, units }
}

/// The status of a whole from those of its parts; what lies outside counts only where there is nothing else.
pub fn status_of_whole(parts: impl Iterator<Item = Status>) -> Status {
    status_of_parts(parts)
}

fn thing_of(land: &Land, area: AreaIx) -> Thing {
    match (land.as_unit(area), land.as_state(area)) {
        (Some(unit), _) => Thing::Unit(unit),
        (None, Some(state)) => Thing::State(state),
        (None, None) => Thing::Region(area),
    }
}

fn shares(land: &Land, area: AreaIx, extent: Extent) -> Vec<UnitShare> {
    let share = |unit: UnitIx| match land.as_state(area) {
        Some(_) => 1.0,
        None => land.pieces(unit).iter().filter(|piece| piece.regions.contains(&area)).map(|piece| piece.fraction).sum(),
    };
    let units = extent.pieces.into_iter().filter_map(|piece| match piece.key {
        PieceKey::Area(part) => land.as_unit(part).map(|unit| UnitShare { unit, fraction: share(unit), leaves: piece.leaves }),
        PieceKey::Zip(_) => None,
    });
    units.collect()
}
