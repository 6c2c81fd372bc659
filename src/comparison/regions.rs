//! Regions that came, went, or hold other ground.

use std::sync::Arc;

use geo::BooleanOps;
use rayon::prelude::*;

use super::{RegionChange, RegionChangeKind as Kind, Side};
use crate::{
    geometry::{Boundary, measure},
    snapshot::{Area, AreaIx, Land, UnitIx},
};

/// Smaller differences are rounding, as a share of the former area.
const ROUNDING: f64 = 1e-9;

/// What happened to states, counties and program regions.
pub fn changes(before: Side<'_>, after: Side<'_>) -> Vec<RegionChange> {
    let (old, new) = (before.snapshot.land(), after.snapshot.land());
    if Arc::ptr_eq(old, new) {
        return Vec::new();
    }
    let known = (0..).map(AreaIx).zip(old.areas()).collect::<Vec<_>>();
    let mut changes: Vec<_> = known.par_iter().flat_map_iter(|(ix, area)| of_known(old, new, *ix, area)).collect();
    let added = new.areas().iter().filter(|area| old.find(&area.id).is_none());
    changes.extend(added.map(|area| change(area, Kind::Added)));
    changes.sort_by(|a, b| a.region.cmp(&b.region));
    changes
}

fn change(area: &Area, change: Kind) -> RegionChange {
    RegionChange { region: area.id.clone(), name: area.name.clone(), change }
}

fn of_known(old: &Land, new: &Land, ix: AreaIx, area: &Area) -> Vec<RegionChange> {
    let Some(now_ix) = new.find(&area.id) else { return vec![change(area, Kind::Removed)] };
    let now = new.area(now_ix);
    let renamed = (area.name != now.name).then(|| Kind::Renamed(area.name.clone()));
    let moved = match (&area.boundary, &now.boundary) {
        (Some(before), Some(after)) => moved(before, after, area.square_metres),
        _ => moved_by_units((old, ix), (new, now_ix), area.square_metres),
    };
    let moved = moved.filter(|share| *share > ROUNDING).map(Kind::Moved);
    renamed.into_iter().chain(moved).map(|kind| change(now, kind)).collect()
}

/// The ground that is in one of two boundaries alone, as a share of the former area.
fn moved(before: &Arc<Boundary>, after: &Arc<Boundary>, square_metres: f64) -> Option<f64> {
    if Arc::ptr_eq(before, after) || before == after {
        return None;
    }
    let either = before.as_multi_polygon().xor(after.as_multi_polygon());
    let changed: f64 = either.0.iter().map(measure::polygon_area).sum();
    Some(changed / square_metres.max(f64::MIN_POSITIVE))
}

/// The same for regions that are built from units: by what they hold of each.
fn moved_by_units((old, before): (&Land, AreaIx), (new, after): (&Land, AreaIx), square_metres: f64) -> Option<f64> {
    let gone_or_less = old.units().map(|unit| {
        let there = new.find(&old.area(old.unit_area(unit)).id).and_then(|area| new.as_unit(area));
        let now = there.map_or(0.0, |unit| held(new, unit, after));
        (held(old, unit, before) - now).abs() * old.area(old.unit_area(unit)).square_metres
    });
    let is_new = |unit: &UnitIx| old.find(&new.area(new.unit_area(*unit)).id).is_none();
    let come = new.units().filter(is_new).map(|unit| held(new, unit, after) * new.area(new.unit_area(unit)).square_metres);
    Some(gone_or_less.chain(come).sum::<f64>() / square_metres.max(f64::MIN_POSITIVE))
}

/// The share of a unit that a region holds.
fn held(land: &Land, unit: UnitIx, region: AreaIx) -> f64 {
    land.pieces(unit).iter().filter(|piece| piece.regions.contains(&region)).map(|piece| piece.fraction).sum()
}
