use std::{collections::BTreeMap, sync::Arc};

use super::{
    book::Book,
    tally::{Amounts, apportion},
};
use crate::{
    census::{StateCode, ZipCode},
    domain::RegionId,
    lookup::Status,
    snapshot::{AreaIx, AreaKind, Held, Target, UnitIx, ZipIx},
};

/// What is open within a county that is not open as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct PartGap {
    /// The county.
    pub region: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// Its state.
    pub state: StateCode,
    /// Its status.
    pub status: Status,
    /// What is open, by measure; estimated.
    pub amounts: Amounts,
    /// The ZIPs that are open, those with the most people first.
    pub zips: Vec<ZipGap>,
}

/// A ZIP that is open, or the part of it that lies in a county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZipGap {
    /// The ZIP.
    pub zip: ZipCode,
    /// Its postal place name.
    pub place: Arc<str>,
    /// Its people in the county: ZIP population × share, brought to the sum of what is open there. Estimated.
    pub people: u64,
}

/// What is open within units that are not open as a whole, the most people first.
pub(super) fn part_gaps(book: &Book) -> Vec<PartGap> {
    let land = book.snapshot.land();
    let split = |unit: &UnitIx| {
        book.account(*unit).status != Status::Open && book.leaves(*unit).iter().any(|leaf| is_open(leaf.held) && leaf.share > 0.0)
    };
    let units: Vec<UnitIx> = land.units().filter(split).collect();
    let mut zips = open_zips(book, &units);
    let mut gaps: Vec<_> = units
        .iter()
        .map(|unit| {
            let amounts = book.of_leaves(*unit, |leaf| is_open(leaf.held));
            let area = land.area(book.area(*unit));
            let zips = zips.remove(unit).unwrap_or_default();
            let people = amounts.first().copied().flatten();
            let zips = people.map_or_else(Vec::new, |people| zip_gaps(book, *unit, people, &zips));
            let state = land.state_code(land.state_of(*unit));
            PartGap { region: area.id.clone(), name: area.name.clone(), state, status: book.account(*unit).status, amounts, zips }
        })
        .collect();
    gaps.retain(|gap| gap.amounts.first() != Some(&Some(0)));
    gaps.sort_by(|a, b| b.amounts.cmp(&a.amounts).then_with(|| a.region.cmp(&b.region)));
    gaps
}

pub(super) fn is_open(held: Held) -> bool {
    held == Held::Open
}

/// The ZIPs without a partner on open ground of some units (in ascending order).
fn open_zips(book: &Book, units: &[UnitIx]) -> BTreeMap<UnitIx, Vec<ZipIx>> {
    let table = book.snapshot.land().zips();
    let mut open: BTreeMap<UnitIx, Vec<ZipIx>> = BTreeMap::new();
    for (zip, _) in table.all() {
        let free = || book.roster.claim_on(Target::Zip(zip)).is_none() && !book.roster.is_pending(Target::Zip(zip));
        for part in table.parts(zip).iter().filter(|part| units.binary_search(&part.unit).is_ok()) {
            if table.weight_in(zip, part.unit) > 0.0 && free() && is_open(ground_of(book, zip, part.unit)) {
                open.entry(part.unit).or_default().push(zip);
            }
        }
    }
    open
}

/// Who holds the ground of a ZIP in a unit: where the ZIP's position lies in it, the ground there, else its largest.
fn ground_of(book: &Book, zip: ZipIx, unit: UnitIx) -> Held {
    let land = book.snapshot.land();
    let cover = book.roster.unit(unit);
    let largest = cover.ground.first().map_or(Held::Open, |(held, _)| *held);
    if cover.ground.len() < 2 {
        return largest;
    }
    let areas = land.zips().zip(zip).position.map(|position| land.areas_at(position));
    let Some(areas) = areas.filter(|areas| areas.contains(&land.unit_area(unit))) else { return largest };
    let regions: Vec<AreaIx> = areas.iter().copied().filter(|area| land.area(*area).kind == AreaKind::Region).collect();
    book.roster.ground(land, &book.snapshot.info().service_area, Some(unit), &regions)
}

fn zip_gaps(book: &Book, unit: UnitIx, people: u64, zips: &[ZipIx]) -> Vec<ZipGap> {
    let table = book.snapshot.land().zips();
    let weights: Vec<f64> = zips.iter().map(|zip| table.weight_in(*zip, unit)).collect();
    let gap = |(zip, people): (&ZipIx, u64)| {
        let zip = table.zip(*zip);
        ZipGap { zip: zip.zip, place: zip.place.clone(), people }
    };
    let mut gaps: Vec<_> = zips.iter().zip(apportion(people, &weights)).map(gap).collect();
    gaps.sort_by(|a, b| b.people.cmp(&a.people).then(a.zip.cmp(&b.zip)));
    gaps
}
