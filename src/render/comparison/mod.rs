//! What two data sets, or two days, answer differently: for people, programs and spreadsheets.

mod csv;
mod headline;
mod json;
mod text;

pub use self::{csv::csv, headline::headline, json::json, text::text};

use crate::{
    comparison::{AssignmentChangeKind, Held, PartnerChangeKind, RegionChangeKind, Who},
    lookup::Status,
    render,
};

/// What is said of a place that one side does not know.
const UNKNOWN: &str = "unknown";

/// A status as data has it.
fn status(status: Option<Status>) -> &'static str {
    status.map_or(UNKNOWN, render::json::status)
}

/// A status and who serves, as data has them: `covered: puget-sound-cs-hub`.
fn held(held: Option<&Held>) -> String {
    match held {
        None => UNKNOWN.to_owned(),
        Some(held) if held.partners.is_empty() => status(Some(held.status)).to_owned(),
        Some(held) => {
            let ids: Vec<_> = held.partners.iter().map(|id| id.as_str()).collect();
            format!("{}: {}", status(Some(held.status)), ids.join(", "))
        }
    }
}

/// The name of a kind of change, as data has it.
fn region_change(kind: &RegionChangeKind) -> &'static str {
    match kind {
        RegionChangeKind::Added => "added",
        RegionChangeKind::Removed => "removed",
        RegionChangeKind::Renamed(_) => "renamed",
        RegionChangeKind::Moved(_) => "moved",
    }
}

fn partner_change(kind: &PartnerChangeKind) -> &'static str {
    match kind {
        PartnerChangeKind::Added => "added",
        PartnerChangeKind::Removed => "removed",
        PartnerChangeKind::Renamed(_) => "renamed",
    }
}

fn assignment_change(kind: &AssignmentChangeKind) -> &'static str {
    match kind {
        AssignmentChangeKind::Started(_) => "started",
        AssignmentChangeKind::Ended(_) => "ended",
        AssignmentChangeKind::HandedOver { .. } => "handed_over",
        AssignmentChangeKind::Altered(_) => "altered",
        AssignmentChangeKind::Announced(..) => "announced",
        AssignmentChangeKind::Withdrawn(..) => "withdrawn",
    }
}

/// Who served before and who serves after, by a change of assignments.
fn handed(kind: &AssignmentChangeKind) -> (&[Who], &[Who]) {
    use std::slice::from_ref;
    match kind {
        AssignmentChangeKind::Started(who) | AssignmentChangeKind::Announced(who, _) => (&[], from_ref(who)),
        AssignmentChangeKind::Ended(who) | AssignmentChangeKind::Withdrawn(who, _) => (from_ref(who), &[]),
        AssignmentChangeKind::Altered(who) => (from_ref(who), from_ref(who)),
        AssignmentChangeKind::HandedOver { from, to } => (from, to),
    }
}

/// The day that a change of assignments is about, where it is not about the day itself.
fn starts_on(kind: &AssignmentChangeKind) -> Option<jiff::civil::Date> {
    match kind {
        AssignmentChangeKind::Announced(_, day) | AssignmentChangeKind::Withdrawn(_, day) => Some(*day),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
