//! Who serves near a place that nobody serves.

use super::{Compass, NearPartner, Scope, extent::Survey, position::direction, summary::Summary, thing::Thing};
use crate::{
    geometry::Position,
    snapshot::{AreaIx, NEAR_PARTNERS, PartnerIx, Roster, Snapshot, UnitIx},
};

/// A lead of a county near a position, by number.
#[derive(Clone, Copy, Debug)]
pub struct NearLead {
    /// The partner.
    pub partner: PartnerIx,
    /// Its nearest county.
    pub area: AreaIx,
    /// How far the border of that county is, in metres.
    pub distance_m: f64,
    /// In which direction it lies.
    pub direction: Compass,
}

impl NearLead {
    /// The partner near by, in full.
    pub fn named(&self, snapshot: &Snapshot) -> NearPartner {
        let (partner, area) = (snapshot.partner_at(self.partner), snapshot.land().area(self.area));
        NearPartner {
            id: partner.id.clone(),
            name: partner.name.clone(),
            website: partner.website.clone(),
            region: area.id.clone(),
            region_name: area.name.clone(),
            distance_m: self.distance_m,
            direction: self.direction,
        }
    }
}

/// The leads whose counties are nearest to a thing, each with its nearest county, nearest first.
pub(super) fn nearest_partners(snapshot: &Snapshot, thing: Thing, scope: &Scope) -> Vec<NearPartner> {
    let leads = middle(snapshot, thing).map(|from| near_leads(snapshot, from, scope)).unwrap_or_default();
    leads.iter().map(|lead| lead.named(snapshot)).collect()
}

/// The leads whose counties are nearest to a position, each with its nearest county, nearest first.
pub fn near_leads(snapshot: &Snapshot, from: Position, scope: &Scope) -> Vec<NearLead> {
    let land = snapshot.land();
    // Who serves a part of the county itself is named in the answer.
    let own = land.areas_at(from);
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let locator = land.locator();
    let near_by = roster.vicinity(land, from);
    let mut outward = match &near_by {
        Some(near_by) => locator.outward_among(from, near_by.seen_from(from)),
        None => locator.outward(from),
    };
    let mut near: Vec<NearLead> = Vec::with_capacity(NEAR_PARTNERS);
    while near.len() < NEAR_PARTNERS {
        let is_new = |partner: &PartnerIx| near.iter().all(|named| named.partner != *partner);
        let unit_with_new = |area| {
            let unit = land.as_unit(area).filter(|_| !own.contains(&area))?;
            roster.leads(unit).iter().any(is_new).then_some(unit)
        };
        let Some(nearest) = outward.next_of(|area, _| unit_with_new(area).is_some()) else { break };
        let Some(unit) = unit_with_new(nearest.area) else { break };
        let new = roster.leads(unit).iter().copied().filter(is_new).collect();
        let direction = direction(from, nearest.at);
        let lead = |partner| NearLead { partner, area: nearest.area, distance_m: nearest.distance_m, direction };
        near.extend(widest_first(snapshot, &roster, unit, new).into_iter().map(lead));
    }
    near.truncate(NEAR_PARTNERS);
    near
}

/// Some leads of a unit, in the order in which its answer names them.
fn widest_first(snapshot: &Snapshot, roster: &Roster, unit: UnitIx, mut leads: Vec<PartnerIx>) -> Vec<PartnerIx> {
    if leads.len() > 1 {
        let (survey, summary) = (Survey { snapshot, roster }, Summary { snapshot, roster });
        let serving = summary.partners(&survey.unit(unit));
        leads.sort_by_key(|lead| serving.iter().position(|partner| partner.id == snapshot.partner_at(*lead).id));
    }
    leads
}

/// Where a thing is; of an area its middle.
fn middle(snapshot: &Snapshot, thing: Thing) -> Option<Position> {
    let land = snapshot.land();
    let area = match thing {
        Thing::Position(position) => return Some(position),
        Thing::Place(place) => return land.names().place(place).position,
        Thing::Zip(zip) => return land.zips().zip(zip).position,
        Thing::State(state) => land.state_area(state),
        Thing::Unit(unit) => land.unit_area(unit),
        Thing::Region(area) => area,
        Thing::Retired(_) | Thing::Partner(_) => return None,
    };
    land.area(area).boundary.as_ref()?.middle()
}
