//! Who serves near a place that nobody serves.

use super::{NearPartner, Scope, extent::Survey, position::direction, summary::Summary, thing::Thing};
use crate::{
    domain::{PartnerId, Role},
    geometry::Position,
    snapshot::{AreaIx, Snapshot},
};

/// How many partners are named.
const MOST_NAMED: usize = 3;

/// The leads whose counties are nearest to a thing, each with its nearest county, nearest first.
pub(super) fn nearest_partners(snapshot: &Snapshot, thing: Thing, scope: &Scope) -> Vec<NearPartner> {
    let Some(from) = middle(snapshot, thing) else { return Vec::new() };
    let land = snapshot.land();
    // Who serves a part of the county itself is named in the answer.
    let own = land.areas_at(from);
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let (survey, summary) = (Survey { snapshot, roster: &roster }, Summary { snapshot, roster: &roster });
    let leads = |area: AreaIx| land.as_unit(area).map_or(&[][..], |unit| roster.leads(unit));
    let mut outward = land.locator().outward(from);
    let mut near: Vec<NearPartner> = Vec::new();
    while near.len() < MOST_NAMED {
        let is_new = |id: &PartnerId| near.iter().all(|known| known.id != *id);
        let brings_new = |area| leads(area).iter().any(|partner| is_new(&snapshot.partner_at(*partner).id));
        let Some(nearest) = outward.next_of(|area, _| !own.contains(&area) && brings_new(area)) else { break };
        let area = land.area(nearest.area);
        let serving = land.as_unit(nearest.area).map(|unit| summary.partners(&survey.unit(unit))).unwrap_or_default();
        let found = serving.into_iter().filter(|partner| partner.role == Role::Lead && is_new(&partner.id));
        let found: Vec<_> = found.collect();
        near.extend(found.into_iter().map(|partner| NearPartner {
            id: partner.id,
            name: partner.name,
            website: partner.website,
            region: area.id.clone(),
            region_name: area.name.clone(),
            distance_m: nearest.distance_m,
            direction: direction(from, nearest.at),
        }));
    }
    near.truncate(MOST_NAMED);
    near
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
