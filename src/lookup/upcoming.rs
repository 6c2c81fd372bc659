//! Who starts later in what was asked about.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Scope, Upcoming, position, summary::Summary, thing::Thing};
use crate::{
    domain::{Role, Standing},
    snapshot::{AreaIx, Duty, Snapshot, Target, UnitIx, ZipIx},
};

/// The ground that a thing stands on.
pub(super) struct Footprint {
    units: BTreeSet<UnitIx>,
    /// The program regions that hold a position; `None` where those of the units count.
    regions: Option<Vec<AreaIx>>,
    /// The ZIPs that are asked about; `None` where those of the units count.
    zips: Option<BTreeSet<ZipIx>>,
}

impl Footprint {
    pub(super) fn of(snapshot: &Snapshot, thing: Thing) -> Self {
        let land = snapshot.land();
        let plain = |units: BTreeSet<UnitIx>| Self { units, regions: None, zips: None };
        match thing {
            Thing::Position(at) => {
                let areas = position::place(snapshot, at).areas;
                Self {
                    units: position::unit_of(snapshot, &areas).into_iter().collect(),
                    regions: Some(areas.to_vec()),
                    zips: None,
                }
            }
            Thing::Zip(zip) => Self {
                units: land.zips().parts(zip).iter().map(|part| part.unit).collect(),
                regions: None,
                zips: Some(BTreeSet::from([zip])),
            },
            Thing::Place(place) => {
                let place = land.names().place(place);
                let of_zips = place.zips.iter().flat_map(|zip| land.zips().parts(*zip)).map(|part| part.unit);
                let zips = (!place.zips.is_empty()).then(|| place.zips.iter().copied().collect());
                Self { units: of_zips.chain(place.unit.filter(|_| zips.is_none())).collect(), regions: None, zips }
            }
            Thing::Unit(unit) => plain(BTreeSet::from([unit])),
            Thing::State(state) => plain(land.units_of(state).iter().copied().collect()),
            Thing::Retired(number) => {
                let successors = &land.geography().retired[number as usize].successors;
                plain(successors.iter().filter_map(|(geoid, _)| land.unit(*geoid)).collect())
            }
            Thing::Region(region) => {
                plain(land.units().filter(|unit| land.pieces(*unit).iter().any(|p| p.regions.contains(&region))).collect())
            }
            Thing::Partner(_) => plain(BTreeSet::new()),
        }
    }

    pub(super) fn meets(&self, snapshot: &Snapshot, target: Target) -> bool {
        let land = snapshot.land();
        match target {
            Target::Zip(zip) => match &self.zips {
                Some(zips) => zips.contains(&zip),
                None => {
                    land.zips().parts(zip).iter().any(|part| self.units.contains(&part.unit) && main_is(snapshot, zip, part.unit))
                }
            },
            Target::Area(area) => match (land.as_unit(area), land.as_state(area)) {
                (Some(unit), _) => self.units.contains(&unit),
                (None, Some(state)) => self.units.iter().any(|unit| land.state_of(*unit) == state),
                (None, None) => match &self.regions {
                    Some(regions) => regions.contains(&area),
                    None => self.units.iter().any(|unit| land.pieces(*unit).iter().any(|piece| piece.regions.contains(&area))),
                },
            },
        }
    }
}

fn main_is(snapshot: &Snapshot, zip: ZipIx, unit: UnitIx) -> bool {
    snapshot.land().zips().main_zips(unit).binary_search(&zip).is_ok()
}

impl Summary<'_> {
    /// Those who start in a thing after the day asked about, the soonest first, leads before those that fund.
    pub(super) fn upcoming(&self, thing: Thing, scope: &Scope) -> Vec<Upcoming> {
        let snapshot = self.snapshot;
        let later = |duty: &&Duty| {
            duty.standing == Standing::Active
                && !duty.term.is_empty()
                && duty.term.starts_on.is_some_and(|first| first > scope.as_of)
                && (duty.role == Role::Funding || duty.is_about(scope.course.as_ref(), snapshot.program()))
        };
        let own = |duty: &&Duty| matches!(thing, Thing::Partner(partner) if partner == duty.partner);
        let mut coming = snapshot.duties().iter().filter(later).filter(|duty| !self.continues(duty)).peekable();
        if coming.peek().is_none() {
            return Vec::new();
        }
        let ground = Footprint::of(snapshot, thing);
        let mut upcoming: Vec<Upcoming> = coming
            .filter(|duty| own(duty) || ground.meets(snapshot, duty.target))
            .filter_map(|duty| Some((duty, duty.term.starts_on?)))
            .map(|(duty, starts_on)| self.starting(duty, starts_on))
            .collect();
        upcoming.sort_by(|a, b| (a.starts_on, a.role, &a.id, &a.via).cmp(&(b.starts_on, b.role, &b.id, &b.via)));
        upcoming.dedup_by(|a, b| (a.starts_on, a.role, &a.id) == (b.starts_on, b.role, &b.id));
        upcoming
    }

    fn starting(&self, duty: &Duty, starts_on: Date) -> Upcoming {
        let partner = self.snapshot.partner_at(duty.partner);
        Upcoming {
            id: partner.id.clone(),
            name: partner.name.clone(),
            website: partner.website.clone(),
            starts_on,
            courses: duty.courses.clone(),
            role: duty.role,
            via: self.region(duty.target),
        }
    }

    /// Whether the partner serves the same region today already: a new row then is no beginning.
    fn continues(&self, duty: &Duty) -> bool {
        let claim = self.roster.claim_on(duty.target).map(|claim| self.roster.claim(claim));
        let today = claim.into_iter().flat_map(|claim| &claim.duties).filter_map(|ix| self.snapshot.duty(*ix));
        today.into_iter().any(|other| other.partner == duty.partner && other.role == duty.role)
    }
}
