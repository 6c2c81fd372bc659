use serde::Serialize;

use super::{assignment_change, handed, partner_change, region_change, starts_on, status};
use crate::{
    comparison::{Comparison, Edition, Held, PartnerChangeKind, PlaceChange, RegionChangeKind, Who},
    render::{json, rounded_share},
};

#[derive(Serialize)]
struct Wire<'a> {
    before: EditionWire<'a>,
    after: EditionWire<'a>,
    regions: Vec<RegionWire<'a>>,
    partners: Vec<PartnerWire<'a>>,
    assignments: Vec<AssignmentWire<'a>>,
    shifts: Vec<ShiftWire>,
    counties: Vec<PlaceWire<'a>>,
    zips: Vec<PlaceWire<'a>>,
}

#[derive(Serialize)]
struct EditionWire<'a> {
    generation: &'a str,
    as_of: String,
    people: u64,
    covered_people: u64,
    counties: usize,
    zips: usize,
}

#[derive(Serialize)]
struct RegionWire<'a> {
    region: String,
    name: &'a str,
    change: &'static str,
    former_name: Option<&'a str>,
    /// Ground gained and lost, as a share of the former area.
    moved_share: Option<f64>,
}

#[derive(Serialize)]
struct PartnerWire<'a> {
    id: &'a str,
    name: &'a str,
    change: &'static str,
    former_name: Option<&'a str>,
}

#[derive(Serialize)]
struct AssignmentWire<'a> {
    region: String,
    name: &'a str,
    change: &'static str,
    from: Vec<WhoWire<'a>>,
    to: Vec<WhoWire<'a>>,
    starts_on: Option<String>,
}

#[derive(Serialize)]
struct WhoWire<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ShiftWire {
    before: &'static str,
    after: &'static str,
    counties: usize,
    county_people: u64,
    zips: usize,
    zip_people: u64,
}

#[derive(Serialize)]
struct PlaceWire<'a> {
    region: String,
    name: &'a str,
    people: Option<u64>,
    before: Option<HeldWire<'a>>,
    after: Option<HeldWire<'a>>,
}

#[derive(Serialize)]
struct HeldWire<'a> {
    status: &'static str,
    partners: Vec<&'a str>,
}

/// A comparison as JSON.
///
/// # Errors
/// Never in practice: the wire shape holds only text and finite numbers.
pub fn json(comparison: &Comparison) -> Result<String, serde_json::Error> {
    let shifts = comparison.shifts.iter().map(|shift| ShiftWire {
        before: status(shift.before),
        after: status(shift.after),
        counties: shift.counties,
        county_people: shift.county_people,
        zips: shift.zips,
        zip_people: shift.zip_people,
    });
    let wire = Wire {
        before: edition(&comparison.before),
        after: edition(&comparison.after),
        regions: comparison.regions.iter().map(region).collect(),
        partners: comparison.partners.iter().map(partner).collect(),
        assignments: comparison.assignments.iter().map(assignment).collect(),
        shifts: shifts.collect(),
        counties: comparison.counties.iter().map(place).collect(),
        zips: comparison.zips.iter().map(place).collect(),
    };
    serde_json::to_string_pretty(&wire).map(|json| json + "\n")
}

fn edition(edition: &Edition) -> EditionWire<'_> {
    EditionWire {
        generation: edition.generation.as_str(),
        as_of: edition.day.to_string(),
        people: edition.people,
        covered_people: edition.covered,
        counties: edition.counties,
        zips: edition.zips,
    }
}

fn region(region: &crate::comparison::RegionChange) -> RegionWire<'_> {
    let (former_name, moved_share) = match &region.change {
        RegionChangeKind::Renamed(before) => (Some(&**before), None),
        RegionChangeKind::Moved(share) => (None, Some(rounded_share(*share))),
        RegionChangeKind::Added | RegionChangeKind::Removed => (None, None),
    };
    let (id, change) = (region.region.to_string(), region_change(&region.change));
    RegionWire { region: id, name: &region.name, change, former_name, moved_share }
}

fn partner(partner: &crate::comparison::PartnerChange) -> PartnerWire<'_> {
    let former_name = match &partner.change {
        PartnerChangeKind::Renamed(before) => Some(&**before),
        PartnerChangeKind::Added | PartnerChangeKind::Removed => None,
    };
    let WhoWire { id, name } = who(&partner.partner);
    PartnerWire { id, name, change: partner_change(&partner.change), former_name }
}

fn assignment(row: &crate::comparison::AssignmentChange) -> AssignmentWire<'_> {
    let (from, to) = handed(&row.change);
    AssignmentWire {
        region: row.region.to_string(),
        name: &row.name,
        change: assignment_change(&row.change),
        from: from.iter().map(who).collect(),
        to: to.iter().map(who).collect(),
        starts_on: starts_on(&row.change).map(|day| day.to_string()),
    }
}

fn who(who: &Who) -> WhoWire<'_> {
    WhoWire { id: who.id.as_str(), name: &who.name }
}

fn place(place: &PlaceChange) -> PlaceWire<'_> {
    let [before, after] = [&place.before, &place.after].map(|held| held.as_ref().map(held_wire));
    PlaceWire { region: place.region.to_string(), name: &place.name, people: place.people, before, after }
}

fn held_wire(held: &Held) -> HeldWire<'_> {
    HeldWire { status: json::status(held.status), partners: held.partners.iter().map(|id| id.as_str()).collect() }
}
