//! Dots on a zoomed map: ZIPs with a partner of their own, and towns to find one's way by.

use std::sync::Arc;

use super::{
    Label, Mark, Rect, Scope, Town, ZipDot,
    canvas::Canvas,
    compose::{Looks, Task, named},
    lettering,
    shape::GridPoint,
};
use crate::{
    geometry::Position,
    snapshot::{Land, UnitIx},
};

/// How many towns a map bears at most, and how many are tried.
const TOWNS: usize = 8;
const TRIED: usize = 40;

/// The ZIPs with a partner of their own in the counties that a map shows.
pub(super) fn zips(task: &Task, looks: &Looks) -> Vec<ZipDot> {
    let Task { snapshot, canvas, faces, scope, .. } = *task;
    // Of what is around a state nothing is said.
    let is_told = |unit: UnitIx| !matches!(scope, Scope::State(_)) || canvas.is_in_focus(unit);
    let table = snapshot.land().zips();
    let dot = |(unit, zip, group): &(UnitIx, _, Vec<_>)| {
        let zip = table.zip(*zip);
        let at = place(canvas, *unit, zip.position?)?;
        let partners = group.iter().map(|partner| named(snapshot, *partner)).collect();
        let look = looks.get(group).copied().unwrap_or_default();
        Some(ZipDot { zip: zip.zip, place: zip.place.clone(), partners, look, at })
    };
    faces.zips.iter().filter(|(unit, ..)| is_told(*unit)).filter_map(dot).collect()
}

/// Where a position in a unit is on a sheet that shows the unit.
fn place(canvas: &Canvas, unit: UnitIx, position: Position) -> Option<GridPoint> {
    let panel = canvas.panels.iter().find(|panel| panel.units.binary_search(&unit).is_ok())?;
    canvas.on_sheet(panel, position)
}

/// The largest towns of what a map is about that find room beside its labels and marks.
pub(super) fn towns(land: &Land, canvas: &Canvas, labels: &[Label], marks: &[Mark]) -> Vec<Town> {
    let places = land.geography().places.iter().flatten();
    let in_focus = |geoid| land.unit(geoid).filter(|unit| canvas.is_in_focus(*unit));
    let mut found: Vec<_> =
        places.filter_map(|town| Some((town.population.filter(|people| *people > 0)?, in_focus(town.county)?, town))).collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.name.cmp(&b.2.name)));
    let wanted: Vec<(Arc<str>, GridPoint)> = found
        .into_iter()
        .take(TRIED)
        .filter_map(|(_, unit, town)| Some((town.name.clone(), place(canvas, unit, town.position)?)))
        .collect();
    let around = |mark: &Mark, half: i32| Rect { x: mark.at[0] - half, y: mark.at[1] - half, width: 2 * half, height: 2 * half };
    let taken = labels.iter().map(|label| label.rect).chain(marks.iter().map(|mark| around(mark, 12))).collect();
    // A name that is not to be seen on a narrow screen takes no room there.
    let narrow = labels.iter().filter_map(|label| lettering::when_narrow(label, false));
    let large = narrow.chain(marks.iter().map(|mark| around(mark, 18))).collect();
    lettering::towns(&wanted, TOWNS, [taken, large], canvas.size)
}
