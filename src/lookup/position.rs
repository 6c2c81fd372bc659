//! Questions about a position: its ground, its borders, and what is nearest when it lies outside.

use super::{
    Compass, NearBorder, Nearest, Note, PartnerName, Scope, Status,
    extent::{Extent, Piece, PieceKey, Survey, is_partly, must_choose, whole},
    summary::{Summary, Verdict, status_of_parts},
};
use crate::{
    geometry::{Position, measure},
    snapshot::{AreaIx, AreaKind, AreaSet, Cell, Held, Leaf, Snapshot, UnitIx, ZipRule},
};

/// A border at which the answer changes is named within this distance, in metres.
const NEAR_BORDER_M: f64 = 250.0;

/// A position, with the areas whose answer it gets.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The areas that hold it, or those within whose resolution it lies; none when it lies outside.
    pub(super) areas: AreaSet,
    /// The note that says that it lies outside, but within the resolution.
    pub(super) within_resolution: Option<Note>,
}

/// Finds the areas whose answer a position gets.
pub(super) fn place(snapshot: &Snapshot, position: Position) -> Place {
    let land = snapshot.land();
    let areas = land.areas_at(position);
    if !areas.is_empty() {
        return Place { areas, within_resolution: None };
    }
    let resolution = land.geography().resolution_m;
    let shore = land.locator().borders_within(position, resolution).into_iter().find(|border| !border.beyond.is_empty());
    let Some(shore) = shore else { return Place { areas, within_resolution: None } };
    let mut areas = shore.beyond;
    land.add_built_regions(&mut areas);
    let name = finest(snapshot, &areas).map(|area| land.area(area).name.clone());
    Place { within_resolution: name.map(|name| Note::WithinResolution(resolution, name)), areas }
}

/// Whether the other side of a border is near enough to be named where its answer is another one.
pub(super) fn is_near_border(snapshot: &Snapshot, position: Position) -> bool {
    !snapshot.land().locator().borders_within(position, NEAR_BORDER_M).is_empty()
}

/// Whether a border may be near enough to some place of a cell to be named there, or to hold it within its resolution.
pub(super) fn is_border_near(snapshot: &Snapshot, cell: &Cell) -> bool {
    // A metre for places nearest through the ground that are taken for those nearest along it.
    let metres = cell.radius_m() + NEAR_BORDER_M.max(snapshot.land().geography().resolution_m) + 1.0;
    !snapshot.land().locator().borders_within(cell.centre(), metres).is_empty()
}

/// The unit of some areas that hold one position.
pub(super) fn unit_of(snapshot: &Snapshot, areas: &[AreaIx]) -> Option<UnitIx> {
    areas.iter().find_map(|area| snapshot.land().as_unit(*area))
}

/// The area by which one would name a position: its county, or else the first that holds it.
fn finest(snapshot: &Snapshot, areas: &[AreaIx]) -> Option<AreaIx> {
    unit_of(snapshot, areas).map(|unit| snapshot.land().unit_area(unit)).or_else(|| areas.first().copied())
}

impl Survey<'_> {
    /// The parts of a position: one, or the ZIPs of its county where they decide who serves.
    pub(super) fn position(&self, areas: &[AreaIx]) -> Extent {
        let land = self.snapshot.land();
        let Some(key) = finest(self.snapshot, areas).map(PieceKey::Area) else { return Extent::default() };
        let unit = unit_of(self.snapshot, areas);
        let regions: Vec<_> = areas.iter().copied().filter(|area| land.area(*area).kind == AreaKind::Region).collect();
        let ground = self.roster.ground(land, &self.snapshot.info().service_area, unit, &regions);
        let single =
            |held| Extent { pieces: vec![Piece { key, weight: 1.0, leaves: whole(held), partly: false }], ..Extent::default() };
        let Some(unit) = unit else { return single(ground) };
        let cover = self.roster.unit(unit);
        let mut extent = match cover.rule {
            ZipRule::None if cover.zips.is_empty() && cover.leaves.iter().any(|leaf| leaf.zip.is_none()) => single(ground),
            ZipRule::All(claim) => single(Held::Served(claim)),
            _ => {
                let zips = cover.leaves.iter().filter(|leaf| leaf.zip.is_some());
                let rest = 1.0 - zips.clone().map(|leaf| leaf.share).sum::<f64>();
                let rest = if cover.leaves.iter().all(|leaf| leaf.zip.is_some() || leaf.share == 0.0) { 0.0 } else { rest };
                let ground = Leaf { zip: None, held: ground, share: rest };
                let leaves = zips.copied().chain((rest > 0.0 || ground.held.is_served()).then_some(ground));
                let pieces = leaves.map(|leaf| Piece {
                    key: leaf.zip.map_or(key, PieceKey::Zip),
                    weight: leaf.share,
                    leaves: vec![Leaf { share: 1.0, ..leaf }],
                    partly: false,
                });
                Extent { pieces: pieces.collect(), ..Extent::default() }
            }
        };
        extent.partly = is_partly(cover) && !ground.is_served();
        extent.choose = must_choose(cover);
        extent.notes = self.zip_rule_notes(unit, cover);
        extent.notes.extend(cover.pending_inside.then_some(Note::PendingInside));
        extent
    }
}

impl Summary<'_> {
    /// The verdict on a position: the ground's where a partner serves it, whatever its county's ZIPs add.
    pub(super) fn position_verdict(&self, extent: &Extent) -> Verdict {
        let ground = extent.pieces.iter().filter(|piece| matches!(piece.key, PieceKey::Area(_)));
        let served = |piece: &Piece| piece.leaves.iter().all(|leaf| leaf.held.is_served());
        if extent.choose && ground.clone().any(served) {
            return Verdict { status: Status::Covered, small_parts: false };
        }
        if extent.pieces.iter().all(|piece| piece.weight == 0.0 || matches!(piece.key, PieceKey::Area(_))) {
            // ZIPs without people change no position.
            let statuses = ground.flat_map(|piece| &piece.leaves).map(|leaf| match leaf.held {
                Held::Served(_) => Status::Covered,
                Held::Pending(_) => Status::Pending,
                Held::Open => Status::Open,
                Held::Outside => Status::Outside,
            });
            return Verdict { status: status_of_parts(statuses), small_parts: false };
        }
        self.verdict(extent)
    }

    /// Status and partners of a position in some areas, as they are compared across a border.
    fn side(&self, areas: &[AreaIx]) -> (Status, Vec<PartnerName>) {
        let survey = Survey { snapshot: self.snapshot, roster: self.roster };
        let extent = survey.position(areas);
        (self.position_verdict(&extent).status, self.partner_names(&extent))
    }

    fn partner_names(&self, extent: &Extent) -> Vec<PartnerName> {
        self.partners(extent).into_iter().map(|partner| PartnerName { id: partner.id, name: partner.name }).collect()
    }

    /// The other sides of borders near a position at which the answer changes; the nearest of each answer.
    pub(super) fn near_border(&self, position: Position, own: &[AreaIx]) -> Vec<NearBorder> {
        let land = self.snapshot.land();
        let borders = land.locator().borders_within(position, NEAR_BORDER_M);
        if borders.is_empty() {
            return Vec::new();
        }
        let mut seen = vec![self.side(own)];
        let mut near = Vec::new();
        for mut border in borders.into_iter().filter(|border| !border.beyond.is_empty()) {
            land.add_built_regions(&mut border.beyond);
            let side = self.side(&border.beyond);
            if seen.contains(&side) {
                continue;
            }
            let area = finest(self.snapshot, &border.beyond).map(|area| land.area(area));
            near.push(NearBorder {
                region: area.map(|area| area.id.clone()),
                name: area.map(|area| area.name.clone()),
                distance_m: border.distance_m,
                status: side.0,
                partners: side.1.clone(),
            });
            seen.push(side);
        }
        near
    }

    /// A unit nearest to a position outside, and its answer.
    pub(super) fn nearest(&self, nearest: NearUnit) -> Option<Nearest> {
        let land = self.snapshot.land();
        let unit = land.as_unit(nearest.area)?;
        let survey = Survey { snapshot: self.snapshot, roster: self.roster };
        let extent = survey.unit(unit);
        let area = land.area(nearest.area);
        Some(Nearest {
            region: area.id.clone(),
            name: area.name.clone(),
            distance_m: nearest.distance_m,
            direction: nearest.direction,
            status: self.verdict(&extent).status,
            partners: self.partner_names(&extent),
        })
    }
}

/// The unit nearest to a position outside, by number.
#[derive(Clone, Copy, Debug)]
pub struct NearUnit {
    /// The unit, as an area.
    pub area: AreaIx,
    /// How far its border is, in metres.
    pub distance_m: f64,
    /// In which direction it lies.
    pub direction: Compass,
}

impl NearUnit {
    /// The unit nearest to a position outside.
    pub fn to(snapshot: &Snapshot, position: Position) -> Option<Self> {
        let found = snapshot.land().nearest_unit(position)?;
        Some(Self { area: found.area, distance_m: found.distance_m, direction: direction(position, found.at) })
    }

    /// The unit and its answer.
    pub fn named(self, snapshot: &Snapshot, scope: &Scope) -> Option<Nearest> {
        let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
        Summary { snapshot, roster: &roster }.nearest(self)
    }
}

/// Whether a position would lie inside if its latitude and longitude were exchanged.
pub fn looks_exchanged(snapshot: &Snapshot, position: Position) -> bool {
    Position::new(position.lat(), position.lon()).is_ok_and(|other| !snapshot.land().areas_at(other).is_empty())
}

/// The direction from one position to another, by the plane at the first.
pub(super) fn direction(from: Position, to: Position) -> Compass {
    use Compass::{East, North, NorthEast, NorthWest, South, SouthEast, SouthWest, West};
    let [east, north] = measure::LocalPlane::at(from).project(geo::Coord { x: to.lon(), y: to.lat() });
    let eighth = (east.atan2(north).to_degrees() / 45.0).round() as i32;
    match eighth.rem_euclid(8) {
        0 => North,
        1 => NorthEast,
        2 => East,
        3 => SouthEast,
        4 => South,
        5 => SouthWest,
        6 => West,
        _ => NorthWest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_a_compass() {
        let at = |lon, lat| Position::new(lon, lat).unwrap();
        let from = at(-122.0, 47.0);
        assert_eq!(direction(from, at(-122.0, 48.0)), Compass::North);
        assert_eq!(direction(from, at(-121.0, 47.0)), Compass::East);
        assert_eq!(direction(from, at(-122.0, 46.0)), Compass::South);
        assert_eq!(direction(from, at(-123.0, 46.3)), Compass::SouthWest);
    }
}
