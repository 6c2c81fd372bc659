//! What the map says in words.

use crate::atlas::{AreaStatus, LegendEntry, Map, MapArea, MarkKind};

/// Name of a map: `Regional Partner Program (sample): partners in Washington`.
pub fn title(map: &Map) -> String {
    let course = map.course.as_ref().map(|(_, name)| format!(", {name}")).unwrap_or_default();
    format!("{}: partner map, {}{course}", map.program, map.subject)
}

/// One sentence about a map, for those who do not see it.
pub fn description(map: &Map) -> String {
    format!(
        "{} partners as of {}. {} states and territories are fully covered, {} in part, {} have no partner. \
         Partner areas and states are links; the same is in the list of partners.",
        map.counts.partners, map.as_of, map.counts.states_covered, map.counts.states_partly_covered, map.counts.states_open
    )
}

/// An area in one line: `Puget Sound CS Hub (sample): covered`.
pub fn area(area: &MapArea) -> String {
    let mut text = format!("{}: {}", area.name, status(area.status));
    let partners: Vec<&str> = area.partners.iter().map(|partner| &*partner.name).collect();
    let partners = partners.join(" + ");
    if !partners.is_empty() && partners != *area.name {
        text.push_str(&format!(" by {partners}"));
    }
    if area.new_this_year {
        text.push_str(", new this year");
    }
    if let Some(upcoming) = &area.upcoming {
        let names: Vec<&str> = upcoming.partners.iter().map(|partner| &*partner.name).collect();
        text.push_str(&format!("; {} starts on {}", names.join(" + "), upcoming.starts_on));
    }
    text
}

fn status(status: AreaStatus) -> &'static str {
    match status {
        AreaStatus::Covered => "covered",
        AreaStatus::PartlyCovered => "covered in some ZIPs only",
        AreaStatus::Pending => "application under review",
        AreaStatus::Open => "open, no partner yet",
        AreaStatus::Outside => "outside the service area",
    }
}

/// A line of the legend.
pub fn legend(entry: LegendEntry) -> &'static str {
    match entry {
        LegendEntry::Status(AreaStatus::Covered) => "Partner area (colours only tell neighbours apart)",
        LegendEntry::Status(AreaStatus::PartlyCovered) => "Some ZIPs have a partner, the rest is open",
        LegendEntry::Status(AreaStatus::Pending) => "Application under review",
        LegendEntry::Status(AreaStatus::Open) => "Open: no partner yet",
        LegendEntry::Status(AreaStatus::Outside) => "Outside the service area",
        LegendEntry::SomeZips => "Some ZIPs have another partner",
        LegendEntry::Mark(MarkKind::NewThisYear) => "New this year",
        LegendEntry::Mark(MarkKind::StartsLater) => "A partner starts here later",
    }
}
