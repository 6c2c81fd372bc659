use super::{assignment_change, handed, held, partner_change, region_change, starts_on};
use crate::{
    comparison::{Comparison, PartnerChangeKind, PlaceChange, RegionChangeKind, Who},
    render::{csv::neutral, rounded_share},
};

/// The columns, in their order.
const COLUMNS: [&str; 8] = ["what", "change", "id", "name", "before", "after", "people", "moved_share"];

/// A comparison as one table: a row for each region, partner, assignment, county and ZIP that changes.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn csv(comparison: &Comparison) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for row in rows(comparison) {
        table.write_record(row.map(neutral))?;
    }
    let bytes = table.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn rows(comparison: &Comparison) -> impl Iterator<Item = [String; 8]> {
    let regions = comparison.regions.iter().map(|region| {
        let (before, share) = match &region.change {
            RegionChangeKind::Renamed(before) => (before.to_string(), String::new()),
            RegionChangeKind::Moved(share) => (String::new(), rounded_share(*share).to_string()),
            RegionChangeKind::Added | RegionChangeKind::Removed => Default::default(),
        };
        let (id, name, change) = (region.region.to_string(), region.name.to_string(), region_change(&region.change));
        ["region".into(), change.into(), id, name, before, String::new(), String::new(), share]
    });
    let partners = comparison.partners.iter().map(|partner| {
        let before = match &partner.change {
            PartnerChangeKind::Renamed(before) => before.to_string(),
            PartnerChangeKind::Added | PartnerChangeKind::Removed => String::new(),
        };
        let (id, name) = (partner.partner.id.to_string(), partner.partner.name.to_string());
        let change = partner_change(&partner.change).to_owned();
        ["partner".into(), change, id, name, before, String::new(), String::new(), String::new()]
    });
    let assignments = comparison.assignments.iter().map(|row| {
        let (from, to) = handed(&row.change);
        let from_day = starts_on(&row.change).map(|day| format!(" from {day}")).unwrap_or_default();
        let [before, after] = [from, to].map(|who| if who.is_empty() { String::new() } else { ids(who) + &from_day });
        let change = assignment_change(&row.change).to_owned();
        let (id, name) = (row.region.to_string(), row.name.to_string());
        ["assignment".into(), change, id, name, before, after, String::new(), String::new()]
    });
    let counties = comparison.counties.iter().map(|place| place_row("county", place));
    let zips = comparison.zips.iter().map(|place| place_row("zip", place));
    regions.chain(partners).chain(assignments).chain(counties).chain(zips)
}

fn place_row(what: &str, place: &PlaceChange) -> [String; 8] {
    let people = place.people.map(|people| people.to_string()).unwrap_or_default();
    let [before, after] = [&place.before, &place.after].map(|side| held(side.as_ref()));
    let (id, name) = (place.region.to_string(), place.name.to_string());
    [what.into(), "answer".into(), id, name, before, after, people, String::new()]
}

fn ids(who: &[Who]) -> String {
    who.iter().map(|who| who.id.as_str()).collect::<Vec<_>>().join("|")
}
