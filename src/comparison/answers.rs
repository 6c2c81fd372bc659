//! Counties and ZIPs whose answer changes.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use rayon::prelude::*;

use super::{Edition, Held, PlaceChange, Shift, Side};
use crate::{
    domain::RegionId,
    lookup::{Holding, Status, unit_holding, zip_holding},
    snapshot::{Land, PartnerIx, Roster, UnitIx, ZipIx},
};

/// Both sides, with who serves what on their days.
pub struct Answers<'a> {
    sides: [(Side<'a>, Arc<Roster>); 2],
}

impl<'a> Answers<'a> {
    /// Looks up who serves what.
    pub fn new(before: Side<'a>, after: Side<'a>) -> Self {
        Self { sides: [before, after].map(|side| (side, side.snapshot.roster(side.day, None))) }
    }

    /// Both sides in figures.
    pub fn editions(&self) -> [Edition; 2] {
        [0, 1].map(|i| edition(&self.sides[i].0, &self.sides[i].1))
    }

    /// The counties whose answer changes.
    pub fn counties(&self) -> Vec<PlaceChange> {
        let [(before, _), (after, _)] = &self.sides;
        let (old, new) = (before.snapshot.land(), after.snapshot.land());
        let same_unit = |to: &Land, from: &Land, unit| to.find(&unit_id(from, unit)).and_then(|area| to.as_unit(area));
        let known = old.units().map(|unit| (Some(unit), same_unit(new, old, unit)));
        let added = new.units().filter(|unit| same_unit(old, new, *unit).is_none()).map(|unit| (None, Some(unit)));
        let pairs: Vec<_> = known.chain(added).collect();
        ranked(pairs.into_par_iter().filter_map(|(old, new)| self.county(old, new)).collect())
    }

    fn county(&self, old: Option<UnitIx>, new: Option<UnitIx>) -> Option<PlaceChange> {
        let held = |i: usize, unit: Option<UnitIx>| {
            let (side, roster) = &self.sides[i];
            unit.map(|unit| told(side, unit_holding(side.snapshot, roster, unit)))
        };
        let (before, after) = (held(0, old), held(1, new));
        let (side, unit) = if let Some(unit) = new { (&self.sides[1].0, unit) } else { (&self.sides[0].0, old?) };
        let land = side.snapshot.land();
        let area = land.area(land.unit_area(unit));
        let (region, name) = (area.id.clone(), area.name.clone());
        (before != after).then(|| PlaceChange { region, name, people: land.people(unit), before, after })
    }

    /// The ZIPs whose answer changes.
    pub fn zips(&self) -> Vec<PlaceChange> {
        let [(before, _), (after, _)] = &self.sides;
        let (old, new) = (before.snapshot.land().zips(), after.snapshot.land().zips());
        let known = old.all().map(|(ix, zip)| (Some(ix), new.find(zip.zip)));
        let added = new.all().filter(|(_, zip)| old.find(zip.zip).is_none()).map(|(ix, _)| (None, Some(ix)));
        let pairs: Vec<_> = known.chain(added).collect();
        ranked(pairs.into_par_iter().filter_map(|(old, new)| self.zip(old, new)).collect())
    }

    fn zip(&self, old: Option<ZipIx>, new: Option<ZipIx>) -> Option<PlaceChange> {
        let held = |i: usize, zip: Option<ZipIx>| {
            let (side, roster) = &self.sides[i];
            zip.map(|zip| told(side, zip_holding(side.snapshot, roster, zip)))
        };
        let (before, after) = (held(0, old), held(1, new));
        if before == after {
            return None;
        }
        let (side, zip) = if let Some(zip) = new { (&self.sides[1].0, zip) } else { (&self.sides[0].0, old?) };
        let zip = side.snapshot.land().zips().zip(zip);
        let name = format!("ZIP {}, {}, {}", zip.zip, zip.place, zip.state).into();
        Some(PlaceChange { region: RegionId::Zip(zip.zip), name, people: zip.population, before, after })
    }
}

fn unit_id(land: &Land, unit: UnitIx) -> RegionId {
    land.area(land.unit_area(unit)).id.clone()
}

fn told(side: &Side<'_>, holding: Holding) -> Held {
    let ids = |partners: Vec<PartnerIx>| partners.into_iter().map(|ix| side.snapshot.partner_at(ix).id.clone()).collect();
    Held { status: holding.status, partners: ids(holding.partners), leads: ids(holding.leads) }
}

fn ranked(mut places: Vec<PlaceChange>) -> Vec<PlaceChange> {
    places.sort_by(|a, b| (Reverse(a.people), &a.region).cmp(&(Reverse(b.people), &b.region)));
    places
}

fn edition(side: &Side<'_>, roster: &Roster) -> Edition {
    let land = side.snapshot.land();
    let covered = |unit: UnitIx| {
        let leaves = roster.unit(unit).leaves.iter().filter(|leaf| leaf.held.is_served());
        // Whole people, so that the sum of the counties is the sum for the country.
        (land.people(unit).unwrap_or(0) as f64 * leaves.map(|leaf| leaf.share).sum::<f64>()).round() as u64
    };
    Edition {
        generation: side.snapshot.generation().clone(),
        day: side.day,
        people: land.units().filter_map(|unit| land.people(unit)).sum(),
        covered: land.units().map(covered).sum(),
        zips: land.zips().all().count(),
        counties: land.units().len(),
    }
}

/// How many places change from which status to which.
pub fn shifts(counties: &[PlaceChange], zips: &[PlaceChange]) -> Vec<Shift> {
    let mut shifts: BTreeMap<[Option<Status>; 2], Shift> = BTreeMap::new();
    let statuses = |place: &PlaceChange| [&place.before, &place.after].map(|held| held.as_ref().map(|held| held.status));
    for (place, is_zip) in counties.iter().map(|place| (place, false)).chain(zips.iter().map(|place| (place, true))) {
        let [before, after] = statuses(place);
        let none = Shift { before, after, counties: 0, county_people: 0, zips: 0, zip_people: 0 };
        let shift = shifts.entry([before, after]).or_insert(none);
        let (places, people) =
            if is_zip { (&mut shift.zips, &mut shift.zip_people) } else { (&mut shift.counties, &mut shift.county_people) };
        *places += 1;
        *people += place.people.unwrap_or(0);
    }
    let mut shifts: Vec<_> = shifts.into_values().collect();
    shifts.sort_by_key(|shift| Reverse((shift.county_people.max(shift.zip_people), shift.zips)));
    shifts
}
