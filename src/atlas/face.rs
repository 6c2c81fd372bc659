//! What a tile shows on a map: who serves it on a day, or why nobody does.

use jiff::civil::Date;

use super::{AreaStatus, tile::Tile};
use crate::{
    domain::{CourseId, Role, Standing},
    snapshot::{ClaimIx, Duty, Held, Land, PartnerIx, Roster, Snapshot, Target, UnitIx, ZipIx, ZipRule},
};

/// What ends within this many days ends soon.
const SOON: i32 = 92;

/// What one tile shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Face {
    pub(super) status: AreaStatus,
    /// Who serves it: leads first.
    pub(super) partners: Vec<PartnerIx>,
    /// The last day of those who serve it, where that is soon and nobody follows.
    pub(super) until: Option<Date>,
    /// Who starts there later, and when, where nobody serves it now.
    pub(super) upcoming: Option<(Date, Vec<PartnerIx>)>,
}

/// What all tiles show, by number, and which of them have ZIPs of another partner.
pub(super) struct Faces {
    pub(super) faces: Vec<Face>,
    pub(super) some_zips: Vec<bool>,
    /// The ZIPs of these, with their main unit and who serves them, leads first.
    pub(super) zips: Vec<(UnitIx, ZipIx, Vec<PartnerIx>)>,
}

impl Faces {
    /// What every tile shows on a day, for a course.
    pub(super) fn of(snapshot: &Snapshot, tiles: &[Tile], day: Date, course: Option<&CourseId>) -> Self {
        let roster = snapshot.roster(day, course);
        let later = upcoming(snapshot, day, course);
        let faces = tiles.iter().map(|tile| face(snapshot, &roster, tile, day, &later)).collect();
        let has_zips = |unit: UnitIx| !roster.unit(unit).zips.is_empty();
        let whole = |unit: UnitIx| matches!(roster.unit(unit).rule, ZipRule::All(_));
        let some_zips = tiles.iter().map(|tile| has_zips(tile.unit) && !whole(tile.unit)).collect();
        let units = snapshot.land().units().filter(|unit| has_zips(*unit) && !whole(*unit));
        let zips = units.flat_map(|unit| roster.unit(unit).zips.iter().map(move |(zip, claim)| (unit, *zip, *claim)));
        let zips = zips.map(|(unit, zip, claim)| (unit, zip, partners_of(snapshot, &roster, claim))).collect();
        Self { faces, some_zips, zips }
    }

    /// Those who serve the ground of a tile or a ZIP together, as often as they occur.
    pub(super) fn groups(&self) -> impl Iterator<Item = &Vec<PartnerIx>> {
        let of_zips = self.zips.iter().map(|(.., partners)| partners);
        self.faces.iter().map(|face| &face.partners).chain(of_zips).filter(|partners| !partners.is_empty())
    }

    /// Whether a partner serves the ground of a tile, or a ZIP in its unit.
    pub(super) fn serves(&self, partner: PartnerIx, number: usize, unit: UnitIx) -> bool {
        let in_zip = |(of, _, partners): &(UnitIx, _, Vec<_>)| *of == unit && partners.contains(&partner);
        self.faces[number].partners.contains(&partner) || (self.some_zips[number] && self.zips.iter().any(in_zip))
    }

    /// The units of which a partner serves something, in ascending order.
    pub(super) fn units_of(&self, partner: PartnerIx, tiles: &[Tile]) -> Vec<UnitIx> {
        let own = tiles.iter().enumerate().filter(|(number, tile)| self.serves(partner, *number, tile.unit));
        let mut units: Vec<_> = own.map(|(_, tile)| tile.unit).collect();
        units.dedup();
        units
    }
}

fn face(snapshot: &Snapshot, roster: &Roster, tile: &Tile, day: Date, later: &[&Duty]) -> Face {
    let cover = roster.unit(tile.unit);
    let partners = |claim: ClaimIx| partners_of(snapshot, roster, claim);
    let served = |partners, until| Face { status: AreaStatus::Covered, partners, until, upcoming: None };
    let ground = match cover.ground.first() {
        Some((held, _)) if tile.whole => *held,
        _ => roster.ground(snapshot.land(), &snapshot.info().service_area, Some(tile.unit), &tile.regions),
    };
    let status = match (&cover.rule, ground) {
        (ZipRule::All(claim), _) => return served(partners(*claim), None),
        (_, Held::Served(claim)) => return served(partners(claim), ends_soon(snapshot, roster, claim, day)),
        (ZipRule::Each, _) => {
            let mut all: Vec<_> = cover.zips.iter().flat_map(|(_, claim)| partners(*claim)).collect();
            all.sort_unstable();
            all.dedup();
            return served(all, None);
        }
        (_, Held::Outside) => return Face { status: AreaStatus::Outside, partners: Vec::new(), until: None, upcoming: None },
        (ZipRule::Some, _) => AreaStatus::PartlyCovered,
        (_, Held::Pending(_)) => AreaStatus::Pending,
        _ => AreaStatus::Open,
    };
    Face { status, partners: Vec::new(), until: None, upcoming: promised(snapshot.land(), tile, later) }
}

/// Those who serve by a claim, leads first.
pub(super) fn partners_of(snapshot: &Snapshot, roster: &Roster, claim: ClaimIx) -> Vec<PartnerIx> {
    let duties = &roster.claim(claim).duties;
    duties.iter().filter_map(|duty| snapshot.duty(*duty)).map(|duty| duty.partner).collect()
}

/// The last day of a claim, where that is soon and no lead serves its region on the day after.
fn ends_soon(snapshot: &Snapshot, roster: &Roster, claim: ClaimIx, day: Date) -> Option<Date> {
    let claim = roster.claim(claim);
    let leads = claim.duties.iter().filter_map(|duty| snapshot.duty(*duty)).filter(|duty| duty.role == Role::Lead);
    let ends: Option<Vec<Date>> = leads.map(|duty| duty.term.ends_on).collect();
    let last = ends?.into_iter().max().filter(|last| day.until(*last).is_ok_and(|left| left.get_days() <= SOON))?;
    let after = last.tomorrow().ok()?;
    let follows = |duty: &&Duty| {
        duty.target == claim.target && duty.role == Role::Lead && duty.standing == Standing::Active && duty.term.holds(after)
    };
    snapshot.duties().iter().find(follows).is_none().then_some(last)
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
