//! What a map shows, counted and listed: for its legend and its description.

use super::{
    AreaStatus, Canvas, Counts, LegendEntry, Link, Look, MapArea, Mark, Shown, ZipDot, compose::joined, face::Faces, tile::Tile,
};
use crate::{domain::PartnerId, snapshot::Land};

/// More partners than this are not listed in a legend.
const MOST_LISTED: usize = 16;

/// The partners of a zoomed map by name, each with its look; none where there are too many.
pub(super) fn partners(areas: &[MapArea], zips: &[ZipDot]) -> Vec<Shown> {
    let shown = |partners: &[super::Named], look| {
        let lead: &PartnerId = &partners.first()?.id;
        Some(Shown { name: joined(partners), link: Link::Partner(lead.clone()), look })
    };
    let of_areas = areas.iter().filter_map(|area| match area.look {
        Look::Partner(look) => shown(&area.partners, look),
        Look::Status(_) => None,
    });
    let mut list: Vec<Shown> = of_areas.chain(zips.iter().filter_map(|zip| shown(&zip.partners, zip.look))).collect();
    list.sort_unstable();
    list.dedup();
    if list.len() > MOST_LISTED { Vec::new() } else { list }
}

/// What is to be explained, for what occurs.
pub(super) fn legend(areas: &[MapArea], marks: &[Mark], some_zips: bool, listed: bool, dots: bool) -> Vec<LegendEntry> {
    let covered = LegendEntry::Status(AreaStatus::Covered);
    let statuses = areas.iter().map(|area| LegendEntry::Status(area.status)).filter(|entry| !listed || *entry != covered);
    let marks = marks.iter().map(|mark| LegendEntry::Mark(mark.kind));
    let zips = some_zips.then_some(LegendEntry::SomeZips);
    let dots = dots.then_some(LegendEntry::ZipDot);
    let mut entries: Vec<_> = statuses.chain(zips).chain(dots).chain(marks).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// How many partners, states and counties there are of each kind.
pub(super) fn counts(land: &Land, canvas: &Canvas, tiles: &[Tile], faces: &Faces) -> Counts {
    let mut counts = Counts::default();
    let all = || tiles.iter().zip(&faces.faces);
    let in_focus = || all().filter(|(tile, _)| canvas.is_in_focus(tile.unit));
    let dots = faces.zips.iter().filter(|(unit, ..)| canvas.is_in_focus(*unit)).flat_map(|(.., partners)| partners);
    let mut partners: Vec<_> = in_focus().flat_map(|(_, face)| &face.partners).chain(dots).collect();
    partners.sort_unstable();
    partners.dedup();
    counts.partners = partners.len();
    let mut by_state: Vec<Vec<AreaStatus>> = vec![Vec::new(); land.states().len()];
    for (tile, face) in all() {
        by_state[land.state_of(tile.unit).at()].push(face.status);
    }
    for statuses in &by_state {
        match whole(statuses) {
            AreaStatus::Outside => {}
            AreaStatus::Covered => counts.states_covered += 1,
            AreaStatus::PartlyCovered => counts.states_partly_covered += 1,
            AreaStatus::Pending | AreaStatus::Open => counts.states_open += 1,
        }
    }
    let shown: Vec<_> = in_focus().collect();
    for of_unit in shown.chunk_by(|a, b| a.0.unit == b.0.unit) {
        let statuses: Vec<_> = of_unit.iter().map(|(_, face)| face.status).collect();
        let status = whole(&statuses);
        counts.units += usize::from(status != AreaStatus::Outside);
        counts.units_covered += usize::from(status == AreaStatus::Covered);
        counts.units_partly_covered += usize::from(status == AreaStatus::PartlyCovered);
    }
    counts
}

/// The status of a whole from those of its parts; what is outside the service area counts only where all is.
fn whole(parts: &[AreaStatus]) -> AreaStatus {
    let all = |status: AreaStatus| parts.iter().all(|part| *part == status);
    let some = |part: &AreaStatus| matches!(part, AreaStatus::Covered | AreaStatus::PartlyCovered);
    if all(AreaStatus::Outside) {
        AreaStatus::Outside
    } else if all(AreaStatus::Covered) {
        AreaStatus::Covered
    } else if parts.iter().any(some) {
        AreaStatus::PartlyCovered
    } else {
        AreaStatus::Open
    }
}
