//! What a tile shows on a map: who serves it on a day, or why nobody does.

use jiff::civil::Date;

use super::{AreaStatus, tile::Tile};
use crate::{
    domain::{CourseId, Role, Standing},
    snapshot::{ClaimIx, Duty, Held, Land, PartnerIx, Roster, Snapshot, Target, UnitIx, ZipRule},
};

/// What one tile shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Face {
    pub(super) status: AreaStatus,
    /// Who serves it: leads first.
    pub(super) partners: Vec<PartnerIx>,
    /// Who starts there later, and when, where nobody serves it now.
    pub(super) upcoming: Option<(Date, Vec<PartnerIx>)>,
}

/// What all tiles show, by number, and which of them have ZIPs of another partner.
pub(super) struct Faces {
    pub(super) faces: Vec<Face>,
    pub(super) some_zips: Vec<bool>,
}

impl Faces {
    /// What every tile shows on a day, for a course.
    pub(super) fn of(snapshot: &Snapshot, tiles: &[Tile], day: Date, course: Option<&CourseId>) -> Self {
        let roster = snapshot.roster(day, course);
        let later = upcoming(snapshot, day, course);
        let faces = tiles.iter().map(|tile| face(snapshot, &roster, tile, &later)).collect();
        let has_zips = |unit: UnitIx| !roster.unit(unit).zips.is_empty();
        let whole = |unit: UnitIx| matches!(roster.unit(unit).rule, ZipRule::All(_));
        let some_zips = tiles.iter().map(|tile| has_zips(tile.unit) && !whole(tile.unit)).collect();
        Self { faces, some_zips }
    }
}

fn face(snapshot: &Snapshot, roster: &Roster, tile: &Tile, later: &[&Duty]) -> Face {
    let cover = roster.unit(tile.unit);
    let partners = |claim: ClaimIx| -> Vec<PartnerIx> {
        let duties = &roster.claim(claim).duties;
        duties.iter().filter_map(|duty| snapshot.duty(*duty)).map(|duty| duty.partner).collect()
    };
    let served = |partners| Face { status: AreaStatus::Covered, partners, upcoming: None };
    let ground = match cover.ground.first() {
        Some((held, _)) if tile.whole => *held,
        _ => roster.ground(snapshot.land(), &snapshot.info().service_area, Some(tile.unit), &tile.regions),
    };
    let status = match (&cover.rule, ground) {
        (ZipRule::All(claim), _) => return served(partners(*claim)),
        (_, Held::Served(claim)) => return served(partners(claim)),
        (ZipRule::Each, _) => {
            let mut all: Vec<_> = cover.zips.iter().flat_map(|(_, claim)| partners(*claim)).collect();
            all.sort_unstable();
            all.dedup();
            return served(all);
        }
        (_, Held::Outside) => return Face { status: AreaStatus::Outside, partners: Vec::new(), upcoming: None },
        (ZipRule::Some, _) => AreaStatus::PartlyCovered,
        (_, Held::Pending(_)) => AreaStatus::Pending,
        _ => AreaStatus::Open,
    };
    Face { status, partners: Vec::new(), upcoming: promised(snapshot.land(), tile, later) }
}

/// The assignments that begin after the day, soonest first.
fn upcoming<'a>(snapshot: &'a Snapshot, day: Date, course: Option<&CourseId>) -> Vec<&'a Duty> {
    let begins = |duty: &&Duty| duty.term.starts_on.is_some_and(|first| first > day) && !duty.term.is_empty();
    let leads = |duty: &&Duty| duty.role == Role::Lead && duty.standing == Standing::Active;
    let about = |duty: &&Duty| duty.is_about(course, snapshot.program());
    let mut later: Vec<_> = snapshot.duties().iter().filter(begins).filter(leads).filter(about).collect();
    later.sort_by_key(|duty| (duty.term.starts_on, duty.partner));
    later
}

/// Who is the first to start on a tile, and when.
fn promised(land: &Land, tile: &Tile, later: &[&Duty]) -> Option<(Date, Vec<PartnerIx>)> {
    let here = |duty: &&&Duty| match duty.target {
        Target::Area(area) => {
            area == land.unit_area(tile.unit) || area == land.state_area(land.state_of(tile.unit)) || tile.regions.contains(&area)
        }
        Target::Zip(_) => false,
    };
    let mut here = later.iter().filter(here).peekable();
    let first = here.peek()?.term.starts_on?;
    let mut partners: Vec<_> = here.take_while(|duty| duty.term.starts_on == Some(first)).map(|duty| duty.partner).collect();
    partners.dedup();
    Some((first, partners))
}
